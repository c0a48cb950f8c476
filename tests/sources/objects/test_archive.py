"""An object moves to its archive once its rows are committed: once, also if the process dies on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from deskbook.errors import SourceMissing
from deskbook.sources import Source
from deskbook.sources.archive import archived_path
from deskbook.sources.refusals import Replaced, asking

from .conftest import Bucket, Desk, csv

At = Callable[..., Source]
ROOT = Path(__file__).parents[3]


def test_the_name_says_which_content_it_was() -> None:
    assert archived_path("b/e/2026/x.csv.gz", "1", "e/", "done/") == "b/done/2026/x.6b86b273.csv.gz"
    assert archived_path("b/e/x.csv", "1", "e/x.csv", "done") == "b/done/x.6b86b273.csv"
    assert archived_path("b/e/x.csv", "2", "e/2026-", "done") != archived_path("b/e/x.csv", "1", "e/2026-", "done")


def test_objects_move_after_their_rows_are_committed(bucket: Bucket, synced_desk: Desk, files_at: At) -> None:
    bucket.put("e/a.csv", csv(1))
    bucket.put("e/b.csv", csv(2))
    assert synced_desk.sync(bucket, "e/*.csv", archive="e/done/").error == ""
    assert [key.split(".")[0] for key in bucket.held()] == ["e/done/a", "e/done/b"]
    assert list(synced_desk.titles()) == ["1", "2"]
    again = synced_desk.sync(bucket, "e/**", archive="e/done/")
    assert (again.error, again.tables) == ("", {})
    with pytest.raises(SourceMissing, match="all that lay there is archived"):
        files_at(bucket, "e/**", archive="e/done/").sample(1)


def test_the_same_name_with_other_rows_is_kept_beside_the_first(bucket: Bucket, synced_desk: Desk) -> None:
    for number in (1, 2):
        bucket.put("e/a.csv", csv(number))
        assert synced_desk.sync(bucket, "e/*.csv", archive="done/").error == ""
    assert len(bucket.held()) == 2 and list(synced_desk.titles()) == ["1", "2"]


def test_whoever_only_looks_at_pages_moves_nothing(bucket: Bucket, files_at: At) -> None:
    bucket.put("e/a.csv", csv(1))
    source = files_at(bucket, "e/*.csv", archive="done/")
    (page,) = source.pull({})
    assert list(source.pull(page.cursor)) == [] and source.sample(1).num_rows == 1
    assert bucket.held() == ["e/a.csv"]


def test_an_object_written_anew_before_its_move_stays_and_is_read(
    bucket: Bucket, synced_desk: Desk, files_at: At
) -> None:
    bucket.put("e/a.csv", csv(1))
    source = files_at(bucket, "e/*.csv", archive="done/")
    source.settled({})  # type: ignore[attr-defined]
    pages = source.pull({})
    page = next(pages)
    bucket.put("e/a.csv", csv(1, 2))
    source.settled(page.cursor)  # type: ignore[attr-defined]
    assert list(pages) == [] and bucket.held() == ["e/a.csv"]
    assert synced_desk.sync(bucket, "e/*.csv", archive="done/").error == ""
    assert list(synced_desk.titles()) == ["1", "2"] and [key[:5] for key in bucket.held()] == ["done/"]


def test_an_archive_that_cannot_be_written_is_told_and_no_row_is_lost(
    on_s3: Bucket, synced_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from deskbook.sources.objects.s3 import S3Store

    def refuse(*_: object) -> None:
        raise PermissionError("AccessDenied")

    on_s3.put("e/a.csv", csv(1))
    on_s3.put("e/b.csv", csv(2))
    with monkeypatch.context() as patch:
        patch.setattr(S3Store, "copy", refuse)
        report = synced_desk.sync(on_s3, "e/*.csv", archive="done/")
    assert "a.csv (to be archived as" in report.error and "is refused to this key" in report.error
    assert list(synced_desk.titles()) == ["1", "2"] and on_s3.held() == ["e/a.csv", "e/b.csv"]
    again = synced_desk.sync(on_s3, "e/*.csv", archive="done/")
    assert (again.error, again.tables) == ("", {}) and [key[:5] for key in on_s3.held()] == ["done/", "done/"]


DYING = """
import json, os, signal, sys
from pathlib import Path
from deskbook.sources.objects.s3 import S3Store
from deskbook.store import Lake, State
from tests.sources.objects.conftest import Bucket, Desk

def dying(name, before):
    called = getattr(S3Store, name)
    def die(self, *given):
        if not before:
            called(self, *given)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(S3Store, name, die)

folder, url, options, step = Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3]), sys.argv[4]
name, _, when = step.partition(":")
dying(name, when == "before")
desk = Desk(Lake(f"sqlite:///{folder}/deskbook.db", str(folder / "files"), state=folder),
            State(f"sqlite:///{folder}/deskbook.db"))
desk.sync(Bucket(url, options, None, None), "e/*.csv", archive="done/")
"""


def die_at(step: str, folder: Path, bucket: Bucket) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", DYING, str(folder), bucket.url, json.dumps(bucket.options), step]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    return subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this platform cannot kill without warning")
@pytest.mark.parametrize("step", ["copy:before", "copy:after", "remove:before", "remove:after"])
def test_killed_at_each_step_of_a_move_the_next_run_ends_it_and_reads_nothing_twice(
    on_s3: Bucket, synced_desk: Desk, tmp_path: Path, step: str
) -> None:
    on_s3.put("e/1.csv", csv(1))
    killed = die_at(step, tmp_path, on_s3)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert list(synced_desk.titles()) == ["1"]
    report = synced_desk.sync(on_s3, "e/*.csv", archive="done/")
    assert (report.error, report.tables, list(synced_desk.titles())) == ("", {}, ["1"])
    assert [key.split(".")[0] for key in on_s3.held()] == ["done/1"]


def test_a_store_itself_refuses_to_move_what_is_another_by_now(on_azure: Bucket, files_at: At) -> None:
    on_azure.put("e/a.csv", csv(1))
    store = files_at(on_azure, "e/a.csv")._store  # type: ignore[attr-defined]
    other = replace(store.stored(f"{on_azure.name}/e/a.csv"), etag="0x123")
    for move in (lambda: store.copy(other, f"{on_azure.name}/done/a.csv"), lambda: store.remove(other)):
        with pytest.raises(Replaced), asking(store, "a.csv"):
            move()
    assert on_azure.held() == ["e/a.csv"]
