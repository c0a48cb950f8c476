"""A copy brought to a later snapshot equals one made anew, whatever changed; where it cannot be, it is made anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from deskbook.metrics import Desk, query, registry
from deskbook.store import HotCopies, HotFiles, HotView, Lake, hotrenew, unscored, write_scores
from deskbook.store import hot as hot_module
from deskbook.text import score_texts, scorer_name

from ..conftest import Fill

TEAMS, AGENTS = ("A", "B"), ("Ann", "Bo")
STATUSES = ("open", "pending", "solved", "closed")
TABLES = ("tickets", "messages", "replies", "flow", "flow_then", "promises", "ratings", "carried")
ROUNDS = 7


class Changing:
    """A small desk that changes at random."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(seed)
        self.tickets: dict[str, dict[str, Any]] = {}
        self.messages: dict[str, dict[str, Any]] = {}
        self.events: dict[str, dict[str, Any]] = {}
        self.ratings: dict[str, dict[str, Any]] = {}
        self.customers = {f"c{n}": {"id": f"c{n}", "segment": "smb"} for n in range(60)}

    def open(self, count: int) -> None:
        draw = self.draw
        for _ in range(count):
            id = str(len(self.tickets))
            day = draw.randrange(1, 28)
            self.tickets[id] = {
                "id": id,
                "created_at": f"2026-0{draw.randrange(5, 9)}-{day:02d}T0{draw.randrange(9)}:00:00Z",
                "status": draw.choice(STATUSES),
                "team": draw.choice(TEAMS),
                "agent": draw.choice(AGENTS),
                "priority": draw.choice(["low", "high"]),
                "customer_id": draw.choice([*self.customers, None, None]),
                "tags": draw.choice(["vip;refund", "vip", "refund", None]),
                "subject": f"Ticket {id}",
            }
            self.write(id)

    def write(self, ticket: str) -> None:
        draw, id = self.draw, f"m{len(self.messages)}"
        role = draw.choice(["customer", "customer", "agent", "bot"])
        self.messages[id] = {
            "id": id,
            "ticket_id": ticket,
            "sent_at": f"2026-09-{draw.randrange(1, 28):02d}T{draw.randrange(10, 24)}:00:00Z",
            "author_role": role,
            "is_public": draw.random() < 0.9,
            "text": draw.choice(["I am angry", "Thank you, great", "Where is it?"]),
        }

    def change(self) -> None:
        draw = self.draw
        for _ in range(draw.randrange(1, 4)):
            ticket, what = draw.choice([*self.tickets]), draw.randrange(6)
            if what == 0:
                self.open(1)
            elif what == 1:
                self.write(ticket)
            elif what == 2:
                id = f"e{len(self.events)}"
                moment = f"2026-10-{draw.randrange(1, 28):02d}T{draw.randrange(10, 24)}:00:00Z"
                value = draw.choice(STATUSES)
                self.events[id] = {
                    "id": id,
                    "ticket_id": ticket,
                    "occurred_at": moment,
                    "kind": "status",
                    "new_value": value,
                }
                self.tickets[ticket] |= {"status": value}
            elif what == 3:
                self.tickets[ticket] |= {"team": draw.choice(TEAMS), "tags": draw.choice(["vip;new", "vip", None])}
            elif what == 4:
                id = f"r{len(self.ratings)}"
                self.ratings[id] = {
                    "id": id,
                    "ticket_id": ticket,
                    "rated_at": "2026-10-20T10:00:00Z",
                    "is_good": draw.random() < 0.5,
                }
            else:
                self.customers[draw.choice([*self.customers])] |= {"segment": draw.choice(["smb", "enterprise"])}

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        return {
            "tickets": [*self.tickets.values()], "messages": [*self.messages.values()],
            "events": [*self.events.values()],
            "satisfaction": [*self.ratings.values()], "customers": [*self.customers.values()],
        }  # fmt: skip


