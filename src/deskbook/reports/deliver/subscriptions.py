"""What people subscribe to on a page: kept by owner and version, read into the same schedules as dashboards hold."""

from __future__ import annotations

import hashlib
import logging
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from deskbook.access import Actor
from deskbook.errors import AccessDenied, BadValue, ConfigError, DeskbookError, UnknownName, about
from deskbook.reports.deliver.channels import Place
from deskbook.reports.deliver.due import next_due, next_times
from deskbook.reports.deliver.permits import Permits, read_permits
from deskbook.reports.deliver.round import deliver, open_office
from deskbook.reports.deliver.schedule import READ, Schedule, read_schedule
from deskbook.reports.parameters import page_values
from deskbook.store import Delivery, Saved

log = logging.getLogger(__name__)
KIND: Final = "subscription"
SEEN_BY: Final = ("admin",)
"""Who else sees what somebody subscribed to."""
MOST: Final = 50
"""Subscriptions of one person."""
CLOSEST_MINUTES: Final = 15
LOOKED_AT: Final = 50
"""Times ahead that are looked at for two that are too close."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """What a person fills in.

    Attributes:
        parameters: of the page, as text or typed.
        to: forms of the report.
        at: cron line, on the clock of `zone` (the workspace's if empty).
        folder: below the folder of deliveries; None for no files there, empty for the folder itself.
        webhooks: names of environment variables.
        only_if: such as `csat_good_pct < 80`; empty sends in any case.
    """

    page: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    to: tuple[str, ...] = ()
    at: str = ""
    zone: str = ""
    email: tuple[str, ...] = ()
    folder: str | None = None
    webhooks: tuple[str, ...] = ()
    skip_unchanged: bool = False
    only_if: str = ""
    paused: bool = False

    def schedule(self, name: str, place: Place, permits: Permits) -> dict[str, Any]:
        """The same as a dashboard would have it.

        Raises:
            ConfigError: it goes where it may not.
        """
        if not self.at:
            with about("at"):
                raise place.wrong('at is empty. Write minute, hour, day, month and weekday, such as "0 8 * * mon".')
        if not self.to:
            with about("to"):
                raise place.wrong("it has no form. Choose at least one, such as PDF.")
        send = permits.send(self.email, self.folder, self.webhooks, place)
        if not send:
            with about("email"):
                raise place.wrong("it goes nowhere. Name an e-mail address, a folder or a webhook.")
        values: dict[str, Any] = {"name": name, "page": self.page, "parameters": dict(self.parameters)}
        values |= {"to": list(self.to), "at": self.at, "zone": self.zone, "send": send}
        values |= {"skip_unchanged": self.skip_unchanged, "only_if": self.only_if or None}
        return {key: value for key, value in values.items() if value or key in ("name", "page", "to", "at")}


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """One of them, as it stands now.

    Attributes:
        key: name of its schedule, under which the log has it.
        schedule: what is sent when; None where it cannot be meant any more.
        problem: why, in words.
        mine: whether whoever asked may change it.
    """

    name: str
    owner: str
    version: int
    key: str
    form: Form
    schedule: Schedule | None
    problem: str
    mine: bool
    changed_by: str
    changed_at: datetime

    @property
    def sends(self) -> bool:
        """Whether the worker has anything to do with it."""
        return self.schedule is not None and not self.form.paused


class Subscriptions:
    """What one actor may see and change. Each call checks their rights, and what may be sent where, again."""

    def __init__(self, book: Any, actor: Actor) -> None:
        self.book, self.actor = book, actor

    @property
    def permits(self) -> Permits:
        """Where they may send."""
        return read_permits(self.book.settings)

    def values(self, form: Form) -> dict[str, str] | None:
        """The parameters of its page, all of them, as texts; None where the page is gone."""
        try:
            return page_values(self.book.settings.workspace, form.page, form.parameters)
        except UnknownName:
            return None

    def mark(self) -> int:
        """A number that grows whenever anybody changes one."""
        return int(self.book.saves.newest(KIND))

    def seen(self) -> list[Subscription]:
        """Their own, and for an admin everybody's after those, by name."""
        permits = self.permits
        return [self._read(one, permits) for one in self.book.saves.seen(self.actor, KIND)]

    def one(self, name: str, owner: str = "") -> Subscription:
        """One of them.

        Raises:
            UnknownName: there is none for this actor, with the closest that is.
        """
        return self._read(self.book.saves.one(self.actor, KIND, name, owner=owner), self.permits)

    def keep(self, name: str, values: Mapping[str, Any], *, owner: str = "", seen: int = 0) -> Subscription:
        """Keep one, as the next version of its name.

        Args:
            values: what a person filled in, by the names of a `Form`.
            seen: version the change was made on; 0 for a new one.

        Raises:
            ConfigError, BadValue: something in it cannot be meant or is not permitted; `field` says where.
            Overtaken: somebody changed it since `seen`; nothing was written.
            AccessDenied: it is not the actor's to change.
        """
        name, owner, form = name.strip(), owner or self.actor.name, Form(**values)
        if not name:
            with about("name"):
                raise BadValue("A subscription wants a name, such as Monday billing.")
        place = Place("", name, self.book.settings.workspace)
        schedule = read_schedule(form.schedule(key_of(owner, name), place, self.permits), place)
        self._check(schedule, place)
        held = [one for one in self.book.saves.seen(self.actor, KIND) if one.owner == owner]
        before = next((one for one in held if one.name == name), None)
        if before is None and len(held) >= MOST:
            raise BadValue(f"{owner} has {MOST} subscriptions, the most there may be. Remove one first.")
        with about("name"):
            kept = self._write(name, form, owner, seen)
        standing = self.book.settings.tenant, schedule.name, schedule.rule, self._now()
        if before is None or Form(**_form(before.body)).paused:
            self.book.deliveries.begin_again(*standing)
        else:
            self.book.deliveries.seen_at(*standing)
        return self._read(kept, self.permits)

    def pause(self, name: str, *, paused: bool, owner: str = "", seen: int) -> Subscription:
        """Send it no more, or again from now on: what came due in between is not made up for.

        Raises:
            UnknownName, Overtaken, AccessDenied: as above.
        """
        held = self.book.saves.one(self.actor, KIND, name, owner=owner)
        values = _form(held.body) | {"paused": paused}
        if not paused:
            return self.keep(name, values, owner=held.owner, seen=seen)
        return self._read(self._write(name, Form(**values), held.owner, seen), self.permits)

    def remove(self, name: str, *, owner: str = "", seen: int) -> None:
        """Take one away; what it sent stays in the log.

        Raises:
            UnknownName, Overtaken, AccessDenied: as above.
        """
        self.book.saves.remove(self.actor, KIND, name, at=self._now(), seen=seen, owner=owner)
        log.info("subscription removed by=%s", self.actor.name)

    def send(self, name: str, owner: str = "") -> list[Delivery]:
        """Send one now, whether or not it is paused; its conditions hold as ever.

        Raises:
            AccessDenied: it is not the actor's to send.
            ConfigError: it cannot be meant any more.
        """
        one = self.one(name, owner)
        if not one.mine:
            raise AccessDenied(f"The subscription '{name}' is {one.owner}'s; only they can send it.")
        if one.schedule is None:
            raise ConfigError(one.problem)
        return deliver(open_office(self.book), one.schedule)

    def next_at(self, one: Subscription) -> datetime | None:
        """When it is due next (UTC); None while it is paused or cannot be meant."""
        if one.schedule is None or not one.sends:
            return None
        return next_due(one.schedule.at, self._zone(one.schedule.zone), self.book.clock())

    def times(self, at: str, zone: str, count: int = 3) -> list[datetime]:
        """The next times (UTC) of a cron line.

        Raises:
            ConfigError: line or zone cannot be meant; `field` says which.
        """
        place = Place("", "new", self.book.settings.workspace)
        values = {"name": "new", "page": "", "to": [], "at": at, "zone": zone}
        for key in ("at", "zone"):
            with about(key):
                READ[key](values, place)
        return next_times(at, self._zone(zone), self.book.clock(), count)

    def last(self, one: Subscription) -> list[Delivery]:
        """What became of it the last time, at each address; empty before the first."""
        found: list[Delivery] = self.book.deliveries.recent(self.book.settings.tenant, schedule=one.key, limit=20)
        return [made for made in found if made.key.due_at == found[0].key.due_at]

    def deliveries(self, most: int) -> list[Delivery]:
        """The newest deliveries of all schedules, newest first, without those of others' subscriptions."""
        others = {
            key_of(owner, name) for owner, name in self.book.saves.named(KIND) if not self.actor.may_see(owner, SEEN_BY)
        }
        tenant = self.book.settings.tenant
        found: list[Delivery] = self.book.deliveries.recent(tenant, without=others, limit=most)
        return found

    def _check(self, schedule: Schedule, place: Place) -> None:
        """What a page refuses and a dashboard may have: filters that do not hold now, times close together."""
        from deskbook.views import asked
        from deskbook.views.memory import memory_of

        book = self.book.pinned()
        with about("parameters"):
            asked(page_values(place.workspace, schedule.page, schedule.parameters), book, memory_of(book))
        times = next_times(schedule.at, self._zone(schedule.zone), self.book.clock(), LOOKED_AT)
        least = timedelta(minutes=CLOSEST_MINUTES)
        if any(late - early < least for early, late in pairwise(times)):
            with about("at"):
                raise place.wrong(
                    f"at: '{schedule.at}' comes twice within {CLOSEST_MINUTES} minutes. Write one that comes less."
                )

    def _write(self, name: str, form: Form, owner: str, seen: int) -> Saved:
        body = {key: list(held) if isinstance(held, tuple) else held for key, held in vars(form).items()}
        made: Saved = self.book.saves.keep(
            self.actor, KIND, name, body, at=self._now(), owner=owner, shared=SEEN_BY, seen=seen
        )
        log.info("subscription kept page=%s version=%d by=%s", form.page, made.version, self.actor.name)
        return made

    def _read(self, saved: Saved, permits: Permits) -> Subscription:
        form, key, schedule, problem = Form(**_form(saved.body)), key_of(saved.owner, saved.name), None, ""
        place = Place("", saved.name, self.book.settings.workspace)
        try:
            schedule = read_schedule(form.schedule(key, place, permits), place)
        except DeskbookError as error:
            problem = str(error)
        return Subscription(
            name=saved.name,
            owner=saved.owner,
            version=saved.version,
            key=key,
            form=form,
            schedule=schedule,
            problem=problem,
            mine=self.actor.may_change(saved.owner),
            changed_by=saved.changed_by,
            changed_at=saved.changed_at,
        )

    def _now(self) -> datetime:
        now: datetime = self.book.clock()
        return now.astimezone(UTC).replace(tzinfo=None)

    def _zone(self, zone: str) -> str:
        return zone or str(self.book.settings.zone)


def key_of(owner: str, name: str) -> str:
    """The name of a subscription's schedule: readable, and apart from every other's of the workspace."""
    plain = unicodedata.normalize("NFKD", f"{owner}-{name}").encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    digest = hashlib.sha256("\n".join((owner, name)).encode()).hexdigest()
    return f"{words or 'subscription'}-{digest[:8]}"


def dashboard_of(subscriptions: Iterable[Subscription], permits: Permits, workspace: Path) -> str:
    """YAML of a dashboard that makes the same deliveries; what is paused or cannot be meant is a comment."""
    from ruamel.yaml import YAML

    listed, left = [], []
    for one in subscriptions:
        if one.sends:
            listed.append(one.form.schedule(one.key, Place("", one.name, workspace), permits))
        else:
            left.append(f"# left out: {one.name} of {one.owner}: {one.problem or 'paused'}\n".replace("\n", " ") + "\n")
    yaml, out = YAML(), StringIO()
    yaml.width = 100_000
    yaml.dump({"title": "Subscriptions", "pages": [], "schedules": listed}, out)
    return out.getvalue() + "".join(left)


def _form(body: Mapping[str, Any]) -> dict[str, Any]:
    """A body as it was kept, as the fields of a form."""
    return {key: tuple(held) if isinstance(held, list) else held for key, held in body.items()}
