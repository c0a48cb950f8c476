"""Columns from history: what each ticket's messages and events say of waiting, working and promises.

Arrow tables in, Arrow tables out, a batch of tickets at a time; it touches no store, network or clock.
"""

from deskbook.clocks.differences import Explained, Explanation, explain, measure_name
from deskbook.clocks.findings import FINDINGS, Finding, found
from deskbook.clocks.measure import Batch, Measured, measure
from deskbook.clocks.policies import Policy, parse_policies, policies_from_rows
from deskbook.clocks.rules import Rules, make_rules

__all__ = [
    "FINDINGS",
    "Batch",
    "Explained",
    "Explanation",
    "Finding",
    "Measured",
    "Policy",
    "Rules",
    "explain",
    "found",
    "make_rules",
    "measure",
    "measure_name",
    "parse_policies",
    "policies_from_rows",
]
