"""What counts as meant: the same burst in part of the words or in another language, and nothing beside it."""

from __future__ import annotations

import pandas as pd

from deskbook.rag.meant import Meant, meant
from deskbook.rag.wording import rule_of

LITERAL = "My fingerprint was rejected at the door"
PART = "The lock does not know my fingerprint any more"
ABROAD = "Der Fingerabdruck wird nicht mehr erkannt"
RULE = rule_of("their fingerprint is rejected", "en")


def frame(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Messages as (text, language, team, day)."""
    held = pd.DataFrame(rows, columns=["text", "language", "team", "sent_at"])
    return held.assign(source="s", ticket_id=[f"T{n}" for n in held.index], sent_at=pd.to_datetime(held["sent_at"]))


def usual(words: str = "How do I pay my bill", language: str = "en") -> list[tuple[str, str, str, str]]:
    return [
        (f"{words} in room {n}", language, ("Access", "Billing")[n % 2], f"2026-10-{1 + n % 20:02}") for n in range(120)
    ]


def burst(*texts: tuple[str, str], team: str = "Access") -> list[tuple[str, str, str, str]]:
    return [(text, language, team, "2026-10-05") for text, language in texts]


def texts_meant(now: pd.DataFrame, found: Meant | None) -> list[str]:
    assert found is not None
    return now.loc[found.mask, "text"].tolist()


NONE = frame().astype(object)


def test_part_of_the_words_counts_in_the_burst_of_those_who_say_all() -> None:
    said = burst(*[(LITERAL, "en")] * 4, *[(PART, "en")] * 5)
    now = frame(*usual(), *said)
    found = meant(RULE, now, NONE)
    assert texts_meant(now, found) == [LITERAL] * 4 + [PART] * 5
    assert found and "fingerprint" in found.words


def test_part_of_the_words_does_not_count_elsewhere() -> None:
    elsewhere = [(PART, "en", "Billing", "2026-10-11")]
    now = frame(*usual(), *burst(*[(LITERAL, "en")] * 4, *[(PART, "en")] * 5), *elsewhere)
    assert len(texts_meant(now, meant(RULE, now, NONE))) == 9


def test_another_language_counts_by_what_stands_out_in_it() -> None:
    said = burst(*[(LITERAL, "en")] * 6, *[(ABROAD, "de")] * 8)
    now = frame(*usual(), *usual("Wie zahle ich meine Rechnung", "de"), *said)
    assert texts_meant(now, meant(RULE, now, NONE)) == [LITERAL] * 6 + [ABROAD] * 8


def test_the_rarest_word_tells_the_burst_where_hardly_anyone_uses_all_of_them() -> None:
    now = frame(*usual(), *burst((LITERAL, "en"), *[(PART, "en")] * 5))
    assert texts_meant(now, meant(RULE, now, NONE)) == [LITERAL] + [PART] * 5
    everyday = rule_of("their bill is wrong", "en")
    assert meant(everyday, frame(*usual(), *burst(("My bill is wrong", "en"))), NONE) is None


def test_a_few_messages_of_a_language_count_beside_those_of_others() -> None:
    abroad = [(ABROAD, "de")] * 4 + [("Mon empreinte est refusée", "fr")] * 3
    ordinary = [*usual("Wie zahle ich meine Rechnung", "de"), *usual("Comment payer ma facture", "fr")]
    now = frame(*usual(), *ordinary, *burst(*[(LITERAL, "en")] * 6, *abroad))
    assert texts_meant(now, meant(RULE, now, NONE))[6:] == [text for text, _ in abroad]


def test_a_pasted_flood_is_no_second_thing() -> None:
    orders = [(f"Case {n}: whoever answers questions about the merger should keep it to the evidence", "en")
              for n in range(20)]  # fmt: skip
    said = burst(*[(LITERAL, "en")] * 6, *orders, *[(ABROAD, "de")] * 8)
    now = frame(*usual(), *usual("Wie zahle ich meine Rechnung", "de"), *said)
    assert texts_meant(now, meant(RULE, now, NONE)) == [LITERAL] * 6 + [ABROAD] * 8


def test_no_other_language_counts_where_two_things_came_up_at_once() -> None:
    other = [("The gate motor burned down", "en")] * 6
    said = burst(*[(LITERAL, "en")] * 6, *other, *[(ABROAD, "de")] * 8)
    now = frame(*usual(), *usual("Wie zahle ich meine Rechnung", "de"), *said)
    assert meant(RULE, now, NONE) is None


def test_a_word_that_is_common_anyway_is_no_part_that_counts() -> None:
    rule = rule_of("their bill is in zloty", "en")
    said = burst(*[("My bill is in zloty", "en")] * 4, ("Where is my bill", "en"), *[("Why zloty", "en")] * 3)
    now = frame(*usual(), *said)
    found = meant(rule, now, NONE)
    assert sorted(set(texts_meant(now, found))) == ["My bill is in zloty", "Why zloty"]
    assert found and found.words == ("zloty", "bill zloty")


def test_what_is_said_every_day_has_no_burst_to_tell() -> None:
    rule = rule_of("pay my bill", "en")
    now = frame(*usual(), *burst(("my bill", "en")))
    assert meant(rule, now, NONE) is None


def test_the_days_before_tell_what_is_usual_of_a_single_day() -> None:
    now = frame(*burst(*[(LITERAL, "en")] * 4, *[(PART, "en")] * 5, ("My bill please", "en")))
    then = frame(*((text, language, team, f"2026-09-{day[-2:]}") for text, language, team, day in usual()))
    assert meant(RULE, now, NONE) is None
    assert len(texts_meant(now, meant(RULE, now, then))) == 9
