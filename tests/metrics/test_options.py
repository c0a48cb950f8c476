"""What could be chosen, with counts that are what a query would say."""

from __future__ import annotations

import pytest

from deskbook.book import Book
from deskbook.errors import BadValue

WHERE, PERIOD = "priority in (high, urgent) or tag = refund", "2026-10"


@pytest.mark.parametrize("field", ["team", "tag", "custom.plan", "sentiment", "age_band"])
def test_a_value_is_counted_as_a_query_counts_it(synced: Book, field: str) -> None:
    rows = synced.query("tickets_created", by=field, where=WHERE, period=PERIOD).rows
    counted = synced.count_values(field, where=WHERE, period=PERIOD)
    assert dict(counted) == {row[field]: row["tickets_created"] for row in rows if row[field] is not None}
    assert [n for _, n in counted] == sorted((n for _, n in counted), reverse=True)


@pytest.mark.parametrize("field", ["policy", "promise_state", "replier", "role", "team_then", "breached_target"])
def test_a_value_of_a_tickets_rows_counts_the_tickets_it_would_leave(synced: Book, field: str) -> None:
    for word, n in synced.count_values(field, where=WHERE, period=PERIOD)[:5]:
        asked = f'({WHERE}) and {field} = "{word}"'
        assert n == synced.count_tickets(where=asked, period=PERIOD) > 0


def test_filters_are_counted_each_on_its_own_under_the_others(synced: Book) -> None:
    filters = ["reopens > 0", "created_at in today or text contains refund", "not (team is null)"]
    counts = synced.count_each(filters, where=WHERE, period=PERIOD)
    assert counts == [synced.count_tickets(where=f"({one}) and ({WHERE})", period=PERIOD) for one in filters]
    assert synced.count_each([]) == []


@pytest.mark.parametrize("field", ["reopens", "created_at", "text", "day"])
def test_what_has_no_words_offers_none(synced: Book, field: str) -> None:
    with pytest.raises(BadValue, match="has no words"):
        synced.count_values(field)


def test_custom_fields_are_found_in_the_tickets(synced: Book) -> None:
    assert all(name.startswith("custom.") for name in synced.custom_fields())
    assert synced.count_values(synced.custom_fields()[0])
