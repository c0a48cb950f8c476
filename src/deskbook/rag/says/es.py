"""Spanish."""

from __future__ import annotations

from typing import Final

from deskbook.rag.says.form import Says

PHRASES: Final = {
    # periods and values
    "all_time": "todo el período",
    "the_beginning": "el comienzo de los datos",
    "since": "desde el {first}",
    "span": "del {first} al {last}",
    "unknown_value": "desconocido",
    "not_set": "{what} sin indicar",
    "n": " (n = {n})",
    # the plan
    "read_as": "Entendido como: {parts}.",
    "by": "por {what}",
    "a_grain": "por {grain}",
    "against": "frente a {period}",
    "then": "después, para el primero: {plan}",
    "no_year": "No se indicó el año; se tomó {year}.",
    "weekday_taken": "{weekday} se entendió como {day}.",
    "day_first": "{written} se leyó como día/mes: {day}.",
    "month_first": "{written} se leyó como mes/día: {day}.",
    "no_period": "No se indicó período; se tomaron los últimos 7 días.",
    "no_period_before": "El período no tiene comienzo, así que no hay nada anterior con que compararlo.",
    "no_data_before": "No hay datos anteriores, así que no hay comparación.",
    "short_baseline": "Los datos empiezan el {day}, por eso el período de comparación dura menos de {days} días.",
    "median_taken": "Se tomó la mediana: un promedio de esperas lo deciden unas pocas muy largas.",
    "volume_taken": "No se indicó métrica; se tomó {metric}.",
    # what cannot be answered
    "no_question": "No se hizo ninguna pregunta.",
    "no_words": "En la pregunta no hay palabras.",
    "in_future": "Eso está en el futuro; se responde con lo que ha ocurrido, hasta el {day}.",
    "now": "ahora",
    "no_date": "'{written}' no es una fecha.",
    "many_periods": "Se nombraron {count} períodos; pregunte por uno o compare dos.",
    "no_metric": "No se nombra ninguna métrica, así que no hay un número con que responder.",
    "no_metric_in": "En '{words}' no se nombra ninguna métrica, así que no hay un número con que responder.",
    "unknown_word": (
        "{words} no es aquí una métrica, equipo, canal, categoría, prioridad, idioma ni fuente que se conozca."
    ),
    "unknown_words": (
        "{words} no son aquí métricas, equipos, canales, categorías, prioridades, idiomas ni fuentes que se conozcan."
    ),
    "did_you_mean": "¿Quiso decir {what}?",
    "closest_metric": "Lo más parecido es {what}.",
    "not_used": "Se pasó por alto {words}: la pregunta se leyó sin ello.",
    "leave_out": "Quítelo o use una palabra de los datos.",
    "can_ask": "Se puede preguntar por: {labels} y {more} más en el glosario.",
    "no_data": "No hay datos para {period}: los datos van del {first} al {last}.",
    "no_data_at_all": "No hay datos para {period}: todavía no se ha sincronizado nada.",
    "no_data_where": "No hay datos para {period} con {filter}.",
    "no_data_asked": "No hay datos para {period} sobre lo preguntado.",
    # figures
    "where": " con {filter}",
    "number": "{metric}{where}, {period}: {value}{n}",
    "period_before": "; {value} en el período anterior, {period} ({change}{direction})",
    "two": "{metric}{where}: {one} en {period}, frente a {two} en {other}",
    "rank_high": "{first} tiene el valor más alto de {metric}{where}, {period}: {value}{n}.",
    "rank_low": "{first} tiene el valor más bajo de {metric}{where}, {period}: {value}{n}.",
    "rank_none": "{metric} no se conoce para ningún valor de {dimension} en ese período.",
    "few": " Se basa en pocos tickets; léase con cautela.",
    "rows": "{metric} por {by}{where}, {period}: {rows}{more}.",
    "no_rows": "nada en ese período",
    "more_rows": "; {count} más",
    "series": (
        "{metric}{group}{where} por {grain}, {period}: {first} el {first_at}, {last} el {last_at} "
        "({moved}{direction}); "
        "máximo {high} el {high_at}, mínimo {low} el {low_at}."
    ),
    "of_group": " de {group}",
    "no_series": "{metric} es desconocido en todo ese período.",
    "define": (
        "{metric} ({name}, en {unit}), definición en inglés: {note} {way} "
        "Se calcula como {sql} sobre {table}; según {origin}."
    ),
    "higher": "Más alto es mejor.",
    "lower": "Más bajo es mejor.",
    "neutral": "Ni más alto ni más bajo es mejor.",
    # find
    "name_words": "Indique las palabras que busca: busca tickets sobre …",
    "found": "Tickets con '{words}'{where}, creados {when}: {count}.",
    "in_period": "en {period}",
    "at_any_time": "en cualquier momento",
    "not_quoted": "Sin citar, porque dan órdenes a quien los lee: {count}.",
    # say and summarise
    "any_form": ", en cualquier forma",
    "say": (
        "{count} de {all} mensajes de clientes{where}, {period}, contienen {rule}{form}: {share}. "
        "Están en "
        "{tickets} tickets de {customers} clientes; se leyó cada mensaje."
    ),
    "say_sampled": (
        "Cerca del {share} de {all} mensajes de clientes{where}, {period}, contienen {rule}{form} "
        "(intervalo del 95 %: {low} a {high}): {share_n} mensajes ({low_n} a {high_n}). Se leyeron {read}, tomados por "
        "día; {found} lo contenían."
    ),
    "say_meant": (
        "Contados por el sentido: {count} mensajes de {customers} clientes. Llegaron al mismo equipo en los mismos "
        "días y contienen algo de {words}, que apenas aparece en otros."
    ),
    "say_reasons": "Tickets con los motivos de contacto del mismo nombre: {parts}.",
    "topics": "{metric} por {by}{where}, con su parte: {parts}.",
    "new": "Lo que destaca frente a la comparación: {parts}.",
    "nothing_new": "Ninguna expresión destaca frente a la comparación.",
    # why
    "baseline": "Se compara con {period}.",
    "movement": "{metric}, {period}: {value}{n}",
    "movement_against": "{metric}, {period}: {value}{n}, frente a {then} en la comparación{then_n}",
    "span_as_long": ", que son {expected} para la misma duración",
    "nothing_to_measure": "{metric} es desconocido para {period}: no hay nada con que medirlo.",
    "nothing_to_compare": "Sin nada con que comparar, no se nombra ninguna causa.",
    "no_parts": "{metric} no tiene partes que se sumen, así que no se nombra ninguna causa.",
    "empty_baseline": "El período de comparación no contiene nada de {metric}, así que no hay comparación ni causa.",
    "ordinary": (
        "Para {metric} eso cabe en el azar y las diferencias habituales entre días: "
        "un período normal, así que no se nombra ninguna causa."
    ),
    "ordinary_moves": "Lo que más se movió de todos modos, nada de ello una causa: {parts}.",
    "better_not_worse": "Así que {metric} fue mejor que en la comparación, no peor.",
    "not_so": (
        "Así que {metric} se movió al revés de lo que supone la pregunta; de lo que no ocurrió no se nombra causa."
    ),
    "none_stands_out": "El movimiento supera al azar, pero ningún equipo, canal ni otro valor destaca por sí solo.",
    "drivers": (
        "Lo que más lo movió, por encima de su parte (los valores de una dimensión suman el movimiento): {parts}."
    ),
    "driver": "{label} {effect} ({now} frente a {before}{note})",
    "of": "{value} de {size}",
    "none": "nada",
    "in_whole_baseline": " en toda la comparación",
    "driver_few": ", pocos",
    "sampled": " (leído uno de cada {step})",
    "no_wording": "Ninguna expresión destaca en los {kind} de ese período frente a los de la comparación.",
    "phrase": "{label} en {count} ({share}, antes {before}{others})",
    "phrase_others": ", con '{words}'",
    "negative_messages": "mensajes negativos de clientes",
    "customer_messages": "mensajes de clientes",
    "small_effect": (
        "{metric} en conjunto cabe en el azar y las diferencias habituales entre días; aun así, lo siguiente "
        "destaca por sí solo."
    ),
    "causes": ("Causas, según lo que destaca en {count} {kind} frente a {others} de la comparación{sampled}: {parts}."),
    "everything_else": "todo lo demás {effect} (las partes suman el movimiento)",
    "without": "Sin {label}, {metric} sería {value}.",
    "nothing_to_quote": "No hay ningún mensaje de cliente que citar.",
    "passages": "Pasajes de {period}: {count}, cada uno de un mensaje.",
    "copies": "Vistos solo una o dos veces, porque las mismas palabras llegaron muchas veces: {count} copias.",
    "hostile": "Fuera del análisis y de las citas, porque dan órdenes a quien los lee: {count} de los mensajes.",
}

