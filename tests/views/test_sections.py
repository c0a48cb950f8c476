from __future__ import annotations

import json

import pytest

from deskbook import views
from deskbook.book import Book
from deskbook.errors import BadValue, UnknownName

from .conftest import block


def test_a_card_shows_value_change_and_baseline(book: Book) -> None:
    card = block(book, views.cards("tickets_created"))["items"][0]
    assert (card["value"], card["unit"], card["raw"]) == ("9", "", 9)
    assert card["change"] == {"arrow": "up", "tone": "neutral", "text": "80\u00a0%", "word": "up"}
    assert card["baseline"] == "vs the 7 days before"
    assert card["line"] == [2, 2, 2, 0, 3, 0, 0]


def test_a_card_with_few_rows_is_grey_and_has_no_arrow(book: Book) -> None:
    card = block(book, views.cards("first_reply_median_minutes"))["items"][0]
    assert (card["few"], card["change"], card["sample"]) == (True, None, "only 6 – too few to lean on")
    assert card["target"] == "target 60\u00a0min"


def test_a_card_without_a_period_before_has_no_arrow(book: Book) -> None:
    card = block(book, views.cards("tickets_created"), period="2026-10-19..2026-10-25")["items"][0]
    assert (card["value"], card["change"]) == ("5", None)


def test_a_card_for_all_time_has_no_arrow(book: Book) -> None:
    assert block(book, views.cards("tickets_created"), period="")["items"][0]["change"] is None


def test_bars_stack_the_parts_and_keep_empty_days(book: Book) -> None:
    drawn = block(book, views.bars("How many?", "tickets_created", by="channel", ghost=True))
    assert drawn["keys"][0] == "2026-10-26"
    assert len(drawn["keys"]) == 7
    assert {one["label"]: one["values"] for one in drawn["series"]} == {
        "chat": [2, 2, 2, 0, 0, 0, 0],
        "email": [0, 0, 0, 0, 3, 0, 0],
    }
    assert drawn["ghost"]["values"] == [2, 3, 0, 0, 0, 0, 0]
    assert drawn["caption"] == "Tickets created by channel, per day"


def test_the_ghost_goes_when_no_comparison_is_wanted(book: Book) -> None:
    drawn = block(book, views.bars("How many?", "tickets_created", ghost=True), compare="")
    assert drawn["ghost"] is None


def test_lines_are_unknown_where_nothing_was_measured(book: Book) -> None:
    drawn = block(book, views.lines("How long?", "first_reply_median_minutes", target=60))
    assert drawn["series"][0]["values"] == [31.5, 32.5, 33.5, None, None, None, None]
    assert drawn["target"] == {"value": 60, "label": "target 60\u00a0min"}


def test_two_lines_carry_their_names_without_their_common_words(book: Book) -> None:
    drawn = block(book, views.lines("How long?", "first_reply_median_minutes", "first_reply_p90_minutes"))
    assert [one["short"] for one in drawn["series"]] == ["median", "90th percentile"]
    assert drawn["direct"]
    assert drawn["caption"] == "First reply, min, per day"


def test_series_beyond_nine_become_other(book: Book) -> None:
    drawn = block(book, views.bars("Who?", "tickets_created", by="ticket"))
    assert len(drawn["series"]) == 9
    drawn = block(book, views.bars("Who?", "tickets_created", by="ticket"), period="2026-10-19..2026-11-01")
    assert [one["label"] for one in drawn["series"]][-1] == "other (5)"
    assert sum(value for one in drawn["series"] for value in one["values"]) == 14


@pytest.mark.parametrize(
    ("period", "grain"), [("2026-10-26", "hour"), ("-28d", "day"), ("-200d", "week"), ("-800d", "month"), ("", "month")]
)
def test_the_grain_fits_the_period(book: Book, period: str, grain: str) -> None:
    assert block(book, views.bars("How many?", "tickets_created"), period=period)["grain"] == grain


def test_heat_places_tickets_by_weekday_and_hour(book: Book) -> None:
    drawn = block(book, views.heat("When?", "tickets_created"))
    assert [row[9] for row in drawn["values"]] == [2, 2, 2, 0, 3, 0, 0]
    assert drawn["texts"][4][9] == "3\u00a0tickets"


def test_heat_leaves_hours_with_few_tickets_blank(book: Book) -> None:
    drawn = block(book, views.heat("When?", "first_reply_median_minutes"))
    assert drawn["values"][0][9] is None
    assert drawn["texts"][0][9].startswith("31.5")


def test_drivers_rank_groups_by_their_change(book: Book) -> None:
    drawn = block(book, views.drivers("What moved it?", "tickets_created", by=["team"]))
    assert [(row["label"], row["value"]) for row in drawn["rows"]] == [("Team: Billing", 4.0)]
    assert drawn["rows"][0]["text"] == "+4\u00a0tickets (2 → 6)"


def test_drivers_want_a_metric_that_adds_up() -> None:
    with pytest.raises(BadValue, match="does not add up"):
        views.drivers("What moved it?", "csat_good_pct", by=["team"])


def test_rankings_order_groups_and_give_their_share(book: Book) -> None:
    drawn = block(book, views.ranking("Who?", "tickets_created", by="team", also=["first_reply_median_minutes"]))
    assert [(row["label"], row["share"]) for row in drawn["rows"]] == [
        ("Billing", "67\u00a0%"),
        ("Shipping", "33\u00a0%"),
    ]
    assert drawn["rows"][0]["cells"][0]["cell"] == {"metric": "tickets_created", "row": {"team": "Billing"}}
    assert drawn["rows"][1]["cells"][1]["text"] == "–"


def test_a_ranking_whose_tickets_hold_nothing_to_measure_says_what_is_left_out(book: Book) -> None:
    drawn = block(book, views.ranking("In time?", "due_met_pct", by="team", also=["tickets_created"]))
    assert (drawn["state"], drawn["said"]) == ("empty", "Nothing to measure in this period.")
    assert drawn["hint"] == "Left out: tickets without a due date, and open ones that are not due yet."


def test_the_sentence_names_what_explains_the_change(book: Book) -> None:
    drawn = block(book, views.sentence("tickets_created"))
    said = "".join(part["text"] for part in drawn["parts"]).replace("\u00a0", " ")
    assert said == "9 tickets came in, 80 % up. Billing (team) accounts for 100 % of the change in tickets."


@pytest.mark.parametrize(
    "section",
    [
        views.bars("How many?", "tickets_created", by="team", ghost=True),
        views.lines("How long?", "first_reply_median_minutes"),
        views.heat("When?", "tickets_created"),
        views.ranking("Who?", "tickets_created", by="team"),
        views.drivers("What moved it?", "tickets_created", by=["team"]),
        views.ticket_table(),
        views.source_table(),
    ],
)
def test_an_empty_workspace_draws_its_empty_state(empty_book: Book, section: views.bars) -> None:  # type: ignore[valid-type]
    drawn = block(empty_book, section)  # type: ignore[arg-type]
    assert drawn["state"] == "empty"
    assert drawn["said"] and drawn["hint"]


def test_blocks_are_plain_json(book: Book) -> None:
    sections = [
        views.cards("tickets_created", "first_reply_median_minutes"),
        views.lines("How long?", "first_reply_median_minutes", by="team"),
        views.ticket_table(),
    ]
    for section in sections:
        json.dumps(block(book, section), allow_nan=False)


def test_unknown_metrics_are_refused_when_the_page_is_declared() -> None:
    with pytest.raises(UnknownName, match="first_reply_median_minutes"):
        views.cards("first_reply_mediam_minutes")
