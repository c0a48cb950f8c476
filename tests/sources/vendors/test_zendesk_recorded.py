"""What Zendesk's own description gives as examples."""

from __future__ import annotations

from deskbook.sources.payloads import payload_page

from ...fakes.zendesk_spec import example
from .test_zendesk import Account


def test_what_zendesk_itself_gives_as_examples_is_read() -> None:
    account = Account()
    for origin, name, key, table in (
        ("tickets", "CursorBasedExportIncrementalTicketsResponseExample", "tickets", "tickets"),
        ("sla policies", "SLAPoliciesResponseExample", "sla_policies", ""),
    ):
        page = payload_page(example(name)[key], f"zendesk {origin}", {})
        batches = account.source().normalise(page)
        assert [reject for batch in batches for reject in batch.rejects] == []
        assert not table or {batch.table: batch.rows.num_rows for batch in batches}[table] == 1
