"""Event Grid as a webhook sees it: its handshake in either schema, then events with the headers it sends.

After Microsoft's description (Event Grid, webhook event delivery; delivery and retry; custom delivery properties).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

Send = Callable[..., httpx.Response]
TOPIC = "/subscriptions/1/resourceGroups/desk/providers/Microsoft.Storage/storageAccounts/mydesk"
AT = "2026-11-01T12:00:00.0000000Z"


@dataclass
class EventGrid:
    """An event subscription with a webhook.

    Attributes:
        send: what makes a request: `send(method, address, content=…, headers=…)`.
        properties: headers of its own that each event is sent with.
        in_handshake: whether the handshake has them too.
        is_open: whether the handshake went well; nothing is delivered before.
        waiting: deliveries that were not thanked for with 200 to 204.
    """

    send: Send
    address: str
    schema: str = "EventGridSchema"
    properties: Mapping[str, str] = field(default_factory=dict)
    in_handshake: bool = True
    is_open: bool = False
    waiting: list[list[dict[str, Any]]] = field(default_factory=list)

    def subscribe(self) -> httpx.Response:
        """Ask the endpoint whether it is meant."""
        own = dict(self.properties) if self.in_handshake else {}
        if self.schema == "CloudEventSchemaV1_0":
            asked = {"WebHook-Request-Origin": "eventgrid.azure.net", "WebHook-Request-Rate": "120"}
            told = self.send("OPTIONS", self.address, headers={**asked, **own})
            allowed = told.headers.get("webhook-allowed-origin", "")
            self.is_open = told.status_code == 200 and allowed in ("eventgrid.azure.net", "*")
            return told
        code = str(uuid.uuid4()).upper()
        data = {"validationCode": code, "validationUrl": f"https://rp-westeurope.eventgrid.azure.net/{code}"}
        event = self._event("Microsoft.EventGrid.SubscriptionValidationEvent", "", data)
        told = self._post([event], {"aeg-event-type": "SubscriptionValidation", **own})
        self.is_open = told.status_code == 200 and told.json().get("validationResponse") == code
        return told

    def written(self, container: str, *blobs: str, kind: str = "Microsoft.Storage.BlobCreated") -> list[httpx.Response]:
        """Deliver that blobs were written (or deleted, by `kind`); in CloudEvents each by itself."""
        assert self.is_open, "nothing is delivered before the handshake"
        events = [
            self._event(
                kind,
                f"/blobServices/default/containers/{container}/blobs/{blob}",
                {
                    "api": "PutBlob",
                    "blobType": "BlockBlob",
                    "url": f"https://mydesk.blob.core.windows.net/{container}/{blob}",
                },
            )
            for blob in blobs
        ]
        batches = [[one] for one in events] if self.schema == "CloudEventSchemaV1_0" else [events]
        return [self.deliver(batch) for batch in batches]

    def deliver(self, events: Sequence[dict[str, Any]], attempt: int = 0) -> httpx.Response:
        """One delivery; what is not thanked for waits, to be delivered again word for word."""
        about = {"aeg-event-type": "Notification", "aeg-subscription-name": "DESK", "aeg-delivery-count": str(attempt)}
        about |= {"aeg-data-version": "", "aeg-metadata-version": "1", **self.properties}
        told = self._post(list(events), about)
        if told.status_code not in (200, 201, 202, 203, 204):
            self.waiting.append(list(events))
        return told

    def _post(self, events: list[dict[str, Any]], headers: dict[str, str]) -> httpx.Response:
        is_cloud = self.schema == "CloudEventSchemaV1_0"
        form = "application/cloudevents+json" if is_cloud else "application/json"
        content = json.dumps(events[0] if is_cloud else events)
        headers = {"content-type": f"{form}; charset=utf-8", **headers}
        return self.send("POST", self.address, content=content, headers=headers)

    def _event(self, kind: str, subject: str, data: dict[str, Any]) -> dict[str, Any]:
        own = {"id": str(uuid.uuid4()), "subject": subject, "data": data}
        if self.schema == "CloudEventSchemaV1_0":
            return {"source": TOPIC, "type": kind, "time": AT, "specversion": "1.0", **own}
        return {"topic": TOPIC, "eventType": kind, "eventTime": AT, "dataVersion": "", "metadataVersion": "1", **own}
