"""PostgreSQL's NOTIFY on a channel: said at once when a row changes, so that a sync need not wait for its turn."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from threading import Event
from typing import TYPE_CHECKING, Final

from deskbook.errors import SourceError, Unreachable
from deskbook.sources.database import Database
from deskbook.sources.failures import driver_errors

if TYPE_CHECKING:
    from psycopg import Connection

log = logging.getLogger(__name__)
LOOK_SECONDS: Final = 0.5
"""How often it looks whether it is to stop."""
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.2, 60.0


def heard(database: Database, channel: str, stop: Event) -> Iterator[None]:
    """Yields when something was said on the channel, and once after each time the connection was lost meanwhile.

    Raises:
        SourceError: the server refuses to be listened to; a server that is away is waited for.
    """
    from tenacity import (
        RetryError,
        Retrying,
        retry_if_exception_type,
        sleep_using_event,
        stop_when_event_set,
        wait_random_exponential,
    )

    waits = wait_random_exponential(multiplier=FIRST_WAIT_SECONDS, max=LONGEST_WAIT_SECONDS)
    was_lost = False
    while not stop.is_set():
        again = Retrying(
            retry=retry_if_exception_type(Unreachable),
            wait=waits,
            stop=stop_when_event_set(stop),
            sleep=sleep_using_event(stop),
        )
        try:
            connection = again(_listening, database, channel)
        except RetryError:
            return
        with connection:
            if was_lost:
                yield  # what was said in between nobody heard
            try:
                yield from _said(connection, stop)
            except driver_errors() as error:
                failure = database.told(error)
                log.warning("notifications of %s are lost for now: %s", database.shown, failure)
                was_lost = True


def _said(connection: Connection, stop: Event) -> Iterator[None]:
    """Once for all that was said since the last look."""
    while not stop.is_set():
        if any(True for _ in connection.notifies(timeout=LOOK_SECONDS, stop_after=1)):
            for _ in connection.notifies(timeout=0):  # a burst is one wake
                pass
            yield


def _listening(database: Database, channel: str) -> Connection:
    import psycopg
    from psycopg import sql

    failure: SourceError | None = None
    for host in database.hosts:
        try:
            connection = psycopg.connect(database.libpq(host), autocommit=True, application_name="deskbook")
            connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
        except psycopg.Error as error:
            failure = database.told(error, host)
            if not isinstance(failure, Unreachable):
                raise failure from None
        else:
            return connection
    raise failure or Unreachable("There is no host.")
