"""The Social page: numbers lead to their posts, a hashtag narrows all of it, and without a channel it says so."""

from __future__ import annotations

from deskbook.book import Book

from .conftest import Open, shot

EVER = "social?period="


def test_a_posts_reactions_lead_to_that_post(tab: Open) -> None:
    made = tab()
    page = made.open(EVER)
    made.worked_out()
    page.locator("table.listing button").first.click()
    page.click(".drawer a.button")
    page.wait_for_url("**/tickets?*cell=*")
    made.settle()
    assert page.inner_text(".count").split()[0] == "1" and "channel" in page.url


def test_a_hashtag_narrows_the_whole_page(tab: Open, synced: Book) -> None:
    made = tab()
    page = made.open(EVER)
    made.worked_out()
    row, version = page.locator("table.ranking button.pick", has_text="#northlight"), made.version
    row.click()
    made.follow(version)
    wanted = synced.count_tickets(where='channel = social and tag = "#northlight"')
    with shot(page, "social-hashtag"):
        assert page.inner_text(".card[data-metric=tickets_created] .card-value") == str(wanted) and wanted


def test_without_a_social_channel_every_section_says_that_nothing_matches(tab: Open) -> None:
    made = tab(390)
    page = made.open("social?where=channel+%3D+telegraph")
    made.worked_out()
    with shot(page, "social-empty"):
        assert page.locator("text=Nothing in this period matches.").count() >= 5
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
