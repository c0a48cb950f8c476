"""Every error Deskbook raises on purpose, in one tree.

DeskbookError
├─ ConfigError       UnknownName, MissingExtra, MissingSecret
├─ SourceError       SourceMissing, Unreadable, Unreachable, AuthFailed, EmbeddingFailed
├─ DataError         BadFrame, BadValue
├─ StoreError        Overtaken
├─ AccessDenied
├─ DeliveryError
└─ AnswerError       NoEvidence, ModelFailed

A message names the thing, what was wanted, what came and the fix.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches


class DeskbookError(Exception):
    """The root: catch it at a door and print it without a traceback.

    Attributes:
        field: of a form or an entry that it is about, so that a page can point at it; empty where that is unknown.
    """

    field: str = ""


@contextmanager
def about(field: str) -> Iterator[None]:
    """Mark an error raised inside as one about a field; the innermost mark stays."""
    try:
        yield
    except DeskbookError as error:
        error.field = error.field or field
        raise


class ConfigError(DeskbookError):
    """A setting, catalog, notebook or argument is wrong."""


class UnknownName(ConfigError):
    """A name that no registry knows; carries the closest known ones."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind, self.name = kind, name
        self.known = sorted(known)
        close = get_close_matches(name, self.known, n=1, cutoff=0.5)
        hint = f"Did you mean '{close[0]}'?" if close else f"Known: {', '.join(self.known) or 'none'}."
        super().__init__(f"Unknown {kind} '{name}'. {hint}")

    def __reduce__(self) -> tuple[type[UnknownName], tuple[str, str, list[str]]]:
        return (type(self), (self.kind, self.name, self.known))


class MissingExtra(ConfigError):
    """An optional package is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        self.feature, self.extra = feature, extra
        super().__init__(f"{feature} needs an optional package. Fix: pip install 'deskbook[{extra}]'")

    def __reduce__(self) -> tuple[type[MissingExtra], tuple[str, str]]:
        return (type(self), (self.feature, self.extra))


class MissingSecret(ConfigError):
    """An environment variable that a catalog refers to is not set; its value is never shown."""

    def __init__(self, entry: str, variable: str) -> None:
        self.entry, self.variable = entry, variable
        super().__init__(
            f"Catalog entry '{entry}' needs the environment variable {variable}, which is not set. "
            f"Fix: export {variable}=… before starting Deskbook."
        )

    def __reduce__(self) -> tuple[type[MissingSecret], tuple[str, str]]:
        return (type(self), (self.entry, self.variable))


class SourceError(DeskbookError):
    """An outside system could not be read.

    Attributes:
        again: whether it may pass by itself, so that trying once more helps; a wrong password does not.
    """

    again: bool = False


class SourceMissing(SourceError):
    """A file, table or address is not there."""


class Unreadable(SourceError):
    """It is there, but not in the form that was declared."""


class Unreachable(SourceError):
    """It does not answer now: the network, a server that starts, a limit on how often one may ask."""

    again = True


class AuthFailed(SourceError):
    """The outside system does not know us, or does not let us; no secret stands in the message."""


class EmbeddingFailed(SourceError):
    """A server of embeddings gave nothing that can be used; its own words and the key stand in no message."""


class DataError(DeskbookError):
    """Rows or values that do not fit what was declared."""


class BadFrame(DataError):
    """A frame lacks a column or holds another type."""

    def __init__(self, column: str, wanted: str, got: str) -> None:
        self.column, self.wanted, self.got = column, wanted, got
        super().__init__(f"Column '{column}': wanted {wanted}, got {got}.")

    def __reduce__(self) -> tuple[type[BadFrame], tuple[str, str, str]]:
        return (type(self), (self.column, self.wanted, self.got))


class BadValue(DataError):
    """A value a person gave (a date, a period, a filter) cannot be read."""


class StoreError(DeskbookError):
    """The lake could not be opened, read or written."""


class Overtaken(StoreError):
    """Somebody changed the same thing first; what was to be written is not."""


class AccessDenied(DeskbookError):
    """The actor lacks the role that the called function asks for."""


class DeliveryError(DeskbookError):
    """A report did not reach whom it was for; `again` where trying once more may help and sends nothing twice."""

    def __init__(self, said: str, *, again: bool = False) -> None:
        self.again = again
        super().__init__(said)

    def __reduce__(self) -> tuple[type[DeliveryError], tuple[str]]:
        return (type(self), (str(self),))


class AnswerError(DeskbookError):
    """A question could not be answered."""


class ModelFailed(AnswerError):
    """The language model gave nothing that can be used; what was said to it and its key stand in no message."""


class NoEvidence(AnswerError):
    """There is nothing in the data that speaks to the question."""
