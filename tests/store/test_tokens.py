"""Tokens of OAuth servers lie sealed in the database, and open with their key alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from deskbook.errors import ConfigError
from deskbook.store import EntryTokens

KEY = "k" * 32


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return create_engine(f"sqlite:///{tmp_path / 'state.db'}")


def tokens(engine: Engine, key: str = KEY, tenant: str = "main", entry: str = "desk") -> EntryTokens:
    return EntryTokens(lambda: engine, lambda: key, tenant, entry)


def test_what_is_kept_comes_back_in_another_process(engine: Engine) -> None:
    assert tokens(engine).load() is None
    tokens(engine).save({"access_token": "a1", "expires_at": 17.5})
    tokens(engine).save({"access_token": "a2", "refresh_token": "ü"})
    assert tokens(engine).load() == {"access_token": "a2", "refresh_token": "ü"}


def test_each_entry_and_tenant_has_its_own(engine: Engine) -> None:
    tokens(engine).save({"access_token": "a1"})
    assert tokens(engine, entry="other").load() is None and tokens(engine, tenant="other").load() is None


def test_the_database_holds_no_token(engine: Engine, tmp_path: Path) -> None:
    tokens(engine).save({"access_token": "quite-secret"})
    engine.dispose()
    held = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"quite-secret" not in held and b"sealed" in held


def test_another_key_opens_nothing_and_says_what_to_do(engine: Engine) -> None:
    tokens(engine).save({"access_token": "quite-secret"})
    with pytest.raises(ConfigError, match=r"sealed with another key.*deskbook connect desk") as said:
        tokens(engine, key="x" * 32).load()
    assert "quite-secret" not in str(said.value)


def test_what_was_tampered_with_is_not_taken(engine: Engine) -> None:
    tokens(engine).save({"access_token": "a1"})
    with engine.begin() as con:
        con.execute(text("UPDATE deskbook_tokens SET sealed = replace(sealed, substr(sealed, 20, 4), 'AAAA')"))
    with pytest.raises(ConfigError, match="sealed with another key"):
        tokens(engine).load()


def test_a_short_key_is_refused(engine: Engine) -> None:
    with pytest.raises(ConfigError, match="has 5 characters, too few"):
        tokens(engine, key="short").save({"access_token": "a1"})
