"""The language an answer is put in."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from deskbook.rag.says.form import Says
from deskbook.rag.words import words_of


@cache
def says_in(code: str) -> Says:
    """What answers say in a language.

    Raises:
        UnknownName: it is none whose questions are read.
    """
    words_of(code)
    says: Says = import_module(f"deskbook.rag.says.{code}").SAYS
    return says
