"""What customers answer when asked: satisfaction, recommendation, effort."""

from __future__ import annotations

from typing import Final

from deskbook.metrics.metric import define

CSAT: Final = "survey = 'csat' AND is_good IS NOT NULL"
NPS: Final = "survey = 'nps' AND score IS NOT NULL"
CES: Final = "survey = 'ces' AND score IS NOT NULL"

CSAT_GOOD = define(
    name="csat_good_pct",
    label="CSAT",
    table="tickets",
    at="created_at",
    rests_on="csat_good IS NOT NULL",
    sql="100.0 * count(*) FILTER (csat_good) / nullif(count(csat_good), 0)",
    unit="%",
    better="higher",
    note="Share of rated tickets whose last rating was good (4 or 5 of 5, or the source's own word).",
    leaves_out="Tickets that were not rated: who answers is not who was asked, see the response rate.",
    origin="Zendesk satisfaction score",
    words=("csat", "csat score", "satisfaction", "customer satisfaction", "rating", "good ratings"),
    decimals=1,
)

CSAT_RESPONSE = define(
    name="csat_response_pct",
    label="CSAT response rate",
    table="tickets",
    at="created_at",
    rests_on="csat_asked",
    sql="100.0 * count(csat_good) / nullif(count(*) FILTER (csat_asked), 0)",
    unit="%",
    better="higher",
    note="Share of surveys that were answered.",
    origin="Zendesk satisfaction response rate",
    words=("csat response", "survey response", "response rate"),
    decimals=1,
)

for _name, _label, _before, _after, _better in (
    ("csat_good_to_bad", "Turned from good to bad", "csat_first_good", "NOT csat_good", "lower"),
    ("csat_bad_to_good", "Turned from bad to good", "NOT csat_first_good", "csat_good", "higher"),
):
    define(
        name=_name,
        label=_label,
        table="tickets",
        at="created_at",
        rests_on=f"{_before} AND {_after}",
        unit="tickets",
        better=_better,
        note="Tickets created in the period that were rated more than once, and whose last rating is not the first.",
        origin="fivetran/dbt_zendesk is_good_to_bad_satisfaction_score, is_bad_to_good_satisfaction_score",
        words=(_label.lower(),),
    )

CSAT_SCORE = define(
    name="csat_score_mean",
    label="Mean rating",
    table="ratings",
    at="offered_at",
    rests_on="survey = 'csat' AND score IS NOT NULL",
    sql="round(avg(score) FILTER (survey = 'csat'), 6)",
    unit="points",
    better="higher",
    note="Mean rating on the source's own scale, of surveys sent in the period.",
    leaves_out="Surveys that were not answered.",
    origin="Intercom conversation rating",
    words=("mean rating", "average rating", "stars"),
    decimals=2,
)

NPS_SCORE = define(
    name="nps",
    label="NPS",
    table="ratings",
    at="offered_at",
    rests_on=NPS,
    sql=(
        f"100.0 * (count(*) FILTER ({NPS} AND score >= 9) - count(*) FILTER ({NPS} AND score <= 6)) "
        f"/ nullif(count(*) FILTER ({NPS}), 0)"
    ),
    unit="points",
    better="higher",
    note="Promoters (9 and 10) less detractors (0 to 6), in per cent of answers, from -100 to +100.",
    leaves_out="Surveys that were not answered.",
    origin="Reichheld, The One Number You Need to Grow, HBR 2003",
    words=("nps", "net promoter score", "recommendation"),
)

CES_EASY = define(
    name="ces_easy_pct",
    label="CES, easy",
    table="ratings",
    at="offered_at",
    rests_on=CES,
    sql=f"100.0 * count(*) FILTER ({CES} AND score >= 5) / nullif(count(*) FILTER ({CES}), 0)",
    unit="%",
    better="higher",
    note="Share of answers that call it easy: 5 to 7 of 7.",
    leaves_out="Surveys that were not answered.",
    origin="Dixon, Toman, DeLisi, The Effortless Experience: CES 2.0",
    words=("ces", "customer effort", "effort score"),
    decimals=1,
)

for _survey in ("nps", "ces"):
    define(
        name=f"{_survey}_response_pct",
        label=f"{_survey.upper()} response rate",
        table="ratings",
        at="offered_at",
        rests_on=f"survey = '{_survey}'",
        sql=(f"100.0 * count(score) FILTER (survey = '{_survey}') / nullif(count(*) FILTER (survey = '{_survey}'), 0)"),
        unit="%",
        better="higher",
        note="Share of surveys sent in the period that were answered.",
        origin="Zendesk satisfaction response rate",
        words=(f"{_survey} response",),
        decimals=1,
    )
