"""All questions about a desk, of every kind."""

from __future__ import annotations

from deskbook.rag.evaluate.asking import Asker
from deskbook.rag.evaluate.causequestions import cause_questions
from deskbook.rag.evaluate.datequestions import date_questions
from deskbook.rag.evaluate.desk import Desk
from deskbook.rag.evaluate.numberquestions import number_questions
from deskbook.rag.evaluate.question import Question
from deskbook.rag.evaluate.refusals import refusals


def make_questions(desk: Desk) -> list[Question]:
    """At least 200 questions, each text once; the same desk gives the same ones."""
    asker = Asker(desk)
    made = [*number_questions(asker), *date_questions(asker), *cause_questions(asker), *refusals(asker)]
    return list({one.text: one for one in made}.values())


def sample_of(questions: list[Question], limit: int) -> list[Question]:
    """That many questions, the same share of each kind (at least one), in their order."""
    kinds: dict[str, list[Question]] = {}
    for one in questions:
        kinds.setdefault(one.kind, []).append(one)
    chosen: set[str] = set()
    turn = 0
    while len(chosen) < min(limit, len(questions)):
        for held in kinds.values():
            # Every few places, so that a part of a kind holds each of its forms.
            if turn < len(held) and len(chosen) < limit:
                chosen.add(held[(turn * 7) % len(held) if len(held) % 7 else turn].id)
        turn += 1
    return [one for one in questions if one.id in chosen]
