"""Composes subjects, messages and survey comments from phrases, all tickets of a chunk at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from deskbook.samples.arrivals import ANGRY, MIXED, NEUTRAL, POSITIVE, Bools, Tickets
from deskbook.samples.calendar import Ints
from deskbook.samples.conversation import AGENT_TURNS, ANSWERS, CUSTOMER_TURNS, Talk, Turn
from deskbook.samples.phrases import Picker, phrase_book
from deskbook.samples.reasons import CHANNELS
from deskbook.samples.slots import Slots

_Write = Callable[[Ints, Ints], pa.StringArray]
"""Texts from the rows of their tickets and their turns."""

EMAIL, CHAT, WEB, PHONE, SOCIAL = range(len(CHANNELS))
_CARELESS_SHARE = np.array([0.16, 0.40, 0.16, 0.05, 0.35])
"""Share of hasty writers by channel, in the order of CHANNELS."""


@dataclass(frozen=True)
class Texts:
    """The message texts of a chunk: row and turn of each, in the order of the tickets."""

    row: Ints
    turn: Ints
    body: pa.StringArray


class Writer:
    """Writes for the tickets of one chunk; a careless customer stays careless in every message."""

    def __init__(self, tickets: Tickets, slots: Slots, rng: np.random.Generator) -> None:
        """Fixes who is careless, and the sentences that later messages quote."""
        self._tickets, self._slots, self._rng = tickets, slots, rng
        self._book = phrase_book()
        self._is_careless = rng.random(len(tickets)) < _CARELESS_SHARE[tickets.channel]
        is_clean = np.zeros(len(tickets), np.bool_)
        # Fixed for the ticket, so that a reply quotes what was really written.
        self._says = self._picker(np.arange(len(tickets)), self._is_careless).pick("says")
        self._answer = self._picker(np.arange(len(tickets)), is_clean).pick("answer")
        self._reply = self._answer
        self._draw = rng.random(len(tickets))

    def _picker(self, rows: Ints, is_careless: Bools) -> Picker:
        tickets = self._tickets
        return Picker(self._book, tickets.section[rows], tickets.language[rows], is_careless, self._rng)

    def subjects(self) -> pa.StringArray:
        """One subject a ticket; calls and chats are often named after the contact, and some break the line."""
        tickets = self._tickets
        rows = np.arange(len(tickets))
        picker = self._picker(rows, self._is_careless)
        is_named = (tickets.plant < 0) & (self._rng.random(len(tickets)) < 0.4)
        names = [picker.pick(name) for name in ("touch", "ring", "direct")]
        touch = np.select([is_named & (tickets.channel == code) for code in (CHAT, PHONE, SOCIAL)], names, 0)
        mark = picker.pick("mark", tickets.channel == EMAIL, 0.12)
        words = np.where(touch > 0, touch, picker.pick("subject"))
        return self._book.join([mark, words, picker.pick("wrap", None, 0.004)], self._slots, rows)

    def messages(self, talk: Talk) -> Texts:
        """The texts of all messages that were sent."""
        size = len(self._tickets)
        asks = self._picker(np.arange(size), np.zeros(size, np.bool_)).pick("agent_ask", talk.rounds > 0, 0.5)
        self._reply = np.where(asks > 0, asks, self._answer)
        rows, turns, bodies = [], [], []
        writers: tuple[tuple[tuple[Turn, ...], _Write], ...] = (
            ((Turn.FIRST,), lambda row, turn: self._first(row)),
            (CUSTOMER_TURNS[1:], self._later),
            (AGENT_TURNS, lambda row, turn: self._agent(row, turn, talk)),
            ((Turn.NOTE,), lambda row, turn: self._plain("note", row)),
            ((Turn.ACK,), lambda row, turn: self._plain("ack", row)),
        )
        for kinds, write in writers:
            places = np.array(kinds, np.int64)
            row, column = np.nonzero(talk.has[:, places])
            rows.append(row)
            turns.append(places[column])
            bodies.append(write(row, places[column]))
        row, turn = np.concatenate(rows), np.concatenate(turns)
        order = np.argsort(row * len(Turn) + turn, kind="stable")
        return Texts(row[order], turn[order], pa.concat_arrays(bodies).take(pa.array(order)))

    def comments(self, rows: Ints, is_good: Bools) -> pa.StringArray:
        """A survey comment for each of those tickets."""
        picker = self._picker(rows, self._is_careless[rows])
        return self._book.join([np.where(is_good, picker.pick("good"), picker.pick("bad"))], self._slots, rows)

    def _first(self, rows: Ints) -> pa.StringArray:
        """What the customer writes first."""
        tickets, channel = self._tickets, self._tickets.channel
        picker = self._picker(rows, self._is_careless)
        is_mail, is_letter = channel == EMAIL, np.isin(channel, (EMAIL, WEB))
        tone = tickets.tone
        rants_first = (tone == ANGRY) & (self._rng.random(len(rows)) < 0.3)
        by_channel = {
            "detail": np.array([0.8, 0.6, 0.75, 0.8, 0.45]),
            "extra": np.array([0.55, 0.3, 0.45, 0.4, 0.15]),
            "ask": np.array([0.75, 0.5, 0.65, 0.5, 0.4]),
        }
        detail = picker.pick("detail", None, by_channel["detail"][channel])
        # Without any detail, short texts of thousands of people would be word for word the same.
        extra = picker.pick("extra", None, np.where(detail == 0, 0.97, by_channel["extra"][channel]))
        # An incident has its own date, and its customers come to the point.
        is_ordinary = tickets.plant < 0
        past = picker.pick("past", is_ordinary & (extra > 0), 0.15)
        bye = picker.pick("bye", is_letter, np.where(is_mail, 0.9, 0.3))
        return self._book.join(
            [
                picker.pick("call", channel == PHONE),
                picker.pick("social", channel == SOCIAL, 0.9),
                picker.pick("hello", is_letter, np.where(is_mail, 0.92, 0.4)),
                picker.pick("hi", channel == CHAT, 0.7),
                picker.pick("opener", is_ordinary, np.where(is_letter, 0.35, 0.1)),
                picker.pick("angry_first", rants_first),
                self._says,
                detail,
                np.where(past > 0, past, extra),
                self._feeling(picker, tone, rants_first),
                picker.pick("ask", None, by_channel["ask"][channel]),
                picker.pick("tail", channel == SOCIAL, 0.5),
                bye,
                picker.pick("sign", bye > 0),
                picker.pick("form", channel == WEB, 0.6),
            ],
            self._slots,
            rows,
        )

    def _feeling(self, picker: Picker, tone: Ints, is_said: Bools) -> Ints:
        """The sentence that shows the mood; neutral tickets have none."""
        moods = [picker.pick("angry", ~is_said), picker.pick("polite"), picker.pick("mixed")]
        return np.select([tone == ANGRY, tone == POSITIVE, tone == MIXED], moods, NEUTRAL)

    def _later(self, rows: Ints, turn: Ints) -> pa.StringArray:
        """What the customer writes afterwards; in mails, above a quotation of the answer."""
        picker = self._picker(rows, self._is_careless[rows])
        is_mail = self._tickets.channel[rows] == EMAIL
        is_angry = np.isin(self._tickets.tone[rows], (ANGRY, MIXED)) & (self._rng.random(len(rows)) < 0.55)
        # Turns are two places apart; a third of the phrases further on, nobody repeats himself.
        draw = (self._draw[rows] + turn / 6) % 1
        detail = picker.pick("detail_first", None, 0.6, draw)
        facts = np.where(detail > 0, detail, picker.pick("info", draw=draw))
        follow = np.where(is_angry, picker.pick("furious", draw=draw), facts)
        waits = np.where(is_angry, picker.pick("furious"), picker.pick("chase"))
        body = np.select(
            [turn == Turn.THANKS, turn == Turn.STILL, turn == Turn.CHASE],
            [picker.pick("thanks"), picker.pick("still"), waits],
            follow,
        )
        quote = picker.pick("wrote_us", is_mail & (turn != Turn.CHASE), 0.5)
        bye = picker.pick("bye", is_mail, 0.7)
        extra = picker.pick("extra", turn != Turn.THANKS, 0.15)
        parts = [body, extra, bye, picker.pick("sign", bye > 0), quote, np.where(quote > 0, self._reply[rows], 0)]
        return self._book.join(parts, self._slots, rows)

    def _agent(self, rows: Ints, turn: Ints, talk: Talk) -> pa.StringArray:
        """What an agent answers: the solution at once, or questions first and the solution last."""
        picker = self._picker(rows, np.zeros(len(rows), np.bool_))
        is_letter = np.isin(self._tickets.channel[rows], (EMAIL, WEB))
        is_first = turn == Turn.REPLY
        is_upset = np.isin(self._tickets.tone[rows], (ANGRY, MIXED))
        rounds = talk.rounds[rows]
        is_last = np.select([turn == answer for answer in ANSWERS], [rounds == 1, rounds == 2, rounds == 3], True)
        draw = (self._draw[rows] + turn / 6) % 1
        later = np.where(is_last, picker.pick("agent_done"), picker.pick("agent_more", draw=draw))
        body = np.where(is_first, self._reply[rows], later)
        quote = picker.pick("wrote", (self._tickets.channel[rows] == EMAIL) & is_first, 0.5)
        parts = [
            picker.pick("agent_hello", is_letter),
            picker.pick("agent_hi", ~is_letter & is_first, 0.8),
            picker.pick("agent_open", is_first & ~is_upset, 0.5),
            picker.pick("agent_sorry", is_upset, np.where(is_first, 0.75, 0.2)),
            body,
            picker.pick("agent_next", None, 0.4),
            picker.pick("agent_bye", is_letter, 0.95),
            quote,
            np.where(quote > 0, self._says[rows], 0),
        ]
        return self._book.join(parts, self._slots, rows)

    def _plain(self, part: str, rows: Ints) -> pa.StringArray:
        """A message of one sentence: notes and the bot's receipt."""
        clean = np.zeros(len(rows), np.bool_)
        return self._book.join([self._picker(rows, clean).pick(part)], self._slots, rows)
