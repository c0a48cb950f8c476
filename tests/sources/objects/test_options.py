"""What an entry may set for its store: each for its own store only, no secret in a catalog or a message."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from deskbook.catalog import Catalog
from deskbook.errors import AuthFailed, ConfigError, MissingExtra, UnknownName
from deskbook.sources import Source

from ..conftest import NOW

Make = Callable[..., Source]


@pytest.mark.parametrize(
    ("url", "options", "said"),
    [
        ("s3://b/*.csv", {"sas": "x"}, r"sas: is for az://, but its url: is s3://…"),
        ("gs://b/*.csv", {"region": "x"}, r"region: is for s3://, but its url: is gs://…"),
        ("az://b/*.csv", {"service_account": "x"}, r"service_account: is for gs://, but its url: is az://…"),
        ("t.csv", {"key": "x"}, r"key: is for s3:// and az://, but its url: is a path"),
        ("s3://b/*.csv", {"key": "x"}, r"key: needs secret:"),
        ("s3://b/*.csv", {"token": "x"}, r"token: needs the key: and secret:"),
        ("s3://b/*.csv", {"anonymous": True, "profile": "x"}, r"anonymous: and profile: are two ways to sign in"),
        ("s3://b/*.csv", {"anonymous": "yes"}, r"anonymous: wants true or false, got str"),
        ("s3://b/*.csv", {"region": 5}, r"region: wants text, got int"),
        ("s3://b/*.csv", {"tiers": "hot"}, r"tiers: wants a list such as \[hot, cool\]"),
        ("s3://b/*.csv", {"archive": "s3://c/"}, r"archive: wants a prefix in the same bucket such as 'done/'"),
        ("s3://k:s@b/*.csv", {}, r"url: holds a key"),
        ("az://b/*.csv", {"sas": "x"}, r"sas: needs account:"),
    ],
)
def test_an_option_that_does_not_fit_is_refused(make: Make, url: str, options: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=rf"Entry 'desk': {said}"):
        make(url=url, **options)


def test_a_misspelt_option_or_tier_offers_the_closest(make: Make) -> None:
    with pytest.raises(UnknownName, match=r"'regoin'. Did you mean 'region'"):
        make(url="s3://b/*.csv", regoin="x")
    with pytest.raises(UnknownName, match=r"'cold'. Did you mean 'cool'"):
        make(url="s3://b/*.csv", tiers=["hot", "cold"])


def test_an_archive_of_a_history_is_refused(make: Make) -> None:
    mapping = {"id": "number", "created_at": "created", "history": "created"}
    with pytest.raises(ConfigError, match="archive: cannot be with history:"):
        make(mapping=mapping, url="s3://b/*.csv", archive="done/")


@pytest.mark.parametrize(("url", "package"), [("s3://b/*", "s3fs"), ("gs://b/*", "gcsfs"), ("az://b/*", "adlfs")])
def test_a_missing_package_names_the_extra(make: Make, monkeypatch: pytest.MonkeyPatch, url: str, package: str) -> None:
    import sys

    for name in [one for one in sys.modules if one.split(".")[0] == package or "sources.objects." in one]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=r"deskbook\[cloud\]"):
        list(make(url=url).pull({}))


def sas(**words: str) -> str:
    return "&".join(f"{name}={value}" for name, value in ({"sp": "rl", "sig": "abc%3D"} | words).items())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"se": "2026-05-31T23:59:00Z"}, "ended at 2026-05-31 23:59 UTC"),
        ({"se": "2027-01-01", "st": "2026-12-01"}, "begins at 2026-12-01 00:00 UTC"),
        ({"se": "2027-01-01", "sp": "r"}, "permits 'r', but not to list"),
    ],
)
def test_a_sas_that_cannot_serve_is_told_before_anything_is_asked(make: Make, words: dict[str, str], said: str) -> None:
    for options in (
        {"account": "a", "sas": sas(**words)},
        {"connection_string": f"SharedAccessSignature={sas(**words)}"},
    ):
        with pytest.raises(AuthFailed, match=said) as told:
            list(make(url="az://b/*.csv", **options).pull({}))
        assert "abc" not in str(told.value)


def test_a_sas_that_ends_soon_is_warned_of() -> None:
    from deskbook.sources.expiry import check_expiry
    from deskbook.sources.stores import StoreOptions

    for days, wanted in ((3, "the shared access signature ends at 2026-06-04 00:00 UTC. Make a new one"), (30, "")):
        ends = f"{NOW + timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"
        said = check_expiry(StoreOptions(account="a", sas=sas(se=ends)), "desk", NOW)
        assert said.startswith(wanted) and bool(said) == bool(wanted) and "abc" not in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "'key.json' is not there"),
        ("{", "'key.json' is no JSON"),
        ("[]", "'key.json' is of type 'list'"),
        (json.dumps({"type": "authorized_user"}), "of type 'authorized_user', not 'service_account'"),
        (json.dumps({"type": "service_account", "private_key": "PRIVATE"}), "lacks client_email, token_uri"),
        (
            json.dumps({"type": "service_account", "private_key": "PRIVATE", "client_email": "a@b", "token_uri": "x"}),
            r"its private_key is no key in PEM.*line breaks must stay as the file has them, \\n",
        ),
    ],
)
def test_a_file_that_is_no_service_account_is_told(make: Make, tmp_path: Path, content: str | None, said: str) -> None:
    if content is not None:
        (tmp_path / "key.json").write_text(content)
    with pytest.raises(ConfigError, match=said) as told:
        list(make(url="gs://b/*.csv", service_account="key.json").pull({}))
    assert "PRIVATE" not in str(told.value)


CATALOG = """
version: 2
data:
  d:
    datatype: deskbook.catalog.datatypes:Files
    kwargs: {{url: 's3://b/*.csv', key: '{key}', secret: '{secret}'}}
entries:
  desk:
    reader: deskbook.catalog.readers:Rows
    kwargs: {{args: ['{{data(d)}}']}}
"""


def test_a_secret_in_a_catalog_is_refused_and_a_reference_is_not(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(CATALOG.format(key="{env(KEY)}", secret="hunter2"))
    catalog = Catalog.open(tmp_path, {"KEY": "k"})
    for ask in (catalog.entry, catalog.__getitem__):
        with pytest.raises(ConfigError, match=r"'desk' has a secret written in secret:.*\{env\(") as told:
            ask("desk")
        assert "hunter2" not in str(told.value)
    (tmp_path / "a.yaml").write_text(CATALOG.format(key="{env(KEY)}", secret="{env(SECRET)}"))
    entry = Catalog.open(tmp_path, {"KEY": "k", "SECRET": "hunter2"}).entry("desk")
    assert entry.options["secret"] == "hunter2" and "hunter2" not in repr(entry)
