"""What fills the slots of a phrase: numbers, dates, amounts and names, one value a ticket and kind."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deskbook.samples.arrivals import Tickets
from deskbook.samples.calendar import DAY_SECONDS, EPOCH, Ints
from deskbook.samples.desk import FIRST_USER_ID, Customers, Staff
from deskbook.samples.reasons import TEAMS
from deskbook.samples.words.form import LANGUAGES
from deskbook.samples.words.people import (
    BROWSERS,
    CITIES,
    CODES,
    COMPANIES,
    DEVICES,
    FIRST_NAMES,
    LAST_NAMES,
    PLANS,
    PRODUCTS,
)

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
_PRICES = 900
"""Distinct amounts in texts."""


@dataclass(frozen=True)
class Slots:
    """Values of every slot kind, one kind after the other, each `size` long (one a ticket)."""

    values: pa.StringArray
    size: int


def flatten(table: dict[str, tuple[str, ...]]) -> tuple[pa.StringArray, Ints]:
    """All words of a by-language table in one column, and where each language starts."""
    sizes = [len(table[code]) for code in LANGUAGES]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    return pa.array([word for code in LANGUAGES for word in table[code]]), starts


@cache
def _name_tables() -> tuple[pa.StringArray, Ints, pa.StringArray, Ints]:
    return (*flatten(FIRST_NAMES), *flatten(LAST_NAMES))


def names(customers: Customers, rows: Ints) -> tuple[pa.StringArray, pa.StringArray]:
    """First and last names of the customers in those rows."""
    first, first_start, last, last_start = _name_tables()
    language = customers.language[rows]
    return (
        first.take(pa.array(first_start[language] + customers.first_name[rows])),
        last.take(pa.array(last_start[language] + customers.last_name[rows])),
    )


@cache
def _ascii_tables() -> tuple[pa.StringArray, pa.StringArray]:
    first, _, last, _ = _name_tables()
    return _ascii(first), _ascii(last)


def _ascii(words: pa.StringArray) -> pa.StringArray:
    folded = (unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode() for word in words.to_pylist())
    return pa.array([word.lower() for word in folded])


def emails(customers: Customers, rows: Ints) -> pa.StringArray:
    """Mail addresses under reserved domains, unique by customer number."""
    _, first_start, _, last_start = _name_tables()
    first, last = _ascii_tables()
    language = customers.language[rows]
    consumer = pa.array(["mail.example.com", "post.example.org", "inbox.example.net"])
    firms = pa.array([name.lower().replace(" & ", "-").replace(" ", "-") + ".example" for name in COMPANIES])
    is_firm = customers.segment[rows] > 0
    domain = pc.if_else(
        pa.array(is_firm), firms.take(pa.array(customers.company[rows])), consumer.take(_index(rows % 3))
    )
    return pc.binary_join_element_wise(
        first.take(pa.array(first_start[language] + customers.first_name[rows])),
        ".",
        last.take(pa.array(last_start[language] + customers.last_name[rows])),
        digits(rows + FIRST_USER_ID),
        "@",
        domain,
        "",
    )


def digits(numbers: Ints, width: int = 0) -> pa.StringArray:
    """Numbers as text, zero-padded to `width`."""
    text = pa.array(numbers).cast(pa.string())
    return pc.utf8_lpad(text, width, "0") if width else text


def _index(numbers: Ints) -> pa.Array:
    return pa.array(np.asarray(numbers, np.int64))


def _glue(*pieces: pa.StringArray | str) -> pa.StringArray:
    return pc.binary_join_element_wise(*pieces, "")


@cache
def _prices() -> pa.StringArray:
    """Amounts by language, then by size: 4.90 to about 1,800 in the language's own notation."""
    cents = [490 + 200 * step + (step * 37) % 100 for step in range(_PRICES)]
    forms: list[str] = []
    for code in LANGUAGES:
        mark = "." if code == "en" else ","
        sign = ("€{}", "{} €", "{} €", "{} €", "{} €")[LANGUAGES.index(code)]
        forms.extend(sign.format(f"{cent // 100}{mark}{cent % 100:02d}") for cent in cents)
    return pa.array(forms)


@cache
def _dates(first_day: int, days: int) -> pa.StringArray:
    """Dates by language, then by day, as people of that language write them."""
    every = np.arange(first_day, first_day + days).astype("datetime64[D]").tolist()
    forms: list[str] = []
    for code in LANGUAGES:
        months = _MONTHS.get(code, "").split()
        if not months:
            forms.extend(f"{day.day}.{day.month}.{day.year}" for day in every)
        else:
            link = " de " if code in ("es", "pt") else " "
            forms.extend(f"{day.day}{link}{months[day.month - 1]}" for day in every)
    return pa.array(forms)


@cache
def _minutes() -> pa.StringArray:
    return pa.array([f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(1440)])


@cache
def _cities() -> tuple[pa.StringArray, Ints, Ints]:
    words, starts = flatten(CITIES)
    return words, starts, np.array([len(CITIES[code]) for code in LANGUAGES])


