"""A PostgreSQL server of its own in a temporary folder."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from .certificates import Certificate
from .process import free_port, program, started

FOLDERS = tuple(str(folder) for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))
PASSWORD = "desk-only-on-loopback"


@dataclass
class Postgres:
    """A running server.

    Attributes:
        folder: its data; `pg_hba.conf` and certificates lie there.
    """

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    def url(self, database: str = "postgres", *, driver: str = "postgresql+psycopg") -> str:
        """The address of a database, with the password."""
        return f"{driver}://postgres:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Statements, each committed by itself."""
        with psycopg.connect(self.url(database, driver="postgresql"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def create(self, name: str) -> str:
        """A new database's address."""
        self.run(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def kill(self) -> None:
        """Stop at once, as a crash does."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(30)


@contextmanager
def postgres(
    settings: Mapping[str, str] | None = None, *, hba: Sequence[str] = (), tls: Certificate | None = None
) -> Iterator[Postgres]:
    """A server on a free port, gone with its data afterwards.

    Args:
        settings: of postgresql.conf.
        hba: lines of pg_hba.conf in front of the one that wants a password on loopback.
        tls: what it proves with who it is.
    """
    with tempfile.TemporaryDirectory(prefix="deskbook-pg-") as made:
        data = Path(made) / "data"
        user = _owner(Path(made))
        secret = Path(made) / "password"
        secret.write_text(PASSWORD)
        if user:
            _give(secret, user)
        initdb = [program("initdb", "postgresql", also=FOLDERS), "-D", str(data), "-U", "postgres", "-N", "-E", "UTF8"]
        given = ["--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={secret}"]
        subprocess.run([*initdb, *given], check=True, capture_output=True, user=user)
        access = "\n".join([*hba, "host all all 127.0.0.1/32 scram-sha-256", ""])
        (data / "pg_hba.conf").write_text(access)
        told = {**(settings or {}), **(_with_tls(data, tls, user) if tls else {})}
        with serving(data, told) as server:
            yield server


def _with_tls(data: Path, tls: Certificate, user: str | None) -> dict[str, str]:
    """Settings of a server that speaks TLS; it wants to own its key."""
    for name, file in (("server.crt", tls.certificate), ("server.key", tls.key)):
        (data / name).write_bytes(file.read_bytes())
        (data / name).chmod(0o600)
        if user:
            _give(data / name, user)
    return {"ssl": "on", "ssl_cert_file": str(data / "server.crt"), "ssl_key_file": str(data / "server.key")}


@contextmanager
def serving(data: Path, settings: Mapping[str, str], *, port: int | None = None) -> Iterator[Postgres]:
    """A server over an existing data folder; starting one again after `kill` keeps what was committed."""
    port = port or free_port()
    user = "postgres" if os.getuid() == 0 else None
    told = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off", **settings}
    options = [word for name, value in told.items() for word in ("-c", f"{name}={value}")]
    command = [program("postgres", "postgresql", also=FOLDERS), "-D", str(data), "-p", str(port), *options]
    log = data.parent / "server.log"
    address = f"postgresql://postgres:{PASSWORD}@127.0.0.1:{port}/postgres"
    with started(command, log, ready=lambda: _is_up(address), user=user) as process:
        yield Postgres(port, data, process)
        process.send_signal(signal.SIGINT)  # else it would wait for clients that keep their connections


def _is_up(address: str) -> bool:
    try:
        psycopg.connect(address, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _owner(folder: Path) -> str | None:
    """Whom the server runs as: it refuses root, so root gives the folder to `postgres`."""
    if os.getuid() != 0:
        return None
    _give(folder, "postgres")
    return "postgres"


def _give(path: Path, user: str) -> None:
    import pwd

    entry = pwd.getpwnam(user)
    os.chown(path, entry.pw_uid, entry.pw_gid)
