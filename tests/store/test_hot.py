from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from threading import Event
from time import monotonic, sleep
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbook.clocks import Rules
from deskbook.errors import StoreError
from deskbook.store import Commit, HotCopies, HotView, Lake, Run, State, count_unscored, unscored, write_scores
from deskbook.store import hot as hot_module
from deskbook.store.rows import choices, count_tickets, find_messages, find_tickets
from deskbook.sync import measure_tickets
from deskbook.text import score_texts, scorer_name

from ..conftest import NOW, Fill, batch
from ..servers.lakes import in_folder

TICKETS: list[dict[str, Any]] = [
    {
        "id": "1",
        "created_at": "2026-10-01T09:00:00Z",
        "status": "solved",
        "team_id": "t1",
        "agent_id": "a1",
        "subject": "Refund please",
        "customer_id": "c1",
    },
    {"id": "2", "created_at": "2026-10-01T10:00:00Z", "status": "open", "subject": "Where is it?"},
]
MESSAGES: list[dict[str, Any]] = [
    {"id": "m1", "ticket_id": "1", "sent_at": "2026-10-01T09:00:00Z", "author_role": "customer", "text": "I am angry"},
    {"id": "m2", "ticket_id": "1", "sent_at": "2026-10-01T09:30:00Z", "author_role": "agent", "text": "So sorry"},
    {"id": "m3", "ticket_id": "2", "sent_at": "2026-10-01T10:00:00Z", "author_role": "customer", "text": "Parcel late"},
]
EVENTS: list[dict[str, Any]] = [
    {"id": "e1", "ticket_id": "1", "occurred_at": "2026-10-01T11:00:00Z", "kind": "status", "new_value": "solved"},
    {"id": "e2", "ticket_id": "1", "occurred_at": "2026-10-02T11:00:00Z", "kind": "status", "new_value": "open"},
    {"id": "e3", "ticket_id": "1", "occurred_at": "2026-10-03T11:00:00Z", "kind": "status", "new_value": "closed"},
]


@pytest.fixture
def filled(fill: Fill, hot: HotCopies) -> HotCopies:
    fill(
        tickets=TICKETS,
        messages=MESSAGES,
        events=EVENTS,
        teams=[{"id": "t1", "name": "Billing"}],
        agents=[{"id": "a1", "name": "Ada"}],
        customers=[{"id": "c1", "segment": "pro"}],
        satisfaction=[{"id": "s1", "ticket_id": "1", "rated_at": "2026-10-04", "is_good": True, "score": 5}],
    )
    return hot


class Slow(HotCopies):
    """Copies that are not made before the test says so."""

    def __init__(self, lake: Lake) -> None:
        super().__init__(lake)
        self.go, self.begun = Event(), Event()
        self.fails = False

    def _build(self, name: str, tenant: str, zone: str, snapshot: int) -> HotView:
        self.begun.set()
        assert self.go.wait(20)
        if self.fails:
            raise StoreError("no room")
        return super()._build(name, tenant, zone, snapshot)


def eventually(holds: Callable[[], bool]) -> None:
    deadline = monotonic() + 20
    while not holds():
        assert monotonic() < deadline
        sleep(0.01)


def test_who_must_not_wait_gets_the_last_copy_until_the_next_is_made(fill: Fill, lake: Lake) -> None:
    fill(tickets=TICKETS[:1])
    copies = Slow(lake)
    copies.go.set()
    first = copies.ready("main", "UTC")
    assert first is copies.view("main", "UTC"), "nobody has one yet, so the first one waits"
    copies.go.clear()
    copies.begun.clear()
    fill(tickets=TICKETS)
    assert {copies.ready("main", "UTC").snapshot for _ in range(3)} == {first.snapshot}
    assert copies.begun.wait(20)
    copies.go.set()
    eventually(lambda: copies.ready("main", "UTC").snapshot == lake.snapshot())
    assert count_tickets(copies.ready("main", "UTC")) == 2
    assert count_tickets(first) == 1, "a query that has begun reads on"


def test_who_looks_for_no_newer_snapshot_asks_the_catalog_nothing(
    fill: Fill, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tickets=TICKETS[:1])
    copies = Slow(lake)
    copies.go.set()
    first = copies.view("main", "UTC")
    copies.go.clear()
    copies.begun.clear()
    fill(tickets=TICKETS)
    monkeypatch.setattr(lake, "snapshot", lambda: pytest.fail("the catalog was asked"))
    assert copies.ready("main", "UTC", looks=False) is first and not copies.begun.is_set()
    monkeypatch.undo()
    assert copies.ready("main", "UTC") is first
    assert copies.begun.wait(20), "whoever looks has it made"
    copies.go.set()
    eventually(lambda: copies.ready("main", "UTC").snapshot == lake.snapshot())


