"""How long customers wait: first reply, resolution, replies, share within the target."""

from __future__ import annotations

from deskbook.metrics.metric import define

FIRST_REPLY = "From the customer's first message to the first public agent reply after it, around the clock."
UNANSWERED = "Tickets without a reply are left out; see the share within target, which counts them."

FIRST_REPLY_MEDIAN = define(
    name="first_reply_median_minutes",
    label="First reply, median",
    table="tickets",
    at="created_at",
    sql="quantile_cont(first_reply_seconds, 0.5) / 60.0",
    n="count(first_reply_seconds)",
    unit="min",
    better="lower",
    note=f"{FIRST_REPLY} {UNANSWERED}",
    origin="fivetran/dbt_zendesk first_reply_time_calendar_minutes",
    words=("first reply", "first response", "reply time", "response time", "median first reply", "frt"),
    decimals=1,
)

FIRST_REPLY_P90 = define(
    name="first_reply_p90_minutes",
    label="First reply, 90th percentile",
    table="tickets",
    at="created_at",
    sql="quantile_cont(first_reply_seconds, 0.9) / 60.0",
    n="count(first_reply_seconds)",
    unit="min",
    better="lower",
    note=f"Nine of ten first replies were faster. {FIRST_REPLY} {UNANSWERED}",
    origin="fivetran/dbt_zendesk first_reply_time_calendar_minutes",
    words=("p90 first reply", "first reply p90", "p90", "slowest replies"),
    decimals=1,
)

RESOLUTION_MEDIAN = define(
    name="resolution_median_hours",
    label="Resolution time, median",
    table="tickets",
    at="created_at",
    sql="quantile_cont(resolution_seconds, 0.5) / 3600.0",
    n="count(resolution_seconds)",
    unit="h",
    better="lower",
    note="From creation to the last time it was solved, around the clock. Open tickets are left out.",
    origin="fivetran/dbt_zendesk full_resolution_calendar_minutes",
    words=("resolution", "resolution time", "time to resolve", "solve time"),
    decimals=1,
)

RESOLUTION_P90 = define(
    name="resolution_p90_hours",
    label="Resolution time, 90th percentile",
    table="tickets",
    at="created_at",
    sql="quantile_cont(resolution_seconds, 0.9) / 3600.0",
    n="count(resolution_seconds)",
    unit="h",
    better="lower",
    note="Nine of ten solved tickets were faster, from creation to the last time they were solved.",
    origin="fivetran/dbt_zendesk full_resolution_calendar_minutes",
    words=("p90 resolution", "resolution p90"),
    decimals=1,
)

REPLIES_PER_TICKET = define(
    name="replies_per_ticket",
    label="Replies per ticket",
    table="tickets",
    at="created_at",
    sql="sum(replies)::DOUBLE / nullif(count(*) FILTER (replies > 0), 0)",
    n="count(*) FILTER (replies > 0)",
    unit="replies",
    better="lower",
    note="Public agent replies to each ticket that has at least one.",
    origin="fivetran/dbt_zendesk count_public_agent_comments",
    words=("replies per ticket", "touches"),
    decimals=1,
)

WITHIN_TARGET = define(
    name="first_reply_within_target_pct",
    label="First reply within target",
    table="tickets",
    at="created_at",
    sql=(
        "100.0 * count(*) FILTER (first_reply_seconds <= $first_reply_target_seconds) / nullif(count(*) FILTER ("
        "first_reply_seconds IS NOT NULL OR epoch($data_until - created_at) > $first_reply_target_seconds), 0)"
    ),
    n=(
        "count(*) FILTER (first_reply_seconds IS NOT NULL "
        "OR epoch($data_until - created_at) > $first_reply_target_seconds)"
    ),
    unit="%",
    better="higher",
    note=(
        "Share of tickets first answered within the workspace's target. A ticket still unanswered past the "
        "target counts as missed; one that is younger is left out."
    ),
    origin="fivetran/dbt_zendesk sla_policies, first_reply_time",
    words=("within target", "target", "sla", "on time", "share within target"),
    decimals=1,
)
