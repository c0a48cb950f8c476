"""Phrases as columns: every sentence is cut at its slots once, then texts are joined a chunk at a time.

Writing a million messages one by one would take minutes; here each part of a message is a column
of phrase numbers, and Arrow joins the pieces of all rows in one pass.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deskbook.errors import ConfigError
from deskbook.samples.arrivals import Bools
from deskbook.samples.calendar import Floats, Ints
from deskbook.samples.reasons import REASON_KEYS
from deskbook.samples.slots import SLOT_NAMES, Slots
from deskbook.samples.stories import SECTIONS, STORIES, SURGE
from deskbook.samples.words import LANGUAGES, LEXICON

MAX_SLOTS = 3
VERSIONS = 4
"""Clean, one typo, two typos, and careless lower case."""

_MACHINE_MADE = frozenset(("call", "form", "wrote", "wrote_us", "mark", "wrap", "touch", "ring", "direct"))
"""Parts that software adds, so nobody mistypes them."""

_SLOT = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"[^\W\d_]{5,}")


@dataclass(frozen=True)
class Part:
    """Where the phrases of one part of a message stand in the bank.

    Attributes:
        start, count: one row a section (or one for all), one column a language; VERSIONS blocks of
            `count` phrases follow each start.
    """

    start: Ints
    count: Ints

    def pick(self, section: Ints, language: Ints, draw: Floats, version: Ints) -> Ints:
        """A phrase number for each row; 0, the empty phrase, where there is none."""
        row = section if len(self.start) > 1 else np.zeros_like(language)
        start, count = self.start[row, language], self.count[row, language]
        return np.where(count > 0, start + version * count + (draw * count).astype(np.int64), 0)


class Bank:
    """All phrases of all parts, cut at their slots."""

    def __init__(self) -> None:
        """An empty bank; phrase 0 is the empty phrase."""
        self._literals: list[list[str]] = [[""] for _ in range(MAX_SLOTS + 1)]
        self._kinds: list[list[int]] = [[0] for _ in range(MAX_SLOTS)]
        self._noise = random.Random(1)  # fixed: the bank belongs to the vocabulary, not to a seed
        self.parts: dict[str, Part] = {}

    def add(self, name: str, table: Sequence[Sequence[Iterable[str]]], before: str = "", after: str = "") -> None:
        """Adds a part: phrases by section and language, each wrapped in `before` and `after`."""
        start = np.zeros((len(table), len(LANGUAGES)), np.int64)
        count = np.zeros_like(start)
        for row, by_language in enumerate(table):
            for column, phrases in enumerate(by_language):
                chosen = list(phrases)
                start[row, column], count[row, column] = len(self._literals[0]), len(chosen)
                for version in range(VERSIONS):
                    for phrase in chosen:
                        self._append(before, _careless(phrase, version, self._noise), after)
        self.parts[name] = Part(start, count)

    def _append(self, before: str, phrase: str, after: str) -> None:
        pieces = _SLOT.split(before + phrase + after)
        names = pieces[1::2]
        if len(names) > MAX_SLOTS or not set(names) <= set(SLOT_NAMES):
            raise ConfigError(f"Phrase '{phrase}': wanted at most {MAX_SLOTS} slots out of {', '.join(SLOT_NAMES)}.")
        for place in range(MAX_SLOTS + 1):
            self._literals[place].append(pieces[2 * place] if 2 * place < len(pieces) else "")
        for place in range(MAX_SLOTS):
            self._kinds[place].append(SLOT_NAMES.index(names[place]) if place < len(names) else 0)

    def freeze(self) -> PhraseBook:
        """The finished bank as columns."""
        return PhraseBook(
            tuple(pa.array(column) for column in self._literals),
            tuple(np.array(column, np.int64) for column in self._kinds),
            self.parts,
        )


@dataclass(frozen=True)
class PhraseBook:
    """One row a phrase: the literal text around up to three slots, and the kind of each slot."""

    literals: tuple[pa.StringArray, ...]
    kinds: tuple[Ints, ...]
    parts: dict[str, Part]

    def join(self, chosen: Sequence[Ints], slots: Slots, rows: Ints) -> pa.StringArray:
        """One text a row, from the phrase numbers of its parts in order.

        Args:
            chosen: one array a part, phrase numbers.
            rows: the ticket of each text, as a row number of `slots`.
        """
        columns: list[pa.StringArray] = []
        for part in chosen:
            if not part.any():
                continue
            index = pa.array(part)
            columns.append(self.literals[0].take(index))
            for place in range(MAX_SLOTS):
                kinds = self.kinds[place][part]
                if not kinds.any():
                    break
                columns.append(slots.values.take(pa.array(kinds * slots.size + rows)))
                columns.append(self.literals[place + 1].take(index))
        if not columns:
            return pa.array([""] * len(rows), pa.string())
        return pc.binary_join_element_wise(*columns, "")


class Picker:
    """Draws phrases for the rows of one kind of message."""

    def __init__(
        self, book: PhraseBook, section: Ints, language: Ints, is_careless: Bools, rng: np.random.Generator
    ) -> None:
        """Rows are messages: their vocabulary section, language and whether the writer is careless."""
        self._book, self._section, self._language, self._rng = book, section, language, rng
        self._is_careless = is_careless

    def pick(
        self, part: str, where: Bools | None = None, share: float | Floats = 1.0, draw: Floats | None = None
    ) -> Ints:
        """Phrase numbers of a part: for a share of the rows `where` it applies, else 0.

        Args:
            draw: which phrase of the part, 0 to 1 (exclusive); at random by default.
        """
        size = len(self._section)
        version = np.zeros(size, np.int64)
        if part not in _MACHINE_MADE and self._is_careless.any():
            # Half of a careless writer's sentences come out clean.
            version = np.where(self._is_careless, np.maximum(self._rng.integers(-3, VERSIONS, size), 0), 0)
        place = self._rng.random(size) if draw is None else draw
        chosen = self._book.parts[part].pick(self._section, self._language, place, version)
        kept = self._rng.random(size) < share
        return np.where(kept if where is None else kept & where, chosen, 0)


def _careless(phrase: str, version: int, noise: random.Random) -> str:
    """The phrase as a hasty writer types it; slots stay whole."""
    if version == 0:
        return phrase
    pieces = _SLOT.split(phrase)
    for place in range(0, len(pieces), 2):
        if version == 3:
            pieces[place] = pieces[place].lower()
    for _ in range(version % 3):
        place = noise.randrange(0, len(pieces), 2)
        pieces[place] = _mistype(pieces[place], noise)
    text = "".join(piece if place % 2 == 0 else f"{{{piece}}}" for place, piece in enumerate(pieces))
    return text.removesuffix(".") if version == 3 else text


def _mistype(text: str, noise: random.Random) -> str:
    """Swaps, drops or doubles a letter inside one longer word."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = noise.choice(words)
    at = noise.randrange(word.start() + 1, word.end() - 2)
    middle = noise.choice((text[at + 1] + text[at], text[at], text[at] * 2 + text[at + 1]))
    return text[:at] + middle + text[at + 2 :]


