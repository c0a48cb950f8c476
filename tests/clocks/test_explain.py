"""Differences planted in a sample, and what is made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import pytest

from deskbook.clocks import Explained, Explanation, explain
from deskbook.clocks.differences import CAUSES, MEASURES, Reading, hypotheses
from deskbook.clocks.differences.reading import count

from .planted import (
    HOURS,
    PLANTS,
    ZONE,
    Case,
    Dice,
    Message,
    Planted,
    by,
    changed,
    each_while_it_held,
    planted,
    rules,
    with_message,
)
from .planted_rows import batch_of
from .planted_statuses import planted_statuses

MEASURE = "first_reply_business"


def told(
    sample: Sequence[Planted],
    measure: str = MEASURE,
    theirs: Sequence[int] = (),
    causes: Collection[str] = tuple(CAUSES),
) -> Explained:
    batch = batch_of(one.desk for one in sample)
    numbers = list(theirs) or [one.theirs for one in sample]
    merged = [None] * (batch.tickets.num_rows - len(sample))
    return explain(batch, rules(), measure, [*numbers, *merged], zone=ZONE, causes=causes)


def is_right(one: Planted, found: Explanation) -> bool:
    return set(one.cause.split(" + ")) == set(found.cause.split(" + "))


def score(sample: Sequence[Planted], found: Explained) -> float:
    return sum(map(is_right, sample, found.tickets)) / len(sample)


def confusion(sample: Sequence[Planted], found: Explained) -> Counter[tuple[str, str]]:
    return Counter(
        (one.cause, it.cause) for one, it in zip(sample, found.tickets, strict=True) if not is_right(one, it)
    )


@pytest.fixture(scope="module")
def sample() -> list[Planted]:
    return planted(7)


@pytest.fixture(scope="module")
def found(sample: list[Planted]) -> Explained:
    return told(sample)


def test_our_figures_are_those_of_a_plain_count_day_by_day(sample: list[Planted], found: Explained) -> None:
    assert [one.ours_seconds for one in found.tickets] == [one.ours for one in sample]


def test_19_of_20_planted_differences_are_attributed_rightly(sample: list[Planted], found: Explained) -> None:
    assert score(sample, found) >= 0.95, confusion(sample, found)


@pytest.mark.parametrize("cause", sorted({cause for cause, _, _ in PLANTS if cause and "+" not in cause}))
def test_each_cause_is_found_in_9_of_10_of_its_tickets(sample: list[Planted], found: Explained, cause: str) -> None:
    own = [is_right(one, it) for one, it in zip(sample, found.tickets, strict=True) if one.cause == cause]
    assert sum(own) / len(own) >= 0.9


def test_two_causes_at_once_are_told_apart(sample: list[Planted], found: Explained) -> None:
    both = [(one, it) for one, it in zip(sample, found.tickets, strict=True) if "+" in one.cause]
    assert sum(is_right(one, it) for one, it in both) / len(both) >= 0.75
    assert all(it.sentence.count(" min ") >= 3 for one, it in both if is_right(one, it))


def test_no_agreement_is_called_a_difference_and_no_difference_an_agreement(
    sample: list[Planted], found: Explained
) -> None:
    assert [not it.cause for it in found.tickets] == [one.ours == one.theirs for one in sample]
    assert found.agreeing == sum(not one.cause for one in sample)


def test_shares_add_up_to_each_difference_and_sums_to_all_of_them(sample: list[Planted], found: Explained) -> None:
    for one, it in zip(sample, found.tickets, strict=True):
        assert sum(share.seconds or 0 for share in it.shares) == it.difference_seconds == one.theirs - one.ours
    assert sum(one.seconds for one in found.sums) == found.difference_seconds
    assert found.difference_seconds == sum(one.theirs - one.ours for one in sample)


def test_frames_hold_a_row_a_ticket_and_a_row_a_cause(sample: list[Planted], found: Explained) -> None:
    frame, sums = found.as_frame(), found.sums_frame()
    assert len(frame) == len(sample)
    assert int(frame["difference_seconds"].sum()) == int(sums["seconds"].sum()) == found.difference_seconds
    assert list(sums.columns) == ["cause", "about", "tickets", "seconds"]


def test_every_sentence_names_both_figures(found: Explained) -> None:
    for it in found.tickets:
        assert it.ours_seconds is not None
        for seconds in {it.ours_seconds, it.theirs_seconds}:
            assert f"{seconds / 60:,.3f}".rstrip("0").rstrip(".") in it.sentence
        assert not set("{}") & set(it.sentence)


@pytest.mark.parametrize("cause", ["holiday", "internal_comment", "merge", "rounding"])
def test_without_the_hypotheses_of_a_cause_its_differences_are_not_explained(cause: str) -> None:
    small = planted(3, [(name, max(2, wanted // 4), plant) for name, wanted, plant in PLANTS if name in ("", cause)])
    assert score(small, told(small)) >= 0.95
    without = told(small, causes=[one for one in CAUSES if one != cause])
    assert score(small, without) < 0.75
    unexplained = sum(it.cause == "unexplained" for it in without.tickets)
    assert unexplained >= sum(one.cause == cause for one in small) / 2


@pytest.mark.parametrize("whole", [1, 60], ids=["seconds", "minutes"])
def test_a_system_that_reads_every_schedule_in_one_zone_is_found_out_on_every_ticket(whole: int) -> None:
    dice, elsewhere = Dice(11), changed(zone=HOURS["chat"].zone)
    sample = []
    for desk in (dice.ticket() for _ in range(150)):
        ours, theirs = (int(each_while_it_held(desk, desk.created, desk.replied(), one)) for one in (HOURS, elsewhere))
        theirs = theirs // whole * whole
        cause = "" if ours == theirs else "rounding" if abs(ours - theirs) < whole else "zone"
        sample.append(Planted(desk, ours, theirs, cause))
    found = told(sample)
    assert score(sample, found) >= 0.95, confusion(sample, found)
    assert not any(it.is_ambiguous for it in found.tickets)


@pytest.mark.parametrize("measure", ["resolution", "resolution_business"])
def test_differences_of_resolution_times_are_attributed_rightly(measure: str) -> None:
    sample = planted_statuses(5, business=measure.endswith("_business"))
    found = told(sample, measure)
    assert [one.ours_seconds for one in found.tickets] == [one.ours for one in sample]
    assert score(sample, found) >= 0.95, confusion(sample, found)


def test_figures_made_up_at_random_are_hardly_ever_explained(sample: list[Planted]) -> None:
    dice = Dice(2).random
    found = told(sample[:150], theirs=[dice.randrange(600, 200_000) for _ in sample[:150]])
    assert sum(it.cause == "unexplained" for it in found.tickets) >= 140
    assert all(it.difference_seconds == sum(share.seconds or 0 for share in it.shares) for it in found.tickets)


def doubtful(dice: Dice) -> Planted:
    """A note and a bot's message at one moment: either explains that they count to it."""
    desk = dice.ticket()
    at = dice.between(desk)
    for message in (Message(at, "bot", "b1"), Message(at, "agent", "a1", is_public=False)):
        desk = with_message(desk, message)
    ours, theirs = (int(each_while_it_held(desk, desk.created, end)) for end in (desk.replied(), at))
    return Planted(desk, ours, theirs, "bot")


