from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from bokeh.core.json_encoder import serialize_json
from bokeh.document import Document
from bokeh.models import ColumnDataSource, DataRange1d, GlyphRenderer, LinearAxis, Plot, Range1d
from bokeh.settings import settings
from bokeh.themes import Theme

from deskbook.book import Book
from deskbook.views import lean
from deskbook.views.figures import Cells, Kit

from .test_figures import SECTIONS, drawn


@pytest.fixture(autouse=True)
def _as_bokeh_does() -> Iterator[None]:
    yield
    lean.use(False)


def written(make: Callable[[], Any], *, ours: bool) -> Any:
    """What is sent of a new figure, its models numbered in the order they stand there."""
    lean.use(ours)
    document = Document()
    document.add_root(make())
    text = serialize_json(document.to_json())
    names = dict.fromkeys(re.findall(r'"id":\s*"(p?\d+)"', text))
    for at, name in enumerate(names):
        text = text.replace(f'"{name}"', f'"#{at}"')
    return json.loads(text)["roots"]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: type(section).__name__)
def test_a_figure_is_written_as_bokeh_would(book: Book, section: Any) -> None:
    wanted, found = (written(lambda: drawn(book, section).figure, ours=ours) for ours in (False, True))
    assert found == wanted
    assert len(json.dumps(found)) > 3_000


def test_a_figure_without_data_is_too() -> None:
    def make() -> Any:
        return Cells(Kit(), 24, ["Mon", "Tue"], {0: "0"}).figure

    assert written(make, ours=True) == written(make, ours=False)


def test_bokeh_has_what_our_pages_leave_out_in_the_browser() -> None:
    """A version of Bokeh that calls it otherwise would do it again, and nobody would see but the clock."""
    given = (settings.bokehjs_path() / "js" / "bokeh.min.js").read_text("utf-8")
    asks = re.findall(r"_get_css_value\((\w*)\)\{", given)
    assert len(asks) == 1 and "get base_font_size(){const" in given


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: type(section).__name__)
def test_letters_are_measured_in_pixels(book: Book, section: Any) -> None:
    """`lean.js` tells a plot no size of an em."""
    sent = json.dumps(written(lambda: drawn(book, section).figure, ours=True))
    sizes = re.findall(r'"\w*font_size": ("[^"]*"|\{[^}]*\})', sent)
    assert sizes and all(re.search(r'"\d+px"', one) for one in sizes)


def test_a_change_is_told_and_what_is_equal_is_none() -> None:
    lean.use()
    axis, heard = LinearAxis(), []
    source = ColumnDataSource(data={"x": [1]})
    axis.on_change("visible", lambda name, old, new: heard.append((old, new)))
    source.on_change("data", lambda name, old, new: heard.append(dict(new)))
    axis.visible = True
    axis.visible = False
    source.data = {"x": [2]}
    assert heard == [(True, False), {"x": [2]}]


def test_no_two_models_share_what_can_be_changed() -> None:
    lean.use()
    one, other = Plot(), Plot()
    one.renderers.append(GlyphRenderer())
    one.x_range.tags.append("here")
    assert other.renderers == [] and other.x_range.tags == [] and one.x_range is not other.x_range


def test_a_theme_still_dresses_a_model() -> None:
    lean.use()
    document, plain = Document(theme=Theme(json={"attrs": {"Plot": {"background_fill_color": "#123456"}}})), Plot()
    document.add_root(plain)
    assert plain.background_fill_color == "#123456"
    assert Plot().background_fill_color == "#ffffff"


def test_a_model_given_makes_no_default_to_be_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    begin = DataRange1d.__init__

    def count(self: Any, *given: Any, **more: Any) -> None:
        made.append(type(self).__name__)
        begin(self, *given, **more)

    monkeypatch.setattr("bokeh.models.ranges.DataRange1d.__init__", count)
    for ours, wanted in ((False, 2), (True, 0)):
        made.clear()
        lean.use(ours)
        Plot(x_range=Range1d(0, 1), y_range=Range1d(0, 1))
        assert len(made) == wanted
