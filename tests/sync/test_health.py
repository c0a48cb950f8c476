"""How an entry is doing: one table of what it is and what is said."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from deskbook.errors import ConfigError
from deskbook.store import Standing
from deskbook.sync.breaker import OPENS_AFTER
from deskbook.sync.feeding import chain, feeder, owners
from deskbook.sync.health import health, worst

NOW = datetime(2026, 11, 1, 12)
FRESH, OLD = NOW - timedelta(hours=23), NOW - timedelta(hours=25)


@pytest.mark.parametrize(
    ("held", "colour", "status"),
    [
        (Standing(), "no data", "never"),
        (Standing(good_at=FRESH, has_rows=True), "green", "ok"),
        (Standing(good_at=FRESH, has_rows=False), "no data", "empty"),
        (Standing(good_at=OLD, has_rows=False), "no data", "empty"),
        (Standing(good_at=OLD, has_rows=True), "yellow", "late"),
        (Standing(good_at=FRESH, has_rows=True, failures=1), "yellow", "retrying"),
        (Standing(good_at=OLD, has_rows=True, failures=1), "red", "failed"),
        (Standing(failures=1), "red", "failed"),
        (Standing(good_at=FRESH, has_rows=True, failures=OPENS_AFTER), "red", "failed"),
        (Standing(good_at=FRESH, has_rows=True, paused_at=NOW), "green", "ok"),
        (Standing(good_at=OLD, has_rows=True, paused_at=OLD), "yellow", "late"),
    ],
)
def test_the_colour_follows_from_the_promise(held: Standing, colour: str, status: str) -> None:
    found = health(held, 24.0, NOW)
    assert (found.colour, found.status) == (colour, status) and found.said


@pytest.mark.parametrize(
    ("by", "colour", "status"),
    [
        (Standing(good_at=FRESH, has_rows=True), "yellow", "covered"),
        (Standing(good_at=OLD, has_rows=True), "red", "failed"),
        (Standing(good_at=FRESH, has_rows=True, failures=1), "red", "failed"),
    ],
)
def test_a_fallback_keeps_the_promise_only_while_it_is_fresh_itself(by: Standing, colour: str, status: str) -> None:
    held = Standing(good_at=OLD, has_rows=True, failures=OPENS_AFTER, feeding="copy")
    found = health(held, 24.0, NOW, by=by)
    assert (found.colour, found.status) == (colour, status)


def test_the_worst_stands_for_all_and_no_data_is_not_green() -> None:
    assert worst(["green", "yellow", "red"]) == "red" and worst(["green", "no data"]) == "no data"
    assert worst(["green", "green"]) == "green" and worst([]) == "no data"


def test_the_first_of_a_chain_that_has_not_failed_twice_feeds() -> None:
    links, well, once, twice = ("a", "b", "c"), Standing(), Standing(failures=1), Standing(failures=2)
    assert [feeder(links, {"a": one}) for one in (well, once, twice)] == [0, 0, 1]
    assert feeder(links, {"a": twice, "b": twice}) == 2 and feeder(links, dict.fromkeys(links, twice)) == 2
    assert feeder(("a",), {"a": twice}) == 0


def test_a_fallback_that_leads_back_is_refused() -> None:
    loop = {"a": "b", "b": "c", "c": "a"}
    with pytest.raises(ConfigError, match="leads back to 'a' \\(a → b → c → a\\)"):
        chain("a", lambda name: loop[name])
    owned, problems = owners({**loop, "d": "d", "e": ""})
    assert owned == {} and sorted(problems) == ["a", "b", "c", "d"]


def test_a_fallback_that_is_not_there_or_is_anothers_is_refused() -> None:
    owned, problems = owners({"a": "b", "b": "", "c": "b", "d": "gone"})
    assert owned == {"b": "a"}
    assert "is that of 'a' already" in problems["c"] and "'gone', which no catalog has" in problems["d"]
