"""One pull of an account: people, hours and promises, tickets, their messages and history, ratings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, Final

from deskbook.errors import SourceError
from deskbook.sources.arrays import json_text
from deskbook.sources.contract import Cursor, Entry, Page
from deskbook.sources.http import Answer, Ask, Fetch
from deskbook.sources.payloads import payload_page
from deskbook.sources.zendesk.asking import CLOSED, list_pages, whole_list
from deskbook.sources.zendesk.exports import Export
from deskbook.sources.zendesk.options import ZendeskOptions
from deskbook.sources.zendesk.remarks import Remarks
from deskbook.sources.zendesk.staff import Staff
from deskbook.sources.zendesk.values import AGENTS, DELETED, FORMER, NAMES, Payload, listed

ORIGIN: Final = "zendesk"
MERGED: Final = "closed_by_merge"
INTO: Final = re.compile(r"#(\d+)")
AT_ONCE: Final = 100
SUNSET: Final = (
    "The entry uses an API token. Zendesk makes no new ones since 2026-10-27, turns off those that are unused for 30 "
    "days, and ends all of them on 2027-04-30: make an OAuth client (Admin Center, Apps and integrations, APIs), and "
    "write client_id: and client_secret: in its place."
)
SETTINGS: Final = (("sla policies", "/api/v2/slas/policies", "sla_policies"),)


class Pull:
    """What one pull asks and gives. The cursor grows with it: each page carries it as it is then."""

    def __init__(self, entry: Entry, options: ZendeskOptions, fetch: Fetch, cursor: Cursor) -> None:
        self._entry, self._options, self._fetch = entry, options, fetch
        self._cursor: dict[str, Any] = deepcopy(dict(cursor))
        self._notes: list[str] = [SUNSET] if options.api_token else []
        self._remarks = Remarks()
        self._begins = options.begins(entry)
        self._names: dict[str, Any] = {}
        self._staff = Staff(self._cursor.get("staff", ()))

    def pages(self) -> Iterator[Page]:
        """Everything that is new."""
        yield from self._settings()
        yield from self._export("users", self._customers)
        yield from self._ratings()
        yield from self._export("tickets", self._tickets)
        yield from self._export("events", lambda rows, answer: self._told(rows))
        yield from self._former()
        yield from self._export("promises", lambda rows, answer: rows)

    def about(self, told: Sequence[Mapping[str, Any]]) -> Iterator[Page]:
        """Tickets that webhooks named, with their messages and history; the cursor stays."""
        held = deepcopy(self._cursor)
        for _ in self._settings():
            pass  # names alone are wanted of it
        self._cursor = held
        ids = list(dict.fromkeys(str(one) for each in told for one in each.get("tickets", ())))
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            include = "users,groups,organizations,metric_sets"
            answer = self._fetch.get("/api/v2/tickets/show_many", {"ids": ",".join(some), "include": include})
            rows = listed(answer.data, "tickets")
            there = {str(one.get("id")) for one in rows}
            gone = [{"id": one, "status": DELETED} for one in some if one not in there]
            yield self._page("tickets", self._tickets([*rows, *gone], answer.data))
            yield self._page("events", self._audits(sorted(there, key=int)))

    def _settings(self) -> Iterator[Page]:
        """What tickets refer to by id; people, hours and promises as pages where any of them changed."""
        fields, said = whole_list(self._fetch, "/api/v2/ticket_fields", "ticket_fields", self._entry.name)
        groups, also = whole_list(self._fetch, "/api/v2/groups", "groups", self._entry.name)
        roles = {"role[]": list(AGENTS)}
        agents, more = whole_list(self._fetch, "/api/v2/users", "users", self._entry.name, **roles)
        forms, too = whole_list(self._fetch, "/api/v2/ticket_forms", "ticket_forms", self._entry.name)
        self._notes += [one for one in (said, also, more, too) if one]
        self._names = {
            "fields": {str(one.get("id")): str(one.get("title") or one.get("id")) for one in fields},
            "forms": {str(one.get("id")): one.get("name") for one in forms},
            "category": self._options.category_field,
            "address": self._options.address,
        }
        self._staff.take(agents)
        self._cursor["staff"] = self._staff.ids
        teams = {str(one.get("id")): one.get("name") for one in groups}
        yield from self._changed("groups", groups)
        yield from self._changed("agents", agents)
        for name, path, key in SETTINGS:
            rows, said = whole_list(self._fetch, path, key, self._entry.name)
            self._notes += [said] if said else []
            yield from self._changed(name, rows, {"teams": teams})
        yield from self._changed("schedules", self._schedules())

    def _schedules(self) -> list[dict[str, Any]]:
        """Schedules of business hours, each with its holidays."""
        answer = self._fetch.get("/api/v2/business_hours/schedules", lets=CLOSED)
        if not answer.is_good:
            self._notes.append("Zendesk does not open its schedules of business hours: left out. The plan lacks them.")
            return []
        schedules = listed(answer.data, "schedules")
        asks = [
            Ask(path=f"/api/v2/business_hours/schedules/{one.get('id')}/holidays", lets=CLOSED) for one in schedules
        ]
        found = self._answers(asks)
        return [{**one, "holidays": listed(days.data, "holidays")} for one, days in zip(schedules, found, strict=True)]

    def _changed(self, name: str, rows: list[dict[str, Any]], names: Mapping[str, Any] | None = None) -> Iterator[Page]:
        """A whole list as a page, where it is another than last time."""
        sign = hashlib.sha256(json_text([rows, names]).encode()).hexdigest()[:16]
        lists = self._cursor.setdefault("lists", {})
        if lists.get(name) == sign or (not rows and name not in lists):
            return
        is_first, lists[name] = name not in lists, sign
        yield self._page(name, [*rows, {NAMES: dict(names)}] if names else rows, first=is_first)

    def _export(self, name: str, made: Any) -> Iterator[Page]:
        """Pages of one incremental export."""
        export = EXPORTS[name]()
        export.read(self._cursor.get(name) or {}, self._begins if name != "users" else 0)
        is_first = name not in self._cursor
        for rows, answer in export.pages(self._fetch, self._entry.name, self._options.page_rows):
            self._cursor[name] = export.kept()
            kept = made(rows, answer)
            self._cursor["staff"] = self._staff.ids
            yield self._page(name, kept, first=is_first)
            is_first = False

    def _customers(self, rows: list[dict[str, Any]], answer: Any) -> list[dict[str, Any]]:
        named = {str(one.get("id")): one.get("name") for one in listed(answer, "organizations")}
        return [*rows, {NAMES: {"organizations": named}}]

    def _tickets(self, rows: list[dict[str, Any]], answer: Any) -> list[dict[str, Any]]:
        """Tickets, each once, with the figures and names that came beside them."""
        once = {str(one.get("id")): one for one in rows}
        if len(once) < len(rows):  # the newest of a ticket that came twice is the one that counts
            rows = sorted(rows, key=lambda one: one.get("generated_timestamp") or 0)
            once = {str(one.get("id")): one for one in rows}
        found = list(once.values())
        self._notes += self._remarks.of(found)
        self._staff.take_assigned(found)
        merged = self._merged([one for one in found if MERGED in (one.get("tags") or ())])
        return [*found, *_figures(answer), {NAMES: {**self._names, "agents": self._staff.ids, "merged": merged}}]

    def _told(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Events or audits of tickets, with who of their people is or was an agent."""
        self._staff.take_told(rows)
        return [*rows, {NAMES: {**self._names, "agents": self._staff.ids}}]

    def _former(self) -> Iterator[Page]:
        """Names of those who are agents no more and were not asked for yet."""
        former = self._staff.former
        asked = set(self._cursor.get("former", ())).intersection(former)
        new = [one for one in former if one not in asked]
        for start in range(0, len(new), AT_ONCE):
            some = new[start : start + AT_ONCE]
            answer = self._fetch.get("/api/v2/users/show_many", {"ids": ",".join(some)}, lets=CLOSED)
            asked |= set(some)
            self._cursor["former"] = sorted(asked)
            if rows := listed(answer.data, "users") if answer.is_good else []:
                yield self._page(FORMER, rows)

    def _merged(self, rows: Sequence[Payload]) -> dict[str, str]:
        """Ticket -> the one it was merged into, which only the note that closed it tells."""
        newest = {"page[size]": 5, "sort": "-created_at"}
        asks = [Ask(path=f"/api/v2/tickets/{one['id']}/comments", params=newest, lets=CLOSED) for one in rows]
        found: dict[str, str] = {}
        for one, answer in zip(rows, self._answers(asks), strict=True):
            for comment in listed(answer.data, "comments") if answer.is_good else ():
                into = INTO.search(str(comment.get("plain_body") or comment.get("body") or ""))
                if into and into[1] != str(one["id"]):
                    found[str(one["id"])] = into[1]
                    break
        return found

    def _audits(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        """Audits of tickets, every page of them."""
        found: list[dict[str, Any]] = []
        for one in ids:
            path = f"/api/v2/tickets/{one}/audits"
            for rows, _ in list_pages(self._fetch, path, "audits", self._entry.name, {}):
                found += rows
        return self._told(found)

    def _ratings(self) -> Iterator[Page]:
        """Ratings that were offered or given since the newest that is known."""
        held = dict(self._cursor.get("ratings") or {})
        since = int(held.get("start", self._begins))
        edge: dict[str, Any] = dict(held.get("edge") or {})
        params = {"start_time": since, "sort": "updated_at"} if since else {"sort": "updated_at"}
        is_first = not held
        for rows, said in list_pages(
            self._fetch, "/api/v2/satisfaction_ratings", "satisfaction_ratings", self._entry.name, params
        ):
            self._notes += [said] if said else []
            news = [one for one in rows if edge.get(str(one.get("id"))) != one.get("updated_at")]
            if not news:
                continue
            newest = max(str(one.get("updated_at") or "") for one in news)
            edge |= {str(one.get("id")): one.get("updated_at") for one in news}
            edge = {name: at for name, at in edge.items() if str(at or "")[:16] >= newest[:16]}
            self._staff.take_assigned(news)
            self._cursor["staff"] = self._staff.ids
            self._cursor["ratings"] = {"start": _second_of(newest) or since, "edge": edge}
            yield self._page("ratings", news, first=is_first)
            is_first = False

    def _answers(self, asks: Sequence[Ask]) -> list[Answer]:
        """The answers to all, asked side by side.

        Raises:
            SourceError: of the first that fails.
        """
        found: list[Answer] = []
        for answer in self._fetch.many(asks):
            if isinstance(answer, SourceError):
                raise answer
            found.append(answer)
        return found

    def _page(self, name: str, rows: Sequence[Any], first: bool = False) -> Page:
        notes, self._notes = tuple(self._notes), []
        cursor = deepcopy(self._cursor)
        return payload_page(rows, f"{ORIGIN} {name}", cursor, first=first, notes=notes, objects=rows)


def _figures(answer: Any) -> list[dict[str, Any]]:
    """Zendesk's own figures of tickets, which come beside them."""
    return listed(answer, "metric_sets")


def _second_of(moment: str) -> int | None:
    from datetime import datetime

    try:
        return int(datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp())
    except ValueError:
        return None


EXPORTS: Final = {
    "users": lambda: Export(
        "/api/v2/incremental/users/cursor", "users", "updated_at", params={"include": "organizations"}
    ),
    "tickets": lambda: Export(
        "/api/v2/incremental/tickets/cursor",
        "tickets",
        "generated_timestamp",
        params={"include": "metric_sets"},
    ),
    "events": lambda: Export(
        "/api/v2/incremental/ticket_events",
        "ticket_events",
        "timestamp",
        by_cursor=False,
        params={"include": "comment_events"},
    ),
    "promises": lambda: Export(
        "/api/v2/incremental/ticket_metric_events", "ticket_metric_events", "time", by_cursor=False, sized=False
    ),
}
