"""The sections of the Social page: hashtags, what spreads, and what is suddenly talked about."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from deskbook import views
from deskbook.book import Book
from deskbook.settings import Settings
from deskbook.store import Commit

from ..conftest import NOW, batch
from .conftest import MONDAY, THIS_WEEK, block

SOCIAL = {"where": "channel = social", "period": THIS_WEEK}
BURST = views.burst_table("What is new?", "tickets_created", by="tag", begins="#")
TOP = views.engaging("What spreads?", "social_reactions", "social_likes")


def post(number: int, days_ago: int, tags: list[str], likes: int = 0) -> dict[str, Any]:
    custom = json.dumps({"likes": likes, "replies": 1, "reposts": 0, "quotes": 0, "country": "GB"})
    return {
        "id": f"s{number}",
        "created_at": MONDAY + timedelta(days=4 - days_ago, minutes=number),
        "channel": "social",
        "status": "open",
        "subject": f"post {number}",
        "tags": tags,
        "custom": custom,
    }


@pytest.fixture
def social(book: Book) -> Book:
    """The small desk with ten weeks of #slow, twice a day, and a day on which everybody says #down."""
    posts = [post(number, number // 2, ["#slow", "vip"], likes=number % 7) for number in range(140)]
    posts += [post(500 + number, 1, ["#down"], likes=100 * number) for number in range(9)]
    book.lake.commit("main", Commit(entry="x", source="x", batches=[batch("tickets", posts)], cursor=None))
    book.measure()
    return book


def test_a_burst_is_told_with_what_was_expected_and_its_tickets(social: Book) -> None:
    drawn = block(social, BURST, **SOCIAL)
    assert [row[0]["text"] for row in drawn["rows"]] == ["#down"]
    count = drawn["rows"][0][2]
    assert count["text"] == "9" and count["receipt"].startswith("r")
    asked = count["cell"]
    assert social.count_behind(asked["metric"], asked["row"])[0] == 9
    assert "of ten shown, at most one is chance" in drawn["caption"]


def test_days_as_ever_are_no_bursts_and_it_is_said(social: Book) -> None:
    drawn = block(social, BURST, where="channel = social and tag = '#slow'", period=THIS_WEEK)
    assert drawn["state"] == "empty" and drawn["said"].startswith("Nothing stands out in the last 7 days")


def test_a_short_past_is_no_ground_for_a_burst(tmp_path: Path) -> None:
    made = Book(Settings(workspace=tmp_path), clock=lambda: NOW)
    rows = [post(number, number, ["#new"]) for number in range(5)]
    made.lake.commit("main", Commit(entry="x", source="x", batches=[batch("tickets", rows)], cursor=None))
    made.measure()
    drawn = block(made, BURST, **SOCIAL)
    assert drawn["state"] == "empty" and "not 21 days" in drawn["said"]
    made.lake.close()


def test_the_posts_that_spread_stand_first_with_every_figure_behind_a_receipt(social: Book) -> None:
    drawn = block(social, TOP, **SOCIAL)
    first = drawn["rows"][0]
    assert first[0]["text"] == "post 508" and first[3]["raw"] == 801 and first[4]["raw"] == 800
    assert len(drawn["rows"]) == 8 and all(cell["receipt"] for cell in first[3:])
    assert social.count_behind(first[3]["cell"]["metric"], first[3]["cell"]["row"]) == (1, 1)


def test_only_hashtags_are_ranked_and_none_is_a_share_of_all(social: Book) -> None:
    drawn = block(social, views.ranking("Tags?", "tickets_created", by="tag", begins="#"), **SOCIAL)
    assert [row["label"] for row in drawn["rows"]] == ["#slow", "#down"]
    assert {row["share"] for row in drawn["rows"]} == {""}


@pytest.mark.parametrize("section", [BURST, TOP, views.ranking("T", "tickets_created", by="tag", begins="#")])
def test_a_desk_without_a_social_channel_shows_empty_states(book: Book, section: Any) -> None:
    drawn = block(book, section, **SOCIAL)
    assert drawn["state"] == "empty" and drawn["said"]


def test_reactions_are_those_of_posts_only(social: Book) -> None:
    result = social.query(["social_reactions", "social_reactions_per_post", "social_likes"], by="channel")
    held = {row["channel"]: row for row in result.rows}
    assert held["social"]["social_likes"] == sum(number % 7 for number in range(140)) + 3600
    assert held["social"]["social_reactions"] == held["social"]["social_likes"] + 149
    assert held["chat"]["social_reactions"] == 0 and held["chat"]["social_reactions_per_post"] is None
