"""What happened beside the tickets: releases, outages, campaigns, from a catalog entry or written on a page."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

import pandas as pd

from deskbook import metrics as m
from deskbook.access import EVERYONE, Actor
from deskbook.errors import BadValue, UnknownName
from deskbook.schema import ANNOTATION_KINDS, ANNOTATIONS
from deskbook.sources import Clock
from deskbook.store import Saved, Saves

KIND: Final = "annotation"
LONGEST_TITLE: Final = 120
LONGEST_NOTE: Final = 2_000
"""Characters of what a person writes."""
COLUMNS: Final = (*ANNOTATIONS.names, "source", "owner", "version", "shared", "mine")
When = str | m.Period | None


@dataclass(frozen=True, kw_only=True)
class Annotation:
    """One as a person writes it; all of it is text to show, never markup.

    Attributes:
        begins_at, ends_at: naive UTC; `ends_at` is None where it is one moment.
        team, channel: what it is about; empty for all.
    """

    title: str
    begins_at: datetime
    ends_at: datetime | None = None
    kind: str = "other"
    note: str = ""
    team: str = ""
    channel: str = ""

    def __post_init__(self) -> None:
        _check_text("title", self.title, LONGEST_TITLE, least=1)
        _check_text("note", self.note.replace("\n", " "), LONGEST_NOTE)
        for name in ("team", "channel"):
            _check_text(name, getattr(self, name), LONGEST_TITLE)
        if self.kind not in ANNOTATION_KINDS:
            raise UnknownName("kind of annotation", self.kind, ANNOTATION_KINDS)
        if self.ends_at is not None and self.ends_at <= self.begins_at:
            raise BadValue(f"The annotation ends ({self.ends_at}) before it begins ({self.begins_at}). Swap them.")

    def body(self) -> dict[str, str]:
        """As it is kept."""
        ends = self.ends_at.isoformat() if self.ends_at else ""
        words = {name: getattr(self, name) for name in ("title", "kind", "note", "team", "channel")}
        return words | {"begins_at": self.begins_at.isoformat(), "ends_at": ends}


def _check_text(name: str, text: str, most: int, least: int = 0) -> None:
    if not least <= len(text.strip()) or len(text) > most or not text.isprintable():
        raise BadValue(f"An annotation's {name} wants {least} to {most:,} printable letters, got {text[:80]!r}.")


@dataclass
class AnnotationRows:
    """The annotations of sources, read once a snapshot."""

    held: dict[int, list[dict[str, Any]]] = field(default_factory=dict)


class Annotations(ABC):
    """The part of a `Book` that knows what happened. Who may see and change one is asked of its `Saves`."""

    clock: Clock
    actor: Actor
    _annotated: AnnotationRows

    @property
    @abstractmethod
    def saves(self) -> Saves:
        """What people keep under a name."""

    @property
    @abstractmethod
    def snapshot(self) -> int:
        """Number of the snapshot that is read."""

    @abstractmethod
    def period(self, period: When = None, *, since: str | None = None, until: str | None = None) -> m.Period:
        """A period from words."""

    @abstractmethod
    def filter(self, where: m.Where) -> m.Filter | None:
        """A filter from its line of text."""

    @abstractmethod
    def source_rows(self, table: str) -> list[dict[str, Any]]:
        """Rows of a small standard table."""

    def annotations(self, period: When = None, *, where: m.Where = None, actor: Actor | None = None) -> pd.DataFrame:
        """What happened in a period, from catalog entries and from people, by its beginning.

        Args:
            period: in words; all time if absent.
            where: leaves out those about a team or channel that the filter leaves out.
            actor: who looks; whoever opened the book unless told.

        Returns:
            One row an annotation: id, begins_at, ends_at (naive UTC; absent for one moment), kind, title, note,
            team, channel (empty for all), source (empty for a person's), owner, version, shared (roles), mine
            (whether the actor may change it).
        """
        shown = self.annotation_rows(period, where=where, actor=actor)
        frame = pd.DataFrame(shown, columns=list(COLUMNS))
        return frame.astype({"begins_at": "datetime64[us]", "ends_at": "datetime64[us]"})

    def annotation_rows(
        self, period: When = None, *, where: m.Where = None, actor: Actor | None = None
    ) -> list[dict[str, Any]]:
        """The same as plain rows, `ends_at` None where it is absent: a page that has none pays for no frame."""
        who, span, asked = actor or self.actor, self.period(period), self.filter(where)
        rows = [*self._of_sources(), *(_row(one, who) for one in self.saves.seen(who, KIND))]
        shown = [row for row in rows if _within(row, span) and _fits(asked, row) is not False]
        return sorted(shown, key=lambda row: (row["begins_at"], row["title"], row["id"]))

    def _of_sources(self) -> list[dict[str, Any]]:
        held, snapshot = self._annotated.held, self.snapshot
        rows = held.get(snapshot)
        if rows is None:
            rows = [_plain(row) for row in self.source_rows(ANNOTATIONS.name)]
            held.clear()
            held[snapshot] = rows
        return rows

    def annotate(
        self,
        title: str,
        begins: str,
        *,
        ends: str = "",
        id: str = "",
        owner: str = "",
        shared: Iterable[str] = (EVERYONE,),
        seen: int = 0,
        actor: Actor | None = None,
        **about: str,
    ) -> str:
        """Keep an annotation beside the lake, which makes no snapshot; its id.

        Args:
            begins: a day, or a day with its time, on the desk's wall clock: 2026-10-14, 2026-10-14T09:00.
            ends: the same, the last day included; one moment when empty.
            id: of the one to change; a new one when empty.
            shared: roles that see it, or `everyone`.
            seen: the version it was changed from; 0 for a new one.
            about: kind (release, outage, campaign, other), note, team, channel.

        Raises:
            BadValue: a text is too long or empty, or a moment is none.
            UnknownName: the kind is none.
            Overtaken: somebody changed it since `seen`; nothing was written.
            AccessDenied: it is not the actor's to change.
        """
        first, last = self._moments(begins, ends)
        one = Annotation(title=" ".join(title.split()), begins_at=first, ends_at=last, **about)
        who, name, now = actor or self.actor, id or uuid4().hex[:12], self.clock().astimezone(UTC).replace(tzinfo=None)
        return self.saves.keep(who, KIND, name, one.body(), at=now, owner=owner, shared=shared, seen=seen).name

    def remove_annotation(self, id: str, *, seen: int, owner: str = "", actor: Actor | None = None) -> None:
        """Take one that a person wrote from view; its versions stay.

        Raises:
            UnknownName, Overtaken, AccessDenied: as above.
        """
        now = self.clock().astimezone(UTC).replace(tzinfo=None)
        self.saves.remove(actor or self.actor, KIND, id, at=now, seen=seen, owner=owner)

    def _moments(self, begins: str, ends: str) -> tuple[datetime, datetime | None]:
        """Beginning and end (naive UTC) from words."""
        span = self.period(since=begins, until=ends) if begins.strip() and ends.strip() else self.period(begins)
        if span.since is None:
            raise BadValue(f"An annotation wants a beginning such as 2026-10-14 or 2026-10-14T09:00, got {begins!r}.")
        return _naive(span.since), _naive(span.until) if ends.strip() and span.until else None


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A source's row as the frame has it."""
    words = {name: row[name] or "" for name in ("id", "title", "note", "team", "channel")}
    times = {name: _naive(row[name]) if row[name] else None for name in ("begins_at", "ends_at")}
    own = {"source": row["source"], "owner": "", "version": 0, "shared": (EVERYONE,), "mine": False}
    return words | times | own | {"kind": row["kind"] or "other"}


def _row(one: Saved, actor: Actor) -> dict[str, Any]:
    body = one.body
    words = {name: str(body.get(name, "")) for name in ("title", "kind", "note", "team", "channel")}
    ends = datetime.fromisoformat(body["ends_at"]) if body.get("ends_at") else None
    kept = {"owner": one.owner, "version": one.version, "shared": one.shared, "mine": actor.may_change(one.owner)}
    times = {"begins_at": datetime.fromisoformat(body["begins_at"]), "ends_at": ends}
    return words | times | kept | {"id": one.name, "source": ""}


def _within(row: Mapping[str, Any], span: m.Period) -> bool:
    begins, ends = row["begins_at"], row["ends_at"] or row["begins_at"]
    after = span.until is None or begins < _naive(span.until)
    return after and (span.since is None or ends >= _naive(span.since))


def _fits(one: m.Filter | None, row: Mapping[str, Any]) -> bool | None:
    """Whether a filter on teams and channels lets it through; None where the filter does not speak of it."""
    if one is None:
        return None
    if isinstance(one, m.Condition):
        return _meets(one, row)
    if isinstance(one, m.Negated):
        inner = _fits(one.part, row)
        return None if inner is None else not inner
    held = [_fits(part, row) for part in one.parts]
    deciding = one.word == "or"
    if deciding in held:
        return deciding
    return None if None in held else not deciding


def _meets(one: m.Condition, row: Mapping[str, Any]) -> bool | None:
    word = row[one.field] if one.field in ("team", "channel") else ""
    if not word:
        return None
    if one.op in ("null", "not null"):
        return one.op == "not null"
    if one.op in ("contains", "not contains"):
        return (one.values[0].lower() in word.lower()) == (one.op == "contains")
    return (word in one.values) == (one.op in ("=", "in")) if one.op in ("=", "!=", "in", "not in") else None
