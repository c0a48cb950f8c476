"""A length of time as metrics: median and percentiles, by the calendar and in business time."""

from __future__ import annotations

from typing import Any, Final

from deskbook.metrics.metric import Metric, define

UNITS: Final = {"min": ("minutes", 60), "h": ("hours", 3_600)}
QUANTILES: Final = {"median": ("median", 0.5, ""), "p90": ("90th percentile", 0.9, "p90 ")}
SPREAD: Final = {
    "p10": ("10th percentile", 0.1, "p10 "),
    "p25": ("25th percentile", 0.25, "p25 "),
    "p75": ("75th percentile", 0.75, "p75 "),
}
"""With QUANTILES what a box is drawn from."""
TWINS: Final = {
    "": ("", "", "Counted around the clock."),
    "_business": (
        ", business",
        "business ",
        "Counted in the business hours of the schedules a ticket was under; absent where it was under none.",
    ),
}


def quantiles(
    name: str,
    label: str,
    column: str,
    *,
    unit: str = "min",
    only: str = "",
    is_spread: bool = False,
    words: tuple[str, ...] = (),
    **parts: Any,
) -> list[Metric]:
    """Four metrics of one length of time, or ten.

    Args:
        name: `first_reply` gives `first_reply_median_minutes`, `first_reply_business_p90_minutes` …
        column: SQL of whole seconds, with `{twin}` where the name of the business columns differs.
        unit: min or h.
        only: SQL condition of the rows besides having a value.
        is_spread: also the 10th, 25th and 75th percentile, so that it can be drawn as a box.
        words: names people use for the calendar median.
        parts: what the metrics share: note, origin, leaves_out, table, at.
    """
    shared = {"table": "tickets", "at": "created_at", "unit": unit, "better": "lower", "decimals": 1} | parts
    plural, size = UNITS[unit]
    made = []
    for twin, (label_end, word_start, said) in TWINS.items():
        held = column.format(twin=twin)
        rests_on = f"{only} AND {held} IS NOT NULL" if only else f"{held} IS NOT NULL"
        rows = f" FILTER ({only})" if only else ""
        for short, (long, share, quantile_word) in (QUANTILES | (SPREAD if is_spread else {})).items():
            told = {
                "name": f"{name}{twin}_{short}_{plural}",
                "label": f"{label}{label_end}, {long}",
                "rests_on": rests_on,
                "sql": f"quantile_cont({held}, {share}){rows} / {size}.0",
                "note": f"{shared['note']} {said}",
                "words": tuple(f"{quantile_word}{word_start}{word}" for word in words),
            }
            made.append(define(**(shared | told)))
    return made
