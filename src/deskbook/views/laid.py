"""A page's sections as a layout wants them: its own by their names, added ones from what they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from deskbook.errors import ConfigError, DeskbookError, UnknownName
from deskbook.metrics import DIMENSIONS, Metric, registry
from deskbook.metrics.dimensions import ALL_TABLES
from deskbook.views import wording
from deskbook.views.cards import Cards
from deskbook.views.figures import Kit
from deskbook.views.funnel import STEPS, Funnel, check_funnel
from deskbook.views.heat import Heat
from deskbook.views.layout import FULL, Kept, Layout, Show, Widget
from deskbook.views.multiples import Multiples
from deskbook.views.numbers import Ask, metric
from deskbook.views.ranking import Ranking
from deskbook.views.section import Block, Drawing, Moment, Section
from deskbook.views.series import Series
from deskbook.views.spread import Spread, spreads

CUT = ("ranking", "boxes", "multiples")
"""What shows the groups of a dimension, and so wants one."""
SEVERAL = ("lines", "ranking", "card", "funnel")
"""What can show more than one metric."""


class Layouts(Protocol):
    """The layouts somebody may see, as a page asks for them."""

    def one(self, page: str, address: str, version: int = 0) -> Kept:
        """One of a page's, by its name or as owner/name."""


@dataclass(frozen=True)
class Laid:
    """What a page shows now.

    Attributes:
        sections: by the names of their views, in order.
        known: names of all views there are, shown or not.
        layout: what it follows; None when it is as the notebook has it.
        kept: the saved layout it follows, also while it is being changed.
        problems: what was ignored, in words.
    """

    sections: Mapping[str, Section]
    known: Sequence[str]
    layout: Layout | None = None
    kept: Kept | None = None
    problems: tuple[str, ...] = ()

    def sizes(self) -> dict[str, dict[str, int]]:
        """Columns and height steps of each section; empty as the notebook has it."""
        return {one.name: {"cols": one.wide, "tall": one.tall} for one in (self.layout.widgets if self.layout else ())}


def lay(page: str, own: Mapping[str, Section], layouts: Layouts, address: str, draft: Layout | None) -> Laid:
    """The sections to show: those of a draft, of the saved layout named, or the page's own.

    Args:
        own: the page's sections by the names of their views.
        address: name of a saved layout, or owner/name; empty for none.
        draft: an arrangement that is not saved yet; wins.
    """
    kept, problems = None, tuple[str, ...]()
    if address:
        try:
            kept = layouts.one(page, address)
        except DeskbookError as error:
            problems = (f"{error} Shown as the page is without it.",)
    layout = draft or (kept.layout if kept else None)
    if layout is None:
        return Laid(own, list(own), problems=problems)
    sections = {widget.name: section_of(widget, own) for widget in layout.widgets}
    return Laid(sections, list(dict.fromkeys([*own, *sections])), layout, kept, problems)


def own_layout(page: str, own: Mapping[str, Section]) -> Layout:
    """The page as its notebook has it, as a layout."""
    wide = {name: getattr(one, "wide", not one.draws) for name, one in own.items()}
    return Layout(page, tuple(Widget(name, FULL if wide[name] else 6) for name in own))


def arrangement(page: str, own: Mapping[str, Section], laid: Laid) -> dict[str, Any]:
    """How a page is laid out now, for whoever arranges it: what it follows, and what it could show.

    Returns:
        page, kept (the saved layout it follows, or None), widgets (of the layout, or None), and own: the page as
        its notebook has it, each widget with the title of its section.
    """
    kept, titles = laid.kept, {name: getattr(one, "title", "") for name, one in own.items()}
    named = {"name": kept.name, "owner": kept.owner, "version": kept.version} if kept else None
    rights = {"own": kept.is_own, "may_change": kept.may_change, "shared": list(kept.shared)} if kept else {}
    return {
        "page": page,
        "kept": named | rights | {"address": kept.address} if kept and named else None,
        "widgets": [one.as_dict() for one in laid.layout.widgets] if laid.layout else None,
        "own": [
            one.as_dict() | {"title": titles[one.name] or one.name.replace("-", " ").capitalize()}
            for one in own_layout(page, own).widgets
        ],
    }


def section_of(widget: Widget, own: Mapping[str, Section]) -> Section:
    """The section of a widget; where there is none any more, a placeholder that names it."""
    try:
        if widget.show:
            return shown(widget.show)
        if widget.name not in own:
            raise UnknownName("view of this page", widget.name, own)
        return own[widget.name]
    except DeskbookError as error:
        title = (widget.show.title or ", ".join(widget.show.metrics)) if widget.show else widget.name
        return Gone(title, str(error))


