"""A page as a widget of a notebook's kernel, without the kernel: what it sends, and what it takes in."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bokeh.models import ImportedStyleSheet

import deskbook
from deskbook import views
from deskbook.book import Book
from deskbook.views import kernel, theme

from .conftest import filters
from .test_page import page

TEMPLATE = Path(deskbook.__file__).parent / "apps" / "jupyter" / "voila" / "templates" / "deskbook"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What widgets send to the browser."""
    from jupyter_bokeh.widgets import BokehModel

    held: list[str] = []
    monkeypatch.setattr(BokehModel, "send", lambda self, content, buffers=None: held.append(content.get("payload", "")))
    return held


def shown(made: views.Page) -> tuple[Any, dict[str, Any]]:
    """A page's widget, and the message a browser sends when a team is chosen on it."""
    widget = kernel.widget(made._draw())
    values = {"type": "map", "entries": [["set", {"type": "map", "entries": [["team", "Shipping"]]}]]}
    event = {"model": {"id": widget._model.id}, "data": values}
    said = {"type": "event", "name": "data_event", "values": {"type": "map", "entries": list(map(list, event.items()))}}
    return widget, {"event": "jsevent", "kind": "MessageSent", "msg_type": "bokeh_event", "msg_data": said}


def test_a_filter_set_in_the_browser_changes_numbers_and_figures_there(book: Book, sent: list[str]) -> None:
    made = page(book)
    widget, message = shown(made)
    widget._sync_model(widget, message, [])
    assert made.filters.team == "Shipping"
    changed = [json.loads(text)["events"] for text in sent if '"events"' in text]
    assert {event["attr"] for events in changed for event in events if "attr" in event} >= {"sheet", "data"}


def test_what_is_asked_in_the_browser_is_answered_there(book: Book, sent: list[str]) -> None:
    made = page(book)
    widget, _ = shown(made)
    made._heard({"ask": "values", "field": "team", "own": True, "id": 7})
    (events,) = [json.loads(text)["events"] for text in sent if '"events"' in text]
    assert [event["kind"] for event in events] == ["MessageSent"]
    assert "Shipping" in json.dumps(events) and widget._model.id in json.dumps(events)


def test_a_browser_that_comes_later_is_told_what_is_shown_now(book: Book, sent: list[str]) -> None:
    widget, message = shown(page(book))
    at_first = widget.render_bundle
    widget._sync_model(widget, message, [])
    now = json.loads(widget.get_state()["render_bundle"])
    assert ["Team: Shipping" in json.dumps(held["docs_json"]) for held in (at_first, now)] == [False, True]


def test_a_widget_links_to_no_style_sheet(book: Book) -> None:
    widget, _ = shown(page(book))
    assert [one.url for one in widget._model.select({"type": ImportedStyleSheet})] == []


def test_the_scripts_are_all_there_and_load_nothing() -> None:
    text = kernel.scripts()
    assert "BEGIN bokeh.min.js" in text and "BEGIN panel.min.js" in text and "importShim" in text
    assert not re.search(r"cdn\.(bokeh|holoviz)\.org/[^\"]+\.js", text)


def test_outside_a_kernel_a_page_is_its_name(book: Book) -> None:
    assert page(book)._repr_mimebundle_() == {"text/plain": "<Page 'Overview' of 'Deskbook'>"}


def test_in_voila_the_address_filters_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.13")
    monkeypatch.setenv("QUERY_STRING", "team=Billing&teem=x&theme=dark&template=deskbook&token=abc")
    made = filters()
    assert made.team == "Billing"
    assert made.ignored == ("Unknown filter 'teem'. Did you mean 'team'? It is ignored.",)


def test_another_server_s_address_is_none_of_the_page_s_business(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVER_SOFTWARE", "gunicorn/23")
    monkeypatch.setenv("QUERY_STRING", "team=Billing")
    assert filters().team == ""


def test_voila_s_template_wears_the_theme_and_names_no_other_host() -> None:
    text = "".join(file.read_text("utf-8") for file in TEMPLATE.iterdir())
    (light, *dark) = re.findall(r"--paper:[^}]+", text)
    for held, tokens in ((light, theme.LIGHT), (dark[0], theme.DARK), (dark[1], theme.DARK)):
        named = dict(pair.split(":") for pair in held.replace("--", "").split(";"))
        assert named == {name: tokens[name] for name in named} and len(dark) == 2
    assert not re.search(r"//(?!www\.w3\.org/2000/svg)\w", text)
