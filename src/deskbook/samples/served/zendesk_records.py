"""A sample desk as the records of a Zendesk account."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.json as pjson
import pyarrow.parquet as pq

from deskbook.samples.calendar import holiday_numbers, promised_clock
from deskbook.samples.export import DATABASE_FILE, EVENTS_FILE, MESSAGES_FILE, METRICS_FILE, TICKETS_FILE, stamps
from deskbook.samples.served.zendesk_talk import PRIORITIES, ByTicket, Grouped, Row, audits_of, comments_of, metric_set

URL: Final = "https://northlight.zendesk.com/api/v2"
CHANNELS: Final = {"email": "email", "chat": "chat", "web": "web", "phone": "voice", "social": "twitter"}
FIELDS: Final = {"plan": 360_001, "product": 360_002, "type": 360_003}
TITLES: Final = {"plan": "Plan", "product": "Product", "type": "Reason"}
GOOD: Final = 4
"""Marks of five from which on a rating is good."""
TARGETS: Final = {"low": 960, "normal": 480, "high": 240, "urgent": 60}
"""Minutes of opening hours within which a first reply is promised, by priority."""
POLICY_ID, SCHEDULE_ID, ORGANIZATION_ID = 36_001, 37_001, 8_000_001
DAY_SECONDS: Final = 86_400
FORMAT: Final = "%Y-%m-%dT%H:%M:%SZ"
_EVENTS = pa.schema([(name, pa.int64() if name == "ticket" else pa.string()) for name in
                     ("ticket", "at", "type", "old", "new", "actor")])  # fmt: skip
_TABLES = ("groups", "agents", "users", "surveys")


def records(folder: Path) -> dict[str, Any]:
    """The account of a sample desk that `deskbook sample` wrote into a folder, as `zendesk.app` takes it.

    Comments, audits and metric sets are made when they are asked for; set a ticket's to change them.

    Raises:
        OSError: the folder holds no sample.
    """
    with closing(sqlite3.connect(f"file:{folder / DATABASE_FILE}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        held = {name: [dict(row) for row in database.execute(f"SELECT * FROM {name}")] for name in _TABLES}
    sheet = _sheet(folder)
    organizations = _organizations(held["users"])
    users = _users(held, organizations, str(min(sheet["created"], default="2020-01-01T00:00:00Z")))
    ratings = _ratings(held["surveys"], sheet)
    messages = _messages(folder)
    earliest = messages.drop_duplicates("ticket")
    first = dict(zip(earliest["ticket"].tolist(), earliest["body"].tolist(), strict=True))
    tickets = {one["id"]: one for one in _tickets(sheet, users, ratings, first)}
    made = {
        **{"tickets": tickets, "users": users, "organizations": {one["id"]: one for one in organizations.values()}},
        "groups": {one["id"]: _group(one) for one in held["groups"]},
        "ticket_fields": {one["id"]: one for one in _fields(sheet)},
        "ticket_metric_events": _metric_events(sheet, messages),
        "sla_policies": [_policy()],
        **_hours(sheet),
        "satisfaction_ratings": list(ratings.values()),
    }
    return made | _told(folder, tickets, sheet, messages)


def _sheet(folder: Path) -> pd.DataFrame:
    """Tickets with their times as text, priorities in Zendesk's words; None where nothing is."""
    texts = dict.fromkeys(("created", "solved_at", "updated"), pa.string())
    options = pcsv.ConvertOptions(column_types=texts, strings_can_be_null=True, quoted_strings_can_be_null=False)
    sheet: pd.DataFrame = pcsv.read_csv(folder / TICKETS_FILE, convert_options=options).to_pandas()
    sheet = sheet.astype({"assignee_id": "Int64"}).astype(object).where(sheet.notna(), None)
    sheet["priority"] = sheet["urgency"].map(PRIORITIES)
    return sheet


def _messages(folder: Path) -> pd.DataFrame:
    table = pq.read_table(folder / MESSAGES_FILE)
    sent = pc.strftime(table["sent_at"].cast(pa.timestamp("s", tz="UTC")), format=FORMAT)
    table = table.set_column(table.column_names.index("sent_at"), "sent_at", sent)
    rows: pd.DataFrame = table.to_pandas()
    return rows.sort_values(["ticket", "sent_at", "message_id"], kind="stable")


def _told(folder: Path, tickets: dict[int, Row], sheet: pd.DataFrame, messages: pd.DataFrame) -> dict[str, Any]:
    parse = pjson.ParseOptions(explicit_schema=_EVENTS, unexpected_field_behavior="ignore")
    events = Grouped(pjson.read_json(folder / EVENTS_FILE, parse_options=parse).to_pandas())
    said = Grouped(messages)
    figures = Grouped(pq.read_table(folder / METRICS_FILE).to_pandas())
    solved = dict(zip(sheet["ticket_number"], sheet["solved_at"], strict=True))

    def measured(key: int) -> Row:
        reported = {one["metric"]: one["seconds"] for one in figures(key)}
        return metric_set(tickets[key], solved[key], reported, said(key), events(key))

    return {
        "comments": ByTicket(list(tickets), lambda key: comments_of(key, said(key))),
        "audits": ByTicket(list(tickets), lambda key: audits_of(tickets[key], said(key), events(key))),
        "metric_sets": ByTicket(list(tickets), measured),
    }


