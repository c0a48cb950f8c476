"""What no metric or text can answer, refused by name, with the closest there is."""

from __future__ import annotations

import re
from typing import Final

from deskbook.metrics import registry
from deskbook.rag import names
from deskbook.rag.calendar import Calendar
from deskbook.rag.contract import Numbers
from deskbook.rag.dates import speaks_of_later
from deskbook.rag.plan import Plan
from deskbook.rag.reading import WORD, Reading
from deskbook.rag.says import Says
from deskbook.rag.words import Words
from deskbook.rag.words.forms import NOTHING

OFFERED: Final = (
    "tickets_created",
    "tickets_solved",
    "open_backlog",
    "first_reply_median_minutes",
    "csat_good_pct",
    "sentiment_negative_pct",
    "messages_in",
)
"""Metrics to start from, for whoever named none."""
NAMED_AT_MOST: Final = 6
FORGIVING: Final = ("why", "say", "summarise")
"""Kinds that are asked in many words."""
NARROWED: Final = ("team", "channel", "category", "agent", "segment", "priority", "source")
LONGEST: Final = 40
"""Letters of a word that are repeated."""
COMMAND: Final = re.compile(
    r"\b(?:drop|truncate|alter|create) (?:table|database|view|index|schema)\b|\bdelete from \w+|\binsert into \w+"
    r"|\bupdate \w+ set \w+ ?=|^\W*select .{1,80} from \w+"
)
"""What is written to a database and not to a person."""
ELISION: Final = re.compile(r"^(?:l|d|qu|n|s|c|j|m|t)'")


def before_reading(reading: Reading, days: Calendar, words: Words, says: Says) -> str:
    """Why a question need not be read at all; empty when it is to be."""
    if not reading.text:
        return f"{says('no_question')} {_can_answer((), says)}"
    if not WORD.search(reading.text):
        return f"{says('no_words')} {_can_answer((), says)}"
    if (command := COMMAND.search(reading.lower)) is not None:
        return f"{says('unknown_word', words=repr(command[0][:LONGEST]))} {_can_answer((), says)}"
    if words.acts and re.search(words.acts, reading.lower):
        return f"{says('no_metric')} {_can_answer((), says)}"
    if re.search(words.future, reading.lower) or speaks_of_later(reading, days, words.code):
        return says("in_future", day=says.day(days.last) if days.last else says("now"))
    return ""


def after_reading(plan: Plan, reading: Reading, numbers: Numbers, words: Words, says: Says) -> str:
    """Why what was read cannot be answered; empty when it can."""
    unknown, _ = _unknown(plan, reading, words)
    if not plan.metrics and plan.kind not in ("find", "say", "summarise"):
        said = [word[:LONGEST] for _, word in rest(reading, words, words.stop)][:NAMED_AT_MOST]
        lead = says("no_metric_in", words=" ".join(said)) if said else says("no_metric")
        hint = [hit for word in said if (hit := names.closest_value(word, numbers, says))]
        told = [says("did_you_mean", what=hint[0])] if hint else []
        return " ".join([lead, *told, _can_answer(said, says)])
    if not unknown:
        return ""
    unknown = [word[:LONGEST] for word in unknown[:NAMED_AT_MOST]]
    hints = [says("did_you_mean", what=hit) for word in unknown if (hit := names.closest_value(word, numbers, says))]
    near = names.closest(unknown, says)
    hints += [says("closest_metric", what=says.listed(near, "or"))] if near else []
    said_words = says.listed([f"'{word}'" for word in unknown])
    lead = says("unknown_word" if len(unknown) == 1 else "unknown_words", words=said_words)
    tail = " ".join(hints) or says("leave_out")
    return f"{lead} {tail}"


def rest(reading: Reading, words: Words, idle: frozenset[str] | None = None) -> list[tuple[int, str]]:
    """(place, word) of what nobody took and what means something."""
    forms = words.forms.idle if idle is None else NOTHING
    idle = words.idle | words.prepositions if idle is None else idle
    return [(start, word) for start, word in reading.rest() if not _is_idle(word.lower(), idle, forms)]


