"""German turns and wordings of every contact reason."""

from __future__ import annotations

from deskbook.samples.words.form import read_words

WORDS = read_words(
    """
[voice]
hello: Guten Tag,
hello: Hallo,
hello: Sehr geehrte Damen und Herren,
hello: Hallo liebes Northlight-Team,
hello: Guten Morgen,
hi: Hallo!
hi: Guten Tag,
hi: Hi, kurze Frage:
opener: Ich hoffe, Sie können mir weiterhelfen.
opener: In der Hilfe habe ich leider nichts dazu gefunden.
opener: Ich schreibe im Auftrag von {company}.
opener: Ich hatte am {date} schon einmal angerufen.
extra: Ich nutze die App auf einem {device}.
extra: Mein Konto läuft auf {email}.
extra: Sie erreichen mich unter {phone} bis {hour} Uhr.
extra: Ein Foto habe ich angehängt.
past: Aufgefallen ist es mir am {date}.
extra: Ich habe den Tarif {plan}.
extra: Neu gestartet habe ich schon mehrfach.
angry: Das ist wirklich eine Frechheit.
angry: Ich bin sehr enttäuscht und verärgert.
angry: So einen schlechten Service habe ich noch nie erlebt.
angry: Langsam verliere ich die Geduld, das ist inakzeptabel.
angry: Wenn das heute nicht geklärt wird, kündige ich alles.
polite: Sonst bin ich mit Ihren Produkten sehr zufrieden.
polite: Vielen Dank für den immer freundlichen Service!
polite: Der Support beim letzten Mal war großartig.
mixed: Das Produkt ist toll, der Rest leider nicht.
mixed: Na bravo, das dritte Mal in diesem Jahr.
mixed: Schöne Lampe, furchtbare Abwicklung.
bye: Mit freundlichen Grüßen
bye: Viele Grüße
bye: Vielen Dank im Voraus
bye: Beste Grüße
sign: {name}
sign: {fullname}
sign: {fullname}\\n{company}, {city}
sign: {fullname}\\nTel. {phone}
sign: {name}\\n\\nVon meinem {device} gesendet
form: Bestellnummer: {order}\\nProdukt: {product}
form: Produkt: {product}\\nApp-Version: {version}
form: E-Mail: {email}\\nTelefon: {phone}
call: [Anruf, {now} Uhr]\\nKunde:
call: [Mailbox, {phone}]
social: @NorthlightCare
social: Hallo @NorthlightCare,
tail: #northlight
tail: 😡
tail: Geht das noch jemandem so?
info: Die Bestellnummer ist {order}, gekauft am {date}.
info: Es kommt immer der Fehler {code}, auf einem {device}.
info: Die Karte endet auf {card}, der Betrag war {amount}.
info: Das habe ich gerade versucht, leider ohne Erfolg.
info: Ja, das Konto {email} ist richtig.
info: Die Sendungsnummer lautet {tracking}.
chase: Gibt es schon etwas Neues?
chase: Ich warte seit {days} Tagen auf eine Antwort.
chase: Kümmert sich jemand um das Ticket {ticket}?
furious: Immer noch nichts! Das ist eine Unverschämtheit.
furious: Das hilft mir überhaupt nicht, ich bin wirklich sauer.
furious: Das habe ich Ihnen schon zweimal geschrieben. Lächerlich.
thanks: Vielen Dank, jetzt funktioniert es!
thanks: Super, danke für die schnelle Hilfe.
thanks: Alles geklärt, danke {agent}.
still: Leider ist das Problem seit {time} Uhr wieder da.
still: Das Ticket wurde geschlossen, aber es hat sich nichts geändert.
still: Ich habe {amount} immer noch nicht erhalten, bitte noch einmal prüfen.
ack: Vielen Dank für Ihre Nachricht. Ihre Anfrage {ticket} ist bei uns eingegangen.
ack: Hallo, ich bin Lumi, die virtuelle Assistentin. Ich verbinde Sie mit dem Team {team}.
agent_hello: Guten Tag {name},
agent_hello: Hallo {name},
agent_hi: Hallo {name}, hier ist {agent}.
agent_open: Vielen Dank für Ihre Nachricht.
agent_open: Danke, dass Sie sich an uns wenden.
agent_sorry: Es tut mir leid, dass Sie diese Unannehmlichkeiten haben.
agent_sorry: Ich verstehe Ihren Ärger und bitte um Entschuldigung.
agent_ask: Können Sie mir bitte die Bestellnummer und das Kaufdatum nennen?
agent_ask: Bitte schicken Sie mir ein Foto oder einen Screenshot.
agent_ask: Welche Version der App nutzen Sie, und auf welchem Gerät?
agent_more: Danke. Ich habe es weitergegeben und melde mich innerhalb von {days} Tagen.
agent_more: Ich kläre das gerade mit der Fachabteilung.
agent_more: Danke für die Angaben, ich sehe mir {order} noch einmal an.
agent_done: Das ist jetzt erledigt. Melden Sie sich gern, falls noch etwas ist.
agent_done: Ich schließe das Ticket; Sie können jederzeit darauf antworten.
agent_next: Kann ich sonst noch etwas für Sie tun?
agent_next: Die Bestätigung geht an {email}.
agent_bye: Mit freundlichen Grüßen\\n{agent}\\nNorthlight {team}
agent_bye: Viele Grüße\\n{agent}
wrote: Am {stamp} schrieb {fullname}:
wrote_us: Am {answered} schrieb {agent} (Northlight):
mark: AW:
mark: WG:
mark: DRINGEND:
touch: Gespräch mit {name}
direct: Direktnachricht von {name}
ring: Anruf von {phone}
good: Schnell und freundlich, vielen Dank!
good: {agent} war super.
bad: Hat viel zu lange gedauert.
bad: Mein Problem ist nicht gelöst, sehr enttäuschend.
[refund]
subject: Rückerstattung für {order}
subject: Wo bleibt mein Geld?
says: Ich habe das Gerät {product} am {date} zurückgeschickt und warte noch auf die Erstattung.
says: Ich möchte die Bestellung {order} zurückgeben und mein Geld zurück.
says: Die Erstattung über {amount} ist bis heute nicht auf meinem Konto.
says: Die Rücksendung {tracking} ist bei Ihnen angekommen, aber es wurde nichts erstattet.
detail: Bezahlt habe ich mit der Karte, die auf {card} endet.
detail: Laut Ihrer Seite dauert es {days} Tage.
ask: Wann bekomme ich das Geld?
ask: Bitte prüfen Sie den Stand der Erstattung.
answer: Ich habe {amount} erstattet; das Geld ist in {days} Tagen auf Ihrem Konto.
answer: Ihre Rücksendung ist da, die Erstattung für {order} ist veranlasst.
[double_charge]
subject: Doppelt abgebucht, {order}
subject: Zwei Zahlungen über {amount}
says: Mir wurde die Bestellung {order} zweimal berechnet.
says: Auf meiner Abrechnung vom {date} stehen zwei Buchungen über {amount}.
says: Mein Abo wurde in diesem Monat doppelt abgebucht.
says: Die Zahlungsseite blieb hängen, und nun habe ich doppelt bezahlt.
detail: Die Karte endet auf {card}.
detail: Ich habe nur eine Bestätigung bekommen.
ask: Bitte buchen Sie einen Betrag zurück.
ask: Welche der beiden Zahlungen gilt?
answer: Sie haben recht, es war doppelt. Ich habe {amount} zurückgebucht.
answer: Die zweite Buchung ist nur eine Vormerkung und verschwindet in {days} Tagen.
[invoice]
subject: Rechnung zu {order}
subject: Kopie der Rechnung {invoice}
says: Ich brauche eine Kopie der Rechnung zu {order}.
says: Unserer Buchhaltung fehlt die Rechnung {invoice}.
says: Auf der Rechnung steht ein falscher Firmenname.
says: Die Rechnung {invoice} lässt sich nicht herunterladen.
detail: Richtig wäre {company} in {city}.
detail: Wir brauchen sie für den Jahresabschluss.
ask: Bitte als PDF an {email}.
ask: Bitte korrigieren Sie das.
answer: Die korrigierte Rechnung {invoice} finden Sie im Anhang.
answer: Alle Rechnungen liegen unter Konto, Abrechnung, Dokumente.
[late_delivery]
subject: Wo ist meine Bestellung {order}?
subject: Lieferung verspätet
says: Meine Bestellung {order} sollte am {date} kommen und ist noch nicht da.
says: Die Sendung {tracking} bewegt sich seit {days} Tagen nicht.
says: Ich warte immer noch auf mein Gerät ({product}).
says: Das Paket gilt als zugestellt, aber hier ist nichts angekommen.
detail: Geliefert werden sollte nach {city}.
detail: Es ist ein Geschenk, darum ist es eilig.
ask: Wann kommt das Paket an?
ask: Bitte forschen Sie beim Paketdienst nach.
answer: Ich habe einen Nachforschungsauftrag für {tracking} gestellt.
answer: Das Paket lag in {city} und ist wieder unterwegs.
[damaged_item]
subject: {product} beschädigt angekommen
subject: Ware defekt, {order}
says: Mein Gerät ({product}) kam beschädigt an.
says: Der Karton war eingedrückt und das Gerät ist zerbrochen.
says: Das Gerät {product} aus {order} lässt sich nicht einschalten.
says: Das Glas hat einen Riss, seit ich es am {date} ausgepackt habe.
detail: Fotos habe ich angehängt.
detail: Auch der Bote in {city} hat es gesehen.
ask: Ich hätte gern Ersatz.
ask: Wie schicke ich das zurück?
answer: Ein neues Gerät ({product}) ist unterwegs; das alte müssen Sie nicht zurücksenden.
answer: Danke für die Fotos, ich habe {amount} erstattet.
[cancellation]
subject: Kündigung {plan}
subject: Abo beenden
says: Ich möchte mein Abo {plan} kündigen.
says: Bitte beenden Sie den Vertrag von {company} zum Monatsende.
says: Ich habe am {date} gekündigt, und trotzdem wurden {amount} abgebucht.
says: Ich finde den Knopf zum Kündigen nicht.
detail: Das Konto ist {email}.
detail: Wir nutzen es kaum noch.
ask: Bitte bestätigen Sie die Kündigung schriftlich.
ask: Gibt es eine Frist?
answer: Ihr Abo endet mit diesem Zeitraum, es wird nichts mehr abgebucht.
answer: Ich habe gekündigt und {amount} erstattet.
[wrong_item]
subject: Falscher Artikel, {order}
subject: Nicht das, was ich bestellt habe
says: Ich habe ein Gerät {product} bestellt und etwas anderes bekommen.
says: Im Paket zu {order} liegt ein fremder Artikel.
says: Sie haben die weiße statt der schwarzen Ausführung geschickt.
detail: Auf dem Etikett steht {tracking}.
detail: Die Bestätigung vom {date} stimmt.
ask: Bitte schicken Sie den richtigen Artikel.
ask: Was mache ich mit dem falschen?
answer: Das richtige Gerät ({product}) ist mit {tracking} unterwegs.
answer: Den falschen Artikel können Sie kostenlos zurücksenden.
[login]
subject: Anmeldung nicht möglich
subject: Code wird abgelehnt
says: Ich kann mich nicht mehr anmelden.
says: Der Code für die Zwei-Faktor-Anmeldung wird immer abgelehnt.
says: Nach dem Passwort sehe ich nur den Fehler {code}.
says: Mein Konto {email} ist seit {date} gesperrt.
detail: Ich habe {browser} und die App versucht.
detail: Auch die Ersatzcodes gehen nicht.
ask: Bitte schalten Sie das Konto frei.
ask: Wie setze ich den zweiten Faktor zurück?
answer: Ich habe den zweiten Faktor zurückgesetzt.
answer: Das Konto war nach fünf Versuchen gesperrt und ist wieder offen.
[password_reset]
subject: Passwort vergessen
subject: Keine E-Mail zum Zurücksetzen
says: Ich habe mein Passwort vergessen, und die E-Mail kommt nicht an.
says: Der Link zum Zurücksetzen ist angeblich abgelaufen.
says: Ich kann kein neues Passwort setzen, es erscheint {code}.
detail: Die Adresse ist {email}.
detail: Im Spam-Ordner ist auch nichts.
ask: Können Sie mir einen neuen Link schicken?
ask: Wie lange gilt der Link?
answer: Ein neuer Link ist unterwegs an {email}, er gilt eine Stunde.
answer: Bitte verwenden Sie mindestens zwölf Zeichen.
[app_crash]
subject: App stürzt ab
subject: Fehler {code} in der App
says: Die Harbor-App stürzt beim Öffnen ab.
says: Seit dem Update auf {version} schließt sich die App von selbst.
says: Die App friert ein, wenn ich das Gerät {product} öffne.
says: Auf meinem {device} bleibt der Bildschirm weiß.
detail: Neu installiert habe ich sie schon.
detail: Bis zum {date} ging alles.
ask: Gibt es dafür eine Lösung?
ask: Wann kommt das nächste Update?
answer: Das ist ein bekannter Fehler in {version}; bitte installieren Sie das Update.
answer: Bitte leeren Sie den Zwischenspeicher und öffnen die App neu.
[api_error]
subject: API antwortet mit {code}
subject: Schnittstelle gestört
says: Unsere Schnittstelle bekommt von Ihrer API den Fehler {code}.
says: Der Webhook für das Gerät {product} kommt seit {date} nicht mehr.
says: Der API-Schlüssel von {company} wird abgelehnt.
detail: Die Anfrage hat die Nummer {tracking}.
detail: Mit dem alten Schlüssel geht es.
ask: Ist das ein bekanntes Problem?
ask: Kann sich das ein Entwickler ansehen?
answer: Ich habe die Anfrage {tracking} gefunden; dem Schlüssel fehlte ein Recht.
answer: Der Webhook war angehalten und läuft wieder.
[device_offline]
subject: {product} offline
subject: Gerät nicht erreichbar
says: Mein Gerät ({product}) ist offline und kommt nicht zurück.
says: Das Gerät {product} verbindet sich nicht mehr mit dem WLAN.
says: Das Licht blinkt seit dem {date} rot.
says: Seit dem neuen Router zeigt das Gerät {product} {code}.
detail: Der Router steht zwei Meter entfernt.
detail: Zurückgesetzt habe ich ihn schon.
ask: Was kann ich noch versuchen?
ask: Ist das Gerät kaputt?
answer: Bitte den Knopf zehn Sekunden halten und das Gerät neu hinzufügen.
answer: Das Gerät ist defekt, ich habe den Austausch veranlasst.
[upgrade]
subject: Frage zu den Preisen
subject: Angebot für {company}
says: Wir möchten von {plan} auf einen größeren Tarif wechseln.
says: Was kostet Pro für zwanzig Personen?
says: Gibt es Rabatt für Schulen und Vereine?
detail: Wir sind etwa vierzig Personen.
detail: Unser Rahmen liegt bei {amount} im Monat.
ask: Bitte schicken Sie mir ein Angebot.
ask: Was empfehlen Sie?
answer: Das Angebot über {amount} liegt bei und gilt 30 Tage.
answer: Sie können jederzeit wechseln und zahlen nur den Unterschied.
[privacy]
subject: Auskunft nach DSGVO
subject: Konto löschen
says: Bitte schicken Sie mir alle Daten, die Sie über mich gespeichert haben.
says: Ich möchte, dass mein Konto und alle Daten gelöscht werden.
says: Wo werden die Aufnahmen vom Gerät {product} gespeichert?
detail: Das ist eine Anfrage nach Artikel 15 DSGVO.
detail: Das Konto ist {email}.
ask: Bitte bestätigen Sie die Löschung.
ask: Wer ist bei Ihnen für Datenschutz zuständig?
answer: Der Export liegt bereit, der Link ging an {email}.
answer: Das Konto wird innerhalb von {days} Tagen gelöscht.
[feature_request]
subject: Vorschlag für die App
subject: Wunsch: Dunkelmodus
says: Es wäre schön, wenn das Gerät {product} einen Timer hätte.
says: Könnten Sie einen Dunkelmodus einbauen?
says: Mir fehlt ein Wochenbericht für das Gerät {product}.
detail: Andere Hersteller haben das schon.
detail: Im Forum fragen viele danach.
ask: Ist so etwas geplant?
ask: Bitte geben Sie das weiter.
answer: Danke für die Idee, ich habe Ihre Stimme notiert.
answer: Das ist für die nächste Version geplant.
[onboarding]
subject: Hilfe bei der Einrichtung
subject: Erste Schritte mit {product}
says: Ich habe das Gerät {product} neu und brauche Hilfe bei der Einrichtung.
says: Wie füge ich ein zweites Zuhause hinzu?
says: Wir sind neu bei Northlight und hätten gern eine Schulung für {company}.
detail: Ich nutze ein {device}.
detail: Es ist eine Wohnung mit vier Zimmern.
ask: Gibt es ein Video?
ask: Was ist der erste Schritt?
answer: Bitte öffnen Sie Einstellungen, Zuhause, Hinzufügen.
answer: Der Termin ist gebucht, die Einladung ging an {email}.
[praise]
subject: Vielen Dank!
subject: Lob für {agent}
says: Ich wollte nur Danke sagen, {agent} war großartig.
says: Ich bin begeistert von meinem neuen Gerät ({product}).
says: Was für ein toller Service, der Ersatz kam am nächsten Tag!
detail: Die ganze Familie freut sich.
detail: Ich empfehle Sie gern in {city} weiter.
ask: Weiter so!
ask: Eine Antwort ist nicht nötig.
answer: Vielen Dank für die netten Worte, ich gebe sie gern weiter.
answer: Das freut uns sehr, viel Spaß mit dem Gerät {product}!
"""
)
