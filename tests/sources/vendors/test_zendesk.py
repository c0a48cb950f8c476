"""Zendesk's traps, each by its name: exports, deletions, fields, figures, roles, hours, plans, limits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deskbook.errors import AuthFailed, ConfigError, Unreadable
from deskbook.schema import Batch
from deskbook.sources import Cursor, Entry, Page
from deskbook.sources.http import Wire
from deskbook.sources.zendesk import Zendesk
from tests.fakes import zendesk as fakes
from tests.fakes.web import Fault, Time, wire_to
from tests.fakes.zendesk import BEGAN, PAGE, SECRET, FakeDesk
from tests.fakes.zendesk_spec import ZENDESK
from tests.sources.http.conftest import Kept

BASE = "https://desk.example"


class Account:
    """A fake account and sources that read it; every request is one that Zendesk's description knows."""

    def __init__(self) -> None:
        self.time = Time()
        self.fake = FakeDesk(self.time)
        self.records = self.fake.records
        self.wire: Wire = wire_to(self.fake.app, self.time)

    def source(self, keeper: Any = None, **options: Any) -> Zendesk:
        entry = self.fake.entry(BASE)
        given = {**entry.options, **options}
        return Zendesk(Entry(**{**entry.__dict__, "options": given, "keeper": keeper}), self.time, self.wire)

    def pull(self, cursor: Cursor | None = None, **options: Any) -> list[Page]:
        begun = len(self.fake.app.asked)
        found = list(self.source(**options).pull(cursor or {}))
        assert [said for one in self.fake.app.asked[begun:] for said in ZENDESK.faults(one)] == []
        return found

    def asked(self, part: str) -> list[Mapping[str, str]]:
        """Parameters of the requests whose path has this part."""
        return [dict(one.url.params) for one in self.fake.app.asked if part in one.url.path]

    def rows(self, table: str, pages: list[Page]) -> dict[str, dict[str, Any]]:
        batches = [batch for page in pages for batch in self.source().normalise(page)]
        assert [reject for batch in batches for reject in batch.rejects] == []
        return {row["id"]: row for batch in batches if batch.table == table for row in batch.rows.to_pylist()}

    def ticket(self, number: int, **changes: Any) -> None:
        self.records["tickets"][number] = {**self.records["tickets"][number], **changes}


@pytest.fixture
def account() -> Account:
    return Account()


def test_a_moment_is_sent_on_the_first_call_ever_and_the_cursor_from_then_on(account: Account) -> None:
    pages = account.pull(since="2026-10-01")
    first, *others = account.asked("incremental/tickets")
    assert first["start_time"] == str(int(datetime(2026, 10, 1, tzinfo=UTC).timestamp()))
    assert others and all("start_time" not in one and one["cursor"] for one in others)
    account.time.pass_by(3_600)
    account.pull(pages[-1].cursor, since="2026-10-01")
    assert "start_time" not in account.asked("incremental/tickets")[-1]


