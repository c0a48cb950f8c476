"""A workspace, open: its catalog, its lake, its rules, its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from deskbook import metrics as m
from deskbook.access import LOCAL, Actor
from deskbook.book.annotations import AnnotationRows, Annotations
from deskbook.book.asking import Asking
from deskbook.book.connecting import Connecting
from deskbook.book.drafts import Drafts
from deskbook.book.indexing import Indexing
from deskbook.book.part import part
from deskbook.book.rows import Rows, When, Where
from deskbook.book.sampling import Samples
from deskbook.book.savedfilters import SavedFilters
from deskbook.book.syncing import HeldRota, Syncing
from deskbook.catalog import Catalog, Current
from deskbook.clocks import Explained, Rules, make_rules
from deskbook.metrics.verify import Verdict, claims, verify
from deskbook.metrics.worktime import Schedule, days_off
from deskbook.settings import Settings, storage
from deskbook.sources import Clock, utc_now
from deskbook.store import (
    DeliveryLog,
    HotCopies,
    HotFiles,
    HotView,
    Lake,
    Merging,
    Saves,
    State,
    Wishes,
    compact,
    parse_merges,
    reported_measures,
)
from deskbook.store.rows import choices

if TYPE_CHECKING:
    from deskbook.reports.deliver import Subscriptions


class Book(SavedFilters, Annotations, Asking, Indexing, Connecting, Syncing, Rows):
    """A workspace, open: its catalog, its lake, its numbers.

    Args:
        settings: what the workspace is set to.
        clock: the moment it is now; tests give another.
        actor: who asks; whoever sits at the machine unless told.
    """

    def __init__(self, settings: Settings, *, clock: Clock = utc_now, actor: Actor = LOCAL) -> None:
        self.settings = settings
        self.clock = clock
        self.actor = actor
        self._pinned: HotView | None = None
        self._pinned_of: Book | None = None
        self._held_schedules: dict[int, tuple[Schedule, ...]] = {}
        self._annotated = AnnotationRows()
        self._held_rota = HeldRota()
        self._catalogs = Current(settings.workspace / "catalogs", self.keeper)
        self._samples = Samples()

    def __repr__(self) -> str:
        return f"<Book {self.settings.name!r} at {self.settings.workspace}>"

    @property
    def catalog(self) -> Catalog:
        """Every data source of the workspace; `book.catalog[name].read()` gives its rows as they are."""
        return self._catalogs.catalog()

    @part
    def lake(self) -> Lake:
        """The store of rows, cursors and quarantine."""
        made = self.settings
        return Lake(
            made.database_url, made.files_url, state=made.state, encrypted=made.encrypted, storage=storage(made)
        )

    @part
    def state(self) -> State:
        """What each sync did."""
        self.settings.state.mkdir(parents=True, exist_ok=True)
        return State(self.settings.database_url)

    @part
    def saves(self) -> Saves:
        """What people keep under a name: filters, layouts, subscriptions."""
        return Saves(self.state.engine, self.settings.tenant)

    @part
    def wishes(self) -> Wishes:
        """What each person wants of the pages themselves."""
        return Wishes(self.state.engine, self.settings.tenant)

    @part
    def deliveries(self) -> DeliveryLog:
        """What was sent to whom, and what was not."""
        return DeliveryLog(self.state.engine)

    def subscriptions(self, actor: Actor | None = None) -> Subscriptions:
        """What somebody has subscribed to, whoever asks this book unless told; an admin sees everybody's."""
        from deskbook.reports.deliver import Subscriptions

        return Subscriptions(self, actor or self.actor)

    def drafts(self, actor: Actor | None = None) -> Drafts:
        """Sources to add and mappings to change, for whoever asks this book unless told; only an admin may."""
        return Drafts(self, actor or self.actor, self._samples)

    @property
    def rules(self) -> Rules:
        """How tickets are measured: schedules, policies and switches of the workspace and its help desks."""
        made, tenant = self.settings, self.settings.tenant
        return make_rules(
            zone=made.zone,
            schedules=made.schedules,
            policies=made.policies,
            switches=made.rules,
            schedule_rows=self.lake.read("schedules", tenant).to_pylist(),
            policy_rows=self.lake.read("sla_policies", tenant).to_pylist(),
        )

    def source_rows(self, table: str) -> list[dict[str, Any]]:
        """Rows of a small standard table, in this book's snapshot."""
        rows: list[dict[str, Any]] = self.lake.read(table, self.settings.tenant, snapshot=self.snapshot).to_pylist()
        return rows

    @part
    def _hot(self) -> HotCopies:
        made = self.settings
        return HotCopies(self.lake, HotFiles(made.state / "hot", self.state.key("hot") if made.encrypted else ""))

    def view(self, snapshot: int | None = None, zone: str | None = None) -> HotView:
        """The hot copy of the newest snapshot, or of a given one."""
        held = self._pinned
        if held and snapshot in (None, held.snapshot) and zone in (None, held.zone):
            return held
        return self._hot.view(self.settings.tenant, zone or self.settings.zone, snapshot)

    def pinned(self, *, wait: bool = True, looks: bool = True) -> Book:
        """This book with every read from one snapshot: for one page, one report.

        Args:
            wait: take the newest snapshot, also where it is yet to be copied; else the newest that is ready.
            looks: where it does not wait, whether a newer one is looked for, and made ready meanwhile.
        """
        copies, made = self._hot, self.settings
        view = (
            copies.view(made.tenant, made.zone)
            if wait
            else copies.ready(made.tenant, made.zone, others_make=self.is_watched, looks=looks)
        )
        book = copy(self)
        book._pinned, book._pinned_of = view, self._pinned_of or self
        return book

    @property
    def is_copy_coming(self) -> bool:
        """Whether a newer snapshot than the one that is ready will be in a moment."""
        return self._hot.is_coming(self.settings.tenant, self.settings.zone)

    @property
    def snapshot(self) -> int:
        """Number of the lake's newest snapshot; of the one this book is pinned to, if it is."""
        return self._pinned.snapshot if self._pinned else self.lake.snapshot()

    @property
    def data_until(self) -> datetime | None:
        """The newest moment the data speaks of (naive UTC); None when there is none."""
        return self.view().data_until

    def now(self) -> datetime:
        """The moment relative periods start from: the clock, or the newest data if so set."""
        until = self.view().data_until if self.settings.today == "data" else None
        return until.replace(tzinfo=UTC) if until else self.clock()

    def period(self, period: When = None, *, since: str | None = None, until: str | None = None) -> m.Period:
        """A period from words: `-30d`, `last week`, `2026-10`, or from two dates (both included)."""
        if isinstance(period, m.Period):
            return period
        if since or until:
            return m.span(since, until, now=self.now(), zone=self.settings.zone)
        if not period:
            return m.Period(zone=self.settings.zone)
        return m.parse_period(period, now=self.now(), zone=self.settings.zone)

    def query(
        self,
        metrics: str | Sequence[str],
        *,
        by: str | Sequence[str] = (),
        where: Where = None,
        period: When = None,
        since: str | None = None,
        until: str | None = None,
        grain: str | None = None,
        compare: bool | str = False,
    ) -> m.Result:
        """Numbers with their receipt.

        Args:
            metrics: one or more names; `book.metrics` lists them.
            by: dimensions to cut by, such as `team`, `channel`, `weekday`, `tag`, `custom.plan`.
            where: a filter such as `channel = chat and priority in (high, urgent)`, a mapping of dimension
                to value, or `@name` of a saved one.
            period: `-30d`, `last week`, `2026-10`, `2026-10-01..2026-10-15`; all time if absent.
            since: first day or moment, instead of a period.
            until: last day (included) or moment.
            grain: hour, day, week, month or quarter, for a series.
            compare: also give the period before and the change; `alike` compares with the same weekdays
                before, without days off and the days beside them; `year` with the same dates a year before.

        Returns:
            `.frame` (one row a group), `.rows` (plain values) and `.receipt`.

        Examples:
            >>> import deskbook
            >>> deskbook.open().query("tickets_created", by="team").frame  # doctest: +SKIP
        """
        names = m.expand(metrics)
        cuts = [*m.expand(by), *([grain] if grain else [])]
        span, desk = self.period(period, since=since, until=until), self.desk()
        if compare == "alike":
            desk = replace(desk, days_off=self.days_off(span))
        return m.query(desk, names, by=cuts, where=self.filter(where), period=span, compare=compare)

    def days_off(self, period: When = None) -> tuple[date, ...]:
        """Days of a period, or of the same weekdays before it, on which a schedule stays closed that its week opens."""
        span = self.period(period)
        earlier = span.alike()
        if earlier is None:
            return ()
        found = days_off(self._schedules(), earlier.dates[0], span.dates[-1])
        return m.pair_of(span, earlier, found).days_off

    def _schedules(self) -> tuple[Schedule, ...]:
        """The schedules in force, read once a snapshot."""
        snapshot = self.snapshot
        if snapshot not in self._held_schedules:
            self._held_schedules.clear()
            self._held_schedules[snapshot] = self.rules.schedules
        return self._held_schedules[snapshot]

    def desk(
        self, snapshot: int | None = None, zone: str | None = None, given: Mapping[str, Any] | None = None
    ) -> m.Desk:
        """What `metrics.query` runs on: the newest data, or that of a snapshot."""
        now = self.now()  # first: looking at the newest copy lets go of old ones
        view = self.view(snapshot, zone)
        target = (given or {}).get("first_reply_target_minutes", self.settings.first_reply_target_minutes)
        return m.Desk(
            con=view.cursor(),
            tenant=view.tenant,
            zone=view.zone,
            snapshot=view.snapshot,
            data_until=view.data_until,
            first_reply_target_minutes=int(target),
            carried_at=view.carried_at,
            now=now,
        )

    @property
    def metrics(self) -> pd.DataFrame:
        """Every metric with its label, unit, meaning and version."""
        return pd.DataFrame([metric.card() for metric in m.registry.values()]).set_index("name")

    def choices(self, dimension: str) -> list[str]:
        """The words a dimension holds now, such as the names of the teams."""
        one = m.dimension(dimension)
        return choices(self.view(), one.sql, are_several=one.kind == "tag")

    def compact(self) -> dict[str, int]:
        """Merge small files of the lake where a table has many: table -> files merged. Old receipts hold."""
        return compact(self.lake)

    @property
    def merging(self) -> Merging:
        """How tickets that several sources hold become one each, as `[[merges]]` says."""
        return Merging(self.lake, self.settings.tenant, parse_merges(self.settings.merges))

    def measure(self, *, progress: Callable[[int, int], None] | None = None) -> int:
        """Work out the clocks of tickets whose history or rules changed; how many. A ticket counts once measured."""
        from deskbook.sync import Cluster, measure_tickets

        self.merging.run()
        with Cluster(self.settings.scheduler) as cluster:
            return measure_tickets(
                self.lake, self.rules, tenant=self.settings.tenant, cluster=cluster, progress=progress
            )

    def explain(self, measure: str, ticket_id: str | None = None, **given: Any) -> Explained:
        """Why numbers that sources report differ from ours, by ticket and by cause; also `source`, `theirs_seconds`."""
        from deskbook.sync import explain_reported

        made = self.settings
        return explain_reported(
            self.lake, self.rules, measure, tenant=made.tenant, zone=made.zone, ticket_id=ticket_id, **given
        )

    def reported(self) -> list[str]:
        """The measures that sources report numbers of their own of, in alphabetical order."""
        return reported_measures(self.lake, self.settings.tenant)

    def findings(self) -> pd.DataFrame:
        """What is odd in histories, schedules and policies: name, subject, count, said, applied (the rule)."""
        from deskbook.sync.health import find_oddities

        return find_oddities(self.lake, self.rules, self.settings.tenant, self.merging.oddities())

    def verify(self, document: Any) -> list[Verdict]:
        """Compute every receipt in a document again (query output, answer, report notebook).

        Each is computed on its own snapshot, with its own zone and targets.
        """

        def desk_of(receipt: m.Receipt) -> m.Desk:
            return self.desk(receipt.snapshot, receipt.zone, receipt.given)

        return [verify(claim, desk_of) for claim in claims(document)]
