"""Rows off MySQL's wire are those that its own driver reads, wherever the network cuts them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pyarrow as pa
import pymysql
import pytest
from pymysql.converters import encoders
from pymysql.cursors import SSCursor

from deskbook.sources.mysqlrows import column_blocks

from ..servers.mariadb import PASSWORD, USER, MariaDB

LENGTHS = (0, 1, 250, 251, 252, 255, 256, 65_535, 65_536, 300_000)
ODD = "SELECT NULL, '', 'ä€😀', 1.50, 0x00ff, DATE'2026-01-02', JSON_OBJECT('a', NULL), -7, '0000-00-00', NULL"


class Shreds:
    """A stream whose reads end where they like."""

    def __init__(self, stream: Any) -> None:
        self._stream, self._draw = stream, random.Random(1)

    def read1(self, size: int) -> bytes:
        return bytes(self._stream.read1(self._draw.randint(1, 700)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@pytest.fixture
def connection(mariadb_server: MariaDB) -> Iterator[pymysql.Connection[Any]]:
    given = {"host": "127.0.0.1", "port": mariadb_server.port, "user": USER, "password": PASSWORD, "database": "test"}
    with closing(pymysql.connect(**given, charset="utf8mb4", conv=dict(encoders))) as made:
        yield made


def rows_of(connection: pymysql.Connection[Any], query: str) -> list[tuple[Any, ...]]:
    with closing(connection.cursor(SSCursor)) as cursor:
        cursor.execute(query)
        blocks = list(column_blocks(connection, cursor))
    return [row for columns in blocks for row in zip(*(column.to_pylist() for column in columns), strict=True)]


def by_driver(connection: pymysql.Connection[Any], query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


@pytest.mark.parametrize(
    "query",
    [
        ODD,
        " UNION ALL ".join(f"SELECT {n}, repeat('x', {n}), NULL, repeat('é', {n})" for n in LENGTHS),
        "SELECT seq, if(seq % 3, concat('t', seq), NULL), repeat('y', seq % 400) FROM seq_1_to_20000",
        "SELECT 1 WHERE false",
    ],
)
@pytest.mark.parametrize("in_shreds", [False, True])
def test_rows_are_those_that_the_driver_reads(connection: pymysql.Connection[Any], query: str, in_shreds: bool) -> None:
    wanted = by_driver(connection, query)
    if in_shreds:
        connection._rfile = Shreds(connection._rfile)
    assert rows_of(connection, query) == wanted
    assert rows_of(connection, "SELECT 'next'") == [("next",)]


def test_a_value_longer_than_a_packet_is_put_together(mariadb_server: MariaDB) -> None:
    mariadb_server.run("SET GLOBAL max_allowed_packet = 67108864")
    with closing(mariadb_server.connect()) as connection:
        query = "SELECT 1, repeat('x', 16777215 * 2), 'end' UNION ALL SELECT 2, 'y', 'too'"
        found = rows_of(connection, query)
    assert [(len(row[1]), row[2]) for row in found] == [(2 * 16_777_215, "end"), (1, "too")]


def test_who_stops_early_leaves_a_connection_that_answers(connection: pymysql.Connection[Any]) -> None:
    with closing(connection.cursor(SSCursor)) as cursor:
        cursor.execute("SELECT seq, repeat('z', 200) FROM seq_1_to_50000")
        blocks = column_blocks(connection, cursor)
        assert 0 < len(next(blocks)[0]) < 50_000
        blocks.close()
    assert rows_of(connection, "SELECT 'still here'") == [("still here",)]


def test_an_error_among_the_rows_is_the_server_s_own(connection: pymysql.Connection[Any]) -> None:
    with pytest.raises(pymysql.err.OperationalError, match=r"interrupted|Query execution"):
        rows_of(connection, "SET STATEMENT max_statement_time = 0.2 FOR SELECT seq, sleep(0.01) FROM seq_1_to_100000")
    assert rows_of(connection, "SELECT 1") == [("1",)]


def test_a_line_that_is_cut_is_a_lost_connection(connection: pymysql.Connection[Any]) -> None:
    with closing(connection.cursor(SSCursor)) as cursor:
        cursor.execute("SELECT seq, repeat('z', 200) FROM seq_1_to_50000")
        blocks = column_blocks(connection, cursor)
        next(blocks)
        connection._sock.shutdown(2)
        with pytest.raises(pymysql.err.OperationalError, match="Lost connection"):
            list(blocks)


def test_columns_are_texts_bytes_or_nothing(connection: pymysql.Connection[Any]) -> None:
    with closing(connection.cursor(SSCursor)) as cursor:
        cursor.execute("SELECT 'text', 0x00ff, NULL")
        (columns,) = column_blocks(connection, cursor)
    assert [column.type for column in columns] == [pa.string(), pa.binary(), pa.null()]