def shown(show: Show, where: str = "") -> Section:
    """The section that shows it.

    Args:
        where: where it stands, for messages.

    Raises:
        UnknownName: a metric or dimension that does not exist, with the closest one.
        ConfigError: the metric or the cut does not fit its kind.
    """
    at = f" in {where}" if where else ""
    for name in show.metrics:
        if name not in registry:
            raise UnknownName(f"metric{at}", name, registry)
    found = [metric(name) for name in show.metrics]
    if show.by and show.by not in cuts():
        raise UnknownName(f"dimension to cut by{at}", show.by, cuts())
    _check(show, found, at)
    title = show.title or _title(show, found)
    if show.kind == "heat":
        return Heat(title, found[0].name)
    if show.kind == "ranking":
        return Ranking(title, found[0].name, show.by, show.metrics[1:])
    if show.kind == "card":
        return Cards(show.metrics)
    if show.kind == "boxes":
        return Spread(title, found[0].name, show.by)
    if show.kind == "multiples":
        return Multiples(title, found[0].name, show.by)
    if show.kind == "funnel":
        return Funnel(title, steps_of(show.metrics))
    return Series(title, show.metrics, "bars" if show.kind == "bars" else "lines", show.by)


def _check(show: Show, found: Sequence[Metric], at: str) -> None:
    if len(found) > 1 and (show.kind not in SEVERAL or (show.by and show.kind == "lines")):
        cut = f" cut by {show.by}" if show.by else ""
        raise ConfigError(f"A widget as {show.kind}{cut}{at} shows one metric, got {', '.join(show.metrics)}.")
    if show.kind not in fitting(found[0]):
        raise ConfigError(
            f"{found[0].label}{at} cannot stand as {show.kind}; it can as {', '.join(fitting(found[0]))}."
        )
    if show.kind in CUT and not show.by:
        raise ConfigError(
            f"A widget as {show.kind}{at} wants by:, the dimension whose groups it shows, such as by: team."
        )
    if show.kind == "funnel":
        check_funnel(steps_of(show.metrics), f"A funnel{at}")
    if show.kind in ("heat", "card", "funnel") and show.by:
        raise ConfigError(f"A widget as {show.kind}{at} is not cut by anything; leave out by: {show.by}.")


def fitting(one: Metric, *, is_offered: bool = False) -> list[str]:
    """The kinds of widget a metric can be shown as: only what adds up stacks, a level has no hour of its own.

    Args:
        is_offered: alone, as the library offers it: a funnel then has the usual steps that lead to the metric.
    """
    steps = one.counts_rows and not one.stock
    kinds = {
        "lines": True,
        "bars": one.additive and not one.stock,
        "heat": not one.stock,
        "ranking": True,
        "card": True,
        "boxes": spreads(one.name),
        "multiples": True,
        "funnel": steps and (one.name in STEPS[1:] or not is_offered),
    }
    return [kind for kind, does in kinds.items() if does]


def _named(kind: str) -> str:
    return f"A {kind}" if kind == "ranking" else f"A widget as {kind}"


def steps_of(names: tuple[str, ...]) -> tuple[str, ...]:
    """The steps of a funnel; those that usually lead to it where one is named alone."""
    return STEPS[: STEPS.index(names[0]) + 1] if len(names) == 1 and names[0] in STEPS[1:] else names


def cuts() -> dict[str, str]:
    """Label of each dimension that every metric can be cut by."""
    return {one.name: one.label for one in DIMENSIONS.values() if one.on == ALL_TABLES}


def library() -> list[dict[str, Any]]:
    """Every metric with the kinds of widget it fits: what a person can add to a page."""
    names = ("name", "label", "note", "unit")
    return [
        {name: getattr(one, name) for name in names}
        | {"words": " ".join(one.words), "fits": fitting(one, is_offered=True)}
        for one in sorted(registry.values(), key=lambda one: one.label)
    ]


def _title(show: Show, found: Sequence[Metric]) -> str:
    what = ", ".join(one.label for one in (found[:1] if show.kind == "ranking" else found))
    return f"{what} by {wording.cut(show.by)}" if show.by else what


def check_layout(layout: Layout, where: str) -> None:
    """Raise UnknownName or ConfigError where an added widget of a layout cannot be shown."""
    for place, widget in enumerate(layout.widgets, 1):
        if widget.show:
            shown(widget.show, f"{where}, widget {place}")


@dataclass(frozen=True)
class Gone:
    """The place of a widget whose section, metric or dimension is there no more."""

    title: str
    said: str

    draws: ClassVar[bool] = False

    def asks(self) -> Sequence[Ask]:
        """Nothing."""
        return ()

    def block(self, at: Moment) -> Block:
        """What is gone, and what to do."""
        hint = "The rest of the page still holds. Arrange the page to take this out or to add what replaces it."
        return {"kind": "notice", "state": "empty", "title": self.title, "said": self.said, "hint": hint}

    def drawing(self, kit: Kit) -> Drawing | None:
        """No figure."""
        return None
