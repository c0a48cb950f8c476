"""The filters of a page: given by the notebook's parameters, kept in the URL, said as a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from urllib.parse import parse_qs, urlencode
from zoneinfo import ZoneInfo

import panel as pn
import param

from deskbook import metrics as m
from deskbook.errors import BadValue, DeskbookError, UnknownName
from deskbook.metrics import Period
from deskbook.views import wording
from deskbook.views.numbers import Book, Memory, Scope, words

CHOICES: Final = ("team", "channel", "priority", "source")
FIELDS: Final = ("period", *CHOICES, "where", "compare")
SHORT: Final = {"before": "before", "alike": "weekdays", "year": "last year"}
"""Comparisons in a word that fits a narrow field; the sentence below says them in full."""
LONGEST: Final = 2_000
"""Characters of one value in the URL that are read."""


class Filters(param.Parameterized):
    """What a page is filtered by. Every value is text, as it stands in the URL."""

    period = param.String("-28d", doc="Such as -28d, last week, 2026-10, 2026-10-01..2026-10-15; empty for all time.")
    team = param.String("", doc="A team's name; empty for all.")
    channel = param.String("", doc="A channel; empty for all.")
    priority = param.String("", doc="A priority; empty for all.")
    source = param.String("", doc="A source; empty for all.")
    where = param.String("", doc="More filter, such as: language = de and tag = refund.")
    compare = param.String("before", doc="before, alike (same weekdays before) or year; empty compares with nothing.")
    search = param.String("", doc="Words to look for in subjects and messages, or a ticket id.")
    sort = param.String("-created_at", doc="Column the tickets are sorted by, `-` before it for descending.")
    page = param.String("1", doc="Which fifty of the tickets found.")
    ticket = param.String("", doc="The ticket whose conversation is open, as source/id.")
    cell = param.String("", doc="The number whose tickets are shown, as a receipt's cell: JSON with metric and row.")
    pick = param.String("", doc="Marks picked on a chart, as JSON: the section they stand in, and their row.")
    swap = param.String("", doc="What charts are cut by or measure instead, as JSON: section -> by, metric.")
    question = param.String("", doc="The question asked.")

    def __init__(self, **given: str) -> None:
        super().__init__(**given)  # type: ignore[no-untyped-call]
        self.fields = tuple(given)
        self.given = dict(given)

    def values(self) -> dict[str, str]:
        """The values of the fields this page has."""
        return {name: getattr(self, name) for name in self.fields}

    def url(self) -> str:
        """The values that differ from the page's own, as the query part of its URL."""
        changed = {name: value for name, value in self.values().items() if value != self.given[name]}
        return f"?{urlencode(changed)}" if changed else ""

    def read_url(self, search: str) -> None:
        """Take over what the query part of a URL says; what it does not name goes back to the page's own."""
        self.take(parse_qs(search.removeprefix("?"), keep_blank_values=True))

    def take(self, said: Mapping[str, Sequence[str]]) -> None:
        """The same from values already parsed."""
        found = {name: said[name][-1][:LONGEST] for name in self.fields if said.get(name)}
        self.param.update(**{**self.given, **found})

    def carried(self) -> str:
        """The filters that the other pages share, as the query part of a URL."""
        defaults = {name: self.param[name].default for name in FIELDS}
        held: dict[str, str] = {name: getattr(self, name) for name in FIELDS if name in self.fields}
        changed = {name: value for name, value in held.items() if value != defaults[name]}
        return f"?{urlencode(changed)}" if changed else ""


def filters(**given: str) -> Filters:
    """The filters of a page, from the notebook's parameters; when served, the URL has the last word.

    Args:
        given: the parameters the page has: `period`, `team`, `channel`, `priority`, `source`, `where`,
            `compare`, `pick`, `swap`, `search`, `sort`, `page`, `ticket`, `cell`, `question`.
    """
    known = [name for name in Filters.param if name != "name"]
    for name in given:
        if name not in known:
            raise UnknownName("filter", name, known)
    made = Filters(**given)
    if pn.state.curdoc and pn.state.curdoc.session_context:
        asked = pn.state.session_args.items()
        made.take({name: [value.decode("utf-8", "replace") for value in values] for name, values in asked})
    return made


