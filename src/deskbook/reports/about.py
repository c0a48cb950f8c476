"""What is printed about a report that is a spreadsheet: under what it was made, and what its numbers mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib.metadata import version
from typing import Any, Final
from zoneinfo import ZoneInfo

from deskbook.reports.tables import View, period_words, until_words, views_of

ABOUT: Final = ("About", "Name", "Text", "Version or digest")
Row = tuple[Any, Any, Any, Any]


def about_rows(data: Mapping[str, Any], printed_at: datetime) -> Iterator[Row]:
    """One row a fact: the page, what it was asked, each view, each metric's definition, each receipt's command.

    Args:
        data: of a page that was run.
        printed_at: when that was.
    """
    local = printed_at.astimezone(ZoneInfo(data["zone"]))
    yield ("Page", data["title"], data["question"], "")
    for said in data["said"]:
        yield ("Page", "In a sentence", said, "")
    yield ("Page", "Desk", data["desk"], "")
    yield ("Page", "Filters", data["sentence"], "")
    yield ("Page", "Period", period_words(data), "")
    yield ("Page", "First moment (UTC)", data["period"]["since"] or "open", "")
    yield ("Page", "Until (UTC)", data["period"]["until"] or "open", "")
    yield ("Page", "Data to (UTC)", until_words(data), "")
    yield ("Page", "Snapshot", data["snapshot"], "")
    yield ("Page", f"Printed ({data['zone']})", f"{local:%Y-%m-%d %H:%M}", "")
    yield ("Page", "Printed by", f"Deskbook {version('deskbook')}", "")
    for view in views_of(data):
        yield ("View", view.name, _described(view), ", ".join(view.receipts))
    for name, one in data["metrics"].items():
        unit = f" ({one['unit']})" if one["unit"] else ""
        out = f" Leaves out: {one['leaves_out']}" if one["leaves_out"] else ""
        yield ("Metric", name, f"{one['label']}{unit}: {one['note']}{out}", one["version"])
    for name, command, number in zip(data["names"], data["commands"], data["numbers"], strict=False):
        yield ("Receipt", name, command, number["receipt"]["digest"])


def _described(view: View) -> str:
    return ". ".join(filter(None, (view.title, view.caption, view.said)))
