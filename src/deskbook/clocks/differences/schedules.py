"""Readings under other schedules, zones and days off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deskbook.clocks.differences.reading import Reading
from deskbook.clocks.past import OPEN, Ints, first_rows, flat, last_rows, micros
from deskbook.metrics.worktime import Schedule, Version
from deskbook.metrics.worktime.rules import EPOCH, offsets

HOUR_US: Final = 3_600_000_000
ETC_HOURS: Final = range(-12, 15)
"""Whole hours from UTC for which the IANA database has a zone without clock changes."""


def calendar(reading: Reading) -> Reading | None:
    """Around the clock, where we count business time."""
    return replace(reading, clocks=tuple(_calendar(name) for name in reading.clocks)) if reading.is_business else None


def _calendar(name: str) -> str:
    return name.removesuffix("_business").removesuffix("_last_schedule")


def business(reading: Reading) -> Reading | None:
    """In business time, where we count around the clock."""
    has_both = reading.family not in ("unassigned", "first_assignment_to_resolution", "last_assignment_to_resolution")
    if reading.is_business or not has_both or not reading.rules.schedules:
        return None
    return replace(reading, clocks=tuple(f"{name}_business" for name in reading.clocks))


def last_schedule(reading: Reading) -> Reading | None:
    """A ticket's whole life under the schedule it was last under, as Zendesk counts."""
    return _one_event(reading, last_rows, "new_value") if reading.clocks[0].endswith("_business") else None


def each_schedule(reading: Reading) -> Reading | None:
    """Each schedule while a ticket was under it, where ours is the last one alone."""
    if not reading.clocks[0].endswith("_last_schedule"):
        return None
    return replace(reading, clocks=tuple(f"{_calendar(name)}_business" for name in reading.clocks))


def first_schedule(reading: Reading) -> Reading | None:
    """A ticket's whole life under the schedule it was under first."""
    return _one_event(reading, first_rows, "old_value") if reading.is_business else None


def _one_event(reading: Reading, which: Callable[[Ints], np.ndarray], column: str) -> Reading | None:
    """One change of schedule of each ticket kept, to and from one value; without it, what the ticket is decides."""
    events = reading.batch.events
    rows = np.flatnonzero(np.asarray(pc.equal(flat(events["kind"]), "schedule")))
    if not len(rows):
        return None
    keep = rows[which(np.asarray(flat(events["ticket"]))[rows])]
    value = flat(events[column])
    told = np.ones(events.num_rows, np.bool_)
    told[rows] = False
    told[keep] = np.asarray(value.take(pa.array(keep)).is_valid())
    for name in ("old_value", "new_value"):
        place = events.schema.get_field_index(name)
        is_schedule = pc.equal(flat(events["kind"]), "schedule")
        events = events.set_column(place, name, pc.if_else(is_schedule, value, flat(events[name])))
    return reading.with_events(events.filter(pa.array(told)))


def only(schedule: Schedule) -> Callable[[Reading], Reading | None]:
    """Every ticket under one schedule, whatever it is."""

    def read(reading: Reading) -> Reading | None:
        if not reading.is_business or len(reading.rules.schedules) < 2:
            return None
        held = next((one for one in reading.rules.schedules if one.name == schedule.name), schedule)
        alone = replace(held, applies_to={}, is_default=True)
        events = reading.batch.events
        others = events.filter(pc.not_equal(flat(events["kind"]), "schedule"))
        return replace(reading, rules=replace(reading.rules, schedules=(alone,))).with_events(others)

    return read


def newest_version(reading: Reading) -> Reading | None:
    """Every schedule as it reads today, for all time."""
    return _schedules(reading, lambda one: replace(one, versions=(replace(one.versions[-1], since=None),)))


def in_zone(zone: str) -> Callable[[Reading], Reading | None]:
    """Every schedule's hours read on the wall clock of one zone."""
    return lambda reading: _versions(reading, lambda version: replace(version, zone=zone))


def standard_time(reading: Reading) -> Reading | None:
    """No daylight saving: each zone at its lower offset all year, where that is whole hours."""
    return _fixed(reading, min)


