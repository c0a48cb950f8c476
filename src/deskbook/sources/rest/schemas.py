"""An OpenAPI file read as far as a proposal wants it: lists, parameters, what an answer holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from deskbook.errors import ConfigError

DEEPEST: Final = 4
"""Levels of an object that a mapping is proposed for, and an answer is searched through."""
MOST_REFERENCES: Final = 30
MOST_BYTES: Final = 64 * 1024 * 1024


@dataclass(frozen=True)
class Spec:
    """A file's content."""

    document: Mapping[str, Any]

    @classmethod
    def read(cls, file: Path) -> Spec:
        """A file of this machine; references that lead out of it are not followed.

        Raises:
            ConfigError: it is not there, or no OpenAPI file.
        """
        from ruamel.yaml import YAML
        from ruamel.yaml.error import YAMLError

        try:
            if file.stat().st_size > MOST_BYTES:
                raise ConfigError(f"{file} is larger than {MOST_BYTES:,} bytes. Wanted an OpenAPI file.")
            text = file.read_text("utf-8-sig")
            held = json.loads(text) if text.lstrip().startswith("{") else YAML(typ="safe").load(text)
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{file} could not be read ({type(error).__name__}). Wanted an OpenAPI file.") from None
        except (YAMLError, ValueError, RecursionError) as error:
            said = str(error).strip().splitlines()[0]
            raise ConfigError(f"{file} is no sound YAML or JSON: {said}") from None
        version = str(held.get("openapi") or held.get("swagger") or "") if isinstance(held, dict) else ""
        if not version.startswith(("3.", "2.")) or not isinstance(held.get("paths"), dict):
            raise ConfigError(f"{file} is no OpenAPI file: wanted openapi: 3… or swagger: 2.0, and paths:.")
        return cls(held)

    @property
    def paths(self) -> Mapping[str, Any]:
        """Path -> its operations."""
        return {str(path): one for path, one in self.document["paths"].items() if isinstance(one, dict)}

    def resolved(self, value: Any) -> dict[str, Any]:
        """An object, its reference followed; empty where that leads nowhere or round and round."""
        for _ in range(MOST_REFERENCES):
            if not isinstance(value, dict):
                return {}
            reference = value.get("$ref")
            if reference is None:
                return value
            value = self._at(str(reference))
        return {}

    def _at(self, reference: str) -> Any:
        held: Any = self.document if reference.startswith("#/") else None
        for part in reference.removeprefix("#/").split("/"):
            held = held.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(held, dict) else None
        return held

    def operation(self, path: str) -> dict[str, Any] | None:
        """The GET of a path."""
        found = self.resolved(self.paths[path]).get("get")
        return found if isinstance(found, dict) else None

    def parameters(self, path: str, operation: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Those of a path and of its GET."""
        given = [*(self.paths[path].get("parameters") or ()), *(operation.get("parameters") or ())]
        return [one for one in map(self.resolved, given) if one.get("name")]

    def schema_of(self, parameter: Mapping[str, Any]) -> dict[str, Any]:
        """What a parameter may be; Swagger 2 says it of the parameter itself."""
        return self.resolved(parameter["schema"]) if "schema" in parameter else dict(parameter)

    def answer(self, operation: Mapping[str, Any]) -> dict[str, Any] | None:
        """The schema of a good answer in JSON."""
        responses = operation.get("responses") or {}
        good = self.resolved(responses.get("200") or responses.get(200) or responses.get("default") or {})
        if "schema" in good:
            return self.merged(good["schema"])
        content = good.get("content") or {}
        media = next((one for kind, one in content.items() if "json" in kind), None)
        return self.merged(media["schema"]) if isinstance(media, dict) and "schema" in media else None

    def merged(self, schema: Any, depth: int = 0) -> dict[str, Any]:
        """A schema with what it is made of; of several that it may be, all properties."""
        held = dict(self.resolved(schema))
        if depth > DEEPEST:
            return held
        for word in ("allOf", "anyOf", "oneOf"):
            for part in held.pop(word, None) or ():
                one = self.merged(part, depth + 1)
                both = {**(one.get("properties") or {}), **(held.get("properties") or {})}
                held = {**one, **held, **({"properties": both} if both else {})}
        return held

    def security(self) -> list[dict[str, Any]]:
        """Ways to be let in: those that hold for all first."""
        schemes = (self.document.get("components") or {}).get("securitySchemes") or {}
        schemes = schemes or self.document.get("securityDefinitions") or {}
        wanted = [name for one in self.document.get("security") or () for name in one]
        order = [*wanted, *(name for name in schemes if name not in wanted)]
        return [self.resolved(schemes[name]) for name in order if name in schemes]

    def server(self) -> tuple[str, Mapping[str, Any]]:
        """Where paths start, and the variables in it."""
        servers = self.document.get("servers") or []
        if servers:
            return str(servers[0].get("url", "")), servers[0].get("variables") or {}
        host, base = self.document.get("host", ""), self.document.get("basePath", "")
        return (f"https://{host}{base}" if host else ""), {}


def is_list(schema: Mapping[str, Any]) -> bool:
    """Whether a schema is an array; 3.1 may list its types."""
    kind = schema.get("type")
    return kind == "array" or (isinstance(kind, list) and "array" in kind) or "items" in schema


def rows_at(spec: Spec, schema: Any, name: str) -> tuple[str, dict[str, Any]] | None:
    """Where the rows of an answer stand (empty where it is a list), and the schema of one; None if it has none."""
    held = spec.merged(schema)
    if is_list(held):
        item = spec.merged(held.get("items"))
        return ("", item) if item.get("properties") else None
    found = {}
    for key, one in (held.get("properties") or {}).items():
        inner = spec.merged(one)
        if is_list(inner) and (item := spec.merged(inner.get("items"))).get("properties"):
            found[str(key)] = item
    if not found:
        return None
    key = (
        name
        if name in found
        else next((one for one in ("data", "results", "items") if one in found), next(iter(found)))
    )
    return key, found[key]


def example_of(spec: Spec, schema: Any, depth: int = 0) -> Any:
    """A row as its schema describes it: values of its examples, or that look as its formats say; None where unknown."""
    held = spec.merged(schema)
    properties = held.get("properties")
    if properties and depth < DEEPEST:
        return {str(name): example_of(spec, one, depth + 1) for name, one in properties.items()}
    for word in ("example", "default"):
        if isinstance(held.get(word), str | int | float | bool):
            return held[word]
    if held.get("enum"):
        return held["enum"][0]
    if held.get("format") in ("date-time", "date"):
        return "2026-01-02T03:04:05Z"
    if held.get("type") == "boolean":
        return True
    return "ann@example.com" if held.get("format") == "email" else None


def paths_in(spec: Spec, schema: Any, depth: int = 0) -> Iterator[str]:
    """Dotted paths to all that an answer holds outside its rows."""
    for name, one in (spec.merged(schema).get("properties") or {}).items():
        inner = spec.merged(one)
        if is_list(inner):
            continue
        if inner.get("properties") and depth < DEEPEST:
            yield from (f"{name}.{below}" for below in paths_in(spec, inner, depth + 1))
        else:
            yield str(name)
