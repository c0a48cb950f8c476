"""What a program outside may read of a book: by role, bounded in size, each number with its receipt, nothing written.

Customers' words are data: a message that gives orders to whoever reads it is marked, and left out of searches.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from deskbook import metrics as m
from deskbook.access import ROLES, Actor
from deskbook.errors import BadValue, UnknownName

if TYPE_CHECKING:
    from deskbook.book.book import Book
    from deskbook.rag import Answer, Plan

NUMBERS_FOR: Final = ROLES
WORDS_FOR: Final = ("agent", "lead", "analyst", "admin")
"""Roles that may read what customers wrote; numbers are for every role."""
MOST_ROWS: Final = 1_000
MOST_TICKETS: Final = 50
MOST_MESSAGES: Final = 200
MOST_LETTERS: Final = 4_000
MOST_LISTED: Final = 50
PASSAGE_LETTERS: Final = 300
LONGEST_QUESTION: Final = 10_000
SHOWN: Final = (
    "id",
    "source",
    "created_at",
    "subject",
    "status",
    "priority",
    "channel",
    "team",
    "category",
    "language",
)
TICKET: Final = (*SHOWN, "agent", "tags", "first_reply_minutes", "resolved_at", "resolution_hours", "csat_score", "url")


@dataclass(frozen=True)
class Readings:
    """The reading side of a book for one actor; each call checks the actor's role before it reads."""

    book: Book
    actor: Actor

    def list_metrics(self, words: str = "") -> dict[str, Any]:
        """Every metric that can be asked for, or those that speak of some words."""
        self.actor.needs(NUMBERS_FOR, "Listing metrics")
        keys = ("name", "label", "unit", "better", "note", "version")
        wanted = words.lower().split()
        cards = [{key: card[key] for key in keys} for card in (one.card() for one in m.registry.values())]
        found = [card for card in cards if all(word in f"{card}".lower() for word in wanted)]
        return {"metrics": found, "dimensions": sorted(m.DIMENSIONS), "grains": list(m.GRAINS), "cut": ""}

    def query(
        self,
        metrics: str | Sequence[str],
        *,
        by: str | Sequence[str] = (),
        where: str = "",
        period: str = "",
        compare: bool = False,
        limit: int = 200,
    ) -> dict[str, Any]:
        """Numbers: `columns`, `values` (a list a row), how many rows there are, and the receipt of all of them."""
        self.actor.needs(NUMBERS_FOR, "Asking for numbers")
        most = bounded("limit", limit, MOST_ROWS)
        result = self.book.query(metrics, by=by, where=where or None, period=period or None, compare=compare)
        names = list(result.frame.columns)
        shown = result.rows[:most]
        return {
            "columns": names,
            "values": [[row[name] for name in names] for row in shown],
            "rows_in_all": len(result.rows),
            "cut": _cut(len(shown), len(result.rows), "rows", "Narrow the filter or cut by fewer dimensions."),
            "period": result.period.sentence(),
            "receipt": result.receipt.as_dict(),
        }

    def search_conversations(self, words: str, *, where: str = "", period: str = "", limit: int = 10) -> dict[str, Any]:
        """Tickets whose subject or messages hold all the words, newest first, each with a passage that holds one."""
        self.actor.needs(WORDS_FOR, "Reading conversations")
        if not words.strip():
            raise BadValue("search_conversations wants words to look for, got none. Give one or more.")
        most = bounded("limit", limit, MOST_TICKETS)
        book, asked = self.book.pinned(), [m.Condition("text", "contains", (word,)) for word in words.split()]
        filters = m.both(book.filter(where or None), *asked)
        counted = book.query("tickets_created", where=filters, period=period or None)
        found = book.tickets(where=filters, period=period or None, limit=most)
        total = int(counted.value() or 0)
        return {
            "tickets": [_ticket(row, SHOWN) | _passage(book, row, words) for row in _rows(found)],
            "tickets_in_all": total,
            "cut": _cut(len(found), total, "tickets", "Add words, a filter or a period."),
            "receipt": counted.cell("tickets_created").as_dict(),
        }

    def get_ticket(self, ticket_id: str, *, source: str = "") -> dict[str, Any]:
        """One ticket with its conversation; messages that give orders to machines are marked `gives_orders`.

        Raises:
            UnknownName: there is none with that id.
            BadValue: several sources have it, and none was named.
        """
        self.actor.needs(WORDS_FOR, "Reading conversations")
        book = self.book.pinned()
        named = [m.Condition("ticket", "=", (ticket_id,)), *([m.Condition("source", "=", (source,))] if source else [])]
        found = _rows(book.tickets(where=m.both(*named), limit=MOST_LISTED))
        if not found:
            raise UnknownName(f"ticket{f' of source {source}' if source else ''}", ticket_id, ())
        if len(found) > 1:
            held = ", ".join(sorted({str(row["source"]) for row in found}))
            raise BadValue(f"Ticket {ticket_id} is held by several sources: {held}. Name one as source.")
        (row,) = found
        one = m.both(m.Condition("ticket", "=", (ticket_id,)), m.Condition("source", "=", (str(row["source"]),)))
        counted = book.query("messages", where=one)
        messages = _rows(book.messages(ticket_id, source=str(row["source"]), where=one, limit=MOST_MESSAGES))
        total = int(counted.value() or 0)
        told = [_message(one) for one in messages]
        cut = [_cut(len(messages), total, "messages", "The later ones are left out.")]
        long = sum(len(str(one["text"] or "")) > MOST_LETTERS for one in messages)
        cut += [f"{long} messages are cut after {MOST_LETTERS:,} letters."] if long else []
        return {
            "ticket": _ticket(row, TICKET),
            "messages": told,
            "messages_in_all": total,
            "cut": " ".join(filter(None, cut)),
            "receipt": counted.cell("messages").as_dict(),
        }

    def ask(self, question: str) -> dict[str, Any]:
        """An answer as `Answer.as_dict` has it; long lists of message ids are cut, and `cut` says so."""
        self.actor.needs(WORDS_FOR, "Asking, which quotes customers,")
        if len(question) > LONGEST_QUESTION:
            raise BadValue(f"A question has at most {LONGEST_QUESTION:,} letters, got {len(question):,}.")
        said = self.book.ask(question, actor=self.actor).as_dict()
        cut: list[str] = []
        bounds = [_bound_lists(claim, cut) for claim in said["claims"]]
        return {**said, "claims": bounds, "cut": " ".join(dict.fromkeys(cut))}

    def answer(self, question: str, plan: Mapping[str, Any] | None = None) -> Answer:
        """An answer of numbers for every role; one that quotes customers for those who may read them.

        Args:
            plan: what to answer instead of what the words are taken for.

        Raises:
            AccessDenied: the question asks for more than the actor may read.
            BadValue: it is too long, or a part of the plan is none of what it may be.
        """
        from deskbook.rag.figures import ANSWERS

        self.actor.needs(NUMBERS_FOR, "Asking for numbers")
        if len(question) > LONGEST_QUESTION:
            raise BadValue(f"A question has at most {LONGEST_QUESTION:,} letters, got {len(question):,}.")
        if self.actor.roles & set(WORDS_FOR):
            return self.book.ask(question, plan, actor=self.actor)
        # Read by our rules and answered as read: a model must not take it for a question that quotes.
        read = self.book.plan(question, plan)
        one: Plan | None = read
        while one is not None:
            if one.kind not in ANSWERS:
                self.actor.needs(WORDS_FOR, "Asking what quotes customers")
            one = one.then
        return self.book.ask(question, read, actor=self.actor)


