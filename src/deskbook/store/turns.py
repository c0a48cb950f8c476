"""What a search index reads of the lake: a hash of each message's state, and the messages whose state is new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import pyarrow as pa

from deskbook.store.lake import Lake, at

BATCH_ROWS: Final = 10_000


@dataclass(frozen=True)
class LakeTurns:
    """The messages of a tenant that hold a text, as of one snapshot.

    The text is the messages' own column: where a column is masked in the lake, the index sees it masked.
    """

    lake: Lake
    tenant: str
    at_snapshot: int | None = None

    @cached_property
    def snapshot(self) -> int:
        """Number of the lake's snapshot; the newest when first asked, unless given."""
        return self.lake.snapshot() if self.at_snapshot is None else self.at_snapshot

    def states(self) -> pa.Table:
        """One row a message: key, state (a hash of all that is indexed of it) and language ('' where unknown)."""
        return self._run(f"SELECT key, state, language FROM ({self._sql()})").to_arrow_table()

    def read(self, keys: Any | None) -> Iterator[pa.Table]:
        """Messages with these keys (all for None), in batches of 10,000.

        Columns: key, state, source, ticket_id, id, sent_at (microseconds since 1970), role, text, subject, team,
        channel, status, language; empty text where unknown.
        """
        con = self.lake.con.cursor()
        where = ""
        if keys is not None:
            con.register("wanted_keys", pa.table({"key": pa.array(keys, pa.uint64())}))
            where = "WHERE key IN (SELECT key FROM wanted_keys)"
        reader = con.execute(f"FROM ({self._sql()}) {where}", {"tenant": self.tenant}).to_arrow_reader(BATCH_ROWS)
        for batch in reader:
            if batch.num_rows:
                yield pa.Table.from_batches([batch])
        con.close()

    def _run(self, sql: str) -> Any:
        return self.lake.con.cursor().execute(sql, {"tenant": self.tenant})

    def _sql(self) -> str:
        as_of = at(self.snapshot)
        return f"""
        WITH asked AS (
            SELECT t.source, t.id, coalesce(t.subject, '') AS subject, coalesce(t.team, g.name, t.team_id, '') AS team,
                   coalesce(t.channel, '') AS channel, coalesce(t.status, '') AS status
            FROM lake.tickets t{as_of}
            LEFT JOIN lake.teams g{as_of} ON g.tenant = t.tenant AND g.source = t.source AND g.id = t.team_id
            WHERE t.tenant = $tenant
        ), spoken AS (
            SELECT m.source, m.ticket_id, arg_min(s.language, (m.sent_at, m.id)) AS language
            FROM lake.messages m{as_of}
            JOIN lake.message_scores s{as_of} ON s.tenant = m.tenant AND s.source = m.source AND s.id = m.id
            WHERE m.tenant = $tenant AND s.language IS NOT NULL GROUP BY ALL
        ), said AS (
            SELECT m.source, m.ticket_id, m.id, epoch_us(m.sent_at) AS sent_at, m.author_role AS role, m.text,
                   m.row_hash, coalesce(a.subject, '') AS subject, coalesce(a.team, '') AS team,
                   coalesce(a.channel, '') AS channel, coalesce(a.status, '') AS status,
                   coalesce(s.language, p.language, '') AS language
            FROM lake.messages m{as_of}
            LEFT JOIN asked a ON a.source = m.source AND a.id = m.ticket_id
            LEFT JOIN spoken p ON p.source = m.source AND p.ticket_id = m.ticket_id
            LEFT JOIN lake.message_scores s{as_of} ON s.tenant = m.tenant AND s.source = m.source AND s.id = m.id
            WHERE m.tenant = $tenant AND m.text IS NOT NULL AND trim(m.text, ' \t\n\r') <> ''
        )
        SELECT hash(source, id) AS key, hash(row_hash, subject, team, channel, status, language) AS state,
               * EXCLUDE (row_hash)
        FROM said
        """
