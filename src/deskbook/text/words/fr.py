"""French; apostrophes part words, so phrases are written without them."""

from __future__ import annotations

WORDS: dict[float, str] = {
    -3.2: """
        inacceptable, inacceptables, inadmissible, arnaque, arnaques, arnaqueurs, arnaqué~, escroquerie, escrocs,
        escroc, voleurs, voleur, honte, honteux, honteuse, scandaleux, scandaleuse, scandale, catastrophe,
        catastrophique, merde, merdique, dégueulasse, horrible, horribles, déteste, détester, haine, hais, plus jamais,
        foutage de gueule, ignoble, atroce, immonde, écoeurant, putain, connard, connards, salaud, mort, morts, tué~
    """,
    -2.6: """
        terrible, terribles, affreux, affreuse, lamentable, lamentables, pitoyable, furieux, furieuse, scandalisé~,
        inutile, inutiles, nul, nulle, nuls, nulles, incompétent~, incompétence, ridicule, cauchemar, ras le bol, marre,
        en ai marre, se moquer de nous, moque de moi, perte de temps, mensonge, mensonges, menteurs, menteur, mentir,
        colère, idiot, idiots, débile, débiles, stupide, imbécile, con, conne, cons, foutu~, chier, fait chier, saoule,
        gueule, insupportable, avocat, volé~, pire, pires
    """,
    -2.1: """
        mauvais, mauvaise, mauvaises, cassé~, défectueux, défectueuse, endommagé~, abîmé~, énervé~, énerve, énervant,
        agaçant, déçu~, décevant, décevante, déception, frustré~, frustrant, mécontent~, impoli~, désagréable,
        désagréables, ne marche pas, marche pas, ne marche plus, marche plus, ne fonctionne pas, fonctionne pas, ne
        fonctionne plus, fonctionne plus, ne fonctionne toujours pas, ne charge pas, bug, bugs, bugue, beugue, plante,
        ne répond pas, répond pas, ne répondent pas, aucune réponse, pas de réponse, sans réponse, personne ne répond,
        toujours rien, toujours pas, pas reçu, jamais reçu, jamais arrivé, pas arrivé, pas livré, débité deux fois,
        prélevé deux fois, facturé deux fois, ignoré~, attends toujours, attend toujours, triste, tristes, tristesse,
        peur, pleure, pleurer, douleur, souffre, souffrance, mal, sale, sales, moche, moches
    """,
    -1.5: """
        problème, problèmes, erreur, erreurs, panne, pannes, coupure, coupures, retard, retards, retardé~, lent, lente,
        lents, lenteur, bloqué~, attente, attends, attendre, attendu, plainte, plaindre, réclamation, litige,
        compliqué~, confus, confuse, cher, chère, faux, fausse, incorrect~, perdu~, perdre, perd, manque, manquant~,
        refusé~, refus, refuse, annulé~, résilier, malheureusement, hélas, dommage, impossible, difficile, ennui,
        ennuyeux, fatigué~, malade, inquiet, inquiète, crise, faute, échec, souci, soucis, grave, danger, encore une
        fois, depuis des semaines, depuis des jours, relance, désolé~, pauvre, bizarre,
        pas terrible, pas top, suspendu~, dégât, faible
    """,
    -0.7: """
        remboursement, rembourser, résiliation, annulation, urgent, urgente, annuler
    """,
    0.8: """
        merci, ok, bien, espère, espérons, oui, volontiers, daccord
    """,
    1.7: """
        bon, bonne, bons, bonnes, résolu~, réglé~, réparé~, corrigé~, remarche, refonctionne, fonctionne bien, marche
        bien, fonctionne de nouveau, rapide, rapides, rapidement, rapidité, aimable, aimables, utile, utiles, efficace,
        efficaces, facile, content~, satisfait~, agréable, sympa, sympathique, gentil~, gentille, professionnel~,
        sérieux, ponctuel~, joli~, jolie, cool, drôle, drôles, intéressant~, réussi~, réussite, pas de souci, pas de
        problème, aucun problème, aucun souci, bienvenue, courage, mdr, plaisir, aime bien, pas mal, sourire, chance,
        reconnaissant~, rassuré~
    """,
    2.4: """
        super, génial~, géniale, géniaux, top, merci beaucoup, grand merci, mille mercis, très bien, mieux, meilleur~,
        heureux, heureuse, ravi~, félicitations, bravo, recommande, impressionnant~, beau, belle, beaux, belles, aime,
        adore bien, joie, fier, fière, chouette, victoire, gagné~, gagner, content de, impeccable, nickel, chapeau,
        rire, amour
    """,
    3.1: """
        excellent~, excellente, excellents, fantastique, parfait~, merveilleux, merveilleuse, magnifique, magnifiques,
        formidable, exceptionnel~, adore, adoré, le meilleur, la meilleure, les meilleurs, incroyable, extraordinaire,
        sublime, superbe, superbes, kiffe
    """,
}
NEGATIONS = "pas, jamais, aucun, aucune, sans, ni, plus du tout, guère, nullement"
BOOSTERS = """
    très, trop, tellement, vraiment, totalement, absolument, complètement, extrêmement, super bien, hyper, si, tant,
    fort, particulièrement, carrément, entièrement, franchement
"""
DAMPENERS = "peu, un peu, presque, assez, plutôt, moins, légèrement, quasi"
CONTRASTS = "mais, cependant, pourtant, toutefois"
ENDINGS: tuple[str, ...] = ("", "e", "s", "es")