def _tickets(
    sheet: pd.DataFrame, users: dict[int, Row], ratings: dict[int, Row], first: dict[int, str]
) -> Iterable[Row]:
    names = list(sheet.columns)
    columns = [sheet[name].tolist() for name in names]
    stamped = _epochs(sheet["updated"])
    for values, generated in zip(zip(*columns, strict=True), stamped, strict=True):
        one = dict(zip(names, values, strict=True))
        number, requester = one["ticket_number"], one["requester_id"]
        rating = ratings.get(number)
        fields = [{"id": key, "value": _option(one[name])} for name, key in FIELDS.items()]
        yield {
            **{"id": number, "url": f"{URL}/tickets/{number}.json", "external_id": None, "created_at": one["created"]},
            **{"updated_at": one["updated"], "generated_timestamp": generated, "type": "question"},
            **{"subject": one["subject"], "raw_subject": one["subject"], "description": first.get(number)},
            **{"priority": one["priority"], "status": one["status"], "recipient": None, "requester_id": requester},
            **{"submitter_id": requester, "assignee_id": one["assignee_id"], "group_id": one["group_id"]},
            "organization_id": users[requester]["organization_id"] if requester in users else None,
            **{"collaborator_ids": [], "follower_ids": [], "email_cc_ids": [], "forum_topic_id": None},
            **{"problem_id": None, "has_incidents": False, "is_public": True, "due_at": None},
            "tags": [tag for tag in (one["tags"] or "").split(";") if tag],
            "custom_fields": fields,
            "fields": fields,
            "satisfaction_rating": _short(rating),
            **{"sharing_agreement_ids": [], "brand_id": 1, "ticket_form_id": None, "allow_channelback": False},
            "via": {"channel": CHANNELS[one["channel"]], "source": {"from": {}, "to": {}, "rel": None}},
        }


def _short(rating: Row | None) -> Row:
    if rating is None:
        return {"score": "unoffered"}
    return {
        name: rating[name] for name in ("id", "score", "comment") if name == "score" or rating["score"] != "offered"
    }


def _option(name: str | None) -> str | None:
    """The tag that a drop-down field holds for a choice."""
    return None if name is None else name.lower().replace(" ", "_").replace(",", "")


def _fields(sheet: pd.DataFrame) -> Iterable[Row]:
    for place, name in enumerate(("subject", "status", "priority", "group", "assignee")):
        yield _field(350_001 + place, name.title(), name)
    for name, key in FIELDS.items():
        choices = sorted(one for one in sheet[name].unique() if one)
        options = [{"id": key * 100 + place, "name": one, "raw_name": one, "value": _option(one)}
                   for place, one in enumerate(choices)]  # fmt: skip
        yield {**_field(key, TITLES[name], "tagger"), "custom_field_options": options}


def _field(key: int, title: str, kind: str) -> Row:
    times = dict.fromkeys(("created_at", "updated_at"), "2020-01-01T00:00:00Z")
    return {"id": key, "url": f"{URL}/ticket_fields/{key}.json", "type": kind, "title": title, "raw_title": title,
            "active": True, "required": False, "removable": kind == "tagger", **times}  # fmt: skip


def _group(one: Row) -> Row:
    times = dict.fromkeys(("created_at", "updated_at"), "2020-01-01T00:00:00Z")
    return {"id": one["id"], "url": f"{URL}/groups/{one['id']}.json", "name": one["name"], "deleted": False, **times}


def _organizations(users: Sequence[Row]) -> dict[tuple[str, str], Row]:
    names = sorted({(one["company"], one["segment"]) for one in users if one["company"]})
    first = min((one["created_at"] for one in users), default=None)
    return {
        pair: {"id": ORGANIZATION_ID + place, "url": f"{URL}/organizations/{ORGANIZATION_ID + place}.json",
               "name": pair[0], "organization_fields": {"segment": pair[1]}, "tags": [], "domain_names": [],
               "created_at": first, "updated_at": first}
        for place, pair in enumerate(names)
    }  # fmt: skip


def _users(held: dict[str, list[Row]], organizations: dict[tuple[str, str], Row], begin: str) -> dict[int, Row]:
    agents = [
        {**_user(one, "agent", begin), "default_group_id": one["group_id"], "suspended": not one["active"]}
        for one in held["agents"]
    ]
    customers = [
        _user(one, "end-user", one["created_at"])
        | {"organization_id": organizations[one["company"], one["segment"]]["id"] if one["company"] else None}
        | {"user_fields": {"segment": one["segment"], "country": one["country"]}}
        for one in held["users"]
    ]
    return {one["id"]: one for one in (*agents, *customers)}