@dataclass(frozen=True)
class Chosen:
    """Filters, read.

    Attributes:
        scope: what the numbers are asked for.
        sentence: the same for people.
        problems: what could not be read, each with what was done instead.
    """

    scope: Scope
    sentence: str
    problems: tuple[str, ...] = ()


def read(chosen: Filters, book: Book, memory: Memory) -> Chosen:
    """What the filters come to. A value that cannot be read is left out, and the problem said."""
    problems: list[str] = []
    period = _period(chosen, book, problems)
    held: dict[str, str] = {}
    for name in CHOICES:
        value = getattr(chosen, name) if name in chosen.fields else ""
        if value and _holds(words(book, name, memory), name, value, problems):
            held[name] = value
    more = _more(chosen.where, problems) if "where" in chosen.fields else None
    compare = _against(chosen.compare, problems) if "compare" in chosen.fields else ""
    where = m.both(m.equal_to(held), more)
    sentence = " · ".join([*held.values(), *([more.sentence()] if more else []), wording.dates(period)])
    days_off = book.days_off(period) if compare == "alike" else ()
    scope = Scope(period, where, compare, days_off)
    if scope.compares:
        sentence += f" {scope.baseline()}"
    return Chosen(scope, sentence, tuple(problems))


def asked(values: Mapping[str, str], book: Book, memory: Memory) -> Scope:
    """What a page's parameters come to: when and which.

    Raises:
        BadValue: one cannot be read; who asks without a page in view does not guess.
    """
    known = {name: value for name, value in values.items() if name in Filters.param}
    read_as = read(Filters(**known), book, memory)
    if read_as.problems:
        raise BadValue(" ".join(read_as.problems))
    return read_as.scope


def _period(chosen: Filters, book: Book, problems: list[str]) -> Period:
    try:
        return book.period(chosen.period)
    except (DeskbookError, OverflowError, ValueError) as error:
        default = chosen.param["period"].default
        said = str(error) if isinstance(error, DeskbookError) else f"'{chosen.period}' is out of reach."
        problems.append(f"{said} Shown instead: the last 28 days.")
        return book.period(default)


def _against(value: str, problems: list[str]) -> str:
    """What is compared with; an unknown word compares with the period before."""
    if value in ("", "none", "no"):
        return ""
    if value in m.AGAINST:
        return value
    problems.append(f"{UnknownName('comparison', value, m.AGAINST)} Compared with the period before.")
    return "before"


def _holds(known: list[str], name: str, value: str, problems: list[str]) -> bool:
    if value in known:
        return True
    problems.append(f"{UnknownName(name, value, known)} Shown without it.")
    return False


def _more(text: str, problems: list[str]) -> m.Filter | None:
    try:
        made = m.parse_filter(text)
        if made is not None:
            made.sql("tickets", {})
        return made
    except (DeskbookError, RecursionError) as error:
        said = error if isinstance(error, DeskbookError) else BadValue("The filter is nested too deeply.")
        problems.append(f"{said} Shown without it.")
        return None


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


def described(chosen: Filters, book: Book, read_as: Chosen, memory: Memory) -> dict[str, Any]:
    """The filters as the page draws them."""
    return {
        "values": chosen.values(),
        "fields": list(chosen.fields),
        "periods": presets(book, chosen.period) if "period" in chosen.fields else [],
        "choices": {name: words(book, name, memory) for name in CHOICES if name in chosen.fields},
        "against": [["", "No comparison"], *([word, f"vs {SHORT[word]}"] for word in m.AGAINST)],
        "sentence": read_as.sentence,
        "problems": list(read_as.problems),
        "carried": chosen.carried(),
        "url": chosen.url(),
        "dates": _ends(read_as.scope.period),
    }


def _ends(period: Period) -> list[str]:
    """First and last day, for the two date fields."""
    if period.since is None or period.until is None:
        return ["", ""]
    zone = ZoneInfo(period.zone)
    last = period.until.astimezone(zone) - timedelta(microseconds=1)
    return [f"{period.since.astimezone(zone):%Y-%m-%d}", f"{last:%Y-%m-%d}"]
