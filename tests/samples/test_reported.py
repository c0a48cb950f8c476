"""What the help desk reports itself: ours to the second, but where the ledger says that it counts otherwise."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from deskbook.apps.workspace import PROMISES
from deskbook.clocks import make_rules
from deskbook.samples import calendar, reported, write_sample

from .test_ledger import first_reply_minutes

ROOT = Path(__file__).resolve().parents[2]
CALENDAR, BUSINESS = reported.MEASURES


def figures(desk) -> pd.DataFrame:
    return pd.read_parquet(desk.directory / "ticket_metrics.parquet")


def planted(desk, measure: str) -> dict[int, str]:
    (told,) = (one for one in desk.truth["reported"] if one["measure"] == measure)
    return {int(number): one["about"] for one in told["planted"] for number in one["ticket_ids"]}


def test_every_answered_ticket_has_each_figure_once(desk) -> None:
    found = figures(desk)
    answered = set(first_reply_minutes(desk).index)
    assert found["metric_id"].is_unique and (found["seconds"] >= 0).all()
    for measure in reported.MEASURES:
        held = found.loc[found["metric"] == measure, "ticket"]
        assert held.is_unique and set(held) == answered


def test_figures_that_are_not_planted_are_those_of_the_messages(desk) -> None:
    found = figures(desk).query("metric == @CALENDAR").set_index("ticket")["seconds"]
    ours = first_reply_minutes(desk).mul(60).round().astype(int).reindex(found.index)
    assert set(found.index[found != ours]) == set(planted(desk, CALENDAR))


def test_business_figures_are_those_of_a_plain_count_of_minutes(sample) -> None:
    found = figures(sample).query("metric == @BUSINESS")
    found = found[~found["ticket"].isin(planted(sample, BUSINESS))].iloc[::40]
    created = sample.tickets.set_index("ticket_number")["created"]
    waited = first_reply_minutes(sample)
    for ticket, seconds in zip(found["ticket"], found["seconds"], strict=True):
        start = created[ticket]
        assert abs(seconds - office_minutes(start, start + pd.Timedelta(minutes=waited[ticket])) * 60) < 120


def office_minutes(start: pd.Timestamp, end: pd.Timestamp) -> int:
    closed = {day for year in range(2024, 2028) for day in calendar.holidays(year)}
    minutes = pd.date_range(start, end, freq="min", inclusive="left")
    is_open = (minutes.day_of_week < 5) & (minutes.hour >= 8) & (minutes.hour < 18)
    return int((is_open & ~pd.Index(minutes.date).isin(closed)).sum())


def test_the_ledger_counts_them(desk) -> None:
    found = figures(desk)
    for told in desk.truth["reported"]:
        assert told["figures"] == (found["metric"] == told["measure"]).sum()
        assert told["figures"] - told["agreeing"] == sum(one["size"] for one in told["planted"])
        assert all(one["size"] == len(one["ticket_ids"]) for one in told["planted"])
        assert 0.8 < told["agreeing"] / told["figures"] < 0.95


def test_every_way_is_planted_in_business_time_and_all_but_holidays_around_the_clock(sample) -> None:
    every = {way.about for way in reported.WAYS}
    assert set(planted(sample, BUSINESS).values()) == every
    assert set(planted(sample, CALENDAR).values()) == every - {"counts holidays as working days"}


def test_what_is_reported_changes_no_other_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def digests(folder: Path) -> dict[str, str]:
        names = ("tickets.csv", "messages.parquet", "events.jsonl", "helpdesk.sqlite")
        return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}

    write_sample(tmp_path / "a", tickets=400)
    monkeypatch.setattr(reported, "WAYS", reported.WAYS[:1])
    write_sample(tmp_path / "b", tickets=400)
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


def test_a_new_workspace_promises_the_hours_they_are_counted_in() -> None:
    (schedule,) = make_rules(zone="UTC", schedules=tomllib.loads(PROMISES)["schedules"]).schedules
    (version,) = schedule.versions
    first, last = date(2024, 11, 1), date(2026, 12, 31)
    days = {one for year in range(2024, 2027) for one in calendar.holidays(year) if first <= one <= last}
    assert {day for one in version.closed for day in one} == days
    assert version.week == tuple((day * 1_440 + 8 * 60, day * 1_440 + 18 * 60) for day in range(1, 6))
    assert promises((ROOT / "deskbook.toml").read_text("utf-8")) == promises(PROMISES)


def promises(text: str) -> list[object]:
    held = tomllib.loads(text)
    return [held["schedules"], held["policies"]]
