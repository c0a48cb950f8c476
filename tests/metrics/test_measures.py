"""What a ticket has is what metrics are medians and sums of."""

from __future__ import annotations

import math
import re

import pytest

from deskbook.book import Book
from deskbook.errors import BadValue
from deskbook.metrics import DIMENSIONS, Condition, Desk, parse_filter, query, registry
from deskbook.store import HotCopies

from ..conftest import Fill
from .test_query import desk_of

MEDIANS = {
    name: re.sub("_median", "", name)
    for name, metric in registry.items()
    if metric.table == "tickets" and "_median_" in name and "last_schedule" not in name
}
NOW_NAMES = {
    "backlog_age_hours": "age_hours",
    "backlog_idle_hours": "idle_hours",
    "backlog_waiting_hours": "waiting_hours",
}


@pytest.mark.parametrize("median", MEDIANS)
def test_a_median_of_one_ticket_is_that_tickets_own_measure(synced: Book, median: str) -> None:
    name = NOW_NAMES.get(MEDIANS[median], MEDIANS[median])
    table = synced.view().cursor()
    sql = DIMENSIONS[name].sql
    found = table.execute(f"SELECT id, {sql} FROM tickets WHERE ({sql}) IS NOT NULL ORDER BY id LIMIT 5").fetchall()
    for ticket, value in found:
        where = Condition("ticket", "=", (ticket,))
        assert math.isclose(synced.query(median, where=where).value(), value, rel_tol=1e-9)


@pytest.mark.parametrize("name", [name for name, one in DIMENSIONS.items() if one.kind == "number" and one.unit])
def test_a_length_of_time_says_its_unit_in_its_name(name: str) -> None:
    assert name.endswith({"min": "_minutes", "h": "_hours", "days": "_days"}[DIMENSIONS[name].unit])


ASKED = {"word": "= x", "tag": "= x", "custom": "= x", "number": "> 1", "moment": "in 2026-10", "text": "contains x"}


EACH_TABLE = ["tickets_created", "messages", "answers", "open_backlog", "sla_breached", "csat_score_mean"]


@pytest.mark.parametrize("name", [name for name, one in DIMENSIONS.items() if one.kind != "time" and name != "number"])
def test_metrics_of_every_table_can_be_filtered_by_everything_a_ticket_has(synced: Book, name: str) -> None:
    (all_of,) = synced.query(EACH_TABLE).rows
    (found,) = synced.query(EACH_TABLE, where=f"{name} {ASKED[DIMENSIONS[name].kind]}").rows
    assert all(0 <= found[metric] <= all_of[metric] for metric in EACH_TABLE[:5])


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ("promise_state = breached", set()),
        ("replier is null", {"3", "4"}),
        ("replier = a1", {"1", "2"}),
        ("replier != a1", {"3", "4"}),
        ("role = bot", {"3"}),
        ("role not in (bot, agent)", {"4"}),
        ("sent_at in 2026-10-03", {"3"}),
        ("rating = good", {"1"}),
        ("tag is null", {"2", "4"}),
        ("custom.seats > 9", {"1"}),
        ("custom.seats is null", {"3", "4"}),
    ],
)
def test_a_ticket_is_found_by_the_rows_that_belong_to_it(fill: Fill, hot: HotCopies, where: str, ids: set[str]) -> None:
    day = "2026-10-0{}T09:00:00Z".format
    fill(
        tickets=[
            {"id": "1", "created_at": day(1), "tags": "vip", "custom": '{"seats": "10"}'},
            {"id": "2", "created_at": day(2), "custom": '{"seats": "9"}'},
            {"id": "3", "created_at": day(3), "tags": "vip"},
            {"id": "4", "created_at": day(4)},
        ],
        messages=[
            {"id": "a", "ticket_id": "1", "sent_at": day(1), "author_role": "customer"},
            {"id": "b", "ticket_id": "1", "sent_at": day(2), "author_role": "agent", "author_id": "a1"},
            {"id": "c", "ticket_id": "2", "sent_at": day(2), "author_role": "customer"},
            {"id": "d", "ticket_id": "2", "sent_at": day(4), "author_role": "agent", "author_id": "a1"},
            {"id": "e", "ticket_id": "3", "sent_at": day(3), "author_role": "bot"},
            {"id": "f", "ticket_id": "4", "sent_at": day(4), "author_role": "customer"},
        ],
        satisfaction=[{"id": "s", "ticket_id": "1", "rated_at": day(5), "is_good": True}],
    )
    found = query(desk_of(hot), ["tickets_created"], by=["ticket"], where=parse_filter(where))
    assert {row["ticket"] for row in found.rows} == ids


@pytest.mark.parametrize("name", ["created_at", "text"])
def test_numbers_are_not_cut_by_moments_or_texts(fill: Fill, hot: HotCopies, name: str) -> None:
    desk: Desk = desk_of(hot)
    with pytest.raises(BadValue, match=f"cannot be cut by '{name}'"):
        query(desk, ["tickets_created"], by=[name])
