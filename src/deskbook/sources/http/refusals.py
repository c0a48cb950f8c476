"""What a status means, in our words: the vendor's own are shown only as far as they hold no secret."""

from __future__ import annotations

import json
import re
from typing import Final

from deskbook.errors import AuthFailed, SourceError, SourceMissing, Unreachable, Unreadable
from deskbook.sources.http.asks import Answer

AGAIN: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529, 530})
"""Statuses that may pass by themselves."""
SHOWN: Final = 200
WORDS: Final = ("description", "message", "detail", "error_description", "error", "title", "code")
SECRETIVE: Final = re.compile(r"(?i)(bearer|basic|token|key|secret|password)([\"'=:\s]+)\S+")


class MayPass(Unreachable):
    """An answer that is asked for again."""


def refusal(answer: Answer, entry: str) -> SourceError:
    """The error that a bad status is."""
    said = words_of(answer)
    told = f" It says: {said}" if said else ""
    begin = f"Entry '{entry}': {answer.url}"
    if answer.status == 401:
        return AuthFailed(
            f"{begin} does not let us in (401). Wanted credentials that hold; check that they were not revoked, "
            f"expired or mistyped, and that the account is the right one.{told}"
        )
    if answer.status == 403:
        return AuthFailed(
            f"{begin} is not open to these credentials (403): they lack a permission or scope, or the plan lacks "
            f"the endpoint.{told}"
        )
    if answer.status in (404, 410):
        return SourceMissing(f"{begin} is not there ({answer.status}). Check the address and the account's name.{told}")
    if answer.status == 429:
        return MayPass(f"{begin} is asked too often (429). It is asked again later; a higher plan allows more.{told}")
    if answer.status in AGAIN:
        return MayPass(f"{begin} fails ({answer.status}).{told}")
    return Unreadable(f"{begin} refuses the request ({answer.status}).{told}")


def words_of(answer: Answer) -> str:
    """What the other side says about it, short; nothing of pages for browsers."""
    if "html" in answer.headers.get("content-type", ""):
        return ""
    try:
        found = _worded(answer.data)
    except ValueError:
        found = answer.text
    line = SECRETIVE.sub(r"\1\2…", " ".join(found.split()))
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"


def _worded(value: object, depth: int = 0) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and depth < 4:
        for name in WORDS:
            if value.get(name):
                return _worded(value[name], depth + 1)
        if value.get("errors"):
            return _worded(value["errors"], depth + 1)
    if isinstance(value, list) and value and depth < 4:
        return _worded(value[0], depth + 1)
    return json.dumps(value) if value and depth == 0 else ""
