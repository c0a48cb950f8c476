"""The semantic layer: metrics, dimensions, filters, periods and the one `query()`.

Takes a connection and returns values; it touches no store, network or clock.
"""

from deskbook.metrics.behind import behind
from deskbook.metrics.compile import Statement, condition
from deskbook.metrics.dimensions import CYCLES, DIMENSIONS, GRAINS, Dimension, dimension
from deskbook.metrics.export import to_csv
from deskbook.metrics.filters import Condition, Filter, Where, as_filter, both, equal_to, parse_filter
from deskbook.metrics.metric import Metric, define, registry
from deskbook.metrics.pairs import Pair, pair_of
from deskbook.metrics.periods import AGAINST, Period, parse_period, span
from deskbook.metrics.query import Desk, Result, cell_value, expand, query
from deskbook.metrics.receipt import Receipt, digest

__all__ = [
    "AGAINST",
    "CYCLES",
    "DIMENSIONS",
    "GRAINS",
    "Condition",
    "Desk",
    "Dimension",
    "Filter",
    "Metric",
    "Pair",
    "Period",
    "Receipt",
    "Result",
    "Statement",
    "Where",
    "as_filter",
    "behind",
    "both",
    "cell_value",
    "condition",
    "define",
    "digest",
    "dimension",
    "equal_to",
    "expand",
    "pair_of",
    "parse_filter",
    "parse_period",
    "query",
    "registry",
    "span",
    "to_csv",
]
