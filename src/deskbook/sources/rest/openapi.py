"""Entries proposed from an OpenAPI file (3.0, 3.1, or Swagger 2): a start that a person looks over and completes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from deskbook.errors import ConfigError, UnknownName
from deskbook.schema import TABLES
from deskbook.sources.arrays import json_text
from deskbook.sources.contract import Entry
from deskbook.sources.documents import document_table, flatten
from deskbook.sources.proposals import propose
from deskbook.sources.rest.schemas import Spec, example_of, paths_in, rows_at

CALLED: Final = {
    "tickets": ("tickets", "conversations", "issues", "cases", "requests", "incidents"),
    "messages": ("comments", "messages", "replies", "conversations", "notes"),
    "agents": ("agents", "admins", "teammates", "operators"),
    "teams": ("groups", "teams"),
    "customers": ("contacts", "customers", "requesters", "end_users"),
    "satisfaction": ("satisfaction_ratings", "ratings", "surveys"),
}
"""Standard table -> how the last part of a path that lists its rows is called."""
SINCE: Final = re.compile(
    r"^_?(updated|modified|changed|last_updated)?_?(since|after|from)$|^updated_at(_min|\[gte\])$"
)
SIZES: Final = ("per_page", "page_size", "pageSize", "limit", "page[size]")
CURSORS: Final = ("starting_after", "after", "cursor", "page_token", "pageToken", "next_token", "page[after]")
TOLD_CURSORS: Final = ("starting_after", "after_cursor", "next_cursor", "nextCursor", "next_page_token", "next_token")
LINKS: Final = ("next_page", "next_url", "next")
PLACEHOLDER: Final = re.compile(r"\{([^}]+)\}")
MADE_UP: Final = re.compile(r"your|example|acme|^$|[<>{}]")
MOST_ROWS: Final = 100


@dataclass(frozen=True)
class Proposed:
    """An entry to look over.

    Attributes:
        entry: with references where a secret or the account's own name belongs.
        notes: what could not be told from the file, and is to be checked.
        confidence: table -> column -> how sure its field is, from 0 to 1.
    """

    entry: Entry
    notes: tuple[str, ...]
    confidence: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Listing:
    """An endpoint that lists rows of a standard table."""

    path: str
    table: str
    resource: dict[str, Any]
    mapping: dict[str, Any]
    confidence: Mapping[str, float]
    notes: tuple[str, ...]


def propose_entry(file: Path, name: str, paths: tuple[str, ...] = ()) -> Proposed:
    """An entry for the lists of a standard table that an OpenAPI file has.

    Args:
        file: YAML or JSON on this machine.
        name: of the entry; variables are called after it.
        paths: of the lists, as the file writes them; those whose name says what they list when absent.

    Raises:
        ConfigError: the file is none, or none of its lists looks like a standard table.
        UnknownName: a path that the file does not have.
    """
    spec = Spec.read(file)
    for path in paths:
        if path not in spec.paths:
            raise UnknownName(f"path of {file.name}", path, spec.paths)
    chosen = _chosen(spec, paths)
    if not chosen:
        raise ConfigError(
            f"{file.name} has no list that looks like one of {', '.join(CALLED)} by its name and fields. Name one: "
            "--path /its/path"
        )
    auth, said = _auth(spec, name)
    shared = _shared(list(chosen.values()))
    client = {"base_url": _base_url(spec, name, shared), **({"auth": auth} if auth else {})}
    resources = [_below(one.resource, shared) for one in chosen.values()]
    notes = [*said, *(note for one in chosen.values() for note in one.notes)]
    entry = Entry(
        name=name,
        kind="rest",
        source=name,
        mapping={"tables": {one.table: {"resource": one.resource["name"], **one.mapping} for one in chosen.values()}},
        options={"client": client, "resources": resources},
        description=str(spec.document.get("info", {}).get("title", "")),
    )
    return Proposed(entry, tuple(notes), {one.table: one.confidence for one in chosen.values()})


def _chosen(spec: Spec, paths: tuple[str, ...]) -> dict[str, Listing]:
    """Table -> the list that suits it best, tickets before what hangs on them."""
    chosen: dict[str, Listing] = {}
    if paths:
        for path in sorted(paths, key=len):
            free = [table for table in CALLED if table not in chosen]
            named = [table for table in free if _last(path) in CALLED[table]] or free
            found = [one for one in (_listing(spec, path, table, chosen.get("tickets")) for table in named) if one]
            if found:
                best = max(found, key=lambda one: sum(one.confidence.values()))
                chosen[best.table] = best
        return {table: chosen[table] for table in CALLED if table in chosen}
    for table, words in CALLED.items():
        taken = [one.path for one in chosen.values()]
        named = [path for path in spec.paths if _last(path) in words and path not in taken]
        listings = [one for one in (_listing(spec, path, table, chosen.get("tickets")) for path in named) if one]
        if listings:
            chosen[table] = min(listings, key=lambda one: (words.index(_last(one.path)), len(one.path), one.path))
    return chosen


def _listing(spec: Spec, path: str, table: str, parent: Listing | None) -> Listing | None:
    """The list of a path as rows of a table; None where it is no list of them."""
    holes = PLACEHOLDER.findall(path)
    is_child = bool(holes) and parent is not None and table in ("messages", "satisfaction")
    if holes and not (is_child and parent and len(holes) == 1 and path.startswith(f"{parent.path}/{{")):
        return None
    operation = spec.operation(path)
    schema = spec.answer(operation) if operation else None
    found = rows_at(spec, schema, _last(path)) if schema else None
    if operation is None or schema is None or found is None:
        return None
    selector, item = found
    proposal = propose(table, flatten(document_table([json_text(example_of(spec, item))])))
    mapping = dict(proposal.mapping)
    if is_child and parent:
        mapping["ticket_id"] = f"_{parent.resource['name']}_id"
    if table == "messages" and "author_role" not in mapping:
        mapping["author_role"] = {"value": "agent"}
    if any(one.required and one.name not in mapping for one in TABLES[table].columns):
        return None
    resource, notes = _resource(spec, operation, schema, path, selector, str(mapping.get("updated_at", "")), parent)
    if mapping.get("author_role") == {"value": "agent"}:
        notes.append(f"{path}: who is a customer and who an agent does not show in its fields; map author_role.")
    return Listing(path, table, resource, mapping, proposal.confidence, tuple(notes))


def _resource(
    spec: Spec,
    operation: Mapping[str, Any],
    schema: Any,
    path: str,
    selector: str,
    updated: str,
    parent: Listing | None,
) -> tuple[dict[str, Any], list[str]]:
    holes = PLACEHOLDER.findall(path)
    asked = path
    if holes and parent:
        asked = PLACEHOLDER.sub(f"{{resources.{parent.resource['name']}.id}}", path)
    query = {one["name"]: one for one in spec.parameters(path, operation) if one.get("in") == "query"}
    paginator, params = _paginator(spec, query, schema)
    since = next((name for name in query if SINCE.search(name)), "")
    notes = []
    endpoint: dict[str, Any] = {"path": asked, **({"params": params} if params else {})}
    endpoint |= {"paginator": paginator} if paginator else {}
    endpoint |= {"data_selector": selector} if selector else {}
    if since and updated:
        kind = spec.schema_of(query[since])
        convert = {"integer": "epoch", "number": "epoch"}.get(str(kind.get("type")), "")
        convert = convert or ("date" if kind.get("format") == "date" else "")
        endpoint["incremental"] = {"cursor_path": updated, "start_param": since, "lag": 60}
        endpoint["incremental"] |= {"convert": convert} if convert else {}
    elif not holes:
        notes.append(f"{path}: no parameter asks for what is new alone, so it is read as a whole each time.")
    if not paginator and not holes:
        notes.append(f"{path}: the file does not say how pages follow each other; links are followed where they come.")
    needed = [name for name, one in query.items() if one.get("required") and name not in {**params, since: 0}]
    notes += [f"{path}: wants the parameter {name}; write it under params:." for name in needed]
    name = _last(path) if not holes or not parent else f"{parent.resource['name']}_{_last(path)}"
    return {"name": re.sub(r"\W", "_", name), "endpoint": endpoint}, notes


def _paginator(spec: Spec, query: Mapping[str, Any], schema: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """How pages follow each other, by the parameters and what an answer holds; and the largest page's parameter."""
    size = next((name for name in SIZES if name in query), "")
    params: dict[str, Any] = {}
    if size:
        params = {size: int(spec.schema_of(query[size]).get("maximum", MOST_ROWS))}
    held = list(paths_in(spec, schema))
    cursor = next((name for name in CURSORS if name in query), "")
    told = next((path for one in TOLD_CURSORS for path in held if path.split(".")[-1] == one), "")
    cursor = cursor or (told.split(".")[-1] if told.split(".")[-1] in CURSORS else "")
    if cursor and told:
        return {"type": "cursor", "cursor_path": told, "cursor_param": cursor}, params
    if "offset" in query and "limit" in query:
        return {"type": "offset", "limit": params.pop("limit", MOST_ROWS)}, params
    if "page" in query and spec.schema_of(query["page"]).get("type") != "object":
        return {"type": "page_number", "base_page": 1}, params
    link = next((path for one in LINKS for path in held if path.split(".")[-1] == one), "")
    return ({"type": "json_link", "next_url_path": link} if link else {}), params


