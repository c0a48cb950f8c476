"""What an entry of Zendesk may say, and the account it leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Final, Literal

from deskbook.errors import ConfigError, about
from deskbook.sources.contract import Entry
from deskbook.sources.forms import form, form_of
from deskbook.sources.http import Account, App, Auth, Limit, OAuth, WebOptions, account_of, basic

EXPORT: Final = "export"
"""The lane of incremental exports."""
EXPORTS_A_MINUTE: Final = 10
"""As every plan has them."""
ACCOUNT_A_MINUTE: Final = 200
"""Requests of all kinds until the headers tell the account's own limit: the lowest of all plans."""
MOST_ROWS: Final = 1_000
SUBDOMAIN: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
SCOPE: Final = ("read",)


@dataclass(frozen=True, kw_only=True)
class ZendeskOptions(WebOptions):
    """What an entry of Zendesk says.

    Attributes:
        subdomain: of the account: acme for acme.zendesk.com.
        client_id: of an OAuth client (Admin Center, Apps and integrations, APIs).
        client_secret: of that client.
        grant: refresh_token for a client that a person lets in, client_credentials for one that acts for itself.
        email: of the person whose API token it is.
        api_token: in place of an OAuth client; Zendesk ends all of them on 2027-04-30.
        webhook_secret: signing secret of the webhook that calls us.
        since: first day of tickets that are read, such as 2025-01-01; all of them when absent.
        category_field: title of the ticket field that says why customers write.
        exports_per_minute: incremental exports that the account may ask for in a minute: 10, or 30 with the High
            Volume API add-on.
        page_rows: tickets, events or users read at once, 1000 at most.
        base_url: address of the account, where it is not subdomain.zendesk.com.
    """

    subdomain: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    grant: Literal["refresh_token", "client_credentials"] = "refresh_token"
    email: str = ""
    api_token: str = field(default="", repr=False)
    webhook_secret: str = field(default="", repr=False)
    since: str = ""
    category_field: str = ""
    exports_per_minute: int = EXPORTS_A_MINUTE
    page_rows: int = MOST_ROWS
    base_url: str = ""

    def check(self, entry: Entry) -> None:
        """Whether it can be.

        Raises:
            ConfigError: no account, no credentials or two, a page that is too large, a day that is none.
        """
        place = f"Entry '{entry.name}'"
        if not self.base_url and not SUBDOMAIN.fullmatch(self.subdomain):
            with about("subdomain"):
                raise ConfigError(f"{place}: subdomain: wants acme of acme.zendesk.com, got '{self.subdomain}'.")
        if bool(self.client_id) == bool(self.api_token):
            with about("client_id"):
                raise ConfigError(
                    f"{place}: kind zendesk wants either client_id: and client_secret: of an OAuth client, or email: "
                    f"and api_token:, got {'both' if self.client_id else 'neither'}."
                )
        if self.api_token and not self.email:
            with about("email"):
                raise ConfigError(f"{place}: api_token: wants email: too, of the person whose token it is.")
        if not self.exports_per_minute:
            with about("exports_per_minute"):
                raise ConfigError(f"{place}: exports_per_minute: wants a whole number from 1 on, got 0.")
        if not 1 <= self.page_rows <= MOST_ROWS:
            with about("page_rows"):
                raise ConfigError(f"{place}: page_rows: wants 1 to {MOST_ROWS:,}, got {self.page_rows}.")
        _ = self.begins(entry)

    @property
    def address(self) -> str:
        """Where the account is."""
        return (self.base_url or f"https://{self.subdomain}.zendesk.com").rstrip("/")

    @property
    def app(self) -> App | None:
        """The OAuth client; None where there is a token."""
        if not self.client_id:
            return None
        return App(
            client_id=self.client_id,
            client_secret=self.client_secret,
            token_url=f"{self.address}/oauth/tokens",
            authorise_url=f"{self.address}/oauth/authorizations/new",
            grant=self.grant,
            scope=SCOPE,
        )

    def begins(self, entry: Entry) -> int:
        """The moment of `since:` in seconds since 1970; 0 for all there is.

        Raises:
            ConfigError: it is no day.
        """
        if not self.since:
            return 0
        try:
            return int(datetime.combine(date.fromisoformat(self.since), datetime.min.time(), UTC).timestamp())
        except ValueError:
            with about("since"):
                raise ConfigError(
                    f"Entry '{entry.name}': since: wants a day such as 2025-01-01, got '{self.since}'."
                ) from None


def account(options: ZendeskOptions, entry: Entry) -> Account:
    """The account of an entry.

    Raises:
        ConfigError: it has an OAuth client, and nothing can keep its tokens.
    """
    whole = Limit(
        requests=ACCOUNT_A_MINUTE, limit="ratelimit-limit", remaining="ratelimit-remaining", reset="ratelimit-reset"
    )
    limits = {
        "": whole,
        EXPORT: Limit(requests=options.exports_per_minute),
    }
    return account_of(
        options,
        entry,
        base_url=options.address,
        name=options.client_id or options.email,
        auth=_auth(options, entry),
        limits=limits,
        headers={"accept": "application/json"},
    )


def _auth(options: ZendeskOptions, entry: Entry) -> Auth:
    app = options.app
    if app is None:
        return basic(f"{options.email}/token", options.api_token)
    if entry.keeper is None:
        raise ConfigError(
            f"Entry '{entry.name}': an OAuth client wants a place for its tokens; open it through a workspace "
            "(deskbook sync)."
        )
    return OAuth(app, entry.keeper, entry.name)


form.add(
    "zendesk",
    form_of(
        ZendeskOptions,
        title="Zendesk",
        reads="Tickets of a Zendesk account with their messages, history, people, hours, promises and ratings.",
        shown=("subdomain", "client_id", "client_secret", "grant", "email", "api_token", "since"),
        subdomain={"required": True, "example": "acme"},
    ),
)
