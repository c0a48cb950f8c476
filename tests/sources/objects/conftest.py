"""The emulated stores, each started once a session, with a bucket of its own for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from deskbook.sources import Entry, Source, source
from deskbook.store import Lake

from ...servers.azure import Azure, azure
from ...servers.gcs import Gcs, gcs
from ...servers.s3 import KEY, REGION, S3, SECRET, s3
from ..conftest import MAPPING, NOW

NUMBERS = count(1)
HEAD = "number,created,title,state,urgency\n"


def csv(*numbers: int, title: str = "a") -> bytes:
    """An export of these tickets."""
    rows = "".join(f"{n},2026-01-01T00:00:00Z,{title},new,low\n" for n in numbers)
    return (HEAD + rows).encode()


@dataclass(frozen=True)
class Bucket:
    """A bucket in one of the stores.

    Attributes:
        url: of the bucket.
        options: of an entry that may read and write it.
    """

    url: str
    options: dict[str, Any]
    put: Callable[[str, bytes], Any]
    held: Callable[[], list[str]]

    @property
    def name(self) -> str:
        """The bucket's name."""
        return self.url.partition("://")[2]


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3]:
    with s3() as server:
        yield server


@pytest.fixture(scope="session")
def gcs_server() -> Iterator[Gcs]:
    with gcs() as server:
        yield server


@pytest.fixture(scope="session")
def azure_server() -> Iterator[Azure]:
    with azure() as server:
        yield server


def s3_bucket(server: S3) -> Bucket:
    name, client = f"desk-{next(NUMBERS)}", server.client()
    return Bucket(
        server.bucket(name),
        {"endpoint": server.endpoint, "key": KEY, "secret": SECRET, "region": REGION},
        lambda key, body: client.put_object(Bucket=name, Key=key, Body=body),
        lambda: [one["Key"] for one in client.list_objects_v2(Bucket=name).get("Contents", ())],
    )


def gcs_bucket(server: Gcs) -> Bucket:
    name = f"desk-{next(NUMBERS)}"
    return Bucket(
        server.bucket(name),
        {"endpoint": server.endpoint, "anonymous": True},
        lambda key, body: server.put(name, key, body),
        lambda: server.keys(name),
    )


def azure_bucket(server: Azure) -> Bucket:
    container = server.client().create_container(f"desk-{next(NUMBERS)}")
    return Bucket(
        f"az://{container.container_name}",
        {"connection_string": server.connection_string},
        lambda key, body: container.upload_blob(key, body, overwrite=True),
        lambda: [one.name for one in container.list_blobs()],
    )


MAKERS: dict[str, Callable[[Any], Bucket]] = {"s3": s3_bucket, "gcs": gcs_bucket, "azure": azure_bucket}


@pytest.fixture
def on_s3(s3_server: S3) -> Bucket:
    """A new bucket in S3."""
    return s3_bucket(s3_server)


@pytest.fixture
def on_azure(azure_server: Azure) -> Bucket:
    """A new container of an Azure account."""
    return azure_bucket(azure_server)


@pytest.fixture(params=MAKERS)
def bucket(request: pytest.FixtureRequest) -> Bucket:
    """A new bucket in each of the stores."""
    return MAKERS[request.param](request.getfixturevalue(f"{request.param}_server"))


Make = Callable[..., Source]


@pytest.fixture
def files_at(make: Make) -> Callable[..., Source]:
    """A source on a bucket: files_at(bucket, "exports/*.csv", archive="done/")."""

    def build(bucket: Bucket, pattern: str, **options: Any) -> Source:
        return make(**{"url": f"{bucket.url}/{pattern}", **bucket.options, **options})

    return build


class OneEntry:
    """A catalog of one `files` entry, as sync wants it."""

    names = ("desk",)

    def __init__(self, options: dict[str, Any], mapping: dict[str, Any] | None = None) -> None:
        self._entry = Entry(
            name="desk", kind="files", source="desk", table="tickets", mapping=mapping or MAPPING, options=options
        )

    def entry(self, name: str) -> Entry:
        return self._entry

    def source(self, name: str, clock: Any) -> Source:
        return source["files"](self._entry, lambda: NOW)


@dataclass
class Desk:
    """A lake that one entry of a bucket is synced into."""

    lake: Lake
    state: Any

    def sync(self, bucket: Bucket, pattern: str, **options: Any) -> Any:
        """The report of one sync."""
        from deskbook.store import Leases, Standings
        from deskbook.sync import Means, Rota, sync_entries

        entries = OneEntry({"url": f"{bucket.url}/{pattern}", **bucket.options, **options})
        means = Means(
            lake=self.lake,
            state=self.state,
            standings=Standings(self.state.engine, "main"),
            leases=Leases(self.state.engine, Path(str(self.state.engine.url.database)).parent / "leases"),
            entries=entries,
            rota=Rota.of(entries),
            tenant="main",
            clock=lambda: NOW,
            sleep=lambda seconds: None,
        )
        (report,) = sync_entries(means)
        return report

    def titles(self) -> dict[str, str]:
        """Subject by ticket."""
        rows = self.lake.read("tickets", "main", columns=["id", "subject"], order="id").to_pylist()
        return {row["id"]: row["subject"] for row in rows}


@pytest.fixture
def synced_desk(lake: Lake, tmp_path: Path) -> Desk:
    from deskbook.store import State

    return Desk(lake, State(f"sqlite:///{tmp_path}/deskbook.db"))
