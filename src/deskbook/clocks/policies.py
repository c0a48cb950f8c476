"""Service-level policies: what is promised to which tickets, as `deskbook.toml` or a help desk says it.

    [[policies]]
    name = "Chat"
    for = {channel = ["chat"]}
    hours = "business"                                # or "calendar"
    first_reply = {urgent = "15m", high = "30m", normal = "1h", low = "4h"}
    next_reply = "1h"                                 # for every priority
    resolution = "3d"                                 # of 24 hours each
    pause = {resolution = ["pending", "hold"]}        # states in which that clock stands still

The first policy that fits a ticket holds; its targets follow the priority in force at the moment.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from deskbook.clocks.claims import Claims, check_claims
from deskbook.errors import ConfigError, UnknownName
from deskbook.metrics.worktime import Finding
from deskbook.metrics.worktime.parse import claims
from deskbook.schema import HOURS, PRIORITIES, TARGETS

STATES: Final = ("new", "open", "pending", "hold")
RUNNING_IN: Final[Mapping[str, tuple[str, ...]]] = {
    "first_reply": STATES,
    "next_reply": STATES,
    "requester_wait": ("new", "open", "hold"),
    "agent_work": ("new", "open"),
    "periodic_update": STATES,
    "resolution": STATES,
}
"""States in which each clock runs, unless a policy pauses it; none runs while a ticket is solved or deleted.

