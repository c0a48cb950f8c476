"""How Zendesk gives out lists: exports by cursor and by time, lists by cursor and by number."""

from __future__ import annotations

import base64
import binascii
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.datastructures import URL

Row = dict[str, Any]
Key = tuple[float, int]
FRESH_SECONDS: Final = 60
"""What is younger than this stands in no export."""
MOST_LISTED: Final = 100
MOST_NUMBERED: Final = 10_000
"""Rows of a list that its numbered pages reach."""


class Refused(Exception):
    """A request that is answered with an error, and the error's body."""

    def __init__(self, status: int, body: Any, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(str(body))
        self.status, self.body, self.headers = status, body, dict(headers or {})


def invalid(name: str, wanted: str) -> Refused:
    """The refusal of a parameter's value."""
    message = f"You passed an invalid value for the {name} attribute. Invalid parameter: {name} must be {wanted}"
    return Refused(400, {"error": {"title": "Invalid attribute", "message": message}})


def number(asked: Mapping[str, str], name: str, default: int) -> int:
    """A parameter that is a whole number above 0."""
    text = asked.get(name, str(default))
    if not text.isdigit() or not int(text):
        raise invalid(name, "an integer")
    return int(text)


def seconds(stamp: Any) -> float:
    """A time of a row (text with Z, or seconds since 1970) as seconds since 1970; 0 for none."""
    if stamp is None or isinstance(stamp, (int, float)):  # a union of types is much slower to ask for
        return float(stamp or 0)
    moment = datetime.fromisoformat(str(stamp))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def export(url: URL, name: str, rows: Collection[Row], when: str, *, now: float, most: int) -> Row:
    """A page of a cursor export, in the order of `when`; its cursor is never empty, also at the end of the stream.

    Raises:
        Refused: neither a cursor nor a time to start from, or one that is none.
    """
    asked = query_of(url)
    place = _place(asked["cursor"]) if asked.get("cursor") else (float(start_time(asked, now)), -1)
    size = min(number(asked, "per_page", most), most)
    keyed = [((seconds(row[when]), row["id"]), row) for row in _between(rows, when, place[0], now - FRESH_SECONDS)]
    left = sorted((one for one in keyed if one[0] > place), key=lambda one: one[0])
    given = left[:size]
    cursor = _cursor(given[-1][0] if given else place)
    kept = url.remove_query_params("start_time").include_query_params(cursor=cursor)
    return {
        name: [row for _, row in given],
        **{"after_cursor": cursor, "after_url": str(kept), "before_cursor": None, "before_url": None},
        "end_of_stream": len(left) <= size,
    }


def timed(url: URL, name: str, rows: Sequence[Row], when: str, *, now: float, most: int) -> Row:
    """A page of a time-based export: the next one begins with the last second of this one, whose rows come again.

    Args:
        rows: in the order of `when`, a text with Z.

    Raises:
        Refused: no time to start from, or one that is none.
    """
    begin = start_time(query_of(url), now)
    left = rows[bisect_left(rows, stamp(begin), key=lambda row: row[when]) :]
    left = left[: bisect_right(left, stamp(now - FRESH_SECONDS), key=lambda row: row[when])]
    size = most
    # A second is given out whole, and never alone where more follow it: else the next page would be the same.
    while size < len(left) and left[size - 1][when] in (stamp(begin), left[size][when]):
        size += 1
    given = left[:size]
    end = int(seconds(given[-1][when])) if given else None
    onward = str(url.include_query_params(start_time=end)) if given else None
    return {name: given, "count": len(given), "end_time": end, "next_page": onward}


def _between(rows: Collection[Row], when: str, begin: float, end: float) -> list[Row]:
    """Rows of a time, both ends included; texts are compared as such, for they are many."""
    is_text = any(isinstance(row[when], str) for row in islice(rows, 1))
    first, last = (stamp(begin), stamp(end)) if is_text else (begin, end)
    return [row for row in rows if first <= row[when] <= last]


def stamp(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}"


def start_time(asked: Mapping[str, str], now: float) -> int:
    """The time an export begins at, in seconds since 1970.

    Raises:
        Refused: it is missing, no number, or of the last minute.
    """
    text = asked.get("start_time", "")
    if not text.isdigit():
        raise invalid("start_time", "an integer")
    if int(text) > now - FRESH_SECONDS:
        told = f"Too recent start_time. Use a start_time older than {FRESH_SECONDS} seconds"
        raise Refused(422, {"error": "StartTimeTooRecent", "description": told})
    return int(text)


def listed(url: URL, name: str, rows: Sequence[Row], *, most: int = MOST_LISTED) -> Row:
    """A page of a list, by `page[size]` and `page[after]` where they are given, else by number.

    Raises:
        Refused: a cursor or number that is none, or a page beyond the 10,000th row.
    """
    asked = query_of(url)
    wanted = asked.get("sort", "created_at")
    is_down, field = wanted.startswith("-") or asked.get("sort_order") == "desc", wanted.removeprefix("-")

    def place_of(row: Row) -> Key:
        return seconds(row.get(field)), int(row["id"])

    ordered = sorted(rows, key=place_of, reverse=is_down)
    if "page[size]" in asked or "page[after]" in asked:
        return _by_cursor(url, name, ordered, place_of, min(number(asked, "page[size]", most), most))
    size, page = min(number(asked, "per_page", most), most), number(asked, "page", 1)
    if page * size > MOST_NUMBERED:
        raise Refused(
            400, {"error": "InvalidPaginationDepth", "description": "Pagination limit reached for offset model"}
        )
    begin = (page - 1) * size
    onward = str(url.include_query_params(page=page + 1)) if begin + size < len(ordered) else None
    back = str(url.include_query_params(page=page - 1)) if page > 1 else None
    return {name: ordered[begin : begin + size], "count": len(ordered), "next_page": onward, "previous_page": back}


def _by_cursor(url: URL, name: str, ordered: Sequence[Row], place_of: Callable[[Row], Key], size: int) -> Row:
    asked = query_of(url)
    left = list(ordered)
    if asked.get("page[after]"):
        place, is_down = _place(asked["page[after]"]), asked.get("sort", "").startswith("-")
        left = [row for row in ordered if (place_of(row) < place if is_down else place_of(row) > place)]
    given = left[:size]
    cursor = _cursor(place_of(given[-1])) if given else asked.get("page[after]")
    onward = str(url.include_query_params(**{"page[after]": cursor})) if len(left) > size else None
    meta = {"has_more": len(left) > size, "after_cursor": cursor, "before_cursor": None}
    return {name: given, "meta": meta, "links": {"prev": None, "next": onward}}


def query_of(url: URL) -> dict[str, str]:
    """The parameters of an address, by name."""
    return dict(parse_qsl(url.query))


def _cursor(key: Key) -> str:
    return base64.b64encode(f"{key[0]!r}||{key[1]}|".encode()).decode()


def _place(cursor: str) -> Key:
    try:
        at, _, row, _ = base64.b64decode(cursor, validate=True).decode().split("|")
        return float(at), int(row)
    except (binascii.Error, ValueError):
        raise Refused(400, {"error": "InvalidCursor", "description": "The cursor is invalid"}) from None


__all__ = ["Refused", "Row", "export", "invalid", "listed", "number", "query_of", "seconds", "start_time", "timed"]
