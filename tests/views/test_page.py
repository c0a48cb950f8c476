from __future__ import annotations

import json
import re
from typing import Any

import pytest
from bokeh.model import DataModel

from deskbook import views
from deskbook.book import Book
from deskbook.errors import BadValue, ConfigError
from deskbook.views.memory import Memory
from deskbook.views.numbers import Ask, Scope, gather, merged
from deskbook.views.receipts import command

from .conftest import filters

PAGE_DATA = "application/vnd.deskbook.page+json"


def page(book: Book, **given: str) -> views.Page:
    sections = [
        views.sentence("tickets_created"),
        views.cards("tickets_created", "first_reply_median_minutes"),
        views.bars("How many <b>tickets</b>?", "tickets_created", by="channel", ghost=True),
        views.ranking("Who?", "tickets_created", by="team"),
        views.conversation(),
        views.ticket_table(),
    ]
    chosen = filters(**{"search": "", "sort": "-created_at", "page": "1", "ticket": "", **given})
    return views.page("Overview", question="Are we fine?", book=book, filters=chosen, sections=sections)  # type: ignore[arg-type]


class Counting:
    """A book that counts its queries."""

    def __init__(self, book: Book) -> None:
        self._book, self.queries = book, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._book, name)

    def query(self, *args: Any, **given: Any) -> Any:
        self.queries += 1
        return self._book.query(*args, **given)


def test_asks_of_one_cut_become_one_query() -> None:
    first, second = Ask(("tickets_created",), compare=True), Ask(("messages", "tickets_created"), compare=True)
    assert merged([first, second, Ask(("messages",), by=("team",))]) == [
        Ask(("tickets_created", "messages"), compare=True),
        Ask(("messages",), by=("team",)),
    ]


def test_the_same_question_is_asked_once(book: Book) -> None:
    counting: Any = Counting(book.pinned())
    memory, scope = Memory(), Scope(book.period("2026-10"))
    gather(counting, [Ask(("tickets_created",)), Ask(("tickets_created",))], scope, memory)
    gather(counting, [Ask(("tickets_created",))], scope, memory)
    assert counting.queries == 1


def test_every_number_of_a_page_has_a_receipt_that_holds(book: Book) -> None:
    document = page(book).report()[PAGE_DATA]
    verdicts = book.verify(json.loads(json.dumps(document)))
    assert len(verdicts) == len(document["numbers"]) == 7
    assert [verdict.reason for verdict in verdicts if not verdict.holds] == []


def test_every_part_that_opens_a_receipt_finds_it(book: Book) -> None:
    sheet = page(book).sheet()
    named = set(re.findall(r'"receipt": "(r\d+)"', json.dumps(sheet["blocks"])))
    assert named and named <= set(sheet["receipts"])


def test_a_card_says_what_book_query_says(book: Book) -> None:
    sheet = page(book, team="Billing").sheet()
    asked = book.query("tickets_created", where="team = Billing", period="2026-10-26..2026-11-01")
    assert sheet["blocks"][1]["items"][0]["raw"] == asked.value()


def test_a_page_with_a_wrong_filter_still_works_and_says_so(book: Book) -> None:
    made = page(book, team="Biling")
    sheet = made.sheet()
    assert sheet["filters"]["problems"] == list(made.asked.chosen.problems) != []
    assert sheet["blocks"][1]["items"][0]["raw"] == 9


def test_a_report_with_a_wrong_filter_fails(book: Book) -> None:
    with pytest.raises(ConfigError, match="Did you mean 'Billing'"):
        page(book, team="Biling").report()


def test_a_report_needs_no_network_and_escapes_what_people_wrote(book: Book) -> None:
    html = page(book, ticket="desk/1").report()["text/html"]
    ours = html[html.index("<div class='deskbook-report'>") :]
    assert not re.search(r"(src|href)=['\"]?(https?:)?//", html.split("<script>")[0] + ours.split("<script")[0])
    assert "<img src=x" not in ours
    assert "&lt;img src=x onerror=alert(1)&gt;" in ours
    assert "How many &lt;b&gt;tickets" in ours
    assert "cdn.bokeh.org" not in ours


def test_a_report_prints_the_definitions_of_its_metrics(book: Book) -> None:
    html = page(book).report()["text/html"]
    assert "Tickets and conversations whose first message came in the period." in html


