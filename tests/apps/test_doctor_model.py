"""What the doctor says of the language model."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskbook.apps.doctor import Check, checks

from ..fakes.openai_server import FakeModel


def found(folder: Path, model: str) -> Check:
    (folder / "deskbook.toml").write_text(f"[workspace]\n{model}", "utf-8")
    return next(one for one in checks(folder) if one.name == "language model")


def test_none_set_is_no_failure(tmp_path: Path) -> None:
    one = found(tmp_path, "")
    assert one.status == "missing" and "worded without one" in one.detail


def test_one_that_answers_is_named(tmp_path: Path) -> None:
    with FakeModel("Hello.") as fake:
        one = found(tmp_path, f'[model]\nurl = "{fake.url}"\nkey = ""')
    assert (one.status, one.detail) == ("ok", f"gpt-4o-mini at {fake.url}, for plan and rephrase")


def test_one_that_is_gone_is_missing(tmp_path: Path) -> None:
    with FakeModel("Hello.") as fake:
        url = fake.url
    assert "could not be reached" in found(tmp_path, f'[model]\nurl = "{url}"\nkey = ""\ntries = 0').detail


def test_a_key_that_is_not_set_fails_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_SUCH_KEY", raising=False)
    one = found(tmp_path, '[model]\nkey = "{env(NO_SUCH_KEY)}"')
    assert one.status == "failed" and "NO_SUCH_KEY, which is not set" in one.detail
