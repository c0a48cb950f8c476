from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deskbook.errors import BadValue, UnknownName
from deskbook.metrics import Desk, Metric, Period, parse_filter, parse_period, query, registry
from deskbook.store import HotCopies

from ..conftest import NOW, Fill

TICKETS = [
    {
        "id": "1",
        "created_at": "2026-10-01T09:00:00Z",
        "team": "A",
        "channel": "chat",
        "status": "solved",
        "resolved_at": "2026-10-02T09:00:00Z",
        "tags": "vip;refund",
        "custom": '{"plan": "pro"}',
    },
    {"id": "2", "created_at": "2026-10-01T10:00:00Z", "team": "A", "channel": "email", "status": "open"},
    {"id": "3", "created_at": "2026-10-03T09:00:00Z", "team": "B", "channel": "chat", "status": "open", "tags": "vip"},
    {
        "id": "4",
        "created_at": "2026-09-30T23:30:00Z",
        "team": "B",
        "channel": "chat",
        "status": "solved",
        "resolved_at": "2026-10-01T00:30:00Z",
    },
]
MESSAGES = [
    {"id": "a", "ticket_id": "1", "sent_at": "2026-10-01T09:00:00Z", "author_role": "customer", "text": "Hi"},
    {"id": "b", "ticket_id": "1", "sent_at": "2026-10-01T09:05:00Z", "author_role": "agent", "is_public": False},
    {"id": "c", "ticket_id": "1", "sent_at": "2026-10-01T09:10:00Z", "author_role": "agent", "text": "Hello"},
    {"id": "d", "ticket_id": "2", "sent_at": "2026-10-01T10:00:00Z", "author_role": "customer", "text": "Help"},
    {"id": "e", "ticket_id": "2", "sent_at": "2026-10-01T12:00:00Z", "author_role": "agent", "text": "Sure"},
    {"id": "f", "ticket_id": "3", "sent_at": "2026-10-03T09:00:00Z", "author_role": "customer", "text": "No answer"},
    {"id": "g", "ticket_id": "3", "sent_at": "2026-10-03T09:01:00Z", "author_role": "bot", "text": "We got it"},
]


@pytest.fixture
def desk(fill: Fill, hot: HotCopies) -> Desk:
    fill(tickets=TICKETS, messages=MESSAGES)
    return desk_of(hot)


def desk_of(hot: HotCopies, zone: str = "UTC", tenant: str = "main") -> Desk:
    view = hot.view(tenant, zone)
    known = {"snapshot": view.snapshot, "data_until": view.data_until, "carried_at": view.carried_at}
    return Desk(con=view.cursor(), tenant=tenant, zone=zone, **known)


def october(zone: str = "UTC") -> Period:
    return parse_period("2026-10", now=NOW, zone=zone)


def rows(desk: Desk, *names: str, **how: Any) -> list[dict[str, Any]]:
    return query(desk, names, **how).rows


def test_the_first_reply_is_public_and_from_an_agent(desk: Desk) -> None:
    found = rows(desk, "first_reply_median_minutes", by=["team"], where=parse_filter("ticket = 1"))
    assert found == [{"team": "A", "first_reply_median_minutes": 10.0, "first_reply_median_minutes_n": 1}]


def test_a_median_comes_with_its_n(desk: Desk) -> None:
    found = query(desk, ["first_reply_median_minutes"])
    assert found.rows == [{"first_reply_median_minutes": 65.0, "first_reply_median_minutes_n": 2}]


def test_metrics_of_several_tables_come_in_one_row_a_group(desk: Desk) -> None:
    found = rows(desk, "tickets_created", "messages_in", "open_backlog", by=["team"], period=october())
    assert found == [
        {"team": "A", "tickets_created": 2, "messages_in": 2, "open_backlog": 1},
        {"team": "B", "tickets_created": 1, "messages_in": 1, "open_backlog": 1},
    ]


def test_an_unanswered_ticket_past_its_target_counts_as_missed(desk: Desk) -> None:
    (row,) = rows(desk, "first_reply_within_target_pct", period=october())
    assert row["first_reply_within_target_pct"] == 50.0
    assert row["first_reply_within_target_pct_n"] == 2


def test_a_young_unanswered_ticket_is_left_out_of_the_target(fill: Fill, hot: HotCopies) -> None:
    fill(tickets=[{"id": "1", "created_at": "2026-10-01T09:00:00Z"}, {"id": "2", "created_at": "2026-10-01T09:59:00Z"}])
    (row,) = rows(desk_of(hot), "first_reply_within_target_pct")
    assert row["first_reply_within_target_pct"] is None
    assert row["first_reply_within_target_pct_n"] == 0


