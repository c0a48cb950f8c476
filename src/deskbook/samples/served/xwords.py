"""Whether a post fits a query, as X would find it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from deskbook.sources.x.posts import referred
from deskbook.sources.x.query import All, AnyOf, Query, Term

Post = Mapping[str, Any]
Users = Mapping[str, Mapping[str, Any]]
REFERS: Final = {"reply": "replied_to", "quote": "quoted", "retweet": "retweeted"}
HOLDS: Final = {"mentions": "mentions", "hashtags": "hashtags", "cashtags": "cashtags", "links": "urls"}


def fits(query: Query, post: Post, users: Users) -> bool:
    """Whether a post is among what a query finds."""
    if isinstance(query, Term):
        return TERMS[query.kind](query.value, post, users) != query.no
    if isinstance(query, All):
        return all(fits(one, post, users) for one in query.parts) != query.no
    assert isinstance(query, AnyOf)
    return any(fits(one, post, users) for one in query.parts) != query.no


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower())


def _text(post: Post) -> str:
    return str((post.get("note_tweet") or {}).get("text") or post.get("text") or "")


def _said(value: str, post: Post, users: Users) -> bool:
    wanted, there = _words(value), _words(_text(post))
    return any(there[at : at + len(wanted)] == wanted for at in range(len(there)))


def _held(post: Post, kind: str, name: str) -> set[str]:
    held = (post.get("note_tweet") or {}).get("entities") or post.get("entities") or {}
    return {str(one.get(name, "")).lower() for one in held.get(kind) or ()}


def _called(key: Any, value: str, users: Users) -> bool:
    return str(users.get(str(key), {}).get("username", "")).lower() == value.lower() or str(key) == value


def _has(value: str, post: Post, users: Users) -> bool:
    if value == "geo":
        return bool(post.get("geo"))
    if value in HOLDS:
        return bool((post.get("entities") or {}).get(HOLDS[value]))
    return bool((post.get("attachments") or {}).get("media_keys"))


def _is(value: str, post: Post, users: Users) -> bool:
    if value == "verified":
        return bool(users.get(str(post.get("author_id")), {}).get("verified"))
    return value in REFERS and referred(post, REFERS[value]) is not None


TERMS: Final[Mapping[str, Callable[[str, Post, Users], bool]]] = {
    "word": _said,
    "phrase": _said,
    "tag": lambda value, post, users: value.lower() in _held(post, "hashtags", "tag"),
    "cash": lambda value, post, users: value.lower() in _held(post, "cashtags", "tag"),
    "name": lambda value, post, users: value.lower() in _held(post, "mentions", "username"),
    "from": lambda value, post, users: _called(post.get("author_id"), value, users),
    "to": lambda value, post, users: _called(post.get("in_reply_to_user_id"), value, users),
    "conversation_id": lambda value, post, users: str(post.get("conversation_id")) == value,
    "lang": lambda value, post, users: post.get("lang") == value,
    "has": _has,
    "is": _is,
    "url": lambda value, post, users: any(value.lower() in one for one in _held(post, "urls", "expanded_url")),
    **{
        name: (lambda value, post, users: False)
        for name in ("retweets_of", "context", "entity", "list", "place", "place_country", "sample")
    },
}
"""Kind of condition -> whether a post meets it; what needs X's own knowledge is never met."""
