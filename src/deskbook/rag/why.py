"""Why a metric was what it was: the movement, its drivers, the wording that stands out, passages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from deskbook.analytics import Phrase, standing_out
from deskbook.metrics import Period, Result, both, parse_filter, registry
from deskbook.rag import causes
from deskbook.rag.contract import Numbers
from deskbook.rag.draft import Draft, Line
from deskbook.rag.passages import Topic, choose, message_ids, without_hostile
from deskbook.rag.plan import SENTIMENT, Plan
from deskbook.rag.says import Says
from deskbook.rag.words import words_of
from deskbook.text import clean

MOST_DRIVERS: Final = 5
MOST_SHOWN_WHEN_ORDINARY: Final = 3
MOST_PHRASES: Final = 5
SAMPLE_OVER: Final = 50_000
"""Baseline texts beyond this many are sampled, one in so many in the order of their ids."""


def answer_why(plan: Plan, numbers: Numbers, draft: Draft) -> bool:
    """Write the answer to a why question; False when there is nothing to answer from."""
    now = numbers.query(list(plan.metrics), where=plan.where or None, period=plan.period)
    messages = _messages(plan, numbers, plan.period)
    if messages.empty and not _holds_something(plan, now):
        key = "no_data_where" if plan.filter else "no_data_asked"
        draft.tell(key, period=draft.says.period(plan.period), filter=draft.says.filter(plan.filter))
        return False
    before = None
    if plan.baseline:
        before = numbers.query(list(plan.metrics), where=plan.where or None, period=plan.baseline)
    if plan.baseline:
        draft.tell("baseline", period=draft.says.period(plan.baseline))
    for name in plan.metrics:
        _say_movement(draft, plan, name, now, before)
    split = causes.metric_to_split(plan)
    if split and now.value(split.name) is None:
        draft.tell("nothing_to_measure", metric=draft.says.metric(split.name), period=draft.says.period(plan.period))
        return False
    found, is_ordinary = _say_drivers(draft, plan, numbers, now, before)
    clear, left_out = without_hostile(messages)
    phrases = _say_phrases(draft, plan, numbers, clear, is_ordinary=is_ordinary)
    _say_passages(draft, plan, clear, found, phrases)
    if left_out:
        line = draft.line()
        count = line.tally(left_out, "messages", "left out of phrases and passages")
        line.end(draft.says("hostile", count=count))
    return True


def _holds_something(plan: Plan, now: Result) -> bool:
    return any(now.value(name) for name in plan.metrics if registry[name].additive)


def _say_movement(draft: Draft, plan: Plan, name: str, now: Result, before: Result | None) -> None:
    """One sentence: the metric in the period and in the baseline, both with n."""
    metric, line, says = registry[name], draft.line(), draft.says
    value = line.cell(now, name)
    sizes = says("n", n=line.cell(now, name, f"{name}_n")) if metric.n else ""
    parts = {"metric": says.metric(name), "period": says.period(plan.period), "value": value, "n": sizes}
    if before is None or plan.baseline is None:
        line.end(f"{says('movement', **parts)}.")
        return
    then = line.cell(before, name)
    scale = causes.scale_of(metric, plan.period, plan.baseline)
    expected, formula, note = then.number, f"n{then.index}", ""
    if metric.n:
        note = says("n", n=line.cell(before, name, f"{name}_n"))
    elif scale != 1:
        expected, formula = then.number * scale, f"n{then.index} * {scale!r}"
        label = f"{says.metric(name)}, expected"
        shown = line.work(expected, says.number(expected, 1), metric.unit, label, formula)
        note = says("span_as_long", expected=shown)
    text = says("movement_against", then=then, then_n=note, **parts)
    if value.value is not None and then.value is not None:
        moved = value.number - expected
        label = f"{says.metric(name)}, movement"
        shown = line.work(moved, says.signed(moved, metric), metric.unit, label, f"n{value.index} - {formula}")
        text += f": {shown}{says.direction(moved, metric)}"
    line.end(f"{text}.")


def _say_drivers(
    draft: Draft, plan: Plan, numbers: Numbers, now: Result, before: Result | None
) -> tuple[list[causes.Driver], bool]:
    """The values that moved the metric; on an ordinary day they are shown, but not called causes."""
    metric, says = causes.metric_to_split(plan), draft.says
    if before is None:
        draft.tell("nothing_to_compare")
        return [], True
    if metric is None:
        draft.tell("no_parts", metric=says.metric(plan.metrics[0]))
        return [], True
    movement = causes.measure(plan, numbers, metric, now, before)
    if movement is None:
        draft.tell("empty_baseline", metric=says.metric(metric.name))
        return [], True
    found = causes.drivers(plan, numbers, movement)
    if movement.chance.is_ordinary:
        draft.tell("ordinary", metric=says.metric(metric.name))
        shown = [one for one in found if abs(one.effect) > 0 and one.is_telling][:MOST_SHOWN_WHEN_ORDINARY]
        _list(draft, shown, movement, "ordinary_moves")
        return shown, True
    if (movement.size > 0) == (metric.better == "higher") and metric.better != "neutral":
        draft.tell("better_not_worse", metric=says.metric(metric.name))
    shown = causes.named(found, movement, MOST_DRIVERS)
    if not shown:
        draft.tell("none_stands_out")
    _list(draft, shown, movement, "drivers")
    return shown, False


def _list(draft: Draft, found: Sequence[causes.Driver], movement: causes.Movement, key: str) -> None:
    if found:
        line = draft.line()
        said = [causes.describe(line, one, movement) for one in found]
        line.end(draft.says(key, parts="; ".join(said)))


def _messages(plan: Plan, numbers: Numbers, period: Period) -> pd.DataFrame:
    """All customer messages of the filter in a period."""
    where = both(plan.filter, parse_filter("role = customer"))
    return numbers.messages(where=where, period=period)


def _in_mood(plan: Plan, messages: pd.DataFrame) -> pd.DataFrame:
    """For a question about mood the negative ones; all of them otherwise."""
    if not any(name in SENTIMENT for name in plan.metrics):
        return messages
    return messages[messages["sentiment_label"] == "negative"].reset_index(drop=True)


def _say_phrases(
    draft: Draft, plan: Plan, numbers: Numbers, clear: pd.DataFrame, *, is_ordinary: bool
) -> list[tuple[Phrase, pd.DataFrame]]:
    """Wording that stands out against the baseline, read from every message of the period."""
    if plan.baseline is None or clear.empty:
        return []
    then, step = _sampled(_messages(plan, numbers, plan.baseline))
    earlier = _in_mood(plan, without_hostile(then)[0])
    here = _in_mood(plan, clear)
    phrases = standing_out(
        [clean(text) for text in here["text"]],
        [clean(text) for text in earlier["text"]],
        stop=words_of("en").stop,
        most=MOST_PHRASES,
    )
    is_mood = any(name in SENTIMENT for name in plan.metrics)
    kind = draft.says("negative_messages" if is_mood else "customer_messages")
    if not phrases:
        draft.tell("no_wording", kind=kind)
        return []
    line = draft.line()
    everything, others = (
        line.tally(len(here), "messages", kind),
        line.tally(len(earlier), "messages", f"{kind}, baseline"),
    )
    said = [_phrase(line, phrase, here, earlier) for phrase in phrases]
    sampled = draft.says("sampled", step=step) if step > 1 else ""
    rest = draft.says("stays_ordinary") if is_ordinary else ""
    parts = "; ".join(said)
    line.end(draft.says("wording", count=everything, kind=kind, others=others, sampled=sampled, parts=parts) + rest)
    return [(phrase, here) for phrase in phrases]


def _sampled(messages: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The messages, or of very many one in every `step`, the same ones each time."""
    step = -(-len(messages) // SAMPLE_OVER)
    if step <= 1:
        return messages, 1
    return messages.sort_values(["source", "id"]).iloc[::step].reset_index(drop=True), step


def _phrase(line: Line, phrase: Phrase, here: pd.DataFrame, earlier: pd.DataFrame) -> str:
    label = f"'{phrase.words}'"
    count = line.count(message_ids(here, phrase.rows), label)
    share, earlier_share = 100 * len(phrase.rows) / len(here), 100 * phrase.before / max(1, len(earlier))
    says, rest = line.draft.says, max(1, len(earlier))
    shown = line.work(
        share, f"{says.number(share, 1)} %", "%", f"{label}, share", f"100 * {len(phrase.rows)} / {len(here)}"
    )
    then = line.work(
        earlier_share, f"{says.number(earlier_share, 1)} %", "%", f"{label}, share in the baseline",
        f"100 * {phrase.before} / {rest}",
    )  # fmt: skip
    others = says("phrase_others", words=", ".join(phrase.others)) if phrase.others else ""
    return says("phrase", label=label, count=count, share=shown, before=then, others=others)


def _say_passages(
    draft: Draft,
    plan: Plan,
    clear: pd.DataFrame,
    found: Sequence[causes.Driver],
    phrases: Sequence[tuple[Phrase, pd.DataFrame]],
) -> None:
    """Verbatim passages of the period, on its phrases and drivers first."""
    if clear.empty:
        draft.tell("nothing_to_quote")
        return
    mood = _in_mood(plan, clear)
    pool = mood if mood["ticket_id"].nunique() >= 5 else clear
    topics = []
    for phrase, here in phrases:
        ids = set(zip(here["source"].iloc[list(phrase.rows)], here["id"].iloc[list(phrase.rows)], strict=True))
        topics.append(Topic(phrase.words, _rows(pool, ids), phrase.words))
    is_mood = any(name in SENTIMENT for name in plan.metrics)
    topics += [_driver_topic(one, pool, draft.says, is_mood=is_mood) for one in found if one.dimension in pool]
    chosen = choose(pool, [topic for topic in topics if topic.rows])
    line = draft.line()
    count = line.tally(len(chosen), "passages", "quoted")
    line.end(draft.says("passages", period=draft.says.period(plan.period), count=count))
    for one in chosen:
        draft.line().quote(f'"{one.text}"', {**one.cite, "quote": one.text, "shows": one.shows})


def _rows(pool: pd.DataFrame, ids: set[tuple[object, object]]) -> tuple[int, ...]:
    keys = zip(pool["source"], pool["id"], strict=True)
    return tuple(row for row, key in enumerate(keys) if key in ids)


def _driver_topic(driver: causes.Driver, pool: pd.DataFrame, says: Says, *, is_mood: bool) -> Topic:
    held = pool[driver.dimension]
    same = held.isna() if driver.value is None else held == driver.value
    if is_mood:
        same &= pool["sentiment_label"] == "negative"
    return Topic(driver.label(says), tuple(row for row, is_same in enumerate(same) if is_same))
