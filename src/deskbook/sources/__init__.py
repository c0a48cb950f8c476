"""One file per outside system: pull pages of raw rows, then normalise them.

Files and SQL databases need no code of their own: a catalog entry says it all.
"""

from deskbook.sources.contract import (
    Called,
    Clock,
    Consenting,
    Cursor,
    Entry,
    Hooked,
    Keeper,
    LetIn,
    Page,
    Settling,
    Showing,
    Source,
    Told,
    Waking,
    source,
    utc_now,
)

__all__ = [
    "Called",
    "Clock",
    "Consenting",
    "Cursor",
    "Entry",
    "Hooked",
    "Keeper",
    "LetIn",
    "Page",
    "Settling",
    "Showing",
    "Source",
    "Told",
    "Waking",
    "source",
    "utc_now",
]
