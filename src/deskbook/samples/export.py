"""The files of the outside systems: a help desk's CSV, Parquet archives, an event log and a database."""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from deskbook.samples import social
from deskbook.samples.arrivals import Tickets
from deskbook.samples.calendar import DAY_SECONDS, Ints
from deskbook.samples.chunk import Chunk, Desk
from deskbook.samples.companycalendar import write_calendar
from deskbook.samples.conversation import CUSTOMER_TURNS, Turn
from deskbook.samples.desk import FIRST_AGENT_ID, FIRST_GROUP_ID, FIRST_USER_ID, SEGMENTS, Customers, Staff
from deskbook.samples.history import EVENT_TYPES, STATUSES, STEP_ACTOR, STEP_TYPE, URGENCIES
from deskbook.samples.reasons import CHANNELS, REASONS, TEAMS
from deskbook.samples.reported import MEASURES
from deskbook.samples.slots import digits, emails, flatten, names
from deskbook.samples.words.people import COMPANIES, COUNTRIES, PLANS, PRODUCTS

TICKETS_FILE, MESSAGES_FILE = "tickets.csv", "messages.parquet"
EVENTS_FILE, DATABASE_FILE = "events.jsonl", "helpdesk.sqlite"
METRICS_FILE, CALENDAR_FILE = "ticket_metrics.parquet", "calendar.csv"

_TICKET_SCHEMA = pa.schema(
    [
        *[("ticket_number", pa.int64()), ("created", pa.string()), ("subject", pa.string())],
        *[("status", pa.string()), ("urgency", pa.string()), ("channel", pa.string()), ("type", pa.string())],
        *[("group_id", pa.int64()), ("assignee_id", pa.int64()), ("requester_id", pa.int64())],
        *[("tags", pa.string()), ("plan", pa.string()), ("product", pa.string())],
        *[("solved_at", pa.string()), ("updated", pa.string()), ("likes", pa.int64()), ("replies", pa.int64())],
        *[("reposts", pa.int64()), ("quotes", pa.int64()), ("place", pa.string()), ("country", pa.string())],
    ]
)
_MESSAGE_SCHEMA = pa.schema(
    [
        *[("message_id", pa.string()), ("ticket", pa.int64()), ("author_role", pa.string())],
        *[("author", pa.string()), ("public", pa.bool_()), ("sent_at", pa.timestamp("us", tz="UTC"))],
        ("body", pa.string()),
    ]
)
_METRICS_SCHEMA = pa.schema(
    [
        *[("metric_id", pa.string()), ("ticket", pa.int64())],
        *[("metric", pa.dictionary(pa.int8(), pa.string())), ("seconds", pa.int64())],
    ]
)
_TABLES = """
CREATE TABLE groups (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL,
                     group_id INTEGER NOT NULL, active INTEGER NOT NULL);
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, company TEXT,
                    segment TEXT NOT NULL, country TEXT NOT NULL, created_at TEXT NOT NULL);
CREATE TABLE surveys (id INTEGER PRIMARY KEY, ticket INTEGER NOT NULL, sent_at TEXT NOT NULL,
                      answered_at TEXT, score INTEGER, comment TEXT);
"""
_USERS_AT_ONCE = 20_000
_FIRST_SURVEY_ID = 5_000_001


class Export:
    """Writes chunk by chunk into a directory; use as a context manager."""

    def __init__(self, directory: Path) -> None:
        """Opens the files in an empty directory."""
        self._directory = directory
        self._csv = pcsv.CSVWriter(directory / TICKETS_FILE, _TICKET_SCHEMA)
        self._parquet = pq.ParquetWriter(
            directory / MESSAGES_FILE,
            _MESSAGE_SCHEMA,
            compression="zstd",
            compression_level=1,
            use_dictionary=["author_role"],
        )
        self._metrics = pq.ParquetWriter(
            directory / METRICS_FILE,
            _METRICS_SCHEMA,
            compression="zstd",
            compression_level=1,
            use_dictionary=["metric"],
        )
        self._events: BinaryIO = (directory / EVENTS_FILE).open("wb")
        self._database = sqlite3.connect(directory / DATABASE_FILE)
        # The directory is thrown away unless the whole sample was written, so no journal is needed.
        self._database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
        self._surveys = 0

    def __enter__(self) -> Export:
        """The export itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Closes all files, whatever happened."""
        self._csv.close()
        self._parquet.close()
        self._metrics.close()
        self._events.close()
        self._database.commit()
        self._database.close()

    def people(self, desk: Desk) -> None:
        """Writes teams, agents and customers, and the company's calendar."""
        self._customers = desk.customers
        write_calendar(self._directory / CALENDAR_FILE, desk.plan)
        groups = [(FIRST_GROUP_ID + row, name) for row, name in enumerate(TEAMS)]
        self._database.executemany("INSERT INTO groups VALUES (?, ?)", groups)
        self._database.executemany("INSERT INTO agents VALUES (?, ?, ?, ?, ?)", _agents(desk.staff, desk.plan.end_at))
        for start in range(0, len(desk.customers), _USERS_AT_ONCE):
            rows = np.arange(start, min(start + _USERS_AT_ONCE, len(desk.customers)))
            columns = [column.to_pylist() for column in _users(desk.customers, rows)]
            self._database.executemany("INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, ?)", zip(*columns, strict=True))

    def chunk(self, chunk: Chunk) -> None:
        """Writes the tickets, messages, events, surveys and reported figures of a chunk."""
        self._csv.write_table(_ticket_table(chunk, self._customers))
        self._parquet.write_table(_message_table(chunk))
        self._metrics.write_table(_metrics_table(chunk))
        lines = _event_lines(chunk)
        self._events.write(memoryview(lines.buffers()[2]))
        surveys = [column.to_pylist() for column in _surveys(chunk, _FIRST_SURVEY_ID + self._surveys)]
        self._surveys += len(chunk.surveys)
        self._database.executemany("INSERT INTO surveys VALUES (?, ?, ?, ?, ?, ?)", zip(*surveys, strict=True))


