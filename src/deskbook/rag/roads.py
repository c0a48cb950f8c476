"""The second road to an answer's main number: counted again from the rows themselves, without the metrics' SQL.

A number that the metric layer gives and a count of the rows that are shown for it come from one snapshot by two ways;
where they part, the answer says by how much.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

import pandas as pd

from deskbook.metrics import GRAINS, Period, both, equal_to, parse_filter
from deskbook.rag.answer import Answer
from deskbook.rag.contract import Numbers

MOST_ROWS: Final = 5_000
"""Above this many rows nothing is counted again: it would take longer than the answer."""
NEAR: Final = 1e-9


def _all(rows: pd.DataFrame) -> float:
    return float(len(rows.drop_duplicates(["source", "id"])))


def _customers(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["author_role"] == "customer"].drop_duplicates(["source", "id"])


def _judged(rows: pd.DataFrame) -> pd.DataFrame:
    mine = _customers(rows)
    return mine[mine["sentiment_label"].notna()]


def _negative(rows: pd.DataFrame) -> float:
    judged = _judged(rows)
    return 100.0 * float((judged["sentiment_label"] == "negative").sum()) / max(1, len(judged))


ROADS: Final[Mapping[str, tuple[str, Callable[[pd.DataFrame], float]]]] = {
    "tickets_created": ("tickets", _all),
    "messages": ("messages", _all),
    "messages_in": ("messages", lambda rows: float(len(_customers(rows)))),
    "sentiment_negative_pct_n": ("messages", lambda rows: float(len(_judged(rows)))),
    "sentiment_negative_pct": ("messages", _negative),
}
"""Number -> the rows it is made of, and how it is counted from them."""


@dataclass(frozen=True)
class Road:
    """A number by both ways.

    Attributes:
        number: its place among the answer's numbers.
        metric: by the metric layer.
        rows: from the rows.
    """

    number: int
    label: str
    metric: float
    rows: float

    @property
    def gap(self) -> float:
        """Rows less metric."""
        return self.rows - self.metric

    @property
    def holds(self) -> bool:
        """Whether both ways lead to the same number."""
        return abs(self.gap) <= NEAR * max(1.0, abs(self.metric))

    def sentence(self) -> str:
        """What to say of it where it does not hold."""
        share = f" ({100 * abs(self.gap) / abs(self.metric):.1f} %)" if self.metric else ""
        return (
            f"Does not add up: {self.label} is {self.metric:,.10g} by its definition and {self.rows:,.10g} counted "
            f"from the rows, a gap of {abs(self.gap):,.10g}{share}. Sync again, and look at the Sources page."
        )


def check_roads(answer: Answer, numbers: Numbers) -> list[Road]:
    """The answer's numbers that rows can be counted for, each by both ways, the main one first; at most one a kind.

    Lists of messages that a count names are counted too.
    """
    found: dict[str, Road] = {}
    held: dict[str, pd.DataFrame | None] = {}
    for place, entry in enumerate(answer.numbers):
        column = str(entry["receipt"]["cell"].get("metric", ""))
        if column in ROADS and column not in found and _is_small(answer, entry):
            receipt, table = entry["receipt"], ROADS[column][0]
            span = [receipt[name] for name in ("where", "since", "until")]
            key = json.dumps([table, receipt["cell"].get("row", {}), *span])
            if key not in held:
                held[key] = _rows(receipt, table, numbers)
            if (rows := held[key]) is not None:
                found[column] = Road(place, entry["label"], float(entry["value"]), ROADS[column][1](rows))
    return [*found.values(), *_lists(answer)]


def checked(answer: Answer, numbers: Numbers) -> Answer:
    """The answer, with a note for each number that the two ways disagree on."""
    if answer.abstain:
        return answer
    wrong = [road.sentence() for road in check_roads(answer, numbers) if not road.holds]
    return replace(answer, notes=(*answer.notes, *wrong)) if wrong else answer


def _is_small(answer: Answer, entry: Mapping[str, Any]) -> bool:
    """Whether there are few enough rows; a share is told by the n that stands beside it."""
    if entry["value"] is None:
        return False
    column = entry["receipt"]["cell"]["metric"]
    if column != "sentiment_negative_pct":
        return bool(entry["value"] <= MOST_ROWS)
    digest = entry["receipt"]["digest"]
    sizes = [
        one["value"]
        for one in answer.numbers
        if one["receipt"]["digest"] == digest and one["receipt"]["cell"]["metric"] == "sentiment_negative_pct_n"
    ]
    return bool(sizes) and sizes[0] is not None and 0 < sizes[0] <= MOST_ROWS


def _rows(receipt: Mapping[str, Any], table: str, numbers: Numbers) -> pd.DataFrame | None:
    """The rows of a receipt's filter, period and cell; None where its cell is a step of a series."""
    cut = {name: value for name, value in receipt["cell"].get("row", {}).items()}
    if any(name in GRAINS or not isinstance(value, str) for name, value in cut.items()):
        return None
    where = both(parse_filter(receipt["where"]), equal_to(cut))
    period = Period(_moment(receipt["since"]), _moment(receipt["until"]), receipt["period"], receipt["zone"])
    if table == "tickets":
        return numbers.tickets(where=where, period=period)
    return numbers.messages(where=where, period=period)


def _lists(answer: Answer) -> list[Road]:
    counts = [count for claim in answer.claims for count in claim["counts"]]
    roads = []
    for count in counts:
        named = count.get("messages", count.get("tickets"))
        if named is not None:
            ids = {tuple(sorted(one.items())) for one in named}
            roads.append(Road(-1, str(count["label"]), float(count["value"]), float(len(ids))))
    return roads


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
