"""The sample desk's social conversations as X has them."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pandas as pd

from deskbook.samples.export import DATABASE_FILE, MESSAGES_FILE, TICKETS_FILE
from deskbook.samples.reasons import SOCIAL_CHANNEL
from deskbook.sources.x.posts import EPOCH_MS

BRAND: Final = "NorthlightCare"
BRAND_ID: Final = "7000001"
USER_BASE: Final = 7_100_000
SHORT: Final = 280
"""Letters of a post; the rest of a longer one stands in its note."""
ENTITIES: Final = {"hashtags": (re.compile(r"#(\w+)"), "tag"), "mentions": (re.compile(r"@(\w{1,15})"), "username")}
FIGURES: Final = {
    "like_count": "likes",
    "reply_count": "replies",
    "retweet_count": "reposts",
    "quote_count": "quotes",
}


def posts_of(folder: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """Posts, accounts and places of a sample desk's social tickets, by id, in X's wire format.

    Args:
        folder: a written sample.
    """
    tickets = pd.read_csv(folder / TICKETS_FILE, dtype=str, keep_default_na=False).set_index("ticket_number")
    tickets = tickets[tickets["channel"] == SOCIAL_CHANNEL]
    said = pd.read_parquet(folder / MESSAGES_FILE, filters=[("public", "==", True)])
    said = said[said["ticket"].astype(str).isin(tickets.index)].sort_values(["ticket", "sent_at", "message_id"])
    places = {one: {"id": _sign(one), "full_name": one} for one in sorted(set(tickets["place"]) - {""})}
    people = _people(folder, set(tickets["requester_id"]))
    users = {BRAND_ID: {"id": BRAND_ID, "name": "Northlight Care", "username": BRAND}} | {
        one["id"]: one for one in people.values()
    }
    known: dict[str, dict[str, str]] = tickets.to_dict("index")  # type: ignore[assignment]
    posts: dict[str, dict[str, Any]] = {}
    for number, held in said.groupby("ticket", sort=False):
        for one in _conversation(known[str(number)], held, people, places):
            posts[one["id"]] = one
            for other in one.get("referenced_tweets", ()):
                figures = posts[other["id"]]["public_metrics"]
                figures["reply_count"] = max(1, figures["reply_count"])
    return {"posts": posts, "users": users, "places": {one["id"]: one for one in places.values()}}


def _people(folder: Path, wanted: set[str]) -> dict[str, dict[str, Any]]:
    with sqlite3.connect(folder / DATABASE_FILE) as database:
        rows = database.execute("SELECT id, name, created_at FROM users").fetchall()
    return {
        str(key): {
            "id": str(USER_BASE + key),
            "name": name,
            "username": f"{re.sub(r'[^A-Za-z]', '', name)[:8]}{key}",
            "created_at": created,
        }
        for key, name, created in rows
        if str(key) in wanted
    }


def _conversation(
    ticket: Mapping[str, str], held: pd.DataFrame, people: Mapping[str, dict[str, Any]], places: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    author = people[ticket["requester_id"]]
    names = {BRAND.lower(): BRAND_ID, author["username"].lower(): author["id"]}
    root = parent = ""
    parent_author = ""
    for role, at, number, body in held[["author_role", "sent_at", "message_id", "body"]].values.tolist():
        by = author["id"] if role == "end-user" else BRAND_ID
        key = _id(at, number)
        text = body if parent or f"@{BRAND}" in body else f"@{BRAND} {body}"
        text = text if not parent else f"@{BRAND if by != BRAND_ID else author['username']} {text}"
        root = root or key
        post: dict[str, Any] = {
            "id": key,
            "edit_history_tweet_ids": [key],
            "author_id": by,
            "conversation_id": root,
            "created_at": f"{at:%Y-%m-%dT%H:%M:%S}.000Z",
            "text": text if len(text) <= SHORT else f"{text[: SHORT - 1]}…",
            "entities": _entities(text, names, [] if parent else ticket["tags"].split(";")),
            "public_metrics": dict.fromkeys(("bookmark_count", "impression_count", *FIGURES), 0),
        }
        if len(text) > SHORT:
            post["note_tweet"] = {"text": text}
        if parent:
            post |= {"referenced_tweets": [{"type": "replied_to", "id": parent}], "in_reply_to_user_id": parent_author}
        else:
            post["public_metrics"] |= {theirs: int(ticket[ours] or 0) for theirs, ours in FIGURES.items()}
            if ticket["place"]:
                post["geo"] = {"place_id": places[ticket["place"]]["id"]}
                places[ticket["place"]]["country_code"] = ticket["country"]
        yield post
        parent, parent_author = key, by


def _entities(text: str, names: Mapping[str, str], tags: list[str]) -> dict[str, Any]:
    found = {kind: [{name: one} for one in pattern.findall(text)] for kind, (pattern, name) in ENTITIES.items()}
    for one in found["mentions"]:
        if one["username"].lower() in names:
            one["id"] = names[one["username"].lower()]
    found["hashtags"] += [{"tag": one.removeprefix("#")} for one in tags if one.startswith("#")]
    return {kind: held for kind, held in found.items() if held}


def _id(at: datetime, text: str) -> str:
    low = int(_sign(text)[:5], 16) & 0x3FFFFF
    return str(((int(at.timestamp() * 1000) - EPOCH_MS) << 22) | low)


def _sign(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
