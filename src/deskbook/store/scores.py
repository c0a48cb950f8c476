"""What the text room worked out about each customer message, kept beside the messages."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from deskbook.store.lake import Lake

UNSCORED = """
FROM lake.messages m
LEFT JOIN lake.message_scores s ON s.tenant = m.tenant AND s.source = m.source AND s.id = m.id
WHERE m.tenant = $tenant AND m.author_role = 'customer' AND m.text IS NOT NULL
  AND (s.id IS NULL OR s.text_hash <> hash(m.text) OR s.scorer <> $scorer)
"""


def count_unscored(lake: Lake, tenant: str, scorer: str) -> int:
    """Customer messages that are new, changed, or were scored by another scorer."""
    row = lake.con.cursor().execute(f"SELECT count(*) {UNSCORED}", {"tenant": tenant, "scorer": scorer}).fetchone()
    return int(row[0]) if row else 0


def unscored(lake: Lake, tenant: str, scorer: str, *, batch_rows: int) -> Iterator[pa.Table]:
    """Those messages, in batches: source, id, text, text_hash. Read from one snapshot."""
    result = lake.con.cursor().execute(
        f"SELECT m.source, m.id, m.text, hash(m.text) AS text_hash {UNSCORED}", {"tenant": tenant, "scorer": scorer}
    )
    for batch in result.to_arrow_reader(batch_rows):
        if batch.num_rows:
            yield pa.Table.from_batches([batch])


def write_scores(lake: Lake, tenant: str, scores: pa.Table) -> None:
    """Write one batch of scores in one commit, in place of older ones of the same messages.

    Args:
        scores: source, id, text_hash and the columns of `deskbook.text.score_texts`.
    """
    with lake.writing() as con:
        con.register("scored", scores)
        same = "tenant = $1 AND EXISTS (FROM scored n WHERE n.source = lake_scores.source AND n.id = lake_scores.id)"
        row = con.execute(f"SELECT count(*) FROM lake.message_scores lake_scores WHERE {same}", [tenant]).fetchone()
        if row and row[0]:
            con.execute(
                "DELETE FROM lake.message_scores WHERE tenant = $1 AND (source, id) IN (SELECT source, id FROM scored)",
                [tenant],
            )
        con.execute("INSERT INTO lake.message_scores BY NAME SELECT $1 AS tenant, * FROM scored", [tenant])
        con.unregister("scored")
