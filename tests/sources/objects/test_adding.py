"""A bucket is added as from the page: a form filled in, twenty rows looked at, and no secret in the catalog."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from deskbook.book import Book
from deskbook.book.drafts import Draft
from deskbook.settings import Settings
from deskbook.sources.forms import form
from deskbook.sources.stores import StoreOptions, store_options

from ..conftest import NOW
from .conftest import Bucket, csv

SECRET = ("key", "secret", "connection_string")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    (tmp_path / "catalogs").mkdir()
    made = Book(Settings(workspace=tmp_path), clock=lambda: NOW)
    yield made
    made.lake.close()


def test_a_bucket_of_each_store_is_looked_at_saved_and_synced(
    book: Book, bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.put("e/a.csv", csv(*range(1, 31)))
    values = {name: "yes" if value is True else value for name, value in bucket.options.items()}
    draft = Draft(kind="files", name="exports", values={"url": f"{bucket.url}/e/*.csv", **values})
    look = book.drafts().look(draft)
    assert (look.table, len(look.rows), look.looked_at) == ("tickets", 20, 30)
    book.drafts().save(replace(draft, table=look.table, lines=look.lines))
    text = (tmp_path / "catalogs" / "sources.yaml").read_text()
    (kept,) = (one["kwargs"] for one in yaml.safe_load(text)["data"].values())
    for name in set(SECRET) & set(values):
        assert kept[name] == f"{{env(EXPORTS_{name.upper()})}}"
        assert len(values[name]) < 8 or values[name] not in text
        monkeypatch.setenv(f"EXPORTS_{name.upper()}", values[name])
    (report,) = book.sync("exports")
    assert (report.error, report.total.written) == ("", 30)


def test_a_wrong_bucket_is_said_of_its_address(book: Book, on_s3: Bucket) -> None:
    draft = Draft(kind="files", name="exports", values={"url": f"{on_s3.url}x/*.csv", **on_s3.options})
    with pytest.raises(Exception, match="there is no such bucket") as told:
        book.drafts().look(draft)
    assert form["files"].blamed(str(told.value)) == "url"


@pytest.mark.parametrize(
    ("said", "meant"), [("yes", True), ("true", True), (True, True), ("5e9a-client", "5e9a-client"), ("no", False)]
)
def test_an_identity_is_yes_or_a_name(said: bool | str, meant: bool | str) -> None:
    assert form["files"]["managed_identity"].kind == "text"
    made = store_options({"account": "a", "managed_identity": said}, "az://b/*.csv", "desk")
    assert made == StoreOptions(account="a", managed_identity=meant)


def test_an_identity_that_is_no_leaves_room_for_a_key() -> None:
    given = {"account": "a", "key": "k", "managed_identity": "no"}
    assert store_options(given, "az://b/*.csv", "desk").key == "k"
