"""Settings: read once at the door from `deskbook.toml` and the environment, then passed down.

No room below reads `os.environ`, except `catalog`, which resolves `{env(NAME)}` references.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from deskbook.errors import ConfigError, MissingExtra, UnknownName

STATE = ".deskbook"
TABLES = {
    "schedules": "[[schedules]]",
    "policies": "[[policies]]",
    "rules": "[rules]",
    "mail": "[mail]",
    "model": "[model]",
    "storage": "[storage]",
    "merges": "[[merges]]",
}
"""Tables of `deskbook.toml` beside `[workspace]`, as they are written."""
EMBEDDINGS = ("auto", "words", "static", "minilm", "multilingual", "endpoint")
STORAGE_KEYS = {
    "endpoint": ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"),
    "region": ("AWS_REGION", "AWS_DEFAULT_REGION"),
    "key": ("AWS_ACCESS_KEY_ID",),
    "secret": ("AWS_SECRET_ACCESS_KEY",),
    "token": ("AWS_SESSION_TOKEN",),
}
"""Of `[storage]`, each with the variables that stand in where it is absent."""
TOKEN_KEY = "{env(DESKBOOK_TOKEN_KEY)}"
REFERENCE = re.compile(r"\{(env|keyring)\(([A-Za-z0-9_./-]+)\)\}")


@dataclass(frozen=True)
class Storage:
    """How the object store of the lake's files is reached; secrets stand in no text made of it.

    Attributes:
        endpoint: its address, where it is not Amazon's own.
        token: of keys that hold for a while.
    """

    endpoint: str = ""
    region: str = ""
    key: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What one workspace is set to. Each field is described in README; a test checks."""

    workspace: Path
    name: str = "Deskbook"
    tenant: str = "main"
    zone: str = "UTC"
    locale: str = "en"
    today: Literal["clock", "data"] = "clock"
    database: str = ""
    files: str = ""
    encrypted: bool = True
    first_reply_target_minutes: int = 60
    sentiment: Literal["lexicon", "semantic"] = "lexicon"
    embedding: str = "auto"
    embedding_model: str = "text-embedding-3-small"
    embedding_url: str = ""
    embedding_key: str = "{env(OPENAI_API_KEY)}"
    vectors: Literal["exact", "chroma"] = "exact"
    token_key: str = TOKEN_KEY
    ask_read_most: int = 0
    host: str = "127.0.0.1"
    port: int = 5006
    sync_every_seconds: int = 300
    sync_threads: int = 4
    scheduler: str = ""
    origins: tuple[str, ...] = field(default=())
    deliver_domains: tuple[str, ...] = field(default=())
    deliver_folder: str = "deliveries"
    deliver_webhooks: tuple[str, ...] = field(default=())
    schedules: tuple[Mapping[str, Any], ...] = field(default=())
    policies: tuple[Mapping[str, Any], ...] = field(default=())
    rules: Mapping[str, Any] = field(default_factory=dict)
    mail: Mapping[str, Any] = field(default_factory=dict)
    model: Mapping[str, Any] = field(default_factory=dict)
    storage: Mapping[str, Any] = field(default_factory=dict)
    merges: tuple[Mapping[str, Any], ...] = field(default=())

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ConfigError(
                f"Setting zone is '{self.zone}', which is no IANA time zone. Write one such as 'Europe/Berlin'."
            ) from error
        _check_locale(self.locale)
        if self.today not in ("clock", "data"):
            raise ConfigError(f"Setting today is '{self.today}'. Write 'clock' or 'data'.")
        if self.sentiment not in ("lexicon", "semantic"):
            raise ConfigError(f"Setting sentiment is '{self.sentiment}'. Write 'lexicon' or 'semantic'.")
        if self.embedding not in EMBEDDINGS:
            raise ConfigError(f"Setting embedding is '{self.embedding}'. Write one of: {', '.join(EMBEDDINGS)}.")
        if self.vectors not in ("exact", "chroma"):
            raise ConfigError(f"Setting vectors is '{self.vectors}'. Write 'exact' or 'chroma'.")
        if not 10 <= self.sync_every_seconds <= 86_400:
            raise ConfigError(f"Setting sync_every_seconds is {self.sync_every_seconds}. Write 10 to 86400 (24 h).")
        if not 1 <= self.sync_threads <= 64:
            raise ConfigError(f"Setting sync_threads is {self.sync_threads}. Write 1 to 64.")
        if self.scheduler and not self.scheduler.startswith(("tls://", "tcp://")):
            raise ConfigError(f"Setting scheduler is '{self.scheduler}'. Write tls://host:8786 or tcp://host:8786.")
        if not is_reference(self.token_key):
            raise ConfigError("Setting token_key wants the key by name: {env(NAME)} or {keyring(NAME)}.")
        if self.ask_read_most < 0:
            raise ConfigError(f"Setting ask_read_most is {self.ask_read_most}. Write 0 to read all, or a number.")

    @property
    def state(self) -> Path:
        """The folder of this workspace's state, made on first write."""
        return self.workspace / STATE

    @property
    def database_url(self) -> str:
        """SQLAlchemy URL of the lake's catalog and the application's state."""
        return self.database or f"sqlite:///{self.state / 'deskbook.db'}"

    @property
    def files_url(self) -> str:
        """Where the lake's Parquet lies: a folder or an object-store URL."""
        return self.files or str(self.state / "files")


