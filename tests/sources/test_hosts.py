"""Hosts of a database: TLS that is verified, clear text refused, and another host where one is lost."""

from __future__ import annotations

import itertools
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from deskbook.errors import ConfigError, SourceMissing, Unreadable
from deskbook.sources import Source
from deskbook.sources.failures import Unreachable

from ..servers import mariadb as mariadb_module
from ..servers import postgres as postgres_module
from ..servers.certificates import Certificate, signed
from ..servers.mariadb import MariaDB, mariadb
from ..servers.postgres import Postgres, postgres
from ..servers.process import free_port
from .conftest import COUNT

Make = Callable[..., Source]
SERVES_WITHIN_SECONDS = 10
ROWS = 5_000


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Certificate]:
    folder = tmp_path_factory.mktemp("certificates")
    return {"here": signed(folder, "here", "127.0.0.1"), "elsewhere": signed(folder, "elsewhere", "db.example.com")}


@pytest.fixture(scope="module", params=["postgresql", "mariadb"])
def secure(request: pytest.FixtureRequest, certificates: dict[str, Certificate]) -> Iterator[dict[str, str]]:
    """Two servers that speak TLS, one with a certificate for another name."""
    here, elsewhere = certificates["here"], certificates["elsewhere"]
    if request.param == "postgresql":
        with postgres(tls=here) as one, postgres(tls=elsewhere) as two:
            yield {"here": filled(one), "elsewhere": filled(two)}
    else:
        told = [{"ssl_cert": str(one.certificate), "ssl_key": str(one.key)} for one in (here, elsewhere)]
        with mariadb(told[0]) as one, mariadb(told[1]) as two:
            yield {"here": filled(one), "elsewhere": filled(two)}


def filled(server: Postgres | MariaDB) -> str:
    """A database of a server with a table of tickets."""
    name = f"desk{next(COUNT)}"
    url = server.create(name)
    create = "CREATE TABLE tickets (number integer PRIMARY KEY, created varchar(20), title varchar(4000))"
    numbers = f"generate_series(1, {ROWS}) AS seq" if isinstance(server, Postgres) else f"seq_1_to_{ROWS}"
    insert = f"INSERT INTO tickets SELECT seq - 1, '2026-01-01', repeat('x', 4000) FROM {numbers}"
    server.run(create, insert, database=name)
    return url


def count(source: Source) -> int:
    return sum(page.rows.num_rows for page in source.pull({}))


def test_a_server_that_proves_who_it_is_is_read(
    make: Make, secure: dict[str, str], certificates: dict[str, Certificate]
) -> None:
    source: Any = make("sql", url=secure["here"], ca=str(certificates["here"].ca), table="tickets")
    assert count(source) == ROWS
    with source._database.reading() as reading:
        asked = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        asked = asked if reading.backend == "postgresql" else "SHOW STATUS LIKE 'Ssl_cipher'"
        assert reading.connection.execute(sa.text(asked)).fetchone()[-1]


def test_an_authority_that_did_not_sign_is_not_trusted(
    make: Make, secure: dict[str, str], certificates: dict[str, Certificate]
) -> None:
    source = make("sql", url=secure["here"], ca=str(certificates["elsewhere"].ca), table="tickets")
    with pytest.raises(Unreadable, match=r"could not prove who it is. Give the authority .* with ca:"):
        count(source)


def test_a_certificate_for_another_name_is_refused(
    make: Make, secure: dict[str, str], certificates: dict[str, Certificate]
) -> None:
    source = make("sql", url=secure["elsewhere"], ca=str(certificates["elsewhere"].ca), table="tickets")
    with pytest.raises(Unreadable, match="could not prove who it is"):
        count(source)


def test_a_server_without_tls_is_refused_where_it_is_asked_for(
    make: Make, request: pytest.FixtureRequest, certificates: dict[str, Certificate]
) -> None:
    for fixture in ("postgres_server", "mariadb_server"):
        url = request.getfixturevalue(fixture).create(f"desk{next(COUNT)}")
        source = make("sql", url=url, ca=str(certificates["here"].ca), table="tickets")
        with pytest.raises(Unreadable, match="do not agree on TLS"):
            count(source)


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer"])
def test_clear_text_to_another_machine_is_refused_unless_the_entry_says_so(make: Make, mode: str) -> None:
    url = f"postgresql://desk@db.example.com/desk?sslmode={mode}"
    with pytest.raises(ConfigError, match=r"would speak to db.example.com in clear text .* cleartext: allowed"):
        make("sql", url=url, table="t")
    make("sql", url=url, table="t", cleartext="allowed")


