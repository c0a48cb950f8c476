"""Freshdesk and Freshservice: each of their traps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pandas as pd
import pytest

from deskbook.errors import AuthFailed, ConfigError, Unreadable
from deskbook.sources import Entry, Page
from deskbook.sources.fresh.pulling import Pull
from tests.fakes.fresh import KEY, SIZE, FreshDesk, conversation, iso, ticket
from tests.fakes.web import Time, wire_to

from .conftest import BASE, Desk, kept, made

KINDS = ("freshdesk", "freshservice")


def account(kind: str = "freshdesk", tickets: int = 12) -> Desk:
    time = Time()
    return Desk(kind, FreshDesk(kind, time, tickets), time)


def records(desk: Desk) -> Any:
    fake: Any = desk.fake
    return fake.records


def pulled(desk: Desk, cursor: Any = None, **options: Any) -> list[Page]:
    return list(desk.source(**options).pull(cursor or {}))


def tables(desk: Desk, **options: Any) -> dict[str, pd.DataFrame]:
    return kept(desk.source(**options), pulled(desk, **options))


def asked(desk: Desk, end: str) -> list[httpx.QueryParams]:
    return [one.url.params for one in desk.fake.app.asked if one.url.path.endswith(end)]


def notes(pages: list[Page]) -> str:
    return "\n".join(note for page in pages for note in page.notes)


@pytest.mark.parametrize("kind", KINDS)
def test_tickets_older_than_thirty_days_come_as_updated_since_is_always_sent(kind: str) -> None:
    desk = account(kind)
    old = iso(desk.time.now - timedelta(days=900))
    records(desk).tickets.append(ticket(999, old))
    assert "999" in set(tables(desk)["tickets"]["id"])
    lists = asked(desk, "/tickets")
    assert lists and all(one["updated_since"] and one["order_by"] == "updated_at" for one in lists)
    assert {one["order_type"] for one in lists} == {"asc"}


def test_page_301_is_never_asked_for_as_the_list_restarts_at_the_last_second(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = account(tickets=60)
    pages = pulled(desk)
    assert max(int(one["page"]) for one in asked(desk, "/tickets")) == 1, "each page begins a list of its own"
    second = records(desk).tickets[0]["updated_at"]
    for one in records(desk).tickets:
        one["updated_at"] = second
    desk.fake.app.asked.clear()
    monkeypatch.setattr("deskbook.sources.fresh.pulling.LAST_PAGE", 60 // SIZE + 1)
    again = kept(desk.source(), pulled(desk))
    assert set(again["tickets"]["id"]) == set(kept(desk.source(), pages)["tickets"]["id"])
    assert max(int(one["page"]) for one in asked(desk, "/tickets")) == 60 // SIZE + 1, "ties are paged through"


def test_ties_at_a_page_edge_are_all_read_and_none_twice() -> None:
    desk = account(tickets=40)
    pages = [page for page in pulled(desk) if page.origin == "freshdesk tickets"]
    rows = [
        row["id"] for page in pages for batch in desk.source().normalise(page)[:1] for row in batch.rows.to_pylist()
    ]
    assert sorted(rows, key=int) == [str(number) for number in range(1, 41)]


def test_more_tickets_in_one_second_than_can_be_paged_through_fail_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = account(tickets=40)
    for one in records(desk).tickets:
        one["updated_at"] = records(desk).tickets[0]["updated_at"]
    monkeypatch.setattr("deskbook.sources.fresh.pulling.LAST_PAGE", 3)
    with pytest.raises(Unreadable, match=r"more than 21 tickets changed in the same second .*start_at:"):
        pulled(desk)


def test_includes_are_asked_for_and_their_credits_are_counted() -> None:
    desk = account()
    tables(desk)
    assert {one["include"] for one in asked(desk, "/tickets")} == {"stats,description"}
    source = desk.source(contacts=False, messages=False, ratings=False, max_cost=13)
    with pytest.raises(Exception, match=r"max_cost"):
        list(source.pull({}))
    lists = asked(desk, "/tickets")
    assert lists[-1]["include"] == "stats,requester,description"


def test_what_a_list_really_costs_is_learned_from_the_header() -> None:
    desk = account()
    source: Any = desk.source()
    with pytest.MonkeyPatch.context() as patch:
        costs: list[float] = []
        listed = Pull._listed

        def watched(self: Pull, *given: Any) -> Any:
            costs.append(self._cost)
            return listed(self, *given)

        patch.setattr(Pull, "_listed", watched)
        patch.setattr("deskbook.samples.served.fresh.INCLUDE_COST", 4)
        list(source.pull({}))
    assert costs[0] == 5 and set(costs[1:]) == {9}


@pytest.mark.parametrize("kind", KINDS)
def test_deleted_tickets_are_tombstoned_by_a_pass_of_their_own(kind: str) -> None:
    desk = account(kind)
    first = pulled(desk)
    records(desk).tickets[3] |= {"deleted": True, "updated_at": iso(desk.time.now)}
    second = pulled(desk, first[-1].cursor)
    gone = [one for page in second for batch in desk.source().normalise(page) for one in batch.gone.to_pylist()]
    assert gone == ["4"] and "4" not in set(kept(desk.source(), [*first, *second])["tickets"]["id"])


@pytest.mark.parametrize("kind", KINDS)
def test_spam_is_kept_and_marked_by_a_pass_of_its_own(kind: str) -> None:
    desk = account(kind)
    records(desk).tickets[2]["spam"] = True
    found = tables(desk)["tickets"].set_index("id")["is_spam"]
    assert found["3"] and not found.drop("3").any() and len(found) == 12


def test_basic_auth_is_the_key_and_an_x() -> None:
    desk = account()
    pulled(desk)
    wanted = httpx.BasicAuth(KEY, "X")
    sample = next(wanted.auth_flow(httpx.Request("GET", BASE)))
    assert {one.headers["authorization"] for one in desk.fake.app.asked} == {sample.headers["authorization"]}


def test_the_link_header_says_whether_more_follow_and_pages_hold_no_more_than_a_hundred() -> None:
    desk = account(tickets=SIZE)  # a page that is full and the last
    pulled(desk)
    assert len([one for one in asked(desk, "/tickets") if "filter" not in one]) == 1
    with pytest.raises(ConfigError, match="page_size: wants 1 to 100, got 101"):
        desk.source(page_size=101)


def test_contacts_that_changed_are_asked_for_by_their_own_parameter() -> None:
    desk = account()
    last = pulled(desk)[-1]
    desk.fake.app.asked.clear()
    records(desk).lists["contacts"][1] |= {"name": "New name", "updated_at": iso(desk.time.now)}
    found = kept(desk.source(), pulled(desk, last.cursor))["customers"]
    assert found[["name", "company"]].to_dict("records") == [{"name": "New name", "company": "Acme"}]
    assert all("_updated_since" in one and "updated_since" not in one for one in asked(desk, "/contacts"))


def test_the_most_contacts_that_a_list_gives_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = account()
    many = [{"id": n, "name": f"C{n}", "updated_at": iso(desk.time.now)} for n in range(30)]
    records(desk).lists["contacts"] = many
    source: Any = desk.source()
    source._product = type(source._product)(**{**source._product.__dict__, "most_people": 2 * SIZE})
    assert "lists no more than 14 at once" in notes(list(source.pull({})))


def test_ratings_are_read_again_for_fourteen_days() -> None:
    desk = account()
    now = desk.time.now
    day = [iso(now - timedelta(days=n)) for n in (20, 10)]
    rating = {"survey_id": 1, "user_id": 2, "feedback": "ok", "ratings": {"default_question": 103}}
    ratings = [{"id": n, "ticket_id": n, "created_at": at, "updated_at": at, **rating} for n, at in enumerate(day, 1)]
    records(desk).lists["satisfaction_ratings"] = ratings
    pages = pulled(desk)
    found = kept(desk.source(), pages)["satisfaction"].set_index("id")
    assert found.loc["1", "score"] == 7 and found["is_good"].all() and found.loc["2", "comment"] == "ok"
    ratings[1] = {**ratings[1], "ratings": {"default_question": -103}}
    later = pulled(desk, pages[-1].cursor)
    again = kept(desk.source(), later)["satisfaction"]
    assert again["id"].tolist() == ["2"] and again["score"].tolist() == [1] and not again["is_good"].any()
    assert asked(desk, "/satisfaction_ratings")[-1]["created_since"] == iso(now - timedelta(days=24))


def test_status_codes_are_those_of_the_account() -> None:
    desk = account(tickets=5)
    choices = {
        "2": ["Open", "Being Processed"],
        "8": ["Awaiting vendor", ""],
        "9": ["Escalated", ""],
        "10": ["Zebra", ""],
    }
    records(desk).lists["ticket_fields"].append(
        {"name": "status", "label": "Status", "choices": choices, "default": True}
    )
    for one, code in zip(records(desk).tickets, (2, 8, 9, 10, 11), strict=True):
        one["status"] = code
    pages = pulled(desk)
    found = kept(desk.source(), pages)["tickets"].set_index("id")["status"]
    assert found.astype(object).where(found.notna(), None).tolist() == ["open", "hold", "open", None, None]
    assert "status 10 (Zebra) means nothing here" in notes(pages) and "status 11 means nothing" in notes(pages)
    own = tables(desk, statuses={"Zebra": "pending", "11": "solved"})["tickets"].set_index("id")["status"]
    assert own.tolist() == ["open", "hold", "open", "pending", "solved"]


def test_lists_are_wrapped_in_freshservice_and_its_workspaces_are_asked_for() -> None:
    desk = account("freshservice")
    assert len(tables(desk, workspace_id="0")["tickets"]) == 12
    assert {one.get("workspace_id") for one in asked(desk, "/tickets")} == {"0"}
    desk.fake.app.asked.clear()
    tables(desk)
    assert {one.get("workspace_id") for one in asked(desk, "/tickets")} == {None}


def test_answers_to_surveys_of_freshservice_are_read_of_tickets_that_ended() -> None:
    desk = account("freshservice")
    records(desk).tickets[0]["status"] = 4
    records(desk).responses = {1: {"id": 77, "overall_rating": 2, "created_at": iso(desk.time.now)}}
    found = tables(desk)["satisfaction"]
    assert found[["id", "ticket_id", "score", "is_good"]].to_dict("records") == [
        {"id": "77", "ticket_id": "1", "score": 2.0, "is_good": False}
    ]
    assert len(asked(desk, "/csat_response")) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_key_that_is_refused_is_named_and_not_shown(kind: str) -> None:
    desk = account(kind)
    desk.fake.lock_out()
    with pytest.raises(AuthFailed, match="does not let us in") as told:
        pulled(desk)
    assert KEY not in str(told.value)


def test_an_endpoint_that_the_plan_lacks_is_skipped_and_said_once() -> None:
    desk = account()
    records(desk).lacking = {"satisfaction_ratings", "sla_policies", "ticket_fields"}
    pages = pulled(desk)
    said = notes(pages)
    for path in ("/surveys/satisfaction_ratings", "/sla_policies", "/ticket_fields"):
        assert f"{path} is not" in said and "403" in said
    assert pulled(desk, pages[-1].cursor) == []
    assert len(kept(desk.source(), pages)["tickets"]) == 12


def test_tickets_that_may_not_be_read_fail_and_name_what_is_refused() -> None:
    desk = account()
    records(desk).lacking = {"tickets"}
    with pytest.raises(AuthFailed, match=r"/api/v2/tickets is not open.*permission or scope"):
        pulled(desk)


def test_a_conversation_that_repeats_for_ever_is_stopped_and_said() -> None:
    desk = account()
    many = [conversation(5000 + n, 3, iso(desk.time.now)) for n in range(SIZE)] * 3
    records(desk).conversations[3] = many
    with pytest.raises(Unreadable, match=r"/tickets/3/conversations leads back"):
        pulled(desk)


def test_nulls_everywhere_and_deep_custom_fields_cost_no_ticket() -> None:
    desk = account(tickets=2)
    deep: Any = "bottom"
    for _ in range(50):
        deep = {"in": deep}
    records(desk).tickets[0]["custom_fields"] = {"cf_deep": deep, "cf_order": None}
    one = records(desk).tickets[1]
    one |= {name: None for name in one if name not in ("id", "created_at", "updated_at", "spam", "deleted")}
    records(desk).conversations[2] = [conversation(201, 2, one["created_at"], body=None, body_text=None, user_id=None)]
    found = tables(desk)
    assert set(found["tickets"]["id"]) == {"1", "2"} and "bottom" in found["tickets"].set_index("id").loc["1", "custom"]
    assert found["messages"].set_index("id").loc["201", "author_role"] == "system"


def test_a_source_without_a_domain_says_which() -> None:
    entry = Entry(name="desk", kind="freshdesk", source="desk", options={"api_key": KEY})
    with pytest.raises(ConfigError, match=r"NAME\.freshdesk\.com"):
        made(entry, lambda: datetime.now(UTC), wire_to(account().fake.app))


def test_roles_tell_customers_agents_programs_and_forwards_apart() -> None:
    desk = account(tickets=1)
    at = records(desk).tickets[0]["created_at"]
    told: dict[int, dict[str, Any]] = {
        **{11: {}, 12: {"incoming": True, "user_id": 900}, 13: {"private": True, "source": 2}, 14: {"source": 8}},
        **{15: {"auto_response": True}, 16: {"automation_id": 4}, 17: {"source": 4}, 18: {"user_id": None}},
    }
    records(desk).conversations[1] = [conversation(number, 1, at, **more) for number, more in told.items()]
    found = tables(desk)["messages"].set_index("id")
    roles = found["author_role"].to_dict()
    assert [roles[str(n)] for n in told] == ["agent", "customer", "agent", "agent", "bot", "bot", "system", "system"]
    assert found.index[~found["is_public"]].tolist() == ["13", "14"] and roles["1-0"] == "customer"
    records(desk).tickets[0]["source"] = 10
    assert tables(desk)["messages"].set_index("id").loc["1-0", "author_role"] == "agent", "an email of ours began it"


def test_stats_become_events_and_figures_beside_ours_and_no_first_reply() -> None:
    desk = account(tickets=1)
    one = records(desk).tickets[0]
    at = desk.time.now - timedelta(days=2)
    hours = {name: iso(at + timedelta(hours=n)) for n, name in enumerate(("begin", "reply", "solved", "again"))}
    stats = {"first_responded_at": hours["reply"], "resolved_at": hours["solved"], "status_updated_at": hours["solved"]}
    one |= {"created_at": hours["begin"], "status": 4, "stats": stats, "custom_fields": {"cf_order": 9}}
    pages = pulled(desk)
    found = kept(desk.source(), pages)
    assert found["reported"].set_index("measure")["reported_seconds"].to_dict() == {
        "first_reply_seconds": 3600,
        "resolution_seconds": 7200,
    }
    assert found["events"][["kind", "new_value"]].to_dict("records") == [{"kind": "status", "new_value": "solved"}]
    row = found["tickets"].iloc[0]
    assert row["first_reply_at"] is None or pd.isna(row["first_reply_at"])
    assert row["custom"] == '{"Order number":9}' and row["url"] == f"{BASE}/a/tickets/1"
    stats |= {"reopened_at": hours["again"], "status_updated_at": hours["again"]}
    one |= {"status": 2, "updated_at": iso(desk.time.now)}
    both = kept(desk.source(), [*pages, *pulled(desk, pages[-1].cursor)])["events"]
    assert both["new_value"].tolist() == ["solved", "open"], "later syncs add to what earlier ones knew"


def test_a_note_of_a_merge_says_what_the_ticket_was_merged_into() -> None:
    desk = account(tickets=3)
    note = "This ticket is closed and merged into ticket 3"
    at = records(desk).tickets[0]["created_at"]
    records(desk).conversations = {1: [conversation(101, 1, at, private=True, body_text=note)]}
    found = tables(desk)["tickets"].set_index("id")["merged_into_id"]
    assert found["1"] == "3" and found.drop("1").isna().all()


@pytest.mark.parametrize("kind", KINDS)
def test_policies_and_hours_become_targets_and_schedules(kind: str) -> None:
    desk = account(kind)
    target = {"respond_within": 3600, "resolve_within": 86_400, "business_hours": True}
    targets: Any = {"sla_target": {"priority_4": target}}
    week: Any = {"business_hours": {"monday": {"start_time": "8:00 am", "end_time": "5:30 pm"}}}
    if kind == "freshservice":
        targets = {"sla_targets": [{"priority": 4, **target}]}
        week = {"service_desk_hours": {"monday": {"beginning_of_workday": "8:00 am", "end_of_workday": "5:30 pm"}}}
    policies = [
        {"id": 1, "name": "Billing", "position": 1, "active": True, "applicable_to": {"group_ids": [1]}, **targets},
        {"id": 2, "name": "Acme", "position": 2, "active": True, "applicable_to": {"company_ids": [3]}, **targets},
    ]
    zone = {"time_zone": "Eastern Time (US & Canada)", "list_of_holidays": [{"holiday_date": "Dec 25"}]}
    hours = [{"id": 5, "name": "Office", **week, **zone}, {"id": 6, "name": "Nobody's", **week, **zone}]
    records(desk).lists |= {"sla_policies": policies, "business_hours": hours}
    pages = pulled(desk)
    found = kept(desk.source(), pages)
    rows = found["sla_policies"].set_index("target")
    assert rows["target_seconds"].to_dict() == {"first_reply": 3600, "resolution": 86_400}
    assert set(rows["hours"]) == {"business"} and set(rows["applies_to"]) == {'{"team":["Billing"]}'}
    assert "SLA policy 'Acme' is left out: it holds by company_ids" in notes(pages)
    (office,) = found["schedules"].to_dict("records")
    assert (office["zone"], office["intervals"]) == ("America/New_York", "[[1920,2490]]")
    assert office["applies_to"] == '{"team":["Billing"]}' and '["2026-12-25","2026-12-25"]' in office["holidays"]


def test_a_sample_reads_one_page_of_tickets_and_no_conversation() -> None:
    desk = account()
    assert desk.source().sample(5).num_rows == 5
    assert not asked(desk, "/conversations")
