"""What was asked before, on the Ask page: looked up, judged, kept to be asked again, made into other things."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any, Final

from deskbook.errors import BadValue, UnknownName
from deskbook.views import wording
from deskbook.views.visit import Answer, Visit

SHOWN: Final = 20
GROUPS: Final = 8
THUMBS: Final = (-1, 0, 1)


def found(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Questions the visitor may see, the newest first, and those that got no answer, those alike together."""
    asked = visit.desk.asked(visit.actor)
    listed = asked.find(str(message.get("words") or "").strip(), limit=SHOWN + 1)
    groups = asked.unanswered()[:GROUPS]
    return {
        "asked": [_listed(one, visit) for one in listed[:SHOWN]],
        "more": len(listed) > SHOWN,
        "unanswered": [[one.questions[0], one.count] for one in groups],
    }


def _listed(one: Any, visit: Visit) -> dict[str, Any]:
    return {
        "id": one.id,
        "question": one.question,
        "plan": str((one.answer.get("plan") or {}).get("line") or ""),
        "said": wording.moment(one.asked_at.replace(tzinfo=UTC), visit.book.settings.zone),
        "thumb": one.thumb,
        "kept": one.kept,
        "abstained": one.abstained,
        "owner": "" if one.owner == visit.actor.name else one.owner,
    }


def judge(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Say whether an answer was good, and what it should have been."""
    thumb, correction = message.get("thumb"), message.get("correction")
    if thumb is not None and thumb not in THUMBS:
        raise BadValue(f"An answer is good (1), bad (-1) or neither (0), got {thumb!r}.")
    asked = visit.desk.asked(visit.actor)
    one = asked.judge(_id(message), thumb=thumb, correction=None if correction is None else str(correction))
    return {"thumb": one.thumb, "correction": one.correction}


def keep(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Have a question asked again whenever something changes, or no longer."""
    return {"kept": visit.desk.asked(visit.actor).keep(_id(message), kept=bool(message.get("kept"))).kept}


def make(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """An answer as a page of its own, or as a test; where its file is."""
    what = str(message.get("what"))
    if what not in MADE:
        raise UnknownName("thing an answer can become", what, MADE)
    file = MADE[what](visit.desk.asked(visit.actor), _id(message))
    return {"made": str(file.relative_to(visit.desk.settings.workspace)), "page": file.stem if what == "page" else ""}


MADE: Final[Mapping[str, Callable[[Any, int], Any]]] = {
    "page": lambda asked, id: asked.make_page(id),
    "test": lambda asked, id: asked.make_test(id),
}


def _id(message: Mapping[str, Any]) -> int:
    held = message.get("number")
    if not isinstance(held, int) or isinstance(held, bool):
        raise BadValue(f"A question has a whole number, got {held!r:.40}.")
    return held
