"""Any metric by any two dimensions at a million tickets: every kind of metric, cut by pairs drawn at random.

A query is timed whole: its SQL, the table it gives and the receipt with its digest. Metrics whose SQL begins alike over
the same table cost alike, so one of each stands for them. Pairs by ticket or customer are no groups a person reads.
"""

from __future__ import annotations

from itertools import combinations
from random import Random
from statistics import median, quantiles
from time import perf_counter

from deskbook.book import Book
from deskbook.errors import BadValue
from deskbook.metrics import DIMENSIONS, registry
from tests.benchmarks import desks

TICKETS = 1_000_000
SEED, PAIRS, RUNS = 1, 9, 3
TARGET_MS = 150.0


def main() -> dict[str, float]:
    """Milliseconds of a warm query over the pairs, and how many take longer than is aimed at; those are printed."""
    book = desks.synced(TICKETS)
    book.view()
    took = {}
    for metric, pair in drawn(book):
        times = []
        book.query(metric, by=pair)  # the first of its kind finds no memory of its size yet
        for _ in range(RUNS):
            begun = perf_counter()
            rows = book.query(metric, by=pair).receipt.rows
            times.append((perf_counter() - begun) * 1_000)
        took[metric, *pair] = median(times)
        if took[metric, *pair] > TARGET_MS:
            print(f"  {metric} by {' and '.join(pair)}: {took[metric, *pair]:,.0f} ms, {rows:,} rows")
    spread = quantiles(took.values(), n=100)
    return {
        "queries": len(took),
        "query_p50_ms": median(took.values()),
        "query_p95_ms": spread[94],
        "query_max_ms": max(took.values()),
        "over_target": sum(one > TARGET_MS for one in took.values()),
    }


def drawn(book: Book) -> list[tuple[str, tuple[str, str]]]:
    """A metric of each kind with pairs that have a meaning for it."""
    kinds = {(one.table, one.at, one.stock, one.sql.split("(")[0]): name for name, one in reversed([*registry.items()])}
    cuts = [
        name
        for name, one in DIMENSIONS.items()
        if one.kind in ("word", "tag", "time") and name not in ("ticket", "customer")
    ]
    pairs, rng = [*combinations(cuts, 2)], Random(SEED)
    found: list[tuple[str, tuple[str, str]]] = []
    for name in kinds.values():
        rng.shuffle(pairs)
        fitting = (pair for pair in pairs if fits(book, name, pair))
        found += [(name, pair) for pair, _ in zip(fitting, range(PAIRS), strict=False)]
    return found


def fits(book: Book, metric: str, pair: tuple[str, str]) -> bool:
    """Whether the metric can be cut by both."""
    try:
        book.query(metric, by=pair, period="today")
    except BadValue:
        return False
    return True
