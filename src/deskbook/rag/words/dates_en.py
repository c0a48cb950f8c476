"""How English writes days and periods."""

from __future__ import annotations

from typing import Final

from deskbook.rag.words.form import DateWords

_UNIT: Final = {
    "hour": "hour", "hours": "hour", "day": "day", "days": "day", "week": "week", "weeks": "week", "month": "month",
    "months": "month", "quarter": "quarter", "quarters": "quarter", "year": "year", "years": "year",
    "wk": "week", "wks": "week", "mth": "month", "mths": "month", "yr": "year", "yrs": "year", "qtr": "quarter",
}  # fmt: skip
_NOW: Final = r"(?:now|today|date|the present(?: day)?|this point|the present moment|this very moment)"
_ENDED: Final = (
    r"(?:just gone(?: by)?|just (?:past|ended|finished|passed|over|behind us|closed|completed|done)|gone by"
    r"|that (?:just |has just |has |we just |is now |is just )?(?:ended|passed|went by|finished|closed|over|gone"
    r"|had|behind us|completed)|we(?:'ve| have)? just (?:had|finished|closed|left behind|come out of)"
    r"|(?:before|prior to|preceding) (?:this one|this|(?:the )?(?:current|present|ongoing|running) (?:one|{unit})"
    r"|this {unit})|immediately before this one)"
)
_LAST: Final = r"(?:last|past|previous|preceding|prior|most recent|latest|recent|trailing|foregoing|rolling)"
_WHOLE: Final = r"(?: (?:full|complete|completed|whole|calendar|entire|finished))?"
_START: Final = r"(?:start|beginning|first(?: day)?|1st|outset|top)"

