"""The part of a book that lets help desks in: by OAuth, and by the calls they make when something changed."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from deskbook.access import Actor
from deskbook.book.part import part
from deskbook.catalog import Catalog, vault
from deskbook.errors import ConfigError, UnknownName
from deskbook.settings import TOKEN_KEY, Settings, secret
from deskbook.sources import Called, Clock, Consenting, LetIn
from deskbook.sources.contract import Keeper
from deskbook.store import EntryTokens, Hooks, State

if TYPE_CHECKING:
    from deskbook.sources.slack import Slack

log = logging.getLogger(__name__)
SIGNED: Final = ("signature", "timestamp")
"""What headers are called that make a call this one and no other."""
KEY_NAME: Final = "token-key"


class Replayed(ConfigError):
    """A signed call that came before, word for word."""


class Connecting(ABC):
    """The part of a `Book` that is let in and called."""

    settings: Settings
    clock: Clock
    actor: Actor

    @property
    @abstractmethod
    def catalog(self) -> Catalog:
        """Every data source of the workspace, as its files are now."""

    @property
    @abstractmethod
    def state(self) -> State:
        """What each sync did."""

    def keeper(self, entry: str) -> Keeper:
        """Where the tokens of an entry are kept, sealed."""
        return EntryTokens(lambda: self.state.engine, self._token_key, self.settings.tenant, entry)

    def _token_key(self) -> str:
        """The key that tokens are sealed with; where none is set, one that the system's keyring keeps.

        Raises:
            ConfigError: there is neither.
        """
        named = self.settings.token_key
        try:
            return secret(named, "The setting token_key")
        except ConfigError as error:
            if named == TOKEN_KEY and vault.has_keyring():
                return vault.once(KEY_NAME)
            raise ConfigError(
                f"Tokens of a help desk are kept sealed, and the key to seal them with is not there: {error} "
                "Make one with: openssl rand -hex 32"
            ) from None

    @part
    def hooks(self) -> Hooks:
        """What webhooks said and is yet to be fetched."""
        return Hooks(self.state.engine, self.settings.tenant)

    def let_in(self, entry: str, back_to: str) -> LettingIn:
        """Begin to let an entry into its account (OAuth 2, authorisation code with PKCE).

        Args:
            back_to: address that the browser is sent to afterwards.

        Raises:
            AccessDenied: the actor is no admin.
            UnknownName: no catalog has it.
            ConfigError: it is not let in this way.
        """
        self.actor.needs(("admin",), "Letting a source into its account")
        return LettingIn(self, entry, back_to)

    def heard(self, entry: str, headers: Mapping[str, str], body: bytes) -> Any:
        """Keep what a webhook says, so that it is fetched by whoever syncs; what the caller waits for.

        Whether the caller may is told by the signature alone, which the entry's source checks.

        Args:
            headers: names in lower case.

        Raises:
            UnknownName: no such entry takes webhooks.
            AuthFailed: the signature is missing, wrong or too old.
            Replayed: it is good, and came before.
            Unreadable: it says nothing that is known.
        """
        if entry not in self.catalog.names:
            raise UnknownName("entry that takes webhooks", entry, ())
        source = self.catalog.source(entry, self.clock)
        if not isinstance(source, Called):
            raise UnknownName("entry that takes webhooks", entry, ())
        told = source.told(headers, body)
        if not told.is_kept:
            return told.reply
        delivery = _delivery(headers, body)
        is_timed = any("timestamp" in name for name in headers)
        if is_timed and self.hooks.was_delivered(entry, delivery):
            raise Replayed(f"Entry '{entry}': a webhook came again, word for word, and is refused.")
        happened = hashlib.sha256(told.id.encode()).hexdigest()
        now = self.clock().astimezone(UTC).replace(tzinfo=None)
        is_new = self.hooks.keep(entry, happened, delivery, told.about, now)
        log.info("webhook tenant=%s entry=%s %s", self.settings.tenant, entry, "kept" if is_new else "known")
        return told.reply

    def consent(self, entry: str, headers: Mapping[str, str]) -> Mapping[str, str]:
        """Headers of the answer to a system that asks whether it may call; see `Consenting`.

        Args:
            headers: names in lower case.

        Raises:
            UnknownName: no such entry is asked.
            AuthFailed: whoever asks is not the one who is to call.
        """
        source = self.catalog.source(entry, self.clock) if entry in self.catalog.names else None
        if not isinstance(source, Consenting):
            raise UnknownName("entry that takes webhooks", entry, ())
        return source.consent(headers)

    def asked_by(self, entry: str, headers: Mapping[str, str], body: bytes) -> Slack:
        """The source whose people ask something by a signed call, such as a slash command; each call is good once.

        Args:
            headers: names in lower case.

        Raises:
            UnknownName: no such entry takes commands.
            AuthFailed: the signature is missing, wrong or too old.
            Replayed: it is good, and came before.
        """
        from deskbook.sources.slack import Slack

        source = self.catalog.source(entry, self.clock) if entry in self.catalog.names else None
        if not isinstance(source, Slack):
            raise UnknownName("entry that takes commands", entry, ())
        source.checked(headers, body)
        delivery = _delivery(headers, body)
        now = self.clock().astimezone(UTC).replace(tzinfo=None)
        if not self.hooks.keep(entry, delivery, delivery, {}, now, is_done=True):
            raise Replayed(f"Entry '{entry}': a command came again, word for word, and is refused.")
        return source


def _delivery(headers: Mapping[str, str], body: bytes) -> str:
    """A hash of a signed call: the same for the same call, word for word."""
    named = sorted((name, value) for name, value in headers.items() if any(one in name for one in SIGNED))
    return hashlib.sha256(repr(named).encode() + body).hexdigest()


class LettingIn:
    """An account that a person is about to open to an entry.

    Attributes:
        url: where the person says yes.
    """

    def __init__(self, book: Connecting, entry: str, back_to: str) -> None:
        from deskbook.sources.http.oauth import authorisation

        source = book.catalog.source(entry, book.clock)
        app = source.app if isinstance(source, LetIn) else None
        if app is None or not app.authorise_url:
            raise ConfigError(
                f"Entry '{entry}' is not let in by a browser: it has a key or token of its own, or acts for itself."
            )
        self._book, self._entry, self._app = book, entry, app
        self.url, self._asked = authorisation(app, back_to, entry)

    def finish(self, came: str) -> None:
        """Take what the browser brought back, and keep the tokens it is good for.

        Args:
            came: the whole address that the browser was sent back to.

        Raises:
            AuthFailed: the person said no, or the account's server does.
        """
        asyncio.run(self._finished(came))
        log.info("let in entry=%s by=%s at=%s", self._entry, self._book.actor.name, datetime.now(UTC).isoformat())

    async def _finished(self, came: str) -> None:
        import httpx

        from deskbook.sources.http import Wire
        from deskbook.sources.http.oauth import let_in

        async with httpx.AsyncClient(timeout=30.0) as client:
            keeper = self._book.keeper(self._entry)
            await let_in(self._app, keeper, self._entry, came, self._asked, client, Wire())
