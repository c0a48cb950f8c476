"""How people ask in German, Spanish and French: each phrasing becomes the plan it means, or is refused by name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from deskbook.book import Book
from deskbook.rag import make_plan
from deskbook.rag.plan import Plan

from .conftest import BAD_DAY, DAYS, FIRST, Desk, add_bad_day, opened

METRICS: Final = {
    "volume": "tickets_created", "solved": "tickets_solved", "backlog": "open_backlog", "csat": "csat_good_pct",
    "reply": "first_reply_median_minutes", "p90": "first_reply_p90_minutes", "solve": "resolution_median_hours",
    "negative": "sentiment_negative_pct", "mood": "sentiment_mean", "messages": "messages", "in": "messages_in",
    "out": "messages_out", "reopened": "tickets_reopened", "unanswered": "tickets_unanswered",
    "customers": "customers_active", "": "",
}  # fmt: skip
Row = tuple[str, str, str, str, str, str]


def rows() -> list[tuple[str, Row]]:
    """(language, row) of every batch of every language."""
    listed: list[tuple[str, Row]] = []
    for code in ("de", "es", "fr"):
        batches = tomllib.loads((Path(__file__).parent / "phrasings" / f"{code}.toml").read_text("utf-8"))
        listed += [(code, tuple(row)) for batch in batches.values() for row in batch]
    return listed


def plain(where: str) -> str:
    """A filter with the values of a list in the order of the alphabet."""
    return re.sub(r"\(([^)]*)\)", lambda held: f"({', '.join(sorted(held[1].split(', ')))})", where)


def read(plan: Plan, more: str) -> Row:
    """A plan as a row says it; `more` tells which of its further parts are looked at."""
    if plan.problem:
        return ("refused", "", "", "", plan.problem, "")
    kind, metric = plan.kind, (*plan.metrics, "")[0]
    if plan.then:
        kind, metric = f"{kind}>{plan.then.kind}", f"{metric}>{(*plan.then.metrics, '')[0]}"
    base = plan.baseline.text if plan.baseline else ""
    told = {"by": " ".join(plan.by), "grain": plan.grain, "base": base, "search": plan.search}
    part = more.split(" ", 1)[0]
    return (kind, metric, plain(plan.where), f"{part} {told[part]}" if part else "", plan.period.text, "")


@pytest.fixture(scope="module")
def desk_of_priorities(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The desk with its bad day, and with tickets of every priority."""
    desk = Desk()
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        if day != BAD_DAY + timedelta(days=1):
            desk.ordinary_day(day)
    add_bad_day(desk)
    for number, ticket in enumerate(desk.tickets):
        ticket["priority"] = ("normal", "low", "high", "urgent")[number % 4]
    made = opened(desk, tmp_path_factory.mktemp("phrasings"))
    yield made
    made.lake.close()


@pytest.mark.parametrize(("code", "row"), rows(), ids=[row[-1] for _, row in rows()])
def test_a_phrasing_becomes_the_plan_it_means(code: str, row: Row, desk_of_priorities: Book) -> None:
    kind, metric, where, more, period, question = row
    found = read(plan := make_plan(question, desk_of_priorities), more)
    assert plan.language == code
    if kind == "refused":
        assert found[0] == "refused" and period in found[4]
        return
    metrics = ">".join(METRICS[name] for name in metric.split(">"))
    assert found == (kind, metrics, where, more, period, "")
