"""A page's parameters: its tagged cell is its signature, checked before anything runs."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from deskbook.errors import BadValue, ConfigError, UnknownName

TRUE: Final = ("true", "yes", "1")
FALSE: Final = ("false", "no", "0")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a page: its type by annotation, its default as written, what it is for."""

    name: str
    kind: str
    default: str
    help: str


def find_page(workspace: Path, page: str) -> Path:
    """The notebook of a page.

    Raises:
        UnknownName: no such page, with the closest one.
    """
    folder = workspace / "notebooks"
    pages = {file.stem: file for file in sorted(folder.glob("*.ipynb"))}
    if page not in pages:
        raise UnknownName("page", page, pages)
    return pages[page]


def page_parameters(notebook: Path) -> dict[str, Parameter]:
    """The parameters of a notebook, by name."""
    import papermill

    found = papermill.inspect_notebook(str(notebook))
    return {
        name: Parameter(name, str(spec["inferred_type_name"]), str(spec["default"]), str(spec["help"]))
        for name, spec in found.items()
    }


def page_values(workspace: Path, page: str, given: Mapping[str, Any]) -> dict[str, str]:
    """The parameters of a page as texts: those given, and the notebook's own for the others.

    Raises:
        UnknownName: no such page, with the closest one.
    """
    own = page_parameters(find_page(workspace, page))
    defaults = {name: str(ast.literal_eval(one.default)) for name, one in own.items()}
    return defaults | {name: str(value) for name, value in given.items()}


def typed(given: Sequence[str], known: Mapping[str, Parameter]) -> dict[str, Any]:
    """`name=value` texts as typed values.

    Raises:
        UnknownName: a parameter the page does not have.
        BadValue: no `=`, or a value of the wrong type; names the known parameters.
    """
    values: dict[str, Any] = {}
    for text in given:
        name, equals, value = text.partition("=")
        name = name.strip()
        if not equals:
            raise BadValue(f"Parameter '{text}' has no value. Write name=value; known: {_said(known)}.")
        if name not in known:
            raise UnknownName("parameter", name, known)
        values[name] = _value(known[name], value, known)
    return values


def _value(parameter: Parameter, text: str, known: Mapping[str, Parameter]) -> Any:
    kind = parameter.kind
    try:
        if kind == "int":
            return int(text)
        if kind == "float":
            return float(text)
        if kind == "bool":
            if text.lower() not in (*TRUE, *FALSE):
                raise ValueError(text)
            return text.lower() in TRUE
    except ValueError:
        raise BadValue(
            f"Parameter {parameter.name} wants {kind}, got '{text}'. Known parameters: {_said(known)}."
        ) from None
    if kind not in ("str", "None"):
        raise ConfigError(f"Parameter {parameter.name} is annotated {kind}; pages use str, int, float or bool.")
    return text


def _said(known: Mapping[str, Parameter]) -> str:
    return ", ".join(f"{one.name} ({one.kind})" for one in known.values()) or "none"
