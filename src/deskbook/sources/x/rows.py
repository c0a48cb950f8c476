"""Posts as rows of the standard tables: a conversation is a ticket, as it is in exports of tweets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np

from deskbook.schema import Batch
from deskbook.sources.contract import Page
from deskbook.sources.payloads import batch_of, payloads
from deskbook.sources.threads import threads
from deskbook.sources.twitter import subject_of
from deskbook.sources.x.posts import Post, metric, moment, referred

FIGURES: Final[Mapping[str, str]] = {
    "likes": "like_count",
    "replies": "reply_count",
    "reposts": "retweet_count",
    "quotes": "quote_count",
    "bookmarks": "bookmark_count",
    "views": "impression_count",
}
"""Custom field -> X's public figure."""
LONGEST_ID: Final = 19
NOBODY: Final[Mapping[str, Any]] = {}


@dataclass(frozen=True, kw_only=True)
class _Said:
    """One post, read.

    Attributes:
        place: of its payload in the page.
        at: when it was sent, as X writes it, or as its id says.
    """

    place: int
    id: str
    at: str | None
    role: str
    post: Post
    user: Mapping[str, Any]
    where: Mapping[str, Any]

    @property
    def order(self) -> tuple[str, int, str]:
        """Its place in time; ids grow with it."""
        return self.at or "", len(self.id), self.id


def normalise(page: Page, roles: Mapping[str, str], now: datetime) -> list[Batch]:
    """A page's posts as tickets (one a conversation), messages (one a post), customers, agents and teams.

    A conversation in which no customer wrote is no ticket.

    Args:
        roles: name of an account in lower case -> agent or bot.
    """
    said = [_said(place, one, roles) for place, one in enumerate(payloads(page))]
    of = _conversations(said)
    grouped: dict[str, list[_Said]] = defaultdict(list)
    for one in sorted(said, key=lambda one: one.order):
        grouped[of.get(one.id, one.id)].append(one)
    asked = {key: held for key, held in grouped.items() if any(one.role == "customer" for one in held)}
    tickets = [_ticket(key, held) for key, held in asked.items()]
    messages = [_message(key, one) for key, held in asked.items() for one in held]
    places = [one.place for held in asked.values() for one in held]
    return [
        batch_of("tickets", tickets, page, now, of=[_own(held).place for held in asked.values()]),
        batch_of("messages", messages, page, now, of=places),
        *_people(said, page, now),
    ]


def _said(place: int, payload: Mapping[str, Any], roles: Mapping[str, str]) -> _Said:
    post, includes = payload.get("data") or NOBODY, payload.get("includes") or NOBODY
    key = str(post.get("id") or "")
    user = next(iter(includes.get("users") or (NOBODY,))) or NOBODY
    return _Said(
        place=place,
        id=key,
        at=post.get("created_at") or _written(moment(key)),
        role=roles.get(str(user.get("username") or "").lower(), "customer"),
        post=post,
        user=user,
        where=next(iter(includes.get("places") or (NOBODY,))) or NOBODY,
    )


def _written(at: datetime | None) -> str | None:
    """A moment as X writes it."""
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z" if at else None


def _conversations(said: Sequence[_Said]) -> dict[str, str]:
    """Post -> the first post of its thread; what X says of its conversation joins what is not here."""
    links: list[tuple[int, int]] = []
    ids: set[int] = set()
    for one in said:
        if not _is_number(one.id):
            continue
        ids.add(int(one.id))
        for other in (str(one.post.get("conversation_id") or ""), referred(one.post, "replied_to") or ""):
            if _is_number(other):
                links.append((int(one.id), int(other)))
                ids.add(int(other))
    known = np.array(sorted(ids), dtype=np.int64)
    ends = np.array(links, dtype=np.int64).reshape(-1, 2)
    first = threads(known, ends[:, 0], ends[:, 1])
    return {str(one): str(root) for one, root in zip(known.tolist(), first.tolist(), strict=True)}


def _is_number(key: str) -> bool:
    return key.isdigit() and len(key) <= LONGEST_ID and int(key) < 2**63


def _own(held: Sequence[_Said]) -> _Said:
    """The post that a conversation is about: the customer's first."""
    return next(one for one in held if one.role == "customer")


def _ticket(key: str, held: Sequence[_Said]) -> dict[str, Any]:
    own, first, last = _own(held), held[0], held[-1]
    brand = next((one for one in held if one.role != "customer"), None)
    mentioned = next(iter(_names(first.post)), None)
    tags = dict.fromkeys(f"#{tag.lower()}" for one in held if one.role == "customer" for tag in _hashtags(one.post))
    return {
        "id": key,
        "created_at": own.at,
        "subject": subject_of(text) if (text := _text(first.post)) else None,
        "status": "open" if last.role == "customer" else "pending",
        "channel": "social",
        "team": (_name(brand) if brand else "") or mentioned,
        "customer_id": own.post.get("author_id"),
        "tags": list(tags) or None,
        "custom": _custom(own),
        "url": f"https://x.com/{_name(own) or 'i'}/status/{own.id}" if own.id else None,
    }


def _custom(own: _Said) -> dict[str, Any] | None:
    figures = {name: metric(own.post, theirs) for name, theirs in FIGURES.items()}
    where = {"place": own.where.get("full_name"), "country": own.where.get("country_code")}
    return {name: value for name, value in (figures | where).items() if value is not None} or None


def _message(ticket: str, one: _Said) -> dict[str, Any]:
    return {
        "id": one.id or None,
        "ticket_id": ticket or None,
        "sent_at": one.at,
        "author_role": one.role,
        "author_id": one.post.get("author_id"),
        "is_public": True,
        "text": _text(one.post),
        "reply_to_id": referred(one.post, "replied_to"),
    }


def _people(said: Sequence[_Said], page: Page, now: datetime) -> list[Batch]:
    """Who wrote, once each."""
    made: dict[str, dict[str, tuple[dict[str, Any], int]]] = {"customers": {}, "agents": {}}
    for one in said:
        key = one.user.get("id")
        if key and one.role == "customer":
            row = {"id": key, "name": one.user.get("name"), "created_at": one.user.get("created_at")}
            made["customers"][key] = row, one.place
        elif key:
            made["agents"][key] = {"id": key, "name": _name(one) or one.user.get("name"), "is_active": True}, one.place
    return [
        batch_of(table, [row for row, _ in rows.values()], page, now, of=[place for _, place in rows.values()])
        for table, rows in made.items()
        if rows
    ]


def _text(post: Post) -> str | None:
    """All that was written: a long post has its beginning in `text`."""
    return (post.get("note_tweet") or post.get("note_post") or NOBODY).get("text") or post.get("text")


def _hashtags(post: Post) -> list[str]:
    held = (post.get("note_tweet") or post.get("note_post") or NOBODY).get("entities") or post.get("entities") or NOBODY
    return [str(one["tag"]) for one in held.get("hashtags") or () if (one or NOBODY).get("tag")]


def _names(post: Post) -> list[str]:
    held = post.get("entities") or NOBODY
    return [str(one["username"]) for one in held.get("mentions") or () if (one or NOBODY).get("username")]


def _name(one: _Said) -> str:
    return str(one.user.get("username") or "")
