"""The servers that other tests rely on start, keep what they were given and stop."""

from __future__ import annotations

import psycopg
import pytest

from .postgres import postgres
from .process import answers
from .s3 import s3


def test_postgres_keeps_rows_asks_a_password_and_stops() -> None:
    with postgres() as server:
        url = server.create("desk").replace("+psycopg", "")
        server.run("CREATE TABLE t AS SELECT '🎧'::text AS said", database="desk")
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT said FROM t").fetchone() == ("🎧",)
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(url.replace(":desk-", ":wrong-"))
    assert not answers(server.port)


def test_s3_keeps_objects_and_stops() -> None:
    with s3() as server:
        server.bucket("desk")
        server.client().put_object(Bucket="desk", Key="a/b.csv", Body=b"id\n1\n")
        assert server.client().get_object(Bucket="desk", Key="a/b.csv")["Body"].read() == b"id\n1\n"
    assert not answers(server.port)
