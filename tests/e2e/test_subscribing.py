"""Subscribing to a page from its own menu: by mouse, by keyboard, on a phone, and in two tabs at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from deskbook.book import Book

from .axe import failing
from .conftest import Open, shot

FORM = ".subscriber form"


@pytest.fixture(autouse=True)
def nothing_kept(synced: Book) -> Iterator[None]:
    """Other tests look at the same desk."""
    yield
    held = synced.subscriptions()
    for one in held.seen():
        held.remove(one.name, owner=one.owner, seen=one.version)


def dialog(page: Any, what: str = "add") -> Any:
    """The dialog, once it is drawn."""
    page.click(".export summary")
    page.click(f".export [data-form={what}]")
    page.wait_for_selector(FORM if what == "add" else ".subscriber .new")
    return page.locator(".subscriber")


def row(page: Any, name: str) -> Any:
    return page.locator(".subs li", has=page.locator("strong", has_text=name))


def keep(page: Any, name: str) -> None:
    """Fill in the least there must be, and save."""
    panel = dialog(page)
    panel.locator("[data-field=name]").fill(name)
    panel.locator("[type=checkbox][data-field=folder]").check()
    panel.locator("[type=submit]").click()
    row(page, name).wait_for()


def focused(page: Any) -> str:
    """What has the focus, within the page's own root."""
    return str(page.locator(".sheet").evaluate("el => el.getRootNode().activeElement?.dataset.field || ''"))


def test_a_page_is_subscribed_to_under_its_filters_and_sent_now(tab: Open, synced: Book) -> None:
    page = tab().open("overview?team=Billing")
    panel = dialog(page)
    assert panel.locator(".what").inner_text().startswith("Overview: Billing · last 28 days (now 4 Oct to 31 Oct 2026)")
    panel.locator("select[data-field=at]").select_option("Every Monday")
    panel.locator("[type=time]").fill("07:30")
    panel.locator("[data-field=zone]").fill("Asia/Tokyo")
    panel.locator(".times", has_text="07:30; Mon").wait_for()
    with shot(page, "subscribe-form"):
        panel.locator("[data-field=name]").fill("Monday billing")
        panel.locator("[value=pdf]").uncheck()
        panel.locator("[value=csv]").check()
        panel.locator("[type=checkbox][data-field=folder]").check()
        panel.locator("[aria-label='Folder below deliveries']").fill("billing")
        panel.locator("select[data-field=only_if]").select_option("tickets_created")
        panel.locator("[aria-label='Only if: comparison']").select_option(">")
        panel.locator("input[data-field=only_if]").fill("0")
    panel.locator("[type=submit]").click()
    said = row(page, "Monday billing").inner_text()
    assert "Every Monday at 07:30 · CSV · to folder deliveries/billing · only if tickets_created > 0" in said
    assert "(Asia/Tokyo)" in said and "Last: never" in said
    (kept,) = synced.subscriptions().seen()
    assert kept.form.parameters == {"team": "Billing"} and kept.form.at == "30 7 * * mon"
    page.click("[data-do=send]")
    row(page, "Monday billing").locator(".good", has_text="sent ").wait_for(timeout=90_000)
    with shot(page, "subscriptions"):
        (file,) = (synced.settings.workspace / "deliveries" / "billing").iterdir()
    assert file.name.startswith(kept.key) and file.suffix == ".zip"


