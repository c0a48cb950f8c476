"""Tweets become threads by their reply links, in the time and with the figures expected."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbook.errors import Unreadable
from deskbook.sources import Source
from deskbook.sources.threads import components, threads

Make = Callable[..., Source]
HEAD = "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n"
DAY = "Tue Oct 31 {} +0000 2017"


def write(file: Path, *tweets: str) -> None:
    file.write_text(HEAD + "".join(f"{tweet}\n" for tweet in tweets))


def tables(source: Source) -> tuple[pd.DataFrame, pd.DataFrame]:
    (page,) = source.pull({})
    tickets, messages = source.normalise(page)
    assert (tickets.table, messages.table, tickets.replaces, messages.replaces) == ("tickets", "messages", True, True)
    assert not tickets.rejects and not messages.rejects
    return tickets.rows.to_pandas(), messages.rows.to_pandas()


def reply_minutes(messages: pd.DataFrame) -> pd.Series:
    """Minutes from a thread's first customer message to its first agent message after that."""
    asked = messages[messages["author_role"] == "customer"].groupby("ticket_id")["sent_at"].min()
    after = messages[messages["sent_at"] > messages["ticket_id"].map(asked)]
    replied = after[after["author_role"] == "agent"].groupby("ticket_id")["sent_at"].min()
    return (replied - asked).dropna().dt.total_seconds() / 60


@pytest.fixture
def thread(make: Make, tmp_path: Path) -> Source:
    """One thread of three tweets, told out of order and with ids that were floats."""
    write(
        tmp_path / "t.csv",
        f"7,acme,False,{DAY.format('22:20:00')},@90 sorry,,5.0",
        f"5.0,90,True,{DAY.format('21:10:00')},@acme my order is late,7,",
        f"9,90,True,{DAY.format('23:00:00')},still late,,7.0",
        f"20,91,True,{DAY.format('23:30:00')},@other hello,,999.0",
    )
    return make(url="t.csv", mapping={})


def test_a_thread_becomes_one_ticket_from_its_first_customer_message(thread: Source) -> None:
    tickets, _ = tables(thread)
    first = tickets.set_index("id").loc["5"]
    assert first["created_at"] == pd.Timestamp("2017-10-31T21:10Z")
    assert (first["subject"], first["team"], first["customer_id"]) == ("@acme my order is late", "acme", "90")
    assert (first["status"], first["channel"]) == ("open", "social")


def test_a_reply_to_a_tweet_that_is_not_there_begins_a_thread(thread: Source) -> None:
    tickets, _ = tables(thread)
    assert tickets["id"].tolist() == ["5", "20"]
    assert tickets["team"].tolist() == ["acme", "other"]


def test_messages_know_their_ticket_role_and_parent(thread: Source) -> None:
    _, messages = tables(thread)
    assert messages["ticket_id"].tolist() == ["5", "5", "5", "20"]
    assert messages["author_role"].tolist() == ["agent", "customer", "customer", "customer"]
    assert messages["reply_to_id"].fillna("").tolist() == ["5", "", "7", "999"]


def test_thread_order_is_time_order_not_text_order(make: Make, tmp_path: Path) -> None:
    friday, monday = "Fri Nov 03 10:00:00 +0000 2017", "Mon Oct 30 10:00:00 +0000 2017"
    write(tmp_path / "t.csv", f"1,acme,False,{friday},b,,2.0", f"2,90,True,{monday},a,1,")
    tickets, _ = tables(make(url="t.csv", mapping={}))
    assert (tickets["status"].item(), tickets["subject"].item()) == ("pending", "a")


def test_threads_reach_across_the_files_of_a_glob(make: Make, tmp_path: Path) -> None:
    write(tmp_path / "a.csv", f"1,90,True,{DAY.format('21:00:00')},a,,")
    write(tmp_path / "b.csv", f"2,acme,False,{DAY.format('22:00:00')},b,,1.0")
    source = make(url="*.csv", mapping={})
    tickets, _ = tables(source)
    assert tickets["id"].tolist() == ["1"]
    (page,) = source.pull({})
    assert list(source.pull(page.cursor)) == []
    (tmp_path / "b.csv").unlink()
    assert [page.rows.num_rows for page in source.pull(page.cursor)] == [1]


