"""Which kind of question it is: told by the slots that are filled, and by few signs."""

from __future__ import annotations

import re

from deskbook.metrics import GRAINS
from deskbook.rag.found import Found
from deskbook.rag.plan import Kind
from deskbook.rag.words import Words


def kind_of(found: Found, words: Words) -> Kind:
    """The kind of a question whose slots are filled."""
    text = found.text
    cuts = [cut for cut in found.cuts if cut not in GRAINS]
    pairs = [values for values in found.values.values() if len(values) > 1]
    is_ranking = bool(found.end and found.cuts)
    is_bare = not found.periods and not found.values and not found.cuts and not found.end
    if found.metrics and is_bare and re.search(words.told, text):
        return "define"
    course = _is_course(found, words)
    if _asks_why(found, words, course=course) or (not is_ranking and words.felt and re.search(words.felt, text)):
        return "why"
    if found.metrics and is_bare and (re.search(words.define, text) or re.search(words.means, text)):
        return "define"
    if is_ranking:
        return "rank"
    if re.search(words.summarise, text) and not (cuts or (found.cuts and found.metrics)):
        return "summarise"
    is_set_against = found.is_against_before or len(found.periods) == 2
    if is_set_against or (re.search(words.compare, text) and (pairs or cuts)):
        return "compare"
    if course or len(cuts) < len(found.cuts) or re.search(words.trend, text):
        return "trend"
    return "compare" if cuts or pairs else "number"


def _asks_why(found: Found, words: Words, *, course: bool) -> bool:
    asked = re.sub(words.befell, " ", found.unvalued) if course else found.unvalued
    return re.search(words.why, asked) is not None


def _is_course(found: Found, words: Words) -> bool:
    """Whether it asks what became of a metric through several steps: `what happened to CSAT from March to May`."""
    if not words.befell or not found.metrics or not re.search(words.befell, found.unvalued):
        return False
    return any(cut in GRAINS for cut in found.cuts) or (len(found.periods) == 1 and ".." in found.periods[0].text)
