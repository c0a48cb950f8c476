"""Options that several commands share, and how they print."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

import typer

WIDE = 240
Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output, and nothing else.")]
Workspace = Annotated[str, typer.Option(help="Workspace folder; else DESKBOOK_HOME, else this folder.")]


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_table(title: str, rows: Sequence[Mapping[str, Any]], columns: Iterable[str] | None = None) -> None:
    """Rows as a table for people."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    names = list(columns or (rows[0] if rows else ()))
    table = Table(title=title or None, title_justify="left", header_style="bold", box=SIMPLE)
    for name in names:
        numeric = all(isinstance(row.get(name), int | float | None) for row in rows)
        table.add_column(name, justify="right" if numeric and rows else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_shown(row.get(name)) for name in names))
    # beside a pipe nobody folds lines: give the table the width it asks for
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)
    console.print(table, markup=False)


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
