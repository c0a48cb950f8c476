"""X: what it costs and refuses, and what is done about it; each trap of it by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from deskbook.errors import AuthFailed, ConfigError, SourceError, SourceMissing, Unreachable, Unreadable
from deskbook.sources.http import BudgetSpent
from deskbook.sources.payloads import payloads
from deskbook.sources.x.options import options_of, reached

from ...fakes.web import Fault
from ...fakes.x import BRAND, BRAND_ID, Fake, snowflake
from .xnetwork import desk, read

FORBIDDEN = Fault(403, {"title": "Forbidden", "detail": "Not in your access level", "status": 403})


@pytest.fixture
def fake() -> Iterator[Fake]:
    """A network; afterwards every request is held against X's specification."""
    made = Fake()
    yield made
    made.check()


def test_x_has_no_retry_after_only_a_moment_of_reset(fake: Fake) -> None:
    desk(fake, 2)
    reset = str(int(fake.time.seconds()) + 120)
    fake.web.plan = {1: Fault(429, {"title": "Too Many Requests"}, {"x-rate-limit-reset": reset})}
    _, rows = read(fake.source())
    assert len(rows["tickets"]) == 2 and sum(fake.time.slept) == pytest.approx(120, abs=2)


def test_a_refusal_in_plain_text_is_waited_for_too(fake: Fake) -> None:
    desk(fake, 1)
    fake.web.plan = {1: Fault(429, "Rate limit exceeded\n"), 2: Fault(503, "over capacity"), 3: Fault(cut=9)}
    _, rows = read(fake.source())
    assert len(rows["tickets"]) == 1


@pytest.mark.parametrize("skew", [-150.0, 150.0])
def test_clocks_that_differ_lose_nothing(fake: Fake, skew: float) -> None:
    desk(fake, 2)
    fake.web.skew_seconds = skew
    fake.network.clock = lambda: fake.time() + timedelta(seconds=skew)
    _, rows = read(fake.source(query="broken"))
    assert len(rows["tickets"]) == 2


def test_each_endpoint_has_its_own_limit(fake: Fake) -> None:
    desk(fake, 1)
    reset = str(int(fake.time.seconds()) + 600)
    headers = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": reset, "x-rate-limit-limit": "450"}
    fake.web.plan = {2: Fault(200, {"meta": {"result_count": 0}}, headers)}
    read(fake.source(conversations=False, query="broken"))
    assert not fake.time.slept  # mentions are used up; the search and its count are not


def test_an_hour_of_mentions_uses_nine_tenths_of_the_limit_and_is_never_refused(fake: Fake) -> None:
    fake.checks = False  # thousands of equal requests
    source = fake.source(conversations=False, accounts=[BRAND], posts_a_month=3_000_000)
    begin, held = fake.time.seconds(), {}
    cursor: dict[str, Any] = {"users": {BRAND.lower(): {"id": BRAND_ID, "name": ""}}}
    while fake.time.seconds() < begin + 3600:
        held = cursor
        read(source, held)
    asked = len(fake.asked(rf"/2/users/{BRAND_ID}/mentions"))
    assert asked >= 0.9 * 4 * 450
    assert all(count <= 450 for (lane, _), count in fake.network.windows.items() if lane == "mentions")


def test_counting_comes_before_a_search_costs_anything(fake: Fake) -> None:
    for number in range(40):
        fake.post(f"u{number}", f"northlight is slow {number}", hours_ago=1 + number)
    source = fake.source(accounts=[], query="northlight", posts_a_month=35)
    with pytest.raises(BudgetSpent, match=r"would read 40 posts, and 35 of 35 are left until 2026-12-01"):
        read(source)
    assert fake.network.read == 0
    assert [one.url.path for one in fake.asked()] == ["/2/tweets/counts/recent"]


def test_a_search_that_finds_nothing_is_counted_and_not_made(fake: Fake) -> None:
    pages, _ = read(fake.source(accounts=[], query="northlight"))
    assert pages == [] and not fake.asked("/2/tweets/search/recent")


