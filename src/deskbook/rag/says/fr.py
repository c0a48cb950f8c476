"""French."""

from __future__ import annotations

from typing import Final

from deskbook.rag.says.form import Says

PHRASES: Final = {
    # periods and values
    "all_time": "toute la période",
    "the_beginning": "le début des données",
    "since": "depuis le {first}",
    "span": "du {first} au {last}",
    "unknown_value": "inconnu",
    "not_set": "{what} non renseigné",
    "n": " (n = {n})",
    # the plan
    "read_as": "Compris comme : {parts}.",
    "by": "par {what}",
    "a_grain": "par {grain}",
    "against": "comparé à {period}",
    "then": "puis, pour le premier : {plan}",
    "no_year": "Aucune année n'était indiquée ; {year} a été prise.",
    "weekday_taken": "{weekday} a été compris comme {day}.",
    "day_first": "{written} a été lu comme jour/mois : {day}.",
    "month_first": "{written} a été lu comme mois/jour : {day}.",
    "no_period": "Aucune période n'était indiquée ; les 7 derniers jours ont été pris.",
    "no_period_before": "La période n'a pas de début : rien ne la précède à quoi la comparer.",
    "no_data_before": "Aucune donnée ne la précède, il n'y a donc pas de comparaison.",
    "short_baseline": "Les données commencent le {day}, la période de comparaison dure donc moins de {days} jours.",
    "median_taken": "La médiane a été prise : quelques longues attentes décident d'une moyenne.",
    "volume_taken": "Aucun indicateur n'était nommé ; {metric} a été pris.",
    # what cannot be answered
    "no_question": "Aucune question n'a été posée.",
    "no_words": "La question ne contient aucun mot.",
    "in_future": "Cela se situe dans le futur ; les réponses portent sur ce qui s'est passé, jusqu'au {day}.",
    "now": "maintenant",
    "no_date": "'{written}' n'est pas une date.",
    "many_periods": "{count} périodes ont été nommées ; demandez-en une, ou comparez-en deux.",
    "no_metric": "Aucun indicateur n'est nommé, il n'y a donc pas de nombre à donner.",
    "no_metric_in": "Aucun indicateur n'est nommé dans '{words}', il n'y a donc pas de nombre à donner.",
    "unknown_word": (
        "{words} n'est ici ni indicateur, ni équipe, ni canal, ni catégorie, ni priorité, ni langue, ni source connue."
    ),
    "unknown_words": (
        "{words} ne sont ici ni indicateurs, ni équipes, ni canaux, ni catégories, ni priorités, ni langues, ni "
        "sources."
    ),
    "did_you_mean": "Vouliez-vous dire {what} ?",
    "closest_metric": "Le plus proche est {what}.",
    "not_used": "{words} a été laissé de côté : la question a été lue sans cela.",
    "leave_out": "Retirez-le, ou prenez un mot des données.",
    "can_ask": "On peut demander : {labels}, et {more} autres dans le glossaire.",
    "no_data": "Il n'y a pas de données pour {period} : les données vont du {first} au {last}.",
    "no_data_at_all": "Il n'y a pas de données pour {period} : rien n'a encore été synchronisé.",
    "no_data_where": "Il n'y a pas de données pour {period} avec {filter}.",
    "no_data_asked": "Il n'y a pas de données pour {period} sur ce qui est demandé.",
    # figures
    "where": " avec {filter}",
    "number": "{metric}{where}, {period} : {value}{n}",
    "period_before": " ; {value} sur la période précédente, {period} ({change}{direction})",
    "two": "{metric}{where} : {one} sur {period}, contre {two} sur {other}",
    "rank_high": "{first} a la valeur la plus élevée de {metric}{where}, {period} : {value}{n}.",
    "rank_low": "{first} a la valeur la plus basse de {metric}{where}, {period} : {value}{n}.",
    "rank_none": "{metric} n'est connu pour aucune valeur de {dimension} sur cette période.",
    "few": " Cela repose sur peu de tickets ; à lire avec prudence.",
    "rows": "{metric} par {by}{where}, {period} : {rows}{more}.",
    "no_rows": "rien sur cette période",
    "more_rows": " ; {count} autres",
    "series": (
        "{metric}{group}{where} par {grain}, {period} : {first} le {first_at}, {last} le {last_at} "
        "({moved}{direction}) ; au plus haut {high} le {high_at}, au plus bas {low} le {low_at}."
    ),
    "of_group": " de {group}",
    "no_series": "{metric} est inconnu sur toute cette période.",
    "define": (
        "{metric} ({name}, en {unit}), définition en anglais : {note} {way} "
        "Calculé comme {sql} sur {table} ; d'après {origin}."
    ),
    "higher": "Plus haut est meilleur.",
    "lower": "Plus bas est meilleur.",
    "neutral": "Ni plus haut ni plus bas n'est meilleur.",
    # find
    "name_words": "Indiquez les mots à chercher : trouve les tickets sur …",
    "found": "Tickets avec '{words}'{where}, créés {when} : {count}.",
    "in_period": "sur {period}",
    "at_any_time": "à tout moment",
    "not_quoted": "Non cités, car ils donnent des ordres à qui les lit : {count}.",
    # say and summarise
    "any_form": ", sous toute forme",
    "say": (
        "{count} des {all} messages de clients{where}, {period}, contiennent {rule}{form} : "
        "{share}. Ils se "
        "trouvent dans {tickets} tickets de {customers} clients ; chaque message a été lu."
    ),
    "say_sampled": (
        "Environ {share} des {all} messages de clients{where}, {period}, contiennent {rule}{form} "
        "(intervalle à 95 % : {low} à {high}) : {share_n} messages ({low_n} à {high_n}). {read} ont été lus, tirés par "
        "jour ; {found} le contenaient."
    ),
    "say_meant": (
        "Comptés d'après le sens : {count} messages de {customers} clients. Ils sont arrivés à la même équipe les "
        "mêmes jours et contiennent un de {words}, qui ne se trouvent guère ailleurs."
    ),
    "say_reasons": "Tickets sous les motifs de contact de ce nom : {parts}.",
    "topics": "{metric} par {by}{where}, avec leur part : {parts}.",
    "new": "Ce qui se détache par rapport à la comparaison : {parts}.",
    "nothing_new": "Aucune expression ne se détache par rapport à la comparaison.",
    # why
    "baseline": "La comparaison se fait avec {period}.",
    "movement": "{metric}, {period} : {value}{n}",
    "movement_against": "{metric}, {period} : {value}{n}, contre {then} en comparaison{then_n}",
    "span_as_long": ", soit {expected} pour la même durée",
    "nothing_to_measure": "{metric} est inconnu pour {period} : il n'y a rien sur quoi le mesurer.",
    "nothing_to_compare": "Sans rien à quoi comparer, aucune cause n'est nommée.",
    "no_parts": "{metric} n'a pas de parties qui s'additionnent, aucune cause n'est donc nommée.",
    "empty_baseline": (
        "La période de comparaison ne contient rien pour {metric} : il n'y a ni comparaison ni cause nommée."
    ),
    "ordinary": (
        "Pour {metric}, cela reste dans ce que donnent le hasard et les différences habituelles entre les jours : "
        "une période ordinaire, aucune cause n'est donc nommée."
    ),
    "ordinary_moves": "Ce qui a tout de même le plus bougé, sans en être une cause : {parts}.",
    "better_not_worse": "{metric} a donc été meilleur qu'en comparaison, et non pire.",
    "not_so": "{metric} a donc bougé dans l'autre sens que ne le suppose la question ; aucune cause n'est nommée.",
    "none_stands_out": "Le mouvement dépasse le hasard, mais aucune équipe, aucun canal ni autre valeur ne se détache.",
    "drivers": (
        "Ce qui l'a le plus fait bouger, au-delà de sa part "
        "(les valeurs d'une dimension s'additionnent au mouvement) : {parts}."
    ),
    "driver": "{label} {effect} ({now} contre {before}{note})",
    "of": "{value} de {size}",
    "none": "rien",
    "in_whole_baseline": " sur toute la comparaison",
    "driver_few": ", peu",
    "sampled": " (un sur {step} a été lu)",
    "no_wording": "Aucune expression ne se détache dans les {kind} de cette période par rapport à la comparaison.",
    "phrase": "{label} dans {count} ({share}, avant {before}{others})",
    "phrase_others": ", avec '{words}'",
    "negative_messages": "messages négatifs de clients",
    "customer_messages": "messages de clients",
    "small_effect": (
        "{metric} reste dans l'ensemble dans ce que donnent le hasard et les différences habituelles entre les jours ; "
        "ce qui suit se détache pourtant de soi-même."
    ),
    "causes": (
        "Causes, d'après ce qui se détache dans {count} {kind} contre {others} en comparaison{sampled} : {parts}."
    ),
    "everything_else": "tout le reste {effect} (les parties s'additionnent au mouvement)",
    "without": "Sans {label}, {metric} serait de {value}.",
    "nothing_to_quote": "Il n'y a aucun message de client à citer.",
    "passages": "Passages de {period} : {count}, chacun d'un message.",
    "copies": "Vus une ou deux fois seulement, les mêmes mots étant arrivés maintes fois : {count} copies.",
    "hostile": (
        "Écartés de l'analyse et des citations, car ils donnent des ordres à qui les lit : {count} des messages."
    ),
}

