"""X: what is read, how far, at which cost; each trap of it by name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from deskbook.catalog import Catalog
from deskbook.errors import AuthFailed, ConfigError, SourceError, SourceMissing, Unreachable, Unreadable
from deskbook.samples.sample import write_sample
from deskbook.samples.served.x import app, entry, records, variables
from deskbook.sources import Page, utc_now
from deskbook.sources.http import BudgetSpent
from deskbook.sources.x import XSource
from deskbook.sources.x.query import built

from ...fakes.web import Fault
from ...fakes.x import BRAND, BRAND_ID, SPEC, Fake, snowflake

Rows = dict[str, dict[str, dict[str, Any]]]


@pytest.fixture
def fake(shared: Path) -> Iterator[Fake]:
    """A network; afterwards every request is held against X's specification."""
    made = Fake(spec=shared / SPEC)
    yield made
    made.check()


def read(source: XSource, cursor: dict[str, Any] | None = None) -> tuple[list[Page], Rows]:
    """All pages, and their rows by table and id; each cursor passes through JSON."""
    pages, rows = [], {}
    for page in source.pull(cursor or {}):
        assert json.loads(json.dumps(page.cursor)) == page.cursor
        pages.append(page)
        for batch in source.normalise(page):
            assert not batch.rejects, batch.rejects
            rows.setdefault(batch.table, {}).update({one["id"]: one for one in batch.rows.to_pylist()})
    return pages, rows


def desk(fake: Fake, conversations: int = 12) -> list[str]:
    """Conversations of a question, an answer and thanks; the ids of their first posts."""
    made = []
    for number in range(conversations):
        first = fake.post(f"ann{number}", f"@{BRAND} it is broken {number} #down", hours_ago=30 + number)
        answer = fake.post(BRAND, f"@ann{number} we look", to=first, hours_ago=20 + number / 10)
        fake.post(f"ann{number}", f"@{BRAND} thanks", to=answer, hours_ago=10 + number / 10)
        made.append(first)
    return made


def test_a_conversation_is_a_ticket_with_roles_tags_and_figures(fake: Fake) -> None:
    first = fake.post(
        "ann",
        f"@{BRAND} All is down since noon #Outage",
        hours_ago=5,
        public_metrics={"like_count": 7, "reply_count": 1, "retweet_count": 2, "quote_count": 1},
        geo={"place_id": "p1"},
    )
    fake.network.places["p1"] = {"id": "p1", "full_name": "Leeds, England", "country_code": "GB"}
    answer = fake.post(BRAND, "@ann We are on it", to=first, hours_ago=4)
    fake.network.posts[first]["public_metrics"]["reply_count"] = 1
    _, rows = read(fake.source())
    ticket = rows["tickets"][first]
    assert ticket["status"] == "pending" and ticket["channel"] == "social" and ticket["team"] == BRAND
    assert ticket["tags"] == ["#outage"] and ticket["customer_id"] == fake.user("ann")
    assert json.loads(ticket["custom"]) == {
        **{"likes": 7, "replies": 1, "reposts": 2, "quotes": 1},
        **{"place": "Leeds, England", "country": "GB"},
    }
    assert ticket["first_reply_at"] is None and ticket["url"] == f"https://x.com/ann/status/{first}"
    assert {one["author_role"] for one in rows["messages"].values()} == {"customer", "agent"}
    assert rows["messages"][answer]["reply_to_id"] == first and rows["messages"][answer]["is_public"]
    assert rows["agents"][BRAND_ID]["name"] == BRAND and rows["customers"][fake.user("ann")]["name"] == "Ann"


def test_a_second_pull_adds_nothing_and_costs_nothing(fake: Fake) -> None:
    desk(fake)
    pages, rows = read(fake.source())
    spent = fake.network.read
    assert len(rows["tickets"]) == 12 and len(rows["messages"]) == 36
    again, _ = read(fake.source(), pages[-1].cursor)
    assert again == [] and fake.network.read == spent


def test_only_what_is_newer_is_asked_for(fake: Fake) -> None:
    desk(fake, 3)
    pages, _ = read(fake.source())
    newest = max(fake.network.posts, key=int)
    fake.time.pass_by(3600)
    late = fake.post("zoe", f"@{BRAND} me too", hours_ago=0.2)
    _, rows = read(fake.source(), pages[-1].cursor)
    assert set(rows["tickets"]) == {late}
    asked = fake.asked(rf"/2/users/{BRAND_ID}/mentions")[-1].url.params
    assert asked["since_id"] == newest and "start_time" not in asked


