"""Speed and memory of `write_sample`: 100,000 tickets into a temporary directory.

Run: `PYTHONPATH=src python tests/benchmarks/bench_samples.py [TICKETS]`.

Note: texts, CSV and event lines are joined column by column in Arrow, which is why a Python generator
reaches 20,000 tickets/s/core at all; the figure counts CPU seconds of the whole process, so Arrow's
own threads are not hidden. A chunk is about 8,000 tickets, so the peak hardly depends on the number.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from deskbook.samples import write_sample

TICKETS = 100_000


def main(tickets: int = TICKETS) -> dict[str, float]:
    """Generates once and prints a table.

    Returns:
        Tickets per wall and per CPU second, peak resident memory in MB (whole process), output in MB.
    """
    with tempfile.TemporaryDirectory() as directory:
        wall, cpu = time.perf_counter(), time.process_time()
        truth = write_sample(Path(directory) / "desk", tickets=tickets)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        size = sum(path.stat().st_size for path in (Path(directory) / "desk").iterdir())
    figures = {
        "sample_tickets": float(tickets),
        "sample_tickets_per_second": tickets / wall,
        "sample_tickets_per_cpu_second": tickets / cpu,
        "sample_messages_per_ticket": truth["messages"] / tickets,
        "sample_events_per_ticket": truth["events"] / tickets,
        "sample_peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "sample_output_mb": size / 1e6,
    }
    for name, value in figures.items():
        print(f"{name:32} {value:12,.1f}")
    return figures


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
