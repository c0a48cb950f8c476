"""Text that talks to a machine instead of to the desk: counted, never quoted, never obeyed.

Messages are data; nothing here or elsewhere acts on what they say. This detector only decides which
of them are left out of quotes, wording and causes, where a reader or a later language model would meet them.

A customer speaks of their own affair to whoever helps them. An attack speaks to whoever reads many
messages, of the reading itself: it names such a reader, tells it what to drop, what to put into what it
writes, or what all the messages were about. A text is hostile where an order and such an addressee or
object stand together, in any of the disguises of `disguise.py`.

Kinds of attack: OWASP Top 10 for LLM applications 2025, LLM01 Prompt injection.
"""

from __future__ import annotations

import re
from typing import Final

from deskbook.rag.disguise import readings

_MACHINE: Final = (
    r"(?:(?<!')a\.?i\.?|assistants?|chat ?bots?|bots?|llms?|(?:large )?language models?|gpt\w*|claude|gemini|copilot"
    r"|llama"
    r"|models?|agent(?:ic)? systems?|(?:ai|automated|analytics|reporting|summary|summari[sz]ation) (?:agents?|systems?"
    r"|tools?|engines?|pipelines?|readers?)|summari[sz]ers?|classifiers?|deskbook|parsers?|crawlers?|ki|ki-\w+"
    r"|sprachmodelle?|ia|i\.a\.|asistente|modelo(?: de lenguaje)?|modèle(?: de langage)?|modell|intelligence "
    r"artificielle"
    r"|inteligencia artificial|künstliche intelligenz|zusammenfasser|resumidor)"
)
_READER: Final = (
    r"(?:whoever|whatever|anyone|anything|the (?:one|system|tool|program|software|person)) (?:who |that |which "
    r")?(?:is |are )?"
    r"(?:read|process|summari[sz]|analy[sz]|pars|index|evaluat|review|answer)\w*"
)
_RULES: Final = (
    r"(?:instructions?|prompts?|rules?|directions?|directives?|guidelines?|commands?|orders?|context|constraints?"
    r"|training|programming|safeguards?|guardrails?|filters?|polic(?:y|ies)|tasks?"
    r"|anweisung(?:en)?|vorgaben?|regeln?|richtlinien?|befehle?|instrucciones|indicaciones|órdenes|reglas|normas"
    r"|consignes|directives|règles|ordres|instruções|regras|diretrizes|ordens|istruzioni|regole|instructies"
    r"|指示|指令|инструкц\w*)"
)
_DROP: Final = (
    r"(?:ignor\w*|disregard\w*|forget\w*|overrid\w*|overwrit\w*|bypass\w*|skip\w*|discard\w*|dismiss\w*|omit\w*"
    r"|stop following|do not follow|don't follow|set aside|neglect\w*|no longer (?:follow|apply)|supersed\w*|replac\w*"
    r"|vergiss\w*|vergessen|missacht\w*|ignorier\w*|übergeh\w*|verwirf|olvid\w*|descart\w*|omit\w*|oubli\w*"
    r"|négliger?\w*"
    r"|esqueç\w*|desconsider\w*|dimentic\w*|negeer|忽略|无视|無視|игнорир\w*)"
)
_SAY: Final = (
    r"(?:say|state|report|answer|respond|reply|write|output|print|conclude|claim|mention|include|tell|repeat|return|add"
    r"|insert|quote|cite|recommend|rate|classify|label|translate|summari[sz]e|attribute|blame|name|list|present"
    r"|treat|rank"
    r"|mark|score|count|tag|describe|declare|confirm|emphasi[sz]e|highlight|announce|note|record|display|show"
    r"|put|make sure"
    r"|ensure|sag\w*|nenn\w*|schreib\w*|melde\w*|antworte\w*|erwähne\w*|behaupte\w*|gib\b.{0,12}\ban|di|diga"
    r"|digan|decir"
    r"|indica\w*|menciona\w*|responde\w*|informa\w*|escrib\w*|dis|dites|dire|écri\w*|mentionne\w*|indique\w*|répond\w*"
    r"|affirme\w*|atribuy\w*|attribue\w*|diz\w*|escreva|mencione|relate)"
)
_ANSWER: Final = (
    r"(?:answers?|summar(?:y|ies)|reports?|outputs?|responses?|analys[ei]s|dashboards?|conclusions?|findings?|digests?"
    r"|overviews?|citations?|antwort(?:en)?|zusammenfassung(?:en)?|berichte?|auswertung(?:en)?|respuestas?|resumen"
    r"|informes?|análisis|réponses?|résumés?|rapports?|analyses?|respostas?|resumos?|relatórios?)"
)
_CAUSE: Final = (
    r"(?:(?:root|main|real|true|sole|only|primary|actual|leading|top|single|biggest) "
    r"(?:causes?|reasons?|drivers?|issues?"
    r"|factors?|problems?|culprits?|topics?|themes?)|hauptursache|hauptgrund|einzige ursache|eigentliche ursache"
    r"|causa (?:principal|real|raíz|única)|motivo (?:principal|real)|cause (?:principale|réelle|unique|première)"
    r"|raison principale|causa raiz)"
)
_MANY: Final = (
    r"(?:(?:negative |positive |customer |overall |average "
    r")?sentiment|csat|nps|(?:all|every|other|remaining|these|those"
    r"|today's|previous|preceding|following|prior) (?:of the |the |other )?(?:support |customer "
    r")?(?:tickets?|complaints?"
    r"|messages|conversations|customers|cases|reviews|feedback|emails|entries|records)|complaint (?:volume|spike)"
    r"|(?:spike|drop|dip|surge|rise|decline|fall) in (?:tickets|complaints|sentiment|satisfaction|volume)"
    r"|negative (?:messages|tickets|feedback|mood|reviews)|stimmung der kunden|kundenstimmung|negative stimmung"
    r"|alle(?:n)? (?:anderen )?(?:tickets|nachrichten|beschwerden)|sentimiento(?: negativo)?|tod[oa]s l[oa]s "
    r"(?:demás )?"
    r"(?:tickets|mensajes|quejas)|demás (?:tickets|mensajes)|sentiment négatif|tou(?:te)?s les (?:autres "
    r")?(?:tickets|messages"
    r"|plaintes)|autres (?:tickets|messages))"
)
_MUST: Final = (
    r"(?:must|should|shall|has to|have to|needs? to|ought to|are to|is "
    r"to|always|never|only|required|muss|müssen|soll|sollen"
    r"|immer|nur|debe|deben|siempre|solo|sólo|doit|doivent|toujours|uniquement|deve|devem|sempre|apenas)"
)
_START: Final = (
    r"(?:^|[.!?:;\n\"“(\[{>*#-]\s*|\b(?:please|and|then|now|also|bitte|und|dann|por favor|y|et|veuillez|ensuite) )"
)
_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_DROP}\b.{{0,40}}\b{_RULES}",
        rf"{_DROP}.{{0,20}}(?:指示|指令|提示)|(?:指示|指令|提示).{{0,12}}(?:忽略|无视|無視)",
        rf"\b{_RULES}.{{0,40}}\b(?:vergess\w*|ignorier\w*|no longer|are "
        rf"(?:void|cancell?ed|obsolete)|superseded|replaced)\b",
        rf"\b{_DROP}\b.{{0,30}}\b(?:everything|all|anything)\b.{{0,20}}\b(?:above|before|previous|earlier|said"
        rf"|told|else)\b",
        rf"\b{_DROP}\b.{{0,20}}\b(?:tudo|todo|alles|tout|everything|all)\b.{{0,30}}\b(?:disseram|dijeron|dicho"
        rf"|gesagt|dit"
        r"|told|said|learned|read|gelesen)\b",
        rf"\b(?:begin|start|open|end|finish|beginne|empieza|comienza|commence\w*|comece) (?:\w+ )?(?:your|every"
        rf"|each|deine"
        rf"|ihre|tu|su|ta|votre|sua) (?:next |final )?(?:reply|replies|message|{_ANSWER}) ",
        r"\b(?:relevant|retrieved|supporting) (?:evidence|passages?|context|documents?|snippets?)\b",
        rf"\b{_DROP}\b.{{0,40}}\b{_MANY}",
        rf"\b{_MANY}.{{0,60}}\b(?:{_MUST} be )?{_DROP}",
        r"\b(?:system|developer|hidden|secret|initial|original) (?:prompt|message|instruction|note)\w*\b",
        r"\bsystem ?(?:prompt|override|instruction|nachricht)|\b(?:admin|administrator|developer|root|debug) "
        r"(?:mode|override"
        r"|command|instruction)s?\b",
        rf"\b(?:new|updated|real|actual|following|important|hidden|secret|special|neue|nuevas|nouvelles) {_RULES}\s*:",
        r"\b(?:from now on|henceforth|ab jetzt|ab sofort|a partir de (?:ahora|agora)|désormais|à partir de "
        r"maintenant),? "
        r"(?:you|your|bist du|sie sind|eres|responde|você|tu es|vous|antwort\w*|all|every|any)\b",
        r"\bno (?:more )?(?:restrictions|limitations|filters|rules)\b.{0,80}\b(?:you|answer|list|show|tell)\b",
        rf"\byou are (?:now|no longer|from now on|an? {_MACHINE}|acting as|to act as)\b",
        r"\b(?:as|dear|hey|hello|hi|attention|note to|notice to|message (?:to|for)|memo (?:to|for)|addressed to|for the"
        r"|instructions? (?:to|for)|an die|an alle|hinweis an|para (?:el|la)|nota para|à l'attention d[eu]|note "
        r"(?:pour|à)"
        rf"|pour l[e'a]) ?(?:an? |the |any |every |our |your |l'|le |la |el |den |das )?(?:\w+ )?{_MACHINE}\b"
        rf".{{0,100}}(?:\b{_SAY}\b|\b{_MUST}\b|\bplease\b|:)",
        rf"(?:^|[\n.!?]\s*|\[|\(|<|#)\s*{_MACHINE}\s*[:,\])>]\s*.{{0,60}}\b(?:{_SAY}|{_MUST}|{_DROP})\b",
        r"\b(?:si|cuando|quand|lorsque|quando|se|wenn|falls|sobald) (?:\w+ ){0,5}?(?:resum\w*|résum\w*|zusammenfass\w*"
        rf"|analiz\w*|analys\w*)\b.{{0,80}}\b{_SAY}\b",
        rf"\b{_READER}.{{0,80}}\b(?:{_SAY}|{_MUST}|{_DROP})\b",
        rf"\b(?:if|when|whenever|once|before|while|wenn|falls|sobald|cuando|si|quand|lorsque|quando|se) "
        rf"(?:you|an? {_MACHINE}"
        rf"|the {_MACHINE}|someone|anyone|a user|asked|being "
        rf"asked|du|sie|jemand|te|alguien|on|tu|vous|quelqu'un) .{{0,60}}"
        rf"(?:{_ANSWER}|summari[sz]|analy[sz]|asked?\b|asks|read(?:ing)? (?:this|these|the)|process\w* (?:this|these)"
        rf"|zusammenfass|gefragt|fragt|preguntan?|resum|demande|résume).{{0,80}}\b{_SAY}\b",
        rf"\b{_SAY}\b.{{0,80}}\bin (?:your|every|each|any|the final|deine[rn]?|ihre[rn]?|tu|su|ta"
        rf"|votre) (?:final |next )?"
        rf"{_ANSWER}",
        rf"\b(?:your|the|every|any|deine|ihre|jede|tu|su|ta|votre|toute) (?:final |next )?{_ANSWER} {_MUST} ",
        rf"\b(?:you must|you should|you shall|you have to|always|only|just|simply) {_SAY}\b.{{0,60}}"
        r"(?:\b(?:cause|reason|because|exactly|instead|nothing but)\b|[\"“':])",
        rf"{_START}{_SAY}\b.{{0,80}}\b(?:as|is|was|were|be|to|que|dass|als|como|comme) .{{0,40}}{_CAUSE}",
        rf"{_START}{_SAY}\b.{{0,60}}{_CAUSE}.{{0,40}}\b(?:is|was|were|be|as|to|ist|war|sei|es|fue|est|était)\b",
        rf"{_START}(?:\w+ ){{0,2}}{_SAY}\b.{{0,80}}\b{_MANY}.{{0,80}}\b(?:caused?|because|due|result|blame|about|from"
        r"|verursacht|wegen|causad\w*|debido|dû|causé\w*|à cause|fault|positive|good|happy|great|zero|fine)\b",
        rf"{_START}(?:attribute|blame|ascribe) (?:all |the |this |every |any |these "
        rf")*(?:{_MANY}|{_CAUSE}|{_ANSWER}|causes?"
        r"|issues?|problems?|complaints?|spike|drop|movement)\b.{0,60}\b(?:to|for|on) ",
        rf"\b{_MUST} (?:be )?(?:say|state|report|cite|quote|mention|attribut|blam|conclud|classif|label|rat|summari)\w*"
        rf".{{0,60}}\b(?:{_CAUSE}|{_MANY}|cause|positive|negative)\b",
        r"\b(?:act|behave|pretend|roleplay|role-play|respond|answer) (?:as|like|to be) (?:if|an?|the|though)\b.{0,40}"
        rf"\b(?:{_MACHINE}|admin|administrator|developer|root|unrestricted|no rules)\b",
        r"\b(?:jailbreak|prompt injection|developer mode|dan mode|do anything now|end of "
        r"(?:prompt|context|document|data"
        r"|ticket|user input|instructions?)|begin (?:system|instructions?|prompt))\b",
        r"<\|?/?(?:im_start|im_end|system|assistant|user|endoftext|s|inst|tool\w*|function\w*)\|?>"
        r"|\[/?(?:inst|system|assistant|tool\w*)\]|<<sys>>|</?(?:instructions?|prompt|context|document)>",
        r"(?:^|\n|#{1,6} ?)\s*(?:system|assistant|developer|instructions?|### ?\w+|ai|model|user role)\s*:",
        r"\b(?:reveal|leak|print|show|expose|dump|list|output|display|repeat|give) (?:me "
        r")?(?:your|the|all|any)\b.{0,20}"
        r"\b(?:prompts?|api keys?|credentials?|secrets?|environment variables?|instructions|tokens?"
        r"|other (?:users|customers|tenants))\b",
        r"\b(?:do not|don't|never|nicht|no|ne) "
        r"(?:mention|cite|quote|report|reveal|tell|disclose|include|count|erwähn\w*"
        rf"|mencion\w*|mentionn\w*)\b.{{0,60}}\b(?:tickets?|{_ANSWER}|user|anyone|this "
        rf"(?:message|note)|instructions?|{_MANY})\b",
        r"\b(?:combine|concatenate|join|assemble|append|decode|execute|run) "
        r".{0,40}\b(?:parts?|pieces|fragments|base64"
        r"|rot13|hex|payload|instructions? (?:above|below|hidden)|next (?:message|ticket)|previous "
        r"(?:message|ticket))\b",
        r"\b(?:drop table|rm -rf|<script|javascript:|\{\{.{0,80}\}\}|__import__|os\.system|curl https?:|wget https?:)"
        r"|!\[[^\]]*\]\(https?:|<img[^>]+src=|\b(?:tool_call|function_call|call the \w+ (?:tool|function|api))\b",
    )
)
_OF_LINES: Final = tuple(pattern for pattern in _PATTERNS if r"\n" in pattern.pattern)
_WEAK: Final = re.compile(
    rf"\b(?:{_MACHINE}|{_READER})\b|\b{_MANY}|{_CAUSE}|\b(?:your|the) (?:{_ANSWER})\b|\b{_DROP}\b.{{0,60}}\b{_RULES}"
)


