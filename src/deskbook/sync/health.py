"""How the data is doing: each catalog entry against what it promises, and what is odd in what came."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd

from deskbook.clocks import Rules, found
from deskbook.errors import DeskbookError
from deskbook.store import Lake, Run, State, finding_counts, switched_counts
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


def entry_states(catalog: Entries, lake: Lake, state: State, *, tenant: str, now: datetime) -> pd.DataFrame:
    """Every catalog entry as `entry_state` says it, one row each, with rows_quarantined, the rows it has there now."""
    held = lake.read("quarantine", tenant, columns=["entry"]).column("entry").to_pylist()
    last, good, naive = state.last_runs(tenant), state.last_good_runs(tenant), now.replace(tzinfo=None)
    rows = [
        entry_state(catalog, name, last.get(name), good.get(name), naive) | {"rows_quarantined": held.count(name)}
        for name in catalog.names
    ]
    return pd.DataFrame(rows)


def find_oddities(lake: Lake, rules: Rules, tenant: str) -> pd.DataFrame:
    """What is odd in histories, schedules and policies, and what each switch of the rules decides; most first.

    Returns:
        One row a finding: name, subject (whose), count, said (what was found), applied (the rule).
    """
    odd = found(finding_counts(lake, tenant))
    rows = [(one.name, "tickets", n, one.said, one.applied) for one, n in odd.items()]
    for name, n in switched_counts(lake, tenant).items():
        subject, kind = ("messages", "answers") if name.endswith("_replies") else ("tickets", "")
        said = f"{name.replace('_', ' ').replace(' replies', '')} {subject if kind else ''}".strip()
        applied = f"{rules.switches[name]}{' as ' + kind if kind else ''} ([rules] {name})"
        rows += [(name, subject, n, said, applied)] * bool(n)
    rows.sort(key=lambda row: -row[2])
    rows += [(one.name, one.subject, 1, one.said, one.applied) for one in rules.findings]
    return pd.DataFrame(rows, columns=["name", "subject", "count", "said", "applied"])
