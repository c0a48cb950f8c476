"""A mark picked on a chart narrows every other view, and leaves its own chart whole."""

from __future__ import annotations

import json
from typing import Any

import pytest

from deskbook.book import Book
from deskbook.errors import BadValue, UnknownName
from deskbook.views import bars, cards, filters, heat, ranking
from deskbook.views import page as make_page
from deskbook.views.picks import read_pick

QUESTION = "When do they write?"


def sheet(book: Book, pick: Any = "", **given: str) -> dict[str, Any]:
    text = pick if isinstance(pick, str) else json.dumps(pick)
    sections = [cards("tickets_created"), bars("How many?", "tickets_created", by="channel")]
    sections += [heat(QUESTION, "tickets_created"), ranking("Which teams?", "tickets_created", by="team")]
    chosen = filters(**{"period": "", "team": "", "where": "", "compare": "", "pick": text} | given)
    return make_page("P", question="?", book=book, filters=chosen, sections=sections).sheet()


def created(drawn: dict[str, Any]) -> float:
    return float(drawn["blocks"][0]["items"][0]["raw"])


def picked(book: Book, section: str, row: dict[str, Any], **given: str) -> dict[str, Any]:
    name = section.strip("?").lower().replace(" ", "-")
    return sheet(book, {"from": name, "row": row}, **given)


def test_what_is_picked_is_what_the_other_views_count(synced: Book) -> None:
    whole = sheet(synced)
    for row in whole["blocks"][3]["rows"][:3]:
        drawn = picked(synced, "Which teams?", {"team": row["group"]})
        assert created(drawn) == row["cells"][0]["raw"] == sum(map(sum, drawn["blocks"][2]["values"]))


def test_a_shade_is_the_number_of_tickets_the_page_then_shows(synced: Book) -> None:
    values = sheet(synced)["blocks"][2]["values"]
    best = max((value, day, hour) for day, line in enumerate(values) for hour, value in enumerate(line))
    drawn = picked(synced, QUESTION, {"weekday": best[1] + 1, "hour_of_day": best[2]})
    assert created(drawn) == best[0]
    assert drawn["filters"]["sentence"].endswith(f"{best[2]:02d}:00")


def test_the_chart_that_was_picked_on_keeps_all_its_marks(synced: Book) -> None:
    whole, drawn = sheet(synced), picked(synced, QUESTION, {"weekday": 2, "hour_of_day": 10})
    assert drawn["blocks"][2]["values"] == whole["blocks"][2]["values"]
    assert drawn["blocks"][2]["picked"] == {"weekday": 2, "hour_of_day": 10}
    assert drawn["blocks"][2]["receipt"] in drawn["receipts"]
    assert "picked" not in drawn["blocks"][1]


@pytest.mark.parametrize("ends", [["2026-10-05", "2026-10-05"], ["2026-10-05", "2026-10-08"]])
def test_days_picked_are_the_days_asked_for(synced: Book, ends: list[str]) -> None:
    drawn = picked(synced, "How many?", {"day": ends}, period="2026-10")
    assert created(drawn) == synced.query("tickets_created", period="..".join(ends)).value()


def test_a_week_picked_reaches_no_further_than_the_page(synced: Book) -> None:
    drawn = picked(synced, "How many?", {"week": ["2026-09-28", "2026-09-28"]}, period="2026-10")
    assert created(drawn) == synced.query("tickets_created", period="2026-10-01..2026-10-04").value()


def test_a_part_of_a_bar_is_its_day_and_its_group(synced: Book) -> None:
    drawn = picked(synced, "How many?", {"day": ["2026-10-05", "2026-10-05"], "channel": "email"}, period="2026-10")
    assert created(drawn) == synced.query("tickets_created", period="2026-10-05", where="channel = email").value()


@pytest.mark.parametrize(
    ("pick", "said"),
    [
        ("{", "pick wants JSON"),
        ('{"from": "how-many", "row": {}}', "pick wants JSON"),
        ('{"from": "how-many", "row": {"day": ["2026-10-09", "2026-10-01"]}}', "pick wants JSON"),
        ('{"from": "how-many", "row": {"chanel": "x"}}', "Did you mean 'channel'"),
        ('{"from": "how-many", "row": {"target": "first_reply"}}', "cannot be narrowed to target"),
        ('{"from": "gone", "row": {"channel": "chat"}}', "Unknown view of this page 'gone'"),
        ('{"from": "how-many", "row": {"day": ["2020-01-01", "2020-01-01"]}}', "lie outside"),
    ],
)
def test_a_pick_that_cannot_be_followed_is_said_and_the_page_is_whole(synced: Book, pick: str, said: str) -> None:
    drawn = sheet(synced, pick, period="2026-10")
    assert said in " ".join(drawn["filters"]["problems"])
    assert created(drawn) == synced.query("tickets_created", period="2026-10").value()


def test_no_pick_is_none_and_a_wrong_one_is_named() -> None:
    assert read_pick("") is None
    with pytest.raises(BadValue, match="when-do-they-write"):
        read_pick("[]")
    with pytest.raises(UnknownName):
        read_pick('{"from": "a", "row": {"teem": "x"}}')
