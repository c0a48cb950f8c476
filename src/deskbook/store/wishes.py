"""What each person wants of the pages themselves, such as the theme: one small value under a name, the newest only."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, ColumnElement, Engine, MetaData, String, Table, and_, select
from sqlalchemy.exc import IntegrityError

from deskbook.access import Actor
from deskbook.store.database import make_tables

WISHES: Final = Table(
    "deskbook_wishes",
    MetaData(),
    Column("tenant", String(80), primary_key=True),
    Column("owner", String(200), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
)


class Wishes:
    """The wishes of one desk's people; each reads and writes their own."""

    def __init__(self, engine: Engine, tenant: str) -> None:
        self._engine, self._tenant = engine, tenant
        make_tables(engine, WISHES.metadata)

    def of(self, actor: Actor, name: str) -> str:
        """What somebody wants; empty where they said nothing."""
        with self._engine.connect() as con:
            found: str | None = con.scalar(select(WISHES.c.value).where(self._is(actor, name)))
        return found or ""

    def keep(self, actor: Actor, name: str, value: str) -> None:
        """Keep what somebody wants, in place of what they wanted before."""
        changed = WISHES.update().where(self._is(actor, name)).values(value=value)
        with self._engine.begin() as con:
            if con.execute(changed).rowcount:
                return
        try:
            with self._engine.begin() as con:
                con.execute(WISHES.insert().values(tenant=self._tenant, owner=actor.name, name=name, value=value))
        except IntegrityError:  # another tab was first: the later choice holds
            with self._engine.begin() as con:
                con.execute(changed)

    def _is(self, actor: Actor, name: str) -> ColumnElement[bool]:
        return and_(WISHES.c.tenant == self._tenant, WISHES.c.owner == actor.name, WISHES.c.name == name)
