"""Every clock of 100,000 tickets with a million events.

Run: PYTHONPATH=src python -m tests.benchmarks clocks. Each history has ten events and six messages, two schedules, and
a policy with all six targets on business hours. `measure` runs in a process of its own, so that its peak of memory
is its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from deskbook.clocks import Batch, Rules, make_rules, measure
from deskbook.store import Lake, Unmeasured
from deskbook.sync import measure_tickets

TICKETS, EVENTS, MESSAGES, CHANGED = 100_000, 10, 6, 1_000
TARGETS = ("first_reply", "next_reply", "requester_wait", "agent_work", "periodic_update", "resolution")
HOURS = {"mon-thu": "09:00-12:30 13:30-18:00", "fri": "09:00-16:00"}
SCHEDULES = (
    {"name": "office", "zone": "Europe/Berlin", "hours": HOURS, "holidays": "DE-BE"},
    {"name": "nights", "zone": "America/New_York", "hours": {"mon-sun": "22:00-06:00"}, "for": {"channel": "phone"}},
)
PROMISED = {"urgent": "1h", "high": "4h", "normal": "2d"}
POLICY = {"name": "all", "hours": "business"} | {target: PROMISED for target in TARGETS}

DICE = "CREATE OR REPLACE TEMP MACRO dice(i, k, salt, sides) AS (hash(i, k, salt) % sides)::BIGINT"
BORN = "TIMESTAMPTZ '2026-01-01 00:00:00Z' + to_seconds(dice(i, 0, 0, 180 * 86400)"
TICKET_ROWS = f"""
INSERT INTO lake.tickets BY NAME
SELECT 'main' AS tenant, 'desk' AS source, 't' || i AS id, 0 AS row_hash, {BORN}) AS created_at,
       CASE WHEN i % 5 > 0 THEN 'solved' ELSE 'open' END AS status,
       ['low', 'normal', 'high', 'urgent'][dice(i, 0, 1, 4) + 1] AS priority,
       ['email', 'chat', 'phone', 'web'][dice(i, 0, 2, 4) + 1] AS channel, 'c' || dice(i, 0, 3, 12) AS category,
       'team ' || dice(i, 0, 4, 8) AS team, 'agent ' || dice(i, 0, 5, 60) AS agent,
       'u' || dice(i, 0, 6, 40000) AS customer_id, ['tag' || dice(i, 0, 7, 20)] AS tags
FROM range($tickets) t(i)
"""
EVENT_ROWS = f"""
INSERT INTO lake.events BY NAME
WITH drawn AS (
    SELECT *, k = $each - 1 AS is_last,
           ['status', 'status', 'status', 'team', 'assignment', 'priority'][dice(i, k, 8, 6) + 1] AS word
    FROM range($tickets) t(i), range($each) e(k)
), kinds AS (SELECT *, CASE WHEN is_last THEN 'status' ELSE word END AS kind FROM drawn)
SELECT 'main' AS tenant, 'desk' AS source, 'e' || i || '-' || k AS id, 't' || i AS ticket_id, hash(i, k) AS row_hash,
       {BORN} + k * 20000 + dice(i, k, 9, 19000)) AS occurred_at, kind,
       CASE WHEN kind = 'team' THEN 'team ' || dice(i, k, 10, 8)
            WHEN kind = 'assignment' THEN 'agent ' || dice(i, k, 10, 60)
            WHEN kind = 'priority' THEN ['low', 'normal', 'high', 'urgent'][dice(i, k, 10, 4) + 1]
            WHEN NOT is_last THEN ['open', 'pending', 'hold', 'open', 'solved'][dice(i, k, 10, 5) + 1]
            WHEN i % 5 > 0 THEN 'solved' ELSE 'open' END AS new_value
