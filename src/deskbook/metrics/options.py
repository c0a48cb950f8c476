"""What could be chosen, and how many tickets it would leave: values of a field, filters by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from deskbook.errors import BadValue
from deskbook.metrics.compile import condition
from deskbook.metrics.conditions import home_of
from deskbook.metrics.dimensions import dimension
from deskbook.metrics.filters import Filter
from deskbook.metrics.periods import Period
from deskbook.metrics.query import Desk
from deskbook.metrics.settling import ready

MOST: Final = 200


def count_values(
    desk: Desk, field: str, *, where: Filter | None = None, period: Period | None = None, most: int = MOST
) -> list[tuple[str, int]]:
    """Each word of a field with how many tickets have it, the most frequent first.

    Args:
        where, period: of the tickets counted; they were created in the period.

    Raises:
        BadValue: the field has no words.
    """
    one = dimension(field)
    if one.kind not in ("word", "tag", "custom"):
        raise BadValue(f"'{field}' has no words to choose from, as it is a {one.kind}.")
    clauses, bound = condition("tickets", "created_at", ready(where, desk), period or Period(zone=desk.zone))
    chosen = f"SELECT * FROM tickets WHERE {clauses or 'true'}"
    if home := home_of(one, "tickets"):
        rows = f"SELECT DISTINCT ticket, ({one.sql})::VARCHAR AS word FROM {home} SEMI JOIN ({chosen}) USING (ticket)"
    else:
        word = f"unnest({one.sql})" if one.kind == "tag" else f"({one.sql})::VARCHAR"
        rows = f"SELECT {word} AS word FROM ({chosen}) AS tickets"
    sql = f"SELECT word, count(*) AS n FROM ({rows}) WHERE word IS NOT NULL GROUP BY word ORDER BY n DESC, word"
    return [(str(word), int(n)) for word, n in desk.con.execute(f"{sql} LIMIT {int(most)}", bound).fetchall()]


def count_each(
    desk: Desk, filters: Sequence[Filter], *, where: Filter | None = None, period: Period | None = None
) -> list[int]:
    """How many tickets each filter would leave of those that were created in a period and match another."""
    clauses, bound = condition("tickets", "created_at", ready(where, desk), period or Period(zone=desk.zone))
    held: dict[str, Any] = dict(bound)
    counts = []
    for one in filters:
        settled = ready(one, desk)
        assert settled is not None
        counts.append(f"count(*) FILTER ({settled.sql('tickets', held)})")
    if not counts:
        return []
    sql = f"SELECT {', '.join(counts)} FROM tickets WHERE {clauses or 'true'}"
    return [int(n) for n in desk.con.execute(sql, held).fetchone()]
