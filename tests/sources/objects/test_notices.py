"""A queue that tells of one of an entry's objects wakes it; what was told is taken off, and the rest is ignored."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from deskbook.errors import SourceError, SourceMissing
from deskbook.sources import Source, Waking
from deskbook.sources.notices import paths_in

from ...fakes.pubsub import PubSubServer, pubsub
from .conftest import Bucket, csv

At = Callable[..., Source]
SUBSCRIPTION = "projects/p/subscriptions/desk"


def woken(source: Source, seconds: float = 20) -> bool:
    """Whether the source wakes in this time."""
    assert isinstance(source, Waking)
    stop, heard = threading.Event(), []
    timer = threading.Timer(seconds, stop.set)
    timer.start()
    for _ in source.wakes(stop):
        heard.append(True)
        stop.set()
    timer.cancel()
    return bool(heard)


@pytest.fixture
def sqs(s3_server: Any, on_s3: Bucket) -> Iterator[tuple[Any, str]]:
    """A queue that the bucket tells of its new objects."""
    client = s3_server.client("sqs")
    address = client.create_queue(QueueName=on_s3.name)["QueueUrl"]
    arn = client.get_queue_attributes(QueueUrl=address, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    s3_server.client().put_bucket_notification_configuration(
        Bucket=on_s3.name,
        NotificationConfiguration={"QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}]},
    )
    yield client, address
    client.close()


def left(client: Any, address: str) -> int:
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    told = client.get_queue_attributes(QueueUrl=address, AttributeNames=names)["Attributes"]
    return sum(int(told[name]) for name in names)


def test_a_new_object_wakes_through_sqs(sqs: tuple[Any, str], on_s3: Bucket, files_at: At) -> None:
    client, address = sqs
    on_s3.put("e/a new.csv", csv(1))
    for name in (address, on_s3.name):
        assert woken(files_at(on_s3, "e/*.csv", notices=name))
        assert left(client, address) == 0
        on_s3.put("e/b.csv", csv(1))


def test_who_listens_as_a_role_asks_for_new_credentials_before_the_old_end(
    sqs: tuple[Any, str], on_s3: Bucket, files_at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime, timedelta

    from deskbook.sources.objects import s3

    assumed, seconds = s3._credentials, iter((5, 3_600))

    def ending(given: Any) -> dict[str, str]:
        ends = datetime.now(UTC) + timedelta(seconds=next(seconds))
        return assumed(given) | {"expiry_time": ends.isoformat()}

    monkeypatch.setattr(s3, "_credentials", ending)
    _, address = sqs
    source = files_at(on_s3, "e/*.csv", notices=address, role="arn:aws:iam::123456789012:role/desk")
    client = source._store.client("sqs")  # type: ignore[attr-defined]
    keys = {client._request_signer._credentials.get_frozen_credentials().access_key for _ in range(3)}
    client.receive_message(QueueUrl=address)
    assert next(seconds, None) is None and on_s3.options["key"] not in keys
    client.close()


def test_an_object_of_another_prefix_wakes_nobody_and_is_taken_off(
    sqs: tuple[Any, str], on_s3: Bucket, files_at: At
) -> None:
    client, address = sqs
    on_s3.put("f/a.csv", csv(1))
    assert not woken(files_at(on_s3, "e/*.csv", notices=address), seconds=2) and left(client, address) == 0


def test_a_queue_that_is_not_there_is_told(on_s3: Bucket, files_at: At) -> None:
    with pytest.raises(SourceMissing, match=r"'desk': the queue 'none' is not there.*correct notices:"):
        woken(files_at(on_s3, "e/*.csv", notices="none"))


@pytest.fixture
def topic(monkeypatch: pytest.MonkeyPatch) -> Iterator[PubSubServer]:
    with pubsub() as (server, address):
        monkeypatch.setenv("PUBSUB_EMULATOR_HOST", address)
        yield server


def test_a_new_object_wakes_through_pubsub(topic: PubSubServer, make: Callable[..., Source]) -> None:
    source = make(url="gs://desk/e/*.csv", anonymous=True, notices=SUBSCRIPTION)
    topic.say(SUBSCRIPTION, {"eventType": "OBJECT_DELETE", "bucketId": "desk", "objectId": "e/a.csv"})
    topic.say(SUBSCRIPTION, {"eventType": "OBJECT_FINALIZE", "bucketId": "desk", "objectId": "f/a.csv"})
    assert not woken(source, seconds=2) and topic.waiting[SUBSCRIPTION] == {}
    topic.say(SUBSCRIPTION, {"eventType": "OBJECT_FINALIZE", "bucketId": "desk", "objectId": "e/a.csv"})
    assert woken(source) and topic.waiting[SUBSCRIPTION] == {}


def test_a_subscription_of_the_project_may_be_named_alone(topic: PubSubServer, make: Callable[..., Source]) -> None:
    topic.say(SUBSCRIPTION, {"eventType": "OBJECT_FINALIZE", "bucketId": "desk", "objectId": "e/a.csv"})
    assert woken(make(url="gs://desk/e/", anonymous=True, project="p", notices="desk"))


def test_a_subscription_that_is_not_there_is_told(topic: PubSubServer, make: Callable[..., Source]) -> None:
    with pytest.raises(SourceMissing, match=r"the queue 'projects/p/subscriptions/none' is not there"):
        woken(make(url="gs://desk/e/", anonymous=True, notices="projects/p/subscriptions/none"))


def created(container: str, blob: str) -> dict[str, Any]:
    """An event as Event Grid words it."""
    subject = f"/blobServices/default/containers/{container}/blobs/{blob}"
    url = f"https://desk.blob.core.windows.net/{container}/{blob}"
    return {"eventType": "Microsoft.Storage.BlobCreated", "subject": subject, "data": {"api": "PutBlob", "url": url}}


def test_a_new_blob_wakes_through_event_grid(azure_server: Any, on_azure: Bucket, files_at: At) -> None:
    queue = azure_server.queue(on_azure.name)
    source = files_at(on_azure, "e/*.csv", notices=on_azure.name)
    for blob in ("f/a.csv", "e/a.csv"):
        event = json.dumps(created(on_azure.name, blob)).encode()
        queue.send_message(base64.b64encode(event).decode())
        assert woken(source, seconds=3) == blob.startswith("e/")
        assert queue.get_queue_properties().approximate_message_count == 0
    queue.close()


def test_a_storage_queue_that_is_not_there_is_told(on_azure: Bucket, files_at: At) -> None:
    with pytest.raises(SourceError, match=r"the queue 'none' is not there"):
        woken(files_at(on_azure, "e/*.csv", notices="none"))


S3_EVENT = {
    "Records": [{"eventName": "ObjectCreated:Put", "s3": {"bucket": {"name": "b"}, "object": {"key": "e/a+b.csv"}}}]
}
BRIDGE = {"detail-type": "Object Created", "detail": {"bucket": {"name": "b"}, "object": {"key": "e/a b.csv"}}}
CLOUD = {
    "type": "Microsoft.Storage.BlobCreated",
    "subject": "",
    "data": {"url": "https://x.blob.core.windows.net/b/e/a%20b.csv"},
}


@pytest.mark.parametrize(
    ("message", "paths"),
    [
        (json.dumps(S3_EVENT), ["b/e/a b.csv"]),
        (json.dumps({"Type": "Notification", "Message": json.dumps(S3_EVENT)}), ["b/e/a b.csv"]),
        (json.dumps(BRIDGE), ["b/e/a b.csv"]),
        (json.dumps([created("b", "e/a b.csv"), CLOUD]), ["b/e/a b.csv", "b/e/a b.csv"]),
        (json.dumps({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "b"}), []),
        (json.dumps({"Records": [{"eventName": "ObjectRemoved:Delete"}]}), []),
        ("nothing of the kind", []),
        ("[1, null]", []),
        (json.dumps({"Records": [{"eventName": "ObjectCreated:Put", "s3": None}]}), []),
    ],
)
def test_each_form_of_message_is_read(message: str, paths: list[str]) -> None:
    assert paths_in(message) == paths


def test_an_entry_without_notices_is_not_one_that_wakes(on_s3: Bucket, files_at: At) -> None:
    assert not isinstance(files_at(on_s3, "e/*.csv"), Waking)
