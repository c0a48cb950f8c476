"""Intercom's traps: days in place of moments, rows that change while they are paged through, scrolls, limits."""

from __future__ import annotations

import json
from typing import Any

import pytest

from deskbook.errors import ConfigError, UnknownName
from deskbook.sources.intercom.passes import CONVERSATIONS, Pass, first_ask
from tests.fakes.intercom import DAY, NOW, FakeIntercom, contact, conversation, part
from tests.fakes.intercom_spec import INTERCOM
from tests.fakes.web import Fault


def rows_of(fake: FakeIntercom, pages: list[Any], table: str) -> dict[str, dict[str, Any]]:
    """The rows that pages come to, the last of each id."""
    source = fake.source()
    batches = [batch for page in pages for batch in source.normalise(page) if batch.table == table]
    assert not [reject for batch in batches for reject in batch.rejects]
    return {row["id"]: row for batch in batches for row in batch.rows.to_pylist()}


def details(fake: FakeIntercom, begin: int = 0) -> list[str]:
    """Conversations that were asked for one by one."""
    paths = [one.split("/") for one in fake.paths(begin)]
    return [one[2] for one in paths if one[1] == "conversations" and len(one) == 3 and one[2].isdigit()]


def test_every_request_keeps_to_the_official_description() -> None:
    fake = FakeIntercom(conversations=3, contacts=3, companies=2)
    fake.own.delete("1")
    last = fake.pull()[-1]
    fake.own.put(conversation(9, NOW))
    fake.own.put_contact(contact("u9", "c1", NOW))
    fake.time.pass_by(60)
    fake.pull(last.cursor)
    hooked = [{"conversation": "9"}, {"contact": "u9"}, {"deleted": "1"}]
    list(fake.source().fetched(hooked, last.cursor))
    assert [said for one in fake.fake.asked for said in INTERCOM.faults(one)] == []
    kinds = {one.split("/")[1] + ("/…" if one.count("/") > 1 else "") for one in fake.paths()}
    assert kinds >= {"me", "admins", "teams", "tags", "segments", "conversations/…", "contacts/…", "companies/…"}


def test_the_version_is_sent_with_each_request() -> None:
    fake = FakeIntercom(conversations=2)
    fake.pull()
    assert {one.headers["intercom-version"] for one in fake.fake.asked} == {"2.16"}


@pytest.mark.parametrize("region", ["us", "eu", "au"])
def test_each_region_has_its_address(region: str) -> None:
    fake = FakeIntercom(conversations=1, region=region.upper())
    pages = fake.pull(region=region)
    host = "api.intercom.io" if region == "us" else f"api.{region}.intercom.io"
    assert {str(one.url.host) for one in fake.fake.asked} == {host}
    assert not any(note for page in pages for note in page.notes)
    inbox = "app.intercom.com" if region == "us" else f"app.{region}.intercom.com"
    url = rows_of(fake, pages, "tickets")["1"]["url"]
    assert url == f"https://{inbox}/a/inbox/sandbox/inbox/conversation/1"


def test_a_region_that_is_not_the_workspaces_is_said() -> None:
    pages = FakeIntercom(conversations=1, region="EU").pull()
    assert "write region: eu" in str([page.notes for page in pages])


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Los_Angeles"])
@pytest.mark.parametrize("hours", [0.1, 5, 13, 23.9, 40])
def test_search_by_calendar_day_of_the_workspaces_zone_loses_no_change(zone: str, hours: float) -> None:
    fake = FakeIntercom(conversations=4, zone=zone)
    cursor = fake.pull()[-1].cursor
    fake.time.pass_by(hours * 3_600)
    fake.own.put(conversation(2, updated_at=int(fake.time.seconds()) - 60, state="closed"))
    fake.time.pass_by(60)
    begun = len(fake.fake.asked)
    pages = fake.pull(cursor)
    assert {number: row["status"] for number, row in rows_of(fake, pages, "tickets").items()} == {"2": "closed"}
    assert details(fake, begun) == ["2"], "only of what changed are parts asked for"


