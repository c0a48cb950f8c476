"""Progress on a terminal; silence elsewhere, where the log has one line a step."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def bar(label: str, total: int, *, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """A bar that is told how much is done so far."""
    if quiet or total <= 0 or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=total)
        yield lambda done: progress.update(task, completed=done)


@contextmanager
def counter(*, quiet: bool = False) -> Iterator[Callable[[str, int], None]]:
    """A line for each entry that counts its rows."""
    if quiet or not sys.stderr.isatty():
        yield lambda name, rows: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn

    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.completed:,.0f} rows"),
        console=Console(stderr=True),
    ) as progress:
        tasks: dict[str, TaskID] = {}

        def step(name: str, rows: int) -> None:
            if name not in tasks:
                tasks[name] = progress.add_task(name, total=None)
            progress.update(tasks[name], completed=rows)

        yield step
