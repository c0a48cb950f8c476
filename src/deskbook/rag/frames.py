"""Metrics that no word of their own names: told by signs that stand anywhere in the question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from deskbook.metrics import registry
from deskbook.rag.reading import Reading
from deskbook.rag.words import Words

VOLUME: Final = "tickets_created"
THINGS: Final = frozenset(
    {"tickets_created", "messages", "customers_active", "agents_active", "backlog_created", "backlog_solved"}
)
"""Metrics whose words also merely name what is counted: any sign says more."""


def framed(metrics: Sequence[str], reading: Reading, text: str, words: Words) -> list[str]:
    """The metrics, or the one that the first frame with all its signs stands for; its signs are taken.

    A frame speaks where nothing is named but things, and over the metrics that it says it knows better than.

    Args:
        text: the question in lower case, without its dates, values and words to look for.
    """
    for frame in words.frames:
        if metrics and frame.metric == VOLUME and not frame.over:
            continue
        held = {*THINGS, *frame.over, frame.metric}
        if "*" not in frame.over and any(name not in held for name in metrics):
            continue
        spans = frame.spans(text)
        if spans:
            for start, end in spans:
                if reading.is_free(start, end):
                    reading.take(start, end, registry[frame.metric].label)
            return [frame.metric]
    return list(metrics)
