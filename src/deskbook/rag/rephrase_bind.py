"""A sentence of an answer with everything that comes from the data taken out: numbers, dates, names, customers' words.

`{n3}` is entry 3 of the answer's numbers, `{w0}` a figure worked out from them, `{c0}` a count, `{x0}` a date, a name
or words of a customer. What is left is ours to word anew; what was taken out is put back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from deskbook.errors import DeskbookError
from deskbook.metrics import conditions, parse_filter, registry
from deskbook.rag.says import Says, says_in

MARK: Final = re.compile(r"\{[nwcx]\d+\}")
_DATE: Final = r"\d{4}-\d{2}(?:-\d{2})?(?:T[\d:+.Z-]+)?|\d{1,2}\.? [^\W\d_]{3,}\.? \d{4}"
_LOOSE: Final = re.compile(rf"(?<!\w)'[^']{{1,200}}'(?!\w)|\"[^\"]{{1,200}}\"|{_DATE}|[^\s{{}}(),;:]*\d[^\s{{}}(),;:]*")
LEAST_NAME: Final = 2
SIGNS: Final = ("+", "-", "−")


@dataclass(frozen=True)
class Slot:
    """What stands behind a placeholder: as it is shown, its value if it is a number, whether that is a difference."""

    shown: str
    value: float | None = None
    is_movement: bool = False

    @property
    def is_moment(self) -> bool:
        """Whether it is a date or a time, as far as its looks go."""
        return self.value is None and any(letter.isdigit() for letter in self.shown)


@dataclass(frozen=True)
class Bound:
    """One sentence with placeholders.

    Attributes:
        claim: its place among the answer's claims.
        text: with placeholders.
        plain: without: as the answer has it.
        labels: of the metrics it speaks of.
    """

    claim: int
    text: str
    plain: str
    slots: Mapping[str, Slot] = field(repr=False)
    labels: tuple[str, ...] = ()

    def filled(self, said: str) -> str:
        """A wording with its placeholders filled."""
        return MARK.sub(lambda match: self.slots[match[0]].shown, said)


def bind(
    claims: Sequence[Mapping[str, Any]], numbers: Sequence[Mapping[str, Any]], language: str = "en"
) -> list[Bound]:
    """The sentences among an answer's claims; passages are not, they stay verbatim."""
    found, names, counted = [], _Names(says_in(language)), {"w": 0, "c": 0}
    for place, claim in enumerate(claims):
        starts = dict(counted)
        counted["w"] += len(claim["worked"])
        counted["c"] += len(claim["counts"])
        if any("quote" in cite for cite in claim["cites"]) or re.search(r"[{}]", claim["text"]):
            continue
        figures = [(f"{{n{index}}}", numbers[index]) for index in claim["numbers"]]
        figures += [(f"{{w{starts['w'] + i}}}", one) for i, one in enumerate(claim["worked"])]
        figures += [(f"{{c{starts['c'] + i}}}", one) for i, one in enumerate(claim["counts"])]
        found.append(_bound(place, str(claim["text"]), figures, names))
    return found


@dataclass
class _Names:
    """Placeholders of dates, names and words, one each however often they stand; and the language they stand in."""

    says: Says
    held: dict[str, str] = field(default_factory=dict)

    def mark(self, shown: str) -> str:
        return self.held.setdefault(shown, f"{{x{len(self.held)}}}")


def _bound(place: int, text: str, figures: list[tuple[str, Mapping[str, Any]]], names: _Names) -> Bound:
    slots: dict[str, Slot] = {}

    def name(shown: str) -> str:
        mark = names.mark(shown)
        slots[mark] = Slot(shown)
        return mark

    receipts = [one["receipt"] for _, one in figures if "receipt" in one]
    told = _replaced(text, [(shown, name(shown)) for shown in _names(text, receipts)])
    by_shown: dict[str, list[str]] = {}
    for mark, one in figures:
        by_shown.setdefault(str(one["shown"]), []).append(mark)
        value = None if one["value"] is None else float(one["value"])
        slots[mark] = Slot(str(one["shown"]), value, mark[1] == "w" and str(one["shown"])[:1] in SIGNS)
    for shown in sorted(by_shown, key=len, reverse=True):
        told = _replaced(told, [(shown, mark) for mark in by_shown[shown]])
    told = _outside_marks(told, lambda piece: _LOOSE.sub(lambda match: name(match[0]), piece))
    used = set(MARK.findall(told))
    held = {mark: slot for mark, slot in slots.items() if mark in used}
    return Bound(place, told, text, held, _labels(receipts, text, names.says))


def _names(text: str, receipts: Sequence[Mapping[str, Any]]) -> list[str]:
    """Names of teams, channels … that the receipts filter or cut by and the sentence says, and dates and quoted words,
    the longest first."""
    found = {str(value) for receipt in receipts for value in _values(receipt)}
    said = {one for one in found if len(one) >= LEAST_NAME and one in text}
    dates = {match[0] for match in re.finditer(rf"{_DATE}", text)}
    spans = {match[0] for match in re.finditer(rf"(?:{_DATE}) (?:to|bis|al|au) (?:{_DATE})", text)}
    quoted = {match[0] for match in re.finditer(r"(?<!\w)'[^']{1,200}'(?!\w)", text)}
    return sorted(said | dates | spans | quoted, key=lambda one: (-len(one), one))


def _values(receipt: Mapping[str, Any]) -> Iterator[Any]:
    yield from (value for value in dict(receipt.get("cell", {}).get("row", {})).values() if value is not None)
    try:
        for one in conditions(parse_filter(str(receipt.get("where", "")))):
            yield from one.values
    except DeskbookError:  # a receipt of an older version may filter by what is no more; its sentence stands as it is
        return


def _labels(receipts: Sequence[Mapping[str, Any]], text: str, says: Says) -> tuple[str, ...]:
    found = [label for name in registry if (label := says.metric(name)) in text]
    for receipt in receipts:
        column = str(receipt.get("cell", {}).get("metric", ""))
        fit = [name for name in receipt["metrics"] if column.startswith(name) and name in registry]
        found += [says.metric(max(fit, key=len))] if fit else []
    return tuple(dict.fromkeys(found))


def _replaced(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    """The text with each shown part as its placeholder; of several for one text, the first takes the first place."""
    for place, (shown, mark) in enumerate(pairs):
        is_last = all(shown != other for other, _ in pairs[place + 1 :])
        pattern = re.compile(rf"(?<![\w.,+-]){re.escape(shown)}(?![\w%]|[.,]\d)")
        text = _outside_marks(text, partial(pattern.sub, mark), once=None if is_last else pattern)
    return text


def _outside_marks(text: str, change: Any, once: re.Pattern[str] | None = None) -> str:
    """The text with what is no placeholder changed; with `once`, only the first piece that holds the pattern, once."""
    parts = re.split(r"(\{[nwcx]\d+\})", text)
    for place, part in enumerate(parts):
        if MARK.fullmatch(part):
            continue
        if once is None:
            parts[place] = change(part)
        elif hit := once.search(part):
            parts[place] = part[: hit.start()] + change(part[hit.start() : hit.end()]) + part[hit.end() :]
            break
    return "".join(parts)
