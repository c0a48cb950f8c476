"""Three questions on real support conversations (IBM's Twitter customer care set), answers counted from the file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from deskbook.book import Book
from deskbook.rag import answer
from deskbook.settings import Settings
from deskbook.store import Commit

from .conftest import rows_as_batch

Turn = tuple[str, datetime, str, str]


def turns(conversation: dict[str, Any]) -> list[Turn]:
    """(role, sent_at, text, id) of each message."""
    return [
        ("customer" if "client" in one else "agent", datetime.fromisoformat(one["datetime"]), one["message"],
         one["tweet_ID"])
        for one in conversation["dialogContent"]
    ]  # fmt: skip


@pytest.fixture(scope="module")
def talks(shared: Path) -> list[dict[str, Any]]:
    held = json.loads((shared / "data/ibm_twitter_care/dev.json").read_text("utf-8"))
    return list({one["dialogHeader"]["sessionID"]: one for one in held}.values())


@pytest.fixture(scope="module")
def care(talks: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    tickets, messages, seen = [], [], set()
    for one in talks:
        name, company = one["dialogHeader"]["sessionID"], one["dialogHeader"]["company"]
        said = turns(one)
        tickets.append({"id": name, "created_at": said[0][1], "subject": said[0][2][:30], "status": "open",
                        "priority": "normal", "team": company, "channel": "social"})  # fmt: skip
        for role, at, text, tweet in said:
            if tweet not in seen:
                seen.add(tweet)
                messages.append({"id": tweet, "ticket_id": name, "sent_at": at, "author_role": role, "text": text})
    book = Book(Settings(workspace=tmp_path_factory.mktemp("care"), today="data"))
    batches = [rows_as_batch("tickets", tickets), rows_as_batch("messages", messages)]
    book.lake.commit("main", Commit(entry="care", source="care", batches=batches, cursor={"n": 1}))
    book.measure()
    yield book
    book.lake.close()


def first_days(talks: list[dict[str, Any]], month: tuple[int, int]) -> Counter[str]:
    """Conversations by company that began in a month."""
    began = [(one["dialogHeader"]["company"], turns(one)[0][1]) for one in talks]
    return Counter(company for company, at in began if (at.year, at.month) == month)


def test_the_company_with_most_conversations_in_a_month(care: Book, talks: list[dict[str, Any]]) -> None:
    (company, count), *_ = first_days(talks, (2020, 3)).most_common(1)
    found = answer("Which team had the most tickets in March 2020?", care)
    assert f"{company} has the highest Tickets created, 1 Mar 2020 to 31 Mar 2020: {count} tickets." in found.text


def test_the_messages_of_customers_to_one_company(care: Book, talks: list[dict[str, Any]]) -> None:
    sent = {tweet: (role, at) for one in talks if one["dialogHeader"]["company"] == "TeamYouTube"
            for role, at, _, tweet in turns(one)}  # fmt: skip
    count = sum(role == "customer" and (at.year, at.month) == (2020, 3) for role, at in sent.values())
    found = answer("How many messages did customers send TeamYouTube in March 2020?", care)
    assert found.numbers[0]["value"] == count > 0


def test_how_many_mention_a_password(care: Book, talks: list[dict[str, Any]]) -> None:
    said = {tweet: text.lower() for one in talks for role, _, text, tweet in turns(one) if role == "customer"}
    wanted = {tweet for tweet, text in said.items() if "password" in text}
    found = answer("How many customers mention a password?", care)
    (count,) = [one for claim in found.claims for one in claim["counts"] if "messages" in one]
    assert {one["message_id"] for one in count["messages"]} == wanted and len(wanted) > 3
