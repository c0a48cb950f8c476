"""What a page's filters come to: the scope of its numbers, the sentence, and what could not be meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from deskbook import metrics as m
from deskbook.errors import BadValue, DeskbookError, UnknownName
from deskbook.metrics import Period
from deskbook.views import wording
from deskbook.views.filters import CHOICES, Filters
from deskbook.views.memory import Memory
from deskbook.views.numbers import Book, Scope, words


@dataclass(frozen=True)
class Part:
    """One of the conditions of `where` that must all hold.

    Attributes:
        filter: as it was written.
        said: the same for people.
        settled: what it means now; None when it is ignored.
    """

    filter: m.Filter
    said: str
    settled: m.Filter | None = None

    @property
    def ignored(self) -> bool:
        """Whether the page is shown without it."""
        return self.settled is None


@dataclass(frozen=True)
class Chosen:
    """Filters, read.

    Attributes:
        scope: what the numbers are asked for.
        sentence: the same for people.
        problems: what could not be read, each with what was done instead.
        hints: what was read and is likely a mistake.
        held: the fields with a choice that holds.
        parts: the conditions of `where`, ignored ones too.
    """

    scope: Scope
    sentence: str
    problems: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    held: dict[str, str] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()


def read(chosen: Filters, book: Book, memory: Memory) -> Chosen:
    """What the filters come to. A value that cannot be read is left out, and the problem said."""
    problems: list[str] = list(chosen.ignored)
    period = _period(chosen, book, problems)
    held: dict[str, str] = {}
    for name in CHOICES:
        value = getattr(chosen, name) if name in chosen.fields else ""
        if value and _holds(words(book, name, memory), name, value, problems):
            held[name] = value
    parts = _parts(chosen.where, book, problems) if "where" in chosen.fields else ()
    compare = _against(chosen.compare, problems) if "compare" in chosen.fields else ""
    more = [part for part in parts if part.settled]
    where = m.both(m.equal_to(held), *(part.settled for part in more))
    said = [part.said if len(more) == 1 or not isinstance(part.filter, m.Joined) else f"({part.said})" for part in more]
    sentence = " · ".join([*held.values(), *([" and ".join(said)] if said else []), wording.dates(period)])
    days_off = book.days_off(period) if compare == "alike" else ()
    scope = Scope(period, where, compare, days_off)
    if scope.compares:
        sentence += f" {scope.baseline()}"
    hints = tuple(_misspelled(more, book, memory))
    return Chosen(scope, sentence, tuple(problems), hints, held, parts)


def asked(values: Mapping[str, str], book: Book, memory: Memory) -> Scope:
    """What a page's parameters come to: when and which.

    Raises:
        BadValue: one cannot be read; who asks without a page in view does not guess.
    """
    known = {name: value for name, value in values.items() if name in Filters.param}
    read_as = read(Filters(**known), book, memory)
    if read_as.problems:
        raise BadValue(" ".join(read_as.problems))
    return read_as.scope


def _period(chosen: Filters, book: Book, problems: list[str]) -> Period:
    try:
        return book.period(chosen.period)
    except (DeskbookError, OverflowError, ValueError) as error:
        default = chosen.param["period"].default
        said = str(error) if isinstance(error, DeskbookError) else f"'{chosen.period}' is out of reach."
        problems.append(f"{said} Shown instead: the last 28 days.")
        return book.period(default)


def _against(value: str, problems: list[str]) -> str:
    """What is compared with; an unknown word compares with the period before."""
    if value in ("", "none", "no"):
        return ""
    if value in m.AGAINST:
        return value
    problems.append(f"{UnknownName('comparison', value, m.AGAINST)} Compared with the period before.")
    return "before"


def _holds(known: list[str], name: str, value: str, problems: list[str]) -> bool:
    if value in known:
        return True
    problems.append(f"{UnknownName(name, value, known)} Shown without it.")
    return False


def written(text: str, book: Book) -> m.Filter | None:
    """The filter of a line of text, or of the saved one that it names: `@Late answers(team=Billing)`.

    Raises:
        BadValue: it cannot be read.
        UnknownName: no such saved filter for whoever looks.
    """
    return book.filter(text) if text.lstrip().startswith("@") else m.read_filter(text)


def _parts(text: str, book: Book, problems: list[str]) -> tuple[Part, ...]:
    """The conditions of a line of text; one that cannot be meant leaves the others in force."""
    try:
        return tuple(_part(part, book, problems) for part in m.parts_of(written(text, book)))
    except (DeskbookError, RecursionError) as error:
        problems.append(f"{_told(error)} Shown without it.")
        return ()


def _part(part: m.Filter, book: Book, problems: list[str]) -> Part:
    try:
        for condition in m.conditions(part):
            condition.check()
            if any(m.PLACEHOLDER.fullmatch(value) for value in condition.values):
                raise BadValue(f"'{condition.text()}' waits for a value.")
        settled = book.settled(part)
        assert settled is not None
        settled.sql("tickets", {})
        return Part(part, part.sentence(), settled)
    except (DeskbookError, RecursionError) as error:
        problems.append(f"{_told(error)} Shown without it.")
        return Part(part, part.text())


def _told(error: DeskbookError | RecursionError) -> DeskbookError:
    return error if isinstance(error, DeskbookError) else BadValue("The filter is nested too deeply.")


def _misspelled(parts: Sequence[Part], book: Book, memory: Memory) -> list[str]:
    """Words that a filter names and no ticket has: nothing wrong, but seldom meant."""
    hints = []
    for condition in (one for part in parts for one in m.conditions(part.filter)):
        one = m.dimension(condition.field)
        if one.coded and "tickets" in one.on and condition.op in ("=", "in"):
            known = words(book, one.name, memory)
            missing = [value for value in condition.values if value not in known]
            hints += [f"{UnknownName(one.label.lower(), value, known)} No ticket has it." for value in missing]
    return hints
