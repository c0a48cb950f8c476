"""Questions in two steps: a ranking, then what is asked about its first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from deskbook.metrics import GRAINS
from deskbook.rag import names
from deskbook.rag.plan import DEFAULT_WHY, Plan, around
from deskbook.rag.reading import WORD, Reading
from deskbook.rag.spans import FREQUENCIES, baseline_of
from deskbook.rag.words import Words, words_of

if TYPE_CHECKING:
    from deskbook.rag.plan_parser import Parser

RANKED: Final = ("team", "channel", "category", "agent", "segment", "priority", "language", "source")
COUNTED: Final = ("number", "compare", "rank")


def with_reasons(question: str, parser: Parser) -> Plan | None:
    """`Which team had the worst CSAT, and why?`: the ranking, then the causes for its first."""
    text = Reading(question).text
    match = re.search(parser.words.and_why, text, re.IGNORECASE)
    if not match:
        return None
    first = parser.plan(f"{text[: match.start()]} {text[match.end() :]}")
    if first.kind != "rank" or first.problem or first.by[0] in GRAINS:
        return None
    then = replace(first, kind="why", metrics=around(first.metrics), by=(), question=question, assumed=())
    if first.period.since is None:
        then = replace(then, period=parser.numbers.period(DEFAULT_WHY), assumed=(parser.says("no_period"),))
    baseline, note = baseline_of(then.period, then.calendar, parser.numbers, parser.says)
    then = replace(then, baseline=baseline, assumed=(*then.assumed, note) if note else then.assumed)
    return replace(first, question=question, then=then)


def with_hop(question: str, parser: Parser) -> Plan | None:
    """`p90 first reply of the team with most tickets`: the ranking, then the question about its first."""
    text = Reading(question).text
    for main, rest, name in _split(text, parser.words):
        plan = _hopped(question, parser, main, rest, name)
        if plan:
            return plan
    return _asked_on(question, parser, text)


def _asked_on(question: str, parser: Parser, text: str) -> Plan | None:
    """`Which month had most tickets, and how many of them came by chat?`: two questions in a row."""
    for match in re.finditer(parser.words.and_then or r"(?!)", text, re.IGNORECASE):
        main, before = text[match.end() :], text[: match.start()]
        first = parser.plan(before) if re.search(parser.words.them, main, re.IGNORECASE) and before else None
        if first and not first.problem and first.kind == "rank":
            return _of_first(question, parser, main, first)
    return None


def _split(text: str, words: Words) -> Iterator[tuple[str, str, str]]:
    """(what is asked, the ranking, its dimension), in every way the question can be split."""
    for pattern, name in _patterns(words.code):
        match = pattern.search(text)
        if match:
            rest, more = _cut_verb(match["rest"], words)
            yield (
                f"{text[: match.start()]} {more} {text[match.end() :]}",
                f"{match.groupdict().get('end') or ''} {rest}",
                name,
            )


@cache
def _patterns(code: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    words = words_of(code)
    ends = "|".join(sorted(words.superlatives, key=len, reverse=True))
    made: list[tuple[re.Pattern[str], str]] = []
    for hop in filter(None, (words.hop, words.hop_first)):
        for name in (*RANKED, *(FREQUENCIES if words.hop_first else ())):
            dims = names.dimension_pattern(code, name)
            filled = hop.replace("{dims}", dims).replace("{ends}", ends)
            filled = filled.replace("{rest}", rf"{words.forms.before_end}(?:{ends})(?!\w).*?")
            made.append((re.compile(filled + rf"(?={words.hop_ends})", re.IGNORECASE), name))
    return tuple(made)


def _cut_verb(rest: str, words: Words) -> tuple[str, str]:
    """`most tickets in June get most of them`: the ranking, and what follows its verb."""
    found = re.search(rf" (?:{words.hop_verbs}) (?P<more>.*)$", rest, re.IGNORECASE)
    return (rest[: found.start()], found["more"]) if found else (rest, "")


def _hopped(question: str, parser: Parser, main: str, rest: str, name: str) -> Plan | None:
    if not WORD.search(main):
        return None
    first = parser.plan(f"{rest} {_by(name, parser.words)}")
    return None if first.problem or not first.metrics else _of_first(question, parser, main, replace(first, by=(name,)))


def _of_first(question: str, parser: Parser, main: str, first: Plan) -> Plan | None:
    """The ranking, then what is asked about its first."""
    name = first.by[0]
    then = replace(parser, presumed=first.metrics).plan(main.strip(" ,:;"))
    if then.problem or then.kind == "define" or name in then.by or (name in FREQUENCIES and then.kind not in COUNTED):
        return None
    if re.search(parser.words.them, main, re.IGNORECASE) and then.kind in COUNTED and not _is_measured(then):
        then = replace(then, metrics=first.metrics, assumed=())
    if first.period.since is None and then.period.since is not None and then.period.text != DEFAULT_WHY:
        first = replace(first, period=then.period, assumed=(*first.assumed, *then.assumed))
    elif first.period.since is not None and (then.period.since is None or then.period.text == DEFAULT_WHY):
        then = replace(then, period=first.period, assumed=())
        if then.kind in ("why", "summarise"):
            baseline, note = baseline_of(then.period, then.calendar, parser.numbers, parser.says)
            then = replace(then, baseline=baseline, assumed=(note,) if note else ())
    return replace(first, kind="rank", grain="", question=question, then=replace(then, question=question))


def _is_measured(plan: Plan) -> bool:
    """Whether a metric of its own is asked for, not only how many of them."""
    return any(name not in ("tickets_created", "backlog_created") for name in plan.metrics)


def _by(name: str, words: Words) -> str:
    lead = {"en": "by", "de": "nach", "es": "por", "fr": "par"}[words.code]
    said = re.sub(r"\[(\w)\w*\]|\(\?:.*?\)|\w\?|\?", r"\1", words.dimensions[name].split()[0])
    return f"{lead} {said}"