def _agents(staff: Staff, end_at: int) -> list[tuple[Any, ...]]:
    rows = []
    for row, name in enumerate(staff.names):
        mail = name.lower().replace(" ", ".") + "@northlight.example"
        is_active = int(staff.left_at[row] > end_at)
        rows.append((FIRST_AGENT_ID + row, name, mail, FIRST_GROUP_ID + int(staff.team[row]), is_active))
    return rows


def _users(customers: Customers, rows: Ints) -> list[pa.Array]:
    first, last = names(customers, rows)
    countries, start = flatten(COUNTRIES)
    is_private = pa.array(customers.segment[rows] == 0)
    company = _words(COMPANIES, customers.company[rows])
    return [
        pa.array(rows + FIRST_USER_ID),
        pc.binary_join_element_wise(first, last, " "),
        emails(customers, rows),
        pc.if_else(is_private, pa.scalar(None, pa.string()), company),
        _words(SEGMENTS, customers.segment[rows]),
        countries.take(pa.array(start[customers.language[rows]] + customers.country[rows])),
        stamps(customers.created_at[rows]),
    ]


def _ticket_table(chunk: Chunk, customers: Customers) -> pa.Table:
    tickets, history = chunk.tickets, chunk.history
    assignee = pa.array(history.agent + FIRST_AGENT_ID, mask=history.agent < 0)
    columns = [
        pa.array(tickets.number),
        stamps(tickets.at),
        chunk.subjects,
        _words(STATUSES, history.status),
        _words(URGENCIES, history.urgency),
        _words(CHANNELS, tickets.channel),
        _words([reason.label for reason in REASONS], tickets.reason),
        pa.array(history.team + FIRST_GROUP_ID),
        assignee,
        pa.array(tickets.customer + FIRST_USER_ID),
        _tags(tickets),
        _words(PLANS, tickets.plan),
        _words(PRODUCTS, tickets.product),
        stamps(history.solved_at),
        stamps(history.updated_at),
        *social.columns(tickets, customers),
    ]
    return pa.table(columns, schema=_TICKET_SCHEMA)


def _tags(tickets: Tickets) -> pa.StringArray:
    """Tags in the export's own notation, separated by semicolons; empty for some tickets."""
    options = [form for reason in REASONS for form in (*reason.tags, ";".join(reason.tags), "")]
    # Spread over the four forms by ticket number: tags need no chance of their own.
    chosen = tickets.reason * 4 + tickets.number * 7 % 11 % 4
    vip = _words(["", ";vip"], (tickets.segment == 3).astype(np.int64))
    hurried = _words(["", ";escalated"], (tickets.urgency == 3).astype(np.int64))
    own = pc.utf8_trim(pc.binary_join_element_wise(_words(options, chosen), vip, hurried, ""), ";")
    return pc.utf8_trim(pc.binary_join_element_wise(own, social.hashtags(tickets), ";"), ";")


