"""How English speaks of metrics without their names."""

from __future__ import annotations

from typing import Final

from deskbook.rag.words.forms import Forms
from deskbook.rag.words.frames import Frame

_SPEED: Final = "first_reply_median_minutes"
_TAIL: Final = "first_reply_p90_minutes"
_TARGET: Final = "first_reply_within_target_pct"
_SOLVE: Final = "resolution_median_hours"
_WORST: Final = "sentiment_negative_pct"
_MOOD: Final = "sentiment_mean"
_CSAT: Final = "csat_good_pct"

_TICKETS: Final = (
    r"tickets?|cases?|requests?|enquir(?:y|ies)|inquir(?:y|ies)|quer(?:y|ies)|issues|problems|conversations?|contacts"
    r"|submissions?|incidents?|threads?|workload|work items?"
)
_MESSAGES: Final = r"messages?|texts|notes|comments|correspondence"
_PEOPLE: Final = (
    r"customers?|people|requesters?|clients?|users?|buyers?|consumers?|individuals?|folks?|persons?|shoppers?|clientele"
)
_STAFF: Final = (
    r"agents?|staff|reps?|colleagues?|representatives|our side|outgoing|outbound|out|helpdesk staff|advisers?"
    r"|advisors?"
    r"|employees|(?:we|support|the team|our team|our people) (?:\w+ )?(?:send|sent|write|wrote|post|posted|fire"
    r"|fired)"
    r"|(?:did|do|have|has) (?:we|our team|support|the team) (?:\w+ )?(?:send|sent|write|written|post|fire)"
)
_REPLY: Final = (
    r"repl(?:y|ies|ied|ying)|respon(?:d|ds|ded|ding|se|ses)|answer(?:s|ed|ing)?|acknowledg\w*|react(?:s|ed|ion)?"
    r"|(?:hear|heard|get|got|gets|getting|come|came|write|wrote|written|say|said)(?: anything| something| a"
    r" word)? back"
    r"|(?:first|initial) (?:word|touch|contact|reaction|human)|(?:hear|heard) from (?:us|an agent|our|someone"
    r"|somebody)"
)
_SOLVED: Final = (
    r"solv(?:e|es|ed|ing)|resolv(?:e|es|ed|ing)|resolutions?|clos(?:e|es|ed|ing|ures?)|fix(?:es|ed|ing)?"
    r"|settl(?:e|ed)"
    r"|clear(?:ed|ing)?|complet(?:e|ed|ions?)|finish(?:ed)?|finali[sz]ed?|conclud(?:e|ed)|sort(?:ed)? (?:it |them"
    r" )?out"
    r"|wrap(?:ped|ping)?(?: \w+)? up|wound up|(?:deal|dealt|dealing) with|put to bed|taken care of|cracked|solutions?"
    r"|done and dusted|over the line|off (?:our|the) (?:desk|plate|books)|got done|get done"
)
_HOW_LONG: Final = (
    r"how (?:long|fast|quick|quickly|soon|slow|slowly|speedy|prompt|promptly|swift|swiftly|rapid|rapidly|many"
    r" (?:minutes|hours|days)|much time)|times?|speed|speediness|wait|waits|waited|waiting|delays?|duration|minutes"
    r"|pace|latency|turnaround|lag|quickness|responsiveness|swiftness|promptness|took|takes?|until|till|before"
    r"|faster|quicker|slower|sooner|fastest|slowest|quickest|longer|shorter|longest|shortest|medians?|typical"
)
_HOW_MANY: Final = (
    r"how many|numbers? of|counts?(?: of)?|totals?(?: of)?|total number|amounts? of|quantit(?:y|ies)|volumes?|tally"
    r"|sum of|figures?"
)
_SHARE: Final = (
    r"shares?|percentages?|percent|per cent|pct|perc|proportions?|fractions?|ratios?|parts?|portions?|rates?"
    r"|slices?|chunk"
    r"|how much of|how large a|how big a|what part|levels?|quota"
)
_ON_TIME: Final = (
    r"(?:within |in |on |inside |under |met |meet |meeting |hit |hitting )?(?:our |the |its |their )?"
    r"(?:(?:reply |response )?(?:targets?|goals?|promises?|promised|deadlines?|slas?|time limit|time frame|timeframe)"
    r"|on time|in time|time limits?|punctual\w*|timely)"
)
_TAIL_SAID: Final = (
    r"p90|p-90|90(?:th|%)?(?:[ -]?(?:percentile|per ?cent|pct))?|90 ?%|ninet(?:y|ieth)(?:[ -]percent(?:ile)?)?"
    r"|nine (?:out of|in|of) (?:every )?ten|(?:slowest|worst|longest)(?: \w+)? (?:10|ten|tenth|10th)\b.*|slowest"
    r" (?:tenth|10th)"
    r"|(?:top|upper|worst) decile|9 (?:out of|in) 10"
)
_NEGATIVE: Final = (
    r"negativ\w*|unhappy|angry|angrily|upset|annoyed|furious|irate|dissatisf\w*|discontent\w*|displeas\w*|grumpy"
    r"|hostile|frustrat\w*|sour|critical|complaining|bitter|irritated|disgruntled|bad-tempered|cross|in a bad mood"
)
_MANY_PEOPLE: Final = (
    r"(?:how many|numbers? of|count of|count|total of|tally of)(?: of)?(?: (?:our|the|all|different|distinct|unique"
    r"|individual|separate|single|new|active|paying|actual|various|of|[a-z]+'s?|enterprise|consumer|smb|midmarket))*"
    rf" (?:{_PEOPLE})(?! (?:messages?|tickets?|replies|cases?|mails?|complaints?))|(?:{_PEOPLE}) (?:count"
    rf"|numbers?|total|tally)|unique (?:{_PEOPLE})|distinct (?:{_PEOPLE})"
    rf"|different (?:{_PEOPLE})"
)
_BOTH_WAYS: Final = (
    r"in and out|both (?:directions|ways|sides)|all told|either (?:way|direction|side)|sent and received|exchanged"
    r"|back and forth|on both sides|two-way|combined|customers and agents|agents and customers|both customers and"
    r"|from everyone|from everybody|ours and theirs|theirs and ours|between us and|between agents and"
    r"|between customers and|between staff and|by"
    r" anyone"
)
_BY_US: Final = (
    r"(?:written|sent|posted|typed|produced|composed|issued)(?: out)? by (?:our |the )?(?:agents?|staff|reps?|team"
    r"|colleagues|us|support)|(?:did|do|have|has) (?:our |the )?(?:agents?|staff|reps|colleagues|support) \w+"
)
_SENT_OUT: Final = (
    r"outgoing|outbound|left (?:our|the) (?:desk|house|team)|(?:we|the team|our (?:team|people|side"
    r"|agents|staff)) (?:\w+ )?(?:sent|wrote|posted|fired)"
    r"|(?:did|do|have|has) (?:we|our team|our side|support|the team) (?:\w+ )?(?:send|sent|write|written|post|fire)"
)
_SENT: Final = r"replies|responses|answers"
_REPLIES: Final = (
    _SPEED,
    _TAIL,
    _TARGET,
    "messages_out",
    "answers",
    "agent_replies",
    "sla_achieved_pct",
    "backlog_solved",
)
_TIMED: Final = (_SPEED, _TAIL, "messages_out", "answers", "agent_replies", _SOLVE, "tickets_solved", "backlog_solved")