DATES: Final = DateWords(
    months={
        "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5,
        "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9,
        "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
    },
    weekdays={
        "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
        "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4,
    },
    units=_UNIT,
    counts={
        "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
        "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20,
        "twenty-eight": 28, "thirty": 30, "sixty": 60, "ninety": 90, "couple of": 2, "a couple of": 2, "few": 3,
    },
    ordinals={
        "first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
        "one": 1, "two": 2, "three": 3, "four": 4, "1": 1, "2": 2, "3": 3, "4": 4,
    },
    unsure=frozenset({"may", "march", "mar"}),
    month_leads="in|during|of|for|since|last|this|and|between|from|to|until|till|with|versus|vs|over|across"
        "|throughout"
        r"|within|through|early|mid|late|by|months|month|against|than|before|after|all|whole|to|into|back in|at|about"
        r"|is|was|were|had|get|got|the",
    day=r"(?:the )?(\d{1,2})(?:st|nd|rd|th)?",
    between_day_and_month="(?: day)?(?: of)?",
    before_year=r",?(?: of| in|,)? ",
    day_first=False,
    today=r"(?:(?:so far |earlier )?today(?: so far)?|this (?:very )?day|this morning|this afternoon|this evening"
        r"|the (?:current|present) day|the day so far|since midnight)",
    yesterday=r"(?:yesterday|last night|(?:the )?(?:day|date) (?:before|prior to|preceding) today|(?:the"
        r" )?previous day"
        r"|(?:the )?day just gone)",
    before_yesterday=r"(?:the )?day before yesterday",
    last_weekend=r"(?:(?:on |over |at )?(?:the )?(?:last|past|previous) weekend|(?:on|over|at) the weekend(?! of))",
    this_weekend=r"this weekend",
    ago=r"back {count} {unit}|{count} {unit} (?:ago|earlier(?: than (?:today|now))?|back|before (?:today|now)"
        r"|prior(?: to (?:today|now))?"
        r"|in the past)",
    last_count=rf"(?:the |these |our )?(?:very )?{_LAST} {{count}}[ -](?:full |whole |calendar )?{{unit}}"
        r"(?: (?:period|window|span|stretch))?"
        rf"|(?:the )?{{count}} {_LAST} {{unit}}"
        rf"|(?:the )?{{count}}[ -]{{unit}}(?: (?:period|window|span|stretch))?(?: that)? (?:(?:just )?(?:up to"
        rf"|leading (?:up )?to"
        r"|until|till|to|ending|ended|ends|through|running (?:up )?to|finishing)(?: on| with| in)?)"
        rf" (?:and including |yesterday and )?{_NOW}"
        r"|the {count} {unit} (?:before|prior to|preceding) (?:today|now|this one)"
        r"|(?:the )?{count} {unit} just gone(?: by)?"
        rf"|(?:the )?past {{unit}}",
    last_unit=rf"(?:the )?{_LAST}{_WHOLE} {{unit}}|(?:the )?{{unit}} {_ENDED}",
    this_unit=rf"(?:so far |to date )?(?:in |for |during )?"
        rf"(?:this(?: very| present)?|(?:the )?(?:current|present|ongoing|running)){_WHOLE} {{unit}}"
        r"(?: so far| to date| up to now| till now| until now)?"
        rf"|(?:since|from) (?:the )?{_START} of (?:the|this)(?: current| present)? {{unit}}"
        rf"(?: (?:up to|until|till|to|through|up until|onwards?) ?(?:{_NOW})?)?"
        r"|since this {unit} (?:began|started)|(?:the )?{unit}[ -]to[ -]date|(?:the )?{unit} (?:so far|we(?:'re|"
        r" are)(?: now| currently)? in|in"
        r" progress)",
    unit_before_last=r"(?:the )?{unit} before last",
    next_unit=r"(?:next|coming|upcoming) (?:{count} )?{later}",
    weekday=r"(?:on )?(?:the )?{weekday}(?: (?:of|in) this week)?",
    last_weekday=r"(?:on )?(?:the )?(?:last|this past|past|most recent|latest|previous) {weekday}|(?:on )?(?:the"
        r" )?{weekday} "
        r"(?:just (?:gone|past)|past|gone)",
    week_of=r"(?:the )?(?:(?:calendar |whole |full )?(?:week|wk)|w/c|w/o)"
        r"(?: (?:of|starting|beginning|commencing|containing|including|around|in which"
        r"|(?:that|which) (?:contains|includes|contained|included|starts|started|begins|began|had|has)"
        r"|ending|to which))?(?: (?:on|with|in it))?(?: monday)?,? {date}(?: (?:falls|fell|is|was|lies|lay) in)?",
    quarter=r"(?:q ?(?P<number>[1-4])|quarter (?P<number2>[1-4]|one|two|three|four)"
        r"|(?:the )?(?P<word>first|second|third|fourth|1st|2nd|3rd|4th|final|last) quarter(?= of| in|,? \d{4}))",
    iso_week=r"(?:calendar |iso )?(?:week|wk|cw)(?: number| no\.?| #)? ?(?P<number>\d{1,2})",
    year_leads="in|during|of|for|since|throughout|over|year|within|across|all|through",
    to=r"(?:(?:right |all the way )?(?:through )?(?:to|until|till|through|thru|up to|up until)(?: and including)?"
        r"(?: the (?:very )?end of)?|-)|(?:and )?(?:ending|running|going|lasting|finishing)(?: on| in| to| until|"
        r" with)?",
    both="and",
    between=r"(?:between|from)(?: the)?(?: (?:start|beginning) of)?",
    since=r"(?:since|after|starting(?: on| in| from)?|beginning(?: on| in)?)",
    until=r"(?:before|until|till|up to)",
    part_of_month=r"(?:(?:the )?(?:(?P<part>first|second|third|fourth|last|final|1st|2nd|3rd|4th) (?P<size>half|week)"
        r"|(?<!to the )(?<!until the )(?<!till the )(?<!through the )(?<!from the )(?P<third>start|beginning"
        r"|middle|end|close|early part"
        r"|latter part)) (?:of|in) {month}"
        r"|(?P<third2>early|mid|late)[ -]{month2})",
    fortnight=r"(?:the |this )?(?:last|past|previous) (?:fortnight|two weeks)",
    thirds={"start": 1, "beginning": 1, "early part": 1, "early": 1, "middle": 2, "mid": 2,
            "end": 3, "close": 3, "latter part": 3, "late": 3},
)  # fmt: skip
