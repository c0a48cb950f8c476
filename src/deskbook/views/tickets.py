"""Which tickets exactly: the table of tickets found, and one conversation down to its messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Final

import pandas as pd

from deskbook.errors import BadValue, UnknownName
from deskbook.metrics import both, equal_to
from deskbook.views import wording
from deskbook.views.figures import Kit
from deskbook.views.filters import CHOICES, Filters
from deskbook.views.marks import Mark, mark_or_problem, read_mark
from deskbook.views.memory import memory_of
from deskbook.views.numbers import Ask, Book, Scope, metric
from deskbook.views.reading import read
from deskbook.views.section import Block, Drawing, Moment, empty

ON_A_PAGE: Final = 50
MOST_MESSAGES: Final = 500
MOST_OTHERS: Final = 10
COLUMNS: Final = {
    "created_at": "Created",
    "subject": "Subject",
    "status": "Status",
    "priority": "Priority",
    "channel": "Channel",
    "team": "Team",
    "agent": "Agent",
    "first_reply_minutes": "First reply",
    "resolution_hours": "Solved in",
    "sentiment": "Sentiment",
    "csat_good": "CSAT",
}
NUMBERS: Final = ("first_reply_minutes", "resolution_hours", "sentiment")
ROWS: Final = {"messages": "message", "replies": "answer", "flow": "move", "promises": "promise", "ratings": "survey"}
"""What a row of each table is called; of tickets a row is a ticket."""
SECONDS: Final = {"first_reply_minutes": 60, "resolution_hours": 3600}


@dataclass(frozen=True)
class TicketTable:
    """The tickets that match filters and search, fifty at a time."""

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """None: these are rows, not aggregates."""
        return ()

    def block(self, at: Moment) -> Block:
        """One page of the table."""
        chosen = at.filters
        mark, problem = mark_or_problem(chosen.cell)
        count, said, fetch = found(at.book, chosen, at.chosen.scope, mark)
        pages = max(1, -(-count // ON_A_PAGE))
        page = min(max(int(chosen.page) if chosen.page.isdecimal() else 1, 1), pages)
        sort = chosen.sort if chosen.sort.lstrip("-") in COLUMNS else "-created_at"
        held: Block = {
            "kind": "tickets",
            "count": count,
            "said": said,
            "mark": mark.sentence() if mark else "",
            "page": page,
            "pages": pages,
            "place": f"page {wording.number(page)} of {wording.number(pages)}",
            "sort": sort,
            "columns": [{"name": name, "label": label, "number": name in NUMBERS} for name, label in COLUMNS.items()],
            "rows": [],
        }
        problems = [problem] if problem else []
        if chosen.page != str(page):
            problems.append(f"There is no page '{chosen.page[:20]}' of these tickets. This is page {page} of {pages}.")
        if sort != chosen.sort:
            problems.append(f"{UnknownName('ticket column', chosen.sort.lstrip('-'), COLUMNS)} Newest first instead.")
        held["problem"] = " ".join(problems)
        if not count:
            return held | empty("Tickets", at)
        frame = fetch(sort=sort, limit=ON_A_PAGE, offset=(page - 1) * ON_A_PAGE)
        return held | {"state": "ok", "rows": [_row(row, at.zone) for row in frame.to_dict("records")]}

    def drawing(self, kit: Kit) -> Drawing | None:
        """A table is drawn without a figure."""
        return None


def found(book: Book, chosen: Filters, scope: Scope, mark: Mark | None) -> tuple[int, str, Callable[..., pd.DataFrame]]:
    """The tickets that filters, search and mark come to: how many, that in words, and how to fetch them.

    A search does not narrow the tickets behind a mark: there are as many as the mark says.
    """
    if mark is None:
        asked: dict[str, Any] = {"where": scope.where, "period": scope.period, "search": chosen.search or None}
        count = book.count_tickets(**asked)
        return count, _counted(count, "ticket"), partial(book.tickets, **asked)
    behind = {"where": scope.where, "period": scope.period}
    count, rows = book.count_behind(mark.metric, mark.row, **behind)
    said = _counted(count, "ticket")
    if rows != count and not metric(mark.metric).stock:
        said += f" with {_counted(rows, ROWS[metric(mark.metric).table])}"
    return count, said, partial(book.behind, mark.metric, mark.row, **behind)


def _counted(count: int, noun: str) -> str:
    return f"{wording.number(count)} {noun}{'' if count == 1 else 's'}"


def _row(row: Mapping[Any, Any], zone: str) -> dict[str, Any]:
    return {
        "ticket": f"{row['source']}/{row['id']}",
        "id": str(row["id"]),
        "mood": wording.text(row.get("sentiment_label")),
        "cells": [_cell(name, row.get(name), zone) for name in COLUMNS],
    }


def _cell(name: str, value: Any, zone: str) -> str:
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return ""
    if name == "created_at":
        return wording.moment(value, zone, brief=True)
    if name in SECONDS:
        return wording.elapsed(float(value) * SECONDS[name])
    if name == "sentiment":
        return wording.number(value, 2)
    if name == "csat_good":
        return "good" if value else "bad"
    return str(value)


@dataclass(frozen=True)
class Conversation:
    """The conversation of the ticket that is open, with what else that customer asked."""

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """None: these are rows, not aggregates."""
        return ()

    def block(self, at: Moment) -> Block:
        """The open conversation; a closed one is an empty block."""
        if not at.filters.ticket:
            return {"kind": "conversation", "ticket": ""}
        return conversation_of(at.filters.ticket, at)

    def drawing(self, kit: Kit) -> Drawing | None:
        """A conversation is drawn without a figure."""
        return None


def conversation_of(ticket: str, at: Moment) -> Block:
    """One ticket's facts, messages, and the customer's other tickets.

    Args:
        ticket: its source and id, as `zendesk/4711`; the id alone finds it in any source.
    """
    source, _, name = ticket.rpartition("/")
    frame = at.book.tickets(where=equal_to({"ticket": name, "source": source or None}), limit=1)
    held: Block = {"kind": "conversation", "ticket": ticket}
    if frame.empty:
        said = f"There is no ticket {ticket}. It may have been deleted in its source, or the link is mistyped."
        return held | {"state": "failed", "said": said, "hint": "Search for a word or an id above."}
    row = frame.iloc[0]
    messages = at.book.messages(str(row["id"]), source=str(row["source"]), limit=MOST_MESSAGES + 1)
    return held | {
        "state": "ok",
        "title": wording.text(row["subject"]) or f"Ticket {row['id']}",
        "id": f"{row['source']} {row['id']}",
        "url": _safe_url(row.get("url")),
        "facts": _facts(row, at.zone),
        "messages": [_message(one, at.zone) for one in messages.head(MOST_MESSAGES).to_dict("records")],
        "cut": len(messages) > MOST_MESSAGES,
        "others": _others(row, at),
    }


def _facts(row: Any, zone: str) -> list[tuple[str, str]]:
    names = ("status", "priority", "channel", "team", "agent", "category", "segment", "language", "created_at")
    labels = {"created_at": "Created", "category": "Contact reason"}
    facts = [(labels.get(name, name.capitalize()), _cell(name, row.get(name), zone)) for name in names[:-1]]
    facts.append((labels["created_at"], wording.moment(row["created_at"], zone)))
    for name in ("first_reply_minutes", "resolution_hours"):
        facts.append((COLUMNS[name], _cell(name, row.get(name), zone)))
    if wording.known(row.get("csat_score")):
        facts.append(("CSAT", f"{wording.number(row['csat_score'])} ({'good' if row['csat_good'] else 'bad'})"))
    tags = row.get("tags")
    if hasattr(tags, "__len__") and len(tags):
        facts.append(("Tags", ", ".join(map(str, tags))))
    return [(label, value) for label, value in facts if value]


def _message(one: Mapping[Any, Any], zone: str) -> dict[str, Any]:
    return {
        "id": wording.text(one["id"]),
        "role": wording.text(one["author_role"]),
        "author": wording.text(one["author_id"]),
        "at": wording.moment(one["sent_at"], zone),
        "text": wording.text(one["text"]),
        "mood": wording.text(one["sentiment_label"]),
        "score": wording.number(one["sentiment"], 2) if wording.known(one["sentiment"]) else "",
        "note": not bool(one["is_public"]),
    }


def _others(row: Any, at: Moment) -> list[dict[str, str]]:
    customer = wording.text(row["customer_id"])
    if not customer:
        return []
    same = both(equal_to({"customer": customer, "source": str(row["source"])}))
    frame = at.book.tickets(where=same, limit=MOST_OTHERS + 1)
    return [
        {
            "ticket": f"{one['source']}/{one['id']}",
            "title": wording.text(one["subject"]) or str(one["id"]),
            "said": f"{wording.moment(one['created_at'], at.zone)} · {wording.text(one['status'])}",
        }
        for one in frame.to_dict("records")
        if one["id"] != row["id"]
    ][:MOST_OTHERS]


def _safe_url(value: Any) -> str:
    """A link to the source, only if it is a web address: the text is the source's, not ours."""
    url = wording.text(value)
    return url if url.startswith(("https://", "http://")) else ""


def ticket_table() -> TicketTable:
    """The tickets that match, with search, sorting and pages of fifty."""
    return TicketTable()


def conversation() -> Conversation:
    """The conversation of the ticket that is open."""
    return Conversation()


def tickets_asked(book: Book, asked: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Every ticket that the address of a tickets page asks for, one row each.

    Raises:
        BadValue: a filter cannot be read; a download does not guess.
    """
    fields = ("period", *CHOICES, "where", "search", "sort", "cell", "page", "ticket")
    chosen = Filters(**{name: Filters.param[name].default for name in fields})
    chosen.take(asked)
    read_as = read(chosen, book, memory_of(book))
    if read_as.problems:
        raise BadValue(" ".join(read_as.problems))
    _, _, fetch = found(book, chosen, read_as.scope, read_mark(chosen.cell))
    return fetch(sort=chosen.sort)