def test_solved_tickets_are_placed_where_they_were_solved(desk: Desk) -> None:
    assert rows(desk, "tickets_solved", by=["day"]) == [
        {"day": "2026-10-01", "tickets_solved": 1},
        {"day": "2026-10-02", "tickets_solved": 1},
    ]


def test_backlog_is_a_level_on_every_day_also_quiet_ones(desk: Desk) -> None:
    found = rows(desk, "open_backlog", by=["day"], period=parse_period("2026-10-01..2026-10-04", now=NOW, zone="UTC"))
    assert [row["open_backlog"] for row in found] == [2, 1, 2, 2]


def test_days_follow_the_wall_clock_of_the_zone(fill: Fill, hot: HotCopies) -> None:
    fill(tickets=TICKETS)
    found = rows(desk_of(hot, "Europe/Berlin"), "tickets_created", by=["day"])
    assert [row["tickets_created"] for row in found] == [3, 1]


def test_a_day_ends_with_its_last_microsecond_and_is_told_as_its_first_moment(fill: Fill, hot: HotCopies) -> None:
    moments = ["2026-10-01T00:00:00Z", "2026-10-01T23:59:59.999999Z", "2026-10-02T00:00:00Z"]
    fill(tickets=[{"id": f"{place}", "created_at": moment} for place, moment in enumerate(moments)])
    found = query(desk_of(hot), ["tickets_created", "open_backlog"], by=["day"], period=october()).frame
    assert found[["day", "tickets_created", "open_backlog"]].head(2).values.tolist() == [
        [datetime(2026, 10, 1), 2, 2],
        [datetime(2026, 10, 2), 1, 3],
    ]


def test_days_are_grouped_by_their_place_and_not_by_a_hash(desk: Desk) -> None:
    receipt = query(desk, ["tickets_created"], by=["channel", "day"]).receipt
    ((_, plan),) = desk.con.execute(f"EXPLAIN {receipt.sql}").fetchall()
    assert "PERFECT_HASH_GROUP_BY" in plan


def test_a_ticket_with_two_tags_counts_under_both(desk: Desk) -> None:
    found = {row["tag"]: row["tickets_created"] for row in rows(desk, "tickets_created", by=["tag"])}
    assert found == {"refund": 1, "vip": 2, None: 2}


def test_what_belongs_to_a_ticket_counts_under_each_of_its_tags_once(fill: Fill, hot: HotCopies) -> None:
    fill(tickets=[*TICKETS[1:], TICKETS[0] | {"tags": "vip;refund;vip"}], messages=MESSAGES)
    found = {row["tag"]: row["messages"] for row in rows(desk_of(hot), "messages", by=["tag"])}
    assert found == {"refund": 3, "vip": 5, None: 2}


def test_answers_are_told_by_the_band_of_their_ticket_in_the_bands_order(desk: Desk) -> None:
    found = rows(desk, "messages", by=["first_reply_band"])
    assert [(row["first_reply_band"], row["messages"]) for row in found] == [("0–1 h", 3), ("1–4 h", 2), (None, 2)]


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ("tag = vip", {"1", "3"}),
        ("tag != vip", {"2", "4"}),
        ("custom.plan = pro", {"1"}),
        ("not team = A", {"3", "4"}),
        ("channel = chat and team = B", {"3", "4"}),
        ("channel in (email) or custom.plan = pro", {"1", "2"}),
        ("first_reply_minutes > 30", {"2"}),
        ("team contains 'b'", {"3", "4"}),
    ],
)
def test_filters_choose_tickets(desk: Desk, where: str, ids: set[str]) -> None:
    found = rows(desk, "tickets_created", by=["ticket"], where=parse_filter(where))
    assert {row["ticket"] for row in found} == ids


def test_a_ticket_filter_also_holds_for_messages(desk: Desk) -> None:
    assert rows(desk, "messages", where=parse_filter("tag = vip")) == [{"messages": 5}]


def test_sql_in_a_filter_value_is_only_a_value(desk: Desk) -> None:
    assert rows(desk, "tickets_created", where=parse_filter('team = "A\' OR 1=1 --"')) == [{"tickets_created": 0}]


def test_a_comparison_gives_the_change_against_the_month_before(desk: Desk) -> None:
    (row,) = rows(desk, "tickets_created", period=october(), compare=True)
    assert (row["tickets_created_before"], row["tickets_created_change"], row["tickets_created_change_pct"]) == (
        1,
        2,
        200,
    )


