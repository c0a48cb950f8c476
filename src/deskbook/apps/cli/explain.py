"""Commands on differences: explain ticket, explain measure."""

from __future__ import annotations

from typing import Annotated

import typer

from deskbook.apps.cli.options import Json, Workspace, print_json, print_table

explain = typer.Typer(help="Say why another system reports another number.", no_args_is_help=True)
Source = Annotated[str, typer.Option(help="Source of the tickets, where several have them.")]


@explain.command()
def ticket(
    ticket_id: Annotated[str, typer.Argument(metavar="ID", help="The ticket.")],
    metric: Annotated[str, typer.Option(help="A duration of a ticket, such as first_reply_business.")],
    theirs: Annotated[str, typer.Option(help="Their number (44.5m, 1h 30m); else what the source reports.")] = "",
    source: Source = "",
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """Explain one ticket's difference in a sentence."""
    import deskbook
    from deskbook.clocks.policies import length_seconds

    seconds = length_seconds(theirs, "--theirs") if theirs else None
    book = deskbook.open(workspace or None)
    (found,) = book.explain(metric, ticket_id, source=source or None, theirs_seconds=seconds).tickets
    if json:
        print_json(found.as_dict())
        return
    typer.echo(found.sentence)
    if found.left_out:
        typer.echo(f"It counts in none of our metrics, as it is {found.left_out}.")
    if len(found.candidates) > 1:
        typer.echo(f"The same figure: {', '.join(found.candidates)}")


@explain.command()
def measure(
    name: Annotated[
        str, typer.Argument(metavar="MEASURE", help="A duration of tickets, such as first_reply_business.")
    ],
    source: Source = "",
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """Add up by cause what all tickets differ by that a source reports this number of."""
    import deskbook

    found = deskbook.open(workspace or None).explain(name, source=source or None)
    if json:
        print_json(found.as_dict())
        return
    rows = [
        {"cause": one.cause, "about": one.about, "tickets": one.tickets, "minutes": one.seconds / 60}
        for one in found.sums
    ]
    print_table("", rows, ("cause", "about", "tickets", "minutes"))
    typer.echo(found.sentence)
