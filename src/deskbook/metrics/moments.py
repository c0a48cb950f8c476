"""Dates in filters: the words of a period, settled into instants that mean the same on any clock and in any zone.

created_at in "last week"   resolved_at before 2026-10   updated_at since -4h   breached_at in today
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from deskbook.errors import BadValue
from deskbook.metrics.periods import Period, parse_period

WITHIN: Final = ("in", "not in")
FROM_START: Final = ("before", "since")
FROM_END: Final = ("after", "until")
OPERATORS: Final = (*WITHIN, *FROM_START, *FROM_END)
READ_AS: Final[Mapping[str, str]] = {
    "=": "in",
    "!=": "not in",
    "<": "before",
    ">=": "since",
    ">": "after",
    "<=": "until",
}
"""What comparing a moment with a period means: `< 2026-10` ends where October starts, `<= 2026-10` where it ends."""
INSTANT: Final = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})"
SETTLED: Final = re.compile(rf"({INSTANT})?\.\.({INSTANT})?|{INSTANT}")
ROLLING: Final = re.compile(r"-?\s*(\d{1,4})\s*([hdwmqy])")
UNIT_WORDS: Final = {"h": "hour", "d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}
CLOCKS: Final = (datetime(2001, 3, 4, 5, 6, tzinfo=UTC), datetime(2012, 11, 10, 9, 8, tzinfo=UTC))
"""Two moments: words that mean the same at both are no relative ones."""


def meant(value: str, *, now: datetime | None, zone: str) -> Period:
    """The period that words in a filter mean.

    Args:
        now: the moment relative words start from (aware); without one they are refused.

    Raises:
        BadValue: they are no period, or relative and there is no `now`.
    """
    try:
        if now is not None:
            return parse_period(value, now=now, zone=zone)
        first, second = (parse_period(value, now=clock, zone=zone) for clock in CLOCKS)
    except (OverflowError, ValueError) as error:
        raise BadValue(f"'{value}' is out of reach.") from error
    if first != second:
        raise BadValue(f"'{value}' depends on the moment it is asked at, and none was given. Write its dates.")
    return first


def check(field: str, op: str, value: str) -> None:
    """Raise BadValue if words cannot be a date of this operator, at any moment."""
    _ends(field, op, value, meant(value, now=CLOCKS[1], zone="UTC"))


def settled(field: str, op: str, value: str, *, now: datetime | None, zone: str) -> str:
    """The words as instants with their offset: one, or two with `..` between for `in` and `not in`."""
    period = meant(value, now=now, zone=zone)
    return "..".join(_written(end, zone) if end else "" for end in _ends(field, op, value, period))


def instants(op: str, value: str) -> tuple[datetime | None, ...]:
    """The ends that settled words stand for, in naive UTC: one, or two for `in` and `not in`.

    Raises:
        BadValue: they are not settled, so nobody knows which moment they start from.
    """
    if not SETTLED.fullmatch(value):
        raise BadValue(f"'{value}' is no instant yet: settle the filter at a moment and in a zone first.")
    ends = _ends("", op, value, meant(value, now=None, zone="UTC"))
    return tuple(end.astimezone(UTC).replace(tzinfo=None) if end else None for end in ends)


def said(op: str, value: str) -> str:
    """The words as a person says them behind the operator: 'in the last 7 days', 'before 1 Oct 2026'."""
    words = " ".join(value.split()).lower()
    if words in ("today", "yesterday") and op == "in":
        return words
    rolling = ROLLING.fullmatch(words)
    if rolling:
        count, unit = int(rolling[1]), UNIT_WORDS[rolling[2]]
        words = f"the last {count} {unit}s" if count != 1 else f"the last {unit}"
    elif found := _shown(value):
        words = _dates(op, found)
    return f"{op} {words}"


def _shown(value: str) -> Period | None:
    """What absolute words mean, on the wall clock they are written in; None for relative ones."""
    if SETTLED.fullmatch(value):
        ends = [datetime.fromisoformat(end).replace(tzinfo=UTC) if end else None for end in value.split("..")]
        return Period(ends[0], ends[-1])
    try:
        return meant(value, now=None, zone="UTC")
    except BadValue:
        return None


def _dates(op: str, period: Period) -> str:
    if op in WITHIN:
        return period.sentence()
    if op in FROM_START:
        return Period(period.since).sentence().removeprefix("since ")
    end = period.until
    if end is not None and period.since != end:
        return Period(None, end).sentence().removeprefix("the beginning to ")
    return Period(end).sentence().removeprefix("since ")


def _ends(field: str, op: str, value: str, period: Period) -> tuple[datetime | None, ...]:
    """The ends of a period that an operator looks at."""
    if op in WITHIN:
        if period.since is not None and period.since == period.until:
            raise BadValue(f"'{value}' is a moment, not a period. Write {field} since or {field} before it.")
        return (period.since, period.until)
    end = period.since if op in FROM_START else period.until
    if end is None:
        missing = "beginning" if op in FROM_START else "end"
        raise BadValue(f"'{value}' has no {missing}, so nothing is {op} it. Write a date such as 2026-10-01.")
    return (end,)


def _written(moment: datetime, zone: str) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    return local.isoformat(timespec="auto" if local.second or local.microsecond else "minutes")
