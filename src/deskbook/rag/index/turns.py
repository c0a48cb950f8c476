"""Passages: what one person said in one turn, or pieces of it where it is long, with what it stands in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any, Final

import pyarrow as pa

from deskbook.text.language import detect

LONGEST_LETTERS: Final = 900
"""About 200 word pieces: with its subject a passage stays below the 256 that MiniLM reads."""
OVERLAP_LETTERS: Final = 150
SUBJECT_LETTERS: Final = 150
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
KINDS: Final = ("source", "team", "channel", "status", "language", "role")
"""Columns whose few words are stored once a segment."""
ROWS: Final = pa.schema(
    [
        ("key", pa.uint64()),
        ("state", pa.uint64()),
        ("ticket_id", pa.string()),
        ("message_id", pa.string()),
        ("part", pa.int32()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("sent_at", pa.int64()),
        ("content", pa.binary(16)),
        *((name, pa.string()) for name in KINDS),
    ]
)
"""One row a passage: where it stands, `[start, end)` in the message's text, `sent_at` in microseconds since 1970.

`key` names its message and `state` all that is indexed of it; `content` is a hash of what its vector is made from.
"""
_SENTENCE_END: Final = re.compile(r"[.!?…。！？][\"'”’)\]]*\s+|\n\s*|[。！？]")


@dataclass(frozen=True)
class Passages:
    """Passages of some messages.

    Attributes:
        rows: as `ROWS`.
        words: what each is found by word for word: its text, and ticket, day, team, role and subject before it;
            nothing for a message without a word, which is a row all the same, so that its state is known.
        meanings: what each is found by in meaning: its text after its subject. Team, status and time are left
            out, so that a ticket that is passed on costs no new vector.
    """

    rows: pa.Table
    words: list[str]
    meanings: list[str]


def pieces(text: str) -> list[tuple[int, int]]:
    """Where the passages of one turn begin and end; each but the first repeats the end of the one before.

    They end with a sentence where there is one, else with a word, and hold at most 900 letters.
    """
    found: list[tuple[int, int]] = []
    ends = [hit.end() for hit in _SENTENCE_END.finditer(text)]
    start = 0
    while len(text) - start > LONGEST_LETTERS:
        end = _last(ends, start + OVERLAP_LETTERS, start + LONGEST_LETTERS) or _word_end(text, start)
        found.append((start, end))
        start = _first(ends, end - OVERLAP_LETTERS, end) or _word_start(text, end)
    found.append((start, len(text)))
    return found


def _last(ends: list[int], low: int, high: int) -> int:
    """The last end above low, up to and with high; 0 for none."""
    place = bisect_right(ends, high)
    return ends[place - 1] if place and ends[place - 1] > low else 0


def _first(ends: list[int], low: int, high: int) -> int:
    """The first end from low up to high; 0 for none."""
    place = bisect_left(ends, low)
    return ends[place] if place < len(ends) and ends[place] < high else 0


def _word_end(text: str, start: int) -> int:
    gap = text.rfind(" ", start + OVERLAP_LETTERS + 1, start + LONGEST_LETTERS)
    return gap + 1 if gap > 0 else start + LONGEST_LETTERS


def _word_start(text: str, end: int) -> int:
    gap = text.find(" ", end - OVERLAP_LETTERS, end - 1)
    return gap + 1 if gap > 0 else end


def passages(turns: pa.Table) -> Passages:
    """The passages of messages.

    Args:
        turns: one row a message: key, state, source, ticket_id, id, sent_at (microseconds), text, subject, and
            team, channel, status, language, role (empty where unknown; the language is then told from the text).
    """
    kept: dict[str, list[Any]] = {name: [] for name in ROWS.names}
    words: list[str] = []
    meanings: list[str] = []
    for turn in _turns(turns):
        text = turn["text"]
        language = turn["language"] or detect(text) or ""
        subject = turn["subject"].strip()[:SUBJECT_LETTERS]
        day = (EPOCH + timedelta(microseconds=turn["sent_at"])).date()
        context = f"{turn['ticket_id']} {day} {turn['team']} {turn['role']} {subject}"
        for part, (start, end) in enumerate(pieces(text)):
            said = text[start:end].strip()
            meant = with_subject(subject, said) if said else ""
            words.append(f"{context}\n{said}" if said else "")
            meanings.append(meant)
            own = {
                "message_id": turn["id"],
                "part": part,
                "language": language,
                "start": start,
                "end": end,
                "content": blake2b(meant.encode("utf-8", "surrogatepass"), digest_size=16).digest(),
            }
            for name in ROWS.names:
                kept[name].append(own[name] if name in own else turn[name])
    return Passages(pa.table(kept, schema=ROWS), words, meanings)


def with_subject(subject: str, said: str) -> str:
    """A passage after its subject, unless it begins with it."""
    subject = subject.strip()[:SUBJECT_LETTERS]
    return f"{subject}. {said}" if subject and not said.startswith(subject) else said


def _turns(turns: pa.Table) -> Iterator[dict[str, Any]]:
    names = turns.column_names
    for values in zip(*(turns[name].to_pylist() for name in names), strict=True):
        yield dict(zip(names, values, strict=True))