FROM kinds
"""
MESSAGE_ROWS = f"""
INSERT INTO lake.messages BY NAME
SELECT 'main' AS tenant, 'desk' AS source, 'm' || i || '-' || k AS id, 't' || i AS ticket_id, hash(i, k) AS row_hash,
       {BORN} + k * 30000 + CASE WHEN k > 0 THEN dice(i, k, 11, 29000) ELSE 0 END) AS sent_at,
       CASE WHEN k % 2 = 1 THEN 'agent' ELSE 'customer' END AS author_role, 'agent ' || dice(i, k, 12, 60) AS author_id,
       dice(i, k, 13, 9) > 0 AS is_public
FROM range($tickets) t(i), range($each) e(k)
"""
TOUCHED = """
UPDATE lake.events SET row_hash = 1 WHERE id IN (SELECT 'e' || i * 97 || '-0' FROM range($changed) t(i))
"""


def main() -> dict[str, float]:
    """Seconds and memory of measuring, seconds after a thousand tickets changed."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        lake = lake_of(Path(folder), TICKETS, EVENTS, MESSAGES)
        figures |= alone(lake)
        figures |= with_lake(lake)
        lake.close()
    return figures


def book() -> Rules:
    """The rules everything is measured under."""
    return make_rules(zone="UTC", schedules=SCHEDULES, policies=[POLICY])


def lake_of(folder: Path, tickets: int, events: int, messages: int) -> Lake:
    """A lake with so many tickets, each with so many events and messages, not measured."""
    lake = Lake(f"sqlite:///{folder}/deskbook.db", str(folder / "files"), state=folder)
    with lake.writing() as con:
        con.execute(DICE)
        con.execute(TICKET_ROWS, {"tickets": tickets})
        con.execute(EVENT_ROWS, {"tickets": tickets, "each": events})
        con.execute(MESSAGE_ROWS, {"tickets": tickets, "each": messages})
    return lake


def alone(lake: Lake) -> dict[str, float]:
    """`measure` in a process that does nothing else."""
    import pyarrow.parquet as pq

    wanted = Unmeasured(lake, "main", "")
    (tables,) = wanted.batches(TICKETS)
    wanted.close()
    with tempfile.TemporaryDirectory() as folder:
        for name, table in zip(("tickets", "messages", "events"), tables, strict=True):
            pq.write_table(table, f"{folder}/{name}.parquet")
        done = subprocess.run([sys.executable, "-m", __name__, folder], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def measured(folder: str) -> dict[str, float]:
    """Seconds and peak megabytes of one batch, read from files."""
    import pyarrow.parquet as pq

    batch = Batch(*(pq.read_table(f"{folder}/{name}.parquet") for name in ("tickets", "messages", "events")))
    rules, before = book(), peak_mb()
    begun, cpu = perf_counter(), process_time()
    found = measure(batch, rules)
    return {
        "clocks_tickets": batch.tickets.num_rows,
        "clocks_events": batch.events.num_rows,
        "clocks_messages": batch.messages.num_rows,
        "clocks_promises": found["promises"].num_rows,
        "clocks_measure_seconds": perf_counter() - begun,
        "clocks_measure_cpu_seconds": process_time() - cpu,
        "clocks_measure_peak_mb": peak_mb(),
        "clocks_before_measure_mb": before,
    }


def peak_mb() -> float:
    """The most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def with_lake(lake: Lake) -> dict[str, float]:
    """Measuring from lake to lake: all tickets, none, and those with a new event."""
    rules, found = book(), {}
    for name in ("all", "none", "changed"):
        if name == "changed":
            with lake.writing() as con:
                con.execute(TOUCHED, {"changed": CHANGED})
        begun, cpu = perf_counter(), process_time()
        count = measure_tickets(lake, rules, tenant="main")
        found[f"clocks_lake_{name}_seconds"] = perf_counter() - begun
        found[f"clocks_lake_{name}_cpu_seconds"] = process_time() - cpu
        assert count == {"all": TICKETS, "none": 0, "changed": CHANGED}[name], count
    return found


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1])))
