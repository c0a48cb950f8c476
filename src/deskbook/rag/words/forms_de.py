"""German forms: compounds, separable verbs, endings."""

from __future__ import annotations

from typing import Final

from deskbook.rag.words.forms import Forms

_WORST: Final = "sentiment_negative_pct"
_SPEED: Final = "first_reply_median_minutes"
_SOLVE: Final = "resolution_median_hours"
_LONG: Final = (
    r"\b(?:wie (?:lang\w*|schnell|zügig|flott|rasch|langsam)|dauer\w*|gedauert|\w*zeit\w*|brauch\w*|gebraucht"
    r"|benötig\w*|schnell\w*|langsam\w*|läng\w*|lange|kürz\w*|tempo|geschwindigkeit|stunden|minuten|flott\w*"
    r"|zügig\w*|verg(?:ing|eh|ang)\w*|wart\w*)\b"
)
_OF_TICKETS: Final = (
    r"(?:(?:support|kunden|service)?-?(?:ticket|anfrage|kontakt|fall|vorgang)[sn]?|support"
    r"|kontakt)-?"
)

FORMS: Final = Forms(
    metrics=(
        (r"warten (?:noch )?auf (?:eine |ihre |die )?(?:lösung|bearbeitung|erledigung|abschluss)", "open_backlog", ""),
        (r"(?:noch )?nicht (?:gelöst|erledigt|geschlossen|abgeschlossen|bearbeitet|abgearbeitet)\w*", "open_backlog",
         ""),
        (r"(?:noch |bisher )?unbeantwortet\w*|ohne (?:eine |jede )?(?:antwort|reaktion|rückmeldung)"
         r"|(?:noch )?nicht beantwortet\w*", "tickets_unanswered", ""),
        (r"wieder ?(?:auf(?:gemacht|gegangen)|ge?öffnet|ge|er)?(?:öffnet|macht|gangen)\w*|wieder aufgemacht\w*"
            r"|reopened|wiedereröffnungen", "tickets_reopened", ""),
        (r"(?:noch |aktuell )?(?:immer )?(?:offen\w*|ungelöst\w*|unerledigt\w*|unbearbeitet\w*|ausstehend\w*"
         r"|unabgeschlossen\w*|liegengeblieben\w*|liegen geblieben\w*|anhängig\w*|pending)(?: (?:tickets?|anfragen"
         r"|fälle|vorgänge))?|(?:ticket)?-?rückst[aä]nd\w*|(?:ticket)?-?backlogs?|(?:ticket)?halde"
         r"|ticket(?:be|rück)stand\w*|bestand|ticketstapel|ticketberg", "open_backlog", ""),
        (r"(?:erst|erste[nrs]? )?-?(?:antwort|reaktion|rückmelde|response)s?-?(?:zeit|dauer|geschwindigkeit"
         r"|verhalten)\w*|first[- ](?:response|reply)(?:[- ]time)?|frt"
         r"|(?:zeit|dauer) bis (?:zur|zu einer|zu unserer) (?:aller)?(?:ersten? ?|erst)?(?:antwort|reaktion"
         r"|rückmeldung)|(?:aller)?(?:erste[nrs]? |initiale[nrs]? |erst)(?:antwort|reaktion|rückmeldung)\w*"
         r"|warte(?:zeit|dauer)\w*|warte(?:n|t|te|ten)|gewartet", _SPEED, ""),
        (r"(?:durchschnittlich\w* |mittlere\w* )?(?:problem)?(?:lösungs|bearbeitungs|abschluss|erledigungs"
         r"|durchlauf|resolution|abwicklungs|abarbeitungs|schließ)-?(?:zeit|dauer|geschwindigkeit)\w*"
         r"|(?:zeit|dauer) bis (?:zum|zur|ein ticket) (?:endgültigen |vollständigen )?(?:ticket)?(?:lösung|abschluss"
         r"|erledigung|schließung|gelöst|geschlossen)\w*|resolution[- ]time", _SOLVE, ""),
        (r"(?:zu )?(?:be)?antwort\w*|geantwortet|reagier\w*|rückmeldung|reaktion(?:en)?", _SPEED, _LONG),
        (r"(?:zu |ge)?lös(?:en|t|te|ten|ung)|gelöst\w*|(?:zu )?schließen|schloss\w*|geschlossen\w*|abzuschließen"
         r"|abschließen|abschluss|erledig\w+|abgearbeitet\w*|bearbeit(?:et|en|ung)\w*|geklärt\w*|zu klären|lösung",
         _SOLVE, _LONG),
        (r"(?:ge)?löst(?:en?)?|lös(?:en|t)|gelöst\w*|schließen|schloss(?:en)?|geschlossen\w*|abgeschlossen\w*"
         r"|abschließen|erledig(?:t|te|ten|en)\w*|abgearbeitet\w*|bearbeitet\w*|geklärt\w*|abgehakt\w*|solved"
         r"|(?:ticket)?lösungen|ticketabschlüsse|abschlüsse|gelöstes", "tickets_solved", ""),
        (r"(?:der )?(?:prozentuale[rn]? )?(?:anteil|quote|prozentsatz|rate)(?: an| der| von)*"
         r" (?:negativ\w*|verärgert\w*|schlecht gelaunt\w*|unzufriedene\w*)"
         r"(?: (?:kunden)?(?:nachrichten|meldungen|mitteilungen|stimmen|kunden))?"
         r"|negativ-?(?:anteil|quote|rate)\w*|negativ\w* (?:stimmung|sentiment|tonfall|ton)\w*"
         r"|(?:kunden)?stimmung\w* (?:so |derart |dermaßen |plötzlich )?(?:schlecht|mies|negativ|gekippt|im keller"
         r"|gedrückt|übel)\w*|(?:schlechte|miese|üble|gedrückte|negative)[nr]? (?:kunden)?(?:stimmung|laune)"
         r"|stimmungs(?:einbruch|tief|knick)s?", _WORST, ""),
        (r"(?:kunden)?zufriedenheit(?:s-?(?:wert|quote|rate|score|grad|index|note|umfrage)\w*)?"
         r"|csat(?:[- ]?(?:wert|score|quote|rate|bewertung))?s?|(?:kunden|service)?bewertung(?:en|snote)?"
         r"|umfrageergebnis\w*|zufrieden(?:e[nrs]?)?", "csat_good_pct", ""),
        (r"negativ\w*(?: (?:kunden)?nachrichten)?|unzufrieden\w*|verärger\w*|wütend\w*|sauer|genervt\w*|frust\w*"
         r"|unglücklich\w*|aufgebracht\w*|empört\w*|ärger\w*|geärgert|beschwerde(?:n|aufkommen|quote|rate)?"
         r"|unmut\w*|aufregung|stinkig|angefressen|unzufriedenheit", _WORST, ""),
        (r"(?:kunden)?stimmung(?:s(?:wert|lage|bild))?|laune|sentiment\w*|tonalität", "sentiment_mean", ""),
        (r"(?:kundennachrichten|kundenmails|nachrichten(?: von| der| unserer)+ kunden|(?:eingehend|eingegangen)\w*"
         r" nachrichten)", "messages_in", ""),
        (r"nachrichten-?(?:volumen|aufkommen|zahl|anzahl|menge)\w*|(?:chat)?nachricht(?:en)?", "messages", ""),
        (rf"{_OF_TICKETS}(?:aufkommen|volum(?:en|ina)|zahl(?:en)?|anzahl|menge|eing[aä]ng\w*|flut|last|welle"
         r"|ansturm|spitze)s?|(?:neu)?eingänge|andrang|ansturm|arbeitsaufkommen|ticketing",
         "tickets_created", ""),
        (r"(?:neue[nr]? |eingehende[nr]? |eingegangene[nr]? )?(?:support|kunden|service|hilfe)?-?(?:anfragen?"
         r"|tickets?|fällen?|vorgängen?|kontakte|anliegen|meldungen)", "tickets_created", ""),
    ),
    nouns=(r"(?:neue[nr]? |eingehende[nr]? |eingegangene[nr]? )?(?:support|kunden|service|hilfe)?-?(?:anfragen?"
           r"|tickets?|fällen?|vorgängen?|kontakte|anliegen|meldungen|nachricht(?:en)?)"),
    idle=(
        r"(?:rein|raus|ein|aus|an|auf|ab|zu|los|rum|zurück|durch|weg|herein|hinein|heraus|dazu|hinzu|nach|um)?"
        r"(?:ge)?(?:komm(?:en|t)|kam(?:en|st)?|geh(?:en|t)|ging(?:en)?|gangen|trudel\w*|lauf(?:en|t)|läuft"
        r"|lief(?:en)?"
        r"|reich(?:t|en|ten)|stell(?:t|en|ten)|leg(?:t|en|ten)|nomm(?:en)|nahm(?:en)?|nehm(?:en)|lande(?:t|ten|n)"
        r"|schick(?:t|en|ten)|send(?:et|en|eten)|schrieb(?:en)?|schreib(?:en|t)|fall(?:en|t)|fiel(?:en)?|lieg(?:en|t)"
        r"|lag(?:en)?|leg(?:en)|schnitt(?:en)?|schneide(?:t|n)|sah(?:en)?|sieht|sehen|seh|dreh\w*|häuf\w*|sammel\w*"
        r"|schlüssel\w*|teil(?:en|t)|brech(?:en|t)|brach(?:en)?|brochen|schnell(?:t|en|ten)|schoss(?:en)?|zeig\w*"
        r"|schlag(?:en)|mach(?:t|en|te|ten)|schaff(?:t|en|te|ten)|tan|tu[nt]|tat(?:en)?|schieb\w*|schob(?:en)?|tr[ae]f\w*|troffen|sandt\w*|eröffne\w*|wert(?:en|et|ete)|weis(?:en|t)|schau\w*|fäll(?:t|st)"
        r"|krieg\w*|öffne\w*|tausch\w*|führ\w*|bring\w*|bracht\w*|wend\w*|wandt\w*)"
        r"|zwei|drei|vier|fünf|sechs|zehn|stehen|steht|stand(?:en)?|blieb(?:en)?|bleib(?:en|t)|konnten?|gekonnt|flott\w*|zügig\w*|rasch|verg(?:ehen|eht|ing|ingen)|verschick\w*|versend\w*|versandt\w*"
        r"|stell|denen|derer|her|vorher|laufe|lauf|schleppt|drück\w*|gemessen|messen|bezogen|hinsichtlich|bezüglich"
        r"|verteil\w*|auskunft|info(?:s)?|überblick|schiefgelaufen|schief|täglich\w*|gekostet|eben|soeben|irgend\w*"
        r"|rein|raus|rum|herum|zurück|beim|gerade|grad|zurzeit|zur|stand|aktuelle[nrms]?|momentane?[nrms]?"
        r"|derzeitige?[nrms]?|heutige?[nrms]?|gestrige?[nrms]?|bitte|mal|denn|eigentlich|wohl|schnell|kurz|gern"
        r"|(?:er)?halten|erhielt(?:en)?|bek(?:am|amen|ommen|ommt)|empfangen|empfing(?:en)?|verzeichne\w*"
        r"|registrier\w*"
        r"|gezählt|zähl\w*|gab'?s|gibt'?s|gebraucht|brauch\w*|benötig\w*|dauer\w*|gedauert|mussten?|müssen|musste"
        r"|geworden|worden|wurde[n]?|sei(?:en)?|wäre[n]?|hätte[n]?|würde[n]?|könn\w+|möcht\w+|will|wissen|weiß|sag\w*"
        r"|verrat\w*|nenn\w*|liefer(?:e|t|n)?|geb(?:en|t)|gib|mach(?:en|t|te|ten|st)|gemacht|bräucht\w*|schau\w*"
        r"|guck\w*|check\w*|angeb\w*"
        r"|durchschnitt\w*|schnitt|mittel\w*|median\w*|mitt\w*|insgesamt|gesamt\w*|summe|total|anzahl|menge"
        r"|zahl(?:en)?"
        r"|werte?s?|quoten?|raten?|anteile?s?|prozent\w*|kennzahl(?:en)?|zahlen|stück|viele[nr]?|so|derart|dermaßen"
        r"|höhe|hoch|hohe[nrms]?|höher\w*|niedrig\w*|groß\w*|größ\w*|klein\w*|stark\w*|schwach\w*|massiv\w*"
        r"|deutlich\w*|plötzlich\w*|auffällig\w*|ungewöhnlich\w*|enorm\w*|extrem\w*|heftig\w*|krass\w*"
        r"|gestiegen\w*|steig\w*|stieg\w*|anstieg\w*|angestiegen\w*|gesunken\w*|sink\w*|sank\w*|gefallen\w*"
        r"|abgefallen|abfall\w*|gewachsen\w*|wachs\w*|wuchs\w*|zunahme|zugenommen|zunehm\w*|abnahme|abgenommen"
        r"|einbruch\w*|eingebrochen|brach\w*|explod\w*|hochgeschnellt|sprung\w*|spr[au]ng\w*|gesprungen|spitze\w*"
        r"|ausreißer\w*|peak\w*|rückgang\w*|zurückgegangen|verschlechter\w*|verbesser\w*|veränder\w*|änder(?:n|t|te"
        r"|ten)"
        r"|geändert|entwick\w*|schwank\w*|verlauf\w*|verlief\w*|trend\w*|tendenz\w*|kurve\w*|grafik\w*|diagramm\w*"
        r"|vergleich\w*|verglichen|gegenüber\w*|unterschied\w*|unterscheid\w*|differenz\w*|versus|vs|beide[nr]?"
        r"|ranking\w*|rangliste\w*|rangfolge|top|flop|vorne|vorn|führ\w*|spitzenreiter|schlusslicht|sortier\w*"
        r"|aufgeschlüsselt|aufschlüssel\w*|aufgeteilt|aufteil\w*|gruppier\w*|verteil\w*|aufgesplittet|gesplittet"
        r"|erklär\w*|begründ\w*|ursach\w*|ursächlich|gründe?n?|auslös\w*|ausgelöst|schuld|verantwort\w*|trug|trieb\w*"
        r"|zustande|grund|steck\w*|hinter|dahinter|führte[n]?|geführt|bewirk\w*|sorg\w*|gesorgt|lag's|lags"
        r"|unser\w*|eur\w*|ihr\w*|mein\w*|all\w*|jede\w*|jeweil\w*|solch\w*|bestimmt\w*|einzeln\w*|verschieden\w*"
        r"|kund(?:e|en|in|innen)|nutzer(?:n|in|innen)?|anwender\w*|user|leute|personen|menschen|support"
        r"|kundensupport|service|hotline|helpdesk"
        r"|kundenservice|kundenseite|bereich|abteilung|seitens|seite|gestellt\w*|laufend\w*|während|innerhalb|hinweg"
        r"|zeitraum\w*|zwischen|ende|wir|uns|ihr|euch|man|mir|per|via|seit|neu\w*|frisch\w*|etwa|ca|schafft\w*"
        r"|geschafft|schaff\w*|pack\w*|abgegeben\w*|erzielt\w*|erreich\w*|betrug\w*|beträgt|belief|beläuft|lautet\w*"
        r"|fand(?:en)?|waren|war|fühl\w*|äußer\w*|geäußert|drauf|gelaunt|gestimmt|reingekommen\w*|anfing|kontakt(?:e"
        r"|en|iert|ierten)?"
        r"|gemeldet\w*|meld(?:en|et|eten)|abgesetzt|brannte|typisch\w*|üblich\w*|normalerweise|wirklich|tatsächlich"
        r"|schlecht\w*"
        r"|schlimm\w*|gut\w*|besser\w*|hallo|hi|hey|moin|servus|danke|liebe\w*|team"
        r"|woraus|wie|weit|sowie|bzw|jeweilige\w*|zuletzt|bisher|bislang|mehr|weniger|pro|erste[nrms]?|ins|gegen"
    ),
    counted=r"anrufe?n?|telefonate?n?|chats?|e-?mails?|mails?|logins?",
    said=(r"erwähnt(?:en)?|genannt|angesprochen|thematisiert|beklagt(?:en)?|beschwert(?:en)?|gemeldet"
        r"|berichtet(?:en)?"
          r"|bemängelt(?:en)?|kritisiert(?:en)?|reklamiert(?:en)?|moniert(?:en)?|geschrieben|gesagt|verlangt(?:en)?"
          r"|gefordert|angefragt|vorgekommen|vorkommt|auftaucht|erwähnen|melden|nennen|beklagen|bemängeln"
          r"|ansprechen"),
    before_end=r"(?:[^?,]{1,40}? )?",
    splits=r"tickets?|anfragen?|fälle|team|teams|wert|werte|nachrichten|anteil|quote|zahlen|kanal|kunden|kategorie",
    spelled={"wieviele": "wieviele", "muesste": "müsste", "waehrend": "während", "ueber": "über", "fuer": "für"},
)  # fmt: skip