def test_a_search_from_the_last_moment_would_lose_the_rest_of_its_day() -> None:
    """What the vendor's search does, so that the tests beside it test something."""
    fake = FakeIntercom()
    fake.own.put(conversation(1, NOW))
    query = {"operator": "AND", "value": [{"field": "updated_at", "operator": ">", "value": NOW - 3_600}]}
    assert fake.own.found("conversations", query) == []


def test_a_conversation_that_was_never_updated_is_found() -> None:
    fake = FakeIntercom(conversations=1)
    cursor = fake.pull()[-1].cursor
    fake.own.put(conversation(7, NOW, updated_at=None))
    fake.time.pass_by(60)
    assert set(rows_of(fake, fake.pull(cursor), "tickets")) == {"7"}


def test_a_conversation_that_the_index_shows_late_is_found() -> None:
    fake = FakeIntercom(conversations=1)
    cursor = fake.pull()[-1].cursor
    fake.time.pass_by(600)
    fake.own.put(conversation(7, NOW - 3 * 3_600))
    assert set(rows_of(fake, fake.pull(cursor), "tickets")) == {"7"}, "it changed before the last pull began"


def test_one_that_changes_twice_within_a_second_is_read_again() -> None:
    fake = FakeIntercom()
    fake.own.put(conversation(1, NOW))
    cursor = fake.pull()[-1].cursor
    fake.own.put(conversation(1, NOW, state="closed"))
    fake.time.pass_by(60)
    pages = fake.pull(cursor)
    assert rows_of(fake, pages, "tickets")["1"]["status"] == "closed"
    assert fake.pull(pages[-1].cursor) == []


def test_pages_end_where_no_cursor_follows_and_are_never_over_150() -> None:
    fake = FakeIntercom(conversations=160)
    fake.pull(page_rows=150)
    searches = [json.loads(one.content) for one in fake.fake.asked if one.url.path == "/conversations/search"]
    assert [one["pagination"]["per_page"] for one in searches] == [150, 150]
    assert ["starting_after" in one["pagination"] for one in searches] == [False, True]


def test_searches_keep_within_the_filters_that_intercom_takes() -> None:
    for since in (None, float(NOW)):
        body = first_ask(Pass(CONVERSATIONS, since=since), 50, None).json
        assert body["query"]["operator"] == "OR" and len(body["query"]["value"]) <= 15
        assert {one["operator"] for one in body["query"]["value"]} <= {"<", ">", "="}, ">= and <= are errors"
        assert not any("value" in one and isinstance(one["value"], list) for one in body["query"]["value"])


def test_rows_that_change_while_they_are_paged_through_are_read_once_and_none_is_lost() -> None:
    fake = FakeIntercom(conversations=40)
    touched = iter(range(1, 41))

    def touch(count: int) -> None:
        if count > 6 and count % 9 == 0 and (number := next(touched, None)):
            fake.time.pass_by(5)
            fake.own.put(conversation(number, updated_at=int(fake.time.seconds()), state="closed"))

    fake.fake.after = touch
    first = fake.pull(page_rows=10)
    fake.fake.after = lambda count: None
    fake.time.pass_by(60)
    second = fake.pull(first[-1].cursor, page_rows=10)
    got = rows_of(fake, [*first, *second], "tickets")
    wanted = {number: one["state"] for number, one in fake.own.conversations.items()}
    assert {number: row["status"] for number, row in got.items()} == wanted and "closed" in wanted.values()
    assert fake.pull(second[-1].cursor) == []


def test_a_row_that_stands_on_two_pages_is_asked_for_once() -> None:
    fake = FakeIntercom(conversations=3)
    first, edge, last = (fake.own.conversations[number] for number in "123")
    onward = {"pages": {"next": {"starting_after": "x"}}}
    pages = [{"conversations": [first, first, edge], **onward}, {"conversations": [edge, last], "pages": {}}]
    fake.fake.plan = {5: Fault(200, pages[0]), 8: Fault(200, pages[1])}
    assert set(rows_of(fake, fake.pull(), "tickets")) == {"1", "2", "3"}
    assert details(fake) == ["1", "2", "3"] and fake.paths()[5] == fake.paths()[8] == "/conversations/search"


