"""JMESPath expressions of a mapping, with the few functions that support data needs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import jmespath
from jmespath import exceptions, functions

from deskbook.errors import ConfigError

SIGNS: Final = frozenset(".[]()|&@*'\"`{}!=<>")
SNOWFLAKE_EPOCH: Final = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)


class _Functions(functions.Functions):
    """JMESPath finds a function by its name: `_func_x` is `x()`."""

    @functions.signature({"types": ["string", "number", "null"]})
    def _func_snowflake_time(self, tweet_id: str | int | None) -> str | None:
        """When a Twitter id was given out, as ISO 8601."""
        if tweet_id is None:
            return None
        return (SNOWFLAKE_EPOCH + timedelta(milliseconds=int(tweet_id) >> 22)).isoformat(timespec="milliseconds")

    @functions.signature({"types": ["string", "null"]}, {"types": ["string"]})
    def _func_split(self, text: str | None, separator: str) -> list[str] | None:
        """The parts of a text between separators."""
        return None if text is None else text.split(separator)

    @functions.signature({"types": ["string", "null"]})
    def _func_lower(self, text: str | None) -> str | None:
        """The text in small letters."""
        return None if text is None else text.lower()


OPTIONS: Final = jmespath.Options(custom_functions=_Functions())


def looks_like_expression(text: str) -> bool:
    """Whether a mapping's value is more than a field name."""
    if not SIGNS.intersection(text):
        return False
    try:
        jmespath.compile(text)
    except exceptions.JMESPathError:
        return False
    return True


class Expression:
    """One compiled expression and the place it stands in, for messages."""

    def __init__(self, text: str, place: str) -> None:
        self.text, self.place = text, place
        try:
            self._compiled = jmespath.compile(text)
        except exceptions.JMESPathError as error:
            raise ConfigError(f"{place}: '{text}' is no JMESPath expression: {_first_line(error)}.") from error

    def search(self, document: Any) -> Any:
        """What the expression finds in a document.

        Raises:
            ConfigError: it calls a function that does not exist.
            ValueError: it does not fit this document.
        """
        try:
            return self._compiled.search(document, options=OPTIONS)
        except exceptions.UnknownFunctionError as error:
            raise ConfigError(f"{self.place}: '{self.text}': {_first_line(error)}.") from error
        except exceptions.JMESPathError as error:
            raise ValueError(_first_line(error)) from error


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".:")
