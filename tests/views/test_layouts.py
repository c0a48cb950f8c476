"""Layouts: read, checked, applied to a page, kept under a name, and written as YAML and back."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from deskbook import views
from deskbook.access import Actor
from deskbook.book import Book
from deskbook.errors import AccessDenied, BadValue, ConfigError, Overtaken, UnknownName
from deskbook.metrics import registry
from deskbook.views.kept import Layouts
from deskbook.views.laid import CUT, check_layout, cuts, fitting, own_layout, section_of, shown
from deskbook.views.layout import HEIGHTS, KINDS, WIDTHS, Layout, Show, Widget, read_layout, read_layouts, text_of
from deskbook.views.page import Page

from .conftest import THIS_WEEK

ADDED = {"id": "w1", "show": {"as": "bars", "metrics": ["tickets_created"], "by": "team"}, "wide": 12, "tall": 2}
MINE = {"page": "overview", "widgets": [{"view": "how-many", "wide": 4}, ADDED]}


def page(book: Book, **given: str) -> Page:
    """A page with a chart, cards and a ranking."""
    sections = [
        views.bars("How many?", "tickets_created", by="channel"),
        views.cards("tickets_created"),
        views.ranking("Which?", "tickets_created", by="team"),
    ]
    chosen = views.filters(**{"period": THIS_WEEK, "layout": "", **given})
    return views.page("Overview", question="?", book=book, filters=chosen, sections=sections, name="overview")


def layouts(book: Book, name: str = "ann", *roles: str, folder: Path = Path("nowhere")) -> Layouts:
    return Layouts(book.saves, folder, Actor(name, frozenset(roles)), book.clock)


words = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=40).filter(str.isprintable)
shows = st.builds(Show, st.sampled_from(KINDS), st.lists(words, min_size=1, max_size=3).map(tuple), words, words)
names = words.filter(bool)
widgets = st.builds(Widget, names, st.sampled_from(WIDTHS), st.sampled_from(HEIGHTS), st.none() | shows)
many = st.builds(Layout, names, st.lists(widgets, max_size=6, unique_by=lambda one: one.name).map(tuple))


@given(st.dictionaries(names, many, min_size=1, max_size=3))
def test_a_layout_comes_back_from_its_text_as_it_was_and_the_text_with_it(made: dict[str, Layout]) -> None:
    text = text_of(made)
    again = read_layouts(YAML(typ="safe").load(StringIO(text))["layouts"], "file")
    assert again == made
    assert text_of(again) == text


def test_the_text_of_a_layout_has_a_line_a_widget() -> None:
    assert text_of({"Monday": read_layout(MINE)}) == (
        "layouts:\n  Monday:\n    page: overview\n    widgets:\n"
        "    - {view: how-many, wide: 4}\n"
        "    - {id: w1, show: {as: bars, metrics: [tickets_created], by: team}, wide: 12, tall: 2}\n"
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "layout wants page:, widgets:, got nothing"),
        ({"page": "p", "widget": []}, "Unknown key in layout 'widget'. Did you mean 'widgets'"),
        ({"page": "p", "widgets": 3}, "widgets wants a list of at most 60, got 3"),
        ({"page": "p", "widgets": [{"wide": 6}]}, "widget 1 wants either view:"),
        ({"page": "p", "widgets": [{"view": "a", "show": {}}]}, "widget 1 wants either view:"),
        ({"page": "p", "widgets": [{"view": "a", "wide": 5}]}, "wide wants one of 3, 4, 6, 8, 9, 12, got 5"),
        ({"page": "p", "widgets": [{"view": "a", "tall": True}]}, "tall wants one of 1, 2, 3, got True"),
        ({"page": "p", "widgets": [{"view": "a"}, {"view": "a"}]}, "'a' stands there twice"),
        ({"page": "p", "widgets": [{"id": "w", "show": {"as": "line"}}]}, "Did you mean 'lines'"),
        ({"page": "p", "widgets": [{"id": "w", "show": {"as": "bars", "metrics": []}}]}, "metrics wants a list"),
        ({"widgets": []}, "page wants a text"),
    ],
)
def test_what_is_no_layout_says_where_and_what_was_wanted(data: Any, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        read_layout(data)


@pytest.mark.parametrize(
    ("show", "said"),
    [
        (Show("bars", ("tickets_creatd",)), "Unknown metric in f, widget 1 'tickets_creatd'. Did you mean 'tickets_cr"),
        (Show("bars", ("tickets_created",), "tem"), "Did you mean 'team'"),
        (Show("bars", ("tickets_created",), "tag"), "Unknown dimension to cut by"),
        (
            Show("bars", ("first_reply_median_minutes",)),
            "it can as lines, heat, ranking, card, boxes, multiples",
        ),
        (Show("heat", ("open_backlog",)), "cannot stand as heat"),
        (Show("heat", ("tickets_created",), "team"), "not cut by anything"),
        (Show("ranking", ("tickets_created",)), "wants by:"),
        (Show("bars", ("tickets_created", "tickets_solved")), "shows one metric"),
    ],
)
def test_a_widget_that_cannot_be_shown_says_why(show: Show, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        check_layout(Layout("p", (Widget("w", show=show),)), "f")


@pytest.mark.parametrize("name", sorted(registry))
def test_every_metric_can_be_shown_as_each_kind_that_fits(empty_book: Book, name: str) -> None:
    for kind in fitting(registry[name], is_offered=True):
        section = shown(Show(kind, (name,), "team" if kind in CUT else ""))
        assert section.asks()


def test_a_page_shows_what_a_draft_says_in_its_order_and_hides_the_rest(book: Book) -> None:
    made = page(book)
    made.draft = read_layout({**MINE, "widgets": [*reversed(MINE["widgets"])]})
    blocks = made.sheet()["blocks"]
    assert [(one["view"], one["cols"], one["tall"]) for one in blocks] == [("w1", 12, 2), ("how-many", 4, 1)]
    assert blocks[0]["title"] == "Tickets created by team"
    assert sum(sum(one["values"]) for one in blocks[0]["series"]) == 9


def test_a_page_without_a_layout_is_as_its_notebook_has_it(book: Book) -> None:
    sheet = page(book).sheet()
    assert [one["view"] for one in sheet["blocks"]] == ["how-many", "cards", "which"]
    assert sheet["layout"]["widgets"] is None and not any("cols" in one for one in sheet["blocks"])
    assert [(one["view"], one["wide"]) for one in sheet["layout"]["own"]] == [
        ("how-many", 6),
        ("cards", 12),
        ("which", 12),
    ]


def test_a_widget_whose_metric_or_section_is_gone_leaves_a_placeholder_that_names_it(book: Book) -> None:
    made = page(book)
    gone = {"id": "w1", "show": {"as": "lines", "metrics": ["tickets_creatd"]}, "wide": 6}
    made.draft = read_layout({"page": "overview", "widgets": [gone, {"view": "how-manny"}, {"view": "cards"}]})
    first, second, third = made.sheet()["blocks"]
    assert first["kind"] == second["kind"] == "notice"
    assert "'tickets_creatd'. Did you mean 'tickets_created'" in first["said"]
    assert "'how-manny'. Did you mean 'how-many'" in second["said"]
    assert third["items"][0]["raw"] == 9


def test_a_link_to_an_unknown_layout_shows_the_page_and_says_what_it_ignored(book: Book) -> None:
    Layouts(book.saves, Path("nowhere"), book.actor, book.clock).keep("Monday", read_layout(MINE))
    sheet = page(book, layout="Munday").sheet()
    assert [one["view"] for one in sheet["blocks"]] == ["how-many", "cards", "which"]
    assert sheet["filters"]["problems"] == [
        "Unknown layout of page overview 'Munday'. Did you mean 'Monday'? Shown as the page is without it."
    ]


def test_a_report_does_not_guess_a_layout(book: Book) -> None:
    with pytest.raises(ConfigError, match="Unknown layout"):
        page(book, layout="gone").report()


def test_a_report_and_one_view_of_it_follow_a_saved_layout(book: Book) -> None:
    Layouts(book.saves, Path("nowhere"), book.actor, book.clock).keep("Monday", read_layout(MINE))
    made = page(book, layout="local/Monday")
    html = made.report()["text/html"]
    assert "--cols:12;--tall:2" in html and "Which?" not in html
    assert [view["name"] for view in made.only("w1").report()["application/vnd.deskbook.page+json"]["views"]] == ["w1"]


def test_only_who_may_see_a_layout_opens_it(book: Book) -> None:
    ann, bob, lead = layouts(book), layouts(book, "bob"), layouts(book, "lea", "lead")
    ann.keep("Mine", read_layout(MINE))
    ann.keep("Leads", read_layout(MINE), shared=["lead"])
    assert [one.name for one in ann.seen("overview")] == ["Leads", "Mine"]
    assert [one.address for one in lead.seen("overview")] == ["ann/Leads"]
    with pytest.raises(UnknownName):
        bob.one("overview", "ann/Leads")
    assert not lead.one("overview", "ann/Leads").may_change
    with pytest.raises(AccessDenied):
        lead.keep("Leads", read_layout(MINE), owner="ann", seen=1)


def test_taking_back_the_share_closes_the_link(book: Book) -> None:
    ann, lead = layouts(book), layouts(book, "lea", "lead")
    ann.keep("Leads", read_layout(MINE), shared=["lead"])
    assert lead.one("overview", "Leads").version == 1
    ann.keep("Leads", read_layout(MINE), shared=[], seen=1)
    with pytest.raises(UnknownName):
        lead.one("overview", "Leads")


def test_one_name_may_stand_on_every_page_and_the_own_one_comes_first(book: Book) -> None:
    ann, bob = layouts(book), layouts(book, "bob")
    other = Layout("overview", (Widget("cards", 12),))
    ann.keep("Mine", read_layout(MINE), shared=["everyone"])
    ann.keep("Mine", Layout("sla", ()))
    bob.keep("Mine", other)
    assert bob.one("overview", "Mine").layout == other
    assert bob.one("overview", "ann/Mine").layout == read_layout(MINE)
    assert ann.one("sla", "Mine").layout.widgets == ()


def test_the_later_of_two_saves_is_told_and_every_version_stays(book: Book) -> None:
    ann = layouts(book)
    first, other = read_layout(MINE), Layout("overview", (Widget("cards", 12),))
    ann.keep("Mine", first)
    ann.keep("Mine", other, seen=1)
    with pytest.raises(Overtaken, match="version 2"):
        ann.keep("Mine", first, seen=1)
    assert [(one.version, one.layout) for one in ann.versions("overview", "Mine")] == [(2, other), (1, first)]
    assert ann.one("overview", "Mine", 1).layout == first


def test_a_name_holds_no_slash(book: Book) -> None:
    with pytest.raises(BadValue, match="no slash"):
        layouts(book).keep("a/b", read_layout(MINE))


def test_layouts_in_files_are_there_for_everyone_and_read_only(book: Book, tmp_path: Path) -> None:
    (tmp_path / "support.yaml").write_text("title: Support\n" + text_of({"Monday": read_layout(MINE)}), "utf-8")
    bob = layouts(book, "bob", folder=tmp_path)
    found = bob.one("overview", "Monday")
    assert (found.address, found.layout, found.may_change) == (
        "dashboards/support.yaml/Monday",
        read_layout(MINE),
        False,
    )
    assert bob.one("overview", found.address) == found
    with pytest.raises(ConfigError, match="Take it out of that file"):
        bob.remove("overview", "Monday", seen=0)


def test_the_page_as_its_notebook_has_it_is_a_layout_too(book: Book) -> None:
    made = page(book)
    made.draft = own_layout("overview", made.own)
    assert made.views == list(made.own) and made.sheet()["layout"]["widgets"] is not None
    assert section_of(Widget("cards"), made.own) is made.own["cards"]
    assert "team" in cuts()


def told(made: Page, monkeypatch: pytest.MonkeyPatch, **message: Any) -> dict[str, Any]:
    """What the browser hears when it sends a wish."""
    heard: list[dict[str, Any]] = []
    monkeypatch.setattr(type(made._draw()), "_send_msg", lambda _, answer: heard.append(answer))
    made._heard({"id": 7, **message})
    (answer,) = heard
    assert answer.pop("id") == 7
    return answer


def test_the_browser_saves_shares_restores_and_deletes(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    made = page(book)
    kept = told(made, monkeypatch, wish="keep", name="Monday", widgets=MINE["widgets"])["kept"]
    assert (kept["version"], made.filters.layout, made.views) == (1, "Monday", ["how-many", "w1"])
    shared = told(made, monkeypatch, wish="share", address="local/Monday", shared=["lead"], seen=1)["kept"]
    assert (shared["version"], shared["shared"]) == (2, ["lead"])
    told(made, monkeypatch, wish="keep", name="Monday", widgets=[{"view": "cards"}], seen=2)
    assert made.views == ["cards"]
    late = told(made, monkeypatch, wish="keep", name="Monday", widgets=[], seen=2)
    assert late["overtaken"] and "version 3" in late["error"] and made.views == ["cards"]
    told(made, monkeypatch, wish="restore", address="local/Monday", version=1, seen=3)
    assert made.views == ["how-many", "w1"]
    found = told(made, monkeypatch, wish="versions", address="local/Monday")["versions"]
    assert [(one["version"], one["shared"]) for one in found] == [(4, ["lead"]), (3, ["lead"]), (2, ["lead"]), (1, [])]
    told(made, monkeypatch, wish="remove", address="local/Monday", seen=4)
    assert made.filters.layout == "" and made.views == list(made.own)


def test_a_widget_is_tried_with_the_numbers_of_the_filters(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    made = page(book, team="Billing")
    tried = told(made, monkeypatch, wish="preview", show={"as": "card", "metrics": ["tickets_created"]})["block"]
    assert tried["items"][0]["raw"] == 6
    drawn = told(made, monkeypatch, wish="preview", show={"as": "lines", "metrics": ["tickets_created"]})["block"]
    assert len(made.easel.drawings) == drawn["figure"] + 1
    told(made, monkeypatch, wish="preview", show={"as": "lines", "metrics": ["open_backlog"]})
    assert len(made.easel.drawings) == drawn["figure"] + 1


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"wish": "rm"}, "Unknown wish 'rm'"),
        ({"wish": "arrange", "widgets": [{"view": 3}]}, "widget 1: view wants a text"),
        ({"wish": "preview", "show": None}, "widget wants as:"),
        ({"wish": "preview", "show": {"as": "lines", "metrics": ["nothing"]}}, "Unknown metric 'nothing'"),
        ({"wish": "keep", "name": " ", "widgets": []}, "wants a name"),
        ({"wish": "keep", "name": "a", "widgets": [], "shared": ["king"]}, "Unknown role 'king'"),
        ({"wish": "keep", "name": "a", "widgets": [], "seen": "x"}, "A version is a whole number"),
        ({"wish": "restore", "address": "gone", "version": 1, "seen": 1}, "Unknown layout of page overview 'gone'"),
    ],
)
def test_what_the_browser_cannot_have_is_said(
    book: Book, monkeypatch: pytest.MonkeyPatch, message: dict[str, Any], said: str
) -> None:
    made = page(book)
    assert said in told(made, monkeypatch, **message)["error"]
    assert made.views == list(made.own)
