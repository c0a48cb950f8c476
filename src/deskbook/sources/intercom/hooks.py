"""What Intercom tells by its webhooks: signed with the app's client secret, over the body as it came."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from deskbook.errors import AuthFailed, Unreadable
from deskbook.sources.arrays import load_json
from deskbook.sources.contract import Told
from deskbook.sources.intercom.values import inner, seconds_of, text_id

SIGNATURE: Final = "x-hub-signature"
OLDEST_SECONDS: Final = 3_600
"""A call that fails is repeated for some minutes; an older one is a copy that somebody kept."""
AHEAD_SECONDS: Final = 300
PEOPLE: Final = ("contact", "user", "lead", "visitor")


def told(headers: Mapping[str, str], body: bytes, secret: str, entry: str, now: datetime) -> Told:
    """What a call says.

    Raises:
        AuthFailed: the signature is missing or wrong, or the call is too old.
        Unreadable: it is no notification.

    Source: developers.intercom.com, Webhooks, Signed notifications (HMAC-SHA1, RFC 2104).
    """
    if not secret:
        raise AuthFailed(
            f"Entry '{entry}' has no webhook_secret:, so no call can be known for Intercom's. It is the client secret "
            "of the app, in the Developer hub under Basic information."
        )
    expected = "sha1=" + hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()
    if not hmac.compare_digest(headers.get(SIGNATURE, "").strip().encode(), expected.encode()):
        raise AuthFailed(f"Entry '{entry}': {SIGNATURE} does not fit the body and this app's client secret.")
    try:
        said = load_json(body)
    except ValueError:
        said = None
    if not isinstance(said, dict) or said.get("type") != "notification_event":
        raise Unreadable(f"Entry '{entry}': the call is signed, but is no notification of Intercom.")
    _fresh(said, entry, now)
    # A ping has no id: its body stands for one.
    return Told(str(said.get("id") or hashlib.sha256(body).hexdigest()), _about(said))


def _fresh(said: Mapping[str, Any], entry: str, now: datetime) -> None:
    made = seconds_of(said.get("created_at"))
    if made is None:
        return
    age = now.timestamp() - made
    if age > OLDEST_SECONDS or age < -AHEAD_SECONDS:
        raise AuthFailed(
            f"Entry '{entry}': the notification was made {abs(age):,.0f} s {'ago' if age > 0 else 'from now'}; taken "
            f"is what is at most {OLDEST_SECONDS:,} s old. Check the clock of this machine."
        )


def _about(said: Mapping[str, Any]) -> dict[str, str]:
    """Whom to fetch; nothing of topics that change no row."""
    topic, item = str(said.get("topic", "")), inner(said, "data", "item")
    family = topic.partition(".")[0]
    if topic == "conversation.deleted":
        return _named("deleted", inner(item, "id"))
    if family in ("conversation", "conversation_part"):
        is_whole = inner(item, "type") in ("conversation", None)
        whole = inner(item, "id") if is_whole else None
        return _named("conversation", whole or inner(item, "conversation", "id") or inner(item, "conversation_id"))
    if family in PEOPLE:
        return _named("contact", inner(item, "id") or inner(item, "contact", "id"))
    return {}


def _named(kind: str, value: Any) -> dict[str, str]:
    found = text_id(value)
    return {kind: found} if found else {}
