"""The semantic layer: metrics, dimensions, filters, periods and the one `query()`.

Takes a connection and returns values; it touches no store, network or clock.
"""

from deskbook.metrics.behind import behind
from deskbook.metrics.compile import Statement, condition
from deskbook.metrics.conditions import OPERATORS, PLACEHOLDER, SAID, Condition
from deskbook.metrics.dimensions import CYCLES, DIMENSIONS, GRAINS, Dimension, dimension
from deskbook.metrics.export import to_csv
from deskbook.metrics.filters import Filter, Joined, Negated, both, conditions, equal_to, mapped, parts_of
from deskbook.metrics.gaps import filled, gaps
from deskbook.metrics.grammar import Where, as_filter, parse_filter, read_filter
from deskbook.metrics.metric import Metric, define, registry
from deskbook.metrics.options import count_each, count_values
from deskbook.metrics.pairs import Pair, listed, pair_of
from deskbook.metrics.periods import AGAINST, Period, parse_period, period_text, span
from deskbook.metrics.query import Desk, Result, cell_value, expand, query
from deskbook.metrics.receipt import Receipt, digest
from deskbook.metrics.settling import ready
from deskbook.metrics.trees import Tree, as_tree, from_tree

__all__ = [
    "AGAINST",
    "CYCLES",
    "DIMENSIONS",
    "GRAINS",
    "OPERATORS",
    "PLACEHOLDER",
    "SAID",
    "Condition",
    "Desk",
    "Dimension",
    "Filter",
    "Joined",
    "Metric",
    "Negated",
    "Pair",
    "Period",
    "Receipt",
    "Result",
    "Statement",
    "Tree",
    "Where",
    "as_filter",
    "as_tree",
    "behind",
    "both",
    "cell_value",
    "condition",
    "conditions",
    "count_each",
    "count_values",
    "define",
    "digest",
    "dimension",
    "equal_to",
    "expand",
    "filled",
    "from_tree",
    "gaps",
    "listed",
    "mapped",
    "pair_of",
    "parse_filter",
    "parse_period",
    "parts_of",
    "period_text",
    "query",
    "read_filter",
    "ready",
    "registry",
    "span",
    "to_csv",
]
