"""How a catalog entry is doing: when it was last brought up to date, against what it promises."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from deskbook.errors import DeskbookError
from deskbook.store import Run
from deskbook.sync.run import Entries


def entry_state(catalog: Entries, name: str, last: Run | None, good: Run | None, now: datetime) -> dict[str, Any]:
    """One catalog entry: what it is, how its last sync went, how old its newest good one is."""
    row: dict[str, Any] = {"entry": name, "kind": "", "source": "", "tables": "", "freshness_hours": 24.0}
    row["error"] = last.error if last else ""
    try:
        entry = catalog.entry(name)
        tables = entry.table or ", ".join(entry.mapping.get("tables", ()))
        row |= {"kind": entry.kind, "source": entry.source, "tables": tables, "freshness_hours": entry.freshness_hours}
    except DeskbookError as error:
        row["error"] = row["error"] or str(error)
    age = (now - good.started_at).total_seconds() / 3600 if good else None
    if row["error"] or (last and last.status != "ok"):
        status = "failed"
    else:
        status = "never" if age is None else "late" if age > row["freshness_hours"] else "ok"
    return row | {
        "status": status,
        "synced_at": good.started_at if good else None,
        "age_hours": age,
        "rows_read": last.rows_read if last else 0,
        "rows_written": last.rows_written if last else 0,
    }
