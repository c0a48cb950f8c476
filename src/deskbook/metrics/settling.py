"""Making a filter ready to run on a hot copy: its dates become instants, the texts it looks for are found once."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final

from deskbook.metrics.conditions import Condition
from deskbook.metrics.dimensions import dimension
from deskbook.metrics.filters import Filter, conditions, settled

if TYPE_CHECKING:
    from deskbook.metrics.query import Connection, Desk

NOBODY: Final = 0
"""Stands for a text in `found` that was looked for, whether or not a ticket has it; tickets count from 1."""
_TURN: Final = Lock()


def ready(where: Filter | None, desk: Desk) -> Filter | None:
    """The filter as a receipt keeps it: what it means now on this desk's wall clock.

    Its text searches are looked up on the desk's copy, so that each of a page's queries does not read every message.
    """
    if where is None:
        return None
    made = settled(where, now=desk.now, zone=desk.zone)
    for condition in conditions(made):
        if dimension(condition.field).kind == "text":
            condition.check()
            _find(desk.con, condition)
    return made


def _find(con: Connection, condition: Condition) -> None:
    """Fill the hot `found` with the tickets that hold a text, once a copy."""
    said, words = condition.key, condition.key.partition(" contains ")[2]
    with _TURN:
        if con.execute("SELECT 1 FROM found WHERE said = $said LIMIT 1", {"said": said}).fetchone():
            return
        con.execute(
            f"INSERT INTO found SELECT $said, {NOBODY} UNION ALL SELECT $said, ticket FROM (SELECT DISTINCT ticket "
            f"FROM texts WHERE {dimension(condition.field).sql} AND contains(lower(text), $words)) ORDER BY ALL",
            {"said": said, "words": words},
        )
