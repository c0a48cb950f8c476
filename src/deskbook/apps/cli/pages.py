"""Commands on pages: report, serve, worker, up."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

import typer

from deskbook.apps.cli.options import Json, Workspace, print_json


def report(
    page: Annotated[str, typer.Argument(help="Page, by the name of its notebook.")],
    param: Annotated[list[str] | None, typer.Option("-p", "--param", help="name=value; may be repeated.")] = None,
    to: Annotated[
        Literal["html", "pdf", "png", "xlsx", "csv", "ipynb"], typer.Option(help="Form of the report.")
    ] = "html",
    view: Annotated[str, typer.Option(help="One section of the page, by its name; all of them if absent.")] = "",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="File to write; PAGE.FORM here if absent. CSV of all views: NAME.zip."),
    ] = None,
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """Run a page's notebook headless and write it as a report."""
    import deskbook
    from deskbook.reports import write_report

    book = deskbook.open(workspace or None)
    file = output or Path(f"{page}.{to}")
    made = write_report(page, param or [], to=to, output=file, workspace=book.settings.workspace, view=view)
    if json:
        print_json(made)
    else:
        typer.echo(f"{file} ({made['numbers']} queries, snapshot {made['snapshot']}, {made['seconds']} s)")


Host = Annotated[str, typer.Option(help="Address to listen on; loopback unless told.")]
Port = Annotated[int, typer.Option(help="Port to listen on.")]


def give_memory_back() -> None:
    """Have DuckDB's allocator return what a query used, for a process that stays; it reads this when it is loaded."""
    os.environ.setdefault("DUCKDB_JE_MALLOC_CONF", "background_thread:true,dirty_decay_ms:300,muzzy_decay_ms:0")


def serve(host: Host = "", port: Port = 0, workspace: Workspace = "") -> None:
    """Serve the pages (the web alone)."""
    give_memory_back()
    import deskbook
    from deskbook.apps.web import serve as serve_web

    book = deskbook.open(workspace or None)
    serve_web(book, host or book.settings.host, port or book.settings.port, say=typer.echo)


def worker(
    once: Annotated[bool, typer.Option("--once", help="One round, then stop.")] = False,
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """Keep the data fresh: sync each entry as it is due, score, index, deliver."""
    import deskbook
    from deskbook.apps.worker import run

    book = deskbook.open(workspace or None)
    done = run(book, rounds=1 if once else None, say=(lambda line: None) if json else typer.echo)
    if json:
        print_json({"rounds": done})


def up(host: Host = "", port: Port = 0, workspace: Workspace = "") -> None:
    """Serve the pages and run the worker beside them."""
    give_memory_back()
    import deskbook
    from deskbook.apps.up import run

    book = deskbook.open(workspace or None)
    run(book, host or book.settings.host, port or book.settings.port, say=typer.echo)
