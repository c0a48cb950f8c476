"""Commands on numbers: metrics and query."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from deskbook.apps.cli.options import Json, Workspace, print_json, print_table

HIDDEN: Final = ("_before_n", "_alike_n", "_change")
"""Columns that a table on the screen has no room for."""
WHERE: Final = (
    "Filter, such as: channel = chat and team != Billing; waiting_hours > 4; created_at in 'last week'; "
    "text contains refund; not (tag = vip or team is null); or a saved one: @Late answers(team=Billing). "
    "See docs/filters.md."
)


def metrics(json: Json = False) -> None:
    """List every metric with its unit, meaning and version."""
    from deskbook.metrics import registry

    cards = [metric.card() for metric in registry.values()]
    if json:
        print_json(cards)
    else:
        print_table("", cards, ("name", "unit", "better", "note"))


def filters(workspace: Workspace = "", json: Json = False) -> None:
    """List the saved filters; --where "@name" uses one."""
    import deskbook

    held = deskbook.open(workspace or None).saved_filters()
    rows = [
        {"name": one.name, "owner": one.owner, "shared": ", ".join(one.shared), "version": one.version}
        | {"where": one.where, "period": one.period, "gaps": ", ".join(one.gaps)}
        for one in held
    ]
    if json:
        print_json(rows)
    elif rows:
        print_table("", rows)
    else:
        typer.echo("Nothing is saved yet. Save one on a page (Quick), or with book.save_filter(name, where).")


def query(
    names: Annotated[str, typer.Argument(metavar="METRICS", help="One or more metrics, with commas between.")],
    by: Annotated[str, typer.Option(help="Dimensions to cut by, with commas between.")] = "",
    where: Annotated[str, typer.Option(help=WHERE)] = "",
    since: Annotated[str, typer.Option(help="First day or moment (2026-10-01, -30d, last week).")] = "",
    until: Annotated[str, typer.Option(help="Last day (included) or moment.")] = "",
    period: Annotated[str, typer.Option(help="A period instead: -30d, last week, 2026-10, 2026-Q3.")] = "",
    grain: Annotated[str, typer.Option(help="hour, day, week, month or quarter.")] = "",
    compare: Annotated[bool, typer.Option("--compare", help="Also the period before, and the change.")] = False,
    against: Annotated[
        str, typer.Option(help="What to compare with: before, alike (same weekdays, without days off) or year.")
    ] = "",
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV on standard output.")] = False,
    workspace: Workspace = "",
    json: Json = False,
) -> None:
    """Ask for numbers; each answer carries the receipt it can be computed from again."""
    import deskbook
    from deskbook.metrics import to_csv

    result = deskbook.open(workspace or None).query(
        names,
        by=by,
        where=where,
        period=period or None,
        since=since or None,
        until=until or None,
        grain=grain or None,
        compare=against or compare,
    )
    if json:
        print_json({"rows": result.rows, "receipt": result.receipt.as_dict()})
    elif csv:
        typer.echo(to_csv(result.rows, result.frame.columns), nl=False)
    else:
        shown = [str(name) for name in result.frame.columns if not str(name).endswith(HIDDEN)]
        print_table("", result.rows, shown)
        said = f"{result.period.sentence()} · {result.receipt.where or 'no filter'}"
        if result.compared_with:
            said += f" · {result.compared_with}"
        typer.echo(f"{said} · snapshot {result.receipt.snapshot} · digest {result.receipt.digest[:12]}")
