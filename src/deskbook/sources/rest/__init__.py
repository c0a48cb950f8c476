"""Any REST API: a catalog entry alone says whom to ask, what for, how pages follow each other and where rows stand.

The grammar is the declarative part of dlt's rest_api, so its public documentation serves here; requests go through
`deskbook.sources.http`, and dlt is not needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa

from deskbook.errors import ConfigError, UnknownName
from deskbook.schema import Batch
from deskbook.sources import mapping
from deskbook.sources.arrays import json_text
from deskbook.sources.contract import Clock, Cursor, Entry, Page, source
from deskbook.sources.documents import document_table, flatten
from deskbook.sources.http import Account, App, Fetch, Limit, Wire, account_of
from deskbook.sources.payloads import payloads
from deskbook.sources.rest.grammar import Pace, Resource, client_of, made, resources_of, rest_options
from deskbook.sources.rest.pulling import OF, Pull
from deskbook.sources.rest.reading import Reader
from deskbook.sources.rest.signing import signed
from deskbook.sources.rules import has_history


@source("rest")
class Rest:
    """An API that its entry describes."""

    def __init__(self, entry: Entry, clock: Clock, wire: Wire | None = None) -> None:
        self._entry, self._clock, self._wire = entry, clock, wire or Wire()
        self._options = options = rest_options(entry)
        self._client = client_of(options, entry)
        self.resources: Mapping[str, Resource] = resources_of(options, self._client, entry)
        self._signed = signed(self._client.auth, entry)
        self._reader = Reader(options, entry.name, frozenset(self._signed.params))
        pace = made(Pace, options.limits, f"limits: of entry '{entry.name}'")
        self._base_url = options.base_url or self._client.base_url
        self._account: Account = account_of(
            options,
            entry,
            base_url=self._base_url,
            auth=self._signed.auth,
            params=self._signed.params,
            headers={name: str(value) for name, value in self._client.headers.items()},
            limits={"": Limit(**pace.__dict__)},
            judge=self._reader.judge,
            tries=max(1, options.tries),
        )
        if has_history(entry):
            raise ConfigError(
                f"Entry '{entry.name}' maps with history:, which compares rows with each other, but an API gives them "
                "page by page. Map each state as it comes, or read an export of them as files."
            )
        self._tables = _by_resource(entry, self.resources)

    @property
    def app(self) -> App | None:
        """The application that a person lets in; None where the entry has a key or token of its own."""
        return self._signed.app

    def pull(self, cursor: Cursor) -> Iterator[Page]:
        """Pages of what is new, resource by resource.

        Raises:
            SourceError: the API refuses, does not answer, or sends what is not understood.
        """
        taken = frozenset(self._tables) if self._tables else None
        yield from self._pages(cursor, taken)

    def normalise(self, page: Page) -> list[Batch]:
        """The page as standard tables, by what the mapping says of its resource."""
        name = page.origin.partition(OF)[0]
        if not self._tables:
            return mapping.normalise(self._entry, page, self._clock())  # which says what is missing
        entry = replace(self._entry, table="", mapping={"tables": self._tables.get(name, {})})
        return mapping.normalise(entry, page, self._clock()) if page.rows.num_rows else []

    def sample(self, rows: int) -> pa.Table:
        """The first rows of the first resource that the mapping reads; without one, of the first there is."""
        wanted = next(iter(self._tables), next(iter(self.resources)))
        found: list[dict[str, Any]] = []
        pages = self._pages({}, frozenset({wanted}))
        for page in pages:
            found += payloads(page)
            if len(found) >= rows:
                break
        pages.close()  # type: ignore[attr-defined]
        return flatten(document_table([json_text(one) for one in islice(found, rows)]))

    def _pages(self, cursor: Cursor, taken: frozenset[str] | None) -> Iterator[Page]:
        fetch = Fetch(self._account, self._wire, self._options.meter(self._entry))
        with fetch.open():
            origin = urlsplit(self._base_url).netloc
            yield from Pull(self._reader, self.resources, taken, origin, cursor).pages(fetch)


def _by_resource(entry: Entry, resources: Mapping[str, Resource]) -> dict[str, dict[str, Any]]:
    """Resource -> table -> its mapping; empty where the entry has none yet."""
    if not entry.mapping:
        return {}
    tables = entry.mapping.get("tables", {entry.table: entry.mapping})
    if not isinstance(tables, Mapping) or not all(isinstance(one, Mapping) for one in tables.values()):
        raise ConfigError(f"Entry '{entry.name}': mapping tables: wants a mapping for each table's name.")
    found: dict[str, dict[str, Any]] = {}
    for table, told in tables.items():
        name = told.get("resource") or (next(iter(resources)) if len(resources) == 1 else None)
        if name is None:
            raise ConfigError(
                f"Entry '{entry.name}' reads {', '.join(resources)}, and maps {table} without saying which of them it "
                "is made from. Write resource: into the table's mapping."
            )
        if name not in resources:
            raise UnknownName(f"resource where entry '{entry.name}' maps {table}", str(name), resources)
        found.setdefault(str(name), {})[table] = {key: one for key, one in told.items() if key != "resource"}
    return found
