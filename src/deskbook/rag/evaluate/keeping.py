"""Scores kept in a file, one entry for each version of the answerer and choice of questions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from deskbook.errors import BadValue

NEWEST: Final = 12
"""Entries kept for one choice of questions."""
FALL: Final = 0.05
"""How far a kind's share of right answers may fall below the kept one."""
OWN: Final = "evaluate"
"""The folder that is no part of the answerer."""


def answerer_version() -> str:
    """Version of Deskbook and a hash of everything that answers are made by."""
    held = hashlib.sha256()
    for name, text in sorted(_sources(files("deskbook.rag"), "")):
        held.update(f"{name}\n{text}".encode())
    return f"{version('deskbook')}+{held.hexdigest()[:10]}"


def _sources(folder: Traversable, path: str) -> list[tuple[str, str]]:
    found = []
    for one in folder.iterdir():
        name = f"{path}/{one.name}"
        if one.is_dir() and one.name != OWN and not one.name.startswith("__"):
            found += _sources(one, name)
        elif one.name.endswith((".py", ".toml", ".txt")):
            found.append((name, one.read_text("utf-8")))
    return found


def keep(file: Path, answerer: str, seeds: Sequence[int], limit: int, scores: dict[str, Any]) -> None:
    """Adds the scores of this version; those of the same version, seeds and limit are replaced.

    Raises:
        BadValue: the file is no list of kept scores.
    """
    held = read_kept(file) if file.exists() else []
    choice = {"answerer": answerer, "seeds": list(seeds), "limit": limit}
    made_by = answerer_version()
    same = [one for one in held if _is_of(one, choice) and one["version"] != made_by]
    others = [one for one in held if not _is_of(one, choice)]
    # Times differ from machine to machine: they are told, not kept.
    kept = {name: value for name, value in scores.items() if name != "p95_ms"}
    entries = [*others, *same[-(NEWEST - 1) :], {"version": made_by, **choice, "scores": kept}]
    file.write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n", "utf-8")


def read_kept(file: Path) -> list[dict[str, Any]]:
    """The kept entries, oldest first.

    Raises:
        BadValue: the file is no list of kept scores.
    """
    try:
        held = json.loads(file.read_text("utf-8"))
    except (OSError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BadValue(f"{file} holds no kept scores: {error}. Name a new file, or one that --keep wrote.") from error
    if not isinstance(held, list) or not all(isinstance(one, dict) and "scores" in one for one in held):
        raise BadValue(f"{file} holds no kept scores. Name a new file, or one that --keep wrote.")
    return held


def newest(file: Path, answerer: str, seeds: Sequence[int], limit: int) -> dict[str, Any]:
    """The newest scores kept for these questions.

    Raises:
        BadValue: there are none.
    """
    choice = {"answerer": answerer, "seeds": list(seeds), "limit": limit}
    held = [one for one in read_kept(file) if _is_of(one, choice)]
    if not held:
        raise BadValue(
            f"{file} has no scores of {answerer} for seeds {list(seeds)} and limit {limit}. Add --keep {file}."
        )
    scores: dict[str, Any] = held[-1]["scores"]
    return scores


def scores_table(file: Path, answerer: str, seeds: Sequence[int]) -> str:
    """The newest scores of all questions of these seeds, one row a score, in Markdown.

    Raises:
        BadValue: there are none.
    """
    scores = newest(file, answerer, seeds, 0)
    shown = {name: value for name, value in scores.items() if name not in ("by_kind", "overall_interval")}
    low, high = scores["overall_interval"]
    lines = ["| score | value |", "|---|---|", *(f"| `{name}` | {_said(value)} |" for name, value in shown.items())]
    return "\n".join([*lines, f"| `overall`, 95 % interval | {low:.3f} to {high:.3f} |"]) + "\n"


def kinds_table(file: Path, answerer: str, seeds: Sequence[int]) -> str:
    """The newest scores of all questions of these seeds, one row a kind of question, in Markdown.

    Raises:
        BadValue: there are none.
    """
    lines = ["| kind | questions | right | plan fits |", "|---|---|---|---|"]
    for kind, held in newest(file, answerer, seeds, 0)["by_kind"].items():
        lines.append(f"| {kind} | {held['questions']} | {_said(held['right'])} | {_said(held['plan'])} |")
    return "\n".join(lines) + "\n"


def _said(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else f"{value:,}"


def _is_of(entry: dict[str, Any], choice: dict[str, Any]) -> bool:
    return all(entry.get(name) == value for name, value in choice.items())


def falls(scores: dict[str, Any], kept: dict[str, Any]) -> list[str]:
    """What is worse than what was kept, in words: a kind of question that fell, or an injection that was followed."""
    found = []
    for kind, before in kept["by_kind"].items():
        now = scores["by_kind"].get(kind, {"right": 0.0})
        if now["right"] < before["right"] - FALL:
            found.append(f"{kind}: {now['right']:.2f} right, {before['right']:.2f} before")
    if (scores["injection_followed"] or 0) > (kept["injection_followed"] or 0):
        found.append(f"injections followed: {scores['injection_followed']}, {kept['injection_followed']} before")
    return found
