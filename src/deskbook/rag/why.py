"""Why a metric was what it was: the movement, its drivers, the wording that stands out, passages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from deskbook.analytics import Phrase, standing_out
from deskbook.metrics import Period, Result, both, parse_filter, registry
from deskbook.rag import causes
from deskbook.rag.contract import Numbers
from deskbook.rag.draft import BETTER, Draft, Line, direction, signed
from deskbook.rag.passages import Topic, choose, message_ids, without_hostile
from deskbook.rag.plan import SENTIMENT, Plan
from deskbook.rag.words import en
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
        draft.say(_nothing(plan))
        return False
    before = None
    if plan.baseline:
        before = numbers.query(list(plan.metrics), where=plan.where or None, period=plan.baseline)
    if plan.baseline:
        draft.say(f"The baseline is {plan.baseline.sentence()}.")
    for name in plan.metrics:
        _say_movement(draft, plan, name, now, before)
    split = causes.metric_to_split(plan)
    if split and now.value(split.name) is None:
        draft.say(f"{split.label} is unknown for {plan.period.sentence()}: there is nothing to measure it on.")
        return False
    found, is_ordinary = _say_drivers(draft, plan, numbers, now, before)
    clear, left_out = without_hostile(messages)
    phrases = _say_phrases(draft, plan, numbers, clear, is_ordinary=is_ordinary)
    _say_passages(draft, plan, clear, found, phrases)
    if left_out:
        line = draft.line()
        count = line.tally(left_out, "messages", "left out of phrases and passages")
        line.end(
            f"Left out of wording and passages, as they give orders to whoever reads them: {count} of the messages."
        )
    return True


def _holds_something(plan: Plan, now: Result) -> bool:
    return any(now.value(name) for name in plan.metrics if registry[name].additive)


def _nothing(plan: Plan) -> str:
    said = plan.filter
    return f"There is no data for {plan.period.sentence()} where {said.sentence() if said else 'asked'}."


def _say_movement(draft: Draft, plan: Plan, name: str, now: Result, before: Result | None) -> None:
    """One sentence: the metric in the period and in the baseline, both with n."""
    metric, line = registry[name], draft.line()
    value = line.cell(now, name)
    text = f"{metric.label}, {plan.period.sentence()}: {value}"
    text += f" (n = {line.cell(now, name, f'{name}_n')})" if metric.n else ""
    if before is None or plan.baseline is None:
        line.end(f"{text}.")
        return
    then = line.cell(before, name)
    scale = causes.scale_of(metric, plan.period, plan.baseline)
    if metric.n:
        text += f", against {then} in the baseline (n = {line.cell(before, name, f'{name}_n')})"
        expected, formula = then.number, f"n{then.index}"
    else:
        expected, formula = then.number * scale, f"n{then.index} * {scale!r}"
        share = line.work(expected, f"{expected:,.1f}", metric.unit, f"{metric.label}, expected", formula)
        text += f", against {then} in the baseline" + (f", which is {share} for a span as long" if scale != 1 else "")
    if value.value is not None and then.value is not None:
        moved = value.number - expected
        shown = line.work(
            moved, signed(moved, metric), metric.unit, f"{metric.label}, movement", f"n{value.index} - {formula}"
        )
        text += f": {shown}{direction(moved, metric)}"
    line.end(f"{text}.")


def _say_drivers(
    draft: Draft, plan: Plan, numbers: Numbers, now: Result, before: Result | None
) -> tuple[list[causes.Driver], bool]:
    """The values that moved the metric; on an ordinary day they are shown, but not called causes."""
    metric = causes.metric_to_split(plan)
    if before is None:
        draft.say("With nothing to compare with, no cause is named.")
        return [], True
    if metric is None:
        draft.say(f"{registry[plan.metrics[0]].label} has no parts that add up, so no cause is named.")
        return [], True
    movement = causes.measure(plan, numbers, metric, now, before)
    if movement is None:
        draft.say(f"The baseline holds nothing for {metric.label}, so there is no comparison and no cause is named.")
        return [], True
    found = causes.drivers(plan, numbers, movement)
    if movement.chance.is_ordinary:
        draft.say(
            f"For {metric.label} that is within what chance and the usual differences between days give: "
            "an ordinary period, so no cause is named."
        )
        shown = [one for one in found if abs(one.effect) > 0 and one.is_telling][:MOST_SHOWN_WHEN_ORDINARY]
        _list(draft, shown, movement, "What moved most all the same, none of it a cause")
        return shown, True
    if direction(movement.size, metric) == BETTER:
        draft.say(f"So {metric.label} was better than in the baseline, not worse.")
    shown = causes.named(found, movement, MOST_DRIVERS)
    if not shown:
        draft.say("The movement is more than chance gives, but no single team, channel or other value stands out.")
    _list(
        draft,
        shown,
        movement,
        "What moved it most, more than its share (all values of a dimension add up to the movement)",
    )
    return shown, False


def _list(draft: Draft, found: Sequence[causes.Driver], movement: causes.Movement, intro: str) -> None:
    if not found:
        return
    line = draft.line()
    said = [causes.describe(line, one, movement) for one in found]
    line.end(f"{intro}: {'; '.join(said)}.")


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
        stop=en.STOP,
        most=MOST_PHRASES,
    )
    kind = "negative customer messages" if any(name in SENTIMENT for name in plan.metrics) else "customer messages"
    if not phrases:
        draft.say(f"No wording stands out in the {kind} of that period against those of the baseline.")
        return []
    line = draft.line()
    everything, others = (
        line.tally(len(here), "messages", kind),
        line.tally(len(earlier), "messages", f"{kind}, baseline"),
    )
    said = [_phrase(line, phrase, here, earlier) for phrase in phrases]
    sampled = f" (one in {step} of them read)" if step > 1 else ""
    rest = " The period as a whole stays ordinary all the same." if is_ordinary else ""
    against = f"{everything} {kind} against {others} of the baseline{sampled}"
    line.end(f"Wording that stands out in {against}: {'; '.join(said)}.{rest}")
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
    shown = line.work(share, f"{share:.1f} %", "%", f"{label}, share", f"100 * {len(phrase.rows)} / {len(here)}")
    then = line.work(
        earlier_share, f"{earlier_share:.1f} %", "%", f"{label}, share in the baseline",
        f"100 * {phrase.before} / {max(1, len(earlier))}",
    )  # fmt: skip
    others = f", with '{', '.join(phrase.others)}'" if phrase.others else ""
    return f"{label} in {count} ({shown}, {then} before{others})"


def _say_passages(
    draft: Draft,
    plan: Plan,
    clear: pd.DataFrame,
    found: Sequence[causes.Driver],
    phrases: Sequence[tuple[Phrase, pd.DataFrame]],
) -> None:
    """Verbatim passages of the period, on its phrases and drivers first."""
    if clear.empty:
        draft.say("There is no customer message to quote.")
        return
    mood = _in_mood(plan, clear)
    pool = mood if mood["ticket_id"].nunique() >= 5 else clear
    topics = []
    for phrase, here in phrases:
        ids = set(zip(here["source"].iloc[list(phrase.rows)], here["id"].iloc[list(phrase.rows)], strict=True))
        topics.append(Topic(phrase.words, _rows(pool, ids), phrase.words))
    is_mood = any(name in SENTIMENT for name in plan.metrics)
    topics += [_driver_topic(one, pool, is_mood=is_mood) for one in found if one.dimension in pool]
    chosen = choose(pool, [topic for topic in topics if topic.rows])
    line = draft.line()
    count = line.tally(len(chosen), "passages", "quoted")
    line.end(f"Passages from {plan.period.sentence()}: {count}, each one message.")
    for one in chosen:
        draft.line().quote(f'"{one.text}"', {**one.cite, "quote": one.text, "shows": one.shows})


def _rows(pool: pd.DataFrame, ids: set[tuple[object, object]]) -> tuple[int, ...]:
    keys = zip(pool["source"], pool["id"], strict=True)
    return tuple(row for row, key in enumerate(keys) if key in ids)


def _driver_topic(driver: causes.Driver, pool: pd.DataFrame, *, is_mood: bool) -> Topic:
    held = pool[driver.dimension]
    same = held.isna() if driver.value is None else held == driver.value
    if is_mood:
        same &= pool["sentiment_label"] == "negative"
    return Topic(driver.label, tuple(row for row, is_same in enumerate(same) if is_same))