def _is_idle(word: str, idle: frozenset[str], forms: str) -> bool:
    bare = ELISION.sub("", word.removesuffix("'s"))
    if word in idle or bare in idle or re.fullmatch(forms, bare):
        return True
    parts = [part for part in re.split(r"[-/]", bare) if part]
    return len(parts) > 1 and all(part in idle or len(part) == 1 or re.fullmatch(forms, part) for part in parts)


def passed_over(plan: Plan, reading: Reading, words: Words, says: Says) -> str:
    """What to say of words that nobody took and that only colour a question; empty where there are none."""
    _, idle = _unknown(plan, reading, words)
    if not idle or plan.kind in FORGIVING:
        return ""
    return says("not_used", words=says.listed([f"'{word[:LONGEST]}'" for word in idle]))


def _unknown(plan: Plan, reading: Reading, words: Words) -> tuple[list[str], list[str]]:
    """Words nobody took: those that ask for more than was read, and those that only colour it."""
    if plan.kind in ("define", "find"):
        return [], []
    left = rest(reading, words)
    is_strict = plan.kind not in FORGIVING
    asking = [word for start, word in left if _asks_for_more(reading, start, word, words, is_strict=is_strict)]
    idle = [word for _, word in left if word not in asking]
    if is_strict and len(idle) > words.passes_over:
        return [word for _, word in left], []
    return asking, idle


def _asks_for_more(reading: Reading, start: int, word: str, words: Words, *, is_strict: bool) -> bool:
    """Whether a word narrows the question: a name, a number, or what stands after a preposition.

    Args:
        is_strict: whether what stands beside a noun, or is told of a thing (`were escalated`), narrows it too.
    """
    before = reading.between(0, start).replace("'", "' ").split()
    lead = [one for one in before[-2:] if one not in words.stop or one in words.prepositions]
    is_name = start > 1 and word[0].isupper() and (is_strict or not words.nouns_are_capital)
    narrows = is_name or word[0].isdigit() or bool(lead and lead[-1] in words.prepositions)
    if words.others and re.fullmatch(words.others, word.lower()):
        return True
    is_told = bool(before) and before[-1] in words.passive
    is_told = is_told or bool(words.participles and re.fullmatch(words.participles, word) and words.passive & {*before})
    return narrows or (
        is_strict and (is_told or _is_by_noun(reading, start, word, words) or _is_counted(reading, start, words))
    )


def _is_counted(reading: Reading, start: int, words: Words) -> bool:
    """Whether a word is what is asked how many there are of."""
    asks = [match.end() for match in re.finditer(words.how_many, reading.lower) if match.end() <= start]
    between = reading.between(asks[-1], start).split() if asks else []
    is_verb = bool(between) and between[-1] in words.clitics
    return bool(asks) and not is_verb and len(between) <= 2 and all(one in words.idle for one in between)


def _is_by_noun(reading: Reading, start: int, word: str, words: Words) -> bool:
    dims = "|".join(names.dimension_pattern(words.code, name) for name in NARROWED)
    after, before = reading.between(start + len(word), len(reading.text)), reading.between(0, start)
    nouns = "|".join(words.nouns)
    is_before = re.match(rf"\s+(?:{dims}|{nouns})(?!\w)", after)
    behind = f"{dims}|{nouns}" if words.adjectives_follow else dims
    return bool(is_before or re.search(rf"(?<!\w)(?:{behind})\s+$", before))


def _can_answer(said: tuple[str, ...] | list[str], says: Says) -> str:
    near = names.closest(list(said), says)
    if near:
        return says("closest_metric", what=says.listed(near, "or"))
    labels = " · ".join(says.metric(name) for name in OFFERED)
    return says("can_ask", labels=labels, more=len(registry) - len(OFFERED))
