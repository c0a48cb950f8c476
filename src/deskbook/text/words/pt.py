"""Portuguese, European and Brazilian."""

from __future__ import annotations

WORDS: dict[float, str] = {
    -3.2: """
        inaceitável, inaceitáveis, golpe, fraude, roubo, roubad~, ladrão, ladrões, vergonha, vergonhos~, absurdo,
        absurda, nojo, nojent~, odeio, odeia, odiei, ódio, péssim~, horrível, horríveis, merda, porcaria, nunca mais,
        enganad~, enganação, estelionato, desgraça, lixo, catástrofe, desastre, morte, morreu, mort~, estelionatário,
        caloteir~
    """,
    -2.6: """
        terrível, terríveis, inútil, inúteis, furios~, indignad~, revoltad~, revoltante, ridícul~, incompetente,
        incompetentes, pesadelo, palhaçada, descaso, falta de respeito, desrespeito, não serve, não presta, não resolve
        nada, perda de tempo, mentira, mentiras, mentiros~, mentem, grosseir~, mal educado, mal educada, idiota,
        idiotas, imbecil, burr~, estúpid~, maldit~, porra, caralho, raiva, procon, processar, processo contra, cansei,
        pior, piores, lamentável
    """,
    -2.1: """
        ruim, ruins, mau, má, maus, quebrad~, defeituos~, defeito, danificad~, estragad~, irritad~, irritante, chatead~,
        chato, chata, decepcionad~, decepcionante, decepção, frustrad~, frustrante, insatisfeit~, não funciona, não está
        funcionando, não funcionam, não tá funcionando, parou de funcionar, continua sem funcionar, não abre, não
        carrega, não consigo acessar, não consigo entrar, não respondem, ninguém responde, ninguém resolve, não
        resolvem, sem resposta, nenhuma resposta, sem retorno, nenhum retorno, não chegou, nunca chegou, não recebi, não
        foi entregue, cobrado duas vezes, cobrança dupla, cobrança indevida, cobraram duas vezes, cobrado a mais,
        ignorad~, ignoram, ainda não, continuo esperando, estou esperando, continuo à espera, triste, tristes, tristeza,
        chorar, chorando, choro, medo, dor, dói, fei~, mal
    """,
    -1.5: """
        problema, problemas, erro, erros, falha, falhas, falhou, travando, trava, travad~, caiu, queda, bloquead~,
        lent~, lentidão, atraso, atrasos, atrasad~, demora, demorad~, demorou, demorando, reclamação, reclamações,
        reclamar, queixa, espera, esperando, espero há, confus~, complicad~, incorret~, errad~, perdid~, perder, perdi,
        falta, faltando, recusad~, cancelad~, cansad~, difícil, culpa, preocupad~, infelizmente, de novo, outra vez, há
        semanas, há dias, doente, saudade, pobre, crise, perigo, suspens~, avaria, sozinh~, sofrer, sofrendo, caro,
        caros, que pena
    """,
    -0.7: """
        reembolso, estorno, devolução, cancelar, cancelamento, urgente, novamente
    """,
    0.8: """
        obrigado, obrigada, ok, bem, espero, tomara, sim, claro, certo, valeu, grat~
    """,
    1.7: """
        bom, boa, bons, boas, resolvid~, solucionad~, consertad~, arrumad~, voltou a funcionar, já funciona, funcionou,
        funciona bem, funciona perfeitamente, rápid~, rapidamente, rapidez, gentil, gentis, atencios~, útil, úteis,
        eficiente, eficaz, fácil, contente, satisfeit~, simpátic~, educad~, pontual, sem problemas, sem problema, nenhum
        problema, agradável, agradeço, agradecid~, bonit~, lind~, fof~, divertid~, engraçad~, interessante, sucesso,
        bem-vind~, gosto, gostei, gostou, gostar, legal, legais, top, bacana, risos, sorte, kkkk
    """,
    2.4: """
        ótim~, muito obrigado, muito obrigada, muito bom, muito bem, muito boa, melhor, melhores, feliz, felizes,
        felicidade, parabéns, alegria, recomendo, impressionad~, impressionante, orgulho, orgulhos~, vitória, ganhar,
        ganhei, querid~, sorriso, show, nota dez, abraço, abraços
    """,
    3.1: """
        excelente, excelentes, fantástic~, perfeit~, maravilhos~, incrível, incríveis, espetacular, magnífic~, adoro,
        adorei, amo, amei, ama, amor, o melhor, a melhor, os melhores, fenomenal, brilhante, extraordinári~,
        sensacional, nota 10, impecável
    """,
}
NEGATIONS = "não, nunca, jamais, nem, sem, tampouco, nenhum, nenhuma, n, ñ"
BOOSTERS = """
    muito, muita, muitos, tão, super, totalmente, absolutamente, completamente, realmente, extremamente, demais,
    bastante, tanto, mais, verdadeiramente, mega, bem mais, bué
"""
DAMPENERS = "pouco, um pouco, quase, meio, menos, algo, relativamente, apenas"
CONTRASTS = "mas, porém, contudo, entretanto"
ENDINGS: tuple[str, ...] = ("o", "a", "os", "as")
