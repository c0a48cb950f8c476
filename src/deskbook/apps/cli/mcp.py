"""The command that lets other programs read a workspace: mcp."""

from __future__ import annotations

from typing import Annotated

import typer

from deskbook.apps.cli.options import Workspace
from deskbook.errors import BadValue


def mcp(
    http: Annotated[bool, typer.Option("--http", help="Streamable HTTP on 127.0.0.1 instead of stdio.")] = False,
    port: Annotated[int, typer.Option(help="Port for --http.")] = 5007,
    role: Annotated[
        list[str] | None,
        typer.Option(help="Role of whoever asks, again for several; every role if absent. Viewers get numbers alone."),
    ] = None,
    workspace: Workspace = "",
) -> None:
    """Serve the workspace's numbers and conversations, read-only, to programs that speak MCP."""
    import deskbook
    from deskbook.access import LOCAL, Actor
    from deskbook.apps.mcp import HOST, serve_http, serve_stdio

    actor = Actor("mcp", frozenset(role)) if role else LOCAL
    if not 1 <= port <= 65_535:
        raise BadValue(f"--port wants a number from 1 to 65,535, got {port}.")
    book = deskbook.open(workspace or None)
    if http:
        typer.echo(f"Deskbook speaks MCP at http://{HOST}:{port}/mcp  (Ctrl-C stops it)", err=True)
        serve_http(book, port, actor)
    else:
        serve_stdio(book, actor)
