"""Checking numbers: find receipts in a document, compute each again, say where it no longer holds."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from deskbook.errors import DeskbookError
from deskbook.metrics.grammar import parse_filter
from deskbook.metrics.metric import registry
from deskbook.metrics.periods import Period
from deskbook.metrics.query import Desk, cell_value, query
from deskbook.metrics.receipt import Receipt

ABSENT = object()


@dataclass(frozen=True)
class Claim:
    """One receipt in a document, with what stands beside it.

    Attributes:
        path: where in the document, for people (`numbers[2]`).
        rows: the rows it is said to have given, or ABSENT.
        value: the number it is said to have given, or ABSENT.
    """

    path: str
    receipt: Mapping[str, Any]
    rows: Any = ABSENT
    value: Any = ABSENT


@dataclass(frozen=True)
class Verdict:
    """Whether a claim still holds, and if not, why."""

    path: str
    metrics: tuple[str, ...]
    holds: bool
    reason: str = ""


def claims(document: Any, path: str = "") -> Iterator[Claim]:
    """Every receipt in a JSON document: a query's output, an answer, a report's notebook, a bare receipt."""
    if isinstance(document, Mapping):
        held = document.get("receipt")
        if isinstance(held, Mapping) and "digest" in held:
            yield Claim(path or "document", held, document.get("rows", ABSENT), document.get("value", ABSENT))
        elif "digest" in document and "sql" in document and "snapshot" in document:
            yield Claim(path or "document", document)
            return
        for key, inner in document.items():
            if key != "receipt":
                yield from claims(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(document, list):
        for index, inner in enumerate(document):
            yield from claims(inner, f"{path}[{index}]")


def verify(claim: Claim, desk_of: Callable[[Receipt], Desk]) -> Verdict:
    """Compute one claim again and compare.

    Args:
        desk_of: gives the hot copy of the receipt's snapshot, zone and tenant.
    """
    try:
        receipt = Receipt.from_dict(claim.receipt)
        known = {name: registry[name].version for name in receipt.metrics}
        changed = [name for name, version in receipt.metrics.items() if known[name] != version]
        if changed:
            reason = f"the definition of {', '.join(changed)} has changed since"
            return Verdict(claim.path, tuple(receipt.metrics), False, reason)
        reason = _difference(claim, receipt, desk_of(receipt))
    except DeskbookError as error:
        return Verdict(claim.path, tuple(claim.receipt.get("metrics", ())), False, str(error))
    return Verdict(claim.path, tuple(receipt.metrics), not reason, reason)


def _difference(claim: Claim, receipt: Receipt, desk: Desk) -> str:
    again = query(
        replace(desk, days_off=tuple(map(date.fromisoformat, receipt.days_off))),
        list(receipt.metrics),
        by=list(receipt.by),
        where=parse_filter(receipt.where),
        period=Period(_moment(receipt.since), _moment(receipt.until), receipt.period, receipt.zone),
        compare=_earlier(receipt),
    )
    if again.receipt.sql != receipt.sql:
        return "its SQL is not what its metrics, filter and period compile to"
    if again.receipt.digest != receipt.digest:
        return "the rows computed again are not the rows it was made from"
    if claim.rows is not ABSENT and claim.rows != again.rows:
        return "the rows shown are not the rows computed again"
    if claim.value is not ABSENT:
        cell = receipt.cell or {"metric": next(iter(receipt.metrics)), "row": {}}
        found = cell_value(again.rows, cell)
        if not _same(claim.value, found):
            return f"shown {claim.value}, computed again {found}"
    return ""


def _same(shown: Any, found: Any) -> bool:
    if isinstance(shown, int | float) and isinstance(found, int | float):
        return math.isclose(shown, found, rel_tol=0, abs_tol=0)
    return bool(shown == found)


def _earlier(receipt: Receipt) -> Period | bool:
    """The period it was compared with."""
    if not receipt.before_since:
        return False
    return Period(_moment(receipt.before_since), _moment(receipt.before_until), zone=receipt.zone)


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
