"""Measuring: the clocks of tickets whose history or rules changed, batch by batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from deskbook.clocks import Batch, Rules, measure
from deskbook.store import Lake, Unmeasured, forget_gone, write_measured

BATCH_TICKETS: Final = 100_000
"""Tickets measured at once: about 1 GB for a long history each."""


def measure_tickets(
    lake: Lake,
    rules: Rules,
    *,
    tenant: str,
    batch_tickets: int = BATCH_TICKETS,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Work out the clocks of every ticket that is new, changed, or was measured under other rules.

    Args:
        progress: told (tickets done, tickets in all) after each commit.

    Returns:
        Tickets measured; 0 makes no snapshot.
    """
    forget_gone(lake, tenant)
    wanted, done = Unmeasured(lake, tenant, rules.version), 0
    for tickets, messages, events in wanted.batches(batch_tickets):
        write_measured(lake, tenant, measure(Batch(tickets, messages, events), rules))
        done += tickets.num_rows
        if progress:
            progress(done, wanted.count)
    wanted.close()
    return done
