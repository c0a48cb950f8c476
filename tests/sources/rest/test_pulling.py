"""A catalog entry alone reads any API: each way of paging gives every row once, and a second pull adds nothing."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from deskbook.errors import Unreadable
from tests.fakes.rest import tickets
from tests.fakes.web import Fault

from .conftest import NEW, Web, ids

IN_BODY = {"path": "cursor", "method": "POST", "json": {"size": 4}, "data_selector": "data.rows"}
WAYS: dict[str, dict[str, Any]] = {
    "link": {"paginator": "header_link"},
    "link by itself": {"path": "link"},
    "address": {"paginator": {"type": "json_link", "next_url_path": "paging.after"}},
    "cursor": {"paginator": {"type": "cursor", "cursor_param": "after"}, "data_selector": "data.rows"},
    "cursor in JSONPath": {
        "path": "cursor",
        "paginator": {"type": "cursor", "cursor_path": "$.cursors.next", "cursor_param": "after"},
        "data_selector": "$.data.rows",
    },
    "cursor in the body": {**IN_BODY, "paginator": {"type": "cursor", "cursor_body_path": "after"}},
    "cursor in a header": {
        "path": "cursor",
        "paginator": {"type": "header_cursor", "cursor_key": "X-At", "cursor_param": "after"},
        "data_selector": "data.rows",
    },
    "offset": {"paginator": {"type": "offset", "limit": 100, "offset_param": "skip", "limit_param": "top"}},
    "number": {"paginator": {"type": "page_number", "base_page": 1}},
}
ALL = [str(n) for n in range(1, 11)]


def way(name: str, **more: Any) -> list[dict[str, Any]]:
    endpoint = {"path": name, **WAYS[name], **more}
    return [{"name": "tickets", "endpoint": endpoint}]


@pytest.mark.parametrize("name", WAYS)
def test_every_way_of_paging_gives_every_row_once_and_none_again(web: Web, name: str) -> None:
    source = web.source(way(name))
    found, cursor = ids(source, {})
    assert found == ALL
    assert list(source.pull(cursor)) == []


@pytest.mark.parametrize("name", [name for name in WAYS if "body" not in name])
@pytest.mark.parametrize("lag", [0, 300])
def test_only_what_is_new_is_asked_for_and_taken(web: Web, name: str, lag: int) -> None:
    source = web.source(way(name, incremental={**NEW, "lag": lag}))
    found, cursor = ids(source, {})
    assert found == ALL and "since" not in str(web.fake.asked[0].url)
    assert list(source.pull(cursor)) == []
    assert web.fake.asked[-1].url.params["since"] == f"2026-10-02T00:{10 - lag // 60:02d}:00Z"
    web.desk.tickets.append(
        {**web.desk.tickets[0], "id": 11, "updated_at": "2026-10-02T00:10:00Z"}
    )  # late, at the edge
    web.desk.tickets.append({**web.desk.tickets[2], "subject": "changed", "updated_at": "2026-10-02T00:30:00Z"})
    assert ids(source, cursor)[0] == ["11", "3"]


@pytest.mark.parametrize("name", WAYS)
def test_a_pull_after_any_page_gives_the_rest_exactly(web: Web, name: str) -> None:
    source = web.source(way(name, incremental=NEW))
    pages = list(source.pull({}))
    for count, page in enumerate(pages):
        kept = json.loads(json.dumps(page.cursor))
        rest = list(source.pull(kept))
        assert [one.rows for one in rest] == [one.rows for one in pages[count + 1 :]]


COMMENTS = [
    {"name": "tickets", "endpoint": {"path": "link", "incremental": NEW}},
    {
        "name": "comments",
        "endpoint": {"path": "tickets/{resources.tickets.id}/comments"},
        "include_from_parent": ["created_at"],
    },
]
TABLES = {
    "tables": {
        "tickets": {"resource": "tickets", "id": "id", "created_at": "created_at"},
        "messages": {
            "resource": "comments",
            "id": "id",
            "ticket_id": "_tickets_id",
            "sent_at": "_tickets_created_at",
            "text": "text",
            "author_role": {"value": "customer"},
        },
    }
}


def test_children_are_asked_for_of_each_parent_that_is_new(web: Web) -> None:
    source = web.source(COMMENTS, mapping=TABLES)
    found, cursor = ids(source, {})
    assert sorted(found) == sorted([*ALL, *(f"{n}-{k}" for n in ALL for k in (0, 1))])
    assert list(source.pull(cursor)) == []
    web.desk.tickets.append({**web.desk.tickets[0], "id": 11, "updated_at": "2026-10-03T00:00:00Z"})
    web.desk.comments[11] = ["new"]
    asked = len(web.fake.asked)
    assert sorted(ids(source, cursor)[0]) == ["11", "11-0"]
    assert len(web.fake.asked) == asked + 2


def test_children_by_the_older_way_of_naming_a_parent_and_without_its_own_rows(web: Web) -> None:
    resolved = {"ticket": {"type": "resolve", "resource": "tickets", "field": "id"}}
    child = {"name": "comments", "endpoint": {"path": "tickets/{ticket}/comments", "params": resolved}}
    mapping = {"tables": {"messages": {**TABLES["tables"]["messages"], "sent_at": {"value": "2026-01-01"}}}}
    found, _ = ids(web.source([COMMENTS[0], child], mapping=mapping), {})
    assert sorted(found) == sorted(f"{n}-{k}" for n in ALL for k in (0, 1))


def test_a_pull_that_is_cut_off_anywhere_gives_every_row_of_parents_and_children(web: Web) -> None:
    source = web.source(COMMENTS, mapping=TABLES)
    pages = list(source.pull({}))
    rows = [[one for batch in source.normalise(page) for one in batch.rows.column("id").to_pylist()] for page in pages]
    for count in range(len(pages)):
        rest, _ = ids(source, pages[count].cursor)
        taken = [one for some in rows[: count + 1] for one in some]
        assert sorted({*taken, *rest}) == sorted({one for some in rows for one in some})
        assert not set(taken) & set(rest)


def test_a_child_whose_parent_went_meanwhile_is_passed_over(web: Web) -> None:
    del web.desk.comments[4]
    found, _ = ids(web.source(COMMENTS, mapping=TABLES), {})
    assert "4-0" not in found and "5-0" in found


def test_a_filter_leaves_rows_out_and_a_status_may_mean_that_there_are_none(web: Web) -> None:
    steps = [{"filter": "state == 'open'"}]
    found, _ = ids(web.source([{"name": "tickets", "endpoint": "link", "processing_steps": steps}]), {})
    assert found == ["2", "4", "6", "8", "10"]
    gone = {"path": "absent", "response_actions": [{"status_code": 404, "action": "ignore"}]}
    source = web.source([{"name": "tickets", "endpoint": gone}])
    (page,) = source.pull({})
    assert page.rows.num_rows == 0 and "tickets is not there (404)" in page.notes[0]
    assert list(source.pull(page.cursor)) == [], "said once"


@pytest.mark.parametrize(
    ("convert", "sent"),
    [("epoch", "1790899200"), ("epoch_ms", "1790899200000"), ("date", "2026-10-02"), ("iso", "2026-10-02T00:00:00Z")],
)
def test_a_time_is_written_as_the_api_wants_it(web: Web, convert: str, sent: str) -> None:
    new = {**NEW, "start_param": "from", "convert": convert, "initial_value": "2026-10-02"}
    ids(web.source(way("link", incremental=new)), {})
    assert web.fake.asked[0].url.params["from"] == sent


def test_a_place_that_is_no_more_is_read_anew(web: Web) -> None:
    source = web.source(way("link", incremental=NEW))
    first, *_ = source.pull({})
    web.fake.plan = {len(web.fake.asked): Fault(410, {"error": "cursor expired"})}
    rest, cursor = ids(source, first.cursor)
    assert rest == ALL and any("read anew" in one for one in cursor["said"])
    assert list(source.pull(cursor)) == []


def test_one_page_that_says_there_are_more_is_told(web: Web) -> None:
    source = web.source([{"name": "tickets", "endpoint": {"path": "number", "params": {"page": 1}}}])
    web.fake.plan = {len(web.fake.asked): Fault(200, {"items": web.desk.tickets[:2], "has_more": True})}
    (page,) = source.pull({})
    assert "says under has_more" in page.notes[0]


def test_a_budget_ends_a_pull_and_the_next_one_goes_on(web: Web) -> None:
    source = web.source(way("number", incremental=NEW), max_requests=2)
    found, cursor = [], {}
    for _ in range(3):
        try:
            for page in source.pull(cursor):
                cursor = page.cursor
                found += [row for batch in source.normalise(page) for row in batch.rows.column("id").to_pylist()]
        except Exception as error:  # noqa: BLE001
            assert "max_requests" in str(error)
    assert found == ALL


@pytest.mark.parametrize(
    "fault",
    [
        Fault(429, {"error": "slow down"}, {"retry-after": "3"}),
        Fault(429, "slow down"),
        Fault(500, "oops"),
        Fault(cut=30),
        Fault(200, "<html>maintenance</html>", {"content-type": "text/html"}),
        Fault(drop=True),
    ],
)
def test_faults_that_pass_cost_no_row(web: Web, fault: Fault) -> None:
    web.fake.plan = {1: fault, 3: fault}
    assert ids(web.source(way("link")), {})[0] == ALL


@pytest.mark.parametrize("paginator", [{"type": "page_number", "base_page": 1}, {"type": "offset", "limit": 4}])
def test_a_page_that_repeats_for_ever_stops_the_pull_and_is_said(web: Web, paginator: dict[str, Any]) -> None:
    source = web.source([{"name": "tickets", "endpoint": {"path": "same", "paginator": paginator}}])
    with pytest.raises(Unreadable, match=r"sends the same 4 rows for the next page .* Check its paginator:"):
        list(source.pull({}))
    assert len(web.fake.asked) == 2


def test_limits_of_the_entry_are_kept(web: Web) -> None:
    moments: list[float] = []
    web.fake.after = lambda count: moments.append(web.time.seconds())
    ids(web.source(way("link"), limits={"requests": 1, "seconds": 10}), {})
    assert len(moments) == 3 and all(b - a >= 10 for a, b in itertools.pairwise(moments))


def test_an_hour_uses_what_the_limit_allows_and_is_never_refused(web: Web) -> None:
    web.desk.tickets = tickets(2_400)
    moments: list[float] = []
    web.fake.after = lambda count: moments.append(web.time.seconds())
    found, _ = ids(web.source(way("link"), limits={"requests": 10, "seconds": 60}), {})
    assert len(found) == 2_400 and len(moments) == 600
    for place, moment in enumerate(moments[10:]):
        assert moment - moments[place] >= 60, "no eleventh request in any minute"
    assert len(moments) / (moments[-1] - moments[0]) >= 0.9 * 10 / 60
