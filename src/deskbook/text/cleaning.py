"""What the writer of a message said, without what mail programs, platforms and earlier writers put there."""

from __future__ import annotations

import re
from html import unescape

MAX_RAW_CHARACTERS = 20_000
MAX_CHARACTERS = 4_000
"""A mood is set early; past these a message is mostly a pasted log or thread, and would cost without telling."""

# Every repeat is bounded, so that a hostile text costs no more than a long one.
_PAGE = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# Beginning with the character they look for, patterns skip to it at once.
_MENTION = re.compile(r"@(?<![\w@]@)\w{1,50}")
_IN_MAIL_ADDRESS = re.compile(r"@(?<=\w@)\w")
_MAIL_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")
_INTRODUCTION = (
    r"(?:On|Am|Le|El|Em|No dia)\b[^\n]{1,200}(?:\n[^\n]{1,200})?"
    r"(?:wrote|schrieb[^\n:]{0,100}|a\ écrit|escribió|escreveu)\s{0,3}:"
)
_QUOTED = re.compile(rf"^(?:{_INTRODUCTION}[ \t]*\n+(?=[ \t]*>))?(?:[ \t]*>[^\n]*(?:\n|\Z))+", re.MULTILINE)
# "Best" and "Dear" are manners, not moods; after a closing line come names and addresses.
_GREETING = re.compile(
    r"^[ \t]*(?:Dear|Sehr geehrte[rsn]?|Liebe[rs]?|Estimad[oa]s?|Querid[oa]s?|Ch(?:er|ère)s?|Prezad[oa]s?|Car[oa]s?)\b"
    r"[^\n,:!]{0,60}[,:!]?[ \t]*$",
    re.MULTILINE,
)
_CLOSING = re.compile(
    r"""
    ^[ \t]*(?:(?:With[ ])?(?:Best|Kind(?:est)?|Warm(?:est)?|Many)?[ ]?regards | Best(?:[ ]wishes)? | All[ ]the[ ]best
      | Yours(?:[ ](?:sincerely|faithfully|truly))? | Sincerely | Cheers
      | (?:Mit[ ](?:freundlichen|besten)|Viele|Beste|Freundliche|Liebe|Herzliche)[ ]Gr(?:ü|ue)(?:ß|ss)en?
      | (?:Un[ ](?:cordial[ ])?saludo|Saludos(?:[ ]cordiales)?|Atentamente|Cordialmente|Quedo[ ]a[ ]la[ ]espera)
      | (?:Bien[ ])?(?:Cordialement|[àÀ][ ]vous) | Bonne[ ]journée | Salutations
      | (?:Atenciosamente|Atentamente|Cumprimentos|Abraços?|Com[ ]os[ ]melhores[ ]cumprimentos)
    )[ \t]*[,.!]?[ \t]*$
    """,
    re.MULTILINE | re.VERBOSE | re.IGNORECASE,
)
# From here on, all that follows was written by someone else or by a program.
_REST = re.compile(
    rf"""
    ^[ \t]*(?:
        --[ ]?$
      | _{{10,}}[ \t]*$
      | -{{2,}}[ ]?(?:Original\ Message|Forwarded\ message|Ursprüngliche\ Nachricht|Mensaje\ original
          |Message\ (?:d'origine|original)|Mensagem\ original)
      | (?:From|Von|De):[ ][^\n]{{1,200}}\n[ \t]*(?:Sent|Date|To|Gesendet|Datum|Enviado|Fecha|Envoyé|Data|Para)[ ]?:
      | (?:Sent\ from|Get\ Outlook|Von\ meinem|Gesendet\ von|Enviado\ (?:desde|do|de)|Envoyé\ (?:de|depuis))\b
      | {_INTRODUCTION}[ \t]*$
    )
    """,
    re.MULTILINE | re.VERBOSE,
)


def clean(text: str) -> str:
    """The words of this message alone, at most 4,000 characters.

    Quoted lines ("> …" with the "On … wrote:" above them), forwarded mail, greetings, closings with what
    follows them, signatures, page and mail addresses, @mentions and control characters go; &amp; and its
    like become the character they stand for; all past 20,000 characters as received is not read. A quote
    without marks, below "On … wrote:" or "From: … Sent: …", goes to the end of the message.
    """
    text = text[:MAX_RAW_CHARACTERS]
    if "&" in text:
        text = unescape(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\n" in text:
        text = _QUOTED.sub("", text)
        for end in (_REST, _CLOSING):
            found = end.search(text)
            if found:
                text = text[: found.start()]
        text = _GREETING.sub("", text)
    elif text.lstrip()[:1] == ">":
        return ""
    if "://" in text or "www." in text:
        text = _PAGE.sub(" ", text)
    if _IN_MAIL_ADDRESS.search(text):
        text = _MAIL_ADDRESS.sub(" ", text)
    text = _MENTION.sub(" ", text)
    return _CONTROL.sub(" ", text).strip()[:MAX_CHARACTERS]
