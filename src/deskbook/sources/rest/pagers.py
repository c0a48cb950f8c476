"""How an API names the page after this one: each way a small class, under the name that dlt's rest_api gives it.

Where a pull stands between two pages is a `Turn`: plain JSON, with none of the entry's own parameters in it, as these
may hold a secret.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from deskbook.sources.http import Answer, Ask

Turn = Mapping[str, Any]
GUESSED: Final = (
    "next",
    "next_page",
    "next_url",
    "next_page_url",
    "links.next",
    "_links.next.href",
    "links.next.href",
    "paging.next",
)
"""Where a body names the next page's address, if nobody says where."""


@dataclass(frozen=True)
class Got:
    """A page that came.

    Attributes:
        find: from a path (JMESPath, or XPath of XML) to what the body holds there.
        count: rows in it.
        hidden: parameters that every request is given as it leaves, such as a key.
    """

    answer: Answer
    find: Callable[[str], Any]
    count: int
    hidden: frozenset[str] = frozenset()


class Pager(Protocol):
    """From page to page."""

    def ask(self, first: Ask, turn: Turn) -> Ask:
        """The request for a turn; that of the first page for an empty one."""

    def after(self, got: Got, first: Ask, turn: Turn) -> Turn | None:
        """The turn after a page; None at the end."""


@dataclass(frozen=True, kw_only=True)
class SinglePage:
    """There is one page."""

    def ask(self, first: Ask, turn: Turn) -> Ask:
        """The request itself."""
        return first

    def after(self, got: Got, first: Ask, turn: Turn) -> Turn | None:
        """None."""
        return None


class _Linked:
    """The next page is an address."""

    def ask(self, first: Ask, turn: Turn) -> Ask:
        """The address, with the parameters of the entry that it held."""
        if not turn:
            return first
        again = {name: first.params[name] for name in turn["again"] if name in first.params}
        return replace(first, path=turn["link"], params=again)

    @staticmethod
    def _turn(link: Any, got: Got, first: Ask) -> Turn | None:
        """A link without the parameters that the entry gives anyway."""
        if not isinstance(link, str) or not link:
            return None
        whole = urlsplit(urljoin(got.answer.url, link))
        given = {(name, str(value)) for name, value in first.params.items() if value is not None}
        pairs = parse_qsl(whole.query, keep_blank_values=True)
        again = [name for name, value in pairs if (name, value) in given]
        kept = [(name, value) for name, value in pairs if (name, value) not in given and name not in got.hidden]
        query = urlencode(kept) if len(kept) < len(pairs) else whole.query
        return {"link": whole._replace(query=query, fragment="").geturl(), "again": again}


@dataclass(frozen=True, kw_only=True)
class HeaderLink(_Linked):
    """The Link header (RFC 8288).

    Attributes:
        links_next_key: relation of the next page.
    """

    links_next_key: str = "next"

    def after(self, got: Got, first: Ask, turn: Turn) -> Turn | None:
        """The link's address."""
        return self._turn(link_of(got.answer, self.links_next_key), got, first)


@dataclass(frozen=True, kw_only=True)
class JsonLink(_Linked):
    """An address in the body.

    Attributes:
        next_url_path: where.
    """

    next_url_path: str = "next"

    def after(self, got: Got, first: Ask, turn: Turn) -> Turn | None:
        """The address in the body."""
        return self._turn(got.find(self.next_url_path), got, first)


@dataclass(frozen=True, kw_only=True)
class Auto(_Linked):
    """The Link header, or an address where most APIs put it; else there is one page."""

    def after(self, got: Got, first: Ask, turn: Turn) -> Turn | None:
        """The first address that is found."""
        if link := link_of(got.answer, "next"):
            return self._turn(link, got, first)
        for path in GUESSED:
            link = got.find(path)
            if isinstance(link, str) and link.startswith(("http://", "https://", "/", "?")):
                return self._turn(link, got, first)
        return None


def link_of(answer: Answer, relation: str) -> str | None:
    """The address that the Link header gives for a relation."""
    from httpx import Response

    held = answer.headers.get("link", "")
    return Response(200, headers={"link": held}).links.get(relation, {}).get("url") if held else None


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """A cursor in the body that goes into the next request.

    Attributes:
        cursor_path: where it stands.
        cursor_param: parameter that takes it.
        cursor_body_path: or where it goes in the body of the request.
    """

    cursor_path: str = "cursors.next"
    cursor_param: str = ""
    cursor_body_path: str = ""

    def ask(self, first: Ask, turn: Turn) -> Ask:
        """The request with the cursor."""
        if not turn:
            return first
        name = self.cursor_param or ("" if self.cursor_body_path else "cursor")
        return _given(first, name, self.cursor_body_path, turn["cursor"])

    def after(self, got: Got, first: Ask, turn: Turn) -> Turn | None:
        """The cursor that came."""
        held = got.find(self.cursor_path)
        return None if held in (None, "", False) else {"cursor": held}


