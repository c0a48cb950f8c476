"""A MariaDB server of its own in a temporary folder."""

from __future__ import annotations

import getpass
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymysql

from .process import free_port, program, started

FOLDERS = ("/usr/sbin", "/usr/bin")
USER, PASSWORD = "desk", "desk-only-on-loopback"


@dataclass
class MariaDB:
    """A running server."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    def url(self, database: str = "test", *, driver: str = "mysql+pymysql") -> str:
        """The address of a database, with the password."""
        return f"{driver}://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{database}?charset=utf8mb4"

    def connect(self, database: str | None = None) -> pymysql.Connection[Any]:
        """A connection that commits each statement."""
        return pymysql.connect(
            host="127.0.0.1", port=self.port, user=USER, password=PASSWORD, database=database, charset="utf8mb4",
            autocommit=True,
        )  # fmt: skip

    def run(self, *statements: str, database: str | None = None) -> None:
        """Statements, each committed by itself."""
        with self.connect(database) as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def create(self, name: str) -> str:
        """A new database's address."""
        self.run(f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4")
        return self.url(name)

    def kill(self) -> None:
        """Stop at once, as a crash does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)


@contextmanager
def mariadb(settings: Mapping[str, str] | None = None) -> Iterator[MariaDB]:
    """A server on a free port, gone with its data afterwards.

    Args:
        settings: of mariadbd, such as ssl_cert.
    """
    with tempfile.TemporaryDirectory(prefix="deskbook-mariadb-") as made:
        data = Path(made) / "data"
        install = program("mariadb-install-db", "mariadb-server", also=FOLDERS)
        given = [f"--datadir={data}", f"--user={getpass.getuser()}", "--auth-root-authentication-method=normal"]
        subprocess.run([install, "--no-defaults", "--skip-test-db", *given], check=True, capture_output=True)
        first = Path(made) / "first.sql"
        first.write_text(
            f"CREATE USER IF NOT EXISTS '{USER}'@'%' IDENTIFIED BY '{PASSWORD}'; "
            f"GRANT ALL ON *.* TO '{USER}'@'%' WITH GRANT OPTION; DELETE FROM mysql.global_priv WHERE User = ''; "
            "FLUSH PRIVILEGES; CREATE DATABASE IF NOT EXISTS test CHARACTER SET utf8mb4;\n".replace("; ", ";\n")
        )
        with serving(data, settings or {}) as server:
            yield server


@contextmanager
def serving(data: Path, settings: Mapping[str, str], *, port: int | None = None) -> Iterator[MariaDB]:
    """A server over an existing data folder; starting one again after `kill` keeps what was committed."""
    port = port or free_port()
    told = {
        "bind_address": "127.0.0.1",
        "socket": str(data.parent / "mariadb.sock"),
        "pid_file": str(data.parent / "mariadb.pid"),
        "init_file": str(data.parent / "first.sql"),
        "innodb_flush_log_at_trx_commit": "0",
        "innodb_buffer_pool_size": "256M",
        "skip_name_resolve": "1",
        **settings,
    }
    options = [f"--{name.replace('_', '-')}={value}" for name, value in told.items()]
    command = [program("mariadbd", "mariadb-server", also=FOLDERS), "--no-defaults", f"--user={getpass.getuser()}"]
    log = data.parent / "server.log"
    command += [f"--datadir={data}", f"--port={port}", *options]
    with started(command, log, ready=lambda: _is_up(port)) as process:
        yield MariaDB(port, data, process)
        process.kill()  # its data goes with it


def _is_up(port: int) -> bool:
    try:
        pymysql.connect(host="127.0.0.1", port=port, user=USER, password=PASSWORD, connect_timeout=2).close()
    except pymysql.Error:
        return False
    return True
