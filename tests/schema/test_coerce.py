from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest

from deskbook.errors import UnknownName
from deskbook.schema import TABLES, Batch, coerce

NOW = datetime(2026, 11, 1, tzinfo=UTC)
GOOD = {"id": "1", "ticket_id": "7", "sent_at": "2026-10-01T09:00:00Z", "author_role": "customer", "text": "hello"}


def messages(*rows: dict[str, object]) -> Batch:
    names = sorted({name for row in rows for name in row})
    columns = {name: pa.array([row.get(name) for row in rows]) for name in names}
    raw = pa.array([{"line": str(index)} for index in range(len(rows))])
    return coerce("messages", columns, raw=raw, lines=np.arange(len(rows)) + 2, origin="m.csv", now=NOW)


def test_good_rows_keep_every_declared_column() -> None:
    made = messages(GOOD)
    assert made.rows.schema == TABLES["messages"].arrow
    assert made.rows.to_pylist()[0]["text"] == "hello"


@pytest.mark.parametrize(
    ("change", "column", "said"),
    [
        ({"sent_at": "soon"}, "sent_at", "'soon' is no time"),
        ({"sent_at": "2031-01-01"}, "sent_at", "lies in the future"),
        ({"id": None}, "id", "id is empty"),
        ({"author_role": "agnt"}, "author_role", "did you mean agent?"),
        ({"is_public": "perhaps"}, "is_public", "neither true nor false"),
    ],
)
def test_a_bad_row_is_set_aside_with_its_line_and_reason(change: dict[str, object], column: str, said: str) -> None:
    made = messages(GOOD, {**GOOD, "id": "2", **change})
    (reject,) = made.rejects
    assert (reject.line, reject.column, reject.origin) == (3, column, "m.csv")
    assert said in reject.reason


def test_the_neighbours_of_a_bad_row_are_kept() -> None:
    made = messages(GOOD, {**GOOD, "id": "2", "sent_at": "soon"}, {**GOOD, "id": "3"})
    assert made.rows["id"].to_pylist() == ["1", "3"]


def test_of_rows_with_one_id_the_last_is_kept_and_the_other_named() -> None:
    made = messages(GOOD, {**GOOD, "text": "later"})
    assert made.rows["text"].to_pylist() == ["later"]
    assert "line 3" in made.rejects[0].reason


def test_read_counts_good_and_bad_rows() -> None:
    assert messages(GOOD, {**GOOD, "id": None}).read == 2


def test_an_id_that_passed_through_a_float_column_is_whole() -> None:
    assert messages({**GOOD, "id": 3.0}).rows["id"].to_pylist() == ["3"]


def test_an_unknown_table_names_the_closest() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'tickets'"):
        coerce("ticket", {}, raw=pa.array([], pa.string()), lines=np.array([]), origin="", now=NOW)


def test_tags_are_read_from_lists_json_and_separators() -> None:
    raw = pa.array(["a"] * 3)
    columns = {
        "id": pa.array(["1", "2", "3"]),
        "created_at": pa.array(["2026-01-01"] * 3),
        "tags": pa.array(["a;b", '["a", "b"]', "a, b"]),
    }
    made = coerce("tickets", columns, raw=raw, lines=np.arange(3), origin="t", now=NOW)
    assert made.rows["tags"].to_pylist() == [["a", "b"]] * 3


def test_every_column_of_every_table_says_what_it_is() -> None:
    for table in TABLES.values():
        assert all(column.description for column in table.columns)
