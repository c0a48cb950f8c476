"""A mapping as a person edits it: a line a standard column, and back into what a catalog holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from deskbook.errors import BadValue, about
from deskbook.schema import Table
from deskbook.sources.expressions import Expression
from deskbook.sources.rules import KEYS

How = Literal["", "field", "expression", "constant"]
HOWS: Final = ("", "field", "expression", "constant")
PLAIN: Final = ("field", "value", "values", "format", "zone")
"""What a line can say; anything more is written in the catalog's file."""
CUSTOM: Final = "custom"


@dataclass(frozen=True, kw_only=True)
class Line:
    """Where one standard column comes from.

    Attributes:
        how: nothing, a field of the source, an expression over its row, or one value for all rows.
        text: the field, expression or value.
        words: the source's words -> standard words, beside those that are known anyway.
        format: how a time is written (strptime); empty where it reads as it is.
        zone: of times without an offset; empty for UTC.
    """

    column: str
    how: How = ""
    text: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    format: str = ""
    zone: str = ""


def beyond(mapping: Mapping[str, Any], shape: str = "") -> str:
    """Why a mapping is edited in its file and not here; empty if it can be edited."""
    if shape:
        return f"Its rows are a layout known by name ({shape}), so there is nothing to map."
    for word, what in (
        ("tables", "several tables"),
        ("history", "a history"),
        ("changes", "changes"),
        ("rows", "rows:"),
    ):
        if word in mapping:
            return f"Its mapping makes {what}, which is more than lines of columns can say."
    for column, spec in mapping.items():
        if (
            isinstance(spec, Mapping)
            and not set(spec) <= set(PLAIN)
            and not (column == CUSTOM and not set(spec) & set(KEYS))
        ):
            return f"Its {column} says more than a line can: {', '.join(sorted(set(spec) - set(PLAIN)))}."
    return ""


def lines_of(table: Table, mapping: Mapping[str, Any], fields: Sequence[str]) -> tuple[list[Line], dict[str, Any]]:
    """A line for each column of the table, and the custom fields beside them.

    Args:
        fields: those of the source, as a mapping writes them; what is none of them is an expression.
    """
    custom = mapping.get(CUSTOM)
    own = dict(custom) if isinstance(custom, Mapping) and not set(custom) & set(KEYS) else {}
    return [_line(name, mapping.get(name), fields) for name in table.names if name != CUSTOM or not own], own


def _line(column: str, spec: Any, fields: Sequence[str]) -> Line:
    if not isinstance(spec, Mapping):
        spec = {} if spec is None else {"field": str(spec)}
    if "value" in spec:
        value = spec["value"]
        return Line(column=column, how="constant", text=str(value).lower() if isinstance(value, bool) else str(value))
    text = str(spec.get("field", ""))
    return Line(
        column=column,
        how="" if not text else "field" if text in fields else "expression",
        text=text,
        words={_word(word): _word(to) for word, to in (spec.get("values") or {}).items()},
        format=str(spec.get("format") or ""),
        zone=str(spec.get("zone") or ""),
    )


def _word(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def mapping_of(table: Table, lines: Sequence[Line], custom: Mapping[str, Any]) -> dict[str, Any]:
    """What a catalog holds for these lines; columns that come from nothing are left out.

    Raises:
        BadValue: a line says of nothing how it is written, or an expression or constant is empty.
        UnknownName: a column that the table does not have.
    """
    made: dict[str, Any] = {}
    for line in lines:
        table[line.column]
        if not line.how:
            continue
        if not line.text.strip():
            with about(f"map-{line.column}"):
                what = f"{line.column} comes from {_article(line.how)}, and it is empty."
                raise BadValue(f"{what} Write it, or choose nothing.")
        made[line.column] = _spec(line)
    return made | ({CUSTOM: dict(custom)} if custom else {})


def _spec(line: Line) -> Any:
    if line.how == "expression":
        with about(f"map-{line.column}"):
            Expression(line.text, line.column)
    if line.how == "constant":
        return {"value": line.text.strip()}
    told = {"values": {word: to or None for word, to in line.words.items()}, "format": line.format, "zone": line.zone}
    more = {name: held for name, held in told.items() if held}
    return {"field": line.text, **more} if more else line.text


def _article(how: str) -> str:
    return {"field": "a field", "expression": "an expression", "constant": "one value"}[how]
