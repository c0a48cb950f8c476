"""The company's calendar as a desk has it: releases and campaigns, among them causes of what is planted.

It knows what was done on purpose, never what went wrong: outages and strikes stand nowhere in it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from deskbook.samples.calendar import EPOCH
from deskbook.samples.incidents import Plan

HEADS: Final = ("key", "starts", "ends", "type", "what", "details")
CAUSES: Final = {
    "firmware_loop": ("deploy", "Firmware 7.3", "Rolled out to every hub."),
    "crash_release": ("deploy", "App release 4.20", "Both app stores."),
    "offline_scenes": ("deploy", "Harbor 5.0", "With offline scenes."),
    "price_rise": ("notice", "New prices announced", "By mail to every customer."),
    "vat_wrong": ("deploy", "New invoicing template", "Finance."),
}
"""Stories that begin with something the company did: type, words and details of its entry."""
CAMPAIGNS: Final = (
    (3, 16, 5, "Spring sale", "20 per cent off sensors."),
    (7, 6, 12, "Summer sale", "Newsletter and social."),
    (10, 12, 9, "Autumn campaign", "Newsletter, social and search."),
    (11, 23, 7, "Black week", "The year's largest campaign."),
)
"""Month, day, days, title and details; every year."""
FIRST_APP: Final = 2
"""Minor number of the first app release of the period; one follows every month."""


@dataclass(frozen=True)
class _Entry:
    starts: datetime
    ends: datetime | None
    kind: str
    what: str
    details: str


def write_calendar(file: Path, plan: Plan) -> None:
    """Write the calendar of a plan's period as CSV; it draws no chance, so all else stays as it was."""
    first = datetime.combine(EPOCH, datetime.min.time(), UTC) + timedelta(days=plan.first_day)
    end = datetime.fromtimestamp(plan.end_at, UTC)
    found = [*_causes(plan), *_releases(first, end), *_campaigns(first, end)]
    entries = sorted((one for one in found if first <= one.starts <= end), key=lambda one: (one.starts, one.what))
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(HEADS)
        for number, one in enumerate(entries, 1):
            rows.writerow((f"cal-{number}", _stamp(one.starts), _stamp(one.ends), one.kind, one.what, one.details))


def _stamp(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else ""


def _causes(plan: Plan) -> Iterator[_Entry]:
    """What was done just before something began that came of it."""
    for plant in plan.plants:
        if plant.story and plant.kind in ("incident", "surge") and plant.story.key in CAUSES:
            kind, what, details = CAUSES[plant.story.key]
            yield _Entry(datetime.fromtimestamp(plant.start_at, UTC) - timedelta(hours=1), None, kind, what, details)


def _releases(first: datetime, end: datetime) -> Iterator[_Entry]:
    """An app release on the second Tuesday of every month; none is called like one that is planted."""
    month, number = first.replace(day=1, hour=9, minute=0, second=0), FIRST_APP
    while month <= end:
        if number == 20:
            number += 1
        day = month + timedelta(days=7 + (1 - month.weekday()) % 7)
        yield _Entry(day, None, "deploy", f"App release 4.{number}", "Small fixes.")
        month, number = (month + timedelta(days=32)).replace(day=1), number + 1


def _campaigns(first: datetime, end: datetime) -> Iterator[_Entry]:
    for year in range(first.year, end.year + 1):
        for month, day, days, what, details in CAMPAIGNS:
            starts = datetime(year, month, day, 8, tzinfo=UTC)
            yield _Entry(starts, starts + timedelta(days=days, hours=10), "marketing", what, details)
