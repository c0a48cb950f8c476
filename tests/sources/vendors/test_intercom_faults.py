"""Intercom when something goes wrong: nothing is lost, nothing is read twice that need not be, and it is said."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Mapping
from typing import Any

import pytest
from starlette.responses import RedirectResponse

from deskbook.errors import AuthFailed, SourceError, Unreadable
from deskbook.sources.contract import Page
from tests.fakes.intercom import DAY, NOW, FakeIntercom, contact, conversation
from tests.fakes.web import Fault

SIZE = 10


def desk() -> FakeIntercom:
    return FakeIntercom(conversations=35, contacts=4, companies=2)


def tables(fake: FakeIntercom, pages: list[Page]) -> dict[str, dict[str, Any]]:
    """Table -> id -> row, as a store would hold them."""
    source, found = fake.source(), dict[str, dict[str, Any]]()
    for page in pages:
        for batch in source.normalise(page):
            assert not batch.rejects
            found.setdefault(batch.table, {}).update({row["id"]: row for row in batch.rows.to_pylist()})
    return found


@pytest.fixture(scope="module")
def whole() -> dict[str, dict[str, Any]]:
    """What an undisturbed pull gives."""
    fake = desk()
    return tables(fake, fake.pull(page_rows=SIZE))


def test_rows_are_those_that_were_given(whole: dict[str, dict[str, Any]]) -> None:
    counts = {table: len(rows) for table, rows in whole.items()}
    assert counts == {"tickets": 35, "messages": 70, "customers": 4, "agents": 1, "teams": 1}
    assert whole["tickets"]["35"]["agent_id"] == "991" and whole["messages"]["35000"]["text"] == "part 35000"


def test_a_second_pull_adds_nothing() -> None:
    fake = desk()
    *_, last = fake.pull(page_rows=SIZE)
    fake.time.pass_by(600)
    assert fake.pull(last.cursor, page_rows=SIZE) == []


@pytest.mark.parametrize("stop", range(7))
def test_a_pull_after_any_page_gives_the_rest_and_repeats_no_request(stop: int) -> None:
    fake = desk()
    pages = fake.pull(page_rows=SIZE)
    kept = json.loads(json.dumps(pages[stop].cursor))
    assert kept == pages[stop].cursor
    begun = len(fake.fake.asked)
    rest = fake.pull(kept, page_rows=SIZE)
    assert [page.rows for page in rest] == [page.rows for page in pages[stop + 1 :]]
    assert not any(page.first for page in rest if page.origin in {one.origin for one in pages[: stop + 1]})
    again = [one for one in fake.paths(begun) if one.split("/")[-1].isdigit()]
    before = {one.get("id") for page in pages[: stop + 1] for one in map(json.loads, page.rows[0].to_pylist())}
    assert not before & {one.split("/")[-1] for one in again}


def test_a_cursor_holds_no_secret() -> None:
    fake = desk()
    assert not any("sandbox" in json.dumps(page.cursor) for page in fake.pull())


@pytest.mark.parametrize(
    "fault",
    [
        Fault(429, {"errors": [{"code": "rate_limit_exceeded"}]}, {"x-ratelimit-reset": str(NOW + 7)}),
        Fault(429, "Too Many Requests", {"retry-after": "3"}),
        Fault(429, "slow down"),
        Fault(500, "oops"),
        Fault(503, {"errors": [{"code": "service_unavailable"}]}),
        Fault(504, "<html>gateway</html>"),
        Fault(cut=40),
        Fault(drop=True),
    ],
    ids=["429 reset", "429 text", "429 bare", "500", "503", "504", "cut", "dropped"],
)
def test_faults_that_pass_cost_no_row(fault: Fault, whole: dict[str, dict[str, Any]]) -> None:
    fake = desk()
    fake.fake.plan = dict.fromkeys(range(0, 80, 7), fault)
    assert tables(fake, fake.pull(page_rows=SIZE)) == whole
    assert fake.time.slept, "it was waited before asking again"


@pytest.mark.parametrize("hours", [-20, -3, 3, 20])
def test_a_clock_that_is_wrong_loses_no_change(hours: float) -> None:
    fake = desk()
    fake.fake.skew_seconds = hours * 3_600
    *_, last = fake.pull(page_rows=SIZE)
    fake.time.pass_by(900)
    changed = int(fake.time.seconds() + hours * 3_600) - 60
    fake.own.put(conversation(3, updated_at=changed, state="closed"))
    found = tables(fake, fake.pull(last.cursor, page_rows=SIZE))
    assert set(found["tickets"]) == {"3"}


def test_a_token_that_was_revoked_is_said_and_what_was_read_is_kept() -> None:
    fake = desk()
    fake.fake.after = lambda count: setattr(fake.own, "token", "other") if count == 20 else None
    pages = []
    with pytest.raises(AuthFailed, match=r"does not let us in \(401\).*were not revoked") as said:
        pages.extend(fake.source(page_rows=SIZE).pull({}))
    assert "sandbox" not in str(said.value) and fake.time.slept == []
    fake.own.token, fake.fake.after = "sandbox", lambda count: None
    assert fake.pull(pages[-1].cursor if pages else {}, page_rows=SIZE)


class Kept:
    """A keeper in memory."""

    def __init__(self, **tokens: Any) -> None:
        self.tokens = tokens

    def load(self) -> Mapping[str, Any]:
        return self.tokens

    def save(self, tokens: Mapping[str, Any]) -> None:
        self.tokens = dict(tokens)


def test_an_oauth_app_reads_with_the_token_that_connecting_kept(whole: dict[str, dict[str, Any]]) -> None:
    fake = desk()
    options = {"token": "", "client_id": "app", "client_secret": "hush", "keeper": Kept(access_token="sandbox")}
    assert tables(fake, fake.pull(page_rows=SIZE, **options)) == whole
    app = fake.source(**options).app
    assert app
    assert app.authorise_url == "https://app.intercom.com/oauth"
    assert app.token_url == "https://api.intercom.io/auth/eagle/token"
    assert fake.source().app is None
    with pytest.raises(AuthFailed, match="deskbook connect support"):
        fake.pull(**{**options, "keeper": Kept()})


@pytest.mark.parametrize(
    ("closed", "permission"),
    [
        ("/conversations/search", "Read conversations"),
        ("/contacts/search", "Read and List users and companies"),
        ("/me", "Read admins"),
    ],
)
def test_a_permission_that_is_missing_is_named(closed: str, permission: str) -> None:
    fake = desk()
    fake.own.closed = (closed,)
    with pytest.raises(AuthFailed, match=rf"does not open {closed}.*'{permission}'.*Developer hub"):
        fake.pull()


@pytest.mark.parametrize("closed", ["/tags", "/segments", "/teams", "/admins", "/companies", "/conversations/deleted"])
def test_what_a_plan_lacks_is_left_out_and_said(closed: str) -> None:
    fake = desk()
    fake.own.closed = (closed,)
    fake.own.delete("1")
    pages = fake.pull()
    assert len(tables(fake, pages)["tickets"]) == 34
    notes = [note for page in pages for note in page.notes]
    assert len(notes) == 1 and "does not open" in notes[0] and "permission '" in notes[0]


def test_a_page_that_repeats_for_ever_is_stopped_and_said() -> None:
    fake = desk()
    fake.checks = False
    again = {"page": 2, "starting_after": "same"}
    answer = {"conversations": [conversation(1)], "pages": {"next": again}}
    fake.fake.plan = {count: Fault(200, answer) for count in range(5, 99) if count != 6}
    with pytest.raises(Unreadable, match="leads back to a page that was read already"):
        list(fake.source().pull({}))
    assert len(fake.fake.asked) < 12


def test_a_scroll_that_never_ends_is_stopped_and_said() -> None:
    fake = FakeIntercom(contacts=2, companies=3)
    rows = list(fake.own.companies.values())
    fake.own.scrolled = lambda param: {"data": rows, "scroll_param": "s"}  # type: ignore[method-assign]
    with pytest.raises(Unreadable, match="gives the same companies again and again"):
        fake.pull()


def test_a_paging_cursor_that_no_longer_holds_begins_the_pass_anew(whole: dict[str, dict[str, Any]]) -> None:
    fake = desk()
    pages = fake.pull(page_rows=SIZE)
    at = next(place for place, page in enumerate(pages) if "after" in page.cursor.get("conversations", {}))
    cursor = json.loads(json.dumps(pages[at].cursor))
    cursor["conversations"]["after"] = "bm9uc2Vuc2U="
    assert len(tables(fake, fake.pull(cursor, page_rows=SIZE))["tickets"]) == len(whole["tickets"])


def test_a_redirect_to_another_host_gets_no_credentials() -> None:
    fake = desk()
    fake.fake.app = RedirectResponse("https://evil.example/me")
    with pytest.raises(Unreadable, match=r"sends us on to evil\.example"):
        list(fake.source().pull({}))
    assert {str(one.url.host) for one in fake.fake.asked} == {"api.intercom.io"}


def test_a_budget_ends_a_pull_that_the_next_one_goes_on_with(whole: dict[str, dict[str, Any]]) -> None:
    fake, pages, cursor = desk(), list[Page](), dict[str, Any]()
    for _ in range(9):
        try:
            for page in fake.source(page_rows=SIZE, max_requests=22).pull(cursor):
                pages.append(page)
                cursor = dict(page.cursor)
            break
        except SourceError as error:
            assert "max_requests:" in str(error)
    assert tables(fake, pages) == whole and len(fake.fake.asked) > 22


def test_what_webhooks_were_about_is_fetched_and_the_cursor_stays() -> None:
    fake = desk()
    cursor = fake.pull()[-1].cursor
    fake.own.put(conversation(3, NOW - DAY, state="closed"))
    fake.own.put_contact(contact("u2", "c1", name="Eve"))
    about = [
        {"conversation": "3"},
        {"conversation": "3"},
        {"conversation": "99"},
        {"contact": "u2"},
        {"contact": "u99"},
    ]
    pages = list(fake.source().fetched([*about, {"deleted": "7"}, {}], cursor))
    assert all(page.cursor == cursor for page in pages)
    found = tables(fake, pages)
    assert {name: row["status"] for name, row in found["tickets"].items()} == {"3": "closed"}
    assert found["customers"]["u2"]["name"] == "Eve" and found["customers"]["u2"]["company"] == "Company 1"
    gone = [name for page in pages for batch in fake.source().normalise(page) for name in batch.gone.to_pylist()]
    assert gone == ["99", "7"]
    assert fake.paths().count("/conversations/3") == 2, "once in the pull, once for both calls"


def peak_bytes(conversations: int) -> int:
    """The most that a first pull of a workspace holds at once, beside the workspace itself."""
    fake = FakeIntercom(conversations=conversations, limit=0)
    source = fake.source(page_rows=25)
    list(source.pull({}))  # what is imported and laid up once is no part of it
    fake.fake.asked.clear()
    tracemalloc.start()
    for page in source.pull({}):
        source.normalise(page)
        fake.fake.asked.clear()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_memory_is_that_of_a_page_however_many_there_are() -> None:
    assert peak_bytes(1_000) < 1.3 * peak_bytes(200)


def test_pages_are_no_larger_than_was_asked_for() -> None:
    fake = FakeIntercom(conversations=300)
    sizes = [page.rows.num_rows for page in fake.pull(page_rows=25) if page.origin == "intercom conversations"]
    assert max(sizes) == 25 + 1, "the rows, and the names they refer to"
