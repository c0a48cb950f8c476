"""Wording that stands out in one set of texts against another.

Weighted log-odds-ratio with an informative Dirichlet prior, its z-score (Monroe, Colaresi & Quinn,
"Fightin' Words", Political Analysis 16, 2008, equations 15 to 22), over the number of texts that
hold a word or a pair of words. The prior is both sets together, scaled to a tenth of their size.

How likely a count is although nothing happened: with `b` texts that held the term among `m` others, the
number among `n` texts follows a negative binomial distribution with b + 1/2 successes of probability
m / (m + n), the Bayesian prediction of a Poisson rate (Jeffreys' prior), adjusted for all terms looked at
(`false_discovery`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from deskbook.analytics.chance import false_discovery

WORD: Final = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
LONGEST_NUMBER: Final = 5
NAMED_WITH_NUMBER: Final = re.compile(r"[^\W\d_]{4,}\d{1,3}")
"""Longer words with digits are order numbers and the like; `502`, `4.20` and `autumn15` name a thing."""
PRIOR: Final = 0.1
LEAST_TEXTS: Final = 3
LEAST_Z: Final = 3.0
"""About one word in a thousand reaches this by chance."""
OVERLAP: Final = 0.5
"""Two phrases are one story when this much of the rarer one's texts hold the other too."""
MOSTLY: Final = 0.7
LONGEST_TEXT: Final = 4_000
MOST_HELD: Final = 400_000
"""Texts whose terms are kept; beyond that all are forgotten and read again."""
MOST_STRONG: Final = 300
MOST_OTHERS: Final = 5
OF_STORY: Final = 2
"""Texts of a story, and z-score, from which a term of it is told with it."""

Term = tuple[str, ...]
Ids = NDArray[np.int32]
Read = Callable[[str], list[tuple[Term, str]]]
"""`Vocabulary.written`, remembering."""


@dataclass(frozen=True)
class Phrase:
    """One story in the wording.

    Attributes:
        words: as most texts write it.
        others: overlapping phrases told together with it.
        z: how far it stands out.
        rows: positions of the texts that hold it.
        before: how many texts of the other set hold it; before_rows: their positions.
        p: chance of so many of them, adjusted for all terms looked at.
        term: the stems that `words` stand for.
    """

    words: str
    others: tuple[str, ...]
    z: float
    rows: tuple[int, ...]
    before: int
    before_rows: tuple[int, ...] = ()
    p: float = 1.0
    term: Term = ()


class Vocabulary:
    """Texts as numbers of their terms: words and pairs of words as stems. A text is read once.

    Args:
        stop: words that say nothing alone (a pair needs one that is not among them).
    """

    def __init__(self, stop: Collection[str]) -> None:
        self.stop = frozenset(stop)
        self.terms: list[Term] = []
        self._numbers: dict[Term, int] = {}
        self._stems: dict[str, str] = {}
        self._held: dict[str, Ids] = {}
        self._turn = Lock()

    def ids(self, text: str) -> Ids:
        """Numbers of the terms a text holds, each once."""
        found = self._held.get(text)
        if found is None:
            with self._turn:
                if len(self._held) >= MOST_HELD:
                    self._held.clear()
                found = self._held[text] = self._read(text)
        return found

    def number(self, term: Term) -> int | None:
        """The number of a term; None when no text has held it."""
        return self._numbers.get(term)

    def _read(self, text: str) -> Ids:
        numbers = self._numbers
        seen: dict[int, None] = {}
        for term, _ in self.written(text):
            number = numbers.get(term)
            if number is None:
                number = numbers[term] = len(self.terms)
                self.terms.append(term)
            seen[number] = None
        return np.fromiter(seen, np.int32, len(seen))

    def written(self, text: str) -> list[tuple[Term, str]]:
        """Each term of a text with how it is written there."""
        words = words_of(text)
        stems, stop = self._stemmed(words), self.stop
        found: list[tuple[Term, str]] = []
        for index, word in enumerate(words):
            is_stop = word in stop or len(word) < 2
            if not is_stop:
                found.append(((stems[index],), word))
            if index + 1 < len(words) and not (is_stop and words[index + 1] in stop):
                found.append(((stems[index], stems[index + 1]), f"{word} {words[index + 1]}"))
        return found

    def _stemmed(self, words: list[str]) -> list[str]:
        known = self._stems
        fresh = [word for word in words if word not in known]
        if fresh:
            if len(known) >= MOST_HELD:
                known.clear()
                fresh = words
            known.update(zip(fresh, _stemmer()(fresh), strict=True))
        return [known[word] for word in words]


