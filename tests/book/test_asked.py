"""The history of questions: kept per person, searched, judged, asked again, made into pages, schedules and tests."""

from __future__ import annotations

import json
from copy import copy
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from deskbook.access import Actor
from deskbook.apps.dashboards import find_dashboards
from deskbook.book import Book
from deskbook.book.asked import AskedOf
from deskbook.errors import AccessDenied, BadValue, ConfigError, UnknownName
from deskbook.rag import model_plan
from deskbook.store import Commit

from ..conftest import Workspace, batch, open_book

ANNA, BEN, ADMIN = (
    Actor("anna", frozenset({"lead"})),
    Actor("ben", frozenset({"agent"})),
    Actor("root", frozenset({"admin"})),
)
HOW_MANY = "How many tickets were created in 2026-09?"


@pytest.fixture
def book(workspace: Workspace) -> Book:
    folder = workspace()
    made = open_book(folder)
    made.sync("sample_tickets")
    return made


@pytest.fixture
def anna(book: Book) -> AskedOf:
    return book.asked(ANNA)


def more_tickets(book: Book, count: int = 3) -> None:
    """Data arrives: tickets of September."""
    rows = [
        {"id": f"NEW-{n}", "created_at": f"2026-09-{10 + n}T10:00:00Z", "subject": "New", "status": "open"}
        for n in range(count)
    ]
    late = [batch("tickets", rows, now=book.now() + timedelta(days=1))]
    book.lake.commit("main", Commit(entry="late", source="late", batches=late, cursor=None))
    book.measure()


def test_a_question_is_kept_with_its_plan_receipts_and_time(book: Book, anna: AskedOf) -> None:
    answer = book.ask(HOW_MANY, actor=ANNA)
    (one,) = anna.find()
    assert one.question == HOW_MANY and one.owner == "anna" and one.seconds > 0 and not one.abstained
    assert one.answer["numbers"] == json.loads(json.dumps(answer.as_dict()["numbers"]))
    assert one.answer["plan"]["kind"] == "number" and one.made["snapshot"] == book.snapshot
    assert set(one.made["definitions"]) == {"tickets_created"}
    assert all(verdict.holds for verdict in book.verify(dict(one.answer)))


def test_people_see_their_own_and_an_admin_everybodys(book: Book, anna: AskedOf) -> None:
    book.ask(HOW_MANY, actor=ANNA)
    book.ask("How many messages in 2026-09?", actor=BEN)
    assert [one.owner for one in anna.find()] == ["anna"]
    assert [one.owner for one in book.asked(ADMIN).find()] == ["ben", "anna"]
    theirs = book.asked(BEN).find()[0].id
    with pytest.raises(UnknownName, match=f"Unknown question '{theirs}'"):
        anna.one(theirs)


def test_another_tenant_sees_nothing(book: Book) -> None:
    book.ask(HOW_MANY)
    other = copy(book)
    other.settings = replace(book.settings, tenant="other")
    assert other.asked(ADMIN).find() == []


def test_words_find_questions_answers_and_corrections(book: Book, anna: AskedOf) -> None:
    book.ask(HOW_MANY, actor=ANNA)
    book.ask("How many unicorns?", actor=ANNA)
    number = anna.find("unicorns")[0].id
    anna.judge(number, thumb=-1, correction="We keep no 100% horses_")
    assert [one.question for one in anna.find("CREATED 2026-09")] == [HOW_MANY]
    assert [one.id for one in anna.find("100% horses_")] == [number]
    assert anna.find("100_ horses") == [] and anna.find("'; drop table") == []


def test_only_the_owner_judges(book: Book, anna: AskedOf) -> None:
    book.ask(HOW_MANY, actor=ANNA)
    one = anna.judge(anna.find()[0].id, thumb=1)
    assert (one.thumb, one.correction) == (1, "")
    assert book.asked(ADMIN).judge(one.id, thumb=-1).thumb == -1
    with pytest.raises(BadValue, match="A thumb is 1"):
        anna.judge(one.id, thumb=5)
    with pytest.raises(BadValue, match="at most 2,000"):
        anna.judge(one.id, correction="x" * 2_001)
    with pytest.raises((AccessDenied, UnknownName)):
        book.asked(BEN).judge(one.id, thumb=1)


