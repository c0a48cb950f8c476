"""X: conversations with your accounts and what a search finds, read within a budget of posts.

`query` builds and reads searches, `budget` bounds what they cost, `pulling` reads, `rows` makes standard rows.
"""

from deskbook.sources.x.form import FORM
from deskbook.sources.x.pulling import XSource

__all__ = ["FORM", "XSource"]