def bounded(name: str, value: int, most: int) -> int:
    """A size a caller asked for.

    Raises:
        BadValue: it is below 1 or above the most there is.
    """
    if not 1 <= value <= most:
        raise BadValue(f"{name} wants a number from 1 to {most:,}, got {value}.")
    return value


def _cut(shown: int, total: int, what: str, fix: str) -> str:
    return f"{shown:,} of {total:,} {what} are shown. {fix}" if shown < total else ""


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:
    """A cell as JSON holds it: moments as ISO text in UTC, absent ones as None."""
    if isinstance(value, list | tuple) or hasattr(value, "tolist"):
        return [_plain(one) for one in value] if not hasattr(value, "item") or value.ndim else _plain(value.item())
    if value is None or pd.isna(value):
        return None
    return (
        value.isoformat()
        if isinstance(value, pd.Timestamp)
        else value
        if isinstance(value, int | float)
        else str(value)
    )


def _ticket(row: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: _plain(row[name]) for name in names}


def _message(row: Mapping[str, Any]) -> dict[str, Any]:
    from deskbook.rag import is_hostile

    text = str(row["text"] or "")
    names = ("id", "sent_at", "author_role", "is_public", "language", "sentiment_label")
    told = {name: _plain(row[name]) for name in names}
    return told | {"text": text[:MOST_LETTERS], "gives_orders": is_hostile(text)}


def _passage(book: Book, ticket: Mapping[str, Any], words: str) -> dict[str, Any]:
    """The first message that holds one of the words, around it; none where only the subject does."""
    from deskbook.rag import is_hostile, span

    source, ticket_id = str(ticket["source"]), str(ticket["id"])
    one = m.both(m.Condition("ticket", "=", (ticket_id,)), m.Condition("source", "=", (source,)))
    looked_for = words.lower().split()
    for row in _rows(book.messages(ticket_id, source=source, where=one, limit=MOST_MESSAGES)):
        text = str(row["text"] or "")
        if any(word in text.lower() for word in looked_for) and not is_hostile(text):
            return {"message_id": str(row["id"]), "passage": span(text, words)}
    return {"message_id": None, "passage": ""}


def _bound_lists(claim: Mapping[str, Any], cut: list[str]) -> dict[str, Any]:
    """A claim with its lists of ids shortened."""
    counts = []
    for count in claim["counts"]:
        one = dict(count)
        for name in ("messages", "tickets"):
            if len(one.get(name, ())) > MOST_LISTED:
                one[name] = one[name][:MOST_LISTED]
                cut.append(f"Lists of {name} show the first {MOST_LISTED}; their counts are whole.")
        counts.append(one)
    return {**claim, "counts": counts}