def test_unanswered_questions_stand_together_by_what_they_ask(book: Book, anna: AskedOf) -> None:
    for question in ("How many unicorns?", "How many unicorn tickets?", "unicorns", "What is the weather in Paris?"):
        book.ask(question, actor=ANNA)
    book.ask(HOW_MANY, actor=ANNA)
    found = anna.unanswered()
    assert [one.count for one in found] == [3, 1] and "unicorn" in found[0].words[0]
    assert found == anna.unanswered(), "the same every time"


def test_a_change_in_the_data_is_shown_per_number_and_per_sentence(book: Book, anna: AskedOf) -> None:
    book.ask(HOW_MANY, actor=ANNA)
    anna.keep(anna.find()[0].id)
    assert anna.due() == [] and anna.again() == []
    before = book.query("tickets_created", period="2026-09").value()
    more_tickets(book)
    ((_, because),) = anna.due()
    (done,) = anna.again()
    assert because == ("data",) and done.difference.state == "changed" and done.difference.because == ("data",)
    numbers = [one for one in done.difference.changes if one.kind == "number"]
    assert (numbers[0].before, numbers[0].after) == (f"{before} tickets", f"{before + 3} tickets")
    (sentence,) = [one for one in done.difference.changes if one.kind == "sentence"]
    assert f"{before} tickets" in sentence.before and f"{before + 3} tickets" in sentence.after
    assert anna.due() == [], "it was asked again"
    assert [one["difference"]["state"] for one in anna.agains(done.asked.id)] == ["changed"]


def test_data_that_changes_nothing_of_the_answer_is_no_difference(book: Book, anna: AskedOf) -> None:
    book.ask("How many tickets were created in 2026-03?", actor=ANNA)
    anna.keep(anna.find()[0].id)
    more_tickets(book)
    (done,) = anna.again()
    assert (done.difference.state, done.difference.because) == ("same", ("data",))


def test_a_change_of_the_prompt_alone_is_flagged(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"url": "http://127.0.0.1:9/v1", "key": "", "tries": 0, "seconds": 0.2, "use": ["plan"]}
    book.settings = replace(book.settings, model=told)
    book.ask(HOW_MANY, actor=ANNA)
    held = book.asked(ANNA)
    held.keep(held.find()[0].id)
    assert held.due() == []
    monkeypatch.setattr(model_plan, "PROMPT_VERSION", "plan-next")
    (done,) = held.again()
    assert (done.difference.state, done.difference.because, done.difference.changes) == ("flagged", ("prompt",), ())


def test_another_model_is_flagged(book: Book, anna: AskedOf) -> None:
    book.ask(HOW_MANY, actor=ANNA)
    anna.keep(anna.find()[0].id)
    told = {"url": "http://127.0.0.1:9/v1", "key": "", "tries": 0, "seconds": 0.2, "use": ["plan"]}
    book.settings = replace(book.settings, model=told)
    (done,) = anna.again()
    assert done.difference.state == "flagged" and "model" in done.difference.because


def test_another_definition_is_named(book: Book, anna: AskedOf, monkeypatch: pytest.MonkeyPatch) -> None:
    from deskbook.metrics import Metric

    book.ask(HOW_MANY, actor=ANNA)
    anna.keep(anna.find()[0].id)
    monkeypatch.setattr(Metric, "version", property(lambda self: "next"))
    ((_, because),) = anna.due()
    assert because == ("definition",)
    assert anna.again()[0].difference.state == "flagged"


def test_asking_again_asks_of_the_same_days(book: Book, anna: AskedOf) -> None:
    book.ask("How many tickets last week?", actor=ANNA)
    book.clock = lambda: book.now() + timedelta(days=30)
    (done,) = anna.again([anna.find()[0].id])
    assert done.difference.changes == ()


