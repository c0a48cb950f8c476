"""Business hours and promises of an account, as our schedules and policies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from zoneinfo import available_timezones

from deskbook.sources.arrays import json_text
from deskbook.sources.zendesk.values import PRIORITIES, Payload, Row, inner, known, listed, text_id, whole

TARGETS: Final = {
    "first_reply_time": "first_reply",
    "next_reply_time": "next_reply",
    "requester_wait_time": "requester_wait",
    "agent_work_time": "agent_work",
    "pausable_update_time": "periodic_update",
    "periodic_update_time": "periodic_update",
    "total_resolution_time": "resolution",
    "resolution_time": "resolution",
}
MINUTE: Final = 60
ZONES: Final = {
    "International Date Line West": "Etc/GMT+12",
    "Midway Island": "Pacific/Midway",
    "American Samoa": "Pacific/Pago_Pago",
    "Hawaii": "Pacific/Honolulu",
    "Alaska": "America/Juneau",
    "Pacific Time (US & Canada)": "America/Los_Angeles",
    "Mountain Time (US & Canada)": "America/Denver",
    "Arizona": "America/Phoenix",
    "Central Time (US & Canada)": "America/Chicago",
    "Central America": "America/Guatemala",
    "Guadalajara": "America/Mexico_City",
    "Saskatchewan": "America/Regina",
    "Eastern Time (US & Canada)": "America/New_York",
    "Indiana (East)": "America/Indiana/Indianapolis",
    "Atlantic Time (Canada)": "America/Halifax",
    "Georgetown": "America/Guyana",
    "Newfoundland": "America/St_Johns",
    "Brasilia": "America/Sao_Paulo",
    "Greenland": "America/Nuuk",
    "Mid-Atlantic": "Atlantic/South_Georgia",
    "Cape Verde Is.": "Atlantic/Cape_Verde",
    "Edinburgh": "Europe/London",
    "Bern": "Europe/Zurich",
    "West Central Africa": "Africa/Algiers",
    "Pretoria": "Africa/Johannesburg",
    "St. Petersburg": "Europe/Moscow",
    "Abu Dhabi": "Asia/Muscat",
    "Islamabad": "Asia/Karachi",
    **dict.fromkeys(("Chennai", "Mumbai", "New Delhi"), "Asia/Kolkata"),
    "Sri Jayawardenepura": "Asia/Colombo",
    "Ekaterinburg": "Asia/Yekaterinburg",
    "Astana": "Asia/Almaty",
    "Beijing": "Asia/Shanghai",
    "Hanoi": "Asia/Bangkok",
    "Ulaan Bataar": "Asia/Ulaanbaatar",
    **dict.fromkeys(("Osaka", "Sapporo"), "Asia/Tokyo"),
    "Canberra": "Australia/Melbourne",
    "New Caledonia": "Pacific/Noumea",
    "Solomon Is.": "Pacific/Guadalcanal",
    "Marshall Is.": "Pacific/Majuro",
    "Wellington": "Pacific/Auckland",
    "Nuku'alofa": "Pacific/Tongatapu",
    "Tokelau Is.": "Pacific/Fakaofo",
    "Samoa": "Pacific/Apia",
    "Chatham Is.": "Pacific/Chatham",
}
"""Zones that Zendesk calls otherwise than by a city of the IANA's list."""


def zone_of(name: Any) -> str:
    """The IANA zone of a zone as Zendesk calls it; the name itself where there is none, to be refused by name."""
    said = str(name or "UTC")
    known_zones = available_timezones()
    if said in known_zones:
        return said
    if said in ZONES:
        return ZONES[said]
    city = re.sub(r"[ -]", "_", said)
    return next((zone for zone in sorted(known_zones) if zone.rpartition("/")[2] == city and "/" in zone), said)


def schedule(one: Payload, names: Payload) -> Iterator[Row]:
    """A schedule of business hours with its holidays."""
    intervals = [
        [start, end]
        for each in listed(one, "intervals")
        if (start := whole(each.get("start_time"))) is not None and (end := whole(each.get("end_time"))) is not None
    ]
    days = [[each.get("start_date"), each.get("end_date")] for each in listed(one, "holidays")]
    yield {
        "id": text_id(one.get("id")),
        "name": one.get("name"),
        "zone": zone_of(one.get("time_zone")),
        "intervals": json_text(intervals),
        "holidays": json_text([day for day in days if all(day)]),
    }


def policies(one: Payload, names: Payload) -> Iterator[Row]:
    """The targets of a policy; none of one whose conditions we have no words for, as it would hold for every ticket."""
    claims = claimed(one, names)
    if claims is None:
        return
    for each in listed(one, "policy_metrics"):
        target = TARGETS.get(str(each.get("metric")))
        minutes, seconds = whole(each.get("target"), MINUTE), whole(each.get("target_in_seconds"))
        within = seconds if seconds is not None else minutes
        if target and within is not None:
            priority = known(PRIORITIES, each.get("priority"))
            yield {
                "id": f"{text_id(one.get('id'))}-{target}-{priority or 'any'}",
                "name": one.get("title"),
                "position": whole(one.get("position")),
                "target": target,
                "priority": priority,
                "target_seconds": within,
                "hours": "business" if each.get("business_hours") else "calendar",
                "applies_to": json_text(claims) if claims else None,
            }


def claimed(one: Payload, names: Payload) -> dict[str, list[str]] | None:
    """Which tickets a policy is for, by our dimensions; None where they do not tell."""
    if listed(one, "filter", "any"):
        return None
    found: dict[str, list[str]] = {}
    for each in listed(one, "filter", "all"):
        field, how, value = each.get("field"), each.get("operator"), each.get("value")
        if field == "current_tags" and how == "includes":
            found["tag"] = str(value).split()
        elif field == "group_id" and how == "is" and inner(names, "teams", str(value)):
            found["team"] = [str(names["teams"][str(value)])]
        elif field == "priority" and how == "is":
            found["priority"] = [str(value)]
        else:
            return None
    return found
