"""The delivery log: what was sent to whom and when, kept before and after, so that a kill in between shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    DateTime,
    Engine,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    and_,
    func,
    select,
)
from sqlalchemy.exc import IntegrityError

from deskbook.store.database import make_tables

SENDING: Final = "sending"
SENT: Final = "sent"
METADATA = MetaData()
DELIVERIES = Table(
    "deskbook_deliveries",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("tenant", String(80), nullable=False, index=True),
    Column("schedule", String(200), nullable=False, index=True),
    Column("due_at", DateTime, nullable=False),
    Column("channel", String(40), nullable=False),
    Column("address", String(64), nullable=False),
    Column("target", String, nullable=False),
    Column("started_at", DateTime, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("snapshot", Integer),
    Column("digest", String(64), nullable=False),
    Column("note", String, nullable=False),
    Column("error", String, nullable=False),
    UniqueConstraint("tenant", "schedule", "due_at", "channel", "address"),
)
SEEN: Final = Table(
    "deskbook_schedules",
    METADATA,
    Column("tenant", String(80), primary_key=True),
    Column("schedule", String(200), primary_key=True),
    Column("rule", String(64), nullable=False),
    Column("seen_at", DateTime, nullable=False),
)


@dataclass(frozen=True, kw_only=True)
class Key:
    """One thing to be sent once: a schedule's report, due at a moment (naive UTC), to one address of a channel.

    Attributes:
        address: digest of the address as it is written in the dashboard.
    """

    schedule: str
    due_at: datetime
    channel: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What became of it. Times are naive UTC.

    Attributes:
        target: the address, without what may be secret in it.
        outcome: sending, sent, skipped_unchanged, condition_not_met or failed.
        bytes: size of its files together.
        digest: SHA-256 of the numbers on it.
        note: what else is to know, such as times that were missed.
    """

    key: Key
    target: str
    started_at: datetime
    seconds: float = 0.0
    outcome: str = SENDING
    bytes: int = 0
    snapshot: int | None = None
    digest: str = ""
    note: str = ""
    error: str = ""


FACTS: Final = tuple(name for name in Delivery.__dataclass_fields__ if name != "key")


class DeliveryLog:
    """Reads and writes the log."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        make_tables(self._engine, METADATA)

    def begin(self, tenant: str, delivery: Delivery) -> bool:
        """Write down that a delivery begins; False if it was written down before, by whomever."""
        facts = {name: getattr(delivery, name) for name in FACTS}
        try:
            with self._engine.begin() as con:
                con.execute(DELIVERIES.insert().values(tenant=tenant, **asdict(delivery.key), **facts))
        except IntegrityError:
            return False
        return True

    def end(self, tenant: str, delivery: Delivery) -> None:
        """Write down what became of one that began."""
        with self._engine.begin() as con:
            facts = {name: getattr(delivery, name) for name in FACTS}
            con.execute(DELIVERIES.update().where(_is(tenant, delivery.key)).values(**facts))

    def due(self, tenant: str, schedule: str, due_at: datetime) -> list[Delivery]:
        """What is written down of a schedule's report of that time."""
        wanted = and_(_of(tenant, schedule), DELIVERIES.c.due_at == due_at)
        with self._engine.connect() as con:
            return [_read(dict(row)) for row in con.execute(select(DELIVERIES).where(wanted)).mappings()]

    def last_due_at(self, tenant: str, schedule: str) -> datetime | None:
        """The newest time of a schedule that was dealt with."""
        with self._engine.connect() as con:
            found: datetime | None = con.scalar(select(func.max(DELIVERIES.c.due_at)).where(_of(tenant, schedule)))
        return found

    def last_sent(self, tenant: str, key: Key) -> Delivery | None:
        """What reached the same address last."""
        same = and_(_of(tenant, key.schedule), DELIVERIES.c.channel == key.channel, DELIVERIES.c.address == key.address)
        newest = select(DELIVERIES).where(same, DELIVERIES.c.outcome == SENT).order_by(DELIVERIES.c.id.desc()).limit(1)
        with self._engine.connect() as con:
            row = con.execute(newest).mappings().first()
        return _read(dict(row)) if row else None

    def recent(
        self, tenant: str, *, schedule: str = "", without: Iterable[str] = (), limit: int = 100
    ) -> list[Delivery]:
        """The newest deliveries, newest first; of one schedule if it is named, and `without` those of others."""
        wanted = _of(tenant, schedule) if schedule else DELIVERIES.c.tenant == tenant
        wanted = and_(wanted, DELIVERIES.c.schedule.not_in(list(without)))
        newest = select(DELIVERIES).where(wanted).order_by(DELIVERIES.c.id.desc()).limit(limit)
        with self._engine.connect() as con:
            return [_read(dict(row)) for row in con.execute(newest).mappings()]

    def seen_at(self, tenant: str, schedule: str, rule: str, now: datetime) -> datetime:
        """Since when a schedule stands as it does: no time before that is due.

        Args:
            rule: digest of when it is due and to whom it goes; a changed one counts as new.
            now: kept where it is new (naive UTC).
        """
        where = and_(SEEN.c.tenant == tenant, SEEN.c.schedule == schedule)
        with self._engine.connect() as con:
            row = con.execute(select(SEEN).where(where)).mappings().first()
        if row and row["rule"] == rule:
            found: datetime = row["seen_at"]
            return found
        self.begin_again(tenant, schedule, rule, now)
        return now

    def begin_again(self, tenant: str, schedule: str, rule: str, now: datetime) -> None:
        """From now on (naive UTC) a schedule stands so: no time before is due, also where it stood so before."""
        where = and_(SEEN.c.tenant == tenant, SEEN.c.schedule == schedule)
        with self._engine.begin() as con:
            con.execute(SEEN.delete().where(where))
            con.execute(SEEN.insert().values(tenant=tenant, schedule=schedule, rule=rule, seen_at=now))


def _of(tenant: str, schedule: str) -> ColumnElement[bool]:
    return and_(DELIVERIES.c.tenant == tenant, DELIVERIES.c.schedule == schedule)


def _is(tenant: str, key: Key) -> ColumnElement[bool]:
    return and_(DELIVERIES.c.tenant == tenant, *(DELIVERIES.c[name] == value for name, value in asdict(key).items()))


def _read(row: Mapping[str, Any]) -> Delivery:
    key = Key(**{name: row[name] for name in Key.__dataclass_fields__})
    return Delivery(key=key, **{name: row[name] for name in FACTS})
