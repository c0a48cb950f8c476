"""What a `rest` entry may say: the declarative part of dlt's rest_api grammar, by its own names, read and checked.

dlt itself is not used. What needs Python code there is written as JMESPath here, or has no place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from deskbook.errors import ConfigError, UnknownName, about
from deskbook.sources.contract import Entry
from deskbook.sources.http import WebOptions, web_options
from deskbook.sources.rest.pagers import TYPES, Auto, Pager

NAME: Final = re.compile(r"[A-Za-z_][\w-]*")
PLACEHOLDER: Final = re.compile(r"\{(?:resources\.([\w-]+)\.([\w.-]+)|(incremental)\.(start_value|end_value))\}")
START: Final = "{incremental.start_value}"
END: Final = "{incremental.end_value}"
NOT_HERE: Final = {
    "write_disposition": "rows are kept by the id that the mapping gives them, so that each is there once",
    "primary_key": "the mapping says which field is the id",
    "merge_key": "the mapping says which field is the id",
    "columns": "the standard tables have theirs; write mapping:",
    "table_name": "the mapping says which table its rows become",
    "schema_contract": "the standard tables are fixed",
    "max_table_nesting": "nested values are reached by the mapping's JMESPath",
    "parallelized": "at_once: of the entry says how many requests are under way side by side",
    "session": "requests go through Deskbook's own layer; proxy: and ca_file: are options of the entry",
}


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How often the API may be asked.

    Attributes:
        requests, seconds: at most so many requests in any so many seconds.
        limit, remaining, reset: headers that tell the limit, what is left of it, and when it is whole again.
        keep: part of it that is left for others, such as 0.1.
    """

    requests: float = 0.0
    seconds: float = 60.0
    limit: str = ""
    remaining: str = ""
    reset: str = ""
    keep: float = 0.0


@dataclass(frozen=True, kw_only=True)
class RestOptions(WebOptions):
    """Options of a `rest` entry.

    Attributes:
        client: base_url, headers, auth and paginator of the API.
        resources: what is read of it.
        resource_defaults: what holds for all resources.
        base_url: in place of the client's own.
        format: in which the API answers.
        force_list: elements of XML that are a list even where there is one.
        limits: how often it may be asked.
        tries: of one request that fails in a way that may pass.
    """

    client: Mapping[str, Any] = field(repr=False)
    resources: list[Any] = field(repr=False)
    resource_defaults: Mapping[str, Any] = field(default_factory=dict, repr=False)
    base_url: str = ""
    format: Literal["json", "xml"] = "json"
    force_list: tuple[str, ...] = ()
    limits: Mapping[str, Any] = field(default_factory=dict)
    tries: int = 6


@dataclass(frozen=True, kw_only=True)
class Client:
    """Whom to ask.

    Attributes:
        base_url: where paths start.
    """

    base_url: str = ""
    headers: Mapping[str, Any] = field(default_factory=dict)
    auth: Any = None
    paginator: Any = None


