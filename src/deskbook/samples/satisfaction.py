"""Satisfaction surveys: who is asked after a ticket was solved, who answers, and how they rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from deskbook.samples.arrivals import ANGRY, MIXED, POSITIVE, Bools, Tickets
from deskbook.samples.calendar import Ints
from deskbook.samples.conversation import Talk
from deskbook.samples.history import SOLVED, History

GOOD = 4
"""Scores from here on count as good."""

_ODDS = np.array([[0.02, 0.03, 0.09, 0.36, 0.50], [0.42, 0.26, 0.17, 0.10, 0.05], [0.01, 0.01, 0.04, 0.22, 0.72]])
"""Chances of scores 1 to 5 of a content, an upset and a delighted customer."""


@dataclass(frozen=True)
class Surveys:
    """One row a survey sent.

    Attributes:
        row: its ticket, as a row number of the chunk.
        sent_at, answered_at: seconds since 1970; answered_at 0 if it was not answered.
        score: 1 to 5; 0 if it was not answered.
        has_comment: the customer added a sentence.
    """

    row: Ints
    sent_at: Ints
    answered_at: Ints
    score: Ints
    has_comment: Bools

    def __len__(self) -> int:
        """Number of surveys."""
        return len(self.row)


def ask_customers(tickets: Tickets, talk: Talk, history: History, end_at: int, rng: np.random.Generator) -> Surveys:
    """Surveys sent an hour after a part of the tickets was solved, and the answers until `end_at`."""
    sent = history.solved_at + 3600
    is_asked = (history.status >= SOLVED) & (sent <= end_at) & (rng.random(len(tickets)) < 0.45)
    row = np.flatnonzero(is_asked)
    n = len(row)
    tone = tickets.tone[row]
    answered = sent[row] + np.clip(rng.lognormal(9.6, 1.0, n), 60, 10 * 86_400).astype(np.int64)
    does = (rng.random(n) < np.where(tone == ANGRY, 0.55, 0.40)) & (answered <= end_at)
    # A slow answer or a reopened ticket turns half of the content customers.
    is_let_down = history.is_reopened[row] | (talk.wait[row] > 3 * 86_400)
    is_upset = (tone == ANGRY) | ((tone == MIXED) | is_let_down) & (rng.random(n) < 0.5)
    mood = np.where(tone == POSITIVE, 2, np.where(is_upset, 1, 0))
    score = 1 + np.minimum((rng.random(n)[:, None] >= np.cumsum(_ODDS, axis=1)[mood]).sum(axis=1), 4)
    return Surveys(row, sent[row], np.where(does, answered, 0), np.where(does, score, 0), does & (rng.random(n) < 0.35))
