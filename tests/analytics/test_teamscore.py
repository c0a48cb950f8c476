"""The predecessor's team score, computed by hand, over the window's own days."""

from __future__ import annotations

import pandas as pd
import pytest

from deskbook.analytics import team_scores
from deskbook.errors import BadFrame, BadValue

GOOD = {
    "team": "Billing", "tickets": 210, "first_reply_median_minutes": 22.5, "first_reply_within_target_pct": 80.0,
    "first_reply_mean_minutes": 40.0, "first_reply_sd_minutes": 30.0, "sentiment_mean": 0.2,
    "sentiment_positive_pct": 50.0,
}  # fmt: skip


def scored(*changes: dict[str, object], days: float = 30) -> pd.DataFrame:
    return team_scores(pd.DataFrame([{**GOOD, **change} for change in changes]), days=days)


def test_a_score_computed_by_hand() -> None:
    row = scored({}).iloc[0]
    # band 85 -> 0.6 * 85 + 0.4 * 80; (0.2 + 1) * 50 * 0.9; 7 tickets a day -> 88; 30/40 -> 82.5
    assert row[["response", "quality", "efficiency", "capacity"]].tolist() == pytest.approx([83.0, 54.0, 88.0, 82.5])
    assert row["score"] == pytest.approx(0.30 * 83 + 0.25 * 54 + 0.25 * 88 + 0.20 * 82.5)
    assert row["level"] == "good" and row["team"] == "Billing"


def test_efficiency_follows_the_windows_days_and_not_a_fixed_thirty() -> None:
    assert scored({}, days=7)["efficiency"].tolist() == [100.0]
    assert scored({}, days=105)["efficiency"].tolist() == [60.0]


@pytest.mark.parametrize(
    ("column", "value", "part", "wanted"),
    [
        ("first_reply_median_minutes", 15, "response", 92.0),
        ("first_reply_median_minutes", 60, "response", 68.0),
        ("first_reply_median_minutes", 900, "response", 56.0),
        ("sentiment_mean", -1.0, "quality", 0.0),
        ("tickets", 30, "efficiency", 40.0),
        ("tickets", 6, "efficiency", 20.0),
        ("first_reply_sd_minutes", 0, "capacity", 100.0),
        ("first_reply_sd_minutes", 60, "capacity", 60.0),
        ("first_reply_sd_minutes", 900, "capacity", 40.0),
    ],
)
def test_each_part_at_the_points_of_its_bands(column: str, value: float, part: str, wanted: float) -> None:
    assert scored({column: value})[part].tolist() == pytest.approx([wanted])


def test_a_part_without_figures_is_missing_and_counts_fifty() -> None:
    row = scored({"sentiment_mean": None}).iloc[0]
    assert pd.isna(row["quality"]) and row["score"] == pytest.approx(0.30 * 83 + 0.25 * 50 + 0.25 * 88 + 0.20 * 82.5)


def test_under_five_tickets_there_is_no_score_and_the_best_team_comes_first() -> None:
    found = scored(
        {"team": "A", "tickets": 4}, {"team": "B", "sentiment_mean": -0.9}, {"team": "C"}, {"team": "D", "tickets": 5}
    )
    assert found["team"].tolist() == ["C", "B", "D", "A"]
    assert pd.isna(found["score"].iloc[3]) and found["level"].iloc[3] == "too few to say"


def test_levels_have_their_names() -> None:
    slow = {"first_reply_median_minutes": 900, "first_reply_within_target_pct": 0, "first_reply_sd_minutes": 900}
    best = {
        "tickets": 900, "first_reply_median_minutes": 5, "first_reply_within_target_pct": 100, "sentiment_mean": 1,
        "sentiment_positive_pct": 100, "first_reply_sd_minutes": 0,
    }  # fmt: skip
    changes = [best, {}, {"sentiment_mean": -0.9}, {**slow, "sentiment_mean": 0.6}, {**slow, "sentiment_mean": -1}]
    assert scored(*changes)["level"].tolist() == ["excellent", "good", "average", "poor", "critical"]


def test_no_teams_have_no_scores() -> None:
    assert team_scores(pd.DataFrame([GOOD]).iloc[:0], days=30).empty


def test_what_cannot_be_scored_is_refused() -> None:
    with pytest.raises(BadValue, match="more than 0 days"):
        scored({}, days=0)
    with pytest.raises(BadFrame, match="Column 'tickets'"):
        scored({"tickets": None})
    with pytest.raises(BadFrame, match="Column 'sentiment_mean'"):
        team_scores(pd.DataFrame([GOOD]).drop(columns="sentiment_mean"), days=30)
