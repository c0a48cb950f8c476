"""French forms: participles, persons, genders, inversions."""

from __future__ import annotations

from typing import Final

from deskbook.rag.words.forms import Forms

_WORST: Final = "sentiment_negative_pct"
_SPEED: Final = "first_reply_median_minutes"
_SOLVE: Final = "resolution_median_hours"
_LONG: Final = (
    r"\b(?:combien de temps|temps|délais?|durées?|vite|vitesse|rapid\w*|lent\w*|long\w*|heures|minutes|tard\w*"
    r"|met(?:tent)?"
    r"|mis|prend|pris|faut|fallu|réactiv\w*|attend\w*|retard)\b"
)
_THINGS: Final = r"(?:tickets?|billets?|demandes?|cas|requêtes?|dossiers?|sollicitations?|incidents?)"
_SOLVED: Final = (
    r"(?:résol(?:u|ue|us|ues)|clôtur(?:é|ée|és|ées)|ferm(?:é|ée|és|ées)|trait(?:é|ée|és|ées)|cl(?:os|ose|oses)"
    r"|boucl(?:é|ée|és|ées)|solutionn(?:é|ée|és|ées)|termin(?:é|ée|és|ées))|(?:clôturer|fermer|traiter|résoudre"
    r"|boucler|clore|résout|résolvent)|(?:clôtur|ferm|trait|boucl)(?:ons|ent|e|ait|aient)|résol(?:vons|vent|vait)"
)

