"""Which kind of question it is: told by the slots that are filled, and by few signs."""

from __future__ import annotations

import re

from deskbook.metrics import GRAINS
from deskbook.rag.found import Found
from deskbook.rag.plan import Kind
from deskbook.rag.reading import Reading
from deskbook.rag.words import Words


def kind_of(reading: Reading, found: Found, words: Words) -> Kind:
    """The kind of a question whose slots are filled."""
    text = found.text
    cuts = [cut for cut in found.cuts if cut not in GRAINS]
    pairs = [values for values in found.values.values() if len(values) > 1]
    is_ranking = bool(found.end and found.cuts)
    if _asks_why(reading, found, words) or (not is_ranking and words.felt and re.search(words.felt, text)):
        return "why"
    is_bare = not found.periods and not found.values and not found.cuts and not found.end
    if found.metrics and is_bare and (re.search(words.define, text) or re.search(words.means, text)):
        return "define"
    if is_ranking:
        return "rank"
    if re.search(words.summarise, text) and not cuts:
        return "summarise"
    is_set_against = found.is_against_before or len(found.periods) == 2
    if is_set_against or (re.search(words.compare, text) and (pairs or cuts)):
        return "compare"
    if len(cuts) < len(found.cuts) or re.search(words.trend, text):
        return "trend"
    return "compare" if cuts or pairs else "number"


def _asks_why(reading: Reading, found: Found, words: Words) -> bool:
    """Whether it asks for causes; in `which reason for contact` a dimension is named."""
    for match in re.finditer(words.why, reading.lower):
        start, end = match.span()
        is_hidden = not found.text[start:end].strip()
        before, after = reading.lower[:start].rstrip(), reading.lower[end:].lstrip()
        rest = found.text[len(found.text) - len(after) :]
        is_wider = found.text[: len(before)][-1:] == " " or rest[:1] == " "
        if not (is_hidden and is_wider):
            return True
    return False
