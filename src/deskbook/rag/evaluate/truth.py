"""What is true of a desk, worked out from its files by plain pandas: no query and no answer has a part in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa

TARGET_SECONDS: Final = 3_600
"""The first reply that the evaluated workspace promises."""
CUTS: Final = ("team", "channel", "category", "segment")
"""What questions filter and cut by."""
ROLES: Final = {"end-user": "customer", "agent": "agent", "bot": "bot"}


@dataclass(frozen=True)
class Span:
    """A half-open period of whole days (UTC)."""

    since: datetime
    until: datetime

    @property
    def days(self) -> int:
        """Its length."""
        return (self.until - self.since).days

    @property
    def dates(self) -> list[date]:
        """Each of its days."""
        return [self.since.date() + timedelta(days=shift) for shift in range(self.days)]

    def earlier(self, days: int) -> Span:
        """The days just before it."""
        return Span(self.since - timedelta(days=days), self.since)


def span_of(first: date, last: date | None = None) -> Span:
    """The span from one day to another, both included."""
    end = (last or first) + timedelta(days=1)
    return Span(datetime.combine(first, time(), UTC), datetime.combine(end, time(), UTC))


@dataclass(frozen=True)
class Truth:
    """The rows of a desk.

    Attributes:
        tickets: one row a ticket: id, created_at, resolved_at, customer, first_reply_seconds, csat_good, CUTS.
        messages: one row a message: id, ticket, role, is_public, sent_at, text, customer, mood, tone, CUTS.
        until: the newest moment of the data.
    """

    tickets: pd.DataFrame
    messages: pd.DataFrame
    until: datetime

    def value(self, metric: str, span: Span | None = None, where: Mapping[str, Any] | None = None) -> float | None:
        """A metric's value in a period, for rows whose columns have (one of) the given words; None if unknown."""
        frame_name, at, measure = MEASURES[metric]
        frame: pd.DataFrame = getattr(self, frame_name)
        return measure(self.rows(frame, at, span, where), self.until)

    def rows(self, frame: pd.DataFrame, at: str, span: Span | None, where: Mapping[str, Any] | None) -> pd.DataFrame:
        """The rows of a period with the given words."""
        kept = frame[at].notna()
        if span:
            kept &= (frame[at] >= span.since) & (frame[at] < span.until)
        for name, words in (where or {}).items():
            kept &= frame[name].isin([words] if isinstance(words, str) else list(words))
        return frame[kept]

    def words(self, cut: str) -> list[str]:
        """The words of a cut, most frequent first."""
        return [str(word) for word in self.tickets[cut].value_counts().index]


def _count(rows: pd.DataFrame, until: datetime) -> float:
    return float(len(rows))


def _share(column: str, word: Any) -> Callable[[pd.DataFrame, datetime], float | None]:
    def measure(rows: pd.DataFrame, until: datetime) -> float | None:
        known = rows[column].dropna()
        return float(100.0 * (known == word).sum() / len(known)) if len(known) else None

    return measure


def _quantile(column: str, q: float, per: float) -> Callable[[pd.DataFrame, datetime], float | None]:
    def measure(rows: pd.DataFrame, until: datetime) -> float | None:
        known = rows[column].dropna()
        return float(known.quantile(q)) / per if len(known) else None

    return measure


def _within_target(rows: pd.DataFrame, until: datetime) -> float | None:
    age = (pd.Timestamp(until) - rows["created_at"]).dt.total_seconds()
    due = rows[rows["first_reply_seconds"].notna() | (age > TARGET_SECONDS)]
    return float(100.0 * (due["first_reply_seconds"] <= TARGET_SECONDS).sum() / len(due)) if len(due) else None


def _mean_mood(rows: pd.DataFrame, until: datetime) -> float | None:
    known = rows["mood"].dropna()
    return float(known.mean()) if len(known) else None


def _of_role(role: str, public: bool = False) -> Callable[[pd.DataFrame, datetime], float]:
    def measure(rows: pd.DataFrame, until: datetime) -> float:
        kept = rows["role"] == role
        return float((kept & rows["is_public"]).sum() if public else kept.sum())

    return measure


