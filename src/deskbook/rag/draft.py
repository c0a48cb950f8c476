"""An answer while it is written: sentences, and behind each its numbers, its workings and its passages.

A figure from `query` keeps the receipt of its cell. One that is worked out from such figures keeps a
formula over them (`n3` is entry 3 of `numbers`). A count of messages keeps the ids it counted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from deskbook.metrics import Metric, Result, cell_value, registry
from deskbook.rag.says import Says, says_in

Entry = dict[str, Any]


@dataclass(frozen=True)
class Figure:
    """One number of the answer: its value, how it is written, its place in `numbers`."""

    value: float | None
    shown: str
    index: int

    def __str__(self) -> str:
        return self.shown

    @property
    def number(self) -> float:
        """The value, unknown as 0."""
        return float(self.value or 0)


@dataclass
class Line:
    """One sentence on its way."""

    draft: Draft
    numbers: list[int] = field(default_factory=list)
    worked: list[Entry] = field(default_factory=list)
    counts: list[Entry] = field(default_factory=list)

    def cell(self, result: Result, metric: str, column: str = "", **row: Any) -> Figure:
        """A number of a query's result with its receipt.

        Args:
            column: the metric's own column, or another of it (`<metric>_n`, `<metric>_before`).
            row: which row of the result, by its dimensions.
        """
        figure = self.draft.figure(result, registry[metric], column or metric, row)
        if figure.index not in self.numbers:
            self.numbers.append(figure.index)
        return figure

    def work(self, value: float, shown: str, unit: str, label: str, formula: str) -> str:
        """A number worked out from others; the formula names them as `n<index>`."""
        self.worked.append({"value": value, "unit": unit, "label": label, "shown": shown, "formula": formula})
        return shown

    def count(self, messages: Sequence[Entry], label: str) -> str:
        """How many messages, with the ids of all of them."""
        shown = self.draft.says.number(len(messages))
        self.counts.append(
            {"value": len(messages), "unit": "messages", "label": label, "shown": shown, "messages": list(messages)}
        )
        return shown

    def tally(self, value: int, unit: str, label: str) -> str:
        """A plain count of what this answer shows."""
        shown = self.draft.says.number(value)
        self.counts.append({"value": value, "unit": unit, "label": label, "shown": shown})
        return shown

    def end(self, text: str, cites: Sequence[Entry] = ()) -> None:
        """Finish the sentence: it becomes a claim, and part of the answer's text."""
        self.draft.sentences.append(text)
        self.draft.claims.append(self._claim(text, cites))

    def quote(self, text: str, cite: Entry) -> None:
        """Finish as a passage: a claim of its own, not part of the running text."""
        self.draft.claims.append(self._claim(text, [cite]))

    def _claim(self, text: str, cites: Sequence[Entry]) -> Entry:
        return {
            "text": text,
            "cites": list(cites),
            "numbers": self.numbers,
            "worked": self.worked,
            "counts": self.counts,
        }


class Draft:
    """The answer so far.

    Args:
        says: the language it is put in; English unless told.
    """

    def __init__(self, says: Says | None = None) -> None:
        self.says = says or says_in("en")
        self.sentences: list[str] = []
        self.claims: list[Entry] = []
        self.numbers: list[Entry] = []
        self._places: dict[str, int] = {}
        self._rows: dict[str, list[Entry]] = {}

    def line(self) -> Line:
        """A new sentence."""
        return Line(self)

    def say(self, text: str) -> None:
        """A sentence without numbers."""
        self.line().end(text)

    def tell(self, key: str, **parts: object) -> None:
        """The same from the catalogue."""
        self.say(self.says(key, **parts))

    @property
    def snapshots(self) -> set[int]:
        """The lake's snapshots that the numbers were read from; more than one is a draft to throw away."""
        return {int(entry["receipt"]["snapshot"]) for entry in self.numbers}

    def figure(self, result: Result, metric: Metric, column: str, row: Mapping[str, Any]) -> Figure:
        """A number of a result, entered once however often it is said."""
        receipt = result.cell(column, **row)
        key = json.dumps([receipt.digest, receipt.sql, receipt.since, receipt.until, receipt.where, receipt.cell])
        value = cell_value(self._plain(result), receipt.cell)
        is_n = column.endswith("_n")
        shown = self.says.written(value, metric, is_n=is_n)
        if key not in self._places:
            self._places[key] = len(self.numbers)
            before = result.period.before() if "_before" in column else None
            when = self.says.period(before or result.period)
            about = "".join(f", {self.says.inside(name)} {one}" for name, one in row.items())
            self.numbers.append(
                {
                    "value": value,
                    "unit": ("messages" if metric.table == "messages" else "tickets") if is_n else metric.unit,
                    "label": f"{self.says.metric(metric.name)}{' (n)' if is_n else ''}{about}, {when}",
                    "shown": shown,
                    "receipt": receipt.as_dict(),
                }
            )
        return Figure(value, shown, self._places[key])

    def _plain(self, result: Result) -> list[Entry]:
        key = f"{id(result.frame)}{result.receipt.digest}"
        if key not in self._rows:
            self._rows[key] = result.rows
        return self._rows[key]