def test_a_bad_tweet_is_set_aside_and_the_others_stay(make: Make, tmp_path: Path) -> None:
    good = f"1,90,True,{DAY.format('21:00:00')},a,,"
    write(tmp_path / "t.csv", good, "abc,90,True,x,b,,", "3,90,perhaps,yesterday,c,,1.0")
    source = make(url="t.csv", mapping={})
    (page,) = source.pull({})
    tickets, messages = source.normalise(page)
    assert (tickets.rows.num_rows, messages.rows.num_rows) == (1, 1)
    assert [(r.line, r.column) for r in messages.rejects] == [(3, "id"), (4, "sent_at")]


def test_a_shape_without_its_columns_says_which_are_missing(make: Make, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("tweet_id,author_id,text\n1,2,a\n")
    source = make(url="t.csv", mapping={}, shape="twitter")
    with pytest.raises(Unreadable, match="lacks inbound, created_at, in_response_to_tweet_id"):
        source.normalise(next(source.pull({})))


@given(count=st.integers(1, 30), seed=st.integers(0, 10_000), links=st.integers(0, 40))
def test_components_are_those_of_a_naive_search(count: int, seed: int, links: int) -> None:
    left, right = np.random.default_rng(seed).integers(0, count, (2, links))
    naive = list(range(count))
    for _ in range(count):
        for a, b in zip(left.tolist(), right.tolist(), strict=True):
            naive[a] = naive[b] = min(naive[a], naive[b])
    assert components(count, left, right).tolist() == naive


@pytest.mark.parametrize(("shape", "wanted"), [("chain", 1), ("star", 1), ("pairs", 50_001)])
def test_a_hundred_thousand_tweets_are_threaded_in_time(shape: str, wanted: int) -> None:
    ids = np.random.default_rng(1).permutation(100_000) + 1
    parents = {"chain": np.roll(ids, 1), "star": np.full(100_000, ids[0]), "pairs": ids ^ 1}[shape]
    began = time.process_time()
    found = threads(ids, ids, parents)
    assert time.process_time() - began < 5
    assert len(np.unique(found)) == wanted


FIGURES = {
    "tweets_100.csv": (160, 16.18, 558.4, 0.275, 738, 467),
    "sample_head_1000.csv": (255, 13.88, 810.6, 0.322, 799, 420),
}


@pytest.mark.parametrize("file", FIGURES)
def test_real_tweets_give_the_known_figures(make: Make, shared: Path, file: str) -> None:
    tickets, messages = tables(make(url=str(shared / "data" / "twcs_twitter_support" / file), mapping={}))
    threads_, median, ninetieth, over_hour, day, inbound = FIGURES[file]
    minutes = reply_minutes(messages)
    on_day = messages[messages["sent_at"].dt.date == pd.Timestamp("2017-10-31").date()]
    assert (len(tickets), len(minutes)) == (threads_, threads_)
    assert minutes.median() == pytest.approx(median, abs=0.006)
    assert minutes.quantile(0.9) == pytest.approx(ninetieth, abs=0.06)
    assert (minutes > 60).mean() == pytest.approx(over_hour, abs=0.0006)
    assert (len(on_day), (on_day["author_role"] == "customer").sum()) == (day, inbound)


def test_nested_conversations_give_the_known_figures(shared: Path) -> None:
    from deskbook.catalog import Catalog
    from deskbook.sources import utc_now

    catalogs = Path(__file__).parents[1] / "catalogs"
    source = Catalog.open(catalogs, {"SHARED_DATA": str(shared / "data")}).source("ibm_care", utc_now)
    (page,) = source.pull({})
    tickets, messages = source.normalise(page)
    assert not tickets.rejects and not messages.rejects
    assert (tickets.rows.num_rows, messages.rows.num_rows) == (525, 1_211)
    assert reply_minutes(messages.rows.to_pandas()).median() == pytest.approx(123.7, abs=0.06)
