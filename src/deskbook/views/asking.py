"""What a page asks its server while a person is choosing: the fields there are, what a line of text means, counts.

None of it is sent with a page; it is asked when a field is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from deskbook import metrics as m
from deskbook.errors import BadValue, DeskbookError, Overtaken, UnknownName
from deskbook.views import (
    adding,
    annotating,
    answers,
    askedbefore,
    fields,
    keeping,
    sourcetable,
    subscribing,
    theme,
    wording,
)
from deskbook.views.visit import Answer, Visit, check_length


def answer(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """The answer to one question of the page; what cannot be answered says why in `problem`, and of which `field`."""
    name = str(message.get("ask"))
    try:
        if name not in ASKED:
            raise UnknownName("question", name, ASKED)
        return ASKED[name](visit, message)
    except (DeskbookError, RecursionError) as error:
        said = error if isinstance(error, DeskbookError) else BadValue("The filter is nested too deeply.")
        return {"problem": str(said), "field": said.field, "overtaken": isinstance(said, Overtaken)}


def _fields(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Everything a filter can be about."""
    return fields.offered(visit.book, visit.memory)


def _read(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """What a line of text means."""
    text = str(message.get("text", ""))
    check_length(text)
    return _told(visit, m.parse_filter(text) if not text.lstrip().startswith("@") else visit.book.filter(text))


def _write(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """The line of text of a tree."""
    return _told(visit, m.from_tree(message.get("tree")))


def _told(visit: Visit, one: m.Filter | None) -> Answer:
    """A filter in all its forms, and how many tickets it leaves under the page's other filters."""
    text = one.text() if one else ""
    check_length(text)
    told = {"tree": m.as_tree(one), "text": text, "sentence": one.sentence() if one else ""}
    if any(m.PLACEHOLDER.fullmatch(value) for condition in m.conditions(one) for value in condition.values):
        return told | {"count": "asks for values when it is used"}
    scope = visit.scope(without="where")
    count = visit.book.count_tickets(where=m.both(scope.where, one), period=scope.period)
    return told | {"count": f"{wording.number(count)} ticket{'' if count == 1 else 's'}"}


def _values(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """The words of a field, each with the tickets that have it.

    For one of the page's own fields they are counted under all other filters, for the builder under all but the
    filter it builds.
    """
    name = str(message.get("field"))
    scope = visit.scope(without=name if message.get("own") else "where")
    counted = visit.book.count_values(name, where=scope.where, period=scope.period)
    return {"values": [[word, n, wording.number(n)] for word, n in counted]}


def _theme(visit: Visit, message: Mapping[str, Any]) -> Answer:
    """Keep the theme chosen, for the next browser of the same person."""
    wish = str(message.get("theme"))
    if wish not in theme.WISHES:
        raise UnknownName("theme", wish, theme.WISHES)
    visit.desk.wishes.keep(visit.actor, "theme", wish)
    return {}


ASKED: Final[Mapping[str, Callable[[Visit, Mapping[str, Any]], Answer]]] = {
    "fields": _fields,
    "read": _read,
    "write": _write,
    "values": _values,
    "menu": keeping.menu,
    "save": keeping.save,
    "remove": keeping.remove,
    "use": keeping.use,
    "theme": _theme,
    "subscriptions": subscribing.menu,
    "times": subscribing.times,
    "subscribe": subscribing.save,
    "pause": subscribing.pause,
    "unsubscribe": subscribing.remove,
    "send": subscribing.send,
    "source_pause": sourcetable.pause,
    "source_soon": sourcetable.sync_now,
    "annotate": annotating.annotate,
    "take_away": annotating.take_away,
    "plan": answers.plan,
    "plan_parts": answers.plan_parts,
    "follow": answers.follow,
    "asked_find": askedbefore.found,
    "asked_judge": askedbefore.judge,
    "asked_keep": askedbefore.keep,
    "asked_make": askedbefore.make,
    "adding_menu": adding.menu,
    "adding_look": adding.look,
    "adding_save": adding.save,
    "adding_remap": adding.remap,
    "adding_sync": adding.sync,
}
"""Questions by name."""
SLOW: Final = (
    *("subscriptions", "subscribe", "pause", "unsubscribe", "send"),
    *("adding_menu", "adding_look", "adding_save", "adding_remap", "adding_sync"),
)
"""Those that may take seconds, and are answered beside the page."""
