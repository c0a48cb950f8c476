"""Catalog files written: fresh ones whole, existing ones changed in place with comments and order kept."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from deskbook.errors import ConfigError, UnknownName
from deskbook.sources import Entry

DATATYPES: Mapping[str, str] = {
    "files": "deskbook.catalog.datatypes:Files",
    "sql": "deskbook.catalog.datatypes:Sql",
}
SYSTEM = "deskbook.catalog.datatypes:System"
READER = "deskbook.catalog.readers:Rows"
CATALOG_DIR = "{CATALOG_DIR}"


def write_catalog(path: Path, title: str, entries: Sequence[Entry]) -> None:
    """Write a fresh catalog file with these entries.

    Args:
        path: the file; its folder is made. Local paths under `url` become relative to it.
        title: what people call it.
        entries: options must hold `{env(NAME)}` where a secret belongs, never the secret.

    Raises:
        ConfigError: the file is already there.
    """
    if path.exists():
        raise ConfigError(f"Catalog {path} is already there. Choose another name or remove it.")
    path.parent.mkdir(parents=True, exist_ok=True)
    values = {
        "version": 2,
        "metadata": {"title": title},
        "user_parameters": {},
        "data": {},
        "entries": {},
        "aliases": {},
    }
    for entry in entries:
        _put(values, entry, path.parent)
    _replace(path, _dumped(_yaml(), values))


def add_entry(path: Path, entry: Entry) -> None:
    """Put one more entry into an existing catalog file.

    Raises:
        ConfigError: the file already has an entry of that name.
    """
    yaml = _yaml()
    values = yaml.load(path.read_text("utf-8"))
    if entry.name in (values.get("entries") or {}):
        raise ConfigError(f"Catalog {path} already has an entry '{entry.name}'. Choose another name.")
    _put(values, entry, path.parent)
    _replace(path, _dumped(yaml, values))


def change_metadata(path: Path, name: str, changes: Mapping[str, Any]) -> None:
    """Set parts of an entry's metadata; an empty one is left as it is.

    Raises:
        UnknownName: the file has no such entry.
    """
    yaml = _yaml()
    values = yaml.load(path.read_text("utf-8"))
    entries = values.get("entries") or {}
    if name not in entries:
        raise UnknownName("catalog entry", name, entries)
    if entries[name].get("metadata") is None:
        entries[name]["metadata"] = {}
    entries[name]["metadata"].update({key: value for key, value in changes.items() if value})
    _replace(path, _dumped(yaml, values))


def _put(values: dict[str, Any], entry: Entry, folder: Path) -> None:
    for section in ("data", "entries", "aliases"):
        if values.get(section) is None:
            values[section] = {}
    data = f"{entry.name}_data"  # of the entry's own name, Intake would take the entry for its data
    datatype = DATATYPES.get(entry.kind, SYSTEM)
    options = {**entry.options, "url": _relative(entry, folder)} if "url" in entry.options else dict(entry.options)
    kwargs = {**({"kind": entry.kind} if datatype == SYSTEM else {}), **options, "folder": CATALOG_DIR}
    values["data"][data] = {"datatype": datatype, "kwargs": kwargs, "metadata": {}, "user_parameters": {}}
    told = {
        "source": entry.source,
        "table": entry.table,
        "shape": entry.shape,
        "description": entry.description,
        "freshness_hours": entry.freshness_hours,
        "every": {"at_least": entry.every.at_least, "at_most": entry.every.at_most} if entry.every else None,
        "priority": entry.priority,
        "fallback": entry.fallback,
        "mapping": dict(entry.mapping),
    }
    values["entries"][entry.name] = {
        "reader": READER,
        "kwargs": {"args": [f"{{data({data})}}"]},
        "output_instance": "pandas:DataFrame",
        "metadata": {key: value for key, value in told.items() if value},
        "user_parameters": {},
    }
    values["aliases"][entry.name] = entry.name


def _relative(entry: Entry, folder: Path) -> str:
    url = str(entry.options["url"])
    if entry.kind != "files" or "://" in url or url.startswith("{"):
        return url
    return Path(os.path.relpath(entry.folder / url, folder)).as_posix()


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    return yaml


def _dumped(yaml: YAML, values: Any) -> str:
    out = io.StringIO()
    yaml.dump(values, out)
    return out.getvalue()


def _replace(path: Path, text: str) -> None:
    """The file's new content, all of it or none."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        if path.exists():
            os.chmod(name, path.stat().st_mode & 0o777)
        else:
            os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
