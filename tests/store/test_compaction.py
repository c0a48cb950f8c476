"""Many small files become few, and what was once read reads the same."""

from __future__ import annotations

from typing import Any

import pytest

from deskbook.clocks import Rules
from deskbook.metrics import Desk, query
from deskbook.metrics.verify import claims, verify
from deskbook.store import Commit, HotCopies, Lake, compaction
from deskbook.sync import measure_tickets

from ..conftest import batch
from ..servers.lakes import At

ROUNDS = 8


def change(lake: Lake, number: int) -> None:
    """New tickets, and some that change."""
    rows = [{"id": f"{number}-{n}", "created_at": "2026-10-01", "team": "A"} for n in range(12)]
    rows += (
        [{"id": f"{number - 3}-{n}", "created_at": "2026-10-01", "team": "B"} for n in range(3)] if number > 3 else []
    )
    lake.commit("main", Commit(entry="t", source="t", batches=[batch("tickets", rows)], cursor={"at": number}))
    measure_tickets(lake, Rules(), tenant="main")


def desk_of(copies: HotCopies, snapshot: int | None = None) -> Desk:
    view = copies.view("main", "UTC", snapshot)
    return Desk(
        con=view.cursor(), tenant="main", zone="UTC", snapshot=view.snapshot, data_until=view.data_until,
        carried_at=view.carried_at,
    )  # fmt: skip


def files(lake: Lake, table: str = "tickets") -> int:
    return len(lake.con.cursor().execute(f"FROM ducklake_list_files('lake', '{table}')").fetchall())


@pytest.fixture
def receipts(lake: Lake) -> list[dict[str, Any]]:
    """Of each of many commits, a number by team."""
    found = []
    for number in range(ROUNDS):
        change(lake, number)
        result = query(desk_of(HotCopies(lake)), ["tickets_created"], by=["team"])
        found.append({"receipt": result.receipt.as_dict(), "rows": result.rows})
    return found


def test_old_receipts_hold_after_files_are_merged_and_removed(
    lake: Lake, at: At, receipts: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compaction, "KEPT_DAYS", 0)
    before, stored = files(lake), len(at.parquet())
    merged = compaction.compact(lake, most_files=3)
    assert merged["tickets"] > 1 and files(lake) < before
    compaction.compact(lake, most_files=3)
    assert len(at.parquet()) < stored + len(merged)
    copies = HotCopies(lake)
    verdicts = [verify(claim, lambda receipt: desk_of(copies, receipt.snapshot)) for claim in claims(receipts)]
    assert [one.holds for one in verdicts] == [True] * ROUNDS
    change(lake, ROUNDS)
    assert lake.count("tickets", "main") == 12 * (ROUNDS + 1)


def test_few_files_are_left_alone_and_make_no_snapshot(lake: Lake) -> None:
    change(lake, 0)
    before = lake.snapshot()
    assert compaction.compact(lake) == {}
    assert lake.snapshot() == before
