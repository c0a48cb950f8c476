"""Where a ticket's time goes: who waited for whom, how long it stood in each status, how long until it was solved."""

from __future__ import annotations

from typing import Final

from deskbook.metrics.durations import quantiles
from deskbook.metrics.metric import define

DBT: Final = "fivetran/dbt_zendesk"
SOLVED: Final = "Of tickets solved in the period, since the clocks of the others still run."

STOOD: Final = (
    ("requester_wait", "Requester wait", ("new", "open", "hold"), "requester_wait_time", "customer wait"),
    ("agent_wait", "Agent wait", ("pending",), "agent_wait_time", "waiting on customer"),
    ("agent_work", "Agent work", ("new", "open"), "agent_work_time", "work time"),
    ("solve", "Solve time", ("new", "open", "hold", "pending"), "solve_time", "time to solve"),
    ("on_hold", "On hold", ("hold",), "on_hold_time", "hold time"),
    ("new_status", "In status new", ("new",), "new_status_duration", "time in new"),
    ("open_status", "In status open", ("open",), "open_status_duration", "time in open"),
)
"""Name, label, the statuses added up, the reference's name and what else people call it."""

for _name, _label, _statuses, _theirs, _also in STOOD:
    quantiles(
        _name,
        _label,
        f"({' + '.join(f'{status}{{twin}}_seconds' for status in _statuses)})",
        at="resolved_at",
        unit="h",
        note=f"Time in status {' and '.join(_statuses)}. {SOLVED}",
        leaves_out="Tickets that are not solved; sources that tell no status changes.",
        origin=f"{DBT} {_theirs}",
        words=(_label.lower(), _also),
    )

RESOLUTION_TIMES = quantiles(
    "resolution",
    "Resolution time",
    "resolution{twin}_seconds",
    unit="h",
    note="From creation to the last time it was solved.",
    leaves_out="Tickets that are not solved.",
    origin=f"{DBT} final_resolution_calendar_minutes, full_resolution_business_minutes",
    is_spread=True,
    words=("resolution", "resolution time", "time to resolve", "full resolution"),
)

FIRST_RESOLUTION_TIMES = quantiles(
    "first_resolution",
    "First resolution",
    "first_resolution{twin}_seconds",
    unit="h",
    note="From creation to the first time it was solved.",
    leaves_out="Tickets never solved.",
    origin=f"{DBT} first_resolution_calendar_minutes, first_resolution_business_minutes",
    words=("first resolution",),
)

for _name, _label, _note, _theirs in (
    (
        "first_assignment_to_resolution",
        "First assignment to resolution",
        "From the first assignment to an agent to the last time it was solved.",
        "first_assignment_to_resolution_calendar_minutes",
    ),
    (
        "last_assignment_to_resolution",
        "Last assignment to resolution",
        "From the last assignment to an agent to the last time it was solved.",
        "last_assignment_to_resolution_calendar_minutes",
    ),
    (
        "unassigned",
        "Unassigned",
        "Time without an agent until the ticket was last solved.",
        "ticket_unassigned_duration_calendar_minutes",
    ),
):
    define(
        name=f"{_name}_median_hours",
        label=f"{_label}, median",
        table="tickets",
        at="resolved_at",
        rests_on=f"{_name}_seconds IS NOT NULL",
        sql=f"quantile_cont({_name}_seconds, 0.5) / 3600.0",
        unit="h",
        better="lower",
        note=f"{_note} Counted around the clock. {SOLVED}",
        leaves_out="Tickets that are not solved; sources that tell no assignments.",
        origin=f"{DBT} {_theirs}",
        words=(_label.lower(),),
        decimals=1,
    )

HANDLING = define(
    name="handling_median_minutes",
    label="Handling time, median",
    table="tickets",
    at="resolved_at",
    rests_on="handling_seconds IS NOT NULL",
    sql="quantile_cont(handling_seconds, 0.5) / 60.0",
    unit="min",
    better="lower",
    note="Time agents spent on a ticket, as the source recorded it. Of tickets solved in the period.",
    leaves_out="Tickets whose source records no handling time.",
    origin="Intercom handling time; Zendesk time tracking",
    words=("handling time", "aht", "handle time"),
    decimals=1,
)
