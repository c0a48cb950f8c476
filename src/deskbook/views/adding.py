"""Adding a source from the page, and mapping one anew: the section that offers it, and what its form asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, Final

from deskbook.errors import BadValue
from deskbook.schema import TABLES
from deskbook.views import wording
from deskbook.views.figures import Kit
from deskbook.views.numbers import Ask
from deskbook.views.section import Block, Drawing, Moment
from deskbook.views.subscribing import zones
from deskbook.views.visit import Answer, Visit

LONGEST: Final = 120
"""Characters of a value in a preview."""


@dataclass(frozen=True)
class AddSource:
    """A button that unfolds into a form; nothing for those who may not add sources."""

    title: str

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """None: it shows nothing of the data until it is opened."""
        return ()

    def block(self, at: Moment) -> Block:
        """The button, for an admin."""
        may = at.book.drafts(at.book.actor).may
        return {"kind": "adding" if may else "hidden", "title": self.title}

    def drawing(self, kit: Kit) -> Drawing | None:
        """A form is drawn without a figure."""
        return None


def add_source(title: str) -> AddSource:
    """A form that adds a source to the catalog, or maps an entry anew; for admins."""
    return AddSource(title)


def menu(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Everything the form offers: kinds with their fields, standard tables with their columns, names that are taken."""
    drafts = visit.drafts
    return {
        "kinds": [
            {"kind": kind, "title": form.title, "reads": form.reads, "fields": [asdict(one) for one in form.fields]}
            for kind, form in drafts.forms().items()
        ],
        "tables": _tables(),
        "files": drafts.catalogs,
        "names": list(drafts.names()),
        "keyring": drafts.has_keyring,
        "zones": zones(),
    }


def look(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """The first rows of a source that is described, or of an entry, as they are and as they would be kept."""
    drafts, entry = visit.drafts, str(message.get("entry") or "")
    draft = drafts.read(_draft(message))
    if not entry:
        return _told(visit, drafts.look(draft, again=message.get("again") is True))
    sign = drafts.seen(entry)
    found = drafts.look_at(entry, table=draft.table, lines=draft.lines, custom=draft.custom)
    return _told(visit, found) | {"sign": sign}


def save(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Write the entry; the page forgets what was typed."""
    drafts = visit.drafts
    return asdict(drafts.save(drafts.read(_draft(message)))) | {"names": list(drafts.names())}


def remap(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Write another mapping of an entry."""
    drafts = visit.drafts
    draft = drafts.read(_draft(message))
    sign, name = str(message.get("sign") or ""), str(message.get("entry") or "")
    return asdict(drafts.remap(name, table=draft.table, lines=draft.lines or (), custom=draft.custom, sign=sign))


def sync(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Bring an entry up to date; takes as long as it takes."""
    report = visit.drafts.sync(str(message.get("entry") or ""))
    counts = report["tables"].values()
    written, aside = (sum(one[what] for one in counts) for what in ("written", "quarantined"))
    said = f"{wording.number(written)} rows kept, {wording.number(aside)} set aside"
    return {"status": report["status"], "said": report["error"] or said}


def _draft(message: Mapping[str, Any]) -> Mapping[str, Any]:
    held = message.get("draft") or {}
    lines, parts = held.get("lines") if isinstance(held, Mapping) else None, ("values", "custom")
    sound = isinstance(held, Mapping) and all(isinstance(held.get(one) or {}, Mapping) for one in parts)
    if not sound or not (lines is None or (isinstance(lines, list) and all(isinstance(one, Mapping) for one in lines))):
        raise BadValue("A source is described by fields with texts, and a mapping by lines of columns.")
    return dict(held)


@cache
def _tables() -> list[dict[str, Any]]:
    return [
        {
            "name": table.name,
            "grain": table.grain,
            "columns": [
                {
                    "name": one.name,
                    "note": one.description,
                    "needed": one.required,
                    "is_time": one.dtype == "time",
                    "one_of": list(one.one_of),
                }
                for one in table.columns
            ],
        }
        for table in TABLES.values()
    ]


def _told(visit: Visit, found: Any) -> Answer:
    zone = visit.book.settings.zone
    return {
        "heads": list(found.heads),
        "rows": [list(row) for row in found.rows],
        "fields": [asdict(one) for one in found.fields],
        "table": found.table,
        "shape": found.shape,
        "lines": [asdict(one) for one in found.lines],
        "custom": dict(found.custom),
        "confidence": {column: round(100 * share) for column, share in found.confidence.items()},
        "unmapped": list(found.unmapped),
        "looked_at": found.looked_at,
        "shown": [_shown(one, zone) for one in found.shown],
        "words": {column: [asdict(one) for one in words] for column, words in found.words.items()},
        "wrong": found.problem,
        "wrong_at": found.field,
        "fixed": found.fixed,
    }


def _shown(one: Any, zone: str) -> dict[str, Any]:
    rows = [
        {
            "line": row.line,
            "values": [_text(value, zone) for value in row.values],
            "reason": row.reason,
            "column": row.column,
            "payload": row.payload,
        }
        for row in one.rows
    ]
    return {"table": one.table, "heads": list(one.heads), "rows": rows, "good": one.good, "aside": one.aside}


def _text(value: Any, zone: str) -> str:
    if isinstance(value, datetime):
        return wording.moment(value, zone)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(str(part) for part in value)[:LONGEST]
    return "" if value is None else str(value)[:LONGEST]
