"""Can I trust this: every catalog entry with its health, rows, quarantine, next sync and who feeds the numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, Final

import pandas as pd

from deskbook.views import wording
from deskbook.views.figures import Kit
from deskbook.views.numbers import Ask, Book
from deskbook.views.section import Block, Drawing, Moment
from deskbook.views.visit import Answer, Visit

MOST_SET_ASIDE: Final = 200
STATUS: Final = {
    "ok": "fresh",
    "late": "late",
    "retrying": "failing, still fresh",
    "covered": "fed by its fallback",
    "failed": "failed",
    "never": "never synced",
    "empty": "no rows yet",
}
ORDER: Final = ("red", "yellow", "no data", "green")
FOOT: Final = {"red": "red", "yellow": "yellow", "no data": "without data", "green": "green"}
"""A colour as the foot of a page says it of so many sources."""


@dataclass(frozen=True)
class SourceTable:
    """The catalog, entry by entry."""

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """None: these are runs, not aggregates."""
        return ()

    def block(self, at: Moment) -> Block:
        """The table, with the rows each entry had to set aside; those that fail first."""
        frame = at.book.sources()
        if not frame.empty and at.filters.source:
            frame = frame[frame["source"] == at.filters.source]
        held: Block = {"kind": "sources", "title": "Sources", "asleep": _asleep(at.book)}
        if frame.empty:
            said = "The catalog has no entries yet."
            return held | {
                "state": "empty",
                "said": said,
                "hint": "Add a source on this page, describe one in catalogs/, or try: deskbook sample",
            }
        rows = [_entry(row, at) for row in frame.to_dict("records")]
        rows.sort(key=lambda row: (ORDER.index(row["colour"]), row["entry"]))
        counted = [row for row in rows if not row["instead_of"]]
        good = sum(row["colour"] == "green" for row in counted)
        all_good = good == len(counted)
        said = f"All {good} sources fresh" if all_good else f"{good} of {len(counted)} sources fresh"
        watched = at.book.is_watched
        idle = "Nobody syncs what is due: start deskbook worker, deskbook up or deskbook sync --watch."
        return held | {
            "state": "ok",
            "said": said,
            "all_good": all_good,
            "rows": rows,
            "may_keep": at.book.may_keep_sources,
            "idle": "" if watched or not at.book.was_watched else idle,
        }

    def mark(self, book: Book) -> str:
        """What the table shows apart from the lake's rows; another one where it is to be drawn again."""
        return book.pulse()

    def drawing(self, kit: Kit) -> Drawing | None:
        """A table is drawn without a figure."""
        return None


def _entry(row: Mapping[Any, Any], at: Moment) -> dict[str, Any]:
    aside, status = _count(row.get("rows_quarantined")), wording.text(row.get("status"))
    now = at.book.clock().astimezone(UTC).replace(tzinfo=None)
    return {
        "entry": str(row["entry"]),
        "kind": wording.text(row.get("kind")),
        "source": wording.text(row.get("source")),
        "tables": wording.text(row.get("tables")),
        "status": status,
        "colour": str(row["health"]),
        "word": STATUS.get(status, status),
        "why": wording.text(row.get("said")),
        "synced": wording.moment(row["synced_at"], at.zone) if wording.text(row["synced_at"]) else "",
        "age": _age(row["synced_at"], now) or "never",
        "newest_row": _age(row["row_at"], now),
        "promise": wording.elapsed(float(row["freshness_hours"]) * 3600),
        "next": _next(row, now),
        "every": f"every {wording.elapsed(row['every_seconds'])}" if wording.known(row["every_seconds"]) else "",
        "paused": _paused(row, at.zone),
        "feeding": _feeding(row),
        "instead_of": wording.text(row["instead_of"]),
        "read_rows": _count(row.get("rows_read")),
        "read": wording.number(_count(row.get("rows_read"))),
        "written_rows": _count(row.get("rows_written")),
        "written": wording.number(_count(row.get("rows_written"))),
        "aside": aside,
        "aside_text": wording.number(aside),
        "error": wording.text(row.get("error")),
        "hearing": "" if row["hearing"] == "listening" else wording.text(row["hearing"]),
        "noticed": wording.text(row.get("noticed")),
        "set_aside": _set_aside(str(row["entry"]), at) if aside else None,
    }


def _asleep(book: Book) -> str:
    """The entries that nothing is done with until their variables are set, in a line."""
    names = list(book.asleep)
    if not names:
        return ""
    word = "template is" if len(names) == 1 else "templates are"
    return f"{len(names)} {word} asleep until set up: {', '.join(names)}. What each needs: deskbook doctor"


def _age(moment: Any, now: datetime) -> str:
    """How long ago a moment (naive UTC) was; empty where there is none."""
    return "" if pd.isna(moment) else f"{wording.elapsed(max(0.0, (now - moment).total_seconds()))} ago"


def _next(row: Mapping[Any, Any], now: datetime) -> str:
    """When an entry is synced next, in words."""
    if not pd.isna(row["wanted_at"]):
        return "asked for"
    if not pd.isna(row["paused_at"]):
        return "paused"
    if pd.isna(row["next_at"]):
        return f"when {row['instead_of']} fails" if row["instead_of"] else ""
    left = (row["next_at"] - now).total_seconds()
    return f"in {wording.elapsed(left)}" if left >= 1 else "due"


def _paused(row: Mapping[Any, Any], zone: str) -> str:
    """Who paused it and when; empty where nobody did."""
    return "" if pd.isna(row["paused_at"]) else f"by {row['paused_by']}, {wording.moment(row['paused_at'], zone)}"


def _feeding(row: Mapping[Any, Any]) -> str:
    """Who feeds the numbers, where that is to say."""
    if row["instead_of"]:
        return f"{'feeds' if row['feeds'] else 'stands by'} for {row['instead_of']}"
    if row["fed_by"]:
        return f"fed by {row['fed_by']}"
    return "feeds" if row["fallback"] else ""


def _set_aside(entry: str, at: Moment) -> dict[str, Any]:
    frame = at.book.quarantine(entry)
    names = [name for name in ("origin", "line", "column_name", "reason", "payload") if name in frame]
    shown = frame[names].head(MOST_SET_ASIDE)
    rows = [["" if pd.isna(value) else str(value) for value in row] for row in shown.itertuples(index=False)]
    return {"heads": [name.removesuffix("_name").capitalize() for name in names], "rows": rows, "count": len(frame)}


def _count(value: Any) -> int:
    return int(value) if wording.known(value) else 0


def foot(book: Book) -> dict[str, str]:
    """How the sources are doing, as the foot of every page says it: the worst colour and a line; empty without any."""
    counted = Counter(one.colour for one in book.health().values())
    if not counted:
        return {}
    total = sum(counted.values())
    said = f"{wording.number(total)} source{'' if total == 1 else 's'}"
    worst = next(colour for colour in ORDER if counted[colour])
    parts = [f"{wording.number(counted[colour])} {FOOT[colour]}" for colour in ORDER if counted[colour]]
    return {"colour": worst, "said": f"{said} green" if worst == "green" else f"{said}: {', '.join(parts)}"}


def pause(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Pause an entry, or let it go on."""
    act = visit.desk.pause if message.get("paused") is True else visit.desk.resume
    act(str(message.get("entry", "")))
    return {}


def sync_now(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Ask for a sync at once; whether anybody is there to do it."""
    return {"watched": visit.desk.sync_soon(str(message.get("entry", "")))}


def source_table() -> SourceTable:
    """Every catalog entry: how it is doing, rows, quarantine, the last error; paused and synced from there."""
    return SourceTable()
