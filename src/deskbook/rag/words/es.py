"""Spanish."""

from __future__ import annotations

from typing import Final

from deskbook.rag.words.form import DateWords, Words, listed, listed_kin
from deskbook.rag.words.forms_es import FORMS
from deskbook.rag.words.frames_es import FRAMES, MORE, TOP

_WORST: Final = "sentiment_negative_pct"
_SPEED: Final = "first_reply_median_minutes"
_SOLVE: Final = "resolution_median_hours"
_STOP: Final = listed(
    """
    a al algo algunas algunos ante antes como con contra cual cuando cuál cuáles cuánta cuántas cuánto cuántos
    cómo de del desde donde durante e el ella ellas ellos en entre era erais eran eras eres es esa esas ese eso
    esos esta estaba estabais estaban estabas estad estada estadas estado estados estamos estando estar
    estaremos estará estarán estarás estaré estaréis estaría estaríais estaríamos estarían estarías estas este
    estemos esto estos estoy estuve estuviera estuvierais estuvieran estuvieras estuvieron estuviese estuvieseis
    estuviesen estuvieses estuvimos estuviste estuvisteis estuviéramos estuviésemos estuvo está estábamos estáis
    están estás esté estéis estén estés favor fue fuera fuerais fueran fueras fueron fuese fueseis fuesen fueses
    fui fuimos fuiste fuisteis fuéramos fuésemos gracias ha habida habidas habido habidos habiendo habremos
    habrá habrán habrás habré habréis habría habríais habríamos habrían habrías habéis había habíais habíamos
    habían habías han has hasta hay haya hayamos hayan hayas hayáis he hemos hola hube hubiera hubierais
    hubieran hubieras hubieron hubiese hubieseis hubiesen hubieses hubimos hubiste hubisteis hubiéramos
    hubiésemos hubo la las le les lo los me menos mi mis mucho muchos muy más mí mía mías mío míos nada ni no
    nos nosotras nosotros nuestra nuestras nuestro nuestros o os otra otras otro otros para pero poco por porque
    que quien quienes quién quiénes qué se sea seamos sean seas según sentid sentida sentidas sentido sentidos
    ser seremos será serán serás seré seréis sería seríais seríamos serían serías seáis sido siente sin
    sintiendo sobre sois somos son soy su sus suya suyas suyo suyos sí también tanto te tendremos tendrá tendrán
    tendrás tendré tendréis tendría tendríais tendríamos tendrían tendrías tened tenemos tenga tengamos tengan
    tengas tengo tengáis tenida tenidas tenido tenidos teniendo tenéis tenía teníais teníamos tenían tenías ti
    tiene tienen tienes todo todos tu tus tuve tuviera tuvierais tuvieran tuvieras tuvieron tuviese tuvieseis
    tuviesen tuvieses tuvimos tuviste tuvisteis tuviéramos tuviésemos tuvo tuya tuyas tuyo tuyos tú un una uno
    unos vosotras vosotros vuestra vuestras vuestro vuestros y ya yo él éramos
    """
)
_FILLERS: Final = listed(
    """
    debe debió deben tuvieron recibe reciben
    enviaron envió enviaban distintos distintas diferentes contactaron contactó escribieron escribió nos vía
    entró entraron gestionó gestionaron atendieron atendió mediano mediana típico nuevos nuevas
    número cantidad total valor valores porcentaje porciento proporción parte tasa promedio media mediana medio
    tiempo duración exactamente aproximadamente alrededor realmente general conjunto muestra muéstrame mostrar
    dime di decir da dame lista listar resumen evolución evolucionó evolucionado evolucionaron cambio cambió
    cambiado compara comparar comparación comparado diferencia alto alta altos altas bajo baja bajos bajas mayor
    mayores menor menores grande pequeño bueno buena mejor malo mala mal peor peores fuerte débil rápido rápida
    rápidos lento lenta lentos lentas largo larga corto corta tan tanto tanta tantos tantas subió subido aumentó
    aumentado bajó bajado cayó caído creció crecido aumento caída descenso pico entraron entrado llegaron
    llegado llegó recibieron recibimos recibido recibidos recibió recibidas tuvo tuvimos tuvieron tenido tenemos
    abrieron abierto creados creadas crearon crear enviados enviaron enviado registraron pasó pasado ocurrió
    ocurrido sucedió sucedido ido fue iba va dio dieron tardó tardaron tardamos tarda tardar clientes cliente
    gente usuarios usuario personas equipo equipos soporte atención servicio buzón mensaje mensajes ticket
    tickets caso casos conversación conversaciones consulta consultas solicitud solicitudes motivo motivos razón
    razones causa causas causó debió debe deber detrás responsable último última últimos últimas primer primera
    primero pasada actual actualmente ahora momento repente inusual especialmente bastante particularmente
    extremadamente respecto frente comparación cada día días semana semanas mes meses nuestro nuestra nuestros
    nuestras nuestra hacia asciende fueron hubieron puedes podrías quiero saber
    """
)

