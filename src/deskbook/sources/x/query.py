"""Searches of X as values: built, written in X's operators, and read back from them.

`str(query)` is what X is asked; `parse` of it is the same query again. AND stands before OR, as X has it:
`a OR b c` is a, or both b and c.

Source: docs.x.com, "Build a query" and "Operators".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from deskbook.errors import ConfigError, UnknownName, about

LONGEST: Final = {"self_serve": 512, "enterprise": 4096}
"""Characters of a query by contract, for searches of the last seven days and their counts."""
ALONE: Final = frozenset({"from", "to", "retweets_of", "conversation_id", "url", "context", "entity", "list"})
"""Operators that may make a query by themselves, as words, #tags, @names and $tags do."""
TOGETHER: Final = frozenset({"has", "is", "lang", "place", "place_country", "sample"})
"""Operators that only narrow a query."""
VALUES: Final = {
    "has": ("cashtags", "geo", "hashtags", "images", "links", "media", "mentions", "video_link", "videos"),
    "is": ("nullcast", "quote", "reply", "retweet", "verified"),
}
HANDLE: Final = re.compile(r"[A-Za-z0-9_]{1,15}")
BARE: Final = re.compile(r"[^\s\"():#@$\-][^\s\"():]*")
TAG: Final = re.compile(r"[^\W_][\w]*|_+\w+")
TOKEN: Final = re.compile(
    r'\s*(?:(?P<open>-?\()|(?P<close>\))|(?P<or>OR(?=[\s()]|$))|(?P<word>-?(?:[a-z_]+:)?(?:"[^"]*"|[^\s"()]+)))'
)


@dataclass(frozen=True)
class Term:
    """One condition.

    Attributes:
        kind: word, phrase, tag (#), name (@), cash ($), or an operator such as from.
        value: without its sign, quotes or operator.
        no: whether it must not be so.
    """

    kind: str
    value: str
    no: bool = False

    def __str__(self) -> str:
        """The term in X's operators."""
        signs = {"word": "", "tag": "#", "name": "@", "cash": "$"}
        if self.kind == "phrase":
            said = f'"{self.value}"'
        elif self.kind in signs:
            said = f"{signs[self.kind]}{self.value}"
        else:
            said = f'{self.kind}:"{self.value}"' if re.search(r"[\s:/]", self.value) else f"{self.kind}:{self.value}"
        return f"-{said}" if self.no else said


@dataclass(frozen=True)
class All:
    """Conditions that must all hold."""

    parts: tuple[Term | AnyOf | All, ...]
    no: bool = False

    def __str__(self) -> str:
        """The group in X's operators, in parentheses only where it is denied."""
        said = " ".join(_grouped(one) if isinstance(one, AnyOf) else str(one) for one in self.parts)
        return f"-({said})" if self.no else said


@dataclass(frozen=True)
class AnyOf:
    """Conditions of which one must hold."""

    parts: tuple[Term | All | AnyOf, ...]
    no: bool = False

    def __str__(self) -> str:
        """The group in X's operators, in parentheses only where it is denied."""
        said = " OR ".join(f"({one})" if isinstance(one, All) and not one.no else str(one) for one in self.parts)
        return f"-({said})" if self.no else said


Query = Term | All | AnyOf


def _grouped(one: AnyOf) -> str:
    return str(one) if one.no else f"({one})"


def all_of(*parts: Query) -> Query:
    """All of them, in the one form that reading gives: groups in groups of the same kind are taken apart."""
    flat = [each for one in parts for each in (one.parts if isinstance(one, All) and not one.no else (one,))]
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def any_of(*parts: Query) -> Query:
    """One of them, in the one form that reading gives."""
    flat = [each for one in parts for each in (one.parts if isinstance(one, AnyOf) and not one.no else (one,))]
    return flat[0] if len(flat) == 1 else AnyOf(tuple(flat))


def none_of(part: Query) -> Query:
    """The opposite."""
    if isinstance(part, Term):
        return Term(part.kind, part.value, not part.no)
    if part.no:
        return all_of(*part.parts) if isinstance(part, All) else any_of(*part.parts)
    return All(part.parts, True) if isinstance(part, All) else AnyOf(part.parts, True)


def word(text: str) -> Term:
    """A word, or a phrase where it has a space or a sign that means something to X.

    Raises:
        ConfigError: there is nothing in it, or a quotation mark.
    """
    said = " ".join(text.split())
    if not said or '"' in said:
        raise ConfigError(f"A word to search for is empty or has a quotation mark: {text!r}. Write it without.")
    return Term("word", said) if BARE.fullmatch(said) and said != "OR" else Term("phrase", said)


def term(kind: str, value: str) -> Term:
    """A condition of a kind, checked.

    Raises:
        ConfigError: a value that cannot be.
        UnknownName: an operator, or one of its words, that X does not have.
    """
    if kind in ("word", "phrase"):
        return word(value) if kind == "word" else Term("phrase", _sound(value))
    if kind in ("from", "to", "retweets_of", "name"):
        said = value.removeprefix("@")
        if not HANDLE.fullmatch(said):
            raise ConfigError(f"'{value}' is no name on X: wanted at most 15 letters, digits and underscores.")
        return Term(kind, said)
    if kind in ("tag", "cash"):
        said = value.lstrip("#$")
        if not TAG.fullmatch(said):
            raise ConfigError(f"'{value}' is no tag: wanted letters, digits and underscores.")
        return Term(kind, said)
    if kind not in ALONE | TOGETHER:
        raise UnknownName("operator of X's search", kind, sorted(ALONE | TOGETHER))
    if value not in VALUES.get(kind, (value,)):
        raise UnknownName(f"word after {kind}:", value, VALUES[kind])
    return Term(kind, _sound(value))


