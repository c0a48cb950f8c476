"""What an account's ticket fields say: labels of custom fields, and words behind numbers of status and source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from deskbook.schema import STATUSES
from deskbook.sources.words import STANDARD_WORDS, folded

NUMBERED: Final = ("status", "source")
BUILT_IN: Final = {2: "open", 3: "pending", 4: "solved", 5: "closed", 6: "pending", 7: "hold"}
PRIORITIES: Final = {1: "low", 2: "normal", 3: "high", 4: "urgent"}
Fields = Mapping[str, Any]


def read_fields(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The fields as a cursor keeps them: `labels` name -> label, `status` and `source` number -> word."""
    found: dict[str, Any] = {"labels": {}, "status": {}, "source": {}}
    for row in rows:
        name, label = str(row.get("name") or ""), str(row.get("label") or row.get("name") or "")
        if name in NUMBERED:
            found[name] = {code: word for code, word in _choices(row.get("choices")) if word}
        elif name and not row.get("default", row.get("default_field", False)):
            found["labels"][name] = label
    return found


def _choices(choices: Any) -> Iterator[tuple[str, str]]:
    """Number and word of choices, as {"2": ["Open"]}, {"Email": 1}, [{"id": 2, "value": "Open"}] or [["Open", 2]]."""
    if isinstance(choices, Mapping):
        for key, value in choices.items():
            if isinstance(value, int):
                yield str(value), str(key)
            elif isinstance(value, list | tuple):
                yield str(key), str(value[0]) if value else ""
            else:
                yield str(key), str(value or "")
    elif isinstance(choices, list):
        for one in choices:
            if isinstance(one, Mapping):
                code = one.get("id", one.get("value"))
                yield str(code), str(one.get("label") or one.get("name") or one.get("value") or "")
                yield from _choices(one.get("choices") or one.get("nested_options"))
            elif isinstance(one, list | tuple) and len(one) == 2:
                word, code = one if isinstance(one[1], int) else one[::-1]
                yield str(code), str(word)


def status_word(code: Any, fields: Fields) -> str:
    """What the account calls a status."""
    return str(fields.get("status", {}).get(str(code)) or "")


def status_of(code: Any, fields: Fields, own: Mapping[str, Any]) -> str | None:
    """The standard status of a number: as the entry says, as its number is built in, or as its word says."""
    if code is None:
        return None
    word = status_word(code, fields)
    said = {folded(key): str(value).lower() for key, value in own.items()}
    found = said.get(folded(code)) or said.get(folded(word))
    if found is None and isinstance(code, int):
        found = BUILT_IN.get(code) if code < 6 or not word else None
    if found is None and word:
        found = folded(word) if folded(word) in STATUSES else STANDARD_WORDS["status"].get(folded(word))
    if found is None and isinstance(code, int):
        found = BUILT_IN.get(code)
    return found if found in STATUSES else None


def custom_of(ticket: Mapping[str, Any], fields: Fields) -> dict[str, Any]:
    """Custom fields by their label; one whose label is another's too, or unknown, by its name."""
    held = ticket.get("custom_fields") or ticket.get("custom_field")
    if not isinstance(held, Mapping):
        return {}
    labels = fields.get("labels", {})
    named: dict[str, Any] = {}
    for name, value in held.items():
        label = labels.get(name) or labels.get(f"cf_{name}") or name
        named[str(name if label in named else label)] = value
    return named
