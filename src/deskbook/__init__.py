"""Deskbook: customer-support analytics in notebooks, in which every number can be re-run.

`deskbook.open()` gives the `Book` of the workspace; nothing is read before that.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deskbook.book import Book
    from deskbook.book import open_book as open

__version__ = "0.1.0"
__all__ = ["Book", "__version__", "open"]


def __getattr__(name: str) -> Any:
    if name in ("open", "Book"):
        from deskbook import book

        return book.open_book if name == "open" else book.Book
    raise AttributeError(f"module 'deskbook' has no attribute '{name}'")
