"""What an entry of Freshdesk or Freshservice may set, and how often its account may be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from deskbook.errors import ConfigError, about
from deskbook.sources.contract import Entry
from deskbook.sources.fresh.moments import iso, moment
from deskbook.sources.fresh.product import MINUTE_SECONDS, Plan, Product
from deskbook.sources.http import Account, Limit, WebOptions, account_of, basic

API: Final = "/api/v2"
MOST_SIZE: Final = 100
TOTAL, REMAINING, USED = "x-ratelimit-total", "x-ratelimit-remaining", "x-ratelimit-used-currentrequest"


@dataclass(frozen=True, kw_only=True)
class FreshOptions(WebOptions):
    """What both products are told.

    Attributes:
        domain: the account's name, as in NAME.freshdesk.com; needed unless base_url is given.
        api_key: key of an agent who may see all tickets (Profile settings).
        base_url: where the account is, without /api/v2; made of the domain when absent.
        requests_per_minute: what the account may be asked, where it is not what the plan allows; the limits of
            single lists grow with it.
        start_at: tickets that did not change since then are not read (ISO 8601).
        lookback_seconds: how far before the newest change known a pull begins, for what shows late.
        messages: whether conversations are read, which takes a request a changed ticket.
        contacts: whether customers are read from the list of contacts; else from their tickets, by name and address.
        ratings: whether satisfaction ratings are read.
        page_size: rows a page, 100 at most; fewer where the account answers slowly.
        statuses: status of the account, by its label or number, to a standard one.
    """

    domain: str = ""
    api_key: str = field(repr=False)
    base_url: str = ""
    requests_per_minute: float = 0.0
    start_at: str = "2010-01-01T00:00:00Z"
    lookback_seconds: float = 120.0
    messages: bool = True
    contacts: bool = True
    ratings: bool = True
    page_size: int = 100
    statuses: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class FreshdeskOptions(FreshOptions):
    """What Freshdesk is told.

    Attributes:
        plan: what the account pays for, which says how often it may be asked.
        ratings_days: how many days back ratings are read again at each pull.
    """

    plan: Literal["trial", "growth", "pro", "enterprise"] = "growth"
    ratings_days: float = 14.0


@dataclass(frozen=True, kw_only=True)
class FreshserviceOptions(FreshOptions):
    """What Freshservice is told.

    Attributes:
        plan: what the account pays for, which says how often it may be asked.
        workspace_id: of the workspace whose tickets are read, 0 for all of them; the primary one when absent.
    """

    plan: Literal["trial", "starter", "growth", "pro", "enterprise"] = "growth"
    workspace_id: str = ""


def site_of(options: FreshOptions, product: Product, entry: Entry) -> str:
    """The account's address, without the API's path.

    Raises:
        ConfigError: neither domain nor base_url says where it is.
    """
    if options.base_url:
        return options.base_url.rstrip("/").removesuffix(API)
    name = options.domain.strip().removeprefix("https://").rstrip("/")
    if not name:
        with about("domain"):
            raise ConfigError(
                f"Entry '{entry.name}' (kind {entry.kind}) has no domain:. Write the account's name, as in "
                f"NAME.{product.host}, or a base_url:."
            )
    return f"https://{name}" if "." in name else f"https://{name}.{product.host}"


def size_of(options: FreshOptions, entry: Entry) -> int:
    """Rows a page.

    Raises:
        ConfigError: neither product gives so many.
    """
    if not 1 <= options.page_size <= MOST_SIZE:
        with about("page_size"):
            raise ConfigError(f"Entry '{entry.name}': page_size: wants 1 to {MOST_SIZE}, got {options.page_size}.")
    return options.page_size


def first_since(options: FreshOptions, entry: Entry) -> str:
    """From when on tickets are read.

    Raises:
        ConfigError: start_at is no time.
    """
    found = moment(options.start_at)
    if found is None:
        with about("start_at"):
            raise ConfigError(
                f"Entry '{entry.name}': start_at: wants a time such as 2024-01-01T00:00:00Z, got '{options.start_at}'."
            )
    return iso(found)


def account(options: FreshOptions, plan: Plan, product: Product, entry: Entry) -> Account:
    """Whom requests go to, with the limits of its plan.

    Freshservice tells the limit of the endpoint that was asked, Freshdesk that of the account. Where the entry says
    how often the account may be asked, what it tells of itself changes nothing of that.
    """
    most = options.requests_per_minute or plan.account
    more = most / plan.account
    own = (TOTAL, REMAINING) if product.tells_endpoint else ("", "")
    whole = ("", "") if product.tells_endpoint or options.requests_per_minute else (TOTAL, REMAINING)
    limits = {
        lane: Limit(requests=requests, seconds=MINUTE_SECONDS, limit=told[0], remaining=told[1])
        for lane, requests, told in (
            ("", most, whole),
            ("tickets", plan.tickets * more, own),
            ("people", plan.people * more, own),
            ("other", most, own),
        )
    }
    url = site_of(options, product, entry) + API
    return account_of(options, entry, base_url=url, auth=basic(options.api_key, "X"), limits=limits)
