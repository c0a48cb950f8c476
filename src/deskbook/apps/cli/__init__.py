"""The `deskbook` command: a file a noun, each command parses, calls one function, prints.

Imports of the product happen inside the commands, so that `--help` answers at once.
"""

from deskbook.apps.cli.main import app, main

__all__ = ["app", "main"]
