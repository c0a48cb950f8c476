"""Subscriptions as a page asks for them: those there are, what a form may say, and keeping, pausing, sending one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final
from zoneinfo import available_timezones

from deskbook.errors import BadValue, about
from deskbook.metrics import registry
from deskbook.views import wording
from deskbook.views.filtering import lasting
from deskbook.views.filters import Filters
from deskbook.views.reading import read
from deskbook.views.visit import Answer, Visit, version_seen

LEFT_OUT: Final = ("ticket", "cell", "page")
"""What a page may show for the moment and no report repeats."""
TONES: Final = {"sent": "good", "failed": "bad"}


def menu(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Every subscription the visitor may see, what a form offers, and the page's filters as a sentence."""
    chosen = read(visit.filters, visit.book, visit.memory)
    return {
        "subscriptions": listed(visit),
        "offers": _offers(visit),
        "filters": lasting(visit.filters, chosen, visit.book),
        "problems": list(chosen.problems),
    }


def times(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """The next three times of a cron line, in words."""
    zone = str(message.get("zone", ""))
    found = visit.subscriptions.times(str(message.get("at", "")), zone)
    return {"times": [wording.moment(one, zone or visit.book.settings.zone) for one in found]}


def save(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Keep a subscription; the answer lists all there are then."""
    subscriptions = visit.subscriptions
    owner = str(message.get("owner", ""))
    values = _form(message)
    if message.get("filters") == "kept":
        held = subscriptions.one(str(message.get("name", "")), owner).form
        values |= {"page": held.page, "parameters": held.parameters, "paused": held.paused}
    else:
        problems = read(visit.filters, visit.book, visit.memory).problems
        if problems:
            with about("parameters"):
                raise BadValue(f"The page's filters do not hold: {' '.join(problems)}")
        values["parameters"] = {name: one for name, one in visit.filters.changed().items() if name not in LEFT_OUT}
    made = subscriptions.keep(str(message.get("name", "")), values, owner=owner, seen=version_seen(message))
    return {"subscriptions": listed(visit), "kept": made.key}


def pause(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Pause one, or let it go on."""
    paused = message.get("paused") is True
    visit.subscriptions.pause(**_which(message), paused=paused, seen=version_seen(message))
    return {"subscriptions": listed(visit)}


def remove(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Take one away."""
    visit.subscriptions.remove(**_which(message), seen=version_seen(message))
    return {"subscriptions": listed(visit)}


def send(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Send one now; takes as long as its report takes to make."""
    visit.subscriptions.send(**_which(message))
    return {"subscriptions": listed(visit)}


def listed(visit: Visit) -> list[dict[str, Any]]:
    """The subscriptions the visitor may see, as the page draws them."""
    return [_row(visit, one) for one in visit.subscriptions.seen()]


def _row(visit: Visit, one: Any) -> dict[str, Any]:
    form, due = one.form, visit.subscriptions.next_at(one)
    zone = form.zone or visit.book.settings.zone
    return {
        "name": one.name,
        "owner": one.owner,
        "key": one.key,
        "own": one.owner == visit.actor.name,
        "mine": one.mine,
        "version": one.version,
        "page": form.page,
        "filters": _filters(visit, form),
        "next": f"{wording.moment(due, zone)} ({zone})" if due else "",
        "last": _last(visit, one),
        "problem": one.problem,
        "paused": form.paused,
        "zone": zone,
        "form": {
            name: getattr(form, name)
            for name in ("to", "at", "email", "folder", "webhooks", "skip_unchanged", "only_if")
        },
    }


def _filters(visit: Visit, form: Any) -> str:
    """The filters of a subscription in words, whatever page it is asked from."""
    own = visit.subscriptions.values(form)
    if own is None:
        return "its page is no longer there"
    chosen = Filters(**{name: value for name, value in own.items() if name in Filters.param and name != "name"})
    return lasting(chosen, read(chosen, visit.book, visit.memory), visit.book)


def _last(visit: Visit, one: Any) -> dict[str, str] | None:
    """What became of it the last time, in a line; the worst first where it went several ways."""
    found = sorted(visit.subscriptions.last(one), key=lambda made: made.outcome != "failed")
    if not found:
        return None
    worst = found[0]
    zone = one.form.zone or visit.book.settings.zone
    said = f"{worst.outcome.replace('_', ' ')} {wording.moment(worst.key.due_at, zone)}"
    why = worst.error or (worst.note if worst.outcome == "condition_not_met" else "")
    return {"tone": TONES.get(worst.outcome, "quiet"), "said": said, "why": why}


def _offers(visit: Visit) -> dict[str, Any]:
    permits = visit.subscriptions.permits
    return {
        "zone": visit.book.settings.zone,
        "zones": zones(),
        "metrics": [[one.name, one.label, wording.unit(one)] for one in _metrics()],
        "people": list(permits.people),
        "people_said": permits.said,
        "mail": bool(visit.book.settings.mail),
        "folder": permits.folder,
        "webhooks": list(permits.hooks),
    }


@cache
def zones() -> list[str]:
    """The IANA time zones that people choose from."""
    return sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")


def _metrics() -> list[Any]:
    return sorted(registry.values(), key=lambda one: one.label)


def _form(message: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in; only its kinds are seen to here."""
    folder = message.get("folder")
    return {
        "page": str(message.get("page", "")),
        "to": tuple(_texts(message, "to")),
        "at": " ".join(str(message.get("at", "")).split()),
        "zone": str(message.get("zone", "")).strip(),
        "email": tuple(filter(None, re.split(r"[,;\s]+", str(message.get("email", ""))))),
        "folder": None if folder is None else str(folder).strip(),
        "webhooks": tuple(_texts(message, "webhooks")),
        "skip_unchanged": message.get("skip_unchanged") is True,
        "only_if": str(message.get("only_if", "")).strip(),
    }


def _texts(message: Mapping[str, Any], name: str) -> list[str]:
    held = message.get(name) or []
    return [str(one) for one in held] if isinstance(held, Sequence) and not isinstance(held, str) else []


def _which(message: Mapping[str, Any]) -> dict[str, str]:
    return {"name": str(message.get("name", "")), "owner": str(message.get("owner", ""))}
