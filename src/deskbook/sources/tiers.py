"""Storage tiers: which ones cost money or hours to read, told from the listing before anything is read."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

TIERS: Final = ("hot", "cool", "archive")
# Each store's own words, in capitals; what stands nowhere here is read at once and at the usual price.
COOL: Final = {"STANDARD_IA", "ONEZONE_IA", "GLACIER_IR", "NEARLINE", "COLDLINE", "COOL", "COLD"}
ARCHIVE: Final = {"GLACIER", "DEEP_ARCHIVE", "ARCHIVE"}


def tier_of(word: str) -> str:
    """One of `TIERS` for a store's own word: STANDARD_IA is cool, DEEP_ARCHIVE is archive."""
    upper = word.upper()
    return "archive" if upper in ARCHIVE else "cool" if upper in COOL else "hot"


def refusal(word: str, size: int, allowed: Collection[str]) -> str:
    """Why an object of this tier is not read and what to do; empty if it may be.

    Args:
        word: the store's own word for its tier.
        size: of the object in bytes.
        allowed: of `TIERS`.
    """
    tier = tier_of(word)
    if tier in allowed:
        return ""
    cost = "each read is charged by the gigabyte" if tier == "cool" else "it must be restored or is charged dearly"
    wanted = [one for one in TIERS if one in allowed or one == tier]
    return (
        f"lies in the {tier} tier ({word}, {size / 1e6:,.1f} MB), from which {cost}. "
        f"Move it to a hot tier, or write tiers: [{', '.join(wanted)}] into its entry."
    )
