"""What people asked and what they were told: each question with its plan, answer, receipts and what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    Engine,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    and_,
    func,
    or_,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from deskbook.access import Actor
from deskbook.errors import AccessDenied, BadValue, StoreError, UnknownName
from deskbook.store.database import make_tables

LONGEST_QUESTION: Final = 10_000
LONGEST_CORRECTION: Final = 2_000
LONGEST_ANSWER: Final = 2_000_000
"""Letters; of an answer as JSON."""
MOST_WORDS: Final = 20
_METADATA: Final = MetaData()
ASKED: Final = Table(
    "deskbook_asked",
    _METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("tenant", String(80), nullable=False, index=True),
    Column("owner", String(200), nullable=False, index=True),
    Column("asked_at", DateTime, nullable=False),
    Column("question", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("abstained", Boolean, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("thumb", Integer, nullable=False, default=0),
    Column("correction", Text, nullable=False, default=""),
    Column("kept", Boolean, nullable=False, default=False),
)
AGAIN: Final = Table(
    "deskbook_asked_again",
    _METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("tenant", String(80), nullable=False),
    Column("asked", Integer, nullable=False, index=True),
    Column("asked_at", DateTime, nullable=False),
    Column("answer", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("difference", Text, nullable=False),
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question that was asked. `asked_at` is naive UTC.

    Attributes:
        answer: as `Answer.as_dict` has it.
        made: what it was made with: snapshot, definitions, model, prompts.
        seconds: until the answer was whole.
        thumb: 1 good, -1 bad, 0 nobody said.
        correction: what somebody says it should have been.
        kept: whether it is asked again when something changes.
    """

    id: int
    owner: str
    asked_at: datetime
    question: str
    answer: Mapping[str, Any] = field(repr=False)
    made: Mapping[str, Any] = field(repr=False)
    abstained: bool
    seconds: float
    thumb: int = 0
    correction: str = ""
    kept: bool = False


