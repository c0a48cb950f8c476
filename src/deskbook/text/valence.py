"""VADER's formula over any language's words: word valences, modified by their neighbours, to one score."""

from __future__ import annotations

from math import sqrt
from string import punctuation

from deskbook.text.lexicon import Lexicon

# Hutto & Gilbert, "VADER", ICWSM 2014, and the constants of vaderSentiment 3.3.2.
CAPITALS = 0.733
NEGATION = -0.74
NEVER_SO = 1.25
ALPHA = 15
FADING = (1.0, 0.95, 0.9)
BEFORE_BUT, AFTER_BUT = 0.5, 1.5
EXCLAMATION, MOST_EXCLAMATIONS = 0.292, 4
QUESTION, MANY_QUESTIONS = 0.18, 0.96
SCALE = 10_000
"""Scores are whole ten-thousandths: exact as decimals, and so are their sums."""

_EDGES = punctuation + "¡¿…“”„«»‘’–—"


def score(text: str, words: Lexicon) -> int:
    """The mood of a text in ten-thousandths: -10,000 (worst) to 10,000 (best), 0 for none.

    VADER's formula, with two differences: a phrase of the lexicon counts as one word wherever it stands
    (VADER looks for its few only after the third word), and each word around "but" is weighed by its own
    place (VADER finds it by value, so a repeated value may be weighed twice).
    """
    written, lowered = _tokens(text, words)
    places = [place for place, word in enumerate(lowered) if word in words.valences]
    if not places:
        return 0
    is_shouting_part = 0 < sum(map(str.isupper, written)) < len(written)
    moods = [_mood(place, written, lowered, words, is_shouting_part) for place in places]
    if not words.contrasts.isdisjoint(lowered):
        turn = next(place for place, word in enumerate(lowered) if word in words.contrasts)
        moods = [mood * (BEFORE_BUT if place < turn else AFTER_BUT) for place, mood in zip(places, moods, strict=True)]
    total = sum(moods)
    total += _emphasis(text) * ((total > 0) - (total < 0))
    return round(round(total / sqrt(total * total + ALPHA), 4) * SCALE)


def _tokens(text: str, words: Lexicon) -> tuple[list[str], list[str]]:
    """The words as written and in lower case, phrases merged; emoticons keep their punctuation."""
    if not text.isascii():
        text = words.emoji.sub(r" \g<0> ", text.replace("’", "'"))
    if words.has_elisions:
        text = text.replace("'", " ")
    written = [bare if len(bare := word.strip(_EDGES)) > 2 else word for word in text.split()]
    lowered = [word.lower() for word in written]
    for start, end in reversed(_phrases(lowered, words)):
        written[start:end] = [" ".join(written[start:end])]
        lowered[start:end] = [" ".join(lowered[start:end])]
    return written, lowered


def _phrases(lowered: list[str], words: Lexicon) -> list[tuple[int, int]]:
    """Where phrases of the lexicon stand (first place, place after the last); the longest, and none in another."""
    found: list[tuple[int, int]] = []
    taken = 0
    for start in [place for place, word in enumerate(lowered) if word in words.phrase_lengths]:
        for length in words.phrase_lengths[lowered[start]]:
            if start >= taken and " ".join(lowered[start : start + length]) in words.phrases:
                taken = start + length
                found.append((start, taken))
    return found


def _mood(place: int, written: list[str], lowered: list[str], words: Lexicon, is_shouting_part: bool) -> float:
    """The valence of the word at that place, after capitals, intensifiers and negations near it."""
    mood = words.valences[lowered[place]]
    if "no" in words.valences:
        mood *= _no(place, lowered, words)
    if is_shouting_part and written[place].isupper():
        mood += CAPITALS if mood > 0 else -CAPITALS
    for distance in range(1, min(place, 3) + 1):
        word = lowered[place - distance]
        if word in words.valences:
            continue
        if word in words.boosters:
            boost = words.boosters[word] if mood >= 0 else -words.boosters[word]
            if is_shouting_part and written[place - distance].isupper():
                boost += CAPITALS if mood > 0 else -CAPITALS
            mood += boost * FADING[distance - 1]
        mood *= _turn(place, distance, lowered, words)
    if place and lowered[place - 1] == "least" and lowered[max(place - 2, 0)] not in ("at", "very"):
        mood *= NEGATION
    return mood


def _no(place: int, lowered: list[str], words: Lexicon) -> float:
    """English "no": it negates the mood near it, and has its own only when it stands alone."""
    before = lowered[max(place - 3, 0) : place][::-1]
    if "no" in before[:2] or (before[2:] == ["no"] and before[0] in ("or", "nor")):
        return NEGATION
    return (
        0.0
        if lowered[place] == "no" and lowered[place + 1 : place + 2] and lowered[place + 1] in words.valences
        else 1.0
    )


def _turn(place: int, distance: int, lowered: list[str], words: Lexicon) -> float:
    """What the word that far before does to the mood: a negation turns it, "never so" raises it."""
    word, between = lowered[place - distance], lowered[place - distance + 1 : place]
    if between and (
        (word == "never" and between[0] in ("so", "this")) or (distance == 3 and between[1] in ("so", "this"))
    ):
        return NEVER_SO
    if word == "without" and "doubt" in between:
        return 1.0
    return NEGATION if word in words.negations or "n't" in word else 1.0


def _emphasis(text: str) -> float:
    """What exclamation marks (up to four) and question marks (from two) add."""
    questions = text.count("?")
    loud = min(text.count("!"), MOST_EXCLAMATIONS) * EXCLAMATION
    if questions < 2:
        return loud
    return loud + (questions * QUESTION if questions <= 3 else MANY_QUESTIONS)
