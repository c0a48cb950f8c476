"""What decides how history is counted: schedules, policies and the switches, all in one value with a version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final, Literal

from deskbook.clocks.claims import check_claims
from deskbook.clocks.policies import Policy, contradictions, parse_policies, policies_from_rows
from deskbook.errors import ConfigError, UnknownName
from deskbook.metrics.worktime import (
    Finding,
    Schedule,
    parse_schedules,
    schedule_version,
    schedules_from_rows,
    together,
)

Tables = Sequence[Mapping[str, Any]]
REVISION: Final = 1
"""Raised when the code counts differently, so that what older code counted is counted again."""
Kept = Literal["count", "leave out"]


@dataclass(frozen=True, kw_only=True)
class Rules:
    """How tickets are measured.

    Attributes:
        merged_tickets: tickets that were merged into another.
        spam_tickets: tickets the source marked as spam.
        deleted_tickets: tickets that are deleted now.
        agent_created_tickets: tickets an agent opened.
        bot_replies: whether a bot's public message answers a customer.
        internal_replies: whether an internal note does.
        findings: what could not stand as written in schedules and policies.
    """

    schedules: tuple[Schedule, ...] = ()
    policies: tuple[Policy, ...] = ()
    merged_tickets: Kept = "leave out"
    spam_tickets: Kept = "leave out"
    deleted_tickets: Kept = "count"
    agent_created_tickets: Kept = "count"
    bot_replies: Kept = "leave out"
    internal_replies: Kept = "leave out"
    findings: tuple[Finding, ...] = ()

    @property
    def switches(self) -> dict[str, str]:
        """The switches and how they stand."""
        return {name: getattr(self, name) for name in SWITCHES}

    @property
    def version(self) -> str:
        """Changes whenever a number could."""
        policies = [asdict(policy) for policy in self.policies]
        parts = [REVISION, schedule_version(self.schedules), policies, self.switches]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:10]


SWITCHES: Final = tuple(one.name for one in fields(Rules) if one.type == "Kept")


def make_rules(
    *,
    zone: str,
    schedules: Tables = (),
    policies: Tables = (),
    switches: Mapping[str, Any] | None = None,
    schedule_rows: Tables = (),
    policy_rows: Tables = (),
) -> Rules:
    """Rules of a workspace; what `deskbook.toml` says comes before what its help desk says.

    Args:
        zone: the workspace's IANA zone.
        schedules, policies, switches: the `[[schedules]]`, `[[policies]]` and `[rules]` of `deskbook.toml`.
        schedule_rows, policy_rows: rows of the standard tables `schedules` and `sla_policies`.

    Raises:
        UnknownName, ConfigError: something in them cannot be meant; says what and where.
    """
    timed = together(parse_schedules(schedules, zone=zone), schedules_from_rows(schedule_rows, zone=zone))
    for schedule in timed.schedules:
        check_claims(schedule.applies_to, f"for of schedule '{schedule.name}'")
    own, own_findings = parse_policies(policies)
    other, other_findings = policies_from_rows(policy_rows)
    both = () if not (own and other) else contradictions((*own, *other))
    findings = tuple(dict.fromkeys((*timed.findings, *own_findings, *other_findings, *both)))
    rules = Rules(schedules=timed.schedules, policies=(*own, *other), findings=findings)
    return replace(rules, **_switches(switches or {}))


def _switches(values: Mapping[str, Any]) -> dict[str, Any]:
    for name, value in values.items():
        if name not in SWITCHES:
            raise UnknownName("switch in [rules] of deskbook.toml", str(name), SWITCHES)
        if value not in ("count", "leave out"):
            raise ConfigError(f'[rules] {name} is {value!r}. Write "count" or "leave out".')
    return dict(values)
