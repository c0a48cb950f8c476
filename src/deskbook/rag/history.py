"""What an answer was made with, how two answers to one question differ, and whether a question is due again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any, Final, Literal

from deskbook.metrics import Period, registry
from deskbook.rag import model_plan, rephrase
from deskbook.rag.model_settings import ModelSettings
from deskbook.rag.rephrase_bind import bind

Kind = Literal["number", "sentence", "passage", "plan"]
MOST_IDS: Final = 50
"""Ids of a count that are kept; its value stays whole."""
CAUSES: Final = {
    "snapshot": "data",
    "definitions": "definition",
    "prompts": "prompt",
    "model": "model",
    "version": "Deskbook",
}


@dataclass(frozen=True)
class Change:
    """One thing that differs between two answers; what was not there is empty."""

    kind: Kind
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """Two answers to one question.

    Attributes:
        changes: per number, sentence and passage.
        because: what changed between them: data, definition, prompt, model, Deskbook.
    """

    changes: tuple[Change, ...]
    because: tuple[str, ...]

    @property
    def state(self) -> str:
        """`changed`; `flagged` where something but data changed and the answer stayed; `same`."""
        if self.changes:
            return "changed"
        return "flagged" if set(self.because) - {"data"} else "same"

    def sentence(self) -> str:
        """In a line."""
        why = f" (changed since: {', '.join(self.because)})" if self.because else ""
        if not self.changes:
            return f"The same answer{why}."
        numbers = sum(one.kind == "number" for one in self.changes)
        return f"{len(self.changes)} differences, {numbers} of them numbers{why}."

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {
            "state": self.state,
            "said": self.sentence(),
            "because": list(self.because),
            "changes": [asdict(one) for one in self.changes],
        }


def made_with(answer: Mapping[str, Any], snapshot: int, model: ModelSettings | None, version: str) -> dict[str, Any]:
    """What an answer rests on besides its question.

    Args:
        snapshot: of the lake, for an answer without numbers.
    """
    receipts = [entry["receipt"] for entry in answer["numbers"]]
    named = [name for name in answer["plan"].get("metrics", ()) if name in registry]
    definitions = {name: registry[name].version for name in named}
    definitions |= {name: one for receipt in receipts for name, one in receipt["metrics"].items()}
    return {
        "snapshot": max((int(receipt["snapshot"]) for receipt in receipts), default=snapshot),
        "definitions": definitions,
        "model": f"{model.name} at {model.url}" if model else "",
        "prompts": [model_plan.PROMPT_VERSION, rephrase.PROMPT_VERSION] if model else [],
        "version": version,
    }


def kept(answer: Mapping[str, Any]) -> dict[str, Any]:
    """An answer as history keeps it: long lists of ids cut."""

    def short(count: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: value[:MOST_IDS] if name in ("messages", "tickets") and isinstance(value, list) else value
            for name, value in count.items()
        }

    claims = [{**claim, "counts": [short(count) for count in claim["counts"]]} for claim in answer["claims"]]
    return {**answer, "claims": claims}


def causes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """What changed between two answers' makings."""
    return tuple(said for name, said in CAUSES.items() if before.get(name) != after.get(name))


def now_made(before: Mapping[str, Any], snapshot: int, model: ModelSettings | None, version: str) -> dict[str, Any]:
    """What an answer would be made with now, without making it."""
    known = {name: registry[name].version if name in registry else "" for name in before.get("definitions", {})}
    empty: dict[str, Any] = {"numbers": [], "plan": {}}
    return {**made_with(empty, snapshot, model, version), "definitions": known}


def compare(
    before: tuple[Mapping[str, Any], Mapping[str, Any]], after: tuple[Mapping[str, Any], Mapping[str, Any]]
) -> Difference:
    """How two answers differ, each given with what it was made with."""
    (old, old_made), (new, new_made) = before, after
    changes = [*_plan(old, new), *_numbers(old, new), *_sentences(old, new), *_passages(old, new)]
    return Difference(tuple(changes), causes(old_made, new_made))


