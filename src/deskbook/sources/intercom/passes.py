"""Passes over conversations or contacts: which rows of a search are news, and where the next pass begins.

Intercom matches moments by calendar day in the workspace's own time zone: `>` begins with the day after. So each pass
asks from two days before the last one began, and knows by id and moment what it has already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from deskbook.sources.http import Answer, Ask, Fetch, pages
from deskbook.sources.intercom.asking import allowed
from deskbook.sources.intercom.values import Payload, inner, listed, seconds_of

DAY: Final = 86_400
LOOKBACK_SECONDS: Final = 2 * DAY
SAME_SECOND: Final = 2.0
"""A row that changed so lately may change again within the second that its moment tells: it is read again."""


@dataclass(frozen=True)
class Kind:
    """What is searched.

    Attributes:
        rows: where the rows stand in an answer.
        slack_seconds: how far before its last pass a row may turn up late; so long is remembered what was read.
    """

    name: str
    rows: str
    slack_seconds: float


CONVERSATIONS: Final = Kind("conversations", "conversations", LOOKBACK_SECONDS)
CONTACTS: Final = Kind("contacts", "data", 3_600)


@dataclass
class Pass:
    """One pass and those before it, as the cursor keeps them.

    Attributes:
        since: when the last whole pass began, seconds since 1970; None before the first.
        began: when this one did; None between passes.
        after: Intercom's cursor of the page that is next.
        seen: id -> moment of rows that were read and may come again.
    """

    kind: Kind
    since: float | None = None
    began: float | None = None
    after: str | None = None
    seen: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, kind: Kind, cursor: Mapping[str, Any]) -> Pass:
        """As a cursor holds it."""
        held = cursor.get(kind.name) or {}
        seen = dict(cursor.get(f"{kind.name}_seen") or {})
        return cls(kind, held.get("since"), held.get("began"), held.get("after"), seen)

    def kept(self) -> dict[str, Any]:
        """As a cursor holds it."""
        held = {"since": self.since, "began": self.began, "after": self.after}
        told = {name: value for name, value in held.items() if value is not None}
        return {self.kind.name: told, f"{self.kind.name}_seen": dict(self.seen)}

    @property
    def is_under_way(self) -> bool:
        """Whether a pass was left off."""
        return self.began is not None

    def news(self, rows: list[Payload]) -> list[Payload]:
        """Rows that are new or changed, each once, as the last of its repetitions says."""
        once = {str(one["id"]): one for one in rows if one.get("id") is not None}
        floor = float("-inf") if self.since is None else self.since - self.kind.slack_seconds
        return [one for name, one in once.items() if key_of(one) >= floor and self.seen.get(name) != key_of(one)]

    def note(self, row: Payload, now: float) -> None:
        """Remember a row that was read."""
        key, began = key_of(row), self.began or now
        if began - self.kind.slack_seconds <= key <= now - SAME_SECOND:
            self.seen[str(row.get("id"))] = key

    def end(self) -> None:
        """The pass is through: the next one begins where it began."""
        self.since, self.began, self.after = self.began, None, None
        floor = (self.since or 0.0) - self.kind.slack_seconds
        self.seen = {name: key for name, key in self.seen.items() if key >= floor}


def key_of(row: Payload) -> float:
    """When a row changed last; of one that never did, when it was made."""
    for name in ("updated_at", "created_at"):
        if (found := seconds_of(row.get(name))) is not None:
            return found
    return 0.0


def first_ask(one: Pass, size: int, begin: float | None) -> Ask:
    """What a pass asks first, or next where it was left off.

    Args:
        size: rows of a page.
        begin: seconds since 1970 from which on rows are wanted in a first pass; None for all.
    """
    since = begin if one.since is None else one.since
    if since is None:
        # Whatever the zone, no day lies between the two, so these are all there are, those before 1970 too.
        either = [_filter("created_at", ">", 0), _filter("created_at", "<", 2 * DAY)]
    else:
        # A row that never changed may have no updated_at.
        either = [_filter(name, ">", int(since - LOOKBACK_SECONDS)) for name in ("updated_at", "created_at")]
    paging = {"per_page": size} | ({"starting_after": one.after} if one.after else {})
    body = {"query": {"operator": "OR", "value": either}, "pagination": paging}
    return Ask(path=f"/{one.kind.name}/search", method="POST", json=body)


def _filter(name: str, operator: str, value: int) -> dict[str, Any]:
    return {"field": name, "operator": operator, "value": value}


def after_of(answer: Answer) -> str | None:
    """Intercom's cursor of the next page; None at the end."""
    onward = inner(answer.data, "pages", "next")
    if isinstance(onward, str):
        return next(iter(parse_qs(urlsplit(onward).query).get("starting_after", [])), None)
    found = inner(onward, "starting_after")
    return str(found) if found else None


def following(answer: Answer, ask: Ask) -> Ask | None:
    """The request for the next page."""
    after = after_of(answer)
    if not after:
        return None
    return replace(ask, json={**ask.json, "pagination": {**ask.json["pagination"], "starting_after": after}})


def searched(fetch: Fetch, one: Pass, entry: str, size: int, begin: float | None) -> Iterator[list[Payload]]:
    """Rows of each page of a pass, `one.after` set to what follows them.

    A cursor that Intercom no longer takes begins the pass anew.
    """
    ask = first_ask(one, size, begin)
    if one.after is not None:
        answer = fetch.ask(replace(ask, lets=frozenset({400, 403})))
        if answer.status == 400:
            one.after = None
            ask = first_ask(one, size, begin)
        else:
            one.after = after_of(allowed(answer, ask, entry))
            yield listed(answer.data, one.kind.rows)
            onward = following(answer, ask)
            if onward is None:
                return
            ask = onward
    for answer, _ in pages(fetch, replace(ask, lets=frozenset({403})), following, entry):
        one.after = after_of(allowed(answer, ask, entry))
        yield listed(answer.data, one.kind.rows)
