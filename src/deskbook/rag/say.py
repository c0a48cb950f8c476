"""How many say something: every customer message of the filter is read, or a sample with its interval."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from deskbook.analytics import stratified_share
from deskbook.rag.contract import Numbers
from deskbook.rag.corpus import cleaned_texts, customer_messages, without_hostile, written
from deskbook.rag.draft import Draft, Line
from deskbook.rag.figures import where_of
from deskbook.rag.find import index_folder
from deskbook.rag.meant import meant
from deskbook.rag.passages import Topic, choose, message_ids
from deskbook.rag.plan import Plan
from deskbook.rag.says import Says
from deskbook.rag.spans import baseline_of
from deskbook.rag.wording import Rule, rule_of

QUOTED: Final = 5
SEED: Final = 0
LONG_DAYS: Final = 14
"""Days from which a period shows by itself what is usual."""


def answer_say(plan: Plan, numbers: Numbers, draft: Draft) -> bool:
    """The rule, the count with all that count, its share, and some of them quoted."""
    says = draft.says
    rule = rule_of(plan.search, plan.language, is_phrase=plan.search.startswith('"'))
    if not rule.parts:
        draft.tell("name_words")
        return False
    messages = customer_messages(plan, numbers, plan.period)
    if messages.empty:
        key = "no_data_where" if plan.filter else "no_data_asked"
        draft.tell(key, period=says.period(plan.period), filter=says.filter(plan.filter))
        return False
    clear, left_out = without_hostile(messages, index_folder(numbers.settings))
    limit = numbers.settings.ask_read_most
    if limit and len(clear) > limit:
        held = _say_sampled(draft, plan, rule, clear, limit)
    else:
        held = _say_all(draft, plan, rule, clear)
        held = held if rule.is_phrase else _say_meant(draft, plan, numbers, rule, clear, held)
    _say_reasons(draft, plan, numbers, rule)
    _quote(draft, plan, held)
    if left_out:
        line = draft.line()
        line.end(says("hostile", count=line.tally(left_out, "messages", "left out")))
    return True


def _say_all(draft: Draft, plan: Plan, rule: Rule, clear: pd.DataFrame) -> pd.DataFrame:
    says, line = draft.says, draft.line()
    held = clear[rule.among(cleaned_texts(clear))].reset_index(drop=True)
    count = line.count(message_ids(held, range(len(held))), rule.said("+"))
    tickets = line.tally(held[["source", "ticket_id"]].drop_duplicates().shape[0], "tickets", "that hold one")
    people = line.tally(held[["source", "author_id"]].dropna().drop_duplicates().shape[0], "customers", "who wrote one")
    everything = line.tally(len(clear), "messages", "read")
    share = 100 * len(held) / max(1, len(clear))
    shown = line.work(share, f"{says.number(share, 1)} %", "%", "share", f"100 * {len(held)} / {max(1, len(clear))}")
    line.end(says("say", rule=rule.said(says.name("and")), form=_form(rule, says), where=where_of(plan, draft),
                  count=count, all=everything,
                  period=says.period(plan.period), share=shown, tickets=tickets, customers=people))  # fmt: skip
    return held


def _form(rule: Rule, says: Says) -> str:
    return "" if rule.is_phrase else says("any_form")


def _say_meant(
    draft: Draft, plan: Plan, numbers: Numbers, rule: Rule, clear: pd.DataFrame, held: pd.DataFrame
) -> pd.DataFrame:
    """Those who say it in other words, where the words show a burst that tells them; all who say it."""
    then = clear.iloc[:0]
    if (plan.period.days or LONG_DAYS) < LONG_DAYS:
        before, _ = baseline_of(plan.period, plan.calendar, numbers, draft.says)
        then = written(customer_messages(plan, numbers, before)) if before else then
    found = meant(rule, clear, then)
    if found is None:
        return held
    every = clear[found.mask].reset_index(drop=True)
    says, line = draft.says, draft.line()
    count = line.count(message_ids(every, range(len(every))), f"{rule.said('+')}, in other words too")
    people = line.tally(every[["source", "author_id"]].dropna().drop_duplicates().shape[0], "customers", "who meant it")
    words = ", ".join(f"'{word}'" for word in found.words)
    line.end(says("say_meant", count=count, customers=people, words=words))
    return every


def _say_sampled(draft: Draft, plan: Plan, rule: Rule, clear: pd.DataFrame, limit: int) -> pd.DataFrame:
    """A sample by day in proportion, the same one each time, with the interval that holds the true share 95 "
    "times of 100."""
    says, line = draft.says, draft.line()
    days = pd.to_datetime(clear["sent_at"]).dt.date
    drawn = _draw(days, limit)
    sample = clear.loc[drawn]
    hits = rule.among(cleaned_texts(sample))
    strata = days.loc[drawn]
    counts = pd.DataFrame({"day": strata, "hit": hits}).groupby("day")["hit"].agg(["sum", "size"])
    sizes = days.value_counts().reindex(counts.index)
    share, low, high = stratified_share(counts["sum"], counts["size"], sizes)
    label = rule.said("+")
    parts = {
        name: line.work(value, f"{says.number(value, 1)} %", "%", f"{label}, {name}", repr(value))
        for name, value in (("share", share), ("low", low), ("high", high))
    }
    ends = {f"{name}_n": _estimate(line, says.number(round(len(clear) * value / 100)), len(clear), value, name)
            for name, value in (("share", share), ("low", low), ("high", high))}  # fmt: skip
    held = sample[hits].reset_index(drop=True)
    line.end(says("say_sampled", rule=rule.said(says.name("and")), form=_form(rule, says), where=where_of(plan, draft),
                  period=says.period(plan.period), read=line.tally(len(sample), "messages", "read"),
                  all=line.tally(len(clear), "messages", "in all"),
                  found=line.count(message_ids(held, range(len(held))), label), **parts, **ends))  # fmt: skip
    return held


def _estimate(line: Line, shown: str, size: int, share: float, name: str) -> str:
    return line.work(size * share / 100, shown, "messages", f"messages, {name}", f"{size} * {share!r} / 100")


def _say_reasons(draft: Draft, plan: Plan, numbers: Numbers, rule: Rule) -> None:
    """Tickets of the desk's own contact reasons that are called by one of the words."""
    reasons = [one for one in numbers.choices("category") if rule.names(one)]
    if not reasons:
        return
    says = draft.says
    result = numbers.query("tickets_created", by="category", where=plan.where or None, period=plan.period)
    held = {row["category"] for row in result.rows}
    line = draft.line()
    parts = [f"{one}: {line.cell(result, 'tickets_created', category=one)}" for one in reasons if one in held]
    if parts:
        line.end(says("say_reasons", parts="; ".join(parts)))


def _draw(days: pd.Series, limit: int) -> list[int]:
    """Rows of a sample in proportion to the days, at least two of each day where there are."""
    dice = np.random.default_rng(SEED)
    drawn: list[int] = []
    for _, rows in days.groupby(days):
        wanted = min(len(rows), max(2, round(limit * len(rows) / len(days))))
        drawn += dice.choice(rows.index.to_numpy(), wanted, replace=False).tolist()
    return sorted(drawn)


def _quote(draft: Draft, plan: Plan, held: pd.DataFrame) -> None:
    if held.empty:
        return
    chosen = choose(held, [Topic(plan.search, tuple(range(len(held))), plan.search)], QUOTED, rounds=QUOTED)
    for one in chosen:
        draft.line().quote(f'"{one.text}"', {**one.cite, "quote": one.text, "shows": one.shows})
