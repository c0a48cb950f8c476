"""A result is what pandas would make of the same SQL, value by value and byte by byte."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis.extra.numpy import arrays
from hypothesis.strategies import floats

from deskbook.metrics import CYCLES, GRAINS, Desk, Metric, Period, Result, parse_filter, parse_period, query, registry
from deskbook.metrics.compile import columns, compile_query
from deskbook.metrics.table import MANY_ROWS, Column, Table
from deskbook.store import HotCopies

from ..conftest import NOW, Fill
from .test_query import desk_of

DIMENSIONS = ("team", "channel", "priority", "agent", "tag", "custom.plan", "sentiment", "reopens", "ticket")
PERIODS = (
    "2026-10",
    "2026-10-12..2026-10-18",
    "-3d",
    "last week",
    "this month",
    "2026-10-30T08:00..2026-10-30T12:00",
    "",
)
FILTERS = ("", "", "channel = chat", "team is null", "tag = vip", "not custom.plan = pro", "ticket = nobody")
QUERIES = 250


@pytest.fixture
def desk(fill: Fill, hot: HotCopies) -> Desk:
    """A month and a half of tickets in which every column has gaps."""
    draw = Random(7)
    tickets: list[dict[str, Any]] = []
    messages: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    ratings: list[dict[str, Any]] = []
    for number in range(300):
        created = NOW - timedelta(minutes=draw.randrange(60 * 24 * 45))
        solved = created + timedelta(minutes=draw.randrange(1, 6_000))
        is_done = draw.random() < 0.6
        tickets.append(
            {
                "id": str(number),
                "created_at": created.isoformat(),
                "resolved_at": solved.isoformat() if is_done else None,
                "status": "solved" if is_done else draw.choice(["open", "new", None]),
                "team": draw.choice(["Zoë", "alpha", "Beta", None]),
                "agent": draw.choice([None, *"abcd"]),
                "channel": draw.choice(["chat", "email", None]),
                "priority": draw.choice(["low", "high"]),
                "tags": draw.choice(["vip;refund", "vip", None]),
                "custom": draw.choice(['{"plan": "pro"}', '{"plan": "free"}', None]),
            }
        )
        for turn in range(draw.randrange(4)):
            sent = created + timedelta(minutes=turn * draw.randrange(1, 300))
            role = draw.choice(["customer", "agent", "bot"])
            messages.append(
                {"id": f"{number}-{turn}", "ticket_id": str(number), "sent_at": sent.isoformat(), "author_role": role}
            )
        if draw.random() < 0.3:
            moves = ["solved", "open"] if draw.random() < 0.5 else ["open"]
            for step, value in enumerate(moves):
                moved = (created + timedelta(hours=1 + step)).isoformat()
                event = {"id": f"{number}-{step}", "ticket_id": str(number), "occurred_at": moved}
                events.append(event | {"kind": "status", "new_value": value})
        if is_done and draw.random() < 0.5:
            rated = {"id": str(number), "ticket_id": str(number), "rated_at": solved.isoformat()}
            ratings.append(rated | {"is_good": draw.choice([True, False, None])})
    fill(tickets=tickets, messages=messages, events=events, satisfaction=ratings)
    return desk_of(hot, "Europe/Berlin")


def test_a_result_is_what_pandas_makes_of_the_same_sql(desk: Desk) -> None:
    draw = Random(13)
    seen: set[str] = set()
    for _ in range(QUERIES):
        metrics, by, where, period, compare = asked(draw)
        expected = naive(desk, metrics, by, where, period, compare)
        found = query(desk, metrics, by=by, where=parse_filter(where), period=period, compare=compare)
        said = f"{metrics} by {by} where {where!r} in {period.text!r}, compared: {compare}"
        assert json.dumps(found.rows) == json.dumps(plain(expected)), said
        canonical = json.dumps(plain(expected), sort_keys=True, ensure_ascii=False)
        assert found.receipt.digest == hashlib.sha256(canonical.encode()).hexdigest(), said
        assert found.receipt.rows == len(expected), said
        assert_same(found, expected, said)
        seen |= {"gone" for row in found.rows if compare and by and row.get("tickets_created") == 0}
        seen |= {"absent group" for row in found.rows for name in by if row[name] is None}
        seen |= {"no row" for _ in [0] if not found.rows}
        seen |= {"change" for row in found.rows if row.get(f"{metrics[0]}_change") is not None}
    assert seen == {"gone", "absent group", "no row", "change"}


@pytest.mark.parametrize("times", [1, MANY_ROWS // 4])
def test_a_table_is_written_as_json_writes_its_rows(times: int) -> None:
    midnight = datetime(2026, 10, 1)
    columns = {
        "words, \\ and 100 %s": (['a "quoted" one', "Zoë\n\u2028", None, "{}, %"], "object"),
        "at": ([midnight, datetime(2026, 10, 1, 9, 30), None, datetime(2026, 10, 1, 0, 0, 0, 7)], "datetime64[us]"),
        "share": ([0.1, -0.0, None, 1e22], "float64"),
        "small": ([1 / 3, 1e-05, 0.0001, float("inf")], "float64"),
        "unknown": ([None, None, None, None], "float64"),
        "n": ([1, 0, None, -(2**53)], "int64"),
        "is_good": ([True, None, False, True], "bool"),
    }
    table = Table({name: Column(values * times, dtype) for name, (values, dtype) in columns.items()})
    assert table.json() == json.dumps(table.rows(), sort_keys=True, ensure_ascii=False)
    assert Table({"n": Column([], "int64")}).json() == "[]"


@given(arrays(np.float64, MANY_ROWS, elements=floats(allow_nan=False), fill=floats(allow_nan=False)))
@settings(max_examples=50)
def test_floats_are_written_alike_however_many_there_are(values: np.ndarray) -> None:
    table = Table({"share": Column(values, "float64")})
    assert table.json() == json.dumps(table.rows(), sort_keys=True, ensure_ascii=False)


def test_a_frame_is_made_once(desk: Desk) -> None:
    found = query(desk, ["tickets_created"], by=["team"])
    assert found.frame is found.frame


def asked(draw: Random) -> tuple[list[str], list[str], str, Period, bool]:
    """A question at random that has a meaning."""
    metrics = draw.sample(sorted(registry), draw.randrange(1, 5))
    by = draw.sample(DIMENSIONS, draw.choice([0, 0, 1, 1, 2]))
    time = draw.choice([*GRAINS, *CYCLES, "", "", "", "", ""])
    if time and not (time in CYCLES and any(registry[name].stock for name in metrics)):
        by.insert(draw.randrange(len(by) + 1), time)
    period = parse_period(draw.choice(PERIODS), now=NOW, zone="Europe/Berlin")
    return metrics, by, draw.choice(FILTERS), period, draw.random() < 0.6


def naive(
    desk: Desk, names: Sequence[str], by: Sequence[str], where: str, period: Period, compare: bool
) -> pd.DataFrame:
    """The same question answered with DuckDB's own frames, merged by pandas."""
    metrics = [registry[name] for name in names]

    def run(span: Period) -> pd.DataFrame:
        statement = compile_query(metrics, by, parse_filter(where), span, desk.given())
        frame: pd.DataFrame = desk.con.execute(statement.sql, dict(statement.bound)).df()
        return frame

    now, earlier = run(period)[[*by, *columns(metrics)]], period.before()
    if not compare or earlier is None:
        return now
    then = run(earlier)
    keys = [name for name in by if name not in GRAINS]
    is_series = len(keys) < len(by)
    if is_series:
        (grain,) = [name for name in by if name in GRAINS]
        for frame, span in ((now, period), (then, earlier)):
            frame["step"] = steps(frame[grain], grain, span)
        then, keys = then.drop(columns=grain), [*keys, "step"]
    then = then.rename(columns={name: before(name) for name in then.columns if name not in keys})
    if not keys:
        return with_changes(pd.concat([now, then], axis=1), metrics)
    joined = now.merge(then, on=keys, how="left" if is_series else "outer")
    if is_series:
        return with_changes(joined.drop(columns="step"), metrics)
    for metric in metrics:
        count = f"{metric.name}_n" if metric.n else metric.name
        joined[count] = joined[count].fillna(0).astype("int64")
    counted = [one for one in metrics if one.additive and then[before(one.name)].any()]
    for metric in counted:
        joined[before(metric.name)] = joined[before(metric.name)].fillna(0)
    return with_changes(joined, metrics, counted)


