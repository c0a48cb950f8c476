"""Annotations written on a page: what the browser sends is text, checked where it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from deskbook.errors import BadValue
from deskbook.views.visit import Answer, Visit, version_seen

WORDS: Final = ("kind", "note", "team", "channel")


def annotate(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Keep what a person wrote, as a new annotation or over one of theirs."""
    shared = message.get("shared")
    if not isinstance(shared, list):
        raise BadValue(f"shared wants a list of roles, got {shared!r}.")
    about = {name: str(message[name]) for name in WORDS if message.get(name)}
    made = visit.desk.annotate(
        str(message.get("title") or ""),
        str(message.get("begins") or ""),
        ends=str(message.get("ends") or ""),
        id=str(message.get("name") or ""),
        owner=str(message.get("owner") or ""),
        shared=[str(role) for role in shared],
        seen=version_seen(message),
        actor=visit.actor,
        **about,
    )
    return {"annotated": made}


def take_away(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Take an annotation from every chart."""
    name, owner = str(message.get("name") or ""), str(message.get("owner") or "")
    visit.desk.remove_annotation(name, seen=version_seen(message), owner=owner, actor=visit.actor)
    return {"gone": name}
