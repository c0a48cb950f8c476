"""What a search index reads of the lake: a hash of each message's state, and the messages whose state is new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from deskbook.store.lake import Lake, at

BATCH_ROWS: Final = 10_000


TICKETS: Final = """
    SELECT *, hash(subject, team, channel, status) AS described FROM (
        SELECT t.source, t.id, coalesce(t.subject, '') AS subject, coalesce(t.team, g.name, t.team_id, '') AS team,
               coalesce(t.channel, '') AS channel, coalesce(t.status, '') AS status
        FROM lake.tickets t{at}
        LEFT JOIN lake.teams g{at} ON g.tenant = t.tenant AND g.source = t.source AND g.id = t.team_id
        WHERE t.tenant = $tenant
    )
"""
KEY: Final = "hash(m.source, m.id)"
STATE: Final = "hash(m.row_hash, a.described, coalesce(s.language, ''))"
JOINED: Final = f"""
    FROM (SELECT {{columns}} FROM lake.messages m{{at}} WHERE m.tenant = $tenant{{where}}) m
    LEFT JOIN ({TICKETS}) a ON a.source = m.source AND a.id = m.ticket_id
    LEFT JOIN lake.message_scores s{{at}} ON s.tenant = $tenant AND s.source = m.source AND s.id = m.id
"""
STATES: Final = f"""
SELECT {KEY} AS key, {STATE} AS state, coalesce(s.language, '') AS language, m.sent_at {JOINED}
"""
TURNS: Final = f"""
SELECT {KEY} AS key, {STATE} AS state, m.source, m.ticket_id, m.id, epoch_us(m.sent_at) AS sent_at,
       m.author_role AS role, coalesce(m.text, '') AS text, coalesce(a.subject, '') AS subject,
       coalesce(a.team, '') AS team, coalesce(a.channel, '') AS channel, coalesce(a.status, '') AS status,
       coalesce(s.language, '') AS language {JOINED}
"""


@dataclass(frozen=True)
class LakeTurns:
    """The messages of a tenant, as of one snapshot.

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
        """One row a message: key, state (a hash of all that is indexed of it), language ('' where unknown), sent_at.

        No text is read, which is most of what a lake holds.
        """
        return self._states

    @cached_property
    def _states(self) -> pa.Table:
        sql = STATES.format(at=at(self.snapshot), where="", columns="source, id, ticket_id, sent_at, row_hash")
        return self.lake.con.cursor().execute(sql, {"tenant": self.tenant}).to_arrow_table()

    def read(self, keys: Any | None) -> Iterator[pa.Table]:
        """Messages with these keys (all for None), in batches of 10,000.

        Columns: key, state, source, ticket_id, id, sent_at (microseconds since 1970), role, text, subject, team,
        channel, status, language; empty text where unknown.
        """
        con, bound, where = self.lake.con.cursor(), {"tenant": self.tenant}, ""
        if keys is not None:
            wanted = pa.array(keys, pa.uint64())
            con.register("wanted_keys", pa.table({"key": wanted}))
            # Files are told apart by the moments they hold, not by hashes: this leaves most of them unread.
            sent = self._states["sent_at"].filter(pc.is_in(self._states["key"], value_set=wanted))
            spread = pc.min_max(sent).as_py()
            bound |= {"first": spread["min"], "last": spread["max"]}
            where = f" AND m.sent_at BETWEEN $first AND $last AND {KEY} IN (SELECT key FROM wanted_keys)"
        columns = "source, id, ticket_id, sent_at, row_hash, author_role, text"
        sql = TURNS.format(at=at(self.snapshot), where=where, columns=columns)
        for batch in con.execute(sql, bound).to_arrow_reader(BATCH_ROWS):
            if batch.num_rows:
                yield pa.Table.from_batches([batch])
        con.close()
