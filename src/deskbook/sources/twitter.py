"""The layout of "Customer Support on Twitter": tweets in reply to tweets, threaded into tickets.

A `conversation_id` column is not looked at: exports exist in which it differs on every row. What
makes a thread is who replied to whom, in both directions, among the tweets that are there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from deskbook.errors import Unreadable
from deskbook.schema import Batch, Reject, coerce
from deskbook.sources.arrays import flat, json_text, struct_of, texts
from deskbook.sources.contract import Page
from deskbook.sources.threads import threads

SHAPE: Final = "twitter"
COLUMNS: Final = ("tweet_id", "author_id", "inbound", "created_at", "text", "in_response_to_tweet_id")
RESPONSES: Final = "response_tweet_id"
SUBJECT_LETTERS: Final = 80
PAYLOAD_SHOWN: Final = 2_000


def recognises(names: Sequence[str]) -> bool:
    """Whether columns of these names are tweets with reply links."""
    return set(COLUMNS) <= set(names)


def normalise(page: Page, now: datetime) -> list[Batch]:
    """The page's tweets as tickets (one a thread) and messages (one a tweet).

    Raises:
        Unreadable: a column of the layout is missing.
    """
    missing = [name for name in COLUMNS if name not in page.rows.column_names]
    if missing:
        raise Unreadable(f"{page.origin} has not the twitter shape: it lacks {', '.join(missing)}. Map it instead.")
    rows, lines, rejects = _with_ids(page)
    ids = _integers(flat(rows.column("tweet_id"))).to_numpy()
    ticket = threads(ids, *_links(rows, ids))
    messages = _messages(rows, ids, ticket, lines, page.origin, now)
    messages = replace(messages, rejects=(*rejects, *messages.rejects))
    line_of = dict(zip(ids.tolist(), lines.tolist(), strict=True))
    tickets = _tickets(messages, line_of, page.origin, now)
    return [replace(batch, replaces=page.replaces) for batch in (tickets, messages)]


def _integers(values: pa.Array) -> pa.Array:
    """Tweet ids, also those that passed through a float column ("3.0"); null where it is none."""
    text = pc.replace_substring_regex(pc.utf8_trim_whitespace(texts(values)), r"\.0+$", "")
    is_id = pc.match_substring_regex(text, r"^\d{1,18}$|^[1-8]\d{18}$")
    return pc.if_else(is_id, text, pa.scalar(None, pa.string())).cast(pa.int64())


def _with_ids(page: Page) -> tuple[pa.Table, np.ndarray, list[Reject]]:
    """The rows that have a tweet id, and rejects of the others."""
    has_id = pc.is_valid(_integers(flat(page.rows.column("tweet_id"))))
    keep = np.asarray(has_id, dtype=bool)
    rejects = []
    for row in np.flatnonzero(~keep).tolist():
        (payload,) = page.rows.slice(row, 1).to_pylist()
        reason = f"tweet_id '{payload['tweet_id']}' is no tweet id; wanted a whole number"
        rejects.append(
            Reject("messages", page.origin, int(page.lines[row]), "id", reason, json_text(payload)[:PAYLOAD_SHOWN])
        )
    return page.rows.filter(has_id), page.lines[keep], rejects


def _links(rows: pa.Table, ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of (a tweet, the tweet it answers) from both reply columns."""
    parent = _integers(flat(rows.column("in_response_to_tweet_id")))
    has_parent = np.asarray(pc.is_valid(parent), dtype=bool)
    answers, answered = [ids[has_parent]], [parent.drop_null().to_numpy()]
    if RESPONSES in rows.column_names:
        lists = pc.split_pattern(texts(flat(rows.column(RESPONSES))), ",")
        replies = _integers(lists.flatten())
        valid = np.asarray(pc.is_valid(replies), dtype=bool)
        answers.append(replies.drop_null().to_numpy())
        answered.append(ids[pc.list_parent_indices(lists).to_numpy()[valid]])
    return np.concatenate(answers), np.concatenate(answered)


def _messages(
    rows: pa.Table, ids: np.ndarray, ticket: np.ndarray, lines: np.ndarray, origin: str, now: datetime
) -> Batch:
    inbound = pc.utf8_lower(texts(flat(rows.column("inbound"))))
    is_customer = pc.is_in(inbound, pa.array(["true", "1", "t", "yes"]))
    is_agent = pc.is_in(inbound, pa.array(["false", "0", "f", "no"]))
    columns = {
        "id": pa.array(ids).cast(pa.string()),
        "ticket_id": pa.array(ticket).cast(pa.string()),
        "sent_at": flat(rows.column("created_at")),
        "author_role": pc.if_else(is_customer, "customer", pc.if_else(is_agent, "agent", inbound)),
        "author_id": flat(rows.column("author_id")),
        "text": flat(rows.column("text")),
        "reply_to_id": _integers(flat(rows.column("in_response_to_tweet_id"))).cast(pa.string()),
    }
    return coerce("messages", columns, raw=struct_of(rows), lines=lines, origin=origin, now=now)


def _tickets(messages: Batch, line_of: dict[int, int], origin: str, now: datetime) -> Batch:
    frame = messages.rows.select(["id", "ticket_id", "sent_at", "author_role", "author_id", "text"]).to_pandas()
    frame["number"] = frame["id"].astype("int64")
    frame["row"] = np.arange(len(frame))
    frame = frame.sort_values(["sent_at", "number"])
    first = frame.drop_duplicates("ticket_id").set_index("ticket_id")
    last = frame.drop_duplicates("ticket_id", keep="last").set_index("ticket_id")
    asked = _first_of(frame, "customer").reindex(first.index)
    brand = _first_of(frame, "agent").reindex(first.index)["author_id"]
    mentioned = first["text"].str.extract(r"@(\w+)", expand=False)
    columns = {
        "id": first.index.to_series(),
        "created_at": asked["sent_at"].fillna(first["sent_at"]),
        "subject": first["text"].map(subject_of, na_action="ignore"),
        "status": pd.Series(np.where(last["author_role"] == "customer", "open", "pending"), last.index).reindex(
            first.index
        ),
        "channel": pd.Series("social", first.index),
        "team": brand.fillna(mentioned),
        "customer_id": asked["author_id"],
    }
    return coerce(
        "tickets",
        {name: pa.Array.from_pandas(values) for name, values in columns.items()},
        raw=messages.raw.take(pa.array(first["row"].to_numpy())),
        lines=np.array([line_of[number] for number in first["number"]], dtype=np.int64),
        origin=origin,
        now=now,
    )


def _first_of(frame: pd.DataFrame, role: str) -> pd.DataFrame:
    return frame[frame["author_role"] == role].drop_duplicates("ticket_id").set_index("ticket_id")


def subject_of(text: str) -> str:
    """The beginning of a message, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= SUBJECT_LETTERS:
        return line
    cut = line[:SUBJECT_LETTERS]
    return f"{cut.rpartition(' ')[0] or cut[:-1]}…"
