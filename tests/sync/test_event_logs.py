"""Three real desks from their catalogs: an audit log, an event log, and requests with the date each was due.

What a test expects is worked out from the file itself, by pandas.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from deskbook.apps.mapping import propose_mapping
from deskbook.book import Book

DONE = ("Resolved", "Closed")
STATUS = {
    "New": "new",
    "Active": "open",
    "Awaiting User Info": "pending",
    "Awaiting Vendor": "hold",
    "Awaiting Problem": "hold",
    "Awaiting Evidence": "hold",
    "Resolved": "solved",
    "Closed": "closed",
}


@pytest.fixture
def book(event_logs: Book) -> Book:
    return event_logs


def rows(book: Book, table: str, source: str) -> pd.DataFrame:
    """One desk's rows of a standard table, by id."""
    found = book.lake.read(table, "main", where="source = $source", params={"source": source}, order="id")
    return found.to_pandas().set_index("id")


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def audit(shared: Path) -> pd.DataFrame:
    """The audit log: one row a state, in the order of its time, then of its count of changes."""
    log = read(shared / "data" / "uci_incident_log" / "incident_events_2016_02_to_04.csv.gz")
    for column in ("opened_at", "resolved_at", "sys_updated_at", "closed_at"):
        log[column] = pd.to_datetime(log[column].replace("?", None), format="%d/%m/%Y %H:%M", utc=True)
    numbers = ["sys_mod_count", "reassignment_count", "reopen_count"]
    log[numbers] = log[numbers].astype(int)
    return log.sort_values(["number", "sys_updated_at", "sys_mod_count"], kind="stable", ignore_index=True)


def changed(log: pd.DataFrame, ticket: str, column: pd.Series) -> pd.Series:
    """Whether a value differs from the row before of the same ticket."""
    before = column.groupby(log[ticket]).shift()
    return before.notna() & (before != column)


def events(book: Book, source: str, kind: str) -> pd.DataFrame:
    found = rows(book, "events", source)
    return found[found["kind"] == kind]


def per_ticket(found: pd.DataFrame, tickets: pd.Index) -> pd.Series:
    return found.groupby("ticket_id").size().reindex(tickets, fill_value=0)


def share(book: Book, source: str, dimension: str) -> dict[str, int]:
    result = book.query("tickets_created", by=dimension, where={"source": source})
    return {row[dimension]: row["tickets_created"] for row in result.rows}


# An audit log of ServiceNow


def test_each_incident_is_its_last_state(book: Book, audit: pd.DataFrame) -> None:
    last = audit.groupby("number").tail(1).set_index("number")
    found = rows(book, "tickets", "uci_incidents")
    assert (len(audit), len(found)) == (101_045, 17_136)
    pairs = {"team": "assignment_group", "agent": "assigned_to", "customer_id": "caller_id", "category": "category"}
    for column, field in pairs.items():
        pd.testing.assert_series_equal(
            found[column], last[field].replace("?", None), check_names=False, check_dtype=False
        )
    for column, field in {
        "created_at": "opened_at",
        "resolved_at": "resolved_at",
        "updated_at": "sys_updated_at",
    }.items():
        assert found[column].equals(last[field].astype(found[column].dtype).rename(column))
    assert set(found["status"]) == {"closed"} == {STATUS[one] for one in last["ident_state"]}


def test_incidents_by_priority_and_channel(book: Book, audit: pd.DataFrame) -> None:
    priorities = {"urgent": 178, "high": 287, "normal": 16_144, "low": 527}
    assert share(book, "uci_incidents", "priority") == priorities
    came_by = audit.groupby("number")["contact_type"].last().str.lower().value_counts().to_dict()
    assert share(book, "uci_incidents", "channel") == came_by == {"phone": 17_100, "email": 36}


def test_made_sla_is_of_the_last_state_and_not_of_all_rows(book: Book, audit: pd.DataFrame) -> None:
    """Over the rows 92.7 % say true, as an incident keeps its promise until it breaks it; of the incidents 57.2 %."""
    made = audit.groupby("number")["made_sla"].last() == "true"
    assert share(book, "uci_incidents", "custom.made_sla") == {"true": made.sum(), "false": (~made).sum()}
    assert (made.sum(), made.mean() * 100) == (9_804, pytest.approx(57.21, abs=0.005))
    assert (audit["made_sla"] == "true").mean() * 100 == pytest.approx(92.66, abs=0.005)
    back = changed(audit, "number", audit["made_sla"]) & (audit["made_sla"] == "true")
    assert not back.any()


