"""A Dask cluster: a scheduler and workers, each a process of its own."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

from .process import answers, free_port, started


@dataclass
class DaskCluster:
    """A running cluster."""

    port: int
    workers: list[Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"


@contextmanager
def dask_cluster(workers: int = 2) -> Iterator[DaskCluster]:
    """A scheduler with so many workers of one thread each."""
    cluster = DaskCluster(free_port())
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1"]
    with tempfile.TemporaryDirectory(prefix="deskbook-dask-") as made, ExitStack() as stack:
        log = Path(made) / "scheduler.log"
        told = [*command, "--port", str(cluster.port), "--no-dashboard"]
        stack.enter_context(started(told, log, ready=lambda: answers(cluster.port)))
        for number in range(workers):
            file = Path(made) / f"worker{number}.log"
            told = [sys.executable, "-m", "distributed.cli.dask_worker", cluster.address, "--host", "127.0.0.1"]
            told += ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", made]
            ready = file_says(file, "Registered to")
            cluster.workers.append(stack.enter_context(started(told, file, ready=ready)))
        yield cluster


def file_says(file: Path, words: str):  # type: ignore[no-untyped-def]
    return lambda: file.exists() and words in file.read_text("utf-8", "replace")
