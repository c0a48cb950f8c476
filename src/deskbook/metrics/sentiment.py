"""How customers feel: the tone of what they write, and what they answer when asked."""

from __future__ import annotations

from deskbook.metrics.metric import define

SENTIMENT_MEAN = define(
    name="sentiment_mean",
    label="Sentiment, mean",
    table="messages",
    at="sent_at",
    sql=("sum(sentiment) FILTER (role = 'customer')::DOUBLE / nullif(count(sentiment) FILTER (role = 'customer'), 0)"),
    n="count(sentiment) FILTER (role = 'customer')",
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
    n="count(sentiment_label) FILTER (role = 'customer')",
    unit="%",
    better="lower",
    note="Share of customer messages whose tone is negative (score of -0.05 or less).",
    origin="VADER's own threshold, Hutto & Gilbert 2014",
    words=("negative", "negative sentiment", "share negative", "unhappy", "angry", "complaints"),
    decimals=1,
)

CSAT_GOOD = define(
    name="csat_good_pct",
    label="CSAT",
    table="tickets",
    at="created_at",
    sql="100.0 * count(*) FILTER (csat_good) / nullif(count(csat_good), 0)",
    n="count(csat_good)",
    unit="%",
    better="higher",
    note="Share of rated tickets whose last rating was good (4 or 5 of 5, or the source's own word).",
    origin="Zendesk satisfaction score",
    words=("csat", "satisfaction", "customer satisfaction", "rating", "good ratings"),
    decimals=1,
)

CSAT_RESPONSE = define(
    name="csat_response_pct",
    label="CSAT response rate",
    table="tickets",
    at="created_at",
    sql="100.0 * count(csat_good) / nullif(count(*) FILTER (csat_asked), 0)",
    n="count(*) FILTER (csat_asked)",
    unit="%",
    better="higher",
    note="Share of surveys that were answered.",
    origin="Zendesk satisfaction response rate",
    words=("csat response", "survey response", "response rate"),
    decimals=1,
)
