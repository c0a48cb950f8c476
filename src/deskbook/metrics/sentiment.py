"""How customers feel: the tone of what they write."""

from __future__ import annotations

from deskbook.metrics.metric import define

SENTIMENT_MEAN = define(
    name="sentiment_mean",
    label="Sentiment, mean",
    table="messages",
    at="sent_at",
    sql=("sum(sentiment) FILTER (role = 'customer')::DOUBLE / nullif(count(sentiment) FILTER (role = 'customer'), 0)"),
    rests_on="role = 'customer' AND sentiment IS NOT NULL",
    unit="score",
    better="higher",
    note="Mean tone of customer messages, from -1 (angry) to +1 (delighted), as the chosen scorer reads it.",
    origin="VADER compound score, Hutto & Gilbert 2014, with Deskbook's support lexicon",
    words=("sentiment", "mood", "tone", "feeling", "average sentiment"),
    decimals=2,
)

SENTIMENT_NEGATIVE = define(
    name="sentiment_negative_pct",
    label="Negative messages",
    table="messages",
    at="sent_at",
    sql=(
        "100.0 * count(*) FILTER (role = 'customer' AND sentiment_label = 'negative') "
        "/ nullif(count(sentiment_label) FILTER (role = 'customer'), 0)"
    ),
    rests_on="role = 'customer' AND sentiment_label IS NOT NULL",
    unit="%",
    better="lower",
    note="Share of customer messages whose tone is negative (score of -0.05 or less).",
    origin="VADER's own threshold, Hutto & Gilbert 2014",
    words=("negative", "negative sentiment", "share negative", "unhappy", "angry", "complaints"),
    decimals=1,
)