def _by_section(field: str) -> list[list[tuple[str, ...]]]:
    """A field for every reason, then every planted section, by language.

    An incident without an own phrase borrows its topic's; a hostile one falls back to English.
    """
    topics = {story.key: story.topic for story in (*STORIES, SURGE)}
    table = []
    for key in (*REASON_KEYS, *SECTIONS):
        row = []
        for language in LANGUAGES:
            words = LEXICON[language]
            own = words.get(key, {}).get(field, ()) or words.get(topics.get(key, ""), {}).get(field, ())
            row.append(own or LEXICON["en"].get(key, {}).get(field, ()))
        table.append(row)
    return table


def _voice(field: str) -> list[list[tuple[str, ...]]]:
    """A field of the general turns, the same for all sections; English where a language lacks it."""
    return [[LEXICON[code]["voice"].get(field) or LEXICON["en"]["voice"][field] for code in LANGUAGES]]


_SPACING: dict[str, tuple[str, str, str]] = {
    "call": ("call", "", " "),
    "social": ("social", "", " "),
    "hello": ("hello", "", "\n\n"),
    "hi": ("hi", "", " "),
    "opener": ("opener", "", " "),
    "angry_first": ("angry", "", " "),
    "angry": ("angry", " ", ""),
    "polite": ("polite", " ", ""),
    "mixed": ("mixed", " ", ""),
    "extra": ("extra", " ", ""),
    "past": ("past", " ", ""),
    "bye": ("bye", "\n\n", ""),
    "sign": ("sign", "\n", ""),
    "form": ("form", "\n\n---\n", ""),
    "tail": ("tail", " ", ""),
    "agent_hello": ("agent_hello", "", "\n\n"),
    "agent_hi": ("agent_hi", "", " "),
    "agent_open": ("agent_open", "", " "),
    "agent_sorry": ("agent_sorry", "", " "),
    "agent_next": ("agent_next", " ", ""),
    "agent_bye": ("agent_bye", "\n\n", ""),
    "wrote": ("wrote", "\n\n", "\n> "),
    "wrote_us": ("wrote_us", "\n\n", "\n> "),
    "mark": ("mark", "", " "),
    "wrap": ("wrap", "\n", ""),
}
"""Parts made of general turns: field, text before, text after."""

_PLAIN = (
    *("info", "chase", "furious", "thanks", "still", "note", "ack", "good", "bad"),
    *("agent_ask", "agent_more", "agent_done", "touch", "ring", "direct"),
)


@cache
def phrase_book() -> PhraseBook:
    """The whole vocabulary, cut and laid out; made once per process."""
    bank = Bank()
    for name, (field, before, after) in _SPACING.items():
        bank.add(name, _voice(field), before, after)
    for name in _PLAIN:
        bank.add(name, _voice(name))
    for name, before in (("subject", ""), ("says", ""), ("detail", " "), ("answer", "")):
        bank.add(name, _by_section(name), before)
    bank.add("detail_first", _by_section("detail"))
    # An ask stands in the same paragraph or in its own.
    asks = _by_section("ask")
    bank.add("ask", [[[gap + ask for gap in (" ", "\n\n") for ask in cell] for cell in row] for row in asks])
    return bank.freeze()
