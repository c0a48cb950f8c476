"""German."""

from __future__ import annotations

WORDS: dict[float, str] = {
    -3.2: """
        inakzeptabel~, betrug, betrüger, betrogen, abzocke, abgezockt, abzocker, unverschämt~, unverschämtheit,
        frechheit, katastrophe, katastrophal~, skandal, skandalös~, saftladen, unterirdisch~, widerlich~, ekelhaft~,
        hass, hasse, hasst, scheiße, scheiss, scheiß, beschissen~, verarscht, verarsche, arschloch, nie wieder, zum
        kotzen, kotzt, grauenhaft~, grauenvoll~, abscheulich~, sauerei, drecksladen, terror, tot, tote, mord, krieg
    """,
    -2.6: """
        furchtbar~, schrecklich~, miserabel, unzumutbar~, wütend~, wut, stinksauer, nutzlos~, unbrauchbar~, wertlos~,
        dreist~, lächerlich~, peinlich~, inkompetent~, unfähig~, horror, alptraum, albtraum, geht gar nicht, das letzte,
        reicht mir, platzt der kragen, zeitverschwendung, mies~, übel, fies~, scheußlich~, lügen, lügt, lügner, gelogen,
        idiot, idioten, dumm~, blöd~, verdammt, gestohlen, geklaut, anwalt
    """,
    -2.1: """
        kaputt~, defekt~, schlecht~, schlechter, ärgerlich~, ärger, ärgert, geärgert, sauer, genervt, nervt, nervig~,
        nerven, enttäuscht~, enttäuschend~, enttäuschung, frustriert, frustrierend~, unfreundlich~, unhöflich~,
        unzuverlässig~, unseriös~, beschädigt~, funktioniert nicht, funktioniert immer noch nicht, funktioniert gar
        nicht, funktioniert leider nicht, funktioniert nichts, geht nicht, geht immer noch nicht, geht nichts, geht
        nicht mehr, klappt nicht, läuft nicht, nicht funktioniert, nicht erreichbar, nicht möglich, keine antwort, keine
        reaktion, keine rückmeldung, keine hilfe, niemand antwortet, nicht zugestellt, nie angekommen, nicht angekommen,
        nicht geliefert, nicht erhalten, immer noch nicht, noch immer nicht, immer noch keine, doppelt abgebucht,
        zweimal abgebucht, zu viel berechnet, ignoriert, hingehalten, ausfall, totalausfall, mangelhaft~, schlimm~,
        schlimmer, hässlich~, traurig~, angst, schmerz, schmerzen, weinen, heulen, schande, schade um
    """,
    -1.5: """
        problem, probleme, problemen, fehler, fehlerhaft~, fehlermeldung, störung, störungen, absturz, abgestürzt,
        stürzt, verspätet~, verspätung, verzögerung, verzögert, falsch~, reklamation, beschwerde, beschweren, mahnung,
        warte, wartezeit, warteschleife, gewartet, langsam~, ewig, umständlich~, kompliziert~, teuer, überteuert~,
        schwach~, leider, unklar~, verwirrend~, verwirrt, verloren, verlieren, fehlt, fehlen, gesperrt, abgelehnt,
        verweigert, gekündigt, kündige, kündigen, mangel, mängel, schaden, stress, müde, krank~, langweilig~, schade,
        sorge, sorgen, schuld, ohne vorwarnung, immer noch, schon wieder, seit wochen, seit tagen, vergeblich, sinnlos~,
        kritik, verletzt~, gefährlich~
    """,
    -0.7: """
        kündigung, rückerstattung, erstattung, dringend~, erneut, storno, stornieren, stornierung
    """,
    0.8: """
        danke, dank, bedanke, ok, okay, gerne, gern, in ordnung, hoffe, hoffentlich, ja, klar, viel erfolg
    """,
    1.7: """
        gut~, schnell~, zügig~, gelöst, behoben, erledigt, geklärt, repariert, funktioniert wieder, geht wieder, läuft
        wieder, klappt wieder, klappt jetzt, funktioniert jetzt, hilfreich~, freundlich~, nett~, höflich~, kompetent~,
        zuverlässig~, unkompliziert~, problemlos~, reibungslos~, pünktlich~, schön~, zufrieden~, angenehm~, erleichtert,
        kein problem, keine probleme, super schnell, geholfen, lustig~, interessant~, cool~, witzig~, positiv~, richtig
        gut, erfolg, erfolgreich~, sympathisch~, lecker~, hübsch~, süß~, willkommen, glückwunsch, freut, spaß, einfach
        und schnell
    """,
    2.4: """
        super, toll~, klasse, prima, spitze, vielen dank, herzlichen dank, danke schön, dankeschön, tausend dank, sehr
        gut, freue, freude, freuen, glücklich~, froh~, empfehle, empfehlenswert~, weiterempfehlen, beeindruckt, besser,
        lieb~, mag, lob, genial~, geil~, stolz~, gewonnen, sieg, geliebt, lache, lachen, gefällt
    """,
    3.1: """
        hervorragend~, ausgezeichnet~, großartig~, fantastisch~, perfekt~, wunderbar~, exzellent~, begeistert,
        traumhaft~, liebe, liebt, lieben, beste, bester, besten, bestes, wunderschön~, weltklasse, sensationell~,
        phänomenal~, hammer, mega gut
    """,
}
NEGATIONS = """
    nicht, kein, keine, keinen, keinem, keiner, keines, nie, niemals, nichts, ohne, weder, kaum, nirgends, nix, nich
"""
BOOSTERS = """
    sehr, so, total, extrem, absolut, völlig, wirklich, richtig, echt, besonders, unglaublich, komplett, ziemlich,
    voll, höchst, überaus, mega, einfach nur, äußerst, sowas von, viel
"""
DAMPENERS = "etwas, bisschen, ein bisschen, wenig, fast, eher, teilweise, halbwegs, ein wenig, relativ"
CONTRASTS = "aber, jedoch, allerdings"
ENDINGS: tuple[str, ...] = ("", "e", "er", "es", "en", "em")
