"""`measure`: a batch of tickets with their history becomes the measured tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from deskbook.clocks.findings import findings_of
from deskbook.clocks.flow import flow_of
from deskbook.clocks.hands import hands_of
from deskbook.clocks.pace import Pace, schedules_of
from deskbook.clocks.past import NONE, OPEN, SECOND, Bools, Ints, Past, flat, make_past, totals
from deskbook.clocks.promises import ENDINGS, Promises, promises_of
from deskbook.clocks.replies import Replies, message_column, replies_of
from deskbook.clocks.rules import Rules
from deskbook.clocks.spans import field_spans
from deskbook.clocks.states import HOLD, MOVES, NEW, OPENED, PENDING, Solved, States, moves_of, solved_of, states_of
from deskbook.metrics.worktime import UNKNOWN
from deskbook.schema import MEASURED, TARGETS

STOOD: Final = {"new": NEW, "open": OPENED, "pending": PENDING, "hold": HOLD}
Columns = dict[str, Any]


@dataclass(frozen=True)
class Batch:
    """Rows of some tickets, in the shape of `deskbook.clocks.past.make_past`; `ticket` counts from 0.

    Attributes:
        tickets: also source, id, inputs and the words that schedules and policies choose by.
    """

    tickets: pa.Table
    messages: pa.Table
    events: pa.Table


Measured = Mapping[str, pa.Table]
"""Rows of each table of `deskbook.schema.MEASURED`, with their source."""


def measure(batch: Batch, rules: Rules) -> Measured:
    """The measured rows of every ticket of a batch; tickets that are left out have none but their own."""
    past = make_past(batch.tickets, batch.messages, batch.events)
    states = states_of(past)
    moves = moves_of(past, states)
    solved = solved_of(past, states, moves)
    replies = replies_of(past, rules)
    schedules = schedules_of(past, rules)
    pace = Pace(past, rules, schedules)
    agents, teams = field_spans(past, "assignment", now="agent_id"), field_spans(past, "team", now="team_id")
    priorities = field_spans(past, "priority", now="priority", backdated=True)
    fields = (states.spans, agents, teams, priorities)
    left_out = left_out_of(past, replies, rules)
    counts = np.array([reason is None for reason in left_out.to_pylist()], np.bool_)
    clocks = {
        "left_out": left_out,
        "findings": whole(findings_of(past, states, replies, fields)),
        "rules": pa.array([rules.version] * len(past)),
        **_replied(past, replies, pace),
        **_stood(past, states, pace),
        **_resolved(past, solved, pace),
        **_handed(past, solved, hands_of(past, agents, teams, solved.last)),
        "status_since": times(states.last_since),
    }
    then = {"team_then": teams, "agent_then": agents, "priority_then": priorities, "status_then": states.spans}
    flow = flow_of(moves, states, then)
    promises = promises_of(past, rules, pace, states, solved, replies, priorities)
    return {
        "ticket_clocks": _table("ticket_clocks", past, np.arange(len(past)), clocks | _own(past)),
        "replies": _counted("replies", past, replies.ticket, _answers(past, replies, pace), counts),
        "moves": _counted(
            "moves",
            past,
            flow.ticket,
            {
                "moved_at": times(flow.at),
                "move": words(MOVES, flow.kind),
                "delta": pa.array(flow.delta, pa.int64()),
                **flow.then,
            },
            counts,
        ),
        "promises": _counted("promises", past, promises.ticket, _promised(promises, rules, priorities.words), counts),
    }


def left_out_of(past: Past, replies: Replies, rules: Rules) -> pa.Array:
    """Why tickets count nowhere, by the switches of the rules; null for those that count."""
    opened = np.asarray(pc.fill_null(pc.equal(past.tickets["created_by"], "agent"), False))
    unsaid = np.asarray(pc.is_null(past.tickets["created_by"]))
    deleted = np.asarray(pc.fill_null(pc.equal(past.tickets["status"], "deleted"), False))
    reasons = (
        ("agent-created", rules.agent_created_tickets, opened | (unsaid & replies.opened_by_agent)),
        ("deleted", rules.deleted_tickets, deleted),
        ("spam", rules.spam_tickets, np.asarray(pc.fill_null(past.tickets["is_spam"], False))),
        ("merged", rules.merged_tickets, np.asarray(pc.is_valid(past.tickets["merged_into_id"]))),
    )
    code = np.full(len(past), len(reasons))
    for place, (_, switch, which) in enumerate(reasons):
        if switch == "leave out":
            code = np.where(which, place, code)
    return words([reason for reason, _, _ in reasons], np.where(code == len(reasons), NONE, code))


def _own(past: Past) -> Columns:
    return {"id": past.tickets["id"], "inputs": past.tickets["inputs"]}


def _replied(past: Past, replies: Replies, pace: Pace) -> Columns:
    everyone = np.arange(len(past))
    known = (replies.first != OPEN) & (replies.first >= past.created)
    first = np.where(known, replies.first, past.created)
    waited = totals(len(past), replies.ticket, replies.replied - replies.asked)
    each = pace.worked(replies.ticket, replies.asked, replies.replied)
    business = totals(len(past), replies.ticket, np.maximum(each, 0))
    answered = totals(len(past), replies.ticket) > 0
    unknown = totals(len(past), replies.ticket[each == UNKNOWN]) > 0
    return {
        "first_reply_at": times(replies.first),
        "waiting_since": times(replies.waiting),
        "first_reply_seconds": seconds(first - past.created, known),
        "first_reply_business_seconds": seconds(pace.worked(everyone, past.created, first), known),
        "first_reply_last_schedule_seconds": seconds(pace.worked(everyone, past.created, first, last=True), known),
        "total_reply_seconds": seconds(waited, answered),
        "total_reply_business_seconds": seconds(business, answered & ~unknown),
        "replies": whole(replies.answers),
        "messages_in": whole(replies.messages_in),
        "messages_out": whole(replies.messages_out),
        "notes": whole(replies.notes),
    }


def _stood(past: Past, states: States, pace: Pace) -> Columns:
    """Time in each status until it was left; absent without a history."""
    spans = states.spans
    ended = spans.end != OPEN
    ticket, value = spans.ticket[ended], spans.value[ended]
    length, worked = spans.end[ended] - spans.start[ended], pace.worked(ticket, spans.start[ended], spans.end[ended])
    out: Columns = {}
    for name, code in STOOD.items():
        here = value == code
        unknown = totals(len(past), ticket[here & (worked == UNKNOWN)]) > 0
        business = totals(len(past), ticket[here], np.maximum(worked[here], 0))
        out[f"{name}_seconds"] = seconds(totals(len(past), ticket[here], length[here]), spans.has_history)
        out[f"{name}_business_seconds"] = seconds(business, spans.has_history & ~unknown & pace.has_schedule)
    return out


def _resolved(past: Past, solved: Solved, pace: Pace) -> Columns:
    everyone = np.arange(len(past))
    forwards = (past.source_resolved == OPEN) | (past.source_resolved >= past.created)
    out: Columns = {}
    for name, moment in (("first_resolution", solved.first), ("resolution", solved.last)):
        known = (moment != OPEN) & forwards
        until = np.where(known, moment, past.created)
        out[f"{name}_seconds"] = seconds(until - past.created, known)
        out[f"{name}_business_seconds"] = seconds(pace.worked(everyone, past.created, until), known)
        out[f"{name}_last_schedule_seconds"] = seconds(pace.worked(everyone, past.created, until, last=True), known)
    return out | {
        "resolved_at": times(solved.last),
        "first_resolved_at": times(solved.first),
        "resolutions": whole(solved.times),
        "reopens": whole(solved.reopened),
    }


def _handed(past: Past, solved: Solved, hands: Any) -> Columns:
    done = solved.last != OPEN
    from_first, from_last = done & (hands.first <= solved.last), done & (hands.last <= solved.last)
    return {
        "first_assignment_to_resolution_seconds": seconds(solved.last - hands.first, from_first),
        "last_assignment_to_resolution_seconds": seconds(solved.last - hands.last, from_last),
        "unassigned_seconds": seconds(hands.unassigned, hands.unassigned != OPEN),
        "assignments": whole(hands.stations),
        "assignees": whole(hands.assignees),
        "team_stations": whole(hands.team_stations),
        "handoffs": whole(hands.handoffs),
    }


def _answers(past: Past, replies: Replies, pace: Pace) -> Columns:
    always = np.ones(len(replies.ticket), np.bool_)
    return {
        "message_id": message_column(past, replies.message),
        "author_id": message_column(past, replies.message, author=True),
        "number": whole(replies.number),
        "asked_at": times(replies.asked),
        "replied_at": times(replies.replied),
        "reply_seconds": seconds(replies.replied - replies.asked, always),
        "reply_business_seconds": seconds(pace.worked(replies.ticket, replies.asked, replies.replied), always),
    }


def _promised(promises: Promises, rules: Rules, priorities: tuple[str, ...]) -> Columns:
    names = [policy.name for policy in rules.policies]
    hours = np.array([[one.hours.get(target) == "business" for target in TARGETS] for one in rules.policies], np.int64)
    counted = hours.reshape(-1, len(TARGETS))[promises.policy, promises.target] if names else promises.policy
    return {
        "policy": words(names, promises.policy),
        "target": words(TARGETS, promises.target),
        "priority_then": words(priorities, promises.priority),
        "number": whole(promises.number),
        "hours": words(("calendar", "business"), counted),
        "started_at": times(promises.started),
        "applied_at": times(promises.applied),
        "target_seconds": whole(promises.target_seconds),
        "breach_at": times(promises.breach),
        "ended_at": times(promises.ended),
        "ending": words(ENDINGS, promises.ending),
        "elapsed_seconds": seconds(promises.elapsed, promises.elapsed != OPEN),
    }


def _counted(name: str, past: Past, ticket: NDArray[Any], columns: Columns, counts: Bools) -> pa.Table:
    """A table of rows that belong to tickets which count."""
    made = _table(name, past, ticket, columns | {"ticket_id": flat(past.tickets["id"]).take(pa.array(ticket))})
    return made.filter(pa.array(counts[ticket]))


def _table(name: str, past: Past, ticket: NDArray[Any], columns: Columns) -> pa.Table:
    """Columns in their declared order and types, with the source of each row's ticket."""
    schema = MEASURED[name].arrow
    source = flat(past.tickets["source"]).take(pa.array(ticket))
    made = pa.table([flat(columns[field.name]).cast(field.type) for field in schema], schema=schema)
    return made.append_column("source", source)


def times(moments: Ints) -> pa.Array:
    """Microseconds as times; null where OPEN."""
    return pa.array(moments, pa.int64(), mask=moments == OPEN).cast(pa.timestamp("us", tz="UTC"))


def seconds(amounts: Ints, known: Bools) -> pa.Array:
    """Whole seconds of microseconds; null where they are not known."""
    return pa.array(amounts // SECOND, pa.int64(), mask=~known | (amounts == UNKNOWN))


def whole(counts: NDArray[Any]) -> pa.Array:
    """Counts; null where NONE."""
    return pa.array(counts, pa.int64(), mask=counts == NONE)


def words(dictionary: Any, code: NDArray[Any]) -> pa.Array:
    """Words by their place in a dictionary; null where NONE."""
    held = pa.array([*dictionary, None], pa.string())
    return held.take(pa.array(np.where(code == NONE, len(dictionary), code)))
