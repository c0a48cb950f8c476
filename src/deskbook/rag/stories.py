"""What customers write about that they did not before, and the part of a movement each of it has.

A message belongs to the first story whose words it holds, or to everything else, so that the parts add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from deskbook.analytics import Phrase, holding, ratio_drivers, standing_out
from deskbook.rag.causes import Movement
from deskbook.rag.corpus import cleaned_texts, stop_words, told_apart
from deskbook.rag.draft import Figure

Mask = NDArray[np.bool_]

MOST: Final = 5
LOOKED_AT: Final = 12
SURE: Final = 0.02
"""Share of stories told that are told by chance (false discovery rate)."""
LEAST_TICKETS: Final = 3
LEAST_OF_FIRST: Final = 0.12
"""A story with fewer messages than this share of the largest one's is left out."""
LEAST_DAYS: Final = 10
UNUSUAL: Final = 3.0
"""Spreads (1.4826 of the median deviation, as Hampel's filter has it) from which a day is no usual one."""
SUMMED: Final = ("messages_in", "tickets_created")
AVERAGED: Final = ("sentiment_negative_pct", "sentiment_mean")


@dataclass(frozen=True)
class Side:
    """Customer messages of one period, none of them hostile.

    Attributes:
        apart: which of them are looked at for what is new: of pasted texts two at most (`corpus.told_apart`).
        in_mood: which of them the question is about: the negative ones of a question about mood, else all.
        value: what each adds to the metric: 100 or 0 for a share, its tone for a mean; NaN where it does not count.
    """

    messages: pd.DataFrame
    in_mood: Mask
    value: NDArray[np.float64]
    apart: Mask


@dataclass(frozen=True)
class Story:
    """One thing that is written about.

    Attributes:
        rows: positions of its messages in the period, of those in the mood asked about.
        before: how many of them the baseline held.
        sizes: (messages of the period, their sum, messages of the baseline, their sum) that count for the metric.
        effect: its part of the movement; None where the metric has no parts by message.
    """

    phrase: Phrase
    rows: tuple[int, ...]
    before: int
    sizes: tuple[int, float, int, float]
    effect: float | None

    @property
    def label(self) -> str:
        """Its words, in quotes."""
        return f"'{self.phrase.words}'"


def side(messages: pd.DataFrame, metric: str, mood: str, *, is_period: bool = False) -> Side:
    """Messages as one side of a comparison.

    Args:
        mood: negative, positive, or empty for all.
        is_period: whether it is the period asked about, in which a pasted text must not pass for a crowd.
    """
    label = messages["sentiment_label"].astype(object)
    if metric == "sentiment_negative_pct":
        value = np.where(label.notna(), np.where(label == "negative", 100.0, 0.0), np.nan)
    elif metric == "sentiment_mean":
        value = pd.to_numeric(messages["sentiment"], errors="coerce").to_numpy("float64")
    else:
        value = np.ones(len(messages))
    apart = told_apart(messages) if is_period else np.ones(len(messages), bool)
    return of_mood(Side(messages, np.ones(len(messages), bool), value.astype("float64"), apart), mood)


def of_mood(one: Side, mood: str) -> Side:
    """The same messages, asked about those in a mood; all where it is empty."""
    if not mood:
        return one
    return replace(one, in_mood=(one.messages["sentiment_label"].astype(object) == mood).to_numpy(bool))


def find_stories(
    now: Side, then: Side, movement: Movement | None, direction: float = 0
) -> tuple[list[Story], Side, Side]:
    """Stories that stand out beyond chance, the largest first, with their parts of the movement; and what was read.

    Where none does in the mood asked about, all messages are looked at: a complaint need not sound like one.

    Args:
        direction: above or below 0 for stories that push the metric up or down only.
    """

    def kept(found: list[Story]) -> list[Story]:
        return [one for one in found if one.effect is None or one.effect * direction >= 0]

    found = kept(_find(now, then, movement))
    if found or now.in_mood.all():
        return found, now, then
    every = [Side(one.messages, np.ones(len(one.messages), bool), one.value, one.apart) for one in (now, then)]
    return kept(_find(every[0], every[1], movement)), every[0], every[1]


def _find(now: Side, then: Side, movement: Movement | None) -> list[Story]:
    asked = now.in_mood & now.apart, then.in_mood & then.apart
    asked = now.in_mood & now.apart, then.in_mood & then.apart & _on_usual_days(then)
    texts, others = (cleaned_texts(one.messages[mask]) for one, mask in zip((now, then), asked, strict=True))
    phrases = standing_out(texts, others, stop=stop_words(), most=LOOKED_AT)
    places = np.flatnonzero(now.in_mood & now.apart)
    tickets = list(zip(now.messages["source"], now.messages["ticket_id"], strict=True))
    authors = [ticket if pd.isna(one) else one for ticket, one in zip(tickets, now.messages["author_id"], strict=True)]
    kept = [
        one
        for one in phrases
        if one.p <= SURE
        and all(len({of[places[row]] for row in one.rows}) >= LEAST_TICKETS for of in (tickets, authors))
    ]
    if not kept:
        return []
    held = [_classes(one, kept) for one in (now, then)]
    found = [_story(phrase, place, now, then, held) for place, phrase in enumerate(kept)]
    largest = max(len(one.rows) for one in found)
    told = [one for one in found if len(one.rows) >= max(LEAST_TICKETS, LEAST_OF_FIRST * largest)][:MOST]
    told.sort(key=lambda one: -len(one.rows))
    return _with_effects(told, now, then, movement) if movement else told