def test_credentials_that_cannot_count_are_told_of_and_search_all_the_same(fake: Fake) -> None:
    fake.post("ann", "northlight is slow")
    fake.web.plan = {0: Fault(403, {"title": "Unsupported Authentication", "status": 403})}
    pages, rows = read(fake.source(accounts=[], query="northlight"))
    assert len(rows["tickets"]) == 1 and "does not count posts" in pages[0].notes[0]


def test_the_monthly_budget_is_a_hard_stop_that_says_what_is_left(fake: Fake) -> None:
    for number in range(400):
        fake.post(f"u{number}", f"@{BRAND} help {number}", hours_ago=1 + number / 10)
    source = fake.source(conversations=False, posts_a_month=150)
    pages = []
    with pytest.raises(BudgetSpent, match=r"has read 1\d\d of the 150 posts .* It goes on on 2026-12-01"):
        for page in source.pull({}):
            pages.append(page)
    assert fake.network.read <= 150 and pages[-1].cursor["budget"] == {"cycle": "2026-11-01", "read": fake.network.read}
    spent = fake.network.read
    with pytest.raises(BudgetSpent):
        read(source, dict(pages[-1].cursor))
    assert fake.network.read == spent
    fake.time.now = fake.time.now.replace(month=12)
    assert next(source.pull(dict(pages[-1].cursor))).cursor["budget"]["cycle"] == "2026-12-01"


@pytest.mark.parametrize("most", [31, 60, 95, 200])
def test_posts_that_come_along_count_and_never_break_the_budget(fake: Fake, most: int) -> None:
    desk(fake, 40)
    with pytest.raises(BudgetSpent):
        read(fake.source(posts_a_month=most))
    assert fake.network.read <= most


def test_a_used_up_cap_of_x_itself_ends_the_pull_at_once(fake: Fake) -> None:
    desk(fake, 2)
    fake.network.cap = 0
    fake.web.plan = {}
    with pytest.raises(BudgetSpent, match="usage cap"):
        read(fake.source())
    assert not fake.time.slept


def test_more_than_three_million_posts_are_not_sold_to_pay_per_use(fake: Fake) -> None:
    with pytest.raises(ConfigError, match="3,000,000"):
        fake.source(posts_a_month=3_000_001)
    assert fake.source(posts_a_month=3_000_001, contract="enterprise")


def test_a_page_that_repeats_for_ever_is_stopped_and_said(fake: Fake) -> None:
    desk(fake, 1)
    loop = {"data": [fake.network.posts[next(iter(fake.network.posts))]], "meta": {"next_token": "again"}}
    fake.web.plan = {count: Fault(200, loop) for count in range(1, 9)}
    with pytest.raises(Unreadable, match="leads back to a page"):
        read(fake.source())


def test_a_wrong_token_is_said_and_not_shown(fake: Fake) -> None:
    fake.network.tokens = {"other"}
    with pytest.raises(AuthFailed, match="401") as failed:
        read(fake.source())
    assert "let-me-in" not in str(failed.value)


