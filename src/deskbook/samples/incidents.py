"""Planting: where the incidents, the surge, the decoys and the hostile messages go, and the daily counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from deskbook.samples import calendar
from deskbook.samples.calendar import DAY_SECONDS, Floats, Ints
from deskbook.samples.stories import FLAGSHIP, OTHERS, PAIR, SECTIONS, SMALL, SURGE, Story

Kind = Literal["incident", "surge", "decoy", "hostile"]

_DAYS_PER_INCIDENT = 73
_INCIDENT_CAP = 0.12
"""Most of all tickets that incidents may take."""


@dataclass(frozen=True)
class Plant:
    """One planted group of tickets.

    Attributes:
        id: `inc-01` … by start; decoys and the surge have their own.
        section: row number in SECTIONS, that is, whose words it uses.
        story: None for hostile messages.
        start_at, end_at: seconds since 1970, inclusive; the whole period for decoys and hostile ones.
        size: tickets.
    """

    id: str
    kind: Kind
    section: int
    story: Story | None
    start_at: int
    end_at: int
    size: int


@dataclass(frozen=True)
class Plan:
    """What will happen on which day, before any ticket is written.

    Attributes:
        counts: ordinary tickets of each day; load: how busy it is against its month, 1 is usual.
        planted_at, planted: time and row number in `plants` of every planted ticket, by time.
        quiet: day numbers with few tickets.
    """

    first_day: int
    counts: Ints
    load: Floats
    plants: tuple[Plant, ...]
    planted_at: Ints
    planted: Ints
    quiet: Ints

    @property
    def end_at(self) -> int:
        """The last second that has happened."""
        return (self.first_day + len(self.counts)) * DAY_SECONDS - 1


def plan_desk(tickets: int, until: date, days: int, rng: np.random.Generator) -> Plan:
    """The plan of a desk with exactly that many tickets in the `days` days up to `until`."""
    last = calendar.day_number(until)
    first = last - days + 1
    plants = _resize(_windows(first, days, rng), tickets, days)
    quiet = _quiet_days(first, last, plants, rng)
    taken = _busy_days(plants)
    free = np.setdiff1d(np.arange(first, last), np.concatenate([quiet, taken, taken - 1, taken + 1]))
    plants = (*plants, *_strays(plants, tickets, first, last))
    at = [_times(plant, free, rng) for plant in plants]
    planted_at = np.concatenate(at) if at else np.empty(0, np.int64)
    planted = np.repeat(np.arange(len(plants)), [plant.size for plant in plants])
    order = np.argsort(planted_at, kind="stable")
    weights = calendar.arrival_weights(np.arange(first, last + 1), quiet, rng)
    counts = rng.multinomial(tickets - len(planted), weights)
    total = counts + np.bincount(planted_at // DAY_SECONDS - first, minlength=days)
    return Plan(first, counts, _load(total), plants, planted_at[order], planted[order], quiet)


def _windows(first: int, days: int, rng: np.random.Generator) -> list[Plant]:
    """Incidents and the surge in windows that do not overlap, but for the pair; the flagship ends the period."""
    wanted = max(4, round(days / _DAYS_PER_INCIDENT))
    others = [OTHERS[turn % len(OTHERS)] for turn in range(wanted - 4)]
    groups: list[tuple[Story, ...]] = [PAIR, (SMALL,), (SURGE,), *((story,) for story in others)]
    width = (days - 4) / len(groups)
    placed = [(first + days - 1, FLAGSHIP)]
    for slot, group in enumerate(rng.permutation(len(groups))):
        stories = groups[group]
        length = -(-(stories[0].first_hour + stories[0].hours) // 24)
        low = first + 2 + int(slot * width)
        start = _start_day(low, max(low + 1, low + int(width) - length), length, rng)
        placed.extend((start, story) for story in stories)
    placed.sort(key=lambda item: (item[0], item[1].key))
    plants: list[Plant] = []
    for start, story in placed:
        at = start * DAY_SECONDS + story.first_hour * 3600
        is_surge = story is SURGE
        name = "surge-01" if is_surge else f"inc-{sum(plant.kind == 'incident' for plant in plants) + 1:02d}"
        kind: Kind = "surge" if is_surge else "incident"
        plants.append(Plant(name, kind, SECTIONS.index(story.key), story, at, at + story.hours * 3600 - 1, 0))
    return plants


def _start_day(low: int, high: int, length: int, rng: np.random.Generator) -> int:
    """A day from `low` up to `high`: early in the week and clear of holidays where possible."""
    days = np.arange(low, high)
    closed = calendar.holiday_numbers(low, high + length)
    clear = ~np.isin(days[:, None] + np.arange(length), closed).any(axis=1)
    best = days[clear & (calendar.weekdays(days) < 3)]
    return int(rng.choice(best if len(best) else days))


def _resize(plants: list[Plant], tickets: int, days: int) -> tuple[Plant, ...]:
    """The same plants with sizes: a multiple of an average day, capped as a share of all tickets."""
    sizes = []
    for plant in plants:
        assert plant.story is not None
        least = 12 if plant.story is FLAGSHIP else 4 if plant.story.small else 6
        sizes.append(max(least, round(plant.story.load * tickets / days)))
    total = sum(size for plant, size in zip(plants, sizes, strict=True) if plant.kind == "incident")
    shrink = min(1.0, _INCIDENT_CAP * tickets / total)
    resized = []
    for plant, size in zip(plants, sizes, strict=True):
        fitted = int(size * shrink) if plant.kind == "incident" else min(size, tickets // 20)
        resized.append(replace(plant, size=fitted))
    return tuple(plant for plant in resized if plant.size)


def _strays(plants: tuple[Plant, ...], tickets: int, first: int, last: int) -> list[Plant]:
    """Decoys (an incident's words on other days) and hostile messages, all over the period."""
    start, end = first * DAY_SECONDS, last * DAY_SECONDS + DAY_SECONDS - 1
    strays = []
    for plant in plants:
        size = min(max(2, plant.size // 15), tickets // 200)
        if plant.kind == "incident" and size:
            name = f"decoy-{plant.id.removeprefix('inc-')}"
            strays.append(replace(plant, id=name, kind="decoy", start_at=start, end_at=end, size=size))
    hostile = min(max(5, tickets // 4_000), tickets // 20)
    if hostile:
        strays.append(Plant("hostile", "hostile", SECTIONS.index("hostile"), None, start, end, hostile))
    return strays


def _busy_days(plants: tuple[Plant, ...]) -> Ints:
    """Day numbers touched by an incident or the surge."""
    spans = [np.arange(plant.start_at // DAY_SECONDS, plant.end_at // DAY_SECONDS + 1) for plant in plants]
    return np.concatenate([np.empty(0, np.int64), *spans])


def _quiet_days(first: int, last: int, plants: tuple[Plant, ...], rng: np.random.Generator) -> Ints:
    """Holidays and some working days, all clear of incidents."""
    days = np.arange(first, last)
    taken = _busy_days(plants)
    near = np.concatenate([taken + shift for shift in (-2, -1, 0, 1, 2)])
    closed = calendar.holiday_numbers(first, last)
    free = days[(calendar.weekdays(days) < 5) & ~np.isin(days, near) & ~np.isin(days, closed)]
    chosen = rng.choice(free, min(len(free), max(2, len(days) // 90)), replace=False)
    return np.sort(np.concatenate([chosen, np.setdiff1d(closed, taken)]))


def _times(plant: Plant, free: Ints, rng: np.random.Generator) -> Ints:
    """When the tickets of a plant are created: strong at first in a window, else on the free days."""
    length = plant.end_at - plant.start_at + 1
    second = calendar.seconds_of_day(np.zeros(plant.size, np.bool_), rng)
    if plant.kind in ("decoy", "hostile"):
        days = free if len(free) else np.array([plant.start_at // DAY_SECONDS])
        return rng.choice(days, plant.size) * DAY_SECONDS + second
    if length <= DAY_SECONDS:
        return plant.start_at + (rng.triangular(0, 0.3, 1, plant.size) * (length - 1)).astype(np.int64)
    drawn = (rng.beta(1.1, 1.7, plant.size) * length).astype(np.int64) + plant.start_at
    at = drawn // DAY_SECONDS * DAY_SECONDS + second
    return np.where((at >= plant.start_at) & (at <= plant.end_at), at, drawn)


def _load(total: Ints) -> Floats:
    """Each day's tickets against the mean of the four weeks around it, damped."""
    width = min(28, len(total))
    around = np.convolve(total, np.ones(width), "same") / np.convolve(np.ones(len(total)), np.ones(width), "same")
    return np.asarray(np.clip((total + 5) / (around + 5), 0.5, 4.0) ** 0.6)