def _auth(spec: Spec, name: str) -> tuple[dict[str, Any], list[str]]:
    """How the file says that one is let in, with references in place of secrets."""
    for scheme in spec.security():
        kind, word = scheme.get("type"), str(scheme.get("scheme", "")).lower()
        if kind == "basic" or (kind == "http" and word == "basic"):
            return {"type": "http_basic", "username": _env(name, "user"), "password": _env(name, "password")}, []
        if kind == "http" and word == "bearer":
            return {"type": "bearer", "token": _env(name, "token")}, []
        if kind == "apiKey" and scheme.get("in") in ("header", "query"):
            where = {"name": scheme["name"], "location": scheme["in"]}
            return {"type": "api_key", **where, "api_key": _env(name, "key")}, []
        if kind == "oauth2" and (found := _oauth(scheme, name)):
            return found, []
    return {}, ["The file does not say how one is let in; write auth: under client: if the API wants it."]


def _oauth(scheme: Mapping[str, Any], name: str) -> dict[str, Any]:
    flows = scheme.get("flows") or {scheme.get("flow"): scheme}
    own = flows.get("clientCredentials") or flows.get("application")
    let_in = flows.get("authorizationCode") or flows.get("accessCode")
    held = own or let_in
    if not held or "tokenUrl" not in held:
        return {}
    made = {"access_token_url": held["tokenUrl"], "client_id": _env(name, "client_id")}
    made |= {"client_secret": _env(name, "client_secret"), "scope": list(held.get("scopes") or {})}
    if own:
        return {"type": "oauth2_client_credentials", **made}
    return {"type": "oauth2_refresh_token", "authorize_url": held.get("authorizationUrl", ""), **made}


