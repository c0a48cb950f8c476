"""What a ticket has that can be filtered on besides words: lengths of time, counts, scores and moments.

Each metric that is a median or a sum over tickets has its ticket's own value here, with the unit in its name.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from deskbook.metrics.metric import Fact

UNTIL: Final = "(SELECT data_until FROM desk)"
UNSOLVED: Final = "resolved_at IS NULL AND (status IS NULL OR status NOT IN ('solved', 'closed', 'deleted'))"
"""SQL of whether a ticket is open now; one may be solved and nobody knows when."""
AGE: Final = f"CASE WHEN {UNSOLVED} THEN epoch({UNTIL} - created_at) END"
CHANGED: Final = "coalesce(updated_at, status_since)"
UNIT_SECONDS: Final = {"minutes": 60, "hours": 3_600, "days": 86_400}
SHORT: Final = {"minutes": "min", "hours": "h", "days": "days"}
BUSINESS: Final = "Counted in business time; absent where the ticket was under no schedule."


class Measure(NamedTuple):
    """A number of a ticket.

    Attributes:
        sql: over the hot `tickets`.
        unit: min, h, days; empty for counts and scores.
    """

    name: str
    label: str
    note: str
    sql: str
    unit: str = ""


class Moment(NamedTuple):
    """A moment of a ticket, or of the rows of another hot table that belong to it.

    Attributes:
        table: where it stands.
        sql: over that table.
    """

    name: str
    label: str
    note: str
    table: Fact
    sql: str


def _length(
    name: str, unit: str, label: str, note: str, columns: tuple[str, ...] = (), twin: bool = True
) -> list[Measure]:
    """A length of time, and its twin in business time where the clocks hold one.

    Args:
        name: without its unit.
        unit: in the name.
        columns: that are added up, without `_seconds`; the one of that name when empty.
    """
    made = []
    for end, word, more in (("", "", ""), ("_business", ", business", f" {BUSINESS}"))[: 1 + twin]:
        held = " + ".join(f"{column}{end}_seconds" for column in columns or (name,))
        sql = f"({held}) / {UNIT_SECONDS[unit]}.0"
        made.append(Measure(f"{name}{end}_{unit}", f"{label}{word}", f"{note}{more}", sql, SHORT[unit]))
    return made


def _since(moment: str) -> str:
    """SQL of the hours from a moment of an unsolved ticket to the end of the data."""
    return f"CASE WHEN {UNSOLVED} THEN epoch({UNTIL} - {moment}) / 3600.0 END"


def _counts(*told: tuple[str, str, str]) -> list[Measure]:
    return [Measure(name, label, note, name) for name, label, note in told]


MEASURES: Final = (
    *_length("first_reply", "minutes", "First reply", "Minutes to the first reply."),
    *_length("total_reply", "minutes", "Total reply time", "Minutes of all waits for a reply together."),
    *_length(
        "handling", "minutes", "Handling time", "Minutes agents spent, where the source records them.", twin=False
    ),
    *_length("resolution", "hours", "Resolution", "Hours until it was solved."),
    *_length("first_resolution", "hours", "First resolution", "Hours until it was first solved."),
    *_length("requester_wait", "hours", "Requester wait", "Hours in new, open and hold.", ("new", "open", "hold")),
    *_length("agent_wait", "hours", "Agent wait", "Hours in pending.", ("pending",)),
    *_length("agent_work", "hours", "Agent work", "Hours in new and open.", ("new", "open")),
    *_length("solve", "hours", "Solve time", "Hours in any unsolved status.", ("new", "open", "hold", "pending")),
    *_length("on_hold", "hours", "On hold", "Hours in hold.", ("hold",)),
    *_length("new_status", "hours", "In status new", "Hours in new.", ("new",)),
    *_length("open_status", "hours", "In status open", "Hours in open.", ("open",)),
    *_length("unassigned", "hours", "Unassigned", "Hours without an agent until it was solved.", twin=False),
    *_length(
        "first_assignment_to_resolution",
        "hours",
        "First assignment to resolution",
        "Hours from the first assignment to the last solving.",
        twin=False,
    ),
    *_length(
        "last_assignment_to_resolution",
        "hours",
        "Last assignment to resolution",
        "Hours from the last assignment to the last solving.",
        twin=False,
    ),
    *_length("next_contact", "days", "Next contact", "Days from solving to the customer's next ticket.", twin=False),
    Measure("age_hours", "Age", "Hours since it was created, while it is not solved.", f"({AGE}) / 3600.0", "h"),
    Measure("waiting_hours", "Waiting", "Hours the customer has waited for an answer.", _since("waiting_since"), "h"),
    Measure("idle_hours", "Untouched", "Hours since its last change, while not solved.", _since(CHANGED), "h"),
    *_counts(
        ("replies", "Replies", "Public agent replies."),
        ("reopens", "Reopens", "Times it went back to open."),
        ("resolutions", "Resolutions", "Times it was solved."),
        ("assignments", "Assignments", "Times it was assigned to an agent."),
        ("assignees", "Assignees", "Different agents it was assigned to."),
        ("team_stations", "Teams", "Teams it was with, one after the other."),
        ("handoffs", "Handoffs", "Different agents who wrote an internal note."),
        ("messages_in", "Messages in", "Messages from the customer."),
        ("messages_out", "Messages out", "Public messages from agents."),
        ("notes", "Notes", "Internal notes from agents."),
    ),
    Measure("sentiment_score", "Sentiment score", "Of its customer messages together, -1 to 1.", "sentiment"),
    Measure("csat_score", "CSAT score", "The customer's last rating, on the scale of its source.", "csat_score"),
)

MOMENTS: Final = (
    Moment("created_at", "Created", "When the customer first asked.", "tickets", "created_at"),
    Moment("first_reply_at", "First reply", "When it was first answered.", "tickets", "first_reply_at"),
    Moment("resolved_at", "Solved", "When it was last solved, if it is solved now.", "tickets", "resolved_at"),
    Moment("updated_at", "Changed", "Its last change in the source.", "tickets", "updated_at"),
    Moment("due_at", "Due", "When the source says it is due.", "tickets", "due_at"),
    Moment("waiting_since", "Waiting since", "Since when the customer waits, if so.", "tickets", "waiting_since"),
    Moment("status_since", "Status since", "When its status last changed.", "tickets", "status_since"),
    Moment("sent_at", "Message sent", "When one of its messages was sent.", "messages", "sent_at"),
    Moment("replied_at", "Answered", "When the customer got one of the answers.", "replies", "replied_at"),
    Moment(
        "breached_at",
        "Breached",
        "When one of its promises was broken.",
        "promises",
        "CASE WHEN promise_state = 'breached' THEN breach_at END",
    ),
    Moment(
        "promise_due_at",
        "Promise due",
        "By when one of its running promises must be kept.",
        "promises",
        "CASE WHEN promise_state = 'active' THEN breach_at END",
    ),
    Moment("rated_at", "Rated", "When the customer answered a survey.", "ratings", "rated_at"),
)

TEXTS: Final = (
    ("text", "Text", "Its subject and every message, notes too.", "true"),
    ("subject", "Subject", "Its subject line.", "part = 'subject'"),
    ("customer_text", "Customer's words", "What the customer wrote.", "part = 'customer'"),
    ("note_text", "Internal notes", "What agents wrote to each other.", "part = 'note'"),
)
"""Name, label, note, and SQL of which rows of the hot `texts` are searched."""
