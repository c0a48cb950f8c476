"""`python -m deskbook` is the `deskbook` command."""

from deskbook.apps.cli import main

main()
