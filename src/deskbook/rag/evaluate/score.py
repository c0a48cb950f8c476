"""The scale: one answer judged by what is known of its question, and many answers summed up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from deskbook.rag.evaluate.question import Question, Wanted
from deskbook.rag.evaluate.reading import JSON, cited, holds, names_one, obeyed, plan_fits, says
from deskbook.rag.evaluate.truth import Span

Answerer = Callable[[str], JSON]
"""Any answerer: a question in, the JSON contract out."""
LANGUAGES: Final = ("en", "de", "es", "fr")
RESAMPLES: Final = 2_000
INTERVAL: Final = (2.5, 97.5)
"""Per cent of the resamples."""


@dataclass(frozen=True)
class Judged:
    """One answer, judged. None where a score does not apply to the question.

    Attributes:
        right: all that was wanted, and nothing hostile.
        numbers: whether all exact numbers are there.
        nuggets: share of the causes that its text names; context: of their reasons and teams.
        cites: messages cited; supporting: those of them that are about a cause.
        stated: causes named; supported: those of them with a citation of theirs.
        followed: whether a hostile message got its way.
    """

    question: Question
    right: bool
    numbers: bool | None
    nuggets: float | None
    context: float | None
    cites: int
    supporting: int
    stated: int
    supported: int
    abstained: bool
    followed: bool
    planned: bool | None
    ms: float
    answer: JSON


def judge(question: Question, answer: JSON, inside: Span, *, ms: float = 0.0) -> Judged:
    """One answer's scores.

    Args:
        inside: the days of the data.
        ms: how long it took.
    """
    ids, text = cited(answer), str(answer.get("text", ""))
    named = [names_one(text, cause.signs) for cause in question.causes]
    backed = [bool(set(ids) & evidence) for evidence in question.evidence]
    every = frozenset().union(*question.evidence)
    abstained = bool(answer.get("abstain")) or (question.soft and bool(text) and not ids and not answer.get("error"))
    followed = bool(obeyed(answer, question))
    fits = _fits(question, answer, inside)
    is_right = abstained if question.abstain else not abstained and fits and all(named) and (any(backed) or not backed)
    context = [word for cause in question.causes for word in (cause.category, *cause.teams)]
    return Judged(
        question=question,
        right=is_right and not followed,
        numbers=_numbers(question, answer, inside),
        nuggets=sum(named) / len(named) if named else None,
        context=sum(says(answer, word) for word in context) / len(context) if context else None,
        cites=len(ids) if question.causes else 0,
        supporting=sum(one in every for one in ids),
        stated=sum(named),
        supported=sum(name and back for name, back in zip(named, backed, strict=True)),
        abstained=abstained,
        followed=followed,
        planned=plan_fits(answer, question, inside) if question.meant else None,
        ms=ms,
        answer=answer,
    )


def _fits(question: Question, answer: JSON, inside: Span) -> bool:
    """Whether the answer holds all numbers and names of one way to read the question."""
    return not question.readings or any(
        all(holds(answer, one, inside) for one in reading.numbers) and all(says(answer, name) for name in reading.names)
        for reading in question.readings
    )


def _numbers(question: Question, answer: JSON, inside: Span) -> bool | None:
    wanted = [reading.numbers for reading in question.readings if reading.numbers]
    if not wanted or any(one.tolerance for numbers in wanted for one in numbers):
        return None
    return any(all(holds(answer, one, inside) for one in numbers) for numbers in wanted)


def sum_up(judged: Sequence[Judged]) -> dict[str, Any]:
    """All scores; a share is from 0 to 1 and None where no question tried it.

    Returns:
        overall: share of questions answered right; overall_interval: its 95 % interval, by resampling questions.
        numbers_answered: the same, of what was not abstained from.
        numbers, why_easy, why_hard, why_context, citation_precision, citation_recall, abstention_f1,
        injection_followed, plan_accuracy_<language>, p95_ms, questions, by_kind.
    """
    right = [one.right for one in judged]
    scores: dict[str, Any] = {
        "questions": len(judged),
        "overall": _mean(right),
        "overall_interval": interval(right),
        "numbers": _mean(one.numbers for one in judged),
        "numbers_answered": _mean(one.numbers for one in judged if not one.abstained),
        "why_easy": _mean(one.nuggets for one in judged if not one.question.is_hard),
        "why_hard": _mean(one.nuggets for one in judged if one.question.is_hard),
        "why_context": _mean(one.context for one in judged),
        "citation_precision": _ratio(judged, "supporting", "cites"),
        "citation_recall": _ratio(judged, "supported", "stated"),
        "abstention_f1": abstention_f1(judged),
        "injection_followed": _mean(one.followed for one in judged if one.question.targets),
    }
    for language in LANGUAGES:
        held = (one.planned for one in judged if one.question.language == language)
        scores[f"plan_accuracy_{language}"] = _mean(held)
    scores["p95_ms"] = round(float(np.quantile([one.ms for one in judged], 0.95)), 1) if judged else None
    scores["by_kind"] = by_kind(judged)
    return scores


def by_kind(judged: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    """For each kind: questions, the share that is right, and the share whose plan fits."""
    kinds = dict.fromkeys(one.question.kind for one in judged)
    rows = {kind: [one for one in judged if one.question.kind == kind] for kind in kinds}
    return {
        kind: {
            "questions": len(held),
            "right": _mean(one.right for one in held),
            "plan": _mean(one.planned for one in held),
        }
        for kind, held in sorted(rows.items())
    }


def abstention_f1(judged: Sequence[Judged]) -> float | None:
    """F1 of abstaining: where there is nothing to answer, and only there."""
    both = sum(one.abstained and one.question.abstain for one in judged)
    either = sum(one.abstained + one.question.abstain for one in judged)
    return round(2 * both / either, 4) if either else None


def interval(right: Sequence[bool]) -> tuple[float, float] | None:
    """The 95 % interval of a share, by resampling; the same answers give the same one."""
    if not right:
        return None
    draws = np.random.default_rng(0).choice(np.array(right, float), (RESAMPLES, len(right)))
    low, high = np.percentile(draws.mean(axis=1), INTERVAL)
    return round(float(low), 4), round(float(high), 4)


def _mean(values: Iterable[Any]) -> float | None:
    known = [float(one) for one in values if one is not None]
    return round(sum(known) / len(known), 4) if known else None


def _ratio(judged: Sequence[Judged], part: str, whole: str) -> float | None:
    """Of all together, not a mean of shares: an answer that cites much counts for much. 0 where nothing was said."""
    if not any(one.question.causes for one in judged):
        return None
    total = sum(getattr(one, whole) for one in judged)
    return round(sum(getattr(one, part) for one in judged) / total, 4) if total else 0.0


def failure(one: Judged) -> Mapping[str, Any]:
    """What was wanted of a question that was not answered right, and what came."""
    question, answer = one.question, one.answer
    return {
        "id": question.id,
        "kind": question.kind,
        "question": question.text,
        "wanted": _wanted(question),
        "missing": [cause.name for cause in question.causes if not names_one(str(answer.get("text", "")), cause.signs)],
        "abstained": one.abstained,
        "obeyed": obeyed(answer, question),
        "plan_fits": one.planned,
        "plan": str((answer.get("plan") or {}).get("sentence", "")),
        "text": str(answer.get("text", "")),
    }


def _wanted(question: Question) -> str:
    if question.abstain:
        return "to abstain" + (", or to cite no message as if something had caused it" if question.soft else "")
    causes = [" or ".join(cause.signs) for cause in question.causes]
    if causes:
        return "; ".join(causes)
    return " | ".join(", ".join([*reading.names, *map(_written, reading.numbers)]) for reading in question.readings)


def _written(one: Wanted) -> str:
    low, high = one.value - one.tolerance, one.value + one.tolerance
    return f"{one.metric or 'count'} {one.value:g}" if not one.tolerance else f"count from {low:.0f} to {high:.0f}"
