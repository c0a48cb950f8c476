"""Readings in which other messages ask or answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deskbook.clocks.differences.reading import REPLY, Reading
from deskbook.clocks.past import NONE, OPEN, Bools, Ints, first_rows, flat, micros, per_ticket, totals
from deskbook.clocks.rules import Kept, Rules


def internal_answers(reading: Reading) -> Reading | None:
    """Internal notes answer a customer, or, where ours do, they do not."""
    rules = replace(reading.rules, internal_replies=_other(reading.rules.internal_replies))
    return _switched(reading, rules, _role(reading, "agent") & ~_public(reading))


def bot_answers(reading: Reading) -> Reading | None:
    """Bots' messages answer a customer, or, where ours do, they do not."""
    rules = replace(reading.rules, bot_replies=_other(reading.rules.bot_replies))
    return _switched(reading, rules, _role(reading, "bot") & _public(reading))


def _other(now: Kept) -> Kept:
    return "leave out" if now == "count" else "count"


def _switched(reading: Reading, rules: Rules, which: Bools) -> Reading | None:
    if not _is_reply(reading) or not which.any():
        return None
    return replace(reading, rules=rules).with_messages(reading.batch.messages, _tickets(reading, which))


def system_answers(reading: Reading) -> Reading | None:
    """Automatic messages of the help desk answer a customer."""
    return _recast(reading, _role(reading, "system") & _public(reading), "agent")


def roles_of_today(reading: Reading) -> Reading | None:
    """Every message under the role its author has today, not the one the author had then."""
    messages = reading.batch.messages
    if not _is_reply(reading) or "role_now" not in messages.column_names:
        return None
    role, today = flat(messages["role"]), flat(messages["role_now"])
    people = np.asarray(pc.is_in(role, pa.array(["customer", "agent"])))
    differs = people & np.asarray(pc.fill_null(pc.not_equal(role, today), False))
    return _recast(reading, differs, today)


def others_answer(reading: Reading) -> Reading | None:
    """Whoever writes and is not the one who asked first is an agent."""
    author, ticket = _authors(reading), _ticket(reading)
    asks = np.flatnonzero(_role(reading, "customer") & (author != NONE))
    first = asks[first_rows(ticket[asks])]
    requester = per_ticket(reading.batch.tickets.num_rows, ticket[first], author[first], NONE)
    others = np.zeros(len(ticket), np.bool_)
    others[asks] = author[asks] != requester[ticket[asks]]
    return _recast(reading, others, "agent")


def first_answerer_asks(reading: Reading) -> Reading | None:
    """Who answers first is no agent: all the ticket's messages of that author are a customer's."""
    author, ticket = _authors(reading), _ticket(reading)
    is_answer = _role(reading, "agent") & _public(reading) & (author != NONE)
    asks = np.flatnonzero(_role(reading, "customer"))
    asks = asks[first_rows(ticket[asks])]
    first_ask = per_ticket(reading.batch.tickets.num_rows, ticket[asks], _at(reading)[asks])
    answers = np.flatnonzero(is_answer & (_at(reading) >= first_ask[ticket]))
    first = answers[first_rows(ticket[answers])]
    answerer = per_ticket(reading.batch.tickets.num_rows, ticket[first], author[first], NONE)
    return _recast(reading, is_answer & (author == answerer[ticket]), "customer")


def any_agent_message(reading: Reading) -> Reading | None:
    """The first public message of an agent from creation on, though no customer had written yet."""
    if reading.family != "first_reply":
        return None
    ticket, created = _ticket(reading), micros(reading.batch.tickets["created_us"])
    rows = np.flatnonzero(_role(reading, "agent") & _public(reading) & (_at(reading) >= created[ticket]))
    return _replied_at(reading, rows[first_rows(ticket[rows])])


def later_answer(reading: Reading) -> Reading | None:
    """The second public message of an agent, not the first."""
    if reading.family != "first_reply":
        return None
    ticket = _ticket(reading)
    rows = np.flatnonzero(_role(reading, "agent") & _public(reading))
    rows = rows[~first_rows(ticket[rows])]
    return _replied_at(reading, rows[first_rows(ticket[rows])])


def _replied_at(reading: Reading, rows: Ints) -> Reading:
    """First replies at the moment of a message a ticket; as they are where there is none."""
    at = per_ticket(reading.batch.tickets.num_rows, _ticket(reading)[rows], _at(reading)[rows])
    held = micros(reading.batch.tickets["first_reply_us"])
    moments = np.where(at == OPEN, held, at)
    return reading.with_tickets(first_reply_us=pa.array(moments, pa.int64(), mask=moments == OPEN))


def reply_from_messages(reading: Reading) -> Reading | None:
    """The first reply as the messages show it, where the source has a field for it that we take."""
    told = np.asarray(flat(reading.batch.tickets["first_reply_us"]).is_valid())
    if reading.family != "first_reply" or not told.any():
        return None
    return reading.with_messages(reading.batch.messages, told)


def _recast(reading: Reading, which: Bools, role: str | pa.Array) -> Reading | None:
    """Messages under another role."""
    if not _is_reply(reading) or not which.any():
        return None
    messages = reading.batch.messages
    cast = pc.if_else(pa.array(which), role, flat(messages["role"]))
    changed = messages.set_column(messages.schema.get_field_index("role"), "role", cast)
    return reading.with_messages(changed, _tickets(reading, which))


def _is_reply(reading: Reading) -> bool:
    return reading.family in REPLY


def _tickets(reading: Reading, which: Bools) -> Bools:
    return totals(reading.batch.tickets.num_rows, _ticket(reading)[which]) > 0


def _ticket(reading: Reading) -> Ints:
    return np.asarray(flat(reading.batch.messages["ticket"]), np.int64)


def _at(reading: Reading) -> Ints:
    return micros(reading.batch.messages["at_us"])


def _role(reading: Reading, role: str) -> Bools:
    return np.asarray(pc.fill_null(pc.equal(flat(reading.batch.messages["role"]), role), False))


def _public(reading: Reading) -> Bools:
    return np.asarray(pc.fill_null(flat(reading.batch.messages["is_public"]), True))


def _authors(reading: Reading) -> Ints:
    codes = flat(reading.batch.messages["author_id"]).dictionary_encode().indices
    return np.asarray(pc.fill_null(codes, NONE), np.int64)
