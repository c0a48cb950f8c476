"""Every format and database gives the same rows, adds nothing on a second pull, and goes on where it stopped."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa

from deskbook.sources import Source

from .conftest import fresh_url

ROWS = 200
PAGE = 30


def desk() -> pd.DataFrame:
    """Two hundred tickets."""
    numbers = range(ROWS)
    return pd.DataFrame(
        {
            "number": [f"T-{n:03d}" for n in numbers],
            "created": [f"2026-01-{n % 28 + 1:02d}T{n % 24:02d}:00:00Z" for n in numbers],
            "title": [f"Order {n}, “late”" for n in numbers],
            "state": [("New", "resolved", "On Hold")[n % 3] for n in numbers],
            "urgency": [("P1", "medium", None)[n % 3] for n in numbers],
        }
    )


def _zip(frame: pd.DataFrame, path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tickets.csv", frame.to_csv(index=False))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return json.loads(frame.to_json(orient="records"))


def write_table(frame: pd.DataFrame, url: str, name: str = "tickets") -> None:
    """The desk in a database, by pandas and SQLAlchemy."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        texts = {column: sa.String(100) for column in frame.columns}
        frame.to_sql(name, connection, index=False, dtype=texts)  # type: ignore[arg-type]
        if engine.name != "sqlite":
            connection.execute(sa.text(f"ALTER TABLE {name} ADD PRIMARY KEY ({frame.columns[0]})"))
    engine.dispose()


WRITERS: dict[str, Callable[[pd.DataFrame, Path], Any]] = {
    "t.csv": lambda frame, path: frame.to_csv(path, index=False),
    "t.csv.gz": lambda frame, path: path.write_bytes(gzip.compress(frame.to_csv(index=False).encode())),
    "t.zip": _zip,
    "t.tsv": lambda frame, path: frame.to_csv(path, index=False, sep="\t"),
    "t.jsonl": lambda frame, path: path.write_text("".join(f"{json.dumps(row)}\n" for row in _records(frame))),
    "t.json": lambda frame, path: path.write_text(json.dumps({"tickets": _records(frame), "count": ROWS}, indent=1)),
    "t.parquet": lambda frame, path: frame.to_parquet(path, row_group_size=70),
    "t.xlsx": lambda frame, path: frame.to_excel(path, index=False),
}
DATABASES = ("postgresql", "mariadb", "sqlite")


@pytest.fixture(params=[*WRITERS, *DATABASES])
def desk_source(request: pytest.FixtureRequest, make: Callable[..., Source], tmp_path: Path) -> Source:
    """The same desk in one of the formats or databases."""
    if request.param in DATABASES:
        url = fresh_url(request, request.param, tmp_path)
        write_table(desk(), url)
        return make("sql", url=url, table="tickets", page_rows=PAGE)
    WRITERS[request.param](desk(), tmp_path / request.param)
    return make(url=request.param, page_rows=PAGE)


def rows_of(source: Source, cursor: Any) -> pd.DataFrame:
    batches = [batch for page in source.pull(cursor) for batch in source.normalise(page)]
    assert not [reject for batch in batches for reject in batch.rejects]
    return pd.concat([batch.rows.to_pandas() for batch in batches], ignore_index=True)


def test_every_format_gives_the_same_rows(desk_source: Source) -> None:
    got = rows_of(desk_source, {})
    assert got["id"].tolist() == desk()["number"].tolist()
    assert got["subject"].tolist() == desk()["title"].tolist()
    assert got["status"].tolist()[:3] == ["new", "solved", "hold"]
    assert got["priority"].iloc[:2].tolist() == ["urgent", "normal"] and got["priority"].isna().sum() == ROWS // 3
    assert got["created_at"].iloc[25].isoformat() == "2026-01-26T01:00:00+00:00"


def test_pages_are_of_the_size_asked_for_and_only_the_first_says_so(desk_source: Source) -> None:
    pages = list(desk_source.pull({}))
    assert [page.rows.num_rows for page in pages] == [30] * 6 + [20]
    assert [page.first for page in pages] == [True] + [False] * 6


def test_a_second_pull_adds_nothing(desk_source: Source) -> None:
    *_, last = desk_source.pull({})
    assert list(desk_source.pull(last.cursor)) == []


def test_a_cursor_survives_being_kept_as_json(desk_source: Source) -> None:
    pages = list(desk_source.pull({}))
    kept = json.loads(json.dumps(pages[2].cursor))
    assert kept == pages[2].cursor


@pytest.mark.parametrize("stop", range(7))
def test_a_pull_after_any_page_gives_the_rest_exactly(desk_source: Source, stop: int) -> None:
    pages = list(desk_source.pull({}))
    rest = list(desk_source.pull(pages[stop].cursor))
    assert [page.rows for page in rest] == [page.rows for page in pages[stop + 1 :]]
    assert [page.lines.tolist() for page in rest] == [page.lines.tolist() for page in pages[stop + 1 :]]
    assert not any(page.first for page in rest)


def test_a_sample_has_the_fields_of_the_source(desk_source: Source) -> None:
    sample = desk_source.sample(5)
    assert (sample.num_rows, sample.column_names) == (5, ["number", "created", "title", "state", "urgency"])
