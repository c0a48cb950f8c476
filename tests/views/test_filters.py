from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from deskbook import views
from deskbook.access import Actor
from deskbook.book import Book
from deskbook.errors import UnknownName
from deskbook.views.filtering import described, presets
from deskbook.views.memory import memory_of
from deskbook.views.reading import read

from .conftest import filters

AWKWARD = 'subject & "quotes" = ä? #1'


def test_unchanged_filters_leave_the_url_bare() -> None:
    assert filters().url() == ""


def test_filters_round_trip_through_the_url() -> None:
    first = filters()
    first.param.update(team="Billing & Co", where=AWKWARD, period="")
    again = filters()
    again.read_url(first.url())
    assert again.values() == first.values()


def test_going_back_restores_what_the_url_does_not_name() -> None:
    chosen = filters()
    chosen.team = "Billing"
    chosen.read_url("?channel=chat")
    assert (chosen.team, chosen.channel) == ("", "chat")


def test_only_the_fields_of_the_page_are_read() -> None:
    chosen = views.filters(question="")
    chosen.read_url("?team=Billing&question=why")
    assert chosen.values() == {"question": "why"}


def test_unknown_filters_name_the_closest() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'team'"):
        views.filters(teams="Billing")


def test_shared_filters_are_carried_to_other_pages() -> None:
    chosen = filters(period="-28d")
    chosen.param.update(team="Billing", compare="")
    assert parse_qs(chosen.carried().lstrip("?"), keep_blank_values=True) == {"team": ["Billing"], "compare": [""]}


def test_filters_speak_a_sentence(book: Book) -> None:
    found = read(filters(team="Billing", channel="chat"), book, memory_of(book))
    assert found.sentence == "Billing · chat · 26 Oct to 1 Nov 2026 vs the 7 days before"
    assert found.scope.where is not None
    assert (
        found.scope.where.text() == "channel = chat and team = Billing" or "team = Billing" in found.scope.where.text()
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"team": "Biling"}, "Unknown team 'Biling'. Did you mean 'Billing'?"),
        ({"period": "sometime"}, "'sometime' is no period"),
        ({"period": "9999-12"}, ""),
        ({"where": "team ="}, "Filter cannot be read"),
        ({"where": "colour = red"}, "Unknown dimension 'colour'"),
        ({"where": "reopens = often"}, "compared with numbers"),
        ({"where": "(" * 400}, "Filter"),
        ({"where": "team = {team}"}, "waits for a value"),
    ],
)
def test_wrong_filters_are_said_and_left_out(book: Book, given: dict[str, str], said: str) -> None:
    found = read(filters(**given), book, memory_of(book))
    assert said in " ".join(found.problems)
    if said:
        assert found.problems
        assert found.scope.where is None


def test_a_chosen_period_is_offered_by_its_dates(book: Book) -> None:
    assert presets(book, "2026-10-26..2026-11-01")[-1] == ("2026-10-26..2026-11-01", "26 Oct to 1 Nov 2026")
    assert "-28d" in dict(presets(book, "-28d"))


def test_choices_are_the_words_of_the_data(book: Book) -> None:
    chosen = filters()
    drawn = described(chosen, book, read(chosen, book, memory_of(book)), memory_of(book))
    assert drawn["choices"]["team"] == ["Billing", "Shipping"]
    assert drawn["dates"] == ["2026-10-26", "2026-11-01"]


def test_a_condition_that_cannot_be_meant_leaves_the_others_in_force(book: Book) -> None:
    found = read(filters(where="colour = red and tag = refund and reopens > x"), book, memory_of(book))
    assert found.scope.where is not None and found.scope.where.text() == "tag = refund"
    assert [part.ignored for part in found.parts] == [True, False, True]
    assert len(found.problems) == 2


def test_what_no_page_knows_is_named_and_what_others_know_is_not(book: Book) -> None:
    chosen = views.filters(period="-7d", team="")
    chosen.read_url("?teem=Billing&channel=chat&search=x&bokeh-session-id=1&team=Billing")
    found = read(chosen, book, memory_of(book))
    assert [problem.split(". ")[0] for problem in found.problems] == [
        "Unknown filter 'teem'",
        "Unknown filter 'search'",
    ]
    assert "Did you mean 'team'? It is ignored." in found.problems[0]
    assert found.held == {"team": "Billing"}


