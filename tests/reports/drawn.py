"""What a page draws, read from its blocks as plainly as can be: receipt, metric and group -> number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from deskbook.metrics import GRAINS

Place = tuple[str, str, frozenset[tuple[str, Any]]]
"""A receipt's name, a metric (or its change), and the group's row."""


def drawn_numbers(blocks: Sequence[Mapping[str, Any]]) -> dict[Place, float | None]:
    """Every number the blocks draw that one row of a query holds; sums of what is left over are none."""
    found: dict[Place, float | None] = {}
    for block in blocks:
        if block.get("state", "ok") == "ok":
            reader = READERS.get(block.get("shape") or block["kind"])
            found |= dict(reader(block)) if reader else {}
    return found


Cells = Iterator[tuple[Place, float | None]]


def _place(receipt: str, metric: str, row: Mapping[str, Any]) -> Place:
    return receipt, metric, frozenset(row.items())


def _cards(block: Mapping[str, Any]) -> Cells:
    for card in block["items"]:
        yield _place(card["receipt"], card["cell"]["metric"], card["cell"]["row"]), card["raw"]


def _ranking(block: Mapping[str, Any]) -> Cells:
    for row in block["rows"]:
        for cell in row["cells"]:
            yield _place(block["receipt"], cell["cell"]["metric"], cell["cell"]["row"]), cell["raw"]


def _movers(block: Mapping[str, Any]) -> Cells:
    for row in block["rows"]:
        yield _place(row["receipt"], row["cell"]["metric"], row["cell"]["row"]), row["value"]


def _series(block: Mapping[str, Any]) -> Cells:
    if block["grain"] not in GRAINS:
        return
    for line in block["series"]:
        if line.get("row") is None:
            continue
        for key, value in zip(block["keys"], line["values"], strict=True):
            yield _place(block["receipt"], line["metric"], line["row"] | {block["grain"]: key}), value


def _grid(block: Mapping[str, Any]) -> Cells:
    for day, values in enumerate(block["values"], 1):
        for hour, value in enumerate(values):
            if value is None:
                continue  # too few to show
            yield _place(block["receipt"], block["metrics"][0], {"weekday": day, "hour_of_day": hour}), value


READERS = {"cards": _cards, "ranking": _ranking, "rows": _movers, "bars": _series, "lines": _series, "grid": _grid}
