"""Why questions on a desk with a known bad day: causes found, quiet days called quiet, nothing invented."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from deskbook.book import Book
from deskbook.rag import Answer, answer

from .conftest import BAD_DAY, Desk

Open = Callable[[Desk], Book]
OPERATORS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
NUMERAL = re.compile(r"(?<![\w.])[-+]?\d+(?:,\d{3})*(?:\.\d+)?")
DATES = re.compile(r"\b\d{1,2} [A-Z][a-z]{2} \d{4}\b|\d{4}-\d\d-\d\d|\b\d{2}:\d{2}\b")


def worked_out(formula: str, numbers: list[dict[str, Any]]) -> float:
    def value(node: ast.expr) -> float:
        if isinstance(node, ast.BinOp):
            return OPERATORS[type(node.op)](value(node.left), value(node.right))
        return (
            float(numbers[int(node.id[1:])]["value"]) if isinstance(node, ast.Name) else float(ast.literal_eval(node))
        )

    return value(ast.parse(formula, mode="eval").body)


def quotes(found: Answer) -> list[dict[str, str]]:
    return [cite for claim in found.claims for cite in claim["cites"] if "quote" in cite]


def drivers_of(found: Answer) -> list[str]:
    return [worked["label"] for claim in found.claims if "moved it most" in claim["text"] for worked in claim["worked"]]


def test_the_movement_is_said_with_both_values_and_their_sizes(why: Answer) -> None:
    assert "Negative messages, 2 Oct 2026: 57.5 % (n = 106), against 25.0 % in the baseline (n = 1,120)" in why.text
    assert not why.abstain


def test_the_planted_cause_comes_first(why: Answer) -> None:
    assert drivers_of(why)[0] == "Contact reason Invoices"
    assert "Team Billing" in drivers_of(why)


def test_both_causes_are_told_and_quoted(why: Answer) -> None:
    assert "'charged twice' in 24" in why.text and "'code never' in 16" in why.text
    said = [one["quote"] for one in quotes(why)]
    assert any("charged twice" in one for one in said) and any("verification code" in one for one in said)


def test_a_decoy_that_only_grew_is_no_cause(why: Answer) -> None:
    assert "Contact reason Shipping" not in drivers_of(why)


def test_five_passages_of_that_very_day_are_verbatim(why: Answer, book: Book) -> None:
    day = book.messages(period="2026-10-02").set_index("id")
    assert len(quotes(why)) >= 5
    for one in quotes(why):
        assert one["sent_at"].startswith("2026-10-02T") and one["quote"] in day.loc[one["message_id"], "text"]
        assert (one["source"], one["ticket_id"]) == ("desk", day.loc[one["message_id"], "ticket_id"])
    assert len({one["ticket_id"] for one in quotes(why)}) == len(quotes(why))


def test_orders_in_messages_are_counted_but_never_quoted(why: Answer) -> None:
    assert "pirates" not in str(why.as_dict()) and "gnore" not in why.text
    assert "give orders to whoever reads them: 6 of the messages" in why.text


def test_every_receipt_computes_to_its_number_again(why: Answer, book: Book) -> None:
    verdicts = book.verify(why.as_dict())
    assert len(verdicts) == len(why.numbers) > 20
    assert [one for one in verdicts if not one.holds] == []


def test_a_changed_number_does_not_hold(why: Answer, book: Book) -> None:
    document = {"numbers": [{**why.numbers[0], "value": why.numbers[0]["value"] + 0.1}]}
    assert not book.verify(document)[0].holds


def test_what_is_worked_out_follows_from_the_numbers(why: Answer) -> None:
    worked = [one for claim in why.claims for one in claim["worked"]]
    assert len(worked) > 8
    for one in worked:
        assert worked_out(one["formula"], why.numbers) == pytest.approx(one["value"], abs=1e-9)


def test_counts_of_phrases_list_the_messages_counted(why: Answer, book: Book) -> None:
    counts = {one["label"]: one for claim in why.claims for one in claim["counts"] if "messages" in one}
    texts = book.messages(period="2026-10-02").set_index("id")["text"]
    listed = counts["'charged twice'"]["messages"]
    assert len(listed) == counts["'charged twice'"]["value"] == 24
    assert all("charged twice" in texts[one["message_id"]] for one in listed)


QUESTIONS = [
    "Why was sentiment negative on Oct 2?",
    "Why was sentiment negative on Sep 29?",
    "Why were there so many tickets on Oct 2?",
    "Why was first reply slow on Oct 2?",
    "how many tickets last week in Billing?",
    "which team has the slowest first reply?",
    "compare chat and email tickets in September",
    "how did backlog develop in September?",
    "find tickets about charged",
    "Compare messages on Oct 2 with the day before",
    "tickets by weekday",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_numeral_in_the_text_is_a_number_a_working_or_a_count(question: str, book: Book) -> None:
    found = answer(question, book)
    known = [*found.numbers, *(one for claim in found.claims for one in (*claim["worked"], *claim["counts"]))]
    shown = {match for one in known for match in NUMERAL.findall(one["shown"])}
    text = DATES.sub("", found.text.removeprefix(found.plan["sentence"]))
    said = NUMERAL.findall(re.sub(r"'[^']*'", "", text))
    assert said and [one for one in said if one not in shown] == []


def test_a_quiet_day_is_called_ordinary_and_no_cause_is_named(book: Book) -> None:
    found = answer("Why was sentiment negative on Sep 29?", book)
    assert "an ordinary period, so no cause is named" in found.text
    assert drivers_of(found) == [] and quotes(found) == []


def test_a_day_without_data_is_not_answered(book: Book) -> None:
    found = answer("Why was sentiment negative on Oct 3?", book)
    assert found.abstain and found.numbers == [] and found.plan["period"]["first_day"] == "2026-10-03"
    assert found.text == "There is no data for 3 Oct 2026: the data runs from 1 Sep 2026 to 5 Oct 2026."


def test_a_filter_that_holds_nothing_that_day_is_not_answered(small: Open, desk: Desk) -> None:
    for number in range(20):
        desk.ticket(BAD_DAY + timedelta(hours=number), "fine", "neutral", team="Billing", channel="chat")
    desk.ticket(BAD_DAY - timedelta(days=3), "fine", "neutral", team="Technical")
    found = answer("Why was sentiment negative on Oct 2 in Technical?", small(desk))
    assert found.abstain and "There is no data for 2 Oct 2026 where team is Technical" in found.text


def test_the_first_day_has_nothing_to_be_compared_with(book: Book) -> None:
    found = answer("Why was sentiment negative on Sep 1?", book)
    assert found.plan["baseline"] is None
    assert "No data lies before it" in found.text and "no cause is named" in found.text and len(quotes(found)) >= 5


def test_a_movement_for_the_better_is_called_so(small: Open, desk: Desk) -> None:
    for day in range(30):
        for number in range(30):
            mood = "neutral" if day == 29 or number % 2 else "negative"
            desk.ticket(BAD_DAY + timedelta(days=day, minutes=number), f"parcel {number}", mood)
    found = answer("Why was sentiment negative on Oct 31?", small(desk))
    assert "Negative messages got better, not worse" in found.text


def test_volume_is_explained_by_the_values_that_grew_beyond_their_share(book: Book) -> None:
    found = answer("Why were there so many tickets on Oct 2?", book)
    assert "+66.0 tickets" in found.text and drivers_of(found)
    assert not any("not set" in label for label in drivers_of(found))


def test_an_empty_desk_is_said_to_be_empty(small: Open, desk: Desk) -> None:
    desk.ticket(BAD_DAY, "hello", "neutral")
    found = answer("Why was sentiment negative on Nov 9, 2025?", small(desk))
    assert found.abstain and "There is no data for 9 Nov 2025" in found.text


def test_the_answer_has_the_promised_keys(why: Answer) -> None:
    assert set(why.as_dict()) == {"text", "numbers", "claims", "plan", "abstain", "language", "notes", "asked"}
    assert all({"value", "unit", "receipt"} <= set(one) for one in why.numbers)
    cites = [cite for claim in why.claims for cite in claim["cites"]]
    assert all({"source", "ticket_id", "message_id", "sent_at"} <= set(one) for one in cites)


def test_the_same_question_gives_the_same_answer(why: Answer, book: Book) -> None:
    assert answer("Why was sentiment negative on Oct 2?", book).as_dict() == why.as_dict()


def test_the_parts_of_the_causes_and_of_each_dimension_add_up_to_the_movement(why: Answer, book: Book) -> None:
    claim = next(one for one in why.claims if one["text"].startswith("Causes"))
    parts = [one["value"] for one in claim["worked"] if one["unit"] == "%" and "share" not in one["label"]]
    moved = [one for claim in why.claims for one in claim["worked"] if one["label"] == "Negative messages, movement"]
    assert len(parts) == 3 and sum(parts) == pytest.approx(moved[0]["value"], abs=1e-9)


def test_what_would_be_without_a_cause_is_said_with_its_formula(why: Answer) -> None:
    claims = [one for one in why.claims if one["text"].startswith("Without 'charged twice'")]
    (worked,) = claims[0]["worked"]
    assert worked_out(worked["formula"], why.numbers) == pytest.approx(100 * (61 - 24) / (106 - 24), abs=1e-9)


def test_only_messages_of_the_causes_are_quoted(why: Answer) -> None:
    assert {one["shows"] for one in quotes(why)} == {"charged twice", "code never"}


def test_a_question_that_takes_the_bad_for_granted_is_set_right(small: Open, desk: Desk) -> None:
    for day in range(30):
        for number in range(30):
            mood = "neutral" if day == 29 or number % 2 else "negative"
            desk.ticket(BAD_DAY + timedelta(days=day, minutes=number), f"parcel {number}", mood)
    found = answer("Why was sentiment negative on Oct 31?", small(desk))
    assert "got better, not worse" in found.text and quotes(found) == []


def test_a_fuller_day_in_no_worse_mood_shows_no_passages_as_if_it_had_been_bad(small: Open, desk: Desk) -> None:
    for day in range(30):
        for number in range(90 if day == 29 else 30):
            mood = "neutral" if number % 2 or (day == 29 and number < 6) else "negative"
            desk.ticket(BAD_DAY + timedelta(days=day, minutes=number), f"parcel {number}", mood)
    found = answer("Why was sentiment negative on Oct 31?", small(desk))
    assert "got better, not worse" in found.text and "an ordinary period" in found.text
    assert quotes(found) == []


@pytest.mark.parametrize(
    "question",
    [
        "For what reason were clients not happy on Oct 31?",
        "Why weren't customers happy on Oct 31?",
        "Warum waren die Kunden am 31. Oktober nicht zufrieden?",
        "Why were customers no longer happy on Oct 31?",
        "¿Por qué no estaban contentos los clientes el 31 de octubre?",
        "Pourquoi les clients n'étaient pas contents le 31 octobre ?",
        "Why was sentiment, mean so bad on Oct 31?",
    ],
)
def test_a_good_mood_that_is_denied_is_a_bad_one(question: str, small: Open, desk: Desk) -> None:
    for day in range(30):
        for number in range(30):
            mood = "positive" if day == 29 else "neutral" if number % 2 else "negative"
            desk.ticket(BAD_DAY + timedelta(days=day, minutes=number), f"parcel {number}", mood)
    found = answer(question, small(desk))
    assert found.plan["presumes"] == ("down" if found.plan["metrics"][0] == "sentiment_mean" else "up")
    assert quotes(found) == [] and not drivers_of(found)
