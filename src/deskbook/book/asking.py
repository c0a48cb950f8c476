"""The part of a book that is asked: with which language model, and who pays for it."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from time import perf_counter
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy.exc import SQLAlchemyError

from deskbook.access import Actor
from deskbook.book.part import part
from deskbook.errors import DeskbookError
from deskbook.settings import Settings
from deskbook.sources import Clock
from deskbook.store import Spent, State

if TYPE_CHECKING:
    from deskbook.book.asked import AskedOf
    from deskbook.book.book import Book
    from deskbook.rag import Answer, Plan, Sentence
    from deskbook.rag.model import Model

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Purse:
    """What is spent on a language model, by the day (UTC) of a clock."""

    held: Spent
    clock: Clock

    def spent(self) -> int:
        """Tokens so far today."""
        return self.held.on(self.clock().astimezone(UTC).date())

    def add(self, tokens: int) -> None:
        """Tokens more."""
        self.held.add(self.clock().astimezone(UTC).date(), tokens)


class Asking(ABC):
    """The part of a `Book` that answers questions."""

    settings: Settings
    clock: Clock
    actor: Actor

    @property
    @abstractmethod
    def state(self) -> State:
        """The application's state."""

    @abstractmethod
    def pinned(self) -> Book:
        """This book with every read from one snapshot."""

    def asked(self, actor: Actor | None = None) -> AskedOf:
        """What was asked before, as somebody sees it: whoever asks this book unless told."""
        from deskbook.book.asked import AskedOf

        return AskedOf(cast("Book", self), actor or self.actor)

    def ask(self, question: str, plan: Plan | Mapping[str, Any] | None = None, *, actor: Actor | None = None) -> Answer:
        """An answer with its plan, its numbers (each with a receipt) and the messages it rests on.

        Args:
            plan: what to answer instead of what the question is taken for: `answer.plan` of an earlier one, edited.
            actor: whose question it is in the history; whoever opened the book unless told.

        Raises:
            BadValue: a part of the plan is none of what it may be.
        """
        from deskbook.rag import Answer

        pieces = self.ask_in_pieces(question, plan, actor=actor)
        return [piece for piece in pieces if isinstance(piece, Answer)][-1]

    def ask_in_pieces(
        self, question: str, plan: Plan | Mapping[str, Any] | None = None, *, actor: Actor | None = None
    ) -> Iterator[Answer | Sentence]:
        """The answer in Deskbook's own words at once; then, where a language model words it, each of its sentences as
        it is decided, and the answer as it is then. The last piece is the answer that stands, and is kept in the
        history.

        Raises:
            BadValue: a part of the plan is none of what it may be.
        """
        from deskbook.rag import Answer

        begun, said, is_kept = perf_counter(), None, False
        try:
            for piece in self.pieces(question, plan):
                said = piece if isinstance(piece, Answer) else said
                yield piece
            is_kept = True
            if said is not None:
                yield replace(said, asked=self._remember(question, said, perf_counter() - begun, actor))
        finally:
            if said is not None and not is_kept:  # whoever asked went away before it was whole
                self._remember(question, said, perf_counter() - begun, actor)

    def answers(self, question: str, plan: Plan | Mapping[str, Any] | None = None) -> Iterator[Answer]:
        """The answer in Deskbook's own words, then as a model worded it, if one did; not kept in the history."""
        from deskbook.rag import Answer

        return (piece for piece in self.pieces(question, plan) if isinstance(piece, Answer))

    def pieces(self, question: str, plan: Plan | Mapping[str, Any] | None = None) -> Iterator[Answer | Sentence]:
        """The same as `ask_in_pieces`, and not kept in the history."""
        from deskbook.rag.rephrase import rephrase, wants_words, worded
        from deskbook.rag.roads import checked

        book = self.pinned()
        said = checked(self._answered(question, plan, book), book)
        yield said
        model, note = self._model_for("rephrase")
        if note and note not in said.notes:
            yield replace(said, notes=(*said.notes, note))
        elif model and wants_words(said):
            decided: list[Sentence] = []
            failed: list[DeskbookError] = []
            try:
                for sentence in rephrase(said, model):
                    decided.append(sentence)
                    yield sentence
            except DeskbookError as error:
                failed.append(error)
            yield worded(said, decided, failed)

    def _remember(self, question: str, said: Answer, seconds: float, actor: Actor | None) -> int:
        """Keep it, and give its number; an answer is not lost for a history that cannot be written."""
        try:
            return self.asked(actor).remember(question or str(said.plan.get("question", "")), said, seconds)
        except (DeskbookError, SQLAlchemyError) as error:
            log.warning("history not written: %s", type(error).__name__)
            return 0

    def _answered(self, question: str, plan: Plan | Mapping[str, Any] | None, book: Book) -> Answer:
        """The answer in Deskbook's own words; a question its rules cannot read is read by the model, if one is set."""
        from deskbook.rag import answer
        from deskbook.rag.model_plan import propose

        said = answer(question, book, plan)
        if plan is not None:
            return _read_by(said, "whoever edited it")
        if not said.plan.get("problem") or not question.strip():
            return _read_by(said, "Deskbook's rules")
        model, note = self._model_for("plan")
        try:
            if model:
                return _read_by(answer(question, book, propose(question, book, model)), model.made.name)
        except DeskbookError as error:
            note = f"{error} The question was read by Deskbook's rules alone."
        return _read_by(replace(said, notes=(*said.notes, *([note] if note else []))), "Deskbook's rules")

    def _model_for(self, use: str) -> tuple[Model | None, str]:
        """The model for a use, or why one that is set cannot be asked."""
        from deskbook.rag.model_settings import read_model

        try:
            made = read_model(self.settings.model)
            return (self.model if made and use in made.use else None), ""
        except DeskbookError as error:
            return None, f"{error} The answer stands in Deskbook's own words."

    @part
    def model(self) -> Model | None:
        """The language model of `[model]`; None where none is set.

        Raises:
            ConfigError: it is set wrongly, or its key is not there.
        """
        from deskbook.rag.model import Model
        from deskbook.rag.model_settings import read_model

        made = read_model(self.settings.model)
        if made is None:
            return None
        return Model(made, ledger=Purse(Spent(self.state.engine, self.settings.tenant), self.clock))

    def plan(self, question: str, plan: Mapping[str, Any] | None = None) -> Plan:
        """What a question is taken to ask, without asking it; or what an edited plan comes to.

        Raises:
            BadValue: a part of the plan is none of what it may be.
        """
        from deskbook.rag import make_plan, plan_from

        return (
            make_plan(question, self.pinned())
            if plan is None
            else plan_from({**plan, "question": question}, self.pinned())
        )

    def follow(self, question: str, before: Mapping[str, Any]) -> Plan:
        """What a question asks after another: what it does not say is kept from the plan before it."""
        from deskbook.rag import follow

        return follow(question, before, self.pinned())

    def follow_ups(self, plan: Mapping[str, Any]) -> list[Plan]:
        """Plans that ask further within the filter and period of one, each with its question."""
        from deskbook.rag import follow_ups

        return follow_ups(plan, self.pinned())


def _read_by(answer: Answer, who: str) -> Answer:
    """The answer with its plan saying who read the question; one that a model read says so in its sentence too."""
    plan, text = {**answer.plan, "made_by": who}, answer.text
    if who not in ("Deskbook's rules", "whoever edited it"):
        sentence = f"{plan['sentence']} The question was read by {who}."
        text = text.replace(str(plan["sentence"]), sentence, 1)
        plan["sentence"] = sentence
    return replace(answer, plan=plan, text=text)
