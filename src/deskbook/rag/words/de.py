"""German."""

from __future__ import annotations

from typing import Final

from deskbook.rag.words.form import DateWords, Words, listed, listed_kin
from deskbook.rag.words.forms_de import FORMS
from deskbook.rag.words.frames_de import FRAMES, MORE, TOP

_WORST: Final = "sentiment_negative_pct"
_SPEED: Final = "first_reply_median_minutes"
_SOLVE: Final = "resolution_median_hours"
_STOP: Final = listed(
    """
    ab aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes anderm
    andern anderr anders auch auf aus außer bei bin bis bist bitte da damit danke dann das dass dasselbe dazu
    daß dein deine deinem deinen deiner deines dem demselben den denn denselben der derer derselbe derselben des
    desselben dessen dich die dies diese dieselbe dieselben diesem diesen dieser dieses dir doch dort du durch
    ein eine einem einen einer eines einig einige einigem einigen einiger einiges einmal er es etwa etwas euch
    euer eure eurem euren eurer eures für gab geben gegen gewesen gibt hab habe haben hallo hat hatte hatten
    hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins ist ja je jede jedem
    jeden jeder jedes jene jenem jenen jener jenes jetzt kann kein keine keinem keinen keiner keines können
    könnte machen mal man manche manchem manchen mancher manches mehr mein meine meinem meinen meiner meines
    mich mir mit muss musste nach nein nicht nichts noch nun nur ob oder ohne pro schon sehr sein seine seinem
    seinen seiner seines seit selbst sich sie sind so solche solchem solchen solcher solches soll sollte sondern
    sonst um und uns unser unsere unserem unseren unseres unter viel vom von vor wann war waren warst warum was
    weg weil weiter welche welchem welchen welcher welches wem wen wenn wer werde werden weshalb wessen wie
    wieder wieso wieviel wieviele will wir wird wirst wo wofür wollen wollte womit woran worden wurde wurden
    während würde würden zu zum zur zwar zwischen über
    """
)
_FILLERS: Final = listed(
    """
    mussten musste müssen schlechte schlechten schlechter angestiegen anstiegen
    schickten geschickt schicken sendeten senden verschiedene verschiedenen unterschiedliche unterschiedlichen
    kontaktiert kontaktierten gemeldet meldeten herein herein kamen eingingen gingen ein über per typisch
    bearbeitet bearbeiteten lösten löste löste wurden haben hat insgesamt neu neue neuen
    viele vielen vieler wieviel so anzahl zahl zahlen wert werte prozent anteil quote rate durchschnitt
    durchschnittlich durchschnittliche
    mittel median mittlere mittleren zeit dauer insgesamt gesamt gesamte genau ungefähr circa rund eigentlich
    überhaupt zeig zeige zeigen nenne nennen sag sage sagen gib geben liste listen übersicht verlauf entwicklung
    entwickelt entwickelte veränderung verändert veränderte vergleich vergleiche vergleichen verglichen
    unterschied hoch höher niedrig niedriger tief tiefer groß größer klein kleiner gut besser schlecht
    schlechter schlimm schlimmer stark stärker schwach schnell schneller langsam langsamer lang lange länger
    kurz kürzer gestiegen stieg steigt gesunken sank sinkt gefallen fiel gewachsen zugenommen abgenommen anstieg
    rückgang sprung eingegangen eingegangene eingegangenen gekommen kamen kam erhalten bekommen bekam bekamen
    erhielt erhielten gesendet geschickt angekommen eröffnet erstellt erstellte erstellten angelegt gemeldet
    aufgelaufen entstanden passiert geschehen los sah aussah aussieht ausgesehen dauerte dauert dauern gedauert
    lag liegt lagen betrug beträgt betragen hatten hatte verzeichnet verzeichnete verzeichneten gemessen kunden
    kunde kundin kundinnen leute nutzer anwender team teams support kundendienst desk postfach nachricht
    nachrichten ticket tickets anfrage anfragen fall fälle gespräch gespräche vorgang vorgänge grund gründe
    ursache ursachen treiber dahinter daran dafür davon darauf wofür woran verantwortlich meisten wenigsten
    höchste höchsten niedrigste niedrigsten beste besten schlechteste schlechtesten letzte letzten letzter
    letztes erste ersten erster erstes vergangene vergangenen aktuell aktuelle aktueller aktuellen derzeit momentan
    plötzlich
    ungewöhnlich außergewöhnlich besonders eher ziemlich recht extrem auffällig gegenüber verglichen war's gab's
    ist's so dermaßen jeweils pro je top tag tage woche wochen monat monate uns unsere unserer bei
    """
)

