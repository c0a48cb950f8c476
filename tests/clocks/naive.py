"""The plain way to measure a ticket: walk through what happened, one thing after the other, in datetimes.

Shares nothing with the room but the names of the switches and what a policy holds. Gives the rows `measure` gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from deskbook.clocks import FINDINGS, Policy, Rules
from tests.clocks.histories import Changed, Said, Ticket
from tests.clocks.paper import EARLY, LATE, NOTHING, Hours, Line, Stretch, fits, line, pieces, summed, value, whole

DONE = ("solved", "closed", "deleted")
STATUSES = ("new", "open", "pending", "hold", *DONE)
TARGETS = ("first_reply", "next_reply", "requester_wait", "agent_work", "periodic_update", "resolution")
ALIVE = ("new", "open", "pending", "hold")
RUNS = dict.fromkeys(TARGETS, ALIVE) | {"requester_wait": ("new", "open", "hold"), "agent_work": ("new", "open")}
TICK, YEAR = timedelta(microseconds=1), timedelta(days=366)
Row = dict[str, Any]


class Told:
    """Everything that can be said of one ticket."""

    def __init__(self, ticket: Ticket, rules: Rules, hours: list[Hours]) -> None:
        self.ticket, self.rules, self.hours = ticket, rules, hours
        self.odd: set[str] = set()
        self._status()
        self._moves()
        self._talk()
        own = next((one for one in hours if one.fits and fits(ticket, one.fits)), None)
        own = own or next((one for one in hours if not one.fits), None)
        called = {word: one for one in hours for word in (one.name, one.id) if word}
        events = self._events("schedule")
        first = called.get(events[0].old) if events and events[0].old else own
        self.schedule = line(ticket.created, first, [(one.at, called.get(one.new)) for one in events])
        self.agents, self.teams = self._field("assignment", "agent_id"), self._field("team", "team_id")
        self.priorities = self._field("priority", "priority", backdated=True)

    def _events(self, kind: str) -> list[Changed]:
        return sorted((one for one in self.ticket.changed if one.kind == kind), key=lambda one: (one.at, one.id))

    def _field(self, kind: str, column: str, *, backdated: bool = False) -> Line:
        events = self._events(kind)
        first = self.ticket[column]
        if events:
            first = events[0].old or (events[0].new if backdated else None)
        self._look_for_oddities(first, [(one.at, one.old, one.new) for one in events])
        return line(self.ticket.created, first, [(one.at, one.new) for one in events])

    def _look_for_oddities(self, first: Any, events: list[tuple[datetime, Any, Any]]) -> None:
        before = first
        for place, (when, old, new) in enumerate(events):
            if when < self.ticket.created:
                self.odd.add("event_before_creation")
            if new == before and (place or old is not None):
                self.odd.add("event_repeated")
            if new != before and old is not None and old != before:
                self.odd.add("event_out_of_order")
            before = new

    def _status(self) -> None:
        t, events = self.ticket, self._events("status")
        self.has_history = bool(events)
        if any(one.new is not None and one.new not in STATUSES for one in events):
            self.odd.add("status_unknown")
        states = [(one.at, one.old and standard(one.old), standard(one.new)) for one in events]
        own = t["status"] or (states[-1][2] if states else "solved" if t.resolved else "open")
        alone = "open" if own in DONE else own
        first = (states[0][1] or "new") if states else alone
        self._look_for_oddities(first, states)
        last = states[-1][2] if states else first
        points = [(when, new) for when, _, new in states]
        self.undated = False
        if (last in DONE) != (own in DONE):
            newest = max([t.created, *(one.at for one in events)])
            best = (t.resolved if own in DONE else None) or t.updated or newest
            points.append((max(best, newest), own))
            self.undated = own in ("solved", "closed") and t.resolved is None
            if states:
                self.odd.add("history_ends_elsewhere")
        if self.undated:
            self.odd.add("resolution_without_time")
        if t.resolved and t.resolved < t.created:
            self.odd.add("resolution_before_creation")
        self.states = line(t.created, first, points)
        steps = [(t.created, first), *((max(when, t.created), new) for when, new in points)]
        self.steps = [one for place, one in enumerate(steps) if place == 0 or steps[place - 1][1] != one[1]]

    def _moves(self) -> None:
        self.moves: list[tuple[datetime, str, int]] = [(self.ticket.created, "created", 1)]
        is_open, before = True, None
        for when, state in self.steps:
            if is_open and state in DONE:
                self.moves.append((when, "deleted" if state == "deleted" else "solved", -1))
            if not is_open and state not in DONE:
                self.moves.append((when, "recovered" if before == "deleted" else "reopened", 1))
            is_open, before = state not in DONE, state
        solved = [when for when, move, _ in self.moves if move == "solved"]
        self.first_solved = solved[0] if solved and not (self.undated and len(solved) == 1) else None
        when, move, _ = self.moves[-1]
        self.gone = None if is_open else when
        self.solved = when if move == "solved" and not self.undated else None

    def _talk(self) -> None:
        t = self.ticket
        self.said = sorted(t.said, key=lambda one: (one.at, one.role == "customer", one.id))
        self.pairs: list[tuple[datetime, Said]] = []
        asked: datetime | None = None
        for one in self.said:
            if one.role == "customer":
                asked = asked or one.at
            elif asked and self.answers(one):
                self.pairs.append((asked, one))
                asked = None
        self.waiting, self.first = asked, t.first_reply or (self.pairs[0][1].at if self.pairs else None)
        if t.first_reply and not self.pairs:
            later = [one.at for one in self.said if one.role == "customer" and one.at > t.first_reply]
            self.waiting = later[0] if later else None
        if any(one.at < t.created for one in self.said):
            self.odd.add("message_before_creation")
        if self.first and self.first < t.created:
            self.odd.add("reply_before_creation")

    def answers(self, one: Said) -> bool:
        """Whether a message answers a customer."""
        public = one.is_public is not False
        if one.role == "bot":
            return public and self.rules.bot_replies == "count"
        return one.role == "agent" and (public or self.rules.internal_replies == "count")

    def left_out(self) -> str | None:
        t, rules = self.ticket, self.rules
        opener = t["created_by"] or (self.said[0].role if self.said else None)
        for reason, switch, applies in (
            ("merged", rules.merged_tickets, t["merged_into_id"] is not None),
            ("spam", rules.spam_tickets, bool(t["is_spam"])),
            ("deleted", rules.deleted_tickets, t["status"] == "deleted"),
            ("agent-created", rules.agent_created_tickets, opener == "agent"),
        ):
            if applies and switch == "leave out":
                return reason
        return None

    def worked(self, start: datetime, end: datetime, schedule: Line | None = None) -> timedelta | None:
        """Business time; None where a part is under no schedule or one that never opens."""
        total = NOTHING
        for hours, begin, finish in pieces(schedule or self.schedule, start, end):
            if hours is None or not hours.week:
                return None
            total += sum((b - a for a, b in hours.within(begin, finish)), NOTHING)
        return total

    def by_last(self, start: datetime, end: datetime) -> timedelta | None:
        """Business time under the last schedule alone."""
        return self.worked(start, end, [(start, self.schedule[-1][1])])

    def clocks_row(self) -> Row:
        t, said = self.ticket, self.said
        asks = [one for one in said if one.role == "customer"]
        public = [one for one in said if one.role == "agent" and one.is_public is not False]
        notes = [one for one in said if one.role == "agent" and one.is_public is False]
        bits = sum(1 << place for place, one in enumerate(FINDINGS) if one.name in self.odd)
        return {
            "id": t.id,
            "left_out": self.left_out(),
            "findings": bits,
            "first_reply_at": self.first,
            "resolved_at": self.solved,
            "first_resolved_at": self.first_solved,
            "waiting_since": self.waiting,
            "status_since": self.states[-1][0],
            "replies": sum(self.answers(one) and one.at > asks[0].at for one in said) if asks else 0,
            "messages_in": len(asks),
            "messages_out": len(public),
            "notes": len(notes),
            "handoffs": len({one.author for one in notes if one.author}),
            "resolutions": sum(move == "solved" for _, move, _ in self.moves),
            "reopens": sum(move == "reopened" for _, move, _ in self.moves),
            **self._durations(),
            **self._stood(),
            **self._hands(),
        }

    def _durations(self) -> Row:
        created, row = self.ticket.created, {}
        dated = not self.ticket.resolved or self.ticket.resolved >= created
        replied = self.first if self.first and self.first >= created else None
        for name, end in (
            ("first_reply", replied),
            ("first_resolution", self.first_solved if dated else None),
            ("resolution", self.solved if dated else None),
        ):
            row[f"{name}_seconds"] = whole(end and end - created)
            row[f"{name}_business_seconds"] = whole(end and self.worked(created, end))
            row[f"{name}_last_schedule_seconds"] = whole(end and self.by_last(created, end))
        business = [self.worked(asked, one.at) for asked, one in self.pairs]
        row["total_reply_seconds"] = whole(summed([one.at - asked for asked, one in self.pairs]))
        row["total_reply_business_seconds"] = whole(summed(business))
        return row

    def _stood(self) -> Row:
        row: Row = {}
        ended = [(state, a, b) for (a, state), (b, _) in zip(self.states, self.states[1:], strict=False)]
        ever = any(hours for _, hours in self.schedule)
        for name in ALIVE:
            here = [(a, b) for state, a, b in ended if state == name]
            business = summed([self.worked(a, b) for a, b in here], NOTHING)
            row[f"{name}_seconds"] = whole(sum((b - a for a, b in here), NOTHING)) if self.has_history else None
            row[f"{name}_business_seconds"] = whole(business) if self.has_history and ever else None
        return row

    def _hands(self) -> Row:
        agents = [(when, agent) for when, agent in self.agents if agent]
        told, taught = bool(self._events("assignment")), bool(self._events("team"))
        row: Row = {
            "assignments": len(agents) if told else None,
            "assignees": len({agent for _, agent in agents}) if told else None,
            "team_stations": sum(team is not None for _, team in self.teams) if taught else None,
            "unassigned_seconds": None,
        }
        for name, place in (("first", 0), ("last", -1)):
            held = agents[place][0] if agents else None
            known = told and held and self.solved and held <= self.solved
            row[f"{name}_assignment_to_resolution_seconds"] = whole(self.solved - held if known else None)
        if told and self.solved:
            idle = [b - a for agent, a, b in pieces(self.agents, self.ticket.created, self.solved) if agent is None]
            row["unassigned_seconds"] = whole(sum(idle, NOTHING))
        return row

    def reply_rows(self) -> list[Row]:
        return [
            {
                "ticket_id": self.ticket.id,
                "message_id": one.id,
                "author_id": one.author,
                "number": place,
                "asked_at": asked,
                "replied_at": one.at,
                "reply_seconds": whole(one.at - asked),
                "reply_business_seconds": whole(self.worked(asked, one.at)),
            }
            for place, (asked, one) in enumerate(self.pairs, 1)
        ]

    def move_rows(self) -> list[Row]:
        """Moves, and a pair for each moment at which an open ticket became something else."""
        fields = (self.teams, self.agents, self.priorities, self.states)
        told = list(self.moves)
        for when in sorted({when for one in fields for when, _ in one} - {when for when, _, _ in self.moves}):
            if value(self.states, when) not in DONE:
                told += [(when, "moved", -1), (when, "moved", 1)]
        names = ("team_then", "agent_then", "priority_then", "status_then")
        rows: list[Row] = []
        for when, move, delta in told:
            leaves = delta < 0 and (move == "moved" or all(row["moved_at"] != when for row in rows))
            then = {name: value(one, when, before=leaves) for name, one in zip(names, fields, strict=True)}
            rows.append({"ticket_id": self.ticket.id, "moved_at": when, "move": move, "delta": delta} | then)
        return rows

    def promise_rows(self) -> list[Row]:
        policy = next((one for one in self.rules.policies if fits(self.ticket, one.applies_to)), None)
        if not policy:
            return []
        return [
            row
            for target in TARGETS
            if target in policy.targets
            for number, clock in enumerate(self._clocks(target), 1)
            for row in self._promised(policy, target, number, *clock)
        ]

    def _clocks(self, target: str) -> list[tuple[datetime, datetime | None, bool]]:
        """Start, end and whether the end fulfils it."""
        created = self.ticket.created
        if target == "first_reply":
            return [self._until_reply(created, self.first)]
        if target == "next_reply":
            waits = [self._until_reply(self.waiting, None)] if self.waiting and self.first else []
            return [self._until_reply(asked, one.at) for asked, one in self.pairs[1:]] + waits
        if target != "periodic_update":
            return [(created, self.gone, self.solved is not None)]
        spoken, found = [one.at for one in self.said if self.answers(one)], []
        for start, then in zip(spoken, [*spoken[1:], None], strict=False):
            done = next((max(a, start) for state, a, b in self._stretches() if state in DONE and b > start), None)
            if done and done <= start:
                continue
            ends = [one for one in (then, done) if one]
            found.append((start, min(ends) if ends else None, then is not None and (done is None or then <= done)))
        return found

    def _until_reply(self, start: datetime, reply: datetime | None) -> tuple[datetime, datetime | None, bool]:
        end = reply or self.gone
        return start, end and max(start, end), reply is not None

    def _stretches(self) -> list[tuple[str, datetime, datetime]]:
        return list(pieces(self.states, EARLY, LATE))

    def _promised(
        self, policy: Policy, target: str, number: int, start: datetime, end: datetime | None, answered: bool
    ) -> Iterator[Row]:
        finish = end if end is None or end > start else start + TICK
        held: list[tuple[int, Any, datetime]] = []
        for priority, begin in self._in_force(start, finish or LATE):
            seconds = policy.seconds(target, priority) or 0
            if not held or held[-1][0] != seconds:
                held.append((seconds, priority, begin))
        for place, (seconds, priority, applied) in enumerate(held):
            if not seconds:
                continue
            replaced = held[place + 1][2] if place + 1 < len(held) else None
            ends = min((one for one in (end, replaced) if one), default=None)
            breach, elapsed = self._run(policy, target, (start, end), ends, timedelta(seconds=seconds))
            broken = max(breach, applied) if breach else None
            if ends is None:
                ending = "running"
            elif broken and broken < ends:
                ending = "breached"
            else:
                ending = "achieved" if answered and ends == end else "cancelled"
            yield {
                "ticket_id": self.ticket.id,
                "policy": policy.name,
                "target": target,
                "priority_then": priority,
                "number": number,
                "hours": policy.hours.get(target, "calendar"),
                "started_at": start,
                "applied_at": applied,
                "target_seconds": seconds,
                "breach_at": broken,
                "ended_at": ends,
                "ending": ending,
                "elapsed_seconds": whole(elapsed),
            }

    def _in_force(self, start: datetime, end: datetime) -> list[tuple[Any, datetime]]:
        """Priorities and since when; one that changes on a done ticket changes when it comes back."""
        found: list[tuple[Any, datetime]] = []
        for priority, begin, _ in pieces(self.priorities, start, end):
            back = (max(a, begin) for state, a, b in self._stretches() if state not in DONE and b > begin)
            since = next(back, LATE) if found else begin
            if found and found[-1][1] == since:
                found.pop()
            if since < end:
                found.append((priority, since))
        return found

    def _run(
        self,
        policy: Policy,
        target: str,
        clock: tuple[datetime, datetime | None],
        ends: datetime | None,
        target_time: timedelta,
    ) -> tuple[datetime | None, timedelta | None]:
        """The last moment within the target, and what the clock shows at the end."""
        passed, elapsed, breach = NOTHING, NOTHING, None
        runs = policy.running.get(target, RUNS[target])
        for state, a, b in pieces(self.states, clock[0], clock[1] or LATE):
            if state not in runs:
                continue
            for begin, finish in self._ticking(policy.hours.get(target), a, b):
                length = finish - begin
                if breach is None and passed + length > target_time:
                    breach = begin + target_time - passed
                passed += length
                elapsed += max(min(finish, ends or finish) - begin, NOTHING)
        return breach, None if ends is None else elapsed

    def _ticking(self, hours: str | None, start: datetime, end: datetime) -> Iterator[Stretch]:
        """When a clock that runs is seen to move."""
        if hours != "business":
            yield start, end
            return
        for schedule, begin, finish in pieces(self.schedule, start, end):
            if schedule:
                yield from schedule.within(begin, min(finish, begin + YEAR) if finish == LATE else finish)


def standard(word: str | None) -> str:
    return word if word in STATUSES else "open"


def measured(tickets: list[Ticket], rules: Rules, hours: list[Hours]) -> dict[str, list[Row]]:
    """The rows of every table, as `measure` should give them."""
    told = [Told(one, rules, hours) for one in tickets]
    counted = [one for one in told if one.left_out() is None]
    return {
        "ticket_clocks": [one.clocks_row() for one in told],
        "replies": [row for one in counted for row in one.reply_rows()],
        "moves": [row for one in counted for row in one.move_rows()],
        "promises": [row for one in counted for row in one.promise_rows()],
    }
