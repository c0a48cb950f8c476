"""What a store refuses is told with entry, object and fix; signatures are checked by servers that do check them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deskbook.errors import AuthFailed, SourceError, SourceMissing, Unreachable, Unreadable
from deskbook.sources import Source
from deskbook.sources.refusals import told_of

from ...servers.azure import ACCOUNT
from ...servers.azure import KEY as AZURE_KEY
from ...servers.s3 import READER, REGION, S3, SECRET, strict_s3
from .conftest import Bucket, Desk, OneEntry, csv, s3_bucket

At = Callable[..., Source]
PATTERNS = ("e/*.csv", "e/a.csv")


@pytest.fixture(scope="module")
def strict_server() -> Iterator[S3]:
    with strict_s3() as server:
        yield server


@pytest.fixture
def strict(strict_server: S3) -> Bucket:
    """A bucket of an S3 that checks who asks, with one object."""
    bucket = s3_bucket(strict_server)
    bucket.put("e/a.csv", csv(1))
    return bucket


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"secret": "wrong-" + SECRET}, r"the signature is wrong: .*Correct what the entry's secret:"),
        ({"key": "nobody"}, r"whoever asks is unknown there .*Correct what key:"),
        ({"key": READER}, r"is refused to this key. Permit it to list the bucket and to read its objects"),
    ],
)
def test_a_key_that_may_not_is_told_as_what_it_is(
    strict: Bucket, files_at: At, pattern: str, given: dict[str, str], said: str
) -> None:
    with pytest.raises(AuthFailed, match=rf"'desk': {strict.url}/e/.*{said}") as told:
        list(files_at(strict, pattern, **given).pull({}))
    assert SECRET not in str(told.value)


def test_nobody_may_not_read_what_is_not_public(strict: Bucket, files_at: At) -> None:
    anonymous = Bucket(strict.url, {"endpoint": strict.options["endpoint"], "region": REGION}, strict.put, strict.held)
    with pytest.raises(AuthFailed, match=r"is not public\. Remove anonymous: true"):
        list(files_at(anonymous, "e/*.csv", anonymous=True).pull({}))


def test_the_right_key_reads_and_archives(strict: Bucket, synced_desk: Desk) -> None:
    assert synced_desk.sync(strict, "e/*.csv", archive="done/").error == ""
    assert list(synced_desk.titles()) == ["1"] and [key[:7] for key in strict.held()] == ["done/a."]


def test_no_secret_stands_in_log_cursor_or_report(
    strict: Bucket, synced_desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        good = synced_desk.sync(strict, "e/*.csv")
        bad = synced_desk.sync(strict, "e/b.csv", key="nobody")
    told = f"{good} {bad} {synced_desk.lake.cursor('main', 'desk')} {caplog.text}"
    assert bad.status == "failed" and SECRET not in told


def test_a_role_is_assumed(on_s3: Bucket, files_at: At) -> None:
    on_s3.put("e/a.csv", csv(1))
    source = files_at(on_s3, "e/*.csv", role="arn:aws:iam::123456789012:role/desk")
    assert [page.rows.num_rows for page in source.pull({})] == [1]
    credentials = source._store.fs.session._credentials  # type: ignore[attr-defined]
    assert credentials.method == "sts-assume-role" and credentials._access_key != on_s3.options["key"]


def test_a_profile_that_is_not_there_is_told(
    on_s3: Bucket, files_at: At, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    endpoint = {"endpoint": on_s3.options["endpoint"], "region": REGION}
    with pytest.raises(AuthFailed, match=r"a profile that ~/\.aws/config does not hold\. Correct profile:"):
        list(files_at(Bucket(on_s3.url, endpoint, on_s3.put, on_s3.held), "e/*.csv", profile="desk").pull({}))


def test_an_address_that_does_not_answer_is_told(make: Callable[..., Source], monkeypatch: pytest.MonkeyPatch) -> None:
    import s3fs

    monkeypatch.setattr(s3fs.S3FileSystem, "retries", 1)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(Unreachable, match=r"the address does not answer\. Check the network, and endpoint:"):
        list(make(url="s3://desk/*.csv", endpoint="http://127.0.0.1:9", anonymous=True, region=REGION).pull({}))


def sas(container: str, permission: str = "rl", **given: Any) -> str:
    from azure.storage.blob import generate_container_sas

    ends = datetime.now(UTC) + timedelta(days=30)
    words = {"permission": permission, "expiry": ends, "account_key": AZURE_KEY} | given
    return generate_container_sas(ACCOUNT, container, **words)


def signed(server: Any, bucket: Bucket, text: str) -> Bucket:
    given = {"endpoint": server.endpoint, "account": ACCOUNT, "sas": text}
    return Bucket(bucket.url, given, bucket.put, bucket.held)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_sas_reads_and_a_wrong_one_is_told(azure_server: Any, on_azure: Bucket, files_at: At, pattern: str) -> None:
    on_azure.put("e/a.csv", csv(1))
    good = sas(on_azure.name)
    (page,) = files_at(signed(azure_server, on_azure, good), pattern).pull({})
    assert page.rows.num_rows == 1 and "sig" not in str(page.cursor)
    bad = sas(on_azure.name, account_key="bm90IHRoZSBrZXk=")
    with pytest.raises(AuthFailed, match=rf"'desk': {on_azure.url}/e/.*is refused") as told:
        list(files_at(signed(azure_server, on_azure, bad), pattern).pull({}))
    assert "sig=" not in str(told.value)


def test_a_sas_archives_where_it_permits_that_and_is_told_beforehand_where_not(
    azure_server: Any, on_azure: Bucket, synced_desk: Desk
) -> None:
    on_azure.put("e/a.csv", csv(1))
    reading = synced_desk.sync(signed(azure_server, on_azure, sas(on_azure.name)), "e/*.csv", archive="done/")
    assert "permits 'rl', but not to write, delete" in reading.error and on_azure.held() == ["e/a.csv"]
    writing = signed(azure_server, on_azure, sas(on_azure.name, "rlwd"))
    assert synced_desk.sync(writing, "e/*.csv", archive="done/").error == ""
    assert [key[:7] for key in on_azure.held()] == ["done/a."] and list(synced_desk.titles()) == ["1"]


def test_a_wrong_account_key_is_told(on_azure: Bucket, files_at: At) -> None:
    text = on_azure.options["connection_string"].replace("AccountKey=E", "AccountKey=F")
    with pytest.raises(AuthFailed, match="is refused") as told:
        list(files_at(on_azure, "e/*.csv", connection_string=text).pull({}))
    assert AZURE_KEY[1:] not in str(told.value)


def test_a_google_bucket_that_is_denied_is_told(make: Callable[..., Source], monkeypatch: pytest.MonkeyPatch) -> None:
    from deskbook.sources.objects.gcs import GcsStore

    def deny(*_: Any) -> Iterator[Any]:
        raise OSError("Forbidden: b/desk/o\nanybody does not have storage.objects.list access")
        yield

    monkeypatch.setattr(GcsStore, "listed", deny)
    with pytest.raises(AuthFailed, match=r"gs://desk/\*.csv is not public"):
        list(make(url="gs://desk/*.csv", anonymous=True).pull({}))


def test_a_bucket_with_a_close_name_is_offered_by_a_store_that_checks(strict: Bucket, files_at: At) -> None:
    missing = Bucket(f"{strict.url}x", strict.options, strict.put, strict.held)
    with pytest.raises(SourceMissing, match=f"Did you mean '{strict.name}"):
        list(files_at(missing, "e/*.csv").pull({}))


@pytest.mark.parametrize(
    ("code", "cls", "said"),
    [
        ("ExpiredToken", AuthFailed, "the credentials have expired. Renew the token or SAS"),
        (
            "AuthorizationHeaderMalformed",
            SourceError,
            r"another region (eu-west-1). Write it into the entry as region:",
        ),
        ("SlowDown", Unreachable, "has too much to do"),
        ("InvalidObjectState", Unreadable, "Restore it, then sync again"),
        ("PreconditionFailed", Unreadable, "was written anew while it was read"),
        ("SomethingNew", SourceError, "could not be read: An error occurred (SomethingNew)"),
    ],
)
def test_what_a_store_answers_is_told_in_our_words(
    on_s3: Bucket, files_at: At, code: str, cls: type, said: str
) -> None:
    from botocore.exceptions import ClientError

    store = files_at(on_s3, "e/*.csv")._store  # type: ignore[attr-defined]
    answer = {"Error": {"Code": code, "Message": "No.", "Region": "eu-west-1"}}
    told = told_of(ClientError(answer, "ListObjectsV2"), store, "s3://desk/a.csv")
    assert isinstance(told, cls) and said in str(told) and str(told).startswith("Entry 'desk': s3://desk/a.csv")


def test_an_error_of_our_own_making_is_not_put_on_the_store(on_s3: Bucket, files_at: At) -> None:
    assert told_of(ZeroDivisionError(), files_at(on_s3, "e/*.csv")._store, "x") is None  # type: ignore[attr-defined]


def test_a_sas_that_ends_soon_is_noted_whether_or_not_something_is_new(azure_server: Any, on_azure: Bucket) -> None:
    from deskbook.sources import source, utc_now

    on_azure.put("e/a.csv", csv(1))
    ending = sas(on_azure.name, expiry=datetime.now(UTC) + timedelta(days=3))
    bucket = signed(azure_server, on_azure, ending)
    own = source["files"](OneEntry({"url": f"{bucket.url}/e/*.csv", **bucket.options}).entry("desk"), utc_now)
    (first,) = own.pull({})
    (again,) = own.pull(first.cursor)
    assert (first.rows.num_rows, again.rows.num_rows, again.cursor) == (1, 0, first.cursor)
    assert first.notes == again.notes and "the shared access signature ends at" in first.notes[0]
    assert [len(batch.rows) for batch in own.normalise(again)] == [0] and "sig=" not in first.notes[0]
