from __future__ import annotations

from pathlib import Path

import pytest

from deskbook.errors import ConfigError, UnknownName
from deskbook.settings import find_workspace, is_reference, load_settings, secret


def settings(folder: Path, text: str, **environ: str) -> object:
    (folder / "deskbook.toml").write_text(f"[workspace]\n{text}", "utf-8")
    return load_settings(folder, environ)


def test_the_environment_beats_the_file(tmp_path: Path) -> None:
    made = settings(tmp_path, 'port = 1\nname = "Desk"', DESKBOOK_PORT="2")
    assert (made.port, made.name) == (2, "Desk")  # type: ignore[attr-defined]


def test_a_locale_may_be_chosen_by_the_environment(tmp_path: Path) -> None:
    made = settings(tmp_path, 'locale = "fr"', DESKBOOK_LOCALE="pt_BR")
    assert made.locale == "pt_BR"  # type: ignore[attr-defined]


def test_an_unknown_key_names_the_closest(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'zone'"):
        settings(tmp_path, 'zon = "UTC"')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('zone = "Mars/Base"', "IANA"),
        ('port = "many"', "wants int"),
        ('locale = "de-AT"', "no locale. Did you mean 'de_AT"),
        ('locale = ""', "no locale. Write one such as 'de'"),
        ('today = "now"', "'clock' or 'data'"),
        ('sentiment = "vibes"', "'lexicon' or 'semantic'"),
        ("= 1", "TOML"),
    ],
)
def test_a_wrong_value_says_what_was_wanted(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        settings(tmp_path, text)


def test_a_workspace_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="deskbook init"):
        find_workspace(tmp_path / "none", {})


def test_the_nearest_folder_up_is_the_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings(tmp_path, "")
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    assert find_workspace(None, {}) == tmp_path


def test_a_secret_is_read_from_the_environment_or_the_keyring_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring

    held = {("deskbook", "openai"): "two"}
    monkeypatch.setattr(keyring, "get_password", lambda service, name: held.get((service, name)))
    assert secret("{env(A_KEY)}", "The model", {"A_KEY": "one"}) == "one"
    assert secret("{keyring(openai)}", "The model", {}) == "two"
    with pytest.raises(ConfigError, match="keyring set deskbook other"):
        secret("{keyring(other)}", "The model", {})


@pytest.mark.parametrize("text", ["sk-123", "{env(A) }", "{env(A)}x", "", "{file(A)}"])
def test_a_secret_that_is_written_out_is_no_reference(text: str) -> None:
    assert not is_reference(text)
    with pytest.raises(ConfigError, match="by name") as failed:
        secret(text, "The model", {})
    assert "sk-123" not in str(failed.value)
