"""A report: the page's own notebook, run by Papermill, written as HTML, PDF or the notebook itself."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from threading import Lock
from time import perf_counter
from typing import Any, Final, Literal

from deskbook import errors
from deskbook.errors import BadValue, DeskbookError
from deskbook.reports.parameters import find_page, page_parameters, typed
from deskbook.reports.pdf import write_pdf

log = logging.getLogger(__name__)
PAGE_DATA: Final = "application/vnd.deskbook.page+json"
ASKED_WRONGLY: Final = ("BadValue", "ConfigError", "UnknownName")
_ENVIRONMENT = Lock()
Form = Literal["html", "pdf", "ipynb"]


@dataclass(frozen=True)
class Executed:
    """A page after its run: the notebook with outputs, its drawing and its data."""

    notebook: Any
    html: str
    data: Mapping[str, Any]


def write_report(page: str, given: Sequence[str], *, to: Form, output: Path, workspace: Path) -> dict[str, Any]:
    """Run a page and write it.

    Args:
        given: `name=value` texts for its parameters.
        output: file to write; written whole or not at all.

    Returns:
        file, page, parameters, snapshot, numbers (queries whose receipts it carries), seconds.

    Raises:
        UnknownName: no such page or parameter.
        BadValue: a parameter of the wrong type.
    """
    begun = perf_counter()
    notebook = find_page(workspace, page)
    values = typed(given, page_parameters(notebook))
    executed = execute(notebook, values, workspace)
    output.parent.mkdir(parents=True, exist_ok=True)
    with _whole(output) as draft:
        if to == "ipynb":
            draft.write_text(json.dumps(executed.notebook, ensure_ascii=False, indent=1), "utf-8")
        elif to == "html":
            draft.write_text(document(executed), "utf-8")
        else:
            write_pdf(document(executed), draft)
    seconds = round(perf_counter() - begun, 2)
    log.info("report page=%s to=%s seconds=%.2f", page, to, seconds)
    return {
        "file": str(output),
        "page": page,
        "parameters": values,
        "snapshot": executed.data.get("snapshot"),
        "numbers": len(executed.data.get("numbers", [])),
        "seconds": seconds,
    }


def execute(notebook: Path, values: Mapping[str, Any], workspace: Path) -> Executed:
    """Run a notebook headless with these parameters.

    Raises:
        DeskbookError: a cell failed; carries its own message.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    # sockets in a folder of ours instead of open ports, where the platform has them
    transport = Config({"KernelManager": {"transport": "tcp" if os.name == "nt" else "ipc"}})
    with tempfile.TemporaryDirectory() as folder, _environment(workspace):
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
def _environment(workspace: Path) -> Iterator[None]:
    """What the kernel inherits; one report at a time, since the environment is the process's."""
    wanted = {"DESKBOOK_HOME": str(workspace), "DESKBOOK_RENDER": "report", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
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


def _page(notebook: Mapping[str, Any], name: str) -> tuple[str, Mapping[str, Any]]:
    for cell in reversed(notebook["cells"]):
        for output in cell.get("outputs", []):
            bundle = output.get("data", {})
            if PAGE_DATA in bundle:
                html = bundle["text/html"]
                return ("".join(html) if isinstance(html, list) else html), bundle[PAGE_DATA]
    raise DeskbookError(f"Notebook '{name}' shows no page. Its last cell must be: page.servable()")


def document(executed: Executed) -> str:
    """The page as one HTML file that asks nothing of any host."""
    data = json.dumps(executed.data, ensure_ascii=False).replace("<", "\\u003c")
    title = escape(str(executed.data.get("title", "Report")))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n"
        f'<script type="{PAGE_DATA}" id="deskbook-page">{data}</script>\n</head>\n<body>\n'
        f"{executed.html}\n</body>\n</html>\n"
    )


@contextmanager
def _whole(output: Path) -> Iterator[Path]:
    """A draft beside the output, moved into place when it is complete."""
    draft = output.with_name(f".{output.name}.draft")
    try:
        yield draft
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)
