"""Zendesk's official description of its API."""

from __future__ import annotations

from typing import Any, Final

from .spec import Described, loaded

_FILE: Final = "zendesk/oas.yaml"
ZENDESK: Final = Described(
    _FILE,
    more={
        "/api/v2/incremental/tickets/cursor": ("per_page", "include"),
        "/api/v2/incremental/users/cursor": ("per_page", "include"),
        "/api/v2/incremental/ticket_events": ("per_page", "include"),
        "/api/v2/tickets/show_many": ("include",),
        "/api/v2/satisfaction_ratings": ("start_time", "sort"),
        "/api/v2/tickets/{ticket_id}/comments": ("sort",),
        "*": ("page[size]", "page[after]"),
    },
    absent=("/api/v2/business_hours/",),  # of 2025-07
    instead={"start_time": "cursor"},
)


def example(name: str) -> Any:
    """The value of one of its examples."""
    return loaded(_FILE)["components"]["examples"][name]["value"]
