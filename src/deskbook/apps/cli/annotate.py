"""Commands on annotations: add, list, remove."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from deskbook.apps.cli.options import Json, Workspace, print_json, print_table

annotate = typer.Typer(
    help="What charts flag beside the numbers: releases, outages, campaigns.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
ONLY_SHOWN = ("begins", "ends", "about", "by")
SHOWN = ("id", "begins", "ends", "kind", "title", "about", "by")


@annotate.command("add")
def add(
    title: Annotated[str, typer.Argument(help="What a chart calls it.")],
    begins: Annotated[str, typer.Option(help="Day or moment on the desk's clock: 2026-10-14, 2026-10-14T09:00.")],
    ends: Annotated[str, typer.Option(help="Last day (included) or moment; absent for one moment.")] = "",
    kind: Annotated[str, typer.Option(help="release, outage, campaign or other.")] = "other",
    note: Annotated[str, typer.Option(help="What more there is to say.")] = "",
    team: Annotated[str, typer.Option(help="Name of the team it is about; all if absent.")] = "",
    channel: Annotated[str, typer.Option(help="The channel it is about; all if absent.")] = "",
    alone: Annotated[bool, typer.Option("--alone", help="Keep it to yourself; else everyone sees it.")] = False,
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """Write down what happened; every chart over time flags it from then on."""
    import deskbook
    from deskbook.access import EVERYONE

    book = deskbook.open(workspace or None)
    shared = () if alone else (EVERYONE,)
    made = book.annotate(
        title, begins, ends=ends, shared=shared, kind=kind, note=note, team=team.strip(), channel=channel.strip()
    )
    if json:
        print_json({"id": made})
    else:
        typer.echo(f"Annotation {made} kept. Take it away with: deskbook annotate remove {made}")


@annotate.command("list")
def list_annotations(
    period: Annotated[str, typer.Option(help="Only of this period: -30d, last week, 2026-10; all if absent.")] = "",
    where: Annotated[str, typer.Option(help="Leave out those about a team or channel this filter leaves out.")] = "",
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """Everything charts flag: from catalog entries, and what people wrote down."""
    import deskbook

    frame = deskbook.open(workspace or None).annotations(period or None, where=where or None)
    rows = [_plain({str(name): value for name, value in row.items()}) for row in frame.to_dict("records")]
    if json:
        print_json([{key: value for key, value in row.items() if key not in ONLY_SHOWN} for row in rows])
    elif rows:
        print_table("", rows, SHOWN)
    else:
        typer.echo("Nothing is written down here. Add one: deskbook annotate add TITLE --begins 2026-10-14")


@annotate.command("remove")
def remove(
    id: Annotated[str, typer.Argument(help="As `deskbook annotate list` names it.")], workspace: Workspace = ""
) -> None:
    """Take an annotation that somebody wrote down from every chart; its versions stay."""
    import deskbook
    from deskbook.errors import BadValue, UnknownName

    book = deskbook.open(workspace or None)
    frame = book.annotations()
    found = frame[frame["id"] == id]
    written = found[found["source"] == ""]
    if found.empty:
        raise UnknownName("annotation", id, frame[frame["source"] == ""]["id"])
    if written.empty:
        raise BadValue(f"Annotation '{id}' comes from source {found.iloc[0]['source']}. Take it out there, then sync.")
    row = written.iloc[0]
    book.remove_annotation(id, seen=int(row["version"]), owner=str(row["owner"]))
    typer.echo(f"Annotation {id}, '{row['title']}', is gone from every chart.")


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row as JSON holds it, and with the columns of the table on the screen."""
    import pandas as pd

    ends = None if pd.isna(row["ends_at"]) else row["ends_at"].isoformat()
    held = row | {"begins_at": row["begins_at"].isoformat(), "ends_at": ends, "shared": list(row["shared"])}
    about = ", ".join(filter(None, (row["team"], row["channel"])))
    by = row["source"] or row["owner"]
    return held | {"begins": held["begins_at"][:16], "ends": (ends or "")[:16], "about": about, "by": by}
