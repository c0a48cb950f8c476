from __future__ import annotations

from datetime import UTC, datetime

import pytest

from deskbook.metrics import parse_period, registry
from deskbook.views import wording

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
COUNT = registry["tickets_created"]
BACKLOG = registry["open_backlog"]
WAIT = registry["first_reply_median_minutes"]
SHARE = registry["csat_good_pct"]


@pytest.mark.parametrize(
    ("value", "decimals", "said"), [(1204, 0, "1,204"), (-0.26, 2, "−0.26"), (None, 0, "–"), (-0.001, 1, "0.0")]
)
def test_numbers_are_said_with_thousands_and_a_real_minus(value: float, decimals: int, said: str) -> None:
    assert wording.number(value, decimals) == said


def test_a_single_ticket_is_not_said_as_tickets() -> None:
    assert wording.valued(1, COUNT) == "1\u00a0ticket"
    assert wording.valued(2, COUNT) == "2\u00a0tickets"


def test_a_longer_wait_goes_up_and_is_bad_news() -> None:
    change = wording.change_of(WAIT, 12.0, 40.0)
    assert change == wording.Change("up", "bad", "12.0\u00a0min", "worse")


def test_a_smaller_backlog_goes_down_and_is_good_news() -> None:
    change = wording.change_of(BACKLOG, -10, -8.0)
    assert change == wording.Change("down", "good", "8.0\u00a0%", "better")


def test_volume_is_neither_good_nor_bad() -> None:
    change = wording.change_of(COUNT, 80, 20.0)
    assert change is not None
    assert (change.arrow, change.tone, change.word) == ("up", "neutral", "up")


def test_a_share_moves_by_points_not_by_per_cent() -> None:
    change = wording.change_of(SHARE, -2.14, -5.0)
    assert change is not None
    assert change.text == "2.1\u00a0points"


def test_no_period_before_means_no_change() -> None:
    assert wording.change_of(COUNT, None, None) is None
    assert wording.change_of(COUNT, float("nan"), float("nan")) is None


@pytest.mark.parametrize(("n", "few"), [(0, True), (9, True), (10, False), (1500, False)])
def test_small_samples_say_so(n: int, few: bool) -> None:
    said, is_few = wording.sample(WAIT, n)
    assert is_few is few
    assert said == {0: "nothing to measure", 9: "only 9 – too few to lean on"}.get(n, f"n\u00a0{n:,}")


def test_counts_are_their_own_sample() -> None:
    assert wording.sample(COUNT, None) == ("", False)


@pytest.mark.parametrize(
    ("period", "said", "before"),
    [
        ("-28d", "5 Oct to 1 Nov 2026", "vs the 28 days before"),
        ("2026-10", "1 Oct to 31 Oct 2026", "vs the month before"),
        ("yesterday", "31 Oct 2026", "vs the day before"),
        ("2025-12-30..2026-01-02", "30 Dec 2025 to 2 Jan 2026", "vs the 4 days before"),
    ],
)
def test_periods_are_said_as_people_say_them(period: str, said: str, before: str) -> None:
    made = parse_period(period, now=NOW, zone="UTC")
    assert wording.dates(made) == said
    assert wording.baseline(made) == before


def test_moments_are_on_the_wall_clock_of_the_workspace() -> None:
    assert wording.moment(datetime(2026, 10, 31, 23, 30), "Europe/Berlin") == "Sun 1 Nov 2026, 00:30"


@pytest.mark.parametrize(("seconds", "said"), [(30, "30 s"), (600, "10 min"), (7200, "2 h"), (400_000, "5 days")])
def test_lengths_are_said_in_their_largest_unit(seconds: float, said: str) -> None:
    assert wording.elapsed(seconds).replace("\u00a0", " ") == said
