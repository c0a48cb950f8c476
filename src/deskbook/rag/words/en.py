"""English."""

from __future__ import annotations

from typing import Final

from deskbook.rag.words.form import DateWords, Words, listed, listed_kin

_UNIT: Final = {
    "hour": "hour", "hours": "hour", "day": "day", "days": "day", "week": "week", "weeks": "week", "month": "month",
    "months": "month", "quarter": "quarter", "quarters": "quarter", "year": "year", "years": "year",
    "wk": "week", "wks": "week", "mth": "month", "yr": "year", "qtr": "quarter",
}  # fmt: skip
_WORST: Final = "sentiment_negative_pct"
_SPEED: Final = "first_reply_median_minutes"
_STOP: Final = listed(
    """
    a about after again all also am an and any are as at be because been before being but by can could did do
    does doing don't for from get got had has have having he her here him his how i i'm i've i'd i'll if in into
    is isn't it it's its just let like me more most my no not now of off on once only or other our out over own
    please so some such than that that's the their them then there these they this those through to too under
    until up us very was we we're were what when where which while who why will with would you you're your yours
    s yes hi hello hey thanks thank dear ok okay u ur im ive dont cant can't still one really even know go going
    make today day
    """
)
_FILLERS: Final = listed(
    """
    receive receives receiving waited hours'
    pull raise raises raising landed landing distributed distribution breakdown mind telling plot graph draw bigger
    smaller performing performance proportion display visualise visualize fetch quickly quick soon rundown percentages
    counts numbers figures stats statistics wondering wonder curious interested grab hand check
    send sends sending different distinct unique separate contact contacted contacting reached reach out
    through via resolve resolved handle take took taking file filing create creating open opening log do does
    done our ours new typical typically newly incoming work worked manage managed process processed close
    closing answer answering serve served post posted
    'd 's actually amount average bad badly better big bit change changed changes come coming compare compared
    comparison count daily data decline declined declining decrease decreased deep deskbook develop developed
    did differ difference drop dropped during each every explain fall falling fallen fell figure find gave give
    given go gone good great grew group grow growing grown happen happened happening high higher increase
    increased jump jumped large level like long look looking lot low lower made many mean median mood most much
    must need negative number numbers overall people percent percentage period pick plunge positive question
    rate rates ratio reach reason reasons rise risen rising rose score scores see seem seen several shall share
    should show since slow slowly slower fast faster small spike spiked suddenly surge surged tell total towards
    trend unusual unusually usual value values want versus vs went whole within without work worse worsen
    worsened worsening per between against among customers customer client clients clients' user users support
    desk inbox service team's agents' reply replies ticket tickets message messages conversation conversations
    case cases sent received arrive arrived arriving ours who's whom whose what's how's caused cause causes
    drove drive driver drivers behind led explains taken take takes get gets getting start started become became
    turn turned keep kept feel felt feeling so terribly extremely quite rather particularly especially improve
    improved improving improvement break broken split down back evolve evolved progress history timeline chart
    time over move moved tend usually normally currently now right exactly approximately roughly respectively
    ask asked answer answered first last top worst best highest lowest fastest slowest busiest most least fewest
    is quality performance situation state status quo have're there's we've they're isn't wasn't weren't didn't
    doesn't average avg mean whats hows overall altogether total precisely currently compared set side put next
    per did was were been being have's many pretty roughly approx about around experience experienced person
    persons tell show give report reports please kindly could exact entire full complete actual desk's came come
    coming handled handle arrive wrote written write opened open-ed raised logged filed submitted like compare
    handed came come often plot graph chart name portion evolution beginning quickly promptly folks altogether tally
    figure figures totals stand stood fare fared perform performed landed reach reached log logged filed submitted
    raised lodged routed assigned went ended need needed spend spent manage managed deal dealt split breakdown view
    pull picture check know want wanted curious wondering overall across run ran running hit look looks looking
    comparing between versus difference trend trending evolve move moved moving direction rank ranked ranking
    order ordered list top bottom
    """
)

