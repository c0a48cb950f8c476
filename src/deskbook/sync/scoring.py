"""Scoring: text columns for customer messages that are new or changed, batch by batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from deskbook.store import Lake, count_unscored, unscored, write_scores

BATCH_ROWS = 200_000


def score_messages(
    lake: Lake,
    *,
    tenant: str,
    method: Literal["lexicon", "semantic"] = "lexicon",
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Language and sentiment of every customer message that has none yet.

    Args:
        workers: processes to spread over, where there is enough to do for it to pay.
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
        scores = score_texts(batch["text"], method=method, workers=workers)
        for name in ("source", "id", "text_hash"):
            scores = scores.append_column(name, batch[name])
        write_scores(lake, tenant, scores)
        done += batch.num_rows
        if progress:
            progress(done, total)
    return done
