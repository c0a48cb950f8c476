"""A mapping picks, renames and computes; what it asks for and does not get is told."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from deskbook.errors import ConfigError, UnknownName, Unreadable
from deskbook.schema import Batch
from deskbook.sources import Source

Make = Callable[..., Source]
BASE = {"id": "number", "created_at": "created"}
DOCUMENT = {
    "key": "A-1",
    "opened": "2026-01-01T08:00:00Z",
    "via": {"channel": "email"},
    "labels": [{"name": "vip"}, {"name": "late"}],
    "comments": [{"by": "staff", "body": "hello"}, {"by": "end-user", "body": "hi"}],
}


@pytest.fixture
def batch(make: Make, tmp_path: Path) -> Callable[..., Batch]:
    """The batch of one row under a mapping."""

    def build(mapping: Mapping[str, Any], **fields: Any) -> Batch:
        row = {"number": "1", "created": "2026-01-01T00:00:00Z", **fields}
        pd.DataFrame([row]).to_csv(tmp_path / "t.csv", index=False)
        source = make(url="t.csv", mapping={**BASE, **mapping})
        (found,) = source.normalise(next(source.pull({})))
        return found

    return build


@pytest.fixture
def batches(make: Make, tmp_path: Path) -> Callable[..., list[Batch]]:
    """The batches of JSON documents under a mapping."""

    def build(mapping: Mapping[str, Any], *documents: Mapping[str, Any]) -> list[Batch]:
        (tmp_path / "t.json").write_text(json.dumps(documents or [DOCUMENT]))
        source = make(url="t.json", mapping=mapping)
        return source.normalise(next(source.pull({})))

    return build


def test_no_mapping_says_how_to_get_one(batch: Callable[..., Batch], make: Make, tmp_path: Path) -> None:
    batch({})
    source = make(url="t.csv", mapping={})
    with pytest.raises(ConfigError, match=r"no mapping. Propose one with: deskbook map desk"):
        source.normalise(next(source.pull({})))


def test_a_field_that_is_not_there_offers_the_closest(batch: Callable[..., Batch]) -> None:
    with pytest.raises(Unreadable, match=r"tickets.subject to 'titel', a field that t.csv lacks. Did you mean 'title'"):
        batch({"subject": "titel"}, title="a")


def test_an_unknown_column_table_or_key_offers_the_closest(batch: Callable[..., Batch]) -> None:
    with pytest.raises(UnknownName, match=r"'subjct'. Did you mean 'subject'"):
        batch({"subjct": "title"}, title="a")
    with pytest.raises(UnknownName, match=r"'filed'. Did you mean 'field'"):
        batch({"subject": {"filed": "title"}}, title="a")
    with pytest.raises(UnknownName, match=r"'ticketz'. Did you mean 'tickets'"):
        batch({"tables": {"ticketz": {}}})


def test_columns_without_a_rule_are_null(batch: Callable[..., Batch]) -> None:
    assert batch({}).rows["subject"].null_count == 1


def test_a_constant_fills_a_column(batch: Callable[..., Batch]) -> None:
    assert batch({"channel": {"value": "phone"}}).rows["channel"].to_pylist() == ["phone"]


@pytest.mark.parametrize(
    ("column", "word", "wanted"),
    [
        ("status", "On-Hold", "hold"),
        ("status", "RESOLVED", "solved"),
        ("priority", "P1", "urgent"),
        ("status", "new", "new"),
    ],
)
def test_known_words_become_standard_ones(batch: Callable[..., Batch], column: str, word: str, wanted: str) -> None:
    assert batch({column: "word"}, word=word).rows[column].to_pylist() == [wanted]


def test_changes_of_status_and_priority_are_told_in_standard_words_and_others_are_not(
    batches: Callable[..., list[Batch]],
) -> None:
    mapping = {name: name for name in ("id", "ticket_id", "occurred_at", "kind", "old_value", "new_value")}
    rows = [("priority", "Critical", "P3"), ("status", "In progress", "Resolved"), ("team", "Resolved", "Critical")]
    documents = [
        {
            "id": str(n),
            "ticket_id": "1",
            "occurred_at": "2026-01-01T00:00:00Z",
            "kind": k,
            "old_value": a,
            "new_value": b,
        }
        for n, (k, a, b) in enumerate(rows)
    ]
    (found,) = batches({"tables": {"events": mapping}}, *documents)
    assert found.rows["old_value"].to_pylist() == ["urgent", "open", "Resolved"]
    assert found.rows["new_value"].to_pylist() == ["normal", "solved", "Critical"]


def test_words_of_the_mapping_win(batch: Callable[..., Batch]) -> None:
    found = batch({"status": {"field": "word", "values": {"Resolved": "closed"}}}, word="resolved")
    assert found.rows["status"].to_pylist() == ["closed"]


def test_a_format_and_zone_are_used_for_times(batch: Callable[..., Batch]) -> None:
    rule = {"field": "due", "format": "%d/%m/%Y %H:%M", "zone": "Europe/Berlin"}
    assert batch({"due_at": rule}, due="03/02/2026 12:00").rows["due_at"].to_pylist() == [
        datetime.fromisoformat("2026-02-03T11:00:00+00:00")
    ]
    with pytest.raises(ConfigError, match=r"'Berlin' is no IANA time zone"):
        batch({"due_at": {"field": "due", "zone": "Berlin"}}, due="x")


def test_american_times_with_am_and_pm_are_read(make: Make, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("number,created\na,04/12/2018 11:11:26 AM\nb,04/22/2018 01:07 PM\n")
    source = make(url="t.csv", mapping=BASE)
    (found,) = source.normalise(next(source.pull({})))
    told = [time.isoformat() for time in found.rows["created_at"].to_pylist()]
    assert told == ["2018-04-12T11:11:26+00:00", "2018-04-22T13:07:00+00:00"]


def test_custom_fields_become_one_json_object(batch: Callable[..., Batch]) -> None:
    found = batch(
        {"custom": {"plan": "plan_name", "size": "size", "none": "empty"}}, plan_name='say "pro"', size=3, empty=""
    )
    assert json.loads(found.rows["custom"][0].as_py()) == {"plan": 'say "pro"', "size": "3"}


def test_a_private_flag_is_turned_round_by_its_values(make: Make, tmp_path: Path) -> None:
    rule = {"field": "private", "values": {True: False, False: True}}
    (tmp_path / "t.csv").write_text("id,private\n1,TRUE\n2,false\n")
    messages = {"id": "id", "ticket_id": "id", "sent_at": {"value": "2026-01-01"}, "author_role": {"value": "staff"}}
    source = make(url="t.csv", mapping={"tables": {"messages": {**messages, "is_public": rule}}})
    (found,) = source.normalise(next(source.pull({})))
    assert found.rows["is_public"].to_pylist() == [False, True]


def test_expressions_reach_into_documents(batches: Callable[..., list[Batch]]) -> None:
    mapping = {"id": "key", "created_at": "opened", "channel": "via.channel", "tags": "labels[].name"}
    (found,) = batches(mapping)
    row = found.rows.to_pylist()[0]
    assert (row["channel"], row["tags"]) == ("email", ["vip", "late"])
    assert json.loads(found.raw[0].as_py()) == DOCUMENT


def test_expressions_work_on_flat_rows_too(batch: Callable[..., Batch]) -> None:
    found = batch(
        {"subject": "join(': ', [kind, title])", "tags": "split(words, ' ')"}, kind="a", title="b", words="x y"
    )
    assert found.rows.select(["subject", "tags"]).to_pylist() == [{"subject": "a: b", "tags": ["x", "y"]}]


def test_one_document_feeds_several_tables(batches: Callable[..., list[Batch]]) -> None:
    messages = {
        "rows": "comments",
        "id": "join('-', [_parent.key, body])",
        "ticket_id": "_parent.key",
        "sent_at": "_parent.opened",
        "author_role": "by",
        "text": "body",
    }
    tickets, found = batches(
        {"tables": {"tickets": {"rows": "@", "id": "key", "created_at": "opened"}, "messages": messages}}
    )
    assert tickets.rows["id"].to_pylist() == ["A-1"]
    assert found.rows["id"].to_pylist() == ["A-1-hello", "A-1-hi"]
    assert found.rows["author_role"].to_pylist() == ["agent", "customer"]
    assert json.loads(found.raw[0].as_py()) == DOCUMENT["comments"][0]  # type: ignore[index]


def test_a_row_that_an_expression_does_not_fit_is_set_aside(batches: Callable[..., list[Batch]]) -> None:
    bad = {**DOCUMENT, "key": "A-2", "via": 5}
    (found,) = batches({"id": "key", "created_at": "opened", "channel": "join('', [via.channel])"}, DOCUMENT, bad)
    assert found.rows["id"].to_pylist() == ["A-1"]
    assert [(r.line, r.column) for r in found.rejects] == [(2, "channel")]
    assert json.loads(found.rejects[0].payload)["key"] == "A-2"


def test_an_absent_key_of_documents_is_null_unless_misspelt(batches: Callable[..., list[Batch]]) -> None:
    (found,) = batches({"id": "key", "created_at": "opened", "subject": "heading"})
    assert found.rows["subject"].null_count == 1
    with pytest.raises(Unreadable, match="Did you mean 'labels'"):
        batches({"id": "key", "created_at": "opened", "tags": "lables"})
    with pytest.raises(Unreadable, match=r"tickets.id to 'uid'"):
        batches({"id": "uid", "created_at": "opened"})


def test_a_snowflake_id_tells_its_time(batches: Callable[..., list[Batch]]) -> None:
    (found,) = batches({"id": "key", "created_at": "snowflake_time(tweet)"}, {"key": 1, "tweet": "1245425308704149506"})
    assert found.rows["created_at"].to_pylist() == [datetime.fromisoformat("2020-04-01T18:58:27.135+00:00")]


def test_a_function_that_does_not_exist_is_told(batches: Callable[..., list[Batch]]) -> None:
    with pytest.raises(ConfigError, match=r"tickets.subject: 'upper\(key\)'.*upper"):
        batches({"id": "key", "created_at": "opened", "subject": "upper(key)"})


def test_numbers_that_json_holds_and_others_do_not_are_read(make: Make, tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text('{"id": 123456789012345678901234567890, "at": "2026-01-01", "s": NaN}\n')
    source = make(url="t.jsonl", mapping={"id": "id", "created_at": "at"})
    (found,) = source.normalise(next(source.pull({})))
    assert found.rows["id"].to_pylist() == ["123456789012345678901234567890"]


def test_values_of_mixed_kinds_are_kept_as_text(batches: Callable[..., list[Batch]]) -> None:
    documents = [{"id": 1, "at": "2026-01-01", "s": s} for s in (3, "x", {"a": 1}, None)]
    for number, document in enumerate(documents):
        document["id"] = number
    (found,) = batches({"id": "id", "created_at": "at", "subject": "s"}, *documents)
    assert found.rows["subject"].to_pylist() == ["3", "x", '{"a":1}', None]


def test_one_custom_field_that_few_rows_have_is_left_out_of_the_others(batches: Callable[..., list[Batch]]) -> None:
    documents = [{"id": n, "at": "2026-01-01", "plan": plan} for n, plan in enumerate((None, "pro", None))]
    (found,) = batches({"id": "id", "created_at": "at", "custom": {"tier": "plan"}}, *documents)
    assert found.rows["custom"].to_pylist() == ["{}", '{"tier":"pro"}', "{}"]
