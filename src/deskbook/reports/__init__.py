"""Reports: a page's notebook run headless with its parameters, and written in the form asked for.

The only room that imports papermill.
"""

from deskbook.reports.chromium import find_browser
from deskbook.reports.forms import FORMS, MEDIA, Form, document, write_form
from deskbook.reports.parameters import Parameter, find_page, page_parameters
from deskbook.reports.report import write_report
from deskbook.reports.run import Executed, execute

__all__ = [
    "FORMS",
    "MEDIA",
    "Executed",
    "Form",
    "Parameter",
    "document",
    "execute",
    "find_browser",
    "find_page",
    "page_parameters",
    "write_form",
    "write_report",
]
