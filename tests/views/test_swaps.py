"""A chart's cut and measure, changed in place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from deskbook.book import Book
from deskbook.views import bars, columns, drivers, filters, heat, lines, multiples, ranking
from deskbook.views import page as make_page
from deskbook.views.section import Section
from deskbook.views.swaps import menus, offered, swapped
from deskbook.views.tables import view_names

SECTIONS = ("how-many", "how-long", "when", "which")


def blocks(book: Book, swap: Any = "") -> tuple[list[dict[str, Any]], str]:
    text = swap if isinstance(swap, str) else json.dumps(swap)
    sections = [
        bars("How many?", "tickets_created", by="channel"),
        lines("How long?", "first_reply_median_minutes", "first_reply_p90_minutes", target=60),
        heat("When?", "tickets_created"),
        ranking("Which?", "tickets_created", by="team"),
    ]
    chosen = filters(period="2026-10", compare="", swap=text)
    sheet = make_page("P", question="?", book=book, filters=chosen, sections=sections).sheet()
    return sheet["blocks"], " ".join(sheet["filters"]["problems"])


def test_another_cut_is_the_same_number_in_other_parts(synced: Book) -> None:
    (before, *_), _ = blocks(synced)
    (after, *_), problems = blocks(synced, {"how-many": {"by": "team"}})
    assert after["by"] == "team" and not problems
    assert sum(sum(one["values"]) for one in after["series"]) == sum(sum(one["values"]) for one in before["series"])
    labels = {one["label"] for one in after["series"]}
    assert labels <= {*synced.choices("team"), "not set"}


def test_another_measure_names_the_chart_anew_and_keeps_its_place(synced: Book) -> None:
    found, _ = blocks(synced, {"how-many": {"metric": "tickets_solved", "by": ""}})
    assert (found[0]["title"], found[0]["view"], found[0]["metrics"]) == (
        "Tickets solved",
        "how-many",
        ["tickets_solved"],
    )
    total = synced.query("tickets_solved", period="2026-10").value()
    assert sum(found[0]["series"][0]["values"]) == total


def test_lines_cut_by_a_group_show_one_measure_and_no_target(synced: Book) -> None:
    found, _ = blocks(synced, {"how-long": {"by": "channel"}})
    assert found[1]["metrics"] == ["first_reply_median_minutes"] and found[1]["target"] is None


def test_a_heat_map_and_a_ranking_take_another_measure(synced: Book) -> None:
    found, problems = blocks(synced, {"when": {"metric": "tickets_solved"}, "which": {"by": "channel"}})
    assert not problems and found[2]["metrics"] == ["tickets_solved"]
    assert not found[2]["picks"], "hours tickets were solved at are not those they were created at"
    assert {row["group"] for row in found[3]["rows"]} <= {*synced.choices("channel")}


@pytest.mark.parametrize(
    ("swap", "said"),
    [
        ("{", "swap wants JSON"),
        ('{"how-many": 3}', "swap wants JSON"),
        ({"gone": {"by": "team"}}, "Unknown view of this page 'gone'"),
        ({"how-many": {"by": "tem"}}, "Did you mean 'team'"),
        ({"how-many": {"by": "tag"}}, "not cut by 'tag'"),
        ({"how-many": {"metric": "first_reply_median_minutes"}}, "does not add up over time"),
        ({"when": {"metric": "open_backlog"}}, "does not add up over time"),
        ({"when": {"by": "team"}}, "'by' of 'When?' cannot be changed"),
        ({"how-many": {"metric": "nothing"}}, "Unknown metric"),
    ],
)
def test_what_cannot_be_changed_is_said_and_shown_as_it_was(synced: Book, swap: Any, said: str) -> None:
    found, problems = blocks(synced, swap)
    assert said in problems
    assert [one["title"] for one in found] == ["How many?", "How long?", "When?", "Which?"]


@pytest.mark.parametrize("name", SECTIONS)
def test_every_block_says_what_it_offers(synced: Book, name: str) -> None:
    found, _ = blocks(synced)
    (block,) = [one for one in found if one["view"] == name]
    assert block["offers"] is not None and "metric" in block["offers"]


OWN_CUTS: list[Section] = [
    lines("Policies?", "sla_achieved_pct", by="policy"),
    bars("States?", "backlog_solved", by="status_then"),
    ranking("Who holds?", "open_backlog", by="agent_then"),
    multiples("Teams?", "open_backlog", by="team_then"),
    columns("How old?", "tickets_waiting", by="age_band", split="priority"),
    columns("Targets?", "sla_breached", by="target", split="priority_promised"),
    columns("Hours?", "tickets_created", by="hour_of_day"),
    drivers("What moved?", "tickets_created", by=["team", "channel"]),
]


def measures(section: Section) -> list[list[Any]]:
    """What the page's own menu offers a section to measure, each with its table last."""
    held = offered(section) or {}
    fits = held.get("tables") or {one[4] for one in json.loads(menus())["metrics"]}
    return [
        one
        for one in json.loads(menus())["metrics"]
        if (one[2] or not held["counts_only"]) and (not one[3] or held["levels"]) and one[4] in fits
    ]


@pytest.mark.parametrize("section", OWN_CUTS, ids=lambda one: one.title)
def test_every_measure_that_the_menu_offers_can_be_had(section: Section) -> None:
    offers = measures(section)
    assert len(offers) > 3
    for name, *_ in offers:
        assert swapped({"it": section}, json.dumps({"it": {"metric": name}}), ["it"])[1] == [], name


@pytest.mark.parametrize("section", OWN_CUTS, ids=lambda one: one.title)
def test_a_measure_of_each_table_is_drawn_and_leaves_the_page_whole(synced: Book, section: Section) -> None:
    for name in {one[4]: one[0] for one in measures(section)}.values():
        swap = json.dumps({view_names([section])[0]: {"metric": name}})
        chosen = filters(period="2026-10", compare="before", swap=swap)
        sheet = make_page("P", question="?", book=synced, filters=chosen, sections=[section]).sheet()
        assert sheet["blocks"][0]["state"] in ("ok", "empty") and not sheet["filters"]["problems"], name


def test_columns_are_stacked_by_something_else_and_keep_what_they_stand_for(synced: Book) -> None:
    before = columns("How old?", "tickets_created", by="weekday", split="channel")
    (after,), problems = swapped({"it": before}, '{"it": {"by": "team"}}', ["it"])
    assert not problems and after == columns("How old?", "tickets_created", by="weekday", split="team")
    (whole,), _ = swapped({"it": before}, '{"it": {"by": ""}}', ["it"])
    assert whole == columns("How old?", "tickets_created", by="weekday")


def test_what_moved_a_count_is_looked_for_among_other_groups() -> None:
    (after,), problems = swapped({"it": OWN_CUTS[-1]}, '{"it": {"by": "agent", "metric": "tickets_solved"}}', ["it"])
    assert not problems and after == drivers("Tickets solved", "tickets_solved", by=["agent"])


def test_a_measure_that_does_not_know_what_it_is_listed_by_is_said() -> None:
    _, (said,) = swapped({"it": OWN_CUTS[2]}, '{"it": {"metric": "tickets_created"}}', ["it"])
    assert said == "'agent_then' belongs to flow and cannot be used with a metric of tickets. Shown as it was."
    both = '{"it": {"metric": "tickets_created", "by": "team"}}'
    assert swapped({"it": OWN_CUTS[2]}, both, ["it"])[1] == []