LABELS: Final = {
    "Tickets created": "Tickets créés", "Tickets solved": "Tickets résolus", "Tickets reopened": "Tickets rouverts",
    "Reopened": "Rouverts", "Open backlog": "Tickets ouverts", "First reply": "Première réponse",
    "Next reply": "Réponse suivante", "Resolution time": "Temps de résolution", "Solve time": "Délai de résolution",
    "Handling time": "Temps de traitement", "Total reply time": "Temps de réponse total",
    "Requester wait": "Attente du client", "median": "médiane", "90th percentile": "90e centile",
    "10th percentile": "10e centile", "25th percentile": "25e centile", "75th percentile": "75e centile",
    "99th percentile": "99e centile", "business": "heures ouvrées",
    "First reply within target": "Première réponse dans l'objectif", "Negative messages": "Messages négatifs",
    "Sentiment": "Sentiment", "mean": "moyenne", "Messages": "Messages",
    "Messages from customers": "Messages de clients",
    "Replies sent": "Réponses envoyées", "CSAT response rate": "Taux de réponse CSAT",
    "Promises kept": "Engagements tenus", "Promises broken": "Engagements non tenus",
    "Still without a reply": "Encore sans réponse", "Customers": "Clients", "Agents": "Agents", "Overdue": "En retard",
    "Replies per ticket": "Réponses par ticket", "Unassigned and unsolved": "Non assignés et non résolus",
    "First-contact resolution": "Résolution au premier contact",
}  # fmt: skip

