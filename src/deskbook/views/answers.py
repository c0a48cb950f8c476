"""The question box: a plan that can be edited, sentences with their evidence, numbers with their receipts."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from deskbook.errors import BadValue, DeskbookError
from deskbook.metrics import DIMENSIONS, GRAINS, registry
from deskbook.views.answered import KINDS, shown
from deskbook.views.figures import Kit
from deskbook.views.numbers import Ask
from deskbook.views.section import Block, Drawing, Moment
from deskbook.views.visit import Answer, Visit

log = logging.getLogger(__name__)
EXAMPLES: Final = (
    "How many tickets last week?",
    "Which team had the slowest first reply this month?",
    "Why was sentiment negative yesterday?",
    "How many customers say the app crashes?",
    "Summarise last week",
)
PERIODS: Final = ("today", "yesterday", "-7d", "-28d", "this week", "last week", "this month", "last month", "all")
"""Periods offered while one is edited; any other can be written."""


@dataclass(frozen=True)
class QuestionBox:
    """A question in plain words, and what the data says."""

    examples: tuple[str, ...]

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """None: the answer brings its own numbers."""
        return ()

    def block(self, at: Moment) -> Block:
        """The question with its answer; `asking` while it is being worked out."""
        question, plan = at.filters.question.strip(), at.filters.plan.strip()
        held: Block = {"kind": "ask", "question": question, "examples": list(self.examples)}
        if not question and not plan:
            return held | {"state": "idle"}
        key = ("answer", at.book.snapshot, question, plan)
        found: Block | None = at.memory.get(key)
        if found is None and not at.patient:
            return held | {"state": "asking"}
        if found is None:
            for found in _pieces(at, question, plan):
                at.memory.put(key, found)  # who looks meanwhile sees how far it is
        return held | (found or {})

    def drawing(self, kit: Kit) -> Drawing | None:
        """An answer is drawn without a figure."""
        return None


def _pieces(at: Moment, question: str, plan: str) -> Iterator[Block]:
    """The answer in Deskbook's own words; then as a language model words it, where one does; the last stands."""
    try:
        said: dict[str, Any] = {}
        follow: list[dict[str, str]] = []
        for piece in at.book.ask_in_pieces(question, read_document(plan) if plan else None):
            if hasattr(piece, "as_dict"):
                said = piece.as_dict()
                follow = follow or _follow_ups(at.book, said)
                wording = ""
            elif piece.by:
                said["claims"][piece.claim] = said["claims"][piece.claim] | {"text": piece.text}
                wording = piece.by
            yield shown(said, at.zone) | {"follow": follow, "wording": wording}
    except (DeskbookError, ImportError) as error:
        log.info("question failed", extra={"error": type(error).__name__})
        text = str(error) if isinstance(error, DeskbookError) else "Answering is not installed here."
        hint = "Every other page still works. Ask in other words, or look in Tickets."
        yield {"state": "failed", "said": text, "hint": hint}


def _follow_ups(book: Any, answer: Mapping[str, Any]) -> list[dict[str, str]]:
    """Questions that keep the answer's filter, each with its plan."""
    if answer.get("abstain"):
        return []
    return [{"question": one.question, "plan": one.line()} for one in book.follow_ups(answer["plan"])]


def read_document(text: str) -> dict[str, Any]:
    """The plan of an address.

    Raises:
        BadValue: it is no JSON mapping.
    """
    try:
        held = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadValue(f"The plan in the address is no JSON ({error}). Ask the question again.") from error
    if not isinstance(held, dict):
        raise BadValue('A plan is a mapping such as {"kind": "number", "metrics": ["tickets_created"]}.')
    return held


def plan(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """A plan that was edited, checked, as the address holds it."""
    held = message.get("plan")
    if not isinstance(held, Mapping):
        raise BadValue(f"A plan is a mapping of its parts, got {held!r:.80}.")
    return {"plan": visit.book.plan(str(message.get("question") or ""), held).line()}


def follow(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """A question asked after another: what it does not say is kept from the plan before it."""
    question, before = str(message.get("question") or "").strip(), read_document(str(message.get("plan") or "{}"))
    found = visit.book.follow(question, before)
    if found.problem:
        return {"problem": found.problem}
    return {"plan": found.line(), "question": question}


def plan_parts(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """What each part of a plan can be."""
    cuts = [one for one in DIMENSIONS.values() if one.kind in ("word", "tag", "number") and one.name not in GRAINS]
    return {
        "kind": [[name, said] for name, said in KINDS.items()],
        "metrics": sorted(([one.name, one.label] for one in registry.values()), key=lambda one: one[1]),
        "by": [[one.name, one.label] for one in cuts],
        "grain": [[name, name] for name in GRAINS],
        "periods": list(PERIODS),
    }


def question_box(*examples: str) -> QuestionBox:
    """A question box with examples to start from."""
    return QuestionBox(examples or EXAMPLES)
