"""What Intercom sends becomes standard rows: roles, notes, history, ratings, figures, and values that are odd."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from deskbook.schema import Batch
from deskbook.sources.payloads import payload_page
from tests.fakes.intercom import ADMIN, DAY, NOW, FakeIntercom, contact, conversation, part
from tests.fakes.intercom_spec import examples

AT = datetime.fromtimestamp(NOW, UTC)


def batches(*objects: Any, of: str = "conversations") -> list[Batch]:
    return FakeIntercom().source().normalise(payload_page(objects, f"intercom {of}", {}))


def rows(table: str, *objects: Any, of: str = "conversations") -> list[dict[str, Any]]:
    """Rows that objects become; none of them is refused."""
    found = batches(*objects, of=of)
    assert not [reject for batch in found for reject in batch.rejects]
    return [row for batch in found if batch.table == table for row in batch.rows.to_pylist()]


def test_authors_have_the_role_that_their_kind_says() -> None:
    kinds = ("user", "lead", "contact", "admin", "bot", "team", "campaign", "martian")
    parts = [part(number, author=kind, at=NOW + number) for number, kind in enumerate(kinds, 1)]
    clever = part(9, at=NOW + 9)
    clever["author"] = {"type": "admin", "id": ADMIN, "from_ai_agent": True}
    roles = [row["author_role"] for row in rows("messages", conversation(1, parts=[*parts, clever]))]
    customers, others = ["customer"] * 4, ["agent", "bot", "system", "system", "system", "bot"]
    assert roles == customers + others


def test_notes_are_internal_and_bodies_are_plain_text() -> None:
    parts = [
        part(1, "comment", at=NOW + 1, body="<p>Hi&nbsp;Ann,</p><p>sent <b>today</b>.</p>"),
        part(2, "note", at=NOW + 2, body="<p>a nuisance</p>"),
        part(3, "close", at=NOW + 3, body="<p>Bye</p>"),
        part(4, "quick_reply", "user", at=NOW + 4, body="Yes"),
        part(5, "strange_new_kind", at=NOW + 5, body="what"),
        part(6, "comment", "user", at=NOW + 6, body=None, attachments=[{"name": "photo.png"}]),
        part(7, "comment", at=NOW + 7, body="<p>secret</p>", redacted=True),
        part(8, "assignment", at=NOW + 8),
    ]
    found = rows("messages", conversation(1, parts=parts))
    assert [(row["id"], row["is_public"], row["text"]) for row in found] == [
        ("1-first", True, "Where is it?"),
        ("1", True, "Hi Ann,\n\nsent today."),
        ("2", False, "a nuisance"),
        ("3", True, "Bye"),
        ("4", True, "Yes"),
        ("5", False, "what"),
        ("6", True, None),
        ("7", True, None),
    ]


def test_parts_tell_the_history_of_status_agent_team_and_priority() -> None:
    priority = {"attribute": {"name": "Priority"}, "value": {"name": "urgent", "previous": "none"}}
    parts = [
        part(1, "assignment", "bot", at=NOW + 1, assigned_to={"type": "team", "id": "77"}),
        part(2, "assignment", at=NOW + 2, assigned_to={"type": "admin", "id": ADMIN}),
        part(3, "snoozed", at=NOW + 3),
        part(4, "timer_unsnooze", "bot", at=NOW + 4),
        part(5, "close", at=NOW + 5),
        part(6, "close", at=NOW + 6),
        part(7, "open", "user", at=NOW + 7),
        part(8, "conversation_attribute_updated_by_admin", at=NOW + 8, event_details=priority),
        part(9, "assignment", at=NOW + 9, assigned_to={"type": "nobody_admin", "id": "0"}),
        part(10, "conversation_sla_target_missed", "bot", at=NOW + 10),
        part(11, "comment", at=NOW + 11, state="open"),
        part(12, "comment", at=NOW + 12, state="closed"),
    ]
    found = rows("events", conversation(1, parts=parts[::-1]))
    assert [(row["id"], row["kind"], row["old_value"], row["new_value"]) for row in found] == [
        ("1-team", "team", None, "77"),
        ("2-assignment", "assignment", None, ADMIN),
        ("3-status", "status", "open", "hold"),
        ("4-status", "status", "hold", "open"),
        ("5-status", "status", "open", "closed"),
        ("7-status", "status", "closed", "open"),
        ("8-priority", "priority", None, "urgent"),
        ("9-assignment", "assignment", ADMIN, None),
        ("10-sla", "sla", None, "missed"),
        ("12-status", "status", "open", "closed"),
    ]
    assert found[4]["occurred_at"].timestamp() == NOW + 5 and found[4]["actor_id"] == ADMIN


@pytest.mark.parametrize(
    ("state", "is_open", "status"),
    [
        ("open", True, "open"),
        ("closed", False, "closed"),
        ("snoozed", True, "hold"),
        (None, True, "open"),
        (None, False, "closed"),
        ("dreaming", True, None),
        (None, None, None),
    ],
)
def test_states_are_statuses_and_an_unknown_one_stays_empty(state: Any, is_open: Any, status: Any) -> None:
    (row,) = rows("tickets", conversation(1, state=state, open=is_open))
    assert row["status"] == status


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("none", None),
        ("low", "low"),
        ("medium", "normal"),
        ("high", "high"),
        ("urgent", "urgent"),
        ("priority", "high"),
        ("not_priority", None),
        ("galactic", None),
        (None, None),
    ],
)
def test_priorities_of_old_and_new_versions(given: Any, wanted: Any) -> None:
    (row,) = rows("tickets", conversation(1, priority=given))
    assert row["priority"] == wanted


def test_unknown_words_are_said_once_and_the_rows_are_kept() -> None:
    fake = FakeIntercom()
    for number in (1, 2):
        odd = [part(number * 10, "telepathy", "martian", body="hm")]
        fake.own.put(conversation(number, NOW - DAY * number, odd, state="dreaming", priority="galactic"))
    pages = fake.pull(page_rows=1)
    notes = [note for page in pages for note in page.notes]
    assert len(notes) == 4 and all("unknown to Deskbook" in note for note in notes)
    assert [word for word in ("dreaming", "galactic", "telepathy", "martian") if word in str(notes)] == [
        *("dreaming", "galactic", "telepathy", "martian")
    ]
    source = fake.source()
    found = [batch for page in pages for batch in source.normalise(page)]
    assert sum(batch.rows.num_rows for batch in found if batch.table == "tickets") == 2
    assert not [reject for batch in found for reject in batch.rejects]


@pytest.mark.parametrize(
    ("value", "year"),
    [(NOW, 2026), (NOW * 1_000, 2026), (str(NOW), 2026), (NOW + 0.5, 2026), (-86_400, 1969), (-62_135_596_800, 1)],
)
def test_moments_are_seconds_or_milliseconds_and_may_lie_before_1970(value: Any, year: int) -> None:
    held = conversation(1, updated_at=value)
    held["created_at"] = value
    (found,) = [batch for batch in batches(held, conversation(2)) if batch.table == "tickets"]
    assert not found.rejects
    for name in ("created_at", "updated_at"):
        assert found.rows.column(name).cast("int64").to_pylist()[0] // (365.2425 * DAY * 1_000_000) + 1970 == year


def test_a_rating_is_a_survey_with_its_remark() -> None:
    teammate = {"type": "admin", "id": ADMIN}
    held = {"rating": 4, "remark": "Quick!", "created_at": NOW - 60, "updated_at": NOW, "teammate": teammate}
    (row,) = rows("satisfaction", conversation(1, conversation_rating=held))
    assert (row["ticket_id"], row["survey"], row["score"], row["is_good"], row["comment"]) == (
        *("1", "csat"),
        *(4.0, True, "Quick!"),
    )
    assert row["rated_at"] == AT and (row["rated_at"] - row["offered_at"]).total_seconds() == 60
    bad, unanswered = {**held, "rating": 3}, {"rating": None, "remark": None, "created_at": NOW}
    (low,) = rows("satisfaction", conversation(1, conversation_rating=bad))
    (none,) = rows("satisfaction", conversation(1, conversation_rating=unanswered))
    assert low["is_good"] is False and none["is_good"] is None and none["rated_at"] is None
    assert rows("satisfaction", conversation(1, conversation_rating={"rating": None})) == []


def test_statistics_are_kept_beside_our_own_figures() -> None:
    statistics = {
        **{"time_to_admin_reply": 2_310, "time_to_first_close": 5_000, "time_to_last_close": 6_000},
        **{"median_time_to_reply": 700, "time_to_assignment": None, "first_admin_reply_at": NOW + 90},
        **{"first_close_at": (NOW + 600) * 1_000, "last_close_at": None, "handling_time": 400},
    }
    held = conversation(1, NOW, statistics=statistics, state="closed")
    found = {row["measure"]: row["reported_seconds"] for row in rows("reported", held)}
    assert found == {
        "first_reply_business_seconds": 2_310,
        "first_resolution_business_seconds": 5_000,
        "resolution_business_seconds": 6_000,
        "median_reply_business_seconds": 700,
        "first_reply_seconds": 90,
        "first_resolution_seconds": 600,
    }
    (ticket,) = rows("tickets", held)
    assert ticket["handling_seconds"] == 400 and ticket["first_reply_at"] is None, "messages tell it"


def test_attributes_are_custom_fields_by_their_title() -> None:
    deep: Any = "end"
    for _ in range(50):
        deep = {"inner": deep}
    held = {"Product area": "billing", "Seats": 7, "Is VIP": True, "Nothing": None, "Deep": deep}
    sla = {"type": "conversation_sla_summary", "sla_name": "Gold", "sla_status": "hit"}
    (row,) = rows("tickets", conversation(1, custom_attributes=held, sla_applied=sla))
    custom = json.loads(row["custom"])
    assert {name: custom[name] for name in ("Product area", "Seats", "Is VIP", "SLA", "SLA status")} == {
        **{"Product area": "billing", "Seats": 7, "Is VIP": True},
        **{"SLA": "Gold", "SLA status": "hit"},
    }
    assert "Nothing" not in custom and str(custom["Deep"]).count("inner") == 50


def test_one_that_was_merged_away_points_to_the_other() -> None:
    merged = [part(1, "merged_secondary_conversation")]
    links = [{"type": "conversation", "id": "9"}, {"type": "ticket", "id": "4"}]
    (row,) = rows("tickets", conversation(1, parts=merged, linked_objects={"type": "list", "data": links}))
    assert row["merged_into_id"] == "9"
    (event,) = rows("events", conversation(1, parts=merged))
    assert event["new_value"] == "closed"
    links.append({"type": "conversation", "id": "10"})
    (row,) = rows("tickets", conversation(1, parts=merged, linked_objects={"type": "list", "data": links}))
    assert row["merged_into_id"] is None, "which of two it was nobody says"


def test_tags_without_a_name_get_it_from_the_list_of_tags() -> None:
    fake = FakeIntercom()
    fake.own.put(conversation(1, tags={"type": "tag.list", "tags": [{"type": "tag", "id": "5"}]}))
    source = fake.source()
    (tags,) = [
        batch.rows.column("tags").to_pylist()
        for page in fake.pull()
        for batch in source.normalise(page)
        if batch.table == "tickets"
    ]
    assert tags == [["late"]]


def test_people_have_country_company_and_plan() -> None:
    names = {"type": "deskbook.names", "companies": {"c1": {"name": "Acme", "plan": "Pro"}, "c2": {"segment": "VIP"}}}
    located = contact("u2", "c2", location={"country": "Ireland", "country_code": "DE"})
    nowhere = contact("u3", location=None, custom_attributes={"plan": "Free"})
    found = rows("customers", contact("u1", "c1"), located, nowhere, names, of="contacts")
    assert [(row["company"], row["segment"], row["country"]) for row in found] == [
        ("Acme", "Pro", "IE"),
        (None, "VIP", "DE"),
        (None, "Free", None),
    ]


def test_nulls_everywhere_are_survived() -> None:
    def emptied(held: Any) -> Any:
        if isinstance(held, dict):
            return {name: value if name in ("id", "type", "created_at") else None for name, value in held.items()}
        return held

    bare = emptied(conversation(1, NOW))
    inside = {name: emptied(value) for name, value in conversation(2, NOW).items()}
    lists = conversation(
        3, NOW, contacts={"contacts": None}, tags={"tags": [None]}, conversation_parts=None, source=None
    )
    nothing = conversation(4, NOW, parts=[{**emptied(part(1)), "author": None}, None])
    assert len(rows("tickets", bare, inside, lists, nothing)) == 4
    assert len(rows("customers", emptied(contact("u1")), of="contacts")) == 1
    assert len(rows("agents", {"type": "admin", "id": "1", "name": None, "team_ids": None}, of="admins")) == 1


def test_a_row_without_a_beginning_is_set_aside_by_name() -> None:
    bad = conversation(1)
    bad["created_at"] = None
    found = [batch for batch in batches(bad, conversation(2)) if batch.table == "tickets"]
    assert [(one.column, "needs it" in one.reason) for batch in found for one in batch.rejects] == [
        ("created_at", True)
    ]
    assert found[0].rows.num_rows == 1


def test_every_conversation_of_the_official_description_is_read() -> None:
    held = {str(one["id"]): one for one in examples("conversation") if {"id", "source"} <= set(one)}
    assert len(held) > 15
    found = batches(*held.values())
    rejects = [(reject.column, reject.reason) for batch in found for reject in batch.rejects]
    # Its examples number the parts of several conversations from 1 on.
    assert {column for column, reason in rejects if "stands again" not in reason} == set()
    counts = {batch.table: batch.rows.num_rows for batch in found}
    assert counts["tickets"] == len(held) and counts["messages"] >= len(held) and counts["events"] > 0


@pytest.mark.parametrize(("kind", "of"), [("admin", "admins"), ("team", "teams"), ("contact", "contacts")])
def test_every_person_of_the_official_description_is_read(kind: str, of: str) -> None:
    held = {str(one["id"]): one for one in examples(kind) if one.get("id") and one.get("name", "") != ""}
    assert held
    assert len(rows({"admins": "agents", "contacts": "customers"}.get(of, of), *held.values(), of=of)) == len(held)
