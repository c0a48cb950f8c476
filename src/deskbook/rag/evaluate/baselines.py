"""Two simple answerers that show what the scale tells apart: one has numbers only, one has passages only."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from deskbook.metrics import registry
from deskbook.rag.contract import Numbers
from deskbook.rag.evaluate.score import Answerer

TOP: Final = 5
MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
LONGEST: Final = 600
"""Letters of a passage."""


def numbers_only(numbers: Numbers) -> Answerer:
    """Looks a metric and a date up by their words and answers with that number; reads no message."""

    def answer(question: str) -> dict[str, Any]:
        words = question.lower()
        named = [(len(word), name) for name, metric in registry.items() for word in metric.words if word in words]
        if not named:
            return _said("", {}, abstain=True)
        metric, period = max(named)[1], _period(words, numbers.now().date())
        result = numbers.query(metric, period=period or None)
        value, receipt = result.rows[0][metric], result.receipt.as_dict()
        plan = {
            "kind": "number",
            "metrics": [metric],
            "filters": "",
            "by": [],
            "grain": "",
            "period": {"since": receipt["since"], "until": receipt["until"]},
        }
        entry = {
            "value": value,
            "unit": registry[metric].unit,
            "label": metric,
            "shown": str(value),
            "receipt": receipt,
        }
        text = f"{registry[metric].label}: {value}"
        return {**_said(text, plan, abstain=value is None), "numbers": [entry]}

    return answer


def _period(words: str, today: date) -> str:
    """The first date or month that is written out in English or as ISO; empty for none."""
    if found := re.search(r"\d{4}-\d\d(-\d\d)?", words):
        return found[0]
    month = next((row for row, name in enumerate(MONTHS, 1) if re.search(rf"\b{name}", words)), 0)
    if not month:
        return ""
    year = re.search(r"\b(20\d\d)\b", words)
    day = re.search(
        rf"\b(\d\d?)(?:th|st|nd|rd)?(?: of)? {MONTHS[month - 1]}|{MONTHS[month - 1]}[a-z]* (\d\d?)\b", words
    )
    written = f"{year[1] if year else today.year}-{month:02}"
    return f"{written}-{int(day[1] or day[2]):02}" if day else written


def passages_only(numbers: Numbers) -> Answerer:
    """Answers with the five messages whose words are closest to the question's (BM25); counts nothing."""
    import bm25s

    frame = numbers.messages()
    tokens = bm25s.tokenize(frame["text"].fillna("").tolist(), show_progress=False)
    index = bm25s.BM25()
    index.index(tokens, show_progress=False)

    def answer(question: str) -> dict[str, Any]:
        places, _ = index.retrieve(bm25s.tokenize(question, show_progress=False), k=TOP, show_progress=False)
        claims: list[dict[str, Any]] = []
        for place in places[0]:
            row = frame.iloc[int(place)]
            quote = str(row["text"])[:LONGEST]
            cite = {"message_id": row["id"], "ticket_id": row["ticket_id"], "quote": quote}
            claims.append({"text": quote, "cites": [cite], "numbers": [], "worked": [], "counts": []})
        return {**_said("\n".join(claim["text"] for claim in claims), {}), "claims": claims}

    return answer


def _said(text: str, plan: dict[str, Any], *, abstain: bool = False) -> dict[str, Any]:
    return {"text": text, "numbers": [], "claims": [], "plan": plan, "abstain": abstain}
