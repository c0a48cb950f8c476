"""Who is an agent or once was: Zendesk tells of a person what they are now, and what they wrote stays an agent's.

Somebody counts as one who is an agent or admin now, was one at an earlier pull, or was ever assigned a ticket, as none
but agents can be: by the ticket, by a rating of it, or by its history.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deskbook.sources.zendesk.values import Payload, listed, text_id

ASSIGNEE = "assignee_id"


class Staff:
    """The ids of all who are known to be or to have been agents; it grows while an account is read.

    Args:
        known: those of earlier pulls.
    """

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._ids = set(known)
        self._now: frozenset[str] = frozenset()

    @property
    def ids(self) -> list[str]:
        """All of them, in order."""
        return sorted(self._ids)

    @property
    def former(self) -> list[str]:
        """Those who are none any more, in order."""
        return sorted(self._ids - self._now)

    def take(self, agents: Sequence[Payload]) -> None:
        """Take the agents and admins of now."""
        self._now = frozenset(str(one["id"]) for one in agents if one.get("id") is not None)
        self._ids |= self._now

    def take_assigned(self, rows: Iterable[Payload]) -> None:
        """Take who has or had these tickets, or is rated."""
        self._ids |= {str(one[ASSIGNEE]) for one in rows if one.get(ASSIGNEE)}

    def take_told(self, rows: Iterable[Payload]) -> None:
        """Take who was assigned a ticket, by events or audits."""
        for one in rows:
            for child in listed(one.get("child_events")) or listed(one.get("events")):
                if ASSIGNEE in child:
                    told = (child[ASSIGNEE], child.get("previous_value"))
                elif child.get("field_name") == ASSIGNEE:
                    told = (child.get("value"), child.get("previous_value"))
                else:
                    continue
                self._ids |= {str(each) for each in told if text_id(each)}