@dataclass(frozen=True)
class TermSet:
    """Texts as terms.

    Attributes:
        ids: terms of all texts, one after the other; rows: the text of each.
        counts: texts that hold each term.
    """

    ids: Ids
    rows: NDArray[np.int64]
    counts: NDArray[np.int64]

    def holding(self, term: int) -> tuple[int, ...]:
        """The texts that hold a term."""
        return tuple(self.rows[self.ids == term].tolist())


@lru_cache(maxsize=4)
def vocabulary(stop: frozenset[str]) -> Vocabulary:
    """The one vocabulary of a list of stop words, so that a text is read once in a process."""
    return Vocabulary(stop)


def standing_out(
    texts: Sequence[str], others: Sequence[str], *, stop: Collection[str], most: int = 5, least_z: float = LEAST_Z
) -> list[Phrase]:
    """Phrases that texts hold far more often than the others do, strongest first.

    Args:
        stop: words that say nothing alone (a pair needs one that is not among them).
        most: stories to give at most.
        least_z: lower lets the rarest terms in, for whoever goes by `p` after that.
    """
    if not texts or not others:
        return []
    known = vocabulary(frozenset(stop))
    numbers = [[known.ids(text) for text in side] for side in (texts, others)]
    here, there = (_set(side, len(known.terms)) for side in numbers)
    looked_at = np.flatnonzero(here.counts >= LEAST_TEXTS)
    if not len(looked_at):
        return []
    z = _log_odds(here.counts[looked_at], there.counts[looked_at], int(here.counts.sum()), int(there.counts.sum()))
    order = sorted(np.flatnonzero(z >= least_z), key=lambda at: (-z[at], known.terms[looked_at[at]]))[:MOST_STRONG]
    strong = [int(looked_at[at]) for at in order]
    scores = {term: float(z[at]) for term, at in zip(strong, order, strict=True)}
    held = {term: here.holding(term) for term in strong}
    scale = len(texts) / len(others)
    chances = [_surprise(len(held[term]), int(there.counts[term]), scale) for term in strong]
    ps = dict(zip(strong, false_discovery(chances, len(looked_at)), strict=True))
    read = cache(known.written)  # many terms stand in the same texts
    said = {term: _said(known, read, term, [texts[row] for row in held[term][:50]]) for term in strong}
    empty = {term for term in strong if any(word in known.stop for word in said[term].split())}
    stories = _stories(strong, held)[:most]
    phrases = [_phrase(one, held, said, scores, there, empty, known, ps) for one in stories]
    return [_enriched(one, here, there, texts, known, read) for one in phrases]


def _enriched(
    phrase: Phrase, here: TermSet, there: TermSet, texts: Sequence[str], known: Vocabulary, read: Read
) -> Phrase:
    """The phrase with what else its texts say that the others do not."""
    if len(phrase.others) >= MOST_OTHERS:
        return phrase
    counts = np.bincount(here.ids[np.isin(here.rows, phrase.rows)], minlength=len(here.counts))
    often = np.flatnonzero(counts >= OF_STORY)
    z = _log_odds(counts[often], there.counts[often], int(counts.sum()), int(there.counts.sum()))
    told = {word for words in (phrase.words, *phrase.others) for word in words.split()}
    others = list(phrase.others)
    for at in sorted(range(len(often)), key=lambda at: (-z[at], known.terms[often[at]])):
        if z[at] < OF_STORY or len(others) >= MOST_OTHERS:
            break
        said = _said(known, read, int(often[at]), [texts[row] for row in phrase.rows])
        if not {*said.split()} & (told | known.stop):
            others.append(said)
            told |= {*said.split()}
    return replace(phrase, others=tuple(others))


def holding(texts: Sequence[str], terms: Sequence[Term], *, stop: Collection[str]) -> list[NDArray[np.bool_]]:
    """For each term, which of the texts hold it; shape (texts,) each."""
    known = vocabulary(frozenset(stop))
    held = _set([known.ids(text) for text in texts], len(known.terms))
    found = []
    for term in terms:
        mask = np.zeros(len(texts), bool)
        number = known.number(term)
        if number is not None:
            mask[list(held.holding(number))] = True
        found.append(mask)
    return found


