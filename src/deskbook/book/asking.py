"""The part of a book that is asked: with which language model, and who pays for it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import UTC
from functools import cached_property
from typing import TYPE_CHECKING

from deskbook.settings import Settings
from deskbook.sources import Clock
from deskbook.store import Spent, State

if TYPE_CHECKING:
    from deskbook.rag.model import Model


@dataclass(frozen=True)
class Purse:
    """What is spent on a language model, by the day (UTC) of a clock."""

    held: Spent
    clock: Clock

    def spent(self) -> int:
        """Tokens so far today."""
        return self.held.on(self.clock().astimezone(UTC).date())

    def add(self, tokens: int) -> None:
        """Tokens more."""
        self.held.add(self.clock().astimezone(UTC).date(), tokens)


class Asking(ABC):
    """The part of a `Book` that answers questions."""

    settings: Settings
    clock: Clock

    @property
    @abstractmethod
    def state(self) -> State:
        """The application's state."""

    @cached_property
    def model(self) -> Model | None:
        """The language model of `[model]`; None where none is set.

        Raises:
            ConfigError: it is set wrongly, or its key is not there.
        """
        from deskbook.rag.model import Model
        from deskbook.rag.model_settings import read_model

        made = read_model(self.settings.model)
        if made is None:
            return None
        return Model(made, ledger=Purse(Spent(self.state.engine, self.settings.tenant), self.clock))
