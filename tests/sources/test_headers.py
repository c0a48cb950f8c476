"""Headers of sixty more exports, each written down before it was tried, with the mapping a person would make.

Names and vocabulary were mended after the first and the second twenty; the third twenty only measure.
"""

from __future__ import annotations

import re
from typing import Any, Final

import pyarrow as pa
import pytest

from deskbook.sources.naming import subject_of
from deskbook.sources.proposals import propose

from . import test_proposals as samples
from .test_proposals import ROWS, chosen

VALUES: Final[dict[str, Any]] = {
    **{name: getattr(samples, name) for name in vars(samples) if name.isupper()},
    "KIND": [("status", "priority")[n % 2] for n in range(ROWS)],
    "SCORE": [str(n % 5 + 1) for n in range(ROWS)],
    "NAME": [f"Person {n}" for n in range(ROWS)],
    "LAND": [("DE", "FR")[n % 2] for n in range(ROWS)],
    "PLAN": [("free", "pro")[n % 2] for n in range(ROWS)],
}
USUAL: Final = {
    **dict.fromkeys(("created_at", "updated_at", "occurred_at", "sent_at", "offered_at"), "TIME"),
    **dict.fromkeys(("resolved_at", "due_at", "first_reply_at", "rated_at"), "LATER"),
    **dict.fromkeys(("agent", "customer_id", "actor_id"), "PERSON"),
    **dict.fromkeys(("ticket_id", "team_id", "author_id"), "FEW"),
    **dict.fromkeys(("old_value", "new_value", "status"), "STATUS"),
    **dict.fromkeys(("text", "comment"), "LONG"),
    **dict.fromkeys(("is_public", "is_active"), "FLAG"),
    **dict.fromkeys(("category", "company"), "WORD"),
    **{
        "id": "UNIQUE",
        "subject": "TITLE",
        "priority": "PRIORITY",
        "channel": "CHANNEL",
        "team": "TEAM",
        "tags": "TAGS",
    },
    **{"url": "LINK", "author_role": "ROLE", "kind": "KIND", "score": "SCORE", "name": "NAME", "email": "EMAIL"},
    **{"country": "LAND", "segment": "PLAN"},
}
"""Column -> the values it has in an export, unless that says otherwise."""
# An export a paragraph: its name, its table, and each header = its column, or - and the values of what is none.
FIRST: Final = """
hubspot tickets (tickets): Ticket ID = id; Ticket name = subject; Create date = created_at; Close date =
    resolved_at; Last modified date = updated_at; Ticket status = status; Priority = priority; Ticket owner = agent;
    Source = channel; Category = category; Associated Contact = customer_id
help scout conversations (tickets): Conversation Number = id; Subject = subject; Status = status; Created At =
    created_at; Closed At = resolved_at; Mailbox = team; Assigned To = agent; Customer Email = customer_id EMAIL;
    Tags = tags; Type = channel
zoho desk (tickets): Ticket Id = id; Subject = subject; Created Time = created_at; Modified Time = updated_at;
    Ticket Closed Time = resolved_at; Due Date = due_at; Status = status; Priority = priority; Channel = channel;
    Department = team; Ticket Owner = agent; Contact Name = customer_id; Number of Comments = - FEW
gorgias (tickets): Ticket id = id; Ticket subject = subject; Creation date = created_at; Closed date = resolved_at;
    Status = status; Initial channel = channel; Assignee name = agent; Assignee team = team; Customer email =
    customer_id EMAIL; Tags = tags; First response date = first_reply_at
front (tickets): Conversation ID = id; Subject = subject; Status = status; Inbox = team; Assignee = agent; Contact
    handle = customer_id EMAIL; Tags = tags; Created at = created_at; Handle time = - MINUTES
dynamics 365 cases (tickets): Case Number = id; Case Title = subject; Created On = created_at; Modified On =
    updated_at; Resolve By = due_at; Status = status; Priority = priority; Origin = channel; Owner = agent; Customer
    = customer_id; Case Type = category
manageengine requests (tickets): Request ID = id; Subject = subject; Requester = customer_id; Created Date =
    created_at; DueBy Date = due_at; Completed Date = resolved_at; Request Status = status; Priority = priority;
    Group = team; Technician = agent; Category = category; Request Mode = channel
osticket (tickets): Ticket Number = id; Date Created = created_at; Subject = subject; From = customer_id; Priority =
    priority; Department = team; Help Topic = category; Source = channel; Current Status = status; Last Updated =
    updated_at; Due Date = due_at; Agent Assigned = agent
zammad (tickets): number = id; title = subject; state = status; priority = priority; group = team; owner = agent;
    customer = customer_id EMAIL; created_at = created_at; first_response_at = first_reply_at; close_at =
    resolved_at; updated_at = updated_at
github issues (tickets): number = id; title = subject; state = status; labels = tags; assignee = agent; user =
    customer_id; created_at = created_at; closed_at = resolved_at; html_url = url
liveagent (tickets): Ticket code = id; Date created = created_at; Date resolved = resolved_at; Date changed =
    updated_at; Subject = subject; Status = status; Department name = team; Agent name = agent; Owner email =
    customer_id EMAIL; Channel type = channel
spanish (tickets): Número de ticket = id; Asunto = subject; Fecha de creación = created_at; Estado = status;
    Prioridad = priority; Agente = agent; Cliente = customer_id; Canal = channel; Equipo = team
french (tickets): Numéro = id; Objet = subject; Date de création = created_at; Statut = status; Priorité = priority;
    Assigné à = agent; Équipe = team; Canal = channel; Catégorie = category
german mail desk (tickets): Vorgangsnummer = id; Betreff = subject; Eingangsdatum = created_at GERMAN; Status =
    status; Dringlichkeit = priority; Sachbearbeiter = agent; Team = team; Kunde = customer_id
helpdesk of a city (tickets): service_request_id = id; requested_datetime = created_at; closed_date = resolved_at;
    updated_datetime = updated_at; status_description = status; source = channel; service_name = category;
    agency_responsible = team; latitude = - MINUTES
intercom parts (messages): part_id = id; conversation_id = ticket_id; author_type = author_role; author_id =
    author_id; body = text; created_at = sent_at
live chat transcript (messages): Message ID = id; Chat ID = ticket_id; Sent At = sent_at; Sender Role = author_role;
    Sender Name = author_id PERSON; Message Text = text
jira comments (messages): comment_id = id; issue_id = ticket_id; author = author_id PERSON; role = author_role;
    comment = text; created = sent_at; is_public = is_public
csat answers (satisfaction): Response ID = id; Ticket Number = ticket_id; Rating = score; Comment = comment; Survey
    sent at = offered_at; Submitted at = rated_at
audit trail (events): Event ID = id; Ticket ID = ticket_id; Field name = kind; Old value = old_value; New value =
    new_value; Changed on = occurred_at; Changed by = actor_id
"""
SECOND: Final = """
freshservice (tickets): Ticket Id = id; Subject = subject; Requester Name = customer_id; Status = status; Priority =
    priority; Source = channel; Created Date = created_at; Last Updated Date = updated_at; Resolved Date =
    resolved_at; Due by = due_at; Assigned Agent = agent; Assigned Group = team; Category = category
kayako (tickets): Case ID = id; Case subject = subject; Creation time = created_at; Completion time = resolved_at;
    Last activity time = updated_at; Case status = status; Case priority = priority; Assigned team = team; Assigned
    agent = agent; Requester email = customer_id EMAIL; Source channel = channel; Tags = tags
kustomer (tickets): conversationId = id; name = subject; status = status; createdAt = created_at; updatedAt =
    updated_at; firstDoneAt = - LATER; customerId = customer_id FEW; assignedTeam = team; assignedUser = agent; tags
    = tags
happyfox (tickets): Ticket ID = id; Subject = subject; Created On = created_at; Last Modified On = updated_at;
    Status = status; Priority = priority; Assignee = agent; Category = category; Contact Email = customer_id EMAIL;
    Due Date = due_at; Message Count = - FEW
deskpro (tickets): ID = id; Ref = - UNIQUE; Subject = subject; Person = customer_id; Agent = agent; Team = team;
    Status = status; Urgency = priority; Labels = tags; Date Created = created_at; Date Resolved = resolved_at; Date
    of First Agent Reply = first_reply_at
topdesk (tickets): Incident number = id; Brief description = subject; Caller name = customer_id; Operator = agent;
    Operator group = team; Entry type = channel; Priority = priority; Status = status; Creation date = created_at;
    Target date = due_at; Closure date = resolved_at; Modification date = updated_at
remedy (tickets): Incident ID = id; Summary = subject; Submit Date = created_at; Last Resolved Date = resolved_at;
    Last Modified Date = updated_at; Status = status; Priority = priority; Assigned Group = team; Assignee = agent;
    Customer = customer_id; Reported Source = channel
sysaid (tickets): SR ID = id; Title = subject; Request user = customer_id; Request time = created_at; Close time =
    resolved_at; Modify time = updated_at; Status = status; Urgency = priority; Assigned to = agent; Admin group =
    team; Category = category
teamwork desk (tickets): Ticket ID = id; Subject = subject; Inbox = team; Customer = customer_id; Agent = agent;
    Status = status; Priority = priority; Source = channel; Created = created_at; Updated = updated_at; Time spent =
    - MINUTES
aircall (tickets): Call ID = id; Started at = created_at; Answered at = first_reply_at; Ended at = resolved_at;
    Agent name = agent; Team name = team; Contact name = customer_id; Tags = tags
livechat chats (tickets): Chat ID = id; Chat start date = created_at; Chat end date = resolved_at; Visitor email =
    customer_id EMAIL; Operator name = agent; Group name = team; Tags = tags
salesforce report (tickets): Case Number = id; Subject = subject; Date/Time Opened = created_at; Date/Time Closed =
    resolved_at; Status = status; Priority = priority; Case Origin = channel; Case Owner = agent; Contact Name =
    customer_id; Case Reason = category
italian (tickets): Numero ticket = id; Oggetto = subject; Data di creazione = created_at; Data di chiusura =
    resolved_at; Stato = status; Priorità = priority; Operatore = agent; Cliente = customer_id; Canale = channel
portuguese (tickets): Número do chamado = id; Assunto = subject; Data de criação = created_at; Data de fechamento =
    resolved_at; Status = status; Prioridade = priority; Atendente = agent; Cliente = customer_id; Canal = channel
dutch (tickets): Ticketnummer = id; Onderwerp = subject; Aangemaakt op = created_at; Gesloten op = resolved_at;
    Status = status; Prioriteit = priority; Behandelaar = agent; Afdeling = team; Klant = customer_id; Kanaal =
    channel
freshchat messages (messages): Message Id = id; Conversation Id = ticket_id; Actor Type = author_role; Actor Id =
    author_id; Message Content = text; Created Time = sent_at
mail threads (messages): Email ID = id; Case ID = ticket_id; From Address = author_id EMAIL; Message Date = sent_at;
    Text Body = text; Is Incoming = author_role FLAG
front comments (messages): Message ID = id; Thread ID = ticket_id; Author = author_id PERSON; Direction =
    author_role; Message date = sent_at; Body = text
delighted (satisfaction): Survey Response ID = id; Ticket ID = ticket_id; Score = score; Comment = comment; Sent at
    = offered_at; Responded at = rated_at
jira changelog (events): Change ID = id; Issue Key = ticket_id; Field = kind; From String = old_value; To String =
    new_value; Created = occurred_at; Author = actor_id
"""
THIRD: Final = """
spiceworks (tickets): Ticket Number = id; Summary = subject; Created On = created_at; Closed On = resolved_at;
    Updated On = updated_at; Due On = due_at; Status = status; Priority = priority; Assignee = agent;
    Creator = customer_id; Category = category; Organization = - WORD
samanage (tickets): Number = id; Name = subject; State = status; Priority = priority; Category = category;
    Requester = customer_id; Assigned To = agent; Created At = created_at; Updated At = updated_at; Due At = due_at;
    Site = - WORD; Department = team
groove (tickets): Ticket Number = id; Subject = subject; State = status; Assignee = agent; Assigned Group = team;
    Customer = customer_id; Created At = created_at; Updated At = updated_at; Last Reply At = - LATER
reamaze (tickets): Conversation Slug = id; Subject = subject; Status = status; Created At = created_at;
    Customer Name = customer_id; Assignee Name = agent; Channel = channel; Tag List = tags
crisp (tickets): Session ID = id; Segments = tags; State = status; Nickname = customer_id; Assigned Operator = agent;
    Created = created_at; Updated = updated_at; Inbox = team
tidio (tickets): Ticket number = id; Subject = subject; Department = team; Assigned operator = agent;
    Contact email = customer_id EMAIL; Status = status; Priority = priority; Creation date = created_at;
    Resolved date = resolved_at
helpspot (tickets): Request ID = id; Opened = created_at; Closed = resolved_at; Status = status; Category = category;
    Assigned To = agent; Customer ID = customer_id FEW
ivanti (tickets): Incident Number = id; Subject = subject; Status = status; Priority = priority; Team = team;
    Owner = agent; Customer Name = customer_id; Source = channel; Service = category; Created Date Time = created_at;
    Resolved Date Time = resolved_at; Last Modified Date Time = updated_at
cherwell (tickets): Incident ID = id; Short Description = subject; Status = status; Priority = priority;
    Owned By = agent; Owned By Team = team; Customer Display Name = customer_id; Created Date Time = created_at;
    Last Modified Date Time = updated_at; Call Source = channel
jitbit (tickets): Ticket ID = id; Date = created_at; Subject = subject; Status = status; Priority = priority;
    Category = category; From user = customer_id; Assigned to user = agent; Company = - WORD;
    Last Updated = updated_at; Due Date = due_at
vivantio (tickets): Display ID = id; Title = subject; Open Date = created_at; Close Date = resolved_at;
    Status = status; Priority = priority; Group = team; Owner = agent; Caller = customer_id
spanish portal (tickets): ID de ticket = id; Título = subject; Estado = status; Prioridad = priority;
    Fecha de apertura = created_at; Fecha de cierre = resolved_at; Responsable = agent; Departamento = team;
    Solicitante = customer_id; Canal de entrada = channel
german itsm (tickets): Ticket-Nr = id; Kurzbeschreibung = subject; Eröffnet am = created_at;
    Geschlossen am = resolved_at; Status = status; Priorität = priority; Bearbeiter = agent; Gruppe = team;
    Melder = customer_id; Meldeweg = channel; Kategorie = category
bot log (messages): id = id; chat_id = ticket_id; from_role = author_role; from_id = author_id; content = text;
    timestamp = sent_at
sms log (messages): Message SID = id; Conversation SID = ticket_id; Direction = author_role; From = author_id;
    Body = text; Date Sent = sent_at
crm mails (messages): Email ID = id; Ticket ID = ticket_id; Sender = author_id; Sender type = author_role;
    Email body = text; Send date = sent_at
roster (agents): Agent ID = id; Agent Name = name; Agent Email = email; Group ID = team_id; Active = is_active
crm contacts (customers): Contact ID = id; Full Name = name; Email Address = email; Company Name = company;
    Country = country; Customer Tier = segment; Create Date = created_at
csat export (satisfaction): Rating ID = id; Ticket ID = ticket_id; Rated At = rated_at; Score = score;
    Comments = comment
case history (events): History ID = id; Case Number = ticket_id; Field = kind; Old Value = old_value;
    New Value = new_value; Edit Date = occurred_at; Edited By = actor_id
"""


