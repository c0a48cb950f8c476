"""What webhooks said, kept before the caller is thanked, until it was fetched: none is lost, none counts twice."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Column, DateTime, Engine, Index, Integer, MetaData, String, Table, Text, and_, or_, select
from sqlalchemy.exc import IntegrityError

from deskbook.store.database import make_tables

KEPT: Final = timedelta(days=7)
"""How long what is done is remembered, so that it does not count again."""
PRUNED_EVERY: Final = 200
MOST: Final = 100
"""Of one entry at once."""
HOOKS: Final = Table(
    "deskbook_hooks",
    MetaData(),
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("tenant", String(80), nullable=False),
    Column("entry", String(200), nullable=False),
    Column("happened", String(64), nullable=False),
    Column("delivery", String(64), nullable=False),
    Column("about", Text, nullable=False),
    Column("heard_at", DateTime, nullable=False),
    Column("done_at", DateTime),
    Column("tries", Integer, nullable=False, default=0),
    Column("again_at", DateTime),
    Index("deskbook_hooks_once", "tenant", "entry", "happened", unique=True),
    Index("deskbook_hooks_waiting", "done_at"),
)


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One thing that a webhook said.

    Attributes:
        about: what is to be fetched of it.
        tries: that failed so far.
    """

    number: int
    entry: str
    about: Mapping[str, Any]
    tries: int


class Hooks:
    """What was heard for the entries of one tenant. Moments are naive UTC."""

    def __init__(self, engine: Engine, tenant: str) -> None:
        self._engine, self._tenant = engine, tenant
        make_tables(engine, HOOKS.metadata)

    def was_delivered(self, entry: str, delivery: str) -> bool:
        """Whether the very same call came before."""
        wanted = select(HOOKS.c.number).where(self._of(entry), HOOKS.c.delivery == delivery)
        with self._engine.connect() as con:
            return con.scalar(wanted.limit(1)) is not None

    def keep(
        self,
        entry: str,
        happened: str,
        delivery: str,
        about: Mapping[str, Any],
        now: datetime,
        *,
        is_done: bool = False,
    ) -> bool:
        """Keep what was heard; False if it was heard before.

        Args:
            happened: hash of the vendor's id of it.
            delivery: hash of the call.
            is_done: whether nothing is to be fetched of it.
        """
        row: dict[str, Any] = {
            "happened": happened,
            "delivery": delivery,
            "about": json.dumps(about),
            "heard_at": now,
            "tries": 0,
        }
        row |= {"done_at": now} if is_done else {}
        try:
            with self._engine.begin() as con:
                made = con.execute(HOOKS.insert().values(tenant=self._tenant, entry=entry, **row)).inserted_primary_key
                if made is not None and made[0] % PRUNED_EVERY == 0:
                    con.execute(HOOKS.delete().where(HOOKS.c.tenant == self._tenant, HOOKS.c.done_at < now - KEPT))
        except IntegrityError:
            return False
        return True

    def waiting(self, now: datetime) -> dict[str, list[Heard]]:
        """Entry -> what is to be fetched for it now, in the order it was heard."""
        is_due = or_(HOOKS.c.again_at.is_(None), HOOKS.c.again_at <= now)
        wanted = (
            select(HOOKS)
            .where(HOOKS.c.tenant == self._tenant, HOOKS.c.done_at.is_(None), is_due)
            .order_by(HOOKS.c.number)
            .limit(MOST * 10)
        )
        found: dict[str, list[Heard]] = {}
        with self._engine.connect() as con:
            for row in con.execute(wanted).mappings():
                mine = found.setdefault(row["entry"], [])
                if len(mine) < MOST:
                    about = json.loads(row["about"])
                    mine.append(Heard(number=row["number"], entry=row["entry"], about=about, tries=row["tries"]))
        return found

    def done(self, heard: Sequence[Heard], now: datetime) -> None:
        """It was fetched and committed, or is left to the next pull."""
        self._change(heard, done_at=now)

    def again(self, heard: Sequence[Heard], at: datetime) -> None:
        """It could not be fetched, and is tried again."""
        self._change(heard, again_at=at, tries=HOOKS.c.tries + 1)

    def _change(self, heard: Sequence[Heard], **values: Any) -> None:
        with self._engine.begin() as con:
            con.execute(HOOKS.update().where(HOOKS.c.number.in_([one.number for one in heard])).values(**values))

    def _of(self, entry: str) -> Any:
        return and_(HOOKS.c.tenant == self._tenant, HOOKS.c.entry == entry)