def fixed(plan: Mapping[str, Any], period: Callable[[str], Period]) -> dict[str, Any]:
    """A plan with its periods in words that name their dates, so that asking it later asks of the same days.

    Args:
        period: what words mean now.
    """
    told = dict(plan)
    for name in ("period", "baseline"):
        held = told.get(name)
        if isinstance(held, Mapping) and held.get("first_day") and held.get("last_day"):
            told[name] = {**held, "text": _dated(held, period)}
    return told


def _dated(held: Mapping[str, Any], period: Callable[[str], Period]) -> str:
    """A month, quarter, year or span of days, whichever is exactly the period; else the words as they stand."""
    first, last = str(held["first_day"]), str(held["last_day"])
    quarter = f"{first[:4]}-Q{(int(first[5:7]) + 2) // 3}"
    for text in (first[:7], quarter, first[:4], first if first == last else f"{first}..{last}"):
        found = period(text)
        ends = [moment.isoformat() if moment else "" for moment in (found.since, found.until)]
        if ends == [held["since"], held["until"]]:
            return text
    return str(held["text"])


def _plan(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in ("kind", "metrics", "filters", "by", "grain"):
        one, two = str(old["plan"].get(name, "")), str(new["plan"].get(name, ""))
        if one != two:
            yield Change("plan", name, one, two)
    if old["abstain"] != new["abstain"]:
        said = {True: "not answered", False: "answered"}
        yield Change("plan", "answered", said[bool(old["abstain"])], said[bool(new["abstain"])])


def _numbers(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before, after = _by_label(old["numbers"]), _by_label(new["numbers"])
    for label in dict.fromkeys((*before, *after)):
        one, two = before.get(label), after.get(label)
        if one is None or two is None or one["value"] != two["value"]:
            shown = ["" if held is None else str(held["shown"]) for held in (one, two)]
            if shown[0] == shown[1]:  # the same as far as it is shown: say it whole
                shown = ["" if held is None else str(held["value"]) for held in (one, two)]
            yield Change("number", label[0], *shown)


def _by_label(numbers: Sequence[Mapping[str, Any]]) -> dict[tuple[str, int], Mapping[str, Any]]:
    """Numbers by their label and, where several have one, by which of them they are."""
    found: dict[tuple[str, int], Mapping[str, Any]] = {}
    for entry in numbers:
        place = sum(label == entry["label"] for label, _ in found)
        found[entry["label"], place] = entry
    return found


def _sentences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Sentences paired by what is left of them without their numbers."""
    one, two = (_plain(answer) for answer in (old, new))
    pairs = SequenceMatcher(None, [shape for shape, _ in one], [shape for shape, _ in two], autojunk=False)
    for what, i, j, k, m in pairs.get_opcodes():
        if what == "equal":
            changed = [(a, b) for (_, a), (_, b) in zip(one[i:j], two[k:m], strict=True) if a != b]
        else:
            longest = max(j - i, m - k)
            olds = [text for _, text in one[i:j]] + [""] * (longest - (j - i))
            news = [text for _, text in two[k:m]] + [""] * (longest - (m - k))
            changed = list(zip(olds, news, strict=True))
        for before, after in changed:
            yield Change("sentence", (before or after)[:60], before, after)


def _plain(answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each sentence as a shape without its numbers, and as it stands in Deskbook's own words and as it was worded."""
    plain = [{**claim, "text": claim.get("plain", claim["text"])} for claim in answer["claims"]]
    shapes = []
    for bound in bind(plain, answer["numbers"], str(answer.get("language", "en"))):
        shape = "".join("{}" if part.startswith("{") else part for part in _parts(bound.text))
        shapes.append((shape, str(answer["claims"][bound.claim]["text"])))
    return shapes


def _parts(text: str) -> list[str]:
    return re.split(r"(\{[nwcx]\d+\})", text)


def _passages(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before, after = (_quotes(answer) for answer in (old, new))
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            yield Change("passage", " ".join(key), before.get(key, ""), after.get(key, ""))


def _quotes(answer: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    cites = [cite for claim in answer["claims"] for cite in claim["cites"] if "quote" in cite]
    return {(str(cite.get("source", "")), str(cite["message_id"])): str(cite["quote"]) for cite in cites}