Source: fivetran/dbt_zendesk sla_policies; Zendesk's list of SLA metrics for periodic_update.
"""
KEYS: Final = ("name", "for", "hours", "pause", *TARGETS)
LENGTH: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(s|min|m|h|d)")
UNIT_SECONDS: Final = {"s": 1, "m": 60, "min": 60, "h": 3_600, "d": 86_400}
ANY: Final = ""
"""The key of a target that holds for every priority that has none of its own."""


@dataclass(frozen=True)
class Policy:
    """One policy.

    Attributes:
        applies_to: dimension -> words of which a ticket must have one.
        targets: target -> priority (or ANY) -> seconds.
        hours: target -> business or calendar.
        running: target -> states in which its clock runs; those of RUNNING_IN if absent.
    """

    name: str
    applies_to: Claims = field(default_factory=dict)
    targets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    hours: Mapping[str, str] = field(default_factory=dict)
    running: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def seconds(self, target: str, priority: str | None) -> int | None:
        """What is promised to a ticket of a priority; None if nothing is."""
        named = self.targets.get(target, {})
        return named.get(priority or ANY, named.get(ANY))


def parse_policies(tables: Sequence[Mapping[str, Any]]) -> tuple[tuple[Policy, ...], tuple[Finding, ...]]:
    """Policies of the `[[policies]]` tables, in their order.

    Raises:
        UnknownName: a key, priority or state that does not exist, with the closest one.
        ConfigError: a length of time or a table that cannot be read.
    """
    policies = tuple(_policy(table) for table in tables)
    return policies, contradictions(policies)


def _policy(table: Mapping[str, Any]) -> Policy:
    name = table.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ConfigError(f'A policy wants a name, got {name!r}. Write name = "Chat" under [[policies]].')
    where = f"policy '{name}'"
    for key in table:
        if key not in KEYS:
            raise UnknownName(f"key of {where}", str(key), KEYS)
    hours = table.get("hours", "calendar")
    if hours not in HOURS:
        raise UnknownName(f"hours of {where}", str(hours), HOURS)
    applies_to = claims(table.get("for"), where)
    check_claims(applies_to, f"for of {where}")
    targets = {target: _lengths(table[target], f"{target} of {where}") for target in TARGETS if target in table}
    if not targets:
        raise ConfigError(f'{where} promises nothing. Write a target such as first_reply = "1h".')
    pauses = _pauses(table.get("pause", {}), where)
    running = {target: _running(target, pauses.get(target, ()), where) for target in targets}
    return Policy(name, applies_to, targets, dict.fromkeys(targets, str(hours)), running)


def _running(target: str, paused: tuple[str, ...], where: str) -> tuple[str, ...]:
    left = tuple(state for state in RUNNING_IN[target] if state not in paused)
    if not left:
        runs = ", ".join(RUNNING_IN[target])
        raise ConfigError(
            f"{where}: pause of {target} leaves no state in which its clock runs. Leave out one of {runs}."
        )
    return left


def _lengths(value: object, where: str) -> dict[str, int]:
    if not isinstance(value, Mapping):
        return {ANY: length_seconds(value, where)}
    found = {}
    for priority, length in value.items():
        if priority not in PRIORITIES:
            raise UnknownName(f"priority in {where}", str(priority), PRIORITIES)
        found[str(priority)] = length_seconds(length, f"{where} for {priority}")
    return found


def length_seconds(value: object, where: str) -> int:
    """Seconds of "45m", "8h", "1h 30m" or "2d" (of 24 hours each).

    Raises:
        ConfigError: it is no length of time.
    """
    text = str(value).strip().lower()
    parts = LENGTH.findall(text)
    seconds = round(sum(float(count) * UNIT_SECONDS[unit] for count, unit in parts))
    if not isinstance(value, str) or LENGTH.sub("", text).strip() or seconds < 1:
        raise ConfigError(f'{where}: {value!r} is no length of time. Write "45m", "8h" or "2d".')
    return seconds


def _pauses(value: object, where: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, Mapping):
        raise ConfigError(f'{where}: pause wants a table such as {{resolution = ["pending"]}}, got {value!r}.')
    found = {}
    for target, states in value.items():
        if target not in TARGETS:
            raise UnknownName(f"target in pause of {where}", str(target), TARGETS)
        listed = (states,) if isinstance(states, str) else states
        if not isinstance(listed, list | tuple):
            raise ConfigError(f'{where}: pause of {target} wants states such as ["pending"], got {states!r}.')
        for state in listed:
            if state not in STATES:
                raise UnknownName(f"state in pause of {where}", str(state), STATES)
        found[str(target)] = tuple(listed)
    return found


def policies_from_rows(rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[Policy, ...], tuple[Finding, ...]]:
    """Policies of the standard table `sla_policies`: one row a target and priority."""
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: (row.get("position") or 0, row["name"])):
        grouped.setdefault(row["name"], []).append(row)
    policies = tuple(_from_rows(name, held) for name, held in grouped.items())
    return policies, contradictions(policies)


def _from_rows(name: str, rows: Sequence[Mapping[str, Any]]) -> Policy:
    where = f"policy '{name}'"
    applies_to = claims(_meant(rows[0].get("applies_to"), where), where)
    check_claims(applies_to, f"applies_to of {where}")
    targets: dict[str, dict[str, int]] = {}
    for row in rows:
        targets.setdefault(row["target"], {})[row.get("priority") or ANY] = int(row["target_seconds"])
    hours = {row["target"]: row.get("hours") or "calendar" for row in rows}
    return Policy(name, applies_to, targets, hours, {target: RUNNING_IN[target] for target in targets})


def _meant(text: str | None, where: str) -> Any:
    """What the JSON of applies_to says; nothing if it is empty."""
    try:
        return json.loads(text or "null") or None
    except json.JSONDecodeError as error:
        raise ConfigError(
            f'{where}: applies_to wants JSON such as {{"channel": ["chat"]}}, got {text!r} ({error}).'
        ) from None


def contradictions(policies: Sequence[Policy]) -> tuple[Finding, ...]:
    """Policies that fit the same tickets, and targets that are looser for more urgent tickets."""
    findings = []
    for place, policy in enumerate(policies):
        covering = next((one.name for one in policies[:place] if _covers(one.applies_to, policy.applies_to)), None)
        if covering:
            said = f"every ticket it fits is already under '{covering}'"
            findings.append(Finding("policy_never_used", policy.name, said, f"'{covering}' holds, as it comes first"))
        for target, named in policy.targets.items():
            order = [(priority, named[priority]) for priority in PRIORITIES if priority in named]
            for (lower, slow), (higher, fast) in pairwise(order):
                if fast > slow:
                    said = f"{target} allows {higher} tickets {fast} s and {lower} ones {slow} s"
                    findings.append(Finding("policy_urgent_is_slower", policy.name, said, "both hold as written"))
    return tuple(findings)


def _covers(wide: Claims, narrow: Claims) -> bool:
    return all(name in narrow and set(narrow[name]) <= set(words) for name, words in wide.items())