def test_an_account_that_x_does_not_know_is_named(fake: Fake) -> None:
    with pytest.raises(SourceMissing, match="@nobody_here"):
        read(fake.source(accounts=[BRAND, "nobody_here"]))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"accounts": []}, "reads nothing"),
        ({"bearer_token": None}, "bearer_token"),
        ({"accounts": ["two words"]}, "two words"),
        ({"query": "lang:de"}, "only narrows"),
        ({"query": "a", "find": {"words": ["b"]}}, "two ways"),
        ({"query": '"open'}, "missing"),
        ({"posts_a_month": 0}, "read nothing"),
        ({"billing_day": 31}, "1 to 28"),
        ({"page_posts": 500}, "10 to 100"),
        ({"find": {"word": ["b"]}}, "words"),
        ({"query": "x" * 513}, "512"),
    ],
)
def test_bad_options_say_what_is_wanted(fake: Fake, options: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        fake.source(**options)


def test_nulls_everywhere_are_survived(fake: Fake) -> None:
    key = snowflake(fake.time.now, "null")
    fields = "author_id conversation_id entities public_metrics referenced_tweets geo note_tweet text created_at lang"
    fake.network.posts[key] = {"id": key, "created_at": "2026-11-02T07:00:00.000Z", "author_id": BRAND_ID}
    fault = {"data": [{"id": key, **dict.fromkeys(fields.split())}], "includes": None, "errors": None, "meta": {}}
    fake.web.plan = {2: Fault(200, fault)}
    _, rows = read(fake.source(conversations=False))
    assert rows["messages"][key]["text"] is None and rows["tickets"][key]["custom"] is None
    assert abs(rows["messages"][key]["sent_at"] - fake.time.now) < timedelta(seconds=1)  # as its id says


def test_a_server_that_fails_for_long_ends_the_pull_and_keeps_the_pages_before(fake: Fake) -> None:
    for number in range(150):
        fake.post(f"u{number}", f"@{BRAND} help {number}", hours_ago=1 + number / 10)
    fake.web.plan = {count: Fault(500) for count in range(3, 30)}
    pages = []
    with pytest.raises((Unreachable, SourceError)):
        for page in fake.source(conversations=False).pull({}):
            pages.append(page)
    assert len(pages) == 1


def test_a_redirect_to_another_host_is_not_followed(fake: Fake) -> None:
    fake.web.plan = {0: Fault(302, "", {"location": "https://elsewhere.example/2/users/by"})}
    with pytest.raises(Unreadable, match="must not get our credentials"):
        read(fake.source())


def test_an_endpoint_that_the_plan_lacks_is_skipped_and_said(fake: Fake) -> None:
    desk(fake, 2)
    fake.web.plan = {1: FORBIDDEN}  # the account's own posts
    pages, rows = read(fake.source())
    assert len(rows["tickets"]) == 2
    assert any("does not open timelines" in note and "access level" in note for note in pages[0].notes)


def test_credentials_that_open_nothing_name_the_scopes_that_are_wanted(fake: Fake) -> None:
    fake.web.plan = {1: FORBIDDEN, 2: FORBIDDEN}
    with pytest.raises(AuthFailed, match=r"access level.*scopes tweet\.read users\.read offline\.access"):
        read(fake.source())


def test_conversations_that_may_not_be_searched_are_kept_as_far_as_they_are_known(fake: Fake) -> None:
    desk(fake, 1)
    fake.web.plan = {3: FORBIDDEN}
    _, rows = read(fake.source(accounts=[BRAND]))
    assert len(rows["tickets"]) == 1 and len(rows["messages"]) == 3


def test_an_app_that_a_person_lets_in_asks_as_often_as_a_person_may(fake: Fake) -> None:
    options = options_of(fake.entry(bearer_token=None, client_id="abc"))
    limits = reached(options, replace(fake.entry(), keeper=Kept())).limits
    assert (limits["search"].requests, limits["mentions"].requests, limits["posts"].requests) == (300, 300, 900)
    app = fake.source(bearer_token=None, client_id="abc").app
    assert app and app.scope == ("tweet.read", "users.read", "offline.access") and fake.source().app is None
    with pytest.raises(AuthFailed, match="bearer_token"):
        reached(options, fake.entry())


class Kept:
    """A keeper of nothing."""

    def load(self) -> None:
        return None

    def save(self, tokens: Any) -> None:
        raise AssertionError("nothing is renewed here")


def test_what_x_adds_one_day_is_kept_however_deep(fake: Fake) -> None:
    deep: Any = "bottom"
    for _ in range(50):
        deep = {"more": [deep]}
    key = fake.post("ann", f"@{BRAND} help", new_thing=deep)
    pages, rows = read(fake.source(conversations=False))
    assert key in rows["tickets"] and payloads(pages[0])[0]["data"]["new_thing"] == deep


def test_a_preview_reads_ten_posts(fake: Fake) -> None:
    for number in range(60):
        fake.post(f"u{number}", f"@{BRAND} help {number}", hours_ago=1 + number)
    assert fake.source().sample(20).num_rows == 10 == fake.network.read
