"""Secrets that hide in an address: its password, the signature of a query; taken out, or covered before it is shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

REFERENCE: Final = re.compile(r"\{(?:env|keyring|file)\([^)]*\)\}")
"""A secret by name, as catalogs write it."""
COVER: Final = "***"
WEB: Final = re.compile(r"(?P<before>\bhttps?://[^:/?#@\s]*:)(?P<secret>[^@/?#\s]*)(?P<after>@)")
OTHER: Final = re.compile(r"(?P<before>\b(?!https?:)[\w+.\-]+://[^:/?#@\s]*:(?!:))(?P<secret>[^@\s]*)(?P<after>@)")
QUERY: Final = re.compile(
    r"(?P<before>[?&](?:sig|signature|token|access_token|auth|password|passwd|pwd|sslpassword|secret|client_secret"
    r"|api_?key|apikey|key|sas|x-amz-signature|x-amz-credential|x-amz-security-token)=)(?P<secret>[^&#\s]+)(?P<after>)",
    re.IGNORECASE,
)


def lift(address: str, take: Callable[[str], str]) -> str:
    """The address with each secret in it replaced by what `take` gives for it; references by name stay."""

    def changed(match: re.Match[str]) -> str:
        held = match["secret"]
        if not held or REFERENCE.fullmatch(held):
            return match[0]
        return f"{match['before']}{take(held)}{match['after']}"

    for pattern in (WEB, OTHER, QUERY):
        address = pattern.sub(changed, address)
    return address


def covered(text: str, *secrets: str) -> str:
    """A text fit to be shown: no secret of an address in it, and none of those given.

    >>> covered("postgresql://desk:pw@db/desk lacks tickets")
    'postgresql://desk:***@db/desk lacks tickets'
    """
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, COVER)
    return lift(text, lambda _: COVER)