def test_an_export_ends_with_its_stream_though_its_cursor_never_is_empty(account: Account) -> None:
    account.pull()
    assert len(account.asked("incremental/tickets")) == -(-fakes.TICKETS // PAGE)


def test_what_zendesk_writes_late_is_read_though_it_changed_before_the_last_pull(account: Account) -> None:
    pages = account.pull()
    account.time.pass_by(3_600)
    late = int(account.time.seconds()) - 120
    account.ticket(7, subject="By the system", generated_timestamp=late)  # updated_at stays as it was
    found = account.rows("tickets", account.pull(pages[-1].cursor))
    assert found["7"]["subject"] == "By the system"


def test_a_ticket_that_comes_twice_is_taken_once_as_it_was_last(account: Account) -> None:
    rows = [{**account.records["tickets"][1], "generated_timestamp": at, "subject": f"At {at}"} for at in (5, 9, 7)]
    account.fake.app.plan = {
        number: Fault(200, {"tickets": rows, "after_cursor": "c", "end_of_stream": True})
        for number in _places(account, "incremental/tickets")
    }
    assert account.rows("tickets", account.pull())["1"]["subject"] == "At 9"


def _places(account: Account, part: str) -> list[int]:
    """Which requests of a pull go there."""
    tried = Account()
    tried.pull()
    return [place for place, one in enumerate(tried.fake.app.asked) if part in one.url.path]


def test_events_of_a_pages_edge_come_again_and_count_once(account: Account) -> None:
    pages = account.pull(page_rows=5)
    messages = [m for page in pages for b in account.source().normalise(page) if b.table == "messages" for m in _ids(b)]
    wanted = account.fake.expected()["messages"]
    assert set(messages) == wanted and len(messages) == len(wanted)


def _ids(batch: Batch) -> list[str]:
    found: list[str] = batch.rows["id"].to_pylist()
    return found


def test_a_deleted_ticket_is_gone_at_the_moment_it_was_deleted(account: Account) -> None:
    account.ticket(13, updated_at="2026-10-05T10:00:00Z")
    pages = account.pull()
    batches = [batch for page in pages for batch in account.source().normalise(page) if batch.table == "tickets"]
    (gone,) = [batch for batch in batches if len(batch.gone)]
    assert gone.gone.to_pylist() == ["13"] and gone.gone_at == datetime(2026, 10, 5, 10, tzinfo=UTC)
    assert "13" not in account.rows("tickets", pages)


def test_tickets_come_by_exports_alone_as_lists_leave_out_archived_ones(account: Account) -> None:
    account.pull()
    paths = {one.url.path for one in account.fake.app.asked}
    assert not [path for path in paths if path in ("/api/v2/tickets", "/api/v2/search", "/api/v2/ticket_metrics")]


def test_lists_are_paged_by_cursor_as_numbers_end_at_ten_thousand_rows(account: Account) -> None:
    account.pull()
    for part in ("/users", "/groups", "/ticket_fields", "/satisfaction_ratings"):
        asked = [one for one in account.asked(part) if "start_time" not in one or "ratings" in part]
        assert all(one.get("page[size]") == "100" and "page" not in one for one in asked if "cursor" not in one), part


def test_zendesks_own_figures_come_with_the_tickets(account: Account) -> None:
    pages = account.pull()
    reported = account.rows("reported", pages)
    assert reported["7-first_reply_seconds"]["reported_seconds"] == 1_800
    assert reported["7-first_reply_business_seconds"]["reported_seconds"] == 1_200
    assert "7-resolution_seconds" not in reported, "a figure that is not there is none"
    solved = account.rows("tickets", pages)["5"]
    assert solved["status"] == "solved" and solved["resolved_at"] == BEGAN + timedelta(hours=6)


def test_figures_that_stand_in_the_ticket_are_read_too(account: Account) -> None:
    account.ticket(7, metric_set={"reply_time_in_minutes": {"calendar": 2, "business": None}})
    account.records["metric_sets"].pop(7)
    assert account.rows("reported", account.pull())["7-first_reply_seconds"]["reported_seconds"] == 120


@pytest.mark.parametrize("part", ["slas/policies", "business_hours", "satisfaction_ratings", "ticket_fields"])
@pytest.mark.parametrize("status", [403, 404])
def test_an_endpoint_that_the_plan_lacks_is_left_out_and_said(account: Account, part: str, status: int) -> None:
    account.fake.app.plan = {_places(account, part)[0]: Fault(status, {"error": "no"})}
    pages = account.pull()
    assert len(account.rows("tickets", pages)) == fakes.TICKETS - 1
    word = "schedules" if part == "business_hours" else part
    assert [note for page in pages for note in page.notes if word in note and "left out" in note]


def test_a_client_without_the_scope_is_told_which_it_needs(account: Account) -> None:
    account.fake.app.plan = {place: Fault(403, {"error": "x"}) for place in _places(account, "incremental/users")}
    with pytest.raises(AuthFailed, match=r"the scope 'read', or a token, of an admin"):
        account.pull()


def test_exports_keep_to_ten_a_minute_and_use_nine_of_them(account: Account) -> None:
    for number in range(1_000, 2_200):
        fakes.put(account.records, number, BEGAN + timedelta(seconds=number))
    account.fake.serve(SECRET, limits={"incremental": 10, "account": 200})
    begun = account.time.seconds()
    account.pull(page_rows=5)
    minutes = (account.time.seconds() - begun) / 60
    exports = len(account.asked("incremental/"))
    assert minutes > 30 and exports / minutes >= 9
    assert account.fake.app.asked and not [wait for wait in account.time.slept if wait > 61], "nobody had to refuse us"


def test_a_token_says_until_when_zendesk_takes_it(account: Account) -> None:
    (note,) = [note for page in account.pull() for note in page.notes]
    assert "2027-04-30" in note and "2026-10-27" in note and "client_id:" in note


@pytest.mark.parametrize("grant", ["refresh_token", "client_credentials"])
def test_an_oauth_client_gets_its_tokens_and_keeps_those_that_were_rotated(account: Account, grant: str) -> None:
    keeper = Kept(refresh_token="r1")
    token = Fault(200, {"access_token": SECRET, "refresh_token": "r2", "expires_in": 1_800})
    account.fake.app.plan = {0: token}
    source = account.source(keeper, email="", api_token="", client_id="deskbook", client_secret="hush", grant=grant)
    pages = list(source.pull({}))
    assert len(account.rows("tickets", pages)) == fakes.TICKETS - 1 and not [n for page in pages for n in page.notes]
    (kept,) = keeper.saved
    assert kept["refresh_token"] == "r2" and account.fake.app.asked[0].url.path == "/oauth/tokens"
    assert (source.app is not None) == (grant == "refresh_token"), "nobody lets in who acts for itself"


def test_custom_fields_go_by_their_title_and_unknown_ones_keep_their_number(account: Account) -> None:
    deep: Any = "bottom"
    for _ in range(50):
        deep = {"in": deep}
    values = [(70, "late"), (71, False), (79, 5), (80, None), (81, ["a", "b"]), (82, deep), (83, "")]
    account.ticket(7, custom_fields=[{"id": number, "value": value} for number, value in values])
    found = account.rows("tickets", account.pull(category_field="Reason"))["7"]
    custom = json.loads(found["custom"])
    assert {name: custom[name] for name in ("Reason", "Gift", "79", "81")} == {
        **{"Reason": "late", "Gift": False},
        **{"79": 5, "81": ["a", "b"]},
    }
    assert set(custom) == {"Reason", "Gift", "79", "81", "82", "Form"} and found["category"] == "late"


def test_nulls_everywhere_are_survived(account: Account) -> None:
    account.records["tickets"][7] = {**dict.fromkeys(account.records["tickets"][7]), "id": 7} | {
        name: account.records["tickets"][7][name] for name in ("created_at", "generated_timestamp")
    }
    found = account.rows("tickets", account.pull())["7"]
    assert found["status"] is None and found["tags"] is None and found["customer_id"] is None


def test_an_unknown_status_is_left_empty_and_said_once(account: Account) -> None:
    for number in (7, 8, 40):
        account.ticket(number, status="parked", priority="sky-high")
    pages = account.pull()
    assert account.rows("tickets", pages)["7"]["status"] is None
    notes = [note for page in pages for note in page.notes if "unknown" in note]
    assert len(notes) == 2 and "'parked'" in notes[1] and "'sky-high'" in notes[0]


def test_an_export_that_repeats_for_ever_is_stopped_and_said(account: Account) -> None:
    page = {"users": [account.records["users"][1000]], "after_cursor": "same", "end_of_stream": False}
    account.fake.app.plan = {place: Fault(200, page) for place in range(3, 60)}
    account.fake.app.plan = {
        place: fault for place, fault in account.fake.app.plan.items() if place >= _places(account, "users/cursor")[0]
    }
    with pytest.raises(Unreadable, match="gives the same page again"):
        account.pull()


def test_roles_and_who_may_see_a_message(account: Account) -> None:
    account.records["audits"][7][1]["events"] += [
        fakes.comment(790, -1, BEGAN, body="Assigned by a rule"),
        fakes.comment(791, 1001, BEGAN, via={"channel": "trigger"}),
        fakes.comment(792, 4711, BEGAN, public=False, body="By one who is no agent any more"),
    ]
    found = account.rows("messages", account.pull())
    roles = {number: found[number]["author_role"] for number in ("700", "701", "790", "792")}
    assert roles == {"700": "customer", "701": "agent", "790": "system", "792": "agent"}
    assert found["701"]["is_public"] is True and found["501"]["is_public"] is False
    assert found["790"]["author_id"] is None


def test_who_left_stays_an_agent_by_the_ticket_the_rating_or_the_history(account: Account) -> None:
    for number in (3001, 3002, 3003, 3004):
        account.records["users"][number] = fakes.user(number, "end-user")
    account.ticket(1, assignee_id=3001)
    account.records["satisfaction_ratings"].append({**fakes.RATING, "id": 502, "assignee_id": 3002})
    change = {"id": 795, "type": "Change", "field_name": "assignee_id", "previous_value": "3003", "value": "2002"}
    account.records["audits"][7][1]["events"] += [
        change,
        *(fakes.comment(790 + number, 3001 + number, BEGAN) for number in range(4)),
    ]
    pages = account.pull()
    found = account.rows("messages", pages)
    assert [found[f"{790 + number}"]["author_role"] for number in range(4)] == ["agent", "agent", "agent", "customer"]
    agents = account.rows("agents", pages)
    assert {name: row["is_active"] for name, row in agents.items() if name >= "3"} == dict.fromkeys(
        ("3001", "3002", "3003"), False
    )
    assert agents["3001"]["name"] == "Person 3001" and agents["2001"]["is_active"]


def test_who_was_an_agent_at_an_earlier_pull_stays_one(account: Account) -> None:
    account.records["users"][3001] = fakes.user(3001, "agent")
    pages = account.pull()
    account.time.pass_by(3_600)
    now = fakes.moment(account.time() - timedelta(minutes=10))
    account.records["users"][3001] = fakes.user(3001, "end-user", updated_at=now)
    account.records["audits"][7][1]["events"].append(fakes.comment(790, 3001, BEGAN))
    account.records["audits"][7][1]["created_at"] = now
    pages = account.pull(json.loads(json.dumps(pages[-1].cursor)))
    assert account.rows("messages", pages)["790"]["author_role"] == "agent"
    assert account.rows("agents", pages)["3001"]["is_active"] is False
    asked = len(account.asked("users/show_many"))
    account.time.pass_by(3_600)
    account.pull(pages[-1].cursor)
    assert len(account.asked("users/show_many")) == asked == 1, "names are asked for once"


def test_history_is_of_status_team_agent_and_priority_with_who_did_it(account: Account) -> None:
    change = {"id": 795, "type": "Change", "field_name": "assignee_id", "previous_value": "2001", "value": "2002"}
    other = {"id": 796, "type": "Change", "field_name": "subject", "previous_value": "a", "value": "b"}
    account.records["audits"][7][1]["events"] += [change, other]
    found = account.rows("events", account.pull())
    mine = {name: row for name, row in found.items() if row["ticket_id"] == "7"}
    assert {name: (row["kind"], row["old_value"], row["new_value"]) for name, row in mine.items()} == {
        "708-status": ("status", None, "new"),
        "709-status": ("status", "new", "open"),
        "795-assignee_id": ("assignment", "2001", "2002"),
    }
    assert mine["709-status"]["actor_id"] == "2001"


def test_what_became_of_promises_is_history_too(account: Account) -> None:
    found = account.rows("events", account.pull())
    told = {
        name: (row["ticket_id"], row["old_value"], row["new_value"])
        for name, row in found.items()
        if row["kind"] == "sla"
    }
    assert told == {
        "metric-702": ("2", "reply_time", "apply_sla"),
        "metric-703": ("3", "reply_time", "breach"),
        "metric-705": ("5", "reply_time", "fulfill"),
    }


def test_the_form_of_a_ticket_is_one_of_its_fields(account: Account) -> None:
    assert json.loads(account.rows("tickets", account.pull())["7"]["custom"])["Form"] == "Order"


def test_a_merged_ticket_says_into_which(account: Account) -> None:
    account.ticket(7, tags=["closed_by_merge"], status="closed")
    note = "This request was closed and merged into request #8 “Parcel 8 is late”."
    account.records["comments"][7].append(
        fakes.comment(799, 2001, BEGAN + timedelta(hours=2), body=note, plain_body=note)
    )
    assert account.rows("tickets", account.pull())["7"]["merged_into_id"] == "8"


def test_hours_and_promises_are_ours(account: Account) -> None:
    pages = account.pull()
    (schedule,) = account.rows("schedules", pages).values()
    assert (schedule["zone"], schedule["intervals"], schedule["holidays"]) == (
        *("Europe/Berlin", "[[1980,2580]]"),
        '[["2026-12-25","2026-12-26"]]',
    )
    (promise,) = account.rows("sla_policies", pages).values()
    assert promise["target_seconds"] == 3_600 and promise["hours"] == "business"
    assert promise["applies_to"] == '{"tag":["vip"]}' and promise["priority"] == "urgent"


def test_a_policy_whose_conditions_have_no_words_of_ours_holds_for_nobody(account: Account) -> None:
    account.records["sla_policies"] = [{**fakes.POLICY, "filter": {"all": [{"field": "via_id", "operator": "is"}]}}]
    assert account.rows("sla_policies", account.pull()) == {}


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Eastern Time (US & Canada)", "America/New_York"),
        ("Copenhagen", "Europe/Copenhagen"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("Asia/Tokyo", "Asia/Tokyo"),
        ("Atlantis", "Atlantis"),
    ],
)
def test_zones_are_those_of_the_iana(account: Account, name: str, zone: str) -> None:
    account.records["schedules"] = [{**fakes.SCHEDULE, "time_zone": name}]
    assert account.rows("schedules", account.pull())["95"]["zone"] == zone


def test_ratings_are_good_bad_or_not_given(account: Account) -> None:
    offered = {**fakes.RATING, "id": 501, "ticket_id": 6, "score": "offered", "comment": None}
    account.records["satisfaction_ratings"] = [fakes.RATING, offered]
    found = account.rows("satisfaction", account.pull())
    assert found["500"]["is_good"] is True and found["500"]["comment"] == "Thanks"
    assert found["501"]["is_good"] is None and found["501"]["rated_at"] is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"subdomain": "acme.zendesk.com", "base_url": ""}, "subdomain: wants acme"),
        ({"api_token": ""}, "got neither"),
        ({"client_id": "x"}, "got both"),
        ({"email": ""}, "api_token: wants email:"),
        ({"exports_per_minute": 0}, "exports_per_minute: wants a whole number from 1"),
        ({"page_rows": 1_001}, "page_rows: wants 1 to 1,000"),
        ({"since": "soon"}, "since: wants a day"),
        ({"subdomian": "acme"}, "Did you mean 'subdomain'"),
    ],
)
def test_an_entry_that_cannot_be_says_what_is_wrong(account: Account, options: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=said) as told:
        account.source(**options)
    assert SECRET not in str(told.value)
