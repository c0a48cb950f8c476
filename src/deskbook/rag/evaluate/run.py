"""Asks an answerer every question of a desk and judges what it says."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Final

from deskbook.rag.evaluate.desk import Desk
from deskbook.rag.evaluate.question import Question
from deskbook.rag.evaluate.reading import JSON
from deskbook.rag.evaluate.score import Answerer, Judged, judge

log = logging.getLogger(__name__)

WARM_UP: Final = "How many tickets were created yesterday?"


def ask_all(
    desk: Desk,
    questions: Sequence[Question],
    answerer: Answerer,
    *,
    progress: Callable[[int], None] | None = None,
) -> list[Judged]:
    """Every question asked once, in order.

    Args:
        progress: told how many questions were asked so far.
    """
    answerer(WARM_UP)  # what is loaded once must not count as the first answer's time
    judged = []
    for number, question in enumerate(questions, 1):
        started = perf_counter()
        answer = _answer(answerer, question)
        judged.append(judge(question, answer, desk.span, ms=1_000 * (perf_counter() - started)))
        if progress:
            progress(number)
    return judged


def _answer(answerer: Answerer, question: Question) -> JSON:
    try:
        return answerer(question.text)
    except Exception as failure:  # the evaluation's loop: whatever one question breaks, the others are asked
        log.exception("Question %s broke the answerer", question.id)
        said = f"{type(failure).__name__}: {failure}"
        return {"text": said, "numbers": [], "claims": [], "plan": {}, "abstain": False, "error": True}
