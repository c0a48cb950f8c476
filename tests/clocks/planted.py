"""Tickets on which another system reports another number, with the cause planted in each.

Their numbers, and ours, are worked out here day by day with `datetime` alone, by none of the code under test.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from deskbook.clocks import Rules, make_rules

ZONE = "America/Denver"
SCHEDULES: list[dict[str, Any]] = [
    {
        "name": "office",
        "zone": "Europe/Berlin",
        "hours": {"mon-thu": "09:00-12:30 13:30-18:00", "fri": "09:00-16:00"},
        "holidays": "DE-BE",
        "closed": ["2026-07-20..2026-07-22", "2026-11-19"],
        "open": {"2026-06-13": "10:00-14:00", "2026-09-16": "10:00-12:00"},
    },
    {"name": "phone", "zone": "America/New_York", "hours": {"mon-fri": "08:00-20:00"}, "for": {"channel": ["phone"]}},
    {"name": "chat", "zone": "Asia/Tokyo", "hours": {"mon-sun": "10:00-16:30"}, "for": {"channel": ["chat"]}},
]
BERLIN_HOLIDAYS = {
    date(2026, month, day)
    for month, day in ((1, 1), (3, 8), (4, 3), (4, 6), (5, 1), (5, 14), (5, 25), (10, 3), (12, 25), (12, 26))
}
LONG, FRIDAY = ((540, 750), (810, 1080)), ((540, 960),)


@dataclass(frozen=True)
class Hours:
    """A schedule as plain values; weekday 0 is Monday, spans are minutes of a day."""

    zone: tzinfo
    week: Mapping[int, tuple[tuple[int, int], ...]]
    closed: frozenset[date] = frozenset()
    opened: Mapping[date, tuple[tuple[int, int], ...]] = field(default_factory=dict)


CLOSED = frozenset({date(2026, 7, 20), date(2026, 7, 21), date(2026, 7, 22), date(2026, 11, 19)})
OPENED = {date(2026, 6, 13): ((600, 840),), date(2026, 9, 16): ((600, 720),)}
OFFICE = Hours(
    ZoneInfo("Europe/Berlin"), {0: LONG, 1: LONG, 2: LONG, 3: LONG, 4: FRIDAY}, CLOSED | BERLIN_HOLIDAYS, OPENED
)
PHONE = Hours(ZoneInfo("America/New_York"), dict.fromkeys(range(5), ((480, 1200),)))
CHAT = Hours(ZoneInfo("Asia/Tokyo"), dict.fromkeys(range(7), ((600, 990),)))
HOURS = {"office": OFFICE, "phone": PHONE, "chat": CHAT}


def open_seconds(hours: Hours, start: datetime, end: datetime) -> float:
    """Seconds between two moments in which a schedule is open, a day at a time."""
    total = timedelta()
    day = start.astimezone(hours.zone).date() - timedelta(days=1)
    while day <= end.astimezone(hours.zone).date():
        spans = () if day in hours.closed else hours.week.get(day.weekday(), ())
        for first, last in hours.opened.get(day, spans):
            midnight = datetime(day.year, day.month, day.day, tzinfo=hours.zone)
            opens, closes = ((midnight + timedelta(minutes=minute)).astimezone(UTC) for minute in (first, last))
            total += max(timedelta(), min(closes, end) - max(opens, start))
        day += timedelta(days=1)
    return total.total_seconds()


@dataclass(frozen=True)
class Message:
    at: datetime
    role: str
    author: str
    is_public: bool = True
    role_today: str = ""


@dataclass(frozen=True)
class Desk:
    """One ticket of the sample, with its schedules, its messages, its statuses and the tickets merged into it."""

    created: datetime
    channel: str = "email"
    messages: tuple[Message, ...] = ()
    changes: tuple[tuple[datetime, str, str], ...] = ()
    statuses: tuple[tuple[datetime, str], ...] = ()
    updated: datetime | None = None
    merged: tuple[Desk, ...] = ()

    @property
    def own(self) -> str:
        return self.channel if self.channel in HOURS else "office"

    def schedules(self) -> list[tuple[datetime, str]]:
        return [(self.created, self.own), *((at, new) for at, _, new in self.changes)]

    def replied(self) -> datetime:
        return next(one.at for one in self.messages if one.role == "agent" and one.is_public)


@dataclass(frozen=True)
class Planted:
    desk: Desk
    ours: int
    theirs: int
    cause: str


def each_while_it_held(desk: Desk, start: datetime, end: datetime, hours: Mapping[str, Hours] = HOURS) -> float:
    held = desk.schedules()
    untils = [*(at for at, _ in held[1:]), datetime.max.replace(tzinfo=UTC)]
    total = 0.0
    for place, ((since, name), until) in enumerate(zip(held, untils, strict=True)):
        first = start if place == 0 else max(start, since)
        if min(end, until) > first:
            total += open_seconds(hours[name], first, min(end, until))
    return total


def changed(**fields: Any) -> dict[str, Hours]:
    return {name: replace(hours, **fields) for name, hours in HOURS.items()}


STANDARD = {
    "office": replace(OFFICE, zone=timezone(timedelta(hours=1))),
    "phone": replace(PHONE, zone=timezone(timedelta(hours=-5))),
    "chat": CHAT,
}
NO_HOLIDAYS = {**HOURS, "office": replace(OFFICE, closed=CLOSED)}
NO_CLOSED = {**HOURS, "office": replace(OFFICE, closed=frozenset(BERLIN_HOLIDAYS))}
NO_SPECIAL = {**HOURS, "office": replace(OFFICE, opened={})}


class Dice:
    """Random tickets; the same seed gives the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def moment(self, months: tuple[int, int] = (1, 12)) -> datetime:
        first, last = datetime(2026, months[0], 1, tzinfo=UTC), datetime(2026, months[1], 20, tzinfo=UTC)
        return first + timedelta(seconds=self.random.randrange(int((last - first).total_seconds())))

    def later(self, moment: datetime, low_hours: float, high_hours: float) -> datetime:
        return moment + timedelta(seconds=self.random.randint(int(low_hours * 3600), int(high_hours * 3600)))

    def ticket(self, *, months: tuple[int, int] = (1, 12), channel: str = "", created: datetime | None = None) -> Desk:
        """A customer asks, an agent answers within four days, and often more follows."""
        created = created or self.moment(months)
        replied = self.later(created, 3, 96)
        customer, agent = f"c{self.random.randrange(900)}", f"a{self.random.randrange(30)}"
        said = [Message(created, "customer", customer, role_today="customer"), Message(replied, "agent", agent)]
        if self.random.random() < 0.5:
            said.append(Message(self.later(replied, 1, 30), "customer", customer))
        if self.random.random() < 0.6:
            said.append(Message(self.later(said[-1].at, 1, 30), "agent", f"a{self.random.randrange(30)}"))
        kind = channel or self.random.choice(("email", "email", "email", "phone", "chat"))
        return Desk(created, kind, tuple(said), updated=self.later(said[-1].at, 2, 50))

    def between(self, desk: Desk) -> datetime:
        """A moment between creation and the reply."""
        span = (desk.replied() - desk.created).total_seconds()
        return desk.created + timedelta(seconds=self.random.randint(int(span * 0.1), int(span * 0.9)))


