"""The queries of a page: collected from its sections, merged, run once, kept per snapshot and filter."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

import pandas as pd

from deskbook.access import Actor
from deskbook.errors import DeskbookError
from deskbook.metrics import Filter, Metric, Period, Receipt, Result, registry
from deskbook.settings import Settings
from deskbook.views import wording
from deskbook.views.memory import Memory
from deskbook.views.receipts import shown

AUTO_GRAIN: Final = ((2.0, "hour"), (92.0, "day"), (400.0, "week"))


class Book(Protocol):
    """What a page needs of the open workspace."""

    settings: Settings
    actor: Actor
    clock: Callable[[], datetime]

    @property
    def saves(self) -> Any:
        """What people keep under a name."""

    def subscriptions(self, actor: Actor) -> Any:
        """What somebody has subscribed to."""

    def drafts(self, actor: Actor) -> Any:
        """Sources that somebody adds or maps anew."""

    @property
    def wishes(self) -> Any:
        """What each person wants of the pages themselves."""

    def pinned(self, *, wait: bool = True, looks: bool = True) -> Book:
        """The same workspace, every read from one snapshot: the newest, or the newest that is ready."""

    @property
    def is_copy_coming(self) -> bool:
        """Whether a newer snapshot than the one that is ready will be in a moment."""

    @property
    def snapshot(self) -> int:
        """Number of the newest snapshot."""

    @property
    def data_until(self) -> datetime | None:
        """The newest moment the data speaks of (naive UTC)."""

    def now(self) -> datetime:
        """The moment relative periods start from."""

    def health(self) -> Mapping[str, Any]:
        """Entry -> how it is doing: colour, status, said."""

    def pulse(self) -> str:
        """A text that changes with how the entries stand and do."""

    @property
    def is_watched(self) -> bool:
        """Whether anybody syncs what is due."""

    @property
    def was_watched(self) -> bool:
        """Whether anybody ever did."""

    @property
    def may_keep_sources(self) -> bool:
        """Whether whoever asks may pause, resume and sync."""

    @property
    def asleep(self) -> Mapping[str, Any]:
        """Entries that wait for environment variables, and for which."""

    def pause(self, entry: str) -> None:
        """Sync an entry no more until it is resumed."""

    def resume(self, entry: str) -> None:
        """Sync it again."""

    def sync_soon(self, entry: str) -> bool:
        """Ask for a sync at once; whether anybody does it."""

    def period(self, period: str | Period | None = None) -> Period:
        """A period from words."""

    def filter(self, where: str) -> Filter | None:
        """A filter from its line of text, or `@name` of a saved one."""

    def settled(self, where: str | Filter | None) -> Filter | None:
        """What a filter means at this moment."""

    def query(
        self,
        metrics: str | Sequence[str],
        *,
        by: str | Sequence[str] = (),
        where: Filter | None = None,
        period: Period | None = None,
        grain: str | None = None,
        compare: bool | str = False,
    ) -> Result:
        """Numbers with their receipt."""

    def choices(self, dimension: str) -> list[str]:
        """The words a dimension holds now."""

    def custom_fields(self) -> list[str]:
        """The custom fields of tickets, as dimensions."""

    def count_values(self, field: str, **asked: Any) -> list[tuple[str, int]]:
        """Each word of a field with how many tickets have it."""

    def count_each(self, filters: Sequence[str | Filter | None], **asked: Any) -> list[int]:
        """How many tickets each filter would leave."""

    def saved_filters(self, actor: Actor) -> Sequence[Any]:
        """The filters the actor may see."""

    def saved_filter(self, name: str, *, owner: str = "", actor: Actor) -> Any:
        """One of them."""

    def save_filter(self, name: str, where: str, **asked: Any) -> Any:
        """Keep a filter under a name."""

    def remove_filter(self, name: str, **asked: Any) -> None:
        """Take one from view."""

    def annotation_rows(self, period: Any = None, *, where: Filter | None = None, actor: Actor) -> list[dict[str, Any]]:
        """What happened: releases, outages, campaigns, by their beginning."""

    def annotate(self, title: str, begins: str, **given: Any) -> str:
        """Keep an annotation."""

    def remove_annotation(self, id: str, **asked: Any) -> None:
        """Take one from view."""

    def tickets(self, **asked: Any) -> pd.DataFrame:
        """Tickets, one row each."""

    def count_tickets(self, **asked: Any) -> int:
        """How many tickets there are."""

    def behind(self, metric: str, row: Mapping[str, Any], **asked: Any) -> pd.DataFrame:
        """The tickets a number is made of."""

    def count_behind(self, metric: str, row: Mapping[str, Any], **asked: Any) -> tuple[int, int]:
        """How many they are, and how many rows the number is made of."""

    def messages(self, ticket_id: str | None = None, **asked: Any) -> pd.DataFrame:
        """Messages in the order they were sent."""

    def ask_in_pieces(self, question: str, plan: Any = None) -> Any:
        """An answer with plan, numbers and evidence, and how it is worded meanwhile."""

    def asked(self, actor: Any = None) -> Any:
        """What was asked before, as somebody sees it."""

    def plan(self, question: str, plan: Any = None) -> Any:
        """What a question is taken to ask, or what an edited plan comes to."""

    def follow(self, question: str, before: Any) -> Any:
        """What a question asks after another."""

    def follow_ups(self, plan: Any) -> Any:
        """Plans that ask further."""

    def days_off(self, period: Any = None) -> tuple[date, ...]:
        """Days off in a period or the same weekdays before it."""

    def sources(self) -> pd.DataFrame:
        """Catalog entries with the state of their last sync."""

    def reported(self) -> list[str]:
        """The measures that sources report numbers of."""

    def explain(self, measure: str, ticket_id: str | None = None, **given: Any) -> Any:
        """Why reported numbers differ from ours."""

    def findings(self) -> pd.DataFrame:
        """What is odd in histories, schedules and policies."""

    def quarantine(self, entry: str) -> pd.DataFrame:
        """Rows of an entry that were set aside."""


@dataclass(frozen=True)
class Ask:
    """One query a section wants.

    Attributes:
        grain: hour, day, week, month, quarter, or `auto` to fit the period.
        compare: also the period before, and the change.
        before: the period before instead.
        ahead_hours: so many hours from now on instead.
        back_days: so many days up to the period's end instead, to see it beside its past.
    """

    metrics: tuple[str, ...]
    by: tuple[str, ...] = ()
    grain: str = ""
    compare: bool = False
    before: bool = False
    ahead_hours: int = 0
    back_days: int = 0

    @property
    def key(self) -> tuple[tuple[str, ...], str, bool, bool, int, int]:
        """Asks of one key are answered by one query."""
        return (self.by, self.grain, self.compare, self.before, self.ahead_hours, self.back_days)


def auto_grain(period: Period) -> str:
    """The grain that draws a period in at most about a hundred buckets."""
    days = period.days
    for limit, grain in AUTO_GRAIN:
        if days is not None and days <= limit:
            return grain
    return "month"


def merged(asks: Sequence[Ask]) -> list[Ask]:
    """The fewest queries that answer all asks: same cut, grain and comparison become one."""
    held: OrderedDict[Any, Ask] = OrderedDict()
    for ask in asks:
        before = held.get(ask.key)
        names = dict.fromkeys([*(before.metrics if before else ()), *ask.metrics])
        held[ask.key] = replace(ask, metrics=tuple(names))
    return list(held.values())


@dataclass(frozen=True)
class Scope:
    """What a page's filters come to: when and which.

    Attributes:
        compare: what to compare with, a word of AGAINST; nothing when empty.
        days_off: for which days are left out of the comparison.
    """

    period: Period
    where: Filter | None = None
    compare: str = ""
    days_off: tuple[date, ...] = ()

    def fit(self, ask: Ask) -> Ask:
        """The ask as it is run: its grain chosen, a comparison only where one is wanted and possible."""
        grain = auto_grain(self.period) if ask.grain == "auto" else ask.grain
        return replace(ask, grain=grain, compare=ask.compare and self.compares)

    @property
    def compares(self) -> bool:
        """Whether a comparison is wanted and possible."""
        return bool(self.compare) and self.period.days is not None

    def baseline(self, *metrics: str) -> str:
        """What a change is measured against, in words; days are left out of none where metrics are levels."""
        over_days = not metrics or any(registry[name].is_over_days for name in metrics)
        return wording.baseline(self.period, self.compare, self.days_off if over_days else ())

    @property
    def earlier(self) -> Period | None:
        """The period compared with."""
        return self.period.earlier(self.compare) if self.compare else None

    def key(self) -> tuple[Any, ...]:
        """Equal keys give equal numbers on one snapshot."""
        period = self.period
        return (period.since, period.until, period.months, self.where.text() if self.where else "", self.compare)


@dataclass(frozen=True)
class Answered:
    """A query's result with its rows as plain values, made once for everything that draws them."""

    result: Result
    rows: list[dict[str, Any]]

    @property
    def receipt(self) -> Receipt:
        """How to compute it again."""
        return self.result.receipt


