"""What was read of a resource before, so that a second pull adds nothing: kept in the cursor, small.

Where rows have a value that grows, its newest one and hashes of the rows beside it; else a hash of each page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from deskbook.errors import Unreadable
from deskbook.sources.arrays import json_text
from deskbook.sources.expressions import Expression
from deskbook.sources.rest.grammar import Incremental

MOST_HASHES: Final = 2_000
MOST_PAGES: Final = 20_000
MILLISECONDS_FROM: Final = 1e11
Placed = tuple[int, float | str]


class Pages:
    """A resource that is read as a whole each time; what it keeps is {pages}, and {now} while it is being read."""

    def __init__(self, state: Mapping[str, Any]) -> None:
        self._before: list[str] = list(state.get("pages", ()))
        self._now: list[str] = list(state.get("now", ()))

    def begins(self) -> Any:
        """Where to begin: None, as nothing grows."""
        return None

    def fresh(self, rows: Sequence[dict[str, Any]], page: int) -> list[dict[str, Any]]:
        """The rows if the page is not as it was, else none."""
        sign = hashed(rows)
        is_known = page < len(self._before) and self._before[page] == sign
        is_known = is_known or (page < len(self._now) and self._now[page] == sign)
        if page < MOST_PAGES:
            self._now[page:] = [sign]
        return [] if is_known else list(rows)

    def state(self) -> dict[str, Any]:
        """What to keep while it is being read."""
        return {"pages": self._before, "now": list(self._now)}

    def done(self) -> dict[str, Any]:
        """What to keep once it was read."""
        return {"pages": self._now}


class Newest:
    """A resource of which what is new is asked for; what it keeps is {last, seen}, and {high, now} meanwhile."""

    def __init__(self, state: Mapping[str, Any], spec: Incremental, place: str) -> None:
        self._spec, self._place = spec, place
        self._path = Expression(spec.cursor_path, f"cursor_path: of {place}")
        self._last, self._high = state.get("last"), state.get("high", state.get("last"))
        self._seen = set(state.get("seen", ()))
        self._now: list[list[Any]] = list(state.get("now", ()))

    def begins(self) -> Any:
        """What the request is given to begin with; None at the very first where no value is set."""
        if self._last is None:
            return told(self._spec.initial_value, 0.0, self._spec.convert)
        return told(self._last, self._spec.lag, self._spec.convert)

    def fresh(self, rows: Sequence[dict[str, Any]], page: int) -> list[dict[str, Any]]:
        """The rows that were not taken before.

        Raises:
            Unreadable: no row of the page has the value.
        """
        values = [self._path.search(row) for row in rows]
        if rows and all(value is None for value in values):
            names = ", ".join(list(rows[0])[:20])
            raise Unreadable(
                f"{self._place}: no row has a value at cursor_path: '{self._spec.cursor_path}'. Its fields: {names}."
            )
        signs = [hashed(row) for row in rows]
        known = self._seen | {sign for _, sign in self._now}
        kept = [place for place, sign in enumerate(signs) if sign not in known and not self._is_old(values[place])]
        self._now += [[values[place], signs[place]] for place in range(len(rows)) if signs[place] not in known]
        self._now += [[values[p], signs[p]] for p in range(len(rows)) if signs[p] in self._seen]
        for value in values:
            if value is not None and (self._high is None or placed(value) > placed(self._high)):
                self._high = value
        self._prune()
        return [rows[place] for place in kept]

    def _is_old(self, value: Any) -> bool:
        """Whether a row is of before the last pull, where the API itself cannot be told to leave it out."""
        if self._spec.start_param or self._last is None or value is None:
            return False
        return placed(value) < earlier(placed(self._last), self._spec.lag)

    def _prune(self) -> None:
        if self._high is None:
            return
        edge = earlier(placed(self._high), self._spec.lag)
        held = {sign: value for value, sign in self._now if value is None or placed(value) >= edge}
        newest = sorted(
            held.items(), key=lambda one: (one[1] is None, placed(one[1]) if one[1] is not None else (0, 0))
        )
        self._now = [[value, sign] for sign, value in newest[-MOST_HASHES:]]

    def state(self) -> dict[str, Any]:
        """What to keep while it is being read."""
        return {"last": self._last, "seen": sorted(self._seen), "high": self._high, "now": list(self._now)}

    def done(self) -> dict[str, Any]:
        """What to keep once it was read."""
        return {"last": self._high, "seen": sorted({sign for _, sign in self._now})}


Known = Pages | Newest


def hashed(value: Any) -> str:
    """A short hash of rows."""
    return hashlib.sha256(json_text(value).encode()).hexdigest()[:16]


def placed(value: Any) -> Placed:
    """Where a value stands among others: numbers by size, times by when, other texts by their letters."""
    if isinstance(value, int | float):
        return 0, float(value)
    moment = moment_of(str(value))
    if moment is not None:
        return 0, moment.timestamp()
    try:
        return 0, float(value)
    except (TypeError, ValueError):
        return 1, str(value)


def earlier(one: Placed, lag: float) -> Placed:
    """So much before; a text has no before."""
    if isinstance(one[1], str) or not lag:
        return one
    return one[0], one[1] - (lag * 1000 if one[1] > MILLISECONDS_FROM else lag)


def moment_of(text: str) -> datetime | None:
    """A time in ISO 8601, in UTC where it names no zone; None if it is none."""
    if not text[:4].isdigit() or "-" not in text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def told(value: Any, lag: float, convert: str) -> Any:
    """A value as the request wants it, so much earlier."""
    if value is None or (not lag and not convert):
        return value
    _, size = placed(value)
    if isinstance(size, str):
        return value
    moment = moment_of(str(value))
    if moment is None and not convert:
        _, before = earlier((0, size), lag)
        return type(value)(before) if isinstance(value, int | float) else str(int(before))
    if moment is None:
        seconds = size / 1000 if size > MILLISECONDS_FROM else size
        moment = datetime.fromtimestamp(seconds, UTC)
    moment = moment.astimezone(UTC) - timedelta(seconds=lag)
    if convert == "epoch":
        return int(moment.timestamp())
    if convert == "epoch_ms":
        return int(moment.timestamp() * 1000)
    if convert == "date":
        return moment.date().isoformat()
    exact = "milliseconds" if moment.microsecond else "seconds"
    return moment.isoformat(timespec=exact).replace("+00:00", "Z")
