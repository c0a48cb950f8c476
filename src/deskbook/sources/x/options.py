"""What a catalog entry of X may set, and the account it asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from deskbook.errors import AuthFailed, ConfigError, SourceError, about
from deskbook.sources.contract import Entry
from deskbook.sources.http import (
    Account,
    Answer,
    App,
    Auth,
    BudgetSpent,
    Limit,
    OAuth,
    WebOptions,
    account_of,
    bearer,
    web_options,
)
from deskbook.sources.x.query import HANDLE, built, check, parse

HOME: Final = "https://api.x.com"
MOST_POSTS: Final = 3_000_000
"""Posts that X lets a pay-per-use account read in a billing cycle."""
LEAST_ON_PAGE: Final = 10
MOST_ON_PAGE: Final = 100
SCOPES: Final = ("tweet.read", "users.read", "offline.access")
WINDOW_SECONDS: Final = 900.0
# Requests in 15 minutes, by an app for itself and for a person. Source: docs.x.com, "Rate limits", August 2026.
LANES: Final[Mapping[str, tuple[int, int]]] = {
    "search": (450, 300),
    "counts": (300, 300),
    "posts": (10_000, 900),
    "mentions": (450, 300),
    "lookup": (3_500, 5_000),
    "users": (300, 900),
}


@dataclass(frozen=True, kw_only=True)
class XOptions(WebOptions):
    """What is read of X, as whom, and how much of it at most.

    Attributes:
        bearer_token: of an app that reads for itself.
        client_id: of an app that a person lets in with deskbook connect, in place of a bearer token.
        client_secret: of that app, where it is a confidential one.
        accounts: names of your own accounts; their posts and what mentions them are read.
        agents: names of other accounts whose posts are answers of yours.
        bots: names of accounts that answer by themselves.
        query: what to search the last seven days for besides, in X's operators.
        find: the same as lists of words, hashtags, mentions and so on; see the documentation.
        conversations: whether the rest of each conversation is read, and not only the posts that mention you.
        first_days: how far back the first pull goes.
        posts_a_month: most posts read in a billing cycle; nothing is asked beyond.
        page_posts: posts asked for at once, from 10 to 100.
        billing_day: day of the month on which X's billing cycle begins.
        contract: enterprise allows longer queries and more posts than X sells by itself.
        base_url: where X is asked.
    """

    bearer_token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    accounts: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    bots: tuple[str, ...] = ()
    query: str = ""
    find: Mapping[str, Any] = field(default_factory=dict)
    conversations: bool = True
    first_days: float = 7.0
    posts_a_month: int = 10_000
    page_posts: int = MOST_ON_PAGE
    billing_day: int = 1
    contract: Literal["self_serve", "enterprise"] = "self_serve"
    base_url: str = HOME
    patience_seconds: float = 960.0
    """A window of X is 15 minutes, and whoever waits for its end waits a little longer."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the own accounts, without their @, in lower case."""
        return tuple(one.removeprefix("@").lower() for one in self.accounts)

    @property
    def searched(self) -> str:
        """The query in X's operators; empty where nothing is searched for."""
        if not (self.query or self.find):
            return ""
        return check(built(self.find) if self.find else parse(self.query), self.contract)

    def roles(self) -> dict[str, str]:
        """Name of an account in lower case -> role of what it writes; everybody else is a customer."""
        given = {"agent": (*self.accounts, *self.agents), "bot": self.bots}
        return {one.removeprefix("@").lower(): role for role, names in given.items() for one in names}


def options_of(entry: Entry) -> XOptions:
    """The options of an entry, checked before anything is asked or paid for.

    Raises:
        ConfigError: an option that cannot be, or nothing to read, or nothing to be let in with.
    """
    options = web_options(XOptions, entry)
    begin = f"Entry '{entry.name}' (kind x)"
    for name in ("accounts", "agents", "bots"):
        for one in getattr(options, name):
            if not HANDLE.fullmatch(one.removeprefix("@")):
                with about(name):
                    raise ConfigError(f"{begin}: {name}: '{one}' is no name on X: at most 15 letters, digits and _.")
    if not (options.accounts or options.query or options.find):
        with about("accounts"):
            raise ConfigError(f"{begin} reads nothing: give accounts:, or query: or find: to search for.")
    if options.query and options.find:
        with about("query"):
            raise ConfigError(f"{begin} has query: and find:, which say the same in two ways. Keep one.")
    if bool(options.bearer_token) == bool(options.client_id):
        with about("bearer_token"):
            raise ConfigError(f"{begin} wants bearer_token:, or client_id: of an app that is connected; one of them.")
    with about("posts_a_month"):
        if not options.posts_a_month:
            raise ConfigError(f"{begin}: posts_a_month: 0 would read nothing. Pause the entry instead.")
        if options.posts_a_month > MOST_POSTS and options.contract == "self_serve":
            raise ConfigError(
                f"{begin}: posts_a_month: {options.posts_a_month:,} is more than the {MOST_POSTS:,} posts that X lets "
                "a pay-per-use account read in a month. Lower it, or say contract: enterprise if you have one."
            )
    if not LEAST_ON_PAGE <= options.page_posts <= MOST_ON_PAGE:
        with about("page_posts"):
            raise ConfigError(f"{begin}: page_posts: wants a number from 10 to 100, got {options.page_posts}.")
    if not 1 <= options.billing_day <= 28:
        with about("billing_day"):
            raise ConfigError(f"{begin}: billing_day: wants a day from 1 to 28, got {options.billing_day}.")
    with about("find" if options.find else "query"):
        _ = options.searched
    return options


def app_of(options: XOptions) -> App:
    """How an app that a person lets in is known to X."""
    return App(
        client_id=options.client_id,
        client_secret=options.client_secret,
        token_url=f"{options.base_url.rstrip('/')}/2/oauth2/token",
        authorise_url="https://x.com/i/oauth2/authorize"
        if options.base_url == HOME
        else f"{options.base_url}/authorize",
        scope=SCOPES,
        in_header=bool(options.client_secret),
    )


def reached(options: XOptions, entry: Entry) -> Account:
    """The account that is asked.

    Raises:
        AuthFailed: an app that a person lets in, where nothing can be kept of it.
    """
    auth: Auth
    if options.bearer_token:
        auth = bearer(options.bearer_token)
    elif entry.keeper is None:
        raise AuthFailed(f"Entry '{entry.name}' cannot keep the tokens of its app here. Give it a bearer_token:.")
    else:
        auth = OAuth(app_of(options), entry.keeper, entry.name)
    place = 0 if options.bearer_token else 1
    told = Limit(
        seconds=WINDOW_SECONDS,
        limit="x-rate-limit-limit",
        remaining="x-rate-limit-remaining",
        reset="x-rate-limit-reset",
    )
    limits = {lane: replace(told, requests=most[place]) for lane, most in LANES.items()}
    return account_of(
        options,
        entry,
        base_url=options.base_url,
        name=options.client_id or "app",
        auth=auth,
        limits=limits,
        hopeless=lambda answer: _capped(answer, entry.name),
    )


def _capped(answer: Answer, entry: str) -> SourceError | None:
    """A refusal that lasts until the billing cycle ends."""
    try:
        held = answer.data
    except ValueError:
        return None
    if not isinstance(held, Mapping) or "usage-capped" not in str(held.get("type", "")):
        return None
    return BudgetSpent(
        f"Entry '{entry}': X lets this account read no more posts in this billing cycle (usage cap). What was read is "
        "kept, and reading goes on with the next cycle; the cap stands in X's developer console."
    )
