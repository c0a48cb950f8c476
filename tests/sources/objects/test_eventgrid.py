"""Event Grid as a webhook: handshakes are answered, calls need the secret, and what they tell wakes the entry."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import yaml
from fastapi import FastAPI
from starlette.testclient import TestClient

from deskbook.apps.hooks import add_hooks
from deskbook.book import Book
from deskbook.errors import ConfigError
from deskbook.settings import load_settings
from deskbook.sources import Called, Hooked, Source
from deskbook.sources.notices import paths_in
from deskbook.sync.hearing import take_in

from ...fakes.eventgrid import EventGrid
from ...sync.test_rounds import until
from ..conftest import MAPPING
from .conftest import Bucket, csv

SECRET = "a secret of the event subscription"
HEADER = {"x-deskbook-secret": SECRET}
SCHEMAS = ("EventGridSchema", "CloudEventSchemaV1_0")


@pytest.fixture
def book(tmp_path: Path, on_azure: Bucket, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A desk of one entry in Azure that is pulled once a day, unless it is woken."""
    monkeypatch.setenv("DESK_STORAGE", on_azure.options["connection_string"])
    monkeypatch.setenv("DESK_WEBHOOK", SECRET)
    return open_desk(tmp_path / "desk", f"{on_azure.url}/e/*.csv", webhook_secret="{env(DESK_WEBHOOK)}")


def open_desk(folder: Path, url: str, **options: Any) -> Book:
    kwargs = {"url": url, "connection_string": "{env(DESK_STORAGE)}", **options}
    held = {
        "version": 2,
        "data": {"desk_data": {"datatype": "deskbook.catalog.datatypes:Files", "kwargs": kwargs}},
        "entries": {
            "desk": {
                "reader": "deskbook.catalog.readers:Rows",
                "kwargs": {"args": ["{data(desk_data)}"]},
                "metadata": {"table": "tickets", "every": "24h", "mapping": MAPPING},
            }
        },
    }
    (folder / "catalogs").mkdir(parents=True)
    (folder / "catalogs" / "desk.yaml").write_text(yaml.safe_dump(held))
    (folder / "deskbook.toml").write_text('[workspace]\nembedding = "words"\n')
    return Book(load_settings(folder, {}))


@pytest.fixture
def door(book: Book) -> Iterator[TestClient]:
    app = FastAPI()
    add_hooks(app, book)
    with TestClient(app) as client:
        yield client


@pytest.fixture
def grid(door: TestClient) -> Callable[..., EventGrid]:
    """An event subscription that calls the entry: grid(schema, properties)."""

    def make(schema: str = SCHEMAS[0], properties: dict[str, str] = HEADER, **more: Any) -> EventGrid:
        return EventGrid(door.request, "/hooks/desk", schema, properties, **more)

    return make


def woken(book: Book) -> list[str]:
    """The entries that what was heard wakes."""
    names: list[str] = []
    assert take_in(book._means(), book.hooks, names.append) == 0
    return names


Grid = Callable[..., EventGrid]


@pytest.mark.parametrize("in_handshake", [True, False])
@pytest.mark.parametrize("schema", SCHEMAS)
def test_the_handshake_is_answered_and_kept_nowhere(book: Book, grid: Grid, schema: str, in_handshake: bool) -> None:
    subscription = grid(schema, in_handshake=in_handshake)
    assert subscription.subscribe().status_code == 200 and subscription.is_open
    assert book.hooks.waiting(book._means().now()) == {}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_new_blob_of_the_entry_wakes_it_and_others_do_not(
    book: Book, grid: Grid, on_azure: Bucket, schema: str
) -> None:
    subscription = grid(schema)
    subscription.subscribe()
    subscription.written(on_azure.name, "f/a.csv", "e/a.txt")
    subscription.written("another", "e/a.csv")
    subscription.written(on_azure.name, "e/a.csv", kind="Microsoft.Storage.BlobDeleted")
    assert subscription.waiting == [] and woken(book) == []
    subscription.written(on_azure.name, "f/a.csv", "e/a new.csv")
    assert woken(book) == ["desk"] and woken(book) == []


def test_what_is_delivered_again_wakes_once(book: Book, grid: Grid, on_azure: Bucket) -> None:
    subscription = grid()
    subscription.subscribe()
    event = subscription._event(
        "Microsoft.Storage.BlobCreated", f"/blobServices/default/containers/{on_azure.name}/blobs/e/a.csv", {}
    )
    assert [subscription.deliver([event], attempt).status_code for attempt in (0, 1)] == [200, 200]
    assert woken(book) == ["desk"]
    assert subscription.deliver([event], 2).status_code == 200 and woken(book) == []


