"""Scoring: text columns for customer messages that are new or changed, batch by batch."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final, Literal

import pyarrow as pa

from deskbook.store import Lake, count_unscored, unscored, write_scores
from deskbook.sync.cluster import Cluster

BATCH_ROWS = 200_000
PART_ROWS: Final = 10_000
"""Messages of one partition on a cluster: half a second of work, a few megabytes."""


def score_messages(
    lake: Lake,
    *,
    tenant: str,
    method: Literal["lexicon", "semantic"] = "lexicon",
    workers: int = 1,
    cluster: Cluster | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Language and sentiment of every customer message that has none yet.

    Args:
        workers: processes to spread over, where there is enough to do for it to pay.
        cluster: where to score instead, partition by partition; the rows are the same.
        progress: told (messages done, messages in all) after each commit.

    Returns:
        Messages scored; 0 makes no snapshot.
    """
    from deskbook.text import score_texts, scorer_name

    scorer = scorer_name(method)
    total = count_unscored(lake, tenant, scorer)
    if not total:
        return 0
    done = 0
    for batch in unscored(lake, tenant, scorer, batch_rows=BATCH_ROWS):
        if cluster and cluster.is_set:
            rows = range(0, batch.num_rows, PART_ROWS)
            parts = [batch["text"].slice(row, PART_ROWS).combine_chunks() for row in rows]
            scores = pa.concat_tables(cluster.map(partial(_scored, method), parts))
        else:
            scores = score_texts(batch["text"], method=method, workers=workers)
        for name in ("source", "id", "text_hash"):
            scores = scores.append_column(name, batch[name])
        write_scores(lake, tenant, scores)
        done += batch.num_rows
        if progress:
            progress(done, total)
    return done


def _scored(method: Literal["lexicon", "semantic"], texts: Any) -> pa.Table:
    """What a worker does with its share."""
    from deskbook.text import score_texts

    return score_texts(texts, method=method)
