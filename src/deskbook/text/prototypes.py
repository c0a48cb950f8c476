"""Mood by meaning: how close an English message is to example messages of each mood."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from deskbook.text.cleaning import clean
from deskbook.text.scoring import LABELS, NEUTRAL_BELOW, Label, Mood
from deskbook.text.spreading import spread
from deskbook.text.valence import SCALE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from deskbook.text.embedding import Embedder

LANGUAGE = "en"
MAX_CHARACTERS = 1_200
"""Beyond MiniLM's 256 tokens in nearly every text: what follows would be cut anyway."""
PAYS_FROM_TEXTS = 200
"""About three seconds of work for a process that takes one to start."""
NEAREST = 3
"""Prototypes of a mood that a message is held against; of 1, 2, 3 and all, best on the tuned half of our labels."""
SHARPNESS = 20.0
"""Cosines of one message to the three moods differ by a few hundredths; this spreads them over 0 to 1."""

PROTOTYPES: dict[Label, tuple[str, ...]] = {
    "negative": (
        "I am very unhappy with your service.",
        "This is unacceptable, I have been waiting for days and nobody answers.",
        "It still does not work and I am frustrated.",
        "You charged me twice and I want my money back.",
        "Worst customer service ever, I am leaving.",
        "My order never arrived and your support is useless.",
        "The app keeps crashing since the update, please fix this mess.",
        "Something is wrong and I cannot log in.",
        "I got an error message and it will not load.",
        "Someone took money from my account.",
        "Why is this not working, please fix it.",
        "I lost my progress and everything is gone.",
        "The agent I spoke to was rude and no help at all.",
    ),
    "neutral": (
        "Can you tell me how to change my address?",
        "I have a question about my account.",
        "What time do you open tomorrow?",
        "Here is my order number.",
        "I have sent you a direct message with the details.",
        "Is this feature available in my country?",
        "Please let me know which documents you need.",
        "Can you help me, please?",
        "My name is Sam and my account number is 12345.",
        "I would like to check my balance.",
        "How do I set this up?",
        "Yes, I think it was on Tuesday.",
    ),
    "positive": (
        "Thank you so much, that solved it!",
        "Great service, I am very happy.",
        "Your team was quick, friendly and helpful.",
        "I love your product, keep up the good work.",
        "Everything works perfectly now, much appreciated.",
        "Best company ever, thanks for the fast reply.",
        "Shout out to your agent who was amazing today.",
        "Ok great, thanks for your help!",
        "Perfect, that is all I needed.",
        "You have been so nice.",
    ),
}
"""Written for this desk: messages as customers address them to a company, which is all they are good for."""


def semantic_moods(
    texts: Sequence[str],
    found: Sequence[tuple[str | None, Mood]],
    *,
    embedder: Embedder | None = None,
    workers: int = 1,
) -> list[Mood]:
    """Mood of each text in ten-thousandths by meaning; None where it is not surely English.

    Args:
        texts: messages as received.
        found: language and lexicon mood of each. No language: too short for its meaning as well; no mood:
            nothing was said.
        embedder: MiniLM if none is given.
        workers: processes for MiniLM, where there are enough texts.
    """
    chosen = [row for row, (language, mood) in enumerate(found) if mood is not None and language == LANGUAGE]
    said = [clean(texts[row])[:MAX_CHARACTERS] for row in chosen]
    if embedder:
        scored = _embedded_moods(said, embedder)
    else:
        scored = spread(minilm_moods, said, workers=workers, pays_from=PAYS_FROM_TEXTS)
    moods: list[Mood] = [None] * len(texts)
    for row, mood in zip(chosen, scored, strict=True):
        moods[row] = mood
    return moods


def minilm_moods(said: Sequence[str]) -> list[int]:
    """Mood of each cleaned English text by MiniLM; what one process does with its share."""
    return _embedded_moods(said, _minilm())


def _embedded_moods(said: Sequence[str], embedder: Embedder) -> list[int]:
    return _moods(_closeness(embedder.embed(said), _prototype_vectors(embedder))) if said else []


def _closeness(vectors: NDArray[np.float32], prototypes: Sequence[NDArray[np.float32]]) -> NDArray[np.float64]:
    """How close each vector is to each mood, shape (n, 3): the mean cosine to its three nearest prototypes."""
    import numpy as np

    # One row at a time, so that a text's score does not hang on how many others are in the batch.
    rows = [
        [np.sort(of_mood @ vector)[-NEAREST:].mean(dtype=np.float64) for of_mood in prototypes] for vector in vectors
    ]
    return np.array(rows, np.float64)


def _moods(cosines: NDArray[np.float64]) -> list[int]:
    """Cosines to the moods, shape (n, 3), to one score each that `label` reads as the nearest mood.

    The softmax share of positive less that of negative; kept inside the neutral band when neutral is
    nearest, and outside it when not.
    """
    import numpy as np

    powers = np.exp(SHARPNESS * (cosines - cosines.max(axis=1, keepdims=True)))
    shares = powers / powers.sum(axis=1, keepdims=True)
    difference = np.rint((shares[:, 2] - shares[:, 0]) * SCALE).astype(np.int64)
    nearest = [LABELS[place] for place in cosines.argmax(axis=1)]
    bounds = {"negative": (-SCALE, -NEUTRAL_BELOW), "neutral": (1 - NEUTRAL_BELOW, NEUTRAL_BELOW - 1)}
    low_high = [bounds.get(mood, (NEUTRAL_BELOW, SCALE)) for mood in nearest]
    return [min(max(int(value), low), high) for value, (low, high) in zip(difference, low_high, strict=True)]


@cache
def _minilm() -> Embedder:
    from deskbook.text.embedding import MiniLM

    return MiniLM()


@cache
def _prototype_vectors(embedder: Embedder) -> tuple[NDArray[np.float32], ...]:
    """The prototypes of each mood in the order of LABELS, shape (prototypes, dimensions) each."""
    return tuple(embedder.embed(PROTOTYPES[mood]) for mood in LABELS)