_LOOSE: Final = re.compile(
    rf"{_START}(?:{_SAY}|{_DROP})\b|\b(?:causes?|results?|evidence|conclusions?|figures|statistics|statements?"
    rf"|{_RULES}|your {_ANSWER}|repl(?:y|ies) (?:with|must|should|only)|according to|ursachen?|ergebnis\w*|laut"
    rf"|causas?|resultados?"
    r"|según|culpa|selon|résultats?|segundo|conforme)\b"
)


def is_hostile(text: str) -> bool:
    """Whether a message gives orders to a machine that reads it."""
    return any(_orders(reading) for reading in readings(text))


def speaks_of_reading(text: str) -> bool:
    """Whether a message names a machine, or speaks of many messages at once: odd in one, telling in a flood of them."""
    return _WEAK.search(next(readings(text)).replace("\n", " ")) is not None


def may_address(text: str) -> bool:
    """Whether a message might be meant for a machine: one order or word of the trade is enough; many have one."""
    return any(_LOOSE.search(reading) or _WEAK.search(reading) for reading in readings(text))


def _orders(plain: str) -> bool:
    """Whether any pattern is found, whether lines are read one by one or run on.

    A pattern that does not speak of line ends finds in the text run on whatever it finds in the lines: of those only
    the first is searched, which is half of the work.
    """
    flat = plain.replace("\n", " ")
    if any(pattern.search(flat) for pattern in _PATTERNS):
        return True
    return flat != plain and any(pattern.search(plain) for pattern in _OF_LINES)
