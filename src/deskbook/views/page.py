"""A page: sections under one set of filters, drawn once, updated in place."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Mapping, Sequence
from typing import Any

import panel as pn
from panel.io import hold

from deskbook.errors import ConfigError, DeskbookError, UnknownName
from deskbook.views import report, wording
from deskbook.views.asking import Visit, answer
from deskbook.views.figures import Kit
from deskbook.views.filtering import described
from deskbook.views.filters import Filters
from deskbook.views.frame import serve
from deskbook.views.inquiry import Asked, ask_page
from deskbook.views.numbers import Book, memory_of, words
from deskbook.views.reading import read
from deskbook.views.section import Block, Drawing, Moment, Section
from deskbook.views.surface import Surface, place
from deskbook.views.swaps import menus, offered
from deskbook.views.tables import table_of, ticket_rows, view_names
from deskbook.views.tickets import tickets_asked

log = logging.getLogger(__name__)
REPORT = "report"
LOOK_EVERY_MS = 5_000
"""How often an open page asks whether the lake has a newer snapshot."""


class Page:
    """One page of the workspace, as a notebook declares it.

    Attributes:
        views: the names of its sections, in order.
        known_views: those of the page it is a part of.
        asked: its numbers as they were last asked for; None before the first time.
    """

    def __init__(self, title: str, question: str, book: Book, filters: Filters, sections: Sequence[Section]) -> None:
        self.title, self.question = title, question
        self.book, self.filters, self.sections = book, filters, list(sections)
        self.views = self.known_views = view_names(sections)
        self.memory = memory_of(book)
        self.asked: Asked | None = None
        self.surface: Surface | None = None
        self.drawings: list[Drawing | None] = []
        self.snapshot = -1
        self.pinned: Book = book
        self._panes: list[Any] = []
        self._busy = False
        self._fresh = False

    def __repr__(self) -> str:
        return f"<Page {self.title!r} of {self.book.settings.name!r}>"

    def only(self, view: str) -> Page:
        """The same page with one of its sections, asking nothing but what that one shows.

        Raises:
            UnknownName: no such view, with the closest one.
        """
        if view not in self.views:
            raise UnknownName(f"view of page '{self.title}'", view, self.views)
        made = Page(self.title, self.question, self.book, self.filters, [self.sections[self.views.index(view)]])
        made.views, made.known_views = [view], self.known_views
        return made

    def sheet(self, patient: bool = True) -> dict[str, Any]:
        """The whole page as plain values: blocks, receipts, definitions, filters, footer."""
        book = self.pinned = self.book.pinned()
        asked = self.asked = ask_page(book, self.filters, self._named(), self.memory, patient, self.known_views)
        self.snapshot = book.snapshot
        blocks = [_block(section, at) for section, at in zip(asked.sections, asked.moments, strict=True)]
        return {
            "page": {"title": self.title, "question": self.question},
            "filters": described(
                self.filters, book, asked.chosen, self.memory, asked.pick.sentence() if asked.pick else ""
            ),
            "blocks": self._blocks(blocks, asked),
            "receipts": asked.receipts(),
            "metrics": asked.definitions(),
            "foot": self._foot(book),
            "snapshot": book.snapshot,
            "data_until": book.data_until.isoformat() if book.data_until else "",
        }

    def _blocks(self, blocks: list[Block], asked: Asked | None = None) -> list[Block]:
        """Blocks with what the page adds to each: its view's name, its figure, what can be changed of it."""
        places = iter(range(len(blocks)))
        pick = asked.pick if asked else None
        made = []
        for at, (section, block, name) in enumerate(zip(self.sections, blocks, self.views, strict=True)):
            held = block | {"view": name} | ({"figure": next(places)} if section.draws else {})
            if asked:
                held |= {"offers": offered(asked.sections[at])}
            if pick and pick.view == name:
                held |= {"picked": pick.row, "picked_said": pick.sentence()}
            made.append(held)
        return made

    def _named(self) -> dict[str, Section]:
        return dict(zip(self.views, self.sections, strict=True))

    def _foot(self, book: Book) -> dict[str, Any]:
        until = book.data_until
        sources = words(book, "source", self.memory)
        return {
            "until": wording.moment(until, book.settings.zone) if until else "no data yet",
            "snapshot": wording.number(self.snapshot),
            "sources": f"{len(sources)} source{'' if len(sources) == 1 else 's'}",
            "zone": self.book.settings.zone,
            "updated": self._fresh,
            "desk": self.book.settings.name,
        }

    def _draw(self) -> Surface:
        """The surface with its figures, made once."""
        if self.surface is None:
            kit = Kit()
            self.drawings = [section.drawing(kit) for section in self.sections]
            self._panes = [place(drawing.figure) for drawing in self.drawings if drawing]
            self.surface = Surface(self._heard, charts=self._panes, menus=menus())
            self.refresh()
        return self.surface

    def refresh(self) -> None:
        """Ask again under the filters as they are now, and change what is shown in place."""
        try:
            sheet = self.sheet(patient=not _served())
        except DeskbookError as error:
            sheet = self._failed(error)
        surface = self.surface
        if surface is None:
            return
        with hold(pn.state.curdoc):
            self._show(sheet["blocks"])
            surface.sheet = json.dumps(sheet, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=str)
        if any(block.get("state") == "asking" for block in sheet["blocks"]) and not self._busy:
            self._busy = True
            pn.state.execute(self._work)

    def _show(self, blocks: Sequence[Block]) -> None:
        for drawing, block in zip(self.drawings, blocks, strict=True):
            if drawing and block.get("state") == "ok":
                drawing.show(block)
        if not _served():
            for pane in self._panes:
                pane.param.trigger("object")

    def _failed(self, error: DeskbookError) -> dict[str, Any]:
        """The page when its numbers could not be asked: the frame stays, each section says so."""
        log.warning("page failed", extra={"page": self.title, "error": type(error).__name__})
        said = {"state": "failed", "said": str(error), "hint": "The filters above still work. Try others, or reload."}
        book = self.book.pinned()
        chosen = read(Filters(period=""), book, self.memory)
        blank = {"kind": "notice", "title": self.title} | said
        return {
            "page": {"title": self.title, "question": self.question},
            "filters": described(self.filters, book, chosen, self.memory),
            "blocks": self._blocks([blank, *({"kind": "hidden", **said} for _ in self.sections[1:])]),
            "receipts": {},
            "metrics": {},
            "foot": self._foot(book),
        }

    async def _work(self) -> None:
        """Sections that take seconds, beside the page; then the page again."""
        try:
            await asyncio.to_thread(self.sheet)
        finally:
            self._busy = False
        self.refresh()

    def _heard(self, message: Mapping[str, Any]) -> None:
        """What a person did on the page: a filter was set, the browser went back, or something is asked."""
        if "ask" in message:
            self._answer(message)
            return
        if isinstance(message.get("set"), Mapping):
            told = {k: str(v)[:2_000] for k, v in message["set"].items() if k in self.filters.fields}
            if "period" in told and "pick" in self.filters.fields:
                told.setdefault("pick", "")
            if "page" not in told and "page" in self.filters.fields and set(told) - {"ticket"}:
                told["page"] = "1"
            self.filters.param.update(**told)
            self.filters.ignored = ()
        elif isinstance(message.get("url"), str):
            self.filters.read_url(message["url"])
        self._fresh = False
        self.refresh()

    def _answer(self, message: Mapping[str, Any]) -> None:
        """Tell the page what it asked; its figures stay as they are."""
        if self.surface is not None:
            said = answer(Visit(self.book.pinned(), self.filters, self.memory), message)
            self.surface.tell({**said, "id": message.get("id")})

    async def _look(self) -> None:
        """Update the figures when the lake has moved on."""
        if self.book.snapshot == self.snapshot:
            return
        await asyncio.to_thread(self.book.now)
        self._fresh = True
        self.refresh()

    def servable(self) -> Page:
        """Serve the page if there is a server to serve it; in a notebook it displays itself."""
        if _served():
            surface = self._draw()
            serve(self.title, self.book.settings.name, surface)
            pn.state.add_periodic_callback(self._look, LOOK_EVERY_MS)  # type: ignore[arg-type]
        return self

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        if os.environ.get("DESKBOOK_RENDER") == REPORT:
            view = os.environ.get("DESKBOOK_VIEW")
            return (self.only(view) if view else self).report(every_row=os.environ.get("DESKBOOK_ROWS") == "all")
        return self._draw()._repr_mimebundle_(include, exclude)  # type: ignore[no-untyped-call]

    def report(self, *, every_row: bool = False) -> dict[str, Any]:
        """The page as it stands in a report: static HTML, its tables, and every number with its receipt.

        Args:
            every_row: whether a table of tickets holds all of them, or those the page shows.

        Raises:
            ConfigError: a filter could not be read; a report does not guess.
        """
        sheet = self.sheet()
        assert self.asked is not None
        if self.asked.chosen.problems:
            raise ConfigError(" ".join(self.asked.chosen.problems))
        kit = Kit()
        drawings = [section.drawing(kit) for section in self.sections]
        for drawing, block in zip(drawings, sheet["blocks"], strict=True):
            if drawing and block.get("state") == "ok":
                drawing.show(block)
        document = report.document(sheet, self.asked.numbers, self.filters.values())
        return {
            "text/html": report.fragment(sheet, drawings),
            "application/vnd.deskbook.page+json": document | {"views": self._tables(sheet["blocks"], every_row)},
            "text/plain": repr(self),
        }

    def _tables(self, blocks: Sequence[Block], every_row: bool) -> list[dict[str, Any]]:
        """The table of each section that has one."""
        assert self.asked is not None
        results = {name: one.rows for held in self.asked.numbers for name, one in held.named().items()}
        found = [table for block in blocks if (table := table_of(block, results))]
        for table, block in ((table, block) for table in found for block in blocks if block["view"] == table["name"]):
            if block["kind"] == "tickets" and every_row and not table["said"]:
                asked = {name: [value] for name, value in self.filters.values().items()}
                table["heads"], table["rows"] = ticket_rows(tickets_asked(self.pinned, asked))
                table["caption"] = f"{block['said']}; moments in UTC"
        return found


