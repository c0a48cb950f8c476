"""Every way in which another system may count, in order of likelihood."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from deskbook.clocks.differences import moments, roles, schedules
from deskbook.clocks.differences.reading import Reading
from deskbook.clocks.rules import Rules

CAUSES: Final[Mapping[str, str]] = {
    "schedule_rule": "which schedule counts, and when",
    "schedule_default": "a schedule the ticket was not under",
    "zone": "the zone business hours are read in",
    "dst": "daylight saving time",
    "holiday": "holidays and days with hours of their own",
    "role_history": "who is an agent",
    "internal_comment": "internal notes",
    "bot": "bots and automatic messages",
    "merge": "merged tickets",
    "status": "which resolution and which statuses count",
    "clock": "the moments themselves: another field, a shifted clock, another unit",
    "rounding": "rounding",
    "unexplained": "nothing we know of",
}
"""What a difference can come from, and what it is about."""
COUNTED: Final = {"leave out": "count", "count": "do not count"}
"""What they do where a switch of ours is different."""
UNUSUAL: Final = 0.4
"""Weight of what could be, though no help desk is known for it."""
Read = Callable[[Reading], Reading | None]


@dataclass(frozen=True)
class Hypothesis:
    """One way in which they may count.

    Attributes:
        name: in snake case; with a word after a colon where there are several of a kind.
        cause: key of CAUSES.
        part: what it changes; two that change the same do not go together.
        said: what they do, after "because they", with `{…}` for facts of a ticket.
        read: our reading -> theirs; None where it changes nothing.
        weight: how likely it is before any ticket speaks, beside 1 for what help desks are known to do.
    """

    name: str
    cause: str
    part: str
    said: str
    read: Read
    weight: float = 1.0


def hypotheses(reading: Reading) -> tuple[Hypothesis, ...]:
    """Those that can change a measure, the likeliest first."""
    known = (
        *_rules(),
        *_zones(reading),
        *_days(),
        *_defaults(reading),
        *_messages(reading.rules),
        *_merges(),
        *_statuses(),
        *_moments(),
        *_schedules(reading),
        *_units(),
    )
    return tuple(one for one in known if one.read(reading) is not None)


def _rules() -> tuple[Hypothesis, ...]:
    rule = "schedule_rule"
    return (
        Hypothesis("calendar", rule, "figure", "count around the clock and not in business time", schedules.calendar),
        Hypothesis("business", rule, "figure", "count in business time and not around the clock", schedules.business),
        Hypothesis(
            "last_schedule",
            rule,
            "schedule",
            "count its whole life under the last schedule, '{last}', and not under each of {schedules} while it held",
            schedules.last_schedule,
        ),
        Hypothesis(
            "each_schedule",
            rule,
            "figure",
            "count under each of {schedules} while it held, and not its whole life under '{last}', the last one",
            schedules.each_schedule,
        ),
    )


def _zones(reading: Reading) -> tuple[Hypothesis, ...]:
    usual = {"UTC": 1.0, reading.zone: 1.0}
    used = {version.zone: UNUSUAL for one in reading.rules.schedules for version in one.versions}
    said = "read the hours of business in the zone {zone} and not in {own_zone}"
    zones = [
        Hypothesis(f"zone:{zone}", "zone", "zone", said.replace("{zone}", zone), schedules.in_zone(zone), weight)
        for zone, weight in (usual | used | usual).items()
    ]
    winter = "take its zone, {own_zone}, to be on standard time all year"
    summer = "take its zone, {own_zone}, to be on daylight saving time all year"
    wall = f"subtract what the wall clock of {reading.zone} shows, over a change of clocks"
    return (
        *zones,
        Hypothesis("standard_time", "dst", "zone", winter, schedules.standard_time),
        Hypothesis("summer_time", "dst", "zone", summer, schedules.summer_time),
        Hypothesis("wall_clock", "dst", "zone", wall, schedules.wall_clock),
    )


def _days() -> tuple[Hypothesis, ...]:
    def one(name: str, said: str, read: Read) -> Hypothesis:
        return Hypothesis(name, "holiday", name, said, read)

    return (
        one("public_holidays", "count public holidays as working days", schedules.no_public_holidays),
        one("closed_days", "count days that are closed in '{last}' as working days", schedules.no_closed_days),
        one("special_hours", "take no notice of days with hours of their own", schedules.no_special_hours),
    )


def _defaults(reading: Reading) -> tuple[Hypothesis, ...]:
    default = [one for one in reading.rules.schedules if one.is_default]
    said = "count under the default schedule, '{default}', and not under {schedules}"
    newest = "count under the schedule as it reads today, and not as it read then"
    return (
        *(Hypothesis("default", "schedule_default", "schedule", said, schedules.only(one)) for one in default),
        Hypothesis("newest_version", "schedule_rule", "schedule", newest, schedules.newest_version),
    )


def _schedules(reading: Reading) -> tuple[Hypothesis, ...]:
    others = [one for one in reading.rules.schedules if not one.is_default]
    first = "count its whole life under the first schedule, '{first}', and not under each of {schedules} while it held"
    return (
        Hypothesis("first_schedule", "schedule_rule", "schedule", first, schedules.first_schedule, UNUSUAL),
        *(
            Hypothesis(
                f"schedule:{one.name}",
                "schedule_default",
                "schedule",
                f"count under the schedule '{_literal(one.name)}', and not under {{schedules}}",
                schedules.only(one),
                UNUSUAL,
            )
            for one in others
        ),
    )


def _literal(name: str) -> str:
    """A name that is no fact to fill in, whatever brackets it has."""
    return name.replace("{", "{{").replace("}", "}}")


def _messages(rules: Rules) -> tuple[Hypothesis, ...]:
    def one(name: str, cause: str, said: str, read: Read) -> Hypothesis:
        return Hypothesis(name, cause, "messages", said, read)

    role = "role_history"
    notes, bots = (COUNTED[kept] for kept in (rules.internal_replies, rules.bot_replies))
    return (
        one("internal", "internal_comment", f"{notes} an internal note as a reply: {{ends}}", roles.internal_answers),
        one("bot", "bot", f"{bots} a bot's message as a reply: {{ends}}", roles.bot_answers),
        one("system", "bot", "count an automatic message as a reply: {ends}", roles.system_answers),
        one("role_today", role, "judge authors by the role they have today: {ends}", roles.roles_of_today),
        one("others_are_agents", role, "take whoever did not ask for an agent: {ends}", roles.others_answer),
        one(
            "answerer_is_none", role, "do not take the first to answer for an agent: {ends}", roles.first_answerer_asks
        ),
        one("any_agent", role, "count an agent's message before any customer's: {ends}", roles.any_agent_message),
        one("second_answer", role, "count from an agent's second message: {ends}", roles.later_answer),
        one("messages", "clock", "go by the messages, we by the source's field: {ends}", roles.reply_from_messages),
    )


def _merges() -> tuple[Hypothesis, ...]:
    return (
        Hypothesis(
            "merged_creation",
            "merge",
            "merged_creation",
            "start the clock at {starts}, when {merged}, merged into it, was created",
            moments.merged_creation,
        ),
        Hypothesis(
            "merged_messages",
            "merge",
            "merged_messages",
            "count the messages of {merged}, merged into it: {ends}",
            moments.merged_messages,
        ),
    )


def _statuses() -> tuple[Hypothesis, ...]:
    def one(name: str, said: str, read: Read, part: str = "figure") -> Hypothesis:
        return Hypothesis(name, "status", part, said, read)

    solved = "do not count the time between being solved and being reopened"
    pending = "count only time in new, open and hold"
    agents = "count only time in new and open"
    return (
        one("first_solving", "count to the first time it was solved, not the last: {ends}", moments.first_solving),
        one("last_solving", "count to the last time it was solved, not the first: {ends}", moments.last_solving),
        one("solved_time", solved, moments.standing(moments.ACTIVE)),
        one("pending_time", pending, moments.standing(moments.WITHOUT_PENDING)),
        one("agents_time", agents, moments.standing(moments.WITH_AGENTS)),
        one("new_time", "count time in new along with it", moments.also_new),
        one("closing", "count to its closing, not to its being solved: {ends}", moments.closing_solves, "end"),
    )


def _moments() -> tuple[Hypothesis, ...]:
    def one(name: str, part: str, said: str, read: Read) -> Hypothesis:
        return Hypothesis(name, "clock", part, said, read)

    return (
        one("updated_at", "end", "take its last update for the end: {ends}", moments.update_ends),
        one("resolved_at", "end", "take the source's resolution time for the end: {ends}", moments.solved_field_ends),
        one("solved_at", "end", "take its being solved for the reply: {ends}", moments.solving_replies),
        one("first_message", "start", "start at the customer's first message, {starts}", moments.first_message_starts),
        one("assignment", "start", "start at its first assignment, {starts}", moments.assignment_starts),
    )


def _units() -> tuple[Hypothesis, ...]:
    def one(by: int, over: int, said: str) -> Hypothesis:
        return Hypothesis(f"unit:{by}/{over}", "clock", "figure", said, moments.scaled(by, over), UNUSUAL)

    return (
        one(1, 60, "give minutes where seconds are expected"),
        one(60, 1, "give sixty times the seconds, as if they were minutes"),
        one(1, 3_600, "give hours where seconds are expected"),
        one(1_000, 1, "give milliseconds where seconds are expected"),
    )


def shift(seconds: int) -> Hypothesis:
    """Their clock is off by so much between creation and the end."""
    amount = abs(seconds)
    said = next(f"{amount // size} {word}" for size, word in UNITS if amount % size == 0)
    later = "later" if seconds > 0 else "earlier"
    return Hypothesis(
        f"shift:{seconds}", "clock", "end", f"date the end {said} {later}: {{ends}}", moments.shifted(seconds)
    )


UNITS: Final = ((3_600, "h"), (60, "min"), (1, "s"))


def closed_day(day: date) -> Hypothesis:
    """A day is closed there and open here."""
    return Hypothesis(f"closed:{day}", "holiday", "days", f"count {day} as closed", schedules.closed_on(day))
