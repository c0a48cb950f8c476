"""All vocabularies in one mapping: language, then section, then field."""

from __future__ import annotations

from deskbook.samples.words import english, english_orders, english_product, french, german, portuguese, spanish
from deskbook.samples.words import incidents_abroad as abroad
from deskbook.samples.words.form import Wording
from deskbook.samples.words.incidents_english import INCIDENTS

LEXICON: dict[str, dict[str, Wording]] = {
    "en": {"voice": english.VOICE, **english_orders.ORDERS, **english_product.PRODUCT, **INCIDENTS},
    "de": {**german.WORDS, **abroad.GERMAN},
    "es": {**spanish.WORDS, **abroad.SPANISH},
    "fr": {**french.WORDS, **abroad.FRENCH},
    "pt": {**portuguese.WORDS, **abroad.PORTUGUESE},
}
