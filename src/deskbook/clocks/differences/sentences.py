"""A difference in one sentence, with the numbers of its ticket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import numpy as np

from deskbook.clocks.differences.matching import Theory
from deskbook.clocks.differences.reading import Counted, Reading, merged_into
from deskbook.clocks.differences.results import Share, said_minutes
from deskbook.clocks.pace import schedules_of
from deskbook.clocks.past import NONE, OPEN, Ints, make_past
from deskbook.metrics.worktime.rules import EPOCH

Facts = Mapping[str, str]


def facts_of(reading: Reading) -> list[dict[str, str]]:
    """What can be said of each ticket in our own reading: its schedules, their zone, and what was merged into it."""
    batch, rules = reading.batch, reading.rules
    spans = schedules_of(make_past(batch.tickets, batch.messages, batch.events), rules)
    last = np.cumsum(spans.counts) - 1
    default = next((one.name for one in rules.schedules if one.is_default), "none")
    merged: dict[tuple[str, str], list[str]] = {}
    columns = [batch.tickets[name].to_pylist() for name in ("source", "id")]
    for source, one, into in zip(*columns, merged_into(batch.tickets), strict=True):
        merged.setdefault((source, into or ""), []).append(one)
    out = []
    for ticket, key in enumerate(zip(*columns, strict=True)):
        held = spans.value[last[ticket] - spans.counts[ticket] + 1 : last[ticket] + 1]
        names = [rules.schedules[place].name if place != NONE else "no schedule" for place in held]
        zone = rules.schedules[held[-1]].versions[-1].zone if held[-1] != NONE else reading.zone
        into = merged.get(key, [])
        out.append(
            {
                "schedules": _listed([f"'{name}'" for name in dict.fromkeys(names)]),
                "first": names[0],
                "last": names[-1],
                "default": default,
                "own_zone": zone,
                "merged": f"ticket{'s' if len(into) > 1 else ''} {_listed(into)}" if into else "the other ticket",
            }
        )
    return out


def clauses(theory: Theory, facts: Facts, ours: Counted, stages: Sequence[Counted], ticket: int) -> list[str]:
    """What they do, a clause for each hypothesis."""
    before = [ours, *stages]
    return [
        one.said.format(**facts, starts=_moment(stage.start[ticket]), ends=_ends(held, stage, ticket))
        for one, held, stage in zip(theory, before, stages, strict=False)
    ]


def bare(theory: Theory, facts: Facts) -> str:
    """What they would do, without its moments."""
    return " and ".join(one.said.removesuffix(": {ends}").format(**facts, starts="then") for one in theory)


def sentence(
    ticket_id: str,
    ours: int | None,
    theirs: int,
    done: Sequence[str],
    shares: Sequence[Share],
    others: Sequence[str],
) -> str:
    """Both figures, their difference, and why.

    Args:
        done: what they do, a clause a hypothesis.
        others: what would give their figure as well, where it is ambiguous.
    """
    figures = _figures(ticket_id, ours, theirs)
    parts = [clause + _part(share, len(done)) for clause, share in zip(done, shares, strict=False)]
    also = f"; they would have the same figure if they {' or if they '.join(others)}" if others else ""
    return f"{figures}, because they {', and '.join(parts)}{also}."


def unexplained(ticket_id: str, ours: int | None, theirs: int, done: Sequence[str], nearest: int | None) -> str:
    """Both figures, and what comes nearest to theirs."""
    figures = _figures(ticket_id, ours, theirs)
    if nearest is None:
        return f"{figures}, and nothing we know of comes nearer to it."
    return (
        f"{figures}, and nothing we know of gives it; the nearest is {said_minutes(nearest)}, "
        f"if they {', and '.join(done)}."
    )


def agreement(ticket_id: str, ours: int) -> str:
    """Both say the same."""
    return f"Ticket {ticket_id}: both count {said_minutes(ours)}."


def _figures(ticket_id: str, ours: int | None, theirs: int) -> str:
    if ours is None:
        return f"Ticket {ticket_id}: we have no figure and they count {said_minutes(theirs)}"
    much, way = said_minutes(abs(theirs - ours)), "more" if theirs > ours else "less"
    return f"Ticket {ticket_id}: we count {said_minutes(ours)} and they {said_minutes(theirs)}, {much} {way}"


def _part(share: Share, parts: int) -> str:
    if parts == 1 or share.seconds is None:
        return ""
    if not share.seconds:
        return " (nothing by itself)"
    return f" ({said_minutes(abs(share.seconds))} {'more' if share.seconds > 0 else 'less'})"


def _ends(ours: Counted, theirs: Counted, ticket: int) -> str:
    held, found = ours.end[ticket], theirs.end[ticket]
    if found == OPEN:
        return f"{said_minutes(int(theirs.seconds[ticket]))} in all"
    return f"to {_moment(found)}, " + (f"where we count to {_moment(held)}" if held != OPEN else "where we see no end")


def _moment(micros: Ints) -> str:
    if micros == OPEN:
        return "no moment"
    return f"{(EPOCH + timedelta(microseconds=int(micros))):%Y-%m-%d %H:%M:%S} UTC"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
