"""Slack's message markup as plain text: people, channels and links by name, marks of weight left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any, Final

MOST_DEPTH: Final = 12
"""Of blocks within blocks; nobody writes deeper, and a hostile message could."""
_TOKEN: Final = re.compile(r"<([@#!]?)([^<>|]{1,3000})(?:\|([^<>]{0,3000}))?>")
_CODE: Final = re.compile(r"(```.*?```|`[^`\n]{1,2000}`)", re.DOTALL)
_WEIGHT: Final = re.compile(r"(?<![\w*_~])([*_~])(?=\S)([^\n]{1,300}?)(?<=\S)\1(?![\w*_~])")

Named = Callable[[str], str]


def plain(text: str, people: Named, channels: Named) -> str:
    """The text as its readers see it.

    Args:
        people: id -> name, empty where it is not known; channels: the same.
    """

    def token(found: re.Match[str]) -> str:
        sign, said, label = found[1], found[2], found[3] or ""
        if sign == "@":
            return f"@{people(said) or label or said}"
        if sign == "#":
            return f"#{channels(said) or label or said}"
        if sign == "!":
            return _called(said, label)
        return _link(said, label)

    parts = _CODE.split(text)
    for place in range(0, len(parts), 2):  # what stands between pieces of code
        weighed = parts[place]
        for _ in range(3):
            weighed = _WEIGHT.sub(r"\2", weighed)
        parts[place] = _TOKEN.sub(token, weighed)
    for place in range(1, len(parts), 2):
        parts[place] = _TOKEN.sub(token, parts[place].strip("`"))
    return unescape("".join(parts)).strip()


def _called(said: str, label: str) -> str:
    """`<!here>`, `<!subteam^S1|@billing>`, `<!date^1700000000^{date}|14 Nov>`."""
    name, _, _ = said.partition("^")
    if name in ("here", "channel", "everyone"):
        return f"@{name}"
    return label or f"@{said.partition('^')[2] or said}"


def _link(address: str, label: str) -> str:
    """A link by its label and address, once where both say the same."""
    shown = address.removeprefix("mailto:").removeprefix("tel:")
    if not label or label == shown or address.endswith(f"//{label}"):
        return shown
    return f"{label} ({shown})"


def written(message: Mapping[str, Any]) -> str:
    """The markup of a message; of one without, what its blocks, attachments or files say."""
    text = message.get("text")
    if isinstance(text, str) and text.strip():
        return text
    for name in ("blocks", "attachments"):
        found = [part for part in _texts(message.get(name), 0) if part.strip()]
        if found:
            return "\n".join(dict.fromkeys(found))
    files = message.get("files")
    named = [one.get("title") or one.get("name") for one in files or () if isinstance(one, Mapping)]
    return "\n".join(str(one) for one in named if one)


def _texts(value: Any, depth: int) -> list[str]:
    """Every text within blocks or attachments, in order."""
    if depth > MOST_DEPTH:
        return []
    if isinstance(value, list):
        return [text for one in value for text in _texts(one, depth + 1)]
    if not isinstance(value, Mapping):
        return []
    if value.get("type") == "user":
        return [f"<@{value.get('user_id')}>"]
    if value.get("type") == "link":
        return [f"<{value.get('url')}|{value.get('text') or ''}>"]
    if value.get("type") in ("rich_text_section", "rich_text_preformatted", "rich_text_quote"):
        return ["".join(_texts(value.get("elements"), depth + 1))]
    found = [value["text"]] if isinstance(value.get("text"), str) else _texts(value.get("text"), depth + 1)
    if not found and isinstance(value.get("fallback"), str):
        found = [value["fallback"]]
    for name in ("elements", "fields", "blocks"):
        found += _texts(value.get(name), depth + 1)
    return found
