"""Frames and queries to pages: filters, sections, figures, theme; the only room that draws.

A notebook calls `filters`, the sections it wants, and `page`.
"""

from deskbook.views.adding import add_source
from deskbook.views.answers import question_box
from deskbook.views.balance import balance
from deskbook.views.bursts import burst_table
from deskbook.views.cards import cards
from deskbook.views.columns import columns
from deskbook.views.disagreements import disagreements
from deskbook.views.drivers import drivers
from deskbook.views.engaging import engaging
from deskbook.views.fair import fair_table
from deskbook.views.filters import Filters, filters
from deskbook.views.findings import findings
from deskbook.views.frame import Link, navigate
from deskbook.views.funnel import funnel
from deskbook.views.glossary import glossary
from deskbook.views.heat import heat
from deskbook.views.multiples import multiples
from deskbook.views.page import Page, failure, page
from deskbook.views.ranking import ranking
from deskbook.views.reading import asked
from deskbook.views.sendings import sendings
from deskbook.views.sentence import sentence
from deskbook.views.series import ahead, bars, lines
from deskbook.views.sourcetable import source_table
from deskbook.views.spread import spread
from deskbook.views.tickets import conversation, ticket_table, tickets_asked

__all__ = [
    "Filters",
    "Link",
    "Page",
    "add_source",
    "ahead",
    "asked",
    "balance",
    "bars",
    "burst_table",
    "cards",
    "columns",
    "conversation",
    "disagreements",
    "drivers",
    "engaging",
    "failure",
    "fair_table",
    "filters",
    "findings",
    "funnel",
    "glossary",
    "heat",
    "lines",
    "multiples",
    "navigate",
    "page",
    "question_box",
    "ranking",
    "sendings",
    "sentence",
    "source_table",
    "spread",
    "ticket_table",
    "tickets_asked",
]