class Numbers:
    """The results of one page under one scope, by the ask that wanted them; one that failed fails whoever reads it."""

    def __init__(self, scope: Scope, results: Mapping[Any, Answered | DeskbookError], letter: str = "r") -> None:
        self.scope = scope
        self._letter = letter
        self._keys = list(results)
        self._found = list(results.values())
        self.results = [one for one in self._found if isinstance(one, Answered)]

    def __contains__(self, ask: Ask) -> bool:
        return self.scope.fit(ask).key in self._keys

    def __getitem__(self, ask: Ask) -> Answered:
        found = self._found[self._keys.index(self.scope.fit(ask).key)]
        if isinstance(found, DeskbookError):
            raise found
        return found

    def receipt(self, ask: Ask) -> str:
        """The name under which the page lists the receipt of an ask: `r0`, `r1`, …"""
        return f"{self._letter}{self._keys.index(self.scope.fit(ask).key)}"

    def named(self) -> dict[str, Answered]:
        """Every answer under the name of its receipt."""
        return {f"{self._letter}{at}": one for at, one in enumerate(self._found) if isinstance(one, Answered)}

    def receipts(self, sentence: str) -> dict[str, dict[str, Any]]:
        """Every receipt under its name; the filters beside it in words."""
        return {name: shown(one.result, sentence) for name, one in self.named().items()}

    def grain(self, ask: Ask) -> str:
        """The grain an ask was run at."""
        return self.scope.fit(ask).grain


