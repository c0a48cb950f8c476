"""Bodies that a help desk holds as HTML, as the plain text that a person would read."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
APART: Final = frozenset(["blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"])
"""Blocks with an empty line around them."""
UNSEEN: Final = frozenset(["script", "style", "template", "title"])
LOOKS_LIKE: Final = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|<!--|<!DOCTYPE|&#?\w+;", re.IGNORECASE)
SPACES: Final = re.compile(r"[ \t\r\n\f\v\u00a0]+")


class _Reader(HTMLParser):
    """Collects text; a block begins on a line of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._hidden = 0
        self._kept = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that opens."""
        if tag in UNSEEN:
            self._hidden += 1
        elif tag == "br":
            self._lines.append("")
        elif tag == "img":
            self._say(dict(attrs).get("alt") or "")
        elif tag in BLOCKS:
            self._block(tag)
            self._kept += tag == "pre"
            if tag == "li":
                self._lines[-1] = "- "
        elif tag in ("td", "th") and self._lines[-1].strip():
            self._lines[-1] += " "

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself."""
        if tag not in UNSEEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """A tag that closes."""
        if tag in UNSEEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in BLOCKS:
            self._block(tag)
            self._kept = max(0, self._kept - (tag == "pre"))

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if self._hidden:
            return
        if self._kept:
            first, *others = data.split("\n")
            self._lines[-1] += first
            self._lines += others
        else:
            self._say(data)

    def _say(self, text: str) -> None:
        line, text = self._lines[-1], SPACES.sub(" ", text)
        self._lines[-1] = line + (text.lstrip() if not line or line.endswith(" ") else text)

    def _block(self, tag: str) -> None:
        if self._lines[-1].strip() not in ("", "-"):
            self._lines.append("")
        if tag in APART and len(self._lines) > 1 and self._lines[-2:] != ["", ""]:
            self._lines.append("")

    def text(self) -> str:
        """All that was read, trimmed."""
        return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in self._lines)).strip()


def plain_text(body: str | None) -> str | None:
    """The text of a body; one without a tag or a character reference is left as it is.

    Paragraphs are parted by an empty line, items of lists begin with a hyphen, an image is its alternative text, and
    what a browser does not show (scripts, styles) is left out. Links keep their words, not their address. Broken HTML
    is read as browsers do: what is no tag is text. Nothing is fetched.
    """
    if not body or not LOOKS_LIKE.search(body):
        return body or None
    reader = _Reader()
    reader.feed(body)
    reader.close()
    return reader.text() or None
