"""A report: a page run headless with its parameters and written in one form."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from deskbook.reports.forms import EVERY_ROW, Form, write_form
from deskbook.reports.parameters import find_page, page_parameters, typed
from deskbook.reports.run import execute

log = logging.getLogger(__name__)


def write_report(
    page: str, given: Sequence[str], *, to: Form, output: Path, workspace: Path, view: str = "", locale: str = ""
) -> dict[str, Any]:
    """Run a page and write it.

    Args:
        given: `name=value` texts for its parameters.
        to: form of the file; a CSV file holds one view, and every view where `output` ends in `.zip`.
        output: file to write; written whole or not at all.
        view: name of the one section wanted; all of them when empty.
        locale: in which numbers and dates are written; the setting's when empty.

    Returns:
        file, name (a good one for it: the page, the view and the days it is about), page, view, parameters,
        snapshot, numbers (queries whose receipts it carries), bytes, seconds.

    Raises:
        UnknownName: no such page or parameter.
        BadValue: a parameter of the wrong type, no such view, or a CSV of several views.
    """
    begun = perf_counter()
    notebook = find_page(workspace, page)
    values = typed(given, page_parameters(notebook))
    executed = execute(notebook, values, workspace, view=view, every_row=to in EVERY_ROW, locale=locale)
    is_archive = to == "csv" and output.suffix == ".zip"
    write_form(executed, "zip" if is_archive else to, output, datetime.now(UTC))
    seconds = round(perf_counter() - begun, 2)
    log.info("report page=%s to=%s seconds=%.2f", page, to, seconds)
    return {
        "file": str(output),
        "name": f"{_named(page, view, executed.data)}{output.suffix}",
        "page": page,
        "view": view,
        "parameters": values,
        "snapshot": executed.data.get("snapshot"),
        "numbers": len(executed.data.get("numbers", [])),
        "bytes": output.stat().st_size,
        "seconds": seconds,
    }


def _named(page: str, view: str, data: Mapping[str, Any]) -> str:
    zone, period = ZoneInfo(data["zone"]), data["period"]
    days = [datetime.fromisoformat(period[end]).astimezone(zone) if period[end] else None for end in ("since", "until")]
    since, until = days[0], days[1] - timedelta(microseconds=1) if days[1] else None
    said = [f"{day:%Y-%m-%d}" for day in (since, until) if day]
    when = "_".join(dict.fromkeys(said)) or "all-time"
    return "-".join(filter(None, (page, view, when)))