def with_message(desk: Desk, message: Message) -> Desk:
    return replace(desk, messages=tuple(sorted((*desk.messages, message), key=lambda one: one.at)))


Case = tuple[Desk, float, *tuple[float, ...]]
"""A ticket, their figure, and what it must not be: the figures of a pair's halves."""
Plant = Callable[[Dice], Case]


def agreed(dice: Dice) -> Case:
    desk = dice.ticket()
    return desk, each_while_it_held(desk, desk.created, desk.replied())


def moved(dice: Dice) -> Desk:
    desk = dice.ticket(channel="email")
    new = dice.random.choice(("phone", "chat"))
    return replace(desk, changes=((dice.between(desk), "office", new),))


def last_schedule(dice: Dice) -> Case:
    desk = moved(dice)
    return desk, open_seconds(HOURS[desk.changes[-1][2]], desk.created, desk.replied())


def around_the_clock(dice: Dice) -> Case:
    desk = dice.ticket()
    return desk, (desk.replied() - desk.created).total_seconds()


def default_schedule(dice: Dice) -> Case:
    desk = dice.ticket(channel=dice.random.choice(("phone", "chat")))
    return desk, open_seconds(OFFICE, desk.created, desk.replied())


def under(hours: Mapping[str, Hours], **told: Any) -> Plant:
    def plant(dice: Dice) -> Case:
        desk = dice.ticket(**told)
        return desk, each_while_it_held(desk, desk.created, desk.replied(), hours)

    return plant


