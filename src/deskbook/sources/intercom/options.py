"""What an entry of Intercom may say, and the account it leads to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from deskbook.errors import ConfigError, about
from deskbook.sources.contract import Entry
from deskbook.sources.forms import form, form_of
from deskbook.sources.http import Account, App, Auth, Limit, OAuth, WebOptions, account_of, bearer

VERSION: Final = "2.16"
"""The API's version, sent with each request: an account's own default may be years older."""
API: Final = {
    "us": "https://api.intercom.io",
    "eu": "https://api.eu.intercom.io",
    "au": "https://api.au.intercom.io",
}
AUTHORISE: Final = {
    "us": "https://app.intercom.com/oauth",
    "eu": "https://app.eu.intercom.com/oauth",
    "au": "https://app.au.intercom.com/oauth",
}
WINDOW_SECONDS: Final = 10.0
LEAST_REQUESTS: Final = 166
"""In a window until the headers tell the account's own limit: 1,000 a minute, the lowest there is."""
KEEP: Final = 0.05
"""Part of the limit that is left for the account's other applications, and for requests that are under way."""
MOST_ROWS: Final = 150


@dataclass(frozen=True, kw_only=True)
class IntercomOptions(WebOptions):
    """What an entry of Intercom says.

    Attributes:
        token: access token of the workspace's own app (Developer hub, Authentication).
        client_id: of an OAuth app, in place of a token.
        client_secret: of that app; calls of its webhooks are signed with it too.
        webhook_secret: client secret of the app whose webhooks call, where it is another one.
        region: where the workspace's data lies, as the address of its inbox says.
        since: first day of conversations that are read, such as 2025-01-01; all of them when absent.
        page_rows: conversations read at once, 150 at most; a crash repeats so many requests.
        base_url: address of the API, where it is not the region's.
    """

    token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    webhook_secret: str = field(default="", repr=False)
    region: Literal["us", "eu", "au"] = "us"
    since: str = ""
    page_rows: int = 50
    base_url: str = ""
    at_once: int = 8

    def check(self, entry: Entry) -> None:
        """Whether it can be.

        Raises:
            ConfigError: there are no credentials, or two; a page is too large. Carries the field.
        """
        if bool(self.token) == bool(self.client_id):
            with about("token"):
                raise ConfigError(
                    f"Entry '{entry.name}': kind intercom wants either token: or client_id: and client_secret:, "
                    f"got {'both' if self.token else 'neither'}."
                )
        if not 1 <= self.page_rows <= MOST_ROWS:
            with about("page_rows"):
                raise ConfigError(
                    f"Entry '{entry.name}': page_rows: wants 1 to {MOST_ROWS}, the most that Intercom gives at once, "
                    f"got {self.page_rows}."
                )

    @property
    def address(self) -> str:
        """Where the API is."""
        return self.base_url or API[self.region]

    @property
    def app(self) -> App | None:
        """The OAuth application; None where there is a token."""
        if not self.client_id:
            return None
        base = self.base_url.rstrip("/")
        return App(
            client_id=self.client_id,
            client_secret=self.client_secret,
            token_url=f"{self.address.rstrip('/')}/auth/eagle/token",
            authorise_url=f"{base}/oauth" if base else AUTHORISE[self.region],
        )

    @property
    def signing_secret(self) -> str:
        """What webhooks are signed with."""
        return self.webhook_secret or self.client_secret


def account(options: IntercomOptions, entry: Entry) -> Account:
    """The account of an entry.

    Raises:
        ConfigError: it has an OAuth app, and nothing can keep its tokens.
    """
    limit = Limit(
        requests=LEAST_REQUESTS,
        seconds=WINDOW_SECONDS,
        limit="x-ratelimit-limit",
        remaining="x-ratelimit-remaining",
        reset="x-ratelimit-reset",
        keep=KEEP,
    )
    return account_of(
        options,
        entry,
        base_url=options.address,
        name=options.client_id or entry.source,
        auth=_auth(options, entry),
        limits={"": limit},
        headers={"intercom-version": VERSION, "accept": "application/json"},
    )


def _auth(options: IntercomOptions, entry: Entry) -> Auth:
    app = options.app
    if app is None:
        return bearer(options.token)
    if entry.keeper is None:
        raise ConfigError(
            f"Entry '{entry.name}': an OAuth app wants a place for its tokens; open it through a workspace "
            "(deskbook sync), or give token: instead."
        )
    return OAuth(app, entry.keeper, entry.name)


form.add(
    "intercom",
    form_of(
        IntercomOptions,
        title="Intercom",
        reads="Conversations of an Intercom workspace with their messages, people, ratings and figures.",
        shown=("token", "region", "since"),
        token={"required": True},
    ),
)
