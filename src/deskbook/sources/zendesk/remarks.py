"""What is worth saying about tickets once a pull, and no fault of a row."""

from __future__ import annotations

from collections.abc import Sequence

from deskbook.sources.zendesk.values import DELETED, PRIORITIES, STATES, Payload


class Remarks:
    """Words that are none of ours, each said once."""

    def __init__(self) -> None:
        self._said: set[tuple[str, str]] = set()

    def of(self, tickets: Sequence[Payload]) -> list[str]:
        """What is new to say of these tickets."""
        found = []
        for name, words in (("status", STATES | {DELETED}), ("priority", PRIORITIES)):
            for word in {str(one[name]) for one in tickets if one.get(name) is not None}:
                if word.lower() not in words and (name, word) not in self._said:
                    self._said.add((name, word))
                    found.append(f"Tickets have the {name} '{word}', which is unknown: it is left empty.")
        return sorted(found)
