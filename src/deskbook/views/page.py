"""A page: sections under one set of filters, drawn once, updated in place."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import panel as pn
from panel.io import PeriodicCallback, hold

from deskbook import locales
from deskbook.errors import ConfigError, DeskbookError, UnknownName
from deskbook.views import kernel, report, sourcetable, wording
from deskbook.views.asking import SLOW, answer
from deskbook.views.easel import Easel, height_of
from deskbook.views.figures import Kit, flag_figure
from deskbook.views.filtering import described
from deskbook.views.filters import Filters
from deskbook.views.flags import flag
from deskbook.views.frame import serve
from deskbook.views.heard import hear
from deskbook.views.inquiry import Asked, ask_page, block_of
from deskbook.views.kept import Layouts, layouts_for
from deskbook.views.laid import Laid, arrangement, lay
from deskbook.views.layout import Layout
from deskbook.views.memory import memory_of
from deskbook.views.numbers import Book, words
from deskbook.views.reading import read
from deskbook.views.section import Block, Marked, Section
from deskbook.views.surface import Surface
from deskbook.views.swaps import menus, offered
from deskbook.views.tables import table_of, ticket_rows, view_names
from deskbook.views.tickets import tickets_asked
from deskbook.views.visit import Visit

log = logging.getLogger(__name__)
REPORT = "report"
LOOK_EVERY_MS = 1_000
"""How often an open page asks whether the lake has a newer snapshot."""
LOOKS_AT_ONCE, LOOK_AT_ONCE_SECONDS = 10, 0.2
"""Looks while a copy of a newer snapshot is being opened: it is there before the next look would be."""
LOOKED_SECONDS = 0.15
"""How long all pages share what one of them saw: less than the time between two looks at once."""
LOOK_MEANWHILE_SECONDS = 0.6
"""How often a page is drawn again while one of its sections is being worked out."""


class Page:
    """One page of the workspace, as a notebook declares it.

    Attributes:
        name: of its notebook; empty where nobody can arrange it.
        own: the notebook's sections by the names of their views.
        laid: what it shows now: those, or what a layout makes of them.
        locale: in which numbers and dates are written.
        draft: an arrangement that is not saved yet; lives as long as the visit.
        asked: its numbers as they were last asked for; None before the first time.
    """

    def __init__(
        self, title: str, question: str, book: Book, filters: Filters, own: Mapping[str, Section], name: str = ""
    ) -> None:
        self.title, self.question, self.name = title, question, name
        self.book, self.filters, self.own = book, filters, dict(own)
        self.laid = Laid(self.own, list(self.own))
        self.draft: Layout | None = None
        self.locale = locales.chosen(book.settings.locale, _wished())
        self.memory = memory_of(book)
        self.asked: Asked | None = None
        self.surface: Surface | None = None
        self.widget: Any = None
        with locales.speaking(self.locale):
            self.easel = Easel()
        self.snapshot = -1
        self.pinned: Book = book
        self._busy = self._fresh = False
        self._marks: list[str] = []

    def __repr__(self) -> str:
        return f"<Page {self.title!r} of {self.book.settings.name!r}>"

    @property
    def views(self) -> list[str]:
        """The names of the sections shown, in order."""
        return list(self.laid.sections)

    @property
    def layouts(self) -> Layouts:
        """The layouts that whoever looks at the page may see."""
        return layouts_for(self.book)

    def _lay(self) -> Laid:
        """What to show now: rights to a saved layout are checked again each time."""
        address = self.filters.layout if "layout" in self.filters.fields else ""
        if self.name and (address or self.draft):
            self.laid = lay(self.name, self.own, self.layouts, address, self.draft)
        elif self.laid.layout or self.laid.problems:
            self.laid = Laid(self.own, list(self.own))
        return self.laid

    def only(self, view: str) -> Page:
        """The same page with one of its sections, asking nothing but what that one shows.

        Raises:
            UnknownName: no such view, with the closest one.
            ConfigError: its layout could not be followed.
        """
        laid = self._lay()
        if laid.problems:
            raise ConfigError(" ".join(laid.problems))
        if view not in laid.sections:
            raise UnknownName(f"view of page '{self.title}'", view, laid.sections)
        made = Page(self.title, self.question, self.book, self.filters, {view: laid.sections[view]})
        made.locale = self.locale
        made.laid = Laid(made.own, laid.known)
        return made

    def pin(self) -> Book:
        """The book at one snapshot. A served page waits for none, and once drawn looks for one by the clock alone."""
        self.pinned = self.book.pinned(wait=not _served(), looks=self.snapshot < 0)
        return self.pinned

    @locales.in_its_locale
    def sheet(self, patient: bool = True) -> dict[str, Any]:
        """The whole page as plain values: blocks, receipts, definitions, filters, footer."""
        book, laid = self.pin(), self._lay()
        asked = self.asked = ask_page(book, self.filters, laid.sections, self.memory, patient, laid.known)
        self.snapshot = book.snapshot
        blocks = [block_of(section, at) for section, at in zip(asked.sections, asked.moments, strict=True)]
        chosen = replace(asked.chosen, problems=(*laid.problems, *asked.chosen.problems))
        annotations = flag(blocks, asked.moments)
        return {
            "page": {"title": self.title, "question": self.question},
            "filters": described(self.filters, book, chosen, self.memory, asked.pick.sentence() if asked.pick else ""),
            "layout": arrangement(self.name, self.own, laid) if self.name else None,
            "blocks": self._blocks(blocks, laid, asked),
            "annotations": annotations,
            "signs": locales.signs(),
            "receipts": asked.receipts(),
            "metrics": asked.definitions(),
            "foot": self._foot(book),
            "snapshot": book.snapshot,
            "data_until": book.data_until.isoformat() if book.data_until else "",
        }

    def _blocks(self, blocks: list[Block], laid: Laid, asked: Asked | None = None) -> list[Block]:
        """Blocks with what the page adds to each: its view's name, figure and size, what can be changed of it."""
        pick, sizes, made = asked.pick if asked else None, laid.sizes(), []
        for at, ((name, section), block) in enumerate(zip(laid.sections.items(), blocks, strict=True)):
            held = block | {"view": name} | sizes.get(name, {})
            if section.draws:
                held |= {"figure": self.easel.place(name, section)}
            if asked:
                held |= {"offers": offered(asked.sections[at])}
            if pick and pick.view == name:
                held |= {"picked": pick.row, "picked_said": pick.sentence()}
            made.append(held)
        return made

    def _foot(self, book: Book) -> dict[str, Any]:
        until = book.data_until
        held = words(book, "source", self.memory)
        doing = sourcetable.foot(book)
        return {
            "until": wording.moment(until, book.settings.zone) if until else "no data yet",
            "snapshot": wording.number(self.snapshot),
            "sources": doing.get("said") or f"{len(held)} source{'' if len(held) == 1 else 's'}",
            "health": doing.get("colour", ""),
            "zone": self.book.settings.zone,
            "updated": self._fresh,
            "desk": self.book.settings.name,
        }

    @locales.in_its_locale
    def _draw(self) -> Surface:
        """The surface with its figures, made once."""
        if self.surface is None:
            for name, section in self._lay().sections.items():
                if section.draws:
                    self.easel.place(name, section)
            self.surface = Surface(self._heard, charts=self.easel.panes(), menus=menus())
            self.refresh()
        return self.surface

    @locales.in_its_locale
    def refresh(self) -> None:
        """Ask again under the filters as they are now, and change what is shown in place."""
        try:
            self._marks = self._marked()
            sheet = self.sheet(patient=not _served())
        except DeskbookError as error:
            sheet = self._failed(error)
        surface = self.surface
        if surface is None:
            return
        with hold(pn.state.curdoc):
            self.show(sheet["blocks"])
            surface.sheet = json.dumps(sheet, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=str)
        if any(block.get("state") == "asking" for block in sheet["blocks"]) and not self._busy:
            self._busy = True
            pn.state.execute(self._work)

    def show(self, blocks: Sequence[Block]) -> None:
        """Give each block's figure its data; widgets that had no figure yet get one."""
        panes, surface = self.easel.panes(), self.surface
        # New figures get their data first: the browser cannot take a change of what it does not know yet.
        self.easel.show(blocks)
        if surface and len(panes) > len(surface.charts):
            surface.charts = panes

    def _failed(self, error: DeskbookError) -> dict[str, Any]:
        """The page when its numbers could not be asked: the frame stays, each section says so."""
        log.warning("page failed", extra={"page": self.title, "error": type(error).__name__})
        said = {"state": "failed", "said": str(error), "hint": "The filters above still work. Try others, or reload."}
        book = self.pin()
        chosen = read(Filters(period=""), book, self.memory)
        blank = {"kind": "notice", "title": self.title} | said
        return {
            "page": {"title": self.title, "question": self.question},
            "filters": described(self.filters, book, chosen, self.memory),
            "layout": arrangement(self.name, self.own, self.laid) if self.name else None,
            "blocks": self._blocks([blank, *({"kind": "hidden", **said} for _ in self.views[1:])], self.laid),
            "receipts": {},
            "metrics": {},
            "foot": self._foot(book),
        }

    async def _work(self) -> None:
        """Sections that take seconds, beside the page; it is drawn again as far as they are, and when they are done."""
        work = asyncio.create_task(asyncio.to_thread(self.sheet))
        try:
            while not (await asyncio.wait([work], timeout=LOOK_MEANWHILE_SECONDS))[0]:
                self.refresh()
            work.result()
        finally:
            self._busy = False
        self.refresh()

    @locales.in_its_locale
    def _heard(self, message: Mapping[str, Any]) -> None:
        """What a person did on the page: a filter was set, the browser went back, something is asked or arranged."""
        held = self.surface and self.surface.sheet
        if hear(self, message):
            self._fresh = False
            self.refresh()
            if self.surface and self.surface.sheet == held:
                self.surface.tell({"same": True})

    def answer(self, message: Mapping[str, Any]) -> None:
        """Tell the page what it asked; its figures stay as they are."""
        visit = Visit(self.pinned, self.book, self.filters, self.memory, self.book.actor)
        if message.get("ask") in SLOW and _served():
            pn.state.execute(partial(self._answer_later, visit, message))
        else:
            self._tell(answer(visit, message), message)

    async def _answer_later(self, visit: Visit, message: Mapping[str, Any]) -> None:
        self._tell(await asyncio.to_thread(answer, visit, message), message)

    def _tell(self, said: Mapping[str, Any], message: Mapping[str, Any]) -> None:
        if self.surface is not None:
            self.surface.tell({**said, "id": message.get("id")})

    async def _look(self) -> None:
        """Update the figures when a copy of a newer snapshot is ready."""
        newest, marks, is_coming = await asyncio.to_thread(self._newest)
        for _ in range(LOOKS_AT_ONCE):
            if newest != self.snapshot or marks != self._marks or not is_coming:
                break
            await asyncio.sleep(LOOK_AT_ONCE_SECONDS)
            newest, marks, is_coming = await asyncio.to_thread(self._newest)
        if newest == self.snapshot and marks == self._marks:
            return
        self._fresh = newest != self.snapshot
        self.refresh()

    def _newest(self) -> tuple[int, list[str], bool]:
        """The newest snapshot that is ready, marks of sections that show more than its rows, and whether more comes.

        Looked for once for all pages that are open, however many there are.
        """

        def look() -> tuple[int, bool]:
            return self.book.pinned(wait=False).snapshot, self.book.is_copy_coming

        newest, is_coming = self.memory.lately("newest", LOOKED_SECONDS, look)
        return newest, self._marked(), is_coming

    def _marked(self) -> list[str]:
        return [one.mark(self.book) for one in self.laid.sections.values() if isinstance(one, Marked)]

    def servable(self) -> Page:
        """Serve the page if there is a server to serve it; in a notebook it displays itself."""
        if _served():
            surface = self._draw()
            serve(self.title, self.book.settings.name, surface, self.book.wishes.of(self.book.actor, "theme"))
            # In the background: else each look tells Panel that the server is busy, and then that it is not.
            look: Any = PeriodicCallback
            look(callback=self._look, period=LOOK_EVERY_MS, background=True).start()
        return self

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        if os.environ.get("DESKBOOK_RENDER") == REPORT:
            view = os.environ.get("DESKBOOK_VIEW")
            return (self.only(view) if view else self).report(every_row=os.environ.get("DESKBOOK_ROWS") == "all")
        if not kernel.is_here():
            return {"text/plain": repr(self)}
        # A figure stands in one document: shown again, the page is the same widget once more.
        self.widget = self.widget or kernel.widget(self._draw())
        return kernel.bundle(self.widget, repr(self))

    @locales.in_its_locale
    def report(self, *, every_row: bool = False) -> dict[str, Any]:
        """The page as it stands in a report: static HTML, its tables, and every number with its receipt.

        Args:
            every_row: whether a table of tickets holds all of them, or those the page shows.

        Raises:
            ConfigError: a filter could not be read; a report does not guess.
        """
        sheet = self.sheet()
        assert self.asked is not None
        if sheet["filters"]["problems"]:
            raise ConfigError(" ".join(sheet["filters"]["problems"]))
        kit = Kit()
        drawings = [section.drawing(kit) for section in self.laid.sections.values()]
        for drawing, block in zip(drawings, sheet["blocks"], strict=True):
            if drawing and block.get("state") == "ok":
                drawing.show(block)
                drawing.figure.height = height_of(block)
                if block.get("flags"):
                    flag_figure(kit, drawing.figure, block)
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


def _wished() -> str:
    """What the browser of whoever looks asks for, as its Accept-Language header says it."""
    headers = pn.state.headers if _served() else {}
    return next((str(value) for name, value in headers.items() if name.lower() == "accept-language"), "")


def _served() -> bool:
    return bool(pn.state.curdoc and pn.state.curdoc.session_context)


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


def page(
    title: str, *, question: str, book: Book, filters: Filters, sections: Sequence[Section], name: str = ""
) -> Page:
    """A page: its sections in order, each asking `book` under the same filters.

    Args:
        question: what the page answers, in a person's words.
        filters: from `views.filters`.
        sections: from `views.cards`, `views.bars` and the others.
        name: of its notebook, under which layouts of it are kept; without one it cannot be arranged.
    """
    return Page(title, question, book, filters, dict(zip(view_names(sections), sections, strict=True)), name)


__all__ = ["Page", "failure", "page"]
