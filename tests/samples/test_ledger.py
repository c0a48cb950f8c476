"""The ledger of truth against figures worked out anew from the files alone."""

from __future__ import annotations

import pandas as pd
import pytest

CUSTOMER, AGENT = "end-user", "agent"


def first_reply_minutes(desk) -> pd.Series:
    asked = desk.messages[desk.messages["author_role"] == CUSTOMER].groupby("ticket")["sent_at"].min()
    public = desk.messages[(desk.messages["author_role"] == AGENT) & desk.messages["public"]]
    after = public[public["sent_at"] > public["ticket"].map(asked)]
    return (after.groupby("ticket")["sent_at"].min() - asked).dropna().dt.total_seconds() / 60


def test_totals_equal_the_rows_of_the_files(desk) -> None:
    assert desk.truth["tickets"] == len(desk.tickets)
    assert desk.truth["messages"] == len(desk.messages)
    assert desk.truth["events"] == len(desk.events)
    assert desk.truth["customers"] == len(desk.users)
    assert desk.truth["agents"] == len(desk.agents)


def test_created_by_day_counts_each_utc_day(desk) -> None:
    counted = desk.tickets["created"].dt.strftime("%Y-%m-%d").value_counts()
    booked = desk.truth["created_by_day"]
    assert {day: count for day, count in booked.items() if count} == counted.to_dict()
    assert list(booked) == [str(day.date()) for day in pd.date_range(desk.truth["first_day"], desk.truth["until"])]


def test_created_by_team_counts_the_team_it_is_with_now(desk) -> None:
    names = desk.groups.set_index("id")["name"]
    counted = desk.tickets["group_id"].map(names).value_counts().to_dict()
    assert desk.truth["created_by_team"] == counted


@pytest.mark.parametrize(("entry", "column"), [("by_channel", "channel"), ("by_type", "type")])
def test_shares_count_the_export(desk, entry: str, column: str) -> None:
    assert desk.truth[entry] == desk.tickets[column].value_counts().to_dict()


def test_first_reply_median_and_p90(desk) -> None:
    minutes = first_reply_minutes(desk)
    assert desk.truth["first_reply_median_minutes"] == pytest.approx(minutes.median(), abs=1e-9)
    assert desk.truth["first_reply_p90_minutes"] == pytest.approx(minutes.quantile(0.9), abs=1e-9)


def test_reopened_counts_tickets_that_left_solved_for_open(desk) -> None:
    back = desk.events.query("type == 'status' and old == 'solved' and new == 'open'")
    assert desk.truth["reopened"] == back["ticket"].nunique() > 50


def test_solved_and_open_split_all_tickets(desk) -> None:
    is_done = desk.tickets["status"].isin(["solved", "closed"])
    assert desk.truth["solved"] == is_done.sum()
    assert desk.truth["open_at_end"] == (~is_done).sum() > 0


def test_messages_in_and_out(desk) -> None:
    role, public = desk.messages["author_role"], desk.messages["public"]
    assert desk.truth["messages_in"] == (role == CUSTOMER).sum()
    assert desk.truth["messages_out"] == ((role == AGENT) & public).sum()
    assert (role == "bot").sum() > 0
    assert (~public).sum() > 0


def test_satisfaction_counts(desk) -> None:
    score = desk.surveys["score"]
    assert desk.truth["csat_sent"] == len(score)
    assert desk.truth["csat_rated"] == score.notna().sum()
    assert desk.truth["csat_good"] == (score >= 4).sum()
    assert set(score.dropna()) == {1, 2, 3, 4, 5}
