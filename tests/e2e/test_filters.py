"""Filters in a browser: they change the numbers, live in the URL, and survive being wrong."""

from __future__ import annotations

import pytest

from deskbook.book import Book
from deskbook.views import wording

from .conftest import Open

CARD = ".card[data-metric=tickets_created] .card-value"


def created(book: Book, where: str = "", period: str = "-28d") -> str:
    return wording.number(book.query("tickets_created", where=where, period=period).value())


def test_a_filter_changes_the_numbers_to_those_of_book_query(tab: Open, synced: Book) -> None:
    made = tab()
    page = made.open("overview")
    assert page.inner_text(CARD) == created(synced)
    made.choose("team", "Billing")
    made.choose("channel", "chat")
    assert page.inner_text(CARD) == created(synced, "team = Billing and channel = chat")
    assert page.inner_text(".said").startswith("Billing · chat · ")


def test_nothing_is_looked_up_in_the_style_sheet_for_each_line_and_letter_drawn(tab: Open) -> None:
    made = tab()
    page = made.open("overview")
    page.evaluate(
        "() => { const look = CSSStyleDeclaration.prototype.getPropertyValue; window.looks = 0;"
        " CSSStyleDeclaration.prototype.getPropertyValue = function (name) {"
        " looks += 1; return look.call(this, name) }}"
    )
    made.choose("team", "Billing")
    assert 0 <= page.evaluate("looks") < 100  # Bokeh by itself: two thousand


def test_a_reload_keeps_the_filter_and_back_undoes_it(tab: Open, synced: Book) -> None:
    made = tab()
    page = made.open("overview")
    made.choose("team", "Billing")
    page.wait_for_url("**/overview?team=Billing")
    page.reload()
    made.settle()
    assert page.inner_text(CARD) == created(synced, "team = Billing")
    made.choose("team", "")
    version = made.version
    page.go_back()
    made.follow(version)
    assert page.inner_text(CARD) == created(synced, "team = Billing")


def test_a_period_can_be_chosen_by_its_dates(tab: Open, synced: Book) -> None:
    made = tab()
    page = made.open("overview")
    page.select_option("[data-field=period]", "…")
    version = made.version
    page.fill("[aria-label='First day']", "2026-10-01")
    page.fill("[aria-label='Last day']", "2026-10-15")
    page.click(".dates button")
    made.follow(version)
    assert page.inner_text(CARD) == created(synced, period="2026-10-01..2026-10-15")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("team=Biling", "Did you mean 'Billing'?"),
        ("teem=Billing", "Did you mean 'team'? It is ignored."),
        ("where=colour%20%3D%20red", "Unknown dimension 'colour'"),
        ("period=sometime", "is no period"),
        ("where=team%20%3D", "Filter cannot be read"),
        ("where=%3Cscript%3Ealert(1)%3C%2Fscript%3E", "Filter cannot be read"),
    ],
)
def test_a_wrong_filter_is_said_and_the_page_still_works(tab: Open, synced: Book, query: str, said: str) -> None:
    made = tab()
    page = made.open(f"overview?{query}")
    assert said in page.inner_text(".problems")
    assert page.inner_text(CARD) == created(synced)
    made.choose("team", "Billing")
    assert page.inner_text(CARD) == created(synced, "team = Billing")


def test_a_filter_that_matches_nothing_draws_the_empty_state(tab: Open) -> None:
    page = tab().open("overview?where=language%20%3D%20xx")
    assert page.locator(".state.empty").count() >= 4
    assert "undefined" not in page.inner_text(".sheet") and "NaN" not in page.inner_text(".sheet")


def test_the_comparison_can_be_turned_off(tab: Open) -> None:
    made = tab()
    page = made.open("overview")
    assert page.locator(".card .change").count()
    version = made.version
    page.select_option("[data-field=compare]", "")
    made.follow(version)
    assert page.locator(".card .change").count() == 0


def test_what_is_asked_again_leaves_the_page_as_it_is_and_not_waiting(tab: Open) -> None:
    made = tab()
    page = made.open("tickets")
    page.fill("[data-field=search]", "refund")
    version = made.version
    page.keyboard.press("Enter")
    made.follow(version)
    version = made.version
    again = "form => { form.requestSubmit(); return form.getRootNode().querySelector('.sheet.busy') !== null }"
    assert page.locator("form.search").evaluate(again)
    made.settle()
    assert made.version == version
