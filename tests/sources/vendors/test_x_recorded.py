"""What X really sent, and real support conversations, through the same rows."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
import yaml

from deskbook.schema import Batch
from deskbook.sources import Page, twitter
from deskbook.sources.payloads import payload_page
from deskbook.sources.x.posts import Gathered
from deskbook.sources.x.rows import normalise

NOW = datetime(2026, 11, 2, tzinfo=UTC)
RECORDED = [
    *("get_home_timeline", "get_liked_tweets", "get_list_tweets", "get_quote_tweets", "get_tweet", "get_tweets"),
    *("get_users_mentions", "get_users_tweets", "search_all_tweets", "search_recent_tweets", "bookmarks"),
]


@cache
def _answers(path: Path) -> list[Any]:
    """The JSON bodies of a recording."""
    found = []
    for one in yaml.load(path.read_text(), yaml.CSafeLoader)["interactions"]:
        body = one["response"].get("body", one["response"]).get("string") or b""
        body = body.encode() if isinstance(body, str) else body
        if body[:2] == b"\x1f\x8b":
            body = gzip.decompress(body)
        if body.strip():
            found.append(json.loads(body))
    return found


@pytest.mark.parametrize("kind", ["client", "asyncclient"])
@pytest.mark.parametrize("name", RECORDED)
def test_every_recorded_answer_is_read_without_a_reject(shared: Path, name: str, kind: str) -> None:
    path = shared / "specs" / "x" / "fixtures-tweepy" / "cassettes" / f"test_{kind}_{name}.yaml"
    if not path.exists():
        pytest.skip(f"{path.name} was not recorded")
    posts = 0
    for data in _answers(path):
        found = Gathered()
        found.add(data)
        page = payload_page(found.payloads(found.conversations(found.posts.values())), "x posts", {})
        batches = normalise(page, {}, NOW)
        assert not [one for batch in batches for one in batch.rejects]
        posts += batches[1].rows.num_rows
    assert posts or name == "bookmarks"


def _sent(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of an export as X would have sent them."""
    made = []
    for row in frame.to_dict("records"):
        at = pd.to_datetime(row["created_at"], format="%a %b %d %H:%M:%S %z %Y")
        is_brand = str(row["inbound"]).lower() == "false"
        post = {
            "id": str(row["tweet_id"]),
            "author_id": str(row["author_id"]),
            "created_at": f"{at.tz_convert('UTC'):%Y-%m-%dT%H:%M:%S}.000Z",
            "text": row["text"],
        }
        if row["in_response_to_tweet_id"]:
            parent = row["in_response_to_tweet_id"].removesuffix(".0")
            post["referenced_tweets"] = [{"type": "replied_to", "id": parent}]
        name = "brand" if is_brand else str(row["author_id"])
        made.append({"data": post, "includes": {"users": [{"id": post["author_id"], "username": name}]}})
    return made


def _threads(messages: Batch) -> set[frozenset[str]]:
    held: dict[str, set[str]] = {}
    for one in messages.rows.select(["id", "ticket_id"]).to_pylist():
        held.setdefault(one["ticket_id"], set()).add(one["id"])
    return {frozenset(one) for one in held.values()}


@pytest.mark.parametrize("file", ["tweets_100.csv", "sample_head_1000.csv"])
def test_real_conversations_become_the_tickets_that_an_export_of_them_becomes(shared: Path, file: str) -> None:
    frame = pd.read_csv(shared / "data" / "twcs_twitter_support" / file, dtype=str, keep_default_na=False)
    frame["response_tweet_id"] = ""  # X tells answers from below only
    frame = frame.drop_duplicates("tweet_id", keep="last")
    rows = pa.Table.from_pandas(frame, preserve_index=False)
    exported = twitter.normalise(Page(rows, frame.index.to_numpy(), file, {}), NOW)
    pulled = normalise(payload_page(_sent(frame), file, {}), {"brand": "agent"}, NOW)
    columns = ["created_at", "subject", "status", "customer_id"]
    theirs = exported[0].rows.to_pandas().set_index("id")[columns]
    ours = pulled[0].rows.to_pandas().set_index("id")[columns]
    assert len(ours) > 20 and not [one for batch in pulled for one in batch.rejects]
    asked = theirs[theirs["customer_id"].notna()]  # where no customer wrote there is no ticket of ours
    first = {min(one, key=int): one for one in _threads(exported[1])}
    ours.index = pd.Index([min(one, key=int) for one in map(_holding(first), ours.index)], name="id")
    pd.testing.assert_frame_equal(ours.sort_index(), asked.sort_index())
    assert _threads(pulled[1]) <= _threads(exported[1])


def _holding(first: dict[str, frozenset[str]]) -> Any:
    """The thread that a ticket's id stands for: its first post, or one that is not there and was answered."""
    return lambda key: first.get(key) or frozenset([key])
