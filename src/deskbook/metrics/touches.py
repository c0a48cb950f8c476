"""How much it took: touches, reopens, hands a ticket went through, and whether the customer came back."""

from __future__ import annotations

from typing import Final

from deskbook.metrics.metric import define

DBT: Final = "fivetran/dbt_zendesk"
SOLVED: Final = "resolved_at IS NOT NULL"
FIRST_CONTACT: Final = (
    "replies <= 1 AND reopens = 0 AND (next_contact_seconds IS NULL OR next_contact_seconds > 7 * 86400)"
)


def _share(name: str, label: str, condition: str, note: str, origin: str, **more: object) -> None:
    """A share of the tickets solved in the period."""
    parts: dict[str, object] = {
        "better": "lower",
        "leaves_out": "Tickets that are not solved.",
        "rests_on": SOLVED,
    } | more
    define(
        name=name,
        label=label,
        table="tickets",
        at="resolved_at",
        sql=f"100.0 * count(*) FILTER ({parts['rests_on']} AND {condition}) "
        f"/ nullif(count(*) FILTER ({parts['rests_on']}), 0)",
        unit="%",
        note=note,
        origin=origin,
        decimals=1,
        **parts,
    )


_share(
    "one_touch_pct",
    "One-touch resolution",
    "replies = 1",
    "Share of tickets solved with exactly one public agent reply.",
    f"{DBT} is_one_touch_resolution",
    better="higher",
    words=("one touch", "one-touch"),
)
_share(
    "two_touch_pct",
    "Two-touch resolution",
    "replies = 2",
    "Share of tickets solved with exactly two public agent replies.",
    f"{DBT} is_two_touch_resolution",
    better="neutral",
    words=("two touch", "two-touch"),
)
_share(
    "multi_touch_pct",
    "Multi-touch resolution",
    "replies > 2",
    "Share of tickets solved with more than two public agent replies.",
    f"{DBT} is_multi_touch_resolution",
    words=("multi touch", "multi-touch"),
)
_share(
    "reopened_pct",
    "Reopened",
    "reopens > 0",
    "Share of tickets solved now that had come back at least once before.",
    f"{DBT} count_reopens",
    words=("reopen rate", "share reopened"),
)
_share(
    "first_contact_resolution_pct",
    "First-contact resolution",
    f"({FIRST_CONTACT})",
    "Share of tickets solved with at most one public reply, never reopened, and whose customer did not open another "
    "ticket within seven days.",
    "Intercom and Zendesk first contact resolution, with repeat contact counted against it",
    better="higher",
    words=("fcr", "first contact resolution", "first-contact resolution"),
)
for _days in (7, 30):
    _seen = f"(next_contact_seconds <= {_days} * 86400 OR epoch($data_until - resolved_at) > {_days} * 86400)"
    _share(
        f"repeat_contact_{_days}d_pct",
        f"Repeat contact within {_days} days",
        f"next_contact_seconds <= {_days} * 86400",
        f"Share of solved tickets whose customer opened another one within {_days} days of the solution.",
        "field.md, table B11: repeat contact",
        rests_on=f"{SOLVED} AND customer_id IS NOT NULL AND {_seen}",
        leaves_out=f"Tickets without a known customer, and those solved less than {_days} days ago without one yet.",
        words=(f"repeat contact {_days}", "repeat contact") if _days == 7 else (f"repeat contact {_days}",),
    )

for _name, _label, _column, _note, _theirs, _said in (
    ("resolutions", "Resolutions", "resolutions", "Times tickets were solved.", "count_resolutions", ()),
    ("reopens", "Reopens", "reopens", "Times tickets came back.", "count_reopens", ("times reopened",)),
    (
        "handoffs",
        "Handoffs",
        "handoffs",
        "Different agents who wrote an internal note, ticket by ticket.",
        "count_ticket_handoffs",
        ("handoffs", "hand-offs"),
    ),
    (
        "agent_assignments",
        "Assignments to agents",
        "assignments",
        "Assignments to an agent, one after the other.",
        "assignee_stations_count",
        ("assignments",),
    ),
    (
        "ticket_assignees",
        "Assignees",
        "assignees",
        "Different agents, ticket by ticket.",
        "unique_assignee_count",
        ("assignees",),
    ),
    (
        "team_stations",
        "Team stations",
        "team_stations",
        "Teams a ticket was with, one after the other.",
        "group_stations_count",
        ("team stations", "group stations"),
    ),
    (
        "agent_comments",
        "Agent comments",
        "(messages_out + notes)",
        "Replies and internal notes.",
        "count_agent_comments",
        (),
    ),
    (
        "public_agent_comments",
        "Public agent comments",
        "messages_out",
        "Public replies.",
        "count_public_agent_comments",
        (),
    ),
    (
        "end_user_comments",
        "Customer comments",
        "messages_in",
        "Messages from customers.",
        "count_end_user_comments",
        (),
    ),
    (
        "public_comments",
        "Public comments",
        "(messages_in + messages_out)",
        "Messages from customers and public replies.",
        "count_public_comments",
        (),
    ),
    (
        "internal_comments",
        "Internal comments",
        "notes",
        "Internal notes from agents.",
        "count_internal_comments",
        ("notes",),
    ),
    (
        "agent_replies",
        "Agent replies",
        "replies",
        "Public replies after the customer's first message; the comment by which an agent opened a ticket is none.",
        "total_agent_replies",
        ("agent replies",),
    ),
):
    define(
        name=_name,
        label=_label,
        table="tickets",
        at="created_at",
        rests_on=f"{_column} IS NOT NULL",
        sql=f"coalesce(sum({_column}), 0)::BIGINT",
        additive=True,
        unit=_label.lower(),
        better="neutral",
        note=f"{_note} Of tickets created in the period, all together.",
        origin=f"{DBT} {_theirs}",
        words=_said,
    )

REASSIGNED = define(
    name="tickets_reassigned",
    label="Tickets reassigned",
    table="tickets",
    at="created_at",
    rests_on="assignments > 1",
    unit="tickets",
    better="lower",
    note="Tickets created in the period that were assigned to more than one agent, one after the other.",
    origin=f"{DBT} ticket_summary reassigned",
    words=("reassigned", "reassignments"),
)
