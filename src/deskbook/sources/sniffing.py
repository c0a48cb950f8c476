"""What the values of a field look like: times, numbers, addresses, known words, free text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from deskbook.schema import TABLES, utc
from deskbook.sources.arrays import flat, texts
from deskbook.sources.words import STANDARD_WORDS, folded

EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
NUMBER: Final = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
BOOLEANS: Final = frozenset(("true", "false", "yes", "no", "ja", "nein", "t", "f", "y", "n"))
CHANNELS: Final = frozenset(
    (
        *("email", "e mail", "mail", "chat", "live chat", "phone", "call", "voice", "telefon", "mobile", "in app"),
        *("web", "web form", "form", "portal", "widget", "api", "messenger", "sms"),
        *("social", "twitter", "facebook", "instagram", "whatsapp"),
    )
)
EPOCHS: Final = (8e8, 5e9)
ENUMERATED = {
    name: frozenset((*STANDARD_WORDS.get(name, {}), *TABLES[table][name].one_of))
    for table, name in (
        ("tickets", "status"),
        ("tickets", "priority"),
        ("messages", "author_role"),
        ("events", "kind"),
    )
} | {"channel": CHANNELS}


@dataclass(frozen=True)
class Facts:
    """What a field holds, each as a share of its filled values from 0 to 1.

    Attributes:
        filled: share of rows with a value.
        unique: distinct values per filled value.
        letters: mean length.
        known: column -> share of values that are words that column knows.
    """

    filled: float
    times: float
    numbers: float
    emails: float
    booleans: float
    unique: float
    letters: float
    known: dict[str, float]


def facts(column: pa.ChunkedArray) -> Facts:
    """The facts of one field of a sample."""
    values = flat(column)
    said = [text for text in texts(values).to_pylist() if text not in (None, "")]
    if not said:
        return Facts(0, 0, 0, 0, 0, 0, 0, {})
    words = [folded(text) for text in said]
    numbers = _share([bool(NUMBER.fullmatch(text.strip())) for text in said])
    return Facts(
        filled=len(said) / len(values),
        times=_times(values, said, numbers),
        numbers=numbers,
        emails=_share([bool(EMAIL.fullmatch(text.strip())) for text in said]),
        booleans=_share([word in BOOLEANS for word in words]),
        unique=len(set(said)) / len(said),
        letters=sum(map(len, said)) / len(said),
        known={name: _share([word in known for word in words]) for name, known in ENUMERATED.items()},
    )


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits)


def _times(values: pa.Array, said: Sequence[str], numbers: float) -> float:
    """Share of values that read as times; a bare number only if it is an epoch of our age."""
    if pa.types.is_timestamp(values.type) or pa.types.is_date(values.type):
        return 1.0
    if pa.types.is_boolean(values.type) or pa.types.is_nested(values.type):
        return 0.0
    if numbers > 0.5:
        low, high = EPOCHS
        sizes = [float(text.replace(",", ".")) for text in said if NUMBER.fullmatch(text.strip())]
        return _share([low < size < high or low < size / 1e3 < high for size in sizes])
    read = utc(pa.array(said, pa.string()))
    is_time = pc.or_(pc.is_valid(read.values), pa.array(read.ambiguous))
    return float(pc.mean(is_time.cast(pa.int8())).as_py())
