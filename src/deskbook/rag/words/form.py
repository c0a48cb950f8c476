"""What a language's words are: one shape, so that the parser knows no language.

Patterns are regular expressions on lower-case text. In those of `DateWords`, `{count}`, `{unit}`, `{day}`, `{month}`,
`{weekday}`, `{year}` and `{date}` stand for what the language writes there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from deskbook.rag.words.forms import Forms
from deskbook.rag.words.frames import Frame

End = Literal["high", "low", "bad", "good"]
LETTERS: Final = r"[^\W\d_]"


def listed(words: str) -> frozenset[str]:
    """Words written in a row."""
    return frozenset(words.split())


def listed_kin(words: str) -> frozenset[str]:
    """Words and groups of words, commas between."""
    return frozenset(word.strip() for word in words.split(","))


@dataclass(frozen=True, kw_only=True)
class DateWords:
    """How days and periods are written.

    Attributes:
        months, weekdays: word -> number (January 1, Monday 0); units: word -> hour, day, week, month, quarter, year.
        counts: number words; ordinals: how first to fourth begin.
        unsure: months that are everyday words too; month_leads: what makes them months.
        day: a day of the month, its number as the only group; between_day_and_month, before_year: what may stand there.
        day_first: whether 10/11 is the 10th of November.
        today, yesterday, before_yesterday, last_weekend, this_weekend: whole patterns.
        ago, last_count, last_unit, this_unit, unit_before_last, next_unit: with `{count}` and `{unit}`.
        weekday, last_weekday: with `{weekday}`.
        week_of: with `{date}`; quarter: its number as group `number`; iso_week: the same.
        year_leads: words before a bare year.
        to, both: what joins two dates, the second only after `between`; since, until: what stands before one.
        part_of_month: which half or week of one, groups `part` and `size`, with `{month}`, or which third of one,
            group `third`, also with `{month2}`; fortnight: the last 14 days; half, last: which of their words say so.
        thirds: word -> which third of a month.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    units: Mapping[str, str]
    counts: Mapping[str, int]
    ordinals: Mapping[str, int]
    unsure: frozenset[str] = frozenset()
    month_leads: str
    day: str
    between_day_and_month: str
    before_year: str
    day_first: bool
    today: str
    yesterday: str
    before_yesterday: str
    last_weekend: str
    this_weekend: str
    ago: str
    last_count: str
    last_unit: str
    this_unit: str
    unit_before_last: str
    next_unit: str
    weekday: str
    last_weekday: str
    week_of: str
    quarter: str
    iso_week: str
    year_leads: str
    to: str
    both: str
    between: str
    since: str
    until: str
    part_of_month: str = ""
    fortnight: str = ""
    half: frozenset[str] = frozenset({"half"})
    last: frozenset[str] = frozenset({"last", "final"})
    thirds: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Words:
    """How questions are put in one language.

    Attributes:
        code: ISO 639-1; stemmer: Snowball's name of the language.
        ending: what a noun may end in besides what is listed.
        future: what has not happened yet; against_before: set against the period before.
        define, means: asks what a metric is; why, happened: asks for causes, `happened` also without a metric.
        find: asks for tickets, from the beginning; say: asks how many hold some words; about: what stands before them.
        about_ends: what ends them; summarise: asks for a summary; compare, trend: as they say.
        up, down, good, bad: takes for granted that a metric was high, low, good news, bad news.
        negated: turns good into bad before it, with at most two words between.
        and_why: asks for the causes of a ranking's first; hop: speaks of a group (`dim`) by its rank (`rest`).
        hop_first: the same, its rank before it, `{ends}` for the superlatives.
        hop_ends, hop_verbs: what ends `rest`; them: speaks of what the ranking counts.
        grains: adverbs such as `daily`; by, which: what stands before a dimension to cut by.
        superlatives: word -> (which end of the ranking, metric meant when none is named).
        metrics: further words for metrics than the registry holds; its own English ones count in every language.
        average: asks for a mean; quantile: a percentile, its number as group `level`; business: in business hours.
        moods: word -> sentiment; how_many: asks for a count.
        customers, agents: who writes; beside `messages` they say whose are meant.
        writings: what agents write; who is named beside it writes it, and is no dimension to cut by.
        nouns: metric words that also merely name the thing counted.
        ends_name: what follows a metric's name that ends in a preposition.
        joins: what stands between two metrics asked for together.
        dimensions: patterns by dimension, `_` for a space.
        plain_values: values that are everyday words; sure_values: those that are meant all the same.
        values: word -> (dimension, value) where the language has its own; languages: name -> ISO 639-1.
        rank: asks for a ranking without saying which end; asked: patterns of how a metric is asked for -> its name,
            what they take as groups.
        kin: words of one meaning at a support desk; idle_verbs: words of what is looked for that only lead to it.
        stop: words that say nothing alone; fillers: others a question may hold without asking for more.
        passed: further ones, which do not tell the language.
        prepositions: after these, an unknown word narrows the question.
        passes_over: words that only colour a question and are passed over, and said; with more it is another question.
        passive: verbs that what is told of a thing follows, `were escalated`; participles: how it is written where it
            stands apart from them, `wurden gestern eskaliert`.
        befell: asks what became of a metric: a cause of a day, the course of several steps.
        clitics: pronouns that a verb follows, `se juntaron`.
        adjectives_follow: whether what narrows a noun stands behind it, `tickets escaladés`.
        nouns_are_capital: whether a capital letter says nothing of a name.
        forms: classes of words, as patterns; frames: metrics told by signs, the first that fits.
        and_then: what stands before a second question, about the first of a ranking.
        steps_alone: whether a step beside no date asks for a series, `a value a month`.
        told: asks what a metric is, although it may sound like a question for causes.
        who: asks for an agent where a ranking names no dimension.
        others: whole words for who else has such numbers, `competitors`; acts: asks to do something, not to know it.
        felt: asks for causes by what was felt, unless it asks for a ranking: `what made customers angry`.
    """

    code: str
    stemmer: str
    dates: DateWords
    ending: str
    future: str
    against_before: str
    define: str
    means: str
    why: str
    happened: str
    find: str
    say: str
    about: str
    about_ends: str
    summarise: str
    compare: str
    trend: str
    up: str
    down: str
    good: str
    bad: str
    negated: str
    and_why: str
    hop: str
    hop_ends: str
    hop_verbs: str
    them: str
    grains: Mapping[str, str]
    by: str
    which: str
    superlatives: Mapping[str, tuple[End, str]]
    metrics: Mapping[str, str]
    quantile: str
    average: str
    business: str
    moods: Mapping[str, str]
    how_many: str
    customers: str
    agents: str
    writings: str = r"(?!)"
    nouns: frozenset[str]
    ends_name: str
    joins: str
    dimensions: Mapping[str, str]
    plain_values: frozenset[str]
    sure_values: frozenset[str]
    values: Mapping[str, tuple[str, str]]
    languages: Mapping[str, str]
    kin: tuple[frozenset[str], ...]
    idle_verbs: frozenset[str]
    stop: frozenset[str]
    fillers: frozenset[str]
    prepositions: frozenset[str]
    nouns_are_capital: bool = False
    forms: Forms = field(default_factory=Forms)
    frames: tuple[Frame, ...] = ()
    felt: str = ""
    hop_first: str = ""
    others: str = ""
    passed: frozenset[str] = frozenset()
    who: str = ""
    told: str = r"(?!)"
    steps_alone: bool = False
    and_then: str = ""
    acts: str = ""
    rank: str = ""
    passes_over: int = 0
    passive: frozenset[str] = frozenset()
    participles: str = ""
    befell: str = ""
    clitics: frozenset[str] = frozenset()
    adjectives_follow: bool = False
    asked: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Single words that tell the language."""
        dates = self.dates
        several = (self.metrics, dates.months, dates.weekdays, dates.units, dates.counts, self.moods)
        listed = {part for words in several for word in words for part in word.split()}
        return frozenset(listed) | self.stop | self.fillers | self.prepositions

    @cached_property
    def idle(self) -> frozenset[str]:
        """All words a question may hold without asking for more."""
        return self.stop | self.fillers | self.passed
