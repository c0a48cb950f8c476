"""Vendors' own descriptions of their APIs (OpenAPI 3, Swagger 2), and whether a request keeps to one."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

SPECS: Final = Path(__file__).parents[3] / "shared" / "specs"
CI: Final = os.environ.get("CI") == "true"
Schema = Mapping[str, Any]


def spec_folder(name: str) -> Path:
    """A folder or file of the specifications; a test is skipped where it is not there, and fails where CI=true."""
    path = SPECS / name
    if not path.exists():
        (pytest.fail if CI else pytest.skip)(f"{path} is not there: requests and recordings are checked against it")
    return path


@cache
def loaded(name: str) -> dict[str, Any]:
    """A description, read once."""
    import yaml

    text = spec_folder(name).read_text("utf-8")
    held: dict[str, Any] = json.loads(text) if name.endswith(".json") else yaml.load(text, yaml.CSafeLoader)
    return held


@dataclass(frozen=True)
class Described:
    """A vendor's description.

    Attributes:
        file: below the specifications.
        base: what paths of requests begin with, and those of the description do not.
        more: parameters by path (`*`: all) that the vendor's pages tell of, and the description leaves out.
        absent: beginnings of paths that it lacks whole.
        instead: parameters that may be missing where another is given.
        lists: parameters that take several values with commas, though it calls them one.
    """

    file: str
    base: str = ""
    more: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    instead: Mapping[str, str] = field(default_factory=dict)
    lists: tuple[str, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether requests can be checked; in CI they must be."""
        return CI or (SPECS / self.file).exists()

    def faults(self, request: httpx.Request) -> list[str]:
        """What a request does that the description does not know."""
        path = request.url.path.removeprefix(self.base)
        if path.startswith(self.absent):
            return []
        found = self._operation(request.method.lower(), path)
        if found is None:
            return [f"{request.method} {path} is no operation"]
        template, in_path, parameters, body = found
        given = {"query": dict(request.url.params), "path": in_path, "header": dict(request.headers)}
        said = list(self._wrong_parameters(template, given, parameters))
        names = [name for name, _ in request.url.params.multi_items() if not name.endswith("[]")]
        said += [f"{name} is given twice" for name in {*names} if names.count(name) > 1]
        if body is not None:
            schema = self._whole(body)["content"]["application/json"]["schema"]
            said += self._wrong(json.loads(request.content), schema, "body")
        elif request.content:
            said.append("a body where none is known")
        return [f"{template}: {one}" for one in said]

    def _operation(self, method: str, path: str) -> tuple[str, dict[str, str], list[Schema], Schema | None] | None:
        paths = loaded(self.file)["paths"]
        for template in sorted(paths, key=lambda one: one.count("{")):
            held = re.fullmatch(re.sub(r"\{\w+\}", r"([^/]+)", template), path)
            if held and method in paths[template]:
                operation = paths[template][method]
                told = [*paths[template].get("parameters", []), *operation.get("parameters", [])]
                in_path = dict(zip(re.findall(r"\{(\w+)\}", template), held.groups(), strict=True))
                return template, in_path, [self._whole(one) for one in told], operation.get("requestBody")
        return None

    def _wrong_parameters(
        self, template: str, given: Mapping[str, Mapping[str, str]], parameters: list[Schema]
    ) -> Iterator[str]:
        known = {*self.more.get(template, ()), *self.more.get("*", ())}
        for one in parameters:
            name, place = one["name"], one["in"]
            value = given.get(place, {}).get(name.lower() if place == "header" else name)
            if place == "query":
                known.add(name)
            is_due = one.get("required") and place != "path" and name != "token"  # which belongs into a header
            if value is not None:
                schema = self._whole(one.get("schema", _swagger(one)))
                for text in value.split(",") if name in self.lists else [value]:
                    yield from self._wrong(self._typed(text, schema), schema, name)
            elif is_due and self.instead.get(name) not in given["query"]:
                yield f"{name} is missing"
        yield from (f"{name} is no parameter" for name in given["query"] if name not in known)

    def _whole(self, one: Schema) -> Schema:
        while "$ref" in one:
            held: Any = loaded(self.file)
            for step in one["$ref"].removeprefix("#/").split("/"):
                held = held[step]
            one = held
        return one

    def _typed(self, value: str, schema: Schema) -> Any:
        kind = schema.get("type")
        if kind == "array":
            return [self._typed(one, self._whole(schema["items"])) for one in value.split(",")]
        if kind in ("integer", "number", "boolean"):
            try:
                return json.loads(value)
            except ValueError:
                return value
        return value

    def _wrong(self, value: Any, schema: Schema, name: str) -> Iterator[str]:
        errors = _validator(self.file).evolve(schema=schema).iter_errors(value)
        yield from (f"{name}: {error.message}" for error in errors)


@cache
def _validator(file: str) -> Any:
    """Of nothing; it knows where the references of a description point to."""
    from openapi_schema_validator import OAS30Validator

    return OAS30Validator({"components": loaded(file).get("components", {})})


def _swagger(parameter: Schema) -> Schema:
    """The schema of a parameter of Swagger 2, where it stands beside the name."""
    return {key: value for key, value in parameter.items() if key in ("type", "items", "enum", "minimum", "maximum")}
