"""The frame around every served page: name, navigation, footer, and the theme set before first paint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import jinja2
import panel as pn

from deskbook.views import theme
from deskbook.views.surface import ASSETS, Surface

LINKS: Final = "deskbook.links"
SCRIPT_AT: Final = "deskbook.script_at"
MADE_AT_EACH_VISIT: Final = "<!-- made at each visit -->"
"""Stands in a page's document after what is the same at every visit: the frame, and Bokeh's scripts."""
ON_A_PHONE: Final = 4
"""Pages at the bottom of a phone, the first of the navigation; the others are behind More. The style sheet knows it."""


@dataclass(frozen=True)
class Link:
    """One page in the navigation."""

    path: str
    title: str
    icon: str = "page"


def navigate(links: Sequence[Link]) -> None:
    """Set the pages that every frame of this process links to, in order."""
    pn.state.cache[LINKS] = tuple(links)


def load_script_from(address: str) -> None:
    """Set where browsers find `surface.script()`, relative to a page; without it each document holds it whole."""
    pn.state.cache[SCRIPT_AT] = address


@cache
def _template() -> jinja2.Template:
    """The frame as plain HTML, which paints before any script has run; values are escaped one by one."""
    return jinja2.Environment(autoescape=False).from_string(_asset("frame.html"))


@cache
def _asset(name: str) -> str:
    return (ASSETS / name).read_text("utf-8")


def serve(title: str, desk: str, surface: Surface, wish: str = "") -> None:
    """Put a surface into the frame, as the page of the visit going on, in the theme wished for.

    Panel's own templates do the same with a layout and several walks over all models on top, at half the
    server's time for a page.
    """
    doc: Any = pn.state.curdoc
    script_at = pn.state.cache.get(SCRIPT_AT, "")
    surface.script_at = script_at
    doc.template = _template()
    doc.template_variables.update(
        page_title=title,
        desk=desk,
        wish=wish if wish in theme.WISHES else "",
        links=pn.state.cache.get(LINKS, ()),
        tokens=theme.css_tokens(),
        frame_css=_asset("frame.css"),
        frame_js=_asset("frame.js"),
        swipe_js=_asset("swipe.js"),
        lost_js=_asset("lost.js"),
        lean_js=_asset("lean.js"),
        script_at=script_at,
        made_at_each_visit=MADE_AT_EACH_VISIT,
        shown=ON_A_PHONE,
    )
    surface.server_doc(doc, title=f"{title} · {desk}", location=False)
