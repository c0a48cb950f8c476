"""Wording that stands out in one set of texts against another.

Weighted log-odds-ratio with an informative Dirichlet prior, its z-score (Monroe, Colaresi & Quinn,
"Fightin' Words", Political Analysis 16, 2008, equations 15 to 22), over the number of texts that
hold a word or a pair of words. The prior is both sets together, scaled to a tenth of their size.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

WORD: Final = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
LONGEST_NUMBER: Final = 5
"""Longer words with digits are order numbers and the like; `502` and `4.20` name a thing."""
PRIOR: Final = 0.1
LEAST_TEXTS: Final = 3
LEAST_Z: Final = 3.0
"""About one word in a thousand reaches this by chance."""
OVERLAP: Final = 0.5
"""Two phrases are one story when this much of the rarer one's texts hold the other too."""
MOSTLY: Final = 0.7
LONGEST_TEXT: Final = 4_000

Term = tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    """One story in the wording.

    Attributes:
        words: as most texts write it.
        others: overlapping phrases told together with it.
        z: how far it stands out.
        rows: positions of the texts that hold it.
        before: how many texts of the other set hold it.
    """

    words: str
    others: tuple[str, ...]
    z: float
    rows: tuple[int, ...]
    before: int


def standing_out(texts: Sequence[str], others: Sequence[str], *, stop: Collection[str], most: int = 5) -> list[Phrase]:
    """Phrases that texts hold far more often than the others do, strongest first.

    Args:
        stop: words that say nothing alone (a pair needs one that is not among them).
        most: stories to give at most.
    """
    stem = _stemmer()
    held, written = _held(texts, stop, stem)
    if not held or not others:
        return []
    elsewhere = Counter(term for text in others for term in set(_terms(text, stop, stem, {})))
    scores = log_odds({term: len(rows) for term, rows in held.items()}, elsewhere)
    strong = [term for term, z in scores.items() if z >= LEAST_Z and len(held[term]) >= LEAST_TEXTS]
    strong.sort(key=lambda term: (-scores[term], term))
    empty = {term for term in strong if any(word in stop for word in _said(term, written).split())}
    told = _stories(strong, held)[:most]
    return [_phrase(story, held, written, scores, elsewhere, empty) for story in told]


def log_odds(here: dict[Term, int], there: Counter[Term]) -> dict[Term, float]:
    """z-score of each term of the first set: how much likelier it is there than in the second."""
    size_here, size_there = sum(here.values()), sum(there.values())
    prior_size = PRIOR * (size_here + size_there)
    scores = {}
    for term, count in here.items():
        other = there.get(term, 0)
        prior = PRIOR * (count + other)
        rest_here = max(size_here + prior_size - count - prior, PRIOR)
        rest_there = max(size_there + prior_size - other - prior, PRIOR)
        delta = math.log((count + prior) / rest_here) - math.log((other + prior) / rest_there)
        scores[term] = delta / math.sqrt(1 / (count + prior) + 1 / (other + prior))
    return scores


def words_of(text: str) -> list[str]:
    """The text's words in lower case; codes such as order numbers are left out."""
    words: list[str] = []
    for found in WORD.findall(text[:LONGEST_TEXT].lower().replace("’", "'")):
        if not any(letter.isdigit() for letter in found):
            words += re.split(r"[.\-]", found)
        elif len(found) <= LONGEST_NUMBER:
            words.append(found)
    return words


def _stemmer() -> Callable[[list[str]], list[str]]:
    import Stemmer

    return Stemmer.Stemmer("english").stemWords  # type: ignore[no-any-return]


def _terms(
    text: str, stop: Collection[str], stem: Callable[[list[str]], list[str]], written: dict[Term, Counter[str]]
) -> list[Term]:
    """Words and pairs of a text as stems; how they were written is counted aside."""
    words = words_of(text)
    stems = stem(words)
    terms: list[Term] = []
    for index, word in enumerate(words):
        is_stop = word in stop or len(word) < 2
        pair = index + 1 < len(words) and not (is_stop and words[index + 1] in stop)
        for length in ((1,) if not is_stop else ()) + ((2,) if pair else ()):
            term = tuple(stems[index : index + length])
            terms.append(term)
            written.setdefault(term, Counter())[" ".join(words[index : index + length])] += 1
    return terms


def _held(
    texts: Sequence[str], stop: Collection[str], stem: Callable[[list[str]], list[str]]
) -> tuple[dict[Term, list[int]], dict[Term, Counter[str]]]:
    held: dict[Term, list[int]] = defaultdict(list)
    written: dict[Term, Counter[str]] = {}
    for row, text in enumerate(texts):
        for term in dict.fromkeys(_terms(text, stop, stem, written)):
            held[term].append(row)
    return held, written


def _stories(strong: Sequence[Term], held: dict[Term, list[int]]) -> list[list[Term]]:
    """Phrases that stand in the same texts, put together; the strongest leads."""
    stories: list[list[Term]] = []
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
    story: list[Term],
    held: dict[Term, list[int]],
    written: dict[Term, Counter[str]],
    scores: dict[Term, float],
    elsewhere: Counter[Term],
    empty: Collection[Term],
) -> Phrase:
    """The story under its most telling name: a pair that nearly all of its texts hold, else a word, else its lead.

    Args:
        empty: terms that hold a stop word; they lend a story its texts, and its name only at need.
    """
    lead = story[0]
    telling = [term for term in story if term not in empty and len(held[term]) >= MOSTLY * len(held[lead])]
    name = next((term for term in telling if len(term) > 1), telling[0] if telling else lead)
    chosen = [_said(term, written) for term in story if term not in empty and not set(term) <= set(name)]
    return Phrase(_said(name, written), tuple(chosen[:3]), scores[name], tuple(held[name]), elsewhere[name])


def _said(term: Term, written: dict[Term, Counter[str]]) -> str:
    return written[term].most_common(1)[0][0]
