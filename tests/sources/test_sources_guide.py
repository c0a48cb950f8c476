"""The entries of docs/sources.md can be copied: each makes its source, its secrets put in from where they are kept."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from deskbook.catalog import Catalog
from deskbook.sources import Waking, utc_now
from deskbook.sources.contract import source
from deskbook.sources.rest import Rest

GUIDE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text("utf-8")
BLOCKS = [text for text in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL) if text.startswith("version: 2")]
SECRET = "p@ss/word"
ACCOUNT = {"type": "service_account", "client_email": "a@b", "token_uri": "http://127.0.0.1:9"}


def named(text: str) -> str:
    """What a block reads: the scheme of its url, or its kind."""
    (data,) = yaml.safe_load(text)["data"].values()
    given = data["kwargs"]
    return str(given.get("kind") or str(given.get("url")).partition(":")[0])


def written(folder: Path, text: str) -> Catalog:
    """The catalog of a copied entry, in a place where its secrets are."""
    (folder / "secret").write_text(f"{SECRET}\n")
    (folder / "keys").mkdir()
    (folder / "keys" / "desk.json").write_text(json.dumps(ACCOUNT | {"private_key": private_key()}))
    file = folder / "catalogs" / "desk.yaml"
    file.parent.mkdir()
    file.write_text(text.replace("/run/secrets/desk", str(folder / "secret")))
    names = re.findall(r"\{env\((\w+)\)\}", text)
    return Catalog.open(file.parent, {name: SECRET if name.endswith("PASSWORD") else "acme" for name in names})


def private_key() -> str:
    """A fresh one, as a key file has it."""
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    made = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    return made.private_bytes(serialization.Encoding.PEM, *plain).decode()


@pytest.mark.parametrize("text", BLOCKS, ids=named)
def test_an_entry_of_the_guide_makes_a_source(tmp_path: Path, text: str) -> None:
    catalog = written(tmp_path, text)
    assert not catalog.problems
    (name,) = catalog.names
    made = catalog.source(name, utc_now)
    assert isinstance(made, Waking) == ("notify:" in text or "notices:" in text)
    options = catalog.entry(name).options
    assert options.get("password", SECRET) == SECRET and SECRET not in repr(catalog.entry(name))


@pytest.mark.parametrize(
    "system",
    [
        "postgresql", "mysql", "sqlite", "s3", "gs", "az", "mcp",
        "zendesk", "freshdesk", "intercom", "slack", "x", "rest",
    ],
)  # fmt: skip
def test_every_system_has_an_entry_to_copy(system: str) -> None:
    assert system in [named(text) for text in BLOCKS]


def test_every_kind_of_source_has_an_entry_to_copy() -> None:
    kinds = {"files" if one in ("s3", "gs", "az", "..") else one for one in map(named, BLOCKS)}
    kinds |= {"sql"} if {"postgresql", "mysql", "sqlite"} <= kinds else set()
    ours = {name for name in source if source[name].__module__.startswith("deskbook.")}
    assert ours - kinds <= {"freshservice"}, "which shares the entry of freshdesk"


def test_an_object_store_of_the_guide_is_reached_as_it_says(tmp_path: Path) -> None:
    asked: dict[str, Any] = {}
    for number, text in enumerate(BLOCKS):
        if named(text) in ("s3", "gs", "az"):
            (folder := tmp_path / str(number)).mkdir()
            store = written(folder, text).source("exports", utc_now)._store  # type: ignore[attr-defined]
            asked.setdefault(named(text), []).append(store)
    assert [store.fs.endpoint_url for store in asked["s3"]] == [None, "https://storage.example.com"]
    assert [store.account["client_email"] for store in asked["gs"]] == ["a@b"]
    assert [store.fs.service_client.account_name for store in asked["az"]] == ["mydesk"]


def test_the_rest_entry_of_the_guide_reads_children_with_their_parent(tmp_path: Path) -> None:
    (text,) = [one for one in BLOCKS if named(one) == "rest"]
    made = written(tmp_path, text).source("desk", utc_now)
    assert isinstance(made, Rest) and made.resources["comments"].shares == ("id", "requester")
