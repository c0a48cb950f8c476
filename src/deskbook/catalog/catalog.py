"""All catalog files of a workspace as one: names, resolved entries, sources, and reading through Intake."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from intake.readers.entry import Catalog as IntakeCatalog
from intake.readers.readers import BaseReader

from deskbook.catalog.datatypes import Files, Sql, System
from deskbook.catalog.document import Document, read_document
from deskbook.catalog.templates import check_secrets, missing_variables, resolve, texts_in, with_secrets
from deskbook.catalog.writing import change_metadata, sign_of
from deskbook.errors import ConfigError, UnknownName
from deskbook.sources import Clock, Entry, Keeper, Source, source
from deskbook.sources.rhythm import read_every, read_priority

DATA_REFERENCE = re.compile(r"\{data\(([^)]+)\)\}")
KINDS: Mapping[str, type[System]] = {f"{cls.__module__}:{cls.__name__}": cls for cls in (Files, Sql, System)}
ASLEEP, ASLEEP_WITHOUT = "asleep_without", "env"
"""What says of an entry that it is nobody's concern until its environment variables are set."""


@dataclass(frozen=True)
class Catalog:
    """The merged catalogs of one folder.

    Attributes:
        folder: where the files lie.
        problems: one error for each file that could not be used; the others still work.
    """

    folder: Path
    problems: tuple[ConfigError, ...]
    _documents: tuple[Document, ...] = field(repr=False)
    _environ: Mapping[str, str] = field(repr=False)
    _keeper: Callable[[str], Keeper] | None = field(default=None, repr=False, compare=False)

    @classmethod
    def open(
        cls,
        folder: Path,
        environ: Mapping[str, str] | None = None,
        *,
        keeper: Callable[[str], Keeper] | None = None,
    ) -> Catalog:
        """The catalogs in a folder.

        Args:
            folder: all its `*.yaml` files are read; none is fine.
            environ: where `{env(NAME)}` is looked up; the process's own if not given.
            keeper: entry -> where its OAuth tokens are kept.

        Raises:
            ConfigError: two files give one name.
        """
        documents: list[Document] = []
        problems: list[ConfigError] = []
        for file in sorted(folder.glob("*.yaml")):
            try:
                documents.append(read_document(file))
            except ConfigError as error:
                problems.append(error)
        taken: dict[str, Path] = {}
        for document in documents:
            for name in document.values["entries"]:
                if name in taken:
                    raise ConfigError(
                        f"Entry '{name}' stands in two catalogs, {taken[name]} and {document.file}. Rename one."
                    )
                taken[name] = document.file
        return cls(folder, tuple(problems), tuple(documents), os.environ if environ is None else environ, keeper)

    @property
    def names(self) -> tuple[str, ...]:
        """Entries that Deskbook can sync: those whose data is of one of its own types, and that are not asleep."""
        asleep = self.asleep
        return tuple(name for name in self._own if name not in asleep)

    @property
    def asleep(self) -> dict[str, tuple[str, ...]]:
        """Entry -> variables it waits for, of those that sleep until these are set (`asleep_without: env`)."""
        found = {}
        for name, (document, data) in self._own.items():
            told = {**data["metadata"], **document.values["entries"][name]["metadata"]}
            missing = missing_variables(data["kwargs"], self._environ) if told.get(ASLEEP) == ASLEEP_WITHOUT else ()
            if missing:
                found[name] = missing
        return found

    @property
    def _own(self) -> dict[str, tuple[Document, Mapping[str, Any]]]:
        """Entries whose data is of one of Deskbook's own types."""
        held = ((name, one, self._data(one, name)) for one in self._documents for name in one.values["entries"])
        return {name: (document, data) for name, document, data in held if data is not None}

    def entry(self, name: str) -> Entry:
        """One entry with its templates filled in.

        Raises:
            UnknownName: no catalog has it.
            MissingSecret: an environment variable it names is not set.
            ConfigError: it is for reading through Intake only.
        """
        document = self._document(name)
        data = self._data(document, name)
        if data is None:
            raise ConfigError(
                f"Entry '{name}' in {document.file} is read by Intake only. "
                f"To sync it, give it data of type {', '.join(KINDS)}."
            )
        check_secrets(data["kwargs"], name)
        _check_asleep({**data["metadata"], **document.values["entries"][name]["metadata"]}, name)
        item = document.values["entries"][name]
        metadata = {**data["metadata"], **item["metadata"]}
        whole = _intake(deepcopy(dict(document.values)), document.file)
        parameters = {**whole.user_parameters, **whole.entries[name].user_parameters}
        kwargs = resolve(data["kwargs"], parameters, self._environ, name, document.file.parent)
        made = KINDS[data["datatype"]](**{**kwargs, "folder": str(document.file.parent)})
        return Entry(
            name=name,
            kind=made.kind,
            source=str(metadata.get("source") or name),
            table=str(metadata.get("table") or ""),
            mapping=metadata.get("mapping") or {},
            options=made.options,
            shape=str(metadata.get("shape") or ""),
            freshness_hours=_hours(metadata.get("freshness_hours", 24.0), name),
            every=read_every(metadata.get("every"), name),
            priority=read_priority(metadata.get("priority"), name),
            fallback=str(metadata.get("fallback") or ""),
            folder=document.file.parent,
            description=str(metadata.get("description") or ""),
            keeper=self._keeper(name) if self._keeper else None,
        )

    def source(self, name: str, clock: Clock) -> Source:
        """The source that reads an entry."""
        entry = self.entry(name)
        return source[entry.kind](entry, clock)

    def __getitem__(self, name: str) -> BaseReader:
        """Intake's own reader of an entry: `catalog[name].read()` gives a frame.

        Raises:
            UnknownName: no catalog has it.
            MissingSecret: an environment variable it names is not set.
        """
        document = self._document(name)
        values = deepcopy(dict(document.values))
        for item in _chain(values, name):
            check_secrets(item["kwargs"], name)
            item["kwargs"] = with_secrets(item["kwargs"], self._environ, name, document.file.parent)
        return _intake(values, document.file)[name]

    def write_mapping(
        self, name: str, mapping: Mapping[str, Any], *, table: str = "", shape: str = "", sign: str = ""
    ) -> None:
        """Put a mapping (and its table or shape) into the catalog file, comments and order kept.

        Args:
            sign: of the mapping that this one is a change of, from `mapping_sign`; without it any is replaced.

        Raises:
            Overtaken: the file has another mapping by now.
        """
        changes = {"table": table, "shape": shape, "mapping": mapping}
        change_metadata(self._document(name).file, name, changes, sign=sign)

    def mapping_sign(self, name: str) -> str:
        """A short sign of the mapping that the file gives an entry."""
        return sign_of(self._document(name).values["entries"][name]["metadata"])

    def written(self, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """What a catalog says of an entry, as it is written: its data's options, references in place of secrets, and
        its metadata.

        Raises:
            UnknownName: no catalog has it.
            ConfigError: it is for reading through Intake only, or a secret is written in it.
        """
        document = self._document(name)
        data = self._data(document, name)
        if data is None:
            raise ConfigError(f"Entry '{name}' in {document.file} is read by Intake only.")
        check_secrets(data["kwargs"], name)
        kind = KINDS[data["datatype"]].__name__.lower()
        metadata = {**data["metadata"], **document.values["entries"][name]["metadata"]}
        return {"kind": kind, **deepcopy(dict(data["kwargs"]))}, metadata

    def file_of(self, name: str) -> Path:
        """The catalog file an entry stands in."""
        return self._document(name).file

    def _document(self, name: str) -> Document:
        for document in self._documents:
            if name in document.values["entries"]:
                return document
        raise UnknownName("catalog entry", name, [n for one in self._documents for n in one.values["entries"]])

    def _data(self, document: Document, name: str) -> Mapping[str, Any] | None:
        """The `data:` item behind an entry; None if it is of a foreign type."""
        for item in _chain(document.values, name):
            if item.get("datatype") in KINDS:
                return item
        return None


def _chain(values: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """An entry and all that it refers to by `{data(name)}`, each once."""
    found: dict[str, dict[str, Any]] = {}
    waiting = [name]
    while waiting:
        one = waiting.pop()
        item = values["entries"].get(one) or values["data"].get(one)
        if item is not None and one not in found:
            found[one] = item
            waiting += [reference for text in texts_in(item["kwargs"]) for reference in DATA_REFERENCE.findall(text)]
    return list(found.values())


def _intake(values: Mapping[str, Any], file: Path) -> IntakeCatalog:
    catalog = IntakeCatalog.from_dict(dict(values))
    catalog.user_parameters["CATALOG_PATH"] = str(file)
    catalog.user_parameters["CATALOG_DIR"] = file.parent.absolute().as_uri()
    catalog.user_parameters["STORAGE_OPTIONS"] = {}
    return catalog


def _check_asleep(metadata: Mapping[str, Any], name: str) -> None:
    if metadata.get(ASLEEP, ASLEEP_WITHOUT) != ASLEEP_WITHOUT:
        raise UnknownName(f"{ASLEEP}: of entry '{name}'", str(metadata[ASLEEP]), (ASLEEP_WITHOUT,))


def _hours(value: object, name: str) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
        return float(value)
    raise ConfigError(f"Entry '{name}': freshness_hours: wants a number above 0, got {value!r}.")
