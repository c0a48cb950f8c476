"""The tables Deskbook works out from history: declared like the standard ones, filled by the clocks room.

Durations are whole seconds, cut off, not rounded; absent where nothing says or the clock still runs. `_business_`
counts under the schedules a ticket was under, each while it was; absent where it was under none.
"""

from __future__ import annotations

from deskbook.schema.tables import Column, Table


def _seconds(name: str, description: str) -> Column:
    return Column(f"{name}_seconds", "int", description, unit="s")


def _both(name: str, description: str) -> tuple[Column, Column]:
    return _seconds(name, description), _seconds(f"{name}_business", f"{description} In business time.")


def _count(name: str, description: str) -> Column:
    return Column(name, "int", description)


TICKET_CLOCKS = Table(
    "ticket_clocks",
    "one row a ticket",
    (
        Column("id", "string", "The ticket's id in its source.", required=True),
        Column("inputs", "int", "Hash of everything the row was worked out from.", required=True),
        Column("rules", "string", "Version of the rules it was worked out under.", required=True),
        Column("left_out", "string", "Why the ticket counts nowhere: merged, spam, deleted or agent-created."),
        Column("findings", "int", "What was odd about its history, one bit each; see the clocks room."),
        Column("first_reply_at", "time", "First public agent reply after the customer's first message."),
        Column("resolved_at", "time", "When it was last solved, if it is solved now."),
        Column("first_resolved_at", "time", "When it was first solved."),
        Column("waiting_since", "time", "Since when the customer waits for an answer, if for one."),
        Column("status_since", "time", "When its status last changed."),
        *_both("first_reply", "From creation to the first reply."),
        _seconds("first_reply_last_schedule", "The same in business time of the last schedule alone, as Zendesk does."),
        *_both("total_reply", "All waits for a reply together, each from the customer's first message since the last."),
        *_both("new", "In status new."),
        *_both("open", "In status open."),
        *_both("pending", "In status pending."),
        *_both("hold", "In status hold."),
        *_both("first_resolution", "From creation to the first time it was solved."),
        *_both("resolution", "From creation to the last time it was solved."),
        _seconds("first_resolution_last_schedule", "First resolution in business time of the last schedule alone."),
        _seconds("resolution_last_schedule", "The same in business time of the last schedule alone, as Zendesk does."),
        _seconds("first_assignment_to_resolution", "From the first assignment to the last solving."),
        _seconds("last_assignment_to_resolution", "From the last assignment to the last solving."),
        _seconds("unassigned", "Without an agent until the last solving."),
        _count("replies", "Agents' public messages after the customer's first."),
        _count("messages_in", "Messages from customers."),
        _count("messages_out", "Public messages from agents."),
        _count("notes", "Internal notes from agents."),
        _count("resolutions", "Times it was solved."),
        _count("reopens", "Times it came back after being solved."),
        _count("assignments", "Assignments to an agent, one after the other."),
        _count("assignees", "Different agents it was assigned to."),
        _count("team_stations", "Teams it was with, one after the other."),
        _count("handoffs", "Different agents who wrote an internal note."),
    ),
)

REPLIES = Table(
    "replies",
    "one row an answer to a customer",
    (
        Column("ticket_id", "string", "The ticket.", required=True),
        Column("message_id", "string", "The message that answers.", required=True),
        Column("number", "int", "Which answer of the ticket it is, from 1.", required=True),
        Column("asked_at", "time", "The customer's first message since the answer before.", required=True),
        Column("replied_at", "time", "When it was answered.", required=True),
        *_both("reply", "From the question to the answer."),
        Column("author_id", "string", "Who answered.", privacy="personal"),
    ),
)

MOVES = Table(
    "moves",
    "one row a change of what is open",
    (
        Column("ticket_id", "string", "The ticket.", required=True),
        Column("moved_at", "time", "When.", required=True),
        Column("move", "string", "created, solved, reopened, deleted, recovered, or moved while open.", required=True),
        Column("delta", "int", "Open tickets more or fewer; a moved pair is one fewer here and one more there."),
        Column("team_then", "string", "The team it was with."),
        Column("agent_then", "string", "The agent it was assigned to.", privacy="personal"),
        Column("priority_then", "string", "Its priority."),
        Column("status_then", "string", "Its status."),
    ),
)

PROMISES = Table(
    "promises",
    "one row a promise: a target on one clock of a ticket while one priority holds",
    (
        Column("ticket_id", "string", "The ticket.", required=True),
        Column("policy", "string", "The policy.", required=True),
        Column("target", "string", "What is promised.", required=True),
        Column("priority_then", "string", "The priority in force."),
        Column("number", "int", "Which clock of this target it is on the ticket, from 1.", required=True),
        Column("hours", "string", "calendar or business.", required=True),
        Column("started_at", "time", "When its clock started.", required=True),
        Column("applied_at", "time", "From when the promise held.", required=True),
        Column("target_seconds", "int", "Within how long.", required=True, unit="s"),
        Column("breach_at", "time", "Last moment to keep it, if nothing changes; absent while its clock stands."),
        Column("ended_at", "time", "When it was kept, broken off or replaced; absent while it runs."),
        Column("ending", "string", "achieved, breached, cancelled or running.", required=True),
        _seconds("elapsed", "On its clock when it ended."),
    ),
)

MEASURED: dict[str, Table] = {table.name: table for table in (TICKET_CLOCKS, REPLIES, MOVES, PROMISES)}