_FELT: Final = (
    r"unhappy|angry|anger|angered|upset|mad|furious|annoy\w*|frustrat\w*|dissatisf\w*|displeas\w*|negativ\w*|sour\w*"
    r"|irritat\w*|bother\w*|disappoint\w*|cross|outraged?|riled|complaints"
    r"|bad mood|poor mood|fed up"
)
"""What makes a question that begins with `what` one for causes."""
_NO_CAUSE: Final = r"team|channel|agent|category|priority|segment|day|week|month|hour|language|source|contact"
WORDS: Final = Words(
    code="en",
    stemmer="english",
    dates=DateWords(
        months={
            "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5,
            "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9,
            "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
        },
        weekdays={
            "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
            "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4,
        },
        units=_UNIT,
        counts={
            "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
            "ten": 10, "twelve": 12, "fourteen": 14, "thirty": 30, "couple of": 2, "few": 3,
        },
        ordinals={"first": 1, "second": 2, "third": 3, "fourth": 4},
        unsure=frozenset({"may", "march", "mar"}),
        month_leads="in|during|of|for|since|last|this|and|between|from|to|until|with|versus|vs",
        day=r"(?:the )?(\d{1,2})(?:st|nd|rd|th)?",
        between_day_and_month="(?: day)?(?: of)?",
        before_year=",? ",
        day_first=False,
        today=r"(?:today|this morning|this afternoon|this evening|so far today)",
        yesterday=r"(?:yesterday|last night)",
        before_yesterday=r"(?:the )?day before yesterday",
        last_weekend=r"(?:(?:on |over |at )?(?:the )?(?:last|past|previous) weekend|(?:on|over|at) the weekend)",
        this_weekend=r"this weekend",
        ago=r"{count} {unit} (?:ago|earlier)",
        last_count=r"(?:the )?(?:last|past|previous|preceding|prior|most recent|recent) {count} {unit}"
            r"|(?:the )?past {unit}",
        last_unit=r"(?:the )?(?:last|previous|preceding|prior|most recent) {unit}",
        this_unit=r"(?:this|the current|current) {unit}(?: so far)?",
        unit_before_last=r"(?:the )?{unit} before last",
        next_unit=r"(?:next|coming|upcoming) (?:{count} )?{later}",
        weekday=r"(?:on )?{weekday}",
        last_weekday=r"(?:on )?(?:last|past) {weekday}",
        week_of=r"(?:the )?week (?:of|starting|beginning|commencing) (?:on )?{date}",
        quarter=r"(?:q(?P<number>[1-4])|(?:the )?(?P<word>first|second|third|fourth) quarter)",
        iso_week=r"(?:calendar |iso )?week (?P<number>\d{1,2})",
        year_leads="in|during|of|for|since|throughout",
        to=r"(?:to|until|till|through|thru|up to|-)",
        both="and",
        between=r"between(?: the)?",
        since=r"(?:since|after|starting)",
        until=r"(?:before|until|till|up to)",
        part_of_month=r"(?:the )?(?P<part>first|second|third|fourth|last|final) (?P<size>half|week) (?:of|in) {month}",
        fortnight=r"(?:the |this )?(?:last|past|previous) (?:fortnight|two weeks)",
    ),
    ending="(?:s|es)?",
    future=r"\b(?:tomorrow|will (?:we|there|it|be|the)|forecast|predict(?:ed|ion)?|going to be|expected to)\b",
    against_before=(
        r"(?:(?:compared? (?:to|with)|versus|vs\.?|against|than|and|to|with|over) (?:the |our )?"
        r"(?:previous|preceding|prior) (?:period|day|week|month|quarter|year|one)\b"
        r"|(?:(?:compared? (?:to|with)|versus|vs\.?|against|than|and|to|with) )?(?:the )?"
        r"(?:day|week|month|quarter|year|period|one) before\b(?: that)?(?! (?:yesterday|last)))"
    ),
    define=(
        r"^(?:what (?:is|are|'s|exactly is)|what's|define|explain|how (?:is|are|do you|does)|what does"
        r"|what do (?:you|we) mean by|what is meant by|(?:the )?definition of|meaning of|tell me what)\b"
    ),
    means=r"\b(?:means?|meant|defined|definition|define|calculated?|computed?|measured?|worked out|stands? for)\b",
    why=(
        r"\b(?:why|how come|what (?:caused|drove|drives|explains|explained|made|happened|went wrong|was behind"
        r"|is behind|led to|lies behind|lay behind|is driving|was driving|triggered|accounts? for|is causing"
        r"|is to blame)"
        r"|what's (?:behind|driving|causing)|causes?|caused|drivers?|root cause|reasons? (?:for|behind|that|why)"
        r"|explain (?:why|the|what)|responsible for|to blame for|due to what|because of what"
        r"|(?:any idea|understand|see|learn|know|work out|figure out|find out) (?:why|what)|what's up with"
        r"|(?:story|deal|matter) (?:behind|with)|(?:was|is|were) the (?:matter|trouble|issue|problem|deal)"
        r"|(?:diagnose|investigate|dissect|unpack|make sense of|get to the bottom of|help me understand|dig into)"
        r"|point(?:s|ed)? to|set (?:\w+ ){1,3}off|got (?:\w+ ){1,3}(?:so )?(?:worked up|upset|angry|mad|riled)"
        r"|ups(?:et|etting) (?:them|people|customers|users|everyone))\b"
        rf"|^(?:so |and |ok |okay |hi,? |hey,? )?(?:what|which(?: \w+)?|who)(?: (?:exactly|really|actually|on earth))?"
        rf" (?!was the |is the |were the |share|percent|proportion|fraction|part|portion|number|are the |{_NO_CAUSE})"
        rf".{{0,60}}\b(?:{_FELT})\b"
        r"|\b(?:were|was|are) (?:customers|people|users|they|clients|everyone) (?:all )?(?:so )?"
        rf"(?:{_FELT}) (?:about|with|at)\b"
    ),
    happened=(
        r"\b(?:happened|happen|happening|went wrong|go wrong|going wrong|(?:a|so|such a) bad|so bad|terrible|awful"
        r"|worse|worst day|bad day)\b"
    ),
    find=(
        r"^(?:please |can you |could you )?(?:find|show(?: me)?|list|search(?: for)?|look (?:for|up)|give me"
        r"|get|which"
        r"|what|quote|bring up|pull up) "
        r"(?:me )?(?:all |the |some |any |a few |every )?(?:of the )?"
        r"(?:tickets?|messages?|conversations?|cases?|examples?|passages?|customers?|complaints?)\b"
    ),
    say=(
        r"\b(?:how many|how often|(?:the )?number of|count(?: of| the| all)?|what (?:share|percentage"
        r"|proportion|fraction"
        r"|percent|part) of|(?:share|percentage|proportion) of)\b"
    ),
    about=(
        r"\b(?:mention(?:s|ed|ing)?(?: of)?|contain(?:s|ed|ing)?|regarding|concerning|(?:talk|talks|talked|talking"
        r"|write|writes|wrote|writing|speak|spoke|speaking|ask|asks|asked|asking|complain|complains|complained"
        r"|complaining|inquire|inquired) (?:about|of|for|that)|saying|says?|said|related to|relating to|refer(?:s|red"
        r"|ring)? to|report(?:s|ed|ing)|about|bring up|brought up|using the words?|used the words?|with the words?) "
        r"(?:that |the words? |the phrase |the term |about )?"
    ),
    about_ends=r" (?:in|on|last|this|yesterday|today|over|from"
        r"|during|since|between|for|by|per|via|through|at|within|among)\b|[?!]|$",
    summarise=(
        r"\b(?:summari[sz]e|summary|summaries|sum up|overview of|recap|digest|brief me"
        r"|catch (?:me|us) up|up to speed|fill me in|rundown|wrap-?up"
        r"|what (?:do|did|are|were|have) (?:our )?(?:customers|people|users|they|clients) (?:been )?"
        r"(?:say|saying|talk|talking|complain|complaining|writ\w+|contact\w*|ask|asking)(?: us)?(?: about)?"
        r"|what's new|anything new|catch me up|bring me up to (?:date|speed)|fill me in|in a nutshell|highlights"
        r"|state of (?:the )?(?:desk|support)|round-?up|wrap-?up|run me through|tell me about"
        r"|(?:main|key|top|biggest|most common|hot) (?:topics|themes|issues|complaints|problems)"
        r"|what (?:is|was|were) (?:the )?(?:topics|themes))\b"
    ),
    compare=r"\b(?:compare|compared|comparison|versus|vs|difference|differ|against|than)\b",
    trend=(
        r"\b(?:trend|trends|trending|develop|developed|developing|development|evolve|evolved|evolution|over time"
        r"|progress|progressed|timeline|chart|plot|graph|draw|history|course of|day by day|week by week|day to day"
        r"|month by month"
        r"|how (?:did|has|have|is|was|are) .*(?:change|changed|changing|go|gone|going|move|moved|moving))\b"
    ),
    up=r"\b(?:(?:so|that|this|too) (?:many|much|high|long|slow|large)|high(?:er)?|ris(?:e|en|ing)|rose"
        r"|increas\w*|surg\w*|spik\w*|jump\w*|grew|growth|peak\w*|slow(?:er|ly)?|long(?:er)?|more|went up|go up"
        r"|gone up|climb\w*|soar\w*|busy|busier)\b",
    down=r"\b(?:(?:so|that|too) (?:few|low|little|short|fast|quick)|few(?:er)?|low(?:er)?|drop\w*|fall(?:en"
        r"|ing)?|fell|decreas\w*|declin\w*|dip\w*|shrink|shrank|fast(?:er)?|quick(?:er)?|less|went down|go down"
        r"|gone down|plung\w*|quiet(?:er)?)\b",
    good=r"\b(?:positive|happy|happier|pleased|glad|delighted|satisfied|good|better|great|improv\w*|cheerful"
        r"|enthusiastic)\b",
    bad=r"\b(?:negative|unhappy|bad(?:ly)?|worse|worsen\w*|terrible|awful|poor|angry|upset|mad|dissatisfied"
        r"|annoyed|furious|frustrated|complain\w*|deteriorat\w*)\b",
    and_why=r"[,;]? ?(?:and|&) (?:also )?(?:why|how come|what (?:caused|drove|explains|was behind"
        r"|is behind) (?:it|that|this))\b",
    hop=r"\b(?:of|for|in|by|on|at|from|did) (?:the |our )?(?P<dim>{dims}) (?:with|that|which|who|having|whose) "
        r"(?:has |had |have |got |was |is |were |received |saw )?(?:the )?(?P<rest>{rest})",
    hop_ends=r"(?:, (?:what|how|which|why)|\?|$)",
    hop_verbs="gets?|got|receives?|received|have|has|handles?|handled|sees?|takes?|took",
    them=r"\b(?:them|those|these|it)\b",
    grains={
        "hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter",
        "day by day": "day", "week by week": "week", "month by month": "month",
        "month over month": "month", "month on month": "month", "week over week": "week", "week on week": "week",
        "day over day": "day", "day on day": "day",
    },
    by=r"(?:broken down by|split by|grouped by|sorted by|by|per|for each|for every|each|every|across|among|between)",
    which=r"(?:which|what|whose)",
    superlatives={
        "slowest": ("high", _SPEED), "fastest": ("low", _SPEED), "quickest": ("low", _SPEED),
        "busiest": ("high", "tickets_created"), "quietest": ("low", "tickets_created"),
        "unhappiest": ("high", _WORST), "angriest": ("high", _WORST), "happiest": ("low", _WORST),
        r"top \d{1,2}": ("high", ""), r"bottom \d{1,2}": ("low", ""), "bottom": ("low", ""),
        "highest": ("high", ""), "most": ("high", ""), "longest": ("high", ""), "largest": ("high", ""),
        "biggest": ("high", ""), "top": ("high", ""), "greatest": ("high", ""), "maximum": ("high", ""),
        "more": ("high", ""), "lowest": ("low", ""), "least": ("low", ""), "fewest": ("low", ""),
        "shortest": ("low", ""), "smallest": ("low", ""), "minimum": ("low", ""), "worst": ("bad", ""),
        "poorest": ("bad", ""), "best": ("good", ""), "heaviest": ("high", "tickets_created"),
        "most frequent": ("high", "tickets_created"), "most common": ("high", "tickets_created"),
        "most often": ("high", "tickets_created"), "commonest": ("high", "tickets_created"),
        "lightest": ("low", "tickets_created"), "leads?": ("high", ""), "leading": ("high", ""),
        "first place": ("high", ""),
        "last place": ("low", ""), "weakest": ("bad", ""), "strongest": ("good", ""),
        "rank(?:s|ed|ing|ings)?": ("high", ""), "sort(?:ed)?": ("high", ""), "league table": ("high", ""),
        "leaderboard": ("high", ""),
    },
    metrics={
        "ticket count": "tickets_created", "message count": "messages", "requests": "tickets_created",
        "enquiries": "tickets_created", "inquiries": "tickets_created", "queries": "tickets_created",
        "caseload": "tickets_created", "incoming volume": "tickets_created",
        "satisfaction score": "csat_good_pct", "satisfaction rate": "csat_good_pct",
        "customer satisfaction score": "csat_good_pct", "satisfaction rating": "csat_good_pct",
        "satisfaction ratings": "csat_good_pct", "happy ratings": "csat_good_pct", "good ratings": "csat_good_pct",
        "negativity rate": _WORST, "unhappy messages": _WORST, "angry messages": _WORST, "bad mood": _WORST,
        "response speed": _SPEED, "speed of response": _SPEED, "speed of reply": _SPEED, "responding": _SPEED,
        "answering": _SPEED, "quickly answer": _SPEED, "answer speed": _SPEED, "hear back": _SPEED, "get back": _SPEED,
        "reply speed": _SPEED, "solving time": "resolution_median_hours", "time to solve": "resolution_median_hours",
        "time to close": "resolution_median_hours", "time to resolve": "resolution_median_hours",
        "fix time": "resolution_median_hours", "turnaround": "resolution_median_hours",
        "resolving": "resolution_median_hours", "open queue": "open_backlog",
        "upset": _WORST, "frustrated": _WORST, "mad": _WORST, "dissatisfied": _WORST, "furious": _WORST,
        "annoyed": _WORST, "negativity": _WORST, "unhappiness": _WORST, "anger": _WORST, "complain": _WORST,
        "complaining": _WORST, "sentiment negative": _WORST, "sentiment so negative": _WORST,
        "negative messages": _WORST, "negative feedback": _WORST,
        "happy": "sentiment_mean", "replies": "messages_out",
        "waiting time": _SPEED, "wait time": _SPEED, "wait": _SPEED, "waited": _SPEED, "respond": _SPEED,
        "response": _SPEED, "reply": _SPEED, "time to first reply": _SPEED, "time to first response": _SPEED,
        "first answer": _SPEED, "first reply time": _SPEED, "first response time": _SPEED,
        "ticket": "tickets_created", "unresolved": "open_backlog", "sla compliance": "sla_achieved_pct",
        "busy": "tickets_created", "cases": "tickets_created", "contacts": "tickets_created",
        "ticket volume": "tickets_created", "tickets created": "tickets_created", "inflow": "tickets_created",
        "satisfied": "csat_good_pct", "resolve": "resolution_median_hours", "still open": "open_backlog",
        "currently open": "open_backlog", "reopening": "tickets_reopened",
        "time to resolution": "resolution_median_hours",
    },
    average=r"\b(?:average|avg|mean)\b",
    quantile=r"\b(?:p(?P<level>\d{2})|(?P<level2>\d{2})(?:th|st|nd|rd)?[ -]percentile)\b(?: of(?: the)?)?",
    business=r"\b(?:(?:in|during|within|counting only|by|using) )?(?:business|working|office|opening)[ -]hours\b",
    moods={"negative": "negative", "positive": "positive", "neutral": "neutral"},
    how_many=r"\b(?:how many|number of|count)\b",
    customers=r"\b(?:customers?|people|clients?|users?)\b",
    agents=r"\b(?:agents?|staff|colleagues)\b",
    nouns=frozenset(
        {"tickets", "messages", "conversations", "cases", "ticket", "message", "customer messages", "volume",
        "customers", "agents"}
    ),
    ends_name=r"$|[?.,;]|and\b|by\b|per\b|vs\b|versus\b|yesterday\b|today\b|last\b|this\b|on\b",
    joins=r"^\s*(?:,|and|&|or|versus|vs\.?|with|to)\s*$",
    dimensions={
        "team": "teams? queues? groups? departments?",
        "channel": "channels?",
        "priority": "priority priorities priority_levels?",
        "category": "category categories contact_reasons? reasons? topics? ticket_types? types?",
        "agent": "agents? colleagues?",
        "language": "languages?",
        "source": "sources? systems?",
        "segment": "segments? plans? customer_segments?",
        "status": "status statuses",
        "tag": "tags?",
        "weekday": "weekdays? day_of_(?:the_)?week",
        "hour_of_day": "hours?_of_(?:the_)?day time_of_day",
        "hour": "hours?",
        "day": "days?",
        "week": "weeks?",
        "month": "months?",
        "quarter": "quarters?",
    },
    plain_values=listed("low normal high urgent other general open new none unknown social web first hold"),
    sure_values=frozenset({"urgent", "web", "social"}),
    values={"e-mail": ("channel", "email"), "mail": ("channel", "email"), "telephone": ("channel", "phone")},
    languages={
        "english": "en", "german": "de", "french": "fr", "spanish": "es", "portuguese": "pt", "italian": "it",
        "dutch": "nl", "japanese": "ja",
        "english-speaking": "en", "german-speaking": "de", "french-speaking": "fr", "spanish-speaking": "es",
    },
    kin=(
        listed_kin("refund, refunded, money back, reimburse, reimbursement"),
        listed_kin("log in, login, sign in, signin, log on, locked out"),
        listed_kin("cancel, cancellation, unsubscribe, terminate"),
        listed_kin("crash, crashes, freezes, shuts down"),
        listed_kin("late, delayed, delay, overdue"),
        listed_kin("damaged, broken, cracked, defective"),
        listed_kin("charged twice, double charge, double charged, billed twice, charged double"),
        listed_kin("wrong item, wrong product, wrong order"),
    ),
    idle_verbs=listed("customers they cannot can't unable being been get getting want wants problem problems "
    "issue issues trouble"),
    stop=_STOP,
    fillers=_FILLERS,
    rank=r"\b(?:rank|ranks|ranked|ranking)\b",
    asked={
        r"\b(how (?:long|quickly|quick|fast|soon))\b[^?]{0,60}?\b(resolv\w*|solv\w*|clos(?:e|es|ed|ing)|fix\w*)\b":
            "resolution_median_hours",
        r"\b(how (?:long|quickly|quick|fast|soon))\b[^?]{0,60}?\b((?:first )?answer\w*|repl(?:y|ies|ied)|respond\w*"
        r"|wait\w*(?: for (?:an? |the |their )?(?:first )?(?:answer|reply|response))?|[gh]e(?:t|ar) back)\b": _SPEED,
        r"\bhow many\b[^?]{0,40}?\b(solve|close)\b": "tickets_solved",
        r"\bhow many\b[^?]{0,40}?\b(reopened)\b": "tickets_reopened",
        r"\b(how (?:big|long|large) is (?:the|our) queue)\b": "open_backlog",
        r"\bhow (happy|pleased)\b[^?]{0,40}?\bwith\b": "csat_good_pct",
        r"\b(first (?:repl|response)\w*)\b[^?]{0,20}?\b(on time|in time|within target)\b":
            "first_reply_within_target_pct",
    },
    prepositions=listed("via through using in for from at of with about on by to among within regarding concerning"),
    passes_over=2,
    passive=frozenset({"were", "was", "been", "being", "be", "are", "is", "got", "get", "gets", "getting"}),
)  # fmt: skip