def test_a_pass_whose_last_pages_hold_no_news_is_through_all_the_same() -> None:
    fake = FakeIntercom()
    for number in range(1, 8):
        fake.own.put(conversation(number, NOW - 3_600 * number))
    cursor = fake.pull(page_rows=2)[-1].cursor
    fake.time.pass_by(600)
    fake.own.put(conversation(7, updated_at=NOW + 60))
    cursor = fake.pull(cursor, page_rows=2)[-1].cursor
    assert "began" not in cursor["conversations"] and "after" not in cursor["conversations"]
    begun = len(fake.fake.asked)
    assert fake.pull(cursor, page_rows=2) == []
    assert fake.paths(begun).count("/conversations/search") == 4, "one pass over seven that changed of late"


def test_a_person_whom_the_index_shows_late_is_found_and_others_come_once() -> None:
    fake = FakeIntercom(contacts=3)
    cursor = fake.pull()[-1].cursor
    fake.time.pass_by(600)
    fake.own.put_contact(contact("u9", at=NOW - 1_800))
    pages = fake.pull(cursor)
    assert set(rows_of(fake, pages, "customers")) == {"u9"}
    assert fake.pull(pages[-1].cursor) == []


def test_a_conversation_of_more_than_500_parts_is_flagged_and_keeps_its_first_reply() -> None:
    fake = FakeIntercom()
    parts = [part(number, at=NOW - DAY + number) for number in range(1, 621)]
    fake.own.put(conversation(1, NOW - 2 * DAY, parts))
    fake.own.conversations["1"]["statistics"]["first_admin_reply_at"] = NOW - 2 * DAY + 90
    others = [part(number, at=NOW - DAY + number) for number in range(1_001, 1_501)]
    fake.own.put(conversation(2, NOW - 2 * DAY, others))
    pages = fake.pull()
    (note,) = [note for page in pages for note in page.notes]
    assert "newest 500 parts" in note and "missing of 1;" in note
    tickets = rows_of(fake, pages, "tickets")
    assert json.loads(tickets["1"]["custom"])["Parts missing"] is True and "Parts" not in tickets["2"]["custom"]
    assert tickets["1"]["first_reply_at"].timestamp() == NOW - 2 * DAY + 90 and tickets["2"]["first_reply_at"] is None
    assert len(rows_of(fake, pages, "messages")) == 2 * (1 + 500)


def test_companies_are_scrolled_through_once_and_then_asked_for_by_name() -> None:
    fake = FakeIntercom(contacts=5, companies=230)
    first = fake.pull()
    assert rows_of(fake, first, "customers")["u1"]["company"] == "Company 2"
    assert fake.paths().count("/companies/scroll") == 4, "three pages of 100, and an empty one that ends it"
    begun = len(fake.fake.asked)
    fake.own.put_contact(contact("u1", "c200", NOW))
    fake.time.pass_by(60)
    assert rows_of(fake, fake.pull(first[-1].cursor), "customers")["u1"]["company"] == "Company 200"
    assert [one for one in fake.paths(begun) if "companies" in one] == ["/companies/c200"]


def test_a_second_scroll_beside_another_applications_is_not_waited_for() -> None:
    fake = FakeIntercom(contacts=3, companies=2)
    fake.own.scrolled(None)
    pages = fake.pull()
    assert {row["company"] for row in rows_of(fake, pages, "customers").values()} == {"Company 1", "Company 2"}
    assert "one application at a time" in str([page.notes for page in pages]) and fake.time.slept == []


def test_a_scroll_that_breaks_off_with_500_begins_again() -> None:
    fake = FakeIntercom(contacts=3, companies=230)
    place = fake_place(fake, "/companies/scroll") + 1
    fake.fake.plan = {place: Fault(500, {"errors": [{"message": "Please restart the scroll operation."}]})}
    fake.fake.after = lambda count: setattr(fake.own, "_scroll", None) if count == place else None
    pages = fake.pull()
    asked = [dict(one.url.params) for one in fake.fake.asked if one.url.path == "/companies/scroll"]
    assert ["scroll_param" in one for one in asked] == [False, True, False, True, True, True]
    assert len(rows_of(fake, pages, "customers")) == 3 and not any(page.notes for page in pages)


