"""Lakes of tests: in a folder, or with the catalog in PostgreSQL and the files in S3."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from deskbook.settings import Storage
from deskbook.store import Lake, State

from .postgres import Postgres, postgres
from .s3 import KEY, REGION, S3, SECRET, client_of, s3

BUCKET = "desk"
TEMPLATE = "lake_template"


@dataclass(frozen=True)
class At:
    """Where one lake lies; a process can be told it."""

    database: str = field(repr=False)
    files: str
    folder: Path
    storage: Storage = field(default=Storage(), repr=False)

    def open(self, *, machine: str = "") -> Lake:
        """The lake, as another machine has it where one is named."""
        folder = self.folder / machine if machine else self.folder
        return Lake(self.database, self.files, state=folder, storage=self.storage)

    def parquet(self) -> list[bytes]:
        """What stands in its files."""
        parts = urlsplit(self.files)
        if parts.scheme != "s3":
            return [file.read_bytes() for file in Path(self.files).rglob("*.parquet")]
        client = client_of(self.storage.endpoint)
        listed = client.list_objects_v2(Bucket=parts.netloc, Prefix=parts.path.lstrip("/") + "/").get("Contents", [])
        return [client.get_object(Bucket=parts.netloc, Key=one["Key"])["Body"].read() for one in listed]

    def state(self) -> State:
        """The application's state beside it."""
        return State(self.database)


def in_folder(folder: Path) -> At:
    return At(f"sqlite:///{folder}/deskbook.db", str(folder / "files"), folder)


@dataclass
class Outside:
    """A PostgreSQL and an S3 that lakes lie on."""

    postgres: Postgres
    s3: S3
    numbers: Iterator[int] = field(default_factory=count)

    @property
    def storage(self) -> Storage:
        return Storage(self.s3.endpoint, REGION, KEY, SECRET)

    def empty(self, folder: Path) -> At:
        """A database and a prefix with nothing in them."""
        number = next(self.numbers)
        return At(self.postgres.create(f"lake_{number}"), f"s3://{BUCKET}/{number}", folder, self.storage)

    def lake(self, folder: Path) -> At:
        """A lake with its tables and no row: a copy of one made before, which is quick."""
        number = next(self.numbers)
        name, files = f"lake_{number}", f"s3://{BUCKET}/{number}"
        self.postgres.run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        moved = "UPDATE deskbook_lake.ducklake_metadata SET value = %s WHERE key = 'data_path'"
        with psycopg.connect(self.postgres.url(name, driver="postgresql"), autocommit=True) as con:
            con.execute(moved, [f"{files}/"])
        return At(self.postgres.url(name), files, folder, self.storage)


@contextmanager
def started_outside() -> Iterator[Outside]:
    """Both servers, and a lake that others are copied from."""
    with postgres({"max_connections": "200"}) as database, s3() as store:
        store.bucket(BUCKET)
        servers = Outside(database, store)
        first = At(
            database.create(TEMPLATE), f"s3://{BUCKET}/template", database.folder.parent / "lake", servers.storage
        )
        first.open().close()
        yield servers
