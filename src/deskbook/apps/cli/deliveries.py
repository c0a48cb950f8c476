"""Commands on schedules: deliver, deliveries."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from deskbook.apps.cli.options import Json, Workspace, print_json, print_table


def deliver(
    name: Annotated[str, typer.Argument(help="Schedule, as dashboards/*.yaml or `deskbook subscriptions` names it.")],
    now: Annotated[bool, typer.Option("--now", help="Whenever it is due; its conditions hold as ever.")] = False,
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """Send a schedule's report, if it is due and was not sent."""
    import deskbook
    from deskbook.apps.deliveries import everything_of, told
    from deskbook.errors import UnknownName
    from deskbook.reports.deliver import deliver as deliver_now
    from deskbook.reports.deliver import deliver_due, next_due, open_office

    book = deskbook.open(workspace or None)
    found = {one.name: one for one in everything_of(book)[0]}
    if name not in found:
        raise UnknownName("schedule", name, found)
    office, schedule = open_office(book), found[name]
    done = deliver_now(office, schedule) if now else deliver_due(office, [schedule])
    if json:
        print_json([as_row(one) for one in done])
    for one in () if json else done:
        typer.echo(told(one))
    if not done and not json:
        due = next_due(schedule.at, office.zone(schedule), book.clock())
        typer.echo(f"{name} is not due; the next time is {due:%Y-%m-%d %H:%M} UTC. Send it now with --now.")
    if any(one.outcome == "failed" for one in done):
        raise typer.Exit(1)


def deliveries(
    schedule: Annotated[str, typer.Option(help="Only those of one schedule.")] = "",
    last: Annotated[int, typer.Option(help="How many, newest first.")] = 100,
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """What was sent to whom, what was not, and why."""
    import deskbook

    book = deskbook.open(workspace or None)
    rows = [as_row(one) for one in book.deliveries.recent(book.settings.tenant, schedule=schedule, limit=last)]
    if json:
        print_json(rows)
    elif not rows:
        typer.echo("Nothing was delivered yet.")
    else:
        shown = ("due_at", "schedule", "channel", "target", "outcome", "bytes", "snapshot", "seconds", "why")
        print_table("", [row | {"why": row["error"] or row["note"]} for row in rows], shown)


def as_row(one: Any) -> dict[str, Any]:
    """A delivery as plain values; times are UTC."""
    values = asdict(one)
    key = values.pop("key")
    row = {"schedule": key["schedule"], "due_at": key["due_at"], "channel": key["channel"], **values}
    return row | {name: f"{row[name]:%Y-%m-%dT%H:%M:%SZ}" for name in ("due_at", "started_at")}
