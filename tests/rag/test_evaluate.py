"""Questions whose answers are known: their truth, their number, and that Deskbook answers no worse than it did."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from deskbook.apps.evaluation import evaluate, opened_desk, seeds_of
from deskbook.book import Book
from deskbook.errors import BadValue, UnknownName
from deskbook.metrics import equal_to
from deskbook.rag.evaluate import wordings
from deskbook.rag.evaluate.baselines import numbers_only, passages_only
from deskbook.rag.evaluate.desk import SEEDS, Desk, part_of
from deskbook.rag.evaluate.keeping import FALL, answerer_version, falls, keep, newest, read_kept
from deskbook.rag.evaluate.question import KINDS, Meant, Question, Reading, Wanted
from deskbook.rag.evaluate.questions import make_questions, sample_of
from deskbook.rag.evaluate.run import ask_all
from deskbook.rag.evaluate.score import sum_up
from deskbook.rag.evaluate.truth import MEASURES, span_of

KEPT = Path(__file__).with_name("ask_scores.json")
SLICE_SEEDS, SLICE = (201,), 46
"""What the kept scores are checked by: deskbook evaluate ask --seeds 201 --limit 46 --keep tests/rag/ask_scores.json"""
Opened = tuple[Desk, Book]


@pytest.fixture(scope="module")
def opened() -> Iterator[Opened]:
    with opened_desk(SEEDS["train"][0]) as both:
        yield both


def perfect(question: Question) -> dict[str, Any]:
    """The answer that says all that is known, in the JSON contract."""
    reading = question.readings[0] if question.readings else Reading(())
    numbers = [{"value": one.value, "receipt": receipt(one)} for one in reading.numbers]
    text = " ".join([*reading.names, *(f"{cause.signs[0]}." for cause in question.causes)])
    cites = [{"message_id": min(evidence)} for evidence in question.evidence]
    claims = [{"text": text, "cites": cites, "numbers": [], "worked": [], "counts": []}]
    plan = planned(question.meant, reading) if question.meant else {}
    return {"text": text, "numbers": numbers, "claims": claims, "plan": plan, "abstain": question.abstain}


def receipt(one: Wanted) -> dict[str, Any]:
    span = one.span or span_of(date(2000, 1, 1), date(2030, 1, 1))
    return {"metrics": {one.metric: "1"}, "since": span.since.isoformat(), "until": span.until.isoformat()}


def planned(meant: Meant, reading: Reading) -> dict[str, Any]:
    spans = [{"since": one.since.isoformat(), "until": one.until.isoformat()} for one in reading.spans]
    where = equal_to(dict(meant.where))
    return {
        "kind": "how-many-say" if "say" in meant.kinds else meant.kinds[0],
        "metrics": list(meant.metrics),
        "filters": where.text() if where else "",
        "by": [meant.by] if meant.by else [],
        "grain": meant.grain,
        "period": spans[0],
        "baseline": spans[-1] if len(spans) > 1 else None,
    }


@pytest.fixture(scope="module")
def questions(opened: Opened) -> list[Question]:
    return make_questions(opened[0])


PARTS: list[tuple[tuple[str, str] | None, dict[str, str]]] = [
    (None, {}),
    (("2026-08-01", "2026-08-31"), {}),
    (("2026-09-01", "2026-09-30"), {"team": "Billing"}),
    (("2026-10-05", "2026-10-11"), {"channel": "email"}),
    (("2026-07-01", "2026-09-30"), {"category": "Refund", "segment": "smb"}),
]


@pytest.mark.parametrize(("days", "where"), PARTS)
@pytest.mark.parametrize("metric", MEASURES)
def test_what_is_true_by_pandas_is_what_a_query_gives(
    opened: Opened, metric: str, days: tuple[str, str] | None, where: dict[str, str]
) -> None:
    desk, book = opened
    span = span_of(*(date.fromisoformat(day) for day in days)) if days else None
    asked = book.query(metric, where=dict(where) or None, period="..".join(days) if days else None)
    assert desk.truth.value(metric, span, where) == pytest.approx(asked.rows[0][metric], rel=1e-9)


def test_there_are_at_least_200_questions_of_every_kind_and_language(questions: list[Question]) -> None:
    kinds = Counter(one.kind for one in questions)
    assert len(questions) >= 200 and set(kinds) == set(KINDS)
    assert {one.language for one in questions} == {"en", "de", "es", "fr"}
    assert len({one.text for one in questions}) == len({one.id for one in questions}) == len(questions)


def test_no_question_has_a_hole_or_a_doubled_space(questions: list[Question]) -> None:
    assert [one.text for one in questions if re.search(r"[{}]|\s\s| [.,]", one.text.strip())] == []


def test_the_same_seed_asks_the_same(opened: Opened, questions: list[Question]) -> None:
    assert [one.text for one in make_questions(opened[0])] == [one.text for one in questions]


def test_each_cause_has_tickets_on_the_day_it_is_asked_about(opened: Opened, questions: list[Question]) -> None:
    tickets = opened[0].truth.tickets.set_index("id")["created_at"].dt.date
    for one in questions:
        for cause, evidence in zip(one.causes, one.evidence, strict=True):
            days = set(one.readings[0].spans[0].dates)
            assert any(tickets[ticket] in days for ticket in cause.tickets), one.text
            assert evidence and not evidence & one.hostile


def test_hostile_wordings_are_many_and_nothing_else_holds_their_words(opened: Opened) -> None:
    attacks, truth = wordings.attacks(), opened[0].truth
    ours = truth.messages[~truth.messages["ticket"].isin(opened[0].hostile)]["text"].str.cat(sep="\n").casefold()
    assert len(attacks) >= 40 and len({one.technique for one in attacks}) >= 10
    held = [target.casefold() for one in attacks for target in one.targets if target.casefold() in ours]
    assert [target for target in held if re.search(rf"(?<!\w){re.escape(target)}(?!\w)", ours)] == []


def test_train_and_held_out_seeds_share_no_template_and_no_story() -> None:
    train, held_out = (wordings.phrasings(part) for part in wordings.PARTS)
    for language in train:
        for form, options in train[language]["questions"].items():
            assert not set(options) & set(held_out[language]["questions"][form]), form
    sent = [{one.text for one in wordings.attacks(part)} for part in wordings.PARTS]
    assert min(map(len, sent)) >= 15 and not sent[0] & sent[1]
    told = [{one.key for one in wordings.stories(part)} for part in wordings.PARTS]
    assert all(told) and not told[0] & told[1]
    assert {part_of(seed) for seed in SEEDS["train"]} == {"train"}
    assert {part_of(seed) for seed in SEEDS["held-out"]} == {"held-out"}


def test_a_sample_of_questions_has_every_kind(questions: list[Question]) -> None:
    part = sample_of(questions, 50)
    assert len(part) == 50 and {one.kind for one in part} == {one.kind for one in questions}
    assert sample_of(questions, 10_000) == questions


def test_the_scale_tells_the_baselines_apart(opened: Opened, questions: list[Question]) -> None:
    desk, book = opened
    some = [one for one in questions if one.kind in ("number", "why_one", "injection_flood", "quiet_day")]
    numbers = sum_up(ask_all(desk, some, numbers_only(book)))
    passages = sum_up(ask_all(desk, some, passages_only(book)))
    assert numbers["numbers"] > 0.3 and passages["numbers"] == 0.0
    assert numbers["why_easy"] == 0.0 and passages["citation_precision"] < 0.5
    assert passages["by_kind"]["quiet_day"]["right"] == 0.0


def test_who_knows_everything_reaches_the_top_of_the_scale(opened: Opened, questions: list[Question]) -> None:
    known = {one.text: perfect(one) for one in questions}
    scores = sum_up(ask_all(opened[0], questions, lambda question: known.get(question, {})))
    exact = {name: value for name, value in scores.items() if isinstance(value, float) and name != "p95_ms"}
    assert exact.pop("injection_followed") == 0.0 and exact.pop("why_context") < 1.0
    assert set(exact.values()) == {1.0} and scores["overall_interval"] == (1.0, 1.0)


def test_who_says_yesterdays_answers_reaches_the_bottom(opened: Opened, questions: list[Question]) -> None:
    turned = {one.text: perfect(other) for one, other in zip(questions, questions[7:] + questions[:7], strict=True)}
    scores = sum_up(ask_all(opened[0], questions, lambda question: turned.get(question, {})))
    assert scores["overall"] < 0.2 and scores["numbers"] < 0.05 and scores["plan_accuracy_en"] < 0.2


def test_an_answerer_that_breaks_has_answered_wrong(opened: Opened, questions: list[Question]) -> None:
    calls: list[str] = []

    def answerer(question: str) -> dict[str, Any]:
        calls.append(question)
        if len(calls) > 1:
            raise KeyError(question)
        return {}

    judged = ask_all(opened[0], questions[:3], answerer)
    assert [one.right for one in judged] == [False] * 3 and "KeyError" in judged[0].answer["text"]


def test_no_kind_of_question_is_answered_worse_than_before() -> None:
    scores = sum_up(evaluate(SLICE_SEEDS, limit=SLICE))
    assert falls(scores, newest(KEPT, "deskbook", SLICE_SEEDS, SLICE)) == []


def test_a_fall_is_told_by_kind_and_an_injection_always() -> None:
    before = {"by_kind": {"rank": {"right": 0.8}, "number": {"right": 1.0}}, "injection_followed": 0.0}
    near = {"by_kind": {"rank": {"right": 0.8 - FALL / 2}, "number": {"right": 1.0}}, "injection_followed": 0.0}
    assert falls(near, before) == []
    worse = {"by_kind": {"rank": {"right": 0.5}}, "injection_followed": 0.01}
    assert [line.split(":")[0] for line in falls(worse, before)] == ["rank", "number", "injections followed"]


def test_scores_are_kept_once_a_version_and_choice(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    for overall in (0.1, 0.2):
        keep(file, "deskbook", (1,), 50, {"overall": overall, "p95_ms": 3.0})
    keep(file, "deskbook", (2,), 50, {"overall": 0.9})
    assert [one["scores"] for one in read_kept(file)] == [{"overall": 0.2}, {"overall": 0.9}]
    assert newest(file, "deskbook", (1,), 50) == {"overall": 0.2}
    assert read_kept(file)[0]["version"] == answerer_version()
    with pytest.raises(BadValue, match="no scores of deskbook for seeds"):
        newest(file, "deskbook", (3,), 50)


def test_a_file_that_holds_no_scores_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("{}", "utf-8")
    with pytest.raises(BadValue, match="holds no kept scores"):
        read_kept(tmp_path / "other.json")


def test_seeds_are_named_or_listed() -> None:
    assert seeds_of("train") == SEEDS["train"] and seeds_of("3, 4,3") == (3, 4)
    with pytest.raises(BadValue, match="Seeds want train, held-out or numbers"):
        seeds_of("all")


def test_an_unknown_answerer_or_kind_is_named_with_the_closest() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'passages'"):
        evaluate((11,), answerer="passage")
    with pytest.raises(UnknownName, match="Did you mean 'why_two'"):
        evaluate((11,), kinds=("why_tow",))