WORDS: Final = Words(
    code="es",
    stemmer="spanish",
    dates=DateWords(
        months={
            "enero": 1, "ene": 1, "febrero": 2, "feb": 2, "marzo": 3, "abril": 4, "abr": 4, "mayo": 5, "junio": 6,
            "jun": 6, "julio": 7, "jul": 7, "agosto": 8, "ago": 8, "septiembre": 9, "setiembre": 9, "sept": 9,
            "sep": 9, "octubre": 10, "oct": 10, "noviembre": 11, "nov": 11, "diciembre": 12, "dic": 12,
        },
        weekdays={
            "lunes": 0, "martes": 1, "miércoles": 2, "miercoles": 2, "jueves": 3, "viernes": 4, "sábado": 5,
            "sabado": 5, "domingo": 6,
        },
        units={
            "hora": "hour", "horas": "hour", "día": "day", "días": "day", "dia": "day", "dias": "day",
            "semana": "week", "semanas": "week", "mes": "month", "meses": "month", "trimestre": "quarter",
            "trimestres": "quarter", "año": "year", "años": "year",
        },
        counts={
            "un": 1, "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7,
            "ocho": 8, "nueve": 9, "diez": 10, "doce": 12, "catorce": 14, "quince": 15, "treinta": 30,
        },
        ordinals={"primer": 1, "segund": 2, "tercer": 3, "cuart": 4},
        month_leads="en|de|desde|hasta|durante|y|entre|con|a|este|pasado",
        day=r"(?:(?:el|del|al) )?(?:día )?(\d{1,2}|1º|primero)(?:º)?",
        between_day_and_month="(?: de)?",
        before_year="(?: de| del|,)? ",
        day_first=True,
        today=r"(?:hoy|esta mañana|esta tarde)",
        yesterday=r"(?:ayer|anoche)",
        before_yesterday=r"(?:anteayer|antes de ayer|antier)",
        last_weekend=r"(?:en |durante )?(?:el )?(?:(?:último|pasado) fin de semana|fin de semana(?: pasado)?)",
        this_weekend=r"este fin de semana",
        ago=r"hace {count} {unit}",
        last_count=(
            r"(?:(?:en |durante )?(?:los |las |el |la )?(?:últim[oa]s?|pasad[oa]s|anteriores) {count} {unit}"
            r"|(?:los |las )?{count} (?:últim[oa]s|pasad[oa]s) {unit})"
        ),
        last_unit=r"(?:(?:en |durante )?(?:de)?(?:el |la |l )?(?:{unit} (?:pasad[oa]|anterior|(?:que|q) pas[óo])"
            r"|(?:últim[oa]"
            r"|pasad[oa]) {unit}))",
        this_unit=r"(?:(?:en |durante )?(?:est[ea] {unit}|(?:el |la )?{unit} (?:actual|en curso)"
            r"|lo que va de {unit}))",
        unit_before_last=r"(?:el |la )?(?:antepenúltim[oa]|penúltim[oa]) {unit}",
        next_unit=r"(?:(?:el |la |los |las )?(?:próxim[oa]s?|siguientes?) (?:{count} )?{unit}|(?:el "
            r"|la )?{unit} que viene)",
        weekday=r"(?:el |del |este )?{weekday}",
        last_weekday=r"(?:el )?(?:{weekday} pasado|pasado {weekday}|último {weekday})",
        week_of=r"(?:la )?semana (?:del|de|que (?:empieza|empezó|comienza|comenzó) el|a partir del) {date}",
        quarter=r"(?:[tq](?P<number>[1-4])|(?:el |del )?(?:(?P<number2>[1-4])(?:º|er|o)?|(?P<word>primer|segundo"
            r"|tercer|cuarto)) trimestre|(?:el |del )?trimestre (?P<number3>[1-4]))",
        iso_week=r"(?:la )?semana(?: n[úu]mero| n[º.]+)? (?P<number>\d{1,2})",
        year_leads="en|durante|desde|de|año",
        to=r"(?:a|al|hasta|hasta el|-)",
        both="y",
        between=r"entre(?: el)?",
        since=r"(?:desde(?: el)?|a partir del?|después del?)",
        until=r"(?:hasta(?: el)?|antes del?)",
    ),
    ending="(?:s|es)?",
    future=r"\b(?:mañana(?<!esta mañana)|pasado mañana|habrá|tendremos|recibiremos|previsión|pronóstico"
        r"|predicción|será[n]?)\b",
    against_before=(
        r"(?:(?:comparad[oa]s? con|en comparación con|frente a|respecto al?|versus|vs\.?|que|con|y) (?:el |la "
        r"|al |l )?"
        r"(?:período|periodo|día|semana|mes|trimestre|año) (?:anterior|previo|precedente)"
        r"|(?:el |la )?(?:día|semana|mes|trimestre|año|período|periodo) de antes)\b"
    ),
    define=(
        r"^¿?(?:qué (?:es|son|significa|quiere decir|mide|se entiende por)|define|definir|explica|explícame"
        r"|cómo (?:se (?:calcula|define|mide)|es)|cuál es la definición de|(?:la )?definición de|significado de)\b"
    ),
    means=r"\b(?:significa\w*|quiere decir|defin\w+|calcula\w*|mide|medid\w|se entiende)\b",
    why=(
        r"(?:\bpor ?qu[ée](?: motivos?| razón)?\b(?! (?:canal|equipo|medio|vía|categoría|agente))|\ba qué (?:se"
        r" (?:deb\w+|atribuye)"
        r"|obedec\w+|responde)|\bcómo (?:se )?(?:explic\w+|es posible)|\bqué (?:caus[óa]|hizo|provoc[óa]|explica"
        r"|explicó"
        r"|motiv[óa]"
        r"|pas[óa]|ocurri[óo]|sucedi[óo]|ha pasado|hay detrás|llevó a|hizo que|est[aá]\w* (?:haciendo|causando"
        r"|provocando|generando)|(?:(?<!mucha )molest|enfad|enoj|frustr|irrit)\w+|está detrás|estuvo detrás"
        r"|había detrás|hubo detrás|gener[óa]|ocasion[óa]|desencaden[óa]|influyó|pudo|dispar[óa]|empuj[óa]|hay tras"
        r"|justifica|salió mal|originó)|\bcausas?\b"
        r"|\b(?:motivos?|raz(?:ón|ones)) (?:de(?! contacto)|del|por|para|detrás)|\bdebid[oa] a qué|\bculpa\b"
        r"|\bcómo es que\b)"
    ),
    happened=r"\b(?:pas[óa]|ocurri[óo]|sucedi[óo]|ha pasado|salió mal|tan mal[oa]?|fatal|terrible|horrible)\b",
    find=(
        r"^¿?(?:por favor,? |puedes |podrías )?(?:busca(?:r|me)?|encuentra|encontrar|muestra|muéstrame|mostrar"
        r"|lista(?:r)?"
        r"|dame|enséñame|cita|qué|cuáles) "
        r"(?:de )?(?:tod[oa]s )?(?:l[oa]s |algun[oa]s |un[oa]s )?"
        r"(?:tickets?|mensajes?|conversaciones|casos?|ejemplos?|consultas?|solicitudes|quejas?|clientes?)\b"
    ),
    say=r"\b(?:cu[áa]nt[oa]s?|(?:el )?número de|(?:la )?cantidad de|qué (?:porcentaje|proporción|parte) de"
        r"|(?:el )?porcentaje de|cuenta)\b",
    about=(
        r"\b(?:mencion(?:an|a|aron|ó|en)|contienen?|contenían?|(?:hablan?|hablaron|hablaban|escriben?"
        r"|escribieron|preguntan?"
        r"|preguntaron|se quejan?|se quejaron|se quejaban|tratan?) (?:de|del|sobre|por|que|acerca de)|dicen?"
        r"|dijeron|decían"
        r"|sobre|acerca de|relacionad[oa]s con|reportan?|reportaron|informan?|informaron|piden|pidieron|se refieren a"
        r"|con (?:la palabra|las palabras|el término)) "
        r"(?:que |el |la |los |las |un |una |del |de |palabras? |término )*"
    ),
    about_ends=r" (?:en|el|durante|desde|entre|por|para|de|vía|hasta|ayer|hoy)\b|[?!]|$",
    summarise=(
        r"\b(?:resum(?:e|en|ir|irme|eme|ime)|resúmeme|resumen|síntesis|sintetiza|panorama de"
        r"|(?:de )?qué (?:dicen|dijeron|decían|hablan|hablaron|se quejan|se quejaron|escriben|escribieron|cuentan)"
        r"(?: (?:los|nuestros) (?:clientes|usuarios))?"
        r"|(?:de qué|sobre qué|qué) (?:se |nos )?(?:contaron|cuentan|comentaron|han|habían|hablan|escriben"
        r"|comentaron|comentan|nos dicen|nos dijeron)"
        r"|síntesis|sintetiza\w*|resúm\w+|resumid\w*|en pocas palabras|visión general|vistazo|recapitula\w*|qué temas"
        r"|(?:principales|mayores) (?:temas|quejas|problemas|asuntos)|temas principales)\b"
    ),
    compare=r"\b(?:o|contra|en relación|compar\w+|versus|vs|diferencia\w*|frente a|respecto|que)\b",
    trend=(
        r"\b(?:tendencia\w*|evoluci\w+|desarroll\w+|a lo largo del tiempo|con el tiempo|historial|cronología|día"
        r" a día"
        r"|semana a semana"
        r"|mes a mes|cómo (?:ha|han|fue|fueron|va|van)? ?(?:cambi\w+|vari\w+|evolu\w+))\b"
    ),
    up=r"\b(?:tant[oa]s?|alt[oa]s?|subi\w*|subida|aument\w*|increment\w*|creci\w*|pico|lent[oa]s?|larg[oa]s?|más)\b",
    down=r"\b(?:tan poc[oa]s?|poc[oa]s?|baj[oa]s?|bajó|bajada|descen\w*|cay\w*|caída|disminu\w*|rápid[oa]s?"
        r"|cort[oa]s?|menos)\b",
    good=r"\b(?:positiv[oa]s?|content[oa]s?|feli(?:z|ces)|satisfech[oa]s?|buen[oa]?s?|mejor\w*|encantad[oa]s?"
        r"|alegres?|agradecid[oa]s?|entusias\w*|elogi\w*)\b",
    bad=r"\b(?:negativ[oa]s?|descontent[oa]s?|insatisfech[oa]s?|mal[oa]?s?|peor\w*|enfadad[oa]s?|enojad[oa]s?"
        r"|molest[oa]s?|furios[oa]s?|frustrad[oa]s?|quej\w*)\b",
    negated=r"\b(?:no|nunca|jamás) (?:\w+ ){0,2}?",
    and_why=r"[,;]? ?y (?:también )?(?:por ?qu[ée]|a qué se deb\w+|cuál (?:fue|es) (?:la causa|el motivo|la razón)"
        r"|qué (?:lo )?(?:explica|causó|provocó)(?: eso)?)(?!\w)",
    hop=r"\b(?:del|de la|de el|para el|para la|en el|en la|por el|el|la) (?P<dim>{dims}) (?:con|que"
        r"|cuy[oa])(?: (?:tuvo|tiene"
        r"|recibió|ha tenido|tenía|fue))? ?(?:el |la |los |las )?(?P<rest>{rest})",
    hop_ends=r"(?:, ¿?(?:qué|cuál|cuánt|cómo)|\?|$)",
    hop_verbs="recibe|recibió|tiene|tuvo|obtuvo",
    them=r"\b(?:ellos|estos|esos|los mismos)\b",
    grains={
        "por hora": "hour", "diari[oa]s?": "day", "diariamente": "day", "semanal(?:es)?": "week",
        "semanalmente": "week", "mensual(?:es)?": "month", "mensualmente": "month", "trimestral": "quarter",
        "día a día": "day", "semana a semana": "week", "mes a mes": "month",
    },
    by=r"(?:desglosad[oa]s? por|agrupad[oa]s? por|separad[oa]s? por|por(?! (?:el|la) (?:canal|equipo|motivo"
        r"|categoría))|según|para cada|cada|por cada|al(?= (?:día"
        r"|mes|año))|a la(?= semana))",
    which=r"¿?(?:en |de |a |por )?(?:qué|cuál(?:es)?(?: de los| de las| de nuestr[oa]s| es el| es la| fue el| fue"
        r" la)?)",
    superlatives={
        **TOP,
        "más lentamente": ("high", _SPEED), "más rápidamente": ("low", _SPEED),
        "más lent[oa]s?": ("high", _SPEED), "más rápid[oa]s?": ("low", _SPEED),
        "más ocupad[oa]s?": ("high", "tickets_created"), "más insatisfech[oa]s?": ("high", _WORST),
        "más alt[oa]s?": ("high", ""), "más larg[oa]s?": ("high", ""), "más elevad[oa]s?": ("high", ""),
        "más frecuentes?": ("high", ""), "más comun(?:es)?": ("high", ""), "más grandes?": ("high", ""),
        "mayor(?:es)?": ("high", ""), "más baj[oa]s?": ("low", ""), "más cort[oa]s?": ("low", ""),
        "más pequeñ[oa]s?": ("low", ""), "menor(?:es)?": ("low", ""), "menos": ("low", ""), "más": ("high", ""),
        "peor(?:es)?": ("bad", ""), "mejor(?:es)?": ("good", ""), "máxim[oa]s?": ("high", ""),
        "mínim[oa]s?": ("low", ""),
    },
    metrics={
        "esperaron": _SPEED, "esperar": _SPEED, "mal humor": _WORST, "mal ambiente": _WORST,
        "casos": "tickets_created", "consultas": "tickets_created", "solicitudes": "tickets_created",
        "volumen": "tickets_created", "tickets nuevos": "tickets_created", "nuevos tickets": "tickets_created",
        "tickets creados": "tickets_created", "volumen de tickets": "tickets_created",
        "mensajes": "messages", "mensajes de clientes": "messages_in", "mensajes de los clientes": "messages_in",
        "mensajes entrantes": "messages_in", "mensajes salientes": "messages_out",
        "respuestas enviadas": "messages_out",
        "resueltos": "tickets_solved", "tickets resueltos": "tickets_solved", "resolvieron": "tickets_solved",
        "resolvimos": "tickets_solved", "cerrados": "tickets_solved", "cerraron": "tickets_solved",
        "solucionados": "tickets_solved", "resolvió": "tickets_solved",
        "reabiertos": "tickets_reopened", "reabrieron": "tickets_reopened", "tasa de reapertura": "reopened_pct",
        "abiertos": "open_backlog", "tickets abiertos": "open_backlog", "pendientes": "open_backlog",
        "sin resolver": "open_backlog", "casos abiertos": "open_backlog", "atrasados": "open_backlog",
        "sin respuesta": "tickets_unanswered", "sin responder": "tickets_unanswered",
        "sin contestar": "tickets_unanswered",
        "sin asignar": "tickets_unassigned", "vencidos": "tickets_overdue",
        "primera respuesta": _SPEED, "tiempo de primera respuesta": _SPEED, "tiempo de respuesta": _SPEED,
        "tiempo hasta la primera respuesta": _SPEED, "tiempo de"
        " espera": _SPEED, "espera": _SPEED, "respuesta": _SPEED,
        "responder": _SPEED, "primera contestación": _SPEED,
        "tiempo de resolución": _SOLVE, "resolución": _SOLVE, "tiempo de solución": _SOLVE, "resolver": _SOLVE,
        "satisfacción": "csat_good_pct", "satisfacción del cliente": "csat_good_pct", "satisfechos": "csat_good_pct",
        "satisfacción de los clientes": "csat_good_pct", "valoración": "csat_good_pct",
        "sentimiento": "sentiment_mean", "ánimo": "sentiment_mean", "tono": "sentiment_mean",
        "estado de ánimo": "sentiment_mean", "sentimiento medio": "sentiment_mean",
        "sentimiento negativo": _WORST, "sentimiento tan negativo": _WORST, "negativo": _WORST, "negativa": _WORST,
        "mensajes negativos": _WORST, "descontentos": _WORST, "enfadados": _WORST, "enojados": _WORST,
        "molestos": _WORST, "insatisfechos": _WORST, "quejas": _WORST, "quejaron": _WORST, "furiosos": _WORST,
        "frustrados": _WORST, "negatividad": _WORST,
        "respuestas por ticket": "replies_per_ticket", "cumplimiento del sla": "sla_achieved_pct",
        "promesas cumplidas": "sla_achieved_pct", "dentro del objetivo": "first_reply_within_target_pct",
        "clientes": "customers_active",
    },
    average=r"\b(?:promedio|en media|medi[oa])\b",
    quantile=r"\b(?:p(?P<level>\d{2})|percentil (?P<level2>\d{2}))\b(?: (?:del?|de la))?",
    business=r"\b(?:(?:en |durante |dentro del? )?(?:el )?(?:horario|horas) (?:laborales?|comerciales?"
        r"|de oficina|hábiles))\b",
    moods={"negativos": "negative", "negativas": "negative", "positivos": "positive", "positivas": "positive",
           "neutros": "neutral", "neutrales": "neutral"},
    how_many=r"\b(?:cu[áa]nt[oa]s(?! (?:horas|minutos|días))|número de|cantidad de)\b",
    customers=r"\b(?:clientes?|usuarios?|gente)\b",
    agents=r"\b(?:agentes?)\b",
    writings=r"\b(?:mensajes|respuestas)\b",
    nouns=frozenset({"tickets", "mensajes", "casos", "consultas", "solicitudes", "ticket", "volumen", "clientes"}),
    ends_name=r"$|[?.,;]|y\b|por\b|ayer\b|hoy\b|el\b|la\b|en\b",
    joins=r"^\s*(?:,|y|e|&|o|versus|vs\.?|con|a)\s*$",
    dimensions={
        "team": "equipos? teams? grupos? departamentos? colas?",
        "channel": "canal(?:es)?",
        "priority": "prioridad(?:es)?",
        "category": "categorías? motivos?(?:_de_contacto)? temas? tipos?(?:_de_ticket)?",
        "agent": "agentes?",
        "language": "idiomas? lenguas?",
        "source": "fuentes? sistemas?",
        "segment": "segmentos?(?:_de_clientes?)? planes plan",
        "status": "estados?(?!_de_ánimo)",
        "tag": "etiquetas?",
        "weekday": "días?_de_la_semana",
        "hour_of_day": "horas?_del_día",
        "hour": "horas?",
        "day": "días? dias?",
        "week": "semanas?",
        "month": "mes(?:es)?",
        "quarter": "trimestres?",
    },
    plain_values=listed("low normal high urgent other general open new none unknown social web first hold"),
    sure_values=frozenset({"urgent", "web", "social"}),
    values={
        "correo": ("channel", "email"), "correo electrónico": ("channel", "email"), "e-mail": ("channel", "email"),
        "teléfono": ("channel", "phone"), "redes sociales": ("channel", "social"), "urgentes": ("priority", "urgent"),
        "urgente": ("priority", "urgent"), "prioridad alta": ("priority", "high"), "prioridad baja": ("priority",
        "low"),
        "alta prioridad": ("priority", "high"), "baja prioridad": ("priority", "low"),
        "prioridad normal": ("priority", "normal"), "prioridad urgente": ("priority", "urgent"),
        "prioridad media": ("priority", "normal"),
        **{word: ("channel", "phone") for word in ("llamada", "llamadas", "telefónico", "telefónica", "telefónicas",
           "telefónicos", "vía telefónica", "teléfonos")},
        **{word: ("channel", "email") for word in ("correos", "e-mails", "mail", "mails", "correos electrónicos")},
    },
    languages={
        "inglés": "en", "alemán": "de", "francés": "fr", "español": "es", "portugués": "pt", "italiano": "it",
    },
    kin=(
        listed_kin("reembolso, reembolsar, devolución del dinero, reintegro"),
        listed_kin("iniciar sesión, acceder, entrar, login"),
        listed_kin("cancelar, cancelación, dar de baja"),
        listed_kin("se cierra, se bloquea, se cuelga"),
        listed_kin("retraso, tarde, demora, retrasado"),
        listed_kin("dañado, roto, defectuoso"),
        listed_kin("cobrado dos veces, doble cobro, cargo doble"),
    ),
    idle_verbs=listed("clientes pueden no problema problemas quieren"),
    stop=_STOP,
    fillers=_FILLERS | MORE,
    prepositions=listed("en para de del por con sobre desde al hacia"),
    forms=FORMS,
    frames=FRAMES,
    others=r"competencia|competidor\w*|rival(?:es)?|mercado|industria|primavera|verano|otoño|invierno|navidad(?:es)?",
    passes_over=2,
    passive=listed("fue fueron sido son es era eran está están estaba estaban estuvo estuvieron"),
    clitics=listed("se le les nos me te"),
    adjectives_follow=True,
)  # fmt: skip
