"""One resource asked page by page: its requests, and the rows that an answer holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from deskbook.errors import SourceError, Unreadable
from deskbook.sources.expressions import Expression
from deskbook.sources.http import Answer, Ask, Fetch, MayPass, pages
from deskbook.sources.rest import xml
from deskbook.sources.rest.grammar import PLACEHOLDER, Resource, RestOptions
from deskbook.sources.rest.known import hashed
from deskbook.sources.rest.pagers import GUESSED, Got, Turn

MORE: Final = ("has_more", "hasMore", "next_cursor", "nextCursor", "next_page", "pagination.next", "meta.next_cursor")
"""Where a body says that there is more than this page."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A page of a resource.

    Attributes:
        turn: where the page after it begins; None at the end.
        note: what is worth knowing.
    """

    rows: list[Row]
    turn: Turn | None
    note: str = ""


class Reader:
    """Reads the resources of one entry.

    Args:
        entry: its name, for messages.
        hidden: parameters that every request is given as it leaves.
    """

    def __init__(self, options: RestOptions, entry: str, hidden: frozenset[str]) -> None:
        self._options, self._entry, self._hidden = options, entry, hidden

    def judge(self, answer: Answer) -> SourceError | None:
        """What is wrong with an answer of XML: one that broke off is asked for again."""
        if self._options.format != "xml":
            return None
        try:
            xml.parsed(answer.content, f"Entry '{self._entry}': {answer.url}")
        except xml.Broken as error:
            kind = answer.headers.get("content-type", "no type")
            return MayPass(
                f"Entry '{self._entry}': {answer.url} sent {len(answer.content):,} bytes ({kind}) that are no sound "
                f"XML ({error}): the answer broke off, or it is not the API that is asked."
            )
        except Unreadable as error:
            return error
        return None

    def first(self, resource: Resource, begins: Any, parent: Mapping[str, Any] | None = None) -> Ask:
        """The request for the first page.

        Args:
            begins: what a parameter that grows is given; None leaves it out.
            parent: the row of the parent that it is about.
        """
        ends = resource.incremental.end_value if resource.incremental else None
        known: dict[str, Any] = {"start_value": begins, "end_value": ends}
        known |= {name: Expression(name, f"resource '{resource.name}'").search(parent) for name in resource.needs}
        endpoint = resource.endpoint
        return Ask(
            path=str(_filled(endpoint.path, known, is_path=True)),
            params={name: _filled(value, known) for name, value in endpoint.params.items()},
            method=endpoint.method,
            json=_filled(endpoint.json, known),
            headers={name: str(_filled(value, known)) for name, value in endpoint.headers.items()},
            wants="bytes" if self._options.format == "xml" else "json",
            lets=resource.lets,
        )

    def walk(self, fetch: Fetch, resource: Resource, first: Ask, turn: Turn, before: str = "") -> Iterator[Part]:
        """The pages from a turn on.

        Args:
            before: hash of the page before it, by which one that repeats for ever is known.

        Raises:
            Unreadable: a page is the one before it again, or has no rows where they are said to be.
        """
        held: list[Part] = []

        def following(answer: Answer, ask: Ask) -> Ask | None:
            held[:] = [self.part(resource, answer, first, held[0].turn if held and held[0].turn else turn)]
            after = held[0].turn
            return None if after is None else resource.pager.ask(first, after)

        for _ in pages(fetch, resource.pager.ask(first, turn), following, self._entry):
            part = held[0]
            sign = hashed(part.rows) if part.rows else ""
            if sign and sign == before:
                raise Unreadable(
                    f"Entry '{self._entry}': resource '{resource.name}' sends the same {len(part.rows):,} rows for the "
                    "next page as for the one before, so it would go on for ever. Reading stops; what was read is "
                    "kept. Check its paginator:, above all the name of the parameter."
                )
            before = sign
            yield part

    def part(self, resource: Resource, answer: Answer, first: Ask, turn: Turn) -> Part:
        """What an answer holds, and the turn after it."""
        if answer.status in resource.lets:
            note = f"{resource.name} is not there ({answer.status}) for these credentials or rows; it was left out"
            return Part([], None, "" if resource.parent else note)
        rows, find = self._read(resource, answer)
        got = Got(answer, find, len(rows), self._hidden)
        after = resource.pager.after(got, first, turn)
        note = self._doubt(resource, got) if after is None and not turn and resource.endpoint.paginator is None else ""
        kept = [row for row in rows if all(self._search(resource, one, row) for one in resource.filters)]
        return Part(kept, after, note)

    def _search(self, resource: Resource, text: str, row: Row) -> Any:
        try:
            return Expression(text, f"filter: of resource '{resource.name}'").search(row)
        except ValueError:
            return None  # a row that a filter does not fit is none that it wants

    def _doubt(self, resource: Resource, got: Got) -> str:
        """What to say where a page is taken for the only one, and says itself that there are more."""
        if type(resource.pager).__name__ != "Auto" or self._options.format == "xml":
            return ""
        for path in (*GUESSED, *MORE):
            if got.find(path) not in (None, False, "", 0):
                return f"{resource.name} says under {path} that there is more than one page; write its paginator:"
        return ""

    def _read(self, resource: Resource, answer: Answer) -> tuple[list[Row], Any]:
        place = f"Entry '{self._entry}': resource '{resource.name}'"
        if self._options.format == "xml":
            document = xml.parsed(answer.content, f"Entry '{self._entry}': {answer.url}")
            path = resource.endpoint.data_selector or "/*/*"
            elements = xml.found(document, path, place)
            made = [xml.as_object(one, self._options.force_list) for one in elements]
            rows = [one if isinstance(one, dict) else {xml.TEXT: one} for one in made]
            return rows, lambda where: xml.text_at(document, where, place)
        body = answer.data
        found = _selected(body, resource.endpoint.data_selector, place)
        wrong = next((one for one in found if not isinstance(one, dict)), None)
        if wrong is not None:
            raise Unreadable(
                f"{place}: data_selector: '{resource.endpoint.data_selector}' leads to {type(wrong).__name__}s; wanted "
                "objects, one a row."
            )
        return found, lambda where: _at(body, where, place)


def _at(body: Any, path: str, place: str) -> Any:
    try:
        return Expression(_plain(path), place).search(body)
    except ValueError:
        return None


def _plain(path: str) -> str:
    """A path as JMESPath: dlt writes JSONPath, in which the root is a `$`."""
    return path.removeprefix("$").removeprefix(".") or "@"


def _selected(body: Any, selector: str, place: str) -> list[Any]:
    if selector:
        found = _at(body, selector, place)
        first = _plain(selector).partition(".")[0].partition("[")[0]
        if found is None and isinstance(body, Mapping) and first.isidentifier() and first not in body:
            raise Unreadable(
                f"{place}: the answer has nothing at data_selector: '{selector}'. It holds: "
                f"{', '.join(map(str, list(body)[:20])) or 'nothing'}."
            )
        return found if isinstance(found, list) else [] if found is None else [found]
    if body is None or isinstance(body, list):
        return body or []
    if not isinstance(body, Mapping):
        raise Unreadable(f"{place}: the answer is {type(body).__name__}; wanted a list of objects.")
    lists = [name for name, value in body.items() if isinstance(value, list)]
    if len(lists) > 1:
        raise Unreadable(f"{place}: the answer has several lists. Write data_selector: one of {', '.join(lists)}.")
    return list(body[lists[0]]) if lists else [body]


def _filled(value: Any, known: Mapping[str, Any], *, is_path: bool = False) -> Any:
    """A value with its placeholders filled in; a text that is nothing but one keeps the type, None included."""
    if isinstance(value, Mapping):
        return {name: _filled(one, known) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, known) for one in value]
    if not isinstance(value, str):
        return value
    whole = PLACEHOLDER.fullmatch(value)
    if whole and not is_path:
        return known[whole[2] or whole[4]]

    def one(match: Any) -> str:
        held = known[match[2] or match[4]]
        return quote(str(held), safe="") if is_path else str("" if held is None else held)

    return PLACEHOLDER.sub(one, value)


def shared(resource: Resource, parent: Mapping[str, Any], rows: Sequence[Row]) -> list[Row]:
    """Rows of a child with what they get of their parent's, as `_<parent>_<field>`."""
    more = {
        f"_{resource.parent}_{name.replace('.', '_')}": Expression(name, f"resource '{resource.name}'").search(parent)
        for name in resource.shares
    }
    return [{**row, **more} for row in rows]
