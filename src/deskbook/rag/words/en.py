"""English."""

from __future__ import annotations

from typing import Final

MONTHS: Final = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5,
    "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9,
    "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
WEEKDAYS: Final = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4,
}  # fmt: skip
UNITS: Final = "hour|day|week|month|quarter|year"
FUTURE: Final = r"\b(?:tomorrow|next (?:day|week|month|quarter|year)|will|forecast|predict|going to be)\b"
AGAINST_BEFORE: Final = (
    r"(?:(?:compared? (?:to|with)|versus|vs\.?|against|than|and|to|with) (?:the |our )?"
    r"(?:previous|preceding|prior) (?:period|day|week|month|quarter|year|one)\b"
    r"|(?:(?:compared? (?:to|with)|versus|vs\.?|against|than|and|to|with) )?(?:the )?"
    r"(?:day|week|month|quarter|year|period|one) before\b(?: that)?(?! yesterday))"
)
MONTH_LEADS: Final = "in|during|of|for|since|last|this|and|between|from|to|until|with|versus|vs"
"""After these words `may` and `march` are months."""
ORDINAL: Final = "(?:st|nd|rd|th)?"
OF: Final = "(?: of)?"

DEFINE: Final = (
    r"^(?:what (?:is|are|'s)|what's|define|explain|how (?:is|are)|what does|what do you mean by|definition of)\b"
)
MEANS: Final = r"\b(?:means?|defined|definition|calculated|computed|measured|worked out|stand for)\b"
WHY: Final = (
    r"\b(?:why|how come|what (?:caused|drove|explains|made|happened|went wrong|was behind|is behind|led to)"
    r"|what's behind|causes?|caused|drivers?|root cause|reasons? (?:for|behind|that)|explain (?:why|the))\b"
)
HAPPENED: Final = r"\b(?:happened|happen|went wrong|go wrong|a bad|so bad|terrible)\b"
"""Asked without a metric, such a question is about how customers felt."""
FIND: Final = (
    r"^(?:please |can you |could you )?(?:find|show(?: me)?|list|search(?: for)?|look for|give me|which|what|quote) "
    r"(?:me )?(?:all |the |some |any )?(?:tickets|messages|conversations|cases|examples|passages|customers)\b"
)
ABOUT: Final = (
    r"\b(?:about|mention(?:s|ed|ing)?|contain(?:s|ed|ing)?|regarding|concerning|talk(?:ed|ing)? about|saying"
    r"|that say|related to|complain(?:ed|ing|s)? (?:about|of)) "
)
ABOUT_ENDS: Final = r" (?:in|on|from|during|since|between|last|this|for|by|per|yesterday|today|of)\b|[?!]|$"
COMPARE: Final = r"\b(?:compare|compared|comparison|versus|vs|difference|differ|against)\b"
TREND: Final = (
    r"\b(?:trend|trends|develop|developed|developing|development|evolve|evolved|evolution|over time|progress"
    r"|progressed|timeline|chart|history|day by day|week by week"
    r"|how (?:did|has|have) .*(?:change|changed|go|gone|move))\b"
)
GRAINS: Final = {
    "hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter",
}  # fmt: skip
BY: Final = r"(?:broken down by|split by|grouped by|by|per|for each|for every|each|every|across|among|between)"
WHICH: Final = r"(?:which|what|whose)"
SUPERLATIVES: Final[dict[str, tuple[str, str]]] = {
    # word -> (which end of the ranking, metric meant when none is named)
    "slowest": ("high", "first_reply_median_minutes"),
    "fastest": ("low", "first_reply_median_minutes"),
    "quickest": ("low", "first_reply_median_minutes"),
    "busiest": ("high", "tickets_created"),
    "quietest": ("low", "tickets_created"),
    "unhappiest": ("high", "sentiment_negative_pct"),
    "angriest": ("high", "sentiment_negative_pct"),
    "happiest": ("low", "sentiment_negative_pct"),
    "highest": ("high", ""), "most": ("high", ""), "longest": ("high", ""), "largest": ("high", ""),
    "biggest": ("high", ""), "top": ("high", ""), "greatest": ("high", ""), "maximum": ("high", ""),
    "lowest": ("low", ""), "least": ("low", ""), "fewest": ("low", ""), "shortest": ("low", ""),
    "smallest": ("low", ""), "minimum": ("low", ""), "worst": ("bad", ""), "best": ("good", ""),
}  # fmt: skip

