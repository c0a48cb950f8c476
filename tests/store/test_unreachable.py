"""A lake that cannot be reached says which part it is, why, and what to do; and no secret."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import psycopg
import pytest

from deskbook.errors import ConfigError, DeskbookError, StoreError, UnknownName
from deskbook.settings import Settings, Storage, load_settings, storage
from deskbook.store import Commit, Lake, State

from ..conftest import batch
from ..servers.lakes import At, Outside, in_folder
from ..servers.postgres import PASSWORD
from ..servers.process import free_port
from ..servers.s3 import SECRET

servers = pytest.mark.servers


@pytest.fixture
def at(outside: Outside, tmp_path: Path) -> At:
    return outside.lake(tmp_path)


def refused(at: At) -> str:
    with pytest.raises(StoreError) as told:
        at.open()
    said = str(told.value)
    assert PASSWORD not in said and SECRET not in said and "wrong-secret" not in said
    assert "Fix:" in said
    return said


@servers
@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        (PASSWORD, "wrong-secret", "refuses the password of user postgres"),
        ("/lake_", "/no_lake_", "has no database no_lake_"),
        ("//postgres:", "//nobody:", "refuses the password of user nobody"),
        ("@127.0.0.1", "@no-such-host.invalid", "no such host"),
    ],
)
def test_a_database_that_refuses_is_named(at: At, old: str, new: str, wanted: str) -> None:
    assert wanted in refused(replace(at, database=at.database.replace(old, new)))
    with pytest.raises(StoreError, match=wanted.split()[0]):
        State(at.database.replace(old, new))


@servers
def test_a_port_nobody_listens_on_is_named(at: At, outside: Outside) -> None:
    port = free_port()
    said = refused(replace(at, database=at.database.replace(f":{outside.postgres.port}", f":{port}")))
    assert f"127.0.0.1:{port} does not answer" in said


@servers
def test_a_user_who_may_make_nothing_is_told_what_to_grant(outside: Outside, tmp_path: Path) -> None:
    at = outside.empty(tmp_path)
    outside.postgres.run("DROP ROLE IF EXISTS weak", f"CREATE ROLE weak LOGIN PASSWORD '{PASSWORD}'")
    said = refused(replace(at, database=at.database.replace("//postgres:", "//weak:")))
    assert "GRANT CREATE" in said and "TO weak" in said


@servers
def test_a_bucket_that_is_not_there_is_named(outside: Outside, tmp_path: Path) -> None:
    assert "bucket nowhere is not there" in refused(replace(outside.empty(tmp_path), files="s3://nowhere/lake"))


@servers
def test_an_object_store_that_does_not_answer_is_named(at: At) -> None:
    away = Storage(f"http://127.0.0.1:{free_port()}", "us-east-1", "desk", "wrong-secret")
    assert "AWS_ENDPOINT_URL" in refused(replace(at, storage=away))


class Refusing(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(403)
        self.end_headers()
        self.wfile.write(b"<Error><Code>AccessDenied</Code></Error>")

    do_PUT = do_HEAD = do_POST = do_GET

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def refusing() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@servers
def test_keys_that_are_refused_are_said_to_be(at: At, refusing: str) -> None:
    said = refused(replace(at, storage=Storage(refusing, "us-east-1", "desk", "wrong-secret")))
    assert "refuses bucket desk" in said and "AWS_ACCESS_KEY_ID" in said


@servers
def test_files_elsewhere_are_another_lake(at: At) -> None:
    at.open().close()
    assert "keeps its files at s3://desk/" in refused(replace(at, files="s3://desk/elsewhere"))


def test_a_workspace_that_was_moved_or_copied_keeps_its_rows(tmp_path: Path) -> None:
    old, new = in_folder(tmp_path / "old" / ".deskbook"), in_folder(tmp_path / "new" / ".deskbook")
    rows = [{"id": str(n), "created_at": "2026-10-01"} for n in range(50)]
    page = Commit(entry="t", source="t", batches=[batch("tickets", rows)], cursor={"at": 1})
    lake = old.open()
    lake.commit("main", page)
    lake.close()
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    later = replace(page, batches=[batch("tickets", [{"id": "50", "created_at": "2026-10-02"}])], cursor={"at": 2})
    for _ in range(2):
        lake = new.open()
        lake.commit("main", later)
        assert lake.count("tickets", "main") == 51
        lake.close()
    shutil.rmtree(tmp_path / "new" / ".deskbook" / "files")
    assert "keeps its files at" in refused(new)
    lake = old.open()
    assert lake.count("tickets", "main") == 50
    lake.close()


@servers
def test_a_bucket_that_goes_away_fails_the_commit_and_leaves_nothing(outside: Outside, tmp_path: Path) -> None:
    outside.s3.bucket("going")
    at = replace(outside.empty(tmp_path), files="s3://going/lake")
    lake = at.open()
    outside.s3.client().delete_bucket(Bucket="going")
    rows = [{"id": str(n), "created_at": "2026-10-01"} for n in range(50)]
    page = Commit(entry="t", source="t", batches=[batch("tickets", rows)], cursor={"at": 1})
    with pytest.raises(StoreError, match="bucket going is not there"):
        lake.commit("main", page)
    assert (lake.cursor("main", "t"), lake.count("tickets", "main")) == ({}, 0)
    outside.s3.bucket("going")
    assert lake.commit("main", page)["tickets"].written == 50
    lake.close()


@servers
def test_what_is_in_the_database_shows_no_key(at: At, outside: Outside) -> None:
    lake = at.open()
    shown = [str(row) for row in lake.con.execute("FROM duckdb_secrets()").fetchall()]
    shown += [str(row) for row in lake.con.execute("FROM duckdb_databases()").fetchall()]
    assert len(shown) > 4 and not any(PASSWORD in row or SECRET in row for row in shown)
    assert PASSWORD not in repr(lake.place) and SECRET not in repr(at.storage)
    lake.close()
    with psycopg.connect(at.database.replace("+psycopg", "")) as con:
        held = str(con.execute("SELECT * FROM deskbook_lake.ducklake_metadata").fetchall())
    assert PASSWORD not in held and SECRET not in held


@pytest.mark.parametrize(
    ("database", "files", "wanted"),
    [
        ("oracle://u:wrong-secret@h/d", "files", "postgresql://"),
        ("nonsense", "files", "cannot be read as an address"),
        ("postgresql://u@h", "files", "postgresql://"),
        ("sqlite:///{}/d.db", "gs://bucket/lake", "s3://bucket/prefix"),
    ],
)
def test_an_address_no_lake_can_lie_at_is_refused(tmp_path: Path, database: str, files: str, wanted: str) -> None:
    with pytest.raises(ConfigError, match=wanted) as told:
        Lake(database.format(tmp_path), files, state=tmp_path)
    assert "wrong-secret" not in str(told.value)


def settings_of(folder: Path, text: str) -> Settings:
    (folder / "deskbook.toml").write_text(text)
    return load_settings(folder, {})


@pytest.mark.parametrize(
    ("text", "error", "wanted"),
    [
        ('[storage]\nsecret = "wrong-secret"', ConfigError, "by name"),
        ('[storage]\nsekret = "x"', UnknownName, "secret"),
        ('[storage]\nkey = "{env(NOT_THERE)}"', ConfigError, "NOT_THERE"),
        ('[storage]\nendpoint = "minio:9000"', ConfigError, "https://host:port"),
        ('[workspace]\ndatabase = "postgresql://u:wrong-secret@h/d"', ConfigError, "PGPASSWORD"),
    ],
)
def test_secrets_in_the_open_are_refused(tmp_path: Path, text: str, error: type[DeskbookError], wanted: str) -> None:
    with pytest.raises(error, match=wanted) as told:
        storage(settings_of(tmp_path, text), {})
    assert "wrong-secret" not in str(told.value)


def test_what_the_file_leaves_out_is_taken_from_the_usual_variables(tmp_path: Path) -> None:
    made = settings_of(tmp_path, '[storage]\nregion = "eu-central-1"\nkey = "{env(OWN)}"')
    environ = {"OWN": "k", "AWS_SECRET_ACCESS_KEY": "s", "AWS_REGION": "us-west-2", "AWS_ENDPOINT_URL": "http://h:1"}
    assert storage(made, environ) == Storage("http://h:1", "eu-central-1", "k", "", "")
    assert storage(settings_of(tmp_path, ""), environ) == Storage("http://h:1", "us-west-2", "", "s", "")
