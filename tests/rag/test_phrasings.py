"""Questions in other people's words: each is read as what it means, or refused by name."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, cast

import pytest

from deskbook.metrics import GRAINS, Period, parse_period
from deskbook.rag import make_plan
from deskbook.rag.contract import Numbers
from deskbook.rag.plan import Plan

FILE: Final = Path(__file__).parent / "phrasings" / "en.toml"
ASKED: Final = tomllib.loads(FILE.read_text())
NOT_YET: Final = ASKED.pop("not_yet")
ROWS: Final = [row for rows in ASKED.values() for row in rows]
KNOWN_TO_FAIL: Final = [pytest.param(row, marks=pytest.mark.xfail(strict=True)) for row in NOT_YET]
DAYS: Final = [date(2025, 1, 1) + timedelta(days=n) for n in range(672)]
HELD: Final = {
    "team": ["Billing", "Technical", "Shipping", "Accounts", "Sales", "Onboarding"],
    "channel": ["email", "chat", "web", "phone", "social"],
    "priority": ["low", "normal", "high", "urgent"],
    "category": ["Refund", "Late delivery", "App crash", "Password reset"],
    "segment": ["consumer", "smb", "midmarket", "enterprise"],
    "language": ["en", "de", "fr", "es"],
}


class Names:
    """Names and days without a lake: a plan needs no more. Today is Wednesday, 4 Nov 2026."""

    settings = SimpleNamespace(zone="UTC")

    def now(self) -> datetime:
        return datetime(2026, 11, 4, 12, tzinfo=UTC)

    def period(self, period: str) -> Period:
        return parse_period(period, now=self.now(), zone="UTC")

    def choices(self, dimension: str) -> list[str]:
        return HELD.get(dimension, [])

    def query(self, *_: object, **__: object) -> Any:
        return SimpleNamespace(rows=[{"day": day.isoformat(), "messages": 1, "tickets_created": 1} for day in DAYS])


def said(plan: Plan) -> list[str]:
    cut = plan.by[0] if plan.by else plan.grain
    low = "-" if plan.kind == "rank" and not plan.highest else ""
    metric = plan.metrics[0] if plan.metrics else ""
    if plan.period.text in ("-7d", "all", ""):
        return [plan.kind, metric, plan.where, low + cut, "all time"]
    return [plan.kind, metric, plan.where, low + cut, plan.period.text]


def in_any_order(where: str) -> str:
    return " ".join(sorted(where.translate(str.maketrans("", "", "(),")).split()))


@pytest.mark.parametrize("row", [*ROWS, *KNOWN_TO_FAIL], ids=lambda row: row[0])
def test_a_question_in_other_words_is_read_as_it_is_meant(row: list[str]) -> None:
    plan = make_plan(row[0], cast(Numbers, Names()))
    if row[1] == "refused":
        assert plan.problem and row[2] in plan.problem
        return
    assert not plan.problem, plan.problem
    wanted, found = row[1:], said(plan)
    if plan.kind == "trend" and wanted[3] not in GRAINS:
        found[3] = ""
    found[2], wanted[2] = in_any_order(found[2]), in_any_order(wanted[2])
    assert found == wanted
