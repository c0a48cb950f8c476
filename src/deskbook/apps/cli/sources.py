"""Commands on sources: how they are doing, pausing one and letting it go on."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from deskbook.apps.cli.options import Json, Workspace, print_json, print_table

Named = Annotated[str, typer.Argument(help="Catalog entry.")]
SHOWN = ("entry", "health", "why", "newest sync", "newest row", "next", "rows set aside", "feeds", "error")


def sources(
    describe: Annotated[str, typer.Option(help="Write what an entry reads, asks and becomes, as Markdown.")] = "",
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """How each catalog entry is doing: health, age, next sync, who feeds the numbers. 1 where one is red."""
    import deskbook

    book = deskbook.open(workspace or None)
    if describe:
        from deskbook.apps.describing import described

        page = described(book, describe)
        print_json({"entry": describe, "page": page}) if json else typer.echo(page, nl=False)
        return
    rows = [_plain(row) for row in book.sources().to_dict("records")]
    problems = [str(problem) for problem in book.catalog.problems]
    if json:
        asleep = {name: list(variables) for name, variables in book.asleep.items()}
        print_json({"watched": book.is_watched, "sources": rows, "problems": problems, "asleep": asleep})
    else:
        print_table("", [_shown(row) for row in rows], SHOWN)
        if book.asleep:
            typer.echo(f"Asleep until set up (deskbook doctor says what is missing): {', '.join(book.asleep)}.")
        if not book.is_watched:
            typer.echo("Nobody syncs what is due: run deskbook worker, deskbook up or deskbook sync --watch.")
        for problem in problems:
            typer.echo(problem, err=True)
    if problems or any(row["health"] == "red" for row in rows):
        raise typer.Exit(1)


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    """A row of the frame as JSON holds it: moments in ISO form (UTC), null where there is none."""
    import pandas as pd

    known: dict[str, Any] = {str(name): None if pd.isna(value) else value for name, value in row.items()}
    return {
        name: f"{value.isoformat(timespec='seconds')}Z" if hasattr(value, "isoformat") else value
        for name, value in known.items()
    }


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    feeds = f"fed by {row['fed_by']}" if row["fed_by"] else "feeds"
    if row["instead_of"]:
        feeds = f"{'feeds' if row['feeds'] else 'stands by'} for {row['instead_of']}"
    return {
        "entry": row["entry"],
        "health": row["health"],
        "why": row["said"],
        "newest sync": row["synced_at"],
        "newest row": row["row_at"],
        "next": f"paused by {row['paused_by']}" if row["paused_at"] else row["next_at"],
        "rows set aside": row["rows_quarantined"],
        "feeds": feeds,
        "error": row["error"],
    }


def pause(entry: Named, workspace: Workspace = "", json: Json = False) -> None:
    """Sync an entry no more until it is resumed."""
    import deskbook

    book = deskbook.open(workspace or None)
    book.pause(entry)
    _told(entry, "paused", json)


def resume(entry: Named, workspace: Workspace = "", json: Json = False) -> None:
    """Sync a paused entry again as it is due."""
    import deskbook

    book = deskbook.open(workspace or None)
    book.resume(entry)
    _told(entry, "resumed", json)


def connect(
    entry: Named,
    port: Annotated[int, typer.Option(help="Of 127.0.0.1, as the redirect address names it.")] = 5010,
    no_browser: Annotated[bool, typer.Option(help="Only print the address to open.")] = False,
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """Let an entry into its account by OAuth: open the browser, say yes there, and its tokens are kept sealed."""
    import deskbook
    from deskbook.apps.connect import connect as let_in

    def show(url: str) -> None:
        typer.echo(f"Say yes here: {url}", err=True)
        if not no_browser:
            import webbrowser

            webbrowser.open(url)

    let_in(deskbook.open(workspace or None), entry, port, show=show)
    _told(entry, "connected", json)


def _told(entry: str, what: str, json: bool) -> None:
    if json:
        print_json({"entry": entry, "state": what})
    else:
        typer.echo(f"{entry} is {what}.")
