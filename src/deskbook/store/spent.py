"""What a language model has used of its budget: tokens by day."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Column, Date, Engine, Integer, MetaData, String, Table, and_, select
from sqlalchemy.exc import IntegrityError

from deskbook.store.database import make_tables

SPENT: Final = Table(
    "deskbook_spent",
    MetaData(),
    Column("tenant", String(80), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("tokens", Integer, nullable=False),
)


class Spent:
    """Tokens of one desk by day (UTC)."""

    def __init__(self, engine: Engine, tenant: str) -> None:
        self._engine, self._tenant = engine, tenant
        make_tables(engine, SPENT.metadata)

    def on(self, day: date) -> int:
        """Tokens used on a day."""
        mine = and_(SPENT.c.tenant == self._tenant, SPENT.c.day == day)
        with self._engine.connect() as con:
            return int(con.scalar(select(SPENT.c.tokens).where(mine)) or 0)

    def add(self, day: date, tokens: int) -> None:
        """Tokens more, added in the database, so that several processes do not lose each other's."""
        mine = and_(SPENT.c.tenant == self._tenant, SPENT.c.day == day)
        more = SPENT.update().where(mine).values(tokens=SPENT.c.tokens + tokens)
        with self._engine.begin() as con:
            if con.execute(more).rowcount:
                return
        try:
            with self._engine.begin() as con:
                con.execute(SPENT.insert().values(tenant=self._tenant, day=day, tokens=tokens))
        except IntegrityError:  # another process was first
            with self._engine.begin() as con:
                con.execute(more)
