"""An entry's documentation is made from the entry: what it asks for, what it becomes, and no secret."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import deskbook
from deskbook.apps.cli import app
from deskbook.apps.describing import described
from deskbook.apps.workspace import make_workspace
from deskbook.errors import ConfigError, UnknownName

ENTRY = """version: 2
data:
  desk_data:
    datatype: deskbook.catalog.datatypes:System
    kwargs:
      kind: rest
      client: {base_url: 'https://desk.example/api', auth: {type: bearer, token: '{env(DESK_TOKEN)}'}}
      resources:
      - name: tickets
        endpoint:
          path: tickets
          data_selector: items
          paginator: {type: page_number, base_page: 1}
          incremental: {cursor_path: updated_at, start_param: since, lag: 60}
      - {name: comments, endpoint: 'tickets/{resources.tickets.id}/comments'}
      limits: {requests: 100, seconds: 60}
entries:
  desk:
    reader: deskbook.catalog.readers:Rows
    kwargs: {args: ['{data(desk_data)}']}
    metadata:
      every: 5m
      freshness_hours: 2
      asleep_without: env
      mapping:
        tables:
          tickets:
            {resource: tickets, id: id, created_at: created_at, status: {field: state, values: {waiting: pending}}}
          messages: {resource: comments, id: id, ticket_id: _tickets_id, author_role: {value: agent}, sent_at: at}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = make_workspace(tmp_path / "desk", sample=200)
    (made / "catalogs" / "desk.yaml").write_text(ENTRY)
    return made


def test_a_rest_entry_says_what_it_asks_for_and_becomes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_TOKEN", raising=False)
    page = described(deskbook.open(home), "desk")
    for line in (
        "| Synced | every 300 s |",
        "| Fresh within | 2 hours |",
        "| Asleep until set | DESK_TOKEN |",
        "| tickets | GET tickets (since) | page_number (base_page: 1) "
        "| from the newest updated_at on by since, less 60 s | items |",
        "| comments | GET tickets/{resources.tickets.id}/comments | auto | of each row of tickets that is new "
        "| the list in the answer |",
        "- At most 100 requests in 60 s.",
        "- Let in by: bearer.",
        "### messages, from comments",
    ):
        assert line in page, line
    assert "| `status` | `state` (waiting → pending) |" in page and "| `author_role` | always `agent` |" in page


def test_it_holds_no_secret_though_the_variable_is_set(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_TOKEN", "s3cret")
    page = described(deskbook.open(home), "desk")
    assert "s3cret" not in page and "Asleep" not in page


def test_every_entry_of_a_workspace_can_be_described(home: Path) -> None:
    book = deskbook.open(home)
    names = [*book.catalog.names, *book.asleep]
    assert len(names) > 12
    for name in names:
        page = described(book, name)
        assert page.startswith(f"# {name}\n") and "## What it becomes" in page
    assert "| `url` | `../sample/tickets.csv` |" in described(book, "sample_tickets")


def test_the_command_writes_it_and_names_what_is_wrong(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKBOOK_HOME", "")
    done = CliRunner().invoke(app, ["--workspace", str(home), "sources", "--describe", "desk"])
    assert done.exit_code == 0 and done.stdout.startswith("# desk\n")
    with pytest.raises(UnknownName, match="Did you mean 'desk'"):
        described(deskbook.open(home), "dsk")
    text = ENTRY.replace("'{env(DESK_TOKEN)}'", "s3cret")
    (home / "catalogs" / "desk.yaml").write_text(text)
    with pytest.raises(ConfigError, match="has a secret written in token:"):
        described(deskbook.open(home), "desk")