def test_an_empty_period_before_gives_no_change(desk: Desk) -> None:
    september = parse_period("2026-09", now=NOW, zone="UTC")
    (row,) = rows(desk, "tickets_created", "first_reply_median_minutes", period=september, compare=True)
    assert row["tickets_created_change"] is None
    assert row["first_reply_median_minutes_change_pct"] is None


def test_a_group_that_only_the_period_before_has_stays_in_view(desk: Desk) -> None:
    later = parse_period("2026-10-02..2026-10-03", now=NOW, zone="UTC")
    found = rows(desk, "tickets_created", by=["team"], period=later, compare=True)
    assert [(row["team"], row["tickets_created"], row["tickets_created_before"]) for row in found] == [
        ("A", 0, 2),
        ("B", 1, 1),
    ]


def test_a_count_of_a_group_that_only_now_has_was_zero_before(desk: Desk) -> None:
    now = parse_period("2026-09-30", now=NOW, zone="UTC")
    (row, *_) = rows(desk, "tickets_created", by=["channel", "team"], period=now, compare=True)
    was = {name: row[f"tickets_created_{name}"] for name in ("before", "change", "change_pct")}
    assert was == {"before": None, "change": None, "change_pct": None}, "nothing at all was counted the day before"
    both = rows(desk, "tickets_created", by=["team"], period=october(), compare=True)
    grown = {row["team"]: (row["tickets_created_before"], row["tickets_created_change"]) for row in both}
    assert grown == {"A": (0, 2), "B": (1, 0)}


def test_two_tenants_never_see_each_other(fill: Fill, hot: HotCopies) -> None:
    fill(tickets=TICKETS)
    fill(tenant="other", tickets=TICKETS[:1])
    assert rows(desk_of(hot, tenant="other"), "tickets_created", "open_backlog") == [
        {"tickets_created": 1, "open_backlog": 0}
    ]


def test_every_metric_answers_on_an_empty_store(hot: HotCopies) -> None:
    desk = desk_of(hot)
    found = {name: rows(desk, name)[0][name] for name in registry}
    counts = {name for name, metric in registry.items() if metric.additive or metric.sql.startswith("count(")}
    assert found == {name: 0 if name in counts else None for name in registry}


def test_a_count_is_the_number_of_rows_it_rests_on(desk: Desk) -> None:
    counting = [metric for metric in registry.values() if metric.counts_rows]
    assert len(counting) > 20
    for metric in counting:
        held = query(desk, [metric.name]).value()
        own = [f"{metric.at} IS NOT NULL", metric.rests_on]
        sql = f"SELECT count(*) FROM {metric.table} WHERE {' AND '.join(f'({one})' for one in own if one)}"
        bound = {name: value for name, value in desk.given().items() if f"${name}" in sql}
        assert desk.con.execute(sql, bound).fetchone() == (held,)


@pytest.mark.parametrize("metric", registry.values(), ids=lambda metric: metric.name)
def test_every_metric_says_what_it_is(metric: Metric) -> None:
    assert metric.label and metric.unit and metric.note.endswith(".") and metric.origin
    assert metric.better in ("higher", "lower", "neutral")


def test_an_unknown_metric_names_the_closest(desk: Desk) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'first_reply_median_minutes'"):
        query(desk, ["first_reply_median_minute"])


def test_a_level_cannot_be_cut_by_weekday(desk: Desk) -> None:
    with pytest.raises(BadValue, match="level at a moment"):
        query(desk, ["open_backlog"], by=["weekday"])


def test_two_grains_at_once_are_refused(desk: Desk) -> None:
    with pytest.raises(BadValue, match="Choose one grain"):
        query(desk, ["tickets_created"], by=["day", "week"])


def test_a_day_is_compared_with_the_one_as_far_from_the_beginning_also_after_quiet_ones(desk: Desk) -> None:
    period = parse_period("2026-10-01..2026-10-03", now=NOW, zone="UTC")
    found = rows(desk, "tickets_created", by=["day"], period=period, compare=Period(*earlier("2026-09-30", 3)))
    assert [(row["day"], row["tickets_created"], row["tickets_created_before"]) for row in found] == [
        ("2026-10-01", 2, 1),
        ("2026-10-03", 1, None),
    ]


def earlier(first: str, days: int) -> tuple[datetime, datetime]:
    since = datetime.fromisoformat(first).replace(tzinfo=UTC)
    return since, since + timedelta(days=days)
