"""Intercom's official description of its API, and whether a request keeps to it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import httpx
import pytest

FILE = Path(__file__).parents[3] / "shared" / "specs" / "intercom" / "api.intercom.io.2.16.yaml"


def is_there() -> bool:
    """Whether requests can be checked; in CI they must be."""
    return FILE.exists() or os.environ.get("CI") == "true"


@cache
def spec() -> Mapping[str, Any]:
    """The description; a test is skipped where it is not there, and fails where CI=true."""
    import yaml

    if not FILE.exists():
        said = f"{FILE} is not there: Intercom's description is needed to check requests against it"
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)
    loaded: Mapping[str, Any] = yaml.load(FILE.read_text("utf-8"), yaml.CSafeLoader)
    return loaded


def faults(request: httpx.Request) -> list[str]:
    """What a request does that the description does not know."""
    like = re.sub(r"\d+", "1", str(request.url.copy_with(scheme="https", host="fake", port=None)))
    return _checked(request.method, like, request.headers["intercom-version"], request.content)


@lru_cache(maxsize=1_000)
def _checked(method: str, url: str, version: str, content: bytes) -> list[str]:
    request = httpx.Request(method, url, headers={"intercom-version": version}, content=content)
    path, method = request.url.path, method.lower()
    for template, operations in _most_fixed(spec()["paths"]):
        found = re.fullmatch(re.sub(r"\{\w+\}", r"([^/]+)", template), path)
        if found and method in operations:
            names = re.findall(r"\{(\w+)\}", template)
            return list(_faults(request, operations[method], dict(zip(names, found.groups(), strict=True))))
    return [f"{request.method} {path} is no operation"]


def _most_fixed(paths: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return sorted(paths.items(), key=lambda one: one[0].count("{"))


def _faults(request: httpx.Request, operation: Mapping[str, Any], path: Mapping[str, str]) -> Iterator[str]:
    given = {"query": dict(request.url.params), "path": path, "header": dict(request.headers)}
    known: dict[str, dict[str, Any]] = {"query": {}, "path": {}, "header": {}}
    for parameter in operation.get("parameters", []):
        name = parameter["name"].lower() if parameter["in"] == "header" else parameter["name"]
        known[parameter["in"]][name] = parameter
        value = given[parameter["in"]].get(name)
        if value is None:
            if parameter.get("required"):
                yield f"{name} is missing"
        else:
            yield from _wrong(_typed(value, parameter["schema"]), parameter["schema"], name)
    yield from (f"{name} is no parameter" for name in given["query"] if name not in known["query"])
    body = operation.get("requestBody")
    if body is not None:
        schema = body["content"]["application/json"]["schema"]
        yield from _wrong(json.loads(request.content), schema, "body")
    elif request.content:
        yield "a body where none is known"


def _typed(value: str, schema: Mapping[str, Any]) -> Any:
    if schema.get("type") in ("integer", "number", "boolean"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _wrong(value: Any, schema: Mapping[str, Any], name: str) -> Iterator[str]:
    from openapi_schema_validator import OAS30Validator

    whole = {**schema, "components": spec()["components"]}
    for error in OAS30Validator(whole).iter_errors(value):
        yield f"{name}: {error.message}"


def examples(kind: str) -> Iterator[Any]:
    """Examples in the description that are objects of a type."""

    def within(held: Any) -> Iterator[Any]:
        if isinstance(held, dict):
            if held.get("type") == kind:
                yield held
            held = list(held.values())
        if isinstance(held, list):
            for one in held:
                yield from within(one)

    for operations in spec()["paths"].values():
        for operation in (one for one in operations.values() if isinstance(one, dict)):
            for answer in operation.get("responses", {}).values():
                for media in answer.get("content", {}).values():
                    yield from within([one.get("value") for one in media.get("examples", {}).values()])