@dataclass(frozen=True, kw_only=True)
class Incremental:
    """How only what is new is asked for.

    Attributes:
        cursor_path: JMESPath from a row to the value that grows.
        start_param, end_param: parameters that take where to begin, and where to end.
        initial_value, end_value: of the first pull, and of every one.
        lag: how far before the newest row the next pull begins: seconds, or as the value counts.
        convert: how the parameter wants a time; as the rows hold it where absent.
    """

    cursor_path: str
    start_param: str = ""
    end_param: str = ""
    initial_value: Any = None
    end_value: Any = None
    lag: float = 0.0
    convert: Literal["", "iso", "date", "epoch", "epoch_ms"] = ""


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One request that gives rows.

    Attributes:
        path: below the base URL.
        data_selector: JMESPath, or XPath of XML, from the body to its rows; found where absent.
    """

    path: str = ""
    method: Literal["GET", "POST"] = "GET"
    params: Mapping[str, Any] = field(default_factory=dict)
    json: Any = None
    headers: Mapping[str, Any] = field(default_factory=dict)
    paginator: Any = None
    data_selector: str = ""
    incremental: Any = None
    response_actions: list[Any] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Action:
    """What an answer of a status means.

    Attributes:
        action: ignore, so that it has no rows.
    """

    status_code: int
    action: Literal["ignore"]


@dataclass(frozen=True, kw_only=True)
class Spec:
    """A resource as it is written."""

    name: str
    endpoint: Any = None
    include_from_parent: tuple[str, ...] = ()
    processing_steps: list[Any] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Step:
    """What is done with each row.

    Attributes:
        filter: JMESPath; a row for which it is not true is left out.
    """

    filter: str


@dataclass(frozen=True, kw_only=True)
class Resource:
    """A resource as it is read.

    Attributes:
        parent: resource whose rows it is asked for one by one; empty for none.
        needs: fields of the parent's row that its request names.
        shares: fields of the parent's row that its own rows get, as `_<parent>_<field>`.
        lets: statuses that mean no rows.
        filters: JMESPath that a row must meet.
    """

    name: str
    endpoint: Endpoint
    pager: Pager
    incremental: Incremental | None = None
    parent: str = ""
    needs: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    lets: frozenset[int] = frozenset()
    filters: tuple[str, ...] = ()


def rest_options(entry: Entry) -> RestOptions:
    """The options of an entry; what is nested in them is read by `resources_of` and `client_of`."""
    return web_options(RestOptions, entry)


def client_of(options: RestOptions, entry: Entry) -> Client:
    """Whom an entry asks.

    Raises:
        ConfigError: no base URL, or a key that is not known.
    """
    client: Client = made(Client, options.client, f"client: of entry '{entry.name}'")
    if not (options.base_url or client.base_url):
        with about("client"):
            raise ConfigError(f"Entry '{entry.name}': client: has no base_url:. Write the address that paths start at.")
    return client


def resources_of(options: RestOptions, client: Client, entry: Entry) -> dict[str, Resource]:
    """The resources of an entry by name, parents before their children.

    Raises:
        UnknownName: a key, a paginator or a parent that is not known.
        ConfigError: a value that cannot be.
    """
    place = f"entry '{entry.name}'"
    defaults = _object(options.resource_defaults, f"resource_defaults: of {place}", (*_names(Spec), *NOT_HERE))
    given = [{"name": one} if isinstance(one, str) else one for one in options.resources]
    if not given or not all(isinstance(one, Mapping) for one in given):
        with about("resources"):
            raise ConfigError(f"{place.capitalize()}: resources: wants a list of names, or of {{name, endpoint}}.")
    found: dict[str, Resource] = {}
    for one in given:
        resource = _resource({**defaults, **one}, defaults, client, place)
        if resource.name in found:
            raise ConfigError(f"{place.capitalize()} has two resources '{resource.name}'. Rename one.")
        found[resource.name] = resource
    for resource in found.values():
        if resource.parent and resource.parent not in found:
            raise UnknownName(f"parent of resource '{resource.name}' of {place}", resource.parent, found)
    return _sorted(found, place)


def _sorted(found: Mapping[str, Resource], place: str) -> dict[str, Resource]:
    out: dict[str, Resource] = {}
    while len(out) < len(found):
        ready = [one for name, one in found.items() if name not in out and (not one.parent or one.parent in out)]
        if not ready:
            round_ = ", ".join(name for name in found if name not in out)
            raise ConfigError(f"{place.capitalize()}: the resources {round_} are parents of each other.")
        out |= {one.name: one for one in ready}
    return out


def _resource(values: Mapping[str, Any], defaults: Mapping[str, Any], client: Client, place: str) -> Resource:
    spec = made(Spec, values, f"a resource of {place}")
    if not NAME.fullmatch(spec.name):
        raise ConfigError(f"{place.capitalize()}: '{spec.name}' is no name of a resource. Use letters, digits and _.")
    place = f"resource '{spec.name}' of {place}"
    shared = _endpoint_values(defaults.get("endpoint"))
    own = _endpoint_values(spec.endpoint)
    params = {**shared.get("params", {}), **own.get("params", {})}
    endpoint = made(Endpoint, {"path": spec.name, **shared, **own, "params": params}, f"endpoint: of {place}")
    endpoint, incremental = _resolved(endpoint, place)
    needs = _needs([endpoint.path, *_texts(endpoint.params), *_texts(endpoint.json), *_texts(endpoint.headers)])
    parents = {parent for parent, _ in needs}
    if len(parents) > 1:
        raise ConfigError(f"{place.capitalize()} names fields of {' and '.join(sorted(parents))}: wanted one parent.")
    paginator = client.paginator if endpoint.paginator is None else endpoint.paginator
    wanted = tuple(dict.fromkeys(field for _, field in needs))
    actions = [made(Action, one, f"response_actions: of {place}") for one in endpoint.response_actions]
    return Resource(
        name=spec.name,
        endpoint=endpoint,
        pager=pager_of(paginator, place),
        incremental=incremental,
        parent=next(iter(parents), ""),
        needs=wanted,
        shares=tuple(dict.fromkeys((*wanted, *spec.include_from_parent))),
        lets=frozenset(one.status_code for one in actions) | (frozenset({404, 410}) if parents else frozenset()),
        filters=tuple(
            made(Step, one, f"processing_steps: of {place}", map="write what is made of a row into mapping:").filter
            for one in spec.processing_steps
        ),
    )


def _endpoint_values(value: Any) -> dict[str, Any]:
    return {"path": value} if isinstance(value, str) else dict(value or {})


def _resolved(endpoint: Endpoint, place: str) -> tuple[Endpoint, Incremental | None]:
    """The endpoint with parameters that are resolved, or grow, written as placeholders."""
    path, params, told = endpoint.path, dict(endpoint.params), endpoint.incremental
    for name, value in endpoint.params.items():
        if not isinstance(value, Mapping):
            continue
        kind = value.get("type")
        if kind == "resolve":
            one = made(_Resolve, value, f"param '{name}' of {place}")
            holder = f"{{resources.{one.resource}.{one.field}}}"
            if f"{{{name}}}" in path:
                path = path.replace(f"{{{name}}}", holder)
                del params[name]
            else:
                params[name] = holder
        elif kind == "incremental":
            told = {**{key: each for key, each in value.items() if key != "type"}, "start_param": name}
            del params[name]
        else:
            raise UnknownName(f"type of param '{name}' of {place}", str(kind), ("resolve", "incremental"))
    incremental = None if told is None else made(Incremental, told, f"incremental: of {place}")
    if incremental and incremental.start_param:
        params[incremental.start_param] = START
    if incremental and incremental.end_param:
        params[incremental.end_param] = END
    left = re.findall(r"\{(\w+)\}", path)
    if left:
        raise ConfigError(
            f"{place.capitalize()}: nothing fills {{{left[0]}}} of its path. Write params: {left[0]}: "
            "{type: resolve, resource: …, field: …}, or {resources.<name>.<field>} in the path."
        )
    return Endpoint(**{**_dict(endpoint), "path": path, "params": params}), incremental


@dataclass(frozen=True, kw_only=True)
class _Resolve:
    """A field of the parent's row."""

    type: str
    resource: str
    field: str