@pytest.mark.parametrize("properties", [{}, {"x-deskbook-secret": "guessed"}, {"x-deskbook-secret": SECRET[:-1]}])
def test_a_call_without_the_secret_is_refused_and_tells_nothing(
    book: Book, grid: Grid, on_azure: Bucket, properties: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    subscription = grid(properties=properties, in_handshake=False)
    subscription.subscribe()
    (told,) = subscription.written(on_azure.name, "e/a.csv")
    assert told.status_code == 401 and SECRET not in told.text + caplog.text
    assert len(subscription.waiting) == 1 and woken(book) == []


def test_a_handshake_with_a_wrong_secret_is_refused(grid: Grid) -> None:
    subscription = grid(properties={"x-deskbook-secret": "guessed"})
    assert subscription.subscribe().status_code == 401 and not subscription.is_open


def test_only_event_grid_is_told_that_it_may_call(door: TestClient) -> None:
    for origin in ("evil.example", "eventgrid.azure.net.evil.example", ""):
        told = door.options("/hooks/desk", headers={"WebHook-Request-Origin": origin})
        assert told.status_code == 401 and "webhook-allowed-origin" not in told.headers
    assert door.options("/hooks/nobody", headers={"WebHook-Request-Origin": "eventgrid.azure.net"}).status_code == 404


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"no json", b"[1]", b"null"])
def test_what_is_no_event_is_refused(book: Book, door: TestClient, body: bytes) -> None:
    assert door.post("/hooks/desk", content=body, headers=HEADER).status_code == 422
    assert woken(book) == []


def test_an_event_of_another_kind_is_thanked_for_and_wakes_nobody(book: Book, door: TestClient) -> None:
    for body in (b'{"type": "sale"}', '{"type": "é"}'.encode("utf-16"), b'{"type": "Microsoft.Storage.BlobCreated"}'):
        assert door.post("/hooks/desk", content=body, headers=HEADER).status_code == 200
    assert woken(book) == []


def test_a_code_alone_is_no_handshake(door: TestClient) -> None:
    event = [{"eventType": "Microsoft.EventGrid.SubscriptionValidationEvent", "data": {"validationCode": "1"}}]
    assert door.post("/hooks/desk", content=json.dumps(event)).status_code == 401


def test_a_renamed_file_of_a_data_lake_is_a_new_one() -> None:
    data = {
        "sourceUrl": "https://x.dfs.core.windows.net/b/tmp/a",
        "destinationUrl": "https://x.dfs.core.windows.net/b/e/a%20b",
    }
    assert paths_in(json.dumps({"eventType": "Microsoft.Storage.BlobRenamed", "data": data})) == ["b/e/a b"]


def test_an_entry_is_told_in_one_way_and_of_azure_alone(make: Callable[..., Source]) -> None:
    with pytest.raises(ConfigError, match=r"notices: and webhook_secret: are two ways to be told"):
        make(url="az://b/*.csv", account="a", anonymous=True, webhook_secret="s", notices="q")
    with pytest.raises(ConfigError, match=r"webhook_secret: is for az://"):
        make(url="s3://b/*.csv", webhook_secret="s")
    made = make(url="az://b/*.csv", account="a", anonymous=True, webhook_secret="s")
    assert isinstance(made, Called) and not isinstance(made, Hooked) and "'s'" not in repr(made.__dict__)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_blob_is_in_the_store_soon_after_event_grid_tells_of_it(
    book: Book, grid: Grid, on_azure: Bucket, schema: str
) -> None:
    on_azure.put("e/a.csv", csv(1))
    book.sync("desk")
    assert book.rota.planned(book.standings.all(), book.every)[0].every.at_least == timedelta(days=1).total_seconds()
    stop = Event()
    thread = threading.Thread(target=lambda: book.watch(stop=stop, say=lambda said: None))
    thread.start()
    try:
        subscription = grid(schema)
        subscription.subscribe()
        on_azure.put("e/b.csv", csv(2))
        subscription.written(on_azure.name, "e/b.csv")
        until(lambda: book.lake.read("tickets", "main").num_rows == 2, "in the store")
    finally:
        stop.set()
        thread.join()
