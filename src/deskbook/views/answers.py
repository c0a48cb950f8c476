"""The question box: plan first, then sentences with their evidence, then numbers with their receipts."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from deskbook.errors import DeskbookError
from deskbook.metrics import registry
from deskbook.views import wording
from deskbook.views.figures import Kit
from deskbook.views.numbers import Ask
from deskbook.views.section import Block, Drawing, Moment

log = logging.getLogger(__name__)
REPEATED: Final = (
    "sentence", "question", "kind", "metrics", "filters_said", "period", "baseline", "grain", "by", "highest",
    "problem",
)  # fmt: skip
"""Parts of a plan that its sentence says already."""
EXAMPLES: Final = (
    "How many tickets last week?",
    "Which team had the slowest first reply this month?",
    "Why was sentiment negative yesterday?",
)


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
        question = at.filters.question.strip()
        held: Block = {"kind": "ask", "question": question, "examples": list(self.examples)}
        if not question:
            return held | {"state": "idle"}
        key = ("answer", at.book.snapshot, question)
        found: Block | None = at.memory.get(key)
        if found is None and not at.patient:
            return held | {"state": "asking"}
        if found is None:
            found = _answered(at, question)
            at.memory.put(key, found)
        return held | found

    def drawing(self, kit: Kit) -> Drawing | None:
        """An answer is drawn without a figure."""
        return None


def _answered(at: Moment, question: str) -> Block:
    try:
        answer = at.book.ask(question)
        return _shown(answer.as_dict() if hasattr(answer, "as_dict") else dict(answer), at.zone)
    except (DeskbookError, ImportError) as error:
        log.info("question failed", extra={"error": type(error).__name__})
        said = str(error) if isinstance(error, DeskbookError) else "Answering is not installed here."
        hint = "Every other page still works. Ask in other words, or look in Tickets."
        return {"state": "failed", "said": said, "hint": hint}


def _shown(answer: Mapping[str, Any], zone: str) -> Block:
    """An answer as the page draws it."""
    return {
        "state": "ok",
        "abstain": bool(answer.get("abstain")),
        "text": str(answer.get("text") or ""),
        "plan": _plan(answer.get("plan") or {}),
        "claims": _claims(answer.get("claims") or (), zone),
        "numbers": [_number(one) for one in answer.get("numbers") or ()],
        "document": {"numbers": list(answer.get("numbers") or ())},
    }


def _plan(plan: Any) -> list[tuple[str, str]]:
    """The plan as labelled lines, how it was read first; what is empty or repeats the question is left out."""
    if not isinstance(plan, Mapping):
        return [("Plan", str(plan))] if plan else []
    lines = [("Read as", _flat(plan.get("sentence")).removeprefix("Read as: "))]
    lines += [(str(name).replace("_", " ").capitalize(), _flat(plan[name])) for name in plan if name not in REPEATED]
    return [(label, text) for label, text in lines if text]


def _flat(value: Any) -> str:
    if isinstance(value, Mapping):
        if value.get("said"):
            return str(value["said"])
        return ", ".join(f"{name} {_flat(inner)}" for name, inner in value.items() if _flat(inner))
    if isinstance(value, list | tuple):
        return ", ".join(_flat(inner) for inner in value)
    return "" if value is None or value is False else str(value)


def _claims(claims: Sequence[Mapping[str, Any]], zone: str) -> list[dict[str, Any]]:
    """The sentences, their evidence numbered through."""
    count = iter(range(1, sys.maxsize))
    return [_claim(claim, zone, count) for claim in claims]


def _claim(claim: Mapping[str, Any], zone: str, count: Iterator[int]) -> dict[str, Any]:
    cites = []
    for cite in claim.get("cites") or ():
        source, ticket = cite.get("source", ""), cite.get("ticket_id", "")
        cites.append(
            {
                "ticket": f"{source}/{ticket}",
                "message": str(cite.get("message_id") or ""),
                "label": str(next(count)),
                "said": f"{source} {ticket}, {wording.moment(cite.get('sent_at'), zone)}",
            }
        )
    return {"text": str(claim.get("text") or ""), "cites": cites}


def _number(held: Mapping[str, Any]) -> dict[str, Any]:
    receipt = dict(held.get("receipt") or {})
    names = list(receipt.get("metrics") or ())
    name = (receipt.get("cell") or {}).get("metric") or (names[0] if names else "")
    value = held.get("value")
    one = registry[name] if name in registry else None  # noqa: SIM401 -- an unknown name raises in `get` too
    text = wording.valued(value, one) if one and wording.known(value) else f"{value} {held.get('unit') or ''}".strip()
    return {
        "label": str(held.get("label") or (one.label if one else name)),
        "text": text,
        "raw": value,
        "held": receipt,
        "said": str(held.get("said") or receipt.get("where") or ""),
    }


def question_box(*examples: str) -> QuestionBox:
    """A question box with examples to start from."""
    return QuestionBox(examples or EXAMPLES)
