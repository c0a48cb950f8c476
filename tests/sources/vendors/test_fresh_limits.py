"""Freshdesk and Freshservice are asked as often as the plan allows, and no oftener."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from deskbook.errors import UnknownName
from tests.fakes.fresh import Limited
from tests.fakes.web import START

from .test_fresh import account, pulled, tables


@pytest.mark.parametrize(
    ("plan", "account_limit", "tickets"), [("growth", 200, 20), ("pro", 400, 100), ("trial", 50, 20)]
)
def test_limits_are_those_of_the_plan_and_of_the_endpoint(plan: str, account_limit: int, tickets: int) -> None:
    source: Any = account().source(plan=plan, requests_per_minute=0)
    limits = source._account.limits
    assert (limits[""].requests, limits["tickets"].requests) == (account_limit, tickets)
    assert limits["tickets"].limit == "", "Freshdesk tells the account's limit there"
    service: Any = account("freshservice").source(plan="enterprise", requests_per_minute=0)
    assert service._account.limits["tickets"].requests == 140
    with pytest.raises(UnknownName, match="growth"):
        account().source(plan="grwth")


def test_an_hour_uses_nine_tenths_of_the_limit_and_is_never_refused() -> None:
    desk = account(tickets=3_000)
    limited = Limited(desk.fake.app.app, desk.time, 50)
    desk.fake.app.app = limited
    moments: list[float] = []
    desk.fake.app.after = lambda count: moments.append(desk.time.seconds())
    for _ in desk.source(plan="trial", requests_per_minute=0, page_size=100).pull({}):
        if desk.time.now - START > timedelta(hours=1):
            break
    within = [at for at in moments if at - moments[0] < 3600]
    assert limited.refused == 0 and moments[-1] - moments[0] >= 3600
    assert len(within) >= 0.9 * 50 * 60


def test_a_refusal_waits_as_long_as_it_is_told_and_what_was_refused_counts() -> None:
    desk = account()
    desk.fake.app.app = Limited(desk.fake.app.app, desk.time, 20)
    assert set(tables(desk)["tickets"]["id"]) == {str(n) for n in range(1, 13)}
    assert desk.time.slept and max(desk.time.slept) >= 30


def test_what_other_programs_use_of_the_limit_is_heeded_by_the_headers() -> None:
    desk = account(tickets=60)
    limited = Limited(desk.fake.app.app, desk.time, 50)
    limited.used.append((desk.time.seconds(), 40))
    desk.fake.app.app = limited
    pulled(desk, plan="trial", requests_per_minute=0, page_size=100)
    assert limited.refused == 0 and len(desk.fake.app.asked) > 60
