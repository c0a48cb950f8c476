"""Intercom's official description of its API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from .spec import Described, loaded

_FILE: Final = "intercom/api.intercom.io.2.16.yaml"
INTERCOM: Final = Described(_FILE)


def examples(kind: str) -> Iterator[Any]:
    """Examples in the description that are objects of a type."""

    def within(held: Any) -> Iterator[Any]:
        if isinstance(held, dict):
            if held.get("type") == kind:
                yield held
            held = list(held.values())
        if isinstance(held, list):
            for one in held:
                yield from within(one)

    for operations in loaded(_FILE)["paths"].values():
        for operation in (one for one in operations.values() if isinstance(one, dict)):
            for answer in operation.get("responses", {}).values():
                for media in answer.get("content", {}).values():
                    yield from within([one.get("value") for one in media.get("examples", {}).values()])
