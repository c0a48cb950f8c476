"""`[model]` of deskbook.toml: which language model is asked, where, with which key, for what and how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from deskbook.errors import ConfigError, UnknownName
from deskbook.settings import is_reference

OPENAI: Final = "https://api.openai.com/v1"
USES: Final = ("plan", "rephrase")
LOCAL: Final = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, kw_only=True)
class ModelSettings:
    """One language model, as it is set.

    Attributes:
        name: of the model; of the deployment on Azure.
        url: where the OpenAI-compatible API lies.
        key: reference to the secret, `{env(NAME)}` or `{keyring(NAME)}`; empty for a server without one.
        api_version: of Azure's API; empty elsewhere.
        seconds: the most that one question may wait for the model, all tries together.
        tries: how often a call that is refused for now is tried again.
        tokens_a_day: the most it may read and write for this workspace in a day (UTC).
        use: what it does, of USES.
    """

    name: str = "gpt-4o-mini"
    url: str = OPENAI
    key: str = "{env(OPENAI_API_KEY)}"
    api_version: str = ""
    seconds: float = 20.0
    tries: int = 2
    tokens_a_day: int = 500_000
    use: tuple[str, ...] = field(default=USES)

    @property
    def is_local(self) -> bool:
        """Whether it runs on this machine, so that nothing leaves it."""
        return (urlsplit(self.url).hostname or "") in LOCAL


MODEL_KEYS: Final = tuple(ModelSettings.__dataclass_fields__)
_RANGES: Final[Mapping[str, tuple[float, float]]] = {
    "seconds": (0.1, 120),
    "tries": (0, 5),
    "tokens_a_day": (0, 1_000_000_000),
}


def read_model(values: Mapping[str, Any]) -> ModelSettings | None:
    """The model of `[model]`; None where there is no such table.

    Raises:
        ConfigError: a value cannot be, or a key is written out.
        UnknownName: a key of the table nobody knows, with the closest one.
    """
    if not values:
        return None
    for name, value in values.items():
        if name not in MODEL_KEYS:
            raise UnknownName("setting in [model]", name, MODEL_KEYS)
        if name in _RANGES:
            _check_range(name, value)
        elif name == "use":
            _check_use(value)
        elif not isinstance(value, str):
            raise ConfigError(f"Setting {name} in [model] wants a text, got {value!r}.")
    key, url = values.get("key", ModelSettings.key), values.get("url", OPENAI)
    if key and not is_reference(key):
        # whatever was written there may be the secret itself, so it is not said again
        raise ConfigError('[model] wants its key by name: key = "{env(OPENAI_API_KEY)}" or "{keyring(openai)}".')
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
        raise ConfigError('Setting url in [model] wants an address such as "http://127.0.0.1:11434/v1".')
    if not values.get("name", ModelSettings.name).strip():
        raise ConfigError('Setting name in [model] wants the name of a model such as "gpt-4o-mini", got none.')
    made = {**values, "use": tuple(values.get("use", USES))}
    return ModelSettings(**{name: value for name, value in made.items() if name in MODEL_KEYS})


def _check_range(name: str, value: Any) -> None:
    least, most = _RANGES[name]
    kind = (int, float) if name == "seconds" else int
    if isinstance(value, bool) or not isinstance(value, kind) or not least <= value <= most:
        raise ConfigError(f"Setting {name} in [model] wants a number from {least:g} to {most:,.0f}, got {value!r}.")


def _check_use(value: Any) -> None:
    if not isinstance(value, list | tuple):
        raise ConfigError(f'Setting use in [model] wants a list such as ["plan", "rephrase"], got {value!r}.')
    for one in value:
        if one not in USES:
            raise UnknownName("use of the model", str(one), USES)
