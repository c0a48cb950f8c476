"""How many people react to what customers write in public.

The figures are custom fields of the ticket, as its source told them last; they are read from there, as few desks have
them and no column of the hot copy should wait for those.
"""

from __future__ import annotations

from typing import Final

from deskbook.metrics.metric import define

ORIGIN: Final = "X API v2 public_metrics"
KINDS: Final = {"likes": "Likes", "replies": "Replies by others", "reposts": "Reposts", "quotes": "Quoting posts"}
"""Custom field -> what it is called; a reply is otherwise one of ours."""


def _figure(name: str) -> str:
    """SQL of a custom field as a whole number; unknown where it is none."""
    return f"TRY_CAST(json_extract_string(custom, '$.{name}') AS BIGINT)"


REACTIONS: Final = " + ".join(f"coalesce({_figure(name)}, 0)" for name in KINDS)
IS_PUBLIC: Final = f"{_figure('likes')} IS NOT NULL"
"""A post of which the source tells how many liked it, if none did."""

SOCIAL_REACTIONS = define(
    name="social_reactions",
    label="Reactions",
    table="tickets",
    at="created_at",
    rests_on=IS_PUBLIC,
    sql=f"coalesce(sum({REACTIONS}) FILTER ({IS_PUBLIC}), 0)::BIGINT",
    additive=True,
    unit="reactions",
    better="neutral",
    note="Likes, replies, reposts and quotes of the customer's first post, as they were when it was last read.",
    origin=ORIGIN,
    words=("reactions", "engagement", "social engagement"),
)

SOCIAL_REACTIONS_PER_POST = define(
    name="social_reactions_per_post",
    label="Reactions per post",
    table="tickets",
    at="created_at",
    rests_on=IS_PUBLIC,
    sql=f"sum({REACTIONS}) FILTER ({IS_PUBLIC})::DOUBLE / nullif(count(*) FILTER ({IS_PUBLIC}), 0)",
    unit="reactions",
    better="neutral",
    note="Likes, replies, reposts and quotes of a customer's first post, on average.",
    origin=ORIGIN,
    words=("reactions per post", "engagement per post", "engagement rate"),
    decimals=1,
)

for _name in KINDS:
    define(
        name=f"social_{_name}",
        label=KINDS[_name],
        table="tickets",
        at="created_at",
        rests_on=f"{_figure(_name)} > 0",
        sql=f"coalesce(sum({_figure(_name)}), 0)::BIGINT",
        additive=True,
        unit=_name,
        better="neutral",
        note=f"Number of {_name} of the customer's first post, as they were when it was last read.",
        origin=ORIGIN,
        words=(f"social {_name}",),
    )
