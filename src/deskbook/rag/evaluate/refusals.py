"""Questions that nothing in the data answers: no such period, no such team, no such thing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from deskbook.rag.evaluate.asking import Asker, month_of
from deskbook.rag.evaluate.question import Question
from deskbook.rag.evaluate.truth import span_of
from deskbook.rag.evaluate.wordings import phrasings

STRANGERS: Final = ("Aviation", "Fisheries", "Legal", "Unicorn", "Marketing", "Payroll")
"""Teams that the sample desk does not have."""
REFUSED: Final = 10
ENDLESS: Final = {"train": "why " * 2_500, "held-out": "lorem ipsum dolor " * 556}
"""Ten thousand letters that ask nothing."""


def refusals(asker: Asker) -> Iterator[Question]:
    """All of them."""
    speaker = asker.english
    first, last = asker.desk.span.dates[0], asker.desk.span.dates[-1]
    for turn, shift in enumerate((400, 800, 2_500, 60, 1_200, 3_000, 200, 5_000)):
        day = first - timedelta(days=shift)
        span = span_of(day) if turn % 2 else month_of(day)
        when = speaker.when("day" if turn % 2 else "month", span)
        if turn % 4 == 3:
            text = speaker.ask("why", when=when)
        else:
            text = speaker.ask("count", metric=speaker.pick("counts", "tickets_created"), where="", when=when)
        yield asker.question("no_data", text, abstain=True)
    for shift in (400, 1_500):
        when = speaker.when("month", month_of(last + timedelta(days=shift)))
        text = speaker.ask("count", metric=speaker.pick("counts", "messages_in"), where="", when=when)
        yield asker.question("no_data", text, abstain=True)
    months = asker.cycle(asker.months())
    for name in STRANGERS:
        text = speaker.ask("unknown", value=name, when=speaker.when("month", next(months)))
        yield asker.question("unknown_entity", text, abstain=True)
    for text in asker.dice.sample(phrasings(asker.desk.part)["en"]["questions"]["refused"], REFUSED):
        yield asker.question("refused", text, abstain=True)
    yield asker.question("refused", " ", abstain=True)
    yield asker.question("refused", ENDLESS[asker.desk.part], abstain=True)
