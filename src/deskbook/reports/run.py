"""A page's own notebook, run by Papermill: its outputs, its drawing and its data."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Final

from deskbook import errors
from deskbook.errors import BadValue, DeskbookError

PAGE_DATA: Final = "application/vnd.deskbook.page+json"
ASKED_WRONGLY: Final = ("BadValue", "ConfigError", "UnknownName")
_ENVIRONMENT = Lock()


@dataclass(frozen=True)
class Executed:
    """A page after its run: the notebook with outputs, its drawing and its data."""

    notebook: Any
    html: str
    data: Mapping[str, Any]


def execute(
    notebook: Path,
    values: Mapping[str, Any],
    workspace: Path,
    *,
    view: str = "",
    every_row: bool = False,
    locale: str = "",
) -> Executed:
    """Run a notebook headless with these parameters.

    Args:
        view: name of the one section wanted; all of them when empty.
        every_row: whether a table of tickets holds all of them, or those the page shows.
        locale: in which numbers and dates are written; the setting's when empty.

    Raises:
        BadValue: a filter or the view cannot be meant.
        DeskbookError: a cell failed; carries its own message.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    # sockets in a folder of ours instead of open ports, where the platform has them
    transport = Config({"KernelManager": {"transport": "tcp" if os.name == "nt" else "ipc"}})
    asked = {"DESKBOOK_VIEW": view, "DESKBOOK_ROWS": "all" if every_row else ""}
    asked |= {"DESKBOOK_LOCALE": locale} if locale else {}
    with tempfile.TemporaryDirectory() as folder, _environment(workspace, asked), _event_loop():
        done = Path(folder) / "done.ipynb"
        try:
            papermill.execute_notebook(
                str(notebook),
                str(done),
                parameters=dict(values),
                kernel_name="python3",
                progress_bar=False,
                cwd=str(workspace),
                config=transport,
            )
        except PapermillExecutionError as error:
            raise _failure(notebook.stem, error.ename, error.evalue) from error
        executed = json.loads(done.read_text("utf-8"))
    html, data = _page(executed, notebook.stem)
    return Executed(executed, html, data)


def _failure(page: str, name: str, said: str) -> DeskbookError:
    """A cell's error: our own words as they are, and anything else with its name."""
    if name in ASKED_WRONGLY:
        return BadValue(said)
    return DeskbookError(f"Page '{page}' failed: {said if hasattr(errors, name) else f'{name}: {said}'}")


@contextmanager
def _environment(workspace: Path, asked: Mapping[str, str]) -> Iterator[None]:
    """What the kernel inherits; one report at a time, since the environment is the process's."""
    wanted = {
        "DESKBOOK_HOME": str(workspace),
        "DESKBOOK_RENDER": "report",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        **asked,
    }
    with _ENVIRONMENT:
        held = {name: os.environ.get(name) for name in wanted}
        os.environ.update(wanted)
        try:
            yield
        finally:
            for name, value in held.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


@contextmanager
def _event_loop() -> Iterator[None]:
    """The loop Jupyter's client runs on. It makes one for each thread and leaves it open; here it is closed."""
    from jupyter_core.utils import ensure_event_loop

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        loop = ensure_event_loop()
    else:
        yield  # the client starts a thread of its own beside a loop that runs
        return
    try:
        yield
    finally:
        asyncio.set_event_loop(None)
        loop.close()


def _page(notebook: Mapping[str, Any], name: str) -> tuple[str, Mapping[str, Any]]:
    for cell in reversed(notebook["cells"]):
        for output in cell.get("outputs", []):
            bundle = output.get("data", {})
            if PAGE_DATA in bundle:
                html = bundle["text/html"]
                return ("".join(html) if isinstance(html, list) else html), bundle[PAGE_DATA]
    raise DeskbookError(f"Notebook '{name}' shows no page. Its last cell must be: page.servable()")
