"""What happened beside the tickets: from sources and from people, by period, filter and whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskbook.access import LOCAL, Actor
from deskbook.book import Book
from deskbook.errors import AccessDenied, BadValue, Overtaken, UnknownName
from deskbook.settings import Settings
from deskbook.store import Commit

from ..conftest import NOW, batch

ANN, BEN = Actor("ann", frozenset({"lead"})), Actor("ben", frozenset({"agent"}))
ROWS = [
    {"id": "r1", "begins_at": "2026-10-13T07:00:00Z", "kind": "release", "title": "App 4.2", "channel": "chat"},
    {"id": "c1", "begins_at": "2026-10-12", "ends_at": "2026-10-20", "kind": "campaign", "title": "Sale"},
    {"id": "p1", "begins_at": "2027-03-01", "kind": "campaign", "title": "Planned for spring"},
]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = Book(Settings(workspace=tmp_path, zone="Europe/Berlin"), clock=lambda: NOW)
    made.lake.commit("main", Commit(entry="cal", source="cal", batches=[batch("annotations", ROWS)], cursor=None))
    made.lake.commit("other", Commit(entry="cal", source="cal", batches=[batch("annotations", ROWS[:1])], cursor=None))
    yield made
    made.lake.close()


def titles(book: Book, *period: str, **given: object) -> list[str]:
    return list(book.annotations(*period, **given)["title"])  # type: ignore[arg-type]


def test_a_row_of_a_source_may_lie_ahead_and_must_not_end_before_it_begins() -> None:
    turned = {"id": "x", "begins_at": "2026-10-12", "ends_at": "2026-10-11", "title": "Turned round"}
    strange = {"id": "y", "begins_at": "2026-10-12", "title": "Strange", "kind": "relase"}
    made = batch("annotations", [*ROWS, turned, strange, {"id": "z", "begins_at": "2026-10-12"}])
    assert made.rows["id"].to_pylist() == ["r1", "c1", "p1"]
    said = [reject.reason for reject in made.rejects]
    assert "lies before begins_at" in said[0] and "did you mean release" in said[1] and "title is empty" in said[2]


def test_sources_and_people_stand_in_one_frame_by_their_beginning(book: Book) -> None:
    made = book.annotate("Outage of the phone line", "2026-10-12T14:00", kind="outage", ends="2026-10-12T16:30")
    frame = book.annotations("2026-10")
    assert list(frame["title"]) == ["Sale", "Outage of the phone line", "App 4.2"]
    own = frame[frame["id"] == made].iloc[0]
    assert (own["begins_at"], own["ends_at"]) == (datetime(2026, 10, 12, 12), datetime(2026, 10, 12, 14, 30))
    assert (own["source"], own["owner"], own["version"], own["mine"]) == ("", "local", 1, True)
    assert (frame["mine"] == (frame["source"] == "")).all()


def test_writing_one_down_makes_no_snapshot(book: Book) -> None:
    before = book.snapshot
    made = book.annotate("Release", "2026-10-14")
    book.remove_annotation(made, seen=1)
    assert book.snapshot == before
    assert "Release" not in titles(book)


def test_a_last_day_is_included_and_a_single_day_is_a_moment(book: Book) -> None:
    book.annotate("Strike", "2026-10-26", ends="2026-10-27")
    book.annotate("Launch", "2026-10-26")
    frame = book.annotations("2026-10-26").set_index("title")
    assert frame.loc["Strike", "ends_at"] == datetime(2026, 10, 27, 23)
    assert frame["ends_at"].isna()["Launch"]


@pytest.mark.parametrize(
    ("period", "wanted"),
    [
        ("2026-10-14", ["Sale"]),
        ("2026-10-11", []),
        ("2026-10-13", ["Sale", "App 4.2"]),
        ("2027-03", ["Planned for spring"]),
    ],
)
def test_a_period_holds_what_reaches_into_it(book: Book, period: str, wanted: list[str]) -> None:
    assert titles(book, period) == wanted


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ("channel = chat", ["Sale", "App 4.2"]),
        ("channel = email", ["Sale"]),
        ("channel != chat", ["Sale"]),
        ("not (channel in (chat, email))", ["Sale"]),
        ("channel is null", ["Sale"]),
        ("channel = email or priority = high", ["Sale", "App 4.2"]),
        ("channel = email or channel = web", ["Sale"]),
        ("team = Billing and tag = vip", ["Sale", "App 4.2"]),
        ("channel contains CHA", ["Sale", "App 4.2"]),
    ],
)
def test_one_about_a_channel_goes_where_the_filter_leaves_that_channel_out(
    book: Book, where: str, wanted: list[str]
) -> None:
    assert titles(book, "2026-10", where=where) == wanted


def test_only_its_owner_and_an_admin_change_one_and_nobody_unseen(book: Book) -> None:
    made = book.annotate("Mine", "2026-10-14", actor=ANN)
    with pytest.raises(AccessDenied, match="is ann's"):
        book.annotate("Theirs", "2026-10-14", id=made, owner="ann", seen=1, actor=BEN)
    with pytest.raises(AccessDenied):
        book.remove_annotation(made, seen=1, owner="ann", actor=BEN)
    book.annotate("Mine, better said", "2026-10-14", id=made, seen=1, actor=ANN)
    with pytest.raises(Overtaken):
        book.annotate("Mine again", "2026-10-14", id=made, seen=1, actor=ANN)
    book.remove_annotation(made, seen=2, owner="ann", actor=LOCAL)
    assert "Mine, better said" not in titles(book)


def test_one_is_seen_by_its_owner_and_by_those_it_is_shared_with(book: Book) -> None:
    book.annotate("For me", "2026-10-14", shared=(), actor=ANN)
    book.annotate("For agents", "2026-10-14", shared=("agent",), actor=ANN)
    assert set(titles(book, "2026-10-14", actor=ANN)) == {"Sale", "For me", "For agents"}
    assert set(titles(book, "2026-10-14", actor=BEN)) == {"Sale", "For agents"}
    assert titles(book, "2026-10-14", actor=Actor("eve")) == ["Sale"]


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({"title": " "}, BadValue, "title wants 1 to 120"),
        ({"title": "x" * 121}, BadValue, "title wants 1 to 120"),
        ({"note": "x" * 2_001}, BadValue, "note wants"),
        ({"note": "\x07"}, BadValue, "note wants"),
        ({"kind": "relase"}, UnknownName, "Did you mean 'release'"),
        ({"begins": ""}, BadValue, "wants a beginning"),
        ({"begins": "soon"}, BadValue, "no period"),
        ({"ends": "2026-10-01"}, BadValue, "before it starts"),
    ],
)
def test_what_cannot_be_kept_says_why(book: Book, given: dict[str, str], error: type[Exception], said: str) -> None:
    asked = {"title": "Release", "begins": "2026-10-14", **given}
    with pytest.raises(error, match=said):
        book.annotate(**asked)  # type: ignore[arg-type]
    assert "Release" not in titles(book)


def test_a_moment_of_a_pinned_book_is_read_from_its_own_snapshot(book: Book) -> None:
    pinned = book.pinned()
    more = batch("annotations", [{"id": "n", "begins_at": datetime(2026, 10, 30, tzinfo=UTC), "title": "New"}])
    book.lake.commit("main", Commit(entry="cal", source="cal", batches=[more], cursor=None))
    assert "New" in titles(book) and "New" not in titles(pinned)
