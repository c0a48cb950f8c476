"""One round of deliveries: what is due is made once, and goes to each address once; the log says what became of it."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from deskbook.errors import DeliveryError, DeskbookError
from deskbook.reports.deliver.channels import Channel
from deskbook.reports.deliver.due import Due, due_time
from deskbook.reports.deliver.means import Means, read_mail
from deskbook.reports.deliver.parcel import Parcel, file_name, numbers_digest
from deskbook.reports.deliver.schedule import Schedule, address_of
from deskbook.reports.forms import EVERY_ROW, write_form
from deskbook.reports.parameters import find_page, page_values
from deskbook.reports.run import Executed, execute
from deskbook.store import Delivery, DeliveryLog, Key

log = logging.getLogger(__name__)
TRIES: Final = 4
LONGEST_PAUSE_SECONDS: Final = 30
INTERRUPTED: Final = "Deskbook was stopped while sending: it may have arrived, and is not sent again."
Wanted = tuple[Delivery, Channel]


@dataclass(frozen=True)
class Office:
    """What delivering rests on: the open workspace, the log, and the means to send."""

    book: Any
    log: DeliveryLog
    means: Means

    @property
    def tenant(self) -> str:
        """Whose deliveries."""
        return str(self.book.settings.tenant)

    def zone(self, schedule: Schedule) -> str:
        """On whose clock a schedule is due."""
        return schedule.zone or str(self.book.settings.zone)

    def end(self, delivery: Delivery) -> Delivery:
        """Write down what became of a delivery, beginning it first where nothing is written down."""
        if not self.log.begin(self.tenant, delivery):
            self.log.end(self.tenant, delivery)
        key = delivery.key
        log.info("delivery schedule=%s channel=%s outcome=%s", key.schedule, key.channel, delivery.outcome)
        return delivery

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One round at a time of all who work on this lake: what is found begun was left so by a kill."""
        with self.book.lake.turn("deliver").held():
            yield


def open_office(book: Any) -> Office:
    """What delivering rests on, with the mail server of the settings and the secrets of this process's environment.

    Raises:
        ConfigError: `[mail]` cannot be meant.
    """
    made = book.settings
    means = Means(workspace=made.workspace, environ=os.environ, mail=read_mail(made.mail), clock=book.clock)
    return Office(book, book.deliveries, means)


def deliver_due(office: Office, schedules: Sequence[Schedule]) -> list[Delivery]:
    """Everything that is due and was not dealt with; of missed times only the last, and the log says so."""
    done: list[Delivery] = []
    with office.turn():
        for schedule in schedules:
            due = _due(office, schedule)
            if due is not None:
                note = f"{due.missed} earlier times were missed and are not made up for" if due.missed else ""
                done += _deliver(office, schedule, due.at.replace(tzinfo=None), note)
    return done


def deliver(office: Office, schedule: Schedule) -> list[Delivery]:
    """One schedule now, whenever it is due; its conditions hold as ever."""
    now = office.means.clock().astimezone(UTC).replace(tzinfo=None)
    with office.turn():
        return _deliver(office, schedule, now, "by hand")


def _due(office: Office, schedule: Schedule) -> Due | None:
    now = office.means.clock().astimezone(UTC)
    since = office.log.seen_at(office.tenant, schedule.name, schedule.rule, now.replace(tzinfo=None))
    zone = office.zone(schedule)
    newest = due_time(schedule.at, zone, since.replace(tzinfo=UTC), now)
    before = office.log.last_due_at(office.tenant, schedule.name)
    if newest is None or before is None or before.replace(tzinfo=UTC) < since.replace(tzinfo=UTC):
        return newest
    return due_time(schedule.at, zone, before.replace(tzinfo=UTC), now) or Due(newest.at)


def _deliver(office: Office, schedule: Schedule, due_at: datetime, note: str) -> list[Delivery]:
    wanted, done = _left(office, schedule, due_at, note)
    if not wanted:
        return done
    begun = perf_counter()
    try:
        said, holds = _asked(office, schedule)
        if not holds:
            return done + _all(office, wanted, begun, outcome="condition_not_met", note=_noted(note, said))
        return done + _run(office, schedule, wanted, begun, said)
    except (DeskbookError, OSError, RuntimeError) as error:  # a kernel that dies is a RuntimeError
        left = [one for one in wanted if one[0].key not in _settled(office, schedule, due_at)]
        return done + _all(office, left, begun, outcome="failed", error=str(error))


