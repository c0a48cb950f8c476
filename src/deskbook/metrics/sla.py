"""What was promised and kept: every target of every policy, under the priority in force at the time."""

from __future__ import annotations

from typing import Final

from deskbook.metrics.metric import define

ORIGIN: Final = "fivetran/dbt_zendesk sla_policies; Zendesk SLA metrics"
DECIDED: Final = "promise_state IN ('achieved', 'breached')"

SLA_ACHIEVED = define(
    name="sla_achieved_pct",
    label="Promises kept",
    table="promises",
    at="started_at",
    rests_on=DECIDED,
    sql=f"100.0 * count(*) FILTER (promise_state = 'achieved') / nullif(count(*) FILTER ({DECIDED}), 0)",
    unit="%",
    better="higher",
    note="Share of decided promises that were kept. One that is unanswered past its target is broken.",
    leaves_out="Promises that still run within their target, and cancelled ones.",
    origin=ORIGIN,
    words=("sla", "promises kept", "sla achieved", "sla attainment", "compliance"),
    decimals=1,
)

for _state, _label, _better, _note in (
    ("achieved", "Promises kept, count", "higher", "kept within their target"),
    ("breached", "Promises broken", "lower", "not kept within their target, answered late or not yet"),
    ("active", "Promises running", "neutral", "that run and are within their target at the end of the data"),
    (
        "cancelled",
        "Promises cancelled",
        "neutral",
        "replaced when the priority changed, or given up because the ticket was solved without an answer",
    ),
):
    define(
        name=f"sla_{_state}",
        label=_label,
        table="promises",
        at="started_at",
        rests_on=f"promise_state = '{_state}'",
        is_current=_state == "active",
        unit="promises",
        better=_better,
        note=f"Promises whose clock started in the period, {_note}.",
        origin=ORIGIN,
        words=(f"sla {_state}", f"{_state} promises") + (("breaches", "breached") if _state == "breached" else ()),
    )

SLA_DUE = define(
    name="sla_running_out",
    label="Running out",
    table="promises",
    at="breach_at",
    rests_on="promise_state = 'active'",
    unit="promises",
    better="lower",
    note="Running promises, placed at the moment their target would pass.",
    leaves_out="Promises whose clock stands still.",
    origin=ORIGIN,
    words=("breaching soon", "running out", "at risk"),
)

SLA_TICKETS = define(
    name="tickets_breached",
    label="Tickets with a broken promise",
    table="promises",
    at="started_at",
    rests_on="promise_state = 'breached'",
    sql="count(DISTINCT ticket) FILTER (promise_state = 'breached')",
    unit="tickets",
    better="lower",
    note="Tickets with at least one broken promise whose clock started in the period.",
    origin=ORIGIN,
    words=("breached tickets",),
)

SLA_OVERRUN = define(
    name="sla_overrun_median_minutes",
    label="Broken promises, how late, median",
    table="promises",
    at="started_at",
    rests_on="promise_state = 'breached' AND elapsed_seconds > target_seconds",
    sql=(
        "quantile_cont(elapsed_seconds - target_seconds, 0.5) "
        "FILTER (promise_state = 'breached' AND elapsed_seconds > target_seconds) / 60.0"
    ),
    unit="min",
    better="lower",
    note="How long after its target a broken promise was at last met, on its own clock.",
    leaves_out="Promises that still run.",
    origin=ORIGIN,
    words=("overrun", "how late"),
    decimals=1,
)

DUE: Final = "due_at IS NOT NULL AND (resolved_at IS NOT NULL OR due_at < $data_until)"
DUE_MET = define(
    name="due_met_pct",
    label="Solved by the due date",
    table="tickets",
    at="created_at",
    rests_on=DUE,
    sql=f"100.0 * count(*) FILTER ({DUE} AND resolved_at <= due_at) / nullif(count(*) FILTER ({DUE}), 0)",
    unit="%",
    better="higher",
    note="Share of tickets solved no later than the source says they are due. One that is open past that is late.",
    leaves_out="Tickets without a due date, and open ones that are not due yet.",
    origin="Freshdesk due_by; ServiceNow due_date",
    words=("due date", "solved by due date", "on time by due date"),
    decimals=1,
)

OVERDUE = define(
    name="tickets_overdue",
    label="Overdue",
    table="tickets",
    at="created_at",
    rests_on="due_at < $data_until AND resolved_at IS NULL AND status IS DISTINCT FROM 'deleted'",
    is_current=True,
    unit="tickets",
    better="lower",
    note="Tickets created in the period that are open past the date the source says they are due.",
    origin="Freshdesk overdue; ServiceNow due_date",
    words=("overdue",),
)