def _message_table(chunk: Chunk) -> pa.Table:
    tickets, texts = chunk.tickets, chunk.texts
    number = tickets.number[texts.row]
    is_customer = np.isin(texts.turn, CUSTOMER_TURNS)
    is_bot = texts.turn == Turn.ACK
    agent = np.where(texts.turn == Turn.NOTE, tickets.first_agent[texts.row], tickets.agent[texts.row])
    author = digits(np.where(is_customer, tickets.customer[texts.row] + FIRST_USER_ID, agent + FIRST_AGENT_ID))
    columns = [
        pc.binary_join_element_wise("m", digits(number), "-", digits(texts.turn, 2), ""),
        pa.array(number),
        _words(["agent", "end-user", "bot"], is_customer + 2 * is_bot),
        pc.if_else(pa.array(is_bot), "bot", author),
        pa.array(texts.turn != Turn.NOTE),
        pa.array(chunk.talk.at[texts.row, texts.turn] * 1_000_000).cast(pa.timestamp("us", tz="UTC")),
        texts.body,
    ]
    return pa.table(columns, schema=_MESSAGE_SCHEMA)


def _metrics_table(chunk: Chunk) -> pa.Table:
    reported = chunk.reported
    number = chunk.tickets.number[reported.row]
    columns = [
        pc.binary_join_element_wise("r", digits(number), "-", digits(reported.measure), ""),
        pa.array(number),
        pa.DictionaryArray.from_arrays(pa.array(reported.measure, pa.int8()), pa.array(MEASURES)),
        pa.array(reported.seconds),
    ]
    return pa.table(columns, schema=_METRICS_SCHEMA)


def _event_lines(chunk: Chunk) -> pa.StringArray:
    """One JSON object a line; ids and words need no escaping, so lines are joined, not encoded."""
    tickets, history = chunk.tickets, chunk.history
    row, step = np.nonzero(history.has)
    kind = STEP_TYPE[step]
    number = digits(tickets.number[row])
    customer = digits(tickets.customer[row] + FIRST_USER_ID)
    agent = np.where(STEP_ACTOR[step] == 2, tickets.first_agent[row], tickets.agent[row])
    choice = pa.array(STEP_ACTOR[step])
    by_agent = digits(agent + FIRST_AGENT_ID)
    actor = pc.choose(choice, pa.array(["system"] * len(row), pa.string()), customer, by_agent, by_agent)
    return pc.binary_join_element_wise(
        *['{"event_id":"e', number, "-", digits(step, 2), '","ticket":', number, ',"at":"'],
        *[stamps(history.at[row, step]), '","type":"', _words(EVENT_TYPES, kind), '","old":'],
        *[_values(kind, history.old[row, step]), ',"new":', _values(kind, history.new[row, step])],
        *[',"actor":"', actor, '"}\n'],
        "",
    )


def _values(kind: Ints, code: Ints) -> pa.StringArray:
    """Old or new value of events as JSON: status and urgency words, ids of groups and agents, null for -1."""
    groups = [str(FIRST_GROUP_ID + row) for row in range(len(TEAMS))]
    words = ["null", *(f'"{word}"' for word in (*STATUSES, *groups, *URGENCIES))]
    start = np.array([1, 1 + len(STATUSES), 0, 1 + len(STATUSES) + len(groups)])
    named = _words(words, np.where((code < 0) | (kind == 2), 0, start[kind] + code))
    agents = pc.binary_join_element_wise('"', digits(code + FIRST_AGENT_ID), '"', "")
    return pc.if_else(pa.array((kind == 2) & (code >= 0)), agents, named)


def _surveys(chunk: Chunk, first_id: int) -> list[pa.Array]:
    surveys = chunk.surveys
    return [
        pa.array(first_id + np.arange(len(surveys))),
        pa.array(chunk.tickets.number[surveys.row]),
        stamps(surveys.sent_at),
        stamps(surveys.answered_at),
        pa.array(surveys.score, mask=surveys.score == 0),
        pc.if_else(pa.array(surveys.has_comment), chunk.comments, pa.scalar(None, pa.string())),
    ]


def _words(words: tuple[str, ...] | list[str], codes: Ints) -> pa.StringArray:
    return pa.array(words, pa.string()).take(pa.array(codes))


@cache
def _clock_times() -> pa.StringArray:
    seconds = np.arange(DAY_SECONDS).astype("datetime64[s]")
    return pa.array(np.char.add(np.char.replace(np.datetime_as_string(seconds), "1970-01-01", ""), "Z"))


def stamps(at: Ints) -> pa.StringArray:
    """Times (seconds since 1970) as ISO 8601 text with Z; 0 becomes null."""
    day, second = np.divmod(at, DAY_SECONDS)
    first = int(day[at > 0].min(initial=int(day.max(initial=0))))
    table = pa.array(np.datetime_as_string(np.arange(first, int(day.max(initial=first)) + 1).astype("datetime64[D]")))
    index = pa.array(np.maximum(day - first, 0), mask=at == 0)
    return pc.binary_join_element_wise(table.take(index), _clock_times().take(pa.array(second)), "")
