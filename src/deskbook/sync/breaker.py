"""What a failure leads to: a few tries at once where it may pass, then longer and longer pauses until one goes well."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Final

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

TRIES: Final = 3
"""Tries of one sync, the first included."""
FIRST_PAUSE_SECONDS: Final = 0.5
MOST_PAUSE_SECONDS: Final = 8.0
OPENS_AFTER: Final = 3
"""Failed syncs in a row after which the breaker is open."""
LONGEST_SECONDS: Final = 3_600.0
"""Between two syncs of an entry whose breaker is open, unless its interval is longer."""
JITTER: Final = 0.1


def may_pass(error: BaseException) -> bool:
    """Whether a failure may be gone in a moment: an outside system that does not answer, a line that broke."""
    return bool(getattr(error, "again", False)) or isinstance(error, ConnectionError | TimeoutError)


def retrying(sleep: Callable[[float], object], draw: Callable[[], float]) -> Retrying:
    """Tries of one sync: twice more where it may pass, after about 0.5 and 1 s.

    Args:
        draw: a random number from 0 to 1, so that those who failed together do not come again together.
    """

    def pause(state: RetryCallState) -> float:
        longest: float = min(MOST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** (state.attempt_number - 1))
        return longest * (0.5 + draw())

    return Retrying(
        retry=retry_if_exception(may_pass),
        stop=stop_after_attempt(TRIES),
        wait=pause,
        sleep=lambda seconds: (sleep(seconds), None)[1],
        reraise=True,
    )


def is_open(failures: int) -> bool:
    """Whether an entry with so many failed syncs in a row is tried at growing intervals."""
    return failures >= OPENS_AFTER


def pause_seconds(failures: int, interval_seconds: float, name: str) -> float:
    """From one failed sync to the next: the interval, and with the breaker open twice as long for each failure.

    Never less than the interval, and an hour at most unless the interval is longer; up to a tenth longer by the entry's
    name and count, so that entries of one system do not come all at once.
    """
    if not is_open(failures):
        return interval_seconds
    longest = max(LONGEST_SECONDS, interval_seconds)
    grown = min(longest, interval_seconds * 2.0 ** min(failures - OPENS_AFTER + 1, 30))
    spread = zlib.crc32(f"{name} {failures}".encode()) / 0xFFFFFFFF
    return grown * (1 + JITTER * spread)
