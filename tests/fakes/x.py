"""X for tests: a small network, and each request held against X's own specification."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx

from deskbook.samples.served.x import Network, app, snowflake
from deskbook.sources import Entry
from deskbook.sources.x import XSource

from .spec import Described
from .web import START, Faulty, Time, wire_to

BRAND, BRAND_ID = "NorthlightCare", "7000001"
X = Described("x/latest-openapi.json")


@dataclass
class Fake:
    """A network, the server over it, and sources that read it."""

    time: Any = field(default_factory=Time)
    checks: bool = True

    def __post_init__(self) -> None:
        self.network = Network(clock=self.time)
        self.web = Faulty(app(self.network), self.time)
        self.network.users[BRAND_ID] = {"id": BRAND_ID, "name": "Northlight", "username": BRAND}

    def user(self, name: str) -> str:
        """The id of an account, made when it is first named."""
        key = str(9_000_000 + sum(ord(one) * 31**at for at, one in enumerate(name)) % 900_000)
        self.network.users.setdefault(key, {"id": key, "name": name.title(), "username": name})
        return key

    def post(self, by: str, text: str, *, to: str = "", hours_ago: float = 1.0, **more: Any) -> str:
        """Write a post; who is named with @ is mentioned, #words are hashtags."""
        at = self.time() - timedelta(hours=hours_ago)
        author = BRAND_ID if by == BRAND else self.user(by)
        key = snowflake(at, f"{by} {text}")
        parent = self.network.posts.get(to)
        names = [
            {"username": name, "id": BRAND_ID if name == BRAND else self.user(name)}
            for name in re.findall(r"@(\w+)", text)
        ]
        entities = {"mentions": names, "hashtags": [{"tag": one} for one in re.findall(r"#(\w+)", text)]}
        post = {
            "id": key,
            "edit_history_tweet_ids": [key],
            "author_id": author,
            "conversation_id": parent["conversation_id"] if parent else key,
            "created_at": f"{at:%Y-%m-%dT%H:%M:%S}.000Z",
            "text": text,
            "entities": {kind: held for kind, held in entities.items() if held},
            "public_metrics": {"like_count": 0, "reply_count": 0, "retweet_count": 0, "quote_count": 0},
        }
        if parent:
            post |= {"referenced_tweets": [{"type": "replied_to", "id": to}]}
            post |= {"in_reply_to_user_id": parent["author_id"]}
            parent["public_metrics"]["reply_count"] += 1
        self.network.posts[key] = post | more
        return key

    def source(self, **options: Any) -> XSource:
        """A source of this network."""
        return XSource(self.entry(**options), self.time, wire_to(self.web, self.time))

    @staticmethod
    def entry(**options: Any) -> Entry:
        """An entry of it."""
        given = {"bearer_token": "let-me-in", "accounts": [BRAND], "base_url": "https://api.x.example", **options}
        return Entry(name="x", kind="x", source="x", options={k: v for k, v in given.items() if v is not None})

    def asked(self, path: str = "") -> list[httpx.Request]:
        """The requests so far, of one path where it is given."""
        return [one for one in self.web.asked if not path or re.fullmatch(path, one.url.path)]

    def check(self) -> None:
        """Hold every request so far against the specification, where it is there."""
        if self.checks and X.is_there:
            assert [said for one in self.web.asked for said in X.faults(one)] == []


CONVERSATIONS = 40


@dataclass
class Account:
    """A few dozen conversations, as the suite of all vendors asks for them."""

    fake: Fake
    page_requests: int = 6

    def __post_init__(self) -> None:
        self.app = self.fake.web
        for number in range(CONVERSATIONS):
            first = self.fake.post(f"ann{number}", f"@{BRAND} it is broken", hours_ago=60 + number)
            self.fake.post(BRAND, f"@ann{number} we look", to=first, hours_ago=2 + number / 2)

    def entry(self, base_url: str) -> Entry:
        """An entry with pages of ten."""
        return self.fake.entry(base_url=base_url, bearer_token="secret-bearer", page_posts=10)

    def expected(self) -> dict[str, set[str]]:
        """Every conversation, every post."""
        posts = self.fake.network.posts
        return {"messages": set(posts), "tickets": {one["conversation_id"] for one in posts.values()}}

    def touch(self) -> str:
        """Somebody answers in the oldest conversation."""
        posts = self.fake.network.posts
        first = min(posts, key=int)
        self.fake.post("ann39", f"@{BRAND} any news? {len(posts)}", to=first, hours_ago=0)
        return first

    def lock_out(self) -> None:
        """No token holds any longer."""
        self.fake.network.tokens = {"another"}


def desk(time: Callable[[], datetime]) -> Account:
    """An account at a moment."""
    return Account(Fake(time))


__all__ = ["BRAND", "BRAND_ID", "START", "Account", "Fake", "desk", "snowflake"]
