"""A column of another kind than before is said; what does not fit is set aside, never an empty value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from deskbook.sources import Cursor, Settling, Source

from .conftest import fresh_url

Make = Callable[..., Source]
MAPPING = {"id": "number", "created_at": "created", "handling_seconds": "worked"}


def read(source: Source, cursor: Cursor) -> tuple[dict[str, Any], list[tuple[str, str]], tuple[str, ...], Cursor]:
    """Id -> seconds, what was set aside and why, what was noticed, and where the next pull starts."""
    held, aside, notes = {}, [], ()
    if isinstance(source, Settling):
        source.settled(cursor)
    for page in source.pull(cursor):
        (batch,) = source.normalise(page)
        held |= {row["id"]: row["handling_seconds"] for row in batch.rows.to_pylist()}
        aside += [(reject.column, reject.reason) for reject in batch.rejects]
        notes, cursor = (*notes, *page.notes), page.cursor
    return held, aside, notes, cursor


def run(url: str, *statements: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for one in statements:
            connection.execute(sa.text(one))
    engine.dispose()


@pytest.mark.parametrize(("kind", "change"), [("postgresql", "ALTER COLUMN worked TYPE"), ("mariadb", "MODIFY worked")])
def test_a_number_that_became_text_in_a_database(
    make: Make, request: pytest.FixtureRequest, tmp_path: Path, kind: str, change: str
) -> None:
    url = fresh_url(request, kind, tmp_path)
    run(url, "CREATE TABLE t (number integer PRIMARY KEY, created date, worked integer)",
        "INSERT INTO t VALUES (1, '2026-01-01', 60), (2, '2026-01-02', NULL)")  # fmt: skip
    source = make("sql", url=url, table="t", mapping=MAPPING)
    assert read(source, {})[:3] == ({"1": 60, "2": None}, [], ())
    cursor = read(source, {})[3]
    run(url, f"ALTER TABLE t {change} varchar(20)", "INSERT INTO t VALUES (3, '2026-01-03', 'an hour')")
    held, aside, notes, after = read(source, cursor)
    assert held == {"1": 60, "2": None}
    assert aside == [("handling_seconds", "handling_seconds 'an hour' is no number")]
    assert len(notes) == 1 and "column 'worked' is text now and was int" in notes[0]
    assert read(source, after)[2] == ()


def test_a_time_that_became_text_in_a_database(make: Make, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    url = fresh_url(request, "postgresql", tmp_path)
    run(url, "CREATE TABLE t (number integer PRIMARY KEY, created timestamptz, worked integer)",
        "INSERT INTO t VALUES (1, '2026-01-01', 60)")  # fmt: skip
    source = make("sql", url=url, table="t", mapping=MAPPING)
    cursor = read(source, {})[3]
    run(url, "ALTER TABLE t ALTER COLUMN created TYPE text", "INSERT INTO t VALUES (2, 'last week', 5)")
    held, aside, notes, _ = read(source, cursor)
    assert held == {"1": 60} and [column for column, _ in aside] == ["created_at"]
    assert "column 'created' is text now and was moment" in notes[0]


def test_a_number_that_became_text_between_two_files(make: Make, tmp_path: Path) -> None:
    source = make("files", url="*.parquet", mapping=MAPPING)
    for place, worked in enumerate(([60, None], [None, None], ["90", "an hour"]), start=1):
        made = pa.table({"number": [2 * place, 2 * place + 1], "created": ["2026-01-01"] * 2, "worked": worked})
        pq.write_table(made, tmp_path / f"{place}.parquet")
    held, aside, notes, after = read(source, {})
    assert held == {"2": 60, "3": None, "4": None, "5": None, "6": 90}
    assert aside == [("handling_seconds", "handling_seconds 'an hour' is no number")]
    assert len(notes) == 1 and "3.parquet has columns of another kind" in notes[0]
    assert "worked (number before, text now)" in notes[0] and read(source, after)[2] == ()


def test_a_cursor_with_names_alone_says_what_came_and_went(make: Make, tmp_path: Path) -> None:
    (tmp_path / "1.csv").write_text("number,created,worked,plan\n1,2026-01-01,60,gold\n")
    source = make("files", url="*.csv", mapping=MAPPING)
    assert "new plan; gone team" in read(source, {"columns": ["number", "created", "worked", "team"]})[2][0]
