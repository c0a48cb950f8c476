"""The standard tables as declared schemas: dtype, unit, key, privacy class, description.

Every source normalises to these; every metric is written over them. Times are UTC with
microseconds. A column that Deskbook itself works out (first reply, sentiment) is not here: it is
added when the lake is read, see `deskbook.store.hot`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from deskbook.errors import UnknownName

Dtype = Literal["string", "int", "float", "bool", "time", "list", "json"]
Privacy = Literal["none", "personal", "content"]

ARROW: dict[Dtype, pa.DataType] = {
    "string": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "time": pa.timestamp("us", tz="UTC"),
    "list": pa.list_(pa.string()),
    "json": pa.string(),
}


@dataclass(frozen=True)
class Column:
    """One column: what it holds, in which unit, and how private it is.

    Attributes:
        required: a row without it goes to quarantine.
        one_of: the only values allowed, after the source's own words were mapped; () allows all.
        may_be_ahead: whether a required time may lie in the future, as what is planned does.
        privacy: none, personal (names a person) or content (what a person wrote).
    """

    name: str
    dtype: Dtype
    description: str
    required: bool = False
    one_of: tuple[str, ...] = ()
    unit: str = ""
    privacy: Privacy = "none"
    may_be_ahead: bool = False

    @property
    def arrow(self) -> pa.DataType:
        """The Arrow type the store holds."""
        return ARROW[self.dtype]


@dataclass(frozen=True)
class Table:
    """One standard table. Its key is always (tenant, source, id).

    Attributes:
        span: the columns of a beginning and an end; a row that ends before it begins goes to quarantine.
    """

    name: str
    grain: str
    columns: tuple[Column, ...]
    span: tuple[str, str] | None = None

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise UnknownName(f"column of {self.name}", name, self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in their declared order, without tenant and source."""
        return tuple(column.name for column in self.columns)

    @property
    def arrow(self) -> pa.Schema:
        """Arrow schema of the declared columns."""
        return pa.schema([(column.name, column.arrow) for column in self.columns])


STATUSES = ("new", "open", "pending", "hold", "solved", "closed", "deleted")
PRIORITIES = ("low", "normal", "high", "urgent")
ROLES = ("customer", "agent", "bot", "system")
EVENT_KINDS = ("status", "assignment", "team", "priority", "schedule", "sla")
SURVEYS = ("csat", "nps", "ces")
TARGETS = ("first_reply", "next_reply", "requester_wait", "agent_work", "periodic_update", "resolution")
HOURS = ("calendar", "business")
ANNOTATION_KINDS = ("release", "outage", "campaign", "other")

_ID = Column("id", "string", "The source's own id of the row.", required=True)

TICKETS = Table(
    "tickets",
    "one row a ticket or conversation",
    (
        _ID,
        Column("created_at", "time", "When the customer first asked.", required=True),
        Column("subject", "string", "Subject line.", privacy="content"),
        Column("status", "string", "Where it stands now.", one_of=STATUSES),
        Column("priority", "string", "How urgent it is now.", one_of=PRIORITIES),
        Column("channel", "string", "How it came in: email, chat, phone, web, social …"),
        Column("category", "string", "The desk's own contact reason; never overwritten by Deskbook."),
        Column("team_id", "string", "Team it is with now."),
        Column("team", "string", "That team's name; looked up from teams when absent."),
        Column("agent_id", "string", "Agent it is assigned to now."),
        Column("agent", "string", "That agent's name; looked up from agents when absent.", privacy="personal"),
        Column("customer_id", "string", "Who asked.", privacy="personal"),
        Column("tags", "list", "Tags, as the source holds them."),
        Column("custom", "json", "Custom fields as one JSON object; each is a dimension custom.<name>."),
        Column(
            "first_reply_at", "time", "First public agent reply, if the source says so; else derived from messages."
        ),
        Column("resolved_at", "time", "When it was last set to solved or closed."),
        Column("updated_at", "time", "Last change in the source; never used as a reply time."),
        Column("due_at", "time", "When the source says it is due."),
        Column("handling_seconds", "int", "Time agents spent on it, where the source records that.", unit="s"),
        Column("created_by", "string", "Who opened it; taken from the first message when absent.", one_of=ROLES),
        Column("merged_into_id", "string", "The ticket it was merged into."),
        Column("is_spam", "bool", "Whether the source marked it as spam."),
        Column("url", "string", "Where it opens in the source.", privacy="personal"),
    ),
)

MESSAGES = Table(
    "messages",
    "one row a message",
    (
        _ID,
        Column("ticket_id", "string", "The ticket it belongs to.", required=True),
        Column("sent_at", "time", "When it was sent.", required=True),
        Column("author_role", "string", "Who wrote it.", required=True, one_of=ROLES),
        Column("author_id", "string", "The writer's id in the source.", privacy="personal"),
        Column("is_public", "bool", "False for internal notes; absent means public."),
        Column("text", "string", "What was written, as plain text.", privacy="content"),
        Column("reply_to_id", "string", "The message it answers, where the source knows."),
    ),
)

