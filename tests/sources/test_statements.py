"""A query is proved to only read before any database sees it."""

from __future__ import annotations

import pytest

from deskbook.errors import ConfigError
from deskbook.sources.statements import read_only

READING = {
    "postgresql": (
        "select 'a; delete' -- drop",
        'SELECT "update" FROM t;',
        "with a as (select 1) select * from a",
        "select distinct on (id) * from t where created > now() - interval '90 days' order by id, updated desc",
        "select a->>'b', x::text, array_agg(y order by z) filter (where q) from t group by 1, 2",
        "select * from t, lateral (select 1) q union all select * from u",
    ),
    "mysql": (
        "select `update`, ifnull(a, 0) from t where a like '%;%'",
        "select group_concat(x separator ';'), replace(a, 'x', 'y'), insert('a', 1, 1, 'b') from t group by y",
    ),
    "sqlite": ("select * from t where a glob '*x*'", "WITH l AS (SELECT * FROM t WHERE a <> ':x') SELECT b FROM l;"),
}
WRITING = {
    "postgresql": (
        *("", "DELETE FROM t", "SELECT 1; SELECT 2", "select 1 -- x\n; delete from t", "SELEC 1"),
        *("WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x", "select * into b from a"),
        *("select * from a for update", "select * from a for share skip locked", "explain analyze delete from t"),
        *("select pg_read_file('x')", "select pg_catalog.pg_read_file('x')", "select \"pg_read_file\"('x')"),
        *("select lo_import('x')", "select * from dblink('x', 'y') as t(a int)", "copy t to stdout", "vacuum"),
        *("select nextval('s')", "select 1 where exists (select setval('s', 1))", "select pg_terminate_backend(1)"),
        *("set x = 1", "do $$begin end$$", "call f()", "select query_to_xml('delete from t', true, true, '')"),
    ),
    "mysql": (
        *("select * from t into outfile '/tmp/x'", "select a into dumpfile 'x' from t", "select load_file('x')"),
        *("select /*!50000 sleep(5)*/ 1", "select * from t lock in share mode", "replace into t values (1)"),
        *("select get_lock('a', 1)", "handler t open", "select 1 into @a"),
    ),
    "sqlite": (
        *("pragma writable_schema=1", "attach 'x' as y", "select load_extension('x')", "select writefile('a', 'b')"),
        *("insert into t values (1) returning *", "vacuum into 'x'"),
    ),
}


@pytest.mark.parametrize(("backend", "query"), [(name, one) for name, all in READING.items() for one in all])
def test_a_query_that_only_reads_is_left_as_it_is(backend: str, query: str) -> None:
    assert read_only(query, "desk", backend).rstrip() == query.rstrip(";")


@pytest.mark.parametrize(("backend", "query"), [(name, one) for name, all in WRITING.items() for one in all])
def test_a_query_that_could_do_more_is_refused(backend: str, query: str) -> None:
    with pytest.raises(ConfigError, match=r"Entry 'desk': query:"):
        read_only(query, "desk", backend)


def test_a_refusal_says_what_the_function_does() -> None:
    with pytest.raises(ConfigError, match=r"calls pg_read_file\(\), which reads or writes files of the server"):
        read_only("select pg_read_file('x')", "desk")
