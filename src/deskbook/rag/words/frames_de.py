"""How German speaks of metrics without their names, and what it holds without asking for more."""

from __future__ import annotations

from typing import Final

from deskbook.rag.words.form import End, listed
from deskbook.rag.words.frames import Frame

_SPEED: Final = "first_reply_median_minutes"
_TAIL: Final = "first_reply_p90_minutes"
_TARGET: Final = "first_reply_within_target_pct"
_SOLVE: Final = "resolution_median_hours"
_WORST: Final = "sentiment_negative_pct"
_REPLY: Final = (
    r"(?:erst|agenten)?antwort\w*|erstreaktion\w*|reaktion\w*|first reply|rückmeldung\w*|repl(?:y|ies)|geantwortet"
)
_SHARE: Final = r"anteil\w*|prozent\w*|quote|\w+quote|rate|\w+rate|wie viel prozent"
_COUNT: Final = r"wie ?viele?[rn]?|anzahl|zahl|summe|\w+zahl"
_MESSAGES: Final = r"(?:kunden)?(?:nachricht(?:en)?|mitteilung(?:en)?|messages?)|zuschriften"
_PEOPLE: Final = r"kund(?:en|innen|e|schaft)|leute|nutzer\w*|personen|anwender\w*"
_LONG: Final = r"wie (?:lange?|schnell)|\w*zeit|dauer\w*|median\w*|warte\w*|minuten|stunden"

FRAMES: Final = (
    Frame(
        metric=_TAIL,
        signs=(r"p90|90\.?(?:-| )?perzentil|90\. perzentil|neunzig\w*|neun von zehn|90 ?%", rf"{_REPLY}|{_LONG}"),
        over=(_SPEED, "messages_out"),
    ),
    Frame(
        metric=_TARGET,
        signs=(
            _SHARE,
            _REPLY,
            r"(?:recht|früh)zeitig\w*|pünktlich\w*|\w*ziel\w*|innerhalb|frist\w*"
            r"|vorgabe|sla|zugesagt\w*",
        ),
        over=(_SPEED, "messages_out", "sla_achieved_pct"),
    ),
    Frame(metric=_WORST, signs=(_SHARE, r"negativ\w*|verärgert\w*|unzufrieden\w*"), over=("sentiment_mean",)),
    Frame(
        metric="sentiment_mean",
        signs=(
            r"stimmung\w*|sentiment\w*|tonfall|tonlage",
            r"durchschnitt\w*|mittel\w*"
            r"|mittlere\w*|im schnitt",
        ),
        lacks=_SHARE,
    ),
    Frame(
        metric="messages_out",
        signs=(
            rf"{_REPLY}|{_MESSAGES}",
            r"agent\w*|mitarbeit\w+|ausgehend\w*|an (?:die )?kunden"
            r"|unsererseits|raus\w*|agentenantworten|agentenseitig|wir|support|personal|verschick\w*",
            _COUNT,
        ),
        lacks=rf"{_LONG}|{_SHARE}|perzentil|p90|erhalten|erhielten|bekommen|bekamen|empfangen|kundennachricht\w*",
        over=(_SPEED, "messages_in", "agent_replies"),
    ),
    Frame(
        metric="messages",
        signs=(
            _MESSAGES,
            r"insgesamt|alles in allem|beide\w* richtungen|gesamt\w*|zusammen"
            r"|ausgetauscht\w*|hin und her|überhaupt",
        ),
        lacks=rf"{_SHARE}|negativ\w*",
    ),
    Frame(
        metric="messages_in",
        signs=(_MESSAGES, rf"{_PEOPLE}|kundennachricht\w*|erhalten|bekommen|eingehend\w*|eingegangen\w*|kundenseitig"),
        lacks=rf"{_SHARE}|negativ\w*",
    ),
    Frame(
        metric="customers_active",
        signs=(r"(?:wie ?viele?|anzahl)(?: der)? (?:\w+ )?(?:kund(?:en|innen)|nutzer\w*|anwender\w*)",),
        lacks=rf"{_SHARE}|{_MESSAGES}|zufrieden\w*",
    ),
    Frame(
        metric="tickets_solved",
        signs=(
            _COUNT,
            r"(?:ge)?lös\w+|gelöst\w*|erledigt\w*|abgeschlossen\w*|resolved"
            r"|bearbeitet\w*",
        ),
        lacks=rf"{_LONG}|{_SHARE}|un\w+",
        over=(_SOLVE,),
    ),
    Frame(metric="tickets_created", signs=(r"cases?|tickets?|anfragen|fälle|vorgänge|anliegen|ticket\w+",)),
)
MORE: Final = listed(
    """
    erfasst angefragt gerechnet leuten art reingekriegt raus vierteljahr na wüsste bitteschön jahres jahre jahr
    datum kollegen kolleginnen auswertung richtungen zusammen neben
    kundenseitig agentenseitig spitze vorn vorne tag tage tages ganzen ganze ganzer über kalenderwoche losgelassen
    gerührt gemeldet mindestens bräuchte brauche rechtzeitiger rechtzeitige pünktliche pünktlicher aufgeregt einmal
    cases resolved equipe truppe squad gegenüberstellung gegenüber stell stelle mal weg wege monat verzeichneten
    verzeichnete verzeichnet konnten konnte könnten seht sieht sah lag lagen stand standen schrieben geschickt
    schon denn eigentlich halt eben ungefähr genau überhaupt jeweils dazu davon dabei ergab ergibt betrug belief
    zahl zahlen wert werte angabe angaben übersicht überblick liefere liefern nenne nennen verrate verraten
    gern gerne freundlicherweise moin servus grüezi hallo tach guten morgen danke dankeschön
    monats monat uns summe woche wochen darf dürfte dürfen fragen frage kurze nett interessieren interessiert
    auswerten ausweisen aufschlüsseln relative relativer relativen fürs ausgeschaut personal serviceteam channel
    kunden kundschaft leute seitens rahmen zeitraum laufe verlauf während inklusive einschließlich
    hereingekommen reingekommen eingetrudelt eingegangen angefallen aufgelaufen aufgeschlagen aufgemacht
    eröffnet angelegt gestellt verschickt versandt versendet rausgeschickt rausgegangen beantwortet
    """
)
TOP: Final[dict[str, tuple[End, str]]] = {
    "vorne?": ("high", ""),
    "an der spitze": ("high", ""),
    "spitzenreiter": ("high", ""),
    "nummer eins": ("high", ""),
    "am stärksten": ("high", ""),
    "(?:die )?mehrheit": ("high", ""),
    "rekord": ("high", ""),
    "führte?": ("high", ""),
    "platz eins": ("high", ""),
    "den löwenanteil": ("high", ""),
    "das meiste": ("high", ""),
    "ganz hinten": ("low", ""),
    "schlusslicht": ("low", ""),
}
