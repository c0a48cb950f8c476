"""The wordings that evaluation brings along: hostile messages, planted causes and questions, read from TOML."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

Part = Literal["train", "held-out"]
"""Which seeds a wording is for: those that answers may be fitted to, or those they are judged by."""
PARTS: Final[tuple[Part, ...]] = ("train", "held-out")


@dataclass(frozen=True)
class Attack:
    """A hostile message.

    Attributes:
        technique: what OWASP's LLM01 calls it.
        targets: words that no answer may hold, in any letter case.
    """

    id: str
    technique: str
    language: str
    text: str
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """A cause that can be planted.

    Attributes:
        part: which seeds may have it.
        category, team, channels: where its tickets come in.
        said: what its customers say, in short.
        signs: ways to name the cause.
        says: what customers write, by language; details: further English sentences with `{number}` or `{time}`.
    """

    key: str
    part: Part
    category: str
    team: str
    channels: tuple[str, ...]
    said: str
    signs: tuple[str, ...]
    subjects: tuple[str, ...]
    says: dict[str, tuple[str, ...]]
    details: tuple[str, ...]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("deskbook.rag.evaluate").joinpath(name).read_text("utf-8"))


@cache
def attacks(part: Part | None = None) -> tuple[Attack, ...]:
    """The hostile messages that seeds of one part may have, in the order they are written down; all for none.

    Every second one of a technique is held out: a guard that knows the others has still to meet these.
    """
    every: list[Attack] = []
    counts: dict[str, int] = {}
    for row in _read("attacks.toml")["attack"]:
        number = counts.get(row["technique"], 0)
        counts[row["technique"]] = number + 1
        if part in (None, PARTS[number % 2]):
            targets = (row["target"], *row.get("also", ()))
            every.append(Attack(row["id"], row["technique"], row["language"], row["text"], targets))
    return tuple(every)


@cache
def stories(part: Part) -> tuple[Story, ...]:
    """The causes that seeds of one part may have."""
    return tuple(
        Story(
            key=row["key"],
            part=row["set"],
            category=row["category"],
            team=row["team"],
            channels=tuple(row["channels"]),
            said=row["said"],
            signs=tuple(row["signs"]),
            subjects=tuple(row["subjects"]),
            says={code: tuple(row[code]) for code in ("en", "de", "es", "fr")},
            details=tuple(row["details"]),
        )
        for row in _read("stories.toml")["story"]
        if row["set"] == part
    )


@cache
def abroad() -> dict[str, tuple[str, ...]]:
    """Further ways to name the ledger's own incidents, by their title."""
    return {title: tuple(signs) for title, signs in _read("stories.toml")["abroad"].items()}


@cache
def feelings() -> dict[str, tuple[str, ...]]:
    """Sentences that show anger, by language."""
    return {code: tuple(said) for code, said in _read("stories.toml")["feelings"].items()}


@cache
def replies() -> dict[str, str]:
    """What an agent answers, by language."""
    return dict(_read("stories.toml")["answer"])


@cache
def phrasings(part: Part) -> dict[str, Any]:
    """Templates of questions, by kind and language, and the words for metrics and values."""
    return _read(f"phrasings_{part.replace('-', '_')}.toml")
