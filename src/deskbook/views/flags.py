"""Annotations on charts over time: where each stands, and which of them are drawn as thin flags."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from deskbook.metrics import GRAINS
from deskbook.views import wording
from deskbook.views.section import Block, Moment
from deskbook.views.series import after

MOST_DRAWN: Final = 6
"""Flags of one chart; the others are counted beside them and stand in its list."""
RANK: Final = ("outage", "release", "campaign", "other")
"""What is drawn first where there are more."""


def flag(blocks: Sequence[Block], moments: Sequence[Moment]) -> list[dict[str, Any]]:
    """Put onto each chart over time what happened while it runs; the annotations that the charts refer to.

    A chart without any stays as it is.

    Returns:
        One entry an annotation; a block's `flags` name it by its place: note, x and until (in buckets from the
        chart's first), first and last (buckets it touches) and drawn. A block's `happened` has the titles of
        each bucket, for its table.
    """
    timed = [(block, at) for block, at in zip(blocks, moments, strict=True) if _is_timed(block)]
    found: dict[int, Sequence[Mapping[str, Any]]] = {}
    notes: dict[tuple[str, str, str], dict[str, Any]] = {}
    for block, at in timed:
        if id(at) not in found:
            found[id(at)] = at.book.annotation_rows(where=at.chosen.scope.where, actor=at.book.actor)
        flags, starts = [], [datetime.fromisoformat(key) for key in block["keys"]]
        for row in found[id(at)]:
            placed = _placed(row, starts, block["grain"], ZoneInfo(at.zone))
            if placed:
                key = (row["source"], row["owner"], row["id"])
                notes.setdefault(key, _told(row, at.zone))
                flags.append(placed | {"note": list(notes).index(key)})
        if flags:
            block["flags"] = _chosen(flags, list(notes.values()))
            block["happened"] = _titles(block, list(notes.values()))
    return list(notes.values())


def _is_timed(block: Block) -> bool:
    return block.get("state") == "ok" and block.get("grain") in GRAINS and bool(block.get("keys"))


def _placed(row: Mapping[str, Any], starts: Sequence[datetime], grain: str, zone: ZoneInfo) -> dict[str, Any] | None:
    """Where an annotation stands among the buckets of a chart; None where it lies beside them."""
    begins = _local(row["begins_at"], zone)
    ends = _local(row["ends_at"], zone) if row["ends_at"] else None
    if begins >= after(starts[-1], grain) or (ends or begins) < starts[0]:
        return None
    x, until = _x(begins, starts, grain), _x(ends, starts, grain) if ends else None
    last = ends - timedelta(microseconds=1) if ends else begins
    return {"x": x, "until": until, "first": _bucket(begins, starts), "last": _bucket(last, starts)}


def _x(moment: datetime, starts: Sequence[datetime], grain: str) -> float:
    """A moment on the axis: bucket 3 reaches from 2.5 to 3.5."""
    if moment < starts[0]:
        return -0.5
    at = _bucket(moment, starts)
    part = (moment - starts[at]) / (after(starts[at], grain) - starts[at])
    return round(at - 0.5 + min(part, 1.0), 4)


def _bucket(moment: datetime, starts: Sequence[datetime]) -> int:
    return max(bisect_right(starts, moment) - 1, 0)


def _local(naive: datetime, zone: ZoneInfo) -> datetime:
    """A naive UTC moment on the desk's wall clock."""
    return naive.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def _chosen(flags: list[dict[str, Any]], notes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The flags from left to right, the most telling of them to be drawn: by their kind, then the newest."""
    by_weight = sorted(flags, key=lambda one: (RANK.index(notes[one["note"]]["kind"]), -one["x"]))
    drawn = [id(one) for one in by_weight[:MOST_DRAWN]]
    return [one | {"drawn": id(one) in drawn} for one in sorted(flags, key=lambda one: (one["x"], one["note"]))]


def _told(row: Mapping[str, Any], zone: str) -> dict[str, Any]:
    """An annotation as the page shows it and its form changes it."""
    begins = _local(row["begins_at"], ZoneInfo(zone))
    ends = _local(row["ends_at"], ZoneInfo(zone)) if row["ends_at"] else None
    return {
        "name": row["id"],
        "kind": row["kind"],
        "title": row["title"],
        "note": row["note"],
        "team": row["team"],
        "channel": row["channel"],
        "about": ", ".join(filter(None, (row["team"], row["channel"]))),
        "said": _when(begins, ends),
        "begins": begins.isoformat(timespec="minutes"),
        "ends": ends.isoformat(timespec="minutes") if ends else "",
        "by": row["source"] or row["owner"],
        "owner": row["owner"],
        "version": row["version"],
        "shared": list(row["shared"]),
        "mine": row["mine"],
    }


def _when(begins: datetime, ends: datetime | None) -> str:
    """When, for people; whole days without their times, the last one included."""
    whole = begins.time() == time() and (ends is None or ends.time() == time())
    grain = "day" if whole else "moment"
    first = wording.at(begins, grain)
    if ends is None:
        return first
    last = wording.at(ends - timedelta(days=1) if whole else ends, grain)
    return first if first == last else f"{first} to {last}"


def _titles(block: Block, notes: Sequence[Mapping[str, Any]]) -> list[str]:
    """What happened in each bucket of a chart, for its table."""
    flags = block.get("flags", ())
    count = len(block["keys"])
    touching = [[one for one in flags if one["first"] <= place <= one["last"]] for place in range(count)]
    return ["; ".join(notes[one["note"]]["title"] for one in held) for held in touching]