@pytest.mark.parametrize(
    ("kind", "field", "count"),
    [("team", "assignment_group", 17_565), ("assignment", "assigned_to", 9_248), ("priority", "priority", 296)],
)
def test_an_event_is_a_difference_from_the_row_before(
    book: Book, audit: pd.DataFrame, kind: str, field: str, count: int
) -> None:
    found = events(book, "uci_incidents", kind)
    assert len(found) == changed(audit, "number", audit[field]).sum() == count
    assert (found["old_value"].isna() & found["new_value"].isna()).sum() == 0
    if kind != "priority":
        before = audit[field].groupby(audit["number"]).shift()[changed(audit, "number", audit[field])]
        assert found["old_value"].isna().sum() == (before == "?").sum()


def test_status_events_are_changes_of_the_standard_word_and_the_first_state(book: Book, audit: pd.DataFrame) -> None:
    """44,327 changes of the source's word; 3 are between two that wait for others, which is one standard word."""
    found = events(book, "uci_incidents", "status")
    words = audit["ident_state"].map(STATUS)
    assert changed(audit, "number", audit["ident_state"]).sum() == 44_327
    assert changed(audit, "number", words).sum() == 44_324 == found["old_value"].notna().sum()
    assert found["old_value"].isna().sum() == 17_136
    assert found["new_value"][found["old_value"].isna()].value_counts().to_dict() == {
        "new": 10_876, "open": 4_581, "solved": 1_480, "pending": 193, "hold": 6,
    }  # fmt: skip


def test_events_follow_each_other_without_a_gap(book: Book) -> None:
    """In the order of their ids each begins with what the one before ended with, also within one minute."""
    found = rows(book, "events", "uci_incidents").sort_index()
    by = [found["ticket_id"], found["kind"]]
    ended = found["new_value"].fillna("").groupby(by).shift()
    assert (ended == found["old_value"].fillna(""))[ended.notna()].all()
    assert found["occurred_at"].groupby(by).is_monotonic_increasing.all()
    assert found.index.is_unique and len(found) == 61_460 + 17_565 + 9_248 + 296


def test_reassignments_are_changes_of_team_but_for_78_incidents(book: Book, audit: pd.DataFrame) -> None:
    """The log's own counter goes up 17,645 times, 80 of them (in 78 incidents) without another team in the row.

    In 49 of the 80 no team stands before or after; the counter knows what the log does not show. Changes of the
    agent are another thing: they equal the counter in 7,860 incidents only.
    """
    counter = audit.groupby("number")["reassignment_count"].last()
    teams = per_ticket(events(book, "uci_incidents", "team"), counter.index)
    agents = per_ticket(events(book, "uci_incidents", "assignment"), counter.index)
    assert (counter.sum(), teams.sum()) == (17_645, 17_565)
    assert ((teams == counter).sum(), (teams < counter).sum(), (teams > counter).sum()) == (17_058, 78, 0)
    assert ((agents == counter).sum(), (agents < counter).sum(), (agents > counter).sum()) == (7_860, 6_208, 3_068)
    unseen = (audit.groupby("number")["reassignment_count"].diff() > 0) & ~changed(
        audit, "number", audit["assignment_group"]
    )
    assert (unseen.sum(), (unseen & (audit["assignment_group"] == "?")).sum()) == (80, 49)
    custom = rows(book, "tickets", "uci_incidents")["custom"].map(json.loads).str["reassignment_count"].astype(int)
    assert (custom == counter).all()


def test_reopenings_equal_the_counter_but_for_one_row_out_of_order(book: Book, audit: pd.DataFrame) -> None:
    """0000137 has a New row of 11:10 on the line before one of 09:52; by time it follows the resolution of 11:03."""
    counter = audit.groupby("number")["reopen_count"].last()
    done = audit["ident_state"].isin(DONE)
    before = done.astype(float).groupby(audit["number"]).shift()
    reopened = ((before == 1) & ~done).groupby(audit["number"]).sum()
    assert (counter.sum(), (counter > 0).sum(), reopened.sum(), (reopened > 0).sum()) == (243, 202, 244, 203)
    assert list(counter.index[counter != reopened]) == ["0000137"]
    assert book.query("tickets_reopened", where={"source": "uci_incidents"}).value() == 203
    assert book.query("open_backlog", where={"source": "uci_incidents"}).value() == 0


def test_a_missing_resolution_time_is_made_up_from_the_events(book: Book, audit: pd.DataFrame) -> None:
    """1,230 incidents have no resolved_at; 1,227 of them have a Resolved row, 3 were closed without one."""
    last = audit.groupby("number").tail(1).set_index("number")
    has_row = (audit["ident_state"] == "Resolved").groupby(audit["number"]).any()
    missing = last["resolved_at"].isna()
    assert (missing.sum(), (missing & has_row).sum(), (~has_row).sum()) == (1_230, 1_227, 3)
    assert rows(book, "tickets", "uci_incidents")["resolved_at"].isna().sum() == 1_230
    assert book.query("tickets_solved", where={"source": "uci_incidents"}).value() == 17_136