def _served() -> bool:
    return bool(pn.state.curdoc and pn.state.curdoc.session_context)


def _block(section: Section, at: Moment) -> Block:
    try:
        return section.block(at)
    except DeskbookError as error:
        title = getattr(section, "title", "")
        hint = "The rest of the page still holds."
        return {"kind": "notice", "state": "failed", "title": title, "said": str(error), "hint": hint}


def failure(title: str, desk: str, said: str) -> None:
    """Serve a page that could not be made: the frame and the navigation stay, the reason is drawn."""
    notice = {"kind": "notice", "state": "failed", "title": title, "said": said}
    notice["hint"] = "The data is unharmed and the other pages still work. Reload, or open another page."
    sheet = {
        "page": {"title": title, "question": ""},
        "filters": {"values": {}, "fields": [], "sentence": "", "problems": [], "carried": ""},
        "blocks": [notice],
        "receipts": {},
        "metrics": {},
        "foot": {"desk": desk},
    }
    surface = Surface(lambda message: None, sheet=json.dumps(sheet))
    serve(title, desk, surface)


def page(title: str, *, question: str, book: Book, filters: Filters, sections: Sequence[Section]) -> Page:
    """A page: its sections in order, each asking `book` under the same filters.

    Args:
        question: what the page answers, in a person's words.
        filters: from `views.filters`.
        sections: from `views.cards`, `views.bars` and the others.
    """
    return Page(title, question, book, filters, sections)


__all__ = ["Page", "failure", "page"]
