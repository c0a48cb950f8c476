"""What metrics can be cut by and filtered on, and the SQL for each on each hot table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from deskbook.errors import BadValue, UnknownName
from deskbook.metrics.metric import Fact

Kind = Literal["word", "number", "time", "tag", "custom"]
GRAINS: Final = ("hour", "day", "week", "month", "quarter")
CYCLES: Final = ("hour_of_day", "weekday")
LOCAL: Final = {
    "created_at": "created_local",
    "resolved_at": "resolved_local",
    "sent_at": "sent_local",
    "moved_at": "moved_local",
}
ALL_TABLES: Final[tuple[Fact, ...]] = ("tickets", "messages", "flow")


@dataclass(frozen=True)
class Dimension:
    """One way to cut.

    Attributes:
        kind: word (text), number, time (grain or cycle of the metric's own time column), tag, custom.
        sql: column or expression over tickets.
        on: hot tables that hold the column themselves; on the others the ticket is looked up.
        message_sql: what it means for a single message, where that differs.
        coded: held as an enum of type `<name>_words` on every hot table.
    """

    name: str
    label: str
    kind: Kind
    note: str
    sql: str = ""
    on: tuple[Fact, ...] = ("tickets",)
    message_sql: str = ""
    coded: bool = False


def _everywhere(name: str, label: str, note: str) -> Dimension:
    return Dimension(name, label, "word", note, name, ALL_TABLES, coded=True)


DIMENSIONS: Final[dict[str, Dimension]] = {
    dimension.name: dimension
    for dimension in (
        _everywhere("source", "Source", "The outside system a ticket came from."),
        _everywhere("channel", "Channel", "How the ticket came in."),
        _everywhere("team", "Team", "The team the ticket is with now."),
        _everywhere("agent", "Agent", "The agent the ticket is assigned to now."),
        _everywhere("priority", "Priority", "The ticket's priority now."),
        _everywhere("status", "Status", "The ticket's status now."),
        _everywhere("category", "Contact reason", "The desk's own contact reason."),
        _everywhere("segment", "Segment", "The customer's plan or segment."),
        _everywhere("language", "Language", "Language of the customer's first message (ISO 639-1)."),
        Dimension(
            "sentiment",
            "Sentiment",
            "word",
            "negative, neutral or positive: of the message, or of the ticket's customer messages together.",
            "sentiment_label",
            ("tickets", "messages"),
            "sentiment_label",
        ),
        Dimension("role", "Author", "word", "customer, agent, bot or system.", "role", ("messages",), "role"),
        Dimension("tag", "Tag", "tag", "A ticket with two tags counts under both.", "tags"),
        Dimension("customer", "Customer", "word", "The customer's id.", "customer_id"),
        Dimension("ticket", "Ticket", "word", "The ticket's id in its source.", "id"),
        Dimension("reopens", "Reopens", "number", "Times it went back to open.", "reopens"),
        Dimension("replies", "Replies", "number", "Public agent replies.", "replies"),
        Dimension(
            "first_reply_minutes", "First reply", "number", "Minutes to the first reply.", "first_reply_seconds / 60.0"
        ),
        Dimension(
            "resolution_hours", "Resolution", "number", "Hours until it was solved.", "resolution_seconds / 3600.0"
        ),
        *(Dimension(grain, grain.capitalize(), "time", f"Start of the {grain}, wall clock.") for grain in GRAINS),
        Dimension("hour_of_day", "Hour of day", "time", "0 to 23, wall clock."),
        Dimension("weekday", "Weekday", "time", "1 (Monday) to 7 (Sunday), wall clock."),
    )
}
CUSTOM: Final = re.compile(r"^custom\.([\w .\-]{1,80})$")


def dimension(name: str) -> Dimension:
    """The dimension of that name; `custom.<field>` names any custom field."""
    found = DIMENSIONS.get(name)
    if found:
        return found
    custom = CUSTOM.match(name)
    if custom:
        field = custom.group(1)
        path = f"'$.\"{field}\"'"
        return Dimension(name, field, "custom", f"Custom field {field}.", f"json_extract_string(custom, {path})")
    raise UnknownName("dimension", name, [*DIMENSIONS, "custom.<field>"])


def column(one: Dimension, table: Fact) -> str:
    """SQL of a word or number dimension for one row of a hot table.

    Raises:
        BadValue: the dimension speaks of messages and the table has none.
    """
    if table == "messages" and one.message_sql:
        return one.message_sql
    if table in one.on:
        return one.sql
    if "tickets" not in one.on:
        raise BadValue(f"'{one.name}' belongs to {one.on[0]} and cannot be used with a metric of {table}.")
    return f"(SELECT {one.sql} FROM tickets AS looked_up WHERE looked_up.ticket = {table}.ticket)"


def grouped(names: Sequence[str], table: Fact, at: str) -> list[tuple[str, str]]:
    """(name, SQL) of each dimension to group by, in the order given."""
    return [(name, _group_sql(dimension(name), table, at)) for name in names]


def _group_sql(one: Dimension, table: Fact, at: str) -> str:
    local = LOCAL[at]
    if one.name in GRAINS:
        return f"date_trunc('{one.name}', {local})"
    if one.name == "hour_of_day":
        return f"hour({local})"
    if one.name == "weekday":
        return f"isodow({local})"
    if one.kind == "tag":
        tags = column(one, table)
        return f"unnest(CASE WHEN len({tags}) > 0 THEN {tags} ELSE [NULL] END)"
    if one.kind == "number" or one.coded:
        return column(one, table)
    return f"({column(one, table)})::VARCHAR"
