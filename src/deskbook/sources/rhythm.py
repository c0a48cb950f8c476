"""How often an entry is pulled and before whom, as its metadata says it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from deskbook.errors import ConfigError

SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
SHORTEST_SECONDS: Final = 10
LONGEST_SECONDS: Final = 86_400
PRIORITIES: Final = {"high": 10.0, "normal": 0.0, "low": -10.0}
MOST_PRIORITY: Final = 100
WRITTEN: Final = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")


@dataclass(frozen=True)
class Every:
    """An interval in seconds: `at_least` while rows come, up to `at_most` while none do; fixed where both are one."""

    at_least: float
    at_most: float


def read_every(value: Any, entry: str) -> Every | None:
    """`every:` of an entry's metadata: "30s", "5m", "2h", seconds, or {at_least, at_most}; None where it has none.

    Raises:
        ConfigError: it is none of these, or not within 10 s to 24 h.
    """
    if value is None:
        return None
    if isinstance(value, Mapping):
        if set(value) != {"at_least", "at_most"}:
            raise ConfigError(
                f"Entry '{entry}': every: wants at_least: and at_most: below it, got {', '.join(map(str, value)) or 0}."
            )
        made = Every(_seconds(value["at_least"], entry), _seconds(value["at_most"], entry))
        if made.at_least > made.at_most:
            raise ConfigError(
                f"Entry '{entry}': every: at_least: {value['at_least']} is longer than at_most: {value['at_most']}. "
                "Swap them: at_least is the interval while rows come."
            )
        return made
    seconds = _seconds(value, entry)
    return Every(seconds, seconds)


def _seconds(value: Any, entry: str) -> float:
    found = WRITTEN.fullmatch(value.strip()) if isinstance(value, str) else None
    if found:
        seconds = float(found[1]) * SECONDS[found[2]]
    elif isinstance(value, int | float) and not isinstance(value, bool):
        seconds = float(value)
    else:
        raise ConfigError(f'Entry \'{entry}\': every: wants "30s", "5m", "2h" or seconds, got {value!r}.')
    if not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
        raise ConfigError(f"Entry '{entry}': every: is {value}; wanted 10s to 24h.")
    return seconds


def read_priority(value: Any, entry: str) -> float:
    """`priority:` of an entry's metadata: high, normal, low, or a number; the greater goes first.

    Raises:
        ConfigError: it is none of these.
    """
    if value is None:
        return PRIORITIES["normal"]
    if isinstance(value, str) and value in PRIORITIES:
        return PRIORITIES[value]
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= MOST_PRIORITY:
        return float(value)
    wanted = f"high, normal, low or a number from -{MOST_PRIORITY} to {MOST_PRIORITY}"
    raise ConfigError(f"Entry '{entry}': priority: wants {wanted}, got {value!r}.")