def test_a_copy_that_cannot_be_made_leaves_the_last_in_view_and_is_tried_again(
    fill: Fill, lake: Lake, caplog: pytest.LogCaptureFixture
) -> None:
    fill(tickets=TICKETS[:1])
    copies = Slow(lake)
    copies.go.set()
    first, copies.fails = copies.view("main", "UTC"), True
    fill(tickets=TICKETS)
    assert copies.ready("main", "UTC") is first
    eventually(lambda: "no room" in caplog.text)
    copies.fails = False
    eventually(lambda: copies.ready("main", "UTC").snapshot == lake.snapshot())


def ticket(hot: HotCopies, id: str = "1") -> dict[str, Any]:
    (row,) = find_tickets(hot.view("main", "UTC"), where="id = $id", bound={"id": id}).to_dict("records")
    return dict(row)


def test_names_are_looked_up_where_the_source_gives_ids(filled: HotCopies) -> None:
    row = ticket(filled)
    assert (row["team"], row["agent"], row["segment"]) == ("Billing", "Ada", "pro")


def test_reply_reopens_and_rating_are_worked_out(filled: HotCopies) -> None:
    row = ticket(filled)
    assert (row["first_reply_minutes"], row["reopens"], row["csat_good"]) == (30.0, 1, True)
    assert row["resolution_hours"] == 50.0


def test_the_open_count_follows_the_history(filled: HotCopies) -> None:
    rows = filled.view("main", "UTC").cursor().execute("SELECT delta FROM flow WHERE ticket = 1 ORDER BY moved_at")
    assert [row[0] for row in rows.fetchall()] == [1, -1, 1, -1]


@pytest.mark.parametrize(("table", "local"), [("tickets", "created_local"), ("messages", "sent_local")])
def test_rows_of_a_team_lie_together_within_their_day(fill: Fill, hot: HotCopies, table: str, local: str) -> None:
    begun = [f"2026-10-{day:02}T{hour:02}:00:00Z" for day in (2, 1) for hour in (3, 1, 2, 0)]
    tickets = [
        {"id": f"{n}", "created_at": moment, "team": "AB"[n % 2], "status": "open"} for n, moment in enumerate(begun)
    ]
    messages = [
        {"id": f"m{n}", "ticket_id": f"{n}", "sent_at": moment, "author_role": "customer", "text": "Hi"}
        for n, moment in enumerate(begun)
    ]
    fill(tickets=tickets, messages=messages)
    rows = f"SELECT day({local}) AS day, team::VARCHAR AS team, hour({local}) AS hour FROM {table} ORDER BY rowid"
    found = hot.view("main", "UTC").cursor().execute(rows).fetchall()
    assert found == sorted(found)
    assert [team for _, team, _ in found] == [*"AABB"] * 2


def test_a_new_snapshot_is_seen_and_the_old_copy_still_answers(filled: HotCopies, fill: Fill) -> None:
    before = filled.view("main", "UTC")
    fill(tickets=[{"id": "3", "created_at": "2026-10-05"}])
    assert count_tickets(filled.view("main", "UTC")) == 3
    assert count_tickets(before) == 2


@pytest.mark.parametrize(("rows_a_thread", "wanted"), [(10_000_000, "one"), (1, "all")])
def test_a_small_copy_is_asked_with_one_thread(
    filled: HotCopies, monkeypatch: pytest.MonkeyPatch, rows_a_thread: int, wanted: str
) -> None:
    monkeypatch.setattr(hot_module, "ROWS_A_THREAD", rows_a_thread)
    con = filled.view("main", "UTC").cursor()
    found = con.execute("SELECT current_setting('threads')").fetchall()[0][0]
    con.execute("RESET threads")
    most = con.execute("SELECT current_setting('threads')").fetchall()[0][0]
    assert found == (1 if wanted == "one" else min(most, 1 + len(MESSAGES)))


def test_threads_stay_as_they_are_from_copy_to_copy(filled: HotCopies) -> None:
    """Were they all begun again for a moment, whoever reads the lake meanwhile could wait for ever."""

    said: list[str] = []

    class Told:
        def execute(self, sql: str) -> Any:
            said.append(sql)
            return con.execute(sql)

    con = filled.view("main", "UTC").cursor()
    held = con.execute("SELECT database_name FROM duckdb_tables() WHERE table_name = 'desk'").fetchall()
    hot_module._fit_threads(Told(), held[0][0])  # type: ignore[arg-type]
    assert [sql for sql in said if "threads" in sql.lower()] == ["SET threads = 1"]


