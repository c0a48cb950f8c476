"""Posts as X sends them: both generations of its names, their expansions joined, nulls survived."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

EPOCH_MS: Final = 1_288_834_974_657
"""Of X's ids (snowflakes), which hold the millisecond they were made in above their lowest 22 bits."""
FIRST_SNOWFLAKE: Final = 29_700_859_247
POST_FIELDS: Final = (
    "attachments,author_id,conversation_id,created_at,entities,geo,id,in_reply_to_user_id,lang,note_tweet,"
    "public_metrics,referenced_tweets,text"
)
EXPANSIONS: Final = "author_id,referenced_tweets.id,referenced_tweets.id.author_id,geo.place_id"
FIELDS: Final[Mapping[str, str]] = {
    "tweet.fields": POST_FIELDS,
    "expansions": EXPANSIONS,
    "user.fields": "created_at,id,name,username,verified_type",
    "place.fields": "country,country_code,full_name,id,place_type",
}
Post = Mapping[str, Any]


def either(held: Mapping[str, Any], name: str) -> Any:
    """A field by its name of either generation: `tweets` is also `posts`, `retweet_count` also `repost_count`."""
    if held.get(name) is not None:
        return held[name]
    return held.get(name.replace("retweet", "repost").replace("tweet", "post"))


def referred(post: Post, kind: str) -> str | None:
    """The id of the post that this one answers (`replied_to`), quotes or passes on (`retweeted`)."""
    for one in either(post, "referenced_tweets") or ():
        if str((one or {}).get("type")).replace("repost", "retweet") == kind:
            return str(one["id"]) if one.get("id") else None
    return None


def is_passed_on(post: Post) -> bool:
    """Whether it is another's post passed on, and so nothing that anybody wrote."""
    return referred(post, "retweeted") is not None


def conversation(post: Post) -> str:
    """The id of the conversation it belongs to: that of its first post; its own where X does not say."""
    return str(post.get("conversation_id") or post.get("id"))


def metric(post: Post, name: str) -> int | None:
    """One of its public figures; None where X does not say it."""
    value = either(post.get("public_metrics") or {}, name)
    return int(value) if isinstance(value, int | float) else None


def moment(post_id: str) -> datetime | None:
    """When an id was made; None for ids that do not say it."""
    if not post_id.isdigit() or int(post_id) < FIRST_SNOWFLAKE:
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=(int(post_id) >> 22) + EPOCH_MS)


@dataclass
class Gathered:
    """Posts of some answers with the people and places they name.

    Attributes:
        problems: what X could not give, by its words, and how often.
    """

    posts: dict[str, Post] = field(default_factory=dict)
    users: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    places: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    problems: Counter[str] = field(default_factory=Counter)

    def add(self, data: Any) -> int:
        """Take in an answer; how many posts it brought, also those that only came along."""
        held = data if isinstance(data, Mapping) else {}
        includes = held.get("includes") or {}
        found = [one for one in _list(held.get("data")) if one.get("id")]
        along = [one for one in _list(either(includes, "tweets")) if one.get("id")]
        for one in along:
            self.posts.setdefault(str(one["id"]), one)
        self.posts |= {str(one["id"]): one for one in found}
        self.users |= {str(one["id"]): one for one in _list(includes.get("users")) if one.get("id")}
        self.places |= {str(one["id"]): one for one in _list(includes.get("places")) if one.get("id")}
        for one in _list(held.get("errors")):
            self.problems[str(one.get("title") or one.get("type") or "no reason given")] += 1
        return len(found) + len(along)

    def conversations(self, of: Iterable[Post]) -> set[str]:
        """The conversations that posts belong to, but those that only pass others on."""
        return {conversation(one) for one in of if not is_passed_on(one)}

    def incomplete(self, conversations: set[str]) -> list[str]:
        """Those of which a post is known to exist that is not here, in order."""
        answers = Counter(referred(one, "replied_to") for one in self.posts.values())
        missing = {one for one in conversations if one not in self.posts}
        for key, post in self.posts.items():
            parent = referred(post, "replied_to")
            if (metric(post, "reply_count") or 0) > answers[key] or (parent and parent not in self.posts):
                missing.add(conversation(post))
        return sorted(missing & conversations)

    def absent(self, conversations: set[str]) -> list[str]:
        """Ids of first posts and of answered ones that are not here."""
        inside = [one for one in self.posts.values() if conversation(one) in conversations]
        wanted = conversations | {parent for one in inside if (parent := referred(one, "replied_to"))}
        return sorted(one for one in wanted - set(self.posts) if one.isdigit())

    def payloads(self, conversations: set[str]) -> list[dict[str, Any]]:
        """Each post of these conversations in the shape in which X gives one alone: as sent, with its expansions."""
        made = []
        for key in sorted(self.posts, key=lambda one: (len(one), one)):
            post = self.posts[key]
            if conversation(post) not in conversations or is_passed_on(post):
                continue
            user = self.users.get(str(post.get("author_id")))
            place = self.places.get(str((post.get("geo") or {}).get("place_id")))
            includes = {"users": [user] if user else [], "places": [place] if place else []}
            made.append({"data": post, "includes": {name: held for name, held in includes.items() if held}})
        return made

    def notes(self) -> tuple[str, ...]:
        """What X answered with a good status and yet could not give."""
        if not self.problems:
            return ()
        told = ", ".join(f"{count:,} × {title}" for title, count in sorted(self.problems.items()))
        return (f"X left out posts or people that others refer to: {told}. They were deleted, or are not public.",)


def _list(value: Any) -> list[Mapping[str, Any]]:
    """The objects of a list; X also gives one alone."""
    given = value if isinstance(value, list) else [value]
    return [one for one in given if isinstance(one, Mapping)]
