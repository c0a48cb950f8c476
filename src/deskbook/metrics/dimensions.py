"""What metrics can be cut by and filtered on, and the SQL for each on each hot table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from deskbook.errors import BadValue, UnknownName
from deskbook.metrics.measures import AGE, MEASURES, MOMENTS, TEXTS
from deskbook.metrics.metric import Fact

Kind = Literal["word", "number", "time", "tag", "custom", "moment", "text"]
GRAINS: Final = ("hour", "day", "week", "month", "quarter")
DAY: Final = "day"
CYCLES: Final = ("hour_of_day", "weekday")
LOCAL: Final = {
    "created_at": "created_local",
    "resolved_at": "resolved_local",
    "sent_at": "sent_local",
    "moved_at": "moved_local",
    "replied_at": "replied_local",
    "started_at": "started_local",
    "breach_at": "breach_local",
    "offered_at": "offered_local",
}
MAYBE: Final = ("resolved_at", "breach_at", "offered_at")
"""Times that a row may lack. Every row has the others, and to ask for them would mislead DuckDB's plans: it takes such
a condition to leave a fifth of the rows."""
ALL_TABLES: Final[tuple[Fact, ...]] = ("tickets", "messages", "replies", "flow", "promises", "ratings")
BANDS_HOURS: Final = (1, 4, 8, 24)
"""Bounds of the bands of waiting times. Source: Chatwoot's first response time distribution."""
AGES_DAYS: Final = (1, 3, 7, 30)
"""Bounds of the bands of a backlog's age."""


@dataclass(frozen=True)
class Dimension:
    """One way to cut.

    Attributes:
        kind: word, number, time (grain or cycle of the metric's own time column), tag, custom; moment and text
            can be filtered on and not cut by.
        sql: column or expression over tickets.
        on: hot tables that hold the column themselves; on the others the ticket is looked up.
        coded: held as an enum of type `<name>_words` on every hot table.
        order: its words in the order people expect, where that is not the alphabet's.
        unit: of a number: min, h or days; empty for counts and scores.
        place: SQL of the place of its word in `order`, from 1: what is grouped by, as numbers are quicker than words.
    """

    name: str
    label: str
    kind: Kind
    note: str
    sql: str = ""
    on: tuple[Fact, ...] = ("tickets",)
    coded: bool = False
    order: tuple[str, ...] = ()
    unit: str = ""
    place: str = ""

    def shown(self, key: str) -> str:
        """SQL of its word from what was grouped by."""
        if self.place:
            return f"{[*self.order]}[{key}]"
        if self.name == DAY:
            return f"{key}::TIMESTAMP"
        return f"{key}::VARCHAR" if self.coded else key


def _band(name: str, label: str, note: str, seconds: str, bounds: Sequence[int], unit: str, size: int) -> Dimension:
    """The band a length of time falls in.

    Args:
        seconds: SQL of the length.
        bounds: of the bands, in units of `size` seconds.
    """
    words = [f"{low}–{high} {unit}" for low, high in pairwise((0, *bounds))] + [f"{bounds[-1]} {unit} and more"]

    def chosen(values: Sequence[str]) -> str:
        whens = [f"WHEN {seconds} < {bound * size} THEN {value}" for bound, value in zip(bounds, values, strict=False)]
        return f"CASE WHEN {seconds} IS NULL THEN NULL {' '.join(whens)} ELSE {values[-1]} END"

    sql, place = chosen([f"'{word}'" for word in words]), chosen([str(at) for at in range(1, len(words) + 1)])
    return Dimension(name, label, "word", note, sql, order=tuple(words), place=place)


def _told(name: str, label: str, note: str, *on: Fact) -> Dimension:
    """A dimension of rows that are no tickets."""
    return Dimension(name, label, "word", note, name, on, coded=True)


def _everywhere(name: str, label: str, note: str) -> Dimension:
    return Dimension(name, label, "word", note, name, ALL_TABLES, coded=True)