def _sound(value: str) -> str:
    said = " ".join(value.split())
    if not said or '"' in said:
        raise ConfigError(f"{value!r} cannot be searched for: it is empty or has a quotation mark.")
    return said


def parse(text: str) -> Query:
    """The query that operators say.

    Raises:
        ConfigError: they say none: a parenthesis or quotation mark without its other, an OR with nothing beside it.
        UnknownName: an operator that X does not have.
    """
    tokens = _tokens(text)
    found, rest = _either(tokens, 0, text)
    if rest != len(tokens):
        raise ConfigError(f"The query '{text}' has a parenthesis ) too many.")
    return found


def _tokens(text: str) -> list[tuple[str, str]]:
    found, place = [], 0
    while text[place:].strip():
        match = TOKEN.match(text, place)
        if not match or match.lastgroup is None:
            raise ConfigError(f"The query cannot be read from '{text[place:].strip()[:40]}' on: is a \" missing?")
        found.append((match.lastgroup, match[match.lastgroup]))
        place = match.end()
    return found


def _either(tokens: list[tuple[str, str]], at: int, text: str) -> tuple[Query, int]:
    parts = []
    while True:
        one, at = _both(tokens, at, text)
        parts.append(one)
        if at == len(tokens) or tokens[at][0] != "or":
            return any_of(*parts), at
        at += 1


def _both(tokens: list[tuple[str, str]], at: int, text: str) -> tuple[Query, int]:
    parts: list[Query] = []
    while at < len(tokens) and tokens[at][0] in ("open", "word"):
        kind, said = tokens[at]
        if kind == "word":
            parts.append(_term(said))
            at += 1
            continue
        inner, at = _either(tokens, at + 1, text)
        if at == len(tokens) or tokens[at][0] != "close":
            raise ConfigError(f"The query '{text}' has a parenthesis ( without its other.")
        parts.append(none_of(inner) if said == "-(" else inner)
        at += 1
    if not parts:
        raise ConfigError(f"The query '{text}' is empty, or has an OR or parentheses with nothing beside or in them.")
    return all_of(*parts), at


def _term(said: str) -> Term:
    no, bare = said.startswith("-"), said.removeprefix("-")
    signs = {"#": "tag", "@": "name", "$": "cash"}
    if bare.startswith('"'):
        made = term("phrase", bare.strip('"'))
    elif bare[:1] in signs:
        made = term(signs[bare[0]], bare[1:])
    elif ":" in bare:
        kind, _, value = bare.partition(":")
        made = term(kind, value.strip('"'))
    else:
        made = term("word", bare)
    return Term(made.kind, made.value, no)


LISTS: Final[Mapping[str, Callable[[str], Term]]] = {
    "words": word,
    "hashtags": lambda value: term("tag", value),
    "mentions": lambda value: term("name", value),
    **{name: partial(term, name) for name in ("from", "to", "lang", "has", "is", "url")},
}
"""Keys of a `find:` document that hold conditions; several of `from`, `to` and `lang` mean one of them."""
EITHER: Final = frozenset({"from", "to", "lang"})


def built(document: Mapping[str, Any]) -> Query:
    """The query that a document says: lists of conditions, and `any:`, `all:` and `not:` with documents of their own.

    Raises:
        UnknownName: a key it cannot have.
        ConfigError: it says nothing, or a value cannot be.
    """
    parts: list[Query] = []
    for key, value in document.items():
        given: Sequence[Any] = value if isinstance(value, list | tuple) else [value]
        with about(key):
            if key in LISTS:
                made: list[Query] = [LISTS[key](str(one)) for one in given]
            elif key in ("any", "all", "not"):
                made = [built(one) if isinstance(one, Mapping) else word(str(one)) for one in given]
            else:
                raise UnknownName("key of find:", key, [*LISTS, "any", "all", "not"])
            if not made:
                raise ConfigError(f"{key}: of find: holds nothing.")
            if key == "not":
                parts += [none_of(one) for one in made]
            else:
                parts.append(any_of(*made) if key == "any" or key in EITHER else all_of(*made))
    if not parts:
        raise ConfigError("find: says nothing to search for. Give words:, hashtags:, mentions:, from: or to:.")
    return all_of(*parts)


def check(query: Query, contract: str = "self_serve") -> str:
    """The query as X is asked.

    Raises:
        ConfigError: it is too long, or only narrows and denies, so that X refuses it.
    """
    said = str(query)
    if len(said) > LONGEST[contract]:
        raise ConfigError(
            f"The query has {len(said):,} characters; X takes {LONGEST[contract]:,} of a {contract} contract. "
            "Make it shorter, or two entries of it."
        )
    if not _stands(query):
        raise ConfigError(
            f"The query '{said}' only narrows or denies, so X refuses it: wanted a word, #tag, @name, from: or to: in "
            "each alternative."
        )
    return said


def _stands(query: Query) -> bool:
    """Whether each alternative has a condition that stands by itself."""
    if query.no:
        return False
    if isinstance(query, Term):
        return query.kind not in TOGETHER
    return (all if isinstance(query, AnyOf) else any)(_stands(one) for one in query.parts)
