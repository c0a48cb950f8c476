"""The differences planted in the sample desk, found again after a sync."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from pyarrow import Table

from deskbook.book import Book
from deskbook.clocks import Batch
from deskbook.samples.reported import MEASURES
from deskbook.store.compared import Compared
from deskbook.sync import explaining


@pytest.mark.parametrize("measure", MEASURES)
def test_19_of_20_planted_figures_are_put_down_to_their_cause_and_all_others_agree(
    synced: Book, truth: dict[str, Any], measure: str
) -> None:
    (told,) = (one for one in truth["reported"] if one["measure"] == measure)
    planted = {ticket: one["cause"] for one in told["planted"] for ticket in one["ticket_ids"]}
    explained = synced.explain(measure)
    found = {one.ticket_id: one.cause for one in explained.tickets}
    assert (explained.compared, explained.agreeing) == (told["figures"], told["agreeing"]) and len(planted) >= 40
    assert set(found) == set(planted)
    confused = Counter((planted[ticket], found[ticket]) for ticket in planted if found[ticket] != planted[ticket])
    assert confused.total() <= len(planted) * 0.05, confused


def test_tickets_that_agree_are_counted_and_not_read_again(synced: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    measure = next(iter(MEASURES))
    whole = synced.explain(measure)
    read: list[int] = []

    def batch(tickets: Table, *history: Table) -> Batch:
        read.append(tickets.num_rows)
        return Batch(tickets, *history)

    monkeypatch.setattr(explaining, "AGREEING", 5)
    monkeypatch.setattr(explaining, "Batch", batch)
    few = synced.explain(measure)
    assert (few.compared, few.agreeing, few.sums) == (whole.compared, whole.agreeing, whole.sums)
    assert len(whole.tickets) <= read[0] < whole.compared / 2


def test_what_was_measured_under_other_rules_is_not_taken_for_ours(synced: Book) -> None:
    measure = next(iter(MEASURES)).removesuffix("_seconds")
    held = {version: Compared(synced.lake, "main", measure, rules=version, agreeing=0)
            for version in (synced.rules.version, "others")}  # fmt: skip
    now, others = held.values()
    assert others.beside == 0 < now.beside
    assert others.count - now.count == now.beside
