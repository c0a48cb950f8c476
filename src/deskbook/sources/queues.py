"""The queues that stores write their notices to: SQS, Pub/Sub and Azure's storage queues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Event
from typing import Any, Final, Protocol, cast
from urllib.parse import urlsplit

from deskbook.errors import ConfigError, MissingExtra
from deskbook.sources.stores import Store, StoreOptions

WAIT_SECONDS: Final = 1
AT_ONCE: Final = 100
Message = str | Mapping[str, str]


class Queue(Protocol):
    """Messages somebody else writes."""

    def take(self, stop: Event) -> Sequence[Message]:
        """What lies there, taken off; none after about a second in which nothing came."""

    def close(self) -> None:
        """Let go of the connection."""


def queue_of(kind: str, store: Store, options: StoreOptions) -> Queue:
    """The queue that an entry names, asked as whoever asks its store.

    Args:
        kind: s3, gcs or azure.

    Raises:
        ConfigError: its name has another form.
        MissingExtra: its package is not installed.
    """
    try:
        made = {"s3": Sqs, "gcs": PubSub, "azure": StorageQueue}[kind]
        return cast(Queue, made(store, options))
    except ImportError:
        raise MissingExtra(f"notices: of an entry ({kind})", "cloud") from None


class Sqs:
    """A queue that a bucket, a topic of SNS or EventBridge writes to."""

    def __init__(self, store: Any, options: StoreOptions) -> None:
        self._client, name = store.client("sqs"), options.notices
        if not name.startswith(("https://", "http://")):
            name = self._client.get_queue_url(QueueName=name.rpartition(":")[2])["QueueUrl"]
        self._queue = name

    def take(self, stop: Event) -> Sequence[Message]:
        """Up to ten messages, deleted from the queue."""
        told = self._client.receive_message(
            QueueUrl=self._queue, MaxNumberOfMessages=10, WaitTimeSeconds=WAIT_SECONDS
        ).get("Messages", [])
        if told:
            taken = [{"Id": str(n), "ReceiptHandle": one["ReceiptHandle"]} for n, one in enumerate(told)]
            self._client.delete_message_batch(QueueUrl=self._queue, Entries=taken)
        return [one["Body"] for one in told]

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()


class PubSub:
    """A subscription to the topic that a bucket writes to."""

    def __init__(self, store: Any, options: StoreOptions) -> None:
        from google.cloud import pubsub_v1

        name = options.notices
        if not name.startswith("projects/"):
            project = options.project or (store.account or {}).get("project_id", "")
            if not project:
                raise ConfigError(
                    f"Entry '{store.entry}': notices: wants projects/<project>/subscriptions/<name>, got '{name}'."
                )
            name = f"projects/{project}/subscriptions/{name}"
        who = {}
        if store.account:
            from deskbook.sources.objects.gcs import signing

            who["credentials"] = signing(store.account, store.entry)
        self._client, self._name = pubsub_v1.SubscriberClient(**who), name

    def take(self, stop: Event) -> Sequence[Message]:
        """Up to a hundred messages' attributes, acknowledged."""
        from google.api_core.exceptions import DeadlineExceeded

        try:
            told = self._client.pull(subscription=self._name, max_messages=AT_ONCE, retry=None, timeout=WAIT_SECONDS)
        except DeadlineExceeded:
            return []
        got = list(told.received_messages)
        if got:
            self._client.acknowledge(subscription=self._name, ack_ids=[one.ack_id for one in got])
        else:
            stop.wait(WAIT_SECONDS / 4)  # where an empty answer comes at once
        return [dict(one.message.attributes) for one in got]

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()


class StorageQueue:
    """A storage queue that Event Grid writes to."""

    def __init__(self, store: Any, options: StoreOptions) -> None:
        from azure.storage.queue import QueueClient

        name = options.notices
        if name.startswith(("https://", "http://")):
            self._client = QueueClient.from_queue_url(name, credential=_credential(options))
        elif options.connection_string:
            self._client = QueueClient.from_connection_string(options.connection_string, name)
        else:
            blobs = urlsplit(store.fs.service_client.url)
            address = f"{blobs.scheme}://{blobs.netloc.replace('.blob.', '.queue.', 1)}"
            self._client = QueueClient(address, name, credential=_credential(options))

    def take(self, stop: Event) -> Sequence[Message]:
        """The messages of one page, deleted from the queue."""
        told = []
        for one in self._client.receive_messages(messages_per_page=32, max_messages=AT_ONCE):
            self._client.delete_message(one)
            told.append(str(one.content))
        if not told:
            stop.wait(WAIT_SECONDS)
        return told

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()


def _credential(options: StoreOptions) -> Any:
    if options.sas:
        return options.sas.lstrip("?")
    if options.key:
        return {"account_name": options.account, "account_key": options.key}
    from azure.identity import DefaultAzureCredential, ManagedIdentityCredential

    if options.managed_identity:
        client = options.managed_identity if isinstance(options.managed_identity, str) else None
        return ManagedIdentityCredential(client_id=client)
    return DefaultAzureCredential()
