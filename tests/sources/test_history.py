"""Rows that are states of a ticket: its last one is the ticket, what differs from the one before is an event."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from deskbook.errors import ConfigError, UnknownName, Unreadable
from deskbook.schema import Batch
from deskbook.sources import Source
from deskbook.sources.history import ROWS_AT_ONCE, check_size

Make = Callable[..., Source]
TICKETS: dict[str, Any] = {
    "history": "at",
    "id": "ticket",
    "created_at": {"field": "at", "from": "first"},
    "status": "state",
    "agent": "who",
}
EVENTS: dict[str, Any] = {
    "history": "at",
    "changes": {"status": "state", "assignment": "who"},
    "ticket_id": "ticket",
    "occurred_at": "at",
}
MAPPING = {"tables": {"tickets": TICKETS, "events": EVENTS}}
LOG = """ticket,at,state,who
a,2026-01-01T08:00Z,New,
b,2026-01-01T09:00Z,New,Bo
a,2026-01-02T08:00Z,In Progress,Ann
a,2026-01-03T08:00Z,In Progress,Bo
b,2026-01-03T09:00Z,Resolved,Bo
a,2026-01-04T08:00Z,Resolved,
a,2026-01-05T08:00Z,Closed,
"""


@pytest.fixture
def batches(make: Make, tmp_path: Path) -> Callable[..., dict[str, Batch]]:
    """The batches of a log, by table; `tickets` and `events` change their part of the mapping."""

    def build(log: str = LOG, tickets: Mapping[str, Any] = TICKETS, events: Mapping[str, Any] = EVENTS) -> Any:
        (tmp_path / "log.csv").write_text(log)
        source = make(url="log.csv", page_rows=2, mapping={"tables": {"tickets": tickets, "events": events}})
        (page,) = source.pull({})
        return {batch.table: batch for batch in source.normalise(page)}

    return build


def told(batch: Batch) -> list[tuple[Any, ...]]:
    names = {"tickets": ("id", "status", "agent"), "events": ("id", "old_value", "new_value")}[batch.table]
    return [tuple(row.values()) for row in batch.rows.select(names).to_pylist()]


def test_a_ticket_is_its_last_state_since_its_first(batches: Callable[..., dict[str, Batch]]) -> None:
    tickets = batches()["tickets"]
    assert told(tickets) == [("a", "closed", None), ("b", "solved", "Bo")]
    assert [time.isoformat() for time in tickets.rows["created_at"].to_pylist()] == [
        "2026-01-01T08:00:00+00:00",
        "2026-01-01T09:00:00+00:00",
    ]
    assert tickets.raw[0].as_py()["at"] == "2026-01-05T08:00Z"


def test_an_event_is_what_differs_from_the_state_before(batches: Callable[..., dict[str, Batch]]) -> None:
    events = batches()["events"]
    assert told(events) == [
        ("a-status-00001", "new", "open"),
        ("a-assignment-00001", None, "Ann"),
        ("a-assignment-00002", "Ann", "Bo"),
        ("b-status-00001", "new", "solved"),
        ("a-status-00002", "open", "solved"),
        ("a-assignment-00003", "Bo", None),
        ("a-status-00003", "solved", "closed"),
    ]
    assert events.rows["ticket_id"].to_pylist() == [*"aaabaaa"]
    assert [time.day for time in events.rows["occurred_at"].to_pylist()] == [2, 2, 3, 3, 4, 4, 5]


def test_a_first_row_is_a_change_from_nothing_only_if_asked_for(batches: Callable[..., dict[str, Batch]]) -> None:
    spec = {"field": "state", "from": "first"}
    first = batches(events=EVENTS | {"changes": {"status": spec, "assignment": {"field": "who", "from": "first"}}})
    assert told(first["events"])[:3] == [
        ("a-status-00001", None, "new"),
        ("b-status-00001", None, "new"),
        ("b-assignment-00001", None, "Bo"),
    ]
    assert len(first["events"].rows) == len(batches()["events"].rows) + 3


def test_rows_out_of_order_make_the_same_tables(batches: Callable[..., dict[str, Batch]]) -> None:
    header, *rows = LOG.splitlines()
    random.Random(3).shuffle(rows)
    shuffled, straight = batches("\n".join([header, *rows])), batches()
    assert {name: told(batch) for name, batch in shuffled.items()} == {name: told(b) for name, b in straight.items()}


def test_of_rows_at_one_moment_the_later_line_or_the_second_field_is_later(
    batches: Callable[..., dict[str, Batch]],
) -> None:
    log = "ticket,at,n,state,who\na,2026-01-01,9,new,\na,2026-01-01,10,solved,\na,2026-01-01,8,open,\n"
    assert told(batches(log)["tickets"]) == [("a", "open", None)]
    history = {"history": ["at", "n"]}
    both = batches(log + "a,2026-01-02,1,closed,\n", TICKETS | history, EVENTS | history)
    assert told(both["tickets"]) == [("a", "closed", None)]
    assert [new for _, _, new in told(both["events"])] == ["new", "solved", "closed"]


def test_order_numbers_over_two_to_the_53_are_told_apart(batches: Callable[..., dict[str, Batch]]) -> None:
    log = f"ticket,at,n,state,who\na,2026-01-01,{2**60 + 1},solved,\na,2026-01-02,{2**60},open,\n"
    assert told(batches(log, TICKETS | {"history": "n"})["tickets"]) == [("a", "solved", None)]


def test_a_change_between_two_words_of_one_standard_word_is_none(batches: Callable[..., dict[str, Batch]]) -> None:
    log = "ticket,at,state,who\na,2026-01-01,Awaiting Vendor,\na,2026-01-02,Awaiting Problem,\n"
    assert told(batches(log)["events"]) == []


def test_an_unknown_status_is_set_aside_and_its_neighbours_compared(batches: Callable[..., dict[str, Batch]]) -> None:
    log = "ticket,at,state,who\na,2026-01-01,New,\na,2026-01-02,Blorp,\na,2026-01-03,Solved,\nb,2026-01-01,New,\n"
    log += "b,2026-01-02,Blorp,\n"
    found = batches(log)
    assert told(found["tickets"]) == [("a", "solved", None), ("b", "new", None)]
    assert told(found["events"]) == [("a-status-00001", "new", "solved")]
    for batch in found.values():
        assert [(reject.line, reject.table) for reject in batch.rejects] == [(3, batch.table), (6, batch.table)]
    assert "status 'Blorp' is unknown" in found["events"].rejects[0].reason
    assert "changes: status: values:" in found["events"].rejects[0].reason


def test_a_row_without_a_place_or_a_ticket_is_set_aside(batches: Callable[..., dict[str, Batch]]) -> None:
    log = LOG + "a,soon,New,\na,,New,\n,2026-01-06,New,\n"
    found = batches(log)
    assert told(found["tickets"]) == told(batches()["tickets"]) and told(found["events"]) == told(batches()["events"])
    for batch in found.values():
        assert [(reject.line, reject.column) for reject in batch.rejects] == [
            (9, "history"),
            (10, "history"),
            (11, "id" if batch.table == "tickets" else "ticket_id"),
        ]
    assert "at 'soon' is no time" in batch.rejects[0].reason and "at is empty" in batch.rejects[1].reason


def test_a_ticket_that_the_mapping_calls_none_is_none(batches: Callable[..., dict[str, Batch]]) -> None:
    events = batches(events=EVENTS | {"ticket_id": {"field": "ticket", "values": {"b": None}}})["events"]
    assert {ticket for ticket, *_ in told(events)} == {row[0] for row in told(batches()["events"]) if row[0][0] == "a"}
    assert [(reject.line, reject.column) for reject in events.rejects] == [(3, "ticket_id"), (6, "ticket_id")]


def test_ids_sort_as_the_changes_came(batches: Callable[..., dict[str, Batch]]) -> None:
    rows = [f"a,2026-01-01T00:{n:02d},{('new', 'open')[n % 2]}," for n in range(25)]
    ids = batches("ticket,at,state,who\n" + "\n".join(rows))["events"].rows["id"].to_pylist()
    assert len(ids) == 24 and ids == sorted(ids)


def test_events_of_a_random_log_equal_those_of_a_plain_loop(batches: Callable[..., dict[str, Batch]]) -> None:
    dice = random.Random(11)
    rows = [
        (dice.choice("abcdefg"), f"2026-01-{dice.randint(1, 28):02d}", dice.choice(["new", "open", "solved"]), "")
        for _ in range(400)
    ]
    log = "ticket,at,state,who\n" + "\n".join(map(",".join, rows))
    before: dict[str, str] = {}
    expected = []
    for ticket, at, state, _ in sorted(rows, key=lambda row: row[1]):
        if before.get(ticket, state) != state:
            expected.append((ticket, at, before[ticket], state))
        before[ticket] = state
    found = batches(log)["events"].rows.to_pylist()
    assert [(e["ticket_id"], str(e["occurred_at"].date()), e["old_value"], e["new_value"]) for e in found] == expected


def test_a_later_file_goes_on_with_the_tickets_of_an_earlier_one(make: Make, tmp_path: Path) -> None:
    header, *rows = LOG.splitlines(keepends=True)
    (tmp_path / "log-1.csv").write_text(header + "".join(rows[:4]))
    source = make(url="log-*.csv", page_rows=2, mapping=MAPPING)
    (early,) = source.pull({})
    assert list(source.pull(early.cursor)) == []
    (tmp_path / "log-2.csv").write_text(header + "".join(rows[4:]))
    (page,) = source.pull(early.cursor)
    tickets, events = source.normalise(page)
    assert page.replaces and told(tickets) == [("a", "closed", None), ("b", "solved", "Bo")]
    assert len(events.rows) == 7


def test_nested_changes_of_documents_are_a_history(make: Make, tmp_path: Path) -> None:
    steps = [{"on": "2026-01-02", "to": "Done"}, {"on": "2026-01-01", "to": "To Do"}, {"on": "2026-01-03"}]
    (tmp_path / "log.json").write_text(json.dumps([{"key": "A-1", "steps": steps}]))
    events = {
        "rows": "steps",
        "history": "on",
        "changes": {"status": "to"},
        "ticket_id": "_parent.key",
        "occurred_at": "on",
    }
    source = make(url="log.json", mapping={"tables": {"events": events}})
    (batch,) = source.normalise(next(source.pull({})))
    assert told(batch) == [("A-1-status-00001", "new", "solved"), ("A-1-status-00002", "solved", None)]


def test_a_database_table_is_read_as_a_whole(make: Make, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "t.db") as connection:
        connection.execute("CREATE TABLE log (ticket TEXT, at TEXT, state TEXT, who TEXT)")
        rows = [line.split(",") for line in LOG.splitlines()[1:]]
        connection.executemany("INSERT INTO log VALUES (?, ?, ?, ?)", rows)
    connection.close()
    source = make("sql", url="sqlite:///t.db", table="log", page_rows=2, mapping=MAPPING)
    (page,) = source.pull({})
    _, events = source.normalise(page)
    assert page.replaces and len(events.rows) == 7 and list(source.pull(page.cursor)) == []
    with pytest.raises(ConfigError, match="read as a whole: take cursor_column: out"):
        make("sql", url="sqlite:///t.db", table="log", cursor_column="at", mapping=MAPPING)


def test_a_history_too_large_for_memory_says_what_to_do() -> None:
    check_size(ROWS_AT_ONCE, "log.csv")
    with pytest.raises(Unreadable, match=r"log.csv has over 1,000,000 rows.*database.*lag\(state\)"):
        check_size(ROWS_AT_ONCE + 1, "log.csv")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"history": []}, "Wanted the field that says which row came first"),
        ({"history": {"value": 1}}, "Wanted the field that says which row came first"),
        ({"changes": {}}, "Wanted pairs of kind: field"),
        ({"id": "ticket"}, "which changes: gives of itself"),
        ({"actor_id": {"field": "who", "from": "first"}}, "for a column of a table with history: alone"),
    ],
)
def test_a_history_that_makes_no_sense_is_told(
    batches: Callable[..., dict[str, Batch]], part: dict[str, Any], said: str
) -> None:
    with pytest.raises(ConfigError, match=said):
        batches(events=EVENTS | part)


def test_what_needs_a_history_is_told_without_one(batches: Callable[..., dict[str, Batch]]) -> None:
    with pytest.raises(ConfigError, match=r"changes without history:"):
        batches(events={name: spec for name, spec in EVENTS.items() if name != "history"})
    with pytest.raises(ConfigError, match=r"changes without occurred_at:"):
        batches(events={name: spec for name, spec in EVENTS.items() if name != "occurred_at"})
    with pytest.raises(ConfigError, match=r"created_at from: first"):
        batches(tickets={name: spec for name, spec in TICKETS.items() if name != "history"})
    with pytest.raises(ConfigError, match="Write it under events:"):
        batches(tickets=TICKETS | {"changes": {"status": "state"}})
    with pytest.raises(UnknownName, match="Did you mean 'status'"):
        batches(events=EVENTS | {"changes": {"stauts": "state"}})
    with pytest.raises(UnknownName, match="Did you mean 'first'"):
        batches(tickets=TICKETS | {"status": {"field": "state", "from": "frist"}})
