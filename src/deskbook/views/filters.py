"""The filters of a page: given by the notebook's parameters, kept in the URL, said as a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import parse_qs, urlencode

import panel as pn
import param

from deskbook.errors import UnknownName
from deskbook.views import kernel

CHOICES: Final = ("team", "channel", "priority", "source")
FIELDS: Final = ("period", *CHOICES, "where", "compare")
LONGEST: Final = 2_000
"""Characters that one value in the URL may have."""
MOST_SAID: Final = 5
"""Unknown filters that are named; more of them are no typing mistake."""


class Filters(param.Parameterized):
    """What a page is filtered by. Every value is text, as it stands in the URL.

    Attributes:
        ignored: what the URL named and this page does not have, in words.
    """

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
    layout = param.String("", doc="A saved layout's name, or owner/name; empty shows the page as its notebook has it.")
    question = param.String("", doc="The question asked.")
    plan = param.String("", doc="What the question is taken to ask, as JSON; empty reads its words.")

    def __init__(self, **given: str) -> None:
        super().__init__(**given)  # type: ignore[no-untyped-call]
        self.fields = tuple(given)
        self.given = dict(given)
        self.ignored: tuple[str, ...] = ()

    def values(self) -> dict[str, str]:
        """The values of the fields this page has."""
        return {name: getattr(self, name) for name in self.fields}

    def changed(self) -> dict[str, str]:
        """The values that differ from the page's own."""
        return {name: value for name, value in self.values().items() if value != self.given[name]}

    def url(self) -> str:
        """The values that differ from the page's own, as the query part of its URL."""
        changed = self.changed()
        return f"?{urlencode(changed)}" if changed else ""

    def read_url(self, search: str) -> None:
        """Take over what the query part of a URL says; what it does not name goes back to the page's own."""
        self.take(parse_qs(search.removeprefix("?"), keep_blank_values=True))

    def take(self, said: Mapping[str, Sequence[str]]) -> None:
        """The same from values already parsed."""
        # What all pages share is carried to each of them, also where it has no meaning.
        foreign = [name for name in said if name not in (*self.fields, *FIELDS) and not name.startswith("bokeh-")]
        self.ignored = tuple(
            f"{UnknownName('filter', name, self.fields)} It is ignored." for name in foreign[:MOST_SAID]
        )
        found = {name: said[name][-1] for name in self.fields if said.get(name)}
        self.ignored += tuple(_twice(name, said[name]) for name in found if len(set(said[name])) > 1)
        self.ignored += tuple(_long(name, value) for name, value in found.items() if len(value) > LONGEST)
        self.param.update(**{**self.given, **{name: value for name, value in found.items() if len(value) <= LONGEST}})

    def carried(self) -> str:
        """The filters that the other pages share, as the query part of a URL."""
        defaults = {name: self.param[name].default for name in FIELDS}
        held: dict[str, str] = {name: getattr(self, name) for name in FIELDS if name in self.fields}
        changed = {name: value for name, value in held.items() if value != defaults[name]}
        return f"?{urlencode(changed)}" if changed else ""


def _twice(name: str, values: Sequence[str]) -> str:
    """What is said of a filter that stands in the URL several times with several values."""
    told = ", ".join(repr(value[:40]) for value in values)
    way = f" For any of them write where={name} in (…)." if name in CHOICES else ""
    return f"{name} stands in the address {len(values)} times: {told}. The last one holds.{way}"


def _long(name: str, value: str) -> str:
    """What is said of a value that is not read, as a part of it would mean something else."""
    return f"{name} has {len(value):,} characters; an address holds {LONGEST:,} of one filter. Shown without it."


def filters(**given: str) -> Filters:
    """The filters of a page, from the notebook's parameters; when served, also by Voilà, the URL has the last word.

    Args:
        given: the parameters the page has: `period`, `team`, `channel`, `priority`, `source`, `where`,
            `compare`, `pick`, `swap`, `layout`, `search`, `sort`, `page`, `ticket`, `cell`, `question`, `plan`.
    """
    known = [name for name in Filters.param if name != "name"]
    for name in given:
        if name not in known:
            raise UnknownName("filter", name, known)
    made = Filters(**given)
    if pn.state.curdoc and pn.state.curdoc.session_context:
        asked = pn.state.session_args.items()
        made.take({name: [value.decode("utf-8", "replace") for value in values] for name, values in asked})
    elif said := kernel.asked():
        made.take(said)
    return made
