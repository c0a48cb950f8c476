"""One pull: each stream in its turn, from where the cursor says, and what is known after every page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from deskbook.errors import SourceError, Unreadable
from deskbook.schema import STATUSES
from deskbook.sources.contract import Cursor, Page
from deskbook.sources.fresh.fields import read_fields
from deskbook.sources.fresh.moments import digest, earlier, utc_text
from deskbook.sources.fresh.options import USED, FreshOptions
from deskbook.sources.fresh.product import Product
from deskbook.sources.fresh.promises import unsayable
from deskbook.sources.fresh.rows import Desk, merged_into
from deskbook.sources.fresh.seen import companies_of, kept, unseen
from deskbook.sources.fresh.seen import is_more as more_follow
from deskbook.sources.http import Answer, Ask, Fetch
from deskbook.sources.payloads import payload_page

LAST_PAGE: Final = 300
"""Of a list of tickets; the one after it is refused."""
AT_ONCE: Final = 25
"""Tickets whose conversations make a page."""
MOST_PAGES: Final = 100_000
INCLUDED_COST: Final = 2.0
"""Credits that each include adds."""
MISSING: Final = frozenset({403, 404})
ENDED: Final = (4, 5)
"""Statuses of tickets that may have been rated."""
WHOLE: Final = {"agents": "/agents", "groups": "/groups", "sla_policies": "/sla_policies"}
HOURS: Final = "/business_hours"
PERMISSION: Final = "an agent's key sees it only with the permission to see the account's settings"


class Pull:
    """What one pull knows; `state` is the cursor that follows the page yielded last.

    Cursor: `fields` of tickets, `at` (the stream, and its page, where the next pull begins), `lists` (digests of the
    pages of small lists), `todo` (tickets whose conversations are still to be read), and for each list of tickets
    and of people: `since`, `seen` (id -> [digest, changed]) and the page within one second, if it is in one.
    """

    def __init__(self, fetch: Fetch, product: Product, options: FreshOptions, desk: Desk, cursor: Cursor) -> None:
        self._fetch, self._product, self._options = fetch, product, options
        self.state: dict[str, Any] = dict(cursor)
        self._desk = desk
        self._entry, self._size = fetch.meter.entry, options.page_size
        self._at_once = min(AT_ONCE, options.page_size)
        self._notes: list[str] = []
        wanted = {"stats": True, "requester": not options.contacts, "description": product.kind == "freshdesk"}
        self._include = ",".join(name for name, is_wanted in wanted.items() if is_wanted)
        self._cost = 1 + INCLUDED_COST * sum(wanted.values())
        self._names: dict[str, dict[str, str]] = {}

    def pages(self, start: str) -> Iterator[Page]:
        """Pages of every stream; nothing where nothing changed.

        Args:
            start: from when on tickets are read.
        """
        self._read_fields()
        yield from self._talk()
        streams = self._streams()
        first = self.state.get("at", {}).get("stream")
        begin = streams.index(first) if first in streams else 0
        for name in [*streams[begin:], *streams[:begin]]:
            if name in WHOLE or name == "business_hours":
                yield from self._whole(name, WHOLE.get(name, HOURS))
            elif name == "people":
                yield from self._people()
            elif name == "ratings":
                yield from self._ratings(start)
            else:
                yield from self._tickets(name, start)
        if self._notes:
            yield self._page([], "notes")

    def first(self, start: str) -> Iterator[Page]:
        """The first page of tickets alone, without their conversations."""
        self._read_fields()
        yield from self._tickets("tickets", start)

    def _streams(self) -> list[str]:
        streams = [*WHOLE, "business_hours", "people", "tickets", "spam", "deleted"]
        streams += ["ratings"] if self._product.kind == "freshdesk" else []
        dropped = {"people"} if not self._options.contacts else set()
        dropped |= {"ratings"} if not self._options.ratings else set()
        return [name for name in streams if name not in dropped]

    def _page(self, payloads: list[Any], stream: str, **more: Any) -> Page:
        notes, self._notes = tuple(self._notes), []
        return payload_page(payloads, f"{self._product.kind} {stream}", self.state, notes=notes, **more)

    def _note(self, what: str, said: str) -> None:
        """Say something once, not at every pull."""
        told = self.state.get("told", [])
        if what not in told:
            self.state["told"] = [*told, what]
            self._notes.append(said)

    def _read_fields(self) -> None:
        """Statuses, sources and labels of this account; those that every account has, where they may not be read."""
        path, name = self._product.fields
        answer = self._fetch.get(path, self._space() | {"per_page": self._size}, lane="other", lets=MISSING)
        if answer.is_good:
            self.state["fields"] = read_fields(self._product.listed(answer.data, name))
        else:
            said = f"{path} is not open to this key ({answer.status}): {PERMISSION}. Statuses of the account's own "
            self._note(path, said + "stay empty, and custom fields have their technical names.")
        self._desk = replace(self._desk, fields=self.state.get("fields", {}))

    def _space(self) -> dict[str, Any]:
        return {"workspace_id": getattr(self._options, "workspace_id", "") or None}

    def _list(self, path: str, params: Mapping[str, Any], lane: str) -> Iterator[tuple[int, Answer, bool]]:
        """Page number, answer and whether more follow, of a list that has its own pages."""
        page = int(params.get("page", 1))
        before = ""
        while page < MOST_PAGES:
            answer = self._fetch.get(path, {**params, "per_page": self._size, "page": page}, lane=lane, lets=MISSING)
            same = digest(answer.content.decode("utf-8", "replace"))
            is_more = answer.is_good and more_follow(answer)
            if is_more and same == before:
                raise self._endless(path, page)
            yield page, answer, is_more
            if not is_more:
                return
            page, before = page + 1, same

    def _endless(self, path: str, page: int) -> Unreadable:
        return Unreadable(
            f"Entry '{self._entry}': {path} leads back to a page that was read already (page {page} is page "
            f"{page - 1} again). Reading stops, as it would not end; what was read is kept."
        )

    def _skipped(self, path: str, answer: Answer) -> bool:
        if answer.is_good:
            return False
        self._note(path, f"{path} is not read ({answer.status}): the plan lacks it, or {PERMISSION}.")
        return True

    def _whole(self, name: str, path: str) -> Iterator[Page]:
        """The pages of a small list that changed since they were last read."""
        at = self.state.get("at", {})
        first = int(at.get("page", 1)) if at.get("stream") == name else 1
        held = list(self.state.get("lists", {}).get(name, []))
        for page, answer, is_more in self._list(path, {"page": first}, "people" if name == "agents" else "other"):
            if self._skipped(path, answer):
                return
            rows = self._product.listed(answer.data, name)
            told = self._told(name, rows)
            held = [*held[: page - 1], digest(told), *(held[page:] if is_more else [])]
            changed = held != self.state.get("lists", {}).get(name, [])
            self.state["lists"] = {**self.state.get("lists", {}), name: held}
            self.state["at"] = {"stream": name, "page": page + 1} if is_more else {"stream": self._after(name)}
            if changed and (rows or page > 1):
                yield self._page(told, name)

    def _told(self, name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What a page of a list holds; policies and hours with the names of the groups that they are about."""
        if name == "sla_policies":
            for one in (each for each in rows if unsayable(each)):
                said = f"SLA policy '{one.get('name')}' is left out: it holds by {', '.join(unsayable(one))}, which "
                self._note(f"sla {one.get('id')}", said + "no dimension of a ticket tells.")
            groups = self._lookup("groups", "/groups")
            return [{"policy": one, "groups": groups} for one in rows]
        if name == "business_hours":
            self._lookup("groups", "/groups")
            keeping = self._names["groups hours"]
            kept: dict[str, list[str]] = {}
            for group, hours in keeping.items():
                kept.setdefault(hours, []).append(self._names["groups"][group])
            return [{"hours": one, "teams": sorted(kept.get(str(one.get("id")), []))} for one in rows]
        return rows

    def _after(self, name: str) -> str:
        streams = self._streams()
        return streams[(streams.index(name) + 1) % len(streams)]

    def _lookup(self, name: str, path: str) -> dict[str, str]:
        """Names by id of a list, read once a pull."""
        if name not in self._names:
            names: dict[str, str] = {}
            hours: dict[str, str] = {}
            for _, answer, _ in self._list(path, {}, "other"):
                if self._skipped(path, answer):
                    break
                for one in self._product.listed(answer.data, name):
                    names[str(one.get("id"))] = str(one.get("name") or "")
                    if kept := one.get("business_hour_id") or one.get("business_hours_id"):
                        hours[str(one.get("id"))] = str(kept)
            self._names |= {name: names, f"{name} hours": hours}
        return self._names[name]

    def _people(self) -> Iterator[Page]:
        """Contacts that changed; the list has no order, so what changed last is known only at its end."""
        path, name = self._product.people
        held = dict(self.state.get("people", {}))
        at = self.state.get("at", {})
        params = {"page": int(at.get("page", 1)) if at.get("stream") == "people" else 1}
        asked = {"_updated_since": held.get("since")} if self._product.kind == "freshdesk" else {}
        high, seen = str(held.get("high") or held.get("since") or ""), dict(held.get("seen", {}))
        for page, answer, is_more in self._list(path, {**params, **asked}, "people"):
            if self._skipped(path, answer):
                return
            rows = self._product.listed(answer.data, name)
            new = unseen(rows, seen)
            high = max([high, *(utc_text(one.get("updated_at")) for one in rows)])
            if self._product.most_people and page * self._size >= self._product.most_people and is_more:
                said = f"{path} lists no more than {self._product.most_people:,} at once. The others come when they "
                self._note("people", said + "change; with contacts: false customers come from their tickets instead.")
                is_more = False
            margin = self._options.lookback_seconds if asked else 0
            seen = kept(new, seen, earlier(high, margin) if asked else "")
            own = {"since": held.get("since"), "high": high} if is_more else {"since": high}
            self.state["people"] = {**own, "seen": seen}
            self.state["at"] = {"stream": "people", "page": page + 1} if is_more else {"stream": self._after("people")}
            if new:
                companies = self._lookup(self._product.companies[1], self._product.companies[0])
                named = [companies_of(one, companies) for one in new]
                yield self._page(
                    [{"person": one, "companies": its} for one, its in zip(new, named, strict=True)], "people"
                )
            if not is_more:
                return

    def _tickets(self, stream: str, start: str) -> Iterator[Page]:
        """Tickets by when they changed: each page begins at the last second of the one before.

        So a ticket that changes meanwhile, and moves to the end, takes no other one's place; pages are counted only
        within one second that has more tickets than a page.
        """
        held = self.state.get(stream, {})
        since, page, seen = str(held.get("since", start)), int(held.get("page", 1)), dict(held.get("seen", {}))
        asked = since if page > 1 else max(start, earlier(since, self._options.lookback_seconds))
        before = ""
        while True:
            rows, is_more = self._listed(stream, asked, page)
            same = digest([one.get("id") for one in rows])
            if page > 1 and is_more and same == before:
                raise self._endless("/tickets", page)
            new = unseen(rows, seen)
            last = max((utc_text(one.get("updated_at")) for one in rows), default="")
            since = max(since, last)
            page, before = (1, same) if last > asked else (page + 1, same)
            self._check_wall(stream, asked, page, is_more)
            asked = max(asked, last)
            seen = kept(new, seen, earlier(since, self._options.lookback_seconds))
            tied = {"page": page} if page > 1 and is_more else {}
            self.state[stream] = {"since": since, "seen": seen, **tied}
            self.state["at"] = {"stream": stream if is_more else self._after(stream)}
            if new:
                self._look_through(new)
                if stream == "tickets":
                    self.state["todo"] = self._to_talk_of(new)
                yield self._page(new, stream)
                yield from self._talk()
            if not is_more:
                return

    def _listed(self, stream: str, asked: str, page: int) -> tuple[list[dict[str, Any]], bool]:
        params = {
            **self._space(),
            "updated_since": asked,
            "order_by": "updated_at",
            "order_type": "asc",
            "include": self._include,
            "filter": stream if stream != "tickets" else None,
            "per_page": self._size,
            "page": page,
        }
        answer = self._fetch.get("/tickets", params, lane="tickets", cost=self._cost)
        used = answer.headers.get(USED, "")
        if used.isdigit():  # what it really took is told, and holds for the next one
            self._cost = max(1.0, float(used))
        return self._product.listed(answer.data, "tickets"), more_follow(answer)

    def _check_wall(self, stream: str, asked: str, page: int, is_more: bool) -> None:
        if is_more and page > LAST_PAGE:
            raise Unreadable(
                f"Entry '{self._entry}': more than {LAST_PAGE * self._size:,} {stream} changed in the same second "
                f"({asked}), and {self._product.title} shows no page after {LAST_PAGE}, so the others cannot be "
                f"reached. What was read is kept. Set start_at: to a moment after {asked}, or touch some of them, "
                "which moves them on."
            )

    def _look_through(self, rows: list[dict[str, Any]]) -> None:
        for one in rows:
            for word in self._desk.unknown(one):
                said = f"{word} means nothing here, so that column stays empty. "
                hint = f"Write it under statuses: as one of {', '.join(STATUSES)}." if word.startswith("status") else ""
                self._note(word, said + hint)

    def _to_talk_of(self, rows: list[dict[str, Any]]) -> list[list[int]]:
        """Ticket and whether it may have an answer to a survey, of those to be asked for one by one."""
        is_service = self._product.kind == "freshservice" and self._options.ratings
        found = [[one["id"], int(is_service and one.get("status") in ENDED)] for one in rows if one.get("id")]
        return [pair for pair in found if self._options.messages or pair[1]]

    def _talk(self) -> Iterator[Page]:
        """Conversations of tickets that changed, and what surveys were answered."""
        while todo := self.state.get("todo"):
            chunk = todo[: self._at_once]
            payloads = [{"ticket_id": number} for number, _ in chunk]
            if self._options.messages:
                self._add_conversations(payloads)
            self._add_responses([one for one, (_, is_rated) in zip(payloads, chunk, strict=True) if is_rated])
            self.state["todo"] = todo[self._at_once :]
            if not self.state["todo"]:
                del self.state["todo"]
            told = [one for one in payloads if len(one) > 1]
            if told:
                yield self._page(told, "conversations")

    def _many(self, asks: list[Ask]) -> list[Answer]:
        found: list[Answer] = []
        for one in self._fetch.many(asks):
            if isinstance(one, SourceError):
                raise one
            found.append(one)
        return found

    def _add_conversations(self, payloads: list[dict[str, Any]]) -> None:
        page, open_ones = 1, payloads
        while open_ones and page < MOST_PAGES:
            params = {"per_page": self._size, "page": page}
            paths = [f"/tickets/{one['ticket_id']}/conversations" for one in open_ones]
            asks = [Ask(path=path, params=params, lane="other", lets=MISSING) for path in paths]
            going = []
            for one, answer in zip(open_ones, self._many(asks), strict=True):
                if answer.status == 403:
                    self._note(
                        "conversations", f"Conversations of some tickets are not open to this key: {PERMISSION}."
                    )
                rows = self._product.listed(answer.data, "conversations") if answer.is_good else []
                if rows and rows == one.get("conversations", [])[-len(rows) :]:
                    raise self._endless(f"/tickets/{one['ticket_id']}/conversations", page)
                one["conversations"] = [*one.get("conversations", []), *rows]
                going += [one] if answer.is_good and more_follow(answer) else []
            page, open_ones = page + 1, going
        merged = [one for one in payloads if merged_into(one["conversations"])]
        asks = [self._whole_ticket(one["ticket_id"]) for one in merged]
        for one, answer in zip(merged, self._many(asks), strict=True):
            if answer.is_good:
                one["ticket"] = answer.data.get("ticket", answer.data) if isinstance(answer.data, dict) else {}

    def _whole_ticket(self, number: int) -> Ask:
        params = {"include": "stats,requester"}
        return Ask(path=f"/tickets/{number}", params=params, lane="other", cost=1 + 2 * INCLUDED_COST, lets=MISSING)

    def _add_responses(self, payloads: list[dict[str, Any]]) -> None:
        paths = [f"/tickets/{one['ticket_id']}/csat_response" for one in payloads]
        answers = self._many([Ask(path=path, lane="other", lets=MISSING) for path in paths])
        for one, answer in zip(payloads, answers, strict=True):
            if answer.is_good and isinstance(answer.data, dict) and answer.data.get("csat_response"):
                one["csat_response"] = answer.data["csat_response"]
            elif answer.status == 403:
                self._note("ratings", f"Answers to surveys are not read (403): the plan lacks them, or {PERMISSION}.")

    def _ratings(self, start: str) -> Iterator[Page]:
        """Ratings of the last days: one is changed, or shows, some days after it was given."""
        path = "/surveys/satisfaction_ratings"
        held = self.state.get("ratings", {})
        days = getattr(self._options, "ratings_days", 14.0)
        since, seen = str(held.get("since", start)), dict(held.get("seen", {}))
        asked = str(held.get("asked") or max(start, earlier(since, days * 86_400)))
        at = self.state.get("at", {})
        first = int(at.get("page", 1)) if at.get("stream") == "ratings" and held.get("asked") else 1
        for page, answer, is_more in self._list(path, {"created_since": asked, "page": first}, "other"):
            if self._skipped(path, answer):
                return
            rows = self._product.listed(answer.data, "satisfaction_ratings")
            new = unseen(rows, seen)
            since = max([since, *(utc_text(one.get("created_at")) for one in rows)])
            seen = kept(new, seen, earlier(since, days * 86_400), "created_at")
            self.state["ratings"] = {"since": since, "seen": seen, **({"asked": asked} if is_more else {})}
            self.state["at"] = (
                {"stream": "ratings", "page": page + 1} if is_more else {"stream": self._after("ratings")}
            )
            if new:
                yield self._page(new, "ratings")
