"""A question as its language writes it: accents that were left out put back, `ae` as `ä`, joined words apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from deskbook.rag.words import Words, words_of
from deskbook.rag.words.told import unaccented

WORD: Final = re.compile(r"[^\W\d_]+")
QUOTED: Final = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»")
ASKING: Final = ("qué", "cuál", "cuáles", "cómo", "cuándo", "dónde", "quién", "à")
FIRST_WORDS: Final = 2
SHORT: Final = (
    (r"\b1st(?= (?:repl|respon|answer|contact))", "first"),
    (r"(?<=[a-z.] )'(\d{2})\b", r"20\1"),
    (r"\b(20\d\d)[/.](\d\d)[/.](\d\d)\b", r"\1-\2-\3"),
    (r"(?<![\d/.-])(0[1-9]|1[0-2])/(20\d\d)\b(?!/)", r"\2-\1"),
    (r"(?<=\d)\s?%", " percent"),
    (r"(?<=\w)-(?=(?:priority|segment|channel)\b)", " "),
)
"""English short forms that are no words."""
UMLAUTS: Final = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("ss", "ß"))


def _whole(question: str, short: Mapping[str, str]) -> str:
    """What people shorten in full, but for what stands in quotation marks: `tix`, `1st reply`, `Jul '26`."""
    held = [match.span() for match in QUOTED.finditer(question)]

    def full(match: re.Match[str]) -> str:
        is_held = any(start <= match.start() < end for start, end in held)
        return match[0] if is_held else short.get(match[0].lower(), match[0])

    for pattern, instead in SHORT:
        if not held:
            question = re.sub(pattern, instead, question, flags=re.IGNORECASE)
    return WORD.sub(full, question) if short else question


def spelled(question: str, words: Words) -> str:
    """The question with the accents its words have; what stands in quotation marks stays as it is."""
    if words.code == "en":
        return _whole(question, words.forms.spelled)
    if words.forms.splits:
        question = re.sub(rf"(?<=\w\w)-(?=(?:{words.forms.splits})\b)", " ", question, flags=re.IGNORECASE)
    held = [match.span() for match in QUOTED.finditer(question)]
    right = _right(words.code)
    count = 0

    def put_back(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        said = match[0]
        if any(start <= match.start() < end for start, end in held):
            return said
        lower = said.lower()
        found = words.forms.spelled.get(lower) or right.get(lower, "")
        if not found and count <= FIRST_WORDS:
            found = next((word for word in ASKING if unaccented(word) == lower and word in words.stop), "")
        return (found[0].upper() + found[1:] if said[0].isupper() else found) if found else said

    return WORD.sub(put_back, question)


@cache
def _right(code: str) -> Mapping[str, str]:
    """A word without its accents -> the word, unless that is a word too."""
    words = words_of(code)
    known = {part for word in _listed(words) for part in WORD.findall(word)}
    right: dict[str, str] = {}
    for word in sorted(known):
        plain = {unaccented(word)} if code != "de" else {_written_out(word), unaccented(word)}
        if code == "es" and re.search(r"[^i]ó$|[éá]$", word):
            continue  # `contacto` is a noun, `contactó` a verb
        for one in plain - known:
            right.setdefault(one, word)
    return right


def _written_out(word: str) -> str:
    for pair, letter in UMLAUTS:
        word = word.replace(letter, pair)
    return word


def _listed(words: Words) -> set[str]:
    """Every word of the tables, and those that stand in its patterns as they are."""
    dates, forms = words.dates, words.forms
    listed = set(words.vocabulary) | set(words.values) | set(words.languages) | set(words.forms.spelled.values())
    patterns = [value for table in (words, dates, forms) for value in vars(table).values() if isinstance(value, str)]
    patterns += [*words.superlatives, *words.dimensions.values(), *(said for said, _, _ in forms.metrics)]
    for pattern in patterns:
        listed |= set(re.findall(r"(?<![\w\])?*\\])[^\W\d_]{3,}(?![\w\[(?*\\{])", re.sub(r"\\b", " ", pattern.lower())))
        ends = re.findall(r"(?<![\w\])?*\\])([^\W\d_]{3,})\[([^\W\d_]+)\](s\?)?(?![\w\[(])", pattern)
        listed |= {f"{stem}{end}{more}" for stem, letters, _ in ends for end in letters for more in ("", "s")}
    return listed
