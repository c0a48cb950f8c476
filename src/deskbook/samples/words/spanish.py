"""Spanish turns and wordings of every contact reason."""

from __future__ import annotations

from deskbook.samples.words.form import read_words

WORDS = read_words(
    """
[voice]
hello: Hola,
hello: Buenos días,
hello: Buenas tardes,
hello: Estimado equipo de Northlight,
hi: Hola!
hi: Buenas,
hi: Hola, una pregunta:
opener: Espero que me puedan ayudar.
opener: No he encontrado nada en el centro de ayuda.
opener: Escribo de parte de {company}.
opener: Ya llamé por teléfono el {date}.
extra: Uso la aplicación en un {device}.
extra: Mi cuenta está a nombre de {email}.
extra: Me pueden llamar al {phone} hasta las {hour}.
extra: Adjunto una foto.
past: Me di cuenta el {date}.
extra: Tengo el plan {plan}.
angry: Esto es inaceptable.
angry: Estoy muy enfadado y decepcionado.
angry: Es el peor servicio que he tenido en años.
angry: Si no se arregla hoy, lo cancelo todo.
polite: Por lo demás estoy muy contento con ustedes.
polite: ¡Muchas gracias, siempre son muy amables!
mixed: El producto es precioso, la gestión es un desastre.
mixed: Qué bien, la tercera vez este año.
bye: Un saludo,
bye: Saludos cordiales,
bye: Muchas gracias,
bye: Gracias de antemano,
sign: {name}
sign: {fullname}
sign: {fullname}\\n{company}, {city}
sign: {name}\\n\\nEnviado desde mi {device}
form: Pedido: {order}\\nProducto: {product}
form: Correo: {email}\\nTeléfono: {phone}
call: [Llamada, {now}]\\nCliente:
call: [Buzón de voz, {phone}]
social: @NorthlightCare
social: Hola @NorthlightCare,
tail: #northlight
tail: 😡
tail: ¿A alguien más le pasa?
info: El número de pedido es {order}, del {date}.
info: Siempre sale el error {code}, en un {device}.
info: La tarjeta termina en {card}, el importe era {amount}.
info: Lo acabo de probar y sigue igual.
info: Sí, la cuenta {email} es correcta.
chase: ¿Hay alguna novedad?
chase: Llevo {days} días esperando una respuesta.
chase: ¿Alguien puede mirar el caso {ticket}?
furious: ¡Sigo sin respuesta! Es una vergüenza.
furious: Eso no me sirve de nada, estoy muy molesto.
thanks: ¡Muchas gracias, ya funciona!
thanks: Perfecto, gracias por la rapidez.
thanks: Todo resuelto, gracias {agent}.
still: Lo siento, el problema ha vuelto desde las {time}.
still: Cerraron el caso, pero nada ha cambiado.
still: Todavía no he recibido {amount}, revísenlo por favor.
ack: Gracias por escribirnos. Hemos recibido su consulta {ticket}.
ack: Hola, soy Lumi, la asistente virtual. Le paso con el equipo de {team}.
agent_hello: Hola {name},
agent_hello: Estimado/a {fullname},
agent_hi: Hola {name}, soy {agent}.
agent_open: Gracias por su mensaje.
agent_open: Gracias por ponerse en contacto con nosotros.
agent_sorry: Siento mucho las molestias.
agent_sorry: Entiendo su enfado y le pido disculpas.
agent_ask: ¿Me puede indicar el número de pedido y la fecha de compra?
agent_ask: ¿Nos puede enviar una foto o una captura de pantalla?
agent_more: Gracias. Lo he pasado a un compañero y le respondo en {days} días.
agent_more: Lo estoy aclarando con el departamento responsable.
agent_more: Gracias por los datos, voy a revisar {order} otra vez.
agent_done: Ya está hecho. Escríbanos si necesita algo más.
agent_done: Cierro el caso; puede responder cuando quiera.
agent_next: ¿Puedo ayudarle en algo más?
agent_next: Recibirá la confirmación en {email}.
agent_bye: Un saludo,\\n{agent}\\nNorthlight {team}
agent_bye: Saludos cordiales,\\n{agent}
wrote: El {stamp}, {fullname} escribió:
wrote_us: El {answered}, {agent} (Northlight) escribió:
mark: RE:
mark: RV:
mark: URGENTE:
touch: Conversación con {name}
direct: Mensaje directo de {name}
ring: Llamada de {phone}
good: Rápido y amable, ¡gracias!
good: {agent} fue excelente.
bad: Tardaron demasiado.
bad: No resolvieron mi problema, muy decepcionante.
[refund]
subject: Reembolso del pedido {order}
subject: ¿Dónde está mi dinero?
says: Devolví el {product} el {date} y sigo esperando el reembolso.
says: Quiero devolver el pedido {order} y recuperar mi dinero.
says: El reembolso de {amount} todavía no ha llegado a mi cuenta.
detail: Pagué con la tarjeta que termina en {card}.
detail: Según su página tarda {days} días.
ask: ¿Cuándo recibiré el dinero?
ask: Por favor, revisen el estado del reembolso.
answer: He tramitado el reembolso de {amount}; llegará en {days} días.
answer: Su devolución ha llegado y el reembolso de {order} está en camino.
[double_charge]
subject: Cobro doble, {order}
subject: Dos cargos de {amount}
says: Me han cobrado dos veces el pedido {order}.
says: En mi extracto del {date} hay dos cargos de {amount}.
says: La página de pago se quedó bloqueada y ahora he pagado doble.
detail: La tarjeta termina en {card}.
detail: Solo recibí una confirmación.
ask: Devuélvanme uno de los dos, por favor.
ask: ¿Cuál de los dos es válido?
answer: Tiene razón, era un cargo duplicado. He devuelto {amount}.
answer: El segundo es solo una retención y desaparece en {days} días.
[invoice]
subject: Factura de {order}
subject: Copia de la factura {invoice}
says: Necesito una copia de la factura del pedido {order}.
says: A nuestra contabilidad le falta la factura {invoice}.
says: La factura tiene mal el nombre de la empresa.
detail: Lo correcto es {company}, {city}.
detail: La necesitamos para el trimestre.
ask: ¿Me la pueden enviar en PDF a {email}?
ask: Corríjanla, por favor.
answer: Le adjunto la factura {invoice} corregida.
answer: Todas las facturas están en Cuenta, Facturación, Documentos.
[late_delivery]
subject: ¿Dónde está mi pedido {order}?
subject: Entrega con retraso
says: Mi pedido {order} debía llegar el {date} y no ha llegado.
says: El envío {tracking} no se mueve desde hace {days} días.
says: Sigo esperando mi {product}.
says: El paquete figura como entregado, pero aquí no hay nada.
detail: La dirección es en {city}.
detail: Es un regalo de cumpleaños.
ask: ¿Cuándo va a llegar?
ask: Averigüen dónde está, por favor.
answer: He abierto una reclamación con el transportista por {tracking}.
answer: El paquete estaba parado en {city} y ya se mueve.
[damaged_item]
subject: {product} llegó roto
subject: Producto dañado, {order}
says: Mi {product} llegó dañado.
says: La caja venía aplastada y el aparato está roto.
says: El {product} del pedido {order} no enciende.
detail: Adjunto dos fotos.
detail: Llegó el {date}.
ask: Quiero que me envíen otro.
ask: ¿Cómo lo devuelvo?
answer: He pedido un {product} nuevo; no hace falta que devuelva el otro.
answer: Gracias por las fotos, he aprobado un reembolso de {amount}.
[cancellation]
subject: Cancelar mi suscripción
subject: Baja del plan {plan}
says: Quiero cancelar mi suscripción {plan}.
says: Cancelé el {date} y me han vuelto a cobrar {amount}.
says: No encuentro el botón para darme de baja.
detail: La cuenta es {email}.
detail: Casi no lo usamos.
ask: Confirmen la baja por escrito, por favor.
ask: ¿Hay un plazo de aviso?
answer: Su suscripción termina con este periodo y no se cobrará nada más.
answer: La he cancelado y he devuelto {amount}.
[wrong_item]
subject: Artículo equivocado, {order}
subject: No es lo que pedí
says: Pedí un {product} y me ha llegado otra cosa.
says: En el paquete de {order} hay un artículo que no es mío.
detail: La etiqueta dice {tracking}.
detail: La confirmación del {date} es correcta.
ask: Envíen el correcto, por favor.
ask: ¿Qué hago con el equivocado?
answer: El {product} correcto va en camino con {tracking}.
answer: Puede devolver el otro sin coste.
[login]
subject: No puedo entrar
subject: El código no funciona
says: No puedo entrar en mi cuenta.
says: El código de verificación siempre es rechazado.
says: Después de la contraseña solo veo el error {code}.
says: Mi cuenta {email} está bloqueada desde el {date}.
detail: He probado con {browser} y con la aplicación.
detail: Los códigos de respaldo tampoco funcionan.
ask: Desbloqueen la cuenta, por favor.
ask: ¿Qué puedo hacer?
answer: He restablecido el segundo factor.
answer: La cuenta estaba bloqueada y ya está abierta.
[password_reset]
subject: Olvidé mi contraseña
subject: No llega el correo
says: Olvidé mi contraseña y el correo no llega.
says: El enlace dice que ha caducado.
says: No puedo poner una contraseña nueva, sale {code}.
detail: La dirección es {email}.
detail: Tampoco está en el spam.
ask: ¿Me envían otro enlace?
ask: ¿Cuánto tiempo vale el enlace?
answer: He enviado un enlace nuevo a {email}; vale una hora.
answer: Use al menos doce caracteres, por favor.
[app_crash]
subject: La aplicación se cierra
subject: Error {code} en la aplicación
says: La aplicación Harbor se cierra al abrirla.
says: Desde la versión {version} la aplicación se cierra sola.
says: La pantalla se queda en blanco en mi {device}.
detail: Ya la he reinstalado.
detail: Funcionaba hasta el {date}.
ask: ¿Hay alguna solución?
ask: ¿Cuándo sale la próxima versión?
answer: Es un fallo conocido de la {version}; instale la actualización.
answer: Vacíe la memoria caché y abra la aplicación de nuevo.
[api_error]
subject: La API devuelve {code}
subject: Integración caída
says: Nuestra integración recibe {code} de su API.
says: El webhook del {product} no llega desde el {date}.
says: La clave de API de {company} es rechazada.
detail: La petición es {tracking}.
detail: Con la clave antigua funciona.
ask: ¿Es un problema conocido?
ask: ¿Puede mirarlo un técnico?
answer: He encontrado la petición {tracking}; faltaba un permiso.
answer: El webhook estaba en pausa y ya funciona.
[device_offline]
subject: {product} sin conexión
subject: No se conecta al wifi
says: Mi {product} está sin conexión y no vuelve.
says: El {product} ya no se conecta al wifi.
says: La luz parpadea en rojo desde el {date}.
detail: El router está a dos metros.
detail: Ya lo he restablecido de fábrica.
ask: ¿Qué más puedo probar?
ask: ¿Está roto el aparato?
answer: Mantenga el botón diez segundos y añádalo de nuevo.
answer: El aparato está averiado, he pedido el cambio.
[upgrade]
subject: Pregunta sobre precios
subject: Presupuesto para {company}
says: Queremos pasar de {plan} a un plan mayor.
says: ¿Cuánto cuesta Pro para veinte personas?
says: ¿Hay descuento para escuelas?
detail: Somos unas cuarenta personas.
detail: Nuestro presupuesto es de {amount} al mes.
ask: Envíenme una oferta, por favor.
ask: ¿Qué nos recomiendan?
answer: Le adjunto una oferta de {amount}, válida 30 días.
answer: Puede cambiar cuando quiera y solo paga la diferencia.
[privacy]
subject: Mis datos personales
subject: Borrar mi cuenta
says: Envíenme todos los datos que tienen sobre mí.
says: Quiero que borren mi cuenta y todos mis datos.
says: ¿Dónde se guardan las grabaciones del {product}?
detail: Es una solicitud según el artículo 15 del RGPD.
detail: La cuenta es {email}.
ask: Confirmen el borrado, por favor.
ask: ¿Quién es el responsable de datos?
answer: La exportación está lista, el enlace va a {email}.
answer: La cuenta se borrará en {days} días.
[feature_request]
subject: Idea para la aplicación
subject: Sugerencia
says: Sería genial que el {product} tuviera un temporizador.
says: ¿Podrían añadir un modo oscuro?
says: Echo de menos un informe semanal del {product}.
detail: Otras marcas ya lo tienen.
detail: Lo usaría todos los días.
ask: ¿Está previsto algo así?
ask: Pásenlo a los desarrolladores, por favor.
answer: Gracias por la idea, he anotado su voto.
answer: Está previsto para la próxima versión.
[onboarding]
subject: Ayuda con la instalación
subject: Primeros pasos con {product}
says: Acabo de comprar el {product} y necesito ayuda para instalarlo.
says: ¿Cómo añado una segunda casa?
says: Somos nuevos y queremos una formación para {company}.
detail: Uso un {device}.
detail: Es un piso de cuatro habitaciones.
ask: ¿Hay algún vídeo?
ask: ¿Cuál es el primer paso?
answer: Abra Ajustes, Casas, Añadir, por favor.
answer: La cita está reservada, la invitación va a {email}.
[praise]
subject: ¡Muchas gracias!
subject: Felicidades a {agent}
says: Solo quería dar las gracias, {agent} fue fantástico.
says: Me encanta mi nuevo {product}, funciona de maravilla.
says: ¡Qué servicio tan bueno, el cambio llegó al día siguiente!
detail: Toda la familia está encantada.
detail: Los recomendaré en {city}.
ask: ¡Sigan así!
ask: No hace falta responder.
answer: Muchas gracias por sus palabras, se las paso al equipo.
answer: Nos alegra mucho, ¡disfrute de su {product}!
"""
)
