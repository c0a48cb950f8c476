"""Commands on the workspace itself: init, sample, doctor, version."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deskbook.apps.cli.options import Json, Workspace, print_json, print_table
from deskbook.apps.cli.progress import bar


def init(
    directory: Annotated[Path, typer.Argument(help="Folder to make the workspace in.")],
    sample: Annotated[int, typer.Option(help="Also make a sample desk of this many tickets.")] = 0,
    seed: Annotated[int, typer.Option(help="Seed of the sample desk.")] = 7,
    json: Json = False,
) -> None:
    """Make a workspace: catalogs, notebooks, dashboards and settings."""
    from deskbook.apps.workspace import make_workspace

    with bar("Writing the sample desk", sample, quiet=json) as step:
        made = make_workspace(directory, sample=sample, seed=seed, progress=step)
    if json:
        print_json({"workspace": str(made), "sample": sample, "seed": seed})
    else:
        typer.echo(f"Workspace {made}")
        typer.echo(f"Next: deskbook --workspace {directory} sync")


def sample(
    directory: Annotated[Path, typer.Argument(help="Folder to write the sample desk into.")],
    tickets: Annotated[int, typer.Option(help="How many tickets.")] = 20_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 7,
    serve: Annotated[str, typer.Option(help="Serve it as this vendor's API would; written only if absent.")] = "",
    port: Annotated[int, typer.Option(help="With --serve: port on 127.0.0.1, 0 for any that is free.")] = 8700,
    json: Json = False,
) -> None:
    """Write a believable support desk as its outside systems would hold it, with truth.json beside it."""
    from deskbook.samples import write_sample

    if serve:
        return _serve(serve, directory, tickets, seed, port)
    with bar("Writing the sample desk", tickets, quiet=json) as step:
        truth = write_sample(directory, tickets=tickets, seed=seed, progress=step)
    counts = {name: truth[name] for name in ("tickets", "messages", "reopened")}
    if json:
        print_json({"directory": str(directory), **counts})
    else:
        typer.echo(f"{counts['tickets']:,} tickets and {counts['messages']:,} messages in {directory}")


def _serve(vendor: str, directory: Path, tickets: int, seed: int, port: int) -> None:
    """The sample of a folder behind a vendor's API, until stopped."""
    from deskbook.apps.serving import holds_sample, serve_sample
    from deskbook.samples import write_sample
    from deskbook.samples.served import SERVED

    _ = SERVED[vendor]  # a name that is none is said before a sample is written for it
    if not holds_sample(directory):
        with bar("Writing the sample desk", tickets, quiet=False) as step:
            write_sample(directory, tickets=tickets, seed=seed, progress=step)
    serve_sample(vendor, directory, port, say=typer.echo)


def doctor(workspace: Workspace = "", json: Json = False) -> None:
    """Check that everything Deskbook needs is there, and say what to do where it is not."""
    from deskbook.apps.doctor import checks

    found = checks(workspace or None)
    if json:
        print_json([check.__dict__ for check in found])
    else:
        print_table("", [check.__dict__ for check in found], ("name", "status", "detail"))
    if any(check.status == "failed" for check in found):
        raise typer.Exit(1)


def version(json: Json = False) -> None:
    """Print the version."""
    from deskbook import __version__

    if json:
        print_json({"version": __version__})
    else:
        typer.echo(f"deskbook {__version__}")
