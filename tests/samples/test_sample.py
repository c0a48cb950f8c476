"""write_sample: repeatable, careful with directories and arguments."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from deskbook.errors import ConfigError
from deskbook.samples import chunk, write_sample

FILES = {
    "calendar.csv",
    "tickets.csv",
    "messages.parquet",
    "events.jsonl",
    "helpdesk.sqlite",
    "ticket_metrics.parquet",
    "truth.json",
}


def digests(directory: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in directory.iterdir()}


def test_same_seed_gives_the_same_bytes_in_all_files(tmp_path: Path) -> None:
    write_sample(tmp_path / "a", tickets=400, seed=3)
    write_sample(tmp_path / "b", tickets=400, seed=3)
    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    assert set(digests(tmp_path / "a")) == FILES


def test_another_seed_changes_every_file(tmp_path: Path) -> None:
    write_sample(tmp_path / "a", tickets=400, seed=3)
    write_sample(tmp_path / "b", tickets=400, seed=4)
    assert not set(digests(tmp_path / "a").values()) & set(digests(tmp_path / "b").values())


def test_returned_truth_is_the_written_truth(sample, tmp_path: Path) -> None:
    assert write_sample(tmp_path, tickets=3_000, seed=7) == sample.truth


def test_progress_counts_up_to_all_tickets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunk, "CHUNK_TICKETS", 100)
    seen: list[int] = []
    write_sample(tmp_path, tickets=500, progress=seen.append)
    assert seen[-1] == 500
    assert len(seen) > 3
    assert seen == sorted(seen)


def test_a_smaller_chunk_still_books_every_ticket_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunk, "CHUNK_TICKETS", 100)
    truth = write_sample(tmp_path, tickets=500)
    numbers = [line.split(",")[0] for line in (tmp_path / "tickets.csv").read_text().splitlines() if line[:1] == "1"]
    assert len(set(numbers)) == truth["tickets"] == 500


@pytest.mark.parametrize(
    ("argument", "value"),
    [("tickets", 0), ("tickets", -5), ("tickets", 10**9), ("seed", -1), ("days", 27), ("until", date(1900, 1, 1))],
)
def test_bad_argument_is_refused_by_name_and_value(tmp_path: Path, argument: str, value: object) -> None:
    with pytest.raises(ConfigError, match=rf"{argument}: wanted .* got {value}"):
        write_sample(tmp_path / "new", **{argument: value})
    assert not (tmp_path / "new").exists()


def test_directory_with_other_files_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(ConfigError, match=r"not a sample.*truth\.json"):
        write_sample(tmp_path, tickets=50)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def test_older_sample_is_replaced(tmp_path: Path) -> None:
    write_sample(tmp_path, tickets=60)
    write_sample(tmp_path, tickets=50)
    assert set(digests(tmp_path)) == FILES
    assert (tmp_path / "tickets.csv").read_text().count("\n1") == 50


def test_a_file_in_place_of_the_directory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("")
    with pytest.raises(ConfigError, match="is a file"):
        write_sample(tmp_path / "desk", tickets=50)


def test_interrupted_run_leaves_the_older_sample_whole(tmp_path: Path) -> None:
    write_sample(tmp_path, tickets=60)
    before = digests(tmp_path)

    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_sample(tmp_path, tickets=80, progress=stop)
    assert digests(tmp_path) == before


@pytest.mark.parametrize("tickets", [1, 30, 300])
def test_tiny_desks_have_exactly_the_tickets_asked_for(tmp_path: Path, tickets: int) -> None:
    truth = write_sample(tmp_path, tickets=tickets)
    assert truth["tickets"] == sum(truth["created_by_day"].values()) == tickets


@pytest.mark.parametrize(
    ("days", "until"), [(28, date(2026, 10, 31)), (90, date(2026, 1, 1)), (1500, date(2025, 2, 9))]
)
def test_other_periods_keep_their_bounds(tmp_path: Path, days: int, until: date) -> None:
    truth = write_sample(tmp_path, tickets=600, days=days, until=until)
    assert len(truth["created_by_day"]) == truth["days"] == days
    assert list(truth["created_by_day"])[-1] == truth["until"] == until.isoformat()
    assert truth["incidents"][-1]["start"].startswith(until.isoformat())
