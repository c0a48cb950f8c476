"""Annotations on a page: where flags stand, how many are drawn, and that people's words stay words."""

from __future__ import annotations

from typing import Any

import pytest

from deskbook import views
from deskbook.access import Actor
from deskbook.book import Book
from deskbook.views.asking import answer
from deskbook.views.figures import Kit, flag_figure
from deskbook.views.memory import memory_of
from deskbook.views.visit import Visit

from .conftest import filters

PAGE_DATA = "application/vnd.deskbook.page+json"
HOSTILE = "<img src=x onerror=alert(1)>"


def page(book: Book, **given: str) -> views.Page:
    sections = [
        views.bars("How many?", "tickets_created"),
        views.columns("By team?", "tickets_created", by="team"),
        views.lines("How long?", "first_reply_median_minutes", grain="week"),
    ]
    return views.page("Flags", question="What happened?", book=book, filters=filters(**given), sections=sections)  # type: ignore[arg-type]


def flags(book: Book, **given: str) -> list[list[dict[str, Any]]]:
    return [block.get("flags", []) for block in page(book, **given).sheet()["blocks"]]


def test_a_page_without_annotations_carries_none(book: Book) -> None:
    sheet = page(book).sheet()
    assert sheet["annotations"] == []
    assert not any("flags" in block or "happened" in block for block in sheet["blocks"])


def test_a_flag_stands_at_its_moment_on_every_chart_over_time_and_on_no_other(book: Book) -> None:
    book.annotate("Release", "2026-10-28T12:00", kind="release")
    days, groups, weeks = flags(book)
    assert [(one["x"], one["until"], one["first"]) for one in days] == [(2.0, None, 2)]
    assert groups == []
    assert [(one["x"], one["first"]) for one in weeks] == [(-0.1429, 0)]


def test_a_range_is_cut_off_where_the_chart_ends(book: Book) -> None:
    book.annotate("Strike", "2026-10-20", ends="2026-10-27")
    (days, _, _) = flags(book)
    assert [(one["x"], one["until"], one["first"], one["last"]) for one in days] == [(-0.5, 1.5, 0, 1)]


def test_more_than_six_are_counted_and_stay_in_the_list(book: Book) -> None:
    for day in range(26, 32):
        book.annotate(f"Release {day}", f"2026-10-{day}", kind="release")
    book.annotate("The outage", "2026-10-26", kind="outage")
    book.annotate("Something else", "2026-10-31")
    sheet = page(book).sheet()
    shown = {sheet["annotations"][one["note"]]["title"]: one["drawn"] for one in sheet["blocks"][0]["flags"]}
    assert len(shown) == 8 and sum(shown.values()) == 6
    assert shown["The outage"] and not shown["Something else"] and not shown["Release 26"]
    assert sheet["blocks"][0]["happened"][0] == "Release 26; The outage"


def test_they_follow_the_filter(book: Book) -> None:
    book.annotate("Only Billing", "2026-10-28", team="Billing")
    assert [len(one) for one in flags(book, team="Billing")] == [1, 0, 1]
    assert [len(one) for one in flags(book, team="Shipping")] == [0, 0, 0]
    assert flags(book, period="2026-10-19..2026-10-25") == [[], [], []]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("2026-10-28",), "Wed 28 Oct 2026"),
        (("2026-10-28T09:30",), "Wed 28 Oct 2026, 09:30"),
        (("2026-10-28", "2026-10-29"), "Wed 28 Oct 2026 to Thu 29 Oct 2026"),
        (("2026-10-28T09:30", "2026-10-28T11:00"), "Wed 28 Oct 2026, 09:30 to Wed 28 Oct 2026, 11:00"),
    ],
)
def test_when_it_was_is_said_as_people_say_it(book: Book, given: tuple[str, ...], said: str) -> None:
    book.annotate("It", given[0], ends=given[1] if len(given) > 1 else "")
    assert page(book).sheet()["annotations"][0]["said"] == said


def test_they_stand_in_the_report_its_tables_and_nothing_in_them_is_markup(book: Book) -> None:
    book.annotate(HOSTILE, "2026-10-28T12:00", note=f"{HOSTILE}\n=1+1")
    bundle = page(book).report()
    assert HOSTILE not in bundle["text/html"].split("<div class='deskbook-report'>")[1].split("<script")[0]
    assert bundle["text/html"].count("<ol class='flags'><li>Wed 28 Oct 2026, 12:00: &lt;img") == 1, (
        "once for all charts"
    )
    table = bundle[PAGE_DATA]["views"][0]
    assert table["heads"][-1]["label"] == "Annotations"
    assert [row[-1] for row in table["rows"]][2] == HOSTILE


def test_a_figure_of_a_report_draws_bands_lines_and_numbers(book: Book) -> None:
    book.annotate("Strike", "2026-10-27", ends="2026-10-28")
    book.annotate("Release", "2026-10-30", kind="release")
    made = page(book)
    block, kit = made.sheet()["blocks"][0], Kit()
    drawing: Any = made.own["how-many"].drawing(kit)
    drawing.show(block)
    before = len(drawing.figure.renderers)
    flag_figure(kit, drawing.figure, block)
    band, line, text = [one.data_source.data for one in drawing.figure.renderers[before:]]
    assert (band["x0"], band["x1"], line["x"], text["text"]) == ([0.5], [2.5], [0.5, 3.5], ["1", "2"])


def ask(book: Book, actor: Actor, question: str, /, **given: Any) -> dict[str, Any]:
    return answer(Visit(book.pinned(), book, filters(), memory_of(book), actor), {"ask": question, **given})


def test_what_the_browser_sends_is_checked_where_it_is_kept(book: Book) -> None:
    ann, ben = Actor("ann"), Actor("ben")
    given = {"title": "Release", "begins": "2026-10-28T09:00", "kind": "release", "shared": ["everyone"]}
    made = ask(book, ann, "annotate", **given)["annotated"]
    assert "is ann's" in ask(book, ben, "annotate", **given, name=made, owner="ann", seen=1)["problem"]
    assert "is ann's" in ask(book, ben, "take_away", name=made, owner="ann", seen=1)["problem"]
    assert "Unknown role" in ask(book, ann, "annotate", **given | {"shared": ["boss"]})["problem"]
    assert "list of roles" in ask(book, ann, "annotate", **given | {"shared": None})["problem"]
    assert "whole number" in ask(book, ann, "take_away", name=made, seen="1")["problem"]
    assert ask(book, ann, "take_away", name=made, seen=1) == {"gone": made}
    assert book.annotations().empty
