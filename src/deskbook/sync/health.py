"""How the data is doing: each catalog entry against what it promises, and what is odd in what came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

import pandas as pd

from deskbook.clocks import Rules, found
from deskbook.sources.rhythm import Every
from deskbook.store import Lake, Run, Standing, State, finding_counts, switched_counts
from deskbook.sync.breaker import is_open
from deskbook.sync.rota import Rota
from deskbook.sync.schedule import interval_seconds, next_at

Colour = Literal["green", "yellow", "red", "no data"]
COLOURS: Final = ("red", "yellow", "no data", "green")
"""The worst first."""
NOTICED_FOR: Final = timedelta(days=1)
"""How long what a sync noticed is shown, where none after it noticed anything."""
MOMENTS: Final = ("synced_at", "row_at", "next_at", "paused_at", "wanted_at")


@dataclass(frozen=True)
class Health:
    """How an entry is doing against its promise.

    Attributes:
        colour: green, yellow, red, or "no data", which is not green.
        status: ok, late, retrying, covered (its fallback feeds), failed, never, empty.
        said: why, in words.
    """

    colour: Colour
    status: str
    said: str


def health(held: Standing, freshness_hours: float, now: datetime, *, by: Standing | None = None) -> Health:
    """The health of one entry.

    Red where it fails and its newest good sync is older than promised or its breaker is open; yellow where it is late,
    or fails and the promise still holds, be it through its fallback; no data where it never went well or no row ever
    came; else green.

    Args:
        held: how it stands.
        freshness_hours: how old its newest good sync may be.
        now: naive UTC.
        by: how the entry stands that feeds in its stead, if one does.
    """
    promise = timedelta(hours=freshness_hours)
    if by is not None and by.good_at is not None and not by.failures and now - by.good_at <= promise:
        return Health("yellow", "covered", f"Fails ({_times(held)}); {held.feeding} feeds in its stead.")
    good_at = max((one.good_at for one in (held, by) if one and one.good_at), default=None)
    is_late = good_at is None or now - good_at > promise
    if held.failures:
        if is_open(held.failures):
            return Health("red", "failed", f"Fails ({_times(held)}); tried at growing intervals.")
        if is_late:
            return Health("red", "failed", f"Fails ({_times(held)}), and its data is older than promised.")
        return Health("yellow", "retrying", f"Fails ({_times(held)}); its data is still as fresh as promised.")
    if good_at is None:
        return Health("no data", "never", "Never synced.")
    if not held.has_rows and not (by and by.has_rows):
        return Health("no data", "empty", "Synced, but no row ever came.")
    if is_late:
        return Health("yellow", "late", "Its newest good sync is older than promised.")
    return Health("green", "ok", "Synced as promised.")


def _times(held: Standing) -> str:
    return "once" if held.failures == 1 else f"{held.failures} times in a row"


def worst(colours: Iterable[str]) -> str:
    """The colour that stands for several: the first of COLOURS that is among them; no data where there are none."""
    found = list(colours)
    return next((colour for colour in COLOURS if colour in found), "no data")


def entry_state(
    rota: Rota, name: str, standings: Mapping[str, Standing], last: Run | None, now: datetime, default: Every
) -> dict[str, Any]:
    """One catalog entry: what it is, how its last sync went, how it is doing, when it is next."""
    held = standings.get(name, Standing())
    row: dict[str, Any] = {"entry": name, "kind": "", "source": "", "tables": "", "freshness_hours": 24.0}
    error = held.error or rota.problems.get(name, "")
    if entry := rota.entries.get(name):
        tables = entry.table or ", ".join(entry.mapping.get("tables", ()))
        row |= {"kind": entry.kind, "source": entry.source, "tables": tables, "freshness_hours": entry.freshness_hours}
    doing = health(held, row["freshness_hours"], now, by=standings.get(held.feeding) if held.feeding else None)
    if error and not held.error:
        doing = Health("red", "failed", "It cannot be synced as it is written.")
    planned = next((one for one in rota.planned(standings, default) if one.name == name), None)
    first = rota.first(name)
    feeder = standings.get(first, Standing()).feeding or first
    return row | {
        "status": doing.status,
        "health": doing.colour,
        "said": doing.said,
        "synced_at": held.good_at,
        "age_hours": (now - held.good_at).total_seconds() / 3600 if held.good_at else None,
        "row_at": held.row_at,
        "rows_read": last.rows_read if last else 0,
        "rows_written": last.rows_written if last else 0,
        "error": error,
        "next_at": next_at(planned, now) if planned else None,
        "every_seconds": interval_seconds(planned.every, held.idle) if planned else None,
        "paused_at": held.paused_at,
        "paused_by": held.paused_by,
        "wanted_at": held.wanted_at if held.is_wanted else None,
        "fallback": entry.fallback if entry else "",
        "instead_of": "" if first == name else first,
        "fed_by": feeder if feeder != name else "",
        "feeds": feeder == name,
        "hearing": held.hearing,
    }


def entry_states(
    rota: Rota,
    lake: Lake,
    state: State,
    standings: Mapping[str, Standing],
    *,
    tenant: str,
    now: datetime,
    default: Every,
) -> pd.DataFrame:
    """Every catalog entry as `entry_state` says it, one row each, with rows_quarantined, the rows it has there now."""
    held = Counter(lake.read("quarantine", tenant, columns=["entry"]).column("entry").to_pylist())
    last, naive = state.last_runs(tenant), now.astimezone(UTC).replace(tzinfo=None)
    rows = [
        entry_state(rota, name, standings, last.get(name), naive, default) | {"rows_quarantined": held[name]}
        for name in rota.names
    ]
    frame = pd.DataFrame(rows)
    for name in MOMENTS if rows else ():
        frame[name] = pd.to_datetime(frame[name])
    return frame


def colours(rota: Rota, standings: Mapping[str, Standing], now: datetime) -> dict[str, Health]:
    """Entry -> its health, of those that are nobody's fallback: what a page's foot and a health check say."""
    found = {}
    for name in rota.firsts:
        held, entry = standings.get(name, Standing()), rota.entries.get(name)
        by = standings.get(held.feeding) if held.feeding else None
        found[name] = health(held, entry.freshness_hours if entry else 24.0, now, by=by)
        if name in rota.problems:
            found[name] = Health("red", "failed", "It cannot be synced as it is written.")
    return found


def seeded(state: State, tenant: str) -> dict[str, Standing]:
    """How entries stand by what an older Deskbook kept of their syncs."""
    good = state.last_good_runs(tenant)
    return {
        name: Standing(
            begun_at=run.started_at,
            ended_at=run.started_at,
            good_at=good[name].started_at if name in good else None,
            has_rows=name in good,
            failures=0 if run.status == "ok" else 1,
            error=run.error,
        )
        for name, run in state.last_runs(tenant).items()
    }


def find_oddities(lake: Lake, rules: Rules, tenant: str, merged: Sequence[tuple[Any, ...]] = ()) -> pd.DataFrame:
    """What is odd in histories, schedules and policies, and what each switch of the rules decides; most first.

    Args:
        merged: what merging of several sources found, as rows of the same columns.

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
    rows += merged
    rows.sort(key=lambda row: -row[2])
    rows += [(one.name, one.subject, 1, one.said, one.applied) for one in rules.findings]
    return pd.DataFrame(rows, columns=["name", "subject", "count", "said", "applied"])
