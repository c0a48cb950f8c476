"""Commands on answers and their receipts: ask, receipt verify."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deskbook.apps.cli.options import Json, Workspace, print_json, print_table
from deskbook.errors import BadValue

receipt = typer.Typer(help="Check numbers again.", no_args_is_help=True)


def ask(
    question: Annotated[str, typer.Argument(help="A question, in quotes.")],
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """Answer a question, with the plan, the numbers' receipts and the messages it rests on."""
    import deskbook

    answer = deskbook.open(workspace or None).ask(question).as_dict()
    if json:
        print_json(answer)
        return
    typer.echo(answer["plan"]["sentence"])
    for claim in answer["claims"]:
        quotes = [cite for cite in claim["cites"] if cite.get("quote")]
        if not quotes:
            typer.echo(f"\n{claim['text']}")
        for cite in quotes:
            typer.echo(f"\n  {_plain(cite['quote'])}")
            typer.echo(f"  – {cite['source']} ticket {cite['ticket_id']}, {cite['message_id']}, {cite['sent_at']}")
    for note in answer["notes"]:
        typer.echo(f"\nNote: {note}")
    if answer["numbers"]:
        typer.echo(
            f"\n{len(answer['numbers'])} numbers, each with its receipt: add --json, then deskbook receipt verify"
        )


def _plain(quote: str) -> str:
    """A customer's words on one line, without the control characters that steer a terminal."""
    return "".join(letter for letter in " ".join(quote.split()) if letter.isprintable())


@receipt.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A receipt, a query's or answer's JSON, or a report's .ipynb.")],
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """Compute every number in a file again; exit 1 if one differs."""
    import deskbook

    verdicts = deskbook.open(workspace or None).verify(_document(file))
    if not verdicts:
        raise BadValue(f"{file} holds no receipt. Give a file made by: deskbook query … --json")
    rows = [
        {"where": v.path, "metrics": ", ".join(v.metrics), "holds": "yes" if v.holds else "NO", "reason": v.reason}
        for v in verdicts
    ]
    if json:
        print_json({"holds": all(v.holds for v in verdicts), "numbers": [v.__dict__ for v in verdicts]})
    else:
        print_table("", rows)
    if not all(v.holds for v in verdicts):
        raise typer.Exit(1)


def _document(file: Path) -> object:
    import json

    try:
        return json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise BadValue(f"There is no file {file}.") from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BadValue(f"{file} is no JSON: {error}.") from error
