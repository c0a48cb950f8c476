"""What signs the address of a web file is used to read it, and stands in no origin, cursor or message."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from deskbook.errors import SourceError
from deskbook.sources import Entry, source

from ..conftest import NOW

TOKEN = "sig-4711-secret"


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, to whoever has the token."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def send_head(self):  # type: ignore[no-untyped-def]
        if f"sig={TOKEN}" not in self.path:
            self.send_error(403)
            return None
        return super().send_head()


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "tickets.csv").write_text("id,created_at\n1,2026-10-01\n")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def entry(url: str) -> Entry:
    mapping = {"id": "id", "created_at": "created_at"}
    return Entry(
        name="web", kind="files", source="web", table="tickets", mapping=mapping, options={"url": url, "format": "csv"}
    )


def test_a_signed_file_is_read_and_its_signature_kept_nowhere(address: str) -> None:
    made = source["files"](entry(f"{address}tickets.csv?sig={TOKEN}"), lambda: NOW)
    (page,) = made.pull({})
    (batch,) = made.normalise(page)
    assert batch.rows.num_rows == 1
    assert page.origin.endswith("tickets.csv?sig=***")
    assert TOKEN not in f"{page.origin} {page.cursor} {batch.raw}"


@pytest.mark.parametrize("path", ["gone.csv", "tickets.csv.gz"])
def test_a_signed_file_that_is_not_there_is_named_without_its_signature(address: str, path: str) -> None:
    with pytest.raises(SourceError) as raised:
        list(source["files"](entry(f"{address}{path}?sig={TOKEN}"), lambda: NOW).pull({}))
    assert path in str(raised.value) and TOKEN not in str(raised.value)