def _user(one: Row, role: str, at: str) -> Row:
    return {
        **{"id": one["id"], "url": f"{URL}/users/{one['id']}.json", "name": one["name"], "email": one["email"]},
        **{"role": role, "active": True, "suspended": False, "verified": True, "organization_id": None},
        **{"default_group_id": None, "external_id": None, "locale": "en-US", "phone": None, "tags": []},
        **{"time_zone": "UTC", "iana_time_zone": "Etc/UTC", "user_fields": {}, "created_at": at, "updated_at": at},
    }


def _ratings(surveys: Sequence[Row], sheet: pd.DataFrame) -> dict[int, Row]:
    """By ticket; what nobody answered is offered."""
    names = ("requester_id", "assignee_id", "group_id")
    people = dict(zip(sheet["ticket_number"], zip(*(sheet[name] for name in names), strict=True), strict=True))
    made = {}
    for one in surveys:
        score = "offered" if one["score"] is None else "good" if one["score"] >= GOOD else "bad"
        made[one["ticket"]] = {
            **{"id": one["id"], "url": f"{URL}/satisfaction_ratings/{one['id']}.json", "ticket_id": one["ticket"]},
            **dict(zip(names, people[one["ticket"]], strict=True)),
            **{"score": score, "comment": one["comment"], "reason": None, "reason_id": 0},
            **{"created_at": one["sent_at"], "updated_at": one["answered_at"] or one["sent_at"]},
        }
    return made


def _policy() -> Row:
    metrics = [{"priority": name, "metric": "first_reply_time", "target": minutes, "business_hours": True}
               for name, minutes in TARGETS.items()]  # fmt: skip
    return {"id": POLICY_ID, "url": f"{URL}/slas/policies/{POLICY_ID}.json", "title": "First reply", "position": 1,
            "description": "First replies within opening hours", "policy_metrics": metrics,
            "filter": {"all": [], "any": []}}  # fmt: skip


def _hours(sheet: pd.DataFrame) -> dict[str, Any]:
    """Mon-Fri 08:00-18:00 UTC, the hours that promises count in, and the holidays of the sample's time."""
    minutes = [(day * 1_440 + 480, day * 1_440 + 1_080) for day in range(1, 6)]  # Zendesk's week begins on Sunday
    schedule = {"id": SCHEDULE_ID, "name": "Office", "time_zone": "UTC",
                "intervals": [{"start_time": begin, "end_time": end} for begin, end in minutes]}  # fmt: skip
    first, last = _days(sheet)
    days = [str(np.datetime64(int(number), "D")) for number in holiday_numbers(first, last)]
    rest = [{"id": 38_001 + place, "name": f"Holiday {day}", "start_date": day, "end_date": day}
            for place, day in enumerate(days)]  # fmt: skip
    return {"schedules": [schedule], "holidays": {SCHEDULE_ID: rest}}


def _days(sheet: pd.DataFrame) -> tuple[int, int]:
    first, last = (_epoch(pick(sheet[name], default="2020-01-01T00:00:00Z")) // DAY_SECONDS
                   for pick, name in ((min, "created"), (max, "updated")))  # fmt: skip
    return first, last


def _epoch(stamp: str) -> int:
    return int(datetime.fromisoformat(stamp).astimezone(UTC).timestamp())


def _epochs(stamps: pd.Series[Any]) -> list[int]:
    """Times as seconds since 1970."""
    return pd.to_datetime(stamps).astype("datetime64[s, UTC]").astype("int64").tolist()


def _metric_events(sheet: pd.DataFrame, messages: pd.DataFrame) -> list[Row]:
    """The first reply of each ticket as Zendesk watches it: awaited, promised, given, or late; in order of time."""
    first, last = _days(sheet)
    replies = messages[messages["public"] & (messages["author_role"] == "agent")]
    given = sheet["ticket_number"].map(replies.groupby("ticket")["sent_at"].min()).tolist()
    created = np.array(_epochs(sheet["created"]), np.int64)
    target = np.array([TARGETS[name] for name in sheet["priority"]], np.int64)
    due = stamps(promised_clock(first - 7, last + 60).after(created, target * 60)).to_pylist()
    end, rows = max(sheet["updated"], default=""), list[Row]()
    for number, at, reply, late, minutes in zip(sheet["ticket_number"], sheet["created"], given, due, target.tolist(),
                                                strict=True):  # fmt: skip
        sla = {"target": minutes, "business_hours": True, "policy": {"id": POLICY_ID, "title": "First reply"}}
        replied = reply if isinstance(reply, str) else None
        happened: list[tuple[str, str, Row]] = [(at, "activate", {}), (at, "apply_sla", {"sla": sla})]
        if late < (replied or end):
            happened.append((late, "breach", {}))
        if replied:
            happened.append((replied, "fulfill", {}))
        rows += [{"id": number * 10 + place, "ticket_id": number, "metric": "reply_time", "instance_id": 1,
                  "type": kind, "time": when, **more} for place, (when, kind, more) in enumerate(happened)]  # fmt: skip
    return sorted(rows, key=lambda row: (row["time"], row["id"]))
