"""A filter's text, its SQL and what it says of a row agree, whatever the filter."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbook.clocks import Rules
from deskbook.metrics import Condition, Desk, Filter, Joined, Negated, parse_filter, parse_period, ready
from deskbook.store import Commit, HotCopies, Lake
from deskbook.sync import measure_tickets

from ..conftest import NOW, batch

ZONE = "Europe/Berlin"
WORDS = ["Zoë", "alpha", "Beta", 'say "hi"', "a\\b", "don't", "or", "not", "null", "{x}", "(1)", " ", "日本", "-7d"]
DATES = ["-7d", "-36h", "today", "last week", "this month", "2026-10", "2026-10-12..2026-10-18", "2026-10-30..", "2026"]
TEXTS = ["refund", "money BACK", "ZOË", "50%", "nobody says this", "subject line"]
FILTERS = st.deferred(lambda: st.recursive(CONDITIONS, nested, max_leaves=8))


def nested(inner: st.SearchStrategy[Filter]) -> st.SearchStrategy[Filter]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(st.builds(Negated, inner), st.builds(Joined, st.sampled_from(["and", "or"]), several))


def asked(fields: list[str], ops: list[str], values: st.SearchStrategy[str]) -> st.SearchStrategy[Filter]:
    """Conditions with one value, or with several where the operator takes a list."""
    lists = st.lists(values, min_size=1, max_size=3).map(tuple)
    return st.builds(
        lambda field, op, one, many: Condition(field, op, many if op in ("in", "not in") else (one,)),
        st.sampled_from(fields),
        st.sampled_from(ops),
        values,
        lists,
    )


ANY_WORD = st.one_of(
    st.sampled_from(WORDS), st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=9)
)
CONDITIONS: st.SearchStrategy[Filter] = st.one_of(
    asked(
        ["team", "channel", "custom.plan", "custom.Plan type"],
        ["=", "!=", "in", "not in", "contains", "not contains"],
        ANY_WORD,
    ),
    asked(["tag"], ["=", "!=", "in", "not in"], st.sampled_from(["vip", "refund", "none"])),
    asked(["reopens", "first_reply_minutes"], ["=", "!=", "<", "<=", ">", ">=", "in"], st.integers(-2, 90).map(str)),
    asked(["created_at", "resolved_at"], ["in", "not in"], st.sampled_from(DATES)),
    asked(["created_at", "resolved_at"], ["before", "since"], st.sampled_from([*DATES, "2026-10-20T08:30"])),
    asked(["created_at", "resolved_at"], ["after", "until"], st.sampled_from(["-7d", "today", "2026-10", "-3w"])),
    asked(["text", "subject", "customer_text", "note_text"], ["contains", "not contains"], st.sampled_from(TEXTS)),
    st.builds(
        Condition, st.sampled_from(["team", "tag", "resolved_at", "custom.plan"]), st.sampled_from(["null", "not null"])
    ),
)


@given(FILTERS)
def test_a_filter_is_read_back_as_it_was_written(one: Filter) -> None:
    assert parse_filter(one.text()) == one


def tickets(draw: Random) -> list[dict[str, Any]]:
    """Rows in which every column has gaps."""
    made = []
    for number in range(60):
        created = NOW - timedelta(minutes=draw.randrange(60 * 24 * 45))
        is_done = draw.random() < 0.6
        made.append(
            {
                "id": str(number),
                "created_at": created,
                "resolved_at": created + timedelta(minutes=draw.randrange(1, 9_000)) if is_done else None,
                "first_reply_at": draw.choice([None, created + timedelta(seconds=draw.randrange(5_000))]),
                "status": "solved" if is_done else "open",
                "team": draw.choice([*WORDS[:6], None]),
                "channel": draw.choice(["chat", "email", None]),
                "tags": draw.choice([["vip", "refund"], ["vip"], [], None]),
                "custom": draw.choice(['{"plan": "alpha", "Plan type": "or"}', '{"plan": "Beta"}', None]),
                "subject": draw.choice(["Refund, please", "Subject line", None]),
            }
        )
    return made


def messages(draw: Random) -> list[dict[str, Any]]:
    said = ["I want my money back", "Zoë, 50% is too much", "All good", "money\nback"]
    return [
        {
            "id": f"m{number}",
            "ticket_id": str(draw.randrange(60)),
            "sent_at": NOW - timedelta(days=50 - number / 4),
            "author_role": draw.choice(["customer", "agent", "bot"]),
            "is_public": draw.choice([True, True, None, False]),
            "text": draw.choice(said),
        }
        for number in range(90)
    ]


@pytest.fixture(scope="module", params=[1, 2, 3])
def known(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, list[Any]]]:
    """A desk of random tickets and the same as plain rows."""
    folder: Path = tmp_path_factory.mktemp("naive")
    draw = Random(request.param)
    rows, said = tickets(draw), messages(draw)
    lake = Lake(f"sqlite:///{folder}/deskbook.db", str(folder / "files"), state=folder)
    batches = [batch("tickets", rows), batch("messages", said)]
    lake.commit("o'brien", Commit(entry="desk", source="desk", batches=batches, cursor=None))
    measure_tickets(lake, Rules(), tenant="o'brien")
    view = HotCopies(lake).view("o'brien", ZONE)
    con = view.cursor()
    reopened = dict(con.execute("SELECT id, reopens FROM tickets").fetchall())
    replied = dict(con.execute("SELECT id, first_reply_seconds FROM tickets").fetchall())
    for row in rows:
        row["reopens"], row["replied"] = reopened[row["id"]], replied[row["id"]]
        row["said"] = [("subject", row["subject"])] + [
            (_part(m), m["text"]) for m in said if m["ticket_id"] == row["id"]
        ]
    made = Desk(con=con, tenant="o'brien", zone=ZONE, snapshot=view.snapshot, data_until=view.data_until, now=NOW)
    yield made, rows
    lake.close()


def _part(message: Mapping[str, Any]) -> str:
    return "note" if message["is_public"] is False else str(message["author_role"])


@settings(max_examples=150, deadline=None)
@given(one=FILTERS)
def test_the_sql_of_a_filter_chooses_the_rows_that_plain_python_chooses(
    known: tuple[Desk, list[Any]], one: Filter
) -> None:
    desk, rows = known
    settled = ready(one, desk)
    bound: dict[str, Any] = {}
    assert settled
    sql = f"SELECT id FROM tickets WHERE {settled.sql('tickets', bound)}"
    found = {row[0] for row in desk.con.execute(sql, bound).fetchall()}
    assert found == {row["id"] for row in rows if matches(one, row)}, one.text()
    assert parse_filter(settled.text()) == settled
    assert ready(settled, Desk(**{**desk.__dict__, "now": None})) == settled


def matches(one: Filter, row: Mapping[str, Any]) -> bool:
    """Whether a row matches, said as plainly as can be."""
    if isinstance(one, Negated):
        return not matches(one.part, row)
    if isinstance(one, Joined):
        return (all if one.word == "and" else any)(matches(part, row) for part in one.parts)
    turned = {"!=": "=", "not in": "in", "not contains": "contains", "null": "not null"}
    if one.op in turned:
        return not matches(Condition(one.field, turned[one.op], one.values), row)
    value = value_of(one.field, row)
    if one.field == "tag":
        return bool(value) if one.op == "not null" else any(tag in one.values for tag in value or [])
    if one.field in ("text", "subject", "customer_text", "note_text"):
        words = " ".join(one.values[0].lower().split())
        return any(words in text.lower() for text in value)
    if value is None:
        return False
    if one.op == "not null":
        return True
    if isinstance(value, datetime):
        return any(in_time(value, one.op, words) for words in one.values)
    if isinstance(value, str):
        return one.values[0].lower() in value.lower() if one.op == "contains" else value in one.values
    return compared(float(value), one.op, [float(one) for one in one.values])


def value_of(field: str, row: Mapping[str, Any]) -> Any:
    parts = {"subject": "subject", "customer_text": "customer", "note_text": "note"}
    if field == "text" or field in parts:
        return [text for part, text in row["said"] if text and parts.get(field, part) == part]
    if field.startswith("custom."):
        return json.loads(row["custom"] or "{}").get(field.removeprefix("custom."))
    if field == "first_reply_minutes":
        return None if row["replied"] is None else row["replied"] / 60
    return row["tags"] if field == "tag" else row[field]


def in_time(value: datetime, op: str, words: str) -> bool:
    span = parse_period(words, now=NOW, zone=ZONE)
    if op in ("before", "until"):
        end = span.since if op == "before" else span.until
        return end is not None and value < end
    if op in ("since", "after"):
        end = span.since if op == "since" else span.until
        return end is not None and value >= end
    return (span.since is None or value >= span.since) and (span.until is None or value < span.until)


def compared(value: float, op: str, given: list[float]) -> bool:
    first = given[0]
    held = {"=": value == first, "<": value < first, "<=": value <= first, ">": value > first, ">=": value >= first}
    return value in given if op == "in" else held[op]
