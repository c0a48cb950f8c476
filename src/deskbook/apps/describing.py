"""A catalog entry as a page of Markdown, made from the entry itself: what it reads, asks, becomes and promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from deskbook.book import Book
from deskbook.schema import standard_table
from deskbook.sources.contract import Entry
from deskbook.sources.forms import form
from deskbook.sources.rhythm import read_every

OUTSIDE = ("kind", "folder", "client", "resources", "resource_defaults")
"""Options that are said elsewhere on the page."""


def described(book: Book, name: str) -> str:
    """The page of an entry. References stand in place of secrets, and nothing outside is asked.

    Raises:
        UnknownName: no catalog has it.
        ConfigError: the entry is wrong.
    """
    written, metadata = book.catalog.written(name)
    kind = str(written.get("kind", ""))
    options = {key: value for key, value in written.items() if key not in ("kind", "folder")}
    mapping = metadata.get("mapping") or {}
    table = str(metadata.get("table") or "")
    entry = Entry(name=name, kind=kind, source=name, table=table, mapping=mapping, options=options)
    parts = [f"# {name}", *_lead(book, name, kind, metadata)]
    parts += _read(entry)
    parts += _options(kind, options)
    parts += _becomes(entry)
    return "\n\n".join(part for part in parts if part) + "\n"


def _lead(book: Book, name: str, kind: str, metadata: Mapping[str, Any]) -> list[str]:
    title = form[kind].title if kind in form else kind
    every = read_every(metadata.get("every"), name) or book.every
    told = [
        ("Kind", title),
        ("Catalog", f"catalogs/{book.catalog.file_of(name).name}"),
        ("Rows of", str(metadata.get("source") or name)),
        (
            "Synced",
            f"every {every.at_least:g} s" + (f" to {every.at_most:g} s" if every.at_most > every.at_least else ""),
        ),
        ("Fresh within", f"{float(metadata.get('freshness_hours', 24)):g} hours"),
        ("While it fails", str(metadata.get("fallback") or "")),
        ("Asleep until set", ", ".join(book.asleep.get(name, ()))),
    ]
    reads = form[kind].reads if kind in form else ""
    return [str(metadata.get("description") or reads), _table(("", ""), [one for one in told if one[1]])]


def _read(entry: Entry) -> list[str]:
    if entry.kind != "rest":
        return []
    from deskbook.sources.rest.describing import limits_of, requests_of

    rows = [tuple(row.values()) for row in requests_of(entry)]
    heads = ("resource", "request", "pages", "what is new", "rows")
    return ["## What is asked for", _table(heads, rows), "\n".join(f"- {one}" for one in limits_of(entry))]


def _options(kind: str, options: Mapping[str, Any]) -> list[str]:
    helps = {one.name: one.help for one in form[kind].fields} if kind in form else {}
    rows = [(f"`{key}`", f"`{value}`", helps.get(key, "")) for key, value in options.items() if key not in OUTSIDE]
    return ["## Options", _table(("option", "value", "what it says"), rows)] if rows else []


def _becomes(entry: Entry) -> list[str]:
    if not entry.mapping:
        return ["## What it becomes", "The kind itself says which standard tables its rows become."]
    tables = entry.mapping.get("tables", {entry.table: entry.mapping})
    parts = ["## What it becomes"]
    for name, mapping in tables.items():
        table = standard_table(name)
        of = f", from {mapping['resource']}" if "resource" in mapping else ""
        rows = [(f"`{key}`", _field(one), table[key].description) for key, one in mapping.items() if key in table.names]
        parts += [f"### {name}{of}", _table(("column", "from", "what it is"), rows)]
    return parts


def _field(rule: Any) -> str:
    if isinstance(rule, Mapping) and "value" in rule:
        return f"always `{rule['value']}`"
    if isinstance(rule, Mapping) and "field" in rule:
        words = ", ".join(f"{one} → {to}" for one, to in (rule.get("values") or {}).items())
        return f"`{rule['field']}`" + (f" ({words})" if words else "")
    return f"`{rule}`" if isinstance(rule, str) else ", ".join(f"{key}: `{one}`" for key, one in rule.items())


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(str(one).replace('|', chr(92) + '|') for one in line)} |" for line in lines)
