"""Help desks name zones as Ruby on Rails does ("Eastern Time (US & Canada)"); each is one of the IANA's."""

from __future__ import annotations

from typing import Final
from zoneinfo import available_timezones

PLACES: Final = {
    "America/": (
        "Tijuana Denver Chicago Chihuahua Mazatlan Monterrey Guatemala New_York Bogota Lima Halifax Caracas La_Paz "
        "Santiago St_Johns Sao_Paulo Montevideo Guyana Puerto_Rico Phoenix Los_Angeles Juneau Mexico_City Regina"
    ),
    "Europe/": (
        "Dublin London Lisbon Belgrade Bratislava Budapest Ljubljana Prague Sarajevo Skopje Warsaw Zagreb Brussels "
        "Copenhagen Madrid Paris Amsterdam Berlin Rome Stockholm Vienna Bucharest Helsinki Riga Sofia Tallinn Vilnius "
        "Athens Istanbul Minsk Moscow Kaliningrad Samara Zurich"
    ),
    "Africa/": "Monrovia Casablanca Cairo Harare Johannesburg Nairobi Algiers",
    "Asia/": (
        "Jerusalem Kuwait Riyadh Baghdad Tehran Muscat Baku Tbilisi Yerevan Kabul Yekaterinburg Karachi Tashkent "
        "Kolkata Kathmandu Dhaka Colombo Almaty Novosibirsk Rangoon Bangkok Jakarta Krasnoyarsk Shanghai Chongqing "
        "Hong_Kong Urumqi Kuala_Lumpur Singapore Taipei Irkutsk Ulaanbaatar Seoul Tokyo Yakutsk Vladivostok Magadan "
        "Srednekolymsk"
    ),
    "Australia/": "Perth Darwin Adelaide Melbourne Sydney Brisbane Hobart",
    "Pacific/": "Honolulu Port_Moresby Guam Noumea Guadalcanal Fiji Majuro Auckland Tongatapu Fakaofo Chatham Apia",
    "Atlantic/": "Azores Cape_Verde South_Georgia",
}
OTHERS: Final = {
    "International Date Line West": "Etc/GMT+12",
    "Midway Island": "Pacific/Midway",
    "American Samoa": "Pacific/Pago_Pago",
    "Hawaii": "Pacific/Honolulu",
    "Alaska": "America/Juneau",
    "Pacific Time (US & Canada)": "America/Los_Angeles",
    "Mountain Time (US & Canada)": "America/Denver",
    "Arizona": "America/Phoenix",
    "Central Time (US & Canada)": "America/Chicago",
    "Saskatchewan": "America/Regina",
    "Guadalajara": "America/Mexico_City",
    "Central America": "America/Guatemala",
    "Eastern Time (US & Canada)": "America/New_York",
    "Indiana (East)": "America/Indiana/Indianapolis",
    "Quito": "America/Lima",
    "Atlantic Time (Canada)": "America/Halifax",
    "Newfoundland": "America/St_Johns",
    "Brasilia": "America/Sao_Paulo",
    "Buenos Aires": "America/Argentina/Buenos_Aires",
    "Georgetown": "America/Guyana",
    "Greenland": "America/Nuuk",
    "Mid-Atlantic": "Atlantic/South_Georgia",
    "Cape Verde Is.": "Atlantic/Cape_Verde",
    "Edinburgh": "Europe/London",
    "UTC": "Etc/UTC",
    "Bern": "Europe/Zurich",
    "West Central Africa": "Africa/Algiers",
    "Kyiv": "Europe/Kyiv",
    "Kyev": "Europe/Kyiv",
    "Pretoria": "Africa/Johannesburg",
    "St. Petersburg": "Europe/Moscow",
    "Volgograd": "Europe/Volgograd",
    "Abu Dhabi": "Asia/Muscat",
    "Ekaterinburg": "Asia/Yekaterinburg",
    "Islamabad": "Asia/Karachi",
    "Chennai": "Asia/Kolkata",
    "Mumbai": "Asia/Kolkata",
    "New Delhi": "Asia/Kolkata",
    "Sri Jayawardenepura": "Asia/Colombo",
    "Astana": "Asia/Almaty",
    "Hanoi": "Asia/Bangkok",
    "Beijing": "Asia/Shanghai",
    "Osaka": "Asia/Tokyo",
    "Sapporo": "Asia/Tokyo",
    "Canberra": "Australia/Canberra",
    "Solomon Is.": "Pacific/Guadalcanal",
    "New Caledonia": "Pacific/Noumea",
    "Marshall Is.": "Pacific/Majuro",
    "Wellington": "Pacific/Auckland",
    "Nuku'alofa": "Pacific/Tongatapu",
    "Tokelau Is.": "Pacific/Fakaofo",
    "Chatham Is.": "Pacific/Chatham",
    "Samoa": "Pacific/Apia",
}
ZONES: Final = OTHERS | {
    name.replace("_", " "): f"{part}{name}" for part, names in PLACES.items() for name in names.split()
}


def iana(name: str) -> str | None:
    """The IANA zone of such a name, or of one that is already the IANA's; None where it is neither."""
    return ZONES.get(name) or (name if name in available_timezones() else None)
