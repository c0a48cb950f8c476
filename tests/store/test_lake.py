from __future__ import annotations

import multiprocessing
from pathlib import Path

import pyarrow as pa
import pytest

from deskbook.errors import StoreError, UnknownName
from deskbook.schema import TABLES, Batch, Reject
from deskbook.store import Commit, Lake, Written
from deskbook.store.known import KEPT

from ..conftest import batch
from ..servers.lakes import At

TICKETS = [{"id": str(n), "created_at": "2026-10-01", "team": "A"} for n in range(5)]
REJECT = Reject("tickets", "t.csv", 7, "id", "id is empty", "{}")


def page(*rows: dict[str, object], cursor: int = 1, **how: object) -> Commit:
    made = batch("tickets", rows)
    return Commit(entry="t", source="desk", batches=[made], cursor={"at": cursor}, origin="t.csv", **how)  # type: ignore[arg-type]


def test_a_commit_counts_what_it_read_and_wrote(lake: Lake) -> None:
    assert lake.commit("main", page(*TICKETS)) == {"tickets": Written(read=5, written=5)}


def test_the_same_page_again_writes_nothing_and_makes_no_snapshot(lake: Lake) -> None:
    lake.commit("main", page(*TICKETS))
    before = lake.snapshot()
    assert lake.commit("main", page(*TICKETS))["tickets"].written == 0
    assert lake.snapshot() == before


def test_only_changed_rows_are_written(lake: Lake) -> None:
    lake.commit("main", page(*TICKETS))
    changed = [{**TICKETS[0], "team": "B"}, *TICKETS[1:]]
    assert lake.commit("main", page(*changed))["tickets"].written == 1
    assert sorted(lake.read("tickets", "main", columns=["team"])["team"].to_pylist()) == ["A", "A", "A", "A", "B"]


def test_rows_and_cursor_come_together(lake: Lake) -> None:
    before = lake.snapshot()
    lake.commit("main", page(*TICKETS, cursor=9))
    assert (lake.cursor("main", "t"), lake.snapshot()) == ({"at": 9}, before + 1)


def test_a_failing_commit_leaves_neither_rows_nor_cursor(lake: Lake) -> None:
    good = page(*TICKETS)
    broken = Commit(entry="t", source="desk", batches=good.batches, cursor={"at": {1, 2}}, rejects=[None])  # type: ignore[list-item]
    with pytest.raises(AttributeError):
        lake.commit("main", broken)
    assert (lake.count("tickets", "main"), lake.cursor("main", "t")) == (0, {})


def test_a_page_of_everything_removes_what_is_gone(lake: Lake) -> None:
    lake.commit("main", page(*TICKETS))
    made = batch("tickets", TICKETS[:2])
    whole = type(made)(made.table, made.rows, made.raw, replaces=True)
    lake.commit("main", Commit(entry="t", source="desk", batches=[whole], cursor=None))
    assert lake.count("tickets", "main") == 2


def test_a_row_that_was_removed_can_come_back(lake: Lake) -> None:
    lake.commit("main", page(*TICKETS))
    made = batch("tickets", TICKETS[:2])
    whole = type(made)(made.table, made.rows, made.raw, replaces=True)
    lake.commit("main", Commit(entry="t", source="desk", batches=[whole], cursor=None))
    assert lake.commit("main", page(*TICKETS))["tickets"].written == 3


def test_rows_another_process_wrote_are_not_written_again(lake: Lake, at: At) -> None:
    lake.commit("main", page(TICKETS[0]))
    other = at.open()
    other.commit("main", page(*TICKETS))
    other.close()
    assert lake.commit("main", page(*TICKETS))["tickets"].written == 0


def test_quarantine_of_a_file_is_replaced_when_it_is_read_again(lake: Lake) -> None:
    lake.commit("main", page(*TICKETS, rejects=[REJECT], first=True))
    lake.commit("main", page(*TICKETS, rejects=[REJECT], first=True))
    assert lake.count("quarantine", "main") == 1
    lake.commit("main", page(*TICKETS, first=True))
    assert lake.count("quarantine", "main") == 0


def test_the_source_row_stays_beside_the_standard_one(lake: Lake) -> None:
    lake.commit("main", page(*TICKETS))
    assert lake.raw("tickets", "main", "desk", "3") == str(TICKETS[3])
    assert lake.raw("tickets", "main", "desk", "99") is None


def test_an_old_snapshot_still_reads_as_it_was(lake: Lake) -> None:
    lake.commit("main", page(*TICKETS))
    then = lake.snapshot()
    lake.commit("main", page({**TICKETS[0], "team": "B"}))
    assert set(lake.read("tickets", "main", snapshot=then)["team"].to_pylist()) == {"A"}


def test_two_tenants_and_two_sources_keep_their_own_rows(lake: Lake) -> None:
    lake.commit("main", page(*TICKETS))
    lake.commit("other", page(*TICKETS[:1]))
    other = Commit(entry="t2", source="desk2", batches=[batch("tickets", TICKETS[:2])], cursor=None)
    lake.commit("main", other)
    assert (lake.count("tickets", "main"), lake.count("tickets", "other")) == (7, 1)


