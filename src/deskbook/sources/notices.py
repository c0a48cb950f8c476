"""What stores say of new objects: read out of the messages of their queues, and kept if it is about an entry's own."""

from __future__ import annotations

import base64
import binascii
import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from threading import Event
from typing import Any, Final
from urllib.parse import unquote, unquote_plus, urlsplit

from deskbook.sources.listing import is_meant
from deskbook.sources.options import FileOptions
from deskbook.sources.refusals import asking
from deskbook.sources.stores import SCHEMES, Store, scheme_of

log = logging.getLogger(__name__)

BLOBS: Final = "/blobServices/default/containers/"


def heard(options: FileOptions, store: Store | None, entry: str, stop: Event) -> Iterator[None]:
    """Yields each time the entry's queue tells of one of its objects; each message is taken off the queue.

    Raises:
        SourceError: the queue cannot be asked.
    """
    if store is None:
        return
    from deskbook.sources.queues import queue_of

    what = f"the queue '{options.store.notices}'"
    with asking(store, what, "notices"):
        queue = queue_of(SCHEMES[scheme_of(options.url)], store, options.store)
    try:
        while not stop.is_set():
            with asking(store, what, "notices"):
                told = queue.take(stop)
            if any(is_meant(options.url, path) for text in told for path in paths_in(text)):
                yield
    finally:
        queue.close()


def paths_in(message: str | Mapping[str, str]) -> list[str]:
    """bucket/key of each object that a message says was written; none if it speaks of anything else.

    Args:
        message: the attributes of a Pub/Sub message, or the text of one from SQS (an S3 event, alone, in an SNS
            message or from EventBridge) or from a storage queue (Event Grid's or CloudEvents' form, in base64 or not).
    """
    if not isinstance(message, str):
        is_new = message.get("eventType") == "OBJECT_FINALIZE"
        return [f"{message.get('bucketId')}/{message.get('objectId')}"] if is_new else []
    told = _json(message)
    return paths_of(told if isinstance(told, list) else [told])


def paths_of(events: Iterable[Any]) -> list[str]:
    """bucket/key of each object that events say was written, in the forms that `paths_in` knows."""
    found = []
    for event in events:
        try:
            found += _paths(event)
        except (KeyError, TypeError, AttributeError):  # somebody else's message, or of a form to come
            log.info("a message that speaks of no object in a known form was passed over")
    return found


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        pass
    try:
        return json.loads(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        return None


def _paths(event: Mapping[str, Any]) -> list[str]:
    if event.get("Type") == "Notification" and isinstance(event.get("Message"), str):
        return paths_in(event["Message"])
    found = []
    records = event.get("Records")
    for record in records if isinstance(records, list) else []:
        if str(record.get("eventName", "")).startswith("ObjectCreated"):
            s3 = record["s3"]
            found.append(f"{s3['bucket']['name']}/{unquote_plus(s3['object']['key'])}")
    if event.get("detail-type") == "Object Created":
        found.append(f"{event['detail']['bucket']['name']}/{event['detail']['object']['key']}")
    kind = event.get("eventType") or event.get("type")
    if kind == "Microsoft.Storage.BlobCreated":
        container, _, blob = str(event.get("subject", "")).removeprefix(BLOBS).partition("/blobs/")
        found.append(f"{container}/{blob}" if blob else _path_of(event["data"]["url"]))
    if kind == "Microsoft.Storage.BlobRenamed":  # how a data lake's files get their last name
        found.append(_path_of(event["data"]["destinationUrl"]))
    return found


def _path_of(address: str) -> str:
    return unquote(urlsplit(address).path).lstrip("/")