def test_a_filter_that_stands_twice_in_an_address_is_said(book: Book) -> None:
    chosen = views.filters(period="-7d", team="")
    chosen.read_url("?team=Shipping&team=Billing&period=-7d&period=-7d")
    found = read(chosen, book, memory_of(book))
    (said,) = found.problems
    assert said.startswith("team stands in the address 2 times: 'Shipping', 'Billing'. The last one holds.")
    assert "where=team in" in said and found.held == {"team": "Billing"}


def test_a_filter_longer_than_an_address_holds_is_left_out_and_not_cut(book: Book) -> None:
    chosen = views.filters(period="-7d", where="")
    chosen.read_url("?where=" + "+or+".join(["team+=+Billing"] * 200))
    found = read(chosen, book, memory_of(book))
    assert found.problems == ("where has 3,596 characters; an address holds 2,000 of one filter. Shown without it.",)
    assert found.scope.where is None


def test_a_page_takes_a_saved_filter_by_its_name(book: Book) -> None:
    book.save_filter("Late", "team = {team} and reopens > 0")
    chosen = filters(where="@Late(team=Billing)")
    found = read(chosen, book, memory_of(book))
    assert found.scope.where is not None and found.scope.where.text() == "team = Billing and reopens > 0"
    drawn = described(chosen, book, found, memory_of(book))
    assert drawn["values"]["where"] == "team = Billing and reopens > 0"
    assert [chip["said"] for chip in drawn["chips"]] == ["Team is Billing", "Reopens over 0"]
    assert "Unknown filter 'Early'" in read(filters(where="@Early"), book, memory_of(book)).problems[0]


def test_a_saved_filter_that_is_not_shared_stays_unknown_by_name(book: Book) -> None:
    book.save_filter("Mine", "reopens > 0", actor=Actor("ann", frozenset({"lead"})))
    theirs = Book(book.settings, clock=book.clock, actor=Actor("ben", frozenset({"agent"})))
    assert "Unknown filter 'Mine'" in read(filters(where="@Mine"), theirs, memory_of(theirs)).problems[0]


def test_a_word_that_no_ticket_has_is_hinted_at_and_kept(book: Book) -> None:
    found = read(filters(where="team in (Biling, Shipping)"), book, memory_of(book))
    assert found.problems == ()
    assert found.hints == ("Unknown team 'Biling'. Did you mean 'Billing'? No ticket has it.",)
    assert found.scope.where is not None


def test_a_tag_that_tickets_have_is_no_mistake(book: Book) -> None:
    assert book.choices("tag") == ["refund"]
    assert read(filters(where="tag = refund"), book, memory_of(book)).hints == ()
    (hint,) = read(filters(where="tag = refunds"), book, memory_of(book)).hints
    assert hint == "Unknown tag 'refunds'. Did you mean 'refund'? No ticket has it."


def test_relative_dates_are_settled_once_for_all_numbers_of_a_page(book: Book) -> None:
    found = read(filters(where="created_at in today"), book, memory_of(book))
    assert found.scope.where is not None
    assert found.scope.where.text() == "created_at in 2026-11-01T00:00+00:00..2026-11-02T00:00+00:00"
    assert found.sentence.startswith("created today · ")


def test_each_condition_is_a_chip_that_says_how_to_be_rid_of_it(book: Book) -> None:
    chosen = filters(team="Billing", channel="smoke", where="tag = refund and (priority = low or reopens > 1)")
    drawn = described(chosen, book, read(chosen, book, memory_of(book)), memory_of(book))
    assert drawn["chips"] == [
        {"said": "Team: Billing", "set": {"team": ""}, "ignored": False},
        {"said": "Channel: smoke", "set": {"channel": ""}, "ignored": True},
        {"said": "Tag is refund", "set": {"where": "priority = low or reopens > 1"}, "ignored": False},
        {"said": "Priority is low or reopens over 1", "set": {"where": "tag = refund"}, "ignored": False},
    ]


def test_a_line_that_cannot_be_read_is_a_chip_too(book: Book) -> None:
    chosen = filters(where="tag =")
    drawn = described(chosen, book, read(chosen, book, memory_of(book)), memory_of(book))
    assert drawn["chips"] == [{"said": "tag =", "set": {"where": ""}, "ignored": True}]
