"""English. Its labels, units and filters are the registry's own."""

from __future__ import annotations

from typing import Final

from deskbook.rag.says.form import Says

PHRASES: Final = {
    # periods and values
    "all_time": "all time",
    "the_beginning": "the beginning",
    "since": "since {first}",
    "span": "{first} to {last}",
    "unknown_value": "unknown",
    "not_set": "{what} not set",
    "n": " (n = {n})",
    # the plan
    "read_as": "Read as: {parts}.",
    "by": "by {what}",
    "a_grain": "a {grain}",
    "against": "against {period}",
    "then": "then, of the first: {plan}",
    "no_year": "No year was given; {year} was taken.",
    "weekday_taken": "{weekday} was taken as {day}.",
    "day_first": "{written} was read as day/month: {day}.",
    "month_first": "{written} was read as month/day: {day}.",
    "no_period": "No period was named; the last 7 days were taken.",
    "no_period_before": "The period has no beginning, so there is nothing before it to compare with.",
    "no_data_before": "No data lies before it, so there is no comparison.",
    "short_baseline": "The data starts on {day}, so the baseline is shorter than {days} days.",
    "median_taken": "The median was taken: an average of waiting times is ruled by a few long ones.",
    "volume_taken": "No metric was named; {metric} was taken.",
    # what cannot be answered
    "no_question": "No question was asked.",
    "no_words": "No words were found in the question.",
    "in_future": "That lies in the future; answers are made from what has happened, up to {day}.",
    "now": "now",
    "no_date": "'{written}' is no date.",
    "many_periods": "{count} periods were named; ask about one, or compare two.",
    "no_metric": "No metric is named, so there is no number to answer with.",
    "no_metric_in": "No metric is named in '{words}', so there is no number to answer with.",
    "unknown_word": "{words} is no metric, team, channel, category, priority, language or source known here.",
    "unknown_words": "{words} are no metric, team, channel, category, priority, language or source known here.",
    "did_you_mean": "Did you mean {what}?",
    "closest_metric": "The closest metric is {what}.",
    "not_used": "{words} was passed over: the question was read without it.",
    "leave_out": "Leave it out, or use a word of the data.",
    "can_ask": "What can be asked about: {labels}, and {more} more in the glossary.",
    "no_data": "There is no data for {period}: the data runs from {first} to {last}.",
    "no_data_at_all": "There is no data for {period}: nothing has been synced yet.",
    "no_data_where": "There is no data for {period} where {filter}.",
    "no_data_asked": "There is no data for {period} where asked.",
    # figures
    "where": " where {filter}",
    "number": "{metric}{where}, {period}: {value}{n}",
    "period_before": "; {value} in {period}, the period before ({change}{direction})",
    "two": "{metric}{where}: {one} in {period}, against {two} in {other}",
    "rank_high": "{first} has the highest {metric}{where}, {period}: {value}{n}.",
    "rank_low": "{first} has the lowest {metric}{where}, {period}: {value}{n}.",
    "rank_none": "{metric} is known for no {dimension} in that period.",
    "few": " That rests on few tickets; read it with care.",
    "rows": "{metric} by {by}{where}, {period}: {rows}{more}.",
    "no_rows": "nothing in that period",
    "more_rows": "; {count} more",
    "series": (
        "{metric}{group}{where} by {grain}, {period}: {first} on {first_at}, {last} on {last_at} ({moved}{direction}); "
        "highest {high} on {high_at}, lowest {low} on {low_at}."
    ),
    "of_group": " of {group}",
    "no_series": "{metric} is unknown throughout that period.",
    "define": "{metric} ({name}, in {unit}): {note} {way} Defined as {sql} over {table}; after {origin}.",
    "higher": "Higher is better.",
    "lower": "Lower is better.",
    "neutral": "Neither way is better.",
    # find
    "name_words": "Name the words to look for: find tickets about …",
    "found": "Tickets with '{words}'{where}, created {when}: {count}.",
    "in_period": "in {period}",
    "at_any_time": "at any time",
    "not_quoted": "Not quoted, as they give orders to whoever reads them: {count}.",
    # say and summarise
    "any_form": ", in any form",
    "say": (
        "{count} of {all} customer messages{where}, {period}, hold {rule}{form}: {share}. They stand in "
        "{tickets} "
        "tickets of {customers} customers; every message was read."
    ),
    "say_sampled": (
        "About {share} of {all} customer messages{where}, {period}, hold {rule}{form} (95 % interval {low} to "
        "{high}): {share_n} messages ({low_n} to {high_n}). {read} of them were read, drawn by day; {found} held it."
    ),
    "say_meant": (
        "Counted by meaning: {count} messages of {customers} customers. They came to the same team on the same days, "
        "and hold one of {words}, which hardly occur elsewhere."
    ),
    "say_reasons": "Tickets created under the desk's own contact reasons of that name: {parts}.",
    "topics": "{metric} by {by}{where}, with their share: {parts}.",
    "new": "What stands out against the baseline: {parts}.",
    "nothing_new": "No wording stands out against the baseline.",
    # why
    "baseline": "The baseline is {period}.",
    "movement": "{metric}, {period}: {value}{n}",
    "movement_against": "{metric}, {period}: {value}{n}, against {then} in the baseline{then_n}",
    "span_as_long": ", which is {expected} for a span as long",
    "nothing_to_measure": "{metric} is unknown for {period}: there is nothing to measure it on.",
    "nothing_to_compare": "With nothing to compare with, no cause is named.",
    "no_parts": "{metric} has no parts that add up, so no cause is named.",
    "empty_baseline": "The baseline holds nothing for {metric}, so there is no comparison and no cause is named.",
    "ordinary": (
        "For {metric} that is within what chance and the usual differences between days give: "
        "an ordinary period, so no cause is named."
    ),
    "ordinary_moves": "What moved most all the same, none of it a cause: {parts}.",
    "better_not_worse": "So {metric} got better, not worse.",
    "not_so": (
        "So {metric} moved the other way than the question takes for granted; no cause is named for what did "
        "not happen."
    ),
    "none_stands_out": (
        "The movement is more than chance gives, but no single team, channel or other value stands out."
    ),
    "drivers": ("What moved it most, more than its share (all values of a dimension add up to the movement): {parts}."),
    "driver": "{label} {effect} ({now} against {before}{note})",
    "of": "{value} of {size}",
    "none": "none",
    "in_whole_baseline": " in the whole baseline",
    "driver_few": ", few",
    "sampled": " (one in {step} of them read)",
    "no_wording": "No wording stands out in the {kind} of that period against those of the baseline.",
    "phrase": "{label} in {count} ({share}, {before} before{others})",
    "phrase_others": ", with '{words}'",
    "negative_messages": "negative customer messages",
    "customer_messages": "customer messages",
    "small_effect": (
        "{metric} as a whole is within what chance and the usual differences between days give; what follows "
        "stands out by itself all the same."
    ),
    "causes": ("Causes, by what stands out in {count} {kind} against {others} of the baseline{sampled}: {parts}."),
    "everything_else": "everything else {effect} (the parts add up to the movement)",
    "without": "Without {label}, {metric} would be {value}.",
    "nothing_to_quote": "There is no customer message to quote.",
    "passages": "Passages from {period}: {count}, each one message.",
    "copies": "Looked at once or twice only for what is new, as the same words were sent many times: {count} copies.",
    "hostile": (
        "Left out of wording and passages, as they give orders to whoever reads them: {count} of the messages."
    ),
}

SAYS: Final = Says(
    code="en",
    phrases=PHRASES,
    labels={},
    dimensions={},
    units={"tickets": ("ticket", "tickets"), "messages": ("message", "messages"), "pct points": ("points", "points")},
    names={},
)
