"""What an entry of X reads: its accounts' posts, what mentions them, what a search finds, and their conversations.

X lists the newest first. A pass over one of these streams ends at the newest post of the pass before; until it has
come that far, the cursor holds where it is, as an id: X's own page tokens do not outlive it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import pyarrow as pa

from deskbook.errors import SourceMissing
from deskbook.schema import Batch
from deskbook.sources.contract import Clock, Cursor, Entry, Page, source
from deskbook.sources.documents import document_table
from deskbook.sources.http import App, Ask, Fetch, Wire, by_cursor, pages
from deskbook.sources.payloads import payload_page
from deskbook.sources.x.budget import Budget, budget_of
from deskbook.sources.x.options import HOME, app_of, options_of, reached
from deskbook.sources.x.posts import FIELDS, Gathered, moment
from deskbook.sources.x.query import LONGEST, Term, any_of
from deskbook.sources.x.rows import normalise

SEARCHED: Final = timedelta(days=7)
"""How far back a search goes."""
MARGIN: Final = timedelta(minutes=5)
"""By how much clocks may differ before X refuses the beginning of a search."""
MOST_THREAD_PAGES: Final = 5
"""Pages read of the conversations of one page; a post that thousands answer is no ticket to be read whole."""
ORIGIN: Final = "x posts"


@dataclass(frozen=True, kw_only=True)
class Stream:
    """One list of posts, newest first.

    Attributes:
        key: what the cursor calls it.
        token: the parameter that its next page is asked with.
        query: of a search; empty for the posts and mentions of an account.
    """

    key: str
    path: str
    lane: str
    params: Mapping[str, Any]
    token: str
    query: str = ""


@dataclass
class _Pull:
    """What one pull holds between its pages."""

    fetch: Fetch
    budget: Budget
    users: dict[str, dict[str, str]]
    streams: dict[str, dict[str, str]]
    notes: list[str] = field(default_factory=list)

    def cursor(self) -> dict[str, Any]:
        """All that the next pull goes on from."""
        streams = {key: dict(one) for key, one in self.streams.items()}
        return {"budget": self.budget.as_dict(), "users": dict(self.users), "streams": streams}


@source("x")
class XSource:
    """Posts of X as tickets: one a conversation."""

    def __init__(self, entry: Entry, clock: Clock, wire: Wire | None = None) -> None:
        self._entry, self._clock = entry, clock
        self._options = options_of(entry)
        self._wire = wire or Wire()

    @property
    def app(self) -> App | None:
        """The application that a person lets in; None where the entry has a bearer token."""
        return None if self._options.bearer_token else app_of(self._options)

    def pull(self, cursor: Cursor) -> Iterator[Page]:
        """Pages of posts with the rest of their conversations.

        Raises:
            BudgetSpent: too few posts may be read until the next billing cycle; what was read is kept.
            SourceMissing: X does not know an account.
            SourceError: as for `Fetch.ask`.
        """
        options, entry = self._options, self._entry
        account = reached(options, entry)
        with Fetch(account, self._wire, options.meter(entry)).open() as fetch:
            held = dict(cursor)
            spent = held.get("budget") or {}
            budget = budget_of(spent, entry.name, options.posts_a_month, options.billing_day, self._clock())
            budget.page_posts = options.page_posts
            pull = _Pull(fetch, budget, dict(held.get("users") or {}), dict(held.get("streams") or {}))
            self._know(pull)
            for stream in self._streams(pull):
                is_resumed = "until" in pull.streams.get(stream.key, {})
                yield from self._passed(pull, stream)
                if is_resumed:  # what was written since that pass began
                    yield from self._passed(pull, stream)

    def normalise(self, page: Page) -> list[Batch]:
        """The page's posts as tickets, messages and who wrote them."""
        return normalise(page, self._options.roles(), self._clock())

    def sample(self, rows: int) -> pa.Table:
        """The first posts as X sends them; they count like all others."""
        for page in self.pull({}):
            return page.rows.slice(0, rows)
        return document_table([])

    def _know(self, pull: _Pull) -> None:
        """Look up the ids of accounts that are not known yet."""
        missing = [name for name in self._options.names if name not in pull.users]
        for at in range(0, len(missing), 100):
            some = missing[at : at + 100]
            params = {"usernames": ",".join(some), "user.fields": FIELDS["user.fields"]}
            for one in pull.fetch.get("/2/users/by", params, lane="users").data.get("data") or []:
                pull.users[str(one["username"]).lower()] = {"id": str(one["id"]), "name": str(one.get("name") or "")}
            if unknown := [name for name in some if name not in pull.users]:
                raise SourceMissing(
                    f"Entry '{self._entry.name}': X knows no account {', '.join('@' + one for one in unknown)}. "
                    "Check accounts: for a typing mistake, a new name or a suspended account."
                )

    def _streams(self, pull: _Pull) -> Iterator[Stream]:
        for name in self._options.names:
            key = pull.users[name]["id"]
            mine: dict[str, Any] = {**FIELDS}
            for what, lane, more in (("tweets", "posts", {"exclude": "retweets"}), ("mentions", "mentions", {})):
                yield Stream(
                    key=f"{lane}:{key}",
                    path=f"/2/users/{key}/{what}",
                    lane=lane,
                    params={**mine, **more},
                    token="pagination_token",
                )
        if query := self._options.searched:
            sign = hashlib.sha256(query.encode()).hexdigest()[:8]
            yield Stream(
                key=f"search:{sign}",
                path="/2/tweets/search/recent",
                lane="search",
                params={**FIELDS, "query": query},
                token="next_token",
                query=query,
            )

    def _passed(self, pull: _Pull, stream: Stream) -> Iterator[Page]:
        """The posts of a stream since the pass before, or the rest of a pass that did not end."""
        held = dict(pull.streams.get(stream.key) or {})
        if stream.query and "until" in held and self._is_past(held["until"]):
            pull.streams[stream.key] = _ended(held)
            return
        bounds = self._bounds(pull, stream, held)
        if stream.query and not self._expected(pull, stream, bounds):
            pull.streams[stream.key] = _ended(held)
            return
        first = Ask(path=stream.path, params={**stream.params, **bounds}, lane=stream.lane)
        following_one = by_cursor(_token, stream.token)
        for answer, following in pages(pull.fetch, first, following_one, self._entry.name, pull.budget.sized):
            found = Gathered()
            pull.budget.count(found.add(answer.data))
            ids = sorted(int(one["id"]) for one in answer.data.get("data") or [] if str(one.get("id")).isdigit())
            if ids:
                held |= {"newest": str(max(ids[-1], int(held.get("newest", 0)))), "until": str(ids[0])}
            pull.streams[stream.key] = dict(held) if following else _ended(held)
            if ids:
                yield self._page(pull, found, answer.data["data"])
        pull.streams[stream.key] = _ended(held)

    def _bounds(self, pull: _Pull, stream: Stream, held: dict[str, str]) -> dict[str, str]:
        """From where to where a pass goes."""
        now = self._clock()
        begin = now - timedelta(days=self._options.first_days)
        if stream.query:
            begin = max(begin, now - SEARCHED + MARGIN)
        bounds = {"until_id": held["until"]} if "until" in held else {}
        since = held.get("since")
        if since and not (stream.query and self._is_past(since)):
            return {"since_id": since, **bounds}
        if since and (made := moment(since)):
            pull.notes.append(
                f"Posts that fit '{stream.query}' from {made:%Y-%m-%d %H:%M} to {begin:%Y-%m-%d %H:%M} UTC are older "
                "than the seven days that X searches, and are missing. Sync more often."
            )
        if not stream.query:  # a first pass that waited, for a new cycle say, still goes as far back as it began
            begin = datetime.fromisoformat(held.setdefault("start", _said(begin)))
        return {"start_time": _said(begin), **bounds}

    def _is_past(self, post_id: str) -> bool:
        """Whether a post is older than X searches."""
        made = moment(post_id)
        return made is not None and made < self._clock() - SEARCHED + MARGIN

    def _expected(self, pull: _Pull, stream: Stream, bounds: Mapping[str, str]) -> int:
        """How many posts a search would read, which X counts without a charge.

        Raises:
            BudgetSpent: more than may be read until the next billing cycle.
        """
        ask = Ask(
            path="/2/tweets/counts/recent",
            params={"query": stream.query, "granularity": "day", **bounds},
            lane="counts",
            lets=frozenset({403}),
        )
        answer = pull.fetch.ask(ask)
        if not answer.is_good:
            pull.notes.append(
                "X does not count posts for these credentials, so that what a search costs is not known before. "
                "A bearer_token: of an app can count."
            )
            return 1
        total = int((answer.data.get("meta") or {}).get("total_tweet_count") or 0)
        pull.budget.expect(total, f"the search '{stream.query}'")
        return total

    def _page(self, pull: _Pull, found: Gathered, listed: list[Mapping[str, Any]]) -> Page:
        conversations = found.conversations(listed)
        if self._options.conversations:
            self._complete(pull, found, conversations)
        notes = (*pull.notes, *found.notes())
        pull.notes.clear()
        return payload_page(found.payloads(conversations), ORIGIN, pull.cursor(), notes=notes)

    def _complete(self, pull: _Pull, found: Gathered, conversations: set[str]) -> None:
        """Add what is missing of conversations: their posts of the last seven days, then first and answered ones."""
        budget, is_cut, asked = pull.budget, False, 0
        for query in _queries(found.incomplete(conversations), LONGEST[self._options.contract]):
            if not budget.can_page:
                is_cut = True
                break
            first = Ask(path="/2/tweets/search/recent", params={**FIELDS, "query": query}, lane="search")
            following_one = by_cursor(_token, "next_token")
            for answer, following in pages(pull.fetch, first, following_one, self._entry.name, budget.sized):
                budget.count(found.add(answer.data))
                asked += 1
                if following and (asked % MOST_THREAD_PAGES == 0 or not budget.can_page):
                    is_cut = True
                    break
        absent = found.absent(conversations)[: budget.left // 3]
        for at in range(0, len(absent), 100):
            ids = ",".join(absent[at : at + 100])
            budget.count(found.add(pull.fetch.get("/2/tweets", {**FIELDS, "ids": ids}, lane="lookup").data))
        if is_cut:
            pull.notes.append("Some conversations are longer than is read at once, or than may still be read.")


def _token(data: Any) -> str | None:
    return (data.get("meta") or {}).get("next_token") if isinstance(data, Mapping) else None


def _queries(conversations: list[str], longest: int) -> Iterator[str]:
    """Searches for conversations, as many in one as its length allows."""
    some: list[str] = []
    for one in conversations:
        if some and len(_query([*some, one])) > longest:
            yield _query(some)
            some = []
        some.append(one)
    if some:
        yield _query(some)


def _query(conversations: list[str]) -> str:
    return str(any_of(*(Term("conversation_id", one) for one in conversations)))


def _ended(held: Mapping[str, str]) -> dict[str, str]:
    """A pass that came through: the next one begins at its newest post."""
    newest = held.get("newest") or held.get("since")
    return {"since": newest} if newest else {}


def _said(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


__all__ = ["HOME", "ORIGIN", "XSource"]
