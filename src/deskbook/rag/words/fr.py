"""French."""

from __future__ import annotations

from typing import Final

from deskbook.rag.words.form import DateWords, Words, listed, listed_kin
from deskbook.rag.words.forms_fr import FORMS
from deskbook.rag.words.frames_fr import FRAMES, MORE, TOP

_WORST: Final = "sentiment_negative_pct"
_SPEED: Final = "first_reply_median_minutes"
_SOLVE: Final = "resolution_median_hours"
_STOP: Final = listed(
    """
    a a-t-il ai aie aient aies ait as au aura aurai auraient aurais aurait auras aurez auriez aurions aurons
    auront aux avaient avais avait avec avez aviez avions avons ayant ayante ayantes ayants ayez ayons bonjour c
    c' c'était ce cela ces cet cette chez combien comment d d' dans de des du elle en entre es est et eu eue
    eues eurent eus eusse eussent eusses eussiez eussions eut eux eûmes eût eûtes furent fus fusse fussent
    fusses fussiez fussions fut fûmes fût fûtes il ils j j' je l l' la le les leur lui m m' ma mais me merci mes
    moi moins mon même n n' ne non nos notre nous on ont ou oui où par pas plaît plus pour pourquoi qu qu' quand
    que quel quelle quelles quels qui s s' s'il sa sans se sera serai seraient serais serait seras serez seriez
    serions serons seront ses soient sois soit sommes son sont soyez soyons suis sur t t' ta te tes toi ton très
    tu un une vos votre vous y à ça étaient étais était étant étante étantes étants étiez étions été étée étées
    étés êtes
    """
)
_FILLERS: Final = listed(
    """
    envoyés envoyé envoient différents différentes distincts contactés contacté ont-ils écrivent écrit via
    nouveau nouveaux nouvelles traité traités médian médiane typique ont-elles a-t-elle a-t-il eus
    nombre total valeur valeurs pourcentage part proportion taux moyenne moyen médiane médian temps délai durée
    exactement environ vraiment globalement ensemble général montre montrez montre-moi donne donnez donne-moi
    dis dites liste lister résumé évolution évolué évolue changement changé compare comparer comparaison comparé
    différence haut haute élevé élevée bas basse grand grande petit petite bon bonne meilleur meilleure mauvais
    mauvaise mal pire fort forte faible rapide lent lente long longue court courte si tant tellement aussi
    augmenté augmente baissé baisse chuté chute monté grimpé hausse pic arrivés arrivé arrivées reçu reçus
    reçues reçoit recevons avons-nous a-t-on créés créé créées ouvert ouverts ouvertes envoyé envoyés envoyées
    enregistrés enregistré passé arrivé arriver produit été avait eu fut pris prend mis fallu faut clients
    client clientes gens utilisateurs utilisateur personnes équipe équipes support service assistance boîte
    message messages ticket tickets demande demandes cas conversation conversations requête requêtes raison
    raisons cause causes causé explique derrière responsable dû due dernier dernière derniers dernières premier
    première actuel actuelle actuellement maintenant moment soudain soudainement inhabituel inhabituelle
    particulièrement assez plutôt extrêmement rapport contre chaque jour jours semaine semaines mois nos notre
    est-ce qu'est-ce estce afin lors veux voudrais savoir peux pouvez -t-il t-il t-on -t-on ont-ils sont-ils
    étaient-ils
    """
)

