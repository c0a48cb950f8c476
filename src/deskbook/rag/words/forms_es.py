"""Spanish forms: persons and tenses of verbs, genders, numbers, verbs with pronouns."""

from __future__ import annotations

from typing import Final

from deskbook.rag.words.forms import Forms

_WORST: Final = "sentiment_negative_pct"
_SPEED: Final = "first_reply_median_minutes"
_SOLVE: Final = "resolution_median_hours"
_LONG: Final = (
    r"\b(?:cuánto (?:tiempo|tard|demor|esper|se )\w*|tiempos?|tard\w+|demor\w+|rapidez|rápid\w*|rápidamente|lent\w*"
    r"|veloc\w*|dura\w*|agil\w*|ágil\w*|horas|minutos|plazos?|tarda\w*|pronto|llev[aóo]\w*)(?!\w)"
)
_THINGS: Final = r"(?:tickets?|casos?|consultas?|solicitud(?:es)?|incidencias?|peticion(?:es)?|reclamos?|asuntos?)"
_SOLVED: Final = (
    r"(?:resuelt|cerrad|solucionad|completad|finalizad|despachad|atendid|gestionad)[oa]s?"
    r"|(?:cerr|solucion|complet|finaliz|despach|gestion)(?:ó|amos|aron|é|an|aba[n]?|ar(?:on)?|arse|arl[oa]s?)"
    r"|(?:cierra[n]?|resuelve[n]?|soluciona[n]?)|resolv(?:ió|imos|ieron|er|erse|erl[oa]s?)|atend(?:ió|imos|ieron)"
)