THEN: Final = ("team_then", "agent_then", "priority_then", "status_then")
"""Dimensions of what an open ticket was; only with them do moves between groups matter."""
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
            ALL_TABLES,
            coded=True,
        ),
        _told("role", "Author", "customer, agent, bot or system.", "messages"),
        Dimension("tag", "Tag", "tag", "A ticket with two tags counts under both.", "tags", coded=True),
        Dimension("customer", "Customer", "word", "The customer's id.", "customer_id"),
        Dimension("ticket", "Ticket", "word", "The ticket's id in its source.", "id"),
        _told("replier", "Answered by", "The agent who wrote the reply.", "replies"),
        _told("move", "Move", "created, solved, reopened, deleted, recovered or moved.", "flow"),
        _told("team_then", "Team then", "The team an open ticket was with at the time.", "flow"),
        _told("agent_then", "Agent then", "The agent an open ticket was assigned to at the time.", "flow"),
        _told("priority_then", "Priority then", "An open ticket's priority at the time.", "flow"),
        _told("status_then", "Status then", "An open ticket's status at the time.", "flow"),
        _told("policy", "Policy", "The service-level policy of a promise.", "promises"),
        _told("target", "Target", "What was promised: first_reply, next_reply …", "promises"),
        _told("hours", "Hours", "How a promise counts time: business or calendar.", "promises"),
        _told("promise_state", "Promise", "achieved, breached, active or cancelled.", "promises"),
        _told("priority_promised", "Priority promised", "The priority a promise was made under.", "promises"),
        _told("survey", "Survey", "csat, nps or ces.", "ratings"),
        Dimension(
            "number", "Place", "number", "Which answer or clock of its ticket.", "number", ("replies", "promises")
        ),
        Dimension("created_weekday", "Weekday created", "number", "1 (Monday) to 7 (Sunday).", "isodow(created_local)"),
        Dimension("created_hour", "Hour created", "number", "0 to 23, wall clock.", "hour(created_local)"),
        Dimension(
            "rating",
            "Rating",
            "word",
            "good or bad: what a customer answered to a survey.",
            "CASE WHEN is_good THEN 'good' WHEN NOT is_good THEN 'bad' END",
            ("ratings",),
        ),
        Dimension(
            "breached_target",
            "Breached promise",
            "word",
            "What was promised and broken: first_reply, next_reply …",
            "CASE WHEN promise_state = 'breached' THEN target END",
            ("promises",),
        ),
        *(Dimension(one.name, one.label, "number", one.note, one.sql, unit=one.unit) for one in MEASURES),
        *(Dimension(one.name, one.label, "moment", one.note, one.sql, (one.table,)) for one in MOMENTS),
        *(Dimension(name, label, "text", note, sql) for name, label, note, sql in TEXTS),
        _band("first_reply_band", "First reply", "How long it took.", "first_reply_seconds", BANDS_HOURS, "h", 3_600),
        _band("resolution_band", "Resolution", "How long it took.", "resolution_seconds", BANDS_HOURS, "h", 3_600),
        _band("age_band", "Age", "How old an unsolved ticket is.", AGE, AGES_DAYS, "d", 86_400),
        *(Dimension(grain, grain.capitalize(), "time", f"Start of the {grain}, wall clock.") for grain in GRAINS),
        Dimension("hour_of_day", "Hour of day", "time", "0 to 23, wall clock."),
        Dimension("weekday", "Weekday", "time", "1 (Monday) to 7 (Sunday), wall clock."),
    )
}
CODES: Final = {"role": "role_words", "sentiment_label": "sentiment_words", "promise_state": "promise_state_words"}
"""Columns with the same words on every desk, and the enum that holds them."""
_COMPARED: Final = re.compile(rf"\b({'|'.join(CODES)}) (=|IN) ('\w+'|\([^()]+\))")
_WORD: Final = re.compile(r"'\w+'")
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


def in_codes(sql: str) -> str:
    """A metric's SQL with words compared as codes, as DuckDB would compare them as text: half the time of a count."""

    def coded(found: re.Match[str]) -> str:
        words = _WORD.sub(lambda word: f"{word[0]}::{CODES[found[1]]}", found[3])
        return f"{found[1]} {found[2]} {words}"

    return _COMPARED.sub(coded, sql)


def is_looked_up(one: Dimension, table: Fact) -> bool:
    """Whether the dimension stands with the ticket and not in the table itself.

    Raises:
        BadValue: it stands in neither.
    """
    if table in one.on or one.kind == "time":
        return False
    if "tickets" not in one.on:
        raise foreign(one, table)
    return True


def foreign(one: Dimension, table: Fact) -> BadValue:
    """The error of a dimension that a table's rows do not have."""
    return BadValue(f"'{one.name}' belongs to {' and '.join(one.on)} and cannot be used with a metric of {table}.")


def joined(names: Sequence[str], table: Fact) -> str:
    """What a FROM of the table needs for `grouped` to find these dimensions: their tickets, joined once.

    Every row of a fact has its ticket, and tickets are numbered from 1 without gaps: DuckDB joins such keys by their
    place, in a fifth of the time of an outer join.
    """
    dims = [dimension(name) for name in names]
    found = [one for one in dims if one.kind != "tag" and is_looked_up(one, table)]
    tags = f" JOIN tagged ON tagged.tagset = {table}.tagset" if any(one.kind == "tag" for one in dims) else ""
    if not found:
        return tags
    held = "".join(f", {one.place or one.sql} AS {_of(one)}" for one in found)
    return f" JOIN (SELECT ticket{held} FROM tickets) AS looked ON looked.ticket = {table}.ticket{tags}"


def _of(one: Dimension) -> str:
    return f'"of_{one.name}"'


def grouped(names: Sequence[str], table: Fact, at: str) -> list[tuple[str, str]]:
    """(name, SQL) of each dimension to group by, in the order given, over a FROM with what `joined` says."""
    return [(name, _group_sql(dimension(name), table, at)) for name in names]


def step(grain: str, local: str) -> str:
    """SQL of the step of a series that a wall-clock moment lies in: its first moment, or a day as its date.

    Dates are few and known to DuckDB beforehand, which then groups by their place in place of a hash: a third of the
    time on millions of rows.
    """
    return f"{local}::DATE" if grain == DAY else f"date_trunc('{grain}', {local})"


def _group_sql(one: Dimension, table: Fact, at: str) -> str:
    local = LOCAL[at]
    if one.kind in ("moment", "text"):
        fix = f"Cut by {', '.join(GRAINS)}" if one.kind == "moment" else "Filter on it"
        raise BadValue(f"Numbers cannot be cut by '{one.name}'. {fix} instead.")
    if one.name in GRAINS:
        return step(one.name, local)
    if one.name == "hour_of_day":
        return f"hour({local})"
    if one.name == "weekday":
        return f"isodow({local})"
    if one.kind == "tag":
        return "tagged.tag"
    held = f"looked.{_of(one)}" if is_looked_up(one, table) else one.place or one.sql
    return held if one.kind == "number" or one.coded or one.place else f"({held})::VARCHAR"