FORMS: Final = Forms(
    metrics=(
        (rf"(?:{_THINGS} )?(?:non|pas(?: encore)?) (?:résol|clôtur|ferm|trait|clos)\w*|à traiter|restant à traiter",
         "open_backlog", ""),
        (r"sans (?:aucune )?réponse|(?:non|pas) répond\w+|restés? sans réponse", "tickets_unanswered", ""),
        (r"r[ée]-?ouvert[es]*", "tickets_reopened", ""),
        (r"(?:ont|a|avons|a-t-on|avons-nous) (?:\w+ )?(?:ouvert|créé|déposé|soumis)(?: (?:un|une|des|de"
            r"|le))?(?: \w+)?"
         r" (?:tickets?|demandes?)", "tickets_created", ""),
        (rf"{_THINGS} (?:ont|a|avaient) été (?:ouvert|créé|déposé|enregistré)[es]*", "tickets_created", ""),
        (rf"(?:{_THINGS} )?(?:(?:encore |toujours |actuellement |restés? )?ouvert[es]*|en (?:attente|cours|souffrance"
         r"|suspens|retard de traitement))|arriérés?|backlog|stock(?: de tickets)?|retard accumulé|file d'attente",
         "open_backlog", ""),
        (r"(?:le |les )?(?:temps|délais?|vitesse|rapidité|durée)(?: (?:moyens?|médians?|moyenne))? (?:de |d'|avant "
            r"|pour"
         r" |à |jusqu'à )(?:la |une |notre )?(?:donner une |première |1re |1ère )?(?:réponses?|réaction|attente"
         r"|répondre|réagir|prise en charge)(?: initiale)?"
         r"|(?:premières? |1re |1ère )(?:réponses?|réaction|prise en charge)|réactivité|first (?:response|reply)"
         r"|temps d'attente|attend(?:u|re|ent|aient)|attente", _SPEED, ""),
        (r"(?:le |les )?(?:temps|délais?|vitesse|rapidité|durées?)(?: (?:moyens?|médians?|moyenne|médiane))? (?:de "
            r"|d'"
         r"|avant |pour |jusqu'à )(?:la |le |un |une )?(?:résolution|traitement|clôture|fermeture|résoudre|traiter"
         r"|clôturer|fermer)", _SOLVE, ""),
        (r"répond(?:u|re|ons|ent|ait|us|ue)?|réagi(?:r|t|s)?|réponses?|réaction", _SPEED, _LONG),
        (rf"{_SOLVED}|résolution|clôture|traitement", _SOLVE, _LONG),
        (rf"(?:{_THINGS} )?(?:{_SOLVED})|clôtures|résolutions", "tickets_solved", ""),
        (r"(?:part|pourcentage|proportion|taux)(?: de| des| d')* ?(?:messages?|clients)(?: (?:de |des )clients)?"
         r"(?: (?:qui )?(?:était|étaient|sont|est|ont été))? (?:négati(?:f|fs|ve|ves)|mécontents)"
         r"|(?:part|proportion|taux) (?:négative?|de négatifs?|de négativité)|messages négatifs|négativité"
         r"|(?:sentiment|humeur|ton|ambiance|moral)(?: \S+){0,2} (?:si |aussi )?(?:négati(?:f|ve)|mauvaise?"
         r"|bas(?:se)?)"
         r"|mauvaise (?:humeur|ambiance)", _WORST, ""),
        (r"(?:(?:score|taux|note|niveau|indice|degré) de )?(?:la )?satisfaction(?: (?:des |de nos |du )?clients?"
         r"| clientèle)?|csat|satisfaits?|satisfaites?|évaluations?|contents", "csat_good_pct", ""),
        (r"négati(?:f|fs|ve|ves)|mécontent\w*|insatisf\w+|furieu\w+|fâch\w+|énerv\w+|frustr\w+|plaintes?|plaints?"
         r"|réclamations?|en colère|agac\w+|irrit\w+|remont[ée]s|excédée?s?|colère|grogne|exaspér\w+|malheureu\w+",
         _WORST, ""),
        (r"sentiments?|humeur|tonalité|ton|moral", "sentiment_mean", ""),
        (r"messages (?:entrants|reçus)|messages (?:de |des |envoyés par )(?:les |nos )?clients", "messages_in", ""),
        (r"(?:volume|nombre|total|quantité) de messages|messages?", "messages", ""),
        (rf"(?:volume|nombre|total|quantité|afflux|flux|charge|pic|arrivée|vague) (?:de |des "
            rf"|d')(?:nouve\w+ )?{_THINGS}"
         r"|volume|volumétrie|charge de travail|afflux|affluence", "tickets_created", ""),
        (rf"(?:nouve(?:aux|lles|au|lle) )?{_THINGS}(?: (?:créé|reçu|ouvert|entrant)(?:e?s))?", "tickets_created", ""),
    ),
    nouns=rf"(?:nouve(?:aux|lles) )?{_THINGS}|volume|messages?",
    idle=(
        r"(?:arriv|cré|enregistr|comptabilis|compt|envoy|pass|donn|montr|affich|détaill|compar|augment|baiss|chut"
        r"|mont"
        r"|grimp|explos|effondr|dégrad|amélior|chang|évolu|vari|ralent|accélér|attein|accumul|cumul|entr|tomb|rentr"
        r"|signal|contact|sollicit|caus|provoqu|expliqu|motiv|entraîn|déclench|engendr|bond|pos|demand|list|class|tri"
        r"|ventil|répart|group|regroup|sépar|représent|gér|laiss|détérior|dispar|gonfl|envol|plong|diminu|recul"
        r"|progress|calcul|indiqu|aid|rappel|pouss|men|trouv|rest|boug|dérap|rest|mesur|aval|flamb|mari|regard)"
        r"(?:e|es|é|ée|és|ées|er|ez|ons|ent|ait|aient|a|èrent|i|is|ie|ies|it|ir|u|ue|us|t|te|in|int|ant)?"
        r"|reç\w+|recev\w+|reçoi\w+|eu[es]*|eut|avons|avez|avaient|avait|ayant|ont|était|étaient|été|être|soit|soient"
        r"|aient|ait|fut|furent|fai[st]\w*|fait[es]*|fais|fasse|met\w*|mis[es]*|pren\w+|pris[es]*|prit|fallu|faut"
        r"|faire"
        r"|dis|dit[es]*|dire|vu[es]*|voir|vois|voyons|sai[ts]|savoir|sais|peu[tx]|pouv\w+|pourr\w+|veux|voul\w+"
        r"|voudr\w+"
        r"|aimerai\w*|souhait\w+|obt\w+|tien\w+|tenu|vien\w+|venu[es]*|revien\w+|parven\w+|besoin|ouvr\w*|ouvert[es]*"
        r"|svp|stp|s'il|plaît|merci|salut|bonjour|coucou|hello|alors|donc|bref|juste|exact\w*|environ|encore|toujours"
        r"|déjà|actuel\w*|maintenant|moment|instant|jour|aujourd'hui|récemment|quoi|qu|que|qui|quel\w*|combien"
        r"|comment"
        r"|quand|où|lequel|laquelle|lesquel\w+|y|a-t-il|a-t-on|est-ce|point|degré|niveau|moyen[ns]?e?s?|médian[es]*"
        r"|total\w*|nombre|volume|quantité|pourcentage|proportion|part|taux|valeur\w*|chiffre|chiffres|score|note"
        r"|indice|indicateur|ratio|cent|rapidité|vite|vitesse|temps|délais?|durées?|rapide\w*|lent\w*|long[s]?"
        r"|longues?"
        r"|tendance\w*|évolution\w*|courbe|graphique|graphe|historique|progression|développement|variation\w*"
        r"|différen\w+"
        r"|écart\w*|versus|vs|contre|face|entre|comparaison|comparati\w+|comparé[es]*|classement|palmarès|top|rang"
        r"|liste"
        r"|si|tant|autant|aussi|tellement|beaucoup|peu|gros|grosse[s]?|grand[es]*|haut[es]*|bas|basse[s]?|fort[es]*"
        r"|faible[s]?|élevé[es]*|énorme\w*|important[es]*|soudain\w*|brusque\w*|inhabituel\w*|anormal\w*|pic|saut"
        r"|bond"
        r"|hausse|baisse|chute|augmentation|diminution|dégradation|amélioration|montée|recul|effondrement|explosion"
        r"|creux|mal|mauvais\w*|bon[ns]?e?s?|bien|mieux|pire[s]?|meilleur[es]*|moins|plus|très|trop|vraiment"
        r"|client\w*|utilisat\w+|usagers?|gens|personnes?|monde|support|service[s]?|assistance|boîte|équipe[s]?"
        r"|ligne|via|notre|nos|votre|vos|leur[s]?|tou[st]\w*|chaque|chacun\w*|même[s]?|autre[s]?|plusieurs|certain\w*"
        r"|d[uû][es]*|cause\w*|raison\w*|faute|derrière|responsable\w*|origine\w*|facteur\w*|pourquoi|dû|ça|cela|ceci"
        r"|période|durant|pendant|lors|cours|fil|dernier\w*|dernière\w*|nouve\w+|entrant[es]*|habituel\w*|normal\w*"
        r"|d'habitude|typique\w*|concern\w+|sort\w*|sembl\w+|deven\w+|devien\w+|perd\w+|subi\w*|connu[es]*"
        r"|conn(?:aît)?"
        r"|deux|trois|quatre|cinq|six|dix|port(?:e|ait|ent)|pu|pouvoir|écoul\w+|répartition|ventilation|celles?|celui|ceux|fois|depuis|avant|après|présent|jusqu'?\w*|dès|partir"
        r"|lentement|rapidement|raconté\w*|travail\w*|val\w+|élev\w+|ressort\w*|ressen\w*|jug\w+|agent[es]*"
    ),
    counted=r"appels?|chats?|e-?mails?|courriels?|mails?",
    said=(r"mentionnée?s?|évoquée?s?|citée?s?|signalée?s?|abordée?s?|mentionnent|évoquent|apparaît|apparaissent"
          r"|revient|figure|figurent"),
    saying=r"écri\w+|di[st]\w*|signal\w+|indiqu\w+|affirm\w+|plaign\w+|plaints?|rapport\w+",
    before_end=r"(?:[^?,]{1,40}? )?",
    spelled={"deja": "déjà", "numero": "numéro"},
)  # fmt: skip
