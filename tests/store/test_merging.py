"""Tickets that several sources hold: each counted once, whatever came in whatever order, and every row kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskbook.clocks import Rules
from deskbook.errors import ConfigError, UnknownName
from deskbook.store import Commit, Lake, Merging, as_it_came, parse_merges
from deskbook.sync import measure_tickets

from ..conftest import batch

SOURCES = ("helpdesk", "warehouse", "archive")
MERGES = [{"precedence": list(SOURCES), "keys": {"helpdesk": "id", "warehouse": "custom.order", "archive": "category"}}]
FREE = ("priority", "channel", "subject", "team_id", "team", "agent_id", "agent", "customer_id")
TENANTS = count()
Row = dict[str, Any]


def put(lake: Lake, tenant: str, source: str, replaces: bool = False, **tables: list[Row]) -> None:
    batches = []
    for table, rows in tables.items():
        made = batch(table, rows)
        batches.append(type(made)(made.table, made.rows, made.raw, replaces=replaces))
    lake.commit(tenant, Commit(entry=source, source=source, batches=batches, cursor={"n": 1}))


def merge(lake: Lake, tenant: str, merges: list[dict[str, Any]] = MERGES) -> Merging:
    merging = Merging(lake, tenant, parse_merges(merges))
    merging.run()
    return merging


def key_of(source: str, row: Row) -> str | None:
    """What a plain reader of MERGES takes for the key of a ticket."""
    held = {"helpdesk": row["id"], "warehouse": row.get("custom", {}).get("order"), "archive": row.get("category")}
    return (held[source] or "").strip() or None


def model(desk: Mapping[str, Mapping[str, Row]]) -> dict[tuple[str, str], Row]:
    """The merged desk, worked out the slow way: (source, id) -> values."""
    groups: dict[str, list[tuple[str, Row]]] = {}
    out: dict[tuple[str, str], Row] = {}
    for source in SOURCES:
        for row in desk.get(source, {}).values():
            key = key_of(source, row)
            groups.setdefault(key if key is not None else f"\0{source}\0{row['id']}", []).append((source, row))
    for group in groups.values():
        sources = [source for source, _ in group]
        if len(set(sources)) < len(sources):
            out |= {(source, row["id"]): dict(row) for source, row in group}
        else:
            out[sources[0], group[0][1]["id"]] = joined(group)
    return out


def joined(group: list[tuple[str, Row]]) -> Row:
    first = group[0][0]
    named = {"team_id", "agent_id", "customer_id"}
    made: Row = {"id": group[0][1]["id"], "custom": {}}
    for source, row in reversed(group):
        values = {
            name: f"{source}/{value}" if name in named and source != first else value
            for name, value in row.items()
            if value is not None and name not in ("id", "custom")
        }
        for unit in (("team_id", "team"), ("agent_id", "agent")):
            if any(row.get(name) is not None for name in unit):
                made |= dict.fromkeys(unit)
        made |= values
        made["custom"] |= row.get("custom") or {}
    if len(group) > 1:
        made["custom"] |= {"also_in": ", ".join(f"{source} {row['id']}" for source, row in group[1:])}
    return made


def held(lake: Lake, tenant: str) -> dict[tuple[str, str], Row]:
    columns = ["source", "id", *FREE, "category", "custom"]
    rows = lake.read("tickets", tenant, columns=columns).to_pylist()
    assert len({(row["source"], row["id"]) for row in rows}) == len(rows)
    return {(row["source"], row["id"]): row | {"custom": json.loads(row["custom"] or "{}")} for row in rows}


WORDS = st.sampled_from([None, "a", "b"])
KEY = st.sampled_from([None, "", "1", "2", "3", " 3 "])


@st.composite
def arrivals(draw: st.DrawFn) -> list[tuple[str, list[Row]]]:
    """Pages of random sources; the same ticket may come again with other values and another key."""
    pages = []
    for _ in range(draw(st.integers(1, 6))):
        source = draw(st.sampled_from(SOURCES))
        rows = {}
        for _ in range(draw(st.integers(1, 3))):
            row: Row = {"id": draw(st.sampled_from("1234")), "created_at": "2026-10-01"}
            row |= {name: draw(WORDS) for name in FREE if name not in ("priority", "channel")}
            row |= {
                "priority": draw(st.sampled_from([None, "low", "high"])),
                "category": draw(st.sampled_from([None, "1", "2", "3"])),
            }
            custom = {"order": draw(KEY), "plan": draw(WORDS)}
            row["custom"] = {name: value for name, value in custom.items() if value is not None}
            rows[row["id"]] = row
        pages.append((source, [*rows.values()]))
    return pages


@pytest.mark.parametrize("kind", ["folder"], indirect=True)  # one SQL, whatever the lake lies on
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arrivals(), st.data())
def test_what_comes_in_any_order_is_the_desk_a_plain_reader_would_make(
    lake: Lake, pages: list[tuple[str, list[Row]]], data: st.DataObject
) -> None:
    tenant, desk = f"desk{next(TENANTS)}", {source: {} for source in SOURCES}
    for source, rows in pages:
        put(lake, tenant, source, tickets=[row | {"custom": json.dumps(row["custom"])} for row in rows])
        desk[source] |= {row["id"]: row for row in rows}
        if data.draw(st.booleans()):
            merge(lake, tenant)
    merge(lake, tenant)
    wanted, found = model(desk), held(lake, tenant)
    assert set(found) == set(wanted)
    for key, row in wanted.items():
        expected = {name: row.get(name) for name in (*FREE, "category")}
        got = {name: found[key][name] for name in expected}
        assert (got, found[key]["custom"]) == (expected, row["custom"])
    kept = lake.read("tickets", as_it_came(tenant), columns=["source", "id"]).num_rows
    assert kept == sum(len(rows) for rows in desk.values())


HELP: Row = {"id": "1", "created_at": "2026-10-01T09:00:00Z", "status": "solved", "agent_id": "a1"}
WARE: Row = {
    "id": "W7",
    "created_at": "2026-10-02T09:00:00Z",
    "custom": '{"order": "1", "plan": "pro"}',
    "team_id": "t1",
}
SAID = {"ticket_id": "1", "sent_at": "2026-10-01T09:00:00Z", "author_role": "customer", "text": "Where is it?"}


@pytest.fixture
def both(lake: Lake) -> Lake:
    put(lake, "main", "helpdesk", tickets=[HELP], messages=[{"id": "m1", **SAID}], agents=[{"id": "a1", "name": "Ada"}])
    put(
        lake,
        "main",
        "warehouse",
        tickets=[WARE],
        messages=[
            {"id": "m1", **SAID, "ticket_id": "W7"},
            {"id": "m2", "ticket_id": "W7", "sent_at": "2026-10-01T10:00:00Z", "author_role": "agent", "text": "Here",
             "author_id": "g1"},
        ],
        events=[{"id": "e1", "ticket_id": "W7", "occurred_at": "2026-10-03", "kind": "status", "new_value": "solved"}],
        agents=[{"id": "g1", "name": "Grace"}],
        teams=[{"id": "t1", "name": "Depot"}],
    )  # fmt: skip
    return lake


def ids(lake: Lake, table: str, tenant: str = "main") -> list[tuple[str, str]]:
    rows = lake.read(table, tenant, columns=["source", "id"], order="source, id").to_pylist()
    return [(row["source"], row["id"]) for row in rows]


def test_conversation_and_history_go_with_the_ticket_that_stays(both: Lake) -> None:
    merge(both, "main")
    assert ids(both, "tickets") == [("helpdesk", "1")]
    assert ids(both, "messages") == [("helpdesk", "m1"), ("helpdesk", "warehouse/m2")]
    assert ids(both, "events") == [("helpdesk", "warehouse/e1")]
    assert {row["ticket_id"] for row in both.read("messages", "main").to_pylist()} == {"1"}
    assert ("helpdesk", "warehouse/g1") in ids(both, "agents")
    assert both.read("messages", "main", where="id = 'warehouse/m2'")["author_id"].to_pylist() == ["warehouse/g1"]


def test_a_history_takes_each_kind_of_change_from_the_first_source_that_knows_it(both: Lake) -> None:
    def change(id: str, ticket: str, kind: str, to: str) -> Row:
        return {"id": id, "ticket_id": ticket, "occurred_at": "2026-10-02", "kind": kind, "new_value": to}

    put(both, "main", "helpdesk", events=[change("e1", "1", "assignment", "a1"), change("e2", "1", "team", "t9")])
    put(
        both,
        "main",
        "warehouse",
        events=[change("e2", "W7", "assignment", "g1"), change("e3", "W7", "priority", "low")],
    )
    rated = {"offered_at": "2026-10-04", "rated_at": "2026-10-05"}
    put(both, "main", "helpdesk", satisfaction=[{"id": "s1", "ticket_id": "1", "survey": "nps", "score": 9.0, **rated}])
    put(
        both,
        "main",
        "warehouse",
        satisfaction=[
            {"id": "s1", "ticket_id": "W7", "score": 4.0, **rated},
            {"id": "s2", "ticket_id": "W7", "survey": "nps", "score": 1.0, **rated},
        ],
    )
    merge(both, "main")
    assert [id for _, id in ids(both, "events")] == ["e1", "e2", "warehouse/e1", "warehouse/e3"]
    assert [id for _, id in ids(both, "satisfaction")] == ["s1", "warehouse/s1"]


def test_the_rows_of_both_stay_as_they_came(both: Lake) -> None:
    before = ids(both, "messages")
    merge(both, "main")
    assert ids(both, "messages", as_it_came("main")) == before
    assert both.raw("tickets", as_it_came("main"), "warehouse", "W7") == str(WARE)


def test_a_ticket_is_measured_and_counted_once_with_the_whole_conversation(both: Lake) -> None:
    merge(both, "main")
    measure_tickets(both, Rules(), tenant="main")
    (row,) = both.read("ticket_clocks", "main", columns=["id", "first_reply_seconds", "left_out"]).to_pylist()
    assert row == {"id": "1", "first_reply_seconds": 3600, "left_out": None}


def test_a_second_merge_of_the_same_makes_no_snapshot_and_an_old_one_reads_as_it_was(both: Lake) -> None:
    before = both.snapshot()
    merge(both, "main")
    then = both.snapshot()
    merge(both, "main")
    assert both.snapshot() == then
    assert both.read("tickets", "main", columns=["id"], snapshot=before).num_rows == 2
    assert both.read("tickets", "main", columns=["id"], snapshot=then).num_rows == 1


def test_a_key_that_changes_parts_them_again(both: Lake) -> None:
    merge(both, "main")
    put(both, "main", "warehouse", tickets=[WARE | {"custom": '{"order": "9"}'}])
    merge(both, "main")
    assert ids(both, "tickets") == [("helpdesk", "1"), ("warehouse", "W7")]
    assert ids(both, "messages") == [("helpdesk", "m1"), ("warehouse", "m1"), ("warehouse", "m2")]
    assert "also_in" not in (both.read("tickets", "main", where="id = '1'")["custom"][0].as_py() or "")


def test_a_ticket_that_is_gone_from_one_stands_under_the_other(both: Lake) -> None:
    merge(both, "main")
    put(both, "main", "helpdesk", replaces=True, tickets=[])
    merge(both, "main")
    assert ids(both, "tickets") == [("warehouse", "W7")]


def test_without_merges_everything_is_as_if_there_had_been_none(both: Lake) -> None:
    before = {table: ids(both, table) for table in ("tickets", "messages", "events", "agents", "teams")}
    raw = both.raw("tickets", "main", "warehouse", "W7")
    merge(both, "main")
    merge(both, "main", [])
    assert {table: ids(both, table) for table in before} == before
    assert both.raw("tickets", "main", "warehouse", "W7") == raw
    assert ids(both, "tickets", as_it_came("main")) == []
    put(both, "main", "warehouse", tickets=[WARE])
    assert ids(both, "tickets") == [("helpdesk", "1"), ("warehouse", "W7")]


def test_a_key_that_one_source_has_twice_joins_nothing_and_is_found(both: Lake) -> None:
    put(both, "main", "warehouse", tickets=[WARE, WARE | {"id": "W8"}])
    merging = merge(both, "main")
    assert ids(both, "tickets") == [("helpdesk", "1"), ("warehouse", "W7"), ("warehouse", "W8")]
    assert [row[:3] for row in merging.oddities()] == [("merge_key_unclear", "keys", 1)]


def test_another_desk_with_the_same_sources_is_left_alone(both: Lake) -> None:
    put(both, "other", "helpdesk", tickets=[HELP])
    put(both, "other", "warehouse", tickets=[WARE])
    merging = merge(both, "main")
    assert ids(both, "tickets", "other") == [("helpdesk", "1"), ("warehouse", "W7")]
    assert [row[:3] for row in merging.oddities()] == [("merged_across_sources", "tickets", 1)]


@pytest.mark.parametrize(
    ("table", "error", "wanted"),
    [
        ({"precedence": ["a"], "keys": {"a": "id"}}, ConfigError, "two or more"),
        ({"precedence": ["a", "b"], "keys": {"a": "id"}}, ConfigError, "one for each source"),
        ({"precedence": ["a", "b"], "keys": {"a": "id", "b": "categry"}}, UnknownName, "category"),
        ({"precedence": ["a", "b"], "keys": {"a": "id", "b": ["id", "url"]}}, ConfigError, "as many columns"),
        ({"precedence": ["a", "a"], "keys": {"a": "id"}}, ConfigError, "twice"),
        ({"precedense": ["a", "b"], "keys": {"a": "id", "b": "id"}}, UnknownName, "precedence"),
    ],
)
def test_what_cannot_be_meant_is_refused(table: Row, error: type[Exception], wanted: str) -> None:
    with pytest.raises(error, match=wanted):
        parse_merges([table])


def test_a_key_of_odd_letters_is_text_and_no_statement(lake: Lake, tmp_path: Path) -> None:
    odd = """custom.o'r"d{e}r"""
    merges = [{"precedence": ["it's", "b"], "keys": {"it's": odd, "b": "id"}}]
    put(lake, "main", "it's", tickets=[HELP | {"id": "x", "custom": json.dumps({"o'r\"d{e}r": "1"})}])
    put(lake, "main", "b", tickets=[HELP])
    merge(lake, "main", merges)
    assert ids(lake, "tickets") == [("it's", "x")]
