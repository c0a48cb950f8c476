"""The outside files: columns, keys that meet, times in order, nothing from the future."""

from __future__ import annotations

import pandas as pd
import pytest

COLUMNS = (
    "ticket_number created subject status urgency channel type group_id assignee_id requester_id"
    " tags plan product solved_at updated likes replies reposts quotes place country"
)
STATUSES = {"new", "open", "pending", "hold", "solved", "closed"}


def test_ticket_export_has_the_documented_columns_and_words(sample) -> None:
    assert " ".join(sample.tickets.columns) == COLUMNS
    assert set(sample.tickets["status"]) <= STATUSES
    assert set(sample.tickets["urgency"]) == {"low", "medium", "high", "critical"}
    assert set(sample.tickets["channel"]) == {"email", "chat", "phone", "web", "social"}
    assert sample.tickets["type"].nunique() >= 12


def test_times_are_written_in_iso_with_a_zone(sample) -> None:
    lines = pd.Series((sample.directory / "events.jsonl").read_text().splitlines())
    assert lines.str.contains(r'"at":"202\d-\d\d-\d\dT\d\d:\d\d:\d\dZ"').all()
    raw = pd.read_csv(sample.directory / "tickets.csv", usecols=["created", "updated"])
    assert raw.stack().str.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ").all()
    assert sample.users["created_at"].str.endswith("Z").all()


@pytest.mark.parametrize("column", ["message_id", "event_id", "ticket_number", "users", "agents", "surveys"])
def test_keys_are_unique(sample, column: str) -> None:
    keys = {
        "message_id": sample.messages["message_id"],
        "event_id": sample.events["event_id"],
        "ticket_number": sample.tickets["ticket_number"],
    }
    assert (keys[column] if column in keys else getattr(sample, column)["id"]).is_unique


def test_every_reference_finds_its_row(desk) -> None:
    tickets = desk.tickets
    assert tickets["requester_id"].isin(desk.users["id"]).all()
    assert tickets["group_id"].isin(desk.groups["id"]).all()
    assert tickets["assignee_id"].dropna().isin(desk.agents["id"]).all()
    for frame in (desk.messages, desk.events, desk.surveys):
        assert frame["ticket"].isin(tickets["ticket_number"]).all()
    people = {*desk.users["id"].astype(str), *desk.agents["id"].astype(str), "bot", "system"}
    assert set(desk.messages["author"]) | set(desk.events["actor"]) <= people


def test_authors_match_their_role(sample) -> None:
    requester = sample.messages["ticket"].map(sample.tickets.set_index("ticket_number")["requester_id"])
    is_customer = sample.messages["author_role"] == "end-user"
    assert (sample.messages["author"] == requester.astype(str))[is_customer].all()
    is_agent = sample.messages["author_role"] == "agent"
    assert sample.messages["author"][is_agent].isin(sample.agents["id"].astype(str)).all()


def test_nothing_happens_after_the_end_or_before_the_ticket(desk) -> None:
    end = desk.truth["until"] + "T23:59:59Z"
    created = desk.tickets.set_index("ticket_number")["created"]
    for frame, column in ((desk.messages, "sent_at"), (desk.events, "at")):
        assert frame[column].max() <= pd.Timestamp(end)
        assert (frame[column] >= frame["ticket"].map(created)).all()
    assert desk.surveys[["sent_at", "answered_at"]].stack().max() <= end


def test_ticket_is_created_with_its_first_customer_message(sample) -> None:
    asked = sample.messages[sample.messages["author_role"] == "end-user"].groupby("ticket")["sent_at"].min()
    assert (sample.tickets.set_index("ticket_number")["created"] == asked).all()


def test_requesters_were_customers_before_they_asked(desk) -> None:
    joined = pd.to_datetime(desk.users.set_index("id")["created_at"])
    since = desk.tickets["requester_id"].map(joined)
    assert (since.dt.date <= desk.tickets["created"].dt.date).all()


def test_events_and_messages_of_a_ticket_are_in_order(desk) -> None:
    for frame, column in ((desk.messages, "sent_at"), (desk.events, "at")):
        assert frame.groupby("ticket")[column].apply(lambda times: times.is_monotonic_increasing).all()


@pytest.mark.parametrize(
    ("kind", "column"), [("status", "status"), ("team", "group_id"), ("assignment", "assignee_id")]
)
def test_history_ends_in_the_current_value(desk, kind: str, column: str) -> None:
    last = desk.events[desk.events["type"] == kind].groupby("ticket")["new"].last()
    now = desk.tickets.set_index("ticket_number")[column].dropna()
    now = now.astype(int).astype(str) if kind != "status" else now
    pd.testing.assert_series_equal(last, now, check_names=False, check_dtype=False)


@pytest.mark.parametrize("kind", ["status", "team", "assignment", "priority"])
def test_each_change_starts_from_the_value_before(desk, kind: str) -> None:
    events = desk.events[desk.events["type"] == kind]
    before = events.groupby("ticket")["new"].shift()
    if kind == "priority":
        assert (events["old"] != events["new"]).all()
    else:
        assert (events["old"].fillna("") == before.fillna("")).all()


def test_urgency_is_the_last_priority_set(desk) -> None:
    last = desk.events[desk.events["type"] == "priority"].groupby("ticket")["new"].last()
    assert len(last) > 50
    assert (desk.tickets.set_index("ticket_number")["urgency"].loc[last.index] == last).all()


def test_solved_at_is_set_for_finished_tickets_only(desk) -> None:
    is_done = desk.tickets["status"].isin(["solved", "closed"])
    assert (desk.tickets["solved_at"].notna() == is_done).all()


def test_updated_is_the_latest_change_or_message(desk) -> None:
    latest = pd.concat([desk.messages.set_index("ticket")["sent_at"], desk.events.set_index("ticket")["at"]])
    assert (desk.tickets.set_index("ticket_number")["updated"] == latest.groupby(level=0).max()).all()


def test_former_agents_answer_nothing_new(sample) -> None:
    former = sample.agents.loc[sample.agents["active"] == 0, "id"]
    assert len(former) == 2
    recent = sample.tickets[sample.tickets["created"] > "2026-06-01"]
    assert not recent["assignee_id"].isin(former).any()


def test_the_calendar_knows_what_was_done_and_not_what_went_wrong(desk) -> None:
    calendar = pd.read_csv(desk.directory / "calendar.csv")
    assert list(calendar.columns) == ["key", "starts", "ends", "type", "what", "details"]
    assert calendar["key"].is_unique and calendar["starts"].is_monotonic_increasing
    assert set(calendar["type"]) <= {"deploy", "marketing", "notice"}
    assert "Harbor 5.0" in set(calendar["what"])
    starts = pd.Timestamp(calendar.set_index("what").loc["Harbor 5.0", "starts"])
    surge = pd.Timestamp(desk.truth["surge"]["start"])
    assert pd.Timedelta(0) < surge - starts <= pd.Timedelta(hours=1)
    wrong = {story["title"] for story in desk.truth["incidents"]}
    assert not wrong & set(calendar["what"])
