"""The application's own state: what each sync did. Kept apart from the lake, so that a run that
changes no row makes no snapshot.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Column, DateTime, Engine, Float, Integer, MetaData, String, Table, and_, func, select
from sqlalchemy.exc import IntegrityError

from deskbook.store.database import make_tables, open_database
from deskbook.store.places import database_of

KEPT_RUNS: Final = 1_000
PRUNED_EVERY: Final = 50
"""Runs after which those of the entry that ran last are looked through."""
METADATA = MetaData()
RUNS = Table(
    "deskbook_sync_runs",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("tenant", String(80), nullable=False, index=True),
    Column("entry", String(200), nullable=False, index=True),
    Column("started_at", DateTime, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("status", String(10), nullable=False),
    Column("error", String, nullable=False, default=""),
    Column("rows_read", Integer, nullable=False),
    Column("rows_written", Integer, nullable=False),
    Column("rows_quarantined", Integer, nullable=False),
)
KEYS: Final = Table(
    "deskbook_keys", METADATA, Column("name", String(40), primary_key=True), Column("value", String(64), nullable=False)
)


@dataclass(frozen=True, kw_only=True)
class Run:
    """One sync of one entry. Times are naive UTC; `status` is ok or failed."""

    entry: str
    started_at: datetime
    seconds: float
    status: str
    error: str
    rows_read: int
    rows_written: int
    rows_quarantined: int


class State:
    """Reads and writes the application's state; `engine` is the database it lies in.

    Raises:
        ConfigError: the address is none of a database that can hold it.
        StoreError: the database cannot be reached.
    """

    def __init__(self, database_url: str) -> None:
        self.engine: Engine = open_database(database_of(database_url))
        make_tables(self.engine, METADATA)

    def key(self, name: str) -> str:
        """A key of that name, the same for every process of the workspace; made when first asked for."""
        wanted = select(KEYS.c.value).where(KEYS.c.name == name)
        with self.engine.connect() as con:
            held: str | None = con.scalar(wanted)
        if held:
            return held
        try:
            with self.engine.begin() as con:
                con.execute(KEYS.insert().values(name=name, value=secrets.token_hex(32)))
        except IntegrityError:
            pass  # another process was first, and its key is everybody's
        with self.engine.connect() as con:
            return str(con.scalar(wanted))

    def add_run(self, tenant: str, run: Run) -> None:
        """Keep what a sync did; of each entry the newest 1,000 stay, and the newest that went well."""
        with self.engine.begin() as con:
            made = con.execute(RUNS.insert().values(tenant=tenant, **run.__dict__)).inserted_primary_key
            if made is None or made[0] % PRUNED_EVERY:
                return
            mine = and_(RUNS.c.tenant == tenant, RUNS.c.entry == run.entry)
            oldest = con.scalar(select(RUNS.c.id).where(mine).order_by(RUNS.c.id.desc()).offset(KEPT_RUNS - 1).limit(1))
            good = con.scalar(select(func.max(RUNS.c.id)).where(mine, RUNS.c.status == "ok"))
            if oldest is not None:
                con.execute(RUNS.delete().where(mine, RUNS.c.id < oldest, RUNS.c.id != (good or 0)))

    def last_runs(self, tenant: str) -> dict[str, Run]:
        """The newest run of each entry."""
        return self._newest(tenant, None)

    def last_good_runs(self, tenant: str) -> dict[str, Run]:
        """The newest run of each entry that went well: how fresh its data is."""
        return self._newest(tenant, "ok")

    def _newest(self, tenant: str, status: str | None) -> dict[str, Run]:
        wanted = select(func.max(RUNS.c.id)).where(RUNS.c.tenant == tenant).group_by(RUNS.c.entry)
        if status:
            wanted = wanted.where(RUNS.c.status == status)
        with self.engine.connect() as con:
            rows = con.execute(select(RUNS).where(RUNS.c.id.in_(wanted))).mappings().all()
        names = Run.__dataclass_fields__
        return {row["entry"]: Run(**{name: row[name] for name in names}) for row in rows}
