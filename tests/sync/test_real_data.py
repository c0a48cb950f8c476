"""Real conversations, from a catalog entry to a number and an answer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from deskbook.book import Book
from deskbook.settings import load_settings

CATALOGS = Path(__file__).parents[1] / "catalogs"


@pytest.fixture(scope="module")
def book(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("real")
    (folder / "catalogs").mkdir()
    for name in ("ibm.yaml", "twitter.yaml"):
        shutil.copy(CATALOGS / name, folder / "catalogs")
    (folder / "deskbook.toml").write_text('[workspace]\nzone = "UTC"\ntoday = "data"\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHARED_DATA", str(shared / "data"))
        book = Book(load_settings(folder, {}))
        assert {report.name: report.error for report in book.sync()} == {
            "ibm_care": "",
            "tweets_100": "",
            "tweets_1000": "",
        }
    return book


@pytest.mark.parametrize(
    ("source", "tickets", "median", "p90", "late_pct"),
    [("tweets_100", 160, 16.18, 558.4, 27.5), ("tweets_1000", 255, 13.88, 810.6, 32.2)],
)
def test_first_replies_on_twitter(
    book: Book, source: str, tickets: int, median: float, p90: float, late_pct: float
) -> None:
    names = "tickets_created,first_reply_median_minutes,first_reply_p90_minutes,first_reply_within_target_pct"
    (row,) = book.query(names, where={"source": source}).rows
    assert row["tickets_created"] == tickets
    assert row["first_reply_median_minutes"] == pytest.approx(median, abs=0.01)
    assert row["first_reply_p90_minutes"] == pytest.approx(p90, abs=0.1)
    assert 100 - row["first_reply_within_target_pct"] == pytest.approx(late_pct, abs=0.05)


@pytest.mark.parametrize(("source", "messages", "inbound"), [("tweets_100", 738, 467), ("tweets_1000", 799, 420)])
def test_messages_of_the_31st_of_october(book: Book, source: str, messages: int, inbound: int) -> None:
    (row,) = book.query("messages,messages_in", where={"source": source}, period="2017-10-31").rows
    assert (row["messages"], row["messages_in"]) == (messages, inbound)


def test_nested_conversations(book: Book) -> None:
    (row,) = book.query("tickets_created,messages,first_reply_median_minutes", where={"source": "ibm_care"}).rows
    assert (row["tickets_created"], row["messages"]) == (525, 1211)
    assert row["first_reply_median_minutes"] == pytest.approx(123.7, abs=0.05)


def test_a_second_sync_of_real_data_writes_nothing(book: Book, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHARED_DATA", str(shared / "data"))
    before = book.snapshot
    book.sync()
    assert book.snapshot == before


def test_why_was_sentiment_negative_on_oct_31(book: Book) -> None:
    answer = book.ask("Why was sentiment negative on Oct 31, 2017?").as_dict()
    assert not answer["abstain"]
    receipts = [number["receipt"] for number in answer["numbers"]]
    assert {"2017-10-31T00:00:00+00:00"} <= {receipt["since"] for receipt in receipts}
    cites = [cite for claim in answer["claims"] for cite in claim["cites"]]
    assert len({cite["message_id"] for cite in cites}) >= 5
    assert {cite["sent_at"][:10] for cite in cites} == {"2017-10-31"}
    assert all(verdict.holds for verdict in book.verify(answer))


def test_a_day_without_data_is_said_to_have_none(book: Book) -> None:
    answer = book.ask("Why was sentiment negative on Oct 31, 2018?").as_dict()
    assert answer["abstain"] and "no data" in answer["text"].lower()
