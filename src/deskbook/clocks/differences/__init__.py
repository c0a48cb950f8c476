"""Why two systems disagree on a ticket: our figure, theirs, and what makes the difference.

A *hypothesis* is one way in which the other system may count: another schedule, zone, role or moment. Each is a
changed `Reading`, measured by the same code as ours; the one that gives exactly their figure is the cause.
"""

from deskbook.clocks.differences.explain import explain
from deskbook.clocks.differences.hypotheses import CAUSES, Hypothesis, hypotheses
from deskbook.clocks.differences.reading import MEASURES, Reading, measure_name
from deskbook.clocks.differences.results import CauseSum, Explained, Explanation, Share

__all__ = [
    "CAUSES",
    "MEASURES",
    "CauseSum",
    "Explained",
    "Explanation",
    "Hypothesis",
    "Reading",
    "Share",
    "explain",
    "hypotheses",
    "measure_name",
]
