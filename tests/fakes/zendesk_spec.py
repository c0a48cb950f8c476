"""Zendesk's official description of its API, and whether a request keeps to it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

FILE = Path(__file__).parents[3] / "shared" / "specs" / "zendesk" / "oas.yaml"
OVERLAY: Final[Mapping[str, tuple[str, ...]]] = {
    "/api/v2/incremental/tickets/cursor": ("per_page", "include"),
    "/api/v2/incremental/users/cursor": ("per_page", "include"),
    "/api/v2/incremental/ticket_events": ("per_page", "include"),
    "/api/v2/tickets/show_many": ("include",),
    "/api/v2/satisfaction_ratings": ("start_time", "sort"),
    "/api/v2/tickets/{ticket_id}/comments": ("sort",),
    "*": ("page[size]", "page[after]"),
}
"""Parameters that the vendor's pages describe in words, and the description leaves out."""
ABSENT: Final = ("/api/v2/business_hours/",)
"""Beginnings of paths that the description of 2025-07 lacks."""


@cache
def spec() -> Mapping[str, Any]:
    """The description; a test is skipped where it is not there, and fails where CI=true."""
    import yaml

    if not FILE.exists():
        said = f"{FILE} is not there: Zendesk's description is needed to check requests against it"
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)
    loaded: Mapping[str, Any] = yaml.load(FILE.read_text("utf-8"), yaml.CSafeLoader)
    return loaded


def example(name: str) -> Any:
    """The value of one of its examples."""
    return spec()["components"]["examples"][name]["value"]


def faults(request: httpx.Request) -> list[str]:
    """What a request does that the description does not know."""
    path = request.url.path.removesuffix(".json")
    if path.startswith(ABSENT):
        return []
    for template, operations in sorted(spec()["paths"].items(), key=lambda one: one[0].count("{")):
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path) and request.method.lower() in operations:
            return list(_faults(request, template, operations))
    return [f"{request.method} {path} is no operation"]


def _faults(request: httpx.Request, template: str, operations: Mapping[str, Any]) -> Iterator[str]:
    told = [*operations.get("parameters", []), *operations[request.method.lower()].get("parameters", [])]
    known = {one["name"]: one for one in map(_resolved, told) if one["in"] == "query"}
    given = dict(request.url.params)
    for name in given:
        if name not in known and name not in (*OVERLAY.get(template, ()), *OVERLAY["*"]):
            yield f"{template}: {name} is no parameter"
    for name, one in known.items():
        # A cursor stands in for the moment that an export begins at.
        if one.get("required") and name not in given and not (name == "start_time" and "cursor" in given):
            yield f"{template}: {name} is missing"
        is_number = one.get("schema", {}).get("type") == "integer"
        if name in given and is_number and not given[name].lstrip("-").isdigit():
            yield f"{template}: {name} is no whole number"


def _resolved(parameter: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in parameter:
        return parameter
    found: Mapping[str, Any] = spec()["components"]["parameters"][parameter["$ref"].rpartition("/")[2]]
    return found
