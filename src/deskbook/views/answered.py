"""An answer as the page draws it: sentences whose numbers open, cards of evidence, chips of its plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from deskbook.metrics import DIMENSIONS, registry
from deskbook.views import wording

Entry = Mapping[str, Any]
Part = dict[str, Any]
MOST_IDS: Final = 40
"""Messages behind a count that are listed by name."""


def shown(answer: Entry, zone: str) -> dict[str, Any]:
    """An answer as plain values for the page.

    Args:
        answer: what `Answer.as_dict()` gives.
        zone: wall clock of the moments shown.
    """
    numbers = list(answer.get("numbers") or ())
    claims = list(answer.get("claims") or ())
    plan = answer.get("plan") or {}
    is_refused = bool(answer.get("abstain"))
    said = [one for one in claims if not quote_of(one)]
    return {
        "state": "ok",
        "abstain": is_refused,
        "language": str(answer.get("language") or ""),
        "asked": answer.get("asked") or 0,
        "notes": [str(note) for note in answer.get("notes") or ()],
        "text": str(answer.get("text") or ""),
        "plan": planned(plan),
        "claims": [{"parts": parts(one, numbers), "cites": _cites(one, zone)} for one in said],
        "cards": [_card(one, zone) for one in claims if quote_of(one)],
        "numbers": [_number(one) for one in numbers],
        "document": {"numbers": numbers},
    }


def planned(plan: Entry) -> dict[str, Any]:
    """The plan: its document for the address, its parts as chips, and how the question was read."""
    chips = [{"part": part, "label": label, "said": text} for part, label, text in _chips(plan) if text]
    return {
        "document": str(plan.get("line") or "{}"),
        "chips": [] if plan.get("problem") else chips,
        "read": str(plan.get("sentence") or ""),
        "assumed": [str(one) for one in plan.get("assumed") or ()],
        "understood": [[str(word), str(meaning)] for word, meaning in (plan.get("understood") or {}).items()],
    }


def _chips(plan: Entry) -> Iterator[tuple[str, str, str]]:
    kind = str(plan.get("kind") or "")
    yield "kind", "Kind", KINDS.get(kind, kind.replace("_", " "))
    names = [registry[name].label for name in plan.get("metrics") or () if name in registry]
    beside = f", {len(names) - 1} beside it" if len(names) > 1 else ""
    yield "metrics", "Metric", f"{names[0]}{beside}" if names else ""
    yield "search", "About", str(plan.get("search") or "")
    cuts = [DIMENSIONS[name].label if name in DIMENSIONS else name for name in plan.get("by") or ()]
    yield "by", "By", " and ".join(cuts)
    yield "grain", "A", str(plan.get("grain") or "")
    yield "filters", "Where", str(plan.get("filters_said") or "") or "all tickets"
    yield "period", "When", _when(plan.get("period"))
    yield "baseline", "Against", _when(plan.get("baseline"))
    yield "then", "Then", str((plan.get("then") or {}).get("sentence") or "")


KINDS: Final = {
    "number": "a number",
    "compare": "a comparison",
    "trend": "a trend",
    "rank": "a ranking",
    "why": "why",
    "find": "conversations",
    "say": "how many say it",
    "summarise": "a summary",
    "define": "a definition",
}


def _when(period: Any) -> str:
    return str(period.get("said") or "") if isinstance(period, Mapping) else str(period or "")


def parts(claim: Entry, numbers: Sequence[Entry]) -> list[Part]:
    """A sentence cut at its numbers, each with what stands behind it.

    Returns:
        `{text}`, or `{text, number: place}` for a number with a receipt, `{text, worked: {...}}` for one worked
        out from others, `{text, count: {...}}` for messages counted.
    """
    text = str(claim.get("text") or "")
    targets: list[tuple[str, Part]] = []
    targets += [(str(one.get("shown")), {"worked": _worked(one)}) for one in claim.get("worked") or ()]
    targets += [(str(one.get("shown")), {"count": _count(one)}) for one in claim.get("counts") or ()]
    for place in claim.get("numbers") or ():
        targets.append((str(numbers[place].get("shown")), {"number": place}))
    spots: list[tuple[int, int, Part]] = []
    for word, what in sorted(targets, key=lambda one: -len(one[0])):
        spot = _free(text, word, spots)
        if spot:
            spots.append((*spot, what))
    cut, at = [], 0
    for start, end, what in sorted(spots, key=lambda one: one[0]):
        cut += [{"text": text[at:start]}] if start > at else []
        cut.append({"text": text[start:end], **what})
        at = end
    return [*cut, *([{"text": text[at:]}] if at < len(text) else [])]


def _free(text: str, word: str, spots: Sequence[tuple[int, int, Part]]) -> tuple[int, int] | None:
    """The first place of a number in the text that no other took, and that is no part of a longer number."""
    if not any(letter.isdigit() for letter in word):
        return None
    for found in re.finditer(rf"(?<![\d.,]){re.escape(word)}(?!\d|[.,]\d)", text):
        if all(found.end() <= start or found.start() >= end for start, end, _ in spots):
            return found.span()
    return None


def _worked(one: Entry) -> Part:
    return {"label": str(one.get("label") or ""), "formula": str(one.get("formula") or ""), "raw": one.get("value")}


def _count(one: Entry) -> Part:
    messages = list(one.get("messages") or ())
    listed = [_link(message) for message in messages[:MOST_IDS]]
    return {"label": str(one.get("label") or ""), "messages": listed, "more": max(0, len(messages) - MOST_IDS)}


def _link(cite: Entry) -> dict[str, str]:
    source, ticket = str(cite.get("source") or ""), str(cite.get("ticket_id") or "")
    return {"ticket": f"{source}/{ticket}", "message": str(cite.get("message_id") or ""), "said": f"{source} {ticket}"}


def quote_of(claim: Entry) -> str:
    """What a claim quotes, where it is nothing but a quote."""
    cites = list(claim.get("cites") or ())
    return str(cites[0].get("quote") or "") if len(cites) == 1 else ""


def _card(claim: Entry, zone: str) -> dict[str, Any]:
    cite = claim["cites"][0]
    return {
        **_link(cite),
        "quote": quote_of(claim),
        "shows": str(cite.get("shows") or ""),
        "at": wording.moment(cite.get("sent_at"), zone),
    }


def _cites(claim: Entry, zone: str) -> list[dict[str, str]]:
    return [
        {**_link(cite), "at": wording.moment(cite.get("sent_at"), zone) if cite.get("sent_at") else ""}
        for cite in claim.get("cites") or ()
    ]


def _number(held: Entry) -> dict[str, Any]:
    receipt = dict(held.get("receipt") or {})
    names = list(receipt.get("metrics") or ())
    name = (receipt.get("cell") or {}).get("metric") or (names[0] if names else "")
    value = held.get("value")
    one = registry[name] if name in registry else None  # noqa: SIM401 -- an unknown name raises in `get` too
    text = wording.valued(value, one) if one and wording.known(value) else f"{value} {held.get('unit') or ''}".strip()
    return {
        "label": str(held.get("label") or (one.label if one else name)),
        "text": text,
        "raw": value,
        "held": receipt,
        "said": str(held.get("said") or receipt.get("where") or ""),
    }