def test_a_pull_after_any_page_gives_the_rest(fake: Fake) -> None:
    for number in range(260):
        fake.post(f"u{number}", f"@{BRAND} help {number}", hours_ago=1 + number / 10)
    source = fake.source(conversations=False)
    pages, rows = read(source)
    assert len(pages) == 3 and len(rows["tickets"]) == 260
    for place, page in enumerate(pages):
        _, rest = read(source, page.cursor)
        before: Rows = {}
        for each in pages[: place + 1]:
            for batch in source.normalise(each):
                before.setdefault(batch.table, {}).update({one["id"]: one for one in batch.rows.to_pylist()})
        assert {*before["tickets"], *rest.get("tickets", {})} == set(rows["tickets"])
        assert len(rest.get("tickets", {})) == 260 - len(before["tickets"])


def test_what_is_written_while_an_unfinished_pass_waits_is_not_lost(fake: Fake) -> None:
    for number in range(150):
        fake.post(f"u{number}", f"@{BRAND} help {number}", hours_ago=1 + number / 10)
    source = fake.source(conversations=False)
    first = next(source.pull({}))
    fake.time.pass_by(600)
    late = fake.post("zoe", f"@{BRAND} late", hours_ago=0.05)
    _, rest = read(source, dict(first.cursor))
    assert late in rest["tickets"] and len(rest["tickets"]) == 51


def test_posts_that_come_and_go_while_paging_neither_repeat_nor_lose_others(fake: Fake) -> None:
    ids = [fake.post(f"u{number}", f"@{BRAND} help {number}", hours_ago=1 + number / 10) for number in range(250)]

    def change(count: int) -> None:
        if count == 2:
            fake.post("new", f"@{BRAND} new", hours_ago=0)
            fake.network.posts.pop(ids[3])

    fake.web.after = change
    _, rows = read(fake.source(conversations=False))
    assert set(ids) - {ids[3]} <= set(rows["tickets"])


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
    fake.spec = None  # thousands of equal requests
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


def test_partial_errors_of_a_good_answer_are_noted(fake: Fake) -> None:
    gone = fake.post("ann", f"@{BRAND} gone", hours_ago=30)
    fake.post("bob", f"@{BRAND} me too", to=gone, hours_ago=2)
    fake.network.hidden.add(gone)
    pages, _ = read(fake.source())
    assert any("Not Found Error" in note for page in pages for note in page.notes)


def test_a_missing_first_post_still_names_the_ticket(fake: Fake) -> None:
    gone = fake.post("ann", f"@{BRAND} gone", hours_ago=30)
    mine = fake.post("bob", f"@{BRAND} me too", to=gone, hours_ago=2)
    fake.network.hidden.add(gone)
    _, rows = read(fake.source())
    assert set(rows["tickets"]) == {gone} and rows["messages"][mine]["ticket_id"] == gone
    assert rows["messages"][mine]["reply_to_id"] == gone


def test_a_first_post_older_than_a_search_is_looked_up(fake: Fake) -> None:
    first = fake.post("ann", f"@{BRAND} long ago", hours_ago=24 * 20)
    fake.post("ann", f"@{BRAND} any news?", to=first, hours_ago=1)
    _, rows = read(fake.source())
    assert rows["tickets"][first]["created_at"] == fake.time.now - timedelta(days=20)
    assert len(rows["messages"]) == 2


def test_answers_that_mention_nobody_come_with_their_conversation(fake: Fake) -> None:
    first = fake.post("ann", f"@{BRAND} broken", hours_ago=5)
    other = fake.post("bob", "same here", to=first, hours_ago=4)
    _, rows = read(fake.source())
    assert other in rows["messages"] and len(rows["tickets"]) == 1
    _, alone = read(fake.source(conversations=False))
    assert other not in alone["messages"]


def test_many_conversations_share_a_search_as_far_as_its_length_allows(fake: Fake) -> None:
    for number in range(30):
        first = fake.post(f"ann{number}", f"@{BRAND} broken", hours_ago=30 + number)
        fake.post(f"bob{number}", "same here", to=first, hours_ago=4)
    read(fake.source())
    queries = [one.url.params["query"] for one in fake.asked("/2/tweets/search/recent")]
    assert len(queries) == 3 and all(len(one) <= 512 for one in queries)