def test_a_subscription_is_made_changed_and_ended_by_keyboard(tab: Open, synced: Book) -> None:
    page = tab().open("sla")
    page.locator(".export summary").focus()
    page.keyboard.press("Enter")
    for _ in range(7):  # past what to save, and its forms
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(FORM)
    page.keyboard.type("By keys")
    page.keyboard.press("Enter")
    page.locator(".subscriber .problem", has_text="it goes nowhere").wait_for()
    page.locator("[type=checkbox][data-field=folder]").focus()
    page.keyboard.press("Space")
    page.locator(".subscriber [data-field=name]").focus()
    page.keyboard.press("Enter")
    row(page, "By keys").wait_for()
    page.locator("[data-do=pause]").focus()
    page.keyboard.press("Enter")
    page.locator(".subs .tag", has_text="paused").wait_for()
    assert "Not sent until it is resumed" in row(page, "By keys").inner_text()
    assert synced.subscriptions().one("By keys").form.paused
    page.keyboard.press("Enter")
    page.locator(".subs [data-do=pause]", has_text="Pause").wait_for()
    page.locator("[data-do=remove]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.locator(".subscriber .quiet", has_text="Nothing is sent yet").wait_for()
    page.keyboard.press("Escape")
    assert page.locator(".export summary").evaluate("one => one === one.getRootNode().activeElement")


@pytest.mark.parametrize(
    ("field", "fill", "said"),
    [
        ("at", "0 8 * *", "it has 4 fields and wants 5"),
        ("at", "* * * * *", "twice within 15 minutes"),
        ("zone", "Mars/Base", "no IANA time zone"),
        ("folder", "../notebooks", "is not below deliveries"),
        ("only_if", "many", "wants a metric and a number"),
    ],
)
def test_what_cannot_be_meant_is_said_of_its_field_and_nothing_is_kept(
    tab: Open, synced: Book, field: str, fill: str, said: str
) -> None:
    page = tab().open("overview")
    panel = dialog(page)
    panel.locator("[data-field=name]").fill("Wrong")
    panel.locator("[type=checkbox][data-field=folder]").check()
    if field == "at":
        panel.locator("select[data-field=at]").select_option("Custom (cron)…")
    if field == "only_if":
        panel.locator("select[data-field=only_if]").select_option("csat_good_pct")
    panel.locator(f"input:not([type=checkbox])[data-field={field}]").fill(fill)
    panel.locator("[type=submit]").click()
    panel.locator(".problem", has_text=said).wait_for()
    assert focused(page) == field
    assert synced.subscriptions().seen() == []


def test_of_two_tabs_the_later_is_told_and_may_look_at_the_newest(tab: Open, synced: Book) -> None:
    one, two = tab().open("overview"), tab().open("overview?team=Billing")
    keep(one, "Both")
    panel = dialog(two, "list")
    panel.locator("[data-do=edit]").click()
    one.click("[data-do=edit]")
    one.check(f"{FORM} [value=xlsx]")
    one.click(f"{FORM} [type=submit]")
    row(one, "Both").locator("text=PDF, Excel").wait_for()
    panel.locator("[data-field=parameters]").check()
    panel.locator("[type=submit]").click()
    panel.locator(".problem", has_text="changed meanwhile").wait_for()
    assert synced.subscriptions().one("Both").form.parameters == {}
    panel.locator(".problem button").click()
    panel.locator("[value=xlsx]:checked").wait_for()
    panel.locator("[data-field=parameters]").check()
    panel.locator("[type=submit]").click()
    row(two, "Both").locator("text=Overview: Billing").wait_for()
    assert synced.subscriptions().one("Both").form.to == ("pdf", "xlsx")
    one.click("[data-do=pause]")
    one.locator(".subscriber .problem", has_text="changed meanwhile").wait_for()
    one.keyboard.press("Enter")
    row(one, "Both").locator("text=Overview: Billing").wait_for()
    one.click("[data-do=pause]")
    row(one, "Both").locator(".tag", has_text="paused").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_dialog_fits_thumbs(tab: Open, scheme: str) -> None:
    page = tab(width=390, scheme=scheme).open("overview")
    panel = dialog(page)
    with shot(page, f"subscribe-390-{scheme}"):
        panel.locator("select[data-field=only_if]").select_option("csat_good_pct")
    sizes = panel.locator("button, select, input:not([type=checkbox]), .box").evaluate_all(
        "all => all.filter(one => one.offsetParent).map(one => one.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert failing(page) == []
    panel.locator("[data-field=name]").fill("Phone")
    panel.locator("[type=checkbox][data-field=folder]").check()
    panel.locator("select[data-field=only_if]").select_option("in any case")
    panel.locator("[type=submit]").click()
    row(page, "Phone").wait_for()
    with shot(page, f"subscriptions-390-{scheme}"):
        assert page.locator("[data-do=remove]").bounding_box()["height"] >= 44
    assert failing(page) == []