def test_an_answer_becomes_a_page_that_asks_it(book: Book, anna: AskedOf) -> None:
    from deskbook.reports.parameters import page_values

    question = 'Why was "sentiment" negative \\ on Oct 2? ü'
    book.ask(question, actor=ANNA)
    file = anna.make_page(anna.find()[0].id, "why_october")
    notebook = json.loads(file.read_text("utf-8"))
    assert page_values(book.settings.workspace, "why_october", {})["question"] == question
    assert notebook["metadata"]["deskbook"]["title"] == question
    with pytest.raises(ConfigError, match="There is a page 'why_october' already"):
        anna.make_page(anna.find()[0].id, "why_october")
    with pytest.raises(BadValue, match="small letters"):
        anna.make_page(anna.find()[0].id, "../../etc")


def test_an_answer_becomes_a_schedule_that_the_worker_finds(book: Book, anna: AskedOf) -> None:
    book.ask(HOW_MANY, actor=ANNA)
    number = anna.find()[0].id
    anna.make_schedule(number, at="0 8 * * mon", send=[{"folder": "reports"}], name="tickets_monthly")
    folder = book.settings.workspace
    pages = [file.stem for file in (folder / "notebooks").glob("*.ipynb")]
    (made,) = [one for one in find_dashboards(folder / "dashboards", pages) if one.name == "tickets_monthly"]
    assert made.pages == ("tickets_monthly",) and made.schedules[0].at == "0 8 * * mon"


def test_a_schedule_that_cannot_be_meant_writes_nothing(book: Book, anna: AskedOf) -> None:
    book.ask(HOW_MANY, actor=ANNA)
    with pytest.raises(ConfigError, match="at"):
        anna.make_schedule(anna.find()[0].id, at="whenever", send=[{"folder": "reports"}], name="bad")
    assert list(book.settings.workspace.rglob("bad.*")) == []


def test_an_answer_becomes_a_test_that_fails_when_a_number_changes(book: Book, anna: AskedOf) -> None:
    book.ask(HOW_MANY, actor=ANNA)
    file = anna.make_test(anna.find()[0].id)
    assert [difference.state for _, difference in anna.run_tests()] == ["same"]
    more_tickets(book)
    ((where, difference),) = anna.run_tests()
    assert where == file and difference.state == "changed" and all(one.kind == "number" for one in difference.changes)


def test_old_questions_are_forgotten_but_for_those_that_are_asked_again(book: Book, anna: AskedOf) -> None:
    for question in (HOW_MANY, "How many unicorns?"):
        book.ask(question, actor=ANNA)
    book.ask("How many messages in 2026-09?", actor=BEN)
    anna.keep(anna.find("2026-09")[0].id)
    anna.again([anna.find("2026-09")[0].id])
    assert anna.forget("2020-01-01") == 0
    assert anna.forget("2100-01-01") == 1 and [one.question for one in anna.find()] == [HOW_MANY]
    assert len(book.asked(ADMIN).find()) == 2
    with pytest.raises(BadValue):
        anna.forget("someday")


def test_what_is_no_test_is_named(book: Book, anna: AskedOf, tmp_path: Path) -> None:
    book.ask("How many unicorns?", actor=ANNA)
    with pytest.raises(BadValue, match="got no answer, so there is nothing to test"):
        anna.make_test(anna.find()[0].id)
    (tmp_path / "x.json").write_text("[1]", "utf-8")
    with pytest.raises(BadValue, match="is no test of an answer"):
        anna.run_tests([tmp_path / "x.json"])


def test_an_answer_is_not_lost_for_a_history_that_cannot_be_written(
    book: Book, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from sqlalchemy.exc import OperationalError

    from deskbook.store import AskedLog

    def broken(*_: object, **__: object) -> None:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    monkeypatch.setattr(AskedLog, "add", broken)
    assert not book.ask(HOW_MANY).abstain
    assert "history not written: OperationalError" in caplog.text