FRAMES: Final = (
    Frame(metric=_TARGET, signs=(_REPLY, _ON_TIME), over=_REPLIES),
    Frame(metric=_TAIL, signs=(_REPLY, _TAIL_SAID), over=_REPLIES),
    Frame(metric="tickets_created", over=("open_backlog",), signs=(
        _TICKETS, r"(?:did|do|does|have|has)(?: +\w+){1,3} +open(?:ed)?|(?:were|was|got|been|being|are) opened"
            r"|opened by")),
    Frame(metric="tickets_reopened", signs=(r"re-?open(?:s|ed|ing)?|came back to life|bounced back",),
          lacks=_SHARE, over=("tickets_solved", "open_backlog")),
    Frame(metric="customers_active", signs=(_MANY_PEOPLE,),
          over=("messages_in", "messages", "open_backlog", "backlog_created")),
    Frame(metric=_CSAT, signs=(
        r"satisfaction|satisfied|csat|c-sat|surveys?|(?:good|positive|happy|top|favou?rable) (?:rating|review"
        r"|score)s?"
        r"|ratings?|(?:happy|pleased|content|delighted) (?:were|was|are|is|did)?.{0,20}with (?:us|our|the)"
        r"|thumbs[- ]up|how (?:\w+ )?(?:customers|people|clients|users) rate[ds]?",),
        over=(_MOOD, "answers", _SPEED)),
    Frame(metric=_WORST, signs=(_NEGATIVE, _SHARE), over=(_MOOD, "messages_in")),
    Frame(metric=_WORST, signs=(_NEGATIVE,), over=(_MOOD, "messages_in")),
    Frame(metric=_MOOD, signs=(r"sentiment|moods?|tone|feelings?|emotions?|emotional|vibe|attitudes?|temper"
                               r"|atmosphere|spirits|morale|how (?:did|do|does|are|were) .{0,40}\bfeel(?:ing)?",)),
    Frame(metric="messages_out", signs=(_SENT, _HOW_MANY),
          lacks=rf"minutes|hours|how long|median|percentile|p90|wait\w*|time|{_SHARE}", over=_TIMED),
    Frame(metric=_SPEED, signs=(_REPLY, _HOW_LONG), lacks=rf"{_SOLVED}|how many (?!minutes|hours|days)",
          over=("messages_out", "answers")),
    Frame(metric=_SOLVE, signs=(_SOLVED, _HOW_LONG), lacks=r"how many (?!minutes|hours|days)",
          over=("tickets_solved", _SPEED)),
    Frame(metric="tickets_solved", signs=(_SOLVED, rf"{_HOW_MANY}|{_TICKETS}"), lacks="not|un\\w+",
          over=("messages_out", _SOLVE)),
    Frame(metric="messages_out", signs=(_MESSAGES, _BY_US), over=("messages_in",)),
    Frame(metric="messages_out", signs=(_MESSAGES, _SENT_OUT), lacks=rf"{_BOTH_WAYS}|incoming|inbound|receiv\w+",
          over=("messages_in",)),
    Frame(metric="messages", signs=(_MESSAGES, _BOTH_WAYS), over=("messages_in", "messages_out")),
    Frame(metric="messages_out", signs=(_MESSAGES, _STAFF), lacks=_PEOPLE),
    Frame(metric="messages_in", signs=(_MESSAGES, rf"{_PEOPLE}|incoming|inbound|received?|receiving"
                                                  r"|customer-(?:written|sent|side)"),
          lacks=r"agents?|sent to|to customers"),
    Frame(metric="tickets_created", signs=(_TICKETS,)),
)  # fmt: skip
"""The first that fits is meant."""

