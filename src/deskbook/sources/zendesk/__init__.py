"""Zendesk: tickets with messages and history, people, hours, promises and ratings, by its exports and its webhooks.

`pulling` asks, through `exports` and `asking`; `rows`, `histories` and `hours` make standard rows of what came.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from deskbook.schema import Batch
from deskbook.sources.contract import Clock, Cursor, Entry, Page, Told, source
from deskbook.sources.http import App, Fetch, Wire, web_options
from deskbook.sources.payloads import payload_page
from deskbook.sources.zendesk import hooks
from deskbook.sources.zendesk.exports import Export
from deskbook.sources.zendesk.options import ZendeskOptions, account
from deskbook.sources.zendesk.pulling import EXPORTS, ORIGIN, Pull
from deskbook.sources.zendesk.rows import normalised


@source("zendesk")
class Zendesk:
    """An account of Zendesk. The entry has `subdomain`, and an OAuth client or `email` and `api_token`."""

    def __init__(self, entry: Entry, clock: Clock, wire: Wire | None = None) -> None:
        self._entry, self._clock, self._wire = entry, clock, wire or Wire()
        self._options = web_options(ZendeskOptions, entry)
        self._options.check(entry)

    @property
    def app(self) -> App | None:
        """The OAuth client that a person lets in; None where there is a token, or nobody has to."""
        return self._options.app if self._options.grant == "refresh_token" else None

    def pull(self, cursor: Cursor) -> Iterator[Page]:
        """Pages of what is new or changed; nothing if nothing is."""
        with self._fetch().open() as fetch:
            yield from Pull(self._entry, self._options, fetch, cursor).pages()

    def normalise(self, page: Page) -> list[Batch]:
        """The page as batches of standard tables."""
        return normalised(page, self._clock())

    def sample(self, rows: int) -> pa.Table:
        """The first tickets, without their messages."""
        export: Export = EXPORTS["tickets"]()
        export.read({}, self._options.begins(self._entry))
        with self._fetch().open() as fetch:
            found, _ = next(export.pages(fetch, self._entry.name, min(rows, self._options.page_rows)), ([], {}))
        return payload_page(found[:rows], f"{ORIGIN} tickets", {}).rows

    def told(self, headers: Mapping[str, str], body: bytes) -> Told:
        """What a webhook says."""
        return hooks.told(headers, body, self._options.webhook_secret, self._entry.name, self._clock())

    def fetched(self, about: Sequence[Mapping[str, Any]], cursor: Cursor) -> Iterator[Page]:
        """Pages of what webhooks were about; the cursor stays as it is."""
        with self._fetch().open() as fetch:
            yield from Pull(self._entry, self._options, fetch, cursor).about(about)

    def _fetch(self) -> Fetch:
        return Fetch(account(self._options, self._entry), self._wire, self._options.meter(self._entry))
