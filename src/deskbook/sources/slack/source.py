"""The source of a `slack` entry, and its form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from deskbook.schema import Batch
from deskbook.sources.contract import Clock, Cursor, Entry, Page, Told, source
from deskbook.sources.forms import form, form_of
from deskbook.sources.http import App, Wire
from deskbook.sources.slack.api import app_of
from deskbook.sources.slack.events import heard
from deskbook.sources.slack.options import SlackOptions, slack_options
from deskbook.sources.slack.pulling import Pull
from deskbook.sources.slack.rows import normalise
from deskbook.sources.slack.signing import check


@source("slack")
class Slack:
    """One workspace. The cursor is that of `deskbook.sources.slack.pulling`."""

    def __init__(self, entry: Entry, clock: Clock, wire: Wire | None = None) -> None:
        self._entry, self._clock, self._wire = entry, clock, wire or Wire()
        self._options = slack_options(entry)

    def pull(self, cursor: Cursor) -> Iterator[Page]:
        """Pages of people, then of each channel's new and changed threads.

        Raises:
            AuthFailed: the token does not hold, or lacks a scope; names it.
            SourceError: Slack cannot be read.
        """
        yield from Pull(self._entry, self._options, self._clock, self._wire, cursor).pages()

    def normalise(self, page: Page) -> list[Batch]:
        """The page as agents, customers, tickets, messages and events."""
        return normalise(page, self._options, self._clock())

    @property
    def options(self) -> SlackOptions:
        """What the entry says."""
        return self._options

    def checked(self, headers: Mapping[str, str], body: bytes) -> None:
        """Raise AuthFailed unless a call is Slack's own, and of now; header names in lower case."""
        check(self._options.signing_secret, headers, body, self._clock(), self._entry.name)

    def told(self, headers: Mapping[str, str], body: bytes) -> Told:
        """What a call of the Events API says: which thread of which channel has news.

        Raises:
            AuthFailed: the signature is missing, wrong or too old.
            Unreadable: it is good, but says nothing that is known.
        """
        self.checked(headers, body)
        return heard(body, self._entry.name)

    def fetched(self, about: Sequence[Mapping[str, Any]], cursor: Cursor) -> Iterator[Page]:
        """The threads that events were about, read anew; the cursor stays as it is."""
        pull = Pull(self._entry, self._options, self._clock, self._wire, cursor)
        for page in pull.threads([(str(one["channel"]), str(one["thread"])) for one in about if one.get("thread")]):
            yield replace(page, cursor=cursor)

    @property
    def app(self) -> App | None:
        """The app that Slack knows; None where the entry has a token of its own."""
        return None if self._options.token else app_of(self._options)

    def sample(self, rows: int) -> pa.Table:
        """The first objects as Slack sends them."""
        pages = self.pull({})
        first = next(pages, None)
        pages.close()  # type: ignore[attr-defined]  # it is a generator
        return first.rows.slice(1, rows) if first else pa.table({})


form.add(
    "slack",
    form_of(
        SlackOptions,
        title="Slack",
        reads="Channels and direct messages of a Slack workspace; each thread is a ticket.",
        shown=("token", "channels", "agent_groups", "agents", "since"),
        token={
            "label": "Token",
            "required": True,
            "example": "xoxb-…",
            "help": "Of the app, under OAuth & Permissions.",
        },
        channels={"example": "help-*", "help": "Names or ids, one a line; all that the app is in when empty."},
        agent_groups={"example": "support", "help": "User groups whose members are agents, one a line."},
    ),
)
