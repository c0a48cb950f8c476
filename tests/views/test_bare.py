"""Charts without a figure: boxes, funnels and small multiples, their numbers, states, tables and reports."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from deskbook import views
from deskbook.book import Book
from deskbook.errors import ConfigError
from deskbook.views.laid import library, shown
from deskbook.views.layout import Show
from deskbook.views.scale import marks

from .conftest import block, filters

PAGE_DATA = "application/vnd.deskbook.page+json"
WAIT = "first_reply_median_minutes"
BOXES = views.spread("Which team is fastest?", WAIT, by="team")
STEPS = views.funnel("How far do they get?")
SMALL = views.multiples("Who gets how much?", "tickets_created", by="team")
SECTIONS: tuple[Any, ...] = (BOXES, STEPS, SMALL)


def page(book: Book, **given: str) -> views.Page:
    usual = filters(**{"pick": "", "swap": "", **given})
    return views.page("Bare", question="Do they hold?", book=book, filters=usual, sections=SECTIONS)


def test_a_box_has_the_quantiles_that_a_query_gives(book: Book) -> None:
    (row,) = block(book, BOXES)["rows"]
    asked = book.query(list(BOXES.names), by="team", where="team = Billing", period="2026-10-26..2026-11-01").rows[0]
    assert row["values"] == [asked[name] for name in BOXES.names] == [30.5, 31.25, 32.5, 33.75, 34.5]
    assert row["few"] and row["n"] == 6 and row["sample"] == "only 6 – too few to lean on"
    assert row["cell"] == {"metric": WAIT, "row": {"team": "Billing"}}


def test_boxes_stand_on_one_scale_from_zero_the_quickest_first(book: Book) -> None:
    drawn = block(book, BOXES, period="2026-10-19..2026-11-01")
    assert [row["label"] for row in drawn["rows"]] == ["Billing", "Shipping"]
    assert [tick["text"] for tick in drawn["ticks"]] == ["0", "20", "40", "60"]
    assert drawn["rows"][1]["at"] == [1.0] * 5
    assert all(0 <= at <= 1 for row in drawn["rows"] for at in row["at"])


@pytest.mark.parametrize(
    ("highest", "end", "words"),
    [
        (0, 1.0, ["0", "1"]),
        (0.9, 1.0, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (1.1, 1.25, ["0.00", "0.25", "0.50", "0.75", "1.00", "1.25"]),
        (60, 60, ["0", "20", "40", "60"]),
        (1444, 1500, ["0", "500", "1,000", "1,500"]),
        (11.0, 12.5, ["0.0", "2.5", "5.0", "7.5", "10.0", "12.5"]),
    ],
)
def test_a_scale_ends_at_a_round_number_and_holds_its_highest_value(
    highest: float, end: float, words: list[str]
) -> None:
    found, ticks = marks(highest)
    assert (found, [text for _, text in ticks]) == (pytest.approx(end), words)


def test_each_step_of_a_funnel_is_a_part_of_the_one_before(book: Book, synced: Book) -> None:
    rows = block(book, STEPS)["rows"]
    assert [(row["value"], row["share"], row["kept"]) for row in rows] == [
        (9.0, "100\u00a0%", ""),
        (6.0, "67\u00a0%", "67\u00a0%"),
        (6.0, "67\u00a0%", "100\u00a0%"),
        (0.0, "0\u00a0%", "0\u00a0%"),
        (0.0, "0\u00a0%", ""),
    ]
    values = [synced.query(name).value() for name in STEPS.metrics]
    assert values == sorted(values, reverse=True) and values[-1] > 0


def test_small_charts_share_their_scale_and_their_last_bucket_may_be_open(book: Book) -> None:
    drawn = block(book, SMALL, period="2026-10-26..2026-10-30")
    assert [(one["label"], one["said"], one["values"]) for one in drawn["series"]] == [
        ("Billing", "6", [2.0, 2.0, 2.0, 0.0, 0.0]),
        ("Shipping", "3", [0.0, 0.0, 0.0, 0.0, 3.0]),
    ]
    assert (drawn["low"], drawn["top"], drawn["partial"], drawn["ends"]) == (0.0, 3.0, 4, ["26 Oct", "30 Oct"])
    assert drawn["keys"][0] == "2026-10-26" and drawn["receipt"] != drawn["lines"]["receipt"]


def test_a_level_and_a_median_stand_as_small_charts_too(book: Book) -> None:
    level = block(book, views.multiples("Open?", "open_backlog", by="team"))
    assert {one["label"] for one in level["series"]} == {"Billing", "Shipping"}
    (wait,) = block(book, views.multiples("How long?", WAIT, by="team"))["series"]
    assert (wait["said"], wait["few"], wait["values"][3:]) == ("32.5\u00a0min", True, [None] * 4)


def test_every_number_has_a_receipt_that_holds_and_leads_to_its_tickets(book: Book) -> None:
    made = page(book)
    sheet = made.sheet()
    named = set(re.findall(r'"receipt": "(r\d+)"', json.dumps(sheet["blocks"])))
    assert named and named <= set(sheet["receipts"])
    document = page(book).report()[PAGE_DATA]
    assert all(verdict.holds for verdict in book.verify(json.loads(json.dumps(document))))
    cells = [row["cell"] for one in sheet["blocks"][:2] for row in one["rows"] if row.get("value", 1)]
    for one in [*cells, *(panel["cell"] for panel in sheet["blocks"][2]["series"])]:
        assert book.count_behind(one["metric"], one["row"], period="2026-10-26..2026-11-01")[0] > 0


def test_where_nothing_matches_each_says_so_and_what_to_do(empty_book: Book) -> None:
    for drawn in page(empty_book).sheet()["blocks"]:
        assert (drawn["state"], drawn["said"]) == ("empty", "Nothing in this period matches.")
        assert "deskbook sync" in drawn["hint"]
    html = page(empty_book).report()["text/html"]
    assert html.count("Nothing in this period matches.") == 3


def test_they_are_cut_and_measured_otherwise_in_place(book: Book) -> None:
    swap = json.dumps(
        {"which-team-is-fastest": {"by": "channel"}, "who-gets-how-much": {"by": "channel", "metric": "open_backlog"}}
    )
    boxes, _, small = page(book, swap=swap).sheet()["blocks"]
    assert [row["label"] for row in boxes["rows"]] == ["chat"]
    assert small["title"] == "Open backlog" and {one["label"] for one in small["series"]} == {"chat", "email"}
    wrong = page(book, swap=json.dumps({"which-team-is-fastest": {"metric": "tickets_created"}})).sheet()
    assert "cannot be changed" in wrong["filters"]["problems"][0]


def test_a_mark_picked_on_a_box_narrows_the_other_views_and_not_its_own(book: Book) -> None:
    pick = json.dumps({"from": "which-team-is-fastest", "row": {"team": "Shipping"}})
    boxes, steps, _ = page(book, pick=pick, period="2026-10-19..2026-11-01").sheet()["blocks"]
    assert len(boxes["rows"]) == 2 and boxes["picked"] == {"team": "Shipping"}
    assert steps["rows"][0]["value"] == 6.0


def test_a_report_draws_all_three_and_escapes_what_people_named(book: Book) -> None:
    book.annotate("<b>Release</b>", "2026-10-28T12:00")
    bundle = page(book).report()
    html = bundle["text/html"]
    assert "class='median'" in html and "class='step-bar'" in html
    assert "<svg viewBox='0 0 100 44'" in html and "<line x1='33.33'" in html
    assert "&lt;b&gt;Release&lt;/b&gt;" in html and "<b>Release" not in html
    assert html.count("<canvas") == 0 and "Bokeh" not in html
    heads = [[head["label"] for head in view["heads"]] for view in bundle[PAGE_DATA]["views"]]
    assert heads[0][0] == "Team" and len(heads[0]) == 7
    assert heads[1] == ["Step", "Tickets", "Of all", "Of the step before"]
    assert heads[2] == ["day", "Billing", "Shipping", "Annotations"]


@pytest.mark.parametrize(
    ("show", "said"),
    [
        (Show("boxes", (WAIT,)), "wants by:"),
        (Show("boxes", ("tickets_created",), by="team"), "cannot stand as boxes"),
        (Show("multiples", ("tickets_created",)), "wants by:"),
        (Show("multiples", ("tickets_created", WAIT), by="team"), "shows one metric"),
        (Show("funnel", ("tickets_created",)), "two or more counts"),
        (Show("funnel", ("tickets_created", "tickets_solved")), "tickets_solved does not"),
        (Show("funnel", ("tickets_created", "tickets_replied"), by="team"), "not cut by anything"),
    ],
)
def test_a_widget_that_cannot_be_shown_says_why(show: Show, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        shown(show)


def test_the_library_offers_each_where_it_fits() -> None:
    fits = {one["name"]: one["fits"] for one in library()}
    assert "boxes" in fits["first_reply_business_median_minutes"] and "boxes" not in fits["tickets_created"]
    assert "multiples" in fits["open_backlog"]
    assert [name for name, kinds in fits.items() if "funnel" in kinds] != [] and "funnel" not in fits["tickets_created"]
    offered = shown(Show("funnel", ("tickets_replied_in_time",)))
    assert offered.asks()[0].metrics == ("tickets_created", "tickets_replied", "tickets_replied_in_time")


def test_a_median_without_percentiles_names_those_that_have_them() -> None:
    with pytest.raises(ConfigError, match="resolution_median_hours"):
        views.spread("Age?", "backlog_age_median_hours", by="team")