WORDS: Final = Words(
    code="fr",
    stemmer="french",
    dates=DateWords(
        months={
            "janvier": 1, "janv": 1, "février": 2, "fevrier": 2, "févr": 2, "mars": 3, "avril": 4, "avr": 4, "mai": 5,
            "juin": 6, "juillet": 7, "juil": 7, "août": 8, "aout": 8, "septembre": 9, "sept": 9, "octobre": 10,
            "oct": 10, "novembre": 11, "nov": 11, "décembre": 12, "decembre": 12, "déc": 12,
        },
        weekdays={
            "lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4, "samedi": 5, "dimanche": 6,
        },
        units={
            "heure": "hour", "heures": "hour", "jour": "day", "jours": "day", "journée": "day", "semaine": "week",
            "semaines": "week", "mois": "month", "trimestre": "quarter", "trimestres": "quarter", "an": "year",
            "ans": "year", "année": "year", "années": "year",
        },
        counts={
            "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
            "neuf": 9, "dix": 10, "douze": 12, "quatorze": 14, "quinze": 15, "trente": 30,
        },
        ordinals={"premier": 1, "deuxième": 2, "troisième": 3, "quatrième": 4},
        unsure=frozenset({"sept"}),
        month_leads="en|de|depuis|jusqu'en|durant|pendant|et|entre|avec|à|au|ce|mois de|mois d'",
        day=r"(?:(?:le|du|au) )?(\d{1,2})(?:er|e)?",
        between_day_and_month="",
        before_year=",? (?:de (?:l'année |l'an )?)?",
        day_first=True,
        today=r"(?:aujourd'hui(?: même)?|depuis ce matin|ce matin|cet après-midi|ce jour)",
        yesterday=r"(?:hier(?: soir| matin)?)",
        before_yesterday=r"avant[- ]hier",
        last_weekend=r"(?:(?:le |durant le |pendant le )?(?:week-?end dernier|dernier week-?end"
            r"|week-?end passé)|le week-?end)",
        this_weekend=r"ce week-?end",
        ago=r"(?:il )?y a (?:exactement )?{count} {unit}|voilà {count} {unit}|{count} {unit} plus tôt",
        last_count=(
            r"(?:(?:(?:au cours |pendant |durant |dans |sur )*(?:des |les |ces )?)(?:{count} (?:dernier"
            r"|dernière|derniers"
            r"|dernières|passés|passées) {unit}|(?:derniers|dernières) {count} {unit}))"
        ),
        last_unit=(
            r"(?:(?:durant |pendant |au cours de |de )?(?:la |le |l'|du )?(?:{unit} "
            r"(?:derni(?:er|ère)|passée?|précédente?|écoulée?"
            r"|d'avant)|derni(?:er|ère) {unit}))"
        ),
        this_unit=r"(?:(?:durant |pendant )?(?:ce|cette|cet) {unit}(?:[ -]ci)?|depuis le début (?:de la |de l'|du"
            r" ){unit}|(?:la |le |l')?{unit} en cours)",
        unit_before_last=r"(?:la |le |l')?avant-derni(?:er|ère) {unit}",
        next_unit=r"(?:(?:la |le |les |l')?(?:prochaine?s?) (?:{count} )?{unit}|(?:la |le "
            r"|l')?{unit} prochaine?|{unit} à venir)",
        weekday=r"(?:le |ce |du )?{weekday}",
        last_weekday=r"(?:le )?{weekday} (?:dernier|passé)",
        week_of=r"(?:la )?semaine (?:du|de|commençant le|qui (?:commence|débute|a commencé) le|à partir du) {date}",
        quarter=r"(?:[tq](?P<number>[1-4])|(?:le |du |au )?(?:(?P<number2>[1-4])(?:er|e|ème|eme|nd)"
                r"|(?P<word>premier|deuxième|troisième|quatrième)) trimestre|(?:le |du |au )?trimestre"
                r" (?P<number3>[1-4]))",
        iso_week=r"(?:la )?semaine(?: n°| numéro)? ?(?P<number>\d{1,2})",
        year_leads="en|durant|depuis|pendant|année",
        to=r"(?:et )?(?:au|à|jusqu'au|jusqu'à|-)",
        both="et",
        between=r"entre(?: le)?",
        since=r"(?:depuis(?: le)?|à partir du|après(?: le)?|dès(?: le)?)",
        until=r"(?:jusqu'au|jusqu'à|avant(?: le)?)",
    ),
    ending="(?:e?s|e|x)?",
    future=r"\b(?:demain|après-demain|aurons-nous|recevrons|y aura|prévision\w*|prévoi\w*|sera|seront)\b",
    against_before=(
        r"(?:(?:comparée?s? (?:à|au|avec)|par rapport (?:à|au)|contre|versus|vs\.?|que|et|qu'au|que la"
        r"|avec) (?:la |le |l'|celle |ceux )?"
        r"(?:période|jour|semaine|mois|trimestre|année|an) (?:précédente?|d'avant|antérieure?)"
        r"|(?:la |le |l')(?:veille|période d'avant|jour d'avant|semaine d'avant|mois d'avant))\b"
    ),
    define=(
        r"^(?:qu'est-ce que? (?:c'est que )?|que (?:signifie|veut dire|désigne|mesure)|c'est quoi|définis\w*|définir"
        r"|expliqu\w+|comment (?:est|sont|se|calcule|mesure|définit)|quelle est la définition|définition d[eu]"
        r"|signification d[eu])"
    ),
    means=r"\b(?:signifi\w*|veut dire|défini\w*|calcul\w*|mesur\w*|entend(?:-on)? par)\b",
    why=(
        r"\b(?:pourquoi|pour quelles? raisons?|comment se fait-il"
        r"|de quoi (?:\S+ ){1,3}se plaign\w+|qu'est-ce qui (?:a|explique|cause|s'est)"
        r"|qu'est-il arrivé"
        r"|que s'est-il passé"
        r"|[àa] quoi (?:\S+ )?(?:est|sont|était|étaient|doit-on|attribuer|serait)\b|[àa] quoi (?:tient|tenait)"
        r"|comment (?:s'explique\w*|expliquer?|expliquez-vous|se fait-il)|d'où (?:vient|viennent|venait|vien\w+)"
        r"|qu'y a-t-il (?:derrière|eu)|qu'y avait-il derrière|que cache|qu'est-ce qu(?:i se|'il y a|i est)"
        r"|qu'est ce qui|c'est quoi qui|quoi qui"
        r"|qu'est-ce qui|causes?|causée?s?|raisons? (?:d[eu](?! contact)|des|pour"
        r"|derrière)"
        r"|(?:qui|quoi) (?:a causé|a provoqué|explique)|due? à quoi|responsable d[eu]|la faute|expliquer? (?:la"
        r"|le|pourquoi))"
    ),
    happened=r"(?:\b(?:arrivé|passé|mal tourné|si mauvais\w*|catastroph\w+|terrible|horrible|mal passé)\b)",
    find=(
        r"^(?:s'il te plaît,? |peux-tu |pouvez-vous )?(?:trouv\w+|cherch\w+|montre[zr]?(?:-moi)?|list\w+"
        r"|donne[zr]?(?:-moi)?"
        r"|affiche[zr]?|cite[zr]?|quels?|quelles?) "
        r"(?:moi )?(?:tous |toutes )?(?:les |des |quelques |d')?"
        r"(?:tickets?|messages?|conversations?|cas|exemples?|demandes?|plaintes?|réclamations?|clients?)\b"
    ),
    say=r"\b(?:(?<!à )combien(?! (?:\w+ )?(?:s\'élevai|se situai|pour))|(?:le )?nombre d[e']|quel (?:pourcentage"
        r"|nombre)|quelle (?:proportion|part)"
        r"|(?:la )?part d[e'])",
    about=(
        r"(?:\b(?:mentionn(?:ent|e|é|aient)|contiennent|contient|contenant|(?:parl(?:ent|é|e|aient)"
        r"|se plaign\w+|plaints?"
        r"|écriv\w+|écrit) (?:d'|des |de |du |sur |que |à propos )|demand(?:ent|é|aient)|dis(?:ent|aient)"
        r"|ont dit|signal(?:ent|é|aient)"
        r"|évoqu(?:ent|é|aient)|concern(?:ent|ant|aient)|au sujet d[eu]|à propos d[eu]|portant sur|portent sur"
        r"|sur(?! (?:le |la |tout|l'|les )?(?:[tq]\d|tout|canal|chat|e-?mail|web|social|phone|téléphone|ensemble"
        r"|mois|trimestre|semaine|période|année|an\\b))|avec le mot"
        r"|avec les mots) ?)(?:qu'|que |le mot |les mots |la |le |les |l'|un |une |des |du |de |d')*"
    ),
    about_ends=r" (?:en|dans|le|du|au|de (?=la semaine|cette|ce |hier|l'équipe|l'année)|d'(?=hier|aujourd)|pendant"
        r"|durant|depuis|entre|pour|par|chez|hier|aujourd'hui|via)\b| ?[?!]|$",
    summarise=(
        r"(?:\b(?:de quoi (?:les|nos|se|s'est|ont|ça)|sur quoi (?:les|nos|portent)|qu'ont|grandes lignes"
        r"|vue d'ensemble"
        r"|ce (?:que|qu'|dont) (?:ont dit |disent |se sont plaints |se plaignent )?(?:les|nos) clients|point sur"
        r"|résum\w+|synth\w+|aperçu d|vue d'ensemble|récapitul\w+|récap"
        r"|(?:de quoi|que|qu'ont|que disent|de quoi se) (?:disent|parlent|ont (?:dit|parlé)|se plaign\w+"
        r"|se sont plaints?|plaign\w+"
        r"|écrivent)(?: (?:les|nos) (?:clients|utilisateurs))?|que disent|qu'ont dit"
        r"|(?:principaux|principales) (?:sujets|thèmes|plaintes|problèmes|réclamations)))"
    ),
    compare=r"\b(?:ou|face à|compar\w+|versus|vs|différence\w*|par rapport|contre|que)\b",
    trend=(
        r"\b(?:tendance\w*|au fil d\w+|courbe|comment .*(?:chang|évolu|vari)\w+|évolu\w+|développ\w+|au fil du temps"
        r"|dans le temps|historique|chronologie|jour par jour"
        r"|semaine par semaine|mois par mois|comment (?:a|ont) .*(?:chang|évolu|vari)\w+)\b"
    ),
    up=r"\b(?:autant|tant|tellement|élevée?s?|haut[es]*|hausse|augment\w*|mont(?:é|ée|er)|grimp\w*|pic|lente?s?"
        r"|lent|longue?s?|plus)\b",
    down=r"\b(?:si peu|peu|bas(?:se)?s?|baiss\w*|chut\w*|diminu\w*|rapides?|court[es]*|moins)\b",
    good=r"\b(?:positi(?:f|fs|ve|ves)|content[es]*|heureu(?:x|se|ses)|satisfait[es]*|bon(?:ne)?s?|meilleure?s?"
        r"|amélior\w*|ravie?s?|joyeu(?:x|se|ses)|enchantée?s?|enthousias\w*|reconnaissante?s?)\b",
    bad=r"\b(?:négati(?:f|fs|ve|ves)|mécontent[es]*|insatisfait[es]*|mauvais\w*|mal|pires?|fâchée?s?|furieu(?:x"
        r"|se|ses)|énervée?s?|frustrée?s?|plain\w*|colère)\b",
    negated=r"\b(?:pas|jamais) (?:\w+ ){0,2}?",
    and_why=r"[,;]? ?et (?:aussi )?(?:pourquoi|pour quelles? raisons?|comment (?:ça )?s'explique\w*"
        r"|qu'est-ce qui (?:l'explique|explique cela)|à quoi est-ce dû|quelle en est la cause)\b",
    hop=r"(?:\b(?:de l'|de la |du |pour l'|pour le |pour la |dans l'|dans le |dans la |l'|par l'|le "
        r"|la ))(?P<dim>{dims}) "
        r"(?:avec|qui|ayant|dont)(?: (?:a eu|a|avait|a reçu|reçoit|est))? ?(?:le |la |les |l')?(?P<rest>{rest})",
    hop_ends=r"(?:, (?:quel|combien|comment)| ?\?|$)",
    hop_verbs="reçoit|a reçu|obtient|reçu",
    them=r"\b(?:eux|ceux-ci|en(?= (?:a|ont|avait|reçoit)\b))\b",
    grains={
        "par heure": "hour", "quotidien(?:ne)?s?": "day", "quotidiennement": "day", "hebdomadaires?": "week",
        "mensuel(?:le)?s?": "month", "trimestriel(?:le)?": "quarter", "jour par jour": "day",
        "semaine par semaine": "week", "mois par mois": "month",
    },
    by=r"(?:ventilée?s? par|répartition par|entre les|réparti[es]* par|groupée?s? par|par(?! (?:nos|les|des)"
        r" (?:agents|conseillers|clients))|selon|pour chaque|chaque)",
    which=r"(?:dans |sur |pour |par )?(?:quel(?:le)?s?(?: est la| est le| est l')?|l[ea]quel(?:le)? (?:de(?:s|"
        r" nos| ces| tous les| toutes les)?))",
    superlatives={
        **TOP,
        "(?:le |la |les )?plus (?:lentement|longtemps)": ("high", _SPEED),
        "(?:le |la |les )?plus (?:vite|rapidement)": ("low", _SPEED),
        "(?:le |la |les )?plus lente?s?": ("high", _SPEED), "(?:le |la |les )?plus rapides?": ("low", _SPEED),
        "(?:le |la |les )?plus mécontente?s?": ("high", _WORST),
        "(?:le |la |les )?plus (?:élevée?s?|hautes?|hauts?|grande?s?|longue?s?|longs?|fréquente?s?)": ("high", ""),
        "(?:le |la |les )?plus (?:basses?|bas|faibles?|courte?s?|petite?s?)": ("low", ""),
        "(?:le |la |les )?plus d[e']": ("high", ""), "(?:le |la |les )?moins d[e']": ("low", ""),
        "(?:le |la |les )?plus": ("high", ""), "(?:le |la |les )?moins": ("low", ""),
        "(?:le |la |les )?pires?": ("bad", ""), "plus mauvaise?s?": ("bad", ""),
        "(?:le |la |les )?meilleure?s?": ("good", ""), "maximale?s?": ("high", ""), "minimale?s?": ("low", ""),
    },
    metrics={
        "attendu": _SPEED, "attendre": _SPEED, "mauvaise humeur": _WORST,
        "demandes": "tickets_created", "cas": "tickets_created", "requêtes": "tickets_created",
        "volume": "tickets_created", "nouveaux tickets": "tickets_created", "tickets créés": "tickets_created",
        "volume de tickets": "tickets_created",
        "messages": "messages", "messages des clients": "messages_in", "messages de clients": "messages_in",
        "messages entrants": "messages_in", "messages sortants": "messages_out", "réponses envoyées": "messages_out",
        "résolus": "tickets_solved", "tickets résolus": "tickets_solved", "résolu": "tickets_solved",
        "clôturés": "tickets_solved", "fermés": "tickets_solved", "traités": "tickets_solved",
        "rouverts": "tickets_reopened", "réouverts": "tickets_reopened", "taux de réouverture": "reopened_pct",
        "encore ouverts": "open_backlog", "tickets ouverts": "open_backlog", "en cours": "open_backlog",
        "arriéré": "open_backlog", "non résolus": "open_backlog", "en"
        " attente": "open_backlog", "stock": "open_backlog",
        "sans réponse": "tickets_unanswered", "non assignés": "tickets_unassigned", "en retard": "tickets_overdue",
        "première réponse": _SPEED, "délai de première réponse": _SPEED, "temps de première réponse": _SPEED,
        "temps de réponse": _SPEED, "délai de réponse": _SPEED, "temps d'attente": _SPEED, "attente": _SPEED,
        "délai avant la première réponse": _SPEED, "réponse": _SPEED, "répondre": _SPEED,
        "temps de résolution": _SOLVE, "délai de résolution": _SOLVE, "résolution": _SOLVE, "résoudre": _SOLVE,
        "satisfaction": "csat_good_pct", "satisfaction client": "csat_good_pct", "satisfaits": "csat_good_pct",
        "satisfaction des clients": "csat_good_pct",
        "sentiment": "sentiment_mean", "humeur": "sentiment_mean", "ton": "sentiment_mean", "moral": "sentiment_mean",
        "sentiment négatif": _WORST, "sentiment si négatif": _WORST, "sentiment était-il négatif": _WORST,
        "sentiment était-il si négatif": _WORST, "négatif": _WORST, "négative": _WORST, "messages négatifs": _WORST,
        "mécontents": _WORST, "insatisfaits": _WORST, "furieux": _WORST, "fâchés": _WORST, "énervés": _WORST,
        "plaintes": _WORST, "plaints": _WORST, "réclamations": _WORST, "frustrés": _WORST, "en colère": _WORST,
        "réponses par ticket": "replies_per_ticket", "respect du sla": "sla_achieved_pct",
        "promesses tenues": "sla_achieved_pct", "dans l'objectif": "first_reply_within_target_pct",
        "clients": "customers_active",
    },
    average=r"\b(?:en moyenne|moyen(?:ne)?)\b",
    quantile=r"\b(?:p(?P<level>\d{2})|(?P<level2>\d{2})(?:e|ème)? (?:per)?centile"
        r"|(?:per)?centile (?P<level3>\d{2}))\b(?: d[eu](?: la)?)?",
    business=r"\b(?:(?:en |pendant |durant )?(?:les )?heures (?:ouvrées|ouvrables|de bureau|de travail))\b",
    moods={"négatifs": "negative", "négatives": "negative", "positifs": "positive", "positives": "positive",
           "neutres": "neutral"},
    how_many=r"\b(?:(?<!à )combien(?! (?:de temps|d'heures|de minutes|de jours))|nombre d)\b",
    customers=r"\b(?:client[es]*|utilisateurs?|gens)\b",
    agents=r"\b(?:agente?s?|conseillers?)\b",
    writings=r"\b(?:messages? les|réponses|retours)\b",
    nouns=frozenset({"tickets", "messages", "demandes", "cas", "requêtes", "ticket", "volume", "clients"}),
    ends_name=r"$|[?.,;]|et\b|par\b|hier\b|aujourd'hui\b|le\b|la\b|en\b",
    joins=r"^\s*(?:,|et|&|ou|versus|vs\.?|avec|à)\s*$",
    dimensions={
        "team": "équipes? teams? groupes? départements? services? pôles? files?",
        "channel": "canal(?:_de_(?:support|contact|communication))? canaux (?:moyen|mode|point)s?_de_contact"
        " voies?(?:_de_contact)? canal_d'entrée",
        "priority": "priorités?",
        "category": "cat[ée]gories? motifs?(?:_de_contact)? sujets? thèmes? types?(?:_de_tickets?)?",
        "agent": "agente?s? conseillers?",
        "language": "langues?",
        "source": "sources? systèmes?",
        "segment": "segments?(?:_de_clients?|_de_clientèle)? forfaits?",
        "status": "statuts? états?",
        "tag": "étiquettes?",
        "weekday": "jours?_de_la_semaine",
        "hour_of_day": "heures?_de_la_journée heures?_du_jour",
        "hour": "heures?",
        "day": "jours? journées?",
        "week": "semaines?",
        "month": "mois",
        "quarter": "trimestres?",
    },
    plain_values=listed("low normal high urgent other general open new none unknown social web first hold"),
    sure_values=frozenset({"urgent", "web", "social"}),
    values={
        "e-mail": ("channel", "email"), "mail": ("channel", "email"), "courriel": ("channel", "email"),
        "téléphone": ("channel", "phone"), "réseaux"
        " sociaux": ("channel", "social"), "urgents": ("priority", "urgent"),
        "urgentes": ("priority", "urgent"), "priorité haute": ("priority", "high"),
        "haute priorité": ("priority", "high"), "priorité basse": ("priority", "low"),
        "basse priorité": ("priority", "low"), "priorité normale": ("priority", "normal"),
        "urgente": ("priority", "urgent"), "urgent": ("priority", "urgent"), "priorité"
        " urgente": ("priority", "urgent"),
        "priorité élevée": ("priority", "high"), "prioritaires": ("priority", "high"),
        "priorité faible": ("priority", "low"), "faible priorité": ("priority", "low"),
        **{word: ("channel", "phone") for word in ("appel", "appels", "téléphonique", "téléphoniques", "tél")},
        **{word: ("channel", "email") for word in ("e-mails", "mails", "courriels", "mél")},
    },
    languages={
        "anglais": "en", "allemand": "de", "français": "fr", "espagnol": "es", "portugais": "pt", "italien": "it",
        "anglaise": "en", "allemande": "de", "française": "fr", "espagnole": "es", "portugaise": "pt",
    },
    kin=(
        listed_kin("remboursement, remboursé, rembourser"),
        listed_kin("se connecter, connexion, connecter, login"),
        listed_kin("annuler, annulation, résilier"),
        listed_kin("plante, plantage, se ferme"),
        listed_kin("retard, en retard, tardive"),
        listed_kin("endommagé, cassé, défectueux, abîmé"),
        listed_kin("débité deux fois, double débit, facturé deux fois"),
    ),
    idle_verbs=listed("clients peuvent pas problème problèmes veulent"),
    stop=_STOP,
    fillers=_FILLERS | MORE,
    prepositions=listed("en dans pour de du par avec sur au à chez depuis"),
    forms=FORMS,
    frames=FRAMES,
    others=r"concurren\w+|marché|secteur|rivau?x?|industrie|printemps|automne|hiver|noël|pâques",
    passes_over=2,
    passive=listed("été est sont était étaient furent fut"),
    adjectives_follow=True,
)  # fmt: skip
