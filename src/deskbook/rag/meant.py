"""What else says what was looked for: messages of the same burst that say part of it, or say it in another language.

Words looked for are seldom the words of all who mean it. Where those who use all of them wrote to one team on few
days, and hardly anybody else did, the words show what happened there: of the same team and days, a message counts too
when it holds one of the words that hardly occurs elsewhere, or is in another language and holds what stands out there.
Nothing is guessed where they are spread over days or teams, as an everyday wish is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from deskbook.analytics import standing_out
from deskbook.rag.corpus import cleaned_texts, stop_words, told_apart
from deskbook.rag.wording import Rule

Mask = NDArray[np.bool_]

LEAST_TICKETS: Final = 3
LEAST_IN_CELL: Final = 2
MOSTLY: Final = 0.6
"""Share of what the words tell (by how rare they are) from which a message shows what is meant."""
COVERED: Final = 0.7
"""Share of those who say it that a burst holds."""
MOST_OF_ALL: Final = 0.2
"""Share of all messages that a burst may hold: beyond that it is no burst."""
PURE: Final = 0.6
"""Share of a word's messages that are of the burst."""
SURE: Final = 0.02
"""Share of words told that are told by chance (false discovery rate)."""
MOST_PHRASES: Final = 40
LEAST_Z: Final = 2.0
"""Few wrote in each other language, and a few texts score low however plain they are; chance decides (`SURE`)."""
ALONE: Final = 0.5
"""Share of a phrase's messages that must say part of it; a burst with others, as large, is of two things at once."""


@dataclass(frozen=True)
class Meant:
    """What counts beside the messages that hold every word.

    Attributes:
        mask: which messages of the period say it, those with every word too.
        words: what those others hold.
    """

    mask: Mask
    words: tuple[str, ...]


def meant(rule: Rule, now: pd.DataFrame, then: pd.DataFrame) -> Meant | None:
    """Messages that mean what the rule's words say; None where the words show no burst that would tell.

    Args:
        now: customer messages of the period, none hostile: source, ticket_id, team, sent_at, text, language.
        then: those of the days before, to tell what is usual.
    """
    every = pd.concat([now, then], ignore_index=True) if len(then) else now.reset_index(drop=True)
    texts = cleaned_texts(every)
    parts = rule.each(texts)
    strict = np.logical_and.reduce(parts)
    seeds = _seeds(every, strict, parts)
    burst = None if seeds is None else _burst(every, seeds)
    if seeds is None or burst is None:
        return None
    telling = {word: mask for word, mask in _pieces(rule, parts) if _is_pure(every, mask, burst)}
    part = np.logical_or.reduce([seeds, *telling.values()]) & burst
    abroad, phrases = _in_other_languages(every, texts, seeds, part, burst)
    period = np.arange(len(every)) < len(now)
    mask = (strict | part | abroad) & period
    if mask.sum() == (strict & period).sum():
        return None
    return Meant(mask[: len(now)], tuple(dict.fromkeys([*telling, *phrases])))


def _tickets(messages: pd.DataFrame, mask: Mask) -> int:
    return len(messages.loc[mask, ["source", "ticket_id"]].drop_duplicates())


def _seeds(messages: pd.DataFrame, strict: Mask, parts: Sequence[Mask]) -> Mask | None:
    """Those who say it in these words, or else in most of them, or else in the rarest that enough do; or None."""
    tried = (strict, _mostly(parts), *sorted(parts, key=lambda mask: int(mask.sum())))
    return next((one for one in tried if _tickets(messages, one) >= LEAST_TICKETS), None)


def _mostly(parts: Sequence[Mask]) -> Mask:
    """Messages that hold most of what the words tell, a rare word telling more."""
    size = len(parts[0])
    weights = [float(np.log((size + 1) / (mask.sum() + 1))) for mask in parts]
    total = sum((mask * weight for mask, weight in zip(parts, weights, strict=True)), np.zeros(size))
    return np.asarray(total >= MOSTLY * max(sum(weights), 1e-9), bool)


def _burst(messages: pd.DataFrame, seeds: Mask) -> Mask | None:
    """Messages of the teams and days on which most of the seeds were written; None where those are many."""
    day = pd.to_datetime(messages["sent_at"]).dt.date.astype(str)
    cell = messages["team"].astype(object).where(messages["team"].notna(), "").astype(str) + "\n" + day
    counts = cell[seeds].value_counts()
    kept = counts[counts >= LEAST_IN_CELL]
    burst = cell.isin(kept.index).to_numpy(bool)
    if kept.sum() < COVERED * counts.sum() or burst.mean() > MOST_OF_ALL:
        return None
    return burst


def _pieces(rule: Rule, parts: Sequence[Mask]) -> list[tuple[str, Mask]]:
    """The words looked for, and those beside one another, with the messages that hold them."""
    words = [asked for asked, _ in rule.parts]
    pairs = [(f"{one} {two}", parts[place] & parts[place + 1]) for place, (one, two) in enumerate(pairwise(words))]
    return [*zip(words, parts, strict=True), *pairs]


def _is_pure(messages: pd.DataFrame, mask: Mask, burst: Mask) -> bool:
    """Whether a word hardly occurs outside the burst."""
    return _tickets(messages, mask & burst) >= LEAST_TICKETS and (mask & burst).sum() >= PURE * mask.sum()


def _in_other_languages(
    messages: pd.DataFrame, texts: Sequence[str], seeds: Mask, part: Mask, burst: Mask
) -> tuple[Mask, list[str]]:
    """Messages of the burst in other languages with words that stand out there; none where it is of two things."""
    language = messages["language"].astype(object)
    same = language.isin(set(language[seeds].dropna())).to_numpy(bool)
    found = np.zeros(len(messages), bool)
    unlike = _standing(texts, burst & same & ~part & told_apart(messages), ~burst & same)
    if any(len(rows) >= ALONE * max(LEAST_TICKETS, part.sum()) for rows, _ in unlike):
        return found, []
    phrases = _standing(texts, burst & ~same, ~burst & ~same)
    for rows, _ in phrases:
        found[rows] = True
    return found, [words for _, words in phrases]


def _standing(texts: Sequence[str], here: Mask, there: Mask) -> list[tuple[NDArray[np.intp], str]]:
    """Phrases of some texts that hardly occur in others: places of the texts that hold each, and its words.

    A word common elsewhere may lead a story (`parcel`); then those told with it are looked at (`locker`).
    """
    places, others = np.flatnonzero(here).tolist(), [texts[row].lower() for row in np.flatnonzero(there).tolist()]
    lower = [texts[row].lower() for row in places]
    stories = standing_out(lower, others, stop=stop_words(), most=MOST_PHRASES, least_z=LEAST_Z)
    found = []
    for one in (story for story in stories if story.p <= SURE):
        for words in (one.words, *one.others):
            pattern = re.compile(r"(?<!\w)" + r"\W+".join(map(re.escape, words.split())) + r"(?!\w)")
            rows = [row for row, text in zip(places, lower, strict=True) if pattern.search(text)]
            if len(rows) >= LEAST_TICKETS and len(rows) >= PURE * (len(rows) + sum(map(_holds(pattern), others))):
                found.append((np.array(rows), words))
                break
    return found


def _holds(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.search(text) is not None
