"""The differences planted in the sample desk, found again after a sync."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from deskbook.book import Book
from deskbook.samples.reported import MEASURES


@pytest.mark.parametrize("measure", MEASURES)
def test_19_of_20_planted_figures_are_put_down_to_their_cause_and_all_others_agree(
    synced: Book, truth: dict[str, Any], measure: str
) -> None:
    (told,) = (one for one in truth["reported"] if one["measure"] == measure)
    planted = {ticket: one["cause"] for one in told["planted"] for ticket in one["ticket_ids"]}
    found = {one.ticket_id: one.cause for one in synced.explain(measure).tickets}
    assert len(found) == told["figures"] and len(planted) >= 40
    assert {ticket for ticket, cause in found.items() if cause} == set(planted)
    confused = Counter((planted[ticket], found[ticket]) for ticket in planted if found[ticket] != planted[ticket])
    assert confused.total() <= len(planted) * 0.05, confused