def test_a_report_renders_through_its_mimebundle(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKBOOK_RENDER", "report")
    bundle = page(book)._repr_mimebundle_()
    assert set(bundle) == {"text/html", PAGE_DATA, "text/plain"}
    document = bundle[PAGE_DATA]
    assert document["sentence"] == "26 Oct to 1 Nov 2026 vs the 7 days before"
    assert document["snapshot"] == book.snapshot


def test_a_failing_section_leaves_the_others(book: Book) -> None:
    made = page(book)
    made.own[made.views[3]] = views.ranking("Who?", "tickets_created", by="custom.plan")
    assert made.sheet()["blocks"][1]["kind"] == "cards"


class Failing:
    """A book whose queries by some dimensions fail; all of them, where it is told none."""

    def __init__(self, book: Book, *by: str) -> None:
        self._book, self._by = book, by

    def __getattr__(self, name: str) -> Any:
        return getattr(self._book, name)

    def query(self, *args: Any, **given: Any) -> Any:
        if not self._by or set(self._by) & set(given["by"]):
            raise BadValue("The lake is being moved.")
        return self._book.query(*args, **given)


def test_a_query_that_fails_takes_only_its_own_sections(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    made = page(book)
    failing: Any = Failing(book.pinned(), "team")
    monkeypatch.setattr(made, "pin", lambda: failing)
    sheet = made.sheet()
    states = {block["view"]: (block["state"], block.get("said")) for block in sheet["blocks"] if "state" in block}
    failed = [name for name, (state, said) in states.items() if (state, said) == ("failed", "The lake is being moved.")]
    assert failed == ["sentence", "who"]  # the sentence looks for a team that explains the change
    assert sheet["blocks"][1]["items"][0]["raw"] == 9
    assert {item["receipt"] for item in sheet["blocks"][1]["items"]} <= set(sheet["receipts"])
    monkeypatch.undo()
    assert all(block.get("state") != "failed" for block in made.sheet()["blocks"])


def test_a_page_fails_as_a_whole_only_where_nothing_can_be_asked(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    made = page(book)
    failing: Any = Failing(book.pinned())
    monkeypatch.setattr(made, "pin", lambda: failing)
    with pytest.raises(BadValue, match="being moved"):
        made.sheet()


def test_messages_from_the_page_set_only_its_own_filters(book: Book) -> None:
    made = page(book)
    made._draw()
    made._heard({"set": {"team": "Shipping", "name": "x", "rm": "-rf"}})
    assert made.filters.team == "Shipping"
    assert made.surface is not None
    assert json.loads(made.surface.sheet)["blocks"][1]["items"][0]["raw"] == 3


def test_a_changed_filter_goes_back_to_the_first_page_of_tickets(book: Book) -> None:
    made = page(book)
    made.filters.page = "3"
    made._heard({"set": {"ticket": "desk/1"}})
    assert made.filters.page == "3"
    made._heard({"set": {"team": "Billing"}})
    assert made.filters.page == "1"


def test_figures_keep_their_models_when_filters_change(book: Book) -> None:
    made = page(book)
    made._draw()
    drawing: Any = made.easel.drawings[0]
    before = drawing.figure.id, sum(drawing.bars.data["top"])
    made._heard({"set": {"team": "Shipping"}})
    assert (drawing.figure.id, sum(drawing.bars.data["top"])) == (before[0], 3.0)


def test_a_change_searches_no_figure_for_data_models(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    made = page(book)
    root = made._draw().get_root()
    data = next(iter(root.select({"type": DataModel})))
    monkeypatch.setattr(type(data), "select", lambda *_: pytest.fail("the figures were searched"))
    made._heard({"set": {"team": "Shipping"}})
    assert data.sheet == made.surface.sheet  # type: ignore[union-attr]
    assert data.tags == [f"__ref:{root.ref['id']}"]


def test_the_command_of_a_receipt_asks_the_same(book: Book) -> None:
    result = book.query("tickets_created", by="team", where='team = "Billing"', period="-28d", compare=True)
    asked = command(result.receipt)
    assert asked == "deskbook query tickets_created --by team --where 'team = Billing' --period=-28d --compare"
