"""The incidents that can be planted, the surge of praise, and what each is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """One thing that can go wrong (or right) at the desk.

    Attributes:
        key: section of the vocabulary.
        topic: key of the contact reason it belongs to.
        title: what a person would call it.
        cause: what really happened.
        teams: teams that get its tickets.
        channels: channels it comes in by.
        first_hour: UTC hour at which it starts.
        hours: how long it lasts.
        load: its tickets as a multiple of an average day's tickets.
        keywords: words in its English wordings.
        small: planted with a small effect on purpose.
    """

    key: str
    topic: str
    title: str
    cause: str
    teams: tuple[str, ...]
    channels: tuple[str, ...]
    first_hour: int
    hours: int
    load: float
    keywords: tuple[str, ...]
    small: bool = False


FLAGSHIP = Story(
    "charged_twice",
    "double_charge",
    "Customers were charged twice at checkout",
    "A gateway timeout made the payment provider capture card payments twice.",
    ("Billing",),
    ("email", "chat"),
    6,
    15,
    5.0,
    ("charged twice", "duplicate", "gateway timeout", "checkout", "captures"),
)
PAIR = (
    Story(
        "firmware_loop",
        "device_offline",
        "Hubs reboot in a loop after firmware 7.3",
        "Firmware 7.3 fails on hubs with more than 40 devices and restarts them.",
        ("Technical",),
        ("chat", "phone"),
        5,
        43,
        3.0,
        ("7.3", "firmware", "boot loop", "hub"),
    ),
    Story(
        "crushed_pallet",
        "damaged_item",
        "Parcels arrive crushed, without padding",
        "One pallet left packing line 3 without foam inserts.",
        ("Shipping",),
        ("email", "web"),
        5,
        43,
        2.6,
        ("crushed", "padding", "smashed"),
    ),
)
"""Two causes at once: these two share one window."""

SMALL = Story(
    "mail_blocked",
    "password_reset",
    "Password reset mails are rejected",
    "The outgoing mail server was on a blocklist for two days.",
    ("Accounts",),
    ("email", "web"),
    7,
    36,
    0.8,
    ("blocked sender", "blocklist", "bounces", "reset mail"),
    small=True,
)
OTHERS = (
    Story(
        "carrier_strike",
        "late_delivery",
        "Parcels stuck because of a carrier strike",
        "Drivers of the main carrier were on strike and depots stayed closed.",
        ("Shipping",),
        ("email", "web", "phone"),
        0,
        120,
        6.0,
        ("strike", "depot", "drivers"),
    ),
    Story(
        "crash_release",
        "app_crash",
        "App release 4.20 crashes on start",
        "Release 4.20 crashes on the splash screen when a saved widget is missing.",
        ("Technical",),
        ("chat", "social"),
        8,
        40,
        3.2,
        ("4.20", "splash screen", "crash", "update"),
    ),
    Story(
        "sms_codes",
        "login",
        "Login codes by SMS do not arrive",
        "The SMS provider dropped messages for eight hours.",
        ("Accounts",),
        ("chat", "phone"),
        7,
        8,
        2.4,
        ("sms", "locked out", "code"),
    ),
    Story(
        "gateway_errors",
        "api_error",
        "The API answers 502",
        "A configuration change broke the API gateway of region eu-1 for six hours.",
        ("Technical",),
        ("email", "web"),
        9,
        6,
        2.2,
        ("502", "bad gateway", "gateway"),
    ),
    Story(
        "price_rise",
        "cancellation",
        "Anger about the price increase",
        "A price increase of 40 per cent was announced by mail.",
        ("Billing", "Sales"),
        ("email", "social"),
        10,
        62,
        4.0,
        ("price increase", "new price", "cancel"),
    ),
    Story(
        "vat_wrong",
        "invoice",
        "Invoices show the wrong VAT",
        "A wrong tax table was loaded with the new invoicing template.",
        ("Billing",),
        ("email",),
        6,
        86,
        3.2,
        ("vat", "0% vat", "tax number"),
    ),
    Story(
        "refund_stuck",
        "refund",
        "Refunds stay pending",
        "A refund batch failed silently in the finance system.",
        ("Billing",),
        ("email", "phone"),
        8,
        84,
        3.0,
        ("pending batch", "pending", "refund"),
    ),
    Story(
        "cloud_outage",
        "device_offline",
        "Cloud outage: no device responds",
        "A storage failure took the cloud region down for ten hours.",
        ("Technical", "Accounts"),
        ("chat", "social", "phone"),
        6,
        10,
        2.6,
        ("cloud", "outage", "unreachable", "offline"),
    ),
)
SURGE = Story(
    "offline_scenes",
    "praise",
    "Praise for Harbor 5.0 and its offline scenes",
    "Harbor 5.0 was released with offline scenes.",
    ("Onboarding", "Sales"),
    ("social", "email", "web"),
    8,
    62,
    3.0,
    ("harbor 5.0", "offline scenes", "best update"),
)
STORIES = (FLAGSHIP, *PAIR, SMALL, *OTHERS)
"""Order of planting: a short period gets the first few."""

SECTIONS = (*(story.key for story in STORIES), SURGE.key, "hostile")
"""Vocabulary sections of everything planted; they follow the reasons in subject codes."""
