"""The one table of text columns: language, both moods, the chosen one with its label, and what made the row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import pyarrow as pa

from deskbook.errors import BadFrame, UnknownName
from deskbook.text.spreading import spread

if TYPE_CHECKING:
    from deskbook.text.embedding import Embedder

Method = Literal["lexicon", "semantic"]
Label = Literal["negative", "neutral", "positive"]

LABELS: tuple[Label, ...] = ("negative", "neutral", "positive")
SCORERS: dict[Method, str] = {"lexicon": "lexicon-1", "semantic": "semantic-1"}
"""What made a row. Raise the number with any change of words, prototypes or formula: callers score rows anew."""

NEUTRAL_BELOW = 500
"""Ten-thousandths. Hutto & Gilbert's thresholds: positive from 0.05, negative from -0.05, neutral between."""
PAYS_FROM_TEXTS = 10_000
"""Different texts per process: about half a second of work, what a process takes to start."""

_SCORE = pa.decimal128(5, 4)
SCHEMA = pa.schema(
    [
        ("language", pa.string()),
        ("sentiment_lexicon", _SCORE),
        ("sentiment_semantic", _SCORE),
        ("sentiment", _SCORE),
        ("sentiment_label", pa.string()),
        ("scorer", pa.string()),
    ]
)

Mood = int | None
"""A score in ten-thousandths, -10,000 to 10,000; None where nothing was said or the method does not apply."""


def scorer_name(method: Method) -> str:
    """What a row made now by that method carries in `scorer`; a row with another name is due again."""
    try:
        return SCORERS[method]
    except KeyError:
        raise UnknownName("sentiment method", method, SCORERS) from None


def score_texts(
    texts: pa.Array | pa.ChunkedArray,
    *,
    method: Method = "lexicon",
    workers: int = 1,
    embedder: Embedder | None = None,
) -> pa.Table:
    """One row a text, in the same order: its language, its moods and the chosen label.

    Quotes, signatures, addresses and mentions are left out first (`clean`). Equal texts are scored once.

    Args:
        texts: one string a message; nulls are allowed.
        method: "lexicon" is instant and knows en, de, es, fr and pt (others are read with the English words
            and emoji). "semantic" compares meaning with example sentences; it knows English only, and a text
            in another language keeps its lexicon score.
        workers: processes to spread over where there are enough texts for it to pay. They are spawned, so a
            script that asks for them needs `if __name__ == "__main__":`.
        embedder: for "semantic", in this process; MiniLM if none is given.

    Returns:
        language: ISO 639-1; null when too short (under 15 characters) or undetermined.
        sentiment_lexicon, sentiment_semantic, sentiment: -1 to 1, exact to four places; null when nothing was
            said, sentiment_semantic also when the method was not run or does not know the language.
            sentiment is the semantic one where there is one, else the lexicon one.
        sentiment_label: negative, neutral or positive; null where sentiment is.
        scorer: name and version of what made the row.

    Raises:
        BadFrame: texts are not strings.
        MissingExtra: "semantic" without its packages.
    """
    scorer = scorer_name(method)
    different, rows = _different(texts)
    found = spread(lexical_moods, different, workers=workers, pays_from=PAYS_FROM_TEXTS)
    languages, lexical = [language for language, _ in found], [mood for _, mood in found]
    meant: list[Mood] = [None] * len(different)
    if method == "semantic":
        from deskbook.text.prototypes import semantic_moods

        meant = semantic_moods(different, found, embedder=embedder, workers=workers)
    columns = _columns(languages, lexical, meant)
    table = [column.take(rows) for column in columns]
    return pa.Table.from_arrays([*table, pa.repeat(scorer, len(rows))], schema=SCHEMA)


def _columns(languages: list[str | None], lexical: list[Mood], meant: list[Mood]) -> list[pa.Array]:
    """All columns but the scorer, one row a different text; the mood by meaning is chosen where there is one."""
    chosen = [
        by_words if by_meaning is None else by_meaning for by_words, by_meaning in zip(lexical, meant, strict=True)
    ]
    return [
        pa.array(languages, pa.string()),
        _decimals(lexical),
        _decimals(meant),
        _decimals(chosen),
        pa.array([None if mood is None else label(mood) for mood in chosen], pa.string()),
    ]


def label(mood: int) -> Label:
    """The word for a score in ten-thousandths."""
    if mood >= NEUTRAL_BELOW:
        return "positive"
    return "negative" if mood <= -NEUTRAL_BELOW else "neutral"


def lexical_moods(texts: Sequence[str]) -> list[tuple[str | None, Mood]]:
    """Language and lexicon mood of each text; what one process does with its share."""
    from deskbook.text.cleaning import clean
    from deskbook.text.language import detect, guess
    from deskbook.text.lexicon import FALLBACK, lexicon
    from deskbook.text.valence import score

    found: list[tuple[str | None, Mood]] = []
    for text in texts:
        said = clean(text)
        language = detect(said)
        mood = score(said, lexicon(language or guess(said))) if said else None
        if language is None and mood == 0:
            mood = score(said, lexicon(FALLBACK))
        found.append((language, mood))
    return found


def _different(texts: pa.Array | pa.ChunkedArray) -> tuple[list[str], pa.Array]:
    """The different texts, and for each row which of them it holds (null for no text)."""
    if isinstance(texts, pa.ChunkedArray):
        texts = pa.concat_arrays(texts.chunks) if texts.num_chunks else pa.array([], texts.type)
    if pa.types.is_dictionary(texts.type):
        texts = texts.dictionary_decode()
    if pa.types.is_null(texts.type) or pa.types.is_large_string(texts.type) or pa.types.is_string_view(texts.type):
        texts = texts.cast(pa.string())
    if not pa.types.is_string(texts.type):
        raise BadFrame("texts", "strings", str(texts.type))
    encoded = texts.dictionary_encode()
    return encoded.dictionary.to_pylist(), encoded.indices


def _decimals(moods: list[Mood]) -> pa.Array:
    """Ten-thousandths as decimals with four places: the same integers under another type, so nothing is rounded."""
    whole = pa.array(moods, pa.int64()).cast(pa.decimal128(19, 0))
    return pa.Array.from_buffers(_SCORE, len(whole), whole.buffers(), whole.null_count)
