"""Commands on the data: sync and map."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskbook.apps.cli.options import Json, Workspace, print_json, print_table
from deskbook.apps.cli.progress import counter

if TYPE_CHECKING:
    from deskbook.sources.rest.openapi import Proposed


def sync(
    entries: Annotated[list[str] | None, typer.Argument(help="Entries to sync; all when none is named.")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Go on: sync each entry as it is due, until Ctrl-C.")] = False,
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """Bring catalog entries up to date; one that fails does not stop the others."""
    import deskbook

    book = deskbook.open(workspace or None)
    if watch:
        from deskbook.apps.worker import stopped_by_signals

        say = (lambda line: None) if json else typer.echo
        book.watch(*(entries or ()), stop=stopped_by_signals(), say=say, workers=os.cpu_count() or 1)
        return
    with counter(quiet=json) as step:
        reports = book.sync(
            *(entries or ()),
            progress=step,
            measured=lambda n, _: step("clocks of tickets", n),
            scored=lambda n, _: step("language and sentiment of messages", n),
            workers=os.cpu_count() or 1,
        )
    book.index()
    problems = [
        {"name": str(p), "status": "failed", "tables": {}, "seconds": 0.0, "error": str(p)}
        for p in book.catalog.problems
    ]
    rows = [*problems, *(report.as_dict() for report in reports)]
    if json:
        print_json({"entries": rows})
    else:
        _print_reports(rows)
    if any(row["status"] != "ok" for row in rows):
        raise typer.Exit(1)


def index(workspace: Workspace = "", json: Json = False) -> None:
    """Bring the search index of the messages up to date; `sync` and the worker do so after each sync."""
    import deskbook

    book = deskbook.open(workspace or None)
    done = book.index()
    if json:
        print_json({"snapshot": book.snapshot, **(asdict(done) if done else {})})
    else:
        typer.echo(str(done) if done else f"Index is up to date at snapshot {book.snapshot}.")


def _print_reports(rows: list[dict[str, object]]) -> None:
    flat = []
    for row in rows:
        tables = row["tables"] if isinstance(row["tables"], dict) else {}
        totals = {key: sum(table[key] for table in tables.values()) for key in ("read", "written", "quarantined")}
        flat.append({"entry": row["name"], "status": row["status"], **totals, "seconds": row["seconds"]})
    print_table("", flat)
    for row in rows:
        if row["error"]:
            typer.echo(f"{row['name']}: {row['error']}", err=True)


def map_entry(
    entry: Annotated[str, typer.Argument(help="Catalog entry; with --openapi, what it is to be called.")] = "",
    table: Annotated[str, typer.Option(help="Standard table its rows are; found from them when absent.")] = "",
    openapi: Annotated[
        Path | None, typer.Option(help="OpenAPI file on this machine to propose a new entry from.")
    ] = None,
    path: Annotated[
        list[str] | None, typer.Option(help="With --openapi: a list to read, as the file writes it.")
    ] = None,
    write: Annotated[bool, typer.Option("--write/--dry-run", help="Write it into the catalog.")] = True,
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """Propose how an entry's fields become standard ones, or a whole entry from an OpenAPI file, and write it."""
    import deskbook
    from deskbook.apps.mapping import propose_mapping, propose_source
    from deskbook.errors import ConfigError

    book = deskbook.open(workspace or None)
    if openapi:
        _print_proposed(propose_source(book, entry, openapi, tuple(path or ()), write=write), write, json)
        return
    if not entry:
        raise ConfigError("Which entry is to be mapped? Name one, or give an OpenAPI file: --openapi FILE")
    proposal = propose_mapping(book, entry, table or None, write=write)
    if json:
        print_json(asdict(proposal))
        return
    rows = [
        {"column": column, "field": str(field), "confidence": proposal.confidence.get(column, 0.0)}
        for column, field in proposal.mapping.items()
    ]
    print_table(f"{entry} becomes {proposal.table or proposal.shape}", rows, ("column", "field", "confidence"))
    if proposal.unmapped:
        typer.echo(f"Not mapped: {', '.join(proposal.unmapped)}")
    typer.echo("Written into the catalog." if write else "Not written (--dry-run).")


def _print_proposed(proposed: Proposed, written: bool, json: bool) -> None:
    told = proposed.entry
    if json:
        options = {"options": told.options, "mapping": told.mapping, "notes": proposed.notes}
        print_json({"entry": told.name, **options, "confidence": proposed.confidence})
        return
    for table, mapping in told.mapping["tables"].items():
        sure = proposed.confidence[table]
        fields = [(column, field) for column, field in mapping.items() if column != "resource"]
        rows = [{"column": one, "field": str(field), "confidence": sure.get(one, 0.0)} for one, field in fields]
        print_table(f"{mapping['resource']} becomes {table}", rows, ("column", "field", "confidence"))
    for note in proposed.notes:
        typer.echo(note)
    at = f"Written into catalogs/{told.name}.yaml. Look it over;"
    typer.echo(
        f"{at} it sleeps until its variables are set (deskbook doctor)." if written else "Not written (--dry-run)."
    )