ENVIRONMENT = {
    "DESKBOOK_DATABASE": "database",
    "DESKBOOK_FILES": "files",
    "DESKBOOK_HOST": "host",
    "DESKBOOK_PORT": "port",
    "DESKBOOK_LOCALE": "locale",
    "DESKBOOK_EMBEDDING": "embedding",
    "DASK_SCHEDULER_ADDRESS": "scheduler",
}


def _check_locale(name: str) -> None:
    if name in ("en", "browser"):
        return
    from babel import Locale, UnknownLocaleError
    from babel.localedata import locale_identifiers

    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError, TypeError) as error:
        close = get_close_matches(name.replace("-", "_"), locale_identifiers(), n=1, cutoff=0.5)
        hint = f"Did you mean '{close[0]}'?" if close else "Write one such as 'de', 'pt_BR' or 'browser'."
        raise ConfigError(f"Setting locale is '{name}', which is no locale. {hint}") from error


def find_workspace(start: Path | str | None, environ: Mapping[str, str] | None = None) -> Path:
    """The workspace asked for, else `DESKBOOK_HOME`, else the nearest folder up with a deskbook.toml."""
    environ = os.environ if environ is None else environ
    chosen = start or environ.get("DESKBOOK_HOME")
    if chosen:
        folder = Path(chosen).expanduser().resolve()
        if not folder.is_dir():
            raise ConfigError(f"Workspace {folder} is no folder. Make one with: deskbook init {folder}")
        return folder
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "deskbook.toml").is_file():
            return folder
    return here