LABELS: Final = {
    "Tickets created": "Tickets creados", "Tickets solved": "Tickets resueltos",
    "Tickets reopened": "Tickets reabiertos",
    "Reopened": "Reabiertos", "Open backlog": "Tickets abiertos", "First reply": "Primera respuesta",
    "Next reply": "Siguiente respuesta", "Resolution time": "Tiempo de resolución", "Solve time": "Tiempo de solución",
    "Handling time": "Tiempo de gestión", "Total reply time": "Tiempo total de respuesta",
    "Requester wait": "Espera del cliente", "median": "mediana", "90th percentile": "percentil 90",
    "10th percentile": "percentil 10", "25th percentile": "percentil 25", "75th percentile": "percentil 75",
    "99th percentile": "percentil 99", "business": "horario laboral",
    "First reply within target": "Primera respuesta dentro del objetivo", "Negative messages": "Mensajes negativos",
    "Sentiment": "Sentimiento", "mean": "media", "Messages": "Mensajes",
    "Messages from customers": "Mensajes de clientes",
    "Replies sent": "Respuestas enviadas", "CSAT response rate": "Tasa de respuesta de CSAT",
    "Promises kept": "Compromisos cumplidos", "Promises broken": "Compromisos incumplidos",
    "Still without a reply": "Aún sin respuesta", "Customers": "Clientes", "Agents": "Agentes", "Overdue": "Vencidos",
    "Replies per ticket": "Respuestas por ticket", "Unassigned and unsolved": "Sin asignar y sin resolver",
    "First-contact resolution": "Resolución en el primer contacto",
}  # fmt: skip

