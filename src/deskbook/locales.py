"""Numbers and dates in the way of a locale. The words around them stay English.

Which locale is spoken is a matter of the page or report being made, so it is held for the time of its making:
`with speaking("de"): …`. `wording` asks here; nobody else forms a number or a date for people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, wraps
from typing import Any, Final, Literal, TypeVar, cast

from babel import Locale, UnknownLocaleError
from babel.core import parse_locale
from babel.dates import format_datetime, get_day_names
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

DEFAULT: Final = "en"
BROWSER: Final = "browser"
"""The setting by which each visitor gets what their browser asks for."""
Form = Literal["time", "day", "day_year", "month", "month_year", "weekday"]
SKELETONS: Final[dict[Form, str]] = {"time": "Hm", "day": "MMMd", "day_year": "yMMMd", "month_year": "yMMM"}
OURS: Final[dict[Form, str]] = {
    "time": "HH:mm",
    "day": "d MMM",
    "day_year": "d MMM y",
    "month": "LLL",
    "month_year": "MMM y",
    "weekday": "ccc",
}
"""Plain `en` writes the day before the month, as Deskbook does in all its words; `en_US` does not."""

Method = TypeVar("Method", bound=Callable[..., Any])
_SPOKEN: ContextVar[str] = ContextVar("deskbook_locale", default=DEFAULT)


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Numbers and dates of this locale, as long as it lasts."""
    held = _SPOKEN.set(name)
    try:
        yield
    finally:
        _SPOKEN.reset(held)


def in_its_locale(method: Method) -> Method:
    """A method whose numbers and dates are in the `locale` of its object."""

    @wraps(method)
    def speak(self: Any, *given: Any, **named: Any) -> Any:
        with speaking(self.locale):
            return method(self, *given, **named)

    return cast(Method, speak)


def spoken() -> str:
    """The locale that is spoken now."""
    return _SPOKEN.get()


def chosen(setting: str, wished: str = "") -> str:
    """The locale of a page.

    Args:
        setting: a locale's name, or `browser`.
        wished: the Accept-Language header of whoever looks; the first that is known counts.
    """
    if setting != BROWSER:
        return setting
    weighed = [part.strip().partition(";q=") for part in wished[:400].split(",")]
    for name, _, _ in sorted(weighed, key=lambda part: -_weight(part[2])):
        found = _known(name.replace("-", "_"))
        if found:
            return found
    return DEFAULT


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0


def _known(name: str) -> str:
    """A locale as it is called here; empty where there is none of that name or language."""
    for one in (name, name.partition("_")[0]):
        try:
            language, territory, *_ = parse_locale(one)
            return str(Locale(language, territory))
        except (ValueError, TypeError, UnknownLocaleError):
            continue
    return ""


@lru_cache(maxsize=16)
def _locale(name: str) -> Locale:
    return Locale.parse(name)


@lru_cache(maxsize=16)
def _signs(name: str) -> dict[int, str] | None:
    """What stands for the comma and the point of an English number; None where digits are grouped otherwise."""
    held = _locale(name)
    if held.decimal_formats[None].grouping != (3, 3):
        return None
    latin: dict[str, Any] = {"locale": held, "numbering_system": "latn"}
    return str.maketrans({",": get_group_symbol(**latin), ".": get_decimal_symbol(**latin)})


def decimal(value: float, decimals: int = 0) -> str:
    """A number with that many decimals; the same digits in every locale."""
    plain, name = f"{value:,.{decimals}f}", spoken()
    if name == DEFAULT:
        return plain
    signs = _signs(name)
    if signs is not None:
        return plain.translate(signs)
    pattern = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    grouped = _locale(name).decimal_formats[None].pattern.partition(".")[0]
    pattern = f"{grouped}{pattern.partition('.')[1]}{pattern.partition('.')[2]}"
    return str(format_decimal(Decimal(plain.replace(",", "")), format=pattern, locale=name, numbering_system="latn"))


def moment(value: date, form: Form) -> str:
    """A date, a time of day or the short name of its weekday; wall-clock times, no zone is applied."""
    return _moment(datetime(*value.timetuple()[:6]), form, spoken())


@lru_cache(maxsize=8192)
def _moment(value: datetime, form: Form, name: str) -> str:
    pattern = OURS[form]
    if name != DEFAULT and form in SKELETONS:
        held = _locale(name).datetime_skeletons.get(SKELETONS[form])
        pattern = str(held.pattern) if held else pattern
    return str(format_datetime(value, pattern, locale=name))


def weekdays(width: Literal["wide", "abbreviated"]) -> list[str]:
    """The weekdays from Monday on."""
    return list(_weekdays(width, spoken()))


@lru_cache(maxsize=32)
def _weekdays(width: Literal["wide", "abbreviated"], name: str) -> tuple[str, ...]:
    held = get_day_names(width, "stand-alone", locale=name)
    return tuple(str(held[place]) for place in range(7))


def signs() -> tuple[str, str] | None:
    """What groups digits and what stands before decimals; None where both are as in English."""
    held: dict[str, Any] = {"locale": _locale(spoken()), "numbering_system": "latn"}
    found = get_group_symbol(**held), get_decimal_symbol(**held)
    return None if found == (",", ".") else found


def language(code: str) -> str:
    """The English name of a language by its code: 'German'; a code that has none as it is."""
    return str(_locale(DEFAULT).languages.get(code, code))