def test_another_machine_is_spoken_to_with_everything_verified(make: Make) -> None:
    source: Any = make("sql", url="postgresql://desk@db.example.com/desk", table="t")
    assert source._database.hosts[0].url.query["sslmode"] == "verify-full"
    assert "sslrootcert" in source._database.libpq(source._database.hosts[0])
    mysql: Any = make("sql", url="mysql+pymysql://desk@db.example.com/desk", table="t")
    _, given = mysql._database._address(mysql._database.hosts[0].url)
    assert given["ssl_verify_identity"] and given["ssl_verify_cert"]


def test_a_missing_authority_is_named(make: Make) -> None:
    source = make("sql", url="postgresql://desk@db.example.com/desk", ca="none.pem", table="t")
    with pytest.raises(SourceMissing, match=r"ca: names .*none.pem, which is not there"):
        count(source)


def test_hosts_stand_in_the_url_or_beside_it(make: Make) -> None:
    for given in (
        {"url": "postgresql://desk@one:5433,two/desk"},
        {"url": "postgresql://desk@x/desk", "hosts": ["one:5433", "two"]},
    ):
        source: Any = make("sql", table="t", cleartext="allowed", **given)
        assert [(host.url.host, host.url.port, host.is_first) for host in source._database.hosts] == [
            ("one", 5433, True),
            ("two", None, False),
        ]


@pytest.mark.parametrize("kind", ["postgresql", "mariadb"])
def test_a_replica_serves_when_the_first_host_is_killed_in_the_middle_and_the_first_again_when_it_is_back(
    make: Make, kind: str
) -> None:
    """The replica holds the same rows; that it got them by replication would change nothing here."""
    module: Any = postgres_module if kind == "postgresql" else mariadb_module
    with postgres() if kind == "postgresql" else mariadb() as first, module_of(kind)() as second:
        url, other = filled(first), filled(second)
        name = url.rpartition("/")[2].partition("?")[0]
        rename(second, other.rpartition("/")[2].partition("?")[0], name)
        source: Any = make(
            "sql",
            url=url,
            hosts=[f"127.0.0.1:{first.port}", f"127.0.0.1:{second.port}"],
            table="tickets",
            page_rows=300,
        )
        pulled = source.pull({})
        taken = [page for page in itertools.islice(pulled, 1)]
        first.kill()
        begun = time.monotonic()
        taken += list(pulled)
        assert time.monotonic() - begun < SERVES_WITHIN_SECONDS
        numbers = [n for page in taken for n in page.rows["number"].to_pylist()]
        assert sorted(numbers) == list(range(ROWS)) and len(numbers) == ROWS
        with source._database.reading() as reading:
            assert not reading.host.is_first
        (first.folder / "postmaster.pid").unlink(missing_ok=True)
        with module.serving(first.folder, {}, port=first.port), source._database.reading() as reading:
            assert reading.host.is_first


def module_of(kind: str) -> Any:
    return postgres if kind == "postgresql" else mariadb


def rename(server: Postgres | MariaDB, old: str, new: str) -> None:
    if isinstance(server, Postgres):
        server.run(f"ALTER DATABASE {old} RENAME TO {new}")
    else:
        server.run(f"CREATE DATABASE {new}", f"RENAME TABLE {old}.tickets TO {new}.tickets")


def test_a_dead_host_is_given_up_within_its_time(make: Make, request: pytest.FixtureRequest) -> None:
    server = request.getfixturevalue("postgres_server")
    server.process.send_signal(signal.SIGSTOP)  # accepts connections, and never answers
    try:
        source = make("sql", url=server.url(), table="t", connect_timeout_seconds=2)
        begun = time.monotonic()
        with pytest.raises(Unreachable, match="does not answer"):
            count(source)
        assert time.monotonic() - begun < SERVES_WITHIN_SECONDS
    finally:
        server.process.send_signal(signal.SIGCONT)


def test_no_host_that_answers_names_them_all(make: Make) -> None:
    ports = [free_port(), free_port()]
    url = f"postgresql://desk:s3cr3t@127.0.0.1:{ports[0]},127.0.0.1:{ports[1]}/desk"
    with pytest.raises(Unreachable) as failure:
        count(make("sql", url=url, table="t"))
    assert all(str(port) in str(failure.value) for port in ports) and "s3cr3t" not in str(failure.value)


def test_the_pool_is_as_large_as_the_entry_says(make: Make, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    url = filled(request.getfixturevalue("postgres_server"))
    source: Any = make("sql", url=url, table="tickets", pool_size=2)
    other: Any = make("sql", url=url, table="tickets", pool_size=2)
    with source._database.reading() as one, other._database.reading() as two:
        pool = one.connection.engine.pool
        assert one.connection.engine is two.connection.engine
        assert (pool.size(), pool.checkedout(), pool._max_overflow) == (2, 2, 0)
    assert pool.checkedout() == 0