@dataclass(frozen=True, kw_only=True)
class HeaderCursor:
    """A cursor in a header that goes into the next request.

    Attributes:
        cursor_key: name of the header.
        cursor_param: parameter that takes it.
    """

    cursor_key: str = "next"
    cursor_param: str = "cursor"

    def ask(self, first: Ask, turn: Turn) -> Ask:
        """The request with the cursor."""
        return _given(first, self.cursor_param, "", turn["cursor"]) if turn else first

    def after(self, got: Got, first: Ask, turn: Turn) -> Turn | None:
        """The cursor that came."""
        held = got.answer.headers.get(self.cursor_key.lower(), "")
        return {"cursor": held} if held else None


@dataclass(frozen=True, kw_only=True)
class Offset:
    """Rows are counted.

    Attributes:
        limit: rows asked for at once.
        offset: of the first row.
        offset_param, limit_param: parameters that take them.
        offset_body_path, limit_body_path: or where they go in the body of the request.
        total_path: where the body says how many rows there are.
        has_more_path: where it says whether there are more.
        maximum_offset: where to stop; 0 for no bound.
        stop_after_empty_page: whether a page without rows is the last.
    """

    limit: int
    offset: int = 0
    offset_param: str = "offset"
    limit_param: str = "limit"
    offset_body_path: str = ""
    limit_body_path: str = ""
    total_path: str = "total"
    has_more_path: str = ""
    maximum_offset: int = 0
    stop_after_empty_page: bool = True

    def ask(self, first: Ask, turn: Turn) -> Ask:
        """The request with offset and limit."""
        one = _given(first, "" if self.limit_body_path else self.limit_param, self.limit_body_path, self.limit)
        at = turn.get("offset", self.offset)
        return _given(one, "" if self.offset_body_path else self.offset_param, self.offset_body_path, at)

    def after(self, got: Got, first: Ask, turn: Turn) -> Turn | None:
        """So many rows further on as came: a server may give fewer than it is asked for."""
        following = turn.get("offset", self.offset) + (got.count or self.limit)
        bound = _least(_number(got, self.total_path), self.maximum_offset)
        if _is_last(got, self.stop_after_empty_page, self.has_more_path) or (bound is not None and following >= bound):
            return None
        return {"offset": following}


@dataclass(frozen=True, kw_only=True)
class PageNumber:
    """Pages are counted.

    Attributes:
        base_page: number of the first page.
        page: number to begin with, if not the first.
        page_param: parameter that takes it.
        page_body_path: or where it goes in the body of the request.
        total_path: where the body says how many pages there are.
        has_more_path: where it says whether there are more.
        maximum_page: where to stop; 0 for no bound.
        stop_after_empty_page: whether a page without rows is the last.
    """

    base_page: int = 0
    page: int = -1
    page_param: str = "page"
    page_body_path: str = ""
    total_path: str = "total"
    has_more_path: str = ""
    maximum_page: int = 0
    stop_after_empty_page: bool = True

    def ask(self, first: Ask, turn: Turn) -> Ask:
        """The request with its number."""
        return _given(first, "" if self.page_body_path else self.page_param, self.page_body_path, self._at(turn))

    def after(self, got: Got, first: Ask, turn: Turn) -> Turn | None:
        """The next number."""
        following = self._at(turn) + 1
        total = _number(got, self.total_path)
        bound = _least(None if total is None else total + self.base_page, self.maximum_page)
        if _is_last(got, self.stop_after_empty_page, self.has_more_path) or (bound is not None and following >= bound):
            return None
        return {"page": following}

    def _at(self, turn: Turn) -> int:
        return int(turn.get("page", self.base_page if self.page < 0 else self.page))


TYPES: Final[Mapping[str, type[Any]]] = {
    "auto": Auto,
    "cursor": Cursor,
    "header_cursor": HeaderCursor,
    "header_link": HeaderLink,
    "json_link": JsonLink,
    "json_response": JsonLink,
    "offset": Offset,
    "page_number": PageNumber,
    "single_page": SinglePage,
}


def _is_last(got: Got, stops_empty: bool, has_more_path: str) -> bool:
    if stops_empty and not got.count:
        return True
    return bool(has_more_path) and got.find(has_more_path) in (None, False, "", 0, "false")


def _number(got: Got, path: str) -> int | None:
    try:
        return int(got.find(path)) if path else None
    except (TypeError, ValueError):
        return None


def _least(total: int | None, most: int) -> int | None:
    told = [one for one in (total, most or None) if one is not None]
    return min(told) if told else None


def _given(ask: Ask, param: str, body_path: str, value: Any) -> Ask:
    """The request with a value in a parameter, or in its body at a dotted path."""
    if not body_path:
        return replace(ask, params={**ask.params, param: value})
    return replace(ask, json=_put(ask.json or {}, body_path.split("."), value))


def _put(body: Mapping[str, Any], path: list[str], value: Any) -> dict[str, Any]:
    first, *rest = path
    inner = body.get(first)
    return {**body, first: _put(inner if isinstance(inner, Mapping) else {}, rest, value) if rest else value}