_POOL: Final = ThreadPoolExecutor(2, thread_name_prefix="numbers")


def gather(book: Book, asks: Sequence[Ask], scope: Scope, memory: Memory, letter: str = "r") -> Numbers:
    """Every query of a page, run through `book.query`; those asked before are not run again.

    Args:
        letter: the names of its receipts begin with.

    Raises:
        DeskbookError: no query could be answered; of several one that fails is raised where its numbers are read.
    """
    wanted = merged([scope.fit(ask) for ask in asks if scope.compares or not ask.before])
    known = (book.snapshot, *scope.key())
    missing = [ask for ask in wanted if memory.get((known, ask)) is None]
    missing.sort(key=lambda ask: -len(ask.metrics) * (1 + ask.compare))  # the longest first: none is waited for alone
    fresh = dict(zip(missing, _POOL.map(lambda one: _run(book, one, scope), missing), strict=True))
    for ask, result in fresh.items():
        if isinstance(result, Answered):
            memory.put((known, ask), result)
    failed = [one for one in fresh.values() if isinstance(one, DeskbookError)]
    if failed and len(failed) == len(wanted):
        raise failed[0]
    return Numbers(scope, {ask.key: fresh.get(ask) or memory.get((known, ask)) for ask in wanted}, letter)


def words(book: Book, dimension: str, memory: Memory) -> list[str]:
    """The words a dimension holds in the newest snapshot."""
    key = ("words", book.snapshot, dimension)
    found: list[str] | None = memory.get(key)
    if found is None:
        found = book.choices(dimension)
        memory.put(key, found)
    return found


def _run(book: Book, ask: Ask, scope: Scope) -> Answered | DeskbookError:
    try:
        result = book.query(
            list(ask.metrics),
            by=list(ask.by),
            where=scope.where,
            period=_period(book, ask, scope),
            grain=ask.grain or None,
            compare=scope.compare if ask.compare else False,
        )
    except DeskbookError as error:
        return error
    return Answered(result, result.rows)


def _period(book: Book, ask: Ask, scope: Scope) -> Period | None:
    """When an ask is about: the page's period, the one before, or what lies ahead."""
    if ask.ahead_hours:
        now = book.now().astimezone(ZoneInfo(book.settings.zone)).replace(microsecond=0)
        ends = [moment.replace(tzinfo=None).isoformat() for moment in (now, now + timedelta(hours=ask.ahead_hours))]
        return book.period("..".join(ends))
    if ask.back_days:
        ended = min(filter(None, (scope.period.until, book.now()))).astimezone(ZoneInfo(book.settings.zone))
        last = (ended - timedelta(microseconds=1)).date()
        return book.period(f"{last - timedelta(days=ask.back_days - 1)}..{last}")
    return scope.earlier if ask.before else scope.period


def metric(name: str) -> Metric:
    """The metric of that name."""
    return registry[name]