FORMS: Final = Forms(
    metrics=(
        (r"sin (?:resolver|cerrar|solucionar|terminar|atender)|no (?:resuelt|cerrad|solucionad)[oa]s?|por resolver",
         "open_backlog", ""),
        (r"sin (?:respuesta|responder|contestar)|no (?:respondid|contestad)[oa]s?", "tickets_unanswered", ""),
        (r"reabiert[oa]s?|reabr(?:ieron|ió|imos)|reaperturas", "tickets_reopened", ""),
        (rf"(?:{_THINGS} )?(?:abiert|pendiente|acumulad|atrasad|retrasad)(?:[oa]s?|s)?|trabajo (?:atrasado|pendiente"
         r"|acumulado)|backlog|atraso|acumulación|carga pendiente|rezago|rezagad[oa]s?", "open_backlog", ""),
        (r"(?:el |los )?(?:tiempos?|velocidad|rapidez|demora|plazos?)(?: medios?| promedio| median[oa])?"
         r" (?:de|hasta|en|para)(?: la| dar la| una)? ?(?:primera |1ª )?(?:respuestas?|contestación|reacción|espera"
         r"|responder|contestar|reaccionar|atención)"
         r"|primeras? (?:respuestas?|contestación|reacción|atención)|first (?:response|reply)(?: time)?"
         r"|espera(?:r|ron|ban|s)?", _SPEED, ""),
        (r"(?:el |los )?(?:tiempos?|velocidad|rapidez|demora|plazos?|duración)(?: medios?| promedio| median[oa])?"
         r" (?:de|hasta|en|para)(?: la| el| su)? ?(?:resolución|solución|cierre|resolver|cerrar|solucionar|gestión"
         r"|tramitación)", _SOLVE, ""),
        (r"respond(?:er|ió|imos|ieron|emos|e|en|ido|iendo)|contest(?:ar|ó|amos|aron|a|an|ado)|reaccion\w+|respuestas?"
         r"|atend(?:er|emos|ió|imos|ieron)", _SPEED, _LONG),
        (rf"{_SOLVED}|resolución|solución|cierre", _SOLVE, _LONG),
        (rf"(?:{_THINGS} )?(?:{_SOLVED})", "tickets_solved", ""),
        (r"(?:porcentaje|proporción|parte|cuota|tasa|ratio|%)(?: de| total de| los| las| que son)* ?mensajes"
         r"(?: de (?:los )?clientes)?(?: que)?(?: eran| fueron| fue| era| son)? negativ[oa]s?"
         r"|(?:porcentaje|proporción|tasa|cuota) (?:negativ[oa]|de negativ[oa]s|de negatividad)"
         r"|mensajes negativos|negatividad|(?:sentimiento|ánimo|humor|tono|clima) (?:\w+ )?(?:tan )?(?:negativo|malo"
         r"|bajo|pésimo)|mal (?:humor|ánimo|ambiente|sentimiento)", _WORST, ""),
        (r"(?:puntuación|nota|índice|nivel|grado|valor|tasa|porcentaje)? ?(?:de )?(?:la )?satisfacción"
         r"(?: (?:del? |de los |de nuestros )?clientes?)?|csat|valoracion(?:es)?|satisfech[oa]s?|content[oa]s",
         "csat_good_pct", ""),
        (r"negativ[oa]s?|(?:des|mal)content[oa]s?|enfad\w+|enoj\w+|(?<!mucha )molest\w+|insatisfech[oa]s?|furios[oa]s?"
         r"|frustra\w+|irritad[oa]s?|indignad[oa]s?|disgustad[oa]s?|quej[aó]\w*|reclamacion(?:es)?|malestar"
         r"|cabread[oa]s"
         r"|descontento|insatisfacción|infelices", _WORST, ""),
        (r"sentimientos?|(?:estado de )?ánimo|humor|tono", "sentiment_mean", ""),
        (r"mensajes (?:entrantes|recibidos)|mensajes (?:de|enviados por|que (?:nos )?enviaron)(?: los| nuestros)?"
         r" clientes", "messages_in", ""),
        (r"(?:volumen|número|cantidad|total) de mensajes|mensajes", "messages", ""),
        (rf"(?:volumen|número|cantidad|total|flujo|entrada|afluencia|carga|avalancha|pico|llegada)"
         rf" de (?:l[oa]s |nuev[oa]s )?{_THINGS}|volumen|carga de trabajo", "tickets_created", ""),
        (rf"(?:nuev[oa]s )?{_THINGS}(?: (?:nuev|cread|recibid|entrante|abierto)(?:[oa]s|s))?", "tickets_created", ""),
    ),
    nouns=rf"(?:nuev[oa]s )?{_THINGS}|volumen|mensajes",
    idle=(
        r"(?:lleg|entr|ingres|cre|mand|envi|registr|contabiliz|acumul|pas|qued|aument|baj|cambi|evolucion|vari|mejor"
        r"|empeor|dispar|desplom|tard|demor|esper|necesit|tom|llev|compar|cont|mostr|muestr|desglos|orden|clasific"
        r"|arrastr|aument|alcanz|super|pes|aguant|trat|manej|habl|consult|pregunt"
        r"|dej|report|present|contact|escrib|report|hund|provoc|caus|explic|motiv|origin|ocasion|gener|alarg|aceler"
        r"|ralentiz|retras|increment|logr|marc|atras|aclar|avis|comunic|list|separ|agrup|lo)"
        r"(?:o|ó|é|a|e|as|amos|aron|an|en|ar|arse|aba|aban|ado|ados|ada|adas|ando|ara|aran|ase|emos|ame|arme|amelo|ió"
        r"|ieron|imos|ir|ido)"
        r"|recib\w+|tuv\w+|ten\w+|tien\w+|hub\w+|hab\w+|ha|han|hay|sigu\w+|segu\w+|est[aáuo]\w*|era[n]?|fu[ei]\w*|son"
        r"|sea[n]?|es|dar|dio|dieron|da[n]?|dame|dime|deci\w*|hac\w+|hicieron|hizo|hazme|haz|pon\w*|podr\w+|pued\w+"
        r"|quier\w+|quisier\w*|gustaría|necesit\w+|sab\w+|ver|vemos|verme|enseñ\w*|muéstr\w+|desglós\w+|compár\w+"
        r"|indíc\w+|indic\w+|pásame|cuéntame|calcul\w*|explíc\w*|obtuv\w*|obten\w*|consig\w+|sac\w+|cre(?:ció|cieron"
        r"|ciera|cieran|ce|cido|cer)|sub\w+|ca(?:yó|yera|yeron|ído|en|e|er)|cae\w*|descen\w+|disminu\w+|reduc\w+"
        r"|reduj\w+|romp\w+|abr(?:imos|ieron|ió|ir)|abierto|vini\w+|vien\w+|ven(?:ir|ido)|ocup\w+|tram\w+"
        r"|cuant[oa]s?|cuánt[oa]s?|qué|cuál\w*|cómo|quién\w*|dónde|cuándo|porfa|porfi|please|oye|buenas|buenos"
        r"|saludos"
        r"|actual\w*|ahora|mismo|momento|hoy|día|todavía|aún|aun|ya|sólo|solo|solamente|exact\w+|aproximad\w+|más"
        r"|menos"
        r"|promedio|medi[oa]s?|median[oa]s?|total\w*|número|cantidad|porcentaje|proporción|parte|cuota|tasa|valor\w*"
        r"|nivel\w*|índice|cifra\w*|dato\w*|métrica|ratio|puntuación|nota|ciento|volumen|rapidez|velocidad|tiempos?"
        r"|duración|tendencia\w*|evolución|evolu\w+|progres\w+|curva|gráfic\w+|serie|histórico|desarrollo|cambio\w*"
        r"|compara\w*|comparación|diferencia\w*|contra|frente|respecto|versus|vs|entre|ambos|ambas|ranking"
        r"|clasificación"
        r"|top|puesto|lista|listado|orden|desglos\w*|dividid[oa]s?|agrupad[oa]s?|reparti\w*|distribu\w*|detall\w*"
        r"|tan|tant[oa]s?|much[oa]s?|poc[oa]s?|alt[oa]s?|baj[oa]s?|gran(?:de|des)?|fuerte\w*|enorm\w+|repentin[oa]"
        r"|súbit[oa]|repente|brusc[oa]\w*|inusual\w*|anormal\w*|dispar\w*|pico|salto|caída|bajada|subida|aumento"
        r"|incremento|descenso|desplome|empeoramiento|mejora|crecimiento|bajón|subidón|mal[oa]?s?|buen[oa]?s?|bien"
        r"|peor\w*|mejor\w*|lent[oa]s?|rápid[oa]s?|rápidamente|larg[oa]s?|cort[oa]s?|elevad[oa]s?"
        r"|clientes?|usuari[oa]s?|gente|personas?|compañer[oa]s|soporte|servicio|atención|empresa|bandeja|línea|vía"
        r"|nuestr[oa]s?|su[s]?|les?|l[oa]s?|se|nos|me|te|un[oa]s?|cada|tod[oa]s?|cualquier\w*|mism[oa]s?|otr[oa]s?"
        r"|debi\w+|debe|deb[ií]a|causa\w*|motivo\w*|razón|razones|culpa|detrás|responsable\w*|origen|factor\w*"
        r"|durante"
        r"|período|periodo|lapso|últim[oa]s?|nuev[oa]s?|entrantes?|recibid[oa]s?|gracias|hola|favor|por|así|eso|ello"
        r"|suele[n]?|normalmente|habitual\w*|típic[oa]|realmente|concreto|aproximadamente|hasta|tuvieran|tal|va[n]?"
        r"|ir"
        r"|iba[n]?|volvi\w+|termin\w+|acab\w+|trabaj\w+|carga|dos|tres|cuatro|cinco|seis|diez|dentro|adelante|distribución|reparto|veces|vez|celo"
    ),
    counted=r"llamadas?|chats?|correos?|e-?mails?",
    said=r"mencionad[oa]s?|mencionado|citad[oa]s?|nombrad[oa]s?|aparece[n]?|apareció|aparecieron|sale[n]?",
    saying=r"escrib\w+|dij\w+|dic\w+|coment\w+|report\w+|cont\w+|indic\w+|señal\w+|quej\w+|afirm\w+",
    before_end=r"(?:[^?,]{1,40}? )?",
    spelled={"mas": "más", "dias": "días", "dia": "día", "ultimos": "últimos", "ultimas": "últimas",
             "ultimo": "último", "ultima": "última", "rapido": "rápido", "rapida": "rápida", "numero": "número",
             "cuantos": "cuántos", "cuantas": "cuántas", "cuanto": "cuánto", "cuanta": "cuánta", "anio": "año",
             "categorias": "categorías", "categoria": "categoría", "telefono": "teléfono", "ano": "año", "paso": "pasó",
             "llego": "llegó", "entro": "entró", "cerro": "cerró", "bajo": "bajo", "causo": "causó",
             "provoco": "provocó", "esta": "esta", "este": "este"},
)  # fmt: skip