def test_the_long_text_of_a_note_is_taken(fake: Fake) -> None:
    text = "word " * 100
    key = fake.post("ann", f"@{BRAND} word…", note_tweet={"text": text, "entities": {"hashtags": [{"tag": "Late"}]}})
    _, rows = read(fake.source())
    assert rows["messages"][key]["text"] == text and rows["tickets"][key]["tags"] == ["#late"]


def test_both_generations_of_names_are_read(fake: Fake) -> None:
    root = fake.post("ann", f"@{BRAND} broken", hours_ago=5)
    key = fake.post("bob", f"@{BRAND} too", to=root, hours_ago=4)
    held = fake.network.posts[key]
    held["referenced_posts"] = held.pop("referenced_tweets")
    held["edit_history_post_ids"] = held.pop("edit_history_tweet_ids")
    held["public_metrics"] = {"like_count": 1, "reply_count": 0, "repost_count": 4, "quote_count": 0}
    _, rows = read(fake.source(conversations=False))
    assert rows["messages"][key]["reply_to_id"] == root
    assert json.loads(rows["tickets"][root]["custom"])["likes"] in (0, 1)


def test_posts_that_only_pass_others_on_are_no_messages(fake: Fake) -> None:
    first = fake.post("ann", f"@{BRAND} broken", hours_ago=5)
    fake.post("fan", f"RT @ann: @{BRAND} broken", referenced_tweets=[{"type": "retweeted", "id": first}])
    _, rows = read(fake.source())
    assert set(rows["tickets"]) == {first} == set(rows["messages"])


def test_what_nobody_answered_to_our_own_post_is_no_ticket(fake: Fake) -> None:
    fake.post(BRAND, "We have a sale", hours_ago=5)
    _, rows = read(fake.source())
    assert not rows["tickets"] and not rows["messages"]


def test_a_search_further_back_than_seven_days_says_what_is_missing(fake: Fake) -> None:
    fake.post("ann", "northlight is slow", hours_ago=1)
    source = fake.source(accounts=[], query="northlight")
    pages, _ = read(source)
    fake.time.pass_by(9 * 86_400)
    fake.post("bob", "northlight is fast", hours_ago=1)
    pages, rows = read(source, dict(pages[-1].cursor))
    assert len(rows["tickets"]) == 1 and any("older than the seven days" in note for note in pages[0].notes)


def test_another_query_begins_anew(fake: Fake) -> None:
    fake.post("ann", "northlight is slow", hours_ago=3)
    pages, _ = read(fake.source(accounts=[], query="northlight"))
    _, rows = read(fake.source(accounts=[], query="slow"), dict(pages[-1].cursor))
    assert len(rows["tickets"]) == 1


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


def test_the_entry_of_the_guide_can_be_copied(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[3] / "docs" / "sources.md").read_text("utf-8")
    (block,) = re.findall(r"```yaml\n((?:(?!```).)*kind: x\n.*?)```", guide, re.DOTALL)
    (tmp_path / "x.yaml").write_text(block)
    catalog = Catalog.open(tmp_path, {"X_BEARER_TOKEN": "secret"})
    assert not catalog.problems
    assert isinstance(catalog.source("x", utc_now), XSource)
    (find,) = re.findall(r"```yaml\n( +find:.*?)```", guide, re.DOTALL)
    assert str(built(yaml.safe_load(find)["find"])) == (
        'refund "not working" (northlight OR #northlight) (lang:en OR lang:de) has:links '
        "-is:retweet -from:northlightdeals"
    )


def test_the_served_sample_desk_is_read_as_the_desk_it_is(fake: Fake, tmp_path: Path) -> None:
    write_sample(tmp_path / "sample", tickets=400, until=date(2026, 10, 31), days=60)
    served = records(tmp_path / "sample")
    fake.web.app, held = app(served), served.posts
    options = entry("https://api.x.example") | {"bearer_token": variables()["X_BEARER_TOKEN"]}
    _, rows = read(fake.source(**options))
    tickets = pd.read_csv(tmp_path / "sample" / "tickets.csv")
    social = tickets[tickets["channel"] == "social"]
    assert len(rows["tickets"]) == len(social) > 20 and set(rows["messages"]) == set(held)
    custom = [json.loads(one["custom"]) for one in rows["tickets"].values()]
    assert sum(one["likes"] for one in custom) == social["likes"].sum()
    assert sorted(one["place"] for one in custom if "place" in one) == sorted(social["place"].dropna())