Measure = Callable[[pd.DataFrame, datetime], float | None]
MEASURES: Final[dict[str, tuple[str, str, Measure]]] = {
    "tickets_created": ("tickets", "created_at", _count),
    "tickets_solved": ("tickets", "resolved_at", _count),
    "customers_active": ("tickets", "created_at", lambda rows, until: float(rows["customer"].nunique())),
    "first_reply_median_minutes": ("tickets", "created_at", _quantile("first_reply_seconds", 0.5, 60.0)),
    "first_reply_p90_minutes": ("tickets", "created_at", _quantile("first_reply_seconds", 0.9, 60.0)),
    "first_reply_within_target_pct": ("tickets", "created_at", _within_target),
    "csat_good_pct": ("tickets", "created_at", _share("csat_good", True)),
    "messages": ("messages", "sent_at", _count),
    "messages_in": ("messages", "sent_at", _of_role("customer")),
    "messages_out": ("messages", "sent_at", _of_role("agent", public=True)),
    "sentiment_negative_pct": ("messages", "sent_at", _share("tone", "negative")),
    "sentiment_mean": ("messages", "sent_at", _mean_mood),
}
"""For each metric: its rows, the time that places them, and how it is worked out."""


def read_truth(folder: Path) -> Truth:
    """The rows of a desk's files, with what follows from them."""
    tickets = _tickets(folder)
    messages = _messages(folder, tickets)
    first = _first_replies(messages)
    tickets["first_reply_seconds"] = (tickets["id"].map(first) - tickets["created_at"]).dt.total_seconds()
    moments = [tickets["created_at"].max(), tickets["resolved_at"].max(), messages["sent_at"].max()]
    return Truth(tickets, messages, max(moments).to_pydatetime())


def _tickets(folder: Path) -> pd.DataFrame:
    written = pd.read_csv(folder / "tickets.csv", dtype="string", keep_default_na=False)
    groups, users, surveys = _tables(folder)
    team = dict(zip(groups["id"].astype(str), groups["name"], strict=True))
    segment = dict(zip(users["id"].astype(str), users["segment"], strict=True))
    rated = surveys.dropna(subset=["score"]).sort_values("answered_at").groupby("ticket").last()
    solved = written["status"].isin(["solved", "closed"])
    frame = pd.DataFrame(
        {
            "id": written["ticket_number"],
            "created_at": pd.to_datetime(written["created"], utc=True),
            "resolved_at": pd.to_datetime(written["solved_at"].where(solved & (written["solved_at"] != "")), utc=True),
            "customer": written["requester_id"],
            "team": written["group_id"].map(team),
            "channel": written["channel"],
            "category": written["type"],
            "segment": written["requester_id"].map(segment),
        }
    )
    frame["csat_good"] = frame["id"].map((rated["score"] >= 4).astype(object))
    return frame


def _tables(folder: Path) -> Sequence[pd.DataFrame]:
    with sqlite3.connect(folder / "helpdesk.sqlite") as held:
        read = [
            pd.read_sql_query(f"SELECT {columns} FROM {name}", held)
            for name, columns in (("groups", "*"), ("users", "id, segment"), ("surveys", "ticket, answered_at, score"))
        ]
    held.close()
    read[2]["ticket"] = read[2]["ticket"].astype(str)
    return read


def _messages(folder: Path, tickets: pd.DataFrame) -> pd.DataFrame:
    from deskbook.text import score_texts

    written = pd.read_parquet(folder / "messages.parquet")
    frame = pd.DataFrame(
        {
            "id": written["message_id"],
            "ticket": written["ticket"].astype(str),
            "role": written["author_role"].map(ROLES),
            "is_public": written["public"],
            "sent_at": written["sent_at"],
            "text": written["body"],
        }
    )
    frame = frame.join(tickets.set_index("id")[["customer", *CUTS]], on="ticket")
    is_customer = frame["role"] == "customer"
    # How a message sounds is what the text room says; what follows from it is worked out here.
    scores = score_texts(pa.array(frame.loc[is_customer, "text"], pa.string()))
    frame.loc[is_customer, "mood"] = scores["sentiment"].to_pandas().astype(float).to_numpy()
    frame.loc[is_customer, "tone"] = scores["sentiment_label"].to_pandas().astype(object).to_numpy()
    return frame


def _first_replies(messages: pd.DataFrame) -> pd.Series:
    """Moment of each ticket's first public agent reply after the customer's first message."""
    asked = messages[messages["role"] == "customer"].groupby("ticket")["sent_at"].min()
    replies = messages[(messages["role"] == "agent") & messages["is_public"]]
    late = replies[replies["sent_at"] >= replies["ticket"].map(asked)]
    return late.groupby("ticket")["sent_at"].min()
