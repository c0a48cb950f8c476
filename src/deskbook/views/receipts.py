"""A receipt as the page's drawer shows it: in words, as a command, and as JSON to keep."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any

from deskbook.metrics import GRAINS, Receipt, Result
from deskbook.views import wording


def shown(result: Result, sentence: str) -> dict[str, Any]:
    """A result's receipt with what a person wants to know of it.

    Args:
        sentence: the page's filters in words.
    """
    receipt = result.receipt
    return {
        "receipt": receipt.as_dict(),
        "period": wording.dates(result.period),
        "filter": sentence,
        "commands": {name: command(receipt, [name]) for name in receipt.metrics},
        "data_until": wording.moment(receipt.data_until or None, receipt.zone),
    }


def command(receipt: Receipt, metrics: Sequence[str] = ()) -> str:
    """The command line that asks the same question, of all its metrics or of some."""
    grain = [name for name in receipt.by if name in GRAINS]
    rest = [name for name in receipt.by if name not in GRAINS]
    parts = ["deskbook", "query", ",".join(metrics or receipt.metrics)]
    for flag, value in (
        ("--by", ",".join(rest)),
        ("--grain", ",".join(grain)),
        ("--where", receipt.where),
        ("--period", receipt.period if receipt.period != "all time" else ""),
    ):
        if value:
            # A period such as -28d would else be read as a flag.
            parts.append(f"{flag}={shlex.quote(value)}" if value.startswith("-") else f"{flag} {shlex.quote(value)}")
    if receipt.before_since:
        parts.append("--compare" if receipt.against in ("", "before") else f"--against {receipt.against}")
    return " ".join(parts)
