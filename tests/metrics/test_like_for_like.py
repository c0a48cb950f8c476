"""Comparing with the same weekdays before: a day off in either week, and the day beside it, count on neither side."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from deskbook.metrics import Desk, Period, Receipt, Result, pair_of, parse_period, query
from deskbook.metrics.verify import claims, verify
from deskbook.store import HotCopies

from ..conftest import NOW, Fill
from .test_query import desk_of

# Monday 14 to Sunday 20 Dec, and the week of Christmas.
CREATED = (14, 15, 18, 18, 18, 19, 21, 22, 22, 25)
REPLY_MINUTES = (10, 20, 90, 90, 90, 30, 40, 10, 10, 500)
TEAMS = ("A", "A", "B", "B", "B", "B", "A", "A", "B", "B")
TICKETS = [
    {"id": str(number), "created_at": f"2020-12-{day}T09:00:00Z", "team": team, "status": "open",
     "first_reply_at": f"2020-12-{day}T{9 + minutes // 60:02}:{minutes % 60:02}:00Z"}
    for number, (day, minutes, team) in enumerate(zip(CREATED, REPLY_MINUTES, TEAMS, strict=True))
]  # fmt: skip
CHRISTMAS = date(2020, 12, 25)


@pytest.fixture
def desk(fill: Fill, hot: HotCopies) -> Desk:
    fill(tickets=TICKETS)
    return replace(desk_of(hot), days_off=(CHRISTMAS,))


def week(text: str = "2020-12-21..2020-12-27", zone: str = "UTC") -> Period:
    return parse_period(text, now=NOW, zone=zone)


def ask(desk: Desk, *metrics: str, **how: Any) -> Result:
    return query(desk, metrics or ("tickets_created",), period=how.pop("period", week()), compare="alike", **how)


def holds(result: Result, desk: Desk) -> list[bool]:
    made = json.loads(json.dumps({"rows": result.rows, "receipt": result.receipt.as_dict()}))
    return [verify(claim, lambda receipt: desk).holds for claim in claims(made)]


def test_the_number_is_that_of_the_week_and_the_change_that_of_its_compared_days(desk: Desk) -> None:
    assert ask(desk).rows == [
        {"tickets_created": 4, "tickets_created_alike": 3, "tickets_created_before": 3.0,
         "tickets_created_change": 0.0, "tickets_created_change_pct": 0.0}
    ]  # fmt: skip
    (whole,) = ask(replace(desk, days_off=())).rows
    assert (whole["tickets_created_before"], whole["tickets_created_change"]) == (6.0, -2.0)
    assert "tickets_created_alike" not in whole


def test_a_median_is_taken_anew_over_the_compared_days(desk: Desk) -> None:
    (row,) = ask(desk, "first_reply_median_minutes").rows
    name = "first_reply_median_minutes"
    assert (row[name], row[f"{name}_n"]) == (25.0, 4)
    assert (row[f"{name}_alike"], row[f"{name}_alike_n"]) == (10.0, 3)
    assert (row[f"{name}_before"], row[f"{name}_before_n"], row[f"{name}_change"]) == (20.0, 3, -10.0)


def test_each_group_is_compared_over_the_same_days(desk: Desk) -> None:
    found = {row["team"]: row for row in ask(desk, by=["team"]).rows}
    columns = ("tickets_created", "tickets_created_alike", "tickets_created_before", "tickets_created_change")
    assert [found["A"][name] for name in columns] == [2, 2, 2.0, 0.0]
    assert [found["B"][name] for name in columns] == [2, 1, 1.0, 0.0]


def test_a_day_left_out_of_a_series_has_nothing_beside_it_and_the_others_have_their_weekday(desk: Desk) -> None:
    found = {row["day"][-2:]: row for row in ask(desk, by=["day"]).rows}
    assert {day: row["tickets_created"] for day, row in found.items()} == {"21": 1, "22": 2, "25": 1}
    assert {day: row["tickets_created_before"] for day, row in found.items()} == {"21": 1.0, "22": 1.0, "25": None}
    assert [found["25"][f"tickets_created_{name}"] for name in ("alike", "change", "change_pct")] == [None] * 3


def test_hours_and_weeks_are_compared_over_the_same_days(desk: Desk) -> None:
    hours = ask(desk, by=["hour"]).rows
    assert [(row["hour"][8:13], row["tickets_created_before"]) for row in hours] == [
        ("21T09", 1.0), ("22T09", 1.0), ("25T09", None)
    ]  # fmt: skip
    (row,) = ask(desk, by=["week"]).rows
    assert (row["tickets_created"], row["tickets_created_alike"], row["tickets_created_before"]) == (4, 3, 3.0)


@pytest.mark.parametrize(
    ("day_off", "alike", "before"),
    [("2020-12-21", 3, 5), ("2020-12-27", 4, 6), ("2020-12-18", 3, 3), ("2020-12-14", 3, 5), ("2020-12-28", None, 6)],
    ids=["first day", "last day", "in the week before", "its first day", "after the week"],
)
def test_a_day_off_counts_wherever_it_lies(desk: Desk, day_off: str, alike: int | None, before: int) -> None:
    made = ask(replace(desk, days_off=(date.fromisoformat(day_off),)))
    (row,) = made.rows
    assert (row["tickets_created"], row.get("tickets_created_alike"), row["tickets_created_before"]) == (
        4, alike, before
    )  # fmt: skip
    assert holds(made, desk) == [True]


def test_without_a_day_off_in_either_week_nothing_changes(desk: Desk) -> None:
    far = replace(desk, days_off=(date(2020, 12, 13), date(2020, 12, 28)))
    for by in ([], ["team"], ["day"], ["team", "week"]):
        for metrics in (("tickets_created",), ("first_reply_median_minutes", "open_backlog")):
            one, other = (ask(held, *metrics, by=by) for held in (far, replace(desk, days_off=())))
            assert (one.rows, one.receipt) == (other.rows, other.receipt)


def test_other_comparisons_know_no_days_off(desk: Desk) -> None:
    for against in ("before", "year", False):
        made = query(desk, ["tickets_created"], period=week(), compare=against)
        assert "tickets_created_alike" not in made.rows[0] and made.receipt.left_out == []


def test_where_every_day_is_left_out_nothing_is_compared_and_that_is_said(desk: Desk) -> None:
    off = tuple(date(2020, 12, day) for day in (14, 15, 16, 17, 25, 26, 27))
    made = ask(replace(desk, days_off=off))
    assert made.rows == [{"tickets_created": 4}]
    assert made.compared_with == "vs none of the same weekdays before: each is a day off or stands beside one"
    assert (made.receipt.against, len(made.receipt.left_out)) == ("alike", 14)
    assert holds(made, desk) == [True]
    (beside,) = ask(replace(desk, days_off=off), "open_backlog", "tickets_created").rows
    assert beside == {"open_backlog": 10, "tickets_created": 4, "open_backlog_before": 6.0, "open_backlog_change": 4.0,
                      "open_backlog_change_pct": pytest.approx(200 / 3)}  # fmt: skip


@pytest.mark.parametrize(
    ("days", "said"),
    [(("2020-12-25", "2020-12-26", "2021-01-01"), "25 and 26 Dec and 1 Jan"), (("2020-12-24", "2020-12-25",
      "2020-12-26"), "24, 25 and 26 Dec"), ([f"2020-12-{day}" for day in range(20, 29)], "9 days off")],
)  # fmt: skip
def test_few_days_off_are_named_and_many_counted(days: Sequence[str], said: str) -> None:
    off = [date.fromisoformat(day) for day in days]
    assert pair_of(week("2020-12..2021-01"), "alike", off).words == f"vs the same weekdays before, without {said}"


def test_a_level_is_compared_as_it_is(desk: Desk) -> None:
    (mixed,) = ask(desk, "open_backlog", "tickets_created").rows
    assert [mixed[f"open_backlog{name}"] for name in ("", "_before", "_change")] == [10, 6.0, 4.0]
    assert "open_backlog_alike" not in mixed and mixed["tickets_created_alike"] == 3
    alone = ask(desk, "open_backlog")
    assert (alone.rows[0]["open_backlog_change"], alone.receipt.left_out) == (4.0, [])


def test_in_a_series_beside_a_level_a_day_left_out_is_unknown_and_a_quiet_one_zero(desk: Desk) -> None:
    found = {row["day"][-2:]: row for row in ask(desk, "open_backlog", "tickets_created", by=["day"]).rows}
    assert [found[day]["tickets_created_alike"] for day in ("21", "23", "25")] == [1, 0, None]
    assert [found[day]["tickets_created_before"] for day in ("21", "25")] == [1.0, None]
    assert [found[day]["open_backlog_before"] for day in ("21", "25")] == [1.0, 5.0]


def test_the_receipt_carries_the_days_so_that_it_holds_under_other_schedules(desk: Desk) -> None:
    made = ask(desk, "tickets_created", "first_reply_median_minutes", by=["day"])
    assert made.receipt.days_off == ["2020-12-25"]
    assert made.receipt.left_out == ["2020-12-18", "2020-12-25"]
    assert made.compared_with == "vs the same weekdays before, without 25 Dec"
    for later in ((), (date(2020, 12, 22),)):
        assert holds(made, replace(desk, days_off=later)) == [True]


def test_days_off_changed_in_a_receipt_are_found(desk: Desk) -> None:
    made = ask(desk)
    told = made.receipt.as_dict() | {"days_off": ["2020-12-22"]}
    (verdict,) = (verify(claim, lambda receipt: desk) for claim in claims({"rows": made.rows, "receipt": told}))
    assert not verdict.holds and "computed again" in verdict.reason


def test_an_older_receipt_that_knows_no_days_off_still_holds(desk: Desk) -> None:
    made = ask(replace(desk, days_off=()))
    told = {key: value for key, value in made.receipt.as_dict().items() if key not in ("days_off", "left_out")}
    assert Receipt.from_dict(told) == made.receipt
    assert [verify(claim, lambda receipt: desk).holds for claim in claims({"rows": made.rows, "receipt": told})] == [
        True
    ]


def test_days_are_those_of_the_wall_clock(fill: Fill, hot: HotCopies) -> None:
    fill(tickets=[{"id": "1", "created_at": "2020-12-24T23:30:00Z"}, {"id": "2", "created_at": "2020-12-25T23:30:00Z"}])
    berlin = replace(desk_of(hot, "Europe/Berlin"), days_off=(CHRISTMAS,))
    (row,) = ask(berlin, period=week(zone="Europe/Berlin")).rows
    assert (row["tickets_created"], row["tickets_created_alike"]) == (2, 1)


@pytest.mark.parametrize("seed", range(8))
def test_it_equals_a_plain_count_of_the_compared_days(fill: Fill, hot: HotCopies, seed: int) -> None:
    dice = random.Random(seed)
    first, length = date(2026, 3, 2) + timedelta(days=dice.randrange(20)), dice.choice((3, 7, 10, 28))
    shift = timedelta(weeks=-(-length // 7))
    days = [first + timedelta(days=n) for n in range(length)]
    created = [dice.choice([*days, *(day - shift for day in days)]) for _ in range(90)]
    fill(
        tickets=[{"id": str(n), "created_at": f"{day}T{dice.randrange(24):02}:10:00Z"} for n, day in enumerate(created)]
    )
    off = {dice.choice(days), dice.choice(days) - shift}
    period = week(f"{days[0]}..{days[-1]}")
    made = ask(replace(desk_of(hot), days_off=tuple(sorted(off))), by=["day"], period=period)
    counts, compared = Counter(created), {day for day in days if day not in off and day - shift not in off}
    for row in made.rows:
        day = date.fromisoformat(row["day"])
        assert row["tickets_created"] == counts[day]
        assert row["tickets_created_alike"] == (counts[day] if day in compared else None)
        assert row["tickets_created_before"] == ((counts[day - shift] or None) if day in compared else None)
