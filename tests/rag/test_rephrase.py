"""An answer worded by a model that behaves, lies, fails or hangs."""

from __future__ import annotations

import json
import re
import time
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deskbook.book import Book
from deskbook.rag import Answer, answer
from deskbook.rag.rephrase import Sentence
from deskbook.rag.rephrase_bind import bind

from ..fakes.llama import start
from ..fakes.openai_server import FakeModel, Reply
from .rewordings import false, good

QUESTION = "Why was sentiment negative on Oct 2?"


def asked(book: Book, fake: FakeModel, question: str = QUESTION, **made: Any) -> Answer:
    return with_model(book, fake.url, **made).ask(question)


def with_model(book: Book, url: str, **made: Any) -> Book:
    """The same desk with a model set."""
    model = {"url": url, "key": "", "tries": 0, "use": ["rephrase"], **made}
    other = copy(book)
    other.settings = replace(book.settings, model=model)
    other.__dict__.pop("model", None)
    return other


def lines(body: dict[str, Any]) -> list[str]:
    return str(body["messages"][-1]["content"]).splitlines()


def reworder(made: Answer, pick: Any) -> Reply:
    """A model that words each sentence as `pick` says."""
    known = {bound.text: bound for bound in bind(made.claims, made.numbers)}

    def reply(body: dict[str, Any]) -> str:
        out = []
        for line in lines(body):
            mark, text = line.split(" ", 1)
            out.append(f"{mark} {next(iter(pick(known[text])), text)}")
        return "\n".join(out)

    return reply


def test_a_model_that_behaves_is_heard_and_every_number_stays(book: Book, why: Answer) -> None:
    plain = why
    with FakeModel(reworder(why, good)) as fake:
        made = asked(book, fake)
    new = [claim for claim in made.claims if claim.get("worded_by")]
    assert len(new) >= 5 and all(claim["plain"] in plain.text and claim["text"] in made.text for claim in new)
    assert made.numbers == plain.numbers and [c["numbers"] for c in made.claims] == [c["numbers"] for c in plain.claims]
    assert sorted(re.findall(r"\d+(?:[.,]\d+)*", made.text)) == sorted(re.findall(r"\d+(?:[.,]\d+)*", plain.text))
    assert all(one.holds for one in book.verify(made.as_dict()))
    assert any("worded by gpt-4o-mini" in note for note in made.notes)


def test_the_model_sees_no_number_no_name_and_no_customers_words(book: Book, why: Answer) -> None:
    with FakeModel(reworder(why, good)) as fake:
        asked(book, fake)
    told = json.dumps(fake.asked[-1]["messages"][-1], ensure_ascii=False)
    assert not re.search(r"\d", re.sub(r"\{\w\d+\}|\[s\d+\]", "", told))
    for name in ("Billing", "Technical", "charged", "money", "code", "Oct", "pirates"):
        assert name not in told
    assert "tools" not in fake.asked[-1]


def test_a_model_that_lies_is_not_heard(book: Book, why: Answer) -> None:
    plain = why
    with FakeModel(reworder(why, lambda bound: (text for _, text in list(false(bound))[2:]))) as fake:
        made = asked(book, fake)
    assert made.text == plain.text and not any(claim.get("worded_by") for claim in made.claims)
    assert any("withheld, as they did not say what the figures say" in note for note in made.notes)


@pytest.mark.parametrize(
    "reply",
    [
        "Sentiment was negative because of 37 refunds.",
        "[s1] The baseline is bad.\n[s99] Nothing.\n[s2] 42 % of everything {n77}.",
        "{}",
        "",
        "\n\n\n",
        '{"sentences": [1, 2]}',
        "[s2] " + "very " * 5000 + "long.",
        "[s1] <script>alert(1)</script> {x0}",
    ],
)
def test_a_reply_that_is_no_wording_leaves_the_plain_answer(book: Book, why: Answer, reply: str) -> None:
    with FakeModel(reply) as fake:
        made = asked(book, fake)
    assert made.text == why.text and not made.abstain


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("500:", "failed with status 500"),
        ("429:", r"no room for us now \(429\)"),
        ("401:", "refused the key"),
        ("hang:", "did not answer within"),
        ("slow:[s1] The", "did not answer within"),
        ("broken:[s1]", "cannot be read"),
        ("html:", "broke off|cannot be read"),
    ],
)
def test_whatever_becomes_of_the_model_the_answer_is_there_with_a_note(
    book: Book, why: Answer, reply: str, said: str
) -> None:
    begun = time.monotonic()
    with FakeModel(reply) as fake:
        made = asked(book, fake, seconds=0.5)
    assert made.text == why.text and time.monotonic() - begun < 20
    assert any(re.search(said, note) for note in made.notes)


def test_half_a_stream_keeps_the_sentences_that_had_passed(book: Book, why: Answer) -> None:
    with FakeModel(lambda body: "half:" + str(reworder(why, good)(body))[:400]) as fake:  # type: ignore[operator]
        made = asked(book, fake)
    new = [claim for claim in made.claims if claim.get("worded_by")]
    assert 1 <= len(new) < 6 and any("broke off before its end" in note for note in made.notes)


def test_without_a_key_the_answer_is_plain(book: Book, why: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_SUCH_KEY", raising=False)
    made = with_model(book, "http://127.0.0.1:9/v1", key="{env(NO_SUCH_KEY)}").ask(QUESTION)
    assert made.text == why.text
    assert any("NO_SUCH_KEY, which is not set" in note for note in made.notes)


def test_pieces_come_in_order_and_the_last_is_the_answer(book: Book, why: Answer) -> None:
    with FakeModel(reworder(why, good)) as fake:
        pieces = list(with_model(book, fake.url).ask_in_pieces(QUESTION))
    first, *middle, last = pieces
    assert isinstance(first, Answer) and first.notes == () and isinstance(last, Answer)
    sentences = [one for one in middle if isinstance(one, Sentence)]
    assert [one.claim for one in sentences] == sorted(one.claim for one in sentences)
    assert all(one.text in last.text for one in sentences)


def test_a_question_that_is_not_answered_asks_no_model(book: Book, why: Answer) -> None:
    with FakeModel("never asked") as fake:
        assert asked(book, fake, "How many unicorns last week?").abstain
        assert fake.asked == []


def test_a_real_small_model_changes_no_number(book: Book) -> None:
    server, url = start()
    question = "tickets created in 2026-10 vs 2026-09"
    made = with_model(book, url, seconds=60, name="smollm2").ask(question)
    plain = answer(question, book)
    assert sorted(re.findall(r"\d+(?:[.,]\d+)*", made.text)) == sorted(re.findall(r"\d+(?:[.,]\d+)*", plain.text))
    assert made.notes, "worded, withheld or failed: it is said"
    del server


def test_the_key_stands_in_no_answer(book: Book, why: Answer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("A_KEY", "sk-swordfish")
    with FakeModel("401:") as fake:
        made = asked(book, fake, key="{env(A_KEY)}")
    assert "swordfish" not in json.dumps(made.as_dict()) and "A_KEY" not in json.dumps(made.as_dict())
