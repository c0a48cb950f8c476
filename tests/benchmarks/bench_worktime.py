"""Business time of a million intervals, beside a loop over intervals and days as it is plainly written.

Run: PYTHONPATH=src python -m tests.benchmarks worktime. Three years under a Berlin office with lunch breaks,
public holidays and a change of hours; intervals of up to thirty days. The loop runs on a sample and its
seconds are scaled to the million.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import process_time
from zoneinfo import ZoneInfo

import numpy as np

from deskbook.metrics.worktime import Worktime, parse_schedules
from deskbook.metrics.worktime.rules import public_holidays

INTERVALS, SAMPLE, RUNS = 1_000_000, 500, 5
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
OFFICE = {
    "name": "office",
    "zone": "Europe/Berlin",
    "hours": {"mon-fri": "09:00-12:30 13:30-18:00"},
    "holidays": "DE-BE",
}
SPANS = (((9, 0), (12, 30)), ((13, 30), (18, 0)))


def loop(starts: list[int], ends: list[int]) -> list[int]:
    """The plain alternative: walk each interval's days and add up what overlaps, in zone-aware datetimes."""
    zone, closed = ZoneInfo("Europe/Berlin"), set(public_holidays("DE-BE", 2023, 2028))
    found = []
    for start_us, end_us in zip(starts, ends, strict=True):
        start, end = EPOCH + timedelta(microseconds=start_us), EPOCH + timedelta(microseconds=end_us)
        day: date = start.astimezone(zone).date()
        total = timedelta()
        while day <= end.astimezone(zone).date():
            if day.weekday() < 5 and day not in closed:
                for opens, closes in SPANS:
                    low = datetime(day.year, day.month, day.day, *opens, tzinfo=zone).astimezone(UTC)
                    high = datetime(day.year, day.month, day.day, *closes, tzinfo=zone).astimezone(UTC)
                    total += max(min(end, high) - max(start, low), timedelta())
            day += timedelta(days=1)
        found.append(total // timedelta(microseconds=1))
    return found


def main() -> dict[str, float]:
    """Seconds of one core for a million intervals; the loop must give the same on its sample."""
    first, last = ((moment - EPOCH) // timedelta(microseconds=1) for moment in (FIRST, LAST))
    dice = np.random.default_rng(7)
    start = dice.integers(first, last - 31 * 86_400_000_000, INTERVALS)
    end = start + dice.integers(0, 30 * 86_400_000_000, INTERVALS)
    (schedule,) = parse_schedules([OFFICE], zone="UTC").schedules
    runs: dict[str, list[float]] = {"of": [], "worked": [], "after": []}
    for _ in range(RUNS):
        begun = process_time()
        worktime = Worktime.of(schedule, first, last)
        runs["of"].append(process_time() - begun)
        begun = process_time()
        worked = worktime.worked(start, end)
        runs["worked"].append(process_time() - begun)
        begun = process_time()
        worktime.after(start, worked)
        runs["after"].append(process_time() - begun)
    begun = process_time()
    plain = loop(start[:SAMPLE].tolist(), end[:SAMPLE].tolist())
    scaled = (process_time() - begun) * INTERVALS / SAMPLE
    assert plain == worked[:SAMPLE].tolist(), "the loop and the engine disagree"
    return {
        "worktime_intervals": float(INTERVALS),
        "worktime_first_table_ms": runs["of"][0] * 1000,
        "worktime_next_table_ms": median(runs["of"]) * 1000,
        "worktime_worked_cpu_seconds": median(runs["worked"]),
        "worktime_after_cpu_seconds": median(runs["after"]),
        "worktime_loop_scaled_cpu_seconds": scaled,
        "worktime_loop_ratio": scaled / median(runs["worked"]),
    }
