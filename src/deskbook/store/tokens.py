"""Tokens that OAuth servers give, sealed with a key that lies elsewhere: whoever reads the database gets none."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Engine, MetaData, String, Table, Text, and_, select
from sqlalchemy.exc import IntegrityError

from deskbook.errors import ConfigError, MissingExtra
from deskbook.store.database import make_tables

TOKENS: Final = Table(
    "deskbook_tokens",
    MetaData(),
    Column("tenant", String(80), primary_key=True),
    Column("entry", String(200), primary_key=True),
    Column("sealed", Text, nullable=False),
)
LEAST_KEY: Final = 32


@dataclass(frozen=True)
class EntryTokens:
    """The tokens of one entry.

    Attributes:
        engine: what opens the database; asked when tokens are.
        key: what gives the key they are sealed with.
    """

    engine: Callable[[], Engine] = field(repr=False)
    key: Callable[[], str] = field(repr=False)
    tenant: str
    entry: str

    def load(self) -> Mapping[str, Any] | None:
        """What was kept last; None before the first time.

        Raises:
            ConfigError: it was sealed with another key.
        """
        with self._opened().connect() as con:
            sealed: str | None = con.scalar(select(TOKENS.c.sealed).where(self._mine()))
        if sealed is None:
            return None
        cipher, wrong = self._cipher()
        try:
            tokens: dict[str, Any] = json.loads(cipher.decrypt(sealed.encode()))
        except wrong:
            raise ConfigError(
                f"The tokens of entry '{self.entry}' were sealed with another key than the one that is set. Set that "
                f"key again (DESKBOOK_TOKEN_KEY), or let the entry in anew: deskbook connect {self.entry}"
            ) from None
        return tokens

    def save(self, tokens: Mapping[str, Any]) -> None:
        """Keep these in place of those before."""
        cipher, _ = self._cipher()
        sealed = cipher.encrypt(json.dumps(dict(tokens)).encode()).decode()
        engine = self._opened()
        changed = TOKENS.update().where(self._mine()).values(sealed=sealed)
        with engine.begin() as con:
            if con.execute(changed).rowcount:
                return
        try:
            with engine.begin() as con:
                con.execute(TOKENS.insert().values(tenant=self.tenant, entry=self.entry, sealed=sealed))
        except IntegrityError:  # another process was first: the later ones hold
            with engine.begin() as con:
                con.execute(changed)

    def _opened(self) -> Engine:
        engine = self.engine()
        make_tables(engine, TOKENS.metadata)
        return engine

    def _mine(self) -> ColumnElement[bool]:
        return and_(TOKENS.c.tenant == self.tenant, TOKENS.c.entry == self.entry)

    def _cipher(self) -> tuple[Any, type[Exception]]:
        try:
            from cryptography.fernet import Fernet, InvalidToken
        except ImportError:
            raise MissingExtra(f"Entry '{self.entry}' (OAuth)", "oauth") from None
        key = self.key()
        if len(key) < LEAST_KEY:
            raise ConfigError(
                f"DESKBOOK_TOKEN_KEY has {len(key)} characters, too few for a key. Make one: openssl rand -hex 32"
            )
        return Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())), InvalidToken
