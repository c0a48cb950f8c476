"""Building filters in a browser: by mouse, by keyboard, as text, on a phone; chips and the way back."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from deskbook.book import Book
from deskbook.views import wording

from .conftest import Open, shot

CARD = ".card[data-metric=tickets_created] .card-value"
PANEL = ".builder:not([hidden])"
NESTED = 'channel = chat and (priority in (high, urgent) or subject contains "refund")'


def created(book: Book, where: str = "") -> str:
    return wording.number(book.query("tickets_created", where=where, period="-28d").value())


def where_of(page: Any) -> str:
    return parse_qs(urlsplit(page.url).query).get("where", [""])[0]


def build(made: Any) -> Any:
    """Open the builder."""
    if made.page.viewport_size["width"] < 500:
        made.page.click(".open-filters")
    made.page.click(".add-filter")
    made.page.wait_for_selector(PANEL)
    return made.page.locator(PANEL)


def apply(made: Any) -> None:
    version = made.version
    made.page.click(f"{PANEL} button[type=submit]")
    made.follow(version)
    made.page.wait_for_timeout(100)  # the address follows once the page is painted


def test_a_nested_filter_is_built_by_mouse(tab: Open, synced: Book) -> None:
    made = tab()
    page = made.open("overview")
    panel = build(made)
    row = panel.locator(".row")
    row.nth(0).locator("select").first.select_option("channel")
    row.nth(0).locator(".value input").fill("chat")
    panel.locator(".add-group").first.click()
    row.nth(1).locator("select").first.select_option("priority")
    row.nth(1).locator(".op").select_option("in")
    row.nth(1).locator(".value input").fill("high")
    row.nth(1).locator(".value input").press("Enter")
    row.nth(1).locator(".value input").fill("urgent")
    panel.locator(".group.inner .add-row").click()
    row.nth(2).locator("select").first.select_option("subject")
    row.nth(2).locator(".value input").fill("refund")
    panel.locator(".line", has_text="subject contains refund").wait_for()
    with shot(page, "builder"):
        said = "channel is chat and (priority is high or urgent or subject contains refund)"
        assert panel.locator(".sentence-line").inner_text().startswith(f"{said} – ")
    apply(made)
    assert where_of(page) == NESTED.replace('"', "")
    assert page.inner_text(CARD) == created(synced, NESTED)
    assert page.locator(".chips li").count() == 2
    page.reload()
    made.settle()
    assert page.inner_text(CARD) == created(synced, NESTED)


def test_a_typed_value_is_added_by_enter_or_by_going_on_and_never_closes_the_panel(tab: Open) -> None:
    made = tab()
    page = made.open("overview")
    panel = build(made)
    row = panel.locator(".row").first
    row.locator("select").first.select_option("priority")
    row.locator(".op").select_option("in")
    box = row.locator(".value input")
    box.focus()
    row.locator("datalist option").first.wait_for(state="attached")
    page.keyboard.type("high")
    assert row.locator(".values li").count() == 0, "what is typed may be the beginning of another word"
    page.keyboard.press("Enter")
    assert row.locator(".values li").count() == 1 and panel.is_visible()
    page.keyboard.type("urgent")
    panel.locator(".add-row").first.click()
    assert panel.locator(".row").count() == 2
    assert row.locator(".values li").count() == 2


def focused(page: Any) -> str:
    """The class of what has the focus, inside the page's shadow."""
    walk = "let at = document.activeElement; while (at.shadowRoot) at = at.shadowRoot.activeElement"
    return str(page.evaluate(f"(() => {{ {walk}; return at.className }})()"))


def test_a_filter_is_built_by_keyboard_and_focus_returns(tab: Open, synced: Book) -> None:
    made = tab()
    page = made.open("overview")
    page.focus(".add-filter")
    keys = page.keyboard
    keys.press("Enter")
    page.wait_for_selector(f"{PANEL} .row select:focus")
    keys.type("Reop")
    for _ in range(2):
        keys.press("Tab")
    keys.type("0")
    version = made.version
    keys.press("Enter")
    made.follow(version)
    assert page.inner_text(CARD) == created(synced, "reopens > 0")
    assert focused(page) == "add-filter"
    keys.press("Enter")
    page.wait_for_selector(f"{PANEL} .group-head select:focus")
    keys.press("Shift+Tab")
    keys.press("Tab")
    assert page.locator(f"{PANEL} :focus").count() == 1
    keys.press("Escape")
    assert page.locator(PANEL).count() == 0
    assert focused(page) == "add-filter"