def steps(starts: pd.Series[Any], grain: str, span: Period) -> list[int]:
    """How many grains each start lies behind the one that a period begins in."""
    frequency = {"hour": "h", "day": "D", "week": "W", "month": "M", "quarter": "Q"}[grain]
    first = pd.Timestamp(span.since).tz_convert(span.zone).tz_localize(None).to_period(frequency)
    return [int((pd.Timestamp(start).to_period(frequency) - first).n) for start in starts]


def before(name: str) -> str:
    return f"{name.removesuffix('_n')}_before_n" if name.endswith("_n") else f"{name}_before"


def with_changes(frame: pd.DataFrame, metrics: Sequence[Metric], counted: Sequence[Metric] = ()) -> pd.DataFrame:
    for metric in metrics:
        now, then = (frame[name].to_numpy("float64", na_value=np.nan) for name in (metric.name, before(metric.name)))
        size = frame[f"{metric.name}_before_n"].fillna(0).to_numpy() if metric.n else then
        holds = ~np.isnan(then) & ((size != 0) | (metric in counted)) & (not metric.is_current)
        with np.errstate(divide="ignore", invalid="ignore"):
            pct = np.where(then == 0, np.nan, 100.0 * (now - then) / np.abs(then))
        frame[f"{metric.name}_before"] = np.where(holds, then, np.nan)
        frame[f"{metric.name}_change"] = np.where(holds, now - then, np.nan)
        frame[f"{metric.name}_change_pct"] = np.where(holds, pct, np.nan)
    return frame


def plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    def value(held: Any) -> Any:
        if held is None or held is pd.NaT or held is pd.NA or (isinstance(held, float) and math.isnan(held)):
            return None
        if isinstance(held, pd.Timestamp):
            return held.date().isoformat() if held == held.normalize() else held.isoformat()
        return held.item() if hasattr(held, "item") else held

    return [{name: value(held) for name, held in row.items()} for row in frame.to_dict("records")]


def assert_same(found: Result, expected: pd.DataFrame, said: str) -> None:
    """The frame asked for is that frame, types included; words stay words where pandas, merging nothing, forgets it."""
    words = dict.fromkeys(by_text(found), "str")
    pd.testing.assert_frame_equal(found.frame, expected.astype(words), check_exact=True, obj=said)


def by_text(found: Result) -> list[str]:
    return [name for name, column in found.table.columns.items() if column.dtype == "object"]
