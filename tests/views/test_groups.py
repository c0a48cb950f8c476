"""Sections that are no series: columns, fair comparisons, the balance, findings, the glossary."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deskbook import views
from deskbook.book import Book as RealBook
from deskbook.errors import BadValue
from deskbook.metrics import registry
from deskbook.settings import load_settings
from deskbook.store import Commit
from deskbook.views import wording
from deskbook.views.figures import Kit
from deskbook.views.section import Section
from deskbook.views.series import ticks

from ..conftest import batch
from .conftest import moment


def block(book: RealBook, section: Section, **given: str) -> dict[str, Any]:
    made = section.block(moment(book, section, **({"period": ""} | given)))
    json.dumps(made, allow_nan=False)
    return made


def test_columns_stand_in_the_order_of_their_bands(synced: RealBook) -> None:
    drawn = block(synced, views.columns("How long?", "tickets_created", by="first_reply_band", split="channel"))
    assert drawn["labels"] == ["0–1 h", "1–4 h", "4–8 h", "8–24 h", "24 h and more", "not set"]
    total = sum(sum(one["values"]) for one in drawn["series"])
    assert total == synced.query("tickets_created").value()


def test_columns_name_weekdays_and_lead_to_their_tickets(synced: RealBook) -> None:
    drawn = block(synced, views.columns("When?", "tickets_created", by="weekday"))
    assert drawn["labels"][0] == "Monday" and drawn["grain"] == "weekday"
    (series,) = drawn["series"]
    counts = [synced.count_behind("tickets_created", {"weekday": key})[1] for key in drawn["keys"]]
    assert series["values"] == counts


def test_columns_are_drawn_by_the_same_figure_as_bars(synced: RealBook) -> None:
    section = views.columns("How old?", "tickets_created", by="age_band")
    drawing = section.drawing(Kit())
    assert drawing is not None
    drawing.show(block(synced, section))
    assert len(drawing.figure.below[0].ticker.ticks) == len(block(synced, section)["keys"])


def test_a_fair_table_judges_no_group_of_equals(synced: RealBook) -> None:
    drawn = block(synced, views.fair_table("Who?", "first_reply_within_target_pct", by="agent", mix=["channel"]))
    verdicts = {row[-1]["text"] for row in drawn["rows"]}
    assert verdicts <= {"as expected", "too few to say"}
    shares = {row[0]["text"]: row[2]["raw"] for row in drawn["rows"]}
    asked = synced.query("first_reply_within_target_pct", by="agent").rows
    assert shares == {
        r["agent"] or "not set": r["first_reply_within_target_pct"]
        for r in asked
        if r["first_reply_within_target_pct_n"]
    }


def test_a_fair_table_wants_a_share() -> None:
    with pytest.raises(BadValue, match="wants a share in %"):
        views.fair_table("Who?", "first_reply_median_minutes", by="team")


def test_the_balance_adds_up(synced: RealBook) -> None:
    section = views.balance()
    drawn = section.block(moment(synced, section, period="-28d"))
    text = "".join(part["text"] for part in drawn["parts"])
    numbers = [int(part["text"].replace(",", "")) for part in drawn["parts"] if "receipt" in part]
    signs = [
        -1 if part["text"].strip() == "−" else 1 for part in drawn["parts"] if part["text"].strip() in ("+", "−", "=")
    ]
    assert numbers[0] + sum(s * n for s, n in zip(signs[:-1], numbers[1:-1], strict=True)) == numbers[-1], text


def test_the_glossary_holds_every_metric_with_its_version(synced: RealBook) -> None:
    drawn = block(synced, views.glossary())
    details = [dict(map(tuple, row[0]["details"])) for row in drawn["rows"]]
    assert {(one["Name"], one["Version"]) for one in details} == {(m.name, m.version) for m in registry.values()}
    assert drawn["search"]


def test_findings_name_the_oddity_its_count_and_the_rule(book: RealBook) -> None:
    drawn = block(book, views.findings("What is odd?"))
    if drawn["kind"] == "notice":
        assert drawn["state"] == "empty"
    else:
        assert all(row[2]["raw"] > 0 and row[4]["text"] for row in drawn["rows"])


def test_each_switch_of_the_rules_says_how_much_it_decides(synced: RealBook) -> None:
    frame = synced.findings().set_index("name")
    assert frame.loc["bot_replies", "count"] == len(synced.messages(where="role = bot"))
    assert frame.loc["bot_replies", "applied"] == "leave out as answers ([rules] bot_replies)"
    assert "merged_tickets" not in frame.index


@pytest.fixture
def reporting(tmp_path: Path) -> RealBook:
    """A desk with one ticket, answered after an hour; its help desk says ninety minutes, as it was updated then."""
    book = RealBook(load_settings(tmp_path, {}))
    at = "2026-10-01T{}:00Z".format
    tickets = [{"id": "1", "created_at": at("09:00"), "updated_at": at("10:30"), "status": "open"}]
    messages = [
        {"id": "a", "ticket_id": "1", "sent_at": at("09:00"), "author_role": "customer"},
        {"id": "b", "ticket_id": "1", "sent_at": at("10:00"), "author_role": "agent"},
    ]
    reported = [{"id": "r", "ticket_id": "1", "measure": "first_reply_seconds", "reported_seconds": 5_400}]
    batches = [batch("tickets", tickets), batch("messages", messages), batch("reported", reported)]
    book.lake.commit("main", Commit(entry="desk", source="desk", batches=batches, cursor=None))
    book.measure()
    return book


def test_a_disagreement_is_shown_with_its_cause(reporting: RealBook) -> None:
    drawn = block(reporting, views.disagreements("Which?", "tickets"), source="")
    ((ticket, measure, ours, theirs, difference, why),) = drawn["rows"]
    assert (ticket["text"], measure["text"]) == ("desk 1", "First reply")
    assert (ours["raw"], theirs["raw"], difference["raw"]) == (60, 90, 30)
    assert "they take its last update for the end" in why["text"]
    causes = block(reporting, views.disagreements("Why?", "causes"), source="")
    assert [(row[2]["raw"], row[3]["raw"]) for row in causes["rows"]] == [(1, 0.5)]


def test_the_sample_desk_disagrees_for_every_cause_planted_in_it(synced: RealBook, truth: dict[str, Any]) -> None:
    drawn = block(synced, views.disagreements("Why?", "causes"), source="")
    names = {"first_reply_seconds": "First reply", "first_reply_business_seconds": "First reply, business"}
    found = {(row[0]["text"], row[1]["text"]) for row in drawn["rows"]}
    planted = {
        (names[told["measure"]], one["cause"].replace("_", " "))
        for told in truth["reported"]
        for one in told["planted"]
    }
    assert planted <= found
    assert "of" in drawn["caption"] and "figures differ" in drawn["caption"]


def test_a_desk_that_reports_nothing_says_how_to_compare(tmp_path: Path) -> None:
    drawn = block(RealBook(load_settings(tmp_path, {})), views.disagreements("Why?", "causes"), source="")
    assert drawn["state"] == "empty" and "reported" in drawn["hint"]


def test_what_lies_ahead_does_not_depend_on_the_period(synced: RealBook) -> None:
    section = views.ahead("What runs out?", "sla_running_out", by="target", hours=24 * 7)
    whole, old = (section.block(moment(synced, section, period=period)) for period in ("", "2025-03"))
    assert whole == old
    assert whole["state"] == "ok" and whole["span"].count("..") == 1
    due = synced.query("sla_running_out", period=whole["span"]).value()
    assert sum(sum(filter(None, one["values"])) for one in whole["series"]) == due > 0


@pytest.mark.parametrize("against", ["before", "alike", "year"])
def test_a_page_compares_with_the_period_its_filter_names(synced: RealBook, against: str) -> None:
    section = views.cards("tickets_created")
    at = moment(synced, section, period="2026-10-05..2026-10-14", compare=against)
    (card,) = section.block(at)["items"]
    said = {
        "before": "vs the 10 days before",
        "alike": "vs the same weekdays before",
        "year": "vs the same dates a year before",
    }
    assert card["baseline"] == said[against]
    asked = synced.query("tickets_created", period="2026-10-05..2026-10-14", compare=against)
    spans = {"before": "2026-09-25", "alike": "2026-09-21", "year": "2025-10-05"}
    assert asked.receipt.before_since.startswith(spans[against])
    assert [one.holds for one in synced.verify({"rows": asked.rows, "receipt": asked.receipt.as_dict()})] == [True]


def test_names_below_columns_are_short_enough_to_stand_apart_at_any_width(synced: RealBook) -> None:
    days = block(synced, views.columns("Which day?", "tickets_created", by="weekday"))
    assert [*days["ticks"].values()] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    hours = block(synced, views.columns("Which hour?", "tickets_created", by="hour_of_day"))
    assert {hours["labels"][place]: text for place, text in hours["ticks"].items()} == {
        f"{hour}:00": hour for hour in ("00", "04", "08", "12", "16", "20")
    }


def test_hours_on_an_axis_are_round_and_a_new_day_is_named() -> None:
    starts = [datetime(2026, 10, 31, 5) + timedelta(hours=hour) for hour in range(72)]
    assert [*ticks(starts, "hour").values()] == ["12:00", "Sun", "12:00", "Mon", "12:00", "Tue"]
    assert [*ticks(starts[:5], "hour").values()] == ["09:00", "08:00", "07:00", "06:00", "05:00"]


def test_what_a_number_is_cut_by_reads_as_people_say_it(synced: RealBook) -> None:
    names = ("category", "team_then", "replier")
    assert [wording.cut(name) for name in names] == ["contact reason", "team at the time", "who answered"]
    assert [wording.head(name) for name in names] == ["Contact reason", "Team at the time", "Answered by"]
    spoken = block(synced, views.ranking("Which?", "tickets_created", by="language"))
    assert {row["label"] for row in spoken["rows"]} >= {"English", "German"} and spoken["first"] == "Language"
    assert {row["group"] for row in spoken["rows"]} >= {"en", "de"}


def test_a_unit_that_is_the_label_is_said_once(synced: RealBook) -> None:
    made = block(synced, views.sentence("tickets_created", "customers_active", "tickets_breached"))
    said = "".join(part["text"] for part in made["parts"]).replace("\u00a0", " ")
    assert re.search(r"; [\d,]+ customers[,;]", said) and "customers customers" not in said
    assert re.search(r"; [\d,]+ tickets with a broken promise[,.]", said)
