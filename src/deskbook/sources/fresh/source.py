"""Freshdesk and Freshservice as sources: what they send, and the standard tables it becomes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

import pyarrow as pa

from deskbook.schema import Batch
from deskbook.sources.contract import Clock, Cursor, Entry, Page, Source, source
from deskbook.sources.forms import form, form_of
from deskbook.sources.fresh.options import (
    FreshdeskOptions,
    FreshOptions,
    FreshserviceOptions,
    account,
    first_since,
    site_of,
    size_of,
)
from deskbook.sources.fresh.product import FRESHDESK, FRESHSERVICE, Product
from deskbook.sources.fresh.promises import policy_rows, schedule_row
from deskbook.sources.fresh.pulling import Pull
from deskbook.sources.fresh.rows import (
    Desk,
    Row,
    agent_row,
    customer_row,
    event_rows,
    merged_into,
    message_row,
    opening_row,
    rating_row,
    reported_rows,
    response_row,
    ticket_row,
)
from deskbook.sources.http import Fetch, Wire, web_options
from deskbook.sources.payloads import batch_of, payloads

Placed = list[tuple[int, Row]]
TICKETS: Final = ("tickets", "spam")


class Fresh:
    """One account of either product; the cursor is that of `Pull`."""

    def __init__(
        self, product: Product, entry: Entry, options: FreshOptions, clock: Clock, wire: Wire | None = None
    ) -> None:
        self._product, self._entry, self._options, self._clock = product, entry, options, clock
        self._wire = wire or Wire()
        plan = product.plans[str(getattr(options, "plan", "growth"))]
        self._account = account(options, plan, product, entry)
        self._site = site_of(options, product, entry)
        size_of(options, entry)
        self._start = first_since(options, entry)

    def pull(self, cursor: Cursor) -> Iterator[Page]:
        """Pages of what changed, of each list in its turn.

        Raises:
            SourceError: the account does not let us in, or sends what cannot be read whole.
        """
        fetch = Fetch(self._account, self._wire, self._options.meter(self._entry))
        with fetch.open():
            yield from Pull(fetch, self._product, self._options, self._desk(cursor), cursor).pages(self._start)

    def normalise(self, page: Page) -> list[Batch]:
        """The page as standard tables, by what it is a page of."""
        stream = page.origin.rpartition(" ")[2]
        made = payloads(page)
        desk = self._desk(page.cursor)
        if stream == "deleted":
            ids = pa.array([str(one["id"]) for one in made if one.get("id") is not None], pa.string())
            return [self._batch("tickets", [], page, gone=ids)]
        if stream in TICKETS:
            return self._of_tickets(made, page, desk, is_spam=stream == "spam")
        if stream == "conversations":
            return self._of_conversations(made, page, desk)
        rows = [(place, row) for place, one in enumerate(made) for row in self._listed(stream, one)]
        return [self._batch(LISTS.get(stream, "tickets"), rows, page)]

    def sample(self, rows: int) -> pa.Table:
        """The first tickets as the account holds them; reads one page of them."""
        desk = self._desk({})
        with Fetch(self._account, self._wire, self._options.meter(self._entry)).open() as fetch:
            pull = Pull(fetch, self._product, self._options, desk, {})
            found = list(islice(pull.first(self._start), 1))
        return found[0].rows.slice(0, rows) if found else pa.table({})

    def _desk(self, cursor: Cursor) -> Desk:
        fields = cursor.get("fields", {})
        return Desk(product=self._product, site=self._site, fields=fields, statuses=self._options.statuses)

    def _batch(self, table: str, placed: Placed, page: Page, **more: Any) -> Batch:
        rows, of = [row for _, row in placed], [place for place, _ in placed]
        return batch_of(table, rows, page, self._clock(), of=of, **more)

    def _of_tickets(self, made: list[dict[str, Any]], page: Page, desk: Desk, *, is_spam: bool) -> list[Batch]:
        spam = {"is_spam": True} if is_spam else {}
        each = list(enumerate(made))
        batches = [
            self._batch("tickets", [(place, ticket_row(one, desk, **spam)) for place, one in each], page),
            self._batch("messages", [(place, opening_row(one, desk)) for place, one in each], page),
            self._batch("events", [(place, row) for place, one in each for row in event_rows(one, desk)], page),
            self._batch("reported", [(place, row) for place, one in each for row in reported_rows(one)], page),
        ]
        if not self._options.contacts:
            who = {
                one["requester"]["id"]: (place, customer_row(one["requester"]))
                for place, one in each
                if isinstance(one.get("requester"), dict) and one["requester"].get("id") is not None
            }
            batches.append(self._batch("customers", list(who.values()), page))
        return batches

    def _of_conversations(self, made: list[dict[str, Any]], page: Page, desk: Desk) -> list[Batch]:
        said: dict[str, tuple[int, Row]] = {}
        merged: Placed = []
        rated: Placed = []
        for place, one in enumerate(made):
            for message in one.get("conversations", []):
                said[str(message.get("id"))] = (place, message_row(message, one["ticket_id"], self._product))
            into = merged_into(one.get("conversations", []))
            if one.get("ticket") and into and into != str(one["ticket_id"]):
                merged.append((place, ticket_row(one["ticket"], desk, merged_into_id=into)))
            if isinstance(one.get("csat_response"), dict):
                rated.append((place, response_row(one["csat_response"], one["ticket_id"])))
        found = [self._batch("messages", list(said.values()), page)]
        found += [self._batch("tickets", merged, page)] if merged else []
        return [*found, self._batch("satisfaction", rated, page)] if rated else found

    def _listed(self, stream: str, one: dict[str, Any]) -> list[Row]:
        if stream == "agents":
            return [agent_row(one)]
        if stream == "groups":
            return [{"id": one.get("id"), "name": one.get("name")}]
        if stream == "people":
            return [customer_row(one["person"], one["companies"])]
        if stream == "sla_policies":
            return policy_rows(one["policy"], one["groups"], self._product)
        if stream == "business_hours":
            row = schedule_row(one["hours"], one["teams"], self._clock())
            return [row] if row else []
        return [rating_row(one)] if stream == "ratings" else []


LISTS: Final = {
    "agents": "agents",
    "groups": "teams",
    "people": "customers",
    "sla_policies": "sla_policies",
    "business_hours": "schedules",
    "ratings": "satisfaction",
}
"""Stream -> the table its rows become."""


@source("freshdesk")
def freshdesk(entry: Entry, clock: Clock, wire: Wire | None = None) -> Source:
    """The source of a `freshdesk` entry."""
    return Fresh(FRESHDESK, entry, web_options(FreshdeskOptions, entry), clock, wire)


@source("freshservice")
def freshservice(entry: Entry, clock: Clock, wire: Wire | None = None) -> Source:
    """The source of a `freshservice` entry."""
    return Fresh(FRESHSERVICE, entry, web_options(FreshserviceOptions, entry), clock, wire)


for made_of, options_of in ((FRESHDESK, FreshdeskOptions), (FRESHSERVICE, FreshserviceOptions)):
    form.add(
        made_of.kind,
        form_of(
            options_of,
            title=made_of.title,
            reads=f"Tickets of {made_of.title} with their conversations, people, SLA policies, hours and ratings.",
            shown=("domain", "api_key", "plan"),
            domain={"label": "Account", "example": "acme", "help": f"The name in NAME.{made_of.host}."},
            api_key={"label": "API key", "help": "Of an agent who may see all tickets: Profile settings."},
        ),
    )
