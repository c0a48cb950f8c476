"""From an OpenAPI file to a source that works, without code: proposed, written, and read from a fake of that API."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from typer.testing import CliRunner

from deskbook.apps.cli import app
from deskbook.apps.workspace import make_workspace
from deskbook.catalog import Catalog
from deskbook.errors import ConfigError, UnknownName
from deskbook.sources.rest import Rest
from deskbook.sources.rest.openapi import propose_entry
from tests.fakes.web import Faulty, Time, wire_to

SPECS = Path(__file__).parents[4] / "shared" / "specs"
FILES = {
    "freshdesk": "freshdesk/api-evangelist/openapi/_original/freshdesk-rest-api-openapi.yml",
    "intercom": "intercom/api.intercom.io.2.16.yaml",
    "zendesk": "zendesk/oas.yaml",
}
SIZE = 3
ROWS = [{"id": n, "created_at": "2026-10-01T00:00:00Z", "updated_at": f"2026-10-02T00:0{n}:00Z"} for n in range(1, 8)]


def spec_file(name: str) -> Path:
    if not SPECS.is_dir():
        said = f"the vendors' specs are not at {SPECS}"
        pytest.fail(said) if os.environ.get("CI") == "true" else pytest.skip(said)
    return SPECS / FILES[name]


async def freshdesk(request: Request) -> Response:
    page, since = int(request.query_params["page"]), request.query_params.get("updated_since", "")
    found = [one for one in ROWS if one["updated_at"] >= since] if request.url.path.endswith("tickets") else []
    return JSONResponse(found[(page - 1) * SIZE : page * SIZE])


async def intercom(request: Request) -> Response:
    at = int(request.query_params.get("starting_after", 0))
    more = {"page": 2, "starting_after": str(at + SIZE)} if at + SIZE < len(ROWS) else None
    name = request.url.path.rpartition("/")[2]
    found = ROWS[at : at + SIZE] if name == "conversations" else []
    return JSONResponse({name if name != "contacts" else "data": found, "pages": {"next": more if found else None}})


async def zendesk(request: Request) -> Response:
    page, name = int(request.query_params.get("page", 1)), request.url.path.rpartition("/")[2]
    found = ROWS[(page - 1) * SIZE : page * SIZE] if name == "tickets" else []
    more = str(request.url.include_query_params(page=page + 1)) if page * SIZE < len(ROWS) and found else None
    return JSONResponse({name: found, "next_page": more})


FAKES = {"freshdesk": freshdesk, "intercom": intercom, "zendesk": zendesk}


@pytest.mark.parametrize("name", FILES)
def test_a_proposal_is_a_working_source_without_code(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKBOOK_HOME", "")
    home = make_workspace(tmp_path / "desk")
    for file in (home / "catalogs").glob("*.yaml"):
        file.unlink()  # a template of that name is there
    done = CliRunner().invoke(app, ["--workspace", str(home), "map", name, "--openapi", str(spec_file(name))])
    assert done.exit_code == 0 and "it sleeps until its variables are set" in done.output, done.output
    needed = Catalog.open(home / "catalogs", {}).asleep[name]
    catalog = Catalog.open(home / "catalogs", dict.fromkeys(needed, "made-up"))
    entry = catalog.entry(name)
    time = Time()
    fake = Faulty(Starlette(routes=[Route("/{path:path}", FAKES[name])]), time)
    source = Rest(entry, time, wire_to(fake, time))
    pages = list(source.pull({}))
    batches = [batch for page in pages for batch in source.normalise(page)]
    assert not [batch.rejects for batch in batches if batch.rejects]
    found = [row for batch in batches if batch.table == "tickets" for row in batch.rows.column("id").to_pylist()]
    assert found == [str(n) for n in range(1, 8)]
    assert list(source.pull(pages[-1].cursor)) == []


def test_what_a_file_says_is_recognised() -> None:
    options = propose_entry(spec_file("freshdesk"), "desk").entry.options
    assert options["client"] == {
        "base_url": "https://{env(DESK_DOMAIN)}.freshdesk.com/api/v2",
        "auth": {"type": "http_basic", "username": "{env(DESK_USER)}", "password": "{env(DESK_PASSWORD)}"},
    }
    tickets, conversations = options["resources"][:2]
    assert tickets["endpoint"]["incremental"] == {
        "cursor_path": "updated_at",
        "start_param": "updated_since",
        "lag": 60,
    }
    assert conversations["endpoint"]["path"] == "tickets/{resources.tickets.id}/conversations"


def swagger(**more: Any) -> dict[str, Any]:
    row = {"type": "object", "properties": {
        "id": {"type": "integer"}, "subject": {"type": "string"}, "state": {"type": "string"},
        "created_at": {"type": "string", "format": "date-time"},
        "updated_at": {"type": "string", "format": "date-time"}}}  # fmt: skip
    listed = {"type": "object", "properties": {"tickets": {"type": "array", "items": {"$ref": "#/definitions/Row"}}}}
    query = [{"name": name, "in": "query", "type": "integer"} for name in ("offset", "limit", "since")]
    get = {"parameters": query, "responses": {"200": {"schema": listed}}}
    return {
        "swagger": "2.0", "info": {"title": "Old Desk"}, "host": "desk.example", "basePath": "/api",
        "paths": {"/v1/tickets": {"get": get}, "/v1/tickets/{id}": {"get": {"responses": {"200": {"schema": row}}}}},
        "definitions": {"Row": row},
        "securityDefinitions": {"key": {"type": "apiKey", "in": "query", "name": "api_key"}}, **more,
    }  # fmt: skip


def test_swagger_2_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text(json.dumps(swagger()))
    options = propose_entry(tmp_path / "old.json", "old").entry.options
    assert options["client"] == {
        "base_url": "https://desk.example/api/v1",
        "auth": {"type": "api_key", "name": "api_key", "location": "query", "api_key": "{env(OLD_KEY)}"},
    }
    endpoint = options["resources"][0]["endpoint"]
    assert endpoint["paginator"] == {"type": "offset", "limit": 100}
    assert endpoint["incremental"]["convert"] == "epoch"


@pytest.mark.parametrize(
    ("flow", "kind"), [("accessCode", "oauth2_refresh_token"), ("application", "oauth2_client_credentials")]
)
def test_oauth_of_a_file_becomes_that_of_the_entry(tmp_path: Path, flow: str, kind: str) -> None:
    scheme = {"type": "oauth2", "flow": flow, "tokenUrl": "https://desk.example/token", "scopes": {"read": "…"}}
    (tmp_path / "o.json").write_text(json.dumps(swagger(securityDefinitions={"o": scheme})))
    auth = propose_entry(tmp_path / "o.json", "o").entry.options["client"]["auth"]
    assert auth["type"] == kind and auth["client_secret"] == "{env(O_CLIENT_SECRET)}" and auth["scope"] == ["read"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [", "no sound YAML"),
        ("a: 1", "is no OpenAPI file: wanted openapi: 3"),
        ('{"openapi": "3.1.0", "paths": {}}', "has no list that looks like one of tickets"),
        ('{"openapi": "3.1.0", "paths": {"/tickets": {"get": {"$ref": "#/x"}}}}', "has no list"),
        ("openapi: 3.0.0\npaths: {/tickets: {$ref: '#/paths/~1tickets'}}", "has no list"),
    ],
)
def test_a_file_that_is_none_is_said(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "s.yaml").write_text(text)
    with pytest.raises(ConfigError, match=said):
        propose_entry(tmp_path / "s.yaml", "s")


def test_a_path_can_be_chosen_and_one_that_is_not_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text(json.dumps(swagger()))
    with pytest.raises(UnknownName, match="Did you mean '/v1/tickets'"):
        propose_entry(tmp_path / "old.json", "old", ("/v1/tickts",))
    assert list(propose_entry(tmp_path / "old.json", "old", ("/v1/tickets",)).entry.mapping["tables"]) == ["tickets"]
    with pytest.raises(ConfigError, match="could not be read"):
        propose_entry(tmp_path / "absent.json", "old")
