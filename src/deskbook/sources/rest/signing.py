"""How a `rest` entry is known to its API: by the auth types of dlt's grammar, and OAuth with a refresh token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from deskbook.errors import ConfigError, UnknownName
from deskbook.sources.contract import Entry
from deskbook.sources.http import NOBODY, App, Auth, OAuth, basic, bearer, key
from deskbook.sources.rest.grammar import made


@dataclass(frozen=True, kw_only=True)
class Bearer:
    """A token."""

    token: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Basic:
    """A name and a password."""

    username: str
    password: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class ApiKey:
    """A key in a header or in the query."""

    name: str = "Authorization"
    api_key: str = field(repr=False)
    location: Literal["header", "query"] = "header"


@dataclass(frozen=True, kw_only=True)
class OAuthClient:
    """An application that acts for itself, or that a person let in.

    Attributes:
        access_token_url, authorize_url: of the OAuth server; the second where a person lets it in.
        scope: what it may do.
        in_header: whether its secret is sent as a Basic header.
    """

    access_token_url: str
    authorize_url: str = ""
    client_id: str
    client_secret: str = field(default="", repr=False)
    scope: tuple[str, ...] = ()
    in_header: bool = False


TYPES: Final[Mapping[str, type[Any]]] = {
    "api_key": ApiKey,
    "bearer": Bearer,
    "http_basic": Basic,
    "oauth2_client_credentials": OAuthClient,
    "oauth2_refresh_token": OAuthClient,
}


@dataclass(frozen=True)
class Signed:
    """How requests are signed.

    Attributes:
        params: of the query, such as a key.
        app: the application that a person lets in; None for all others.
    """

    auth: Auth = NOBODY
    params: Mapping[str, str] = field(default_factory=dict, repr=False)
    app: App | None = None


def signed(told: Any, entry: Entry) -> Signed:
    """How an entry's requests are signed, from its `auth:`.

    Raises:
        UnknownName: a type or key that is not known.
        ConfigError: something it needs is missing.
    """
    if told is None:
        return Signed()
    place = f"auth: of entry '{entry.name}'"
    if not isinstance(told, Mapping) or "type" not in told:
        raise ConfigError(f"{place.capitalize()} wants a type: {', '.join(TYPES)}.")
    kind = str(told["type"])
    if kind not in TYPES:
        raise UnknownName(f"type of {place}", kind, TYPES)
    held = made(TYPES[kind], {name: value for name, value in told.items() if name != "type"}, place)
    if isinstance(held, Bearer):
        return Signed(bearer(held.token))
    if isinstance(held, Basic):
        return Signed(basic(held.username, held.password))
    if isinstance(held, ApiKey):
        in_query = held.location == "query"
        return Signed(params={held.name: held.api_key}) if in_query else Signed(key(held.name, held.api_key))
    return _oauth(held, kind, entry)


def _oauth(held: OAuthClient, kind: str, entry: Entry) -> Signed:
    if entry.keeper is None:
        raise ConfigError(f"Entry '{entry.name}' is let in by OAuth, and there is nowhere to keep its tokens here.")
    is_own = kind == "oauth2_client_credentials"
    app = App(
        client_id=held.client_id,
        client_secret=held.client_secret,
        token_url=held.access_token_url,
        authorise_url=held.authorize_url,
        grant="client_credentials" if is_own else "refresh_token",
        scope=held.scope,
        in_header=held.in_header,
    )
    return Signed(OAuth(app, entry.keeper, entry.name), app=None if is_own else app)
