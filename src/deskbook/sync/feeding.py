"""Which entry feeds the numbers: itself, or while it fails the one named as its fallback."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from deskbook.errors import ConfigError
from deskbook.store import Standing

FAILS_BEFORE_FALLBACK: Final = 2
"""Failed syncs in a row, each after its own tries, after which the fallback is pulled."""


def chain(name: str, fallback: Callable[[str], str]) -> tuple[str, ...]:
    """An entry, its fallback, the fallback's fallback, and so on.

    Args:
        fallback: an entry's fallback; empty where it has none.

    Raises:
        ConfigError: one of them comes back.
    """
    found = [name]
    while following := fallback(found[-1]):
        if following in found:
            way = " → ".join([*found, following])
            raise ConfigError(f"Entry '{name}': fallback: leads back to '{following}' ({way}). Take one of them out.")
        found.append(following)
    return tuple(found)


def owners(fallbacks: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Fallback -> the entry it is one for, and entry -> what is wrong with its fallback.

    Args:
        fallbacks: every entry of the catalog -> its fallback, empty where it has none.
    """
    owned: dict[str, str] = {}
    problems: dict[str, str] = {}
    for name, following in fallbacks.items():
        if not following:
            continue
        try:
            chain(name, lambda one: fallbacks.get(one, ""))
        except ConfigError as error:
            problems[name] = str(error)
            continue
        if following not in fallbacks:
            known = ", ".join(one for one in fallbacks if one != name) or "none"
            problems[name] = f"Entry '{name}': fallback: names '{following}', which no catalog has. Entries: {known}."
        elif following in owned:
            problems[name] = (
                f"Entry '{name}': fallback: '{following}' is that of '{owned[following]}' already. "
                "Its rows can go under one source only: give each entry a fallback of its own."
            )
        else:
            owned[following] = name
    return owned, problems


def feeder(links: Sequence[str], standings: Mapping[str, Standing]) -> int:
    """Place in the chain of who is to feed: the first that has not failed twice in a row, the last if all have."""
    for place, name in enumerate(links):
        if standings.get(name, Standing()).failures < FAILS_BEFORE_FALLBACK:
            return place
    return len(links) - 1