SAYS: Final = Says(
    code="es",
    phrases=PHRASES,
    labels=LABELS,
    dimensions={
        "team": "Equipo", "channel": "Canal", "priority": "Prioridad", "category": "Motivo de contacto",
        "agent": "Agente", "language": "Idioma", "source": "Fuente", "segment": "Segmento", "status": "Estado",
        "tag": "Etiqueta", "sentiment": "Sentimiento", "weekday": "Día de la semana", "hour_of_day": "Hora del día",
        "day": "Día", "week": "Semana", "month": "Mes", "quarter": "Trimestre", "hour": "Hora", "role": "Autor",
    },
    units={
        "messages": ("mensaje", "mensajes"), "tickets": ("ticket", "tickets"), "pct points": ("puntos", "puntos"),
        "points": ("puntos", "puntos"), "replies": ("respuesta", "respuestas"), "answers": ("respuesta", "respuestas"),
        "promises": ("compromiso", "compromisos"), "customers": ("cliente", "clientes"), "agents": ("agente",
        "agentes"),
    },
    names={
        "number": "número", "compare": "comparación", "trend": "evolución", "rank": "clasificación", "why": "por qué",
        "find": "búsqueda", "say": "cuántos lo dicen", "summarise": "resumen", "define": "definición",
        "hour": "hora", "day": "día", "week": "semana", "month": "mes", "quarter": "trimestre",
        "better": "mejor", "worse": "peor", "and": "y", "or": "o", "not": "no",
        "op =": "es", "op in": "es", "op !=": "no es", "op not in": "no es", "op contains": "contiene",
        "op not contains": "no contiene", "op null": "no está indicado", "op not null": "está indicado",
    },
)  # fmt: skip