@dataclass(frozen=True)
class _Source:
    """What a slot's values are drawn from."""

    tickets: Tickets
    customers: Customers
    staff: Staff
    replied_at: Ints
    first_day: int
    days: int
    rng: np.random.Generator

    def number(self, low: int, high: int) -> Ints:
        return self.rng.integers(low, high, len(self.tickets))

    def choice(self, words: Sequence[str]) -> pa.StringArray:
        return pa.array(words).take(_index(self.number(0, len(words))))

    def date(self, at: Ints) -> pa.StringArray:
        """Dates in the ticket's language; later than the period is never shown, so it is cut."""
        margin = 60
        table = _dates(self.first_day - margin, self.days + margin)
        day = np.minimum(at // DAY_SECONDS - self.first_day, self.days - 1) + margin
        return table.take(_index(self.tickets.language * (self.days + margin) + day))

    def date_ago(self, low: int, high: int) -> pa.StringArray:
        return self.date(self.tickets.at - self.number(low, high) * DAY_SECONDS)

    def moment(self, at: Ints) -> pa.StringArray:
        return _glue(self.date(at), ", ", self.clock(at % DAY_SECONDS // 60))

    def clock(self, minute: Ints) -> pa.StringArray:
        return _minutes().take(_index(minute % 1440))

    def minute(self) -> Ints:
        return np.asarray(self.tickets.at % DAY_SECONDS // 60)


def _city(source: _Source) -> pa.StringArray:
    words, starts, sizes = _cities()
    language = source.tickets.language
    return words.take(_index(starts[language] + source.number(0, 10_000) % sizes[language]))


def _fullname(source: _Source) -> pa.StringArray:
    first, last = names(source.customers, source.tickets.customer)
    return _glue(first, " ", last)


def _amount(source: _Source) -> pa.StringArray:
    size = (source.rng.random(len(source.tickets)) ** 3 * _PRICES).astype(np.int64)
    return _prices().take(_index(source.tickets.language * _PRICES + size))


def _invoice(source: _Source) -> pa.StringArray:
    year = source.tickets.at.astype("datetime64[s]").astype("datetime64[Y]").astype(np.int64) + EPOCH.year
    return _glue("INV-", digits(year), "-", digits(source.number(100, 99_999), 5))


def _version(source: _Source) -> pa.StringArray:
    # 4.20 belongs to an incident, so ordinary tickets stop at 4.19.
    return _glue("4.", digits(source.number(8, 20)), ".", digits(source.number(0, 6)))


def _agent(source: _Source) -> pa.StringArray:
    firsts = pa.array([name.split(" ")[0] for name in source.staff.names])
    return firsts.take(_index(source.tickets.agent))


_MAKERS: dict[str, Callable[[_Source], pa.StringArray]] = {
    "": lambda source: pa.array([""] * len(source.tickets), pa.string()),
    "order": lambda source: _glue("NL-", digits(source.number(1_000_000, 9_999_999))),
    "invoice": _invoice,
    "amount": _amount,
    "card": lambda source: digits(source.number(0, 10_000), 4),
    "tracking": lambda source: _glue("PX", digits(source.number(10**8, 10**9)), "EU"),
    "date": lambda source: source.date_ago(1, 25),
    "stamp": lambda source: source.moment(source.tickets.at),
    "answered": lambda source: source.moment(source.replied_at),
    "now": lambda source: source.clock(source.minute()),
    "time": lambda source: source.clock(source.minute() - source.number(1, 90)),
    "hour": lambda source: source.clock(source.number(16, 21) * 60),
    "days": lambda source: digits(source.number(2, 15)),
    "product": lambda source: pa.array(PRODUCTS).take(_index(source.tickets.product)),
    "plan": lambda source: pa.array(PLANS).take(_index(source.tickets.plan)),
    "code": lambda source: source.choice(CODES),
    "device": lambda source: source.choice(DEVICES),
    "browser": lambda source: source.choice(BROWSERS),
    "version": _version,
    "city": _city,
    "name": lambda source: names(source.customers, source.tickets.customer)[0],
    "fullname": _fullname,
    "company": lambda source: pa.array(COMPANIES).take(_index(source.customers.company[source.tickets.customer])),
    "email": lambda source: emails(source.customers, source.tickets.customer),
    "phone": lambda source: _glue(
        "+1 555 01", digits(source.number(0, 100), 2), " ", digits(source.number(0, 1000), 3)
    ),
    "agent": _agent,
    "team": lambda source: pa.array(TEAMS).take(_index(source.tickets.team)),
    "ticket": lambda source: digits(source.tickets.number),
}
"""One maker a slot kind; the order is the slot's code, and the first is the empty slot."""

SLOT_NAMES = tuple(_MAKERS)


def fill_slots(
    tickets: Tickets,
    replied_at: Ints,
    people: tuple[Customers, Staff],
    period: tuple[int, int],
    rng: np.random.Generator,
) -> Slots:
    """Values of every slot for these tickets.

    Args:
        replied_at: when each was first answered, seconds since 1970.
        period: first day number and number of days of the whole sample.
    """
    source = _Source(tickets, *people, replied_at, *period, rng)
    return Slots(pa.concat_arrays([make(source) for make in _MAKERS.values()]), len(tickets))
