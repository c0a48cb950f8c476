"""What has been read of a question so far: its slots."""

from __future__ import annotations

from dataclasses import dataclass, field

from deskbook.rag.date_patterns import Named
from deskbook.rag.plan import Kind


@dataclass
class Found:
    """The slots that the words of a question fill.

    Attributes:
        cuts: dimensions to cut by, grains among them; values: dimension -> values to filter on.
        search: words a `find` or a `say` looks for; sought: which of the two.
        end: which end of a ranking is asked for; empty for none.
        is_against_before: set against the period before.
        text: the question in lower case, without its dates, cuts and values; unvalued: without values alone.
    """

    metrics: list[str] = field(default_factory=list)
    cuts: list[str] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)
    periods: list[Named] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    search: str = ""
    sought: Kind | None = None
    end: str = ""
    is_against_before: bool = False
    text: str = ""
    unvalued: str = ""
