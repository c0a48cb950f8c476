"""Why a metric was what it was: the movement, its causes in plain words with their parts, passages for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from deskbook.metrics import Metric, Result, registry
from deskbook.rag import causes
from deskbook.rag.contract import Numbers
from deskbook.rag.corpus import customer_messages, sampled, without_hostile, written
from deskbook.rag.draft import Draft, Figure, Line
from deskbook.rag.find import index_folder
from deskbook.rag.passages import Topic, choose, message_ids
from deskbook.rag.plan import SENTIMENT, Plan
from deskbook.rag.says import Says
from deskbook.rag.stories import Side, Story, effect_formula, find_stories, of_mood, side, without

MOST_DRIVERS: Final = 5
MOST_SHOWN_WHEN_ORDINARY: Final = 3
MOST_WITHOUT: Final = 3
PER_STORY: Final = 3
WANTED: Final = 6


@dataclass(frozen=True)
class Case:
    """What a why question rests on.

    Attributes:
        movement: of the metric that is split; None where there is nothing to compare.
        now, then: messages of the period and of the baseline, hostile ones left out.
        step: one in so many messages of the baseline was read.
    """

    plan: Plan
    movement: causes.Movement | None
    now: Side
    then: Side
    step: int

    @property
    def is_mood(self) -> bool:
        """Whether it is about how customers feel."""
        return any(name in SENTIMENT for name in self.plan.metrics)

    @property
    def is_better(self) -> bool:
        """Whether the metric moved for the better."""
        moved = self.movement
        return bool(
            moved and moved.metric.better != "neutral" and (moved.size > 0) == (moved.metric.better == "higher")
        )

    @property
    def direction(self) -> float:
        """Which way a cause must push: as the metric moved; on an ordinary day as the question takes for granted."""
        moved, presumes = self.movement, self.plan.presumes
        if moved is None:
            return 0.0
        return {"up": 1.0, "down": -1.0}.get(presumes, moved.size) if moved.chance.is_ordinary else moved.size

    @property
    def is_refuted(self) -> bool:
        """Whether what the question takes for granted is not so: the metric moved the other way."""
        moved, presumes = self.movement, self.plan.presumes
        return bool(moved and presumes and (moved.size > 0) != (presumes == "up"))


def answer_why(plan: Plan, numbers: Numbers, draft: Draft) -> bool:
    """Write the answer to a why question; False when there is nothing to answer from."""
    says = draft.says
    now = numbers.query(list(plan.metrics), where=plan.where or None, period=plan.period)
    messages = customer_messages(plan, numbers, plan.period)
    if messages.empty and not any(now.value(name) for name in plan.metrics if registry[name].additive):
        key = "no_data_where" if plan.filter else "no_data_asked"
        draft.tell(key, period=says.period(plan.period), filter=says.filter(plan.filter))
        return False
    before = None
    if plan.baseline:
        before = numbers.query(list(plan.metrics), where=plan.where or None, period=plan.baseline)
        draft.tell("baseline", period=says.period(plan.baseline))
    for name in plan.metrics:
        say_movement(draft, plan, name, now, before)
    split = causes.metric_to_split(plan)
    if split and now.value(split.name) is None:
        draft.tell("nothing_to_measure", metric=says.metric(split.name), period=says.period(plan.period))
        return False
    clear, left_out = without_hostile(messages, index_folder(numbers.settings))
    movement = _movement(plan, numbers, draft, split, now, before)
    case = _case(plan, numbers, clear, movement)
    _explain(draft, case, numbers)
    copies = int((~case.now.apart).sum())
    if copies:
        line = draft.line()
        line.end(says("copies", count=line.tally(copies, "messages", "copies of another")))
    if left_out:
        line = draft.line()
        line.end(says("hostile", count=line.tally(left_out, "messages", "left out of phrases and passages")))
    return True


def say_movement(draft: Draft, plan: Plan, name: str, now: Result, before: Result | None) -> None:
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


def _movement(
    plan: Plan, numbers: Numbers, draft: Draft, metric: Metric | None, now: Result, before: Result | None
) -> causes.Movement | None:
    """The movement that is split into parts, or a sentence why there is none."""
    says = draft.says
    if before is None:
        draft.tell("nothing_to_compare")
        return None
    if metric is None:
        draft.tell("no_parts", metric=says.metric(plan.metrics[0]))
        return None
    found = causes.measure(plan, numbers, metric, now, before)
    if found is None:
        draft.tell("empty_baseline", metric=says.metric(metric.name))
    return found


def _case(plan: Plan, numbers: Numbers, clear: pd.DataFrame, movement: causes.Movement | None) -> Case:
    then, step = clear.iloc[:0], 1
    if plan.baseline is not None:
        everything, step = sampled(customer_messages(plan, numbers, plan.baseline))
        then = written(everything)  # orders in it can make no cause, only hide one less
    name = movement.metric.name if movement else plan.metrics[0]
    is_mood = any(one in SENTIMENT for one in plan.metrics)
    case = Case(plan, movement, side(clear, name, "", is_period=True), side(then, name, ""), step)
    mood = ("positive" if case.is_better and not case.is_refuted else "negative") if is_mood else ""
    return replace(case, now=of_mood(case.now, mood), then=of_mood(case.then, mood))


def _explain(draft: Draft, case: Case, numbers: Numbers) -> None:
    """The causes; or that the period is ordinary, or better, and has none."""
    plan, movement, says = case.plan, case.movement, draft.says
    if movement is None:
        _quote(draft, case, [], [])
        return
    metric = movement.metric
    is_ordinary = movement.chance.is_ordinary
    if case.is_refuted and not is_ordinary:
        key = "better_not_worse" if case.is_better else "not_so"
        draft.tell(key, metric=says.metric(metric.name))
        return
    found = causes.drivers(plan, numbers, movement)
    stories, now, then = find_stories(case.now, case.then, movement, case.direction)
    case = replace(case, now=now, then=then) if stories else case
    moved = [one for one in found if abs(one.effect) > 0 and one.is_telling and len(one.values) == 1]
    if is_ordinary and not stories:
        if case.is_refuted:
            draft.tell("better_not_worse" if case.is_better else "not_so", metric=says.metric(metric.name))
        draft.tell("ordinary", metric=says.metric(metric.name))
        shown = moved
        _list(draft, shown[:MOST_SHOWN_WHEN_ORDINARY], movement, "ordinary_moves")
        # What did not get worse has no passages either: they would be read as why it did.
        if case.is_mood and not case.is_refuted and not _is_usual_volume(case, numbers):
            _quote(draft, case, [], shown[:MOST_SHOWN_WHEN_ORDINARY])
        return
    if is_ordinary:
        draft.tell("small_effect", metric=says.metric(metric.name))
    shown = causes.named(found, movement, MOST_DRIVERS)
    if not shown and not stories:
        draft.tell("none_stands_out")
    _say_stories(draft, case, stories)
    if is_ordinary:
        _list(draft, moved[:MOST_SHOWN_WHEN_ORDINARY], movement, "ordinary_moves")
    else:
        _list(draft, shown, movement, "drivers")
    _quote(draft, case, stories, shown)


def _is_usual_volume(case: Case, numbers: Numbers) -> bool:
    """Whether no more messages came than usual; of a flood people want to read some, whatever its mood."""
    plan, name = case.plan, "messages_in"
    assert plan.baseline is not None
    now, before = (numbers.query(name, where=plan.where or None, period=one) for one in (plan.period, plan.baseline))
    volume = causes.measure(plan, numbers, registry[name], now, before)
    return volume is None or volume.chance.is_ordinary or volume.size < 0


def _list(draft: Draft, found: Sequence[causes.Driver], movement: causes.Movement, key: str) -> None:
    if found:
        line = draft.line()
        said = [causes.describe(line, one, movement) for one in found]
        line.end(draft.says(key, parts="; ".join(said)))


def _say_stories(draft: Draft, case: Case, stories: Sequence[Story]) -> None:
    """The causes in plain words, with their part of the movement; then what would be without them."""
    says, here, earlier = draft.says, int(case.now.in_mood.sum()), int(case.then.in_mood.sum())
    is_negative = case.is_mood and not case.is_better and not case.now.in_mood.all()
    kind = says("negative_messages" if is_negative else "customer_messages")
    if not stories:
        if here and earlier:
            draft.tell("no_wording", kind=kind)
        return
    line, movement = draft.line(), case.movement
    assert movement is not None
    alls = _alls(line, movement)
    parts = [_cause(line, one, case, alls, here, earlier) for one in stories]
    effects = [one.effect for one in stories if one.effect is not None]
    if effects and case.step == 1:
        rest = movement.size - sum(effects)
        whole = f"n{alls[0].index} - n{alls[1].index}" + ("" if movement.is_share else f" * {movement.scale!r}")
        formula = f"({whole})" + "".join(f" - ({effect_formula(one, movement, alls)})" for one in stories)
        shown = line.work(rest, says.signed(rest, movement.metric), movement.metric.unit, "everything else", formula)
        parts.append(says("everything_else", effect=shown))
    sizes = line.tally(here, "messages", kind), line.tally(earlier, "messages", f"{kind}, baseline")
    note = says("sampled", step=case.step) if case.step > 1 else ""
    line.end(says("causes", count=sizes[0], kind=kind, others=sizes[1], sampled=note, parts="; ".join(parts)))
    for one in stories[:MOST_WITHOUT]:
        _say_without(draft, one, movement)


def _alls(line: Line, movement: causes.Movement) -> list[Figure]:
    name = movement.metric.name
    ends = ("", "_n") if movement.is_share else ("",)
    return [line.cell(result, name, f"{name}{end}") for end in ends for result in (movement.now, movement.before)]


def _cause(line: Line, one: Story, case: Case, alls: Sequence[Figure], here: int, earlier: int) -> str:
    says, movement = line.draft.says, case.movement
    assert movement is not None
    count = line.count(message_ids(case.now.messages, one.rows), one.label)
    share, then = 100 * len(one.rows) / max(1, here), 100 * one.before / max(1, earlier)
    shown = line.work(share, f"{says.number(share, 1)} %", "%", f"{one.label}, share",
                      f"100 * {len(one.rows)} / {max(1, here)}")  # fmt: skip
    was = line.work(then, f"{says.number(then, 1)} %", "%", f"{one.label}, share in the baseline",
                    f"100 * {one.before} / {max(1, earlier)}")  # fmt: skip
    others = says("phrase_others", words=", ".join(one.phrase.others)) if one.phrase.others else ""
    text = says("phrase", label=one.label, count=count, share=shown, before=was, others=others)
    if one.effect is None or case.step > 1:
        return text
    effect = line.work(one.effect, says.signed(one.effect, movement.metric), movement.metric.unit,
                       one.label, effect_formula(one, movement, alls))  # fmt: skip
    return f"{text}: {effect}"


def _say_without(draft: Draft, one: Story, movement: causes.Movement) -> None:
    if one.effect is None:
        return
    line, says = draft.line(), draft.says
    found = without(one, movement, _alls(line, movement))
    if found is None:
        return
    value, formula = found
    shown = line.work(value, says.written(value, movement.metric), movement.metric.unit,
                      f"without {one.label}", formula)  # fmt: skip
    line.end(says("without", label=one.label, metric=says.metric(movement.metric.name), value=shown))


def _quote(draft: Draft, case: Case, stories: Sequence[Story], found: Sequence[causes.Driver]) -> None:
    """Verbatim passages of the period: of each cause, or where none is in the wording, of the values that moved it."""
    clear, says = case.now.messages, draft.says
    if clear.empty:
        draft.tell("nothing_to_quote")
        return
    if stories:
        topics = [Topic(one.phrase.words, one.rows, one.phrase.words) for one in stories]
        wanted = max(WANTED, PER_STORY * len(topics))
        chosen = choose(clear, topics, wanted, rounds=wanted, is_closed=True)
    else:
        mood = clear[case.now.in_mood].reset_index(drop=True)
        pool = mood if case.is_mood and mood["ticket_id"].nunique() >= WANTED - 1 else clear
        topics = [_driver_topic(one, pool, says) for one in found if all(name in pool for name, _ in one.values)]
        chosen = choose(pool, [topic for topic in topics if topic.rows])
    line = draft.line()
    count = line.tally(len(chosen), "passages", "quoted")
    line.end(says("passages", period=says.period(case.plan.period), count=count))
    for one in chosen:
        draft.line().quote(f'"{one.text}"', {**one.cite, "quote": one.text, "shows": one.shows})


def _driver_topic(driver: causes.Driver, pool: pd.DataFrame, says: Says) -> Topic:
    same = pd.Series(True, index=pool.index)
    for name, value in driver.values:
        held = pool[name]
        same &= held.isna() if value is None else (held == value).fillna(False)
    return Topic(driver.label(says), tuple(row for row, is_same in enumerate(same) if is_same))
