"""A plan as a document: what a page edits, a model proposes and an answer keeps, checked before it is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, Final, get_args

from deskbook.errors import BadValue, UnknownName
from deskbook.metrics import DIMENSIONS, GRAINS, Period, dimension, parse_filter, registry
from deskbook.metrics.dimensions import is_looked_up
from deskbook.metrics.periods import HELP
from deskbook.rag.calendar import calendar
from deskbook.rag.contract import Numbers
from deskbook.rag.plan import KINDS, Plan, Presumed
from deskbook.rag.spans import baseline_of, grain_of
from deskbook.rag.words import LANGUAGES
from deskbook.rag.words.form import listed

MOST_METRICS: Final = 8
MOST_CUTS: Final = 3
LONGEST: Final = 1_000
"""Letters of one text of the document."""
MADE: Final = frozenset({"filters_said", "line", "made_by", "sentence"})
"""Parts that follow from the others: they are not read."""
NEEDS_METRIC: Final = ("number", "compare", "trend", "rank", "why", "define")


def plan_from(document: Mapping[str, Any], numbers: Numbers, depth: int = 0) -> Plan:
    """The plan a document describes; `plan_from(plan.as_dict(), numbers) == plan`.

    Args:
        document: the keys of `Plan.as_dict()`. All but `kind` may be left out: `metrics` (names), `filters`
            (a line in the filter language), `period` and `baseline` (words such as `last week`, or a mapping
            with them under `text`), `grain`, `by`, `highest`, `search`, `language`, `then`. What follows from
            them is made anew.

    Raises:
        BadValue: a part is none of what it may be; names it, what was wanted, and the closest there is.
    """
    unknown = [name for name in document if name not in _PARTS and name not in MADE]
    if unknown:
        raise _bad("part of a plan", str(unknown[0]), _PARTS)
    kind = _one_of("kind of question", _text(document, "kind"), KINDS)
    metrics = tuple(_one_of("metric", name, registry) for name in _texts(document, "metrics", MOST_METRICS))
    by = tuple(_cut(name, kind) for name in _texts(document, "by", MOST_CUTS))
    grain = _text(document, "grain")
    plan = Plan(
        question=_text(document, "question"),
        kind=kind,
        metrics=metrics,
        where=_filter(_text(document, "filters"), metrics),
        period=_period(document, "period", numbers) or numbers.period("all"),
        calendar=calendar(numbers),
        baseline=_period(document, "baseline", numbers),
        grain=_one_of("grain", grain, GRAINS) if grain else "",
        by=by,
        highest=_flag(document, "highest"),
        search=_text(document, "search"),
        presumes=_one_of("presumption", _text(document, "presumes"), get_args(Presumed)),
        language=_one_of("language", _text(document, "language") or "en", LANGUAGES),
        then=_then(document, numbers, depth),
        understood=_pairs(document, "understood"),
        assumed=tuple(_texts(document, "assumed", MOST_METRICS * 2)),
        problem=_text(document, "problem"),
    )
    return plan if plan.problem else _whole(plan, numbers)


def _whole(plan: Plan, numbers: Numbers) -> Plan:
    """The plan with what its kind needs and its document left out."""
    if plan.kind in NEEDS_METRIC and not plan.metrics:
        raise BadValue(f"A plan of kind '{plan.kind}' wants `metrics`, at least one name; got none.")
    if plan.kind == "rank" and not plan.by:
        raise BadValue("A plan of kind 'rank' wants `by`, the dimension whose values are ranked; got none.")
    if plan.kind in ("find", "say") and not plan.search:
        raise BadValue(f"A plan of kind '{plan.kind}' wants `search`, the words to look for; got none.")
    if plan.then and plan.kind != "rank":
        raise BadValue(f"`then` asks about the first of a ranking; a plan of kind '{plan.kind}' has none.")
    for name in plan.by:
        for metric in plan.metrics:
            is_looked_up(dimension(name), registry[metric].table)  # raises where they do not go together
    if plan.kind == "trend" and not plan.grain:
        plan = replace(plan, grain=grain_of(plan.period, plan.calendar))
    if plan.kind in ("why", "summarise") and plan.baseline is None:
        baseline, note = baseline_of(plan.period, plan.calendar, numbers, plan.says)
        notes = (*plan.assumed, note) if note else plan.assumed
        plan = replace(plan, baseline=baseline, assumed=tuple(dict.fromkeys(notes)))
    return plan


def _then(document: Mapping[str, Any], numbers: Numbers, depth: int) -> Plan | None:
    held = document.get("then")
    if held is None:
        return None
    if not isinstance(held, Mapping) or depth:
        raise BadValue(f"`then` of a plan wants one plan that has none itself, got {held!r:.80}.")
    return plan_from(held, numbers, depth + 1)


def _bad(kind: str, got: str, known: Iterable[str]) -> BadValue:
    names = sorted(known)
    close = get_close_matches(got.lower(), names, n=1, cutoff=0.5)
    hint = f"The closest is '{close[0]}'." if close else ""
    shown = ", ".join(names[:20]) + (" …" if len(names) > 20 else "")
    return BadValue(f"'{got[:80]}' is no {kind}; wanted one of {shown}. {hint}".strip())


def _one_of(kind: str, got: str, known: Iterable[str]) -> Any:
    if got not in known:
        raise _bad(kind, got, known)
    return got


def _cut(name: str, kind: str) -> str:
    try:
        one = dimension(name)
    except UnknownName:
        raise _bad("dimension", name, DIMENSIONS) from None
    if one.kind in ("moment", "text") or (name in GRAINS and kind != "rank"):
        fix = "Put it under `grain`." if name in GRAINS else f"Filter on it, or cut by one of {', '.join(GRAINS)}."
        raise BadValue(f"'{name}' is no dimension that numbers can be cut by here. {fix}")
    return name


def _filter(text: str, metrics: tuple[str, ...]) -> str:
    try:
        one = parse_filter(text)
    except UnknownName as error:
        raise _bad("dimension to filter on", error.name, DIMENSIONS) from None
    if one is None:
        return ""
    for name in metrics:
        one.sql(registry[name].table, {})  # raises where they do not go together
    return one.text()


def _period(document: Mapping[str, Any], part: str, numbers: Numbers) -> Period | None:
    held = document.get(part)
    if isinstance(held, Mapping):
        held = held.get("text")
    if held is None or held == "":
        return None
    if not isinstance(held, str):
        raise BadValue(f"`{part}` of a plan wants words, got {held!r:.80}. {HELP}")
    return numbers.period(held)


def _text(document: Mapping[str, Any], part: str) -> str:
    held = document.get(part) or ""
    if not isinstance(held, str):
        raise BadValue(f"`{part}` of a plan wants text, got {held!r:.80}.")
    if len(held) > LONGEST and part != "question":
        raise BadValue(f"`{part}` of a plan wants at most {LONGEST:,} letters, got {len(held):,}.")
    return held


def _texts(document: Mapping[str, Any], part: str, most: int) -> list[str]:
    held = document.get(part) or []
    if isinstance(held, str) or not isinstance(held, list | tuple) or not all(isinstance(one, str) for one in held):
        raise BadValue(f"`{part}` of a plan wants a list of texts, got {held!r:.80}.")
    if len(held) > most:
        raise BadValue(f"`{part}` of a plan wants at most {most} entries, got {len(held)}.")
    return list(held)


def _pairs(document: Mapping[str, Any], part: str) -> dict[str, str]:
    held = document.get(part) or {}
    if not isinstance(held, Mapping):
        raise BadValue(f"`{part}` of a plan wants words with their meaning, got {held!r:.80}.")
    return {str(word): str(meaning) for word, meaning in held.items()}


def _flag(document: Mapping[str, Any], part: str) -> bool:
    held = document.get(part, True)
    if not isinstance(held, bool):
        raise BadValue(f"`{part}` of a plan wants true or false, got {held!r:.80}.")
    return held


_PARTS: Final = listed(
    "question kind metrics filters period baseline grain by highest search presumes language then understood "
    "assumed problem"
)