def test_text_and_builder_are_the_same_filter(tab: Open) -> None:
    made = tab()
    page = made.open("overview")
    panel = build(made)
    panel.get_by_role("tab", name="As text").click()
    text = panel.locator("textarea")
    text.fill("team = ")
    panel.locator(".problem", has_text="cannot be read").wait_for()
    said = "not (tag = vip or not (team is null)) and waiting_hours > 4 and created_at in 2026-10-01..2026-10-03"
    text.fill(said)
    panel.locator(".sentence-line", has_text="created in 1 Oct 2026 to 3 Oct 2026").wait_for()
    panel.get_by_role("tab", name="Build").click()
    assert panel.locator(".row").count() == 4
    assert panel.locator("button.not[aria-pressed=true]").count() == 2
    panel.get_by_role("tab", name="As text").click()
    assert text.input_value() == said
    apply(made)
    assert where_of(page) == said


def test_a_condition_that_is_not_complete_is_named_and_not_applied(tab: Open) -> None:
    made = tab()
    page = made.open("overview")
    panel = build(made)
    panel.locator(".row select").first.select_option("team")
    panel.locator("button[type=submit]").click()
    panel.locator(".problem", has_text="Choose a value for Team.").wait_for()
    assert page.locator(PANEL).count() == 1
    assert where_of(page) == ""


def test_values_are_suggested_with_the_tickets_that_have_them(tab: Open, synced: Book) -> None:
    made = tab()
    made.open("overview?channel=chat")
    panel = build(made)
    panel.locator(".row select").first.select_option("team")
    panel.locator(".value input").focus()
    panel.locator("datalist option").first.wait_for(state="attached")
    counted = synced.query("tickets_created", by="team", where="channel = chat", period="-28d").rows
    shown = panel.locator("datalist option").evaluate_all("all => all.map(one => one.label)")
    assert set(shown) == {f"{row['team']} · {wording.number(row['tickets_created'])}" for row in counted if row["team"]}


def test_a_chip_goes_with_its_cross_and_comes_back_with_undo(tab: Open, synced: Book) -> None:
    made = tab()
    page = made.open("overview?team=Billing&where=reopens%20%3D%200")
    version = made.version
    page.click("[aria-label='Remove Reopens is 0']")
    made.follow(version)
    assert page.inner_text(CARD) == created(synced, "team = Billing")
    version = made.version
    page.keyboard.press("Control+z")
    made.follow(version)
    assert page.inner_text(CARD) == created(synced, "team = Billing and reopens = 0")
    version = made.version
    page.click("text=Clear all")
    made.follow(version)
    assert page.inner_text(CARD) == created(synced)
    version = made.version
    page.click("text=Undo")
    made.follow(version)
    assert page.locator(".chips li").all_inner_texts() == ["Team: Billing\n✕", "Reopens is 0\n✕"]


def test_undo_is_left_to_a_field_somebody_writes_in(tab: Open) -> None:
    made = tab()
    page = made.open("tickets")
    made.choose("team", "Billing")
    page.fill("input[type=search]", "refund")
    page.keyboard.press("Control+z")
    page.wait_for_timeout(300)
    assert page.input_value("[data-field=team]") == "Billing"


def options(page: Any, name: str) -> list[str]:
    """The options of a native field once their counts are there."""
    page.focus(f"[data-field={name}]")
    page.locator(f"[data-field={name}] option", has_text=" · ").first.wait_for(state="attached")
    return list(page.locator(f"[data-field={name}] option").all_inner_texts())


def test_options_count_the_tickets_under_the_other_filters(tab: Open, synced: Book) -> None:
    made = tab()
    page = made.open("overview?priority=urgent")
    shown = options(page, "channel")
    rows = synced.query("tickets_created", by="channel", where="priority = urgent", period="-28d").rows
    counts = {row["channel"]: row["tickets_created"] for row in rows if row["channel"]}
    assert shown[0] == "All channels"
    assert set(shown[1:]) == {f"{word} · {wording.number(counts.get(word, 0))}" for word in synced.choices("channel")}
    empty = [word.endswith(" · 0") for word in shown[1:]]
    assert empty == sorted(empty)
    made.choose("channel", shown[1].split(" · ")[0])
    assert page.inner_text(CARD) == shown[1].split(" · ")[1]


