"""One pull of a workspace: people, conversations with their parts, deletions, customers with their companies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any, Final

from deskbook.errors import ConfigError, SourceError, about
from deskbook.sources.arrays import json_text
from deskbook.sources.contract import Clock, Cursor, Entry, Page
from deskbook.sources.http import Answer, Ask, Fetch
from deskbook.sources.intercom.asking import allowed, needed, optional
from deskbook.sources.intercom.companies import Companies
from deskbook.sources.intercom.deleted import deletions
from deskbook.sources.intercom.options import IntercomOptions
from deskbook.sources.intercom.passes import CONTACTS, CONVERSATIONS, Pass, key_of, searched
from deskbook.sources.intercom.remarks import Remarks
from deskbook.sources.intercom.rows import ADMINS, TEAMS
from deskbook.sources.intercom.values import DELETED, NAMED, Payload, inner, listed
from deskbook.sources.payloads import payload_page

ORIGIN: Final = "intercom"
CONTACT_ROWS: Final = 150
HOSTS: Final = {"us": "https://app.intercom.com", "eu": "https://app.eu.intercom.com"} | {
    "au": "https://app.au.intercom.com"
}
AT_ONCE: Final = 50


class Pull:
    """What one pull asks and gives. The cursor grows with it: each page carries it as it is then."""

    def __init__(self, entry: Entry, options: IntercomOptions, fetch: Fetch, cursor: Cursor, clock: Clock) -> None:
        self._entry, self._options, self._fetch, self._clock = entry, options, fetch, clock
        self._cursor: dict[str, Any] = deepcopy(dict(cursor))
        self._remarks, self._notes = Remarks(), list[str]()
        self._now = clock().timestamp()
        self._names: dict[str, Any] = {}
        self._segments: dict[str, str] = {}

    def pages(self) -> Iterator[Page]:
        """Everything that is new."""
        self._workspace()
        yield from self._people(ADMINS, "/admins")
        yield from self._people(TEAMS, "/teams")
        yield from self._passes(Pass.of(CONVERSATIONS, self._cursor))
        yield from self._deleted()
        yield from self._passes(Pass.of(CONTACTS, self._cursor))

    def about(self, told: Sequence[Mapping[str, Any]]) -> Iterator[Page]:
        """What webhooks were about; the cursor stays."""
        self._workspace()
        conversations = list(dict.fromkeys(str(one["conversation"]) for one in told if one.get("conversation")))
        contacts = list(dict.fromkeys(str(one["contact"]) for one in told if one.get("contact")))
        gone = [{"type": DELETED, "id": str(one["deleted"])} for one in told if one.get("deleted")]
        for start in range(0, len(conversations), AT_ONCE):
            yield self._conversations(self._details(conversations[start : start + AT_ONCE]))
        for start in range(0, len(contacts), AT_ONCE):
            asks = [Ask(path=f"/contacts/{one}", lets=frozenset({403, 404, 410})) for one in contacts[start:][:AT_ONCE]]
            # A contact that was merged into another answers 410; the other one is told of too.
            yield self._contacts([one.data for one in self._answers(asks) if one.is_good], self._companies())
        if gone:
            yield self._page("conversations", gone)

    def _workspace(self) -> None:
        """Whose workspace it is, and the names that conversations refer to by id."""
        answer = needed(self._fetch, Ask(path="/me"), self._entry.name)
        if answer.sent_at is not None:
            self._now = answer.sent_at.timestamp()  # their clock is the one that dates conversations
        region = str(inner(answer.data, "app", "region") or "").lower()
        if region in HOSTS and region != self._options.region and not self._options.base_url:
            self._notes.append(f"The workspace lies in the region {region}: write region: {region}.")
        tags, said = optional(self._fetch, "/tags")
        segments, also = optional(self._fetch, "/segments")
        self._notes += [one for one in (said, also) if one]
        named = {str(one.get("id")): one.get("name") for one in listed(segments, "segments")}
        self._segments = {name: str(value) for name, value in named.items() if value}
        self._names = {
            "type": NAMED,
            "app": inner(answer.data, "app", "id_code"),
            "host": HOSTS[self._options.region],
            "tags": {str(one.get("id")): one.get("name") for one in listed(tags, "data")},
        }

    def _people(self, name: str, path: str) -> Iterator[Page]:
        """All admins or all teams, where any of them changed."""
        told, said = optional(self._fetch, path)
        self._notes += [said] if said else []
        rows = listed(told, name)
        sign = hashlib.sha256(json_text(rows).encode()).hexdigest()[:16]
        people = self._cursor.setdefault("people", {})
        if not rows or people.get(name) == sign:
            return
        is_first, people[name] = name not in people, sign
        yield self._page(name, rows, first=is_first)

    def _passes(self, one: Pass) -> Iterator[Page]:
        """The pass that was left off, if one was, and a new one."""
        if one.is_under_way:
            yield from self._pass(one)
        yield from self._pass(one)

    def _pass(self, one: Pass) -> Iterator[Page]:
        is_first = one.since is None and not one.is_under_way
        must_end, is_contacts = one.is_under_way, one.kind is CONTACTS
        one.began = self._now if one.began is None else one.began
        companies = self._companies()
        if is_contacts and is_first:
            companies.scroll()
            self._notes += companies.notes
        size = CONTACT_ROWS if is_contacts else self._options.page_rows
        before: dict[str, float] = {}
        for rows in searched(self._fetch, one, self._entry.name, size, self._begin(one)):
            # Rows that change while they are paged through push others over the edge of a page.
            news = [row for row in self._news(one, rows) if before.get(str(row.get("id"))) != key_of(row)]
            before = {str(row.get("id")): key_of(row) for row in rows}
            if not news:
                continue
            read = news if is_contacts else self._details([str(row["id"]) for row in news])
            for row in [*news, *read]:
                one.note(row, self._now)
            if one.after is None:
                one.end()
            self._cursor |= one.kept()
            yield self._contacts(read, companies, is_first) if is_contacts else self._conversations(read, is_first)
            is_first, must_end = False, True
        if one.is_under_way:
            one.end()
            self._cursor |= one.kept()
            if must_end:  # or the next pull would go on from the middle of this pass
                yield self._page(one.kind.name, [])

    def _news(self, one: Pass, rows: list[Payload]) -> list[Payload]:
        """Rows of a page that are news and not before the entry's first day."""
        begin = self._begin(one) if one.since is None else None
        return [row for row in one.news(rows) if begin is None or key_of(row) >= begin]

    def _begin(self, one: Pass) -> float | None:
        """From when on a first pass reads."""
        return begin_of(self._options, self._entry) if one.kind is CONVERSATIONS else None

    def _details(self, ids: Sequence[str]) -> list[Payload]:
        """Conversations with their parts; one that is not there any more says so."""
        asks = [Ask(path=f"/conversations/{one}", lets=frozenset({403, 404})) for one in ids]
        found: list[Payload] = []
        for one, answer in zip(ids, self._answers(asks), strict=True):
            is_there = answer.status != 404 and isinstance(answer.data, dict)
            found.append(answer.data if is_there else {"type": DELETED, "id": one})
        return found

    def _answers(self, asks: Sequence[Ask]) -> list[Answer]:
        """The answers to all, asked side by side.

        Raises:
            SourceError: of the first that fails.
        """
        found = []
        for ask, answer in zip(asks, self._fetch.many(asks), strict=True):
            if isinstance(answer, SourceError):
                raise answer
            found.append(allowed(answer, ask, self._entry.name))
        return found

    def _deleted(self) -> Iterator[Page]:
        held = dict(self._cursor.get("deleted") or {})
        for rows in deletions(self._fetch, held, self._entry.name, self._notes):
            self._cursor["deleted"] = dict(held)
            yield self._page("conversations", rows)
        self._cursor["deleted"] = held

    def _companies(self) -> Companies:
        return Companies(self._fetch, self._entry.name, self._segments)

    def _conversations(self, rows: Sequence[Payload], first: bool = False) -> Page:
        self._notes += self._remarks.of(rows)
        return self._page("conversations", [*rows, self._names], first=first)

    def _contacts(self, rows: Sequence[Payload], companies: Companies, first: bool = False) -> Page:
        names = {"type": NAMED, "companies": companies.of(rows)}
        return self._page("contacts", [*rows, names], first=first)

    def _page(self, name: str, rows: Iterable[Payload], first: bool = False) -> Page:
        notes, self._notes = tuple(self._notes), []
        return payload_page(rows, f"{ORIGIN} {name}", deepcopy(self._cursor), first=first, notes=notes)


def begin_of(options: IntercomOptions, entry: Entry) -> float | None:
    """The moment of `since:` in seconds since 1970; None for all.

    Raises:
        ConfigError: it is no day.
    """
    if not options.since:
        return None
    try:
        return datetime.combine(date.fromisoformat(options.since), datetime.min.time(), UTC).timestamp()
    except ValueError:
        with about("since"):
            raise ConfigError(
                f"Entry '{entry.name}': since: wants a day such as 2025-01-01, got '{options.since}'."
            ) from None
