"""What social posts have and other tickets lack: hashtags, how many reacted, and where they were written.

All of it follows from a ticket's number, reason and tone, so that it needs no chance of its own and changes no other
column.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deskbook.samples.arrivals import ANGRY, Bools, Tickets
from deskbook.samples.calendar import Floats
from deskbook.samples.desk import Customers
from deskbook.samples.reasons import CHANNELS, REASONS, SOCIAL_CHANNEL
from deskbook.samples.slots import flatten
from deskbook.samples.words.people import COUNTRIES

HASHTAGS: Final[dict[str, str]] = {
    "refund": "#wheresmymoney",
    "double_charge": "#chargedtwice",
    "late_delivery": "#stillwaiting",
    "damaged_item": "#brokenonarrival",
    "wrong_item": "#notmyorder",
    "login": "#lockedout",
    "password_reset": "#lockedout",
    "app_crash": "#appcrash",
    "device_offline": "#smarthomefail",
    "cancellation": "#letmego",
    "feature_request": "#wishlist",
    "praise": "#thankyou",
}
"""Reason -> what people call it in public; the others have no word of their own."""
BRAND: Final = "#northlight"
CAPITALS: Final[dict[str, str]] = {
    "US": "New York, USA",
    "GB": "London, England",
    "IE": "Dublin, Ireland",
    "AU": "Sydney, Australia",
    "CA": "Toronto, Canada",
    "NL": "Amsterdam, The Netherlands",
    "SE": "Stockholm, Sweden",
    "DE": "Berlin, Germany",
    "AT": "Vienna, Austria",
    "CH": "Zurich, Switzerland",
    "ES": "Madrid, Spain",
    "MX": "Mexico City, Mexico",
    "AR": "Buenos Aires, Argentina",
    "CO": "Bogotá, Colombia",
    "FR": "Paris, France",
    "BE": "Brussels, Belgium",
    "BR": "São Paulo, Brazil",
    "PT": "Lisbon, Portugal",
}
"""Country -> the place that its people tag."""
COLUMNS: Final = ("likes", "replies", "reposts", "quotes", "place", "country")
NAMED: Final = 0.55
"""Share of posts with the hashtag of their reason; of those of an incident nearly all have it."""
NAMED_IN_INCIDENT: Final = 0.92
BRANDED: Final = 0.3
PLACED: Final = 0.35
MOST_LIKES: Final = 4_000


def hashtags(tickets: Tickets) -> pa.StringArray:
    """The hashtags of each ticket, separated by semicolons; empty for those that came another way."""
    words = [HASHTAGS.get(reason.key, "") for reason in REASONS]
    share = np.where(tickets.plant >= 0, NAMED_IN_INCIDENT, NAMED)
    is_named = _is_social(tickets) & (_draw(tickets, 1) < share)
    is_branded = _is_social(tickets) & (_draw(tickets, 2) < BRANDED)
    own = pa.array(["", *words]).take(pa.array(np.where(is_named, tickets.reason + 1, 0)))
    brand = pa.array(["", BRAND]).take(pa.array(is_branded.astype(np.int64)))
    return pc.utf8_trim(pc.binary_join_element_wise(own, brand, ";"), ";")


def columns(tickets: Tickets, customers: Customers) -> list[pa.Array]:
    """The columns of `COLUMNS`, null for tickets that came another way."""
    is_other = ~_is_social(tickets)
    # A few posts are seen by many: the tail of reactions is heavy, and anger travels.
    likes = np.minimum((1 / _draw(tickets, 3)) ** 0.9 - 1, MOST_LIKES) * np.where(tickets.tone == ANGRY, 3.0, 1.0)
    counts = [
        likes,
        likes * 0.1 * _draw(tickets, 4) + 1,
        likes * 0.35 * _draw(tickets, 5),
        likes * 0.12 * _draw(tickets, 6),
    ]
    countries, start = flatten(COUNTRIES)
    row = tickets.customer
    codes = countries.take(pa.array(start[customers.language[row]] + customers.country[row]))
    is_unplaced = is_other | (_draw(tickets, 7) >= PLACED)
    places = pc.index_in(codes, pa.array(list(CAPITALS)))
    nowhere = pa.scalar(None, pa.string())
    return [
        *(pa.array(count.astype(np.int64), mask=is_other) for count in counts),
        pc.if_else(pa.array(is_unplaced), nowhere, pa.array(list(CAPITALS.values())).take(places)),
        pc.if_else(pa.array(is_unplaced), nowhere, codes),
    ]


def _is_social(tickets: Tickets) -> Bools:
    found: Bools = tickets.channel == CHANNELS.index(SOCIAL_CHANNEL)
    return found


def _draw(tickets: Tickets, turn: int) -> Floats:
    """A number above 0 and at most 1 of each ticket, another one each turn (SplitMix64)."""
    with np.errstate(over="ignore"):
        mixed = (tickets.number.astype(np.uint64) + np.uint64(turn)) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((mixed >> np.uint64(11)).astype(np.float64) + 1) / 2.0**53
