"""What was planted lies where the truth says, and stands out or not as it should."""

from __future__ import annotations

import pandas as pd
import pytest


def rows(sample, story: dict) -> pd.DataFrame:
    return sample.tickets[sample.tickets["ticket_number"].astype(str).isin(story["ticket_ids"])]


def test_about_ten_incidents_take_a_small_share(sample) -> None:
    incidents = sample.truth["incidents"]
    assert 8 <= len(incidents) <= 12
    assert sum(incident["size"] for incident in incidents) <= 0.12 * sample.truth["tickets"]
    assert all(incident["size"] == len(set(incident["ticket_ids"])) for incident in incidents)


def test_incident_tickets_lie_in_their_window_teams_and_channels(sample) -> None:
    names = sample.groups.set_index("id")["name"]
    for story in [*sample.truth["incidents"], sample.truth["surge"]]:
        found = rows(sample, story)
        assert len(found) == story["size"] > 0
        assert found["created"].between(pd.Timestamp(story["start"]), pd.Timestamp(story["end"])).all()
        assert set(found["group_id"].map(names)) <= set(story["teams"])
        assert set(found["channel"]) <= set(story["channels"])
        assert set(found["type"]) == {story["topic"]}


def test_the_last_day_has_the_flagship(sample) -> None:
    flagship = sample.truth["incidents"][-1]
    assert flagship["start"].startswith("2026-10-31")
    assert flagship["end"].startswith("2026-10-31")
    assert flagship["size"] >= 12
    assert flagship["size"] > 0.5 * sample.truth["created_by_day"]["2026-10-31"]


def test_two_causes_share_one_window_and_one_incident_is_small(sample) -> None:
    incidents = {incident["id"]: incident for incident in sample.truth["incidents"]}
    pairs = [(incident, incidents[other]) for incident in incidents.values() for other in incident["together_with"]]
    assert len(pairs) == 2
    assert all(one["start"] == two["start"] and one["cause"] != two["cause"] for one, two in pairs)
    assert sum(incident["is_small"] for incident in incidents.values()) == 1


def test_keywords_occur_in_the_incidents_own_messages(sample) -> None:
    bodies = sample.first.set_index("ticket")["body"].str.lower()
    for story in [*sample.truth["incidents"], sample.truth["surge"]]:
        texts = bodies.loc[[int(number) for number in story["ticket_ids"]]]
        pattern = "|".join(word.replace(".", r"\.") for word in story["keywords"])
        assert texts.str.contains(pattern).mean() > 0.3, story["id"]


def test_decoys_use_an_incidents_words_on_other_days(sample) -> None:
    windows = [(pd.Timestamp(story["start"]), pd.Timestamp(story["end"])) for story in sample.truth["incidents"]]
    assert {decoy["resembles"] for decoy in sample.truth["decoys"]} == {i["id"] for i in sample.truth["incidents"]}
    for decoy in sample.truth["decoys"]:
        found = rows(sample, decoy)
        assert len(found) == decoy["size"] >= 2
        assert not any(found["created"].between(start, end).any() for start, end in windows)


def test_quiet_days_are_quiet_and_hold_nothing_planted(sample) -> None:
    by_day = sample.truth["created_by_day"]
    quiet = sample.truth["quiet_days"]
    assert {"2024-12-25", "2025-04-21", "2026-01-01", "2026-05-01"} <= set(quiet)
    mean = sample.truth["tickets"] / sample.truth["days"]
    assert sum(by_day[day] for day in quiet) / len(quiet) < 0.4 * mean
    planted = {number for story in sample.truth["incidents"] for number in story["ticket_ids"]}
    dates = sample.tickets.loc[sample.tickets["ticket_number"].astype(str).isin(planted), "created"]
    assert not set(dates.dt.strftime("%Y-%m-%d")) & set(quiet)


@pytest.mark.parametrize(("day", "low", "high"), [(5, 0.2, 0.7), (6, 0.1, 0.6)])
def test_weekends_are_slower_than_working_days(sample, day: int, low: float, high: float) -> None:
    weekday = sample.tickets["created"].dt.day_of_week.value_counts()
    assert low < weekday[day] / weekday.loc[:4].mean() < high


def test_volume_grows(sample) -> None:
    year = sample.tickets["created"] < "2025-11-01"
    assert (~year).sum() > 1.15 * year.sum()


def test_chat_is_answered_faster_than_mail(sample) -> None:
    public = sample.messages[(sample.messages["author_role"] == "agent") & sample.messages["public"]]
    tickets = sample.tickets.set_index("ticket_number")
    minutes = (public.groupby("ticket")["sent_at"].min() - tickets["created"]).dt.total_seconds() / 60
    median = minutes.groupby(tickets["channel"]).median()
    assert median["chat"] < 30 < 100 < median["email"]


def test_planted_tickets_never_change_the_team(sample) -> None:
    planted = {number for story in sample.truth["incidents"] for number in story["ticket_ids"]}
    moves = sample.events[(sample.events["type"] == "team") & sample.events["old"].notna()]
    assert len(moves) > 50
    assert not moves["ticket"].astype(str).isin(planted).any()
