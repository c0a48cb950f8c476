"""What a book opens once: its lake, what people keep, how its entries stand."""

from __future__ import annotations

from functools import cached_property
from typing import Any, TypeVar, cast

T = TypeVar("T")


class part(cached_property[T]):
    """A part of a book, opened when it is first asked for: once for a book and all that are pinned of it.

    A page pins its book at each filter. What such a copy opened by itself would be opened again at the next.
    """

    def __get__(self, book: Any, owner: type[Any] | None = None) -> T:  # type: ignore[override]
        return cast("T", super().__get__(book if book is None else book._pinned_of or book, owner))