def content(view: HotView) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, tickets by their own ids and tags by their words."""
    con = view.cursor()
    found = {}
    for table in TABLES:
        held = f"{table}.* EXCLUDE (ticket, tagset)"
        keys = "t.source, t.id, list_sort(t.tags)"
        tickets = "" if table == "tickets" else " JOIN tickets t USING (ticket)"
        source = "tickets t" if table == "tickets" else f"{table}{tickets}"
        columns = "t.* EXCLUDE (ticket, tagset)" if table == "tickets" else held
        found[table] = con.execute(f"SELECT {keys}, {columns} FROM {source} ORDER BY ALL").fetchall()
    tags = "SELECT t.source, t.id, g.tag FROM tickets t JOIN tagged g USING (tagset) ORDER BY ALL"
    found["tags"] = con.execute(tags).fetchall()
    found["desk"] = con.execute("SELECT data_until, carried_at FROM desk").fetchall()
    return found


def numbers(view: HotView) -> list[str]:
    """The digests of queries that read every table."""
    desk = Desk(
        con=view.cursor(), tenant="main", zone="UTC", snapshot=view.snapshot, data_until=view.data_until,
        carried_at=view.carried_at,
    )  # fmt: skip
    asked = [("tickets_created", ["tag"]), ("messages", ["team", "day"]), ("open_backlog", ["day"])]
    asked += [
        ("open_backlog", ["team_then", "week"]),
        ("sentiment_negative_pct", ["tag"]),
        ("csat_good_pct", ["segment"]),
    ]
    asked += [("first_reply_median_minutes", ["agent"]), ("repeat_contact_7d_pct", ["team"])]
    return [query(desk, [name], by=by).receipt.digest for name, by in asked if name in registry]


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each attempt to renew came off."""
    found: list[bool] = []
    renew = hot_module.renew

    def watched(*given: Any) -> bool:
        found.append(renew(*given))
        return found[-1]

    monkeypatch.setattr(hot_module, "renew", watched)
    return found


@pytest.fixture
def desk(request: pytest.FixtureRequest) -> Iterator[Changing]:
    made = Changing(request.param)
    made.open(60)
    yield made


def score(lake: Lake) -> None:
    scorer = scorer_name("lexicon")
    for found in unscored(lake, "main", scorer, batch_rows=100):
        scores = score_texts(found["text"])
        for name in ("source", "id", "text_hash"):
            scores = scores.append_column(name, found[name])
        write_scores(lake, "main", scores)


@pytest.mark.parametrize(
    ("kind", "desk"),
    [("folder", 0), ("folder", 1), pytest.param("servers", 0, marks=pytest.mark.servers)],
    indirect=True,
)
def test_a_renewed_copy_equals_one_made_anew(
    lake: Lake, fill: Fill, tmp_path: Path, desk: Changing, done: list[bool]
) -> None:
    copies = HotCopies(lake, HotFiles(tmp_path / "hot", "ab" * 32))
    for _ in range(ROUNDS):
        fill(**desk.rows())
        score(lake)
        renewed = read(copies)
        assert renewed == read(HotCopies(lake))
        desk.change()
    assert done.count(True) >= ROUNDS // 2


def read(copies: HotCopies) -> tuple[dict[str, list[tuple[Any, ...]]], list[str]]:
    view = copies.view("main", "UTC")
    return content(view), numbers(view)


def count_of(copies: HotCopies, renewals: bool = False) -> int:
    column = "(SELECT renewals FROM desk)" if renewals else "count(*)"
    return int(copies.view("main", "UTC").cursor().execute(f"SELECT {column} FROM tickets").fetchall()[0][0])


@pytest.mark.parametrize("what", ["a new agent", "many tickets", "a ticket", "nothing of ours"])
def test_what_cannot_be_renewed_is_made_anew(
    lake: Lake, fill: Fill, tmp_path: Path, done: list[bool], what: str
) -> None:
    desk, copies = Changing(9), HotCopies(lake, HotFiles(tmp_path / "hot"))
    desk.open(30)
    fill(**desk.rows())
    count_of(copies)
    if what == "a new agent":
        desk.tickets["0"] |= {"agent": "Zoe"}
    elif what == "many tickets":
        desk.open(40)
    elif what == "a ticket":
        desk.tickets["0"] |= {"priority": "high", "team": "B", "tags": "vip"}
    tenant = "other" if what == "nothing of ours" else "main"
    fill(**desk.rows(), tenant=tenant)
    assert read(copies) == read(HotCopies(lake))
    assert done == [what in ("a ticket", "nothing of ours")]


def test_a_copy_renewed_often_is_made_anew(
    lake: Lake, fill: Fill, tmp_path: Path, done: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hotrenew, "MOST_RENEWALS", 2)
    desk, copies = Changing(9), HotCopies(lake, HotFiles(tmp_path / "hot"))
    desk.open(30)
    found = []
    for _ in range(5):
        fill(**desk.rows())
        found.append(count_of(copies, renewals=True))
        desk.write("3")
    assert found == [0, 1, 2, 0, 1]
    assert done == [True, True, False, True]


def test_where_the_lake_forgot_the_changes_a_copy_is_made_anew(
    lake: Lake, fill: Fill, tmp_path: Path, done: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, copies = Changing(9), HotCopies(lake, HotFiles(tmp_path / "hot"))
    desk.open(30)
    fill(**desk.rows())
    count_of(copies)
    desk.write("3")
    fill(**desk.rows())
    lake.con.cursor().execute("CALL ducklake_expire_snapshots('lake', older_than => now() - INTERVAL '0 seconds')")
    assert read(copies) == read(HotCopies(lake))
    assert len([*(tmp_path / "hot").glob("*.making*")]) == 0
