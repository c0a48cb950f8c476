from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from deskbook.errors import BadValue
from deskbook.metrics import Desk, Receipt, parse_filter, parse_period, query, to_csv
from deskbook.metrics.verify import Verdict, claims, verify
from deskbook.store import HotCopies

from ..conftest import NOW, Fill
from .test_query import MESSAGES, TICKETS, desk_of


@pytest.fixture
def hot_desk(fill: Fill, hot: HotCopies) -> HotCopies:
    fill(tickets=TICKETS, messages=MESSAGES)
    return hot


def document(hot: HotCopies) -> dict[str, Any]:
    period = parse_period("2026-10", now=NOW, zone="UTC")
    found = query(
        desk_of(hot),
        ["tickets_created", "first_reply_median_minutes"],
        by=["team"],
        period=period,
        where=parse_filter("channel in (chat, email)"),
        compare=True,
    )
    cell = found.cell("tickets_created", team="A").as_dict()
    made = {"rows": found.rows, "receipt": found.receipt.as_dict(), "numbers": [{"value": 2, "receipt": cell}]}
    return dict(json.loads(json.dumps(made)))


def check(hot: HotCopies, made: Any) -> list[Verdict]:
    def desk(receipt: Receipt) -> Desk:
        view = hot.view(receipt.tenant, receipt.zone, receipt.snapshot)
        return Desk(
            con=view.cursor(), tenant=view.tenant, zone=view.zone, snapshot=view.snapshot, data_until=view.data_until
        )

    return [verify(claim, desk) for claim in claims(made)]


def test_a_document_holds_as_it_was_written(hot_desk: HotCopies) -> None:
    assert [verdict.holds for verdict in check(hot_desk, document(hot_desk))] == [True, True]


def test_a_document_whose_keys_were_sorted_still_holds(hot_desk: HotCopies) -> None:
    made = json.loads(json.dumps(document(hot_desk), sort_keys=True))
    assert list(made["receipt"]["metrics"]) != ["tickets_created", "first_reply_median_minutes"]
    assert all(verdict.holds for verdict in check(hot_desk, made))


def test_an_old_receipt_holds_after_the_data_moved_on(hot_desk: HotCopies, fill: Fill) -> None:
    made = document(hot_desk)
    fill(tickets=[{**TICKETS[0], "team": "B"}])
    assert query(desk_of(hot_desk), ["tickets_created"], by=["team"]).rows[0]["tickets_created"] == 1
    assert all(verdict.holds for verdict in check(hot_desk, made))


def test_a_changed_row_is_found(hot_desk: HotCopies) -> None:
    made = document(hot_desk)
    made["rows"][0]["tickets_created"] = 3
    assert [verdict.holds for verdict in check(hot_desk, made)] == [False, True]


def test_a_changed_number_is_found(hot_desk: HotCopies) -> None:
    made = document(hot_desk)
    made["numbers"][0]["value"] = 3
    assert "computed again 2" in check(hot_desk, made)[1].reason


def test_a_changed_filter_is_found(hot_desk: HotCopies) -> None:
    made = document(hot_desk)
    made["receipt"]["where"] = "channel = chat"
    assert not check(hot_desk, made)[0].holds


def test_sql_in_a_receipt_is_compared_and_never_run(hot_desk: HotCopies) -> None:
    made = document(hot_desk)
    made["receipt"]["sql"] = "DROP TABLE tickets"
    assert "its SQL is not" in check(hot_desk, made)[0].reason


def test_a_changed_definition_is_named(hot_desk: HotCopies) -> None:
    made = document(hot_desk)
    made["receipt"]["metrics"]["tickets_created"] = "0000000000"
    assert "definition of tickets_created" in check(hot_desk, made)[0].reason


def test_a_snapshot_that_never_was_is_an_answer_and_no_crash(hot_desk: HotCopies) -> None:
    made = document(hot_desk)
    made["receipt"]["snapshot"] = 999
    assert "999" in check(hot_desk, made)[0].reason


def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe() -> None:
    rows = [{"team": "=HYPERLINK(1)", "n": -1}, {"team": "@x", "n": None}]
    assert to_csv(rows, ["team", "n"]) == "team,n\n'=HYPERLINK(1),-1\n'@x,\n"


def test_a_filter_by_relative_dates_holds_on_a_later_clock(hot_desk: HotCopies) -> None:
    where = parse_filter("created_at in -31d and resolved_at before today and text contains HI")
    asked = replace(desk_of(hot_desk, "Europe/Berlin"), now=NOW - timedelta(days=29))
    found = query(asked, ["tickets_created", "messages"], where=where)
    said = "created_at in 2026-09-03T00:00+02:00..2026-10-04T00:00+02:00 and resolved_at before 2026-10-03T00:00+02:00"
    assert found.receipt.where == f"{said} and text contains HI"
    assert found.rows == [{"tickets_created": 1, "messages": 3}]
    made = json.loads(json.dumps({"rows": found.rows, "receipt": found.receipt.as_dict()}))
    assert [verdict.reason for verdict in check(hot_desk, made)] == [""]


def test_a_relative_date_without_a_clock_is_refused(hot_desk: HotCopies) -> None:
    with pytest.raises(BadValue, match="depends on the moment it is asked at"):
        query(desk_of(hot_desk), ["tickets_created"], where=parse_filter("created_at in today"))
