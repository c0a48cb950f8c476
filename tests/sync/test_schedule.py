"""What is due, and in which order: by known answers, and by simulated desks with a clock of their own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbook.errors import ConfigError
from deskbook.sources.rhythm import Every, read_every, read_priority
from deskbook.store import Standing
from deskbook.sync.breaker import JITTER, LONGEST_SECONDS, OPENS_AFTER, is_open, pause_seconds
from deskbook.sync.schedule import IDLE_RUNS, Planned, due, interval_seconds, next_at, wait_seconds

NOW = datetime(2026, 11, 1, 12)
FIXED = Every(60, 60)


def plan(name: str = "a", every: Every = FIXED, priority: float = 0.0, wanted: bool = False, **held: object) -> Planned:
    standing = Standing(**held)  # type: ignore[arg-type]
    is_paused = standing.paused_at is not None
    return Planned(
        name=name, of=name, every=every, priority=priority, standing=standing, is_paused=is_paused, is_wanted=wanted
    )


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("30s", (30, 30)),
        ("5m", (300, 300)),
        ("2h", (7200, 7200)),
        ("1d", (86400, 86400)),
        (45, (45, 45)),
        ({"at_least": "10s", "at_most": "5m"}, (10, 300)),
    ],
)
def test_an_interval_is_read_as_people_write_it(written: object, seconds: tuple[float, float]) -> None:
    assert read_every(written, "a") == Every(*seconds)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("9s", "wanted 10s to 24h"),
        ("25h", "wanted 10s to 24h"),
        ("often", "got 'often'"),
        (True, "got True"),
        ({"at_least": "10s"}, "wants at_least: and at_most:"),
        ({"at_least": "5m", "at_most": "10s"}, "Swap them"),
    ],
)
def test_an_interval_that_is_none_is_refused_by_name(written: object, said: str) -> None:
    with pytest.raises(ConfigError, match=f"Entry 'a'.*{said}"):
        read_every(written, "a")


def test_a_priority_is_a_word_or_a_number() -> None:
    assert [read_priority(one, "a") for one in ("high", None, "low", 3)] == [10, 0, -10, 3]
    with pytest.raises(ConfigError, match="high, normal, low or a number"):
        read_priority("urgent", "a")


def test_the_interval_doubles_after_every_three_syncs_with_nothing_new_up_to_its_bound() -> None:
    every = Every(10, 60)
    assert [interval_seconds(every, idle) for idle in range(0, 12, IDLE_RUNS)] == [10, 20, 40, 60]
    assert interval_seconds(every, 2) == 10 and interval_seconds(every, 10**9) == 60
    assert interval_seconds(FIXED, 100) == 60


@given(st.integers(10, 86_400), st.integers(1, 100), st.integers(0, 10**6))
def test_an_interval_stays_within_its_bounds_and_never_shrinks_while_nothing_comes(
    at_least: int, more: int, idle: int
) -> None:
    every = Every(at_least, at_least * more)
    assert every.at_least <= interval_seconds(every, idle) <= interval_seconds(every, idle + 1) <= every.at_most


def test_who_never_synced_is_due_and_who_is_paused_is_not_unless_asked_for() -> None:
    assert next_at(plan(), NOW) == NOW
    assert next_at(plan(paused_at=NOW), NOW) is None
    assert next_at(plan(begun_at=ago(999), paused_at=NOW), NOW) is None
    assert next_at(plan(begun_at=ago(1), paused_at=NOW, wanted=True), NOW) == NOW


def test_a_clock_that_was_set_back_keeps_nobody_waiting_longer_than_the_interval() -> None:
    held = plan(begun_at=NOW + timedelta(days=3))
    assert next_at(held, NOW) == NOW + timedelta(seconds=60)


def test_high_goes_before_low_and_low_that_waited_two_intervals_before_high() -> None:
    high, low = plan("high", priority=10, begun_at=ago(60)), plan("low", priority=-10, begun_at=ago(60))
    assert [one.name for one in due([low, high], NOW)] == ["high", "low"]
    waited = replace(low, standing=Standing(begun_at=ago(60 * 3.1)))
    assert [one.name for one in due([high, waited], NOW)] == ["low", "high"]


def test_who_gave_way_is_due_at_once_behind_those_who_waited() -> None:
    gave_way, waited = plan("a", begun_at=ago(5), ended_at=NOW, unfinished=True), plan("b", begun_at=ago(70))
    assert [one.name for one in due([gave_way, waited], NOW)] == ["b", "a"]


def test_the_wait_ends_when_the_first_is_due() -> None:
    planned = [plan("a", begun_at=ago(55)), plan("b", begun_at=ago(10)), plan("c", paused_at=NOW)]
    assert wait_seconds(planned, NOW, running=(), most=30) == 5
    assert wait_seconds(planned, NOW, running={"a"}, most=30) == 30
    assert wait_seconds([], NOW, running=(), most=30) == 30


def test_the_breaker_opens_after_three_failures_and_its_pauses_grow_to_an_hour() -> None:
    pauses = [pause_seconds(failures, 60, "a") for failures in range(12)]
    assert [is_open(failures) for failures in range(5)] == [False, False, False, True, True]
    assert pauses[:OPENS_AFTER] == [60, 60, 60] and 120 <= pauses[3] <= 132 and 240 <= pauses[4] <= 264
    assert pauses[:9] == sorted(pauses[:9]) and LONGEST_SECONDS <= pauses[-1] <= LONGEST_SECONDS * (1 + JITTER)
    assert 86_400 <= pause_seconds(50, 86_400, "a") <= 86_400 * (1 + JITTER)
    assert pause_seconds(5, 60, "a") != pause_seconds(5, 60, "b")


@dataclass
class Simulated:
    """One entry of a simulated desk: how long each sync takes, and whether it brings rows or fails."""

    plan: Planned
    takes: int
    outcomes: list[str]
    begun: list[datetime] = field(default_factory=list)
    intervals: list[float] = field(default_factory=list)
    runs: int = 0

    def end(self, at: datetime) -> None:
        outcome, held = self.outcomes[self.runs % len(self.outcomes)], self.plan.standing
        self.runs += 1
        changes: dict[str, object] = {"begun_at": self.begun[-1], "ended_at": at}
        if outcome == "fails":
            changes["failures"] = held.failures + 1
        else:
            changes |= {"failures": 0, "idle": 0 if outcome == "rows" else held.idle + 1}
        standing = replace(held, **changes)  # type: ignore[arg-type]
        self.plan = replace(self.plan, standing=standing)
        interval = interval_seconds(self.plan.every, standing.idle)
        self.intervals.append(pause_seconds(standing.failures, interval, self.plan.name))


entries = st.builds(
    lambda at_least, more, priority, takes, outcomes: (Every(at_least, at_least * more), priority, takes, outcomes),
    st.integers(10, 120),
    st.integers(1, 20),
    st.sampled_from([-10.0, 0.0, 10.0]),
    st.integers(1, 40),
    st.lists(st.sampled_from(["rows", "nothing", "fails"]), min_size=1, max_size=6),
)


def simulate(chosen: list[tuple[Every, float, int, list[str]]], threads: int, ticks: int) -> list[Simulated]:
    """A second a tick: what is through ends, and what is due begins while a thread is free."""
    desk = {
        f"e{number}": Simulated(plan(f"e{number}", every, priority), takes, outcomes)
        for number, (every, priority, takes, outcomes) in enumerate(chosen)
    }
    running: dict[str, datetime] = {}
    for tick in range(ticks):
        now = NOW + timedelta(seconds=tick)
        for name in [name for name, until in running.items() if until <= now]:
            del running[name]
            desk[name].end(now)
        for one in due([each.plan for each in desk.values()], now, running=running)[: threads - len(running)]:
            desk[one.name].begun.append(now)
            running[one.name] = now + timedelta(seconds=desk[one.name].takes)
        assert len(running) <= threads
    return list(desk.values())


def gaps(one: Simulated) -> list[float]:
    return [(later - before).total_seconds() for before, later in zip(one.begun, one.begun[1:], strict=False)]


@settings(max_examples=60, deadline=None)
@given(st.lists(entries, min_size=1, max_size=6), st.integers(1, 6))
def test_nobody_comes_before_its_interval(chosen: list[tuple[Every, float, int, list[str]]], threads: int) -> None:
    for one in simulate(chosen, threads, 900):
        assert all(gap >= interval for gap, interval in zip(gaps(one), one.intervals, strict=False))


@settings(max_examples=60, deadline=None)
@given(st.lists(entries, min_size=1, max_size=6))
def test_while_threads_are_free_nobody_comes_later_than_its_interval_and_a_tick(
    chosen: list[tuple[Every, float, int, list[str]]],
) -> None:
    for one in simulate(chosen, len(chosen), 900):
        for gap, interval in zip(gaps(one), one.intervals, strict=False):
            assert gap <= max(interval, one.takes) + 1


@settings(max_examples=40, deadline=None)
@given(st.lists(entries, min_size=2, max_size=6))
def test_with_one_thread_for_all_everybody_still_has_a_turn(
    chosen: list[tuple[Every, float, int, list[str]]],
) -> None:
    busy = sum(takes for _, _, takes, _ in chosen)
    slowest = max(every.at_most for every, *_ in chosen)
    for one in simulate(chosen, 1, int(2 * slowest + 6 * busy + 60)):
        assert one.begun, "it never had its turn"
