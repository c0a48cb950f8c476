"""The predecessor's team score, against its formula in pandas and at points one can compute by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from deskbook.book import Book
from deskbook.metrics import query
from deskbook.store import HotCopies

from ..conftest import Fill
from .test_query import desk_of


def by_hand(tickets: pd.DataFrame, target_minutes: int) -> float:
    replies = tickets["first_reply_minutes"].dropna() * 60
    median, days = replies.median() / 60, tickets["created_at"].dt.floor("D")
    band = 100.0 if median <= 15 else np.interp(median, (15, 30, 60, 120), (90, 80, 60, 40))
    mood, positive = (
        tickets["sentiment"].astype(float).mean(),
        (tickets["sentiment_label"].dropna() == "positive").mean(),
    )
    a_day = len(tickets) / ((days.max() - days.min()).days + 1)
    return float(
        0.30 * (0.6 * band + 0.4 * 100 * (replies <= target_minutes * 60).mean())
        + 0.25 * (mood + 1) * 50 * (0.8 + 0.2 * positive)
        + 0.25 * np.interp(a_day, (0.5, 1, 2, 5, 10), (20, 40, 60, 80, 100))
        + 0.20 * np.interp(replies.std() / replies.mean(), (0, 0.5, 1, 1.5, 2.5), (100, 90, 75, 60, 40))
    )


def test_the_score_of_each_team_is_that_of_the_formula(synced: Book) -> None:
    rows = synced.query("team_score", by="team").rows
    tickets = synced.tickets()
    expected = {
        team: by_hand(found, synced.settings.first_reply_target_minutes) for team, found in tickets.groupby("team")
    }
    assert {row["team"]: row["team_score"] for row in rows} == pytest.approx(expected, abs=1e-4)


def test_a_score_computed_by_hand(fill: Fill, hot: HotCopies) -> None:
    """Replies after 10, 20, 25, 30 and 40 minutes on one day, no mood: 0.6 * 83.33 + 40, 50, 80 and 91.06."""
    day = "2026-10-01T{:02d}:{:02d}:00Z".format
    tickets = [{"id": str(n), "created_at": day(9, 0), "team": "A"} for n in range(5)]
    minutes = [10, 20, 25, 30, 40]
    messages = [
        {"id": f"{n}{role}", "ticket_id": str(n), "sent_at": day(9, at), "author_role": role}
        for n, wait in enumerate(minutes)
        for role, at in (("customer", 0), ("agent", wait))
    ]
    fill(tickets=tickets, messages=messages)
    unevenness = np.std(minutes, ddof=1) / np.mean(minutes)
    wanted = 0.30 * (0.6 * (90 - 10 * 10 / 15) + 40) + 0.25 * 50 + 0.25 * 80 + 0.20 * (100 - 20 * unevenness)
    assert query(desk_of(hot), ["team_score"], by=["team"]).rows[0]["team_score"] == pytest.approx(wanted, abs=1e-5)


def test_with_fewer_than_five_tickets_there_is_no_score(fill: Fill, hot: HotCopies) -> None:
    fill(tickets=[{"id": str(n), "created_at": "2026-10-01", "team": "A"} for n in range(4)])
    assert query(desk_of(hot), ["team_score"], by=["team"]).rows[0]["team_score"] is None
