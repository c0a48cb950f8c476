"""Slack's signature: that a call is Slack's own, and of now."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from deskbook.errors import AuthFailed

WINDOW_SECONDS: Final = 300
SIGNATURE, TIMESTAMP = "x-slack-signature", "x-slack-request-timestamp"


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The signature of a body sent at a moment (seconds since 1970, as text).

    Source: Slack, Verifying requests from Slack (v0).
    """
    signed = b"v0:" + timestamp.encode() + b":" + body
    return f"v0={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def check(secret: str, headers: Mapping[str, str], body: bytes, now: datetime, entry: str) -> None:
    """Whether a call is Slack's.

    Args:
        headers: names in lower case.
        body: as it came: the signature is of these bytes.

    Raises:
        AuthFailed: the signature is missing, wrong or more than five minutes old, or the entry has no secret to tell.
    """
    if not secret:
        raise AuthFailed(f"Entry '{entry}' has no signing_secret:, so nobody can be told from Slack.")
    timestamp, given = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 11 and given):
        raise AuthFailed(f"Entry '{entry}': a call without Slack's signature.")
    if abs(now.timestamp() - int(timestamp)) > WINDOW_SECONDS:
        raise AuthFailed(f"Entry '{entry}': a call that Slack signed more than {WINDOW_SECONDS} s ago, or ahead.")
    if not hmac.compare_digest(sign(secret, timestamp, body).encode(), given.encode("utf-8", "replace")):
        raise AuthFailed(f"Entry '{entry}': a call with a wrong signature.")
