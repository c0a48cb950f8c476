"""What people write: varied, in five languages, in the right mood, with some attacks."""

from __future__ import annotations

import pandas as pd
import pytest

STOPWORDS = {
    "en": ("the", "my", "is", "and", "to"),
    "de": ("ich", "die", "und", "nicht", "mein"),
    "es": ("mi", "el", "por", "los", "está"),
    "fr": ("je", "le", "est", "mon", "vous"),
    "pt": ("meu", "não", "minha", "uma", "por"),
}
ANGRY = "furious|unaccept|terrible|angry|outrageous|disappoint|ridiculous|awful|worst|frustrated|ashamed|fed up|cheated"


def words_of(sample, ids: list[str]) -> pd.Series:
    return sample.first.set_index("ticket")["body"].loc[[int(number) for number in ids]]


def test_first_messages_are_distinct(sample) -> None:
    body = sample.first["body"]
    assert body.nunique() / len(body) > 0.999
    assert body.str.replace(r"\d", "0", regex=True).nunique() / len(body) > 0.99


def test_no_slot_is_left_open(sample) -> None:
    for texts in (sample.messages["body"], sample.tickets["subject"], sample.surveys["comment"].dropna()):
        assert not texts.str.contains(r"[{}]|\\n").any()
        assert (texts.str.strip() != "").all()


def test_languages_have_the_shares_of_the_truth(sample) -> None:
    padded = " " + sample.first["body"].str.lower().str.replace(r"[^\w]+", " ", regex=True) + " "
    hits = pd.DataFrame(
        {code: sum(padded.str.count(f" {word} ") for word in words) for code, words in STOPWORDS.items()}
    )
    found = hits[hits.max(axis=1) > 0].idxmax(axis=1).value_counts(normalize=True)
    for code, count in sample.truth["by_language"].items():
        assert found[code] == pytest.approx(count / 3_000, abs=0.05)
    assert sample.truth["by_language"]["en"] > 1_500


def test_some_writers_are_careless_and_some_mails_quote(sample) -> None:
    body = sample.messages["body"]
    assert body.str.contains(r"\n> \w").sum() > 500
    assert sample.first["body"].str.contains(r"\bi (?:am|have|cannot|want|would|sent|tried)\b").sum() > 20
    assert sample.tickets["subject"].str.contains("\n").sum() >= 1


def test_quotations_repeat_what_was_written(sample) -> None:
    agents = sample.messages[(sample.messages["author_role"] == "agent") & sample.messages["body"].str.contains("\n> ")]
    quoted = agents["body"].str.split("\n> ").str[-1]
    first = agents["ticket"].map(sample.first.set_index("ticket")["body"])
    assert all(quote in text for quote, text in zip(quoted, first, strict=True))
    assert len(quoted) > 200


def test_at_least_five_hostile_messages_are_recorded(sample) -> None:
    texts = words_of(sample, sample.truth["hostile_ticket_ids"])
    assert len(texts) >= 5
    attack = "(?i)ignor|disregard|forget|DAN|AI reads|administrator|summarise|SYSTEM|reglas|Regeln|END OF"
    assert texts.str.contains(attack).all()


def test_the_last_days_incident_is_angry(sample) -> None:
    texts = words_of(sample, sample.truth["incidents"][-1]["ticket_ids"])
    english = texts[texts.str.contains("charge|debited|captures")]
    assert len(english) >= 6
    assert english.str.contains(f"(?i){ANGRY}").mean() > 0.6


def test_the_surge_is_praise(sample) -> None:
    texts = words_of(sample, sample.truth["surge"]["ticket_ids"])
    praise = "(?i)thank|love|fantas|perfe|amazing|gracias|merci|dank|obrigad|excellent|brilliant"
    assert texts.str.contains(praise).mean() > 0.8
    assert not texts.str.contains(f"(?i){ANGRY}").any()


def test_ordinary_tickets_are_mostly_calm(sample) -> None:
    planted = {number for incident in sample.truth["incidents"] for number in incident["ticket_ids"]}
    calm = sample.first[~sample.first["ticket"].astype(str).isin(planted)]
    assert 0.02 < calm["body"].str.contains(f"(?i){ANGRY}").mean() < 0.25
