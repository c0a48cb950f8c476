"""What others lay down and change: the offsets of time zones and the public holidays of countries.

Offsets come from the machine's IANA database, holidays from the `holidays` package, which knows some
countries only from and to a certain year. Both change with their packages, so a schedule's version
holds them.
"""

from __future__ import annotations

import warnings
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND_US = 1_000_000
DAY_SECONDS = 86_400


@lru_cache(maxsize=512)
def offsets(zone: str, first_year: int, last_year: int) -> tuple[tuple[int, int], ...]:
    """Stretches of one UTC offset from the first year's first UTC day through the last year's last.

    Found by looking once a day and halving where two days differ; since 1970 no zone has changed its
    offset twice within six days.

    Returns:
        (first UTC microsecond, offset from UTC in microseconds) of each, ascending.
    """
    clock = ZoneInfo(zone)

    def offset(second: int) -> int:
        found = (EPOCH + timedelta(seconds=second)).astimezone(clock).utcoffset() or timedelta()
        return found // timedelta(microseconds=1)

    first = (datetime(first_year, 1, 1, tzinfo=UTC) - EPOCH).days
    last = (datetime(last_year + 1, 1, 1, tzinfo=UTC) - EPOCH).days
    before = offset(first * DAY_SECONDS)
    found = [(first * DAY_SECONDS * SECOND_US, before)]
    for day in range(first + 1, last + 1):
        now = offset(day * DAY_SECONDS)
        if now == before:
            continue
        low, high = (day - 1) * DAY_SECONDS, day * DAY_SECONDS
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(middle) == before else (low, middle)
        found.append((high * SECOND_US, now))
        before = now
    return tuple(found)


@lru_cache(maxsize=512)
def public_holidays(code: str, first_year: int, last_year: int) -> tuple[date, ...]:
    """Public holidays, days observed in their stead included, of a country or subdivision ("DE-BE")."""
    import holidays

    country, _, region = code.partition("-")
    with warnings.catch_warnings():
        # India's moon-bound holidays are known for some years only; the others of the range still count.
        warnings.filterwarnings("ignore", "Requested Holidays are available only", UserWarning)
        found = getattr(holidays, country)(subdiv=region or None, years=range(first_year, last_year + 1))
    return tuple(sorted(found))


@lru_cache(maxsize=1)
def countries() -> dict[str, list[str]]:
    """Country codes whose holidays are known, each with the codes of its subdivisions."""
    import holidays

    return dict(holidays.list_supported_countries())
