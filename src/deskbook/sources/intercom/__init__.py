"""Intercom: conversations with their parts, people and companies, by its REST API and its webhooks.

`pulling` asks, in passes that `passes` describes; `rows` and `parts` make standard rows of what came.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from deskbook.schema import Batch
from deskbook.sources.contract import Clock, Cursor, Entry, Page, Told, source
from deskbook.sources.http import Account, App, Fetch, Wire, web_options
from deskbook.sources.intercom import hooks
from deskbook.sources.intercom.options import MOST_ROWS, IntercomOptions, account
from deskbook.sources.intercom.passes import CONVERSATIONS, Pass, searched
from deskbook.sources.intercom.pulling import Pull, begin_of
from deskbook.sources.intercom.rows import normalised
from deskbook.sources.payloads import payload_page


@source("intercom")
class Intercom:
    """A workspace of Intercom. The entry has `token` or an OAuth app, and `region`."""

    def __init__(self, entry: Entry, clock: Clock, wire: Wire | None = None) -> None:
        self._entry, self._clock, self._wire = entry, clock, wire or Wire()
        self._options = web_options(IntercomOptions, entry)
        self._options.check(entry)
        begin_of(self._options, entry)

    @property
    def app(self) -> App | None:
        """The OAuth application that a person lets in; None where there is a token."""
        return self._options.app

    def pull(self, cursor: Cursor) -> Iterator[Page]:
        """Pages of what is new or changed; nothing if nothing is."""
        with self._fetch().open() as fetch:
            yield from Pull(self._entry, self._options, fetch, cursor, self._clock).pages()

    def normalise(self, page: Page) -> list[Batch]:
        """The page as batches of standard tables."""
        return normalised(page, self._clock())

    def sample(self, rows: int) -> pa.Table:
        """The first conversations, without their parts."""
        size = min(rows, MOST_ROWS)
        with self._fetch().open() as fetch:
            found = next(searched(fetch, Pass(CONVERSATIONS), self._entry.name, size, None), [])
        return payload_page(found[:rows], "intercom conversations", {}).rows

    def told(self, headers: Mapping[str, str], body: bytes) -> Told:
        """What a webhook says."""
        return hooks.told(headers, body, self._options.signing_secret, self._entry.name, self._clock())

    def fetched(self, about: Sequence[Mapping[str, Any]], cursor: Cursor) -> Iterator[Page]:
        """Pages of what webhooks were about; the cursor stays as it is."""
        with self._fetch().open() as fetch:
            yield from Pull(self._entry, self._options, fetch, cursor, self._clock).about(about)

    def _fetch(self) -> Fetch:
        return Fetch(self._account(), self._wire, self._options.meter(self._entry))

    def _account(self) -> Account:
        return account(self._options, self._entry)
