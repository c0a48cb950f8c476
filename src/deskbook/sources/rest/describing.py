"""A `rest` entry in words: what it asks for, how pages follow each other, what of it is new. Nothing is asked."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from deskbook.sources.contract import Entry
from deskbook.sources.rest.grammar import Pace, Resource, client_of, made, resources_of, rest_options
from deskbook.sources.rest.pagers import TYPES


def requests_of(entry: Entry) -> list[dict[str, str]]:
    """One row a resource: resource, request, pages, new, rows.

    Args:
        entry: its options may hold references where secrets belong.

    Raises:
        ConfigError: the entry is wrong.
    """
    options = rest_options(entry)
    client = client_of(options, entry)
    return [_row(one) for one in resources_of(options, client, entry).values()]


def limits_of(entry: Entry) -> list[str]:
    """How it is asked, a sentence each."""
    options = rest_options(entry)
    client = client_of(options, entry)
    pace = made(Pace, options.limits, f"limits: of entry '{entry.name}'")
    auth = client.auth if isinstance(client.auth, dict) else {}
    said = [f"Address: `{options.base_url or client.base_url}`, answers in {options.format.upper()}."]
    said.append(f"Let in by: {auth.get('type', 'nothing, it is open to everybody')}.")
    if pace.requests:
        said.append(f"At most {pace.requests:g} requests in {pace.seconds:g} s.")
    if pace.remaining:
        said.append(f"What is left is told by the header `{pace.remaining}`, until `{pace.reset}`.")
    if options.max_requests:
        said.append(f"At most {options.max_requests:,} requests a pull; the next one goes on from there.")
    said.append(f"A request that fails for a moment is tried {options.tries} times, {options.at_once} at once.")
    return said


def _row(resource: Resource) -> dict[str, str]:
    endpoint, new = resource.endpoint, resource.incremental
    params = ", ".join(str(name) for name in endpoint.params)
    request = f"{endpoint.method} {endpoint.path}" + (f" ({params})" if params else "")
    told = "everything, each time"
    if new:
        by = f" by {new.start_param}" if new.start_param else ""
        told = f"from the newest {new.cursor_path} on{by}" + (f", less {new.lag:g} s" if new.lag else "")
    if resource.parent:
        told = (
            f"of each row of {resource.parent} that is new" if not new else f"{told}, of each row of {resource.parent}"
        )
    rows = endpoint.data_selector or "the list in the answer"
    rows += "".join(f", where {one}" for one in resource.filters)
    return {"resource": resource.name, "request": request, "pages": _pages(resource.pager), "new": told, "rows": rows}


def _pages(pager: Any) -> str:
    name = next(name for name, kind in TYPES.items() if type(pager) is kind)
    changed = [
        f"{one.name}: {getattr(pager, one.name)}" for one in fields(pager) if getattr(pager, one.name) != one.default
    ]
    return name + (f" ({', '.join(changed)})" if changed else "")
