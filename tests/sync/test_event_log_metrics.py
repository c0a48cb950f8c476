"""What the metrics say of three real desks, and where a desk's own figures differ and why."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from deskbook.book import Book
from deskbook.reports.run import execute


def number(book: Book, metric: str, source: str, **asked: str) -> float:
    return book.query(metric, where=" and ".join([f"source = {source}", *asked.values()])).value()


def found(book: Book, source: str) -> dict[str, int]:
    from deskbook.clocks import found as counted

    rows = book.lake.read("ticket_clocks", "main", columns=["findings"], where="source = $s", params={"s": source})
    return {one.name: n for one, n in counted(rows.to_pandas()["findings"].value_counts().to_dict()).items()}


# Requests that say when they are due


@pytest.fixture(scope="module")
def requests(shared: Path) -> pd.DataFrame:
    frame = pd.read_csv(shared / "data" / "baltimore_311" / "311_sample.csv", dtype=str)
    for column in ("CreatedDate", "DueDate", "CloseDate"):
        frame[column] = pd.to_datetime(frame[column], format="%m/%d/%Y %I:%M:%S %p")
    return frame


def test_a_request_is_late_if_it_was_closed_or_is_open_past_its_due_date(
    event_logs: Book, requests: pd.DataFrame
) -> None:
    due = requests[requests["DueDate"].notna()]
    closed = due[due["CloseDate"].notna()]
    late = (closed["CloseDate"] > closed["DueDate"]).sum()
    result = event_logs.query("due_met_pct,tickets_overdue", where="source = baltimore_311").rows[0]
    assert (len(closed), late, result["tickets_overdue"]) == (9_555, 1_567, 135)
    assert result["due_met_pct_n"] == len(closed) + 135
    assert result["due_met_pct"] == pytest.approx(100 * (len(closed) - late) / (len(closed) + 135))


def test_resolution_times_of_requests_are_those_of_the_file(event_logs: Book, requests: pd.DataFrame) -> None:
    """But for changes of the clocks: the file tells wall-clock times, so an hour too many or too few in 2 of 100."""
    hours = (requests["CloseDate"] - requests["CreatedDate"]).dt.total_seconds().dropna() / 3600
    assert number(event_logs, "resolution_median_hours", "baltimore_311") == pytest.approx(hours.median(), abs=0.02)
    assert event_logs.query("tickets_solved", where="source = baltimore_311").value() == len(hours)


# An audit log whose desk says itself whether it kept its promise


def test_an_incident_that_broke_its_promise_took_longer_but_no_limit_tells_them_apart(event_logs: Book) -> None:
    """`made_sla` is the desk's own verdict by rules it does not tell (by priority, category and pauses): times differ
    in the median by a factor of over 5, and no single limit on resolution time gives the same split."""
    kept, broken = (
        number(event_logs, "resolution_median_hours", "uci_incidents", made=f"custom.made_sla = {word}")
        for word in ("true", "false")
    )
    assert broken > 5 * kept
    frame = event_logs.tickets(where="source = uci_incidents")
    made = frame["custom"].str.contains('"made_sla":"true"')
    hours = frame["resolution_hours"]
    best = max(((hours <= limit) == made)[hours.notna()].mean() for limit in range(1, 500, 4))
    assert 0.75 < best < 0.99


def test_incidents_reopened_and_reassigned_are_those_of_the_log(event_logs: Book) -> None:
    """One incident more than its counter says: 0000137, whose rows are out of order in the log."""
    assert number(event_logs, "tickets_reopened", "uci_incidents") == 203
    assert number(event_logs, "reopens", "uci_incidents") == 244


def test_oddities_of_the_logs_are_named_with_their_counts(event_logs: Book) -> None:
    assert found(event_logs, "uci_incidents")["event_before_creation"] == 5
    assert "event_before_creation" not in found(event_logs, "volvo_incidents")
    assert "resolution_before_creation" not in found(event_logs, "baltimore_311")


def test_cases_that_came_back_are_those_of_the_log(event_logs: Book) -> None:
    assert number(event_logs, "tickets_reopened", "volvo_incidents") == 514
    assert number(event_logs, "reopens", "volvo_incidents") == 580


@pytest.mark.parametrize("source", ["baltimore_311", "uci_incidents", "volvo_incidents"])
def test_the_backlog_of_a_real_desk_adds_up_month_by_month(event_logs: Book, source: str) -> None:
    names = "backlog_opening,backlog_created,backlog_reopened,backlog_solved,backlog_deleted,open_backlog"
    rows = event_logs.query(names, by="team_then", grain="month", where=f"source = {source}").rows
    moved = event_logs.query(f"{names},backlog_moved_in,backlog_moved_out", by="team_then", grain="month",
                             where=f"source = {source}").rows  # fmt: skip
    assert len(rows) == len(moved) > 0
    for row in moved:
        came = row["backlog_created"] + row["backlog_reopened"] + row["backlog_moved_in"]
        went = row["backlog_solved"] + row["backlog_deleted"] + row["backlog_moved_out"]
        assert row["backlog_opening"] + came - went == row["open_backlog"]


@pytest.mark.parametrize(
    ("source", "page"), [("baltimore_311", "sla"), ("uci_incidents", "response_times"), ("volvo_incidents", "backlog")]
)
def test_a_page_runs_on_a_real_desk_and_its_numbers_hold(event_logs: Book, source: str, page: str) -> None:
    workspace = event_logs.settings.workspace
    done = execute(workspace / "notebooks" / f"{page}.ipynb", {"source": source, "period": ""}, workspace)
    verdicts = event_logs.verify(dict(done.data))
    assert verdicts and [verdict.reason for verdict in verdicts if not verdict.holds] == []
