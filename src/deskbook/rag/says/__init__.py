"""What answers say, one module a language, all of the shape in `form.py`."""

from deskbook.rag.says.form import Says
from deskbook.rag.says.told import says_in

__all__ = ["Says", "says_in"]
