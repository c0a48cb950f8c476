"""`answer()`: a question in, a plan, sentences, numbers with receipts and passages out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from deskbook.rag.contract import Numbers
from deskbook.rag.draft import Draft
from deskbook.rag.figures import ANSWERS
from deskbook.rag.find import answer_find
from deskbook.rag.plan import Plan, make_plan, no_data
from deskbook.rag.why import answer_why

WRITERS = {**ANSWERS, "why": answer_why, "find": answer_find}
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
    """

    text: str
    numbers: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    plan: dict[str, Any]
    abstain: bool

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {
            "text": self.text,
            "numbers": self.numbers,
            "claims": self.claims,
            "plan": self.plan,
            "abstain": self.abstain,
        }

    def __str__(self) -> str:
        return self.text


def answer(question: str, numbers: Numbers) -> Answer:
    """Answer from the data alone; abstain with a reason where it does not speak to the question."""
    for _ in range(ATTEMPTS):
        plan = make_plan(question, numbers)
        draft = Draft()
        is_answered = _write(plan, numbers, draft)
        if len(draft.snapshots) <= 1:
            break  # else data arrived while the answer was written, and its numbers may disagree
    shown = [plan.sentence(), *draft.sentences] if is_answered else draft.sentences
    return Answer(
        text=" ".join(shown),
        numbers=draft.numbers,
        claims=draft.claims,
        plan=plan.as_dict(),
        abstain=not is_answered,
    )


def _write(plan: Plan, numbers: Numbers, draft: Draft) -> bool:
    if plan.problem:
        draft.say(plan.problem)
        return False
    empty = "" if plan.kind == "define" else no_data(plan)
    if empty:
        draft.say(empty)
        return False
    return WRITERS[plan.kind](plan, numbers, draft)
