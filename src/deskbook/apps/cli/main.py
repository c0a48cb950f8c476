"""The root command, and the one place where Deskbook's errors become exit codes.

0 done; 1 done in part or not true (a failed entry, a number that differs); 2 asked wrongly, nothing changed.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import Annotated

import typer

from deskbook.apps.cli import answers, data, deliveries, numbers, pages, sources, workspace
from deskbook.apps.cli.annotate import annotate
from deskbook.apps.cli.asked import asked
from deskbook.apps.cli.evaluate import evaluate
from deskbook.apps.cli.explain import explain
from deskbook.apps.cli.layouts import layout
from deskbook.apps.cli.mcp import mcp
from deskbook.apps.cli.subscriptions import subscriptions
from deskbook.errors import BadValue, ConfigError, DeskbookError

app = typer.Typer(
    name="deskbook",
    help="Customer-support analytics in which every number can be re-run.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)


@app.callback()
def root(
    workspace: Annotated[str, typer.Option(help="Workspace folder; else DESKBOOK_HOME, else this folder.")] = "",
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say each step on standard error.")] = False,
) -> None:
    """Customer-support analytics in which every number can be re-run."""
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING,
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    if workspace:
        os.environ["DESKBOOK_HOME"] = workspace


app.command()(workspace.init)
app.command()(workspace.sample)
app.command()(data.sync)
app.command()(data.index)
app.command()(sources.sources)
app.command()(sources.pause)
app.command()(sources.resume)
app.command()(sources.connect)
app.command("map")(data.map_entry)
app.command()(numbers.metrics)
app.command()(numbers.query)
app.command()(numbers.filters)
app.command()(pages.report)
app.command()(deliveries.deliver)
app.command()(deliveries.deliveries)
app.add_typer(subscriptions, name="subscriptions")
app.add_typer(layout, name="layout")
app.add_typer(annotate, name="annotate")
app.command()(answers.ask)
app.add_typer(evaluate, name="evaluate")
app.add_typer(asked, name="asked")
app.add_typer(explain, name="explain")
app.add_typer(answers.receipt, name="receipt")
app.command()(pages.serve)
app.command()(pages.worker)
app.command()(pages.up)
app.command()(mcp)
app.command()(workspace.doctor)
app.command()(workspace.version)


def main() -> None:
    """Run the command; an error of ours is one line on standard error, never a traceback."""
    try:
        app()
    except DeskbookError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(2 if isinstance(error, ConfigError | BadValue) else 1)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output went away (| head); that is no error of ours
        sys.exit(0)
