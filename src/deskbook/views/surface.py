"""The one component a page is drawn with: HTML from a single JSON text, figures in their places."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import panel as pn
import param
from panel.custom import JSComponent
from panel.viewable import Children

from deskbook.views import theme

ASSETS: Final = Path(__file__).parent / "assets"
SCRIPTS: Final = (
    "elements.js",
    "notebook.js",
    "colours.js",
    "axes.js",
    "drawer.js",
    "exporting.js",
    "chips.js",
    "values.js",
    "builder.js",
    "saved.js",
    "subscribing.js",
    "filterbar.js",
    "cards.js",
    "picks.js",
    "swaps.js",
    "narrow.js",
    "flags.js",
    "annotating.js",
    "charts.js",
    "bare.js",
    "multiples.js",
    "rankings.js",
    "listings.js",
    "tickets.js",
    "planchips.js",
    "asked.js",
    "answers.js",
    "sources.js",
    "mapping.js",
    "adding.js",
    "moving.js",
    "layouts.js",
    "library.js",
    "arranging.js",
    "sheet.js",
)
STYLES: Final = (
    *("notebook.css", "sheet.css", "exporting.css", "filters.css", "subscribing.css", "arranging.css"),
    *("flags.css", "bare.css", "answers.css", "adding.css", "phone.css"),
)


@cache
def script() -> str:
    """The page's JavaScript: one module made of a file a concern."""
    return "\n".join((ASSETS / name).read_text("utf-8") for name in SCRIPTS)


@cache
def script_name() -> str:
    """What the page's JavaScript is called: another name for each other content."""
    return sha256(script().encode()).hexdigest()


@cache
def styles() -> str:
    """The page's style sheet, of a file a concern."""
    return "\n".join((ASSETS / name).read_text("utf-8") for name in STYLES)


class Figure(pn.pane.Bokeh):
    """A Bokeh figure inside a served surface. Panel's own pane searches and themes each model again."""

    def _get_model(self, doc: Any, root: Any = None, parent: Any = None, comm: Any = None) -> Any:
        if comm is not None or root is None:
            return super()._get_model(doc, root, parent, comm)
        self._models[root.ref["id"]] = (self.object, parent)
        return self.object


def place(figure: Any) -> Any:
    """A figure ready to stand in a surface."""
    return Figure(figure)  # type: ignore[no-untyped-call]


class Surface(JSComponent):
    """Draws a page. Its text goes in as `sheet`; what people do comes back as messages."""

    sheet = param.String("{}", doc="The page as JSON.")
    menus = param.String("{}", doc="What charts can be cut by and measure, as JSON.")
    charts = Children(doc="The figures, in the order of their blocks.")

    _esm = script()
    _render_policy = "manual"  # else a new figure would draw the whole page again

    def __init__(self, heard: Callable[[dict[str, Any]], None], **given: Any) -> None:
        served = bool(pn.state.curdoc and pn.state.curdoc.session_context)
        tokens = "" if served else theme.css_tokens(":host")
        super().__init__(  # type: ignore[no-untyped-call]
            stylesheets=[tokens + styles()], sizing_mode="stretch_width", margin=0, **given
        )
        self._heard = heard
        self.post: Callable[[dict[str, Any]], None] | None = None
        self.script_at = ""

    def _get_properties(self, doc: Any) -> dict[str, Any]:
        # A script with a name or an address of its own is run as it is; Panel would transpile it at every load.
        apart = {"esm": self.script_at, "bundle": "url"} if self.script_at else {"bundle": script_name()}
        return {**super()._get_properties(doc), **apart}

    @classmethod
    def _patch_datamodel_ref(cls, props: Any, ref: str) -> None:
        """Tag the one data model there is. Panel would search every figure for more, at each change of the sheet."""
        tag = f"__ref:{ref}"
        if tag not in props.tags:
            props.tags.append(tag)

    def tell(self, message: dict[str, Any]) -> None:
        """Send the page a message: the answer to something it asked."""
        (self.post or self._send_msg)(message)

    def _handle_msg(self, data: Any) -> None:
        if isinstance(data, dict):
            self._heard(data)
