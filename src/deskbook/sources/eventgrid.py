"""Azure's Event Grid calls: its handshakes before the first event, and which blobs its events say were written.

Event Grid signs nothing. That a call is ours is shown by a secret in a header, which the event subscription sends along
(a delivery property); its handshakes may come without it, so they are answered, and open nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from deskbook.errors import AuthFailed, Unreadable
from deskbook.sources.arrays import load_json
from deskbook.sources.contract import Told
from deskbook.sources.listing import is_meant
from deskbook.sources.notices import paths_of
from deskbook.sources.options import FileOptions

SECRET: Final = "x-deskbook-secret"
VALIDATION: Final = "Microsoft.EventGrid.SubscriptionValidationEvent"
LONGEST_CODE: Final = 200
SENDER: Final = re.compile(r"eventgrid\.azure\.(net|us|cn)", re.IGNORECASE)


def told(headers: Mapping[str, str], body: bytes, options: FileOptions, entry: str) -> Told:
    """What a call of Event Grid says, in its own schema or that of CloudEvents.

    Returns:
        About something where it tells of a new blob that the entry reads, about nothing where of anything else.

    Raises:
        AuthFailed: the secret is wrong, or absent from anything but a handshake.
        Unreadable: it is no event.

    Source: learn.microsoft.com, Event Grid: webhook event delivery, and Azure Blob Storage as a source.
    """
    given = headers.get(SECRET, "")
    if given and not hmac.compare_digest(given.encode(), options.store.webhook_secret.encode()):
        raise AuthFailed(f"Entry '{entry}': {SECRET} is not what webhook_secret: refers to.")
    events = _events(body, entry)
    code = _code(headers, events)
    if code:
        return Told(code, {}, {"validationResponse": code}, is_kept=False)
    if not given:
        raise AuthFailed(
            f"Entry '{entry}': a call of Event Grid brings no {SECRET}. Give the event subscription a delivery "
            f"property of that name, static and secret, with what webhook_secret: refers to."
        )
    named = "".join(str(one.get("id", "")) for one in events) or body.decode("utf-8", "replace")
    is_news = any(is_meant(options.url, path) for path in paths_of(events))
    return Told(hashlib.sha256(named.encode()).hexdigest(), {"is_written": True} if is_news else {})


def consent(headers: Mapping[str, str], entry: str) -> dict[str, str]:
    """The answer to a sender of CloudEvents that asks whether it may call.

    Raises:
        AuthFailed: it is not Event Grid.
    """
    origin = headers.get("webhook-request-origin", "").strip()
    if not SENDER.fullmatch(origin):
        raise AuthFailed(
            f"Entry '{entry}': '{origin[:80]}' asks to call; only Event Grid may, and each call needs the secret."
        )
    rate = {"WebHook-Allowed-Rate": "*"} if "webhook-request-rate" in headers else {}
    return {"Allow": "POST, OPTIONS", "WebHook-Allowed-Origin": origin, **rate}


def _events(body: bytes, entry: str) -> list[Mapping[str, Any]]:
    """The events of a call: a list in Event Grid's schema, mostly one in that of CloudEvents."""
    try:
        said = load_json(body)
    except ValueError:
        said = None
    events = said if isinstance(said, list) else [said]
    if not events or not all(isinstance(one, dict) and (one.get("eventType") or one.get("type")) for one in events):
        raise Unreadable(f"Entry '{entry}': the call is no event of Event Grid, in its own schema or CloudEvents 1.0.")
    return events


def _code(headers: Mapping[str, str], events: Sequence[Mapping[str, Any]]) -> str:
    """The code to send back, where the call is the handshake of a new event subscription."""
    first = events[0]
    if headers.get("aeg-event-type") != "SubscriptionValidation" or first.get("eventType") != VALIDATION:
        return ""
    data = first.get("data")
    return str(data.get("validationCode", ""))[:LONGEST_CODE] if isinstance(data, dict) else ""
