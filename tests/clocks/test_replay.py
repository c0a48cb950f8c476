"""Replaying history gives the stored breaches: what was broken by a moment is what history up to it shows as broken.

A cut keeps the messages and events up to a moment, and each ticket stands as it stood then. Promises that were
cancelled or replaced later still run in the cut; a promise that runs is broken once its last moment has come.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbook.clocks import Rules, measure
from tests.clocks.histories import CHANNELS, PRIORITIES, STATES, Changed, Ticket, batch_of, messages, moments, named
from tests.clocks.naive import Told
from tests.clocks.paper import value
from tests.clocks.rulebook import ALWAYS, LOOSE, NEVER, NIGHTS, OFFICE, TIGHT, rules

HOURS = [OFFICE, NIGHTS, NEVER, ALWAYS]
WORDS = {"status": STATES, "priority": PRIORITIES, "schedule": ("office", "nights", "never", "always")}


@st.composite
def changes(draw: st.DrawFn) -> Changed:
    """A change that says what is from now on; what was before would be news from the future to a cut."""
    kind = draw(st.sampled_from(["status", "status", *WORDS]))
    return Changed(draw(moments()), kind, draw(st.sampled_from(WORDS[kind])))


@st.composite
def tickets(draw: st.DrawFn) -> Ticket:
    columns = {
        "priority": draw(st.sampled_from([*PRIORITIES, None])),
        "channel": draw(st.sampled_from([*CHANNELS, None])),
        "tags": draw(st.sampled_from([None, ["vip"]])),
    }
    said, changed = draw(st.lists(messages(), max_size=7)), draw(st.lists(changes(), max_size=9))
    return Ticket(draw(moments(0, 16)), tuple(said), tuple(changed), columns=columns)


def cut(ticket: Ticket, book: Rules, until: datetime) -> Ticket:
    """The ticket as it was known at a moment."""
    told = Told(ticket, book, HOURS)
    standing = {"status": value(told.states, until), "priority": value(told.priorities, until)}
    return replace(
        ticket,
        said=tuple(one for one in ticket.said if one.at <= until),
        changed=tuple(one for one in ticket.changed if one.at <= until),
        columns=ticket.columns | standing,
    )


def broken(tickets: list[Ticket], book: Rules, until: datetime) -> set[tuple[Any, ...]]:
    """Promises that are broken by a moment, and when each was."""
    rows = measure(batch_of(tickets), book)["promises"].to_pylist()
    names = ("ticket_id", "policy", "target", "number", "priority_then", "started_at", "applied_at", "breach_at")
    return {
        tuple(row[name] for name in names)
        for row in rows
        if row["ending"] in ("breached", "running") and row["breach_at"] and row["breach_at"] <= until
    }


@pytest.mark.parametrize(
    "policies", [[TIGHT, LOOSE], [LOOSE | {"hours": "business"}], [LOOSE]], ids=["tight", "business", "calendar"]
)
@settings(max_examples=30, deadline=None)
@given(st.data())
def test_history_up_to_a_moment_shows_the_promises_broken_by_then(
    policies: list[dict[str, Any]], data: st.DataObject
) -> None:
    book = rules(HOURS, policies)
    whole = named(data.draw(st.lists(tickets(), min_size=1, max_size=4)))
    far = max(one.created for one in whole) + timedelta(days=300)
    breaches = sorted({row[-1] for row in broken(whole, book, far)})
    near = [moment + timedelta(microseconds=step) for moment in breaches for step in (-1, 0, 1)]
    until = data.draw(st.one_of(moments(), st.sampled_from(near)) if near else moments())
    known = [one for one in whole if one.created <= until]
    assert broken([cut(one, book, until) for one in known], book, until) == broken(known, book, until)
