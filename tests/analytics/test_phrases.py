"""Phrases: wording that stands out, told once, with every text that holds it."""

from __future__ import annotations

from collections import Counter

from deskbook.analytics import holding, log_odds, standing_out, words_of

STOP = frozenset(("i", "my", "the", "is", "a", "was", "and", "to", "in", "of", "it", "you"))
USUAL = [f"where is my {thing} please" for thing in ("parcel", "invoice", "order", "hat")] * 75


def test_a_new_story_is_found_under_a_telling_name_with_all_its_texts() -> None:
    texts = [*USUAL[:20], *["you charged twice in the shop"] * 12]
    (phrase,) = standing_out(texts, USUAL, stop=STOP)
    assert phrase.words == "charged twice"
    assert phrase.rows == tuple(range(20, 32)) and phrase.before == 0


def test_two_stories_at_once_are_told_apart() -> None:
    texts = [*USUAL[:20], *["charged twice again"] * 14, *["app crashes constantly"] * 12]
    found = standing_out(texts, USUAL, stop=STOP)
    assert [set(phrase.rows) for phrase in found] == [set(range(20, 34)), set(range(34, 46))]


def test_wording_of_every_day_does_not_stand_out() -> None:
    assert standing_out(USUAL[:40], USUAL, stop=STOP) == []


def test_two_texts_are_no_story() -> None:
    assert standing_out([*USUAL[:20], *["volcano erupted"] * 2], USUAL, stop=STOP) == []


def test_forms_of_a_word_count_together() -> None:
    texts = [*USUAL[:10], *["refund"] * 3, *["refunds"] * 3, *["refunded"] * 3]
    (phrase,) = standing_out(texts, USUAL, stop=STOP)
    assert len(phrase.rows) == 9


def test_a_text_counts_once_however_often_it_says_it() -> None:
    texts = [*USUAL[:20], "outage " * 50]
    assert standing_out(texts, USUAL, stop=STOP) == []


def test_nothing_to_compare_with_gives_nothing() -> None:
    assert standing_out(["charged twice"] * 9, [], stop=STOP) == []


def test_more_of_the_same_stands_out_further() -> None:
    there = Counter({("calm",): 100, ("late",): 10})
    few, many = (log_odds({("calm",): 100, ("late",): count}, there)[("late",)] for count in (15, 60))
    assert 0 < few < many


def test_order_numbers_are_no_words_but_versions_and_codes_are() -> None:
    assert words_of("Error 502 since 4.20, order PX304750015EU, INV-2026-004: boot-loop!") == [
        "error", "502", "since", "4.20", "order", "boot", "loop",
    ]  # fmt: skip


def test_a_story_of_chance_has_no_small_chance_and_one_that_is_new_has() -> None:
    (phrase,) = standing_out([*USUAL[:30], *["volcano erupted"] * 8], USUAL, stop=STOP)
    assert phrase.p < 1e-6 and phrase.term == ("volcano", "erupt")


def test_the_texts_that_hold_a_term_are_told() -> None:
    first, second = holding(["It erupted", "calm", "erupting!"], [("erupt",), ("volcano",)], stop=STOP)
    assert first.tolist() == [True, False, True] and not second.any()
