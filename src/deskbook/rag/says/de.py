"""German."""

from __future__ import annotations

from typing import Final

from deskbook.rag.says.form import Says

PHRASES: Final = {
    # periods and values
    "all_time": "gesamter Zeitraum",
    "the_beginning": "Beginn der Daten",
    "since": "seit {first}",
    "span": "{first} bis {last}",
    "unknown_value": "unbekannt",
    "not_set": "{what} nicht gesetzt",
    "n": " (n = {n})",
    # the plan
    "read_as": "Verstanden als: {parts}.",
    "by": "nach {what}",
    "a_grain": "je {grain}",
    "against": "verglichen mit {period}",
    "then": "dann, für den ersten Platz: {plan}",
    "no_year": "Es war kein Jahr genannt; angenommen wurde {year}.",
    "weekday_taken": "{weekday} wurde als {day} verstanden.",
    "day_first": "{written} wurde als Tag/Monat gelesen: {day}.",
    "month_first": "{written} wurde als Monat/Tag gelesen: {day}.",
    "no_period": "Es war kein Zeitraum genannt; angenommen wurden die letzten 7 Tage.",
    "no_period_before": "Der Zeitraum hat keinen Anfang, also liegt nichts davor, womit er sich vergleichen ließe.",
    "no_data_before": "Davor liegen keine Daten, also gibt es keinen Vergleich.",
    "short_baseline": "Die Daten beginnen am {day}, deshalb ist der Vergleichszeitraum kürzer als {days} Tage.",
    "median_taken": "Genommen wurde der Median: Einen Durchschnitt von Wartezeiten bestimmen wenige lange.",
    "volume_taken": "Es war keine Kennzahl genannt; genommen wurde {metric}.",
    # what cannot be answered
    "no_question": "Es wurde keine Frage gestellt.",
    "no_words": "In der Frage stehen keine Wörter.",
    "in_future": "Das liegt in der Zukunft; beantwortet wird, was geschehen ist, bis {day}.",
    "now": "jetzt",
    "no_date": "'{written}' ist kein Datum.",
    "many_periods": "Es wurden {count} Zeiträume genannt; fragen Sie nach einem, oder vergleichen Sie zwei.",
    "no_metric": "Es ist keine Kennzahl genannt, also gibt es keine Zahl als Antwort.",
    "no_metric_in": "In '{words}' ist keine Kennzahl genannt, also gibt es keine Zahl als Antwort.",
    "unknown_word": (
        "{words} ist hier weder als Kennzahl noch als Team, Kanal, Kategorie, Priorität, Sprache oder Quelle bekannt."
    ),
    "unknown_words": (
        "{words} sind hier weder als Kennzahl noch als Team, Kanal, Kategorie, Priorität, Sprache oder Quelle bekannt."
    ),
    "did_you_mean": "Meinten Sie {what}?",
    "closest_metric": "Am nächsten kommt {what}.",
    "not_used": "{words} wurde übergangen: die Frage wurde ohne das gelesen.",
    "leave_out": "Lassen Sie es weg, oder nehmen Sie ein Wort aus den Daten.",
    "can_ask": "Gefragt werden kann nach: {labels}, und {more} weiteren im Glossar.",
    "no_data": "Für {period} gibt es keine Daten: Die Daten reichen von {first} bis {last}.",
    "no_data_at_all": "Für {period} gibt es keine Daten: Es wurde noch nichts abgeglichen.",
    "no_data_where": "Für {period} gibt es keine Daten mit {filter}.",
    "no_data_asked": "Für {period} gibt es keine Daten zu dieser Frage.",
    # figures
    "where": " mit {filter}",
    "number": "{metric}{where}, {period}: {value}{n}",
    "period_before": "; {value} im Zeitraum davor, {period} ({change}{direction})",
    "two": "{metric}{where}: {one} im Zeitraum {period}, gegenüber {two} im Zeitraum {other}",
    "rank_high": "{first} hat den höchsten Wert von {metric}{where}, {period}: {value}{n}.",
    "rank_low": "{first} hat den niedrigsten Wert von {metric}{where}, {period}: {value}{n}.",
    "rank_none": "{metric} ist in diesem Zeitraum für kein(e) {dimension} bekannt.",
    "few": " Das beruht auf wenigen Tickets; mit Vorsicht zu lesen.",
    "rows": "{metric} nach {by}{where}, {period}: {rows}{more}.",
    "no_rows": "nichts in diesem Zeitraum",
    "more_rows": "; {count} weitere",
    "series": (
        "{metric}{group}{where} je {grain}, {period}: {first} am {first_at}, {last} am {last_at} ({moved}{direction}); "
        "am höchsten {high} am {high_at}, am niedrigsten {low} am {low_at}."
    ),
    "of_group": " von {group}",
    "no_series": "{metric} ist im ganzen Zeitraum unbekannt.",
    "define": (
        "{metric} ({name}, in {unit}), Definition auf Englisch: {note} {way} "
        "Berechnet als {sql} über {table}; nach {origin}."
    ),
    "higher": "Höher ist besser.",
    "lower": "Niedriger ist besser.",
    "neutral": "Weder höher noch niedriger ist besser.",
    # find
    "name_words": "Nennen Sie die gesuchten Wörter: Finde Tickets über …",
    "found": "Tickets mit '{words}'{where}, erstellt {when}: {count}.",
    "in_period": "im Zeitraum {period}",
    "at_any_time": "zu irgendeiner Zeit",
    "not_quoted": "Nicht zitiert, weil sie dem, der sie liest, Anweisungen geben: {count}.",
    # say and summarise
    "any_form": ", in jeder Form",
    "say": (
        "{count} von {all} Kundennachrichten{where}, {period}, enthalten {rule}{form}: {share}. Sie stehen in "
        "{tickets} Tickets von {customers} Kunden; gelesen wurde jede Nachricht."
    ),
    "say_sampled": (
        "Etwa {share} von {all} Kundennachrichten{where}, {period}, enthalten {rule}{form} "
        "(95-%-Intervall {low} "
        "bis {high}): {share_n} Nachrichten ({low_n} bis {high_n}). {read} davon wurden gelesen, nach Tagen gezogen; "
        "{found} enthielten es."
    ),
    "say_meant": (
        "Dem Sinn nach gezählt: {count} Nachrichten von {customers} Kunden. Sie gingen an denselben Tagen an dasselbe "
        "Team und enthalten eines von {words}, das sonst kaum vorkommt."
    ),
    "say_reasons": "Tickets unter den gleichnamigen Kontaktgründen des Desks: {parts}.",
    "topics": "{metric} nach {by}{where}, mit ihrem Anteil: {parts}.",
    "new": "Was gegenüber dem Vergleichszeitraum auffällt: {parts}.",
    "nothing_new": "Gegenüber dem Vergleichszeitraum fällt keine Formulierung auf.",
    # why
    "baseline": "Verglichen wird mit {period}.",
    "movement": "{metric}, {period}: {value}{n}",
    "movement_against": "{metric}, {period}: {value}{n}, gegenüber {then} im Vergleichszeitraum{then_n}",
    "span_as_long": ", das sind {expected} für die gleiche Dauer",
    "nothing_to_measure": "{metric} ist für {period} unbekannt: Es gibt nichts, woran sich das messen ließe.",
    "nothing_to_compare": "Ohne Vergleich wird keine Ursache genannt.",
    "no_parts": "{metric} hat keine Teile, die sich addieren, also wird keine Ursache genannt.",
    "empty_baseline": (
        "Der Vergleichszeitraum enthält nichts zu {metric}, also gibt es keinen Vergleich und keine Ursache."
    ),
    "ordinary": (
        "Für {metric} liegt das im Rahmen von Zufall und üblichen Unterschieden zwischen Tagen: "
        "ein gewöhnlicher Zeitraum, also wird keine Ursache genannt."
    ),
    "ordinary_moves": "Was sich dennoch am meisten bewegte, nichts davon eine Ursache: {parts}.",
    "better_not_worse": "{metric} war also besser als im Vergleichszeitraum, nicht schlechter.",
    "not_so": (
        "{metric} bewegte sich also anders, als die Frage annimmt; für das, was nicht geschah, wird keine "
        "Ursache genannt."
    ),
    "none_stands_out": (
        "Die Bewegung ist größer als der Zufall, doch kein einzelnes Team, kein Kanal und kein anderer Wert "
        "sticht heraus."
    ),
    "drivers": (
        "Was sie am meisten bewegte, über den eigenen Anteil hinaus "
        "(alle Werte einer Dimension addieren sich zur Bewegung): {parts}."
    ),
    "driver": "{label} {effect} ({now} gegenüber {before}{note})",
    "of": "{value} von {size}",
    "none": "nichts",
    "in_whole_baseline": " im ganzen Vergleichszeitraum",
    "driver_few": ", wenige",
    "sampled": " (jede {step}. davon gelesen)",
    "no_wording": "In den {kind} dieses Zeitraums fällt gegenüber dem Vergleichszeitraum keine Formulierung auf.",
    "phrase": "{label} in {count} ({share}, davor {before}{others})",
    "phrase_others": ", mit '{words}'",
    "negative_messages": "negativen Kundennachrichten",
    "customer_messages": "Kundennachrichten",
    "small_effect": (
        "{metric} liegt als Ganzes im Rahmen von Zufall und üblichen Unterschieden zwischen Tagen; Folgendes sticht "
        "dennoch für sich heraus."
    ),
    "causes": ("Ursachen, nach dem, was in {count} {kind} gegenüber {others} davor auffällt{sampled}: {parts}."),
    "everything_else": "alles Übrige {effect} (die Teile addieren sich zur Bewegung)",
    "without": "Ohne {label} läge {metric} bei {value}.",
    "nothing_to_quote": "Es gibt keine Kundennachricht, die sich zitieren ließe.",
    "passages": "Belegstellen aus {period}: {count}, jede aus einer Nachricht.",
    "copies": (
        "Für Neues nur ein- oder zweimal betrachtet, weil dieselben Worte vielfach geschickt wurden: {count} Kopien."
    ),
    "hostile": (
        "Nicht ausgewertet und nicht zitiert, weil sie dem, der sie liest, Anweisungen geben: {count} der Nachrichten."
    ),
}