def _env(name: str, what: str) -> str:
    return f"{{env({re.sub(r'[^A-Z0-9]', '_', f'{name}_{what}'.upper())})}}"


def _base_url(spec: Spec, name: str, shared: str) -> str:
    url, variables = spec.server()

    def filled(match: re.Match[str]) -> str:
        default = str(variables.get(match[1], {}).get("default", ""))
        return _env(name, match[1]) if MADE_UP.search(default) else default

    url = PLACEHOLDER.sub(filled, url)
    return (url.rstrip("/") if url.startswith("http") else _env(name, "base_url")) + shared


def _shared(listings: list[Listing]) -> str:
    """The beginning that all paths share, whole parts of it, so that the base URL can have it."""
    parts = [one.path.strip("/").split("/")[:-1] for one in listings if not PLACEHOLDER.search(one.path)]
    out: list[str] = []
    for level in zip(*parts, strict=False):
        if len(set(level)) > 1:
            break
        out.append(level[0])
    return "".join(f"/{one}" for one in out)


def _below(resource: dict[str, Any], shared: str) -> dict[str, Any]:
    endpoint = resource["endpoint"]
    return {**resource, "endpoint": {**endpoint, "path": endpoint["path"].removeprefix(shared).lstrip("/")}}


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2].removesuffix(".json")
