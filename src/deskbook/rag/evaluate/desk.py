"""The desk that questions are asked about: a sample desk, what is planted in it, and what is true of it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import pandas as pd

from deskbook.rag.evaluate.planting import Planted, plant
from deskbook.rag.evaluate.truth import Span, Truth, read_truth, span_of
from deskbook.rag.evaluate.wordings import Attack, Part, abroad
from deskbook.samples import sample_entries, write_sample
from deskbook.sources import Entry

SEEDS: Final[dict[Part, tuple[int, ...]]] = {"train": (11, 12, 13, 14, 15), "held-out": (201, 202, 203, 204, 205)}
"""Answers may be fitted to the questions of the first, and are judged by those of the second."""
TICKETS: Final = 7_000
DAYS: Final = 420
"""More than a year, so that a date without its year can mean two."""
LAST_DAY: Final = date(2026, 10, 31)
TOO_COMMON: Final = frozenset(
    ["crash", "update", "hub", "code", "gateway", "cancel", "refund", "cloud", "pending", "offline", "locked out"]
)
"""Words of the ledger's incidents that ordinary tickets hold as well: to say them names no cause."""


@dataclass(frozen=True)
class Cause:
    """Something that really happened.

    Attributes:
        signs: ways to name it.
        category, teams, channels: where its tickets are.
        tickets: their ids.
        said: what their customers say, in short; empty for the ledger's own.
    """

    name: str
    signs: tuple[str, ...]
    category: str
    teams: tuple[str, ...]
    channels: tuple[str, ...]
    tickets: frozenset[str]
    said: str = ""


@dataclass(frozen=True)
class Event:
    """Days on which something happened.

    Attributes:
        role: single, pair, small, surge, injection_single or injection_flood.
        attacks: hostile wordings sent on its day; hostile: ids of their tickets.
    """

    role: str
    span: Span
    causes: tuple[Cause, ...]
    attacks: tuple[Attack, ...] = ()
    hostile: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Desk:
    """A desk and what is true of it.

    Attributes:
        span: its days. quiet: days without any event, on which less happened than usual.
    """

    seed: int
    part: Part
    span: Span
    truth: Truth
    events: tuple[Event, ...]
    quiet: tuple[date, ...]
    hostile: frozenset[str]

    @property
    def today(self) -> date:
        """The day relative dates start from: the newest of the data."""
        return self.truth.until.date()


def part_of(seed: int) -> Part:
    """Which wordings a seed has: seeds from 200 on are held out."""
    return "held-out" if seed >= 200 else "train"


def make_desk(folder: Path, seed: int) -> tuple[Desk, list[Entry]]:
    """Writes a desk into a new folder.

    Returns:
        What is true of it, and the catalog entries it is read by.
    """
    part = part_of(seed)
    ledger = write_sample(folder, tickets=TICKETS, seed=seed, until=LAST_DAY - timedelta(days=seed % 5), days=DAYS)
    planted = plant(folder, ledger, part, Random(seed), _staff(folder))
    truth = read_truth(folder)
    events = (*_ledger_events(ledger), *(_event(one) for one in planted))
    hostile = frozenset(ledger["hostile_ticket_ids"]).union(*(one.hostile for one in planted))
    span = span_of(date.fromisoformat(ledger["first_day"]), date.fromisoformat(ledger["until"]))
    quiet = _quiet(truth, span, [date.fromisoformat(day) for day in ledger["quiet_days"]], events)
    return Desk(seed, part, span, truth, events, quiet, hostile), sample_entries(folder)


def _staff(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    with sqlite3.connect(folder / "helpdesk.sqlite") as held:
        groups = pd.read_sql_query("SELECT id, name FROM groups", held)
        users = pd.read_sql_query("SELECT id FROM users", held)
    held.close()
    return groups, users


def _ledger_events(ledger: dict[str, Any]) -> list[Event]:
    """The sample desk's own incidents; those that came together are one event."""
    events, seen = [], set()
    by_id = {one["id"]: one for one in ledger["incidents"]}
    for one in ledger["incidents"]:
        if one["id"] in seen:
            continue
        together = [one, *(by_id[name] for name in one["together_with"])]
        seen |= {other["id"] for other in together}
        role = "small" if one["is_small"] else "pair" if len(together) == 2 else "single"
        events.append(Event(role, _span(one), tuple(_cause(other) for other in together)))
    if ledger["surge"]:
        events.append(Event("surge", _span(ledger["surge"]), (_cause(ledger["surge"]),)))
    return events


def _span(one: dict[str, Any]) -> Span:
    return span_of(date.fromisoformat(one["start"][:10]), date.fromisoformat(one["end"][:10]))


def _cause(one: dict[str, Any]) -> Cause:
    signs = tuple(word for word in one["keywords"] if word not in TOO_COMMON) + abroad().get(one["title"], ())
    where = (one["topic"], tuple(one["teams"]), tuple(one["channels"]))
    return Cause(one["title"], signs, *where, frozenset(one["ticket_ids"]))


def _event(one: Planted) -> Event:
    causes = tuple(
        Cause(story.key, story.signs, story.category, (story.team,), story.channels, tickets, story.said)
        for story, tickets in zip(one.stories, one.tickets, strict=True)
    )
    return Event(one.role, span_of(one.day), causes, one.attacks, one.hostile)


def _quiet(truth: Truth, span: Span, named: list[date], events: tuple[Event, ...]) -> tuple[date, ...]:
    """The ledger's quiet days with someone writing, and no worse than the four weeks before."""
    busy = {day for event in events for day in event.span.dates}
    kept = []
    for day in named:
        one = span_of(day)
        before = one.earlier(28)
        if day in busy or before.since < span.since:
            continue
        negative, usual = (truth.value("sentiment_negative_pct", part) for part in (one, before))
        if negative is not None and usual is not None and negative <= usual + 5:
            kept.append(day)
    return tuple(kept)