WORDS: Final = Words(
    code="de",
    stemmer="german",
    dates=DateWords(
        months={
            "januar": 1, "jänner": 1, "jan": 1, "februar": 2, "feb": 2, "märz": 3, "mär": 3, "april": 4, "apr": 4,
            "mai": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9,
            "sep": 9, "oktober": 10, "okt": 10, "november": 11, "nov": 11, "dezember": 12, "dez": 12,
            "januars": 1, "februars": 2,
            "aprils": 4, "julis": 7, "junis": 6, "augusts": 8, "septembers": 9, "oktobers": 10, "novembers": 11,
            "dezembers": 12,
        },
        weekdays={
            "montag": 0, "dienstag": 1, "mittwoch": 2, "donnerstag": 3, "freitag": 4, "samstag": 5, "sonnabend": 5,
            "sonntag": 6, "mo": 0, "di": 1, "mi": 2, "fr": 4, "sa": 5,
        },
        units={
            "stunde": "hour", "stunden": "hour", "tag": "day", "tage": "day", "tagen": "day", "tages": "day",
            "woche": "week", "kalenderwoche": "week", "wochen": "week", "monat": "month", "monate": "month",
            "monaten": "month",
            "monats": "month", "quartal": "quarter", "quartale": "quarter", "quartalen": "quarter",
            "quartals": "quarter", "jahr": "year", "jahre": "year", "jahren": "year", "jahres": "year",
        },
        counts={
            "einem": 1, "einer": 1, "ein": 1, "eine": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6,
            "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "zwölf": 12, "vierzehn": 14, "dreißig": 30,
        },
        ordinals={"erst": 1, "zweit": 2, "dritt": 3, "viert": 4},
        month_leads="im|in|des|vom|der monat|seit|letzten|diesen|und|von|bis|mit|gegen",
        day=r"(?:(?:dem|den|der|am|vom|zum) )?(\d{1,2})\.?",
        between_day_and_month="",
        before_year=",? (?:des jahres )?",
        day_first=True,
        today=r"(?:heute(?: morgen| früh| vormittag| nachmittag)?)",
        yesterday=r"(?:(?:gestern(?: abend| morgen| nacht)?|gestrigen tag(?:es)?)|(?:am |vom )?gestrigen tage?)",
        before_yesterday=r"vorgestern",
        last_weekend=r"(?:(?:am |an )?(?:letzte[nms]?|vergangene[nms]?|vorige[nms]?) wochenende|(?:am )?wochenende)",
        this_weekend=r"(?:an )?diese[nms]? wochenende",
        ago=r"vor {count} {unit}",
        last_count=(
            r"(?:(?:in |während )?(?:den|der|die) )?(?:letzte[nmrs]?|vergangene[nmrs]?|vorige[nmrs]?"
            r"|zurückliegenden) "
            r"{count} {unit}"
        ),
        last_unit=(
            r"(?:(?:in |im |der |den |die |das |des )*)(?:letzte[nmrs]?|vergangene[nmrs]?|vorige[nmrs]?"
            r"|vorherige[nmrs]?|vor) ?{unit}"
        ),
        this_unit=r"(?:(?:in |im |der |den |die )*)(?:diese[nmrs]?|laufende[nmrs]?|aktuelle[nmrs]?) {unit}",
        unit_before_last=r"(?:(?:in |im |der |den |die )*)vorletzte[nmrs]? {unit}",
        next_unit=r"(?:nächste[nmrs]?|kommende[nmrs]?) (?:{count} )?{later}",
        weekday=r"(?:am |an diesem |diesen )?{weekday}",
        last_weekday=r"(?:am )?(?:letzte[nr]?|vergangene[nr]?|vorige[nr]?) {weekday}",
        week_of=r"(?:in |während )?(?:der |die )?(?:kalender)?woche(?: (?:vom|ab|ab dem|um den|um|mit dem|des)"
        r"|,? in (?:die|der)(?: der)?) {date}",
        quarter=r"(?:q(?P<number>[1-4])|(?:im |das |des )?(?:(?P<number2>[1-4])\.|(?P<word>erste[nms]?|zweite[nms]?"
                r"|dritte[nms]?|vierte[nms]?)) (?:quartals?|vierteljahr(?:e?s)?)"
                r"|(?:im |das |des )?quartal (?P<number3>[1-4]))",
        iso_week=r"(?:(?:in |der )*(?:kw|kalenderwoche|woche)) ?(?P<number>\d{1,2})",
        year_leads="im jahr|in|seit|während|jahr",
        to=r"(?:bis(?: zum| zu| einschließlich)?|-)",
        both="und",
        between=r"zwischen(?: dem)?",
        since=r"(?:seit(?: dem)?|ab(?: dem)?|nach(?: dem)?)",
        until=r"(?:bis(?: zum)?|vor(?: dem)?)",
    ),
    ending="(?:e[nmrs]?|n|s)?",
    future=r"\b(?:morgen(?! früh)|übermorgen|wird es|werden wir|wird sein|prognose|vorhersage|voraussichtlich)\b"
           r"(?<!heute morgen)(?<!gestern morgen)",
    against_before=(
        r"(?:(?:im vergleich (?:zum?r?|mit)|verglichen mit|gegenüber|versus|vs\.?|als|und|zu[mr]?) (?:de[mnrs]"
        r"|die|das)? ?"
        r"(?:vorherige[nmrs]?|vorangegangene[nmrs]?|davor liegenden) (?:zeitraum|periode|tag|woche|monat"
        r"|quartal|jahr)s?"
        r"|(?:(?:im vergleich (?:zum?r?|mit)|verglichen mit|gegenüber|versus|vs\.?|als|und) )?(?:de[mnr] |die |das )?"
        r"(?:tag|woche|monat|quartal|jahr) (?:davor|zuvor|vorher)"
        r"|(?:im vergleich zu[mr]?|verglichen mit de[mr]|gegenüber de[mr]|als (?:in der|im)|und (?:in der|im)"
        r"|zu[mr]) "
        r"vor(?:tag|woche|monat|quartal|jahr|periode|zeitraum)e?s?)\b"
    ),
    define=(
        r"^(?:was (?:ist|sind|bedeute[nt]*|heißt|heissen|versteht man unter|meint|misst|besagt|genau ist)|definier\w*"
        r"|erklär\w*|wie (?:ist|sind|wird|werden|berechnet|misst)|definition (?:von|der|des)|bedeutung (?:von"
        r"|der|des))\b"
    ),
    means=r"\b(?:bedeute[nt]*|definier\w*|definition|berechne[nt]*|gemessen|misst|ermittelt|heißt|versteht man"
        r"|steht für)\b",
    why=(
        r"\b(?:(?:aus )?welche[mn]? (?:gr[uü]nde?n?|ursachen?)"
        r"|worüber (?:\w+ ){1,6}.*(?:aufgeregt|geärgert|beschwert)|warum|wieso"
        r"|weshalb|weswegen|was (?:verärger|ärger|stör|frustrier"
        r"|nerv)t\w*|woran (?:lag|liegt"
        r"|hat|mag|könnte|kann)\w*|wodurch|woher (?:kam|kommt)"
        r"|wie (?:erklär\w+ (?:sich|ihr|du|sie)|kam es|kommt es|konnte|lässt sich)|wie kam'?s|was (?:hat"
        r"|war der grund"
        r"|steckt|brachte|bewirkte|sorgte|liegt|lag|trug|waren die gründe|sind die gründe|bewog|ließ|löste"
        r"|steckte|führte"
        r"|verursachte|erklärt|treibt|trieb|ist passiert|war los|lief schief|ging schief|ist (?:da )?los|geschah)"
        r"|(?<!kontakt)gr[uü]nde? (?:für|dafür|der|des|hinter|warum|war|waren)|aus welchem grund|ursachen?"
        r"|hintergrund"
        r"|zurückzuführen|zu verdanken|verursacht\w*|auslöser|was (?:ist|war) "
        r"[^?]{0,40}(?:passiert|los|geschehen|vorgefallen)|treiber|schuld|verantwortlich)\b"
    ),
    happened=r"\b(?:passiert|los|geschah|geschehen|schief|schlimm\w*|schlecht\w*|furchtbar|katastroph\w*)\b",
    find=(
        r"^(?:bitte |kannst du |könntest du |können sie )?(?:finde?|zeige?n?(?: mir| uns)?|suche?n?(?: nach)?"
        r"|liste?n?"
        r"|nenne?n?(?: mir)?|gib mir|welche|zitiere) "
        r"(?:mir |uns )?(?:alle |die |einige |ein paar |jedes? )?"
        r"(?:tickets?|nachrichten?|anfragen?|gespräche?|fälle|beispiele?|beschwerden?|kunden)\b"
    ),
    say=r"\b(?:wie ?viele?n?|wie oft|(?:die )?anzahl(?: der)?|(?:welcher|der) anteil(?: der)?|wieviel prozent"
        r"|wie viel prozent|zähle?)\b",
    about=(
        r"\b(?:erwähn(?:en|t|te|ten)|nenn(?:en|t)|enthalten|enthält|enthielten|handel(?:n|te|ten) von"
        r"|berichte(?:n|ten|t)?"
        r"(?: von| über)?|sag(?:en|t|te|ten)|schreib(?:en|t)|schrieben|sprechen|sprachen|beschwer(?:en|ten|t)"
        r"|klag(?:en|ten)"
        r"|beklag(?:en|ten)|frag(?:en|ten)(?: nach)?|melden|meldeten|über|wegen|zum thema|bezüglich|betreffend"
        r"|rund um"
        r"|mit (?:dem |den )?(?:wort|wörtern|begriff|worten))"
        r"(?: sich)?(?: (?:über|von|wegen|nach|um))? "
        r"(?:dass |die |den |das |der |dem |einen? |eine[mnr]? |wort |worte )*"
    ),
    about_ends=r" (?:erwähn\w*|enthalten|enthielten|gesagt|geschrieben|gemeldet|beschwert|beklagt|berichtet|in"
        r"|im|am|auf"
               r"|vom?n?|seit|während|zwischen|für|pro|je|bei|per|über)\b|[?!]|$",
    summarise=(
        r"\b(?:zusammenfass\w*|fass\w* .*zusammen|fasse?|überblick (?:über|zu)|kurzfassung|resümee"
        r"|(?:worüber|über was|worum|wovon) (?:haben|hat|wurde|regten|ärger\w*|klag\w*|beschwer\w*"
        r"|drehte\w*|geht|handel\w*"
        r"|sprechen|sprachen|schreiben|schrieben|reden|ging)|was (?:sagen|sagten|schreiben|schrieben"
        r"|beschäftigt\w*|melden"
        r"|bewegt\w*) (?:die |unsere )?(?:kunden|leute|nutzer)|was (?:war(?:en)?|sind) die (?:haupt)?(?:themen"
        r"|anliegen|probleme)"
        r"|was wurde (?:\w+ )*(?:geschrieben|gesagt|bemängelt)|stimmungsbild|hauptthemen|haupt(?:anliegen"
        r"|beschwerden)"
        r"|was haben (?:die |unsere )?(?:kunden|leute|nutzer) [^?]*(?:gesagt|geschrieben|bemängelt|gemeldet|erzählt)"
        r"|(?:wichtigste[nr]?|häufigste[nr]?"
        r"|größte[nr]?) (?:themen"
        r"|anliegen|beschwerden|probleme))\b"
    ),
    compare=r"\b(?:oder|gegeneinander|gegenüberstell\w*|vergleich\w*|verglichen|versus|vs|unterschied\w*|gegenüber"
        r"|als|gegen)\b",
    trend=(
        r"\b(?:trend\w*|entwickl\w*|entwickel\w*|verlauf|verlief\w*|verändert\w*|geändert|über die zeit"
        r"|im laufe der zeit|zeitverlauf"
        r"|historie|tag für tag|woche für woche|zeitreihe)\b"
    ),
    up=r"\b(?:so (?:viele?|hoch|lang\w*|groß|langsam)|hoch|hohe\w*|höher\w*|anstieg\w*|stieg\w*|gestiegen"
        r"|zugenommen|zunahme|sprung|spitze|langsam\w*|lang|lange|länger|mehr|wuchs|gewachsen)\b",
    down=r"\b(?:so (?:wenige?|niedrig|kurz|schnell)|wenige?r?|niedrig\w*|rückgang|gesunken|sank\w*|gefallen"
        r"|fiel\w*|abgenommen|abnahme|schnell\w*|kurz|kürzer)\b",
    good=r"\b(?:positiv\w*|zufrieden|glücklich\w*|froh|fröhlich|heiter|dankbar|begeister\w*"
        r"|gut(?:e[nrms]?)?|besser\w*|verbessert\w*|erfreut|angetan|lob\w*)\b",
    bad=r"\b(?:negativ\w*|unzufrieden\w*|schlecht\w*|schlimm\w*|verärgert\w*|wütend|unglücklich|sauer"
        r"|frustriert|beschwer\w*|ärger\w*|verschlechtert\w*)\b",
    negated=r"\b(?:nicht|nie|niemals|keine?\w?) (?:\w+ ){0,2}?",
    and_why=r"[,;]? ?(?:und|sowie) (?:auch )?(?:warum|wieso|weshalb|weswegen|woran (?:lag|liegt|hat)(?:'s| das"
        r"| es)?(?: gelegen)?|wie kam (?:es dazu|das)"
            r"|was steckt(?:e)? dahinter|was war die ursache|woher kommt das|aus welchem grund"
        r"|was war der grund)\b",
    hop=r"\b(?:des|der|vom|von dem|von der|für das|für den|für die|im|in dem|beim|das|dem|den) (?P<dim>{dims})s?,? "
        r"(?:mit|das|der|die|welche[rs]?|in dem|bei dem|wo) (?:(?:de[mnr]|die|das) )?(?P<rest>{rest})",
    hop_ends=r"(?:, (?:was|wie|welche)|\?|$)",
    hop_verbs="bekommen|bekam|erhalten|erhielt|haben|hat",
    them=r"\b(?:davon|diese|sie)\b",
    grains={
        "stündlich(?:e[nrs]?)?": "hour", "täglich(?:e[nrs]?)?": "day", "wöchentlich(?:e[nrs]?)?": "week",
        "monatlich(?:e[nrs]?)?": "month", "quartalsweise": "quarter",
        "tag für tag": "day", "woche für woche": "week", "monat für monat": "month",
    },
    by=r"(?:aufgeschlüsselt nach|aufgeteilt nach|gruppiert nach|getrennt nach|verteilt auf|auf die|über die"
        r"|quer durch die|nach|pro|je|für jede[nsrm]?"
        r"|jede[nsrm]?)",
    which=r"(?:in |bei |auf |an |über )?(?:welche[rsmn]?)",
    superlatives={
        **TOP,
        "langsamste[nrms]?": ("high", _SPEED), "schnellste[nrms]?": ("low", _SPEED),
        "am zufriedensten": ("high", "csat_good_pct"), "am unzufriedensten": ("high", _WORST),
        "am langsamsten": ("high", _SPEED), "am schnellsten": ("low", _SPEED),
        "unzufriedenste[nrms]?": ("high", _WORST), "zufriedenste[nrms]?": ("high", "csat_good_pct"),
        "höchste[nrms]?": ("high", ""), "meiste[nr]?": ("high", ""), "am meisten": ("high", ""),
        "häufigste[nrms]?": ("high", ""), "am häufigsten": ("high", ""), "am höchsten": ("high", ""),
        "längste[nrms]?": ("high", ""), "am längsten": ("high", ""), "größte[nrms]?": ("high", ""),
        "mehr": ("high", ""), "niedrigste[nrms]?": ("low", ""), "am niedrigsten": ("low", ""),
        "geringste[nrms]?": ("low", ""), "wenigste[nr]?": ("low", ""), "am wenigsten": ("low", ""),
        "kürzeste[nrms]?": ("low", ""), "am kürzesten": ("low", ""), "kleinste[nrms]?": ("low", ""),
        "schlechteste[nrms]?": ("bad", ""), "am schlechtesten": ("bad", ""), "schlimmste[nrms]?": ("bad", ""),
        "beste[nrms]?": ("good", ""), "am besten": ("good", ""),
    },
    metrics={
        "warten": _SPEED, "gewartet": _SPEED, "warteten": _SPEED,
        "anfragen": "tickets_created", "fälle": "tickets_created", "vorgänge": "tickets_created",
        "ticketaufkommen": "tickets_created", "aufkommen": "tickets_created", "ticketvolumen": "tickets_created",
        "neue tickets": "tickets_created", "erstellte tickets": "tickets_created", "volumen": "tickets_created",
        "nachrichten": "messages", "kundennachrichten": "messages_in", "nachrichten von kunden": "messages_in",
        "eingehende nachrichten": "messages_in", "ausgehende nachrichten": "messages_out",
        "gelöste tickets": "tickets_solved", "gelöst": "tickets_solved", "geschlossen": "tickets_solved",
        "erledigt": "tickets_solved", "abgeschlossen": "tickets_solved", "bearbeitet": "tickets_solved",
        "wiedereröffnet": "tickets_reopened", "wieder geöffnet": "tickets_reopened",
        "wieder eröffnet": "tickets_reopened", "wiedereröffnungsrate": "reopened_pct",
        "offene tickets": "open_backlog", "offen": "open_backlog", "rückstand": "open_backlog",
        "ungelöst": "open_backlog", "offene anfragen": "open_backlog", "unbearbeitet": "open_backlog",
        "unbeantwortet": "tickets_unanswered", "ohne antwort": "tickets_unanswered",
        "nicht zugewiesen": "tickets_unassigned", "überfällig": "tickets_overdue",
        "erstantwortzeit": _SPEED, "erstantwort": _SPEED, "erste antwort": _SPEED, "antwortzeit": _SPEED,
        "erste reaktion": _SPEED, "reaktionszeit": _SPEED, "wartezeit": _SPEED, "erstreaktionszeit": _SPEED,
        "zeit bis zur ersten antwort": _SPEED, "dauer bis zur ersten antwort": _SPEED, "antworten": _SPEED,
        "lösungszeit": _SOLVE, "lösungsdauer": _SOLVE, "bearbeitungszeit": _SOLVE, "bearbeitungsdauer": _SOLVE,
        "zeit bis zur lösung": _SOLVE, "dauer bis zur lösung": _SOLVE,
        "zufriedenheit": "csat_good_pct", "kundenzufriedenheit": "csat_good_pct", "zufrieden": "csat_good_pct",
        "zufriedenheitswert": "csat_good_pct", "bewertung": "csat_good_pct",
        "stimmung": "sentiment_mean", "kundenstimmung": "sentiment_mean", "tonfall": "sentiment_mean",
        "stimmung negativ": _WORST, "stimmung so negativ": _WORST, "stimmung so schlecht": _WORST,
        "stimmung schlecht": _WORST, "negativ": _WORST, "negative stimmung": _WORST, "negative nachrichten": _WORST,
        "unzufrieden": _WORST, "verärgert": _WORST, "wütend": _WORST, "unglücklich": _WORST, "sauer": _WORST,
        "beschwerden": _WORST, "beschwert": _WORST, "ärger": _WORST, "frustriert": _WORST,
        "antworten pro ticket": "replies_per_ticket", "versprechen gehalten": "sla_achieved_pct",
        "sla-erfüllung": "sla_achieved_pct", "sla-quote": "sla_achieved_pct",
        "im ziel": "first_reply_within_target_pct",
        "innerhalb des ziels": "first_reply_within_target_pct", "verletzte sla": "sla_breached",
        "kunden": "customers_active", "erstlösungsquote": "first_contact_resolution_pct",
    },
    average=r"\b(?:durchschnitt\w*|im mittel|mittlere\w*)\b",
    quantile=r"\b(?:p(?P<level>\d{2})|(?P<level2>\d{2})(?:\.|te[sn]?)?[ -]?perzentil)\b(?: (?:der|des|von|für))?",
    business=r"\b(?:in |innerhalb |während )?(?:der |den |von )?(?:geschäftszeit(?:en)?|arbeitszeit(?:en)?"
        r"|bürozeiten)\b",
    moods={"negative": "negative", "negativen": "negative", "positive": "positive", "positiven": "positive",
           "negativer": "negative", "positiver": "positive", "neutraler": "neutral", "neutrale": "neutral",
           "neutralen": "neutral"},
    how_many=r"\b(?:wie ?viele?n?(?! (?:stunden|minuten|tage))|anzahl|zähle?)\b",
    customers=r"\b(?:kund(?:e|en|in|innen)|leute|nutzer)\b",
    agents=r"\b(?:agent(?:en|innen)?|mitarbeiter\w*|bearbeiter\w*)\b",
    writings=r"\b(?:nachrichten|antworten)\b",
    nouns=frozenset({"tickets", "nachrichten", "anfragen", "fälle", "vorgänge", "ticket", "messages", "kunden",
    "antworten"}),
    ends_name=r"$|[?.,;]|und\b|nach\b|pro\b|gestern\b|heute\b|letzte|diese|am\b",
    joins=r"^\s*(?:,|und|&|oder|versus|vs\.?|mit|zu)\s*$",
    dimensions={
        "team": "(?:service|support)?teams? equipes? gruppen? abteilung(?:en)? warteschlangen?",
        "channel": "kan[aä]le?n? kanals? channels?"
        " (?:kommunikations|anfrage)kan[aä]le?n?s? (?:support|kontakt|eingangs)kanals? (?:support|kontakt"
        "|eingangs)kan[aä]len? kontaktwege?n?",
        "priority": "priorität(?:en)? dringlichkeit(?:en)?",
        "category": "(?:kontakt)?anlass(?:es)? (?:kontakt)?anlässen?"
        " kategorien? kontaktgr[uü]nde?s? anliegen themen? thema gr[uü]nde? ticketart(?:en)?"
        " ticketkategorien? ticketthem(?:a|en) anfragearten? anfragethem(?:a|en)",
        "agent": "agent(?:en|in|innen)? mitarbeiter(?:in|innen|n|s)? bearbeiter(?:in|n|s)?",
        "language": "sprachen?",
        "source": "quellen? systeme?n?",
        "segment": "segmente?n?s? kundensegmente?n?s? tarife?n? kundengruppen?",
        "status": "status",
        "tag": "schlagw[oö]rte?r?n? etikett(?:en)?",
        "weekday": "wochentage?n?s?",
        "hour_of_day": "uhrzeit(?:en)? tageszeit(?:en)? stunden?_des_tages tagesstunden?",
        "hour": "stunden?",
        "day": "tage?n?s?",
        "week": "wochen?",
        "month": "monate?n?s?",
        "quarter": "quartale?n?s?",
    },
    plain_values=listed("low normal high urgent other general open new none unknown social web first hold"),
    sure_values=frozenset({"urgent", "web", "social"}),
    values={
        "e-mail": ("channel", "email"), "mail": ("channel", "email"), "telefon": ("channel", "phone"),
        "telefonisch": ("channel", "phone"), "dringend": ("priority", "urgent"), "dringende": ("priority", "urgent"),
        "dringenden": ("priority", "urgent"), "hohe priorität": ("priority", "high"),
        "hoher priorität": ("priority", "high"), "niedriger priorität": ("priority", "low"),
        "normaler priorität": ("priority", "normal"), "soziale medien": ("channel", "social"),
        "sozialen medien": ("channel", "social"), "social media": ("channel", "social"),
        **{word: ("channel", "phone") for word in ("anruf", "anrufe", "anrufen", "telefonisch", "telefonate",
           "hotline", "telefonat", "telefonischen", "telefonkanal")},
        **{word: ("channel", "email") for word in ("e-mails", "mails", "mailkanal", "e-mail-kanal")},
        "livechat": ("channel", "chat"), "live-chat": ("channel", "chat"), "chatkanal": ("channel", "chat"),
        **{f"{lead}{end}": ("priority", value)
           for value, leads in {"urgent": ("dringend", "eilig"), "high": ("hochpriorisiert",)}.items()
           for lead in leads for end in ("", "e", "en", "er", "es", "em", "ste", "sten")},
        **{f"{lead}{end} {noun}": ("priority", value)
           for value, leads in {"high": ("hohe", "höchste"), "low": ("niedrige", "geringe"),
                                "normal": ("normale", "mittlere"), "urgent": ("dringende",)}.items()
           for lead in leads for end in ("", "n", "r") for noun in ("priorität", "dringlichkeit", "prio")},
        **{f"{noun} {word}": ("priority", value)
           for value, words in {"high": ("hoch",), "low": ("niedrig",), "normal": ("normal",),
                                "urgent": ("dringend",)}.items()
           for word in words for noun in ("priorität", "prio", "dringlichkeit")},
    },
    languages={
        "englisch": "en", "englische": "en", "englischen": "en", "deutsch": "de", "deutsche": "de", "deutschen": "de",
        "französisch": "fr", "französische": "fr", "französischen": "fr", "spanisch": "es", "spanische": "es",
        "spanischen": "es", "portugiesisch": "pt", "portugiesische": "pt", "portugiesischen": "pt",
    },
    kin=(
        listed_kin("erstattung, rückerstattung, geld zurück, erstatten, rückzahlung"),
        listed_kin("anmelden, einloggen, login, anmeldung, ausgesperrt"),
        listed_kin("kündigen, kündigung, stornieren"),
        listed_kin("absturz, abstürzt, stürzt ab, friert ein"),
        listed_kin("verspätet, verspätung, zu spät, verzögert"),
        listed_kin("beschädigt, kaputt, zerbrochen, defekt"),
        listed_kin("doppelt abgebucht, zweimal abgebucht, doppelt berechnet"),
    ),
    idle_verbs=listed("kunden können nicht bekommen wollen problem probleme sich"),
    stop=_STOP,
    fillers=_FILLERS | MORE,
    prepositions=frozenset(
        ["in", "im", "für", "von", "vom", "aus", "bei", "beim", "am", "an", "auf", "mit", "über", "wegen",
        "bezüglich", "betreffend", "unter", "per", "zum", "zur"]
    ),
    nouns_are_capital=True,
    forms=FORMS,
    frames=FRAMES,
    others=r"konkurren\w+|mitbewerb\w+|wettbewerb\w*|branchen?\w*|markt\w*|frühling|sommer|herbst|winter|weihnacht\w*|ostern",
    passes_over=2,
    passive=listed("wird werden wurde wurden worden ist sind war waren"),
    participles=r"(?!(?:he|hi)?n?r?ein)[a-zäöü]*ge[a-zäöüß]+(?:t|en)|(?:be|ver|er|ent|zer|miss|über|unter|wider)[a-zäöüß]+(?:t|en)|[a-zäöü]+iert",
)  # fmt: skip
