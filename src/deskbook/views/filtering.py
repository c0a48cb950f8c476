"""The filters of a page as it draws them: fields with their choices, chips, the sentence, what was ignored."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from deskbook import metrics as m
from deskbook.errors import DeskbookError
from deskbook.metrics import Period
from deskbook.views import wording
from deskbook.views.filters import CHOICES, Filters
from deskbook.views.memory import Memory
from deskbook.views.numbers import Book, words
from deskbook.views.reading import Chosen

SHORT: Final = {"before": "before", "alike": "weekdays", "year": "last year"}
"""Comparisons in a word that fits a narrow field; the sentence below says them in full."""


def presets(book: Book, value: str) -> list[tuple[str, str]]:
    """Periods offered by name, with the chosen one among them."""
    offered = [
        ("today", "Today"),
        ("yesterday", "Yesterday"),
        ("-7d", "Last 7 days"),
        ("-28d", "Last 28 days"),
        ("-90d", "Last 90 days"),
        ("this month", "This month"),
        ("last month", "Last month"),
        ("this quarter", "This quarter"),
        ("-12m", "Last 12 months"),
        ("", "All time"),
    ]
    if value not in dict(offered):
        try:
            label = wording.dates(book.period(value))
        except (DeskbookError, OverflowError, ValueError):
            label = value
        offered.append((value, label))
    return offered


def described(chosen: Filters, book: Book, read_as: Chosen, memory: Memory, picked: str = "") -> dict[str, Any]:
    """The filters as the page draws them.

    Args:
        picked: the marks the page follows, in words.
    """
    return {
        "values": chosen.values() | _saved_as_text(chosen, read_as),
        "fields": list(chosen.fields),
        "periods": presets(book, chosen.period) if "period" in chosen.fields else [],
        "choices": {name: words(book, name, memory) for name in CHOICES if name in chosen.fields},
        "against": [["", "No comparison"], *([word, f"vs {SHORT[word]}"] for word in m.AGAINST)],
        "sentence": read_as.sentence,
        "problems": [*read_as.problems, *read_as.hints],
        "chips": [*chips(chosen, read_as), *([{"said": f"Only {picked}", "set": {"pick": ""}}] if picked else [])],
        "carried": chosen.carried(),
        "url": chosen.url(),
        "dates": _ends(read_as.scope.period),
    }


def _saved_as_text(chosen: Filters, read_as: Chosen) -> dict[str, str]:
    """The text of a saved filter that the address names: what is added on the page is added to that."""
    if not chosen.where.lstrip().startswith("@") or not read_as.parts:
        return {}
    whole = m.both(*(part.filter for part in read_as.parts))
    return {"where": whole.text() if whole else ""}


def lasting(chosen: Filters, read_as: Chosen, book: Book) -> str:
    """What filters say on any day: a period that moves on is said by its words, with the dates it has now."""
    said = [*read_as.held.values(), *(part.said for part in read_as.parts if not part.ignored)]
    if "period" in chosen.fields:
        said.append(_lasting_period(chosen.period, read_as.scope.period, book))
    for name, word in (("search", "search"), ("layout", "layout"), ("question", "question"), ("pick", "marks picked")):
        if name in chosen.fields and getattr(chosen, name):
            said.append(word if name == "pick" else f"{word} “{getattr(chosen, name)}”")
    return " · ".join(said) or "everything on the page"


def _lasting_period(value: str, now: Period, book: Book) -> str:
    dates = wording.dates(now)
    try:
        later = m.parse_period(value, now=book.now() + timedelta(days=400), zone=now.zone) if value else now
    except DeskbookError:
        return dates
    if (later.since, later.until) == (now.since, now.until):
        return dates
    label = dict(presets(book, value)).get(value, value)
    words = value if label == dates else label[:1].lower() + label[1:]
    return f"{words} (now {dates})"


def chips(chosen: Filters, read_as: Chosen) -> list[dict[str, Any]]:
    """Each active condition: what it says, and what is set to be rid of it."""
    made: list[dict[str, Any]] = []
    for name in CHOICES:
        value = getattr(chosen, name) if name in chosen.fields else ""
        if value:
            said = f"{m.dimension(name).label}: {value}"
            made.append({"said": said, "set": {name: ""}, "ignored": name not in read_as.held})
    for place, part in enumerate(read_as.parts):
        rest = m.both(*(other.filter for at, other in enumerate(read_as.parts) if at != place))
        text = rest.text() if rest else ""
        made.append({"said": part.said[:1].upper() + part.said[1:], "set": {"where": text}, "ignored": part.ignored})
    if not read_as.parts and "where" in chosen.fields and chosen.where.strip():
        made.append({"said": chosen.where, "set": {"where": ""}, "ignored": True})
    return made


def _ends(period: Period) -> list[str]:
    """First and last day, for the two date fields."""
    if period.since is None or period.until is None:
        return ["", ""]
    zone = ZoneInfo(period.zone)
    last = period.until.astimezone(zone) - timedelta(microseconds=1)
    return [f"{period.since.astimezone(zone):%Y-%m-%d}", f"{last:%Y-%m-%d}"]
