"""Companies by their id: all of them by a scroll, of which a workspace has one at a time, or one by one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from deskbook.errors import SourceError, Unreadable
from deskbook.sources.http import Ask, Fetch
from deskbook.sources.intercom.asking import CLOSED, permission
from deskbook.sources.intercom.values import Payload, inner, listed

SCROLL: Final = "/companies/scroll"
RESTARTS: Final = 3
Company = dict[str, str]


class Companies:
    """What is known of companies in one pull: name, plan and segment of each.

    Attributes:
        notes: why a scroll could not be used, once.
    """

    def __init__(self, fetch: Fetch, entry: str, segments: Payload) -> None:
        self._fetch, self._entry, self._segments = fetch, entry, segments
        self._known: dict[str, Company] = {}
        self._is_closed = False
        self.notes: list[str] = []

    def of(self, contacts: Iterable[Payload]) -> dict[str, Company]:
        """The companies that contacts name first, by id; those that are not known yet are asked for."""
        ids = [str(held[0].get("id")) for one in contacts if (held := listed(one, "companies", "data"))]
        wanted = list(dict.fromkeys(ids))
        unknown = [one for one in wanted if one not in self._known and not self._is_closed]
        asks = [Ask(path=f"/companies/{one}", lets=CLOSED) for one in unknown]
        for one, answer in zip(unknown, self._fetch.many(asks), strict=True):
            if isinstance(answer, SourceError):
                raise answer
            self._known[one] = self._brief(answer.data) if answer.is_good else {}
        return {one: self._known[one] for one in wanted if one in self._known}

    def scroll(self) -> None:
        """Learn all companies. What a scroll cannot give is asked for one by one later.

        Raises:
            Unreadable: the scroll gives the same companies for ever.
        """
        for _ in range(RESTARTS):
            status = self._scrolled()
            if status == 200:
                return
            if status != 500:
                break
        self._is_closed = status in CLOSED
        self.notes.append(self._said(status))

    def _scrolled(self) -> int:
        """The status that a scroll ends with: 200 at its end, 500 where it must begin again."""
        params: dict[str, Any] = {}
        read: set[str] = set()
        while True:
            # A scroll that failed cannot go on, so asking for the same page again is no use.
            answer = self._fetch.get(SCROLL, params, lets=CLOSED | {400, 500})
            if not answer.is_good:
                return 500 if params and answer.status == 400 else answer.status
            rows = listed(answer.data, "data")
            ids = {str(one.get("id")) for one in rows}
            if not rows:
                return 200
            if ids <= read:
                raise Unreadable(
                    f"Entry '{self._entry}': {SCROLL} gives the same companies again and again, after {len(read):,} "
                    "of them. Reading stops, as it would not end; what was read is kept."
                )
            read |= ids
            self._known |= {str(one.get("id")): self._brief(one) for one in rows}
            params = {"scroll_param": inner(answer.data, "scroll_param")}
            if not params["scroll_param"]:
                return 200

    def _said(self, status: int) -> str:
        if status == 400:
            return (
                "Intercom lets one application at a time scroll through companies, and another one does: companies "
                "are asked for one by one instead."
            )
        if status == 500:
            return f"Intercom broke the scroll through companies off {RESTARTS} times: they are asked for one by one."
        return (
            f"Intercom does not open companies to this app ({status}): customers have none. It needs the permission "
            f"'{permission(SCROLL)}'."
        )

    def _brief(self, one: Any) -> Company:
        segments = listed(one, "segments", "segments")
        named = [held.get("name") or self._segments.get(str(held.get("id"))) for held in segments]
        told = {
            "name": inner(one, "name"),
            "plan": inner(one, "plan", "name"),
            "segment": next((name for name in named if name), None),
        }
        return {name: str(value) for name, value in told.items() if value}
