"""The MCP server with mcp's own client: in memory, over stdio as a process of its own, and over HTTP."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from mcp import Client, StdioServerParameters

from deskbook.access import Actor
from deskbook.apps.mcp import make_server
from deskbook.book import Book
from deskbook.book.readings import MOST_LETTERS, Readings
from deskbook.errors import AccessDenied

from ..servers.process import answers, free_port

TOOLS = {"list_metrics", "query", "search_conversations", "get_ticket", "ask"}
VIEWER = Actor("vic", frozenset({"viewer"}))
NOBODY = Actor("nobody")


def call(server: Any, tool: str, **arguments: Any) -> Any:
    """One call of one tool: its structured content, or the text of its error."""

    async def once() -> Any:
        async with Client(server) as client:
            result = await client.call_tool(tool, arguments)
            return result.content[0].text if result.is_error else result.structured_content

    return asyncio.run(once())


@pytest.fixture(scope="module")
def server(synced: Book) -> Any:
    return make_server(synced)


def test_the_tools_are_the_five_and_all_say_that_they_only_read(server: Any) -> None:
    async def listed() -> Any:
        async with Client(server) as client:
            return (await client.list_tools()).tools

    tools = asyncio.run(listed())
    assert {tool.name for tool in tools} == TOOLS
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)


def test_a_query_gives_the_books_numbers_and_a_receipt_that_holds(server: Any, synced: Book) -> None:
    made = call(server, "query", metrics=["tickets_created"], by=["team"], period="2026")
    asked = synced.query("tickets_created", by="team", period="2026")
    assert [dict(zip(made["columns"], row, strict=True)) for row in made["values"]] == asked.rows
    assert made["cut"] == "" and made["rows_in_all"] == len(asked.rows)
    assert [one.holds for one in synced.verify(made)] == [True]


def test_a_long_result_is_cut_and_says_so(server: Any) -> None:
    made = call(server, "query", metrics=["tickets_created"], by=["day"], limit=3)
    assert len(made["values"]) == 3 < made["rows_in_all"]
    assert made["cut"].startswith(f"3 of {made['rows_in_all']:,} rows are shown.")


def test_metrics_are_found_by_words(server: Any) -> None:
    assert {one["name"] for one in call(server, "list_metrics", words="first reply median")["metrics"]} >= {
        "first_reply_median_minutes"
    }


def test_a_search_gives_tickets_that_hold_the_words_and_their_count_with_a_receipt(server: Any, synced: Book) -> None:
    made = call(server, "search_conversations", words="invoice", limit=2)
    assert len(made["tickets"]) == 2 and made["tickets_in_all"] == synced.count_tickets(where='text contains "invoice"')
    assert made["cut"].startswith("2 of ") and [one.holds for one in synced.verify(made)] == [True]
    assert any("invoice" in one["passage"].lower() for one in made["tickets"])


def test_a_ticket_comes_with_its_conversation_in_order(server: Any, synced: Book) -> None:
    (row,) = synced.tickets(limit=1).to_dict("records")
    made = call(server, "get_ticket", ticket_id=row["id"], source=row["source"])
    assert made["ticket"]["id"] == row["id"] and made["messages_in_all"] == len(made["messages"]) > 0
    assert [one["sent_at"] for one in made["messages"]] == sorted(one["sent_at"] for one in made["messages"])
    assert all(len(one["text"]) <= MOST_LETTERS and one["gives_orders"] in (True, False) for one in made["messages"])


def test_an_answer_is_the_contract_with_receipts_that_hold(server: Any, synced: Book) -> None:
    made = call(server, "ask", question="How many tickets were created in 2026?")
    assert set(made) >= {"text", "numbers", "claims", "plan", "abstain", "cut"}
    assert made["numbers"] and all(one.holds for one in synced.verify(made))


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("query", {"metrics": ["tickets_creatd"]}, "Did you mean 'tickets_created'"),
        ("query", {"metrics": ["tickets_created"], "where": "teem = x"}, "Did you mean 'team'"),
        ("query", {"metrics": ["tickets_created"], "limit": 100_000}, "from 1 to 1,000"),
        ("search_conversations", {"words": "  "}, "wants words"),
        ("get_ticket", {"ticket_id": "no such"}, "Unknown ticket 'no such'"),
        ("ask", {"question": "a" * 10_001}, "at most 10,000"),
    ],
)
def test_a_wrong_call_says_what_was_wanted(server: Any, tool: str, arguments: dict[str, Any], said: str) -> None:
    assert said in call(server, tool, **arguments)


@pytest.mark.parametrize("tool", sorted(TOOLS))
def test_nobody_without_a_role_reads_anything(synced: Book, tool: str) -> None:
    arguments = {
        "query": {"metrics": ["tickets_created"]},
        "search_conversations": {"words": "a"},
        "get_ticket": {"ticket_id": "1"},
        "ask": {"question": "How many tickets?"},
    }
    said = call(make_server(synced, NOBODY), tool, **arguments.get(tool, {}))
    assert "needs one of the roles" in said and "nobody has none" in said


def test_a_viewer_gets_numbers_but_not_what_customers_wrote(synced: Book) -> None:
    readings = Readings(synced, VIEWER)
    assert readings.query("tickets_created")["values"]
    for call_it in (lambda: readings.search_conversations("a"), lambda: readings.get_ticket("1")):
        with pytest.raises(AccessDenied, match="Reading conversations needs one of the roles agent"):
            call_it()


def test_what_breaks_inside_is_not_told_outside(synced: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Readings, words: str = "") -> None:
        raise RuntimeError("the password is swordfish")

    monkeypatch.setattr(Readings, "list_metrics", broken)
    said = call(make_server(synced), "list_metrics")
    assert "failed inside Deskbook (RuntimeError)" in said and "swordfish" not in said


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "deskbook", "mcp", *words]


def environment(book: Book) -> dict[str, str]:
    return {**os.environ, "DESKBOOK_HOME": str(book.settings.workspace)}


def test_over_stdio_a_process_of_its_own_answers(synced: Book) -> None:
    program, *words = command("--role", "viewer")
    server = StdioServerParameters(command=program, args=words, env=environment(synced))
    made = call(server, "query", metrics=["tickets_created"])
    assert made["values"] == [[synced.query("tickets_created").value()]]
    assert "mcp has viewer" in call(server, "search_conversations", words="a")


@pytest.fixture(scope="module")
def address(synced: Book) -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen(command("--http", "--port", str(port)), env=environment(synced), stderr=subprocess.PIPE)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and not answers(port):
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_over_http_the_same_answer(address: str, synced: Book) -> None:
    made = call(address, "query", metrics=["tickets_created"], by=["channel"])
    assert made["receipt"]["digest"] == synced.query("tickets_created", by="channel").receipt.digest


@pytest.mark.parametrize("headers", [{"host": "evil.example"}, {"origin": "http://evil.example"}])
def test_over_http_strangers_are_refused(address: str, headers: dict[str, str]) -> None:
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
    wanted = {"accept": "application/json, text/event-stream", "content-type": "application/json"}
    assert httpx.post(address, content=body, headers={**wanted, **headers}).status_code in (403, 421)


def test_a_port_that_is_none_is_refused(synced: Book) -> None:
    done = subprocess.run(
        command("--http", "--port", "70000"), env=environment(synced), capture_output=True, text=True, check=False
    )
    assert done.returncode == 2 and "from 1 to 65,535" in done.stderr
