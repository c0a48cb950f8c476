"""Round places on a scale from zero, for charts that are drawn without a figure."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import Final

from deskbook.views import wording

STEPS: Final = (1, 2, 2.5, 5, 10)
MOST: Final = 5


def marks(highest: float) -> tuple[float, list[tuple[float, str]]]:
    """The end of a scale that holds a value, and at most five round places on it besides zero, with their words."""
    if highest <= 0:
        return 1.0, [(0.0, "0"), (1.0, "1")]
    size = 10 ** floor(log10(highest / MOST))
    step = next(size * one for one in STEPS if size * one * MOST >= highest)
    count = ceil(round(highest / step, 9))
    decimals = max(0, -floor(log10(step))) + (1 if step / size == 2.5 and size <= 1 else 0)
    return step * count, [(step * place, wording.number(step * place, decimals)) for place in range(count + 1)]
