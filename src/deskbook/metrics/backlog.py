"""What is open: the level at any moment, what moves it, and how old it is.

opening + created + reopened + recovered - solved - deleted = closing, for every period and every cut. Cut by what
tickets were then (`team_then` …), moves between groups join in: + moved in - moved out.
"""

from __future__ import annotations

from typing import Final

from deskbook.metrics.measures import UNSOLVED
from deskbook.metrics.metric import define

DBT: Final = "fivetran/dbt_zendesk ticket_backlog, from the event history instead of a nightly snapshot"
LEVEL: Final = "coalesce(sum(delta), 0)::BIGINT"

OPEN_BACKLOG = define(
    name="open_backlog",
    label="Open backlog",
    table="flow",
    at="moved_at",
    sql=LEVEL,
    additive=True,
    unit="tickets",
    better="lower",
    note="Tickets not solved at the end of the period: all that came in less all that went out, since the beginning.",
    origin=DBT,
    stock=True,
    words=("backlog", "open", "open tickets", "unsolved", "unresolved tickets", "outstanding tickets"),
)

BACKLOG_OPENING = define(
    name="backlog_opening",
    label="Backlog at the beginning",
    table="flow",
    at="moved_at",
    sql=LEVEL,
    additive=True,
    unit="tickets",
    better="lower",
    note="Tickets not solved at the beginning of the period.",
    origin=DBT,
    stock=True,
    opening=True,
    words=("opening backlog",),
)

for _name, _label, _condition, _better, _note in (
    ("backlog_created", "Came in", "move = 'created'", "neutral", "Tickets created in the period."),
    ("backlog_reopened", "Came back", "move = 'reopened'", "lower", "Times a solved ticket came back in the period."),
    ("backlog_recovered", "Recovered", "move = 'recovered'", "neutral", "Times a deleted ticket came back."),
    ("backlog_solved", "Went out", "move = 'solved'", "higher", "Times a ticket was solved in the period, each time."),
    ("backlog_deleted", "Deleted", "move = 'deleted'", "neutral", "Times an open ticket was deleted in the period."),
    (
        "backlog_moved_in",
        "Moved in",
        "move = 'moved' AND delta > 0",
        "neutral",
        "Times an open ticket came from another group; only where it is cut by what tickets were then.",
    ),
    (
        "backlog_moved_out",
        "Moved out",
        "move = 'moved' AND delta < 0",
        "neutral",
        "Times an open ticket went to another group; only where it is cut by what tickets were then.",
    ),
):
    define(
        name=_name,
        label=_label,
        table="flow",
        at="moved_at",
        rests_on=_condition,
        unit="tickets",
        better=_better,
        note=_note,
        origin=DBT,
        words=(_label.lower(),) if _better != "neutral" else (),
    )

for _name, _label, _moment, _theirs, _said in (
    ("backlog_age", "Age of open tickets", "created_at", "unsolved_ticket_age_minutes", "since they were created"),
    (
        "backlog_idle",
        "Open tickets since their last change",
        "coalesce(updated_at, status_since)",
        "unsolved_ticket_age_since_update_minutes",
        "since their last change in the source, or of their status",
    ),
    ("backlog_waiting", "Customers waiting now", "waiting_since", "unreplied_unsolved", "their customers have waited"),
):
    for _short, _words, _share in (("median", "median", 0.5), ("p90", "90th percentile", 0.9)):
        _only = UNSOLVED if _moment != "waiting_since" else f"{UNSOLVED} AND waiting_since IS NOT NULL"
        define(
            name=f"{_name}_{_short}_hours",
            label=f"{_label}, {_words}",
            table="tickets",
            at="created_at",
            rests_on=_only,
            is_current=True,
            sql=f"quantile_cont(epoch($data_until - {_moment}), {_share}) FILTER ({_only}) / 3600.0",
            unit="h",
            better="lower",
            note=f"Of tickets created in the period that are not solved: how long {_said}, to the end of the data.",
            origin=f"fivetran/dbt_zendesk {_theirs}",
            words=(f"{'p90 ' if _short == 'p90' else ''}{_label.lower()}",),
            decimals=1,
        )