EVENTS = Table(
    "events",
    "one row a change of a ticket",
    (
        _ID,
        Column("ticket_id", "string", "The ticket that changed.", required=True),
        Column("occurred_at", "time", "When it changed.", required=True),
        Column("kind", "string", "What changed.", required=True, one_of=EVENT_KINDS),
        Column("old_value", "string", "The value before."),
        Column("new_value", "string", "The value after."),
        Column("actor_id", "string", "Who changed it.", privacy="personal"),
    ),
)

AGENTS = Table(
    "agents",
    "one row an agent",
    (
        _ID,
        Column("name", "string", "The agent's name.", privacy="personal"),
        Column("email", "string", "Address.", privacy="personal"),
        Column("team_id", "string", "Team the agent is in now."),
        Column("is_active", "bool", "Whether the agent still takes tickets."),
    ),
)

TEAMS = Table("teams", "one row a team", (_ID, Column("name", "string", "The team's name.", required=True)))

CUSTOMERS = Table(
    "customers",
    "one row a customer",
    (
        _ID,
        Column("name", "string", "The customer's name.", privacy="personal"),
        Column("email", "string", "Address.", privacy="personal"),
        Column("company", "string", "Company or account.", privacy="personal"),
        Column("segment", "string", "Plan or segment."),
        Column("country", "string", "ISO 3166 code."),
        Column("created_at", "time", "Since when a customer."),
    ),
)

SATISFACTION = Table(
    "satisfaction",
    "one row a survey sent",
    (
        _ID,
        Column("ticket_id", "string", "The ticket it is about.", required=True),
        Column("offered_at", "time", "When the survey was sent."),
        Column("rated_at", "time", "When the customer answered; absent if never."),
        Column("survey", "string", "What was asked; absent means csat.", one_of=SURVEYS),
        Column("score", "float", "The answer: csat on the source's scale, nps 0 to 10, ces 1 to 7.", unit="points"),
        Column("is_good", "bool", "Whether the source counts it as good; absent if not rated."),
        Column("comment", "string", "What the customer added.", privacy="content"),
    ),
)

SCHEDULES = Table(
    "schedules",
    "one row a version of a schedule of business hours",
    (
        _ID,
        Column("name", "string", "The schedule's name.", required=True),
        Column("zone", "string", "IANA zone of its wall clock.", required=True),
        Column("since", "time", "From when this version holds; absent means always."),
        Column("intervals", "json", "List of [start, end] in minutes since Sunday 00:00.", required=True),
        Column("holidays", "json", "List of [first day, last day], both closed."),
        Column("applies_to", "json", "Which tickets: {dimension: [words]}; absent means all others."),
    ),
)

SLA_POLICIES = Table(
    "sla_policies",
    "one row a target of a policy for one priority",
    (
        _ID,
        Column("name", "string", "The policy's name.", required=True),
        Column("position", "int", "Its place: the first policy that fits a ticket holds."),
        Column("target", "string", "What is promised.", required=True, one_of=TARGETS),
        Column("priority", "string", "For tickets of this priority; absent means any.", one_of=PRIORITIES),
        Column("target_seconds", "int", "Within how long.", required=True, unit="s"),
        Column("hours", "string", "How the time is counted; absent means calendar.", one_of=HOURS),
        Column("applies_to", "json", "Which tickets: {dimension: [words]}; absent means all."),
    ),
)

REPORTED = Table(
    "reported",
    "one row a number that the source itself reports of a ticket",
    (
        _ID,
        Column("ticket_id", "string", "The ticket it is about.", required=True),
        Column("measure", "string", "Deskbook's name for it, such as first_reply_business_seconds.", required=True),
        Column("reported_seconds", "int", "What the source says.", unit="s"),
    ),
)

ANNOTATIONS = Table(
    "annotations",
    "one row a thing that happened or is planned: a release, an outage, a campaign",
    (
        _ID,
        Column("begins_at", "time", "When it begins.", required=True, may_be_ahead=True),
        Column("ends_at", "time", "When it ends; absent where it is one moment."),
        Column("kind", "string", "What it is; absent means other.", one_of=ANNOTATION_KINDS),
        Column("title", "string", "What a chart calls it.", required=True, privacy="content"),
        Column("note", "string", "What more there is to say.", privacy="content"),
        Column("team", "string", "Name of the team it is about; absent means all."),
        Column("channel", "string", "The channel it is about; absent means all."),
    ),
    span=("begins_at", "ends_at"),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        *(TICKETS, MESSAGES, EVENTS, AGENTS, TEAMS, CUSTOMERS, SATISFACTION),
        *(SCHEDULES, SLA_POLICIES, REPORTED, ANNOTATIONS),
    )
}


def standard_table(name: str) -> Table:
    """The declared table of that name, or an error that offers the closest one."""
    try:
        return TABLES[name]
    except KeyError:
        raise UnknownName("standard table", name, TABLES) from None
