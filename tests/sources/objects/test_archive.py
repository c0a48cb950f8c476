"""An object moves to its archive once its rows are committed: once, also if the process dies on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from deskbook.errors import SourceMissing
from deskbook.sources import Source
from deskbook.sources.archive import archived_path
from deskbook.sources.objects import s3 as s3_module
from deskbook.sources.objects.s3 import S3Store
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


MIB = 1 << 20
LARGE = csv(1) + b"2,2026-01-01T00:00:00Z," + b"long " * (11 * MIB // 5) + b",new,low\n"


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What a copy beyond the limit asks of the store, with a limit of 5 MiB in place of 5 GiB."""
    asked: Counter[str] = Counter()
    called = S3Store._called

    def counted(store: S3Store, method: str, **words: Any) -> Any:
        if method == "upload_part_copy":
            assert words["CopySourceIfMatch"]
        asked[method] += 1
        return called(store, method, **words)

    monkeypatch.setattr(S3Store, "_called", counted)
    monkeypatch.setattr(s3_module, "LARGEST_COPY_BYTES", 5 * MIB)
    monkeypatch.setattr(s3_module, "PART_BYTES", 5 * MIB)
    return asked


def test_an_object_beyond_what_one_copy_may_take_moves_in_parts(
    s3_server: Any, on_s3: Bucket, synced_desk: Desk, in_parts: Counter[str]
) -> None:
    client = s3_server.client()
    client.put_object(Bucket=on_s3.name, Key="e/a.csv", Body=LARGE, ContentType="text/csv", Metadata={"by": "desk"})
    assert synced_desk.sync(on_s3, "e/*.csv", archive="done/").error == ""
    assert (in_parts["upload_part_copy"], in_parts["copy_object"]) == (3, 0)
    (key,) = on_s3.held()
    told = client.get_object(Bucket=on_s3.name, Key=key)
    assert told["Body"].read() == LARGE and key.startswith("done/a.") and list(synced_desk.titles()) == ["1", "2"]
    assert (told["ContentType"], told["Metadata"]) == ("text/csv", {"by": "desk"})


def test_a_move_in_parts_that_is_refused_leaves_no_parts_behind(
    s3_server: Any, on_s3: Bucket, synced_desk: Desk, in_parts: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from botocore.exceptions import ClientError

    called = S3Store._called

    def refused(store: S3Store, method: str, **words: Any) -> Any:
        if method == "upload_part_copy" and words["PartNumber"] == 2:
            raise ClientError({"Error": {"Code": "PreconditionFailed", "Message": "No."}}, "UploadPartCopy")
        return called(store, method, **words)

    on_s3.put("e/a.csv", LARGE)
    with monkeypatch.context() as patch:
        patch.setattr(S3Store, "_called", refused)
        assert synced_desk.sync(on_s3, "e/*.csv", archive="done/").error == ""
    assert on_s3.held() == ["e/a.csv"], "it was written anew meanwhile, so it stays"
    assert "Uploads" not in s3_server.client().list_multipart_uploads(Bucket=on_s3.name)
    assert in_parts["abort_multipart_upload"] == 1
    synced_desk.sync(on_s3, "e/*.csv", archive="done/")
    assert [key[:7] for key in on_s3.held()] == ["done/a."]


@pytest.mark.parametrize(("size", "parts", "last"), [(5 << 30, 10, 512 << 20), (5 << 40, 10_000, None)])
def test_parts_cover_an_object_of_any_size(size: int, parts: int, last: int | None) -> None:
    spans = [span.removeprefix("bytes=").split("-") for span in s3_module._spans(size)]
    bounds = [(int(first), int(end)) for first, end in spans]
    assert len(bounds) == parts <= 10_000 and (bounds[0][0], bounds[-1][1]) == (0, size - 1)
    assert all(after == end + 1 for (_, end), (after, _) in pairwise(bounds))
    assert last is None or bounds[-1][1] - bounds[-1][0] + 1 == last
