"""One catalog file: parsed with its lines, checked against what Intake and the allow-list want."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from deskbook.catalog.templates import FORBIDDEN, texts_in
from deskbook.errors import ConfigError

SECTIONS: Final = ("metadata", "user_parameters", "data", "entries", "aliases")
PARTS: Final = ("metadata", "user_parameters", "kwargs")
ALLOWED: Final = re.compile(r"(deskbook\.catalog|intake\.readers)(\.[a-z_]\w*)*:[A-Z]\w*")


@dataclass(frozen=True)
class Document:
    """A sound catalog file.

    Attributes:
        file: where it lies.
        values: its content in plain dicts and lists.
    """

    file: Path
    values: Mapping[str, Any]


def read_document(file: Path) -> Document:
    """The file's content.

    Raises:
        ConfigError: it is no YAML, no version 2 catalog, or names a class off the allow-list.
    """
    try:
        values = YAML(typ="safe").load(file.read_text("utf-8"))
    except MarkedYAMLError as error:
        lines = [str(mark.line + 1) for mark in (error.problem_mark, error.context_mark) if mark]
        line = f", line {' (begun on '.join(dict.fromkeys(lines))}{')' * (len(set(lines)) > 1)}" if lines else ""
        raise ConfigError(f"Catalog {file}{line} is no sound YAML: {error.problem or error.context}.") from error
    except (YAMLError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"Catalog {file} could not be read: {error}.") from error
    if not isinstance(values, dict) or values.get("version") != 2:
        raise ConfigError(f"Catalog {file} is no Intake 2 catalog. Its first line must be: version: 2")
    for section in SECTIONS:
        if not isinstance(values.get(section, {}), dict):
            raise ConfigError(f"Catalog {file}: {section}: wants names with values below it.")
    whole: dict[str, Any] = {**{section: values.get(section) or {} for section in SECTIONS}, "version": 2}
    whole["data"] = {name: _item(file, "data", "datatype", name, item) for name, item in whole["data"].items()}
    whole["entries"] = {name: _item(file, "entries", "reader", name, item) for name, item in whole["entries"].items()}
    whole["aliases"] = {**{name: name for name in whole["entries"]}, **whole["aliases"]}
    for name in set(whole["data"]) & set(whole["entries"]):
        raise ConfigError(
            f"Catalog {file}: '{name}' is both data and entry, so Intake would read it from itself. "
            f"Rename the data to {name}_data, also in {{data({name})}}."
        )
    _check_classes(file, whole)
    return Document(file, whole)


def _item(file: Path, section: str, key: str, name: str, item: Any) -> dict[str, Any]:
    """One item with the parts that Intake fails without."""
    if not isinstance(item, dict) or not isinstance(item.get(key), str):
        raise ConfigError(f"Catalog {file}: {section} '{name}' has no {key}:.")
    for part in PARTS:
        if not isinstance(item.get(part) or {}, dict):
            raise ConfigError(f"Catalog {file}: {section} '{name}': {part}: wants names with values below it.")
    filled = {"output_instance": "pandas:DataFrame"} if key == "reader" else {}
    return {**filled, **item, **{part: item.get(part) or {} for part in PARTS}}


def _check_classes(file: Path, values: Mapping[str, Any]) -> None:
    items = [*values["data"].items(), *values["entries"].items()]
    named = [(name, item.get("datatype") or item["reader"]) for name, item in items]
    parameters = [values["user_parameters"], *(item["user_parameters"] for _, item in items)]
    named += [(name, one.get("cls", "")) for each in parameters for name, one in each.items() if isinstance(one, dict)]
    for name, cls in named:
        if not ALLOWED.fullmatch(str(cls)):
            raise ConfigError(
                f"Catalog {file}: '{name}' names the class '{cls}'. "
                "Only deskbook.catalog.* and intake.readers.* may be used."
            )
    for text in texts_in([values["data"], values["entries"], values["user_parameters"]]):
        if FORBIDDEN.search(text):
            raise ConfigError(
                f"Catalog {file}: '{text[:60]}' runs code; {{func(…)}}, {{import(…)}}, {{pickle64(…)}} may not."
            )
