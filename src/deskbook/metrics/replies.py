"""How long customers wait for an answer: the first, the next, all together, and the share within the target."""

from __future__ import annotations

from deskbook.metrics.durations import quantiles
from deskbook.metrics.metric import define

FIRST_REPLY = "From creation to the first public agent reply after the customer's first message."
UNANSWERED = "Tickets without a reply; the share within target counts those."
DBT = "fivetran/dbt_zendesk"

FIRST_REPLY_TIMES = quantiles(
    "first_reply",
    "First reply",
    "first_reply{twin}_seconds",
    note=FIRST_REPLY,
    leaves_out=UNANSWERED,
    origin=f"{DBT} first_reply_time_calendar_minutes, first_reply_time_business_minutes",
    is_spread=True,
    words=("first reply", "first response", "reply time", "response time", "median first reply", "frt"),
)

FIRST_REPLY_LAST_SCHEDULE = define(
    name="first_reply_last_schedule_median_minutes",
    label="First reply, last schedule, median",
    table="tickets",
    at="created_at",
    rests_on="first_reply_last_schedule_seconds IS NOT NULL",
    sql="quantile_cont(first_reply_last_schedule_seconds, 0.5) / 60.0",
    unit="min",
    better="lower",
    note=f"{FIRST_REPLY} Counted in the business hours of the schedule the ticket was under last, as Zendesk does.",
    leaves_out=UNANSWERED,
    origin="Zendesk's own first reply time in business hours; fivetran/dbt_zendesk DECISIONLOG",
    decimals=1,
)

FIRST_REPLY_P99 = define(
    name="first_reply_p99_minutes",
    label="First reply, 99th percentile",
    table="tickets",
    at="created_at",
    rests_on="first_reply_seconds IS NOT NULL",
    sql="quantile_cont(first_reply_seconds, 0.99) / 60.0",
    unit="min",
    better="lower",
    note=f"Of a hundred first replies 99 were faster. {FIRST_REPLY}",
    leaves_out=UNANSWERED,
    origin=f"{DBT} first_reply_time_calendar_minutes",
    words=("p99 first reply",),
    decimals=1,
)

NEXT_REPLY_TIMES = quantiles(
    "next_reply",
    "Next reply",
    "reply{twin}_seconds",
    table="replies",
    at="replied_at",
    only="number > 1",
    note="From the customer's first message since the last answer to the next public agent reply, one row an answer.",
    leaves_out="The first answer of each ticket, and messages nobody answered.",
    origin=f"{DBT} sla_policies, next_reply_time",
    is_spread=True,
    words=("next reply", "next response", "follow-up reply"),
)

TOTAL_REPLY_TIMES = quantiles(
    "total_reply",
    "Total reply time",
    "total_reply{twin}_seconds",
    note="All waits for an answer of a ticket together, each from the customer's first message since the last answer.",
    leaves_out="Tickets without a reply; a wait that still runs.",
    origin=f"{DBT} total_reply_time_calendar_minutes",
    words=("total reply time", "total wait for replies"),
)

ANSWERS = define(
    name="answers",
    label="Answers to customers",
    table="replies",
    at="replied_at",
    unit="answers",
    better="neutral",
    note="Times a customer's message was answered, at the moment of the answer.",
    leaves_out="Further messages of an agent before the customer writes again.",
    origin="Chatwoot reports: reply time",
    words=("answers",),
)

REPLIES_PER_TICKET = define(
    name="replies_per_ticket",
    label="Replies per ticket",
    table="tickets",
    at="created_at",
    rests_on="replies > 0",
    sql="sum(replies)::DOUBLE / nullif(count(*) FILTER (replies > 0), 0)",
    unit="replies",
    better="lower",
    note="Public agent replies to each ticket that has at least one.",
    origin=f"{DBT} count_public_agent_comments",
    words=("replies per ticket", "touches"),
    decimals=1,
)

DUE = "(first_reply_seconds IS NOT NULL OR epoch($data_until - created_at) > $first_reply_target_seconds)"
WITHIN_TARGET = define(
    name="first_reply_within_target_pct",
    label="First reply within target",
    table="tickets",
    at="created_at",
    rests_on=DUE,
    sql=(
        "100.0 * count(*) FILTER (first_reply_seconds <= $first_reply_target_seconds) "
        f"/ nullif(count(*) FILTER ({DUE}), 0)"
    ),
    unit="%",
    better="higher",
    note=(
        "Share of tickets first answered within the workspace's target. A ticket still unanswered past the "
        "target counts as missed."
    ),
    leaves_out="Unanswered tickets younger than the target.",
    origin=f"{DBT} sla_policies, first_reply_time",
    words=("within target", "target", "sla", "on time", "share within target"),
    decimals=1,
)

REPLIED = "first_reply_seconds IS NOT NULL"
IN_TIME = f"{REPLIED} AND first_reply_seconds <= $first_reply_target_seconds"
for _name, _label, _condition, _note, _words in (
    ("tickets_replied", "Replied to", REPLIED, "with a public agent reply", ("replied to", "answered tickets")),
    (
        "tickets_replied_in_time",
        "Replied to within target",
        IN_TIME,
        "whose first reply came within the workspace's target",
        ("replied in time",),
    ),
    (
        "tickets_solved_in_time",
        "Within target and solved",
        f"{IN_TIME} AND resolved_at IS NOT NULL",
        "that were first answered within the workspace's target and are solved now",
        ("answered in time and solved",),
    ),
    (
        "tickets_one_touch_in_time",
        "Within target, solved with one reply",
        f"{IN_TIME} AND resolved_at IS NOT NULL AND replies = 1",
        "that were first answered within the workspace's target and are solved now with that one public reply",
        ("answered in time and solved with one reply",),
    ),
):
    define(
        name=_name,
        label=_label,
        table="tickets",
        at="created_at",
        rests_on=_condition,
        unit="tickets",
        better="higher",
        note=f"Tickets created in the period {_note}.",
        leaves_out="What happens to a ticket later counts in the period it was created in.",
        origin=f"{DBT} first_reply_time_calendar_minutes, is_one_touch_resolution",
        words=_words,
    )
