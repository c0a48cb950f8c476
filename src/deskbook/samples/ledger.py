"""The generator's own account of what it wrote: the truth that a product's figures are checked against."""

from __future__ import annotations

from typing import Any

import numpy as np

from deskbook.samples.calendar import Ints, iso_day
from deskbook.samples.chunk import Chunk, Desk
from deskbook.samples.conversation import AGENT_TURNS, CUSTOMER_TURNS, Turn
from deskbook.samples.export import stamps
from deskbook.samples.history import SOLVED
from deskbook.samples.incidents import Plant
from deskbook.samples.reasons import CHANNELS, REASONS, TEAMS
from deskbook.samples.reported import MEASURES, WAYS
from deskbook.samples.satisfaction import GOOD
from deskbook.samples.words import LANGUAGES


class Ledger:
    """Adds up chunks; keeps counters, one waiting time a ticket, and the numbers of planted tickets and figures."""

    def __init__(self, desk: Desk) -> None:
        """Opens the books of a desk."""
        self._desk = desk
        self._by_day = np.zeros(len(desk.plan.counts), np.int64)
        self._by_team = np.zeros(len(TEAMS), np.int64)
        self._by_channel = np.zeros(len(CHANNELS), np.int64)
        self._by_language = np.zeros(len(LANGUAGES), np.int64)
        self._by_reason = np.zeros(len(REASONS), np.int64)
        self._counts: dict[str, int] = {}
        self._first_replies: list[np.ndarray[tuple[int], np.dtype[np.int32]]] = []
        self._planted: list[list[str]] = [[] for _ in desk.plan.plants]
        self._figures = np.zeros(len(MEASURES), np.int64)
        self._otherwise: dict[tuple[int, int], list[Ints]] = {}

    def add(self, chunk: Chunk) -> None:
        """Books a chunk."""
        tickets, talk, history, surveys = chunk.tickets, chunk.talk, chunk.history, chunk.surveys
        self._by_day += np.bincount(tickets.at // 86_400 - self._desk.plan.first_day, minlength=len(self._by_day))
        self._by_team += np.bincount(history.team, minlength=len(TEAMS))
        self._by_channel += np.bincount(tickets.channel, minlength=len(CHANNELS))
        self._by_language += np.bincount(tickets.language, minlength=len(LANGUAGES))
        self._by_reason += np.bincount(tickets.reason, minlength=len(REASONS))
        waits = (talk.at[:, Turn.REPLY] - tickets.at)[talk.has[:, Turn.REPLY]]
        self._first_replies.append(waits.astype(np.int32))
        for name, count in {
            "tickets": len(tickets),
            "messages": talk.has.sum(),
            "messages_in": talk.has[:, list(CUSTOMER_TURNS)].sum(),
            "messages_out": talk.has[:, list(AGENT_TURNS)].sum(),
            "events": history.has.sum(),
            "reopened": history.is_reopened.sum(),
            "solved": (history.status >= SOLVED).sum(),
            "open_at_end": (history.status < SOLVED).sum(),
            "csat_sent": len(surveys),
            "csat_rated": (surveys.score > 0).sum(),
            "csat_good": (surveys.score >= GOOD).sum(),
        }.items():
            self._counts[name] = self._counts.get(name, 0) + int(count)
        for row in np.flatnonzero(tickets.plant >= 0):
            self._planted[tickets.plant[row]].append(str(tickets.number[row]))
        self._add_reported(chunk)

    def _add_reported(self, chunk: Chunk) -> None:
        reported = chunk.reported
        self._figures += np.bincount(reported.measure, minlength=len(MEASURES))
        for measure in range(len(MEASURES)):
            for way in range(len(WAYS)):
                row = reported.row[(reported.measure == measure) & (reported.way == way)]
                self._otherwise.setdefault((measure, way), []).append(chunk.tickets.number[row])

    def truth(self) -> dict[str, Any]:
        """The account, ready for JSON; ids are text, days are UTC days, `first_reply_` is in minutes."""
        plan = self._desk.plan
        days = len(plan.counts)
        minutes = np.concatenate([*self._first_replies, np.empty(0, np.int32)]) / 60
        median, late = np.quantile(minutes, [0.5, 0.9]) if len(minutes) else (None, None)
        planted = list(zip(plan.plants, self._planted, strict=True))
        surge = [_story(plant, ids) for plant, ids in planted if plant.kind == "surge"]
        return {
            "seed": self._desk.seed,
            "first_day": iso_day(plan.first_day),
            "until": iso_day(plan.first_day + days - 1),
            "days": days,
            **self._counts,
            "first_reply_median_minutes": None if median is None else float(median),
            "first_reply_p90_minutes": None if late is None else float(late),
            "agents": len(self._desk.staff.names),
            "customers": len(self._desk.customers),
            "created_by_team": dict(zip(TEAMS, self._by_team.tolist(), strict=True)),
            "by_channel": dict(zip(CHANNELS, self._by_channel.tolist(), strict=True)),
            "by_language": dict(zip(LANGUAGES, self._by_language.tolist(), strict=True)),
            "by_type": dict(zip([reason.label for reason in REASONS], self._by_reason.tolist(), strict=True)),
            "created_by_day": {iso_day(plan.first_day + day): int(self._by_day[day]) for day in range(days)},
            "quiet_days": [iso_day(day) for day in plan.quiet],
            "incidents": [_incident(plant, ids, plan.plants) for plant, ids in planted if plant.kind == "incident"],
            "surge": surge[0] if surge else None,
            "decoys": [_decoy(plant, ids) for plant, ids in planted if plant.kind == "decoy"],
            "hostile_ticket_ids": [number for plant, ids in planted if plant.kind == "hostile" for number in ids],
            "reported": [self._reported(measure) for measure in range(len(MEASURES))],
        }

    def _reported(self, measure: int) -> dict[str, Any]:
        """How many figures the help desk reports of a measure, and which of them it counts otherwise than we do."""
        numbers = [
            np.concatenate(self._otherwise.get((measure, way), [np.empty(0, np.int64)])) for way in range(len(WAYS))
        ]
        planted = [
            {"cause": way.cause, "about": way.about, "size": len(ids), "ticket_ids": ids.astype(str).tolist()}
            for way, ids in zip(WAYS, numbers, strict=True)
            if len(ids)
        ]
        figures = int(self._figures[measure])
        agreeing = figures - sum(map(len, numbers))
        return {"measure": MEASURES[measure], "figures": figures, "agreeing": agreeing, "planted": planted}


def _story(plant: Plant, ids: list[str]) -> dict[str, Any]:
    story = plant.story
    assert story is not None
    start, end = stamps(np.array([plant.start_at, plant.end_at])).to_pylist()
    topic = next(reason.label for reason in REASONS if reason.key == story.topic)
    return {
        "id": plant.id,
        "title": story.title,
        "cause": story.cause,
        "topic": topic,
        "start": start,
        "end": end,
        "teams": list(story.teams),
        "channels": list(story.channels),
        "keywords": list(story.keywords),
        "sentiment": "positive" if plant.kind == "surge" else "negative",
        "size": len(ids),
        "ticket_ids": ids,
    }


def _incident(plant: Plant, ids: list[str], plants: tuple[Plant, ...]) -> dict[str, Any]:
    others = [other for other in plants if other.kind == "incident" and other.id != plant.id]
    together = [other.id for other in others if other.start_at <= plant.end_at and plant.start_at <= other.end_at]
    is_small = plant.story is not None and plant.story.small
    return {**_story(plant, ids), "together_with": together, "is_small": is_small}


def _decoy(plant: Plant, ids: list[str]) -> dict[str, Any]:
    story = plant.story
    assert story is not None
    return {
        "id": plant.id,
        "resembles": plant.id.replace("decoy-", "inc-"),
        "keywords": list(story.keywords),
        "size": len(ids),
        "ticket_ids": ids,
    }