class AskedLog:
    """The questions of one desk. People see their own; an admin sees everybody's."""

    def __init__(self, engine: Engine, tenant: str) -> None:
        self._engine, self._tenant = engine, tenant
        make_tables(engine, _METADATA)

    def add(
        self,
        actor: Actor,
        question: str,
        answer: Mapping[str, Any],
        made: Mapping[str, Any],
        *,
        at: datetime,
        seconds: float,
    ) -> int:
        """Keep a question with its answer; its number.

        Raises:
            StoreError: it could not be written.
        """
        text = json.dumps(answer, ensure_ascii=False, default=str)
        if len(text) > LONGEST_ANSWER:
            raise StoreError(f"An answer of {len(text):,} letters is too long to be kept.")
        row = {
            "tenant": self._tenant, "owner": actor.name, "asked_at": at, "question": question[:LONGEST_QUESTION],
            "said": str(answer.get("text", "")), "answer": text, "made": json.dumps(made, sort_keys=True),
            "abstained": bool(answer.get("abstain")), "seconds": seconds, "thumb": 0, "correction": "", "kept": False,
        }  # fmt: skip
        try:
            with self._engine.begin() as con:
                key = con.execute(ASKED.insert().values(**row)).inserted_primary_key
        except SQLAlchemyError as error:
            raise StoreError(f"The history of questions could not be written ({type(error).__name__}).") from None
        return int(key[0]) if key else 0

    def seen(
        self,
        actor: Actor,
        *,
        words: str = "",
        abstained: bool | None = None,
        kept: bool | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> list[Asked]:
        """The questions an actor may see, the newest first.

        Args:
            words: that must all stand in the question, the answer or its correction.
        """
        wanted = [self._of(actor), *map(_holds, words.split()[:MOST_WORDS])]
        wanted += [] if abstained is None else [ASKED.c.abstained == abstained]
        wanted += [] if kept is None else [ASKED.c.kept == kept]
        chosen = select(ASKED).where(and_(*wanted)).order_by(ASKED.c.id.desc()).limit(limit).offset(offset)
        with self._engine.connect() as con:
            return [_asked(dict(row)) for row in con.execute(chosen).mappings()]

    def count(self, actor: Actor) -> int:
        """How many questions an actor may see."""
        with self._engine.connect() as con:
            return int(con.scalar(select(func.count()).select_from(ASKED).where(self._of(actor))) or 0)

    def one(self, actor: Actor, id: int) -> Asked:
        """One question by its number.

        Raises:
            UnknownName: there is none that the actor may see.
        """
        with self._engine.connect() as con:
            row = con.execute(select(ASKED).where(and_(self._of(actor), ASKED.c.id == id))).mappings().first()
        if row is None:
            raise UnknownName("question", str(id), (str(one.id) for one in self.seen(actor, limit=20)))
        return _asked(dict(row))

    def judge(
        self,
        actor: Actor,
        id: int,
        *,
        thumb: int | None = None,
        correction: str | None = None,
        kept: bool | None = None,
    ) -> Asked:
        """Say of an answer whether it was good, what it should have been, whether it is asked again.

        Raises:
            UnknownName: there is no such question.
            AccessDenied: it is somebody else's.
            BadValue: the thumb is none of -1, 0, 1, or the correction too long.
        """
        held = self.one(actor, id)
        if not actor.may_change(held.owner):
            raise AccessDenied(f"Question {id} is {held.owner}'s.")
        if thumb is not None and thumb not in (-1, 0, 1):
            raise BadValue(f"A thumb is 1 (good), -1 (bad) or 0 (none), got {thumb}.")
        if correction is not None and len(correction) > LONGEST_CORRECTION:
            raise BadValue(f"A correction has at most {LONGEST_CORRECTION:,} letters, got {len(correction):,}.")
        given = {"thumb": thumb, "correction": correction, "kept": kept}
        values = {name: value for name, value in given.items() if value is not None}
        if values:
            mine = and_(ASKED.c.tenant == self._tenant, ASKED.c.id == id)
            with self._engine.begin() as con:
                con.execute(ASKED.update().where(mine).values(**values))
        return self.one(actor, id)

    def add_again(
        self,
        asked: Asked,
        answer: Mapping[str, Any],
        made: Mapping[str, Any],
        difference: Mapping[str, Any],
        *,
        at: datetime,
    ) -> None:
        """Keep what a question was answered when it was asked again, and how that differs."""
        texts = {name: json.dumps(value, ensure_ascii=False, default=str, sort_keys=True)
                 for name, value in (("answer", answer), ("made", made), ("difference", difference))}  # fmt: skip
        with self._engine.begin() as con:
            con.execute(AGAIN.insert().values(tenant=self._tenant, asked=asked.id, asked_at=at, **texts))

    def newest(self, asked: Asked) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """The last answer to a question, and what it was made with."""
        found = self.agains(asked, limit=1)
        return (found[0]["answer"], found[0]["made"]) if found else (asked.answer, asked.made)

    def agains(self, asked: Asked, *, limit: int = 20) -> Sequence[Mapping[str, Any]]:
        """Each time a question was asked again, the newest first: asked_at, answer, made, difference."""
        mine = and_(AGAIN.c.tenant == self._tenant, AGAIN.c.asked == asked.id)
        chosen = select(AGAIN).where(mine).order_by(AGAIN.c.id.desc()).limit(limit)
        with self._engine.connect() as con:
            rows = con.execute(chosen).mappings().all()
        return [
            {"asked_at": row["asked_at"], **{name: json.loads(row[name]) for name in ("answer", "made", "difference")}}
            for row in rows
        ]

    def forget(self, actor: Actor, before: datetime) -> int:
        """Delete the actor's questions (an admin everybody's) from before a moment, but for those that are kept; how
        many."""
        gone = and_(self._of(actor), ASKED.c.asked_at < before, ASKED.c.kept.is_(False))
        with self._engine.begin() as con:
            ids = [int(row[0]) for row in con.execute(select(ASKED.c.id).where(gone))]
            con.execute(AGAIN.delete().where(and_(AGAIN.c.tenant == self._tenant, AGAIN.c.asked.in_(ids))))
            con.execute(ASKED.delete().where(gone))
        return len(ids)

    def _of(self, actor: Actor) -> ColumnElement[bool]:
        mine = ASKED.c.tenant == self._tenant
        return mine if "admin" in actor.roles else and_(mine, ASKED.c.owner == actor.name)


def _holds(word: str) -> ColumnElement[bool]:
    low = word.lower()
    columns = (ASKED.c.question, ASKED.c.said, ASKED.c.correction)
    return or_(*(func.lower(column).contains(low, autoescape=True) for column in columns))


def _asked(row: Mapping[str, Any]) -> Asked:
    names = ("id", "owner", "asked_at", "question", "abstained", "seconds", "thumb", "correction", "kept")
    given = {name: row[name] for name in names}
    return Asked(**given, answer=json.loads(row["answer"]), made=json.loads(row["made"]))
