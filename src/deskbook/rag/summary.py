"""A summary: how much came, in what mood, about what by a full pass, what is new, and passages."""

from __future__ import annotations

from typing import Any, Final

from deskbook.metrics import Result, registry
from deskbook.rag.contract import Numbers
from deskbook.rag.corpus import customer_messages, sampled, without_hostile, written
from deskbook.rag.draft import Draft
from deskbook.rag.figures import where_of
from deskbook.rag.find import index_folder
from deskbook.rag.passages import Topic, choose, message_ids
from deskbook.rag.plan import Plan
from deskbook.rag.stories import Story, find_stories, side
from deskbook.rag.why import say_movement

METRICS: Final = ("tickets_created", "messages_in", "sentiment_negative_pct")
TOPICS: Final = ("category", "team")
MOST_TOPICS: Final = 6
QUOTED: Final = 6


def answer_summarise(plan: Plan, numbers: Numbers, draft: Draft) -> bool:
    """Write the summary; False when there is nothing to summarise."""
    says = draft.says
    messages = customer_messages(plan, numbers, plan.period)
    now = numbers.query(list(METRICS), where=plan.where or None, period=plan.period)
    if messages.empty and not now.value("tickets_created"):
        key = "no_data_where" if plan.filter else "no_data_asked"
        draft.tell(key, period=says.period(plan.period), filter=says.filter(plan.filter))
        return False
    before = numbers.query(list(METRICS), where=plan.where or None, period=plan.baseline) if plan.baseline else None
    for name in METRICS:
        say_movement(draft, plan, name, now, before)
    _say_topics(draft, plan, numbers)
    clear, left_out = without_hostile(messages, index_folder(numbers.settings))
    stories = _stories(plan, numbers, clear)
    _say_new(draft, stories, clear)
    _quote(draft, clear, stories)
    if left_out:
        line = draft.line()
        line.end(says("hostile", count=line.tally(left_out, "messages", "left out")))
    return True


def _say_topics(draft: Draft, plan: Plan, numbers: Numbers) -> None:
    """Tickets by contact reason (by team where there are none), each with its share of all."""
    for name in TOPICS:
        result = numbers.query("tickets_created", by=name, where=plan.where or None, period=plan.period)
        rows = [row for row in result.rows if row[name] is not None and row["tickets_created"]]
        if len(rows) > 1:
            _list(draft, plan, name, result, sorted(rows, key=lambda row: -row["tickets_created"])[:MOST_TOPICS])
            return


def _list(draft: Draft, plan: Plan, name: str, result: Result, rows: list[dict[str, Any]]) -> None:
    line, says = draft.line(), draft.says
    total = sum(row["tickets_created"] for row in result.rows)
    parts = []
    for row in rows:
        cell = line.cell(result, "tickets_created", **{name: row[name]})
        share = 100 * cell.number / total
        shown = line.work(share, f"{says.number(share, 1)} %", "%", f"{row[name]}, share",
                          f"100 * n{cell.index} / {total}")  # fmt: skip
        parts.append(f"{row[name]} {cell} ({shown})")
    line.end(says("topics", metric=says.metric(registry["tickets_created"].name), by=says.inside(name),
                  where=where_of(plan, draft), parts="; ".join(parts)))  # fmt: skip


def _stories(plan: Plan, numbers: Numbers, clear: Any) -> list[Story]:
    if plan.baseline is None:
        return []
    then = written(sampled(customer_messages(plan, numbers, plan.baseline))[0])
    return find_stories(side(clear, "messages_in", "", is_period=True), side(then, "messages_in", ""), None)[0]


def _say_new(draft: Draft, stories: list[Story], clear: Any) -> None:
    says = draft.says
    if not stories:
        draft.tell("nothing_new")
        return
    line, parts = draft.line(), []
    for one in stories:
        count = line.count(message_ids(clear, one.rows), one.label)
        share = 100 * len(one.rows) / len(clear)
        shown = line.work(share, f"{says.number(share, 1)} %", "%", f"{one.label}, share",
                          f"100 * {len(one.rows)} / {len(clear)}")  # fmt: skip
        others = says("phrase_others", words=", ".join(one.phrase.others)) if one.phrase.others else ""
        parts.append(f"{one.label} {count} ({shown}{others})")
    line.end(says("new", parts="; ".join(parts)))


def _quote(draft: Draft, clear: Any, stories: list[Story]) -> None:
    if clear.empty:
        draft.tell("nothing_to_quote")
        return
    topics = [Topic(one.phrase.words, one.rows, one.phrase.words) for one in stories]
    for one in choose(clear, topics, QUOTED):
        draft.line().quote(f'"{one.text}"', {**one.cite, "quote": one.text, "shows": one.shows})