def menu(made: Any) -> Any:
    made.page.click(".quick-filters")
    made.page.wait_for_selector(".keeper:not([hidden]) .quick")
    return made.page.locator(".keeper")


def test_a_quick_filter_is_one_click_and_leaves_the_tickets_it_says(tab: Open) -> None:
    made = tab()
    page = made.open("overview")
    switch = menu(made).locator(".quick button", has_text="Negative mood")
    count = switch.locator(".n").inner_text()
    version = made.version
    switch.click()
    made.follow(version)
    assert page.inner_text(CARD) == count
    assert menu(made).locator(".quick button[aria-pressed=true]").all_inner_texts() == [f"Negative mood\n{count}"]
    page.keyboard.press("Escape")
    assert focused(page) == "quick-filters"


def test_my_team_is_chosen_once_and_kept_by_the_browser(tab: Open, synced: Book) -> None:
    made = tab()
    page = made.open("overview")
    menu(made).locator(".quick select").select_option("Billing")
    page.locator(".quick button", has_text="My team Billing").wait_for()
    page.reload()
    made.settle()
    version = made.version
    menu(made).locator(".quick button", has_text="My team Billing").click()
    made.follow(version)
    assert page.inner_text(CARD) == created(synced, "team = Billing")


def test_a_filter_is_saved_and_used_in_another_tab(tab: Open, synced: Book) -> None:
    made = tab()
    page = made.open("overview?team=Billing&where=reopens%20%3D%200")
    menu(made).locator(".keep").click()
    page.fill(".keeper [aria-label=Name]", "First try")
    page.check(".keeper [value=lead]")
    page.click(".keeper button[type=submit]")
    page.locator(".saved .name", has_text="First try").wait_for()
    with shot(page, "saved-filters"):
        assert "yours · shared with leads" in page.inner_text(".saved li")
    other = tab()
    again = other.open("volume?channel=chat")
    version = other.version
    menu(other).locator(".saved .name").click()
    other.follow(version)
    again.wait_for_url("**/volume?team=Billing&where=reopens+%3D+0")
    menu(other).locator("[aria-label='Delete First try']").click()
    again.click("[aria-label='Delete First try']")
    again.locator(".keeper .quiet", has_text="Nothing saved yet.").wait_for()
    page.click("[aria-label='Change First try']")
    page.fill(".keeper textarea", "team = Billing")
    page.click(".keeper button[type=submit]")
    page.locator(".keeper .problem", has_text="was removed meanwhile").wait_for()
    assert page.input_value(".keeper textarea") == "team = Billing"


def test_a_template_asks_for_its_values(tab: Open, synced: Book) -> None:
    made = tab()
    page = made.open("overview")
    menu(made).locator(".keep").click()
    page.fill(".keeper [aria-label=Name]", "By team")
    page.fill(".keeper textarea", "team = {team} and first_reply_minutes > {minutes}")
    page.click(".keeper button[type=submit]")
    page.locator(".saved .name", has_text="By team").click()
    page.fill(".keeper [aria-label=team]", "Billing")
    page.fill(".keeper [aria-label=minutes]", "30")
    version = made.version
    page.click(".keeper button[type=submit]")
    made.follow(version)
    assert page.inner_text(CARD) == created(synced, "team = Billing and first_reply_minutes > 30")
    menu(made).locator("[aria-label='Delete By team']").click()
    page.click("[aria-label='Delete By team']")
    page.locator(".keeper .quiet", has_text="Nothing saved yet.").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_builder_fills_the_screen_and_fits_thumbs(tab: Open, synced: Book, scheme: str) -> None:
    made = tab(width=390, scheme=scheme)
    page = made.open(f"overview?where={NESTED}")
    panel = build(made)
    box = panel.bounding_box()
    assert box and (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    sizes = panel.locator("button, select, input").evaluate_all(
        "all => all.filter(one => one.offsetParent).map(one => one.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    with shot(page, f"builder-390-{scheme}"):
        panel.locator(".row").nth(2).locator(".drop").click()
    apply(made)
    assert page.inner_text(CARD) == created(synced, "channel = chat and priority in (high, urgent)")