def exports(told: str) -> dict[str, tuple[str, dict[str, tuple[list[str], str | None]]]]:
    """The exports of a set: name -> table, and field -> values and column."""
    made = {}
    for paragraph in re.split(r"\n(?! )", told.strip()):
        head, _, rest = " ".join(paragraph.split()).partition("): ")
        name, _, table = head.partition(" (")
        pairs = [pair.rpartition(" = ") for pair in rest.split("; ")]
        fields = {field: said.partition(" ") for field, _, said in pairs}
        made[name] = (
            table,
            {
                field: (VALUES[values or USUAL[column]], None if column == "-" else column)
                for field, (column, _, values) in fields.items()
            },
        )
    return made


def mistakes(told: str) -> tuple[list[str], int]:
    """What is mapped otherwise than by a person, and the number of fields; a wrong table makes all of them wrong."""
    wrong, total = [], 0
    for name, (table, fields) in exports(told).items():
        found = propose(None, pa.table({field: values for field, (values, _) in fields.items()}))
        got = chosen(found.mapping) if found.table == table else dict.fromkeys(fields, found.table)
        wrong += [f"{name}: {one} -> {got.get(one)}" for one, (_, column) in fields.items() if got.get(one) != column]
        total += len(fields)
    return wrong, total


@pytest.mark.parametrize("told", [FIRST, SECOND], ids=["first", "second"])
def test_of_twenty_varied_headers_95_of_100_fields_are_mapped_right(told: str) -> None:
    wrong, total = mistakes(told)
    assert len(exports(told)) == 20
    assert len(wrong) / total <= 0.05, (len(wrong), total, wrong)


def test_headers_that_nothing_was_fitted_to_are_mostly_mapped_right_and_the_rest_left_open() -> None:
    """Measured before any name of the third twenty was added: 152 of 170, and 153 since single words count.

    None is mapped to a wrong column.
    """
    wrong, total = mistakes(THIRD)
    assert len(exports(THIRD)) == 20
    assert len(wrong) / total <= 0.1, (len(wrong), total, wrong)
    assert [one for one in wrong if not one.endswith("None")] == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("date closed", "closing time", True),
        ("first response date", "first replied at", True),
        ("número de ticket", "numero", True),
        ("created at", "updated at", False),
        ("created by", "created at", False),
        ("last reply at", "first reply at", False),
        ("assigned team", "assigned agent", False),
    ],
)
def test_a_name_is_about_the_same_whatever_the_order_and_form_of_its_words(one: str, other: str, same: bool) -> None:
    assert (subject_of(one, is_time=True) == subject_of(other, is_time=True)) is same
