"""A light look at SQL: is it one statement that only reads?"""

from __future__ import annotations

import re
from typing import Final

from deskbook.errors import ConfigError

QUOTED: Final = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|--[^\n]*|/\*.*?\*/", re.DOTALL)
WRITING: Final = re.compile(
    r"\b(insert|update|delete|merge|drop|alter|create|truncate|grant|revoke|attach|detach|pragma|vacuum|copy|call|exec"
    r"|execute|replace\s+into|into\s+outfile|set|do|lock|load|install)\b",
    re.IGNORECASE,
)


def read_only(query: str, entry: str) -> str:
    """The query without its closing semicolon.

    Raises:
        ConfigError: it is not exactly one SELECT or WITH statement, or holds a word that writes.
    """
    bare = QUOTED.sub(" ", query).strip().rstrip(";").strip()
    if not re.match(r"(select|with)\b", bare, re.IGNORECASE):
        begins = bare.split(None, 1)[0] if bare else "nothing"
        raise ConfigError(f"Entry '{entry}': query: begins with {begins}; wanted one SELECT or WITH that only reads.")
    if ";" in bare:
        raise ConfigError(f"Entry '{entry}': query: holds more than one statement; wanted one SELECT or WITH.")
    if found := WRITING.search(bare):
        raise ConfigError(
            f"Entry '{entry}': query: holds the word {found.group(0).upper()}; Deskbook only reads from databases. "
            "Is it a column's name? Put it in double quotes."
        )
    return query.strip().rstrip(";").strip()
