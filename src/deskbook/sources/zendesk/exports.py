"""Incremental exports: what is new since the last page, by a cursor of Zendesk's own or by its clock.

A cursor is followed from the first call on; a moment is never made up, as what Zendesk writes late would be lost. Both
leave out the last minute, and give rows of a page's edge again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from deskbook.errors import Unreadable
from deskbook.sources.http import Ask, Fetch
from deskbook.sources.zendesk.asking import needed
from deskbook.sources.zendesk.options import EXPORT
from deskbook.sources.zendesk.values import inner, listed

Payloads = list[dict[str, Any]]


@dataclass
class Export:
    """One export and how far it was read.

    Attributes:
        key: where the rows stand in an answer.
        moment: what of a row says when it was written, seconds since 1970 or ISO 8601.
        start: seconds since 1970 from which on there is something to read.
        after: Zendesk's cursor of the next page; None before the first.
        edge: id -> moment of the last page's rows, which may come again.
        sized: whether it can be asked for pages of a size.
    """

    path: str
    key: str
    moment: str
    by_cursor: bool = True
    start: int = 0
    after: str | None = None
    edge: dict[str, Any] = field(default_factory=dict)
    params: Mapping[str, Any] = field(default_factory=dict)
    sized: bool = True

    def read(self, held: Mapping[str, Any], begins: int) -> None:
        """Go on where a cursor says, or begin."""
        self.after, self.start = held.get("after"), int(held.get("start", begins))
        self.edge = dict(held.get("edge") or {})

    def kept(self) -> dict[str, Any]:
        """As a cursor holds it."""
        told = {"after": self.after, "start": self.start, "edge": self.edge}
        return {name: value for name, value in told.items() if value not in (None, {})}

    def pages(self, fetch: Fetch, entry: str, size: int) -> Iterator[tuple[Payloads, Mapping[str, Any]]]:
        """New rows and the whole answer of each page; the export stands behind the page when it is yielded.

        Raises:
            Unreadable: it does not go on, though it says that there is more.
        """
        while True:
            given = {**({"per_page": size} if self.sized else {}), **self.params}
            given |= {"cursor": self.after} if self.by_cursor and self.after else {"start_time": self.start}
            answer = needed(fetch, Ask(path=self.path, params=given, lane=EXPORT), entry).data
            rows = listed(answer, self.key)
            news = [one for one in rows if self.edge.get(str(one.get("id"))) != one.get(self.moment)]
            went_on = self._go_on(answer, rows)
            if news:
                yield news, answer
            told = inner(answer, "end_of_stream")
            if told or (told is None and not news):
                return
            if not went_on:
                raise Unreadable(
                    f"Entry '{entry}': {self.path} says that there is more, and gives the same page again "
                    f"({len(rows):,} rows). Reading stops there, as it would not end; what was read is kept."
                )

    def _go_on(self, answer: Any, rows: Payloads) -> bool:
        """Stand behind a page; whether that is further than before."""
        before = (self.after, self.start, dict(self.edge))
        if rows:
            last = rows[-1].get(self.moment)
            self.edge = {str(one.get("id")): last for one in rows if one.get(self.moment) == last}
        if self.by_cursor:
            if rows or not self.after:  # an empty page is no news, and its cursor none to keep
                self.after = inner(answer, "after_cursor") or self.after
        elif rows and inner(answer, "end_time"):
            self.start = int(answer["end_time"])
        return before != (self.after, self.start, self.edge)
