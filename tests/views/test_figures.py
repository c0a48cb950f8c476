from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from bokeh.core.validation import check_integrity
from bokeh.document import Document

from deskbook import views
from deskbook.book import Book
from deskbook.views.figures import HUE, Kit
from deskbook.views.section import Section

from .conftest import block

SECTIONS: Sequence[Any] = (
    views.bars("How many?", "tickets_created", by="channel", ghost=True),
    views.lines("How long?", "first_reply_median_minutes", "first_reply_p90_minutes", target=30),
    views.heat("When?", "tickets_created"),
    views.drivers("What moved it?", "tickets_created", by=["team"]),
)


def drawn(book: Book, section: Any, **given: str) -> Any:
    drawing = section.drawing(Kit())
    drawing.show(block(book, section, **given))
    return drawing


def test_bars_stand_on_each_other(book: Book) -> None:
    bars = drawn(book, SECTIONS[0], where="ticket in (0, 6, 7)").bars.data
    assert dict(zip(bars["left"], bars["top"], strict=True)) == {-0.4: 1.0, 3.6: 2.0}
    bars = drawn(book, views.bars("How many?", "tickets_created", by="ticket"), where="ticket in (0, 3)").bars.data
    assert (bars["bottom"], bars["top"]) == ([0.0, 1.0], [1.0, 2.0])


def test_the_last_period_is_drawn_as_ticks(book: Book) -> None:
    assert drawn(book, SECTIONS[0]).ghost.data["y"] == [2, 3, 0, 0, 0, 0, 0]


def test_an_unfinished_bucket_is_hatched(book: Book) -> None:
    drawing = drawn(book, SECTIONS[0], period="2026-10-26..2026-10-30")
    assert drawing.partial.data["top"] == [3.0]
    assert len(drawing.bars.data["top"]) == 3


def test_an_unfinished_bucket_ends_a_line_in_dots(book: Book) -> None:
    section = views.lines("How many?", "tickets_created")
    lines = drawn(book, section, period="2026-10-26..2026-10-30").lines.data
    assert lines["dash"] == ["solid", [2, 3]]
    assert lines["ys"][1] == [0.0, 3.0]


def test_cells_are_replaced_before_the_bounds_of_their_shades(book: Book) -> None:
    drawing = drawn(book, SECTIONS[2])
    told: list[Any] = []
    document = Document()
    document.add_root(drawing.figure)
    document.on_change(lambda event: told.append(event.model))
    drawing.show(block(book, SECTIONS[2], where="ticket = 0"))
    assert drawing.mapper in told
    # Else the browser goes through cells that are being replaced, and complains of their number.
    assert told.index(drawing.cells) < told.index(drawing.mapper)


def test_a_target_is_a_dotted_line_with_its_name(book: Book) -> None:
    drawing = drawn(book, SECTIONS[1])
    at = drawing.lines.data["dash"].index("dotted")
    assert (drawing.lines.data["ys"][at], drawing.lines.data["colour"][at]) == ([30, 30], HUE["edge"])
    assert "target 30\u00a0min" in drawing.words.data["text"]


def test_a_target_far_above_the_values_is_left_out(book: Book) -> None:
    far = views.lines("How long?", "first_reply_median_minutes", target=6000)
    assert "dotted" not in drawn(book, far).lines.data["dash"]


def test_counts_are_drawn_from_zero(book: Book) -> None:
    figure = drawn(book, SECTIONS[0]).figure
    assert figure.y_range.start == 0
    assert figure.y_range.end == pytest.approx(3 * 1.08)


def test_no_half_ticket_is_marked_on_an_axis(book: Book) -> None:
    held = [drawn(book, section).down.ticker.min_interval for section in SECTIONS[:2]]
    assert held == [1.0, 0.0]
    assert drawn(book, views.lines("How many?", "tickets_created")).down.ticker.min_interval == 1.0


@pytest.mark.parametrize("section", SECTIONS, ids=lambda one: type(one).__name__)
def test_figures_are_made_once_and_stay_small(book: Book, section: Any) -> None:
    drawing = drawn(book, section)
    before = {model.id for model in drawing.figure.references()}
    drawing.show(block(book, section, team="Billing"))
    assert {model.id for model in drawing.figure.references()} == before
    assert len(before) < 45
    assert check_integrity(drawing.figure.references()).error == []


@pytest.mark.parametrize("section", SECTIONS, ids=lambda one: type(one).__name__)
def test_every_colour_of_a_figure_is_a_token(book: Book, section: Section) -> None:
    drawing = section.drawing(Kit())
    assert drawing is not None
    plain = []
    for model in drawing.figure.references():
        painted = {name for tag in model.tags for name in tag["paint"]}
        set_here = model.properties_with_values(include_defaults=False)
        plain += [
            (type(model).__name__, name, value)
            for name, value in set_here.items()
            if (name.endswith("_color") or name == "palette") and name not in painted
            if isinstance(value, str | list) and value
        ]
    assert plain == []