LABELS: Final = {
    "Tickets created": "Erstellte Tickets", "Tickets solved": "Gelöste Tickets",
    "Tickets reopened": "Wieder geöffnete Tickets", "Reopened": "Wieder geöffnet", "Open backlog": "Offene Tickets",
    "First reply": "Erste Antwort", "Next reply": "Nächste Antwort", "Resolution time": "Lösungszeit",
    "Solve time": "Lösungsdauer", "Handling time": "Bearbeitungszeit", "Total reply time": "Gesamte Antwortzeit",
    "Requester wait": "Wartezeit der Kunden", "median": "Median", "90th percentile": "90. Perzentil",
    "10th percentile": "10. Perzentil", "25th percentile": "25. Perzentil", "75th percentile": "75. Perzentil",
    "99th percentile": "99. Perzentil", "business": "Geschäftszeit",
    "First reply within target": "Erste Antwort im Ziel", "Negative messages": "Negative Nachrichten",
    "Sentiment": "Stimmung", "mean": "Mittel", "Messages": "Nachrichten",
    "Messages from customers": "Kundennachrichten",
    "Replies sent": "Gesendete Antworten", "CSAT response rate": "CSAT-Rücklauf", "Promises kept": "Gehaltene Zusagen",
    "Promises broken": "Gebrochene Zusagen", "Still without a reply": "Noch ohne Antwort", "Customers": "Kunden",
    "Agents": "Mitarbeiter", "Overdue": "Überfällig", "Replies per ticket": "Antworten je Ticket",
    "Unassigned and unsolved": "Nicht zugewiesen und ungelöst", "First-contact resolution": "Lösung beim Erstkontakt",
}  # fmt: skip

