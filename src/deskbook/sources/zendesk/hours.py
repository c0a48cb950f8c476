"""Business hours and promises of an account, as our schedules and policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from deskbook.sources.arrays import json_text
from deskbook.sources.zendesk.values import PRIORITIES, Payload, Row, inner, known, listed, text_id, whole
from deskbook.sources.zones import iana

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
        # A name that is none stays, to be refused by name.
        "zone": iana(str(one.get("time_zone") or "UTC")) or one.get("time_zone"),
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
