"""The same work over partitions on a Dask cluster: workers compute and return, and whoever syncs writes.

No worker reads or writes the lake, so a partition that is done twice, as after a worker died, is written once. What the
cluster does not do in time is done here: it makes work quicker and is needed for none.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from importlib import metadata
from typing import Any, Final, TypeVar

from deskbook.errors import MissingExtra

log = logging.getLogger(__name__)
Part = TypeVar("Part")
Result = TypeVar("Result")
JOIN_SECONDS: Final = 10
"""How long a scheduler may take to answer, and a first worker to be there."""
SILENT_SECONDS: Final = 300
"""How long nothing may come back: many times what one partition takes."""
RETRIES: Final = 2
FAILURES: Final = (OSError, RuntimeError, ValueError, CancelledError)
"""What befalls a cluster: gone, silent (a TimeoutError is an OSError), closing, of another version, or told to stop."""


class Cluster:
    """A Dask cluster that is joined when there is something to do for it.

    Args:
        address: of its scheduler, `tls://host:8786` or `tcp://host:8786`; empty does everything here.
    """

    def __init__(self, address: str = "") -> None:
        self._address = address
        self._client: Any = None
        self._is_out = not address

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_set(self) -> bool:
        """Whether work is to be cut into partitions for it."""
        return not self._is_out

    def map(self, work: Callable[[Part], Result], parts: Sequence[Part]) -> list[Result]:
        """One result a part, in their order; each done by the cluster or, where that fails, here.

        Args:
            work: a function of a module that workers can import too, or a partial of one.

        Raises:
            MissingExtra: an address is set and Dask is not installed.
        """
        if len(parts) < 2 or not self._joined():
            return [work(part) for part in parts]
        futures = [self._client.submit(work, part, pure=False, retries=RETRIES) for part in parts]
        found = self._gathered(futures)
        self._client.cancel([future for future in futures if future not in found], force=True)
        return [found[future] if future in found else work(part) for future, part in zip(futures, parts, strict=True)]

    def close(self) -> None:
        """Leave the cluster; it goes on without us."""
        if self._client is not None:
            self._client.close(timeout=JOIN_SECONDS)
            self._client = None

    def _gathered(self, futures: Sequence[Any]) -> dict[Any, Any]:
        """Results by future; without those that failed, or that did not come in time."""
        import distributed

        wait: Any = distributed.wait
        waiting, found = set(futures), {}
        while waiting:
            try:
                with self._client.as_current():
                    done, waiting = wait(waiting, timeout=SILENT_SECONDS, return_when="FIRST_COMPLETED")
                for future in done:
                    if future.status == "finished":
                        found[future] = future.result(timeout=SILENT_SECONDS)
                    else:
                        log.warning("a partition failed on the cluster and is done here: %s", future.status)
            except FAILURES as error:
                log.warning("the cluster at %s is given up: %s", self._address, _reason(error))
                self._is_out = True
                break
        return found

    def _joined(self) -> bool:
        """Whether the cluster is there, with workers that count as we do."""
        if self._client is None and not self._is_out:
            try:
                import dask
                import distributed
            except ImportError:
                raise MissingExtra("A Dask cluster (DASK_SCHEDULER_ADDRESS)", "scale") from None
            dask.config.set(
                {"distributed.admin.large-graph-warning-threshold": "1GiB"}
            )  # a partition goes with its task
            try:
                client: Any = distributed.Client
                self._client = client(self._address, timeout=JOIN_SECONDS, set_as_default=False)
                self._client.wait_for_workers(1, timeout=JOIN_SECONDS)
                self._check()
            except FAILURES as error:
                log.warning("no Dask cluster at %s, so work is done here: %s", self._address, _reason(error))
                self._is_out = True
                self.close()
        return not self._is_out

    def _check(self) -> None:
        found = self._client.run(version, on_error="return")
        odd = {str(value) for value in found.values() if value != version()}
        if odd:
            raise ValueError(f"its workers have another Deskbook ({', '.join(sorted(odd))[:200]}), we have {version()}")


def version() -> str:
    """What workers and we must have alike for rows to be the same."""
    import pyarrow as pa

    from deskbook.clocks.rules import REVISION
    from deskbook.text import SCORERS

    return f"{metadata.version('deskbook')} rules {REVISION} {' '.join(SCORERS.values())} pyarrow {pa.__version__}"


def _reason(error: Exception) -> str:
    return str(error).splitlines()[0][:300] if str(error) else type(error).__name__
