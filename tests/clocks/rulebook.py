"""Schedules and policies that tests measure under, as `deskbook.toml` writes them and as the plain model reads them."""

from __future__ import annotations

from typing import Any

from deskbook.clocks import Rules, make_rules
from tests.clocks.paper import Hours

OFFICE = Hours("office", "Europe/Berlin", {day: [(9, 12.5), (13.5, 18)] for day in range(5)}, {"channel": ("email",)})
NIGHTS = Hours("nights", "America/New_York", {day: [(22, 30)] for day in (0, 2, 4, 5, 6)}, {"tag": ("vip", "old")})
NEVER = Hours("never", "UTC", {}, {"channel": ("phone",)})
ALWAYS = Hours("always", "UTC", {day: [(0, 24)] for day in range(7)})
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

TIGHT: dict[str, Any] = {
    "name": "tight",
    "for": {"channel": ["email", "chat"]},
    "hours": "business",
    "first_reply": {"urgent": "1h", "high": "6h", "normal": "9h"},
    "next_reply": "12h",
    "requester_wait": {"low": "3d", "urgent": "2h"},
    "agent_work": "6h",
    "periodic_update": "1d",
    "resolution": {"urgent": "8h 30m", "high": "2d", "normal": "2d", "low": "4d"},
    "pause": {"resolution": ["pending", "hold"], "next_reply": ["hold"]},
}
LOOSE: dict[str, Any] = TIGHT | {"name": "loose", "for": {}, "hours": "calendar", "pause": {"agent_work": "new"}}


SWITCHES = tuple(Rules().switches)


def clock(hour: float) -> str:
    return f"{int(hour % 24):02}:{int(hour % 1 * 60):02}" if hour != 24 else "24:00"


def table(hours: Hours) -> dict[str, Any]:
    """The schedule as a table of `deskbook.toml`."""
    week = {DAYS[day]: " ".join(f"{clock(a)}-{clock(b)}" for a, b in spans) for day, spans in hours.week.items()}
    claimed = {"for": {name: list(words) for name, words in hours.fits.items()}} if hours.fits else {}
    return {"name": hours.name, "zone": hours.zone, "hours": week, **claimed}


def rules(hours: list[Hours], policies: list[dict[str, Any]], **switches: str) -> Rules:
    return make_rules(zone="UTC", schedules=[table(one) for one in hours], policies=policies, switches=switches)
