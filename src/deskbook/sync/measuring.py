"""Measuring: the clocks of tickets whose history or rules changed, batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Final

import pyarrow as pa

from deskbook.clocks import Batch, Rules, measure
from deskbook.store import Lake, Unmeasured, forget_gone, write_measured
from deskbook.sync.cluster import Cluster

BATCH_TICKETS: Final = 100_000
"""Tickets measured at once: about 1 GB for a long history each."""
PART_TICKETS: Final = 5_000
"""Tickets of one partition on a cluster: a second of work, some megabytes."""


def measure_tickets(
    lake: Lake,
    rules: Rules,
    *,
    tenant: str,
    batch_tickets: int = BATCH_TICKETS,
    cluster: Cluster | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Work out the clocks of every ticket that is new, changed, or was measured under other rules.

    Args:
        cluster: where to measure, partition by partition; the rows are the same.
        progress: told (tickets done, tickets in all) after each commit.

    Returns:
        Tickets measured; 0 makes no snapshot.
    """
    forget_gone(lake, tenant)
    wanted, done = Unmeasured(lake, tenant, rules.version), 0
    for parts in _parts(wanted, batch_tickets, cluster):
        made = (
            [measure(part, rules) for part in parts]
            if cluster is None
            else cluster.map(partial(_measured, rules), parts)
        )
        write_measured(lake, tenant, {name: pa.concat_tables([one[name] for one in made]) for name in made[0]})
        done += sum(part.tickets.num_rows for part in parts)
        if progress:
            progress(done, wanted.count)
    wanted.close()
    return done


def _parts(wanted: Unmeasured, batch_tickets: int, cluster: Cluster | None) -> Iterator[list[Batch]]:
    """What is measured and written at once: one batch, or as many tickets in partitions."""
    size = min(PART_TICKETS, batch_tickets) if cluster and cluster.is_set else batch_tickets
    batches = (Batch(*tables) for tables in wanted.batches(size))
    while parts := list(islice(batches, max(1, batch_tickets // size))):
        yield parts


def _measured(rules: Rules, part: Batch) -> Mapping[str, pa.Table]:
    """What a worker does with its share."""
    return measure(part, rules)
