"""Which of a batch's tickets something applies to, by what they are: {channel: (chat,), tag: (vip, gold)}."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deskbook.clocks.past import NONE, Bools, flat
from deskbook.errors import ConfigError

CLAIMED: Final = ("source", "channel", "team", "agent", "priority", "category", "segment", "customer", "tag")
"""Dimensions that schedules and policies may choose tickets by: what a ticket is, not what became of it."""
COLUMN: Final = {"customer": "customer_id", "tag": "tags"}

Claims = Mapping[str, tuple[str, ...]]


def check_claims(claims: Claims, where: str) -> None:
    """Raise ConfigError if tickets cannot be chosen by one of the names."""
    for name in claims:
        if name not in CLAIMED:
            raise ConfigError(f"{where} cannot choose tickets by {name}. Choose by {', '.join(CLAIMED)}.")


def chosen(tickets: pa.Table, claims: Claims) -> Bools:
    """Which tickets have, for each dimension named, one of its words; all if none is named."""
    out = np.ones(tickets.num_rows, np.bool_)
    for name, words in claims.items():
        column = flat(tickets[COLUMN.get(name, name)])
        out &= _tagged(column, words) if name == "tag" else _among(column, words)
    return out


def first_choice(tickets: pa.Table, claims: Sequence[Claims]) -> Any:
    """The place of the first of several that each ticket is chosen by; NONE if by none."""
    out = np.full(tickets.num_rows, NONE, np.int64)
    for place in reversed(range(len(claims))):
        out[chosen(tickets, claims[place])] = place
    return out


def _among(column: pa.Array, words: Sequence[str]) -> Bools:
    return np.asarray(pc.fill_null(pc.is_in(column, pa.array(words, pa.string())), False))


def _tagged(tags: pa.Array, words: Sequence[str]) -> Bools:
    out = np.zeros(len(tags), np.bool_)
    held = np.asarray(pc.is_in(pc.list_flatten(tags), pa.array(words, pa.string())))
    out[np.asarray(pc.list_parent_indices(tags))[held]] = True
    return out