FORMS: Final = Forms(
    said=r"brought up|mentioned|discussed|(?:talked|written|complained|asked) about|(?:spoken|written) of|referred to"
    r"|cited|quoted|(?:come|came|crop|cropped) up|appear(?:s|ed)?|occur(?:s|red)?",
    counted=r"(?:phone )?calls|chats|e-?mails|mails|emails",
    spelled={
        "tix": "tickets",
        "tkts": "tickets",
        "tkt": "ticket",
        "msgs": "messages",
        "msg": "message",
        "wk": "week",
        "wks": "weeks",
        "mth": "month",
        "qtr": "quarter",
        "cust": "customer",
        "custs": "customers",
        "resp": "response",
        "avg": "average",
        "hrs": "hours",
        "mins": "minutes",
        "num": "number",
        "nr": "number",
        "convos": "conversations",
        "convo": "conversation",
        "vol": "volume",
        "w": "with",
        "wrt": "regarding",
        "cmp": "compare",
        "vs": "versus",
        "vs.": "versus",
        "cnt": "count",
        "reqs": "requests",
        "sat": "satisfaction",
        "teh": "the",
        "abt": "about",
        "bc": "because",
        "ppl": "people",
        "replys": "replies",
        "fifth": "5th",
        "sixth": "6th",
        "seventh": "7th",
        "eighth": "8th",
        "ninth": "9th",
        "tenth": "10th",
        "eleventh": "11th",
        "twelfth": "12th",
        "thirteenth": "13th",
        "fourteenth": "14th",
        "fifteenth": "15th",
        "sixteenth": "16th",
        "seventeenth": "17th",
        "eighteenth": "18th",
        "nineteenth": "19th",
        "twentieth": "20th",
        "thirtieth": "30th",
        "yday": "yesterday",
        "yest": "yesterday",
        "tdy": "today",
        "mtd": "this month so far",
        "wtd": "this week so far",
        "qtd": "this quarter so far",
        "ytd": "this year so far",
        "whats": "what's",
        "hows": "how's",
        "whos": "who's",
    },
)
"""What people shorten."""
