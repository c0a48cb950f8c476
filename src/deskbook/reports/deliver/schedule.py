"""Schedules as they stand in dashboards/*.yaml: which page, when, in which forms, to whom, under what condition."""

from __future__ import annotations

import hashlib
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from deskbook.errors import BadValue, UnknownName, about
from deskbook.metrics import registry
from deskbook.reports.deliver.channels import Channel, Place, channel
from deskbook.reports.deliver.due import check_cron
from deskbook.reports.forms import FORMS, Form
from deskbook.reports.parameters import find_page, page_parameters, typed

NAMED: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")
COMPARED: Final = re.compile(r"\s*(\w+)\s*(<=|>=|!=|=|<|>)\s*(-?\d+(?:\.\d+)?)\s*")
SIGNS: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


@dataclass(frozen=True)
class Condition:
    """A metric held against a number; asked under the report's own filters and period."""

    metric: str
    sign: str
    limit: float

    def holds(self, value: float | None) -> bool:
        """Whether a value meets it; one that is unknown does not."""
        return value is not None and SIGNS[self.sign](value, self.limit)

    def __str__(self) -> str:
        return f"{self.metric} {self.sign} {self.limit:g}"


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """One report that is sent again and again.

    Attributes:
        parameters: of the page, typed.
        to: forms of the report.
        at: cron line, on the clock of `zone`.
        zone: IANA zone; the workspace's when empty.
        send: addresses.
        view: the one section wanted; all of them when empty.
        skip_unchanged: leaves out an address whose last report had the same numbers.
        only_if: what must hold.
    """

    name: str
    page: str
    to: tuple[Form, ...]
    at: str
    send: tuple[tuple[str, Channel], ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    zone: str = ""
    view: str = ""
    skip_unchanged: bool = False
    only_if: Condition | None = None

    @property
    def rule(self) -> str:
        """Digest of when it is due and to whom it goes."""
        told = "\n".join([self.at, self.zone, *(address_of(name, one) for name, one in self.send)])
        return hashlib.sha256(told.encode()).hexdigest()


KEYS: Final = tuple(one.name for one in fields(Schedule))
WANTED: Final = ("name", "page", "to", "at", "send")


def address_of(name: str, one: Channel) -> str:
    """Digest of a channel's address as it is written; references to secrets are in it, secrets are not."""
    return hashlib.sha256(f"{name} {one!r}".encode()).hexdigest()


def read_schedules(listed: Any, *, dashboard: str, workspace: Path) -> tuple[Schedule, ...]:
    """The schedules of one dashboard.

    Args:
        listed: what stands under `schedules:`.
        dashboard: name of its file, for messages.

    Raises:
        ConfigError: something cannot be meant; names the file, the schedule and what was wanted.
        UnknownName: a key, page, parameter, form, channel or metric that does not exist, with the closest one.
    """
    if not isinstance(listed, list) or not all(isinstance(one, Mapping) for one in listed):
        raise Place(dashboard, "", workspace).wrong(
            f"schedules wants a list, each with name:, page: and at:; {listed!r}."
        )
    found: dict[str, Schedule] = {}
    for values in listed:
        name = values.get("name")
        place = Place(dashboard, str(name or "?"), workspace)
        if not isinstance(name, str) or not NAMED.fullmatch(name):
            raise place.wrong(f"name wants small letters, digits, - and _, got {name!r}.")
        if name in found:
            raise place.wrong("its name is there twice. Name each schedule once.")
        found[name] = read_schedule(values, place)
    return tuple(found.values())


def read_schedule(values: Mapping[Any, Any], place: Place) -> Schedule:
    """One schedule, wherever it stands.

    Raises:
        ConfigError, UnknownName: as above; `field` of the error is the key it is about.
    """
    for key in values:
        if key not in KEYS:
            raise UnknownName(f"key in {place}", str(key), KEYS)
    for key in WANTED:
        if not values.get(key):
            with about(key):
                raise place.wrong(f"it lacks {key}:")
    made = {}
    for key, read in READ.items():
        with about(key):
            made[key] = read(values, place)
    return Schedule(name=values["name"], page=str(values["page"]), view=str(values.get("view", "")), **made)


def _skip(values: Mapping[Any, Any], place: Place) -> bool:
    skip = values.get("skip_unchanged", False)
    if not isinstance(skip, bool):
        raise place.wrong(f"skip_unchanged wants true or false, got {skip!r}.")
    return skip


def _parameters(values: Mapping[Any, Any], place: Place) -> dict[str, Any]:
    """The page's parameters, checked against its notebook."""
    page, given = str(values["page"]), values.get("parameters", {})
    if not isinstance(given, Mapping):
        raise place.wrong(f"parameters wants names with values such as {{team: Billing}}, got {given!r}.")
    try:
        notebook = find_page(place.workspace, page)
    except UnknownName as error:
        with about("page"):
            raise UnknownName(f"page in {place}", page, error.known) from None
    if not given:
        return {}
    known = page_parameters(notebook)
    try:
        return typed([f"{name}={_word(value)}" for name, value in given.items()], known)
    except UnknownName as error:
        raise UnknownName(f"parameter of page '{page}' in {place}", error.name, known) from None
    except BadValue as error:
        raise place.wrong(str(error)) from None


def _word(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _forms(values: Mapping[Any, Any], place: Place) -> tuple[Form, ...]:
    listed = values["to"]
    if not isinstance(listed, list):
        raise place.wrong(f"to wants a list of forms such as [pdf, xlsx], got {listed!r}.")
    for form in listed:
        if form not in FORMS:
            raise UnknownName(f"form in {place}", str(form), FORMS)
    return tuple(dict.fromkeys(listed))


def _cron(values: Mapping[Any, Any], place: Place) -> str:
    at = str(values["at"])
    try:
        check_cron(at)
    except BadValue as error:
        raise place.wrong(f'at: {error}. Write minute, hour, day, month and weekday, such as "0 8 * * mon".') from None
    return at


def _zone(values: Mapping[Any, Any], place: Place) -> str:
    zone = values.get("zone", "")
    try:
        return str(zone and ZoneInfo(str(zone)))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise place.wrong(f"zone '{zone}' is no IANA time zone. Write one such as Europe/Berlin.") from None


def _send(values: Mapping[Any, Any], place: Place) -> tuple[tuple[str, Channel], ...]:
    listed = values["send"]
    if not isinstance(listed, list) or not all(isinstance(one, Mapping) and one for one in listed):
        raise place.wrong(f"send wants a list such as - {{email: [lead@example.com]}}, got {listed!r}.")
    return tuple(_address(values, place) for values in listed)


def _address(values: Mapping[Any, Any], place: Place) -> tuple[str, Channel]:
    name = next((str(key) for key in values if key in channel), str(next(iter(values))))
    if name not in channel:
        raise UnknownName(f"channel in {place}", name, list(channel))
    kind = channel[name]
    for key in values:
        if key not in kind.keys:
            raise UnknownName(f"key of {name} in {place}", str(key), kind.keys)
    with about(name):
        return name, kind.read(values, place)


def _condition(values: Mapping[Any, Any], place: Place) -> Condition | None:
    text = values.get("only_if")
    if text is None:
        return None
    found = COMPARED.fullmatch(str(text))
    if found is None:
        raise place.wrong(f"only_if wants a metric and a number such as csat_good_pct < 80, got '{text}'.")
    metric, sign, limit = found.groups()
    if metric not in registry:
        raise UnknownName(f"metric in only_if of {place}", metric, list(registry))
    return Condition(metric, sign, float(limit))


READ: Final[Mapping[str, Callable[[Mapping[Any, Any], Place], Any]]] = {
    "parameters": _parameters,
    "to": _forms,
    "at": _cron,
    "zone": _zone,
    "send": _send,
    "skip_unchanged": _skip,
    "only_if": _condition,
}
"""What reads each key that is more than a text."""
