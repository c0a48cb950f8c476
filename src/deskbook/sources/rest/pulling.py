"""A pull of a `rest` entry: resource after resource, parents with their children, the cursor whole after every page.

The cursor is {resources: {name: what is known of it}, at: {resource, begins, turn, page, before, after}, said}: `at`
stands where a pull was cut off, and is not there once it was through.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from deskbook.errors import SourceError, SourceMissing, Unreadable
from deskbook.sources.contract import Cursor, Page
from deskbook.sources.http import Fetch
from deskbook.sources.payloads import payload_page
from deskbook.sources.rest.grammar import Resource
from deskbook.sources.rest.known import Known, Newest, Pages, hashed
from deskbook.sources.rest.reading import Reader, Row, shared

log = logging.getLogger(__name__)
PARENTS_AT_ONCE: Final = 20
"""Rows whose children are asked for before their place is kept."""
ROWS_A_PAGE: Final = 1_000
OF: Final = " of "


@dataclass
class At:
    """Where a pull of a resource stands.

    Attributes:
        begins: what its first request was given.
        turn: of the page that is being read.
        page: its number, from 0 on.
        before: hash of the page before it.
        after: sign of the last of its rows whose children were read.
        given: hash of the page, once its own rows were given and those of its children are to follow.
    """

    begins: Any
    turn: Mapping[str, Any]
    page: int = 0
    before: str = ""
    after: str = ""
    given: str = ""


class Pull:
    """One pull.

    Args:
        resources: all of them, parents before their children.
        taken: those whose rows are kept; None for all.
        origin: what the rows' origin is called after the resource's name.
    """

    def __init__(
        self,
        reader: Reader,
        resources: Mapping[str, Resource],
        taken: frozenset[str] | None,
        origin: str,
        cursor: Cursor,
    ) -> None:
        self._reader, self._resources, self._taken, self._origin = reader, resources, taken, origin
        self._states: dict[str, Any] = dict(cursor.get("resources", {}))
        self._at: dict[str, Any] = dict(cursor.get("at", {}))
        self._said: list[str] = list(cursor.get("said", ()))
        self._notes: list[str] = []
        self._firsts: set[str] = set()
        self._yielded: Cursor | None = cursor if self._at else None

    def pages(self, fetch: Fetch) -> Iterator[Page]:
        """The pages of all resources; of those before the one that was cut off, none."""
        tops = [one for one in self._resources.values() if not one.parent and self._is_wanted(one)]
        names = [one.name for one in tops]
        start = names.index(self._at["resource"]) if self._at.get("resource") in names else 0
        for resource in tops[start:]:
            yield from self._whole(fetch, resource)
        if self._notes or (self._yielded is not None and self._yielded != self._cursor()):
            yield self._page(tops[-1], [])

    def _is_wanted(self, resource: Resource) -> bool:
        is_own = self._taken is None or resource.name in self._taken
        return is_own or any(self._is_wanted(one) for one in self._children(resource))

    def _children(self, resource: Resource) -> list[Resource]:
        return [one for one in self._resources.values() if one.parent == resource.name and self._is_wanted(one)]

    def _whole(self, fetch: Fetch, resource: Resource) -> Iterator[Page]:
        """A resource from where it stands; from its start where that place is no more."""
        held = {name: value for name, value in self._at.items() if name != "resource"}
        is_resumed = self._at.get("resource") == resource.name
        known = self._known(resource)
        at = At(**held) if is_resumed else At(known.begins(), {})
        if is_resumed and (at.turn or at.page):
            try:
                yield from self._from(fetch, resource, known, at)
            except (Unreadable, SourceMissing) as error:
                if at.page != held["page"]:
                    raise
                self._note(f"{resource.name} could not go on where it was cut off and was read anew: {error}")
                known = self._known(resource, anew=True)
                yield from self._from(fetch, resource, known, At(known.begins(), {}))
        else:
            yield from self._from(fetch, resource, known, at)

    def _known(self, resource: Resource, *, anew: bool = False) -> Known:
        state = self._states.get(resource.name, {})
        if anew:
            state = {name: value for name, value in state.items() if name not in ("now", "high")}
        if resource.incremental:
            return Newest(state, resource.incremental, f"resource '{resource.name}'")
        return Pages(state)

    def _from(self, fetch: Fetch, resource: Resource, known: Known, at: At) -> Iterator[Page]:
        first = self._reader.first(resource, at.begins)
        below = {one.name: self._known(one) for one in self._below(resource)}
        for part in self._reader.walk(fetch, resource, first, at.turn, at.before):
            self._note(part.note)
            was_given, at.given = at.given, hashed(part.rows) if below else ""
            fresh = known.fresh(part.rows, at.page)
            self._keep(resource, known, at)
            if fresh and self._is_taken(resource) and not (was_given and was_given == at.given):
                if not below and part.turn is not None:
                    self._pass(resource, known, at, part.turn, part.rows)
                elif not below:
                    self._done(resource, known, below)
                yield self._page(resource, fresh)
            # Children of a parent that is read as a whole may have changed though it did not; and where a pull was cut
            # off among a page's children, its rows were given and the children were not.
            parents = fresh if isinstance(known, Newest) and not was_given else part.rows
            if below and parents:
                yield from self._descend(fetch, resource, known, below, parents, at)
            if part.turn is not None:
                self._pass(resource, known, at, part.turn, part.rows)
        self._done(resource, known, below)

    def _keep(self, resource: Resource, known: Known, at: At) -> None:
        self._states[resource.name] = known.state()
        self._at = {"resource": resource.name, **at.__dict__}

    def _pass(self, resource: Resource, known: Known, at: At, turn: Any, rows: Sequence[Row]) -> None:
        if at.turn == turn:
            return
        at.turn, at.page, at.before = turn, at.page + 1, hashed(rows) if rows else ""
        at.after = at.given = ""
        self._keep(resource, known, at)

    def _done(self, resource: Resource, known: Known, below: Mapping[str, Known]) -> None:
        self._states[resource.name] = known.done()
        self._states |= {name: one.done() for name, one in below.items()}
        self._at = {}

    def _below(self, resource: Resource) -> list[Resource]:
        children = self._children(resource)
        return [*children, *(one for child in children for one in self._below(child))]

    def _descend(
        self,
        fetch: Fetch,
        resource: Resource,
        known: Known,
        below: Mapping[str, Known],
        parents: Sequence[Row],
        at: At,
    ) -> Iterator[Page]:
        """The children of a page's rows, some rows at a time; the place is kept after each such group."""
        signs = [hashed(row) for row in parents]
        begin = signs.index(at.after) + 1 if at.after in signs else 0
        for place in range(begin, len(parents), PARENTS_AT_ONCE):
            group = parents[place : place + PARENTS_AT_ONCE]
            held: tuple[Resource, list[Row]] | None = None
            for found in self._of(fetch, resource, below, group):
                if held:
                    yield self._page(*held)
                held = found
            at.after = signs[min(place + PARENTS_AT_ONCE, len(parents)) - 1]
            self._states |= {name: one.state() for name, one in below.items()}
            self._keep(resource, known, at)
            if held:
                yield self._page(*held)

    def _of(
        self, fetch: Fetch, resource: Resource, below: Mapping[str, Known], parents: Sequence[Row]
    ) -> Iterator[tuple[Resource, list[Row]]]:
        """The rows of all that hangs on some rows, page by page."""
        for child in self._children(resource):
            known = below[child.name]
            for rows in self._rows(fetch, child, known.begins(), parents):
                yield from self._of(fetch, child, below, rows)
                fresh = known.fresh(rows, self._count(child, known))
                if fresh and self._is_taken(child):
                    yield child, fresh

    @staticmethod
    def _count(child: Resource, known: Known) -> int:
        return len(known.state()["now"]) if isinstance(known, Pages) else 0

    def _rows(self, fetch: Fetch, child: Resource, begins: Any, parents: Sequence[Row]) -> Iterator[list[Row]]:
        """Rows of a child of some parents' rows: first pages side by side, those after them one by one."""
        asks = [self._reader.first(child, begins, parent) for parent in parents]
        answers = fetch.many([child.pager.ask(ask, {}) for ask in asks])
        rows: list[Row] = []
        for parent, ask, answer in zip(parents, asks, answers, strict=True):
            if isinstance(answer, SourceError):
                raise answer
            part = self._reader.part(child, answer, ask, {})
            rows += shared(child, parent, part.rows)
            if part.turn is not None:
                before = hashed(part.rows) if part.rows else ""
                for more in self._reader.walk(fetch, child, ask, part.turn, before):
                    rows += shared(child, parent, more.rows)
                    while len(rows) >= ROWS_A_PAGE:
                        yield rows[:ROWS_A_PAGE]
                        rows = rows[ROWS_A_PAGE:]
        if rows:
            yield rows

    def _is_taken(self, resource: Resource) -> bool:
        return self._taken is None or resource.name in self._taken

    def _page(self, resource: Resource, rows: Sequence[Row]) -> Page:
        cursor, notes = self._cursor(), tuple(self._notes)
        self._yielded, self._notes = cursor, []
        is_first = resource.name not in self._firsts
        self._firsts.add(resource.name)
        return payload_page(rows, f"{resource.name}{OF}{self._origin}", cursor, first=is_first, notes=notes)

    def _cursor(self) -> dict[str, Any]:
        held = {"resources": {name: dict(one) for name, one in self._states.items()}}
        return held | ({"at": dict(self._at)} if self._at else {}) | ({"said": list(self._said)} if self._said else {})

    def _note(self, said: str) -> None:
        if said and said not in self._said:
            log.warning("%s", said)
            self._said = [*self._said, said][-20:]
            self._notes.append(said)
