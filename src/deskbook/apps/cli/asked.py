"""Commands on what was asked: list, search, unanswered, show, thumb, correct, keep, again, page, schedule, test …"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from deskbook.apps.cli.options import Json, Workspace, print_json, print_table
from deskbook.errors import BadValue

asked = typer.Typer(help="What was asked, and what became of it.", no_args_is_help=True, rich_markup_mode=None)
Id = Annotated[int, typer.Argument(metavar="ID", help="Number of a question, as `deskbook asked list` shows it.")]
Name = Annotated[str, typer.Option(help="Name of the file; from the question if absent.")]
Limit = Annotated[int, typer.Option(help="How many, the newest first.")]
THUMBS = {"up": 1, "down": -1, "none": 0}
SIGNS = {1: "up", -1: "down", 0: ""}


@asked.command("list")
def list_asked(
    kept: Annotated[bool, typer.Option("--kept", help="Only those that are asked again.")] = False,
    limit: Limit = 50,
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """Questions that were asked, the newest first."""
    _print(_book(workspace).asked().find(kept=True if kept else None, limit=limit), json)


@asked.command("search")
def search(
    words: Annotated[str, typer.Argument(help="Words that all stand in question, answer or correction.")],
    limit: Limit = 50,
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """Questions that hold all of some words."""
    _print(_book(workspace).asked().find(words, limit=limit), json)


@asked.command("unanswered")
def unanswered(workspace: Workspace = "", json: Json = False) -> None:
    """Questions that got no answer, those that ask for the same together."""
    rows = [one.__dict__ for one in _book(workspace).asked().unanswered()]
    if json:
        print_json(rows)
    elif rows:
        shown = [{**row, "words": ", ".join(row["words"]), "questions": " · ".join(row["questions"])} for row in rows]
        print_table("", shown, ("count", "words", "questions"))
    else:
        typer.echo("Every question got an answer.")


@asked.command("show")
def show(id: Id, workspace: Workspace = "", json: Json = False) -> None:
    """One question with its answer, and each time it was asked again."""
    held = _book(workspace).asked()
    one, agains = held.one(id), held.agains(id)
    if json:
        print_json({**_row(one), "answer": one.answer, "made": one.made, "again": agains})
        return
    typer.echo(f"{one.question}\n\n{one.answer['text']}")
    if one.correction:
        typer.echo(f"\nCorrected: {one.correction}")
    for again in agains:
        typer.echo(f"\n{again['asked_at']:%Y-%m-%d %H:%M} UTC: {again['difference']['said']}")


@asked.command("thumb")
def thumb(
    id: Id,
    which: Annotated[str, typer.Argument(help="up, down or none.")],
    workspace: Workspace = "",
) -> None:
    """Say whether an answer was good."""
    if which not in THUMBS:
        raise BadValue(f"A thumb is up, down or none, got '{which}'.")
    _book(workspace).asked().judge(id, thumb=THUMBS[which])
    typer.echo(f"Question {id}: {which}.")


@asked.command("correct")
def correct(
    id: Id, text: Annotated[str, typer.Argument(help="What it should have been.")], workspace: Workspace = ""
) -> None:
    """Write down what an answer should have been."""
    _book(workspace).asked().judge(id, correction=text)
    typer.echo(f"Question {id}: corrected.")


@asked.command("keep")
def keep(
    id: Id,
    no: Annotated[bool, typer.Option("--no", help="No longer.")] = False,
    workspace: Workspace = "",
) -> None:
    """Have a question asked again whenever data, a definition, a prompt or the model changes."""
    _book(workspace).asked().keep(id, kept=not no)
    typer.echo(f"Question {id} is {'no longer ' if no else ''}asked again when something changes.")


@asked.command("again")
def again(
    ids: Annotated[list[int] | None, typer.Argument(help="Which; the kept ones that are due if none is named.")] = None,
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """Ask questions again and say what differs; exit 1 if an answer changed or is flagged."""
    done = _book(workspace).asked().again(ids or None)
    rows = [{"id": one.asked.id, "question": one.asked.question, **one.difference.as_dict()} for one in done]
    _print_differences(rows, json, "No kept question is due: nothing changed since they were answered.")


@asked.command("forget")
def forget(
    before: Annotated[str, typer.Option(help="Day: 2026-01-31, or -90d for ninety days ago.")],
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """Delete old questions with their answers, but for those that are asked again."""
    count = _book(workspace).asked().forget(before)
    print_json({"forgotten": count}) if json else typer.echo(f"{count:,} questions forgotten.")


@asked.command("page")
def page(id: Id, name: Name = "", workspace: Workspace = "") -> None:
    """Make an answer a page: a notebook that asks it whenever it is opened."""
    typer.echo(f"Written: {_book(workspace).asked().make_page(id, name)}")


@asked.command("schedule")
def schedule(
    id: Id,
    at: Annotated[str, typer.Option(help='Cron line: "0 8 * * mon".')],
    email: Annotated[list[str] | None, typer.Option(help="Address; again for several.")] = None,
    folder: Annotated[str, typer.Option(help="Folder of the workspace.")] = "",
    to: Annotated[list[str] | None, typer.Option(help="Form: pdf, html, xlsx …; again for several.")] = None,
    name: Name = "",
    workspace: Workspace = "",
) -> None:
    """Make an answer a report that is sent again and again: a page, and a dashboard with its schedule."""
    send: list[dict[str, Any]] = [{"email": list(email)}] if email else []
    send += [{"folder": folder}] if folder else []
    if not send:
        raise BadValue("A schedule wants --email or --folder.")
    made = _book(workspace).asked().make_schedule(id, at=at, send=send, to=to or ("pdf",), name=name)
    typer.echo(f"Written: {made}")


@asked.command("test")
def test(id: Id, name: Name = "", workspace: Workspace = "") -> None:
    """Make an answer a test: a file that `deskbook asked check` runs again."""
    typer.echo(f"Written: {_book(workspace).asked().make_test(id, name)}")


@asked.command("check")
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Test files; all in answers/ if none is named.")] = None,
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """Ask what test files hold; exit 1 if a number or a plan differs."""
    done = _book(workspace).asked().run_tests(files or None)
    rows = [{"question": file.name, **difference.as_dict()} for file, difference in done]
    _print_differences(rows, json, "There is no test in answers/. Make one: deskbook asked test ID", ("changed",))


def _print_differences(
    rows: list[dict[str, Any]], json: bool, none: str, failing: tuple[str, ...] = ("changed", "flagged")
) -> None:
    if json:
        print_json(rows)
    elif not rows:
        typer.echo(none)
    for row in () if json else rows:
        typer.echo(f"{row['state']}: {row['question']}: {row['said']}")
        for one in row["changes"]:
            typer.echo(f"  {one['kind']}, {one['label']}: {one['before'] or 'nothing'} → {one['after'] or 'nothing'}")
    if any(row["state"] in failing for row in rows):
        raise typer.Exit(1)


def _print(found: list[Any], json: bool) -> None:
    rows = [_row(one) for one in found]
    if json:
        print_json(rows)
    elif rows:
        print_table("", rows, ("id", "asked_at", "owner", "question", "answered", "thumb", "kept", "seconds"))
    else:
        typer.echo("Nothing was asked yet.")


def _row(one: Any) -> dict[str, Any]:
    names = ("id", "owner", "question", "correction", "kept", "seconds")
    told = {name: getattr(one, name) for name in names}
    at = f"{one.asked_at:%Y-%m-%dT%H:%M:%SZ}"
    return told | {"asked_at": at, "answered": not one.abstained, "thumb": SIGNS[one.thumb]}


def _book(workspace: str) -> Any:
    import deskbook

    return deskbook.open(workspace or None)
