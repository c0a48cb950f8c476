"""Words that decide whether a new wording says the same: negations, directions, numerals, and what adds nothing.

They are about wording alone; what questions mean stands elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The words of one language, in small letters.

    Attributes:
        stemmer: its name for PyStemmer.
        negations: words that deny what follows them (or, in German, what stands before).
        classes: name -> words that must stay with what they belong to.
        up, down: a movement and its way.
        numerals: numbers and amounts in words.
        hedges: what changes a number when it stands before it.
        quantities: how much or how often, without a number.
        keep: stems that carry the meaning of a sentence they stand in.
        neutral: words that may come and go.
        breaks: words between two clauses.
        comparing: words that set one thing against another.
        than: what follows a comparative.
        phrases: words that only mean what they do side by side.
        relative: begins a clause that speaks of the one before it.
        share: names of what is counted in per cent.
        source, target: before the earlier and the later figure of a movement; empty where they say other things too.
    """

    stemmer: str
    negations: frozenset[str]
    classes: dict[str, frozenset[str]]
    up: frozenset[str]
    down: frozenset[str]
    numerals: frozenset[str]
    hedges: frozenset[str]
    quantities: frozenset[str]
    keep: frozenset[str]
    neutral: frozenset[str]
    breaks: frozenset[str]
    comparing: frozenset[str]
    than: frozenset[str]
    phrases: tuple[str, ...]
    relative: frozenset[str]
    share: frozenset[str]
    source: str
    target: str


