from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest

from deskbook import errors
from deskbook.errors import ConfigError, UnknownName
from deskbook.registry import Registry


def test_a_second_part_of_one_name_is_refused() -> None:
    parts: Registry[int] = Registry("part", "deskbook.metrics")
    parts.add("a", 1)
    with pytest.raises(ConfigError, match="Two parts are called 'a'"):
        parts.add("a", 2)


def test_an_unknown_part_names_the_closest() -> None:
    parts: Registry[int] = Registry("part", "deskbook.metrics")
    parts.add("files", 1)
    with pytest.raises(UnknownName, match="Did you mean 'files'"):
        parts["file"]


@pytest.mark.parametrize(
    "error",
    [
        UnknownName("metric", "x", ["y"]),
        errors.MissingExtra("Slack", "slack"),
        errors.MissingSecret("crm", "CRM_TOKEN"),
        errors.BadFrame("id", "text", "int"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_survive_a_process_boundary(error: Exception) -> None:
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_missing_secret_is_named_and_its_value_is_not() -> None:
    assert "CRM_TOKEN" in str(errors.MissingSecret("crm", "CRM_TOKEN"))


class Slow(Registry[int]):
    """A room that takes its time to import."""

    def _import(self) -> None:
        sleep(0.1)
        assert "late" not in self, "whoever is being imported sees what is there so far"
        self.add("late", 1)


def test_whoever_asks_while_the_room_is_imported_waits_for_it() -> None:
    parts = Slow("part", "")
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: parts["late"], range(4))) == [1, 1, 1, 1]
