"""Tables of plain rows: the block that every section without a figure of its own may become."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deskbook.views.section import Block

Cell = dict[str, Any]


def said(text: str, *, tone: str = "", note: str = "", details: Sequence[tuple[str, str]] = ()) -> Cell:
    """A cell of words.

    Args:
        tone: good, bad or quiet; said in words too, never by colour alone.
        note: shown on hover, and searched.
        details: label and text of what opens when it is clicked.
    """
    return {"text": text, "tone": tone, "note": note, "details": [list(pair) for pair in details]}


def counted(
    text: str, *, receipt: str = "", cell: Any = None, raw: Any = None, note: str = "", few: bool = False
) -> Cell:
    """A cell of a number; with a receipt it opens it."""
    return {"text": text, "number": True, "receipt": receipt, "cell": cell, "raw": raw, "note": note, "few": few}


def listing(
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    caption: str = "",
    metric: str = "",
    search: str = "",
) -> Block:
    """A table, ready to draw.

    Args:
        metric: whose receipt the cells open.
        search: what its search field asks for; without it there is none.
    """
    numbers = [bool(cell.get("number")) for cell in rows[0]] if rows else [False] * len(heads)
    return {
        "kind": "listing",
        "state": "ok",
        "title": title,
        "caption": caption,
        "heads": [{"label": head, "number": number} for head, number in zip(heads, numbers, strict=True)],
        "rows": [list(row) for row in rows],
        "metric": metric,
        "search": search,
    }
