"""How each catalog entry stands: what its syncs came to, who paused it, which entry feeds it now.

One row an entry, written by whoever holds its lease; pausing and asking write columns of their own, so nobody
overwrites another's word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Boolean, Column, DateTime, Engine, Integer, MetaData, String, Table, Text, and_, select
from sqlalchemy.exc import IntegrityError

from deskbook.store.database import make_tables

METADATA: Final = MetaData()
STANDINGS: Final = Table(
    "deskbook_sync_standings",
    METADATA,
    Column("tenant", String(80), primary_key=True),
    Column("entry", String(200), primary_key=True),
    Column("begun_at", DateTime),
    Column("ended_at", DateTime),
    Column("good_at", DateTime),
    Column("row_at", DateTime),
    Column("has_rows", Boolean, nullable=False, default=False),
    Column("failures", Integer, nullable=False, default=0),
    Column("idle", Integer, nullable=False, default=0),
    Column("unfinished", Boolean, nullable=False, default=False),
    Column("error", Text, nullable=False, default=""),
    Column("feeding", String(200), nullable=False, default=""),
    Column("hearing", Text, nullable=False, default=""),
    Column("paused_at", DateTime),
    Column("paused_by", String(200), nullable=False, default=""),
    Column("wanted_at", DateTime),
    Column("wanted_by", String(200), nullable=False, default=""),
)
WATCHES: Final = Table(
    "deskbook_sync_watches", METADATA, Column("tenant", String(80), primary_key=True), Column("seen_at", DateTime)
)
NOTICED: Final = Table(
    "deskbook_sync_noticed",
    METADATA,
    Column("tenant", String(80), primary_key=True),
    Column("entry", String(200), primary_key=True),
    Column("noticed_at", DateTime, nullable=False),
    Column("said", Text, nullable=False),
)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One entry. Times are naive UTC.

    Attributes:
        begun_at: when its newest sync began; None before the first.
        good_at: when the newest that went well began.
        row_at: when one last wrote a row.
        has_rows: whether any of its syncs read a row.
        failures: syncs in a row that failed.
        idle: syncs in a row that went well and wrote nothing.
        unfinished: whether the newest gave way to others before it was through.
        error: why the newest failed.
        feeding: the entry that feeds the numbers in its stead; empty while it does itself.
        hearing: for an entry that can be woken: that it is listened to, or why not.
        wanted_at: when somebody asked for a sync at once.
    """

    begun_at: datetime | None = None
    ended_at: datetime | None = None
    good_at: datetime | None = None
    row_at: datetime | None = None
    has_rows: bool = False
    failures: int = 0
    idle: int = 0
    unfinished: bool = False
    error: str = ""
    feeding: str = ""
    hearing: str = ""
    paused_at: datetime | None = None
    paused_by: str = ""
    wanted_at: datetime | None = None
    wanted_by: str = ""

    @property
    def is_wanted(self) -> bool:
        """Whether somebody asked for a sync since the newest began."""
        return self.wanted_at is not None and (self.begun_at is None or self.wanted_at > self.begun_at)


COLUMNS: Final = tuple(field.name for field in fields(Standing))


class Standings:
    """Reads and writes how the entries of one desk stand."""

    def __init__(self, engine: Engine, tenant: str) -> None:
        self._engine, self._tenant = engine, tenant
        make_tables(engine, METADATA)

    def all(self) -> dict[str, Standing]:
        """Entry -> how it stands; entries nothing was written of are left out."""
        with self._engine.connect() as con:
            rows = con.execute(select(STANDINGS).where(STANDINGS.c.tenant == self._tenant)).mappings().all()
        return {row["entry"]: Standing(**{name: row[name] for name in COLUMNS}) for row in rows}

    def of(self, entry: str) -> Standing:
        """How one entry stands; as one that never began where nothing was written."""
        return self.all().get(entry, Standing())

    def note(self, entry: str, **changes: Any) -> None:
        """Write some columns of one entry; the others stay as they are."""
        is_it = and_(STANDINGS.c.tenant == self._tenant, STANDINGS.c.entry == entry)
        changed = STANDINGS.update().where(is_it).values(**changes)
        with self._engine.begin() as con:
            if con.execute(changed).rowcount:
                return
        try:
            with self._engine.begin() as con:
                con.execute(STANDINGS.insert().values(tenant=self._tenant, entry=entry, **changes))
        except IntegrityError:  # another process was first with the row: the columns are still ours to write
            with self._engine.begin() as con:
                con.execute(changed)

    def seed(self, held: Mapping[str, Standing]) -> None:
        """Take over what an older Deskbook knew of entries that nothing is written of yet."""
        known = self.all()
        for entry, standing in held.items():
            if entry not in known:
                self.note(entry, **{name: getattr(standing, name) for name in COLUMNS})

    def notice(self, entry: str, said: str, at: datetime) -> None:
        """Keep what a sync noticed, in place of what one before it did."""
        is_it = and_(NOTICED.c.tenant == self._tenant, NOTICED.c.entry == entry)
        with self._engine.begin() as con:  # only who has the entry's lease comes here
            con.execute(NOTICED.delete().where(is_it))
            con.execute(NOTICED.insert().values(tenant=self._tenant, entry=entry, said=said, noticed_at=at))

    def noticed(self, since: datetime) -> dict[str, str]:
        """Entry -> what its syncs noticed last, of those that did since then (naive UTC)."""
        is_new = and_(NOTICED.c.tenant == self._tenant, NOTICED.c.noticed_at >= since)
        with self._engine.connect() as con:
            return {row.entry: row.said for row in con.execute(select(NOTICED).where(is_new))}

    def watch(self, at: datetime) -> None:
        """Say that somebody is syncing what is due (naive UTC)."""
        changed = WATCHES.update().where(WATCHES.c.tenant == self._tenant).values(seen_at=at)
        with self._engine.begin() as con:
            if con.execute(changed).rowcount:
                return
        try:
            with self._engine.begin() as con:
                con.execute(WATCHES.insert().values(tenant=self._tenant, seen_at=at))
        except IntegrityError:
            pass  # another process said it in the same moment

    def watched_at(self) -> datetime | None:
        """When somebody last said so; None where nobody ever did."""
        with self._engine.connect() as con:
            found: datetime | None = con.scalar(select(WATCHES.c.seen_at).where(WATCHES.c.tenant == self._tenant))
        return found