def test_no_incident_was_resolved_before_it_was_opened(book: Book) -> None:
    found = rows(book, "tickets", "uci_incidents")
    took = found["resolved_at"] - found["created_at"]
    assert ((took < pd.Timedelta(0)).sum(), (took == pd.Timedelta(0)).sum()) == (0, 6)


def test_five_incidents_have_a_state_from_before_they_were_opened(book: Book) -> None:
    found = rows(book, "events", "uci_incidents")
    opened = rows(book, "tickets", "uci_incidents")["created_at"]
    early = found[found["occurred_at"] < found["ticket_id"].map(opened)]
    assert sorted(set(early["ticket_id"])) == ["0000130", "0000131", "0000134", "0000135", "0000164"]


# Status changes of Volvo IT


@pytest.fixture(scope="module")
def cases(shared: Path) -> pd.DataFrame:
    log = read(shared / "data" / "bpi2013_volvo_incidents" / "bpi_2013_incidents.csv")
    log.columns = pd.Index(["case", "status", "at"])
    log["at"] = pd.to_datetime(log["at"], utc=True)
    return log.sort_values(["case", "at"], kind="stable", ignore_index=True)


def test_a_case_lasts_from_its_first_row_to_its_last(book: Book, cases: pd.DataFrame) -> None:
    found = rows(book, "tickets", "volvo_incidents")
    at = cases.groupby("case")["at"]
    assert (len(cases), len(found)) == (65_533, 7_554)
    assert found["created_at"].eq(at.first()).all() and found["updated_at"].eq(at.last()).all()
    assert found["status"].value_counts().to_dict() == {"solved": 7_546, "open": 8}
    assert book.query("open_backlog", where={"source": "volvo_incidents"}).value() == 8


def test_status_changes_of_cases(book: Book, cases: pd.DataFrame) -> None:
    """28,934 changes of the source's word; 5 are from Unmatched to Accepted, both open."""
    found = events(book, "volvo_incidents", "status")
    assert changed(cases, "case", cases["status"]).sum() == 28_934
    words = cases["status"].replace("Unmatched", "Accepted")
    assert changed(cases, "case", words).sum() == 28_929 == found["old_value"].notna().sum()
    assert found["old_value"].isna().sum() == 7_554 and len(found) == 36_483


def test_unmatched_always_stands_between_completed_and_accepted(cases: pd.DataFrame) -> None:
    by = cases.groupby("case")["status"]
    unmatched = cases["status"] == "Unmatched"
    around = set(zip(by.shift()[unmatched], by.shift(-1)[unmatched], strict=True))
    assert (unmatched.sum(), around) == (5, {("Completed", "Accepted")})


def test_cases_reopened(book: Book, cases: pd.DataFrame) -> None:
    """580 times in 514 cases; three of them were completed from their first row on."""
    before = cases.groupby("case")["status"].shift()
    reopened = (before == "Completed") & (cases["status"] != "Completed")
    assert (reopened.sum(), cases["case"][reopened].nunique()) == (580, 514)
    assert book.query("tickets_reopened", where={"source": "volvo_incidents"}).value() == 514


def test_a_case_is_solved_when_it_was_last_completed_not_at_its_last_row(book: Book, cases: pd.DataFrame) -> None:
    """A week after its completion a case is completed once more (its closing); that is no resolution."""
    is_first = ~cases["case"].duplicated()
    completed = (cases["status"] == "Completed") & (is_first | changed(cases, "case", cases["status"]))
    at = cases[completed].groupby("case")["at"].last()
    by = cases.groupby("case")
    solved = by["status"].last() == "Completed"
    hours = ((at - by["at"].first())[solved].dt.total_seconds() / 3600).median()
    found = book.query("resolution_median_hours", where={"source": "volvo_incidents"}).value()
    assert found == pytest.approx(hours) == pytest.approx(15.2, abs=0.05)
    assert ((by["at"].last() - by["at"].first())[solved].dt.total_seconds() / 3600).median() > 180


# Requests to Baltimore


@pytest.fixture(scope="module")
def requests(shared: Path) -> pd.DataFrame:
    found = read(shared / "data" / "baltimore_311" / "311_sample.csv").set_index("ServiceRequestNum").sort_index()
    for column in ("CreatedDate", "StatusDate", "DueDate", "CloseDate"):
        naive = pd.to_datetime(found[column], format="%m/%d/%Y %I:%M:%S %p", errors="coerce")
        local = naive.dt.tz_localize("America/New_York", ambiguous=True, nonexistent="shift_forward")
        found[column] = local.dt.tz_convert("UTC")
    return found


