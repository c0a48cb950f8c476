"""Ask as a person uses it: ask, open a number and a message, change the plan, ask further; by mouse, keys and thumb."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlparse

from playwright.sync_api import Page, expect

from deskbook.book import Book

from .conftest import Open

QUESTION = "Why was sentiment negative on Oct 31?"


def asked(page: Page, question: str) -> None:
    page.fill("[data-field=question]", question)
    page.keyboard.press("Enter")
    page.wait_for_selector(".planned", timeout=60_000)
    page.wait_for_url("**question=*")


def plan_of(page: Page) -> dict[str, object]:
    return dict(json.loads(parse_qs(urlparse(page.url).query)["plan"][0]))


def test_a_number_opens_its_receipt_and_a_card_its_message(tab: Open) -> None:
    page = tab().open("ask")
    asked(page, QUESTION)
    number = page.locator(".claims .figure-link").first
    text = number.inner_text()
    number.click()
    expect(page.locator(".drawer .big")).to_have_text(text)
    assert "SELECT" in page.inner_text(".drawer pre >> nth=-1")
    page.keyboard.press("Escape")
    quote = page.inner_text(".evidence blockquote >> nth=0").split("\n")[0]
    page.click(".evidence a >> nth=0")
    page.wait_for_selector(".message.pointed", timeout=30_000)
    assert quote in page.inner_text(".message.pointed")


def test_the_plan_is_changed_by_keyboard_and_stands_in_the_address(tab: Open) -> None:
    page = tab().open("ask")
    asked(page, "How many tickets last week?")
    page.locator(".plan-chips .chip", has_text="When").focus()
    page.keyboard.press("Enter")
    field = page.locator(".plan-edit input")
    expect(field).to_be_focused()
    field.fill("next blue moon")
    page.keyboard.press("Enter")
    expect(page.locator(".plan-edit .problem")).to_contain_text("next blue moon")
    field.fill("2026-10")
    page.keyboard.press("Enter")
    expect(page.locator(".plan-chips .chip", has_text="When")).to_contain_text("1 Oct 2026 to 31 Oct 2026")
    assert plan_of(page)["period"] == "2026-10"
    page.reload()
    expect(page.locator(".plan-chips .chip", has_text="When")).to_contain_text("1 Oct 2026", timeout=30_000)
    page.locator(".plan-chips .chip", has_text="When").focus()
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".plan-edit")).to_be_hidden()


def test_asking_further_keeps_the_filter(tab: Open, synced: Book) -> None:
    page = tab().open("ask")
    team = synced.choices("team")[0]
    asked(page, f"How many tickets in October in {team}?")
    page.click(".follow .chip >> text=by channel")
    expect(page.locator(".plan-chips .chip", has_text="By")).to_contain_text("Channel", timeout=30_000)
    assert plan_of(page)["filters"] == f"team = {team}"
    page.fill(".follow input", "and in September?")
    page.keyboard.press("Enter")
    expect(page.locator(".plan-chips .chip", has_text="When")).to_contain_text("1 Sep 2026", timeout=30_000)
    assert plan_of(page)["by"] == ["channel"]
    page.fill(".follow input", "blue moon")
    page.keyboard.press("Enter")
    expect(page.locator(".follow .problem")).to_contain_text("blue moon")


def test_on_a_phone_all_of_it_is_reached_by_thumb(tab: Open) -> None:
    page = tab(width=390, has_touch=True, is_mobile=True).open("ask")
    asked(page, QUESTION)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = page.eval_on_selector_all(
        ".ask button, .ask a, .ask input:not([type=checkbox]), .ask label, .ask summary",
        "all => all.filter((one) => one.offsetParent && !one.classList.contains('figure-link')"
        " && one.getBoundingClientRect().height < 44).map((one) => one.className + ' ' + one.innerText)",
    )
    assert small == []
    page.locator(".plan-chips .chip").first.tap()
    expect(page.locator(".plan-edit select")).to_be_visible()


def test_an_answer_is_judged_kept_and_found_again(tab: Open, synced: Book) -> None:
    page = tab().open("ask")
    question = "How many tickets in October by channel?"
    asked(page, question)
    page.click("[aria-label='Bad answer']")
    expect(page.locator(".thumb >> nth=1")).to_have_attribute("aria-pressed", "true")
    line = page.locator(".asked form input")
    expect(line).to_be_focused()
    line.fill("Without spam")
    page.keyboard.press("Enter")
    expect(page.locator(".asked [role=status]")).to_contain_text("kept with the question")
    page.check(".again input")
    page.click("text=Make a test")
    expect(page.locator(".asked [role=status]")).to_contain_text("answers/", timeout=10_000)
    found = next(one for one in synced.asked().find("channel") if one.question == question)
    assert (found.thumb, found.correction, found.kept) == (-1, "Without spam", True)
    (synced.settings.workspace / page.inner_text(".asked [role=status]").split(" is ")[0]).unlink()
    synced.asked().keep(found.id, kept=False)
    page.goto(page.url.split("?")[0])
    page.click("text=Asked before")
    page.fill("[aria-label='Search what was asked']", "october channel")
    page.click(f".asked-list .link >> text={question}")
    page.wait_for_selector(".planned", timeout=60_000)
    expect(page.locator("[data-field=question]")).to_have_value(question)


def test_questions_without_an_answer_are_listed_with_how_often_they_came(tab: Open, synced: Book) -> None:
    page = tab().open("ask?question=What+is+the+weather+on+the+moon")
    page.click("text=Asked before")
    listed = page.locator(".asked-list li", has_text="weather on the moon")
    expect(page.locator("h3", has_text="Could not be answered")).to_be_visible(timeout=10_000)
    expect(listed.last).to_be_visible()
    assert any("weather on the moon" in one.questions[0] for one in synced.asked().unanswered())


def test_a_report_of_an_answer_starts_as_a_subscription_to_it(tab: Open) -> None:
    page = tab().open("ask")
    asked(page, "How many tickets in October?")
    page.click("text=Make a report")
    expect(page.locator(".subscriber")).to_be_visible(timeout=10_000)
    expect(page.locator(".subscriber")).to_contain_text("Ask")