def load_settings(workspace: Path | str | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Settings of a workspace: defaults, then `deskbook.toml`, then the environment.

    Raises:
        ConfigError: the file does not parse, or a value has the wrong type.
        UnknownName: a key nobody knows, with the closest known one.
    """
    environ = os.environ if environ is None else environ
    folder = find_workspace(workspace, environ)
    values: dict[str, Any] = {}
    file = folder / "deskbook.toml"
    if file.is_file():
        try:
            values = _tables(tomllib.loads(file.read_text("utf-8")), file)
            _check_database(values.get("database"), file)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{file} does not parse as TOML: {error}.") from error
    for variable, name in ENVIRONMENT.items():
        if environ.get(variable):
            values[name] = environ[variable]
    return Settings(workspace=folder, **_typed(values, file))


def _check_database(address: Any, file: Path) -> None:
    if isinstance(address, str) and re.match(r"[^/]+://[^/@]*:[^/@]+@", address):
        raise ConfigError(
            f"{file.name}: database holds a password. Leave it out there, and give it in PGPASSWORD, in ~/.pgpass or "
            "in DESKBOOK_DATABASE."
        )


def is_reference(text: str) -> bool:
    """Whether a text names a secret, `{env(NAME)}` or `{keyring(NAME)}`, and is nothing else."""
    return REFERENCE.fullmatch(text) is not None


def secret(reference: str, whose: str, environ: Mapping[str, str] | None = None) -> str:
    """The secret that a reference names: of the environment, or of the system's keyring under `deskbook`.

    Raises:
        ConfigError: it is not there; names it, never a value.
        MissingExtra: the keyring's package is not installed.
    """
    found = REFERENCE.fullmatch(reference)
    if found is None:
        raise ConfigError(f"{whose} wants its secret by name: {{env(NAME)}} or {{keyring(NAME)}}.")
    kind, name = found.groups()
    if kind == "env":
        value = (os.environ if environ is None else environ).get(name, "")
        fix = f"needs the environment variable {name}, which is not set. Fix: export {name}=… before starting Deskbook."
    else:
        try:
            import keyring
        except ImportError:
            raise MissingExtra(f"{whose} (keyring)", "model") from None
        try:
            value = keyring.get_password("deskbook", name) or ""
        except keyring.errors.KeyringError as error:
            raise ConfigError(f"{whose} cannot open the system's keyring: {type(error).__name__}.") from None
        fix = f"needs '{name}' in the system's keyring. Fix: keyring set deskbook {name}"
    if not value:
        raise ConfigError(f"{whose} {fix}")
    return value


def storage(settings: Settings, environ: Mapping[str, str] | None = None) -> Storage:
    """How the object store is reached: what `[storage]` says, else the variables every tool of S3 reads.

    Raises:
        ConfigError: a secret stands there in the open, or is not to be had.
        UnknownName: a key nobody knows.
    """
    environ = os.environ if environ is None else environ
    values: dict[str, str] = {}
    for name, value in settings.storage.items():
        if name not in STORAGE_KEYS:
            raise UnknownName("key of [storage] in deskbook.toml", str(name), STORAGE_KEYS)
        if not isinstance(value, str):
            raise ConfigError(f"[storage] {name} wants text, got {type(value).__name__}.")
        if is_reference(value):
            values[name] = secret(value, f"[storage] {name}", environ)
        elif name in ("key", "secret", "token"):
            raise ConfigError(f"[storage] {name} stands in the open. Write it by name: {{env(NAME)}}.")
        else:
            values[name] = value
    if "key" not in values:  # keys belong together: none of the environment joins one of the file
        values |= {name: _first(STORAGE_KEYS[name], environ) for name in ("key", "secret", "token")}
    values |= {name: _first(STORAGE_KEYS[name], environ) for name in ("endpoint", "region") if name not in values}
    if values["endpoint"] and not values["endpoint"].startswith(("http://", "https://")):
        raise ConfigError(f"The object store's endpoint is '{values['endpoint']}'. Write https://host:port.")
    return Storage(**values)


def _first(names: tuple[str, ...], environ: Mapping[str, str]) -> str:
    return next((environ[name] for name in names if environ.get(name)), "")


def _tables(document: dict[str, Any], file: Path) -> dict[str, Any]:
    """The settings of `[workspace]`, and the tables beside it as they are: the rooms that use them read them."""
    for name in document:
        if name not in ("workspace", *TABLES):
            raise UnknownName(f"table in {file.name}", name, ("workspace", *TABLES))
    values = dict(document.get("workspace", {}))
    for name, written in TABLES.items():
        if name in values:
            raise ConfigError(f"{file.name}: {name} stands beside [workspace], not in it: {written}.")
    return values | {name: document[name] for name in TABLES if name in document}


def _typed(values: dict[str, Any], file: Path) -> dict[str, Any]:
    kinds = {f.name: f.default for f in fields(Settings) if f.name != "workspace"}
    for name, value in values.items():
        if name not in kinds:
            raise UnknownName(f"setting in {file.name}", name, kinds)
        if name in TABLES:
            values[name] = _table(name, value, file)
            continue
        kind = type(kinds[name])
        if kind is tuple and isinstance(value, list):
            values[name] = tuple(str(item) for item in value)
        elif kind is int and isinstance(value, str) and value.isdigit():
            values[name] = int(value)
        elif type(value) is not kind:
            raise ConfigError(f"Setting {name} wants {kind.__name__}, got {type(value).__name__} {value!r}.")
    return values


def _table(name: str, value: Any, file: Path) -> Any:
    """One of TABLES: a list of tables where it is written in double brackets, else one."""
    listed = isinstance(value, list) and all(isinstance(one, Mapping) for one in value)
    if TABLES[name].startswith("[[") and listed:
        return tuple(value)
    if not TABLES[name].startswith("[[") and isinstance(value, Mapping):
        return value
    raise ConfigError(f"{file.name}: {name} is {value!r}. Write {TABLES[name]} and its lines below it.")
