"""Reports: a page's notebook run headless with its parameters, written as HTML, PDF or a notebook.

The only room that imports papermill.
"""

from deskbook.reports.parameters import Parameter, find_page, page_parameters
from deskbook.reports.pdf import find_browser
from deskbook.reports.run import Executed, document, execute, write_report

__all__ = [
    "Executed",
    "Parameter",
    "document",
    "execute",
    "find_browser",
    "find_page",
    "page_parameters",
    "write_report",
]
