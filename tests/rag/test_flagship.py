"""The flagship question on real tweets: the very day, its sizes, a baseline, drivers, five passages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow.csv
import pytest

from deskbook.book import Book
from deskbook.rag import Answer, answer
from deskbook.settings import Settings
from deskbook.sources.contract import Page
from deskbook.sources.twitter import normalise
from deskbook.store import Commit
from deskbook.sync import score_messages

FILE = "data/twcs_twitter_support/tweets_100.csv"


@pytest.fixture(scope="module")
def tweets(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    options = pyarrow.csv.ParseOptions(newlines_in_values=True)
    rows = pyarrow.csv.read_csv(shared / FILE, parse_options=options)
    page = Page(rows=rows, lines=np.arange(rows.num_rows) + 2, origin="tweets", cursor={})
    book = Book(Settings(workspace=tmp_path_factory.mktemp("tweets"), today="data"))
    batches = normalise(page, datetime(2026, 11, 1, tzinfo=UTC))
    book.lake.commit("main", Commit(entry="tweets", source="twitter", batches=batches, cursor=None))
    book.measure()
    score_messages(book.lake, tenant="main")
    yield book
    book.lake.close()


@pytest.fixture(scope="module")
def flagship(tweets: Book) -> Answer:
    return answer("Why was sentiment negative on Oct 31?", tweets)


def test_the_day_is_exactly_31_october_2017_with_738_messages_467_of_them_inbound(flagship: Answer) -> None:
    period = flagship.plan["period"]
    assert (period["since"], period["until"]) == ("2017-10-31T00:00:00+00:00", "2017-11-01T00:00:00+00:00")
    values = {one["label"]: one["value"] for one in flagship.numbers}
    assert values["Messages, 31 Oct 2017"] == 738 and values["Messages from customers, 31 Oct 2017"] == 467


def test_it_is_set_against_the_28_days_before_and_says_what_moved_most(flagship: Answer) -> None:
    assert flagship.plan["baseline"]["said"] == "3 Oct 2017 to 30 Oct 2017"
    (moved,) = [
        claim for claim in flagship.claims if "moved" in claim["text"] and claim["worked"] and "most" in claim["text"]
    ]
    assert len(moved["worked"]) >= 3


def test_at_least_five_passages_are_all_of_that_day(flagship: Answer) -> None:
    cites = [cite for claim in flagship.claims for cite in claim["cites"] if "quote" in cite]
    assert len(cites) >= 5
    assert all(cite["sent_at"].startswith("2017-10-31T") and cite["ticket_id"] and cite["message_id"] for cite in cites)


def test_every_number_of_it_can_be_computed_again(flagship: Answer, tweets: Book) -> None:
    verdicts = tweets.verify(flagship.as_dict())
    assert len(verdicts) == len(flagship.numbers) and all(one.holds for one in verdicts)


def test_a_year_without_data_is_not_answered(tweets: Book) -> None:
    found = answer("Why was sentiment negative on Oct 31, 2018?", tweets)
    assert found.abstain and found.text.startswith("There is no data for 31 Oct 2018: the data runs from")