def test_values_in_a_condition_are_bound(lake: Lake) -> None:
    lake.commit("main", page(*TICKETS))
    found = lake.read("tickets", "main", where="id = $id", params={"id": "1' OR '1'='1"})
    assert found.num_rows == 0


def test_unknown_tables_and_columns_are_named(lake: Lake) -> None:
    with pytest.raises(UnknownName, match="'tickets'"):
        lake.read("ticket", "main")
    with pytest.raises(UnknownName, match="'team'"):
        lake.read("tickets", "main", columns=["teem"])


def test_text_at_rest_is_encrypted(lake: Lake, at: At) -> None:
    rows = [{"id": str(n), "created_at": "2026-10-01", "subject": "CANARY-SUBJECT"} for n in range(3000)]
    lake.commit("main", page(*rows))
    files = at.parquet()
    assert files and not any(b"CANARY-SUBJECT" in file for file in files)


def test_a_lake_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "deskbook.db").write_text("this is no database, but a text long enough to be read as one")
    with pytest.raises(StoreError, match="cannot be opened"):
        Lake(f"sqlite:///{tmp_path}/deskbook.db", str(tmp_path / "files"), state=tmp_path)


def write_many(at: At, source: str, rounds: int) -> None:
    """A second process: commits of its own source."""
    lake = at.open()
    for number in range(rounds):
        rows = [{"id": f"{number}-{n}", "created_at": "2026-10-01"} for n in range(10)]
        lake.commit(
            "main", Commit(entry=source, source=source, batches=[batch("tickets", rows)], cursor={"at": number})
        )
    lake.close()


def test_two_processes_write_at_once_and_lose_nothing(lake: Lake, at: At) -> None:
    context = multiprocessing.get_context("spawn")
    hands = [context.Process(target=write_many, args=(at, name, 6)) for name in ("left", "right")]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(120)
    assert [hand.exitcode for hand in hands] == [0, 0]
    assert lake.count("tickets", "main") == 120
    assert lake.cursor("main", "left") == lake.cursor("main", "right") == {"at": 5}


def test_a_lake_of_an_older_version_gets_the_new_columns(at: At) -> None:
    older = at.open()
    older.con.execute("ALTER TABLE lake.tickets DROP COLUMN handling_seconds")
    older.con.execute("DROP TABLE lake.reported")
    older.close()
    newer = at.open()
    assert newer.read("tickets", "main", columns=["handling_seconds"]).num_rows == 0
    assert newer.count("reported", "main") == 0
    again = newer.snapshot()
    newer.close()
    newest = at.open()
    assert newest.snapshot() == again
    newest.close()


def test_what_does_not_fit_into_memory_goes_beside_the_state(lake: Lake, tmp_path: Path) -> None:
    lake.con.execute("SET memory_limit = '80MB'")
    lake.con.execute("CREATE TEMP TABLE much AS SELECT range AS id, hash(range)::VARCHAR AS text FROM range(3_000_000)")
    assert list((tmp_path / "spill").iterdir())


def test_small_and_large_pages_in_turn_write_each_row_once(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskbook.store.lake.LARGE_PAGE_ROWS", 4)
    changed = [{**row, "team": "B"} for row in TICKETS]
    written = [
        lake.commit("main", page(*rows, cursor=place))["tickets"].written
        for place, rows in enumerate((TICKETS[:2], TICKETS, TICKETS[3:], changed[:1], changed))
    ]
    assert (written, lake.count("tickets", "main"), lake.cursor("main", "t")) == ([2, 3, 0, 1, 4], 5, {"at": 4})


def test_a_large_page_that_fails_leaves_nothing(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskbook.store.lake.LARGE_PAGE_ROWS", 4)
    broken = Commit(
        entry="t", source="desk", batches=page(*TICKETS).batches, cursor={}, rejects=[None]  # type: ignore[list-item]
    )  # fmt: skip
    with pytest.raises(AttributeError):
        lake.commit("main", broken)
    assert lake.count("tickets", "main") == 0 and lake.commit("main", page(*TICKETS))["tickets"].written == 5


def test_a_commit_may_write_to_more_tables_than_are_remembered(lake: Lake) -> None:
    rows: dict[str, dict[str, object]] = {
        "tickets": {"created_at": "2026-10-01"},
        "messages": {"ticket_id": "1", "sent_at": "2026-10-01", "author_role": "customer", "text": "Late"},
        "events": {"ticket_id": "1", "occurred_at": "2026-10-02", "kind": "status", "new_value": "solved"},
        "agents": {"name": "Ann"},
        "teams": {"name": "Billing"},
        "customers": {"name": "Bo"},
        "satisfaction": {"ticket_id": "1", "rated_at": "2026-10-03", "is_good": True},
    }
    others = [name for name in TABLES if name not in rows]
    made = [batch(name, [{"id": "1", **row}]) for name, row in rows.items()]
    made += [Batch(name, TABLES[name].arrow.empty_table(), pa.array([], pa.string())) for name in others]
    assert len(made) > KEPT
    for cursor in (1, 2):
        lake.commit("main", Commit(entry="t", source="desk", batches=made, cursor={"at": cursor}))
    assert {name: lake.count(name, "main") for name in rows} == dict.fromkeys(rows, 1)
