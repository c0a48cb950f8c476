"""Can I trust this: every catalog entry with its freshness, rows, quarantine and last error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import pandas as pd

from deskbook.views import wording
from deskbook.views.figures import Kit
from deskbook.views.numbers import Ask
from deskbook.views.section import Block, Drawing, Moment

MOST_SET_ASIDE: Final = 200
STATUS: Final = {"ok": "fresh", "late": "late", "failed": "failed", "never": "never synced"}
ORDER: Final = ("failed", "late", "never", "ok")


@dataclass(frozen=True)
class SourceTable:
    """The catalog, entry by entry."""

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """None: these are runs, not aggregates."""
        return ()

    def block(self, at: Moment) -> Block:
        """The table, with the rows each entry had to set aside."""
        frame = at.book.sources()
        if not frame.empty and at.filters.source:
            frame = frame[frame["source"] == at.filters.source]
        held: Block = {"kind": "sources", "title": "Sources"}
        if frame.empty:
            said = "The catalog has no entries yet."
            return held | {
                "state": "empty",
                "said": said,
                "hint": "Add a source on this page, describe one in catalogs/, or try: deskbook sample",
            }
        rows = [_entry(row, at) for row in frame.to_dict("records")]
        rows.sort(key=lambda row: (ORDER.index(row["status"]) if row["status"] in ORDER else 0, row["entry"]))
        good = sum(row["status"] == "ok" for row in rows)
        said = f"{good} of {len(rows)} sources fresh" if good < len(rows) else f"All {len(rows)} sources fresh"
        return held | {"state": "ok", "said": said, "all_good": good == len(rows), "rows": rows}

    def drawing(self, kit: Kit) -> Drawing | None:
        """A table is drawn without a figure."""
        return None


def _entry(row: Mapping[Any, Any], at: Moment) -> dict[str, Any]:
    age = row.get("age_hours")
    aside = _count(row.get("rows_quarantined"))
    return {
        "entry": str(row["entry"]),
        "kind": wording.text(row.get("kind")),
        "source": wording.text(row.get("source")),
        "tables": wording.text(row.get("tables")),
        "status": wording.text(row.get("status")),
        "word": STATUS.get(wording.text(row.get("status")), wording.text(row.get("status"))),
        "synced": wording.moment(row.get("synced_at"), at.zone),
        "age": wording.elapsed(float(age) * 3600) if age is not None and wording.known(age) else "never",
        "promise": wording.elapsed(float(row["freshness_hours"]) * 3600),
        "read_rows": _count(row.get("rows_read")),
        "read": wording.number(_count(row.get("rows_read"))),
        "written_rows": _count(row.get("rows_written")),
        "written": wording.number(_count(row.get("rows_written"))),
        "aside": aside,
        "aside_text": wording.number(aside),
        "error": wording.text(row.get("error")),
        "set_aside": _set_aside(str(row["entry"]), at) if aside else None,
    }


def _set_aside(entry: str, at: Moment) -> dict[str, Any]:
    frame = at.book.quarantine(entry)
    names = [name for name in ("origin", "line", "column_name", "reason", "payload") if name in frame]
    shown = frame[names].head(MOST_SET_ASIDE)
    rows = [["" if pd.isna(value) else str(value) for value in row] for row in shown.itertuples(index=False)]
    return {"heads": [name.removesuffix("_name").capitalize() for name in names], "rows": rows, "count": len(frame)}


def _count(value: Any) -> int:
    return int(value) if wording.known(value) else 0


def source_table() -> SourceTable:
    """Every catalog entry: fresh or late, rows, quarantine and the last error."""
    return SourceTable()
