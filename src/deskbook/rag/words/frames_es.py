"""How Spanish speaks of metrics without their names, and what it holds without asking for more."""

from __future__ import annotations

from typing import Final

from deskbook.rag.words.form import End, listed
from deskbook.rag.words.frames import Frame

_SPEED: Final = "first_reply_median_minutes"
_TAIL: Final = "first_reply_p90_minutes"
_TARGET: Final = "first_reply_within_target_pct"
_SOLVE: Final = "resolution_median_hours"
_WORST: Final = "sentiment_negative_pct"
_REPLY: Final = r"respuestas?|respond\w*|contest\w+|reply|reacción"
_SHARE: Final = r"porcentajes?|proporción|parte|tasa|fracción|cuota|porciento|cumplimiento"
_COUNT: Final = r"cu[áa]nt[oa]s|n[úu]mero|cantidad|total"
_MESSAGES: Final = r"mensajes?|mensajitos"
_PEOPLE: Final = r"client[ea]s?|usuari[oa]s|personas|gente"
_LONG: Final = r"tiempos?|cuánto tard\w+|demora\w*|mediana|mediano|espera|rapidez|velocidad|minutos|horas"

FRAMES: Final = (
    Frame(
        metric=_TAIL,
        signs=(r"p90|percentil 90|90|noventa|nueve de cada diez|9 de cada 10", rf"{_REPLY}|espera"),
        over=(_SPEED, "messages_out"),
    ),
    Frame(
        metric=_TARGET,
        signs=(_SHARE, _REPLY, r"a tiempo|objetivos?|plazos?|sla|meta|dentro del? \w+|puntual\w*"),
        over=(_SPEED, "messages_out", "sla_achieved_pct"),
    ),
    Frame(metric=_WORST, signs=(_SHARE, r"negativ\w+|enojad\w+|enfadad\w+|molest[oa]s"), over=("sentiment_mean",)),
    Frame(
        metric="sentiment_mean",
        signs=(r"sentimiento|ánimo|tono|humor", r"medi[oa]|promedio|puntaje|puntuación"),
        lacks=_SHARE,
    ),
    Frame(
        metric="messages_out",
        signs=(
            rf"respuestas?|{_MESSAGES}",
            r"agentes?|salientes|a los clientes"
            r"|mandamos|enviamos|asesores|despach\w+",
            _COUNT,
        ),
        lacks=rf"{_LONG}|{_SHARE}|p90",
        over=(_SPEED, _WORST, "tickets_solved", "messages_in", "agent_replies"),
    ),
    Frame(
        metric="messages",
        signs=(
            _MESSAGES,
            r"en total|ida y vuelta|ambas direcciones|intercambi\w+|en conjunto"
            r"|ambos sentidos",
        ),
        lacks=rf"{_SHARE}|negativ\w+",
        over=(_WORST,),
    ),
    Frame(metric="messages_in", signs=(_MESSAGES, rf"{_PEOPLE}|entrantes|recibidos"), lacks=rf"{_SHARE}|negativ\w+"),
    Frame(
        metric="customers_active",
        signs=(r"(?:cu[áa]nt[oa]s|número de|cantidad de) (?:\w+ )?(?:client[ea]s?|usuari[oa]s)",),
        lacks=rf"{_SHARE}|{_MESSAGES}|satisfech\w+",
    ),
    Frame(
        metric="tickets_solved",
        signs=(_COUNT, r"resuelt[oa]s|resolv\w+|solucion\w+|cerr\w+"),
        lacks=rf"{_LONG}|{_SHARE}|sin \w+|no se \w+",
        over=(_SOLVE,),
    ),
    Frame(metric="tickets_created", signs=(r"requerimientos|casos|tickets?|solicitudes|consultas|tiquetes?",)),
)
MORE: Final = listed(
    """
    levantaron levantó únicos únicas porcentual peso che porfa porfis ándale oye oiga pues vale bueno órale anduvo
    andaba clientela puntaje puntuación cumplimiento
    través lado largo fecha mayoría team sumó sumamos sumaron nadie requerimientos completa completo ida vuelta
    despacharon despachó tiraron mandamos mandaron decime pasame pásame molestia indica indíqueme q x xq tantito
    quisiera quisiéramos querría podría podrías podrían sería serían amable favor buenos días tardes
    dio dieron quedó quedaron estuvo estuvieron salió salieron llevó llevaron registró registraron cayeron
    entraron ingresaron llegaron cuentas números dato datos cifra cifras valor exacta exactamente justo
    dentro parte lo largo vía mediante medio respecto versus contra frente ambos ambas direcciones
    jornada día días semana mes año anterior pasada pasado corriente mismo misma
    número uno líder cabeza primer primero primera lugar grupo área
    platicaron chequear checar revisar averiguar conocer comparativo comparativa comparado comparada
    """
)
TOP: Final[dict[str, tuple[End, str]]] = {
    "número uno": ("high", ""),
    "(?:la )?mayoría": ("high", ""),
    "más \\w+ que nadie": ("high", ""),
    "a la cabeza": ("high", ""),
    "lideró|lidera|encabezó|encabeza": ("high", ""),
    "primer lugar": ("high", ""),
    "récord": ("high", ""),
    "último lugar": ("low", ""),
    "el máximo": ("high", ""),
    "dominó": ("high", ""),
}
