from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from deskbook.schema import utc

NINE = datetime(2024, 1, 2, 9, tzinfo=UTC)


def read(*values: str | int | None, **how: str) -> list[datetime | None]:
    return utc(pa.array(values), **how).values.to_pylist()


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-02T09:00:00Z",
        "2024-01-02 09:00",
        "2024-01-02T10:00:00+01:00",
        "Tue Jan 02 09:00:00 +0000 2024",
        "Tue, 02 Jan 2024 09:00:00 +0000",
        "2024/01/02 09:00",
        "02.01.2024 09:00",
        "2 Jan 2024 09:00",
        "1704186000",
        "1704186000000",
    ],
)
def test_known_forms_read_as_the_same_moment(text: str) -> None:
    assert read(text) == [NINE]


def test_times_are_the_same_alone_and_among_others_of_their_form() -> None:
    told = (
        "2024-01-02T09:00:00Z",
        "2024-02-29 23:59:59.123456+0530",
        "1999-12-31T00:00-11:00",
        "0001-01-01T00:00:00Z",
        None,
    )
    assert read(*told) == [read(one, "02.01.2024 09:00")[0] for one in told]


@pytest.mark.parametrize("text", ["2024-02-30T09:00:00Z", "2024-01-02T25:00:00Z", "2024-01-02T09:00:00+25:00"])
def test_a_moment_that_is_none_is_unread_among_others(text: str) -> None:
    found = utc(pa.array(["2024-01-02T09:00:00Z", text]))
    assert (found.values.to_pylist(), found.unread.tolist()) == ([NINE, None], [False, True])


def test_three_forms_in_one_column_are_each_read() -> None:
    assert read("2024-01-02 09:00", "02.01.2024 09:00", "Tue Jan 02 09:00:00 +0000 2024") == [NINE] * 3


def test_epoch_numbers_are_told_apart_by_size() -> None:
    assert read(1704186000) == read(1704186000000) == read(1704186000000000) == [NINE]


def test_a_slashed_date_is_read_day_first_when_the_column_shows_it() -> None:
    assert read("02/01/2024 09:00", "31/01/2024 09:00")[0] == NINE


def test_a_slashed_date_is_read_month_first_when_the_column_shows_it() -> None:
    assert read("01/02/2024 09:00", "01/31/2024 09:00")[0] == NINE


def test_a_slashed_date_that_could_be_either_is_ambiguous() -> None:
    times = utc(pa.array(["01/02/2024 09:00"]))
    assert times.ambiguous.tolist() == [True]
    assert times.values.to_pylist() == [None]


def test_times_without_an_offset_follow_the_zone_given() -> None:
    assert read("2024-07-02 11:00", zone="Europe/Berlin") == [datetime(2024, 7, 2, 9, tzinfo=UTC)]


def test_an_offset_beats_the_zone_given() -> None:
    assert read("2024-01-02T09:00:00Z", zone="Asia/Tokyo") == [NINE]


def test_words_are_unread_and_empty_is_absent() -> None:
    times = utc(pa.array(["soon", "", None]))
    assert times.unread.tolist() == [True, False, False]


def test_a_format_of_the_source_is_followed() -> None:
    assert read("02-2024-01 09h", format="%d-%Y-%m %Hh") == [NINE]


def test_naive_timestamps_become_utc() -> None:
    naive = pa.array([datetime(2024, 1, 2, 10)], pa.timestamp("ms"))
    assert utc(naive, zone="Europe/Berlin").values.to_pylist() == [NINE]
