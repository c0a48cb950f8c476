"""What the help desk reports of each ticket itself: mostly our figures, some counted in a way of its own.

A way is planted only where it changes the figure by more than a minute, so that each difference has one cause.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from deskbook.samples.arrivals import Bools, Tickets
from deskbook.samples.calendar import BusinessClock, Ints
from deskbook.samples.conversation import Talk, Turn
from deskbook.samples.history import History

MEASURES: Final = ("first_reply_seconds", "first_reply_business_seconds")
CALENDAR, BUSINESS = range(len(MEASURES))
MINUTE: Final = 60
LATE_SECONDS: Final = 3_600
"""How far the clock that dates their replies is ahead."""


@dataclass(frozen=True)
class Office:
    """The hours that the desk promises, and the same as the help desk reads them on days that are closed.

    Attributes:
        clock: Mon-Fri 08:00-18:00 UTC, closed on holidays.
        without_holidays: the same, open on holidays that are weekdays.
    """

    clock: BusinessClock
    without_holidays: BusinessClock


@dataclass(frozen=True)
class Reported:
    """One row a figure; tickets without a reply have none.

    Attributes:
        row: its ticket, as a row number of the chunk.
        measure: row number in MEASURES.
        seconds: what the help desk says.
        way: row number in WAYS; -1 where it counts as we do.
    """

    row: Ints
    measure: Ints
    seconds: Ints
    way: Ints

    def __len__(self) -> int:
        """Number of figures."""
        return len(self.row)


@dataclass(frozen=True)
class _Replied:
    """The replied tickets of a chunk, one row each; times are seconds since 1970."""

    created: Ints
    reply: Ints
    at: Ints
    has: Bools
    updated: Ints
    office: Office

    def counted(self, measure: int, end: Ints) -> Ints:
        """Seconds from creation to those moments, as we count the measure."""
        return self.worked(self.office.clock, end) if measure == BUSINESS else end - self.created

    def worked(self, clock: BusinessClock, end: Ints) -> Ints:
        """Seconds from creation to those moments in which a clock runs."""
        return clock.to_work(end) - clock.to_work(self.created)

    def said(self, turn: Turn) -> Ints:
        """When a message before the reply was sent; the reply where there is none."""
        return np.where(self.has[:, turn], self.at[:, turn], self.reply)


Count = Callable[[_Replied, int], Ints]


@dataclass(frozen=True)
class Way:
    """One way in which the help desk counts otherwise.

    Attributes:
        cause: what `deskbook explain` calls it.
        about: what the help desk does.
        share: of the figures that it changes, how many are counted so.
        count: tickets and measure -> seconds.
    """

    cause: str
    about: str
    share: float
    count: Count


def _other_clock(of: _Replied, measure: int) -> Ints:
    return of.counted(CALENDAR if measure == BUSINESS else BUSINESS, of.reply)


def _open_on_holidays(of: _Replied, measure: int) -> Ints:
    is_business = measure == BUSINESS
    return of.worked(of.office.without_holidays, of.reply) if is_business else of.counted(measure, of.reply)


def _to(turn: Turn) -> Count:
    return lambda of, measure: of.counted(measure, of.said(turn))


def _to_the_minute(of: _Replied, measure: int) -> Ints:
    return (of.counted(measure, of.reply) + MINUTE // 2) // MINUTE * MINUTE


WAYS: Final = (
    Way("holiday", "counts holidays as working days", 0.6, _open_on_holidays),
    Way("internal_comment", "takes an internal note for the reply", 0.15, _to(Turn.NOTE)),
    Way("bot", "takes the bot's receipt for the reply", 0.05, _to(Turn.ACK)),
    Way("schedule_rule", "counts around the clock where hours are meant, or the reverse", 0.05, _other_clock),
    Way("clock", "dates the reply an hour later", 0.02, lambda of, m: of.counted(m, of.reply + LATE_SECONDS)),
    Way("clock", "takes the last update for the reply", 0.02, lambda of, m: of.counted(m, of.updated)),
    Way("rounding", "gives whole minutes", 0.02, _to_the_minute),
)
"""The rarest first, so that the commoner ones leave it some tickets."""


def report(tickets: Tickets, talk: Talk, history: History, office: Office, rng: np.random.Generator) -> Reported:
    """The help desk's figures of the tickets that were answered."""
    row = np.flatnonzero(talk.has[:, Turn.REPLY])
    of = _Replied(
        tickets.at[row],
        talk.at[row, Turn.REPLY],
        talk.at[row],
        talk.has[row],
        history.updated_at[row],
        office,
    )
    seconds, way = zip(*(_figures(of, measure, rng) for measure in range(len(MEASURES))), strict=True)
    return Reported(
        row=np.tile(row, len(MEASURES)),
        measure=np.repeat(np.arange(len(MEASURES)), len(row)),
        seconds=np.concatenate(seconds),
        way=np.concatenate(way),
    )


def _figures(of: _Replied, measure: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Seconds of one measure, and the way each is counted in."""
    ours = of.counted(measure, of.reply)
    seconds, way = ours.copy(), np.full(len(ours), -1)
    for code, one in enumerate(WAYS):
        theirs = one.count(of, measure)
        changes = theirs != ours if one.cause == "rounding" else np.abs(theirs - ours) > MINUTE
        chosen = (way < 0) & changes & (theirs > 0) & (rng.random(len(ours)) < one.share)
        seconds[chosen], way[chosen] = theirs[chosen], code
    return seconds, way
