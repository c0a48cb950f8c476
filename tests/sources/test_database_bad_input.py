"""What goes wrong with a database is named with its next step; the other rows go on, and none is lost."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from deskbook.errors import ConfigError, SourceMissing, Unreadable
from deskbook.schema import Reject
from deskbook.sources import Source
from deskbook.sources.failures import Unreachable

from ..servers.mariadb import MariaDB
from ..servers.postgres import Postgres
from .conftest import COUNT, fresh_url

Make = Callable[..., Source]
MAPPING = {"id": "number", "created_at": "created", "subject": "title"}


def run(url: str, *statements: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for one in statements:
            connection.execute(sa.text(one))
    engine.dispose()


def read(source: Source) -> tuple[dict[str, Any], list[Reject]]:
    """Id -> when it was created, and the rows set aside."""
    batches = [batch for page in source.pull({}) for batch in source.normalise(page)]
    rows = {row["id"]: row["created_at"] for batch in batches for row in batch.rows.to_pylist()}
    return rows, [reject for batch in batches for reject in batch.rejects]


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 1, day, hour, tzinfo=UTC)


@pytest.mark.parametrize("kind", ["postgresql", "mariadb"])
def test_a_wrong_password_an_unknown_host_and_a_missing_table_are_told_apart(
    make: Make, request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    url = fresh_url(request, kind, tmp_path)
    run(url, "CREATE TABLE tickets (number integer)")
    with pytest.raises(Unreadable, match=r"refuses the user or the password. Check user: and what password:") as told:
        read(make("sql", url=url, password="s3cr3t", table="tickets", mapping=MAPPING))
    assert "s3cr3t" not in str(told.value)
    with pytest.raises(Unreachable, match="has a host that nobody knows"):
        read(make("sql", url=url, hosts=["no.such.host.invalid"], cleartext="allowed", table="tickets"))
    with pytest.raises(SourceMissing, match=r"'ticket', which .* lacks. Did you mean 'tickets'"):
        read(make("sql", url=url, table="ticket", mapping=MAPPING))
    with pytest.raises(SourceMissing, match="lacks a table that the query reads"):
        read(make("sql", url=url, query="SELECT * FROM nowhere", mapping=MAPPING))


@pytest.mark.parametrize("kind", ["postgresql", "mariadb", "sqlite"])
def test_the_database_itself_refuses_what_the_grammar_let_through(
    make: Make, request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    url = fresh_url(request, kind, tmp_path)
    run(url, "CREATE TABLE tickets (number integer)")
    source: Any = make("sql", url=url, table="tickets")
    with pytest.raises(Unreadable, match="refused to write"), source._database.reading() as reading:
        reading.connection.execute(sa.text("INSERT INTO tickets VALUES (1)"))


def test_a_function_of_ones_own_that_writes_is_refused_by_postgresql(make: Make, postgres_server: Postgres) -> None:
    url = postgres_server.create(f"desk{next(COUNT)}")
    run(
        url,
        "CREATE TABLE log (n integer)",
        "CREATE FUNCTION harmless() RETURNS integer LANGUAGE sql AS 'INSERT INTO log VALUES (1) RETURNING n'",
    )
    with pytest.raises(Unreadable, match="refused to write"):
        read(make("sql", url=url, query="SELECT harmless() AS number", mapping={"id": "number"}))


def test_infinite_and_far_times_of_postgresql_are_named_and_the_others_go_on(
    make: Make, postgres_server: Postgres
) -> None:
    url = postgres_server.create(f"desk{next(COUNT)}")
    run(
        url,
        "CREATE TABLE tickets (number integer PRIMARY KEY, created timestamptz, title text, updated timestamptz)",
        "INSERT INTO tickets VALUES (1, '2026-01-01 10:00Z', '🎧', '2026-01-01Z'), (2, 'infinity', 'b', 'infinity'), "
        "(3, '-infinity', 'c', '2026-01-02Z'), (4, '20000-01-01', 'd', '2026-01-03Z'), "
        "(5, '2026-01-02 12:00+02', 'e', '2026-01-04Z')",
    )
    rows, rejects = read(make("sql", url=url, table="tickets", mapping=MAPPING))
    assert rows == {"1": at(1), "5": at(2)}
    assert [(r.line, r.column, r.reason.partition(";")[0]) for r in rejects] == [
        (2, "created_at", "created_at 'infinity' is no time"),
        (3, "created_at", "created_at '-infinity' is no time"),
        (4, "created_at", "created_at '20000-01-01T00:00:00.000000Z' is no time"),
    ]
    assert '"title":"b"' in rejects[0].payload.replace(" ", "")
    followed = list(make("sql", url=url, table="tickets", mapping=MAPPING, cursor_column="updated").pull({}))
    assert [r.reason for page in followed for r in page.rejects] == [
        "updated is 'infinity', so the row cannot be followed by it"
    ]


def test_zero_dates_of_mysql_are_named_and_the_others_go_on(make: Make, mariadb_server: MariaDB) -> None:
    url = mariadb_server.create(f"desk{next(COUNT)}")
    run(
        url,
        "CREATE TABLE tickets (number integer PRIMARY KEY, created datetime, title text)",
        "SET SESSION sql_mode = ''",
        "INSERT INTO tickets VALUES (1, '2026-01-01 11:00', '🎧 ok'), (2, '0000-00-00', 'b'), "
        "(3, '2026-01-02 11:00', 'c')",
    )
    source = make("sql", url=url, table="tickets", mapping=MAPPING, zone="Europe/Berlin")
    rows, rejects = read(source)
    assert rows == {"1": at(1), "3": at(2)}
    assert [(r.line, r.column) for r in rejects] == [(2, "created_at")]
    assert "'0000-00-00 00:00:00' is no time" in rejects[0].reason and "NULLIF" in rejects[0].reason
    titles = [b.rows["subject"].to_pylist() for page in source.pull({}) for b in source.normalise(page)]
    assert titles == [["🎧 ok", "c"]]


@pytest.mark.parametrize(("kind", "naive"), [("postgresql", "timestamp"), ("mariadb", "datetime")])
def test_times_without_a_zone_want_one(
    make: Make, request: pytest.FixtureRequest, tmp_path: Path, kind: str, naive: str
) -> None:
    url = fresh_url(request, kind, tmp_path)
    run(
        url,
        f"CREATE TABLE tickets (number integer PRIMARY KEY, created {naive}, title text)",
        "INSERT INTO tickets VALUES (1, '2026-01-01 11:00', 'a')",
    )
    with pytest.raises(ConfigError, match=r"maps created_at to 'created', a time .* without a zone. Write zone:"):
        read(make("sql", url=url, table="tickets", mapping=MAPPING))
    rows, _ = read(make("sql", url=url, table="tickets", mapping=MAPPING, zone="Europe/Berlin"))
    assert rows == {"1": at(1)}


def test_naive_and_zoned_times_in_one_column_are_each_read(make: Make, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/desk.db"
    run(
        url,
        "CREATE TABLE tickets (number INTEGER, created TEXT, title TEXT)",
        "INSERT INTO tickets VALUES (1, '2026-01-01 11:00:00', 'a'), (2, '2026-01-01T10:00:00Z', 'b'), "
        "(3, '2026-01-01 12:00:00+02:00', 'c')",
    )
    mapping = {**MAPPING, "created_at": {"field": "created", "zone": "Europe/Berlin"}}
    rows, rejects = read(make("sql", url=url, table="tickets", mapping=mapping))
    assert (rows, rejects) == ({"1": at(1), "2": at(1), "3": at(1)}, [])


@pytest.mark.parametrize("encoding", ["", "cp1252"])
def test_texts_that_are_no_utf8_are_set_aside_unless_their_encoding_is_said(
    make: Make, tmp_path: Path, encoding: str
) -> None:
    connection = sqlite3.connect(tmp_path / "desk.db")
    connection.execute("CREATE TABLE tickets (number INTEGER, created TEXT, title TEXT, photo BLOB)")
    connection.execute("INSERT INTO tickets VALUES (1, '2026-01-01T10:00:00Z', 'ok ü', x'ff00')")
    connection.execute("INSERT INTO tickets VALUES (2, '2026-01-02T10:00:00Z', CAST(x'6772fc6e' AS TEXT), NULL)")
    connection.commit()
    connection.close()
    source = make("sql", url="sqlite:///desk.db", table="tickets", mapping=MAPPING, encoding=encoding)
    rows, rejects = read(source)
    if encoding:
        assert rows == {"1": at(1), "2": at(2)} and not rejects
    else:
        assert rows == {"1": at(1)}
        assert [(r.line, r.column) for r in rejects] == [(2, "title")]
        assert "byte 0xfc at place 3 is no UTF-8; write the text's own encoding:" in rejects[0].reason


def test_a_value_of_another_type_is_set_aside_row_by_row(make: Make, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/desk.db"
    run(url, "CREATE TABLE tickets (number, created, title, seconds)")
    run(url, "INSERT INTO tickets VALUES (1, '2026-01-01T10:00:00Z', 'a', 5), (2, '2026-01-02T10:00:00Z', 'b', 'many')")
    mapping = {**MAPPING, "handling_seconds": "seconds"}
    rows, rejects = read(make("sql", url=url, table="tickets", mapping=mapping))
    assert [*rows] == ["1"] and [r.reason for r in rejects] == ["handling_seconds 'many' is no number"]


MEMORY = """
import resource, sys
from pathlib import Path
from deskbook.sources import Entry, source, utc_now
entry = Entry(name="t", kind="sql", source="t", table="tickets", options={"url": sys.argv[1], "table": "tickets"})
most = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform != "darwin" else 1024**2)
pulled = source["sql"](entry, utc_now).pull({})
rows, begun = next(pulled).rows.num_rows, most()
rows += sum(page.rows.num_rows for page in pulled)
print(rows, most() - begun)
"""


@pytest.mark.parametrize("kind", ["postgresql", "mariadb", "sqlite"])
def test_far_more_than_memory_allows_is_read_in_pages_of_few_megabytes(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    """240 MB of rows, 40 kB each: fifty thousand of them, a page by their number, would be two gigabytes."""
    url = fresh_url(request, kind, tmp_path)
    numbers = {
        "postgresql": "generate_series(1, 6000) AS s(n)",
        "mariadb": "(SELECT seq AS n FROM seq_1_to_6000) s",
        "sqlite": "(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 6000) SELECT n FROM s) s",
    }[kind]
    text = "replace(hex(zeroblob(20000)), '0', 'x')" if kind == "sqlite" else "repeat('x', 40000)"
    run(
        url,
        "CREATE TABLE tickets (number integer PRIMARY KEY, title text)",
        f"INSERT INTO tickets SELECT n, {text} FROM {numbers}",
    )
    done = subprocess.run([sys.executable, "-c", MEMORY, url], capture_output=True, text=True, check=True)
    rows, grown_mb = map(int, done.stdout.split())
    assert rows == 6000 and grown_mb < 100