def test_requests_are_taken_one_for_one(book: Book, requests: pd.DataFrame) -> None:
    found = rows(book, "tickets", "baltimore_311")
    assert len(found) == 10_000
    times = {"created_at": "CreatedDate", "resolved_at": "CloseDate", "due_at": "DueDate", "updated_at": "StatusDate"}
    for column, field in times.items():
        assert found[column].equals(requests[field].astype(found[column].dtype).rename(column))
    assert (found["team"] == requests["Agency"]).all() and (found["category"] == requests["SRType"]).all()
    assert found["status"].value_counts().to_dict() == {"closed": 9_792, "open": 122, "new": 69, "pending": 17}
    assert share(book, "baltimore_311", "channel") == {
        "phone": 4_995, "api": 2_571, "internal": 2_194, "mail": 206, "system": 19, "other": 10, "email": 4, "web": 1,
    }  # fmt: skip


def test_one_request_in_six_was_closed_after_it_was_due(book: Book) -> None:
    """1,567 of 9,555 with both dates, 16.4 %; 135 open ones are overdue when the data ends, 17.5 % of all with one."""
    found = rows(book, "tickets", "baltimore_311")
    both = found["due_at"].notna() & found["resolved_at"].notna()
    late = both & (found["resolved_at"] > found["due_at"])
    until = found[["created_at", "updated_at", "resolved_at"]].max().max()
    overdue = found["resolved_at"].isna() & (found["due_at"] < until)
    assert (both.sum(), late.sum(), overdue.sum(), found["due_at"].isna().sum()) == (9_555, 1_567, 135, 286)
    assert (both & (found["resolved_at"] == found["due_at"])).sum() == 135
    assert late.sum() / both.sum() * 100 == pytest.approx(16.40, abs=0.005)
    assert (late.sum() + overdue.sum()) / found["due_at"].notna().sum() * 100 == pytest.approx(17.52, abs=0.005)


def test_no_request_was_closed_before_it_was_made_but_a_fifth_at_once(book: Book) -> None:
    found = rows(book, "tickets", "baltimore_311")
    took = found["resolved_at"] - found["created_at"]
    assert ((took < pd.Timedelta(0)).sum(), (took == pd.Timedelta(0)).sum()) == (0, 2_080)
    assert (found["updated_at"] < found["created_at"]).sum() == 37
    assert book.query("open_backlog", where={"source": "baltimore_311"}).value() == found["resolved_at"].isna().sum()


def test_dates_without_a_time_prove_the_zone(book: Book, requests: pd.DataFrame) -> None:
    """1,481 requests were made at 7 or 8 p.m. sharp, midnight UTC in winter and in summer: dates, shown a day early."""
    made = rows(book, "tickets", "baltimore_311")["created_at"]
    local = made.dt.tz_convert("America/New_York").dt.strftime("%H:%M:%S")
    at_midnight = made.dt.strftime("%H:%M:%S") == "00:00:00"
    assert (at_midnight.sum(), local.isin(["19:00:00", "20:00:00"]).sum()) == (1_481, 1_481)
    assert set(requests["MethodReceived"][at_midnight]) == {"Internal"}


def test_days_open_are_calendar_days_in_baltimore(book: Book, requests: pd.DataFrame) -> None:
    found = rows(book, "tickets", "baltimore_311")
    days = [found[one].dt.tz_convert("America/New_York").dt.tz_localize(None).dt.normalize()
            for one in ("created_at", "resolved_at")]  # fmt: skip
    worked_out = (days[1] - days[0]).dt.days.dropna()
    assert len(worked_out) == 9_792
    assert (worked_out == requests["DaysOpen"].reindex(worked_out.index).astype(int)).all()


def test_what_map_proposes_for_baltimore_is_what_its_catalog_says(
    book: Book, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHARED_DATA", str(shared / "data"))
    proposal = propose_mapping(book, "baltimore_311", None, write=False)
    assert (proposal.table, proposal.mapping) == (
        "tickets",
        {
            "id": "ServiceRequestNum",
            "created_at": "CreatedDate",
            "status": "SRStatus",
            "channel": "MethodReceived",
            "category": "SRType",
            "team": "Agency",
            "resolved_at": "CloseDate",
            "updated_at": "StatusDate",
            "due_at": "DueDate",
        },
    )


def test_a_second_sync_writes_nothing_and_makes_no_snapshot(
    book: Book, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHARED_DATA", str(shared / "data"))
    before = book.snapshot
    assert [report.tables for report in book.sync()] == [{}, {}, {}]
    assert book.snapshot == before and book.lake.count("quarantine", "main") == 0
