"""The index by command and by the worker: what was done is said, and an endpoint that is away ends nothing."""

from __future__ import annotations

import json

from deskbook.apps.worker import one_round
from deskbook.book import Book
from deskbook.rag import indexed_snapshot
from deskbook.rag.find import index_folder
from deskbook.settings import load_settings
from tests.apps.test_cli import run

from ..conftest import Workspace


def test_the_command_indexes_and_then_finds_nothing_to_do(workspace: Workspace) -> None:
    folder = workspace()
    (folder / "deskbook.toml").write_text('[workspace]\nembedding = "words"\n')
    assert run("sync", "sample_tickets", "sample_messages", home=folder).returncode == 0
    again = run("index", home=folder)
    assert again.returncode == 0 and "Index is up to date at snapshot" in again.stdout
    (folder / "deskbook.toml").write_text('[workspace]\nembedding = "words"\nvectors = "chroma"\n')
    done = json.loads(run("index", "--json", home=folder).stdout)
    assert done["rebuilt"] == "vectors were exact, now chroma" and done["messages"] > 100


def test_the_worker_says_what_it_indexed_and_goes_on_where_the_endpoint_is_away(workspace: Workspace) -> None:
    folder = workspace()
    environ = {"DESKBOOK_EMBEDDING": "words"}
    said: list[str] = []
    book = Book(load_settings(folder, environ))
    one_round(book, said.append)
    assert any(line.startswith("Index built anew (there was none): ") for line in said)
    before = indexed_snapshot(index_folder(book.settings))
    book.lake.close()

    (folder / "deskbook.toml").write_text(
        '[workspace]\nembedding = "endpoint"\nembedding_url = "http://127.0.0.1:9/v1"\nembedding_key = ""\n'
    )
    said.clear()
    book = Book(load_settings(folder, {}))
    one_round(book, said.append)
    assert [line for line in said if "Index left as it was" in line and "127.0.0.1:9" in line]
    assert indexed_snapshot(index_folder(book.settings)) == before
    book.lake.close()