EN: Final = Wording(
    stemmer="english",
    negations=_set(
        "no not none never nothing nobody neither nor without cannot isn't wasn't aren't weren't don't "
        "doesn't didn't hasn't haven't can't won't"
    ),
    classes={
        "base": _set("baseline before previous prior earlier preceding"),
        "expected": _set("expected"),
        "high": _set("highest top peak maximum largest biggest peaked"),
        "low": _set("lowest bottom minimum smallest"),
        "better": _set("better improved improvement improving"),
        "worse": _set("worse worsened worsening deteriorated deterioration"),
    },
    up=_set(
        "up rose rise risen rises increase increased increases higher more grew growth climbed above gained jumped "
        "exceeded exceeds greater larger"
    ),
    down=_set(
        "down fell fall fallen falls decrease decreased decreases lower fewer less dropped drop below declined "
        "decline shrank reduced smaller slid"
    ),
    numerals=_set(
        "zero one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty "
        "seventy eighty ninety hundred thousand million billion half third quarter double doubled doubling "
        "triple tripled twice thrice dozen dozens hundreds thousands percent pair couple halved "
        "fifth tenth"
    ),
    hedges=_set("about around nearly almost over under roughly approximately least most than beyond some exactly of"),
    quantities=_set(
        "all every everyone everything always only alone any entire entirely whole mostly mainly often many much"
    ),
    keep=_set(
        "only ordinary chance few care median mean average cause unusual usual expected least rest left orders "
        "n unknown span long created would else"
    ),
    neutral=_set(
        "but compare got get a an the this that these those it its there here we our you your s "
        "was were is are be been being had has have having did do does "
        "and or as at by for in into of on with within during over across which what than also still just now "
        "came come comes stood stand stands reached recorded saw seen shows show showed shown measured "
        "amounted amount registered received found reported noted looking look had "
        "against compared comparison versus set relative from to "
        "period time figure figures value values level overall meanwhile respectively "
        "counted made make making change changed changes difference cases terms compares"
    ),
    breaks=_set("against compared versus vs from to than and while whereas but or with"),
    comparing=_set("against compared compare compares comparison versus vs relative than"),
    than=_set("than"),
    phrases=("span as long", "ordinary period", "within what chance", "cause is named"),
    relative=_set("which where who that"),
    share=_set("share proportion rate percentage"),
    source="from",
    target="to",
)
DE: Final = Wording(
    stemmer="german",
    negations=_set("nicht kein keine keinen keinem keiner keines nichts nie niemand weder ohne niemals nirgends"),
    classes={
        "base": _set("basis vergleichszeitraum vergleichszeitraums davor vorher zuvor vorherigen vorherige früheren"),
        "expected": _set("erwartet erwartete erwarteten"),
        "high": _set("höchste höchsten höchster höchstes höchstwert meisten größte größten"),
        "low": _set("niedrigste niedrigsten niedrigster niedrigstes wenigsten kleinste kleinsten tiefste tiefsten"),
        "better": _set("besser verbessert verbesserte verbesserung"),
        "worse": _set("schlechter verschlechtert verschlechterte verschlechterung"),
    },
    up=_set("gestiegen stieg steigt anstieg mehr höher zugenommen zunahme über wuchs gewachsen erhöht größer"),
    down=_set("gesunken sank sinkt rückgang weniger niedriger abgenommen abnahme unter fiel gefallen geringer kleiner"),
    numerals=_set(
        "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig "
        "hundert tausend million millionen hälfte halb drittel viertel doppelt verdoppelt dreifach dutzend "
        "prozent zweimal dreimal halbiert"
    ),
    hedges=_set("etwa rund fast über unter ungefähr mindestens höchstens knapp beinahe gut circa genau als von"),
    quantities=_set("alle allen aller alles jeder jede jedes immer nur ganz ganze gesamte meist oft viele viel"),
    keep=_set(
        "läge übrige "
        "nur gewöhnlich gewöhnlicher üblich üblichen zufall wenige vorsicht median mittel durchschnitt ursache "
        "erwartet unbekannt n"
    ),
    neutral=_set(
        "der die das den dem des ein eine einen einem einer eines dies diese dieser dieses es sie er wir uns "
        "war waren ist sind wird wurde wurden worden hat haben hatte hatten und oder als am an auf aus bei "
        "für im in ins mit um von vom zu zum zur während auch noch nun also lag lagen liegt "
        "betrug betrugen beträgt kam kamen erreichte verzeichnet verzeichnete gezählt gemessen gegenüber "
        "gegen verglichen vergleich zeitraum zeit wert werte "
        "dabei hier welche welcher sowie gab zeigt zeigte stand "
        "änderung unterschied"
    ),
    breaks=_set("gegen gegenüber verglichen von auf als und während aber oder mit"),
    comparing=_set("gegen gegenüber verglichen vergleich als"),
    than=_set("als"),
    phrases=(),
    relative=_set("der die das welche welcher wo"),
    share=_set("anteil quote"),
    source="von",
    target="auf",
)
ES: Final = Wording(
    stemmer="spanish",
    negations=_set("no ningún ninguna ninguno nada nadie nunca jamás sin ni tampoco"),
    classes={
        "base": _set("comparación antes anterior previo previa anteriores"),
        "expected": _set("esperado esperada esperados esperadas"),
        "high": _set("máximo máxima mayor alto alta"),
        "low": _set("mínimo mínima menor bajo baja"),
        "better": _set("mejor mejoró mejorado mejora"),
        "worse": _set("peor empeoró empeorado empeoramiento"),
    },
    up=_set("subió sube subida aumentó aumento aumentado más creció crecimiento superior encima"),
    down=_set("bajó bajada disminuyó disminución menos cayó caída descendió inferior debajo redujo"),
    numerals=_set(
        "cero dos tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta cuarenta cincuenta "
        "cien ciento mil millón millones mitad medio tercio cuarto doble duplicó triple docena "
        "porcentaje"
    ),
    hedges=_set("casi unos unas cerca aproximadamente más menos sobre bajo alrededor exactamente de desde"),
    quantities=_set("todo toda todos todas siempre solo sólo entero mayoría muchos mucho"),
    keep=_set(
        "sería demás "
        "solo sólo ordinario ordinaria azar pocos pocas cuidado mediana media promedio causa habitual esperado "
        "desconocido n"
    ),
    neutral=_set(
        "el la los las un una unos unas este esta estos estas ese esa eso lo se su sus nuestro nuestra "
        "fue fueron es son era eran ha han había habían sido ser estar estuvo estaba y o e u a al de del en "
        "con por para como que cual cuales durante entre de a también llegó llegaron "
        "registró registraron situó alcanzó hubo mostró frente contra comparado periodo período "
        "tiempo valor valores nivel "
        "diferencia cambio conjunto"
    ),
    breaks=_set("contra frente comparado de desde a hasta que y mientras pero o con"),
    comparing=_set("contra frente comparado que"),
    than=_set("que"),
    phrases=(),
    relative=_set("que cual donde"),
    share=_set("proporción tasa porcentaje"),
    source="",
    target="",
)
FR: Final = Wording(
    stemmer="french",
    negations=_set("pas aucun aucune rien personne jamais sans ni non"),
    classes={
        "base": _set("comparaison avant précédent précédente antérieur antérieure auparavant"),
        "expected": _set("attendu attendue attendus attendues"),
        "high": _set("maximum haut haute élevé élevée"),
        "low": _set("minimum bas basse faible"),
        "better": _set("mieux meilleur meilleure amélioré améliorée amélioration"),
        "worse": _set("pire dégradé dégradée dégradation empiré moins-bon"),
    },
    up=_set("augmenté augmentation hausse monté plus progressé supérieur supérieure dessus accru crû"),
    down=_set("baissé baisse diminué diminution moins chuté chute inférieur inférieure dessous recul reculé"),
    numerals=_set(
        "zéro deux trois quatre cinq six sept huit neuf dix onze douze vingt trente quarante cinquante cent "
        "mille million millions moitié demi tiers quart double doublé triple douzaine dizaine "
        "pourcentage"
    ),
    hedges=_set("presque environ près plus moins autour quelque exactement sous sur de depuis"),
    quantities=_set("tout toute tous toutes toujours seulement entier plupart souvent beaucoup"),
    keep=_set(
        "serait reste "
        "seulement ordinaire hasard peu prudence médiane moyenne cause habituel habituelles attendu inconnu n"
    ),
    neutral=_set(
        "le la les l un une des de du d ce cette ces cet il elle ils elles on nous notre nos s se son sa ses "
        "était étaient est sont a ont été être avait avaient fut et ou à au aux en dans par pour avec comme "
        "que qui pendant durant entre aussi atteint atteignait enregistré "
        "enregistrés établi compté mesuré contre comparé période temps "
        "valeur valeurs niveau différence changement y"
    ),
    breaks=_set("contre comparé de à que et tandis mais ou avec"),
    comparing=_set("contre comparé que"),
    than=_set("que"),
    phrases=(),
    relative=_set("qui que où dont"),
    share=_set("part proportion taux"),
    source="",
    target="",
)
WORDINGS: Final = {"en": EN, "de": DE, "es": ES, "fr": FR}
