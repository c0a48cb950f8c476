"""The words a question looks for in messages: `find tickets about …`, `how many customers mention …`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from deskbook.rag.names import ARTICLE, dimension_pattern
from deskbook.rag.reading import Reading
from deskbook.rag.words import Words

if TYPE_CHECKING:
    from deskbook.rag.plan_parser import Found

QUOTED: Final = re.compile(r"[\"“”„«»]\s*([^\"“”„«»]{2,200}?)\s*[\"“”„«»]|(?<!\w)'([^']{2,200})'(?!\w)")


def find_sought(reading: Reading, found: Found, words: Words) -> None:
    """Take the words of a `find`, which stands at the beginning."""
    start = re.match(words.find, reading.lower.lstrip("¿¡"))
    about = re.search(words.about, reading.lower)
    if not start or not about:
        return
    ends = re.search(words.about_ends, reading.lower[about.end() :])
    end = about.end() + (ends.start() if ends else len(reading.lower))
    found.search = " ".join(word.strip("'\"") for word in reading.text[about.end() : end].split())
    found.sought = "find" if found.search else None
    reading.take(start.start(), start.end(), "find")
    reading.take(about.start(), end, f"the words {found.search}")


def say_sought(reading: Reading, found: Found, words: Words, values: Sequence[tuple[str, str, str]]) -> None:
    """Take the words of a `how many say`: all from what announces them to the next thing understood."""
    asks = re.search(words.say, reading.lower)
    if found.sought or not asks:
        return
    quoted = QUOTED.search(reading.text)
    about = next((m for m in reading.matches(words.about) if m.start() >= asks.end()), None)
    if not quoted and not about:
        return
    if quoted:
        start, end = quoted.span(1 if quoted[1] else 2)
    else:
        assert about is not None
        start = next((at for at in range(about.end(), len(reading.text)) if reading.is_free(at, at + 1)), about.end())
        end = _cut(reading, start, values, words)
    sought = reading.text[start:end].strip(" ,.?!'\"")
    if not sought or sought.lower() in {word for _, _, word in values}:
        return
    found.search, found.sought = f'"{sought}"' if quoted else sought, "say"
    reading.take(asks.start(), max(end, start), f"the words {sought}")


def _cut(reading: Reading, start: int, values: Sequence[tuple[str, str, str]], words: Words) -> int:
    """Where the words end: before a period, a filter at the end, or the question mark."""
    end = next((place for place in range(start, len(reading.text)) if not reading.is_free(place, place + 1)), None)
    end = len(reading.text) if end is None else end
    mark = re.search(r"[?!]", reading.text[start:end])
    end = start + mark.start() if mark else end
    leads = "|".join(sorted(words.prepositions, key=len, reverse=True))
    dims = "|".join(dimension_pattern(words.code, name) for name in ("team", "channel", "segment", "language"))
    shrunk, is_trimmed = True, False
    while shrunk:
        shrunk = False
        text = reading.lower[start:end].rstrip(" ,")
        end = start + len(text)
        trail = re.search(rf" (?:{leads})(?: (?:the|der|dem|den|die|das|el|la|los|le|les|l'))?$", text)
        tails = [trail] if trail and not is_trimmed else []
        is_trimmed = is_trimmed or trail is not None
        for _, _, word in values:
            tail = rf" (?:{leads}) {ARTICLE}(?:(?:{dims}) )?{re.escape(word)}(?: (?:{dims}|customers|kunden))?$"
            hit = re.search(tail, text) if word in text else None
            tails += [hit] if hit else []
        if tails:
            end, shrunk = start + min(tail.start() for tail in tails), True
    return end
