"""From a store's own notice to a row in the lake: an entry that is due once a day is pulled when its queue speaks."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import yaml

from deskbook.book import Book
from deskbook.settings import load_settings

from ...fakes.pubsub import pubsub
from ...sync.test_rounds import until
from ..conftest import MAPPING
from .conftest import MAKERS, Bucket, csv
from .test_notices import SUBSCRIPTION, created

Said = Callable[[str], None]
"""What a store does beside writing an object: say so to whoever it was told to."""


@pytest.fixture(params=MAKERS)
def told(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Bucket, str, Said]]:
    """A bucket of each store with a queue that hears of its objects: what names the queue, and what speaks to it."""
    server = request.getfixturevalue(f"{request.param}_server")
    bucket = MAKERS[request.param](server)
    with {"s3": by_sqs, "gcs": by_pubsub, "azure": by_event_grid}[request.param](server, bucket, monkeypatch) as made:
        yield (bucket, *made)


@contextmanager
def by_sqs(server: Any, bucket: Bucket, _: pytest.MonkeyPatch) -> Iterator[tuple[str, Said]]:
    """The emulator itself writes to the queue."""
    client = server.client("sqs")
    address = client.create_queue(QueueName=bucket.name)["QueueUrl"]
    arn = client.get_queue_attributes(QueueUrl=address, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    server.client().put_bucket_notification_configuration(
        Bucket=bucket.name,
        NotificationConfiguration={"QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}]},
    )
    yield arn, lambda key: None
    client.close()


@contextmanager
def by_pubsub(_: Any, bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Said]]:
    with pubsub() as (server, address):
        monkeypatch.setenv("PUBSUB_EMULATOR_HOST", address)
        server.subscriptions.add(SUBSCRIPTION)
        new = {"eventType": "OBJECT_FINALIZE", "bucketId": bucket.name}
        yield SUBSCRIPTION, lambda key: server.say(SUBSCRIPTION, {**new, "objectId": key})


@contextmanager
def by_event_grid(server: Any, bucket: Bucket, _: pytest.MonkeyPatch) -> Iterator[tuple[str, Said]]:
    queue = server.queue(bucket.name)

    def say(key: str) -> None:
        queue.send_message(base64.b64encode(json.dumps(created(bucket.name, key)).encode()).decode())

    yield bucket.name, say
    queue.close()


def open_desk(folder: Path, bucket: Bucket, every: str, notices: str, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A workspace of one entry on a bucket; its secrets lie in the environment."""
    kwargs = {"url": f"{bucket.url}/e/*.csv", "notices": notices, **bucket.options}
    for name in ("key", "secret", "connection_string"):
        if name in kwargs:
            monkeypatch.setenv(f"DESK_{name.upper()}", kwargs[name])
            kwargs[name] = f"{{env(DESK_{name.upper()})}}"
    metadata = {"table": "tickets", "every": every, "mapping": MAPPING}
    reader = {"reader": "deskbook.catalog.readers:Rows", "kwargs": {"args": ["{data(desk_data)}"]}}
    data = {"datatype": "deskbook.catalog.datatypes:Files", "kwargs": kwargs}
    held = {"version": 2, "data": {"desk_data": data}, "entries": {"desk": {**reader, "metadata": metadata}}}
    (folder / "catalogs").mkdir(parents=True)
    (folder / "catalogs" / "desk.yaml").write_text(yaml.safe_dump(held))
    (folder / "deskbook.toml").write_text('[workspace]\nembedding = "words"\n')
    return Book(load_settings(folder, {}))


@contextmanager
def watched(book: Book) -> Iterator[None]:
    """Somebody syncs what is due."""
    stop = Event()
    thread = threading.Thread(target=lambda: book.watch(stop=stop, say=lambda said: None))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def ids(book: Book) -> list[str]:
    return sorted(book.lake.read("tickets", "main").column("id").to_pylist())


def test_a_notice_of_each_store_brings_the_row_long_before_the_interval(
    told: tuple[Bucket, str, Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket, notices, say = told
    bucket.put("e/a.csv", csv(1))
    book = open_desk(tmp_path / "desk", bucket, "24h", notices, monkeypatch)
    with watched(book):
        until(lambda: book.standings.of("desk").good_at, "synced for the first time")
        until(lambda: book.standings.of("desk").hearing == "listening", "listened to")
        bucket.put("e/b.csv", csv(2))
        say("e/b.csv")
        until(lambda: ids(book) == ["1", "2"], "in the lake")


def test_where_the_queue_is_gone_the_interval_counts_and_it_is_said(
    on_s3: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_s3.put("e/a.csv", csv(1))
    book = open_desk(tmp_path / "desk", on_s3, "10s", "no-such-queue", monkeypatch)
    with watched(book):
        until(lambda: ids(book) == ["1"], "synced for the first time")
        until(lambda: "so its interval counts" in book.standings.of("desk").hearing, "said to be deaf")
        on_s3.put("e/b.csv", csv(2))
        until(lambda: ids(book) == ["1", "2"], "found by its interval")
    assert "the queue 'no-such-queue' is not there" in book.sources().loc[0, "hearing"]
