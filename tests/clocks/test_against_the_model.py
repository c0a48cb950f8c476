"""`measure` gives what walking through each ticket's history by hand gives, for any history."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbook.clocks import Rules, measure
from deskbook.schema import MEASURED
from tests.clocks.histories import Ticket, batch_of, batches
from tests.clocks.naive import measured
from tests.clocks.paper import Hours
from tests.clocks.rulebook import ALWAYS, LOOSE, NEVER, NIGHTS, OFFICE, SWITCHES, TIGHT, rules

Row = dict[str, Any]
BOOKS = (
    ([OFFICE, NIGHTS, NEVER, ALWAYS], [TIGHT, LOOSE]),
    ([NIGHTS, OFFICE], [TIGHT]),
    ([], [LOOSE]),
    ([NEVER, NIGHTS, OFFICE], [TIGHT | {"for": {"tag": ["gold"]}}, LOOSE | {"hours": "business"}]),
)
SWITCHED = st.fixed_dictionaries({name: st.sampled_from(["count", "leave out"]) for name in SWITCHES})


def rows(found: Any, name: str) -> list[Row]:
    dropped = [one for one in ("source", "inputs", "rules") if one in found[name].column_names]
    return ordered(found[name].drop_columns(dropped).to_pylist())


def ordered(listed: list[Row]) -> list[Row]:
    return sorted(listed, key=lambda row: sorted((name, str(value)) for name, value in row.items()))


def differences(tickets: list[Ticket], book: Rules, hours: list[Hours]) -> list[tuple[str, Row, Row]]:
    """Rows that differ, each cut down to the columns that do."""
    found, wanted = measure(batch_of(tickets), book), measured(tickets, book, hours)
    out = []
    for name in MEASURED:
        mine, theirs = rows(found, name), ordered(wanted[name])
        assert len(mine) == len(theirs), (name, mine, theirs)
        for one, other in zip(mine, theirs, strict=True):
            assert one.keys() == other.keys()
            unlike = [column for column in one if one[column] != other[column]]
            if unlike:
                out.append((name, {c: one[c] for c in unlike}, {c: other[c] for c in unlike}))
    return out


@pytest.mark.parametrize("which", range(len(BOOKS)))
@settings(max_examples=50, deadline=None)
@given(st.data())
def test_every_column_equals_the_plain_model(which: int, data: st.DataObject) -> None:
    hours, policies = BOOKS[which]
    book = rules(hours, policies, **data.draw(SWITCHED))
    assert differences(data.draw(batches()), book, hours) == []
