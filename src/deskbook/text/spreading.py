"""The same work over many items, on one core or on several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def spread(
    work: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item], *, workers: int, pays_from: int
) -> list[Result]:
    """One result an item, in their order; from as many processes as there are shares of `pays_from` items.

    Args:
        work: a function of a module, which a new process can import.
        items: what it is called with, in one piece or several.
        workers: most processes to use. They are spawned, which is safe beside threads and on every platform.
        pays_from: items that take longer than a process needs to start.
    """
    shares = min(workers, len(items) // pays_from)
    if shares < 2:
        return work(items)
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    bounds = [len(items) * share // shares for share in range(shares + 1)]
    pieces = [items[start:end] for start, end in pairwise(bounds)]
    with ProcessPoolExecutor(shares, mp_context=get_context("spawn")) as pool:
        return [result for piece in pool.map(work, pieces) for result in piece]
