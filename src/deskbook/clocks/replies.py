"""Who waited for whom: each time a customer wrote and an agent answered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from deskbook.clocks.past import OPEN, Codes, Ints, Past, first_rows, last_rows, per_ticket, places, totals
from deskbook.clocks.rules import Rules
from deskbook.schema import ROLES

CUSTOMER, AGENT, BOT, SYSTEM = range(len(ROLES))


@dataclass(frozen=True)
class Replies:
    """Every answer to a customer, and what was said by ticket.

    Attributes:
        ticket, asked, replied, number: one row an answer: the customer's first message since the last answer,
            the first answer after it, and its place in the ticket from 1.
        message: row of the answer among the batch's messages.
        first: by ticket, the first answer; OPEN if there is none.
        waiting: by ticket, since when the customer waits for an answer; OPEN if for none. A first answer that only
            the source knows counts, too.
        answers: by ticket, agents' public messages after the customer's first.
        messages_in, messages_out, notes: by ticket, customers' messages, agents' public ones, internal ones.
        opened_by_agent: by ticket, whether an agent wrote first.
        public_ticket, public_at: one row a public message of an agent.
        early: messages by ticket that lie before its creation.
    """

    ticket: Codes
    asked: Ints
    replied: Ints
    number: Ints
    message: Ints
    first: Ints
    waiting: Ints
    answers: Ints
    messages_in: Ints
    messages_out: Ints
    notes: Ints
    opened_by_agent: np.ndarray
    public_ticket: Codes
    public_at: Ints
    early: Ints


def replies_of(past: Past, rules: Rules) -> Replies:
    """Pairs of question and answer, and counts. Which messages answer is set by `rules`."""
    said, size = past.messages, len(past)
    asks = said.role == CUSTOMER
    answers = _answering(past, rules)
    row = np.flatnonzero(asks | answers)
    ticket, at, side = said.ticket[row], said.at[row], asks[row]
    starts = first_rows(ticket) | np.concatenate([[True], side[1:] != side[:-1]])[: len(row)]
    run = np.flatnonzero(starts)
    run_ticket, run_at, run_asks = ticket[run], at[run], side[run]
    answered = np.zeros(len(run), np.bool_)
    answered[:-1] = run_asks[:-1] & (run_ticket[1:] == run_ticket[:-1])
    question = np.flatnonzero(answered)
    reply_ticket = run_ticket[question]
    last = last_rows(run_ticket) & run_asks
    first_ask = per_ticket(size, ticket[side][first_rows(ticket[side])], at[side][first_rows(ticket[side])])
    after = ~side & (at > first_ask[ticket])
    begun = first_rows(reply_ticket)
    derived = per_ticket(size, reply_ticket[begun], run_at[question + 1][begun])
    unseen = (derived == OPEN) & (past.source_reply != OPEN)
    again = side & (at > past.source_reply[ticket])
    later = per_ticket(size, ticket[again][first_rows(ticket[again])], at[again][first_rows(ticket[again])])
    public = (said.role == AGENT) & said.is_public
    opening = first_rows(said.ticket) & (said.role == AGENT)
    return Replies(
        ticket=reply_ticket,
        asked=run_at[question],
        replied=run_at[question + 1],
        number=places(reply_ticket) + 1,
        message=row[run[question + 1]],
        first=np.where(past.source_reply != OPEN, past.source_reply, derived),
        waiting=np.where(unseen, later, per_ticket(size, run_ticket[last], run_at[last])),
        answers=totals(size, ticket[after]),
        messages_in=totals(size, said.ticket[asks]),
        messages_out=totals(size, said.ticket[public]),
        notes=totals(size, said.ticket[(said.role == AGENT) & ~said.is_public]),
        opened_by_agent=totals(size, said.ticket[opening]) > 0,
        public_ticket=ticket[~side],
        public_at=at[~side],
        early=totals(size, said.ticket[said.at < past.created[said.ticket]]),
    )


def _answering(past: Past, rules: Rules) -> np.ndarray:
    """Which messages answer a customer: agents' public ones and, if the rules say so, bots' and internal ones."""
    said = past.messages
    agents = (said.role == AGENT) & (said.is_public | (rules.internal_replies == "count"))
    bots = (said.role == BOT) & said.is_public & (rules.bot_replies == "count")
    return np.asarray(agents | bots, np.bool_)


def message_column(past: Past, row: Ints, *, author: bool = False) -> pa.Array:
    """Ids of messages, or of their authors, by row."""
    column = past.messages.author_ids if author else past.messages.ids
    return column.take(pa.array(row))