SAYS: Final = Says(
    code="de",
    phrases=PHRASES,
    labels=LABELS,
    dimensions={
        "team": "Team", "channel": "Kanal", "priority": "Priorität", "category": "Kontaktgrund",
        "agent": "Mitarbeiter", "language": "Sprache", "source": "Quelle", "segment": "Segment", "status": "Status",
        "tag": "Schlagwort", "sentiment": "Stimmung", "weekday": "Wochentag", "hour_of_day": "Uhrzeit",
        "day": "Tag", "week": "Woche", "month": "Monat", "quarter": "Quartal", "hour": "Stunde", "role": "Verfasser",
    },
    units={
        "tickets": ("Ticket", "Tickets"), "messages": ("Nachricht", "Nachrichten"), "h": ("Std.", "Std."),
        "min": ("Min.", "Min."), "pct points": ("Prozentpunkte", "Prozentpunkte"), "points": ("Punkte", "Punkte"),
        "replies": ("Antwort", "Antworten"), "answers": ("Antwort", "Antworten"), "promises": ("Zusage", "Zusagen"),
        "customers": ("Kunde", "Kunden"), "agents": ("Mitarbeiter", "Mitarbeiter"),
    },
    names={
        "number": "Zahl", "compare": "Vergleich", "trend": "Verlauf", "rank": "Rangfolge", "why": "Warum",
        "find": "Suche", "say": "Wie viele sagen", "summarise": "Zusammenfassung", "define": "Definition",
        "hour": "Stunde", "day": "Tag", "week": "Woche", "month": "Monat", "quarter": "Quartal",
        "better": "besser", "worse": "schlechter", "and": "und", "or": "oder", "not": "nicht",
        "op =": "ist", "op in": "ist", "op !=": "ist nicht", "op not in": "ist nicht", "op contains": "enthält",
        "op not contains": "enthält nicht", "op null": "ist nicht gesetzt", "op not null": "ist gesetzt",
    },
)  # fmt: skip
