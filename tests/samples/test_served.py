"""The sample desk behind vendors' APIs: what the door knows, and Zendesk's server over a sample."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import pytest
import yaml
from starlette.applications import Starlette
from starlette.testclient import TestClient

from deskbook.apps.serving import serve_sample, told
from deskbook.catalog import Catalog
from deskbook.errors import ConfigError, UnknownName
from deskbook.samples import write_sample
from deskbook.samples.served import SERVED, entry_of, sandbox, token_of
from deskbook.samples.served.zendesk import app, records
from deskbook.sources import utc_now
from tests.servers.process import free_port

HEADERS = {"authorization": "Bearer sandbox"}
NOW = 1_800_000_000.0
Get = Callable[..., Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("served") / "desk"
    write_sample(made, tickets=120, seed=7)
    return made


@pytest.fixture(scope="module")
def held(folder: Path) -> dict[str, Any]:
    return records(folder)


def get_of(application: Starlette) -> Get:
    client = TestClient(application)

    def get(path: str, status: int = 200, **params: Any) -> Any:
        answer = client.get(path if "://" in path else f"/api/v2/{path}", params=params or None, headers=HEADERS)
        assert answer.status_code == status, answer.text
        return answer.json()

    return get


@pytest.fixture
def get(held: dict[str, Any]) -> Get:
    return get_of(app(held, page=50, now=lambda: NOW))


def whole(get: Get, path: str, key: str, **params: Any) -> list[dict[str, Any]]:
    """Every row of a cursor export."""
    page = get(path, **params)
    rows = list(page[key])
    while not page["end_of_stream"]:
        page = get(page["after_url"])
        rows += page[key]
    assert page["after_cursor"] and page["after_url"]
    return rows


def small(count: int = 5) -> dict[str, Any]:
    """Tickets of one second each, without anything beside them."""
    return {"tickets": {key: {"id": key, "status": "open", "generated_timestamp": key} for key in range(1, count + 1)}}


# ---- Zendesk's records of a sample


def test_every_ticket_and_message_of_the_sample_is_served_once(get: Get, folder: Path) -> None:
    sheet = pcsv.read_csv(folder / "tickets.csv").to_pylist()
    tickets = whole(get, "incremental/tickets/cursor.json", "tickets", start_time=0)
    assert sorted(one["id"] for one in tickets) == [one["ticket_number"] for one in sheet]
    messages = pq.read_table(folder / "messages.parquet").to_pylist()
    comments = [one for ticket in tickets for one in get(f"tickets/{ticket['id']}/comments.json")["comments"]]
    assert sorted(one["body"] for one in comments) == sorted(one["body"] for one in messages)
    assert sum(not one["public"] for one in comments) == sum(not one["public"] for one in messages) > 0
    people = {"users": get("users", page=1)["users"]}
    assert {one["role"] for one in records(folder)["users"].values()} == {"agent", "end-user"} and people["users"]


def test_audits_tell_every_change_of_the_log(held: dict[str, Any], folder: Path) -> None:
    lines = [json.loads(line) for line in (folder / "events.jsonl").read_text("utf-8").splitlines()]
    names = {"status": "status", "team": "group_id", "assignment": "assignee_id", "priority": "priority"}
    words = {"low": "low", "medium": "normal", "high": "high", "critical": "urgent"}
    wanted = {(one["ticket"], one["at"], names[one["type"]], words.get(one["new"], one["new"])) for one in lines}
    told_ones = {
        (ticket, audit["created_at"], part["field_name"], part["value"])
        for ticket, audits in held["audits"].items()
        for audit in audits
        for part in audit["events"]
        if part["type"] in ("Create", "Change") and part["field_name"] in names.values()
    }
    assert wanted <= told_ones
    extra = {one[2] for one in told_ones - wanted}
    assert extra == {"priority"}  # what it was when the ticket was made
    numbers = [audit["id"] for audits in held["audits"].values() for audit in audits]
    assert len(set(numbers)) == len(numbers)


def test_a_promise_that_was_broken_is_told_and_one_that_was_kept_is_not(held: dict[str, Any]) -> None:
    kinds: dict[int, list[str]] = {}
    for one in held["ticket_metric_events"]:
        kinds.setdefault(one["ticket_id"], []).append(one["type"])
    assert set(kinds) == set(held["tickets"])
    assert all(each[:2] == ["activate", "apply_sla"] for each in kinds.values())
    assert any("breach" in each for each in kinds.values()) and any("breach" not in each for each in kinds.values())
    times = [one["time"] for one in held["ticket_metric_events"]]
    assert times == sorted(times)


def test_a_ticket_whose_comments_are_set_gives_those(held: dict[str, Any]) -> None:
    changed = dict(held)
    changed["comments"] = type(held["comments"])(list(held["comments"]), held["comments"].__getitem__)
    number = next(iter(held["tickets"]))
    changed["comments"][number] = [{"id": 1, "created_at": "2026-01-01T00:00:00Z", "author_id": -1, "body": "Hello"}]
    get = get_of(app(changed, now=lambda: NOW))
    assert [one["body"] for one in get(f"tickets/{number}/comments")["comments"]] == ["Hello"]


# ---- Zendesk's server


def test_an_export_is_in_order_and_its_cursor_is_never_empty() -> None:
    get = get_of(app(small(5), page=2, now=lambda: NOW))
    page = get("incremental/tickets/cursor.json", start_time=2)
    assert [one["id"] for one in page["tickets"]] == [2, 3] and not page["end_of_stream"]
    page = get("incremental/tickets/cursor", cursor=page["after_cursor"])
    assert [one["id"] for one in page["tickets"]] == [4, 5] and page["end_of_stream"]
    page = get(page["after_url"])
    assert page["tickets"] == [] and page["end_of_stream"] and page["after_cursor"] and page["after_url"]


def test_a_ticket_that_changes_meanwhile_comes_again_behind_the_cursor() -> None:
    desk = small(4)
    get = get_of(app(desk, page=2, now=lambda: NOW))
    page = get("incremental/tickets/cursor", start_time=0)
    desk["tickets"][1]["generated_timestamp"] = 50
    assert [one["id"] for one in get(page["after_url"])["tickets"]] == [3, 4]
    desk["tickets"][2] |= {"generated_timestamp": 51, "status": "deleted"}
    rows = whole(get, page["after_url"], "tickets")
    assert [(one["id"], one["status"]) for one in rows] == [(3, "open"), (4, "open"), (1, "open"), (2, "deleted")]
    assert get("tickets/2/comments", 404)["error"] == "RecordNotFound"
    assert [one["id"] for one in get("tickets/show_many", ids="1,2,9")["tickets"]] == [1]


def test_the_last_minute_is_left_out_of_exports() -> None:
    desk = small(1)
    desk["tickets"][1]["generated_timestamp"] = int(NOW) - 30
    assert get_of(app(desk, now=lambda: NOW))("incremental/tickets/cursor", start_time=0)["tickets"] == []
    assert get_of(app(desk, now=lambda: NOW + 60))("incremental/tickets/cursor", start_time=0)["tickets"]


@pytest.mark.parametrize(("given", "status"), [({}, 400), ({"start_time": "now"}, 400), ({"start_time": int(NOW)}, 422),
                                               ({"cursor": "no cursor"}, 400)])  # fmt: skip
def test_an_export_without_a_sound_beginning_is_refused(given: dict[str, Any], status: int) -> None:
    assert get_of(app(small(), now=lambda: NOW))("incremental/tickets/cursor", status, **given)["error"]


def test_what_is_asked_for_comes_beside_tickets_each_once(get: Get, held: dict[str, Any]) -> None:
    page = get(
        "incremental/tickets/cursor", start_time=0, include="users,groups,organizations,metric_sets,comment_count"
    )
    people = {one[name] for one in page["tickets"] for name in ("requester_id", "assignee_id") if one[name]}
    assert {one["id"] for one in page["users"]} == people and len(page["users"]) == len(people)
    assert [one["ticket_id"] for one in page["metric_sets"]] == [one["id"] for one in page["tickets"]]
    assert {one["id"] for one in page["groups"]} == {one["group_id"] for one in page["tickets"]}
    first = page["tickets"][0]
    assert first["comment_count"] == len(held["comments"][first["id"]])


def test_a_timed_export_repeats_its_edge_and_ends_with_a_page_that_is_not_full() -> None:
    moments = ["2026-01-01T00:00:00Z", *["2026-01-01T00:00:01Z"] * 3, "2026-01-01T00:00:02Z"]
    rows = [{"id": place, "time": at} for place, at in enumerate(moments)]
    get = get_of(app({"ticket_metric_events": rows}, page=2, now=lambda: NOW))
    page = get("incremental/ticket_metric_events", start_time=0)
    assert ([one["id"] for one in page["ticket_metric_events"]], page["count"]) == ([0, 1, 2, 3], 4)
    page = get(page["next_page"])
    assert [one["id"] for one in page["ticket_metric_events"]] == [1, 2, 3, 4]  # or it would stand still
    page = get(page["next_page"])
    assert page["count"] == 1 and page["end_time"] == 1767225602


def test_lists_are_paged_by_cursor_and_by_number(get: Get, held: dict[str, Any]) -> None:
    page = get("satisfaction_ratings", **{"page[size]": 20})
    found = list(page["satisfaction_ratings"])
    while page["meta"]["has_more"]:
        page = get(page["links"]["next"])
        found += page["satisfaction_ratings"]
    ordered = sorted(held["satisfaction_ratings"], key=lambda one: (one["created_at"], one["id"]))
    assert [one["id"] for one in found] == [one["id"] for one in ordered]
    numbered = get("users", per_page=10, page=2)
    assert len(numbered["users"]) == 10 and numbered["count"] == len(held["users"]) and numbered["previous_page"]
    assert "offset" in get("users", 400, per_page=50, page=300)["description"]
    scored = get("satisfaction_ratings", score="good")["satisfaction_ratings"]
    assert scored and {one["score"] for one in scored} == {"good"}


def test_credentials_are_an_agents_token_or_a_bearers() -> None:
    client = TestClient(app(small(), token="let-me-in", now=lambda: NOW))
    good = [{"auth": ("a@desk.example/token", "let-me-in")}, {"headers": {"authorization": "Bearer let-me-in"}}]
    bad = [{}, {"auth": ("a@desk.example", "let-me-in")}, {"auth": ("a@desk.example/token", "no")},
           {"headers": {"authorization": "Bearer no"}}, {"headers": {"authorization": "Basic ?"}}]  # fmt: skip
    for given in good:
        assert client.get("/api/v2/groups.json", **given).status_code == 200  # type: ignore[arg-type]
    for given in bad:
        answer = client.get("/api/v2/groups.json", **given)  # type: ignore[arg-type]
        assert (answer.status_code, answer.json()) == (401, {"error": "Couldn't authenticate you"})


def test_a_limit_is_told_in_headers_and_then_kept_in_plain_text() -> None:
    now = [NOW]
    client = TestClient(app(small(), limits={"incremental": 2}, now=lambda: now[0]), headers=HEADERS)
    answers = [client.get("/api/v2/incremental/tickets/cursor", params={"start_time": 0}) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert [one.headers["x-rate-limit-remaining"] for one in answers] == ["1", "0", "0"]
    assert answers[2].text == "Too many requests" and answers[2].headers["retry-after"] == "60"
    assert client.get("/api/v2/groups").status_code == 200
    now[0] += 61
    assert client.get("/api/v2/incremental/tickets/cursor", params={"start_time": 0}).status_code == 200


def test_what_the_plan_lacks_is_forbidden_and_what_is_nowhere_not_found() -> None:
    get = get_of(app(small(), closed=("slas/",), now=lambda: NOW))
    assert get("slas/policies", 403)["error"]["title"] == "Forbidden"
    assert get("business_hours/schedules/9/holidays", 404)["error"] == "RecordNotFound"
    assert get("nothing", 404)["error"] == "InvalidEndpoint"


# ---- the door


@pytest.mark.parametrize("vendor", sorted(SERVED))
def test_each_vendor_opens_on_the_sample_and_has_an_entry(vendor: str, folder: Path, tmp_path: Path) -> None:
    assert isinstance(sandbox(vendor, folder), Starlette)
    text = told(vendor, "http://127.0.0.1:8700")
    copied = text.partition("\n# catalogs/")[2].partition("\n")[2].partition("\n# in the shell")[0]
    document = yaml.safe_load(copied)
    given = document["data"][f"{vendor}_sandbox_data"]["kwargs"]
    entry, variable = entry_of(vendor, "http://127.0.0.1:8700")
    assert given["kind"] == vendor and given["base_url"].startswith("http://127.0.0.1:8700")
    assert f"{{env({variable})}}" in given.values() and f"export {variable}={token_of(vendor)}" in text
    assert token_of(vendor) not in entry.options.values()
    (tmp_path / "sandbox.yaml").write_text(copied, "utf-8")
    catalog = Catalog.open(tmp_path, {variable: token_of(vendor)})
    assert not catalog.problems and catalog.source(entry.name, utc_now)


def test_zendesk_is_served_and_a_vendor_that_is_not_is_named(folder: Path) -> None:
    assert "zendesk" in SERVED
    with pytest.raises(UnknownName, match="zendesk"):
        serve_sample("zendsk", folder, 0, say=print)


def test_a_port_that_is_taken_is_named(folder: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"{port}.*--port 0"):
            serve_sample("zendesk", folder, port, say=print)


def test_a_sample_of_an_earlier_version_is_named_with_the_way_out(folder: Path, tmp_path: Path) -> None:
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    sheet = pcsv.read_csv(folder / "tickets.csv")
    pcsv.write_csv(sheet.drop_columns(["urgency"]), tmp_path / "tickets.csv")
    with pytest.raises(ConfigError, match=r"without 'urgency'.*deskbook sample"):
        sandbox("zendesk", tmp_path)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int, Path]]:
    port, made = free_port(), tmp_path / "desk"
    words = [sys.executable, "-m", "deskbook", "sample", str(made), "--tickets", "40", "--serve", "zendesk"]
    environ = {**os.environ, "OMP_NUM_THREADS": "1"}
    with subprocess.Popen([*words, "--port", str(port)], stdout=subprocess.PIPE, text=True, env=environ) as running:
        yield running, port, made
        running.kill()


def test_the_command_makes_the_sample_serves_it_and_stops(served: tuple[subprocess.Popen[str], int, Path]) -> None:
    running, port, made = served
    assert running.stdout is not None
    said = ""
    while "deskbook sync zendesk_sandbox" not in said:
        line = running.stdout.readline()
        assert line, said
        said += line
    assert f"base_url: http://127.0.0.1:{port}" in said and "export ZENDESK_SANDBOX_TOKEN=sandbox" in said
    assert (made / "truth.json").is_file()
    url = f"http://127.0.0.1:{port}/api/v2/incremental/tickets/cursor.json"
    answer = httpx.get(url, params={"start_time": 0}, auth=("a@desk.example/token", "sandbox"))
    assert len(answer.json()["tickets"]) == 40
    running.send_signal(signal.SIGINT)
    assert running.wait(30) == 130  # as whatever is stopped by Ctrl-C
