"""Questions whose answer is a number: one, of a part, compared, ranked, in a series, in two steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from deskbook.rag.evaluate.asking import Asker
from deskbook.rag.evaluate.question import ABROAD, Meant, Question, Reading, Wanted
from deskbook.rag.evaluate.truth import Span, span_of

EASY_CUTS: Final = ("team", "channel")


def number_questions(asker: Asker) -> Iterator[Question]:
    """All of them."""
    yield from plain(asker, "number", 16)
    yield from plain(asker, "entity", 18, cuts=("team", "channel", "category", "segment"))
    yield from compared(asker, "compare", 10)
    yield from periods(asker, 8)
    yield from ranked(asker, 14)
    yield from series(asker, 10)
    yield from hops(asker, 9)
    for language, kind in ABROAD.items():
        yield from plain(asker, kind, 5, language=language)
        yield from plain(asker, kind, 4, language=language, cuts=EASY_CUTS)
        yield from compared(asker, kind, 2, language=language)
        yield from leading(asker, kind, 2, language=language)


def plain(
    asker: Asker, kind: str, count: int, *, language: str = "en", cuts: tuple[str, ...] = ()
) -> Iterator[Question]:
    """One number, of everything or (with cuts) of a team, channel, reason or segment."""
    speaker = asker.speakers[language]
    tables = asker.cycle([(table, name) for table in ("counts", "values") for name in speaker.names(table)])
    spans, by = asker.cycle(asker.spans(language)), asker.cycle(cuts or ("",))
    made = 0
    while made < count:
        (table, metric), (form, span), cut = next(tables), next(spans), next(by)
        where = {cut: asker.dice.choice(_told(asker, cut))} if cut else {}
        if (wanted := asker.wanted(metric, span, where)) is None:
            continue
        when = speaker.when(form, span)
        words = {"metric": speaker.pick(table, metric), "where": speaker.where(where), "when": when}
        text = speaker.ask("count" if table == "counts" else "value", **words)
        meant = asker.meant("number", metric, dict(wanted.where))
        yield asker.question(kind, text, language=language, readings=(asker.reading(wanted),), meant=meant)
        made += 1


def _told(asker: Asker, cut: str) -> list[str]:
    """Words of a cut that people say as they are."""
    return ["enterprise", "consumer"] if cut == "segment" else asker.truth.words(cut)[:8]


def compared(asker: Asker, kind: str, count: int, *, language: str = "en") -> Iterator[Question]:
    """Two teams, or two channels, side by side."""
    speaker = asker.speakers[language]
    forms = ["counts", "values"] if language == "en" else ["counts"]
    tables = asker.cycle([(table, name) for table in forms for name in speaker.names(table)])
    spans, by = (
        asker.cycle([one for one in asker.spans(language) if one[0] in ("month", "quarter")]),
        asker.cycle(EASY_CUTS),
    )
    made = 0
    while made < count:
        (table, metric), (form, span), cut = next(tables), next(spans), next(by)
        a, b = asker.dice.sample(asker.truth.words(cut)[:5], 2)
        numbers = [asker.wanted(metric, span, {cut: word}) for word in (a, b)]
        if None in numbers:
            continue
        words = {"metric": speaker.pick(table, metric), "a": a, "b": b, "when": speaker.when(form, span)}
        text = speaker.ask("compare_count" if table == "counts" else "compare_value", **words)
        meant = asker.meant("compare", metric, {cut: tuple(sorted((a, b)))})
        reading = asker.reading(*(one for one in numbers if one), spans=(span,))
        yield asker.question(kind, text, language=language, readings=(reading,), meant=meant)
        made += 1


def periods(asker: Asker, count: int) -> Iterator[Question]:
    """One number in two months."""
    speaker = asker.english
    tables = asker.cycle([(table, name) for table in ("counts", "values") for name in speaker.names(table)])
    months, made = asker.months(), 0
    while made < count:
        table, metric = next(tables)
        first, second = sorted(asker.dice.sample(months, 2), key=lambda one: one.since)
        numbers = [asker.wanted(metric, span) for span in (second, first)]
        if None in numbers:
            continue
        then = speaker.when("month", first).split(" ", 1)[1].removeprefix("the month of ")
        words = {"metric": speaker.pick(table, metric), "when": speaker.when("month", second), "then": then}
        text = speaker.ask("periods_count" if table == "counts" else "periods_value", **words)
        reading = asker.reading(*(one for one in numbers if one))
        yield asker.question("compare", text, readings=(reading,), meant=Meant(("compare", "number"), (metric,)))
        made += 1


def ranked(asker: Asker, count: int) -> Iterator[Question]:
    """The first or last of the teams, channels or reasons, by tickets or by another metric."""
    yield from leading(asker, "rank", count // 3)
    yield from leading(asker, "rank", count // 4, form="rank_fewest")
    metrics = asker.cycle(["first_reply_median_minutes", "sentiment_negative_pct", "csat_good_pct"])
    left = asker.cycle(["rank_high", "rank_low"])
    for _ in range(count - count // 3 - count // 4):
        yield from leading(asker, "rank", 1, form=next(left), metric=next(metrics))


def leading(
    asker: Asker,
    kind: str,
    count: int,
    *,
    form: str = "rank_most",
    metric: str = "tickets_created",
    language: str = "en",
) -> Iterator[Question]:
    """Who ranks first, or last, alone."""
    speaker = asker.speakers[language]
    spans = asker.cycle([one for one in asker.spans(language) if one[0] in ("month", "quarter")])
    cuts = asker.cycle([cut for cut in speaker.names("cuts") if form == "rank_most" or cut in EASY_CUTS])
    made = 0
    for _ in range(200):
        (span_form, span), cut = next(spans), next(cuts)
        best = _first(asker, metric, span, cut, is_last=form in ("rank_fewest", "rank_low"))
        if made == count or best is None:
            if made == count:
                return
            continue
        words = {"cut": speaker.pick("cuts", cut), "when": speaker.when(span_form, span)}
        if form in ("rank_high", "rank_low"):
            words["metric"] = speaker.pick("values", metric).removeprefix("the ").removeprefix("our ")
        reading = asker.reading(best, names=best.where[cut], spans=(span,))
        meant = Meant(("rank",), (metric,), by=cut)
        yield asker.question(kind, speaker.ask(form, **words), language=language, readings=(reading,), meant=meant)
        made += 1


def _first(asker: Asker, metric: str, span: Span, cut: str, *, is_last: bool) -> Wanted | None:
    """The group that ranks first; None where it shares its place, or where a group is too small to be ranked."""
    numbers = [asker.wanted(metric, span, {cut: word}) for word in asker.truth.words(cut)]
    known = [one for one in numbers if one is not None]
    if len(known) < 2 or (cut != "category" and len(known) < len(numbers)):
        return None
    known.sort(key=lambda one: one.value, reverse=not is_last)
    return known[0] if known[0].value != known[1].value else None


def series(asker: Asker, count: int) -> Iterator[Question]:
    """A number by month or by week: its first and its last must be told."""
    speaker = asker.english
    tables = asker.cycle([(table, name) for table in ("counts", "values") for name in speaker.names(table)])
    made = 0
    while made < count:
        table, metric = next(tables)
        parts, form, grain = _months_in_a_row(asker) if made % 3 else _weeks_in_a_row(asker)
        numbers = [asker.wanted(metric, part) for part in (parts[0], parts[-1])]
        if None in numbers:
            continue
        whole = Span(parts[0].since, parts[-1].until)
        said = speaker.pick("values", metric) if table == "values" else NOUNS[metric]
        text = speaker.ask(f"trend_{grain}", metric=said, when=speaker.when(form, whole))
        reading = Reading((whole,), tuple(one for one in numbers if one))
        yield asker.question("trend", text, readings=(reading,), meant=Meant(("trend",), (metric,), grain=grain))
        made += 1


NOUNS: Final = {
    "tickets_created": "the number of new tickets",
    "tickets_solved": "the number of solved tickets",
    "customers_active": "the number of customers with tickets",
    "messages": "the number of messages",
    "messages_in": "the number of customer messages",
    "messages_out": "the number of replies sent",
}
"""Counts as a noun, where a sentence wants one."""


def _months_in_a_row(asker: Asker) -> tuple[list[Span], str, str]:
    months = asker.months()
    while True:
        start = asker.dice.randrange(len(months) - 2)
        parts = months[start : start + asker.dice.randint(3, 5)]
        if parts[0].since.year == parts[-1].since.year and len(parts) > 2:
            return parts, "months", "month"


def _weeks_in_a_row(asker: Asker) -> tuple[list[Span], str, str]:
    """Four whole weeks of one month."""
    fits = [
        day
        for month in asker.months()
        for day in month.dates[:-27]
        if day.weekday() == 0 and day.replace(day=1) == month.dates[0]
    ]
    first = asker.dice.choice(fits)
    shift = first.toordinal()
    weeks = [span_of(first.fromordinal(shift + 7 * turn), first.fromordinal(shift + 7 * turn + 6)) for turn in range(4)]
    return weeks, "range", "week"


def hops(asker: Asker, count: int) -> Iterator[Question]:
    """Two steps: find the busiest team or month, then say something about it."""
    makers = asker.cycle([_hop_value, _hop_channel, _hop_month])
    made = 0
    while made < count:
        found = next(makers)(asker)
        if found is not None:
            text, reading = found
            yield asker.question("multi_hop", text, readings=(reading,))
            made += 1


def _hop_value(asker: Asker) -> tuple[str, Reading] | None:
    speaker, span = asker.english, asker.dice.choice(asker.months())
    metric = asker.dice.choice(speaker.names("values"))
    team = _first(asker, "tickets_created", span, "team", is_last=False)
    wanted = team and asker.wanted(metric, span, {"team": team.where["team"][0]})
    if not team or not wanted:
        return None
    said = speaker.pick("values", metric)
    said = said if asker.desk.part == "train" else said.removeprefix("the ").removeprefix("our ")
    text = speaker.ask("hop_team_value", metric=said, when=speaker.when("month", span))
    return text, asker.reading(wanted, names=team.where["team"], spans=(span,))


def _hop_channel(asker: Asker) -> tuple[str, Reading] | None:
    speaker, span = asker.english, asker.dice.choice(asker.months())
    team = _first(asker, "tickets_created", span, "team", is_last=False)
    if not team:
        return None
    name = team.where["team"][0]
    rows = asker.truth.rows(asker.truth.tickets, "created_at", span, {"team": name})["channel"].value_counts()
    if rows.iloc[0] == rows.iloc[1]:
        return None
    wanted = asker.wanted("tickets_created", span, {"team": name, "channel": str(rows.index[0])})
    text = speaker.ask("hop_team_channel", when=speaker.when("month", span))
    return text, asker.reading(*([wanted] if wanted else []), names=(str(rows.index[0]),), spans=(span,))


def _hop_month(asker: Asker) -> tuple[str, Reading] | None:
    speaker = asker.english
    parts, form, _ = _months_in_a_row(asker)
    counts = sorted(
        ((asker.truth.value("tickets_created", part) or 0, part) for part in parts), key=lambda one: -one[0]
    )
    if counts[0][0] == counts[1][0]:
        return None
    where = {"channel": asker.dice.choice(asker.truth.words("channel"))}
    wanted = asker.wanted("tickets_created", counts[0][1], where)
    if wanted is None:
        return None
    when = speaker.when(form, Span(parts[0].since, parts[-1].until))
    return speaker.ask("hop_month_where", when=when, where=speaker.where(where)), asker.reading(wanted)
