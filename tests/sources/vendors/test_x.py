"""X: what is read, how far, and what becomes of it; each trap of it by name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
import yaml

from deskbook.catalog import Catalog
from deskbook.samples.sample import write_sample
from deskbook.samples.served import entry_of, sandbox
from deskbook.samples.served.x import app, entry, records, variables
from deskbook.sources import utc_now
from deskbook.sources.x import XSource
from deskbook.sources.x.query import built

from ...fakes.web import wire_to
from ...fakes.x import BRAND, BRAND_ID, Fake
from .xnetwork import Rows, desk, read


@pytest.fixture
def fake() -> Iterator[Fake]:
    """A network; afterwards every request is held against X's specification."""
    made = Fake()
    yield made
    made.check()


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


def test_the_entry_of_the_guide_can_be_copied(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[3] / "docs" / "sources.md").read_text("utf-8")
    section = guide[guide.index("\n## X\n") + 5 :].partition("\n## ")[0]
    block, find = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)
    (tmp_path / "x.yaml").write_text(block)
    catalog = Catalog.open(tmp_path, {"X_BEARER_TOKEN": "secret"})
    assert not catalog.problems
    assert isinstance(catalog.source("x", utc_now), XSource)
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


def test_the_sandbox_of_today_gives_the_whole_sample_however_old_it_is(tmp_path: Path) -> None:
    write_sample(tmp_path / "sample", tickets=400, until=date(2026, 8, 31), days=60)
    made, _ = entry_of("x", "http://127.0.0.1:8700")
    options = {**made.options, "bearer_token": "sandbox"}
    wire = wire_to(sandbox("x", tmp_path / "sample"))
    _, rows = read(XSource(replace(made, options=options), utc_now, wire))
    tickets = pd.read_csv(tmp_path / "sample" / "tickets.csv")
    assert len(rows["tickets"]) == (tickets["channel"] == "social").sum() > 20
