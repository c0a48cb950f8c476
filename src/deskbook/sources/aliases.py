"""The names under which exports of support systems hold the standard columns, the surest first.

Two kinds of mistake are kept out on purpose: a last-change time is never a reply time, and the
person a ticket is assigned to is never its team.

Sources: column names of Zendesk, Freshdesk, Intercom, Jira Service Management, ServiceNow,
Salesforce, HubSpot, Help Scout, Zammad and OTRS exports.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final


def _names(text: str) -> tuple[str, ...]:
    return tuple(" ".join(name.split()) for name in text.split(",") if name.strip())


_TICKET = _names(
    """
    ticket id, conversation id, case id, issue key, issue id, thread id, ticket number, ticket, ticket no, ticket
    nr, ticketnummer, ticket key, chat id, request id, case number, case, incident, parent id, fallnummer,
    vorgangsnummer, session id
    """
)
_TEXT = _names(
    """
    text, message, body, content, plain body, body text, text body, message text, message body, comment body,
    customer message, nachricht, inhalt, comment, comment text, message content, text content, mensaje, description
    """
)

ALIASES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "tickets": {
        "id": _names(
            """
            id, ticket id, ticket number, ticket no, ticket nr, ticket, case id, case number, case,
            conversation id, issue key, key, issue id, display id, request id, incident number, incident,
            number, reference, ref, session id, ticketnummer, ticket key, vorgangsnummer, vorgang,
            fallnummer, nummer, nr, numero, ticket ref, case ref, sys id, complaint id, sr number, service
            request num, service request number, request number, incident id, chat id, call id, sr id,
            service request id, interaction id, inquiry id, enquiry id, ticket code, número, número de
            ticket, numéro, numéro de ticket, numero ticket, número do chamado, chamado, protocolo,
            meldingsnummer, ticketnr
            """
        ),
        "created_at": _names(
            """
            created at, created, created on, created date, created time, date created, creation date,
            creation time, open time, opened at, opened, date opened, open date, opened on, submitted at,
            submitted, received at, received, reported at, date reported, reported date, requested at,
            started at, start time, conversation started at, timestamp, erstellt am, erstellt,
            erstelldatum, erstellungsdatum, eröffnet am, angelegt am, eingegangen am, eingang, creado,
            creado el, fecha de creación, fecha creación, créé le, date de création, sys created on,
            conversation date time, date, datum, date time, time, created utc, date received, received
            date, submit date, requested datetime, logged at, logged on, registered at, registered, raised
            at, raised on, eingangsdatum, angelegt, gemeldet am, data di creazione, data creazione, creato
            il, aperto il, data apertura, data de criação, criado em, aberto em, data de abertura,
            aangemaakt op, aangemaakt, aanmaakdatum, geopend op, ouvert le, reçu le, recibido el, abierto
            el
            """
        ),
        "subject": _names(
            """
            subject, title, summary, short description, headline, betreff, titel, zusammenfassung, asunto,
            objet, subject line, conversation subject, issue summary, name, description, customer message,
            message, ticket content, content, beschreibung, brief description, sujet, titre, título,
            oggetto, titolo, assunto, onderwerp, omschrijving
            """
        ),
        "status": _names(
            """
            status, state, ticket status, ticket state, stage, status name, zustand, estado, statut,
            current status, état, stato, situação, ticketstatus
            """
        ),
        "priority": _names(
            """
            priority, ticket priority, urgency, severity, prio, priority name, priorität, dringlichkeit,
            prioridad, priorité, priority level, priorità, prioridade, prioriteit, urgenza, urgência,
            urgentie, urgence, urgencia
            """
        ),
        "channel": _names(
            """
            channel, via channel, via, contact channel, ticket channel, source channel, contact method,
            contact type, kanal, medium, canal, source, source type, origin, case origin, submitted via,
            method received, received via, created via, source name, source delivered as, entry type,
            request mode, intake channel, contact mode, canale, kanaal
            """
        ),
        "category": _names(
            """
            category, ticket category, issue type, ticket type, request type, contact reason,
            classification, reason, topic, type, kategorie, typ, art, anliegen, categoría, catégorie,
            problem type, case reason, subcategory, help topic, service name, product area, motif, motivo,
            categoria, categorie, onderwerpcategorie, tipo
            """
        ),
        "team_id": _names(
            """
            team id, group id, department id, queue id, assignment group id, team assignee id, mailbox id
            """
        ),
        "team": _names(
            """
            team, team name, group, group name, department, department name, assigned team, support team,
            queue, queue name, assignment group, assigned group, team assigned, team assignee, abteilung,
            gruppe, warteschlange, equipo, équipe, mailbox, support group, bereich, agency, agency name,
            inbox, operator group, agent group, admin group, assignee group, owner group, resolver group,
            responsible team, agency responsible, service, groupe, grupo, departamento, gruppo, reparto,
            squadra, fila, afdeling, groep, wachtrij
            """
        ),
        "agent_id": _names(
            """
            agent id, assignee id, responder id, owner id, assigned to id, admin assignee id, assigned agent id,
            bearbeiter id
            """
        ),
        "agent": _names(
            """
            agent, agent name, assignee, assignee name, assigned to, assigned agent, responder, owner,
            case owner, owner name, ticket owner, bearbeiter, zuständig, sachbearbeiter, verantwortlich,
            agente, teammate, assigned user, handled by, admin assignee, assignee email, agent email,
            teammate assigned, responsible, technician, operator, operator name, handler, representative,
            rep, specialist, engineer, assigned technician, support agent, resolver, assigné à, attribué
            à, responsable, asignado a, operatore, assegnato a, atendente, responsável, atribuído a,
            behandelaar, toegewezen aan, medewerker
            """
        ),
        "customer_id": _names(
            """
            customer id, requester id, contact id, client id, user id, end user id, caller id, customer
            email, requester email, contact email, reporter, requester, customer, caller, contact, client,
            requester name, customer name, contact name, kundennummer, kunden nr, kunden id, kunde,
            melder, cliente, kunden email, email, account id, author id, email address, from email, user
            email, submitter id, caller name, visitor, visitor email, visitor name, person, requested by,
            request user, reported by, opened by, raised by, submitter, submitted by, end user, contact
            handle, associated contact, user, from, demandeur, solicitante, usuario, richiedente,
            requisitante, klant, aanvrager
            """
        ),
        "tags": _names(
            """
            tags, labels, tag list, ticket tags, tag, label, keywords, schlagworte, schlagwörter, etiquetas,
            conversation tags
            """
        ),
        "first_reply_at": _names(
            """
            first reply at, first response at, first responded at, first replied at, responded at, first
            agent reply at, first admin reply at, first reply, first response, first reply time, first
            response time, initial response time, initial response at, first agent reply, responded, erste
            antwort am, erste antwort, first responded on, first outbound at, response time, replied at,
            first contact at, statistics first admin reply at, answered at, première réponse le, primera
            respuesta, prima risposta, primeira resposta em, eerste reactie op
            """
        ),
        "resolved_at": _names(
            """
            resolved at, solved at, resolved on, resolution date, date resolved, resolved date, resolved
            time, resolved, gelöst am, closed at, closed on, date closed, closed date, closed time, close
            time, close date, closed, completed at, completion date, end time, ended at, geschlossen am,
            erledigt am, abgeschlossen am, resolution time, solved, last resolved at, last solved at,
            resuelto, résolu le, gelöst, statistics last close at, ended, end date, finished at, finished,
            done at, closure date, date de clôture, clôturé le, fermé le, fecha de cierre, fecha de
            resolución, cerrado el, data di chiusura, chiuso il, risolto il, data de fechamento, fechado
            em, resolvido em, encerrado em, gesloten op, opgelost op, afgehandeld op
            """
        ),
        "updated_at": _names(
            """
            updated at, updated, last updated, last updated at, updated on, updated time, last update,
            modified at, modified, last modified, last modified at, last modified date, date modified,
            modified on, last activity, last activity at, aktualisiert am, aktualisiert, geändert am,
            letzte änderung, sys updated on, actualizado, last changed, updated date, mis à jour le, last
            update time, status date, status changed at, dernière mise à jour, modifié le, última
            actualización, ultima modifica, aggiornato il, última atualização, atualizado em, bijgewerkt
            op, gewijzigd op, laatst gewijzigd
            """
        ),
        "due_at": _names(
            """
            due at, due by, due, due date, due by time, deadline, sla due at, fällig am, fällig,
            fälligkeit, due on, target date, target time, resolve by, resolution due, échéance,
            vencimiento, scadenza, vencimento, prazo, streefdatum, vervaldatum
            """
        ),
        "handling_seconds": _names("handling seconds, handle time seconds, time spent seconds, aht seconds"),
        "created_by": _names("created by role, opened by role, submitter role, creator role"),
        "merged_into_id": _names("merged into id, merged into, merge target, parent ticket id, duplicate of"),
        "is_spam": _names("is spam, spam, marked as spam, junk"),
        "url": _names("url, link, permalink, web url, ticket url, html url, case url, ticket link"),
    },
    "messages": {
        "id": _names(
            """
            message id, comment id, id, msg id, reply id, article id, tweet id, note id, nachrichten id,
            nachricht id, part id, post id, email id, mail id, entry id
            """
        ),
        "ticket_id": _TICKET,
        "sent_at": _names(
            """
            sent at, sent on, sent, sent date, sent time, created at, created, created on, posted at, posted,
            published at, message time, message date, timestamp, date time, gesendet am, gesendet, erstellt am,
            received at, comment created at, datum, date, time, ts
            """
        ),
        "author_role": _names(
            """
            author role, author type, sender type, role, sender role, from type, user type, user role,
            participant type, author kind, rolle, absendertyp, absender typ, inbound, direction, incoming,
            is agent, message type, from customer, sent by, is inbound, actor type, is incoming, is
            customer, author kind name
            """
        ),
        "author_id": _names(
            """
            author id, sender id, user id, from id, author email, sender email, from email, author,
            sender, from, absender, autor, author name, sender name, from name, participant id, absender
            id, created by, posted by, actor id, actor, from address, sender address, auteur, autore
            """
        ),
        "is_public": _names(
            """
            is public, public, private, is private, internal, is internal, internal note, öffentlich, intern,
            visibility
            """
        ),
        "text": _TEXT,
        "reply_to_id": _names(
            """
            reply to id, in reply to, in reply to id, parent message id, in response to tweet id, reply to, in
            response to
            """
        ),
    },
    "events": {
        "id": _names("event id, id, change id, audit id, history id, log id, activity id"),
        "ticket_id": _TICKET,
        "occurred_at": _names(
            """
            occurred at, changed at, event time, changed on, created at, timestamp, event at, created, change date,
            change time, date time, date, time, geändert am, zeitpunkt, datum
            """
        ),
        "kind": _names(
            """
            kind, event kind, field, field name, changed field, event type, change type, attribute, property, event,
            feld, type, item
            """
        ),
        "old_value": _names(
            """
            old value, previous value, from value, old, original value, before, from, from string, alter wert,
            previous
            """
        ),
        "new_value": _names("new value, to value, new, current value, after, to, value, to string, neuer wert"),
        "actor_id": _names(
            """
            actor id, changed by, actor, updater id, user id, author id, changed by id, user, author, by, geändert
            von
            """
        ),
    },
    "agents": {
        "id": _names("agent id, id, user id, admin id, employee id, operator id, agenten id"),
        "name": _names("name, agent name, full name, display name, agent, user name"),
        "email": _names("email, agent email, e mail, mail, email address, work email"),
        "team_id": _names(
            """
            team id, group id, department id, default group id, team, group, department, queue id, abteilung
            """
        ),
        "is_active": _names("is active, active, enabled, aktiv, is enabled, available, deactivated, suspended"),
    },
    "teams": {
        "id": _names("team id, group id, department id, queue id, id"),
        "name": _names("team name, group name, department name, name, team, group, department, queue, queue name"),
    },
    "customers": {
        "id": _names(
            """
            customer id, contact id, requester id, client id, end user id, id, user id, account id, kundennummer,
            kunden nr, kunden id
            """
        ),
        "name": _names("name, customer name, full name, contact name, display name, client name, kunde, customer"),
        "email": _names("email, customer email, e mail, mail, email address, contact email"),
        "company": _names(
            """
            company, company name, organization, organisation, organization name, account name, account, firma,
            unternehmen, organization id
            """
        ),
        "segment": _names(
            """
            segment, plan, tier, customer segment, customer type, plan name, subscription, customer tier,
            subscription plan
            """
        ),
        "country": _names("country, country code, land, país, pays, region"),
        "created_at": _names(
            """
            created at, created, signed up at, signup date, created on, customer since, created date, registered at,
            kunde seit, erstellt am
            """
        ),
    },
    "satisfaction": {
        "id": _names(
            """
            rating id, survey id, response id, satisfaction rating id, feedback id, survey response id, id
            """
        ),
        "ticket_id": _TICKET,
        "offered_at": _names("offered at, survey sent at, sent at, survey sent, requested at, survey date"),
        "rated_at": _names(
            """
            rated at, responded at, answered at, response date, submitted at, created at, rating date, created,
            survey completed at, responded on
            """
        ),
        "score": _names(
            """
            score, rating, csat, csat score, satisfaction score, stars, rating value, satisfaction, bewertung,
            customer satisfaction, nps, rating score
            """
        ),
        "survey": _names("survey, survey type, survey kind, question type"),
        "is_good": _names("is good, good, positive, is satisfied, satisfied"),
        "comment": _names(
            """
            comment, feedback, remark, rating comment, kommentar, comments, feedback text, customer comment,
            verbatim, rating remark
            """
        ),
    },
}

# A true here means that the column itself is false.
INVERTED: Final = frozenset(
    _names("private, is private, internal, is internal, internal note, intern, deactivated, suspended")
)
# What a true means where a column says who wrote.
TRUE_IS_CUSTOMER: Final = frozenset(_names("inbound, incoming, is inbound, is incoming, is customer, from customer"))
