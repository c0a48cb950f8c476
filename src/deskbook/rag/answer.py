"""`answer()`: a question in, a plan, sentences, numbers with receipts and passages out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from deskbook.metrics import Condition, both
from deskbook.rag.contract import Numbers
from deskbook.rag.draft import Draft
from deskbook.rag.figures import ANSWERS, first_of
from deskbook.rag.find import answer_find
from deskbook.rag.plan import Plan
from deskbook.rag.plan_document import plan_from
from deskbook.rag.plan_parser import make_plan
from deskbook.rag.say import answer_say
from deskbook.rag.spans import FREQUENCIES, no_data, step_of
from deskbook.rag.summary import answer_summarise
from deskbook.rag.why import answer_why

WRITERS = {**ANSWERS, "why": answer_why, "find": answer_find, "say": answer_say, "summarise": answer_summarise}
ATTEMPTS = 3


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What Deskbook says to a question.

    Attributes:
        text: the plan and the sentences, for people.
        numbers: each with value, unit, label, how it is shown, and its receipt.
        claims: each sentence and passage with what it rests on: `cites` (messages), `numbers`
            (places in `numbers`), `worked` (figures with a formula over `n<place>`), `counts`.
        plan: what the question was taken to ask.
        abstain: whether it could not be answered.
        language: ISO 639-1, of its sentences.
        notes: what became of it on the way: which model worded it, what was withheld, what did not add up.
        asked: its number among the questions that were asked; 0 where it is not kept there.
    """

    text: str
    numbers: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    plan: dict[str, Any]
    abstain: bool
    language: str = "en"
    notes: tuple[str, ...] = ()
    asked: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {
            "text": self.text,
            "numbers": self.numbers,
            "claims": self.claims,
            "plan": self.plan,
            "abstain": self.abstain,
            "language": self.language,
            "notes": list(self.notes),
            "asked": self.asked,
        }

    def __str__(self) -> str:
        return self.text


def answer(question: str, numbers: Numbers, plan: Plan | Mapping[str, Any] | None = None) -> Answer:
    """Answer from the data alone; abstain with a reason where it does not speak to the question.

    Args:
        plan: what to answer, as a plan or as its document, instead of what the words of the question are taken for.

    Raises:
        BadValue: the plan's document cannot be meant.
    """
    for _ in range(ATTEMPTS):
        read = _read(question, numbers, plan)
        draft = Draft(read.says)
        is_answered = _write(read, numbers, draft)
        if len(draft.snapshots) <= 1:
            break  # else data arrived while the answer was written, and its numbers may disagree
    shown = [read.sentence(), *draft.sentences] if is_answered else draft.sentences
    return Answer(
        text=" ".join(shown),
        numbers=draft.numbers,
        claims=draft.claims,
        plan=read.as_dict(),
        abstain=not is_answered,
        language=read.language,
    )


def _read(question: str, numbers: Numbers, plan: Plan | Mapping[str, Any] | None) -> Plan:
    if plan is None:
        return make_plan(question, numbers)
    read = plan if isinstance(plan, Plan) else plan_from(plan, numbers)
    return replace(read, question=question or read.question)


def _write(plan: Plan, numbers: Numbers, draft: Draft) -> bool:
    if plan.problem:
        draft.say(plan.problem)
        return False
    empty = "" if plan.kind == "define" else no_data(plan.period, plan.calendar, plan.says)
    if empty:
        draft.say(empty)
        return False
    is_answered = WRITERS[plan.kind](plan, numbers, draft)
    if not plan.then or not is_answered:
        return is_answered
    first = first_of(plan, numbers)
    assert first is not None
    return _write(_of_first(plan, plan.then, first, numbers), numbers, draft)


def _of_first(plan: Plan, then: Plan, first: str, numbers: Numbers) -> Plan:
    """What is asked about the first of a ranking: a filter, or a period where months or weeks are ranked."""
    name = plan.by[0]
    if name in FREQUENCIES:
        return replace(then, period=step_of(name, first, plan.period, numbers))
    where = both(then.filter, Condition(name, "=", (first,)))
    return replace(then, where=where.text() if where else "")
