"""Text that talks to a machine instead of to the desk: counted, never quoted, never obeyed.

Messages are data; nothing here or elsewhere acts on what they say. This detector only decides which
of them are left out of quotes and phrases, where a reader or a later language model would meet them.
Kinds of attack: OWASP Top 10 for LLM applications 2025, LLM01 Prompt injection.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 20_000
_INVISIBLE: Final = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
_MACHINE: Final = (
    r"(?:a\.?i\.?|assistants?|chat ?bots?|bots?|llms?|language models?|gpt\w*|models?|agent(?:ic)? system"
    r"|summari[sz]ers?|analytics (?:tool|system)|deskbook|ki|asistente|modelo|modèle|modell)"
)
_RULES: Final = (
    r"(?:instructions?|prompts?|rules?|directions?|guidelines?|commands?|context|constraints?|training"
    r"|anweisung(?:en)?|vorgaben|instrucciones|indicaciones|consignes|instruções|reglas|regras|règles|regeln"
    r"|normas|diretrizes|directives|richtlinien|befehle|órdenes|ordens|ordres)"
)
_DROP: Final = (
    r"(?:ignor\w*|disregard\w*|forget\w*|overrid\w*|overwrit\w*|bypass\w*|skip|discard\w*|stop following|do not follow"
    r"|don't follow|neglect|vergiss|vergessen|missachte\w*|olvid\w*|oubli\w*|esqueç\w*|desconsider\w*)"
)
_SAY: Final = (
    r"(?:say|state|report|answer|respond|reply|write|output|print|conclude|claim|mention|include|tell|repeat|return"
    r"|add|insert|quote|cite|recommend|rate|classify|label|translate|summari[sz]e)"
)
_ANSWER: Final = r"(?:answers?|summar(?:y|ies)|reports?|outputs?|responses?|analys[ei]s|dashboards?|conclusions?)"
_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_DROP}\b.{{0,40}}\b{_RULES}",
        rf"\b{_DROP}\b.{{0,30}}\b(?:everything|all|anything)\b.{{0,20}}\b(?:above|before|previous|earlier|said|told)\b",
        r"\b(?:system|developer|hidden|secret|initial) (?:prompt|message|instruction)",
        rf"\b(?:new|updated|real|actual|following|important) {_RULES}\s*:",
        r"\b(?:from now on|henceforth|ab jetzt|a partir de (?:ahora|agora)|désormais|à partir de maintenant),? "
        r"(?:you|your|bist du|sie sind|eres|responde|você|tu es|vous|antwort\w*)\b",
        r"\bno (?:more )?(?:restrictions|limitations|filters|rules)\b.{0,80}\b(?:you|answer|list|show|tell)\b",
        rf"\byou are (?:now|no longer|from now on|an? {_MACHINE})\b",
        r"\b(?:as|dear|hey|hello|attention|note to|message (?:to|for)|instructions? (?:to|for)) (?:an? |the |any )?"
        rf"{_MACHINE}\b.{{0,80}}\b(?:{_SAY}|must|should|please|:)",
        rf"\b(?:if|when|whenever) (?:you|an? {_MACHINE}|the {_MACHINE}|someone|anyone|a user) .{{0,60}}"
        rf"(?:{_ANSWER}|{_SAY}|read|process|asked?)\w*.{{0,80}}\b(?:{_SAY}|must|always|only)\b",
        rf"\b{_SAY}\b.{{0,60}}\bin (?:your|every|each) (?:final |next )?{_ANSWER}",
        rf"\b(?:your|the) (?:final )?{_ANSWER} (?:must|should|has to|needs to|shall) ",
        rf"\b(?:you must|always|only|just) {_SAY}\b.{{0,60}}(?:\b(?:cause|reason|because|exactly|instead)\b|[\"“':])",
        r"\b(?:act|behave|pretend|roleplay|role-play|respond) (?:as|like|to be) (?:if|an?|the|though)\b.{0,40}"
        rf"\b(?:{_MACHINE}|admin|administrator|developer|root|unrestricted|no rules)\b",
        r"\b(?:jailbreak|prompt injection|developer mode|dan mode|do anything now)\b",
        r"<\|?/?(?:im_start|im_end|system|assistant|user|endoftext|s|inst)\|?>|\[/?(?:inst|system|assistant)\]",
        r"(?:^|\n|#{1,6} ?)\s*(?:system|assistant|developer|instructions?|### ?\w+)\s*:",
        r"\b(?:reveal|leak|print|show|expose|dump|list|output|display) (?:me )?(?:your|the|all|any)\b.{0,20}"
        r"\b(?:prompts?|api keys?|credentials?|secrets?|environment variables?|instructions)\b",
        r"\b(?:do not|don't|never) (?:mention|cite|quote|report|reveal|tell|disclose)\b.{0,60}"
        rf"\b(?:tickets?|{_ANSWER}|user|anyone|this message|instructions?)\b",
        r"\b(?:drop table|rm -rf|<script|javascript:|\{\{.{0,80}\}\}|__import__|os\.system)",
    )
)


def is_hostile(text: str) -> bool:
    """Whether a message gives orders to a machine that reads it."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text[:LONGEST]))
    plain = re.sub(r"[ \t\r\f\v]+", " ", plain.lower().replace("’", "'"))
    flat = plain.replace("\n", " ")
    return any(pattern.search(plain) or pattern.search(flat) for pattern in _PATTERNS)
