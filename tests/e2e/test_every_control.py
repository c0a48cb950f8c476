"""Every kind of control on every page is pressed, by mouse and by keys: nothing fails, nothing complains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pytest
from playwright.sync_api import Error

from deskbook.apps.workspace import make_workspace
from deskbook.book import Book
from deskbook.settings import load_settings

from .conftest import Tab, serving
from .test_pages import PAGES

HANDS: Final[dict[str, dict[str, Any]]] = {
    "mouse": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "keys": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}
LEAST: Final = 90
"""Kinds of control that the pages have at the least: fewer, and the test has looked past them."""

# A kind is where it stands, what it looks like and, but for marks and groups, what it says.
LOOK: Final = """() => {
  const roots = [document], all = what => roots.flatMap(root => [...root.querySelectorAll(what)])
  for (const root of roots) for (const el of root.querySelectorAll('*')) if (el.shadowRoot) roots.push(el.shadowRoot)
  const seen = what => all(what).filter(el => el.checkVisibility())
  const pages = seen('.behind-pages').length ? seen('nav')[0] : null
  const open = seen('[role=dialog], dialog[open], .export[open] .export-forms').at(-1) || pages
  const places = '.panel, .bar, nav, .foot, .cards, .sentence, .drawer, .sidesheet, dialog, .arrange-bar, .export-forms'
  const groups = 'table, .spread, .funnel, .multiples, .quick, nav, .found, .values, .card, .flag, .slot'
  const found = all('button, summary, select, a[href], [tabindex="0"], input, textarea').filter(el =>
    el.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !el.disabled && !el.closest('[inert]')
    && el.getBoundingClientRect().width > 1 && el.getBoundingClientRect().right > 0 && (!open || open.contains(el)))
  const said = el => (el.getAttribute('aria-label') || el.textContent || el.placeholder || '').trim()
  window.controls = found
  return {open: Boolean(open), failed: seen('.state.failed').map(el => el.textContent),
    kinds: found.map(el => [el.tagName, el.type || '', el.className, el.closest(places)?.className,
      el.closest(groups) ? '' : said(el).replace(/:.*|[0-9]+/g, '').slice(0, 24)].join('|'))}
}"""
LAST: Final = ("Close", "Cancel", "Back", "Done", "Apply", "Save", "Use", "Show")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk of its own: what is pressed here is kept, paused and saved."""
    home = make_workspace(tmp_path_factory.mktemp("house") / "desk", sample=600, seed=5)
    Book(load_settings(home, {})).sync()
    with serving(home, "-m", "deskbook", "serve", "--port") as url:
        yield url


@dataclass
class Hand:
    """Somebody who presses each kind of control once.

    Attributes:
        wrong: what did not go well, in words.
    """

    tab: Tab
    how: str
    seen: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def visit(self, name: str) -> None:
        """Press on one page whatever was not pressed before, what opens included."""
        self._open(name)
        while True:
            held = self.tab.page.evaluate(LOOK)
            left = [(kind, at) for at, kind in enumerate(held["kinds"]) if kind not in self.seen]
            if left:
                kind, at = min(left, key=lambda one: one[0].rsplit("|", 1)[-1].startswith(LAST))
                self.seen.add(kind)
                self._press(name, kind, at)
            elif held["open"]:
                self._leave(name)
            else:
                return

    def _open(self, name: str) -> None:
        self.tab.open(name)
        self.tab.worked_out()

    def _press(self, name: str, kind: str, at: int) -> None:
        page, control = self.tab.page, self.tab.page.evaluate_handle(f"controls[{at}]").as_element()
        tag, typ = kind.split("|")[:2]
        try:
            if tag == "SELECT" and self.how != "keys":
                control.select_option(index=control.evaluate("one => one.options.length - 1"))
            elif self.how == "keys" or typ in ("date", "datetime-local", "time", "number"):
                control.focus()
                page.keyboard.press({"SELECT": "ArrowDown", "INPUT": "Space"}.get(tag, "Enter"))
            else:
                control.click()
            page.wait_for_timeout(60)
            if page.url.split("?")[0].split("#")[0].rsplit("/", 1)[-1] != name:
                return self._open(name)
            self.tab.settle()
        except Error as error:  # noted, so that one run tells of all that is wrong
            self.wrong.append(f"{name}: {kind}: {str(error)[:200]}")
            return self._open(name)
        self.wrong += [f"{name}: {kind}: {said}" for said in page.evaluate(LOOK)["failed"]]

    def _leave(self, name: str) -> None:
        """Escape closes what is open, whatever it is."""
        self.tab.page.keyboard.press("Escape")
        self.tab.page.wait_for_timeout(60)
        held = self.tab.page.evaluate(LOOK)
        if held["open"] and all(kind in self.seen for kind in held["kinds"]):
            self.tab.page.keyboard.press("Escape")
            self.tab.page.wait_for_timeout(60)
            if self.tab.page.evaluate(LOOK)["open"]:
                self.wrong.append(f"{name}: Escape leaves it open: {held['kinds'][:2]}")
                self._open(name)


@pytest.mark.parametrize("how", HANDS)
def test_every_kind_of_control_is_pressed_and_nothing_fails(chromium: Any, house: str, how: str) -> None:
    context = chromium.new_context(**HANDS[how])
    context.set_default_timeout(10_000)
    tab = Tab(context.new_page(), house).watch("error", "warning")
    tab.page.route("**/export/**", lambda route: route.fulfill(status=200, body="a file"))
    hand = Hand(tab, how)
    for name in PAGES:
        hand.visit(name)
    context.close()
    assert (hand.wrong, tab.complaints, tab.foreign) == ([], [], [])
    assert len(hand.seen) > LEAST
