"""Objects of S3, Google and Azure: only new and changed ones are read, in order, and nothing beside them is listed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from deskbook.errors import ConfigError, SourceMissing
from deskbook.sources import Source

from .conftest import HEAD, Bucket, Desk, csv

At = Callable[..., Source]


def pulled(source: Source, cursor: object = None) -> list[str]:
    return [page.origin.rpartition("/")[2] for page in source.pull(cursor or {})]  # type: ignore[arg-type]


def test_objects_are_read_in_order_of_key_and_only_once(bucket: Bucket, files_at: At) -> None:
    for key in ("e/b.csv", "e/a.csv", "f/c.csv", "e/a.txt.bak"):
        bucket.put(key, csv(1))
    pages = list(files_at(bucket, "e/*.csv").pull({}))
    assert [page.origin for page in pages] == [f"{bucket.url}/e/a.csv", f"{bucket.url}/e/b.csv"]
    assert pulled(files_at(bucket, "e/*.csv"), pages[-1].cursor) == []


def test_a_new_and_a_changed_object_are_read_and_the_others_are_not(bucket: Bucket, files_at: At) -> None:
    for key in ("e/a.csv", "e/b.csv"):
        bucket.put(key, csv(1))
    *_, last = files_at(bucket, "e/*.csv").pull({})
    bucket.put("e/b.csv", csv(1, 2))
    bucket.put("e/c.csv", csv(3))
    assert pulled(files_at(bucket, "e/*.csv"), last.cursor) == ["b.csv", "c.csv"]


def test_a_url_ending_in_a_slash_is_everything_below_it(bucket: Bucket, files_at: At) -> None:
    for key in ("e/a.csv", "e/x/b.csv", "ea.csv"):
        bucket.put(key, csv(1))
    assert pulled(files_at(bucket, "e/")) == ["a.csv", "b.csv"]


def test_one_object_of_no_known_format_does_not_stop_the_others(on_s3: Bucket, synced_desk: Desk) -> None:
    for number, key in enumerate(("e/a.csv", "e/b.backup", "e/c.csv"), start=1):
        on_s3.put(key, csv(number))
    report = synced_desk.sync(on_s3, "e/")
    assert f"the format of {on_s3.url}/e/b.backup does not show in its name" in report.error
    assert list(synced_desk.titles()) == ["1", "3"]


def test_one_object_is_named_without_a_pattern(bucket: Bucket, files_at: At) -> None:
    bucket.put("e/a.csv", csv(1))
    (page,) = files_at(bucket, "e/a.csv").pull({})
    assert pulled(files_at(bucket, "e/a.csv"), page.cursor) == []
    assert files_at(bucket, "e/a.csv").sample(1).to_pylist()[0]["number"] == "1"


def test_two_stars_reach_into_every_folder(bucket: Bucket, files_at: At) -> None:
    for key in ("e/2026/01/a.csv", "e/b.csv", "e/2026/01/a.json"):
        bucket.put(key, csv(1))
    assert pulled(files_at(bucket, "e/**/*.csv")) == ["a.csv", "b.csv"]


@pytest.mark.parametrize("pattern", ["e/a.csv", "e/*.csv"])
def test_a_bucket_that_is_not_there_is_told_with_the_closest(bucket: Bucket, files_at: At, pattern: str) -> None:
    missing = Bucket(f"{bucket.url}x", bucket.options, bucket.put, bucket.held)
    with pytest.raises(SourceMissing, match=rf"'desk'.*{missing.url}/e/.*no such bucket. .*the rows already read stay"):
        list(files_at(missing, pattern).pull({}))


def test_the_closest_bucket_is_offered_where_it_may_be_listed(on_s3: Bucket, files_at: At) -> None:
    missing = Bucket(f"{on_s3.url}x", on_s3.options, on_s3.put, on_s3.held)
    with pytest.raises(SourceMissing, match=f"Did you mean '{on_s3.name}'"):
        list(files_at(missing, "e/*.csv").pull({}))


def test_an_object_that_is_not_there_is_told(bucket: Bucket, files_at: At) -> None:
    with pytest.raises(SourceMissing, match=r"'desk'.*/e/a.csv is not there"):
        list(files_at(bucket, "e/a.csv").pull({}))
    with pytest.raises(SourceMissing, match=r"'desk'.*/e/\*.csv', and no such object"):
        list(files_at(bucket, "e/*.csv").pull({}))


def test_a_url_without_a_bucket_is_refused(on_s3: Bucket, files_at: At) -> None:
    with pytest.raises(ConfigError, match=r"names no bucket\. Write s3://bucket/prefix"):
        list(files_at(Bucket("s3://*", on_s3.options, on_s3.put, on_s3.held), "a.csv").pull({}))


def test_a_listing_goes_on_behind_its_first_page(bucket: Bucket, files_at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    for store in ("s3", "gcs", "azure"):
        monkeypatch.setattr(f"deskbook.sources.objects.{store}.PAGE_OBJECTS", 3)
    for n in range(8):
        bucket.put(f"e/{n}.csv", csv(n))
    source = files_at(bucket, "e/*.csv")
    assert pulled(source) == [f"{n}.csv" for n in range(8)]
    held = source._store  # type: ignore[attr-defined]
    assert len(list(held.listed(bucket.name, "e/"))) == 8


def test_more_than_a_thousand_objects_are_all_found(on_s3: Bucket, files_at: At) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: on_s3.put(f"e/{n:04}.csv", b""), range(1_003)))
    held = files_at(on_s3, "e/*.csv")._store  # type: ignore[attr-defined]
    assert [one.key for one in held.listed(on_s3.name, "e/")] == [f"e/{n:04}.csv" for n in range(1_003)]


def test_only_what_begins_like_the_pattern_is_asked_for(
    on_s3: Bucket, files_at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    from deskbook.sources.objects.s3 import S3Store

    asked: list[str] = []
    listed = S3Store.listed
    monkeypatch.setattr(
        S3Store, "listed", lambda self, name, prefix: asked.append(prefix) or listed(self, name, prefix)
    )
    on_s3.put("e/2026-01.csv", csv(1))
    assert pulled(files_at(on_s3, "e/2026-*.csv")) == ["2026-01.csv"]
    assert asked == ["e/2026-"]


def test_states_of_objects_that_are_gone_leave_the_cursor(on_s3: Bucket, files_at: At) -> None:
    for key in ("e/1.csv", "e/2.csv", "e/3.csv"):
        on_s3.put(key, csv(1))
    *_, last = files_at(on_s3, "e/*.csv").pull({})
    kept = {f"{on_s3.url}/e/{name}": state for name, state in (("0.csv", "x y"), ("2b.csv", "x y"))}
    on_s3.put("e/4.csv", csv(1))
    (page,) = files_at(on_s3, "e/*.csv").pull({"files": last.cursor["files"] | kept})
    assert sorted(page.cursor["files"]) == [f"{on_s3.url}/e/{n}.csv" for n in (1, 2, 3, 4)]


def test_a_cursor_of_an_older_version_is_understood(on_s3: Bucket, files_at: At) -> None:
    on_s3.put("e/a.csv", csv(1))
    (page,) = files_at(on_s3, "e/*.csv").pull({})
    etag, reading = page.cursor["files"][f"{on_s3.url}/e/a.csv"].split()
    old = {"size": 60, "stamp": f'"{etag}"', "sha256": f'etag:"{etag}"', "reading": reading, "rows_done": 1}
    assert pulled(files_at(on_s3, "e/*.csv"), {"files": {page.origin: old | {"complete": True}}}) == []


def test_bad_lines_are_set_aside_with_their_place(bucket: Bucket, synced_desk: Desk) -> None:
    bucket.put("e/a.csv", csv(1) + b"2,short\n" + csv(3).removeprefix(HEAD.encode()) + b"4,notadate,x,new,low\n")
    report = synced_desk.sync(bucket, "e/*.csv")
    assert (report.error, list(synced_desk.titles())) == ("", ["1", "3"])
    found = synced_desk.lake.read("quarantine", "main", columns=["origin", "line"], order="line").to_pylist()
    assert found == [{"origin": f"{bucket.url}/e/a.csv", "line": line} for line in (3, 5)]


def test_rows_stay_when_the_bucket_disappears(s3_server: object, on_s3: Bucket, synced_desk: Desk) -> None:
    on_s3.put("e/a.csv", csv(1))
    assert synced_desk.sync(on_s3, "e/*.csv").error == ""
    client = s3_server.client()  # type: ignore[attr-defined]
    client.delete_object(Bucket=on_s3.name, Key="e/a.csv")
    client.delete_bucket(Bucket=on_s3.name)
    report = synced_desk.sync(on_s3, "e/*.csv")
    assert report.status == "failed" and "no such bucket" in report.error
    assert synced_desk.titles() == {"1": "a"}
