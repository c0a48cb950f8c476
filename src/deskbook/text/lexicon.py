"""The words a language is scored with: VADER's own for English, ours for the desk and for de, es, fr, pt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module

LANGUAGES = ("de", "en", "es", "fr", "pt")
FALLBACK = "en"
BOOST = 0.293
"""What an intensifier adds to the word after it (Hutto & Gilbert, "VADER", ICWSM 2014)."""

EMOJIS = {
    -3.0: "😡 🤬 👿 🤮",
    -2.0: "😠 😤 👎 💔 😞 ☹ 😢 😩 😫",
    -1.4: "🙄 😒 😑 🤦 😔 😕 😭 💩 🤡",
    0.8: "🙏 ✅ 🔥 🙂",
    1.8: "👍 🙌 👏 👌 😊 😀 😃 😄 😁 🤗 😎 ⭐",
    2.6: "😍 🥰 😘 ❤ 💙 💚 💜 🎉 🥳",
}
"""Our valences, before the ones that VADER's descriptions of emoji give ("pouting face" gives none)."""

_WORD = re.compile(r"[\w' -]+")


@dataclass(frozen=True)
class Lexicon:
    """What one language is scored with, in lower case; a phrase is words with one space between.

    Attributes:
        language: ISO 639-1.
        valences: word, phrase, emoticon or emoji -> -4 (worst) to 4 (best); one without a mood is absent.
        negations: words that turn the mood of a word up to three places later.
        boosters: words that add to (or take from) the strength of a word up to three places later.
        contrasts: "but" and its like: what follows outweighs what came before.
        phrases: what counts as one word, also where it has no mood ("no problem").
    """

    language: str
    valences: dict[str, float]
    negations: frozenset[str]
    boosters: dict[str, float]
    contrasts: frozenset[str]
    phrases: frozenset[str]

    @cached_property
    def phrase_lengths(self) -> dict[str, tuple[int, ...]]:
        """First word of each phrase -> how many words such phrases have, longest first."""
        lengths: dict[str, set[int]] = {}
        for phrase in self.phrases:
            first, *others = phrase.split()
            lengths.setdefault(first, set()).add(1 + len(others))
        return {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}

    @cached_property
    def emoji(self) -> re.Pattern[str]:
        """Matches one emoji that has a mood."""
        return re.compile(f"[{re.escape(''.join(_emojis()))}]")

    @property
    def has_elisions(self) -> bool:
        """Whether an apostrophe parts two words ("n'est")."""
        return self.language == "fr"


def lexicon(language: str) -> Lexicon:
    """The words of that language (ISO 639-1); English for one that has no list here.

    Emoticons and emoji count in every language.
    """
    return _ours(language if language in LANGUAGES else FALLBACK)


@cache
def vader_english() -> Lexicon:
    """VADER's English as published, without a word of ours."""
    from vaderSentiment import vaderSentiment as vader

    valences = {word: float(valence) for word, valence in (_vader_words() | vader.SPECIAL_CASES).items()}
    phrases = frozenset(word for word in (*valences, *vader.BOOSTER_DICT) if " " in word)
    return Lexicon("en", valences, frozenset(vader.NEGATE), dict(vader.BOOSTER_DICT), frozenset({"but"}), phrases)


@cache
def _ours(language: str) -> Lexicon:
    words = import_module(f"deskbook.text.words.{language}")

    def spelt(listed: str) -> list[str]:
        return [form for word in _listed(listed) for form in _forms(word, words.ENDINGS, language)]

    valences = {form: valence for valence, listed in words.WORDS.items() for form in spelt(listed)}
    # A word spelt exactly so outranks one that loses an accent or takes an ending to look like it.
    valences |= {word: valence for valence, listed in words.WORDS.items() for word in _listed(listed)}
    boosters = dict.fromkeys(spelt(words.BOOSTERS), BOOST) | dict.fromkeys(spelt(words.DAMPENERS), -BOOST)
    negations, contrasts = frozenset(spelt(words.NEGATIONS)), frozenset(spelt(words.CONTRASTS))
    phrases = frozenset(word for word in (*valences, *boosters, *negations) if " " in word)
    if language == "en":
        plain = vader_english()
        boosters, negations, phrases = plain.boosters | boosters, plain.negations | negations, plain.phrases | phrases
        inherited = plain.valences
    else:
        inherited = {word: valence for word, valence in _vader_words().items() if not _WORD.fullmatch(word)}
    moods = {
        word: valence
        for word, valence in (inherited | _emojis() | valences).items()
        if valence and word not in boosters and word not in negations
    }
    return Lexicon(language, moods, negations, boosters, contrasts, phrases)


def _listed(text: str) -> list[str]:
    return [" ".join(word.split()) for word in text.split(",") if word.strip()]


def _forms(word: str, endings: Iterable[str], language: str) -> list[str]:
    """The word with each ending ("~" stands for them), each form also as typed without accents or apostrophes."""
    full = [word[:-1] + ending for ending in endings] if word.endswith("~") else [word]
    return [form for spelling in full for form in (spelling, _without_accents(spelling, language))]


def _without_accents(word: str, language: str) -> str:
    if language == "en":
        return word.replace("'", "")
    if language == "de":
        return word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


@cache
def _vader_words() -> dict[str, float]:
    from vaderSentiment import vaderSentiment as vader

    return dict(vader.SentimentIntensityAnalyzer().lexicon)


@cache
def _emojis() -> dict[str, float]:
    """One-character emoji -> valence: ours, else the sum over the words of VADER's description."""
    from vaderSentiment import vaderSentiment as vader

    words = _vader_words()
    described = {
        emoji: sum(words.get(word, 0.0) for word in description.split())
        for emoji, description in vader.SentimentIntensityAnalyzer().emojis.items()
        if len(emoji) == 1
    }
    ours = {emoji: valence for valence, emojis in EMOJIS.items() for emoji in emojis.split()}
    return {emoji: valence for emoji, valence in described.items() if valence} | ours
