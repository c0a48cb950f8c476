"""Object stores as a `files` entry sees them: what it may set for each, and how one is listed, asked and changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from fsspec.spec import AbstractFileSystem

from deskbook.errors import ConfigError, MissingExtra, UnknownName
from deskbook.sources.tiers import TIERS

# URL scheme -> store.
SCHEMES: Final = {"s3": "s3", "s3a": "s3", "gs": "gcs", "gcs": "gcs", "az": "azure", "abfs": "azure", "abfss": "azure"}
WRITTEN: Final = {"s3": "s3://", "gcs": "gs://", "azure": "az://"}
EVERYWHERE: Final = ("s3", "gcs", "azure")
# Option -> the stores it belongs to.
BELONGS: Final[Mapping[str, tuple[str, ...]]] = {
    "endpoint": EVERYWHERE,
    "anonymous": EVERYWHERE,
    "archive": EVERYWHERE,
    "tiers": EVERYWHERE,
    "notices": EVERYWHERE,
    "region": ("s3",),
    "profile": ("s3",),
    "role": ("s3",),
    "key": ("s3", "azure"),
    "secret": ("s3",),
    "token": ("s3",),
    "service_account": ("gcs",),
    "project": ("gcs",),
    "account": ("azure",),
    "connection_string": ("azure",),
    "sas": ("azure",),
    "managed_identity": ("azure",),
    "webhook_secret": ("azure",),
}
# What a form says where a catalog has true or false.
SAID: Final = {"true": True, "yes": True, "false": False, "no": False}
# Ways to show who is asking, by store; an entry uses one of them. Without any, the machine's own is taken.
WAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "s3": ("anonymous", "key", "profile"),
    "gcs": ("anonymous", "service_account"),
    "azure": ("anonymous", "key", "connection_string", "sas", "managed_identity"),
}


@dataclass(frozen=True, kw_only=True)
class StoreOptions:
    """Options of a `files` entry whose url lies in an object store.

    Attributes:
        endpoint: address of the service, where it is not the vendor's own.
        anonymous: whether the objects are public and nobody is asked who they are.
        region: of S3.
        profile: of ~/.aws/config.
        role: ARN of the IAM role to assume, with whatever the entry or machine is by itself.
        key: access key of S3, account key of Azure.
        secret: of the access key.
        token: session token that came with a temporary key.
        service_account: Google's key file, a path from the catalog's folder or its JSON by reference.
        project: Google's, where its requests are billed.
        account: Azure's storage account.
        connection_string: Azure's, with the account and its key or SAS.
        sas: Azure's shared access signature.
        managed_identity: yes for the machine's own, or the client id of a user-assigned one.
        archive: prefix in the same bucket that an object moves to once its rows are committed.
        tiers: storage tiers that may be read.
        notices: queue or subscription that says when objects change.
        webhook_secret: what Event Grid brings with each call to `/hooks/<entry>`, in place of a queue.
    """

    endpoint: str = ""
    anonymous: bool = False
    region: str = ""
    profile: str = ""
    role: str = ""
    key: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    service_account: str = field(default="", repr=False)
    project: str = ""
    account: str = ""
    connection_string: str = field(default="", repr=False)
    sas: str = field(default="", repr=False)
    managed_identity: bool | str = False
    archive: str = ""
    tiers: tuple[str, ...] = ("hot",)
    notices: str = ""
    webhook_secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class Stored:
    """One object as its store tells it.

    Attributes:
        path: bucket/key.
        size: bytes.
        etag: changes whenever the content does; Google's generation.
        tier: the store's own word for its storage class; empty for the usual one.
    """

    path: str
    size: int
    etag: str
    tier: str = ""

    @property
    def bucket(self) -> str:
        """The bucket or container."""
        return self.path.partition("/")[0]

    @property
    def key(self) -> str:
        """What stands behind the bucket."""
        return self.path.partition("/")[2]


class NoBucket(FileNotFoundError):
    """The bucket itself is not there, as a store tells that has no code for it."""


class Store(Protocol):
    """One object store, asked as one entry. Foreign errors pass through; `refusals` puts them into words."""

    entry: str
    is_anonymous: bool

    @property
    def fs(self) -> AbstractFileSystem:
        """For reading; paths are bucket/key."""

    def listed(self, bucket: str, prefix: str) -> Iterator[Stored]:
        """Every object whose key begins so, in order of key, asked for a page at a time."""

    def stored(self, path: str) -> Stored:
        """One object as it is now; FileNotFoundError if it is not there."""

    def copy(self, one: Stored, path: str) -> None:
        """Copy an object inside the store, unless it changed since it was told."""

    def remove(self, one: Stored) -> None:
        """Delete an object, unless it changed since it was told."""

    def buckets(self) -> list[str]:
        """All buckets that may be listed."""


def scheme_of(url: str) -> str:
    """What stands before `://`, without what is chained to it; empty for a path."""
    return url.partition("://")[0].partition("+")[0] if "://" in url else ""


def store_options(values: Mapping[str, Any], url: str, entry: str) -> StoreOptions:
    """The options of an entry's store, checked.

    Raises:
        ConfigError: an option of another store, one that lacks its partner, or two ways to sign in at once.
    """
    kind = SCHEMES.get(scheme_of(url), "")
    for name in values:
        if kind not in BELONGS[name]:
            schemes = " and ".join(WRITTEN[one] for one in BELONGS[name])
            raise ConfigError(
                f"Entry '{entry}': {name}: is for {schemes}, but its url: is "
                f"{f'{scheme_of(url)}://…' if scheme_of(url) else 'a path'}. Remove it, or correct url:."
            )
    if kind and "@" in urlsplit(url).netloc and kind != "azure":
        raise ConfigError(f"Entry '{entry}': url: holds a key. Write key: and secret: by reference, {{env(NAME)}}.")
    options = _typed(values, entry)
    if kind:
        _check_ways({one.name: getattr(options, one.name) for one in fields(options)}, kind, entry)
    if options.archive and (options.archive.startswith("/") or "://" in options.archive):
        raise ConfigError(
            f"Entry '{entry}': archive: wants a prefix in the same bucket such as 'done/', got '{options.archive}'."
        )
    if options.notices and options.webhook_secret:
        raise ConfigError(f"Entry '{entry}': notices: and webhook_secret: are two ways to be told. Keep one of them.")
    return options


def _typed(values: Mapping[str, Any], entry: str) -> StoreOptions:
    given = dict(values)
    if (said := str(given.get("managed_identity", "")).lower()) in SAID:
        given["managed_identity"] = SAID[said]
    tiers = given.pop("tiers", ["hot"])
    if not isinstance(tiers, list | tuple) or not tiers:
        raise ConfigError(f"Entry '{entry}': tiers: wants a list such as [hot, cool], got {tiers!r}.")
    for tier in tiers:
        if tier not in TIERS:
            raise UnknownName(f"tier of entry '{entry}'", str(tier), TIERS)
    for one in fields(StoreOptions):
        value = given.get(one.name)
        wanted = bool if one.name == "anonymous" else (bool, str) if one.name == "managed_identity" else str
        if value is not None and not isinstance(value, wanted):
            told = "true or false" if wanted is bool else "text"
            raise ConfigError(f"Entry '{entry}': {one.name}: wants {told}, got {type(value).__name__}.")
    return StoreOptions(**given, tiers=tuple(tiers))


def _check_ways(values: Mapping[str, Any], kind: str, entry: str) -> None:
    ways = [name for name in WAYS[kind] if values.get(name)]
    if len(ways) > 1:
        raise ConfigError(f"Entry '{entry}': {': and '.join(ways)}: are two ways to sign in. Keep one of them.")
    if kind == "s3" and bool(values.get("key")) != bool(values.get("secret")):
        there, absent = ("key", "secret") if values.get("key") else ("secret", "key")
        raise ConfigError(f"Entry '{entry}': {there}: needs {absent}:. Write both by reference, {{env(NAME)}}.")
    if values.get("token") and not values.get("key"):
        raise ConfigError(f"Entry '{entry}': token: needs the key: and secret: it came with.")
    if kind == "azure" and set(ways) & {"key", "sas", "managed_identity"} and not values.get("account"):
        raise ConfigError(f"Entry '{entry}': {ways[0]}: needs account:, the name of the storage account.")


def store_of(url: str, options: StoreOptions, folder: Path, entry: str) -> Store | None:
    """The store a URL lies in, not asked yet; None if it lies in no object store.

    Raises:
        MissingExtra: its package is not installed.
        ConfigError: what shows who is asking cannot be used.
    """
    kind = SCHEMES.get(scheme_of(url))
    if kind is None:
        return None
    try:
        if kind == "s3":
            from deskbook.sources.objects.s3 import S3Store

            return S3Store(options, entry)
        if kind == "gcs":
            from deskbook.sources.objects.gcs import GcsStore

            return GcsStore(options, folder, entry)
        from deskbook.sources.objects.azure import AzureStore

        return AzureStore(options, url, entry)
    except ImportError:
        raise MissingExtra(f"Entry '{entry}' ({scheme_of(url)}://)", "cloud") from None


def path_of(url: str) -> str:
    """bucket/key of a URL in an object store; Azure's container@account is its container."""
    netloc, _, key = url.partition("://")[2].partition("/")
    return f"{netloc.partition('@')[0]}/{key}"
