"""`deskbook explain`, as a stranger runs it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from deskbook.apps.workspace import make_workspace
from deskbook.store import Commit

from ..conftest import batch, open_book
from .test_cli import answer, run

TICKETS = [{"id": f"t{n}", "created_at": f"2026-03-0{n}T09:00:00Z", "status": "open"} for n in (2, 3, 4)]
MESSAGES = [
    {"id": f"{ticket['id']}-{place}", "ticket_id": ticket["id"], "sent_at": ticket["created_at"].replace("09:00", at),
     "author_role": role, "is_public": is_public}
    for ticket in TICKETS
    for place, (at, role, is_public) in enumerate(
        [("09:00", "customer", True), ("09:20", "agent", False), ("10:30", "agent", True)]
    )
]  # fmt: skip
REPORTED = [
    {"id": f"r{number}", "ticket_id": ticket, "measure": "first_reply_seconds", "reported_seconds": seconds}
    for number, (ticket, seconds) in enumerate([("t2", 5_400), ("t3", 1_200)])
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_workspace(tmp_path_factory.mktemp("explain") / "desk")
    rows: dict[str, Any] = {"tickets": TICKETS, "messages": MESSAGES, "reported": REPORTED}
    made = Commit(entry="desk", source="desk", batches=[batch(name, held) for name, held in rows.items()], cursor=None)
    open_book(folder).lake.commit("main", made)
    return folder


def test_a_ticket_is_explained_in_a_sentence(home: Path) -> None:
    done = run("explain", "ticket", "t3", "--metric", "first_reply", home=home)
    assert done.stdout.splitlines()[0] == (
        "Ticket t3: we count 90 min and they 20 min, 70 min less, because they count an internal note as a reply: "
        "to 2026-03-03 09:20:00 UTC, where we count to 2026-03-03 10:30:00 UTC."
    )


def test_their_number_may_be_given(home: Path) -> None:
    made = answer("explain", "ticket", "t4", "--metric", "first_reply_seconds", "--theirs", "20m", home=home)
    assert (made["theirs_seconds"], made["cause"], made["candidates"][0]) == (1_200, "internal_comment", "internal")


def test_all_reported_numbers_are_summed_by_cause(home: Path) -> None:
    made = answer("explain", "measure", "first_reply", home=home)
    assert (made["agreeing"], made["difference_seconds"]) == (1, -4_200)
    assert [(one["cause"], one["tickets"], one["seconds"]) for one in made["sums"]] == [("internal_comment", 1, -4_200)]
    assert "1 of 2 figures differ, by -70 min in all" in run("explain", "measure", "first_reply", home=home).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ticket", "t3", "--metric", "frist_reply"), "Did you mean 'first_reply'"),
        (("ticket", "t4", "--metric", "first_reply"), "--theirs 44.5m"),
        (("ticket", "t3", "--metric", "first_reply", "--theirs", "soon"), "is no length of time"),
        (("ticket", "t9", "--metric", "first_reply"), "There is no ticket t9"),
        (("measure", "resolution"), "reported measures: first_reply_seconds"),
    ],
)
def test_what_cannot_be_explained_is_exit_2_and_says_what_to_do(home: Path, words: tuple[str, ...], said: str) -> None:
    done = run("explain", *words, home=home)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr and "Traceback" not in done.stderr
