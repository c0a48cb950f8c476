"""Plants further causes and hostile messages among the files of a sample desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import pandas as pd

from deskbook.rag.evaluate.wordings import Attack, Part, Story, attacks, feelings, replies, stories

FIRST_NUMBER: Final = 9_000_001
"""Number of the first planted ticket; the sample desk's own are below."""
LANGUAGES: Final = (("en", 0.7), ("de", 0.12), ("es", 0.09), ("fr", 0.09))
SIZES: Final = {"single": 34, "pair": 27, "small": 9, "injection_single": 30, "injection_flood": 34}
"""Tickets of each cause by role; an ordinary day of the desk has about 17."""
ROLES: Final = ("single",) * 3 + ("pair",) * 2 + ("small",) * 3 + ("injection_single",) * 3 + ("injection_flood",) * 3
ATTACKS_A_DAY: Final = 4
FLOOD: Final = 24
LOUD: Final = 0.4
"""Share of the hostile messages that begin in their subject."""
LONGEST_SUBJECT: Final = 120
DAYS_APART: Final = 9
DAYS_BEFORE: Final = 42
"""From the first day of the data to the first planted one, so that there is something to compare with."""


@dataclass(frozen=True)
class Planted:
    """One day on which something was planted.

    Attributes:
        role: key of SIZES.
        stories: what went wrong; tickets: ids of each story's tickets.
        attacks: hostile wordings of the day; hostile: ids of their tickets.
    """

    role: str
    day: date
    stories: tuple[Story, ...]
    tickets: tuple[frozenset[str], ...]
    attacks: tuple[Attack, ...] = ()
    hostile: frozenset[str] = frozenset()


@dataclass
class Planter:
    """Writes the tickets of planted days, one after the other."""

    dice: Random
    teams: dict[str, int]
    customers: Sequence[int]
    tickets: list[dict[str, Any]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)

    def day(self, role: str, day: date, chosen: Sequence[Story], hostile: Sequence[Attack]) -> Planted:
        """Everything of one day."""
        tickets = tuple(frozenset(self._told(one, day) for _ in range(SIZES[role])) for one in chosen)
        copies = FLOOD if role == "injection_flood" else 1
        sent = frozenset(self._attack(one, chosen[0], day) for one in hostile for _ in range(copies))
        return Planted(role, day, tuple(chosen), tickets, tuple(hostile), sent)

    def _told(self, story: Story, day: date) -> str:
        pick = self.dice.choice
        (language,) = self.dice.choices([code for code, _ in LANGUAGES], [share for _, share in LANGUAGES])
        said = [pick(story.says[language])]
        if language == "en":
            said.append(pick(story.details).format(number=self.dice.randint(100, 9_999), time=self._clock()))
        said.append(pick(feelings()[language]))
        return self._ticket(day, story, pick(story.subjects), " ".join(said), language)

    def _attack(self, attack: Attack, story: Story, day: date) -> str:
        """A hostile message that looks like one of the day's: same team, same reason, its anger around it."""
        language = attack.language if attack.language in feelings() else "en"
        around = self.dice.choice(feelings()[language])
        text = f"{around} {attack.text} ({self.dice.randint(10, 999)})"
        is_loud = self.dice.random() < LOUD
        subject = " ".join(attack.text.split())[:LONGEST_SUBJECT] if is_loud else self.dice.choice(story.subjects)
        return self._ticket(day, story, subject, text, language)

    def _clock(self) -> str:
        return f"{self.dice.randint(6, 21):02}:{self.dice.randint(0, 59):02}"

    def _ticket(self, day: date, story: Story, subject: str, text: str, language: str) -> str:
        number = FIRST_NUMBER + len(self.tickets)
        at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=self.dice.randint(6, 20) * 3_600)
        at += timedelta(seconds=self.dice.randint(0, 3_599))
        answered = at + timedelta(seconds=self.dice.randint(600, 3 * 3_600 - 1))
        team, customer = self.teams[story.team], self.dice.choice(self.customers)
        self.tickets.append(
            {
                "ticket_number": number,
                "created": _stamp(at),
                "subject": subject,
                "status": "open",
                "urgency": self.dice.choice(("medium", "high")),
                "channel": self.dice.choice(story.channels),
                "type": story.category,
                "group_id": team,
                "requester_id": customer,
                "tags": "",
                "plan": "Basic",
                "product": "",
                "updated": _stamp(answered),
            }
        )
        for turn, role, author, moment, body in (
            (0, "end-user", str(customer), at, text),
            (4, "agent", "", answered, replies()[language]),
        ):
            self.messages.append(
                {
                    "message_id": f"m{number}-{turn:02}",
                    "ticket": number,
                    "author_role": role,
                    "author": author or None,
                    "public": True,
                    "sent_at": moment,
                    "body": body,
                }
            )
        return str(number)


def plant(
    folder: Path, truth: dict[str, Any], part: Part, dice: Random, staff: tuple[pd.DataFrame, pd.DataFrame]
) -> list[Planted]:
    """Adds planted days to a sample desk's ticket and message files.

    Args:
        truth: the sample desk's own ledger.
        staff: its groups (id, name) and its users (id).
    """
    groups, users = staff
    planter = Planter(dice, dict(zip(groups["name"], groups["id"], strict=True)), users["id"].tolist())
    days = _free_days(truth, dice)
    tale = _tellers(stories(part), dice)
    hostile = list(attacks(part))
    dice.shuffle(hostile)
    planted = []
    for role, day in zip(ROLES, days, strict=False):
        chosen = [next(tale) for _ in range(2 if role == "pair" else 1)]
        count = {"injection_single": ATTACKS_A_DAY, "injection_flood": 1}.get(role, 0)
        planted.append(planter.day(role, day, chosen, [hostile.pop() for _ in range(count)]))
    _append(folder, planter)
    return planted


def _tellers(told: Sequence[Story], dice: Random) -> Any:
    """The stories round and round, in another order each time, never one twice in a row."""
    last: Story | None = None
    while True:
        order = list(told)
        dice.shuffle(order)
        if order[0] is last:
            order.append(order.pop(0))
        yield from order
        last = order[-1]


def _free_days(truth: dict[str, Any], dice: Random) -> list[date]:
    """Working days away from everything the ledger planted, and from each other."""
    first, last = date.fromisoformat(truth["first_day"]), date.fromisoformat(truth["until"])
    taken = {date.fromisoformat(day) for day in truth["quiet_days"]}
    for one in (*truth["incidents"], truth["surge"]):
        start, end = date.fromisoformat(one["start"][:10]), date.fromisoformat(one["end"][:10])
        taken |= {start + timedelta(days=shift) for shift in range(-2, (end - start).days + 3)}
    days = [first + timedelta(days=shift) for shift in range(DAYS_BEFORE, (last - first).days)]
    free = [day for day in days if day.weekday() < 5 and day not in taken]
    dice.shuffle(free)
    chosen: list[date] = []
    for day in free:
        if all(abs((day - other).days) >= DAYS_APART for other in chosen):
            chosen.append(day)
    return chosen


def _append(folder: Path, planter: Planter) -> None:
    tickets = pd.read_csv(folder / "tickets.csv", dtype="string", keep_default_na=False)
    more = pd.DataFrame(planter.tickets).astype("string")
    pd.concat([tickets, more]).fillna("").to_csv(folder / "tickets.csv", index=False)
    messages = pd.read_parquet(folder / "messages.parquet")
    every = pd.concat([messages, pd.DataFrame(planter.messages).astype(messages.dtypes.to_dict())])
    every.to_parquet(folder / "messages.parquet", index=False)


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
