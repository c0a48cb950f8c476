"""The one object a person holds.

import deskbook
book = deskbook.open()
book.query("tickets_created", by=["team"], period="last week").frame
book.tickets(where="channel = chat and team = Billing", period="-7d")
book.ask("Why was sentiment negative on Oct 31?")
"""

from deskbook.book.book import Book
from deskbook.book.shelf import open_book, share_book

__all__ = ["Book", "open_book", "share_book"]
