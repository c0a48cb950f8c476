"""OAuth 2: tokens that hold for a while, renewed when they no longer do, and kept before they are used.

The protocol's texts are made and read by oauthlib; what is sent goes the way of all requests.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from deskbook.errors import AuthFailed, MissingExtra
from deskbook.sources.contract import Keeper
from deskbook.sources.http.addresses import check_address
from deskbook.sources.http.asks import Answer
from deskbook.sources.http.auth import basic
from deskbook.sources.http.refusals import MayPass, words_of

if TYPE_CHECKING:
    from httpx import AsyncClient

    from deskbook.sources.http.wire import Wire

LEEWAY_SECONDS: Final = 60.0
"""How long before its end a token is renewed: clocks differ, and a request takes its time."""
RACE_TRIES, RACE_SECONDS = 5, 1.0
"""How long another process that renewed the same token is waited for until it has kept what it got."""
Grant = Literal["refresh_token", "client_credentials"]


@dataclass(frozen=True, kw_only=True)
class App:
    """How an application is known to an account's OAuth server.

    Attributes:
        grant: refresh_token for an application that a person let in (authorisation code with PKCE), or
            client_credentials for one that acts for itself.
        scope: what it may do, in the vendor's words.
        in_header: whether its secret is sent as a Basic header, not in the form.
    """

    client_id: str
    client_secret: str = field(default="", repr=False)
    token_url: str
    authorise_url: str = ""
    grant: Grant = "refresh_token"
    scope: tuple[str, ...] = ()
    in_header: bool = False


class OAuth:
    """Signs requests with an access token; renews it in time, and once more when it is refused.

    Tokens that the server rotates are kept before the new one is used, so that a crash in between loses none.
    """

    def __init__(self, app: App, keeper: Keeper, entry: str) -> None:
        self._app, self._keeper, self._entry = app, keeper, entry
        self._turn: asyncio.Lock | None = None
        self._held: dict[str, Any] = {}

    async def headers(self, client: AsyncClient, wire: Wire) -> Mapping[str, str]:
        """The token that holds now."""
        async with self._locked():
            if not self._held:
                self._held = await self._loaded()
            if self._held.get("expires_at", float("inf")) - LEEWAY_SECONDS <= wire.seconds() or not self._held.get(
                "access_token"
            ):
                await self._renewed(client, wire)
            return self._signed()

    async def renew(self, client: AsyncClient, wire: Wire, refused: Mapping[str, str]) -> bool:
        """Other tokens in place of refused ones; those that another process got meanwhile, if it did."""
        async with self._locked():
            if refused != self._signed():
                return True
            await self._renewed(client, wire)
            return True

    def _locked(self) -> asyncio.Lock:
        self._turn = self._turn or asyncio.Lock()
        return self._turn

    def _signed(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._held.get('access_token', '')}"}

    async def _loaded(self) -> dict[str, Any]:
        kept: Mapping[str, Any] | None = await asyncio.to_thread(self._keeper.load)
        return dict(kept or {})

    async def _renewed(self, client: AsyncClient, wire: Wire) -> None:
        before = self._held
        kept = await self._loaded()
        if kept.get("access_token") and kept.get("access_token") != before.get("access_token"):
            self._held = kept
            if kept.get("expires_at", float("inf")) - LEEWAY_SECONDS > wire.seconds():
                return
        try:
            got = await self._asked(client, wire)
        except AuthFailed:
            # A refresh token is good for one use: another process may have used it, and keeps what it got in a moment.
            for _ in range(RACE_TRIES):
                now = await self._loaded()
                if now.get("access_token", "") not in ("", self._held.get("access_token", "")):
                    self._held = now
                    return
                await wire.sleep(RACE_SECONDS)
            raise
        await asyncio.to_thread(self._keeper.save, got)
        self._held = got

    async def _asked(self, client: AsyncClient, wire: Wire) -> dict[str, Any]:
        app, made = self._app, _library()
        if app.grant == "client_credentials":
            body = made.BackendApplicationClient(app.client_id).prepare_request_body(
                scope=list(app.scope) or None, include_client_id=not app.in_header, **_secret(app)
            )
        else:
            refresh = self._held.get("refresh_token")
            if not refresh:
                raise AuthFailed(
                    f"Entry '{self._entry}' is not connected yet: nobody has let it in. Run once: "
                    f"deskbook connect {self._entry}"
                )
            body = made.WebApplicationClient(app.client_id).prepare_refresh_body(
                refresh_token=refresh, client_id=app.client_id, **_secret(app)
            )
        got = await exchanged(client, wire, app, body, self._entry)
        return {**self._held, **got}


def authorisation(app: App, back_to: str, entry: str) -> tuple[str, dict[str, str]]:
    """The address at which a person lets the application in, and what is needed to read what comes back (PKCE, S256).

    Args:
        back_to: where the person's browser is sent afterwards.

    Source: RFC 6749 §4.1, RFC 7636.
    """
    check_address(app.authorise_url, entry)
    client = _library().WebApplicationClient(app.client_id)
    verifier = client.create_code_verifier(64)
    state = secrets.token_urlsafe(32)
    url = client.prepare_request_uri(
        _as_secure(app.authorise_url),
        redirect_uri=back_to,
        scope=list(app.scope) or None,
        state=state,
        code_challenge=client.create_code_challenge(verifier, "S256"),
        code_challenge_method="S256",
    )
    if app.authorise_url.startswith("http://"):
        url = url.replace("https://", "http://", 1)
    return url, {"verifier": verifier, "state": state, "back_to": back_to}


async def let_in(
    app: App, keeper: Keeper, entry: str, came: str, asked: Mapping[str, str], client: AsyncClient, wire: Wire
) -> None:
    """Exchange what the person's browser brought back for tokens, and keep them.

    Args:
        came: the whole address that the browser was sent back to.
        asked: what `authorisation` gave.

    Raises:
        AuthFailed: the person refused, the state is not the one that was sent, or the server refuses.
    """
    made = _library()
    reader = made.WebApplicationClient(app.client_id)
    try:
        code = reader.parse_request_uri_response(_as_secure(came), state=asked["state"])["code"]
    except made.OAuth2Error as error:
        raise AuthFailed(f"Entry '{entry}' was not let in: {error.description or error.error}.") from None
    body = reader.prepare_request_body(
        code=code, redirect_uri=asked["back_to"], code_verifier=asked["verifier"], **_secret(app)
    )
    tokens = await exchanged(client, wire, app, body, entry)
    await asyncio.to_thread(keeper.save, tokens)


async def exchanged(client: AsyncClient, wire: Wire, app: App, body: str, entry: str) -> dict[str, Any]:
    """What the token endpoint gives for a body.

    Raises:
        AuthFailed: it refuses.
        MayPass: it does not answer, or says that it is busy; it is asked again.
    """
    import httpx

    check_address(app.token_url, entry)
    headers = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
    if app.in_header:
        headers |= basic(app.client_id, app.client_secret).given
    try:
        answer = await client.post(app.token_url, content=body, headers=headers, follow_redirects=False)
    except httpx.TransportError as error:
        raise MayPass(f"Entry '{entry}': {app.token_url} does not answer ({type(error).__name__}).") from None
    return _read(Answer(answer.status_code, dict(answer.headers), answer.content, app.token_url), wire, entry)


def _read(answer: Answer, wire: Wire, entry: str) -> dict[str, Any]:
    try:
        told = answer.data if isinstance(answer.data, dict) else {}
    except ValueError:
        if answer.is_good:
            raise MayPass(f"Entry '{entry}': {answer.url} sent no sound JSON: the answer broke off.") from None
        told = {}
    if answer.status == 429 or answer.status >= 500:
        raise MayPass(f"Entry '{entry}': {answer.url} fails ({answer.status}).")
    if not answer.is_good or not told.get("access_token"):
        said = str(told.get("error_description") or told.get("error") or words_of(answer) or answer.status)
        raise AuthFailed(
            f"Entry '{entry}': {answer.url} gives no token: {said}. Wanted an application whose id, secret and "
            f"refresh token hold. If they were revoked, let it in again: deskbook connect {entry}"
        )
    kept = {name: told[name] for name in ("access_token", "refresh_token", "scope") if told.get(name)}
    try:
        return {**kept, "expires_at": wire.seconds() + float(told["expires_in"])}
    except (KeyError, TypeError, ValueError):
        return kept


def _as_secure(url: str) -> str:
    """An address as oauthlib takes it, which wants https also on this machine."""
    return url.replace("http://", "https://", 1)


def _secret(app: App) -> dict[str, str]:
    return {} if app.in_header or not app.client_secret else {"client_secret": app.client_secret}


def _library() -> Any:
    try:
        from oauthlib import oauth2
    except ImportError:
        raise MissingExtra("OAuth", "oauth") from None
    return oauth2


__all__ = ["App", "OAuth", "authorisation", "exchanged", "let_in"]