METRICS: Final = {
    # further words for metrics than the registry holds
    "upset": "sentiment_negative_pct", "frustrated": "sentiment_negative_pct", "mad": "sentiment_negative_pct",
    "dissatisfied": "sentiment_negative_pct", "furious": "sentiment_negative_pct", "annoyed": "sentiment_negative_pct",
    "sentiment negative": "sentiment_negative_pct", "sentiment so negative": "sentiment_negative_pct",
    "happy": "sentiment_mean", "complain": "sentiment_negative_pct", "complaining": "sentiment_negative_pct",
    "waiting time": "first_reply_median_minutes", "wait time": "first_reply_median_minutes",
    "wait": "first_reply_median_minutes", "respond": "first_reply_median_minutes",
    "response": "first_reply_median_minutes", "reply": "first_reply_median_minutes",
    "busy": "tickets_created", "cases": "tickets_created", "contacts": "tickets_created",
}  # fmt: skip
NOUNS: Final = ("tickets", "messages", "conversations", "cases", "ticket", "message", "customer messages", "volume")
"""Metric words that also merely name the thing counted: beside another metric they ask for nothing."""
ENDS_NAME: Final = r"$|[?.,;]|and\b|by\b|per\b|vs\b|versus\b|yesterday\b|today\b|last\b|this\b|on\b"
"""What follows a metric's name that ends in a preposition; in `messages in September` it is none of these."""
AND: Final = r"^\s*(?:,|and|&|or|versus|vs\.?|with|to)\s*$"

DIMENSIONS: Final = {
    "team": "teams? queues? groups? departments?",
    "channel": "channels?",
    "priority": "priority priorities",
    "category": "category categories contact_reasons?",
    "agent": "agents?",
    "language": "languages?",
    "source": "sources? systems?",
    "segment": "segments? plans?",
    "status": "status statuses",
    "tag": "tags?",
    "weekday": "weekdays? day_of_(?:the_)?week",
    "hour_of_day": "hours?_of_(?:the_)?day time_of_day",
    "hour": "hour",
    "day": "days?",
    "week": "weeks?",
    "month": "months?",
    "quarter": "quarters?",
}
"""Patterns by dimension; `_` stands for a space."""
PLAIN_VALUES: Final = frozenset(
    """
    low normal high urgent other general open new none unknown social web first hold
    """.split()  # noqa: SIM905
)
"""Values that are everyday words: they count only beside their dimension's name."""
SURE_VALUES: Final = frozenset({"urgent", "web", "social"})
LANGUAGES: Final = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "portuguese": "pt", "italian": "it",
    "dutch": "nl", "japanese": "ja",
}  # fmt: skip

STOP: Final = frozenset(
    """
    a about after again all also am an and any are as at be because been before being but by can could did do does
    doing don't for from get got had has have having he her here him his how i i'm i've i'd i'll if in into is isn't it
    it's its just let like me more most my no not now of off on once only or other our out over own please so some such
    than that that's the their them then there these they this those through to too under until up us very was we we're
    were what when where which while who why will with would you you're your yours yes hi hello hey thanks thank
    dear ok okay u ur im ive dont cant can't still one really even know go going make today day
    """.split()  # noqa: SIM905
)
"""Words that say nothing alone."""
FILLERS: Final = STOP | frozenset(
    """
    'd 's actually amount average bad badly better big bit change changed changes come coming compare compared
    comparison count daily data decline declined declining decrease decreased deep deskbook develop developed did differ
    difference drop dropped during each every explain fall falling fallen fell figure find gave give given go gone
    good great grew group grow growing grown happen happened happening high higher increase increased jump jumped large
    level like long look looking lot low lower made many mean median mood most much must need negative number numbers
    overall people percent percentage period pick plunge positive question rate rates ratio reach reason reasons
    rise risen rising rose score scores see seem seen several shall share should show since slow slowly slower fast
    faster small spike spiked suddenly surge surged tell total towards trend unusual unusually usual value values want
    versus vs went whole within without work worse worsen worsened worsening per between against among
    customers customer client clients clients' user users support desk inbox service team's agents' reply replies ticket
    tickets message messages conversation conversations case cases sent received arrive arrived arriving
    ours who's whom whose what's how's caused cause causes drove drive driver drivers behind led explains
    taken take takes get gets getting start started become became turn turned keep kept feel felt feeling
    so terribly extremely quite rather particularly especially improve improved improving improvement
    break broken split down back evolve evolved progress history timeline chart time over move moved
    tend usually normally currently now right exactly approximately roughly respectively ask asked
    answer answered first last top worst best highest lowest fastest slowest busiest most least fewest is
    quality performance situation state status quo have're there's we've they're isn't wasn't weren't didn't doesn't
    """.split()  # noqa: SIM905
)
"""Words a question may hold without asking for anything more."""
PREPOSITIONS: Final = frozenset(
    """
    in for from at of with about on by to among within regarding concerning
    """.split()  # noqa: SIM905
)