def _on_usual_days(side_: Side) -> Mask:
    """Messages of days that brought no more in this mood than days of these weeks do.

    A day on which something happened tells what happened, not what is usual: with it in the baseline, the same
    thing on a smaller scale would look like nothing new.
    """
    day = pd.to_datetime(side_.messages["sent_at"]).dt.date
    counts = day[side_.in_mood].value_counts()
    if len(counts) < LEAST_DAYS:
        return np.ones(len(day), bool)
    middle = float(counts.median())
    spread = max(float((counts - middle).abs().median()) * 1.4826, middle**0.5)
    return np.asarray(~day.isin(counts.index[counts > middle + UNUSUAL * spread]), bool)


def _classes(one: Side, phrases: Sequence[Phrase]) -> list[Mask]:
    """For each phrase the messages that hold it and none of those before it."""
    masks = holding(cleaned_texts(one.messages), [phrase.term for phrase in phrases], stop=stop_words())
    free = np.ones(len(one.messages), bool)
    found = []
    for mask in masks:
        found.append(mask & free)
        free &= ~mask
    return found


def _story(phrase: Phrase, place: int, now: Side, then: Side, held: Sequence[Sequence[Mask]]) -> Story:
    one, two = held[0][place], held[1][place]
    sizes = []
    for mask, side_ in ((one, now), (two, then)):
        values = side_.value[mask]
        known = values[~np.isnan(values)]
        sizes += [len(known), float(known.sum())]
    rows = tuple(np.flatnonzero(one & now.in_mood).tolist())
    n1, s1, n0, s0 = sizes
    return Story(phrase, rows, int((two & then.in_mood).sum()), (int(n1), s1, int(n0), s0), None)


def _with_effects(told: list[Story], now: Side, then: Side, movement: Movement) -> list[Story]:
    name = movement.metric.name
    if name in AVERAGED:
        return _shares(told, movement)
    if name == "tickets_created":
        return [_tickets(one, now, then, movement) for one in told]
    if name in SUMMED:
        return [_replaced(one, one.sizes[0] - one.sizes[2] * movement.scale) for one in told]
    return told


def _replaced(one: Story, effect: float, sizes: tuple[int, float, int, float] | None = None) -> Story:
    return Story(one.phrase, one.rows, one.before, sizes or one.sizes, effect)


def _shares(told: list[Story], movement: Movement) -> list[Story]:
    """Shift-share over the stories and everything else; the figures of the whole are the metric's own."""
    name = movement.metric.name
    frames = []
    for result, at in ((movement.now, 0), (movement.before, 2)):
        n, value = int(result.value(f"{name}_n") or 0), float(result.value(name) or 0)
        rows = [(place, one.sizes[at], one.sizes[at + 1]) for place, one in enumerate(told)]
        rest_n = n - sum(row[1] for row in rows)
        rest_sum = n * value - sum(row[2] for row in rows)
        rows.append((-1, rest_n, rest_sum))
        values = [total / size if size else 0.0 for _, size, total in rows]
        sizes = [row[1] for row in rows]
        frames.append(pd.DataFrame({"key": [row[0] for row in rows], "value": values, "n": sizes}))
    parts = ratio_drivers(frames[0], frames[1], key="key", variance=movement.chance.variance)
    effects = dict(zip(parts["key"], parts["effect"], strict=True))
    return [_replaced(one, float(effects[place])) for place, one in enumerate(told)]


def _tickets(one: Story, now: Side, then: Side, movement: Movement) -> Story:
    """Tickets that the story's messages opened: those not written to before the period."""
    keys = [list(zip(each.messages["source"], each.messages["ticket_id"], strict=True)) for each in (now, then)]
    earlier = set(keys[1])
    mine = {keys[0][row] for row in one.rows} - earlier
    stop = stop_words()
    (mask,) = holding(cleaned_texts(then.messages), [one.phrase.term], stop=stop)
    before = {keys[1][row] for row in np.flatnonzero(mask)}
    sizes = (len(mine), float(len(mine)), len(before), float(len(before)))
    return _replaced(one, len(mine) - len(before) * movement.scale, sizes)


def effect_formula(one: Story, movement: Movement, alls: Sequence[Figure]) -> str:
    """A story's part as a formula over entries of `numbers`.

    Args:
        alls: the metric now and before, then its n now and before where it has one.
    """
    n1, s1, n0, s0 = one.sizes
    if not movement.is_share:
        return f"{n1} - {n0} * {movement.scale!r}"
    big1, big0, size1, size0 = (f"n{each.index}" for each in alls)
    m1 = f"{s1!r} / {n1}" if n1 else f"{s0!r} / {n0}"
    m0 = f"{s0!r} / {n0}" if n0 else m1
    w1, w0 = f"{n1} / {size1}", f"{n0} / {size0}"
    return f"({m1} - {m0}) * ({w1} + {w0}) / 2 + ({w1} - {w0}) * ({m1} + {m0} - {big1} - {big0}) / 2"


def without(one: Story, movement: Movement, alls: Sequence[Figure]) -> tuple[float, str] | None:
    """What the metric would be without the story's messages, and its formula; None where nothing would be left."""
    n1, s1, _, _ = one.sizes
    now = float(movement.now.value(movement.metric.name) or 0)
    if not movement.is_share:
        return now - n1, f"n{alls[0].index} - {n1}"
    size = int(movement.now.value(f"{movement.metric.name}_n") or 0)
    if size <= n1:
        return None
    formula = f"(n{alls[0].index} * n{alls[2].index} - {s1!r}) / (n{alls[2].index} - {n1})"
    return (now * size - s1) / (size - n1), formula