def test_a_snapshot_that_never_was_is_an_error(filled: HotCopies) -> None:
    with pytest.raises(StoreError, match="Snapshot 77"):
        filled.view("main", "UTC", 77)


@pytest.mark.parametrize(
    ("search", "ids"),
    [("refund", ["1"]), ("ANGRY", ["1"]), ("parcel late", ["2"]), ("2", ["2"]), ("%", []), ("nothing like it", [])],
)
def test_search_finds_words_in_subject_and_messages(filled: HotCopies, search: str, ids: list[str]) -> None:
    view = filled.view("main", "UTC")
    assert find_tickets(view, search=search)["id"].tolist() == ids
    assert count_tickets(view, search=search) == len(ids)


def test_a_conversation_is_in_the_order_it_was_held(filled: HotCopies) -> None:
    assert find_messages(filled.view("main", "UTC"), ticket_id="1")["id"].tolist() == ["m1", "m2"]


def test_an_empty_store_has_no_rows_and_no_error(hot: HotCopies) -> None:
    view = hot.view("main", "UTC")
    assert (len(find_tickets(view)), len(find_messages(view)), choices(view, "team")) == (0, 0, [])


def test_choices_are_the_words_in_use(filled: HotCopies) -> None:
    assert choices(filled.view("main", "UTC"), "team") == ["Billing"]


def test_scores_are_written_once_and_again_only_for_changed_text(filled: HotCopies, lake: Lake, fill: Fill) -> None:
    scorer = scorer_name("lexicon")
    for found in unscored(lake, "main", scorer, batch_rows=100):
        scores = score_texts(found["text"])
        for name in ("source", "id", "text_hash"):
            scores = scores.append_column(name, found[name])
        write_scores(lake, "main", scores)
    assert count_unscored(lake, "main", scorer) == 0
    fill(messages=[{**MESSAGES[0], "text": "I am happy now"}])
    assert count_unscored(lake, "main", scorer) == 1
    assert count_unscored(lake, "main", "another-scorer") == 2


def test_state_keeps_the_newest_run_of_each_entry(state: State) -> None:
    run = {
        "seconds": 1.0,
        "rows_read": 1,
        "rows_written": 1,
        "rows_quarantined": 0,
        "started_at": NOW.replace(tzinfo=None),
    }
    state.add_run("main", Run(entry="a", status="ok", error="", **run))
    state.add_run("main", Run(entry="a", status="failed", error="gone", **run))
    assert state.last_runs("main")["a"].error == "gone"
    assert state.last_good_runs("main")["a"].status == "ok"
    assert state.last_runs("other") == {}


STATUSES = st.lists(st.sampled_from(["open", "pending", "solved", "closed"]), max_size=6)


@pytest.fixture(scope="module")
def one_lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """A lake for many examples, each a tenant of its own; one SQL, whatever the lake lies on."""
    lake = in_folder(tmp_path_factory.mktemp("lake")).open()
    yield lake
    lake.close()


TENANTS = itertools.count()


@settings(max_examples=5, deadline=None)
@given(st.lists(STATUSES, min_size=1, max_size=60))
def test_backlog_equals_a_count_by_hand(one_lake: Lake, histories: list[list[str]]) -> None:
    """opening + created + reopened - solved = closing, for any history."""
    tenant = f"t{next(TENANTS)}"
    tickets = [{"id": str(n), "created_at": "2026-10-01"} for n in range(len(histories))]
    events = [
        {"id": f"{n}-{k}", "ticket_id": str(n), "kind": "status", "new_value": status,
         "occurred_at": f"2026-10-{k + 2:02d}"}
        for n, history in enumerate(histories) for k, status in enumerate(history)
    ]  # fmt: skip
    batches = [batch("tickets", tickets), *([batch("events", events)] if events else [])]
    one_lake.commit(tenant, Commit(entry="e", source="s", batches=batches, cursor=None))
    measure_tickets(one_lake, Rules(), tenant=tenant)
    con = HotCopies(one_lake).view(tenant, "UTC").cursor()
    open_now = {str(n): int(not history or history[-1] in ("open", "pending")) for n, history in enumerate(histories)}
    sums = con.execute("SELECT id, sum(delta)::INTEGER FROM flow JOIN tickets USING (ticket) GROUP BY id").fetchall()
    assert dict(sums) == open_now
