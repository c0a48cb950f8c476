"""The words a question looks for in messages: `find tickets about …`, `how many customers mention …`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from deskbook.rag.names import ARTICLE, dimension_pattern
from deskbook.rag.reading import Reading
from deskbook.rag.words import Words

if TYPE_CHECKING:
    from deskbook.rag.found import Found

FILTERED: Final = ("team", "channel")
"""Dimensions that nobody mentions: whoever names one beside a count filters on it."""
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
    stated = list(reading.matches(words.about))
    about = next((m for m in stated if m.start() >= asks.end()), None)
    if not about and not reading.lower[asks.end() :].strip(" ?.!"):
        about = next(iter(stated), None)
    about = about or _that(reading, asks.end(), words)
    start, end = (0, 0) if quoted else _before_verb(reading, asks.end(), values, words)
    if not quoted and not about and start == end:
        return
    if quoted:
        start, end = quoted.span(1 if quoted[1] else 2)
    elif about and (start == end or about.end() < end or _goes_on(reading, about.end(), words)):
        start = next((at for at in range(about.end(), len(reading.text)) if reading.is_free(at, at + 1)), about.end())
        start = _past_filter(reading, start, values, words)
        end = _cut(reading, start, values, words)
    sought = reading.text[start:end].strip(" ,.?!'\"")
    if not sought or (not quoted and (_is_filter(sought, values, words) or _is_nothing(sought, values, words))):
        return
    found.search, found.sought = f'"{sought}"' if quoted else sought, "say"
    reading.take(asks.start(), asks.end())
    if about:
        reading.take(*about.span())
    reading.take(start, max(end, start), f"the words {sought}")
    if verb := re.search(rf"(?<![\w-])(?:{words.forms.said})(?![\w-])", reading.lower[end:]):
        reading.take(end + verb.start(), end + verb.end())


def _is_filter(sought: str, values: Sequence[tuple[str, str, str]], words: Words) -> bool:
    """Whether what would be looked for is only a value to filter on."""
    told = re.sub(rf"^{ARTICLE}", "", sought.lower())
    for _, _, word in values:
        if re.match(rf"{re.escape(word)}(?!\w)", told):
            rest = re.findall(r"[^\W_][\w'-]*", told[len(word) :])
            return all(one in words.idle or one in words.prepositions for one in rest)
    return False


def _is_nothing(sought: str, values: Sequence[tuple[str, str, str]], words: Words) -> bool:
    """Whether what would be looked for is made of teams, channels and words that ask for nothing."""
    rest = sought
    for _, name, word in values:
        if name in FILTERED:
            rest = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", " ", rest, flags=re.IGNORECASE)
    return all(_only_leads(word, words) for word in re.findall(r"[^\W_][\w'-]*", rest))


def _goes_on(reading: Reading, after: int, words: Words) -> bool:
    """Whether something to look for follows: `mentioned yesterday a refund`."""
    return any(at >= after and not _only_leads(word, words) for at, word in reading.rest())


def _that(reading: Reading, after: int, words: Words) -> re.Match[str] | None:
    """The `that` of `wrote on 2 October that …`, its verb taken."""
    verbs = [verb for verb in reading.matches(rf"\b(?:{words.forms.saying})(?!\w)") if verb.start() >= after]
    that = next((one for verb in verbs for one in reading.matches(r"\bqu(?:e |')") if one.start() > verb.end()), None)
    if that:
        reading.take(*verbs[0].span())
    return that


def _before_verb(reading: Reading, after: int, values: Sequence[tuple[str, str, str]], words: Words) -> tuple[int, int]:
    """`In how many messages is X mentioned`, the verb last: X, without the words that only lead to it."""
    verb = re.search(
        rf"(?<![\w-])(?:{words.forms.said})(?=(?: wird| wurde| haben| hat)? ?(?:$"
        rf"|[?!.]))",
        reading.lower,
    )
    verb = verb or next(iter(reading.matches(rf"(?<![\w-])(?:{words.forms.said})(?![\w-])")), None)
    if not verb or verb.start() < after:
        return 0, 0
    start = next((at for at in range(verb.start() - 1, after, -1) if not reading.is_free(at, at + 1)), after - 1) + 1
    for _, _, word in values:
        for hit in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", reading.lower[start : verb.start()]):
            start += hit.end()
            break
    said = [match.span() for match in re.finditer(r"[^\s,?¿]+", reading.lower[start : verb.start()])]
    idle = [_only_leads(reading.text[start + first : start + last], words) for first, last in said]
    while said and idle[0]:
        said.pop(0), idle.pop(0)
    while said and idle[-1]:
        said.pop(), idle.pop()
    return (start + said[0][0], start + said[-1][1]) if said else (0, 0)


def _past_filter(reading: Reading, start: int, values: Sequence[tuple[str, str, str]], words: Words) -> int:
    """Where the words begin behind a filter: `say in the chat that …`."""
    leads = "|".join(sorted(words.prepositions, key=len, reverse=True))
    for _, _, word in values:
        lead = rf" *(?:{leads}) {ARTICLE}{re.escape(word)},? (?:(?:that|dass|que) |qu')"
        hit = re.match(lead, reading.lower[start:]) if word in reading.lower else None
        if hit:
            return start + hit.end()
    return start


def _only_leads(word: str, words: Words) -> bool:
    is_noun = words.nouns_are_capital and word[0].isupper()
    word = word.lower()
    if word in words.idle or word in words.prepositions or (not is_noun and re.fullmatch(words.forms.idle, word)):
        return True
    parts = word.split("-")
    return len(parts) > 1 and all(len(part) == 1 or _only_leads(part, words) for part in parts)


def _cut(reading: Reading, start: int, values: Sequence[tuple[str, str, str]], words: Words) -> int:
    """Where the words end: before a period, a filter at the end, or the question mark."""
    end = next((place for place in range(start, len(reading.text)) if not reading.is_free(place, place + 1)), None)
    end = len(reading.text) if end is None else end
    mark = re.search(r"[?!]|,(?= how many\b)", reading.text[start:end])
    end = start + mark.start() if mark else end
    leads = "|".join([*sorted(words.prepositions, key=len, reverse=True), words.dates.month_leads])
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
