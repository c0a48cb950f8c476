"""Disguises taken off a text: what a reader, or a language model, would make of it all the same.

Invisible letters, look-alikes of other scripts, spaced-out words, digits for letters, base64, hexadecimal,
percent-encoding, HTML entities, letters turned by thirteen and text written backwards.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from typing import Final
from urllib.parse import unquote

LONGEST: Final = 20_000
INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\U000e0000-\U000e007f]"
)
TAGS: Final = range(0xE0020, 0xE007F)
"""Tag letters: invisible copies of ASCII."""
LOOKALIKES: Final = str.maketrans(
    "авеєкмнорстухіјѕԁһӏԛԝαβεικνορτυχωγηɑɡıℓⅼօոսАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "abeekmhopctyxijsdhlqwabeiknoptuxwynagillonu" + "ABEKMHOPCTYXIJSABEZHIKMNOPTYX",
)
LATIN: Final = re.compile(r"[a-z]")
WORD: Final = re.compile(r"\w+")
SPACED: Final = re.compile(r"(?<!\w)(?:\w[ .·_*|/\-]{1,3}){4,}\w(?!\w)")
DIGITS: Final = str.maketrans("0134578@$!|", "oieastbasil")
MIXED: Final = re.compile(r"(?<![\w@$])(?=[\w@$!|]*[a-z])(?=[\w@$!|]*[0-9@$!|])[a-z0-9@$!|]{4,}(?![\w@$])")
BASE64: Final = re.compile(r"[A-Za-z0-9+/_\-]{20,}={0,2}")
HEX: Final = re.compile(r"(?:[0-9a-fA-F]{2}[ :]?){16,}")
MOST_CODED: Final = 20
READABLE: Final = 0.9


def readings(text: str) -> Iterator[str]:
    """The text in lower case without its disguises; then what was hidden in it, most likely first."""
    raw = text[:LONGEST]
    plain = _plain(raw)
    yield plain
    joined = SPACED.sub(lambda match: re.sub(r"[ .·_*|/\-]", "", match[0]), plain)
    if joined != plain:
        yield joined
        yield _without_gaps(plain)
    digits = MIXED.sub(lambda match: match[0].translate(DIGITS), joined)
    if digits != joined:
        yield digits
    for hidden in _decoded(raw):
        yield _plain(hidden)
    if re.search(r"\b(?:vtaber|qvfertneq|vafgehpgvbaf?|flfgrz|nffvfgnag|fhzznel|ercbeg)\b", plain):
        yield codecs.decode(plain, "rot13")
    if re.search(r"\b(?:erongi|snoitcurtsni?|tpmorp|metsys|tnatsissa|yrammus|troper)\b", plain):
        yield plain[::-1]


def _plain(text: str) -> str:
    hidden = "".join(chr(ord(letter) - 0xE0000) for letter in text if ord(letter) in TAGS)
    text = unescape(text) if "&" in text else text
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    if not text.isascii():
        text = WORD.sub(_latin, text)
        text = "".join(one for one in unicodedata.normalize("NFC", text) if unicodedata.category(one) != "Mn")
    text = text.lower().replace("’", "'").replace("‘", "'")
    return re.sub(r"[ \t\r\f\v]+", " ", f"{text}\n{hidden.lower()}" if hidden else text)


def _latin(match: re.Match[str]) -> str:
    """A word of several scripts, or one that is all look-alikes, in Latin letters."""
    word = match[0]
    if word.isascii():
        return word
    changed = word.translate(LOOKALIKES)
    return changed if changed.isascii() else word


def _without_gaps(text: str) -> str:
    """Every run of single letters joined, words told apart by two spaces or more."""
    return re.sub(r"(?<!\w)(\w)(?: (?=\w(?!\w)))", r"\1", text)


def _decoded(text: str) -> Iterator[str]:
    if "%" in text and re.search(r"(?:%[0-9A-Fa-f]{2}){4,}", text):
        yield unquote(text)
    for match in list(BASE64.finditer(text))[:MOST_CODED]:
        found = _base64(match[0])
        if found:
            yield found
    for match in list(HEX.finditer(text))[:MOST_CODED]:
        digits = re.sub(r"[ :]", "", match[0])
        found = _readable(bytes.fromhex(digits[: len(digits) // 2 * 2]))
        if found:
            yield found


def _base64(coded: str) -> str:
    body = coded.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return _readable(base64.b64decode(body + "=" * (-len(body) % 4), validate=True))
    except (binascii.Error, ValueError):
        return ""


def _readable(data: bytes) -> str:
    """The bytes as text, where they are one; else empty."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    good = sum(letter.isalpha() or letter.isspace() or letter in ".,;:!?'\"-()" for letter in text)
    return text if text and good >= READABLE * len(text) and " " in text else ""