def fake_place(fake: FakeIntercom, path: str) -> int:
    """Where a first pull of the same workspace asks for a path first."""
    list(fake.source().pull({}))
    place = fake.paths().index(path)
    fake.fake.asked.clear()
    fake.own._scroll = None
    return place


def test_deleted_conversations_are_tombstoned_once() -> None:
    fake = FakeIntercom(conversations=150)
    first = fake.pull()
    for number in (3, 5, 8):
        fake.own.delete(str(number))
    fake.time.pass_by(60)
    second = fake.pull(first[-1].cursor)
    gone = [name for page in second for batch in fake.source().normalise(page) for name in batch.gone.to_pylist()]
    assert sorted(gone) == ["3", "5", "8"]
    assert fake.pull(second[-1].cursor) == []
    fake.own.delete("9")
    third = fake.pull(second[-1].cursor)
    gone = [name for page in third for batch in fake.source().normalise(page) for name in batch.gone.to_pylist()]
    assert "9" in gone and fake.pull(third[-1].cursor) == []


def test_deletions_of_years_are_read_page_by_page_and_go_on_where_they_stopped() -> None:
    fake = FakeIntercom()
    fake.own.deleted = [{"type": "conversation", "id": str(one), "deleted_at": NOW - one} for one in range(200)]
    pages = [page for page in fake.pull() if page.origin == "intercom conversations"]
    assert [page.rows.num_rows for page in pages] == [60, 60, 60, 20]
    begun = len(fake.fake.asked)
    rest = [page for page in fake.pull(pages[1].cursor) if page.origin == "intercom conversations"]
    assert [page.rows for page in rest] == [page.rows for page in pages[2:]]
    assert fake.paths(begun).count("/conversations/deleted") == 2


def test_a_conversation_that_is_deleted_between_search_and_detail_is_tombstoned() -> None:
    fake = FakeIntercom(conversations=3)

    def forget(count: int) -> None:
        if fake.paths()[-1] == "/conversations/search":
            fake.own.conversations.pop("2", None)

    fake.fake.after = forget
    pages = fake.pull()
    gone = [name for page in pages for batch in fake.source().normalise(page) for name in batch.gone.to_pylist()]
    assert gone == ["2"] and set(rows_of(fake, pages, "tickets")) == {"1", "3"}


def test_a_limit_is_used_to_nine_tenths_of_an_hour_without_a_refusal() -> None:
    fake = FakeIntercom(conversations=7_200, limit=20)
    used: list[int] = []
    fake.fake.after = lambda count: used.append(fake.own._window[1])
    begun = fake.time.seconds()
    for _ in fake.source().pull({}):
        if fake.time.seconds() - begun >= 3_600:
            break
    hours = (fake.time.seconds() - begun) / 3_600
    assert max(used) <= 20, "a request more than a window allows is refused"
    assert hours >= 1 and len(used) / hours >= 0.9 * 20 * 360


def test_conversations_before_the_entrys_first_day_are_left_out() -> None:
    fake = FakeIntercom(conversations=2)
    fake.own.put(conversation(7, NOW - 3 * DAY))
    pages = fake.pull(since="2026-10-30")
    assert set(rows_of(fake, pages, "tickets")) == {"7"}


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"token": ""}, ConfigError, "got neither"),
        ({"client_id": "app"}, ConfigError, "got both"),
        ({"page_rows": 151}, ConfigError, "wants 1 to 150"),
        ({"region": "mars"}, UnknownName, "mars"),
        ({"since": "yesterday"}, ConfigError, "wants a day such as"),
        ({"tokn": "x"}, UnknownName, "Did you mean 'token'"),
    ],
)
def test_options_that_cannot_be_are_named(options: dict[str, Any], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        FakeIntercom().source(**options)


def test_a_sample_shows_conversations_and_writes_no_cursor() -> None:
    fake = FakeIntercom(conversations=9)
    assert fake.source().sample(4).num_rows == 4
    assert [one.url.path for one in fake.fake.asked] == ["/conversations/search"]
