"""How vocabulary is written down: sections of `field: phrase` lines, read into tuples.

A phrase is one line; `{order}`-like slots (see `samples.slots`) are filled per ticket, at most three
in a phrase, and the two characters `\\n` stand for a line break.
"""

from __future__ import annotations

import re

from deskbook.errors import ConfigError

LANGUAGES = ("en", "de", "es", "fr", "pt")

Wording = dict[str, tuple[str, ...]]
"""Phrases by field (subject, says, detail, ask, answer ...)."""

_SECTION = re.compile(r"\[(\w+)\]")
_LINE = re.compile(r"(\w+): (.+)")


def read_words(text: str) -> dict[str, Wording]:
    """Phrases by section and field, in the order they are written.

    Raises:
        ConfigError: a line is neither `[section]` nor `field: phrase`.
    """
    sections: dict[str, dict[str, list[str]]] = {}
    fields: dict[str, list[str]] | None = None
    for line in filter(None, map(str.strip, text.splitlines())):
        if head := _SECTION.fullmatch(line):
            fields = sections.setdefault(head[1], {})
            continue
        phrase = _LINE.fullmatch(line)
        if phrase is None or fields is None:
            raise ConfigError(f"Vocabulary line '{line}': wanted '[section]' or 'field: phrase' below a section.")
        fields.setdefault(phrase[1], []).append(phrase[2].replace("\\n", "\n"))
    return {name: {field: tuple(rows) for field, rows in fields.items()} for name, fields in sections.items()}