def around(days: Iterable[date], hours: Mapping[str, Hours]) -> Plant:
    """Tickets that wait over one of some days."""

    def plant(dice: Dice) -> Case:
        day = dice.random.choice(sorted(days))
        created = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(seconds=dice.random.randint(0, 60_000))
        desk = dice.ticket(channel="email", created=created)
        return desk, each_while_it_held(desk, desk.created, desk.replied(), hours)

    return plant


def by(role: str, *, is_public: bool = True, today: str = "") -> Plant:
    """An earlier message that only they count as the reply."""

    def plant(dice: Dice) -> Case:
        desk = dice.ticket()
        at = dice.between(desk)
        desk = with_message(desk, Message(at, role, f"{role}-{dice.random.randrange(9)}", is_public, today))
        return desk, each_while_it_held(desk, desk.created, at)

    return plant


def no_agent_today(dice: Dice) -> Case:
    """The first to answer has left support, so they count the next answer."""
    desk = dice.ticket()
    leaver = replace(desk.messages[1], author=f"left-{dice.random.randrange(5)}", role_today="customer")
    at = dice.later(leaver.at, 1, 40)
    kept = (desk.messages[0], leaver, Message(at, "agent", "a7"))
    return replace(desk, messages=kept), each_while_it_held(desk, desk.created, at)


def merged_creation(dice: Dice) -> Case:
    desk = dice.ticket()
    created = desk.created - timedelta(seconds=dice.random.randint(7_200, 200_000))
    other = Desk(created, desk.channel, (Message(created, "customer", "c1"),))
    return replace(desk, merged=(other,)), each_while_it_held(desk, created, desk.replied())


def merged_reply(dice: Dice) -> Case:
    desk = dice.ticket()
    at = dice.between(desk)
    created = desk.created + (at - desk.created) / 3
    other = Desk(created, desk.channel, (Message(created, "customer", "c1"), Message(at, "agent", "a5")))
    return replace(desk, merged=(other,)), each_while_it_held(desk, desk.created, at)


def late_by(seconds: int) -> Plant:
    def plant(dice: Dice) -> Case:
        desk = dice.ticket()
        return desk, each_while_it_held(desk, desk.created, desk.replied() + timedelta(seconds=seconds))

    return plant


def updated(dice: Dice) -> Case:
    desk = dice.ticket()
    assert desk.updated
    return desk, each_while_it_held(desk, desk.created, desk.updated)


def to_the_minute(dice: Dice) -> Case:
    desk, seconds, *_ = agreed(dice)
    return desk, 60 * round(seconds / 60)


def last_schedule_from_a_note(dice: Dice) -> Case:
    desk = moved(dice)
    at = dice.between(desk)
    desk = with_message(desk, Message(at, "agent", "a3", is_public=False))
    last = HOURS[desk.changes[-1][2]]
    halves = (open_seconds(last, desk.created, desk.replied()), each_while_it_held(desk, desk.created, at))
    return desk, open_seconds(last, desk.created, at), *halves


