"""What Freshdesk and Freshservice really sent, and the guide's entry."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from deskbook.catalog import Catalog
from deskbook.sources import utc_now
from deskbook.sources.payloads import payload_page

from ...fakes.spec import Described, spec_folder
from .test_fresh import account

FRESHDESK = Described(
    "freshdesk/api-evangelist/openapi/_original/freshdesk-rest-api-openapi.yml",
    base="/api/v2",
    more={"*": ("page", "per_page", "_updated_since")},
    lists=("include",),
)
GUIDE = (Path(__file__).parents[3] / "docs" / "sources.md").read_text("utf-8")


def rows(kind: str, stream: str, payloads: list[Any]) -> dict[str, pd.DataFrame]:
    source = account(kind).source()
    page = payload_page(payloads, f"{kind} {stream}", {})
    batches = source.normalise(page)
    assert [reject for batch in batches for reject in batch.rejects] == []
    return {batch.table: batch.rows.to_pandas() for batch in batches}


def freshdesk(name: str) -> Any:
    base = spec_folder("freshdesk") / "fixtures-python-freshdesk" / "freshdesk" / "v2" / "tests" / "sample_json_data"
    return json.loads((base / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("name", ["ticket_1", "ticket_1_updated", "outbound_email_1", "all_tickets", "search_tickets"])
def test_recorded_tickets_of_freshdesk_are_read_whole(name: str) -> None:
    told = freshdesk(name)
    told = told["results"] if isinstance(told, dict) and "results" in told else told
    told = told if isinstance(told, list) else [told]
    last = {one["id"]: one for one in told}
    found = rows("freshdesk", "tickets", list(last.values()))
    assert found["tickets"]["id"].tolist() == [str(number) for number in last]
    assert set(found["tickets"]["status"]) <= {"open", "pending", "solved", "closed"}
    assert len(found["messages"]) == len(last)


def test_the_recorded_stats_of_a_ticket_become_figures_and_events() -> None:
    found = rows("freshdesk", "tickets", [freshdesk("ticket_1")])
    assert set(found["reported"]["measure"]) == {"first_reply_seconds", "resolution_seconds"}
    assert found["events"]["new_value"].tolist() == ["solved", "open"], "of one moment, what it is now comes last"


def test_recorded_conversations_of_freshdesk_keep_notes_internal() -> None:
    told = [{"ticket_id": 1, "conversations": freshdesk("conversations")}]
    found = rows("freshdesk", "conversations", told)["messages"]
    assert found["is_public"].tolist() == [False, True] and set(found["author_role"]) == {"agent"}


@pytest.mark.parametrize(("name", "stream", "table"), [("agents", "agents", "agents"), ("groups", "groups", "teams")])
def test_recorded_lists_of_freshdesk_are_read_whole(name: str, stream: str, table: str) -> None:
    told = freshdesk(name)
    found = rows("freshdesk", stream, told)[table]
    assert found["id"].tolist() == [str(one["id"]) for one in told] and found["name"].notna().all()


def test_recorded_contacts_of_freshdesk_are_read_whole() -> None:
    told = [{"person": freshdesk("contact"), "companies": {}}]
    assert rows("freshdesk", "people", told)["customers"]["email"].notna().all()


def _recorded(kind: str) -> list[Any]:
    found = []
    for file in sorted((spec_folder("freshservice") / "fixtures-jupiterone-har").rglob("*.har")):
        for entry in json.loads(file.read_text("utf-8"))["log"]["entries"]:
            text = entry["response"]["content"].get("text", "")
            found += json.loads(text).get(kind, []) if text else []
    return list({one["id"]: one for one in found}.values())


@pytest.mark.parametrize(("stream", "table"), [("tickets", "tickets"), ("agents", "agents"), ("groups", "teams")])
def test_recordings_of_freshservice_are_read_whole(stream: str, table: str) -> None:
    told = _recorded(stream)
    assert told
    found = rows("freshservice", stream, told)[table]
    assert set(found["id"]) == {str(one["id"]) for one in told}


def test_recorded_limits_of_freshservice_are_those_of_its_largest_plan() -> None:
    source: Any = account("freshservice").source(plan="enterprise", requests_per_minute=0)
    totals: dict[str, str] = {}
    for file in (spec_folder("freshservice") / "fixtures-jupiterone-har").rglob("*.har"):
        for entry in json.loads(file.read_text("utf-8"))["log"]["entries"]:
            path = entry["request"]["url"].partition("?")[0].rpartition("/")[2]
            told = [one for one in entry["response"]["headers"] if one["name"].lower() == "x-ratelimit-total"]
            totals[path] = told[0]["value"]
    limits = source._account.limits
    assert (float(totals["tickets"]), float(totals["groups"])) == (limits["tickets"].requests, limits[""].requests)


def test_every_parameter_is_one_that_the_documents_name() -> None:
    desk = account()
    list(desk.source().pull({}))
    assert [said for one in desk.fake.app.asked for said in FRESHDESK.faults(one)] == []


@pytest.mark.parametrize("kind", ["freshdesk", "freshservice"])
def test_the_entry_of_the_guide_makes_a_source(tmp_path: Path, kind: str) -> None:
    (block,) = [text for text in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL) if "kind: freshdesk" in text]
    (tmp_path / "desk.yaml").write_text(block.replace("kind: freshdesk", f"kind: {kind}"))
    catalog = Catalog.open(tmp_path, {"FRESHDESK_API_KEY": "key-from-outside"})
    assert not catalog.problems
    source: Any = catalog.source("freshdesk", utc_now)
    assert source._account.base_url == f"https://acme.{kind}.com/api/v2"
    assert "key-from-outside" not in repr(source._account) + repr(source._options)
