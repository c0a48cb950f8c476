"""Explaining: numbers that a source reports of its tickets, compared with ours."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pyarrow as pa

from deskbook.clocks import Batch, Explained, Rules, explain, measure_name
from deskbook.errors import BadValue
from deskbook.store import Compared, Lake, reported_measures

WITNESSES: Final = 1_000
"""Other tickets that are asked which of several causes of one ticket's difference is likely."""
AGREEING: Final = 2_000
"""Tickets on which both agree that are asked the same, where every difference is explained."""


def explain_reported(
    lake: Lake,
    rules: Rules,
    measure: str,
    *,
    tenant: str,
    zone: str,
    source: str | None = None,
    ticket_id: str | None = None,
    theirs_seconds: int | None = None,
) -> Explained:
    """Why the numbers in `reported` differ from ours: every ticket on which they do, or the one asked for.

    Tickets on which both agree are only counted, by what is measured of them already.

    Args:
        measure: a duration of a ticket, such as first_reply_business.
        zone: the workspace's IANA zone.
        ticket_id: explain this ticket alone; others only say which cause is likely.
        theirs_seconds: that ticket's number, in place of what is reported.

    Raises:
        UnknownName: there is no such measure.
        BadValue: there is no such ticket, it is in several sources, or nobody reports a number.
    """
    name = measure_name(measure)
    chosen = {"agreeing": AGREEING} if ticket_id is None else {"limit": WITNESSES}
    listed = Compared(lake, tenant, name, rules=rules.version, source=source, ticket=ticket_id, **chosen)
    if not listed.count:
        raise BadValue(_nothing(lake, tenant, name, ticket_id))
    (tickets, messages, events), theirs = listed.read(), listed.reported()
    listed.close()
    if ticket_id is None:
        found = explain(Batch(tickets, messages, events), rules, name, theirs, zone=zone).differing(listed.beside)
        pa.default_memory_pool().release_unused()
        return found
    row = _row(tickets, ticket_id)
    theirs[row] = theirs[row] if theirs_seconds is None else theirs_seconds
    if theirs[row] is None:
        raise BadValue(
            f"No source reports {name} of ticket {ticket_id}. Give their number: "
            f"deskbook explain ticket {ticket_id} --metric {name} --theirs 44.5m"
        )
    found = explain(Batch(tickets, messages, events), rules, name, theirs, zone=zone)
    wanted = (tickets["source"][row].as_py(), ticket_id)
    return replace(found, tickets=tuple(one for one in found.tickets if (one.source, one.ticket_id) == wanted))


def _row(tickets: pa.Table, ticket_id: str) -> int:
    """The row of a ticket.

    Raises:
        BadValue: there is none, or one in each of several sources.
    """
    rows = [row for row, one in enumerate(tickets["id"].to_pylist()) if one == ticket_id]
    if not rows:
        raise BadValue(f"There is no ticket {ticket_id}.")
    if len(rows) > 1:
        sources = ", ".join(sorted(tickets["source"][row].as_py() for row in rows))
        raise BadValue(f"Ticket {ticket_id} is in several sources: {sources}. Name one with --source.")
    return rows[0]


def _nothing(lake: Lake, tenant: str, measure: str, ticket_id: str | None) -> str:
    if ticket_id is not None:
        return f"There is no ticket {ticket_id}."
    known = ", ".join(reported_measures(lake, tenant)) or "none"
    return (
        f"No source reports {measure} (reported measures: {known}). Sync an entry for the standard table reported, "
        f"with the measure {measure}_seconds, or give one ticket's number: deskbook explain ticket ID --theirs 44.5m"
    )
