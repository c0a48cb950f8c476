"""Quick and saved filters as a page asks for them: what there is, with counts, and what using one would set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from deskbook import metrics as m
from deskbook.access import EVERYONE
from deskbook.access.actor import ROLES
from deskbook.errors import BadValue
from deskbook.views import wording
from deskbook.views.filters import CHOICES
from deskbook.views.numbers import words
from deskbook.views.quick import QUICK
from deskbook.views.reading import Chosen, read
from deskbook.views.visit import Answer, Visit, check_length, version_seen


def menu(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Quick filters with the tickets each would leave now, saved ones, and the filter of the page as one line."""
    chosen = read(visit.filters, visit.book, visit.memory)
    team = str(message.get("team", ""))
    teams = words(visit.book, "team", visit.memory)
    current = _line(chosen)
    return {
        "quick": _quick(visit, chosen, team if team in teams else ""),
        "saved": saved(visit),
        "teams": teams,
        "team": team if team in teams else "",
        "current": current.text() if current else "",
        "period": visit.filters.period if "period" in visit.filters.fields else "",
        "roles": [EVERYONE, *ROLES],
    }


def saved(visit: Visit) -> list[dict[str, Any]]:
    """The saved filters that the visitor may see."""
    return [
        {
            "name": one.name,
            "owner": one.owner,
            "version": one.version,
            "where": one.where,
            "period": one.period,
            "shared": list(one.shared),
            "gaps": [[gap, field, m.dimension(field).label] for gap, field in one.gaps.items()],
            "own": one.owner == visit.actor.name,
            "mine": one.mine,
        }
        for one in visit.desk.saved_filters(visit.actor)
    ]


def save(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Keep a filter under a name; the answer lists all there are then."""
    shared = message.get("shared") or []
    visit.desk.save_filter(
        str(message.get("name", "")),
        str(message.get("where", "")),
        period=str(message.get("period") or ""),
        shared=[str(role) for role in shared] if isinstance(shared, Sequence) else [],
        owner=str(message.get("owner", "")),
        seen=version_seen(message),
        actor=visit.actor,
    )
    return {"saved": saved(visit)}


def remove(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Take a saved filter from view; the answer lists those that are left."""
    name, owner = str(message.get("name", "")), str(message.get("owner", ""))
    visit.desk.remove_filter(name, seen=version_seen(message), owner=owner, actor=visit.actor)
    return {"saved": saved(visit)}


def use(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """What using a saved filter sets: its text in the page's own fields, so that a link works for everyone."""
    name, owner = str(message.get("name", "")), str(message.get("owner", ""))
    one = visit.desk.saved_filter(name, owner=owner, actor=visit.actor)
    given = message.get("values") or {}
    if not isinstance(given, Mapping):
        raise BadValue("Values for gaps are named: {team: Billing}.")
    made = one.filter({str(gap): str(value) for gap, value in given.items()})
    told = spread(made, visit.filters.fields)
    check_length(told["where"])
    return {"set": told | ({"period": one.period} if one.period and "period" in visit.filters.fields else {})}


def spread(one: m.Filter | None, fields: Sequence[str]) -> dict[str, str]:
    """A filter as the values of a page's fields: a choice where a field fits, the rest as text."""
    held = {name: "" for name in CHOICES if name in fields}
    rest = []
    for part in m.parts_of(one):
        if isinstance(part, m.Condition) and held.get(_choice(part)) == "":
            held[part.field] = part.values[0]
        else:
            rest.append(part)
    more = m.both(*rest)
    return held | {"where": more.text() if more else ""}


def _quick(visit: Visit, chosen: Chosen, team: str) -> list[dict[str, Any]]:
    """Each quick filter: whether it is on, what its switch sets, and how many tickets match it under the others."""
    made: dict[str, m.Filter] = {}
    for one in QUICK:
        asked = m.parse_filter(one.where)
        if asked and (team or not m.gaps(asked)):
            made[one.name] = m.filled(asked, {"team": team} if m.gaps(asked) else {})
    counts = _counts(visit, made)
    held, fields = m.parts_of(_line(chosen)), visit.filters.fields
    told = []
    for one in QUICK:
        own = m.parts_of(made.get(one.name))
        on = bool(own) and all(part in held for part in own)
        taken = {_choice(part) for part in own} - {""}
        rest = [part for part in held if part not in own and _choice(part) not in taken] + ([] if on else [*own])
        told.append(
            {
                "label": one.label,
                "note": one.note,
                "on": on,
                "count": wording.number(counts[one.name]) if one.name in counts else "",
                "set": spread(m.both(*rest), fields) if own else None,
            }
        )
    return told


def _counts(visit: Visit, made: Mapping[str, m.Filter]) -> dict[str, int]:
    """How many tickets each leaves; one that chooses a field is counted without the choice it takes the place of."""
    counts: dict[str, int] = {}
    for field in {_choice(one) for one in made.values()}:
        asked = {name: one for name, one in made.items() if _choice(one) == field}
        scope = visit.scope(without=field)
        found = visit.book.count_each([*asked.values()], where=scope.where, period=scope.period)
        counts |= dict(zip(asked, found, strict=True))
    return counts


def _choice(part: m.Filter) -> str:
    """The field of the page a condition chooses a value of; empty if it does more."""
    return part.field if isinstance(part, m.Condition) and part.op == "=" and part.field in CHOICES else ""


def _line(chosen: Chosen) -> m.Filter | None:
    """All that a page is filtered by, besides the period, as it was written."""
    return m.both(m.equal_to(chosen.held), *(part.filter for part in chosen.parts if not part.ignored))
