"""A page in a notebook: one widget of the kernel, the same in JupyterLab and Voilà, live as long as the kernel is."""

from __future__ import annotations

import json
import os
import sys
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

from bokeh.core.json_encoder import serialize_json
from bokeh.document import Document
from bokeh.models.ui import UIElement
from bokeh.resources import INLINE
from panel.io.notebook import patch_inline_stylesheets
from panel.io.resources import bundle_resources, set_resource_mode
from panel.models.esm import ESMEvent

from deskbook.errors import MissingExtra
from deskbook.views.surface import ASSETS, Surface

if TYPE_CHECKING:
    from jupyter_bokeh.widgets import BokehModel

SCRIPT: Final = "application/javascript"
VIEW: Final = "application/vnd.jupyter.widget-view+json"
VOILAS: Final = ("template", "theme", "token")
"""What Voilà itself reads in the address of a page."""


def is_here() -> bool:
    """Whether a notebook's kernel runs this: not a server, not a shell."""
    shell: Any = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return getattr(shell, "kernel", None) is not None


def asked() -> dict[str, list[str]]:
    """What the address asks for under which Voilà shows the page; nothing elsewhere."""
    if not os.environ.get("SERVER_SOFTWARE", "").startswith("voila/"):
        return {}
    said = parse_qs(os.environ.get("QUERY_STRING", ""), keep_blank_values=True)
    return {name: values for name, values in said.items() if name not in VOILAS}


def widget(surface: Surface) -> BokehModel:
    """A surface as a widget that sends each change to the browser and hears what people do there.

    Raises:
        MissingExtra: the kernel's environment lacks the widget.
    """
    try:
        from jupyter_bokeh.widgets import BokehModel
    except ImportError as error:
        raise MissingExtra("A page in JupyterLab or Voilà", "lab") from error

    class Shown(BokehModel):  # type: ignore[misc]
        """A browser that comes later, or again, draws what the page shows then."""

        def get_state(self, key: Any = None, drop_defaults: bool = False) -> Any:
            state = super().get_state(key, drop_defaults)
            if key is None and self.comm is not None:
                state["render_bundle"] = serialize_json(self._model_to_traits(self._model))
            return state

    # Panel holds back what happens in a document of its own, for a server to send it: the widget gives it another.
    with set_resource_mode("inline"):
        model: Any = surface.get_root(Document())
    # Style sheets that it would link to, at a host of its own, stand in the models themselves.
    for one in model.select({"type": UIElement}):
        patch_inline_stylesheets(one)
    shown = Shown(model)
    surface.post = partial(_post, model)
    return shown


def _post(model: Any, message: dict[str, Any]) -> None:
    model.document.callbacks.send_event(ESMEvent(model=model, data=message))  # type: ignore[no-untyped-call]


def bundle(shown: BokehModel, said: str) -> dict[str, Any]:
    """What a notebook's front end needs to draw a widget; the scripts it is drawn with go ahead of it.

    Args:
        said: what stands there where no widget can.
    """
    from IPython.display import publish_display_data

    publish_display_data({SCRIPT: scripts(), "text/plain": ""})  # type: ignore[no-untyped-call]
    view = {"version_major": 2, "version_minor": 0, "model_id": shown.model_id}
    return {VIEW: view, "text/plain": said}


@cache
def scripts() -> str:
    """BokehJS and Panel as one script that fetches nothing and loads them where they are not there yet."""
    with set_resource_mode("inline"):
        held = bundle_resources(None, INLINE, notebook=True, enable_mathjax=False)
    loader = (ASSETS / "loader.js").read_text("utf-8")
    return f"({loader})({json.dumps(held.js_raw)})"