def _needs(texts: Sequence[str]) -> list[tuple[str, str]]:
    return [(m[1], m[2]) for text in texts for m in PLACEHOLDER.finditer(text) if m[1]]


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [text for one in inner for text in _texts(one)]


def pager_of(value: Any, place: str) -> Pager:
    """The pager that an entry names, by a word or with what it wants."""
    if value is None:
        return Auto()
    told = {"type": value} if isinstance(value, str) else value
    where = f"paginator: of {place}"
    if not isinstance(told, Mapping) or "type" not in told:
        raise ConfigError(f"{where.capitalize()} wants a type: {', '.join(TYPES)}.")
    if told["type"] not in TYPES:
        raise UnknownName(f"type of {where}", str(told["type"]), TYPES)
    held: Pager = made(TYPES[told["type"]], {k: v for k, v in told.items() if k != "type"}, where)
    return held


def made(kind: type[Any], values: Any, place: str, **not_here: str) -> Any:
    """A dataclass of the grammar from what is written.

    Raises:
        UnknownName: a key that it does not have.
        ConfigError: one that is missing, of a wrong type, or that dlt has and an entry does not.
    """
    names, hints = _names(kind), get_type_hints(kind)
    told = _object(values, place, names, {**NOT_HERE, **not_here})
    for one in fields(kind):
        if one.default is MISSING and one.default_factory is MISSING and told.get(one.name) in (None, ""):
            raise ConfigError(f"{place[:1].upper()}{place[1:]} has no {one.name}:, which it needs.")
    return kind(**{name: _fitting(hints[name], value, f"{name}: of {place}") for name, value in told.items()})


def _object(values: Any, place: str, known: Sequence[str], not_here: Mapping[str, str] = NOT_HERE) -> dict[str, Any]:
    if not isinstance(values, Mapping):
        raise ConfigError(f"{place[:1].upper()}{place[1:]} wants pairs of name: value, got {type(values).__name__}.")
    for name in values:
        if name not in known and name in not_here:
            raise ConfigError(f"{place[:1].upper()}{place[1:]}: {name}: has no place here: {not_here[name]}.")
        if name not in known:
            raise UnknownName(f"key of {place}", str(name), known)
    return dict(values)


def _fitting(hint: Any, value: Any, place: str) -> Any:
    if hint is Any:
        return value
    kind = get_origin(hint) or hint
    if kind is Literal:
        if value not in get_args(hint):
            raise UnknownName(place, str(value), [one for one in get_args(hint) if one])
        return value
    if kind is tuple and isinstance(value, list):
        return tuple(map(str, value))
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if kind is str and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, kind) or (kind in (int, float) and (isinstance(value, bool) or value < 0)):
        wanted = {Mapping: "pairs of name: value", int: "a whole number from 0 on", float: "a number from 0 on"}
        said = wanted.get(kind, {str: "text", bool: "true or false", list: "a list"}.get(kind, kind.__name__))
        raise ConfigError(f"{place[:1].upper()}{place[1:]} wants {said}, got {type(value).__name__}.")
    return value


def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def _dict(value: Any) -> dict[str, Any]:
    return {one.name: getattr(value, one.name) for one in fields(value)}
