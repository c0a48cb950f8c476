"""Catalog files written: fresh ones whole, existing ones changed in place with comments and order kept."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout
from ruamel.yaml import YAML

from deskbook.catalog.document import Document, read_document
from deskbook.errors import ConfigError, Overtaken, UnknownName
from deskbook.sources import Entry

DATATYPES: Mapping[str, str] = {
    "files": "deskbook.catalog.datatypes:Files",
    "sql": "deskbook.catalog.datatypes:Sql",
}
SYSTEM = "deskbook.catalog.datatypes:System"
READER = "deskbook.catalog.readers:Rows"
CATALOG_DIR = "{CATALOG_DIR}"
LOCK: Final = ".catalogs.lock"
WAIT_SECONDS: Final = 20


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
    values = _fresh(title)
    for entry in entries:
        _put(values, entry, path.parent)
    _replace(path, _dumped(_yaml(), values))


def add_entry(path: Path, entry: Entry, title: str = "") -> None:
    """Put one more entry into a catalog file; without the file, begin it. Comments and order of the others stay.

    Args:
        title: of the file, where it is begun.

    Raises:
        ConfigError: a catalog of the folder already has an entry of that name, or the file would not be sound.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _turn(path.parent):
        taken = _names(path)
        if found := taken.get(entry.name) or taken.get(f"{entry.name}_data"):
            raise ConfigError(
                f"Catalog {found} already has an entry '{entry.name}'. "
                f"Choose another name, such as '{free_name(entry.name, taken)}'."
            )
        yaml = _yaml()
        values = yaml.load(path.read_text("utf-8")) if path.exists() else _fresh(title or path.stem)
        _put(values, entry, path.parent)
        _replace(path, _dumped(yaml, values), changed=entry.name)


def change_metadata(path: Path, name: str, changes: Mapping[str, Any], *, sign: str = "") -> None:
    """Set parts of an entry's metadata; an empty one is left as it is, and what stays the same keeps its place.

    Args:
        sign: of what is changed, from `sign_of`; without it, whatever is there is.

    Raises:
        Overtaken: it is not there any more.
        UnknownName: the file has no such entry.
        ConfigError: the file would not be sound.
    """
    with _turn(path.parent):
        yaml = _yaml()
        values = yaml.load(path.read_text("utf-8"))
        entries = values.get("entries") or {}
        if name not in entries:
            raise UnknownName("catalog entry", name, entries)
        if entries[name].get("metadata") is None:
            entries[name]["metadata"] = {}
        if sign and sign != sign_of(read_document(path).values["entries"][name]["metadata"]):
            raise Overtaken(f"The mapping of '{name}' was changed meanwhile. Open it again to see how.")
        _merge(entries[name]["metadata"], {key: value for key, value in changes.items() if value})
        _replace(path, _dumped(yaml, values), changed=name)


def sign_of(metadata: Mapping[str, Any]) -> str:
    """A short sign of the table and mapping in an entry's metadata."""
    told = repr((metadata.get("table"), metadata.get("mapping")))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def free_name(name: str, taken: Mapping[str, Any]) -> str:
    """The name, or the first of `name_2`, `name_3`, … that is not taken."""
    tries = (f"{name}_{count}" if count > 1 else name for count in range(1, len(taken) + 2))
    return next(one for one in tries if one not in taken and f"{one}_data" not in taken)


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """One at a time: who reads a catalog to change it does so alone, whichever process it is."""
    try:
        held = FileLock(folder / LOCK).acquire(timeout=WAIT_SECONDS)
    except Timeout:
        raise ConfigError(f"Somebody else is writing into {folder} for {WAIT_SECONDS} s. Try again.") from None
    with held:
        yield


def _names(path: Path) -> dict[str, Path]:
    """Name of every entry and data item -> its file; a broken file beside the one asked for is left out."""
    found: dict[str, Path] = {}
    for file in sorted(path.parent.glob("*.yaml")):
        try:
            document = read_document(file)
        except ConfigError:
            if file == path:
                raise
            continue
        found |= dict.fromkeys(document.values["entries"], file)
        if file == path:
            found |= dict.fromkeys(document.values["data"], file)
    return found


def _merge(old: Any, new: Mapping[str, Any]) -> None:
    """Give a mapping new values in place, so that comments beside those that stay are kept."""
    for key, value in new.items():
        held = old.get(key)
        if isinstance(held, Mapping) and isinstance(value, Mapping):
            for gone in [one for one in held if one not in value]:
                del old[key][gone]
            _merge(old[key], value)
        elif held != value:
            old[key] = value


def _fresh(title: str) -> dict[str, Any]:
    parts: dict[str, Any] = {part: {} for part in ("user_parameters", "data", "entries", "aliases")}
    return {"version": 2, "metadata": {"title": title}, **parts}


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
    is_local = entry.kind == "files" and "://" not in url and not url.startswith("{")
    if not is_local or (Path(url).is_absolute() and not Path(url).is_relative_to(folder.parent)):
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


def _replace(path: Path, text: str, *, changed: str = "") -> None:
    """The file's new content, all of it or none.

    Args:
        changed: the one entry that may differ from what the file held; empty for a fresh file.

    Raises:
        ConfigError: what was written cannot be read back, or another entry differs; the file stays as it was.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        _check(path, Path(name), changed)
        if path.exists():
            os.chmod(name, path.stat().st_mode & 0o777)
        else:
            os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _check(path: Path, written: Path, changed: str) -> None:
    """Read what is to replace a file as Deskbook will read it."""
    try:
        after = read_document(written)
    except ConfigError as error:
        raise ConfigError(str(error).replace(str(written), str(path))) from None
    before = read_document(path) if path.exists() and changed else None
    lost = (
        []
        if before is None
        else [name for name in _items(before, changed) if _item(after, *name) != _item(before, *name)]
    )
    if lost:
        raise ConfigError(f"Catalog {path}: writing '{changed}' would change '{lost[0][1]}' too. Nothing was written.")


def _items(document: Document, changed: str) -> list[tuple[str, str]]:
    return [(part, name) for part in ("data", "entries") for name in document.values[part] if name != changed]


def _item(document: Document, part: str, name: str) -> Any:
    return document.values[part].get(name)
