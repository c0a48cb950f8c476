"""PostgreSQL says when a table changed: heard at once, and again after its server was away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from queue import Empty, Queue
from threading import Event, Thread
from typing import Any

import pytest

from deskbook.errors import ConfigError
from deskbook.sources import Source, Waking

from ..servers import postgres as postgres_module
from ..servers.postgres import Postgres, postgres

Make = Callable[..., Source]
TRIGGER = (
    "CREATE FUNCTION tickets_changed() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN PERFORM pg_notify('tickets', ''); RETURN NULL; END $$",
    "CREATE TRIGGER tickets_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON tickets "
    "FOR EACH STATEMENT EXECUTE FUNCTION tickets_changed()",
)
PATIENCE_SECONDS = 20


class Ear:
    """A thread that listens, as a worker does."""

    def __init__(self, source: Any) -> None:
        self.stop, self.heard = Event(), Queue[bool]()
        self._thread = Thread(target=self._listen, args=(source,))
        self._thread.start()

    def _listen(self, source: Any) -> None:
        for _ in source.wakes(self.stop):
            self.heard.put(True)

    def close(self) -> None:
        self.stop.set()
        self._thread.join(PATIENCE_SECONDS)
        assert not self._thread.is_alive()


@pytest.fixture
def server() -> Iterator[Postgres]:
    with postgres() as server:
        server.run("CREATE TABLE tickets (number integer)", *TRIGGER)
        yield server


def said(server: Postgres, ear: Ear) -> bool:
    """Whether a change is heard; it is made again until the ear listens."""
    for number in range(PATIENCE_SECONDS * 2):
        server.run(f"INSERT INTO tickets VALUES ({number})")
        try:
            return ear.heard.get(timeout=0.5)
        except Empty:
            continue
    return False


def test_a_change_is_heard_and_again_after_the_server_was_away(make: Make, server: Postgres) -> None:
    source = make("sql", url=server.url(), table="tickets", notify="tickets")
    assert isinstance(source, Waking)
    ear = Ear(source)
    try:
        assert said(server, ear)
        server.kill()
        (server.folder / "postmaster.pid").unlink(missing_ok=True)
        with postgres_module.serving(server.folder, {}, port=server.port) as again:
            assert ear.heard.get(timeout=PATIENCE_SECONDS)  # whatever was said meanwhile
            assert said(again, ear)
    finally:
        ear.close()


def test_an_entry_without_a_channel_does_not_listen(make: Make) -> None:
    assert not isinstance(make("sql", url="postgresql://desk@127.0.0.1/desk", table="t"), Waking)
    with pytest.raises(ConfigError, match="notify: is PostgreSQL's LISTEN; sqlite has none"):
        make("sql", url="sqlite:///desk.db", table="t", notify="tickets")
