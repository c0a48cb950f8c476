"""The views of a page that was run, as tables; and what is printed beside them wherever they go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deskbook.errors import BadValue


@dataclass(frozen=True)
class Head:
    """A column: its label, what it holds (text, number, date, moment, age) and its unit."""

    label: str
    kind: str
    unit: str

    @property
    def text(self) -> str:
        """The label with its unit, as a spreadsheet has it; a unit that the label says already is not said twice."""
        is_said = self.unit.lower() in self.label.lower().split()
        return f"{self.label} ({self.unit})" if self.unit and not is_said else self.label


@dataclass(frozen=True)
class View:
    """One section of a page as a table.

    Attributes:
        name: as `--view` takes it.
        said: why there is nothing to see; empty when there is.
        rows: values as JSON holds them, in the order of the heads.
        metrics: names of the metrics it shows.
        receipts: names of the queries behind it: r0, r1, …
    """

    name: str
    title: str
    caption: str
    said: str
    heads: tuple[Head, ...]
    rows: Sequence[Sequence[Any]]
    metrics: tuple[str, ...]
    receipts: tuple[str, ...]


def views_of(data: Mapping[str, Any]) -> list[View]:
    """The views of a page's data that are tables.

    Raises:
        BadValue: none is.
    """
    found = [
        View(
            name=one["name"],
            title=one["title"],
            caption=one["caption"],
            said=one["said"],
            heads=tuple(Head(**head) for head in one["heads"]),
            rows=one["rows"],
            metrics=tuple(one["metrics"]),
            receipts=tuple(one["receipts"]),
        )
        for one in data["views"]
    ]
    if not found:
        raise BadValue(f"'{data['title']}' shows no table here. Write it as html, pdf, png or ipynb.")
    return found


def versions(data: Mapping[str, Any], metrics: Sequence[str]) -> str:
    """Metrics with the versions of their definitions: 'tickets_created 1f0c; csat_good_pct 88ab'."""
    held = data["metrics"]
    return "; ".join(f"{name} {held[name]['version']}" for name in metrics if name in held)


def period_words(data: Mapping[str, Any]) -> str:
    """The period's dates, and the words it was given in."""
    period = data["period"]
    return period["said"] if period["text"] in ("", period["said"]) else f"{period['said']} ({period['text']})"


def until_words(data: Mapping[str, Any]) -> str:
    """How far the data reaches (UTC, ISO 8601)."""
    return f"{data['data_until']}Z" if data["data_until"] else "no data"