def _set(numbers: list[Ids], size: int) -> TermSet:
    ids = np.concatenate([np.empty(0, np.int32), *numbers])
    rows = np.repeat(np.arange(len(numbers)), [len(one) for one in numbers])
    return TermSet(ids, rows, np.bincount(ids, minlength=size).astype(np.int64))


def _log_odds(
    here: NDArray[np.int64], there: NDArray[np.int64], size_here: int, size_there: int
) -> NDArray[np.float64]:
    """z-score of each term: how much likelier it is here than there."""
    prior_size, prior = PRIOR * (size_here + size_there), PRIOR * (here + there)
    rest_here = np.maximum(size_here + prior_size - here - prior, PRIOR)
    rest_there = np.maximum(size_there + prior_size - there - prior, PRIOR)
    delta = np.log((here + prior) / rest_here) - np.log((there + prior) / rest_there)
    scores: NDArray[np.float64] = delta / np.sqrt(1 / (here + prior) + 1 / (there + prior))
    return scores


def log_odds(here: dict[Term, int], there: Counter[Term]) -> dict[Term, float]:
    """z-score of each term of the first set: how much likelier it is there than in the second."""
    terms = list(here)
    counts = np.array([here[term] for term in terms]), np.array([there.get(term, 0) for term in terms])
    found = _log_odds(*counts, sum(here.values()), sum(there.values()))
    return dict(zip(terms, map(float, found), strict=True))


def _surprise(count: int, before: int, scale: float) -> float:
    """Chance of at least so many, when `before` of others held it and there are `scale` times as many texts."""
    r, p = before + 0.5, 1 / (1 + scale)
    below = 0.0
    log_pmf = r * math.log(p)
    for k in range(count):
        below += math.exp(log_pmf)
        log_pmf += math.log((r + k) / (k + 1)) + math.log1p(-p)
    if below < 1 - 1e-9:
        return 1 - below
    return min(1e-9, math.exp(log_pmf) / max(1e-12, 1 - (1 - p) * (r + count) / (count + 1)))


def words_of(text: str) -> list[str]:
    """The text's words in lower case; codes such as order numbers are left out."""
    words: list[str] = []
    for found in WORD.findall(text[:LONGEST_TEXT].lower().replace("’", "'")):
        if found.isalpha():  # most are, and need no closer look
            words.append(found)
        elif not any(letter.isdigit() for letter in found):
            words += re.split(r"[.\-]", found)
        elif len(found) <= LONGEST_NUMBER or NAMED_WITH_NUMBER.fullmatch(found):
            words.append(found)
    return words


@lru_cache(maxsize=1)
def _stemmer() -> Callable[[list[str]], list[str]]:
    import Stemmer

    return Stemmer.Stemmer("english").stemWords  # type: ignore[no-any-return]


def _stories(strong: Sequence[int], held: dict[int, tuple[int, ...]]) -> list[list[int]]:
    """Phrases that stand in the same texts, put together; the strongest leads."""
    stories: list[list[int]] = []
    for term in strong:
        rows = set(held[term])
        for story in stories:
            lead = set(held[story[0]])
            if len(rows & lead) >= OVERLAP * min(len(rows), len(lead)):
                story.append(term)
                break
        else:
            stories.append([term])
    return stories


def _phrase(
    story: list[int],
    held: dict[int, tuple[int, ...]],
    said: dict[int, str],
    scores: dict[int, float],
    there: TermSet,
    empty: Collection[int],
    known: Vocabulary,
    ps: Mapping[int, float],
) -> Phrase:
    """The story under its most telling name: a pair that nearly all of its texts hold, else a word, else its lead.

    Args:
        empty: terms that hold a stop word; they lend a story its texts, and its name only at need.
    """
    lead = story[0]
    telling = [term for term in story if term not in empty and len(held[term]) >= MOSTLY * len(held[lead])]
    pairs = (term for term in telling if len(known.terms[term]) > 1)
    name = next(pairs, telling[0] if telling else lead)
    of_name = set(known.terms[name])
    chosen = [said[term] for term in story if term not in empty and not set(known.terms[term]) <= of_name]
    before = there.holding(name)
    others = tuple(chosen[:MOST_OTHERS])
    return Phrase(said[name], others, scores[name], held[name], len(before), before, ps[name], known.terms[name])


def _said(known: Vocabulary, read: Read, term: int, texts: Sequence[str]) -> str:
    """How most of the texts write a term."""
    wanted = known.terms[term]
    counted = Counter(said for text in texts for one, said in read(text) if one == wanted)
    return counted.most_common(1)[0][0]
