"""The one fetch layer: every vendor's API is asked through it.

`Fetch` sends requests to one `Account`, paced by the limits that all entries of it share, tried again where that
helps, signed by its `Auth` and counted by its `Meter`; `paging` makes pages of them.
"""

from deskbook.sources.http.addresses import check_address
from deskbook.sources.http.asks import Answer, Ask
from deskbook.sources.http.auth import NOBODY, Auth, Fixed, basic, bearer, key
from deskbook.sources.http.fetch import Account, Fetch
from deskbook.sources.http.meter import BudgetSpent, Meter
from deskbook.sources.http.oauth import App, OAuth
from deskbook.sources.http.options import WebOptions, account_of, web_options
from deskbook.sources.http.pacing import Limit, Pacer, Pacers
from deskbook.sources.http.paging import by_address, by_cursor, by_link, by_number, pages
from deskbook.sources.http.refusals import MayPass, refusal
from deskbook.sources.http.wire import Wire

__all__ = [
    "NOBODY",
    "Account",
    "Answer",
    "App",
    "Ask",
    "Auth",
    "BudgetSpent",
    "Fetch",
    "Fixed",
    "Limit",
    "MayPass",
    "Meter",
    "OAuth",
    "Pacer",
    "Pacers",
    "WebOptions",
    "Wire",
    "account_of",
    "basic",
    "bearer",
    "by_address",
    "by_cursor",
    "by_link",
    "by_number",
    "check_address",
    "key",
    "pages",
    "refusal",
    "web_options",
]