def summer_time(reading: Reading) -> Reading | None:
    """Daylight saving all year: each zone at its higher offset."""
    return _fixed(reading, max)


def _fixed(reading: Reading, which: Callable[[set[int]], int]) -> Reading | None:
    years = _years(reading)

    def fixed(version: Version) -> Version:
        held = {offset for _, offset in offsets(version.zone, *years)}
        hours, rest = divmod(which(held), HOUR_US)
        if len(held) == 1 or rest or hours not in ETC_HOURS:
            return version
        return replace(version, zone=f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT")

    return _versions(reading, fixed)


def _years(reading: Reading) -> tuple[int, int]:
    created = micros(reading.batch.tickets["created_us"])
    first, last = (np.datetime64(int(one), "us").astype("datetime64[Y]").astype(int) for one in _ends(created))
    return 1970 + int(first), 1970 + int(last)


def _ends(moments: Ints) -> tuple[int, int]:
    return int(moments.min()), int(moments.max())


def no_public_holidays(reading: Reading) -> Reading | None:
    """Public holidays count as any other day."""
    return _versions(reading, lambda version: replace(version, holidays=()))


def no_closed_days(reading: Reading) -> Reading | None:
    """Days the schedule names as closed count as any other day."""
    return _versions(reading, lambda version: replace(version, closed=()))


def no_special_hours(reading: Reading) -> Reading | None:
    """Days with hours of their own count as any other day."""
    return _versions(reading, lambda version: replace(version, opened=()))


def closed_on(day: date) -> Callable[[Reading], Reading | None]:
    """A day closed that is open here."""

    def closed(version: Version) -> Version:
        opened = tuple(one for one in version.opened if one[0] != day)
        return replace(version, closed=(*version.closed, (day, day)), opened=opened)

    return lambda reading: _versions(reading, closed)


def wall_clock(reading: Reading) -> Reading | None:
    """Moments subtracted as the wall clock of the workspace shows them: a change of clocks adds or takes an hour."""
    first, last = _years(reading)
    held = np.array(offsets(reading.zone, first - 1, last + 2))
    if reading.is_business or len(np.unique(held[:, 1])) == 1:
        return None

    def moved(column: pa.Array) -> pa.Array:
        moments = micros(column)
        shown = moments + held[np.searchsorted(held[:, 0], moments, "right") - 1, 1]
        return pa.array(shown, pa.int64(), mask=moments == OPEN)

    return every_moment(reading, moved, creation=True)


def every_moment(reading: Reading, moved: Callable[[pa.Array], pa.Array], *, creation: bool) -> Reading:
    """All moments of a history moved; creation too, or not."""
    batch = reading.batch
    names = ("first_reply_us", "resolved_us", "updated_us", *(("created_us",) if creation else ()))
    tickets = {name: moved(batch.tickets[name]) for name in names}
    rows = [
        one.set_column(one.schema.get_field_index("at_us"), "at_us", moved(one["at_us"]))
        for one in (batch.messages, batch.events)
    ]
    return replace(reading, batch=replace(batch, messages=rows[0], events=rows[1])).with_tickets(**tickets)


def _versions(reading: Reading, change: Callable[[Version], Version]) -> Reading | None:
    return _schedules(reading, lambda one: replace(one, versions=tuple(change(version) for version in one.versions)))


def _schedules(reading: Reading, change: Callable[[Schedule], Schedule]) -> Reading | None:
    schedules = tuple(change(one) for one in reading.rules.schedules)
    if not reading.is_business or schedules == reading.rules.schedules:
        return None
    return replace(reading, rules=replace(reading.rules, schedules=schedules))


def days_between(start: Ints, end: Ints, limit: int) -> list[date]:
    """The days that intervals touch, those touched by most first."""
    day_us = 24 * HOUR_US
    held = [np.arange(first // day_us, last // day_us + 1) for first, last in zip(start, end, strict=True)]
    if not held:
        return []
    days, counts = np.unique(np.concatenate(held), return_counts=True)
    order = np.lexsort((days, -counts))[:limit]
    return [date.fromordinal(EPOCH.toordinal() + int(days[place])) for place in order]
