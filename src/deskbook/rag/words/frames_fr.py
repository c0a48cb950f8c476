"""How French speaks of metrics without their names, and what it holds without asking for more."""

from __future__ import annotations

from typing import Final

from deskbook.rag.words.form import End, listed
from deskbook.rag.words.frames import Frame

_SPEED: Final = "first_reply_median_minutes"
_TAIL: Final = "first_reply_p90_minutes"
_TARGET: Final = "first_reply_within_target_pct"
_SOLVE: Final = "resolution_median_hours"
_WORST: Final = "sentiment_negative_pct"
_REPLY: Final = r"r[ée]ponses?|répond\w*|reply|retours?|prises? en charge|réactions?"
_SHARE: Final = r"parts?|quote-part|pourcentages?|proportions?|taux|fractions?|combien pour cent"
_COUNT: Final = r"combien|nombre|total|compte\w*"
_LONG: Final = r"temps|délais?|durées?|attente|médian\w*|vite|rapid\w*|lent\w*|longtemps|tard|minutes|heures"
_MESSAGES: Final = r"messages?"
_PEOPLE: Final = r"client[es]*|utilisat\w+|personnes|gens|usagers"

FRAMES: Final = (
    Frame(
        metric=_TAIL,
        signs=(
            r"p90|90e|90ème|neuf fois sur dix|9 fois sur 10|quatre-vingt-dixième|nonantième",
            rf"{_REPLY}"
            rf"|attente",
        ),
        over=(_SPEED, "messages_out"),
    ),
    Frame(
        metric=_TARGET,
        signs=(
            _SHARE,
            _REPLY,
            r"objectifs?|dans les (?:temps|délais)|dans le délai\w*|à temps"
            r"|cible|respect\w*|délai visé|promis\w*",
        ),
        over=(_SPEED, "messages_out", "sla_achieved_pct"),
    ),
    Frame(
        metric=_WORST,
        signs=(rf"{_SHARE}", r"messages?|ton|tonalité|sentiment", r"négati\w+|mécontent\w*|fâch\w+"),
        over=("sentiment_mean",),
    ),
    Frame(
        metric="csat_good_pct",
        signs=(
            _SHARE,
            r"satisfait\w*|contents?|contentes?|(?:avis|notes?|évaluations?)"
            r" (?:positi\w+|favorables?)|bonnes (?:évaluations|notes)",
        ),
        over=(_WORST,),
    ),
    Frame(
        metric="sentiment_mean", signs=(r"sentiment|tonalité|humeur|ton|moral", r"moyen\w*|score|note"), lacks=_SHARE
    ),
    Frame(
        metric=_SPEED,
        signs=(
            r"premi[èe]re r[ée]ponse|premier retour|répond\w* une première fois"
            r"|premi[èe]re réaction",
            _LONG,
        ),
        lacks=r"p90|90e.*|respect\w*|objectif",
        over=("messages_out",),
    ),
    Frame(
        metric="messages_out",
        signs=(
            r"messages?|réponses?|retours?",
            r"agent[es]*|conseill\w+|sortant\w*"
            r"|aux clients|envoyées|on a envoyé\w*|nous avons envoyé\w*",
            _COUNT,
        ),
        lacks=rf"{_LONG}|{_SHARE}|p90",
        over=(_SPEED, "messages_in", "agent_replies"),
    ),
    Frame(
        metric="messages",
        signs=(_MESSAGES, r"au total|en tout|échang\w+|deux sens|confondus|circulé"),
        lacks=rf"{_SHARE}|négati\w+",
    ),
    Frame(
        metric="messages_in",
        signs=(_MESSAGES, rf"{_PEOPLE}|clientèle|entrant\w*|reçus"),
        lacks=rf"{_SHARE}"
        rf"|négati\w+",
    ),
    Frame(
        metric="customers_active",
        signs=(r"(?:combien|nombre) de (?:\w+ )?(?:clients?|clientes?|utilisat\w+|usagers)(?! messages?)",),
        lacks=rf"{_SHARE}|{_MESSAGES}|satisfait\w*|contents?",
    ),
    Frame(
        metric="tickets_solved",
        signs=(
            _COUNT,
            r"régl(?:é|ée|és|ées|er)|solution\w*|résolution|résolus?|résolues?"
            r"|bouclé\w*",
        ),
        lacks=rf"{_LONG}|{_SHARE}|non r\w+|pas r\w+",
        over=(_SOLVE,),
    ),
    Frame(metric=_SOLVE, signs=(r"résolution|résoudre|régler|clôtur\w+|traiter", _LONG)),
    Frame(metric="tickets_created", signs=(r"sollicitations?|billets?|dossiers?|requêtes?|cas|demandes?|tickets?",)),
)
MORE: Final = listed(
    """
    coup bref franchement grosso modo juste
    avoir avait aurait parle parlé parler parlons tard venaient venait viennent vient venus venues vinrent premières
    premieres première premiere reponses pourrais voudrais aimerais souhaite souhaiterais
    écrits écrit écrites furax coudonc cb ben bah hein dites allô stp svp écoute écoutez voyons amabilité
    obligeance grâce merci plaisir
    sens retours retour côté l'année année ans date courant allant inclus inclusivement compris tout toute journée
    max maximum team groupe respect respectant respecté fraction quote-part rédigés rédigées rédigé formulés
    l'entremise entremise biais travers moyen voie passant auprès sein part tête dominé abouti situait situe
    s'élevait élevait élève niveau juste texto pile exactement précisément chiffre chiffres compter compte vérifier
    dessus dedans dehors circulé échangés échangé parti partis parties parvenus parvenues parvenu généré générés
    manifestés manifesté adressées adressés déposées déposés rentrés rentré tombées uniques unique distinct
    comparatif comparativement regard souhaiterais communiquer préciser indiquer sors sors-moi sortez donnait
    valait avaient auriez pourriez pourrais pourrait serait-il aimerais aimerions sauriez connaître
    plus moins mieux lors durant parmi touchant lien motif motifs thème matière niveau matins soirs matin soir
    clientèle ramassé ramasse hérité récolté reçoit récoltent encaissé comptait compté totalisé cumulé affiche
    numéro un premier première principal principale poste pôle mode type types genre genres sorte
    médiane médian centile percentile moyenne fois dix délais cible visé objectif objectifs temps
    énormément beaucoup énerve énervés fâchés croulé exploser tenait provenait monde gens
    """
)
TOP: Final[dict[str, tuple[End, str]]] = {
    "le max": ("high", ""),
    "le maximum": ("high", ""),
    "(?:pris |prend |était |est )?(?:la |en )tête": ("high", ""),
    "domin(?:é|e|ait)": ("high", ""),
    "numéro un": ("high", ""),
    "arriv(?:e|é|ée) premi(?:er|ère)": ("high", ""),
    "la plupart": ("high", ""),
    "(?:la )?majorité": ("high", ""),
    "record": ("high", ""),
    "top \\d": ("high", ""),
    "le plus gros|la plus grosse": ("high", ""),
    "dernière place": ("low", ""),
    "le minimum": ("low", ""),
}
