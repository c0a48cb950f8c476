"""Spanish."""

from __future__ import annotations

WORDS: dict[float, str] = {
    -3.2: """
        inaceptable, inaceptables, estafa, estafador~, estafado, estafada, estafan, fraude, robo, ladrones, ladrón,
        vergüenza, vergonzos~, indignante, asco, asqueros~, odio, odia, odian, pésim~, horrible, horribles, mierda, puta
        mierda, nunca más, timo, timadores, sinvergüenzas, sinvergüenza, cabron, cabrones, nefast~, desastre,
        catástrofe, muerte, murió, muert~
    """,
    -2.6: """
        terrible, terribles, inútil, inútiles, furios~, indignad~, hart~, fatal, lamentable, lamentables, ridícul~,
        incompetente, incompetentes, pesadilla, tomadura de pelo, no sirve, no sirven, no sirve para nada, pérdida de
        tiempo, una burla, me han cobrado dos veces, mentira, mentiras, mentiros~, mienten, grosero, grosera,
        maleducad~, imbécil, imbéciles, idiota, idiotas, estúpid~, tont~, maldit~, joder, coño, denuncia, denunciar,
        basta ya, ya basta, inadmisible
    """,
    -2.1: """
        mal~, peor, peores, mal, roto, defectuos~, dañad~, averiad~, enfadad~, enojad~, molest~, decepcionad~,
        decepcionante, decepción, frustrad~, frustrante, no funciona, no funcionan, no me funciona, sigue sin funcionar,
        no anda, no carga, no abre, no puedo entrar, no puedo acceder, no responden, nadie responde, nadie contesta, no
        contestan, sin respuesta, ninguna respuesta, no ha llegado, no llegó, no llega, nunca llegó, no he recibido, no
        recibí, cobrado dos veces, cobro doble, doble cobro, cobraron dos veces, cobrado de más, ignoran, ignorad~, dejó
        de funcionar, sigo esperando, todavía espero, llevo esperando, llevo semanas, llevo días, triste, tristes,
        tristeza, llorar, lloro, miedo, dolor, duele, fe~
    """,
    -1.5: """
        problema, problemas, error, errores, fallo, fallos, falla, fallas, fallando, avería, caíd~, caída, bloquead~,
        lent~, lentitud, retraso, retrasos, retrasad~, demora, demoras, tarda, tardan, tarde, queja, quejas,
        reclamación, reclamo, reclamar, quejarme, espera, esperando, confus~, complicad~, incorrect~, equivocad~,
        perdid~, perder, pierdo, falta, faltan, rechazad~, cancelad~, cansad~, difícil, cuesta, culpa, preocupad~,
        preocupa, desgraciadamente, lamentablemente, por desgracia, pobre, aburrid~, enferm~, ojalá no, otra vez,
        crisis, daño, suspendid~, peligro, extraño, caro, caros, carísim~
    """,
    -0.7: """
        reembolso, devolución, cancelar, urgente, de nuevo, darme de baja, baja
    """,
    0.8: """
        gracias, ok, vale, bien, espero, ojalá, sí, claro, de acuerdo, saludos
    """,
    1.7: """
        buen~, buen, resuelt~, solucionad~, arreglad~, ya funciona, funciona bien, funciona de nuevo, funciona
        perfectamente, rápid~, rápidamente, amable, amables, útil, útiles, eficiente, eficaz, fácil, content~,
        satisfech~, cómod~, atent~, puntual, sin problemas, ningún problema, agradable, agradecid~, agradezco, bonit~,
        lind~, guap~, divertid~, interesante, éxito, ánimo, bienvenid~, me gusta, gusta, gustan, gustó, mola, risa,
        jajaja, jajajaja, suerte, tranquil~, listo
    """,
    2.4: """
        genial, geniales, muchas gracias, mil gracias, muchísimas gracias, muy bien, mejor, mejores, feliz, felices,
        felicidades, felicidad, enhorabuena, alegría, alegre, alegro, recomiendo, recomendable, impresionante, preciosa,
        precioso, hermos~, estupend~, orgullos~, gran, grande, ganar, ganado, victoria, disfrutar, disfruto, te quiero,
        querid~, sonrisa, ilusión
    """,
    3.1: """
        excelente, excelentes, fantástic~, perfect~, maravillos~, increíble, increíbles, espectacular, magnífic~,
        encanta, encantan, encantó, encantad~, amo, amor, el mejor, la mejor, los mejores, fenomenal, brillante,
        extraordinari~, me encanta, amé
    """,
}
NEGATIONS = "no, nunca, jamás, ni, sin, tampoco, ningún, ninguna, ninguno"
BOOSTERS = """
    muy, tan, súper, super, totalmente, absolutamente, completamente, realmente, extremadamente, demasiado,
    bastante, tanto, mucho, mucha, muchos, más, bien de, verdaderamente, increíblemente
"""
DAMPENERS = "poco, un poco, algo, casi, apenas, medio, menos, relativamente"
CONTRASTS = "pero, sino, aunque"
ENDINGS: tuple[str, ...] = ("o", "a", "os", "as")