def _left(office: Office, schedule: Schedule, due_at: datetime, note: str) -> tuple[list[Wanted], list[Delivery]]:
    """What is still to be sent, and what a kill left begun and may not be sent again."""
    held = {one.key: one for one in office.log.due(office.tenant, schedule.name, due_at)}
    wanted: list[Wanted] = []
    closed: list[Delivery] = []
    for name, channel in schedule.send:
        key = Key(schedule=schedule.name, due_at=due_at, channel=name, address=address_of(name, channel))
        begun = held.get(key)
        if begun is not None and begun.outcome != "sending":
            continue
        if begun is not None and not channel.repeats:
            closed.append(office.end(replace(begun, outcome="failed", error=INTERRUPTED)))
            continue
        now = office.means.clock().astimezone(UTC).replace(tzinfo=None)
        again = _noted(note, "begun before and stopped") if begun else note
        wanted.append((Delivery(key=key, target=channel.shown, started_at=now, note=again), channel))
    return wanted, closed


def _settled(office: Office, schedule: Schedule, due_at: datetime) -> set[Key]:
    held = office.log.due(office.tenant, schedule.name, due_at)
    return {one.key for one in held if one.outcome != "sending"}


def _all(office: Office, wanted: Sequence[Wanted], begun: float, **facts: Any) -> list[Delivery]:
    seconds = round(perf_counter() - begun, 2)
    return [office.end(replace(one, seconds=seconds, **facts)) for one, _ in wanted]


def _asked(office: Office, schedule: Schedule) -> tuple[str, bool]:
    """What the condition comes to, in words, and whether it holds; it is asked under the report's own filters."""
    condition = schedule.only_if
    if condition is None:
        return "", True
    from deskbook.views import asked
    from deskbook.views.memory import memory_of

    book = office.book.pinned()
    values = page_values(book.settings.workspace, schedule.page, schedule.parameters)
    scope = asked(values, book, memory_of(book))
    value = book.query(condition.metric, where=scope.where, period=scope.period).value()
    return f"{condition}: it is {'unknown' if value is None else f'{value:g}'}", condition.holds(value)


def _run(office: Office, schedule: Schedule, wanted: list[Wanted], begun: float, said: str) -> list[Delivery]:
    """Run the page once, leave out who has these numbers already, make the files and send them."""
    workspace = office.book.settings.workspace
    every_row = any(form in EVERY_ROW for form in schedule.to)
    notebook = find_page(workspace, schedule.page)
    made = execute(notebook, schedule.parameters, workspace, view=schedule.view, every_row=every_row)
    facts = {"snapshot": made.data["snapshot"], "digest": numbers_digest(made.data)}
    same = [one for one in wanted if schedule.skip_unchanged and _has(office, one[0].key, facts["digest"])]
    done = _all(office, same, begun, outcome="skipped_unchanged", **facts)
    left = [one for one in wanted if one not in same]
    if not left:
        return done
    with tempfile.TemporaryDirectory() as folder:
        due_at = left[0][0].key.due_at
        parcel = Parcel(
            schedule=schedule.name,
            page=schedule.page,
            due_at=due_at,
            zone=office.zone(schedule),
            data=made.data,
            files=_files(schedule, made, Path(folder), due_at, office.means.clock()),
            said=said,
        )
        return done + [_sent(office, replace(one, **facts), channel, parcel) for one, channel in left]


def _has(office: Office, key: Key, digest: str) -> bool:
    last = office.log.last_sent(office.tenant, key)
    return last is not None and last.digest == digest


def _files(schedule: Schedule, made: Executed, folder: Path, due_at: datetime, now: datetime) -> tuple[Path, ...]:
    """The report in each of its forms; CSV of several views is an archive."""
    files = []
    for form in schedule.to:
        ending = "zip" if form == "csv" and not schedule.view else form
        file = folder / file_name(schedule.name, due_at, ending)
        write_form(made, ending, file, now)
        files.append(file)
    return tuple(files)


def _sent(office: Office, delivery: Delivery, channel: Channel, parcel: Parcel) -> Delivery:
    """Send to one address, written down before and after; a failure there keeps no other from being sent."""
    begun = perf_counter()
    if not office.log.begin(office.tenant, delivery) and not channel.repeats:
        return delivery
    outcome: Mapping[str, Any]
    try:
        note = _persistently(office.means, channel, parcel)
        outcome = {"outcome": "sent", "bytes": parcel.bytes, "note": _noted(delivery.note, note)}
    except (DeskbookError, OSError) as error:
        outcome = {"outcome": "failed", "error": str(error)}
    return office.end(replace(delivery, seconds=round(perf_counter() - begun, 2), **outcome))


def _persistently(means: Means, channel: Channel, parcel: Parcel) -> str:
    """Send, and again after a pause where that may help and sends nothing twice: at most four times."""
    tries = Retrying(
        stop=stop_after_attempt(TRIES),
        wait=wait_exponential(multiplier=2, max=LONGEST_PAUSE_SECONDS),
        retry=retry_if_exception(lambda error: isinstance(error, DeliveryError) and error.again),
        sleep=means.sleep,
        reraise=True,
    )
    note = tries(channel.send, parcel, means)
    count = tries.statistics.get("attempt_number", 1)
    return _noted(note, f"sent at try {count}") if count > 1 else note


def _noted(*parts: str) -> str:
    return "; ".join(filter(None, parts))
