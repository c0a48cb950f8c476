"""The words that support systems use for roles, states and urgency, and the standard word for each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import pyarrow as pa

from deskbook.schema import Column
from deskbook.sources.arrays import texts

_GAP = re.compile(r"[\s_\-]+")

WORDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "author_role": {
        "customer": (
            *("end user", "enduser", "requester", "user", "client", "contact", "visitor", "lead", "consumer"),
            *("buyer", "caller", "reporter", "guest", "inbound", "incoming", "kunde", "kundin", "cliente"),
        ),
        "agent": (
            *("staff", "admin", "operator", "support", "assignee", "representative", "rep", "teammate", "employee"),
            *("owner", "outbound", "outgoing", "company", "brand", "mitarbeiter", "agente", "light agent"),
        ),
        "bot": ("chatbot", "assistant", "ai", "ai agent", "virtual agent", "automation", "robot", "fin"),
        "system": ("trigger", "automated", "workflow", "rule", "auto", "notification"),
    },
    "status": {
        "new": ("created", "unassigned", "untouched", "submitted", "neu", "to do", "todo", "backlog"),
        "open": (
            *("in progress", "active", "assigned", "reopened", "opened", "working", "accepted", "offen"),
            *("in bearbeitung", "escalated", "triaged", "investigating", "in review"),
        ),
        "pending": (
            *("waiting", "waiting on customer", "waiting for customer", "awaiting reply", "awaiting customer"),
            *("awaiting user info", "waiting for reply", "snoozed", "customer responded", "wartend", "wartet"),
            *("awaiting response", "waiting for response", "need more info"),
        ),
        "hold": (
            *("on hold", "on-hold", "paused", "waiting on third party", "awaiting vendor", "awaiting problem"),
            *("blocked", "awaiting evidence", "waiting on internal", "zurückgestellt"),
        ),
        "solved": ("resolved", "fixed", "answered", "completed", "complete", "done", "gelöst", "erledigt"),
        "closed": ("archived", "cancelled", "canceled", "finished", "geschlossen", "wont fix", "won't do", "merged"),
        "deleted": ("spam", "trash", "removed", "gelöscht", "junk"),
    },
    "priority": {
        "urgent": (
            "p1",
            "p0",
            "critical",
            "highest",
            "emergency",
            "blocker",
            "sev1",
            "1 critical",
            "kritisch",
            "dringend",
        ),
        "high": ("p2", "major", "important", "sev2", "2 high", "hoch"),
        "normal": ("p3", "medium", "moderate", "standard", "default", "sev3", "3 moderate", "normale", "mittel"),
        "low": ("p4", "p5", "minor", "lowest", "trivial", "sev4", "4 low", "niedrig", "gering"),
    },
    "kind": {
        "status": ("status change", "state", "state change", "status changed"),
        "assignment": ("assignee", "agent", "assigned", "reassignment", "owner"),
        "team": ("group", "department", "queue", "group id", "team change"),
        "priority": ("urgency", "priority change"),
        "sla": ("sla breach", "breach", "sla policy"),
    },
}

STANDARD_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    column: {_GAP.sub(" ", word): standard for standard, words in table.items() for word in words}
    for column, table in WORDS.items()
}


def folded(word: object) -> str:
    """A word without case, edge blanks and the kind of gap between its parts."""
    return _GAP.sub(" ", str(word).strip().lower())


def standard_words(column: Column, values: pa.Array, explicit: Mapping[Any, Any]) -> pa.Array:
    """The column with the source's words replaced by standard ones.

    Args:
        column: a standard column; only those with `one_of` have words of their own.
        values: as the source holds them.
        explicit: the mapping's `values:`; these win.
    """
    known = STANDARD_WORDS.get(column.name, {}) if column.one_of else {}
    if not known and not explicit and not column.one_of:
        return values
    own = {
        folded(word): None if to is None else folded(to) if isinstance(to, bool) else str(to)
        for word, to in explicit.items()
    }

    def standard(word: str | None) -> str | None:
        if word is None:
            return None
        said = folded(word)
        if said in own:
            return own[said]
        return said if said in column.one_of else known.get(said, word)

    encoded = texts(values).dictionary_encode()
    replaced = [standard(word) for word in encoded.dictionary.to_pylist()]
    return pa.array(replaced, pa.string()).take(encoded.indices)
