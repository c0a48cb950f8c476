"""What a person fills in to add a source of a kind, made from the options that the kind itself declares."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from types import NoneType
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from deskbook.errors import ConfigError, UnknownName, about
from deskbook.registry import Registry

FieldKind = Literal["text", "long", "secret", "choice", "number", "bool", "list"]
SECRET: Final = re.compile(
    r"^key$|(^|_)(password|passphrase|secret|token|sas|credentials?)($|_)|(account|access|api|private|secret)_key$"
    r"|connection_string"
)
"""What an option is called whose value must not stand in a file; one that its dataclass does not show is another."""
NAMED: Final = re.compile(r"    (\w+(?:, \w+)*): (.+)")
YES: Final = ("true", "yes", "on", "1")
NO: Final = ("false", "no", "off", "0", "")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Field:
    """One thing to fill in.

    Attributes:
        name: of the option.
        kind: how it is asked for; a list has one item a line.
        default: what holds where nothing is filled in, in words.
        part_of: the option whose address it belongs into, such as a password; empty for an option of its own.
        is_more: whether few need it.
        whole: of a number, whether it must be a whole one.
    """

    name: str
    label: str
    help: str = ""
    kind: FieldKind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str = ""
    example: str = ""
    part_of: str = ""
    is_more: bool = False
    whole: bool = True

    def read(self, text: str) -> Any:
        """The value that was filled in, of its type; None for nothing.

        Raises:
            ConfigError: it cannot be; carries the field's name.
        """
        with about(self.name):
            said = text.strip()
            if not said:
                return None
            if self.kind == "number":
                return self._number(said)
            if self.kind == "choice" and said not in self.choices:
                raise UnknownName(self.label.lower(), said, self.choices)
            if self.kind == "bool":
                if said.lower() not in (*YES, *NO):
                    raise ConfigError(f"{self.label} wants yes or no, got '{said}'.")
                return said.lower() in YES
            if self.kind == "list":
                return [line.strip() for line in said.splitlines() if line.strip()]
            return text if self.kind == "secret" else said

    def _number(self, said: str) -> float:
        try:
            return int(said) if self.whole else float(said)
        except ValueError:
            wanted = "a whole number" if self.whole else "a number"
            raise ConfigError(f"{self.label} wants {wanted}, got '{said}'.") from None


PASSWORD: Final = Field(
    name="password",
    label="Password",
    kind="secret",
    help="Of the user in the address. Kept under a name, never in the catalog.",
    part_of="url",
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Form:
    """How a source of one kind is described by filling in fields. What it does not ask for is written in a catalog.

    Attributes:
        title: what people call the kind.
        reads: one sentence on what it reads.
    """

    title: str
    reads: str
    fields: tuple[Field, ...]

    def __getitem__(self, name: str) -> Field:
        for one in self.fields:
            if one.name == name:
                return one
        raise UnknownName("field of the form", name, [one.name for one in self.fields])

    def read(self, values: Mapping[str, str]) -> dict[str, Any]:
        """The options that were filled in, typed; empty ones are left out.

        Raises:
            UnknownName: a value for a field that the form does not have.
            ConfigError: a value that cannot be, or a needed one that is missing; carries the field's name.
        """
        read = {name: self[name].read(text) for name, text in values.items()}
        for one in self.fields:
            if one.required and read.get(one.name) is None:
                with about(one.name):
                    raise ConfigError(f"{one.label} is empty, and a source needs it.")
        return {name: value for name, value in read.items() if value is not None}

    def blamed(self, said: str) -> str:
        """The field that a message speaks of; where it names none, the first one that must be filled in."""
        for one in self.fields:
            if re.search(rf"\b{re.escape(one.name)}:|\bthe {re.escape(one.name)} '", said):
                return one.name
        return next((one.name for one in self.fields if one.required), self.fields[0].name)


form: Registry[Form] = Registry("kind of source", "deskbook.sources")
"""The form of each kind of source, added beside the source; a kind without one is described in a catalog only."""


def form_of(
    options: type,
    *,
    title: str,
    reads: str,
    shown: tuple[str, ...],
    without: tuple[str, ...] = (),
    more: tuple[Field, ...] = (),
    **told: Mapping[str, Any],
) -> Form:
    """A form from a dataclass of options and the `Attributes:` of its docstring; options in options count as its own.

    Args:
        reads: what a source of the kind reads, in a sentence.
        shown: fields asked for at once, in this order; all others are options for the few.
        without: options that a form does not ask for.
        more: fields besides the options, such as the password of an address.
        told: option -> what to say of it otherwise than its name, type and docstring do.
    """
    made = {one.name: one for one in more}
    for name, given in _asked(options, without).items():
        made[name] = Field(name=name, **{**given, **told.get(name, {})})
    order = [*shown, *(name for name in made if name not in shown)]
    fields = tuple(dataclasses.replace(made[name], is_more=name not in shown) for name in order if name in made)
    return Form(title=title, reads=reads, fields=fields)


def _asked(options: type, without: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """What a form says of each option that it can ask for."""
    said, hints = _described(options), get_type_hints(options)
    found: dict[str, dict[str, Any]] = {}
    for option in dataclasses.fields(options):
        hint = hints[option.name]
        if option.name in without:
            continue
        if dataclasses.is_dataclass(hint) and isinstance(hint, type):
            found |= {name: {**given, "required": False} for name, given in _asked(hint, without).items()}
            continue
        kind, choices, whole = _kind(option.name, hint)
        if kind is None:
            continue
        needed = option.default is dataclasses.MISSING and option.default_factory is dataclasses.MISSING
        found[option.name] = {
            "label": option.name.replace("_", " ").capitalize(),
            "help": said.get(option.name, ""),
            "kind": "secret" if kind == "text" and not option.repr else kind,
            "required": needed,
            "choices": choices,
            "default": "" if needed else _default(option.default),
            "whole": whole,
        }
    return found


def _described(options: type) -> dict[str, str]:
    """Attribute -> its line in the docstrings of a class and those it is made from, as a sentence."""
    found: dict[str, str] = {}
    for one in reversed(options.__mro__):
        found |= _attributes(one.__doc__ or "")
    return {name: f"{text[:1].upper()}{text[1:]}" for name, text in found.items()}


def _attributes(docstring: str) -> dict[str, str]:
    lines = docstring.expandtabs().splitlines()
    start = next((place for place, line in enumerate(lines) if line.strip() == "Attributes:"), len(lines))
    margin = len(lines[start]) - len(lines[start].lstrip()) if start < len(lines) else 0
    found: dict[str, str] = {}
    names: list[str] = []
    for line in (one[margin:] for one in lines[start + 1 :]):
        if begins := NAMED.match(line):
            names = begins[1].split(", ")
            found |= dict.fromkeys(names, begins[2])
        elif names and line.startswith("        "):
            found |= {name: f"{found[name]} {line.strip()}" for name in names}
    return found


def _kind(name: str, hint: Any) -> tuple[FieldKind | None, tuple[str, ...], bool]:
    """How an option is asked for, by its type; None where no form can."""
    parts = [one for one in get_args(hint) if one is not NoneType] if NoneType in get_args(hint) else [hint]
    kind = parts[0] if len(parts) == 1 else hint
    if get_origin(kind) is Literal:
        return "choice", tuple(str(one) for one in get_args(kind)), True
    if kind is bool:
        return "bool", (), True
    if kind in (int, float) or set(parts) == {int, float}:
        return "number", (), kind is int
    if kind is str or set(get_args(kind)) == {bool, str}:  # yes, or a name
        return "secret" if SECRET.search(name) else "text", (), True
    if get_origin(kind) in (list, tuple) and set(get_args(kind)) <= {str, ...}:
        return "list", (), True
    return None, (), True


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return "" if value is None or value is dataclasses.MISSING else str(value)
