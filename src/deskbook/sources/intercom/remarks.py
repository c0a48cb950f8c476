"""What is worth saying of conversations beside their rows: parts that were cut off, words that mean nothing known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence

from deskbook.sources.intercom.parts import KINDS, MOST_PARTS, is_cut, parts_of
from deskbook.sources.intercom.values import PRIORITIES, ROLES, STATES, UNSAID, Payload, inner

SHOWN = 5


class Remarks:
    """Notes of one pull; each unknown word is said once."""

    def __init__(self) -> None:
        self._said: set[tuple[str, str]] = set()

    def of(self, conversations: Sequence[Payload]) -> list[str]:
        """What is worth saying of these, and was not said before."""
        notes = []
        cut = [str(one.get("id")) for one in conversations if is_cut(one)]
        if cut:
            more = f" and {len(cut) - SHOWN:,} more" if len(cut) > SHOWN else ""
            notes.append(
                f"Intercom gives the newest {MOST_PARTS} parts of a conversation. Older ones are missing of "
                f"{', '.join(cut[:SHOWN])}{more}; their first reply is the one Intercom tells."
            )
        for (what, word), count in Counter(pair for one in conversations for pair in _unknown(one)).items():
            if (what, word) not in self._said:
                self._said.add((what, word))
                notes.append(f"Intercom's {what} '{word}' is unknown to Deskbook ({count:,} times): {EFFECT[what]}.")
        return notes


EFFECT = {
    "state": "the status stays empty",
    "priority": "the priority stays empty",
    "kind of part": "its text is kept as an internal message",
    "kind of author": "what they wrote counts as the system's",
}


def _unknown(one: Payload) -> Iterator[tuple[str, str]]:
    yield from _word("state", one.get("state"), STATES)
    yield from _word("priority", one.get("priority"), {*PRIORITIES, *UNSAID})
    yield from _word("kind of author", inner(one, "source", "author", "type"), ROLES)
    for part in parts_of(one):
        yield from _word("kind of part", part.get("part_type"), KINDS)
        yield from _word("kind of author", inner(part, "author", "type"), ROLES)


def _word(what: str, value: object, known: Container[str]) -> Iterator[tuple[str, str]]:
    text = "" if value is None else str(value).lower()
    if text and text not in known:
        yield what, text
