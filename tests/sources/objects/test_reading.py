"""What may happen to an object: replaced while it is read, moved to a colder tier, written with another header."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from deskbook.errors import SourceError
from deskbook.sources import Source
from deskbook.sources.tiers import tier_of

from .conftest import Bucket, Desk, csv

At = Callable[..., Source]


def test_an_object_replaced_while_it_is_read_is_begun_again(bucket: Bucket, files_at: At) -> None:
    bucket.put("e/a.csv", csv(1, 2, 3, 4, title="old"))
    pages = files_at(bucket, "e/*.csv", page_rows=2).pull({})
    first = next(pages)
    bucket.put("e/a.csv", csv(1, 2, 3, 5, title="new"))
    rest = list(pages)
    assert first.rows["title"].to_pylist() == ["old", "old"]
    assert [page.rows["title"].to_pylist() for page in rest] == [["new", "new"], ["new", "new"]]
    assert [page.first for page in rest] == [True, False]
    assert list(files_at(bucket, "e/*.csv", page_rows=2).pull(rest[-1].cursor)) == []


def test_no_half_of_a_replaced_object_is_committed(bucket: Bucket, synced_desk: Desk, files_at: At) -> None:
    bucket.put("e/a.csv", csv(1, 2, 3, 4, title="old"))
    first = next(files_at(bucket, "e/*.csv", page_rows=2).pull({}))
    bucket.put("e/a.csv", csv(1, 2, 3, 4, title="new"))
    pages = list(files_at(bucket, "e/*.csv", page_rows=2).pull(first.cursor))
    assert [title for page in pages for title in page.rows["title"].to_pylist()] == ["new"] * 4
    synced_desk.sync(bucket, "e/*.csv", page_rows=2)
    assert set(synced_desk.titles().values()) == {"new"}


def test_an_object_that_is_always_being_replaced_is_told_and_the_others_are_read(
    on_s3: Bucket, synced_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from deskbook.sources.objects.s3 import S3Store

    stored, written = S3Store.stored, iter(range(100))

    def busy(store: S3Store, path: str) -> Any:
        if path.endswith("b.csv"):
            on_s3.put("e/b.csv", csv(2, title=f"version {next(written)}"))
        return stored(store, path)

    monkeypatch.setattr(S3Store, "stored", busy)
    for number, key in enumerate(("e/a.csv", "e/b.csv", "e/c.csv"), start=1):
        on_s3.put(key, csv(number))
    report = synced_desk.sync(on_s3, "e/*.csv")
    assert "/e/b.csv was written anew while it was read, every time" in report.error
    assert list(synced_desk.titles()) == ["1", "3"]


@pytest.mark.parametrize(
    ("word", "tier"),
    [
        ("STANDARD", "hot"),
        ("", "hot"),
        ("INTELLIGENT_TIERING", "hot"),
        ("STANDARD_IA", "cool"),
        ("NEARLINE", "cool"),
        ("Cold", "cool"),
        ("GLACIER_IR", "cool"),
        ("DEEP_ARCHIVE", "archive"),
        ("Archive", "archive"),
    ],
)
def test_each_stores_words_have_a_tier(word: str, tier: str) -> None:
    assert tier_of(word) == tier


def test_a_cool_object_is_read_only_where_that_is_permitted(s3_server: Any, on_s3: Bucket, synced_desk: Desk) -> None:
    on_s3.put("e/a.csv", csv(1))
    put = s3_server.client().put_object
    put(Bucket=on_s3.name, Key="e/b.csv", Body=csv(2), StorageClass="STANDARD_IA")
    report = synced_desk.sync(on_s3, "e/*.csv")
    assert "/e/b.csv lies in the cool tier (STANDARD_IA, 0.0 MB)" in report.error
    assert "tiers: [hot, cool]" in report.error and list(synced_desk.titles()) == ["1"]
    assert synced_desk.sync(on_s3, "e/*.csv", tiers=["hot", "cool"]).error == ""
    assert list(synced_desk.titles()) == ["1", "2"]


def test_an_object_in_glacier_must_be_restored(s3_server: Any, on_s3: Bucket, synced_desk: Desk) -> None:
    put = s3_server.client().put_object
    put(Bucket=on_s3.name, Key="e/a.csv", Body=csv(1), StorageClass="GLACIER")
    assert "lies in the archive tier (GLACIER" in synced_desk.sync(on_s3, "e/*.csv").error
    assert "Restore it, then sync again" in synced_desk.sync(on_s3, "e/*.csv", tiers=["hot", "archive"]).error


def test_the_tiers_of_azure_are_heeded(azure_server: Any, on_azure: Bucket, synced_desk: Desk) -> None:
    for number, tier in ((1, "Hot"), (2, "Cool"), (3, "Archive")):
        on_azure.put(f"e/{number}.csv", csv(number))
        azure_server.client().get_blob_client(on_azure.name, f"e/{number}.csv").set_standard_blob_tier(tier)
    report = synced_desk.sync(on_azure, "e/*.csv", tiers=["hot", "cool"])
    assert "/e/3.csv lies in the archive tier (Archive" in report.error and list(synced_desk.titles()) == ["1", "2"]
    assert "Restore it" in synced_desk.sync(on_azure, "e/*.csv", tiers=["hot", "cool", "archive"]).error


def test_an_object_that_was_read_may_cool_down(s3_server: Any, on_s3: Bucket, synced_desk: Desk) -> None:
    on_s3.put("e/a.csv", csv(1))
    synced_desk.sync(on_s3, "e/*.csv")
    s3_server.client().put_object(Bucket=on_s3.name, Key="e/a.csv", Body=csv(1), StorageClass="GLACIER")
    assert synced_desk.sync(on_s3, "e/*.csv").error == ""


def test_a_header_changed_in_the_middle_of_the_month_is_told_with_its_line(on_s3: Bucket, synced_desk: Desk) -> None:
    on_s3.put("e/01.csv", csv(1))
    on_s3.put("e/15.csv", b"Export of the 15th\n\n" + csv(2).replace(b"title", b"titles"))
    on_s3.put("e/16.csv", csv(3))
    report = synced_desk.sync(on_s3, "e/*.csv")
    assert f"tickets.subject to 'title', a field that {on_s3.url}/e/15.csv (header on line 3) lacks" in report.error
    assert "Did you mean 'titles'? Columns there that nothing maps: titles." in report.error
    assert list(synced_desk.titles()) == ["1", "3"]


def test_columns_that_nothing_maps_may_come_and_go_and_it_is_said(on_s3: Bucket, synced_desk: Desk) -> None:
    wider = b"".join(line + b",x\n" for line in csv(2).replace(b"urgency", b"urgency,plan").splitlines()[:1])
    wider = wider.replace(b",x", b"") + b"2,2026-01-01T00:00:00Z,b,new,low,gold\n"
    notes = []
    for key, body in (("e/01.csv", csv(1)), ("e/02.csv", wider)):
        on_s3.put(key, body)
        report = synced_desk.sync(on_s3, "e/*.csv")
        assert report.error == ""
        notes += report.notes
    assert notes == [f"{on_s3.url}/e/02.csv has other columns than the file before it: new plan; gone none"]


def test_latin_1_in_utf_8_names_object_and_line(bucket: Bucket, synced_desk: Desk) -> None:
    bucket.put("e/a.csv", csv(1) + "2,2026-01-01T00:00:00Z,für,new,low\n".encode("latin-1"))
    bucket.put("e/b.csv", csv(3))
    report = synced_desk.sync(bucket, "e/*.csv")
    assert f"{bucket.url}/e/a.csv is not utf-8-sig: byte 0xfc" in report.error and "(line 3)" in report.error
    assert list(synced_desk.titles()) == ["3"]


def test_an_empty_or_broken_object_is_told_as_itself(bucket: Bucket, files_at: At) -> None:
    for key, said in (("e/a.csv.gz", "no sound gzip"), ("e/a.parquet", "no sound Parquet"), ("e/a.csv", "is empty")):
        bucket.put(key, b"" if key == "e/a.csv" else b"{no such thing")
        with pytest.raises(SourceError, match=said):
            list(files_at(bucket, key).pull({}))
