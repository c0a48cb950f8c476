"""Commands on what people subscribe to on pages: list, pause, resume, remove, export."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from deskbook.apps.cli.options import Json, Workspace, print_json, print_table

subscriptions = typer.Typer(
    help="What people subscribe to on pages: list, pause, resume, remove, export.",
    invoke_without_command=True,
    rich_markup_mode=None,
)
Name = Annotated[str, typer.Argument(help="Name of a subscription, as it was given on the page.")]
Owner = Annotated[str, typer.Option(help="Whose it is; yours if absent.")]
SHOWN = ("name", "owner", "schedule", "page", "at", "zone", "to", "send", "next_at", "last", "state")


@subscriptions.callback()
def list_subscriptions(context: typer.Context, workspace: Workspace = "", json: Json = False) -> None:
    """Every subscription you may see: yours, and for an admin everybody's."""
    if context.invoked_subcommand:
        return
    held = _held(workspace)
    rows = [_row(held, one) for one in held.seen()]
    if json:
        print_json(rows)
    elif rows:
        print_table("", rows, SHOWN)
    else:
        typer.echo("Nobody has subscribed to anything yet. On a page: Export, Subscribe…")


@subscriptions.command()
def pause(name: Name, owner: Owner = "", workspace: Workspace = "", json: Json = False) -> None:
    """Send one no more, until it is resumed."""
    _pause(name, owner, workspace, json, paused=True)


@subscriptions.command()
def resume(name: Name, owner: Owner = "", workspace: Workspace = "", json: Json = False) -> None:
    """Send one again, from now on."""
    _pause(name, owner, workspace, json, paused=False)


@subscriptions.command()
def remove(name: Name, owner: Owner = "", workspace: Workspace = "", json: Json = False) -> None:
    """Take one away; what it sent stays in the log."""
    held = _held(workspace)
    found = held.one(name, owner)
    held.remove(name, owner=found.owner, seen=found.version)
    if json:
        print_json({"removed": name, "owner": found.owner})
    else:
        typer.echo(f"{name} of {found.owner} is removed")


@subscriptions.command()
def export(
    name: Annotated[str, typer.Argument(help="Only the one of this name.")] = "",
    owner: Owner = "",
    workspace: Workspace = "",
) -> None:
    """Print a dashboard for dashboards/*.yaml that makes the same deliveries, under the same names in the log."""
    from deskbook.reports.deliver import dashboard_of

    held = _held(workspace)
    found = [held.one(name, owner)] if name else [one for one in held.seen() if owner in ("", one.owner)]
    typer.echo(dashboard_of(found, held.permits, held.book.settings.workspace), nl=False)


def _pause(name: str, owner: str, workspace: str, json: bool, *, paused: bool) -> None:
    held = _held(workspace)
    found = held.one(name, owner)
    made = held.pause(name, paused=paused, owner=found.owner, seen=found.version)
    row = _row(held, made)
    if json:
        print_json(row)
    else:
        typer.echo(f"{name} of {made.owner} is {row['state']}" + (f", next {row['next_at']}" if row["next_at"] else ""))


def _row(held: Any, one: Any) -> dict[str, Any]:
    """A subscription as plain values; `next_at` is UTC."""
    due, last, form = held.next_at(one), held.last(one), one.form
    state = one.problem or ("paused" if form.paused else "on")
    return {
        "name": one.name,
        "owner": one.owner,
        "schedule": one.key,
        "page": form.page,
        "parameters": dict(form.parameters),
        "to": ", ".join(form.to),
        "at": form.at,
        "zone": form.zone or held.book.settings.zone,
        "send": "; ".join(f"{kind} {way.shown}" for kind, way in one.schedule.send) if one.schedule else "",
        "skip_unchanged": form.skip_unchanged,
        "only_if": form.only_if,
        "state": state,
        "next_at": f"{due:%Y-%m-%dT%H:%M:%SZ}" if due else "",
        "last": ", ".join(sorted({made.outcome for made in last})),
        "version": one.version,
    }


def _held(workspace: str) -> Any:
    import deskbook

    return deskbook.open(workspace or None).subscriptions()
