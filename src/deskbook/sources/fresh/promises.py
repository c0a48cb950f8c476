"""SLA policies and business hours of both products as rows of standard tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from deskbook.sources.arrays import json_text
from deskbook.sources.fresh.fields import PRIORITIES
from deskbook.sources.fresh.product import Product
from deskbook.sources.zones import iana

DAYS: Final = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
DAY_MINUTES: Final = 24 * 60
CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})\s*([ap]m)?", re.IGNORECASE)
YEARS_BACK, YEARS_AHEAD = 3, 1
"""For which years a holiday is written that comes again each year."""
PROMISED: Final = (
    ("respond_within", "first_reply"),
    ("next_respond_within", "next_reply"),
    ("resolve_within", "resolution"),
)
SAYABLE: Final = ("group_ids", "ticket_types", "sources")
Names = Mapping[str, str]


def minutes(text: Any) -> int | None:
    """Minutes since midnight of "8:00 am"; the last minute of a day is its end."""
    found = CLOCK.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    at = hour * 60 + minute
    return DAY_MINUTES if at == DAY_MINUTES - 1 else at if at <= DAY_MINUTES else None


def schedule_row(one: Mapping[str, Any], teams: Sequence[str], now: datetime) -> dict[str, Any] | None:
    """Business hours; None where no group keeps them, as then they are no ticket's.

    Args:
        teams: names of the groups that keep them; the default ones hold for all others.
    """
    if not one.get("is_default") and not teams:
        return None
    week = one.get("service_desk_hours") or one.get("business_hours")
    spans = list(_spans(week if isinstance(week, Mapping) else {}))
    holidays = one.get("list_of_holidays") or one.get("holidays")
    days = [day for each in holidays or [] if isinstance(each, Mapping) for day in _days(each, now)]
    return {
        "id": one.get("id"),
        "name": one.get("name"),
        "zone": iana(str(one.get("time_zone") or "")),
        "intervals": json_text(spans),
        "holidays": json_text(days),
        "applies_to": None if one.get("is_default") else {"team": list(teams)},
    }


def _spans(week: Mapping[str, Any]) -> Iterator[list[int]]:
    for number, name in enumerate(DAYS):
        day = week.get(name)
        if isinstance(day, Mapping):
            start = minutes(day.get("start_time") or day.get("beginning_of_workday"))
            end = minutes(day.get("end_time") or day.get("end_of_workday"))
            if start is not None and end is not None and end > start:
                yield [number * DAY_MINUTES + start, number * DAY_MINUTES + end]


def _days(each: Mapping[str, Any], now: datetime) -> Iterator[list[str]]:
    """The days of a holiday: "Jan 16" comes again each year, 2026-01-16 does not."""
    said = str(each.get("holiday_date") or each.get("date") or "")
    try:
        day = date.fromisoformat(said[:10])
    except ValueError:
        for year in range(now.year - YEARS_BACK, now.year + YEARS_AHEAD + 1):
            try:
                yield [datetime.strptime(f"{said} {year}", "%b %d %Y").date().isoformat()] * 2
            except ValueError:
                continue
    else:
        yield [day.isoformat()] * 2


def policy_rows(one: Mapping[str, Any], groups: Names, product: Product) -> list[dict[str, Any]]:
    """Targets of a policy; none where it is switched off, or holds for tickets that cannot be told here."""
    if one.get("active") is False or one.get("deleted") or unsayable(one):
        return []
    asked = one.get("applicable_to") if isinstance(one.get("applicable_to"), Mapping) else {}
    applies = {
        "team": [groups[str(each)] for each in (asked or {}).get("group_ids") or [] if str(each) in groups],
        "category": [str(each) for each in (asked or {}).get("ticket_types") or []],
        "channel": sorted({product.channels[s] for s in (asked or {}).get("sources") or [] if s in product.channels}),
    }
    claimed = {name: words for name, words in applies.items() if words}
    return [
        {
            "id": f"{one.get('id')}-{target}-{priority}",
            "name": one.get("name"),
            "position": one.get("position"),
            "target": target,
            "priority": PRIORITIES.get(priority),
            "target_seconds": told[name],
            "hours": "business" if told.get("business_hours") else "calendar",
            "applies_to": claimed or None,
        }
        for priority, told in _targets(one)
        for name, target in PROMISED
        if isinstance(told.get(name), int)
    ]


def _targets(one: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Priority and its target: {"priority_4": {…}} in Freshdesk, [{"priority": 4, …}] in Freshservice."""
    told = one.get("sla_target") or one.get("sla_targets")
    if isinstance(told, Mapping):
        for name, target in told.items():
            number = str(name).rpartition("_")[2]
            if number.isdigit() and isinstance(target, Mapping):
                yield int(number), target
    for target in told if isinstance(told, list) else []:
        if isinstance(target, Mapping) and isinstance(target.get("priority"), int):
            yield int(target["priority"]), target


def unsayable(one: Mapping[str, Any]) -> list[str]:
    """Conditions of a policy that no dimension of a ticket tells, such as its company."""
    asked = one.get("applicable_to")
    return (
        [name for name, value in asked.items() if value and name not in SAYABLE] if isinstance(asked, Mapping) else []
    )