def test_a_lone_ticket_that_two_causes_explain_is_ambiguous_and_the_sentence_has_both() -> None:
    (it,) = told([doubtful(Dice(4))]).tickets
    assert (it.cause, it.is_ambiguous, it.candidates[:2]) == ("internal_comment", True, ("internal", "bot"))
    assert "they would have the same figure if they count a bot's message as a reply" in it.sentence


def test_other_tickets_decide_between_two_causes() -> None:
    bots = planted(6, [("bot", 8, by("bot"))])
    notes = planted(6, [("", 8, noted)])
    it = told([doubtful(Dice(4)), *bots, *notes]).tickets[0]
    assert (it.cause, it.is_ambiguous) == ("bot", False)


def noted(dice: Dice) -> Case:
    """A note that they do not count either."""
    desk = by("agent", is_public=False)(dice)[0]
    return desk, each_while_it_held(desk, desk.created, desk.replied())


@pytest.mark.parametrize("measure", MEASURES)
def test_every_hypothesis_of_every_measure_gives_a_figure_a_ticket(measure: str, sample: list[Planted]) -> None:
    reading = Reading(batch_of(one.desk for one in sample[:30]), rules(), (measure,), ZONE)
    found = hypotheses(reading)
    assert found and {one.cause for one in found} <= set(CAUSES)
    for one in found:
        changed = one.read(reading)
        assert changed and len(count(changed).seconds) == reading.batch.tickets.num_rows