SAYS: Final = Says(
    code="fr",
    phrases=PHRASES,
    labels=LABELS,
    dimensions={
        "team": "Équipe", "channel": "Canal", "priority": "Priorité", "category": "Motif de contact",
        "agent": "Agent", "language": "Langue", "source": "Source", "segment": "Segment", "status": "Statut",
        "tag": "Étiquette", "sentiment": "Sentiment", "weekday": "Jour de la semaine", "hour_of_day": "Heure du jour",
        "day": "Jour", "week": "Semaine", "month": "Mois", "quarter": "Trimestre", "hour": "Heure", "role": "Auteur",
    },
    units={
        "messages": ("message", "messages"), "tickets": ("ticket", "tickets"), "pct points": ("points", "points"),
        "replies": ("réponse", "réponses"), "answers": ("réponse", "réponses"),
        "promises": ("engagement", "engagements"), "customers": ("client", "clients"), "agents": ("agent", "agents"),
    },
    names={
        "number": "nombre", "compare": "comparaison", "trend": "évolution", "rank": "classement", "why": "pourquoi",
        "find": "recherche", "say": "combien le disent", "summarise": "résumé", "define": "définition",
        "hour": "heure", "day": "jour", "week": "semaine", "month": "mois", "quarter": "trimestre",
        "better": "meilleur", "worse": "pire", "and": "et", "or": "ou", "not": "non",
        "op =": "est", "op in": "est", "op !=": "n'est pas", "op not in": "n'est pas", "op contains": "contient",
        "op not contains": "ne contient pas", "op null": "n'est pas renseigné", "op not null": "est renseigné",
    },
)  # fmt: skip
