"""What Zendesk tells by its webhooks: signed over the moment and the body as it came."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from deskbook.errors import AuthFailed, Unreadable
from deskbook.sources.arrays import load_json
from deskbook.sources.contract import Told
from deskbook.sources.zendesk.values import inner

SIGNATURE: Final = "x-zendesk-webhook-signature"
MOMENT: Final = "x-zendesk-webhook-signature-timestamp"
OLDEST_SECONDS: Final = 300
IN_TICKET: Final = re.compile(r"^zen:ticket:(\d+)$|^(\d+)$")


def told(headers: Mapping[str, str], body: bytes, secret: str, entry: str, now: datetime) -> Told:
    """What a call says.

    Raises:
        AuthFailed: the signature is missing or wrong, or the call is older than five minutes.
        Unreadable: it names no ticket.

    Source: developer.zendesk.com, Verifying webhook authenticity: base64 of HMAC-SHA256 over timestamp and body.
    """
    if not secret:
        raise AuthFailed(
            f"Entry '{entry}' has no webhook_secret:, so no call can be known for Zendesk's. It stands in Admin Center "
            "under Webhooks, at the webhook itself."
        )
    moment = headers.get(MOMENT, "")
    made = hmac.new(secret.encode(), moment.encode() + body, hashlib.sha256).digest()
    given = headers.get(SIGNATURE, "").strip()
    if not moment or not hmac.compare_digest(given.encode(), base64.b64encode(made)):
        raise AuthFailed(f"Entry '{entry}': {SIGNATURE} does not fit the moment, the body and the webhook's secret.")
    _check_age(moment, entry, now)
    said = _read(body, entry)
    ids = sorted(set(_tickets(said)), key=int)
    if body.strip() and not ids:
        raise Unreadable(f"Entry '{entry}': the call is signed, and names no ticket. Send {{\"ticket_id\": …}}.")
    happened = said.get("id") if isinstance(said.get("id"), str) and "detail" in said else None
    # A trigger's own JSON has no id: the moment it was signed at and what it says stand for one.
    return Told(str(happened or hashlib.sha256(moment.encode() + body).hexdigest()), {"tickets": ids})


def _check_age(moment: str, entry: str, now: datetime) -> None:
    try:
        made = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    except ValueError:
        raise AuthFailed(f"Entry '{entry}': {MOMENT} is no moment.") from None
    age = (now - (made if made.tzinfo else made.replace(tzinfo=UTC))).total_seconds()
    if abs(age) > OLDEST_SECONDS:
        raise AuthFailed(
            f"Entry '{entry}': the call was signed {abs(age):,.0f} s {'ago' if age > 0 else 'from now'}; taken is what "
            f"is at most {OLDEST_SECONDS} s old. Check the clock of this machine."
        )


def _read(body: bytes, entry: str) -> Mapping[str, Any]:
    if not body.strip():
        return {}
    try:
        said = load_json(body)
    except ValueError:
        raise Unreadable(f"Entry '{entry}': the call is signed, but is no JSON.") from None
    return said if isinstance(said, dict) else {}


def _tickets(said: Mapping[str, Any]) -> list[str]:
    """Ids of tickets, as an event subscription or a trigger's own JSON writes them."""
    spoken = (
        inner(said, "detail", "id") if str(said.get("type", "")).startswith("zen:event-type:ticket") else None,
        said.get("subject"),
        said.get("ticket_id"),
        inner(said, "ticket", "id"),
    )
    found = [IN_TICKET.match(str(one)) for one in spoken if one is not None]
    return [one[1] or one[2] for one in found if one]