def merged_in_utc(dice: Dice) -> Case:
    desk, merged, *_ = merged_creation(dice)
    in_utc = changed(zone=UTC)
    theirs = each_while_it_held(desk, desk.merged[0].created, desk.replied(), in_utc)
    return desk, theirs, merged, each_while_it_held(desk, desk.created, desk.replied(), in_utc)


def bot_in_utc(dice: Dice) -> Case:
    desk, bot, *_ = by("bot")(dice)
    at, in_utc = next(one.at for one in desk.messages if one.role == "bot"), changed(zone=UTC)
    theirs = each_while_it_held(desk, desk.created, at, in_utc)
    return desk, theirs, bot, each_while_it_held(desk, desk.created, desk.replied(), in_utc)


def note_over_a_holiday(dice: Dice) -> Case:
    desk = around(BERLIN_HOLIDAYS, HOURS)(dice)[0]
    at = dice.between(desk)
    desk = with_message(desk, Message(at, "agent", "a3", is_public=False))
    halves = [
        each_while_it_held(desk, desk.created, at),
        each_while_it_held(desk, desk.created, desk.replied(), NO_HOLIDAYS),
    ]
    return desk, each_while_it_held(desk, desk.created, at, NO_HOLIDAYS), *halves


PLANTS: tuple[tuple[str, int, Plant], ...] = (
    ("", 40, agreed),
    ("schedule_rule", 25, last_schedule),
    ("schedule_rule", 20, around_the_clock),
    ("schedule_default", 25, default_schedule),
    ("zone", 20, under(changed(zone=UTC))),
    ("zone", 15, under(changed(zone=ZoneInfo(ZONE)))),
    ("dst", 25, under(STANDARD, months=(4, 10), channel="phone")),
    ("holiday", 20, around(BERLIN_HOLIDAYS, NO_HOLIDAYS)),
    ("holiday", 10, around(CLOSED, NO_CLOSED)),
    ("holiday", 10, around(OPENED, NO_SPECIAL)),
    ("role_history", 20, by("customer", today="agent")),
    ("role_history", 15, no_agent_today),
    ("internal_comment", 30, by("agent", is_public=False)),
    ("bot", 20, by("bot")),
    ("bot", 10, by("system")),
    ("merge", 20, merged_creation),
    ("merge", 15, merged_reply),
    ("clock", 15, late_by(7_200)),
    ("clock", 15, late_by(-437)),
    ("clock", 20, updated),
    ("rounding", 25, to_the_minute),
    ("schedule_rule + internal_comment", 8, last_schedule_from_a_note),
    ("zone + merge", 8, merged_in_utc),
    ("zone + bot", 6, bot_in_utc),
    ("holiday + internal_comment", 6, note_over_a_holiday),
)


def planted(seed: int, plants: Iterable[tuple[str, int, Plant]] = PLANTS) -> list[Planted]:
    """Tickets in a random order, with a difference in each that is to have one."""
    dice = Dice(seed)
    found = []
    for cause, wanted, plant in plants:
        made: list[Planted] = []
        while len(made) < wanted:
            desk, theirs, *halves = plant(dice)
            ours = int(each_while_it_held(desk, desk.created, desk.replied()))
            is_both = all(abs(theirs - half) > 60 for half in halves)
            if theirs > 0 and is_both and differs(cause, int(theirs) - ours):
                made.append(Planted(desk, ours, int(theirs), cause))
        found += made
    dice.random.shuffle(found)
    return found


def differs(cause: str, seconds: int) -> bool:
    return {"": seconds == 0, "rounding": seconds != 0}.get(cause, abs(seconds) > 60)


def rules() -> Rules:
    return make_rules(zone=ZONE, schedules=SCHEDULES)
