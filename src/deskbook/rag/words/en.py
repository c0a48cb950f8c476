"""English."""

from __future__ import annotations

from typing import Final

from deskbook.rag.words.dates_en import DATES
from deskbook.rag.words.form import Words, listed, listed_kin
from deskbook.rag.words.frames_en import FORMS, FRAMES
from deskbook.rag.words.idle_en import FILLERS, PASSED, PREPOSITIONS, STOP

_WORST: Final = "sentiment_negative_pct"
_SPEED: Final = "first_reply_median_minutes"
_CROSS: Final = (
    r"unhappy|angry|anger|angered|upset|mad|furious|annoy\w*|frustrat\w*|dissatisf\w*|displeas\w*|negativ\w*|sour\w*"
    r"|irritat\w*|bother\w*|disappoint\w*|cross|outraged?|riled|complaints"
    r"|bad mood|poor mood|fed up|unsatisfied|complaining|moan\w*|griev\w*|grumbl\w*|unimpressed"
    r"|in (?:such )?(?:a )?(?:bad|foul) (?:mood|spirits)"
)
_GLAD: Final = (
    r"delight\w*|pleas(?:ed|ing)|lik(?:e|ed) so much|lov(?:e|ed)|enjoy\w*|prais\w*|impress\w*|appreciat\w*"
    r"|happy|happier|cheer\w*|thrill\w*|glad|grateful|joy\w*|content|enthus\w*"
    r"|in (?:such )?(?:a )?(?:good|great) (?:mood|spirits)"
)
_FELT: Final = rf"{_CROSS}|{_GLAD}"
"""What makes a question that begins with `what` one for causes."""
_NO_CAUSE: Final = r"team|channel|agent|category|priority|segment|day|week|month|hour|language|source|contact"
WORDS: Final = Words(
    code="en",
    stemmer="english",
    dates=DATES,
    ending="(?:s|es)?",
    future=r"\b(?:tomorrow|will (?:we|there|it|be|the)|forecast|predict(?:ed|ion)?|going to be|expected to)\b",
    against_before=(
        r"(?:(?:compared? (?:to|with)|versus|vs\.?|against|than|and|to|with|over) (?:the |our )?"
        r"(?:previous|preceding|prior) (?:period|day|week|month|quarter|year|one)\b"
        r"|(?:(?:compared? (?:to|with)|versus|vs\.?|against|than|and|to|with) )?(?:the )?"
        r"(?:day|week|month|quarter|year|period|one) before\b(?: that)?(?! (?:yesterday|last|today|this|the"
        r" (?:current|present)|now)))"
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
        r"|what's (?:behind|driving|causing)|causes?|caused|drivers?|root cause|(?<!which )(?<!what )(?<!contact"
        r" )(?<!main )(?<!common )(?<!frequent )(?<!top )(?<!single )(?<!whose )reasons? (?:for|behind|that"
        r"|why)(?! (?:contact|contacting|writing|getting)\b)"
        r"|explain (?:why|the|what)|responsible for|to blame for|due to what|because of what"
        r"|(?:any idea|understand|see|learn|know|work out|figure out|find out) (?:why|what)|what's up with"
        r"|(?:story|deal|matter) (?:behind|with)|(?:was|is|were) the (?:matter|trouble|issue|problem|deal)"
        r"|(?:diagnose|investigate|dissect|unpack|make sense of|get to the bottom of|help me understand|dig into)"
        r"|(?:that|what|which|to) (?:made|make|makes)|made (?:\w+ ){1,3}(?:so )?(?:bad|negative|unhappy|angry"
        r"|positive|happy)"
        r"|what(?:'s| is| was) (?:up )?with (?:all )?(?:the|these|those|so many|that)|went (?:so |really |very"
        r" )?(?:well|right|badly|wrong)"
        r"|what(?:'s| is| was| were|'d)? (?:all )?(?:the )?(?:fuss|anger|noise|rush|commotion|trouble|upset)"
        r"|(?:trigger|spark|fuel|prompt|provok|motivat|induc|caus)(?:ed|ing|s)|drove"
        r"|what (?:\w+ )?account(?:s|ed) for|^what (?:\w+ )?(?:push|dr[io]v|sen[dt]|drag|pull|lift|boost|rais"
        r"|inflat|lower|hurt|swell|depress"
        r"|bump|fuel|brought|made|kept|held)\w*\b.*\b(?:up|down|high|low|higher|lower|so|bad|good)"
        r"|contribut\w+ to|lay at the root|root of|origin of|source of|background to|explanation(?:s)? (?:for|of)"
        r"|what brought (?:about|on)|what is the reason|for (?:what|which) reasons?|how so many|grounds for"
        r"|point(?:s|ed)? to|set (?:\w+ ){1,3}off|got (?:\w+ ){1,3}(?:so )?(?:worked up|upset|angry|mad|riled)"
        r"|ups(?:et|etting) (?:them|people|customers|users|everyone))\b"
    ),
    felt=(
        rf"^(?:so |and |ok |okay |hi,? |hey,? )?(?:what|which(?: \w+)?|who)(?: (?:exactly|really|actually|on earth))?"
        rf" (?!was the |is the |were the |share|percent|proportion|fraction|part|portion|number|are the |{_NO_CAUSE})"
        rf"(?!.*\b(?:share|percent\w*|pct|proportion|fraction|ratio|part|portion|number|rate|score|level|median"
        rf"|average|figure"
        rf"|value|many|index|mean)\b)"
        rf".{{0,60}}\b(?:{_FELT})\b"
        r"|\b(?:were|was|are) (?:the |our )?(?:customers|people|users|they|clients|everyone) (?:all )?(?:so )?"
        rf"(?:{_FELT}) (?:about|with|at)\b"
    ),
    happened=(
        r"\b(?:happened|happen|happening|went wrong|go wrong|going wrong|(?:a|so|such a) bad|so bad|terrible|awful"
        r"|worse|worst day|bad day)\b"
    ),
    find=(
        r"^(?:please |can you |could you )?(?:find|show(?: me)?|list|search(?: for)?|look (?:for|up)|give me"
        r"|get|which"
        r"|what|quote|bring up|pull up|pull|are there|is there|do we have|fetch|pick out|dig (?:up|out)) "
        r"(?:me )?(?:all |the |some |any |a few |every )?(?:of the )?(?:(?:angry|happy|unhappy|recent|urgent"
        r"|negative|positive|open|old|new|last|latest) )?"
        r"(?:e-?mails?|mails?|chats?|calls?|people|clients?|users?|requests?|enquiries|posts|tickets?|messages?"
        r"|conversations?|cases?|examples?|passages?|customers?|complaints?)\b"
    ),
    say=(
        r"\b(?:how many|how often|(?:the )?(?:number|tally|total|amount) of|count(?: of| the| all|s of)?|what"
        r" (?:share"
        r"|percentage|proportion|fraction|percent|part) of|(?:share|percentage|proportion) of)\b"
    ),
    about=(
        r"\b(?:mention(?:s|ed|ing)?(?: of)?|contain(?:s|ed|ing)?|regarding|concerning|(?:ask|asks|asked|asking)"
        r" for|(?:talk|talks|talked|talking"
        r"|write|writes|wrote|written|writing|speak|spoke|speaking|ask|asks|asked|asking|complain|complains"
        r"|complained"
        r"|complaining|inquir(?:e|ed|ing)|moan(?:ed|ing)?|grumbl(?:e|ed|ing)|gripe[ds]?|griping|rant(?:ed|ing)?) "
        r"(?:in |to us |us )?(?:about|of|that|to say(?: that)?)|saying|says?|said|related to|relating to"
        r"|refer(?:s|red|ring)? to|report(?:s|ed|ing)|(?:tell|tells|told|telling|inform|informed|informing|warn"
        r"|warned|warning"
        r"|notif(?:y|ied)|alert|alerted) (?:us|the desk|support|our agents|agents|our team|that)|let (?:us"
        r"|support) know"
        r"|letting us know|(?:were|was|been|are) (?:we )?told|claim(?:s|ed|ing)?|stat(?:e|es|ed|ing)|not(?:e|ed"
        r"|ing) that|describ(?:e|es|ed|ing)"
        r"|express(?:es|ed|ing)?|flag(?:s|ged|ging)?|point(?:s|ed|ing)? out|rais(?:e|es|ed|ing) (?:that|the)"
        r"|indicat(?:e|es|ed|ing)|explain(?:s|ed|ing) that|bring up|brings up|bringing up|brought up|cit(?:e|ed|ing)"
        r"|remark(?:s|ed|ing)?|insist(?:s|ed|ing)?|object(?:ed|ing)? that|(?:got|get|getting) in touch (?:because"
        r"|about|to say|saying|over)"
        r"|(?:contacted|contact|reached out(?: to us)?|came to us|turned to us|wrote in|called|rang)(?: us)?"
        r" (?:because|to say|about|over|since|as)"
        r"|on the (?:subject|topic|matter) of|(?:concerned|dealing) with|to do with|(?:affected|hit|plagued|bothered)"
        r" by|suffer(?:s|ed|ing)? from|experienc(?:e|ed|ing)|(?:upset|angry|cross|annoyed|unhappy|furious|mad)"
        r" (?:because|as|that)|(?:wrote|said|typed|including|featuring) the (?:words?|terms?|phrase)"
        r"|(?:had|have|having) (?:trouble|problems?|issues?) (?:with|because)|struggl(?:ed|ing) with|(?:ran|run) into"
        r"|about|using the words?|used the words?|with the words?) "
        r"(?:us )?(?:that |the words? |the phrase |the term |the text |the fact that |to us that |about )?"
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
    told=r"\b(?:explain|tell me|say|know) what\b.*\b(?:means?|stands? for|is)\b|\bcounts? as\b",
    who=r"^(?:\w+[ ,]+){0,3}who\b",
    trend=(
        r"\b(?:evolv\w*|(?:getting|got|become|becoming|gone|going|went|go) (?:any )?(?:worse|better|slower|faster"
        r"|quicker"
        r"|up|down|higher|lower)"
        r"|improving|up or down|deteriorating|rising|falling|growing|shrinking|trajectory|time series|series"
        r"|trend|trends|trending|develop|developed|developing|development|evolve|evolved|evolution|over time"
        r"|progress|progressed|timeline|chart|plot|graph|draw|history|day by day|week by week|day to day"
        r"|month by month"
        r"|how (?:did|has|have|is|was|are) .*(?:change|changed|changing|go|went|over the course of|gone|going"
        r"|move|moved|moving|behave|behaved|behaving|fare|fared|shift|shifted|vary|varied|hold up|held up)"
        r"|(?<!in the )(?<!over the )(?<!during the )(?<!of )(?:course|curve|line|path|direction"
        r"|movement) of|(?:month|week|year) on (?:month|week|year)"
        r"|month over month|week over week|has been (?:chang|mov|do)ing|been (?:ris|fall|grow|climb|drop)ing)\b"
    ),
    befell=r"\bwhat (?:has |have |had |was |is )?(?:happen(?:ed|ing|s)?(?: to| with)?|become of|became of)\b"
        r"|\bwhat (?:did|has|have) (?=.*\b(?:do|done|been doing)\b)",
    up=r"\b(?:(?:so|that|this|too) (?:many|much|high|long|slow|large)|high(?:er)?|ris(?:e|en|ing)|rose"
        r"|increas\w*|surg\w*|spik\w*|jump\w*|grew|growth|peak\w*|slow(?:er|ly)?|long(?:er)?|more|went up|go up"
        r"|gone up|climb\w*|soar\w*|busy|busier)\b",
    down=r"\b(?:(?:so|that|too) (?:few|low|little|short|fast|quick)|few(?:er)?|low(?:er)?|drop\w*|fall(?:en"
        r"|ing)?|fell|decreas\w*|declin\w*|dip\w*|shrink|shrank|fast(?:er)?|quick(?:er)?|less|went down|go down"
        r"|gone down|plung\w*|quiet(?:er)?)\b",
    good=rf"\b(?:{_GLAD}|positive|satisfied|good|better|great|improv\w*)\b",
    bad=rf"\b(?:{_CROSS}|bad(?:ly)?|worse|worsen\w*|terrible|awful|poor|complain\w*|deteriorat\w*)\b",
    negated=r"(?:\b(?:not?|never)|n't) (?:\w+ ){0,2}?",
    and_why=r"[,;]? ?(?:and|&) (?:also )?(?:why|how come|what (?:caused|drove|explains|was behind"
        r"|is behind) (?:it|that|this))\b",
    hop=r"(?:\b(?:take|find|see|pick|consider|of|for|in|by|on|at|from|to|did|has|with) )?"
        r"(?:(?:the |our |that )?(?:{dims}) (?:with|that|which|who|having|whose|where)|(?:whichever|whatever)"
        r" (?:{dims}))\b(?: it)?"
        r"(?: has| had| have| got| gets| was| is| were| received| saw| took| handled| there were| we had| we got)?"
        r" (?:the |our |a )?(?P<rest>{rest})",
    hop_first=r"(?:\b(?:take|find|see|pick|consider|of|for|in|by|on|at|from|to|did|with) )?(?:the |our"
        r" )?(?P<end>{ends})(?: support| single)? (?P<dim>{dims})"
        r"(?P<rest>\b(?:[^,:;?]|,(?= ?\d{4}))*?)",
    hop_ends=r"(?:,(?! ?\d{4})|[:;?]| and (?:give|tell|show|report|say|list|state|let|count)\b| report\b|\.?$)",
    hop_verbs="gets?|got|receives?|received|have|has|handles?|handled|sees?|takes?|took",
    them=r"\b(?:them|those|these|it|its|that one|their)\b",
    and_then=r"[,;:?]?(?: and)?(?: also)? (?=(?:how many|how much|what|which|(?:through|by|over|via|from|on|in)"
        r" (?:which|what))\b)",
    grains={
        "hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter",
        **{
            rf"(?:(?:from )?{unit}[ -](?:by|over|on|after|to|for|upon)[ -]{unit}"
            rf"|(?:over|across|through|throughout|along) the {unit}s|(?:for|in|of|with) (?:each|every)(?: \w+)?"
            rf" {unit}"
            rf"|{unit}[- ](?:wise|level|ly)|in {unit}(?:ly)? (?:steps|intervals|buckets)|one {unit} (?:at a time"
            rf"|after another)"
            rf"|(?:each|every) (?:single |calendar |individual )?{unit})": unit
            for unit in ("hour", "day", "week", "month", "quarter")
        },
    },
    by=r"(?:broken down by|split by|grouped by|sorted by|by|per|for each|for every|each|every|across|among|between"
        r"|(?:for|of|from|across|among|between) (?:all|each of|every one of|the different|the various|the)|each of)",
    which=r"(?:which|what|whose)(?: one)?(?: of)?(?: our| the| all| these| your)?(?: (?:\d{1,2}|two|three|four"
        r"|five|ten))?"
        r"(?: (?:single|support|customer|contact|entry|intake|source|inbound|incoming|service|communication|help"
        r"|particular|kind of"
        r"|type of|sort of|main|different))?",
    superlatives={
        "slowest": ("high", _SPEED), "fastest": ("low", _SPEED), "quickest": ("low", _SPEED),
        "busiest": ("high", "tickets_created"), "quietest": ("low", "tickets_created"),
        "unhappiest": ("high", _WORST), "angriest": ("high", _WORST), "happiest": ("low", _WORST),
        "(?:came|comes|come|coming|was|is|were|ended up|ranked|finished|placed|stood) (?:in )?(?:on|at the)"
        " (?:very )?top(?: end)?": ("high", ""),
        "(?:at|on) (?:the )?(?:very )?(?:top|high(?:er)? end|head|summit)(?: of the (?:list|table|ranking"
        "|pile))?": ("high", ""),
        "(?:came|comes|come|coming|was|is|ended up|ranked|finished|placed|at|in|on)(?: in)? (?:the )?(?:very"
        " )?(?:bottom|low(?:er)? end|tail end|foot|last(?: place)?)(?: of the (?:list|table|ranking|pile))?":
            ("low", ""),
        "number one": ("high", ""), "no\\.? ?1": ("high", ""), "peak(?:ed)?": ("high", ""), "record": ("high", ""),
        "most low": ("low", ""), "least high": ("low", ""), "most few": ("low", ""), "least"
        " busy": ("low", "tickets_created"),
        "topped": ("high", ""), "tops": ("high", ""), "led": ("high", ""), "took the lead": ("high", ""),
        "came first": ("high", ""), "came last": ("low", ""), "trailed": ("low", ""), "lagged": ("low", ""),
        "(?:the )?lion's share": ("high", ""), "(?:the )?bulk": ("high", ""), "main": ("high", ""),
        "dominant|dominated": ("high", ""), "most popular": ("high", "tickets_created"), "most"
        " used": ("high", "tickets_created"),
        "hardest hit|hit hardest": ("high", "tickets_created"), "calmest": ("low", "tickets_created"),
        "slackest": ("low", "tickets_created"), "poorest": ("bad", ""), "rarest": ("low", "tickets_created"),
        "least common|least frequent|least often|least popular|least used": ("low", "tickets_created"),
        "most active": ("high", "tickets_created"), "most loaded": ("high", "tickets_created"), "most"
        " frequently": ("high", "tickets_created"),
        r"top (?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)": ("high", ""),
        r"bottom (?:two|three|four|five|six|ten)": ("low", ""),
        r"top \d{1,2}": ("high", ""), r"bottom \d{1,2}": ("low", ""), "bottom": ("low", ""),
        "highest": ("high", ""), "most": ("high", ""), "longest": ("high", ""), "largest": ("high", ""),
        "biggest": ("high", ""), "top": ("high", ""), "greatest": ("high", ""), "maximum": ("high", ""),
        "more": ("high", ""), "lowest": ("low", ""), "least": ("low", ""), "fewest": ("low", ""),
        "shortest": ("low", ""), "smallest": ("low", ""), "minimum": ("low", ""), "worst": ("bad", ""),
        "best": ("good", ""), "heaviest": ("high", "tickets_created"),
        "most frequent": ("high", "tickets_created"), "most common": ("high", "tickets_created"),
        "most often": ("high", "tickets_created"), "commonest": ("high", "tickets_created"),
        "lightest": ("low", "tickets_created"), "leads?": ("high", ""), "leading": ("high", ""),
        "first place": ("high", ""),
        "last place": ("low", ""), "weakest": ("low", ""), "strongest": ("high", ""),
        "most frequent(?:ly)?|most commonly|most regular(?:ly)?|most usual": ("high", "tickets_created"),
        "rank(?:s|ed|ing|ings)?": ("high", ""), "sort(?:ed)?": ("high", ""), "league table": ("high", ""),
        "leaderboard": ("high", ""),
    },
    metrics={
        "ticket count": "tickets_created", "message count": "messages", "requests": "tickets_created",
        "enquiries": "tickets_created", "inquiries": "tickets_created", "queries": "tickets_created",
        "caseload": "tickets_created", "incoming volume": "tickets_created",
        "sentiment score": "sentiment_mean", "mood score": "sentiment_mean", "satisfaction"
        " score": "csat_good_pct", "satisfaction rate": "csat_good_pct",
        "customer satisfaction score": "csat_good_pct", "satisfaction rating": "csat_good_pct",
        "satisfaction ratings": "csat_good_pct", "happy ratings": "csat_good_pct", "good ratings": "csat_good_pct",
        "negativity rate": _WORST, "unhappy messages": _WORST, "angry messages": _WORST, "bad mood": _WORST,
        "response speed": _SPEED, "speed of response": _SPEED, "speed of reply": _SPEED, "responding": _SPEED,
        "answering": _SPEED, "quickly answer": _SPEED, "answer speed": _SPEED, "hear back": _SPEED, "get"
        " back": _SPEED,
        "reply speed": _SPEED, "solving time": "resolution_median_hours", "time to solve": "resolution_median_hours",
        "time to close": "resolution_median_hours", "time to resolve": "resolution_median_hours",
        "fix time": "resolution_median_hours", "turnaround": "resolution_median_hours",
        "resolving": "resolution_median_hours", "open queue": "open_backlog",
        "upset": _WORST, "frustrated": _WORST, "mad": _WORST, "dissatisfied": _WORST, "furious": _WORST,
        "annoyed": _WORST, "negativity": _WORST, "unhappiness": _WORST, "anger": _WORST, "complain": _WORST,
        "complaining": _WORST, "sentiment negative": _WORST, "sentiment so negative": _WORST,
        "negative messages": _WORST, "negative feedback": _WORST,
        "happy": "sentiment_mean", "replies": "messages_out", "public replies": "messages_out",
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
        "team": "teams? desks? helpdesk_teams? queues? groups? departments? squads? crews? support_(?:team|group"
        "|squad|crew|unit|desk)s? "
        "(?:team|group|crew|squad)s?_of_agents units? desks?_team",
        "channel": "channels? contact_(?:channel|route|method|medium|path|way)s? ways?_(?:of|to"
        "|in_which)_contact(?:_us)? "
        "mediums? media routes?(?:_in)? avenues? (?:inbound|incoming|support|communication)_channels? "
        "(?:method|mode|form|means)s?_of_(?:contact|communication) ways?_in entry_points?",
        "priority": "priority priorities priority_levels?",
        "category": "category categories contact_reasons? reasons?(?:_for_(?:contact|contacting_us"
        "|getting_in_touch|writing))? "
        "topics? ticket_types? types?(?:_of_(?:issue|problem|ticket|request|contact|case)s?)? "
        "(?:kind|sort|class)s?_of_(?:issue|problem|ticket|request|contact|case|enquiry)s? subjects?(?:_areas?)? "
        "(?:issue|problem|request|enquiry|contact|case)_(?:type|category|categorie|topic|kind|reason|class)s?"
        " themes? "
        "ticket_(?:categor(?:y|ies)|topics?|reasons?|subjects?) causes?_of_contact issue problem",
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
    stop=STOP,
    fillers=FILLERS,
    passed=PASSED,
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
    prepositions=PREPOSITIONS,
    frames=FRAMES,
    forms=FORMS,
    steps_alone=True,
    passes_over=4,
    others=r"(?:compan(?:y|ies)|competitors?|rivals?|competition|peers?|industry|market|benchmarks?|rival"
        r" compan(?:y|ies)|spring|summer|autumn|winter|christmas|easter)(?:'s?)?",
    acts=(
        r"\bhow (?:do|can|should|could|would|might) i\b(?! (?:define|calculate|compute|measure))|^how to\b"
        r"|\bshould (?:i|we)\b"
        r"|\b(?:recommend|advise|translate|joke|poem|recipe)\b|\b(?:do|would|did) you (?:think|like|prefer|love"
        r"|feel|believe)\b"
        r"|^(?:list|show|give|tell|print|dump|export)\b.*\b(?:card numbers?|passwords|addresses|phone numbers"
        r"|personal data)\b"
        r"|\b(?:print|reveal|repeat|output|display|show|tell|give) (?:me )?(?:us )?(?:your|the) (?:system |hidden"
        r" |initial |secret )?(?:prompt|instructions|rules|password)"
        r"|^(?:please |now |just |can you |could you )?(?:close|draft|compose|prepare|delete|assign|reopen|book"
        r"|write|send|e-?mail|forward|cancel|merge"
        r"|refund(?! tickets)|escalate|fire|hire|act|pretend|ignore|forget|repeat|disregard|buy|schedule"
        r"|remind) (?:ticket"
        r"|tickets|me|a|an|the|to|all|every|everything|your|my|this|that|as|what|any|\d)"
    ),
    passive=frozenset({"were", "was", "been", "being", "be", "are", "is", "got", "get", "gets", "getting"}),
)  # fmt: skip
