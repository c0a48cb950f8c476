"""Slack's web API: what its answers mean, how often each method may be asked, and what the app turns out to be."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from deskbook.errors import AuthFailed, SourceError, Unreadable
from deskbook.sources.contract import Clock, Entry
from deskbook.sources.http import (
    Account,
    Answer,
    App,
    Ask,
    Auth,
    Fetch,
    Limit,
    MayPass,
    OAuth,
    Wire,
    account_of,
    bearer,
)
from deskbook.sources.http.paging import pages
from deskbook.sources.http.refusals import words_of
from deskbook.sources.slack.options import SlackOptions

MINUTE: Final = 60.0
TIERS: Final = {
    "conversations.list": 20,
    "users.list": 20,
    "usergroups.list": 20,
    "users.info": 100,
    "conversations.members": 100,
}
"""Requests a minute of a method, as Slack's tiers have it."""
FREE_PER_MINUTE: Final = 49
"""Of history and of replies, for apps of Tier 3 (50): one less, as the request that finds out is counted elsewhere."""
BOUND_PER_MINUTE, BOUND_SIZE = 1, 15
"""The same, and messages at once, for apps that are sold outside the Marketplace (since 2025-05-29)."""
FREE_SIZE: Final = 200
FOUND_FOR: Final = timedelta(hours=24)
"""After which it is found out anew what the app may."""
TALK: Final = ("conversations.history", "conversations.replies")
REFUSED: Final = frozenset(
    {
        *("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "no_permission"),
        *("org_login_required", "access_denied", "not_allowed_token_type", "team_access_not_granted"),
        *("ekm_access_denied", "two_factor_setup_required", "enterprise_is_restricted"),
    }
)
PASSING: Final = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
)
RESTATED: Final = {"token_expired": 401, "ratelimited": 429, "rate_limited": 429}
"""What Slack says with status 200, and the status that others would send."""


class SlackSays(Unreadable):
    """Slack answers, and says no.

    Attributes:
        code: its word for why, such as channel_not_found.
    """

    def __init__(self, said: str, code: str = "") -> None:
        super().__init__(said)
        self.code = code

    def __reduce__(self) -> tuple[type[SlackSays], tuple[str, str]]:
        return (type(self), (str(self), self.code))


def restate(answer: Answer) -> Answer:
    """An answer with the status that Slack's word for a failure deserves."""
    if answer.status != 200 or b'"ok":false' not in answer.content.replace(b" ", b""):
        return answer
    try:
        code = answer.data.get("error") if isinstance(answer.data, Mapping) else ""
    except ValueError:
        return answer
    return replace(answer, status=RESTATED.get(str(code), 200))


def judge(entry: str) -> Callable[[Answer], SourceError | None]:
    """What an answer with status 200 and `ok: false` means for an entry."""

    def judged(answer: Answer) -> SourceError | None:
        data = answer.data
        if not isinstance(data, Mapping):
            return Unreadable(f"Entry '{entry}': {answer.url} sent no object, so it is not Slack's API that is asked.")
        if data.get("ok") is not False:
            return None
        code = str(data.get("error") or "no reason")
        begin = f"Entry '{entry}': {answer.url} says {code}"
        if code == "missing_scope":
            needed, provided = data.get("needed") or "one", data.get("provided") or "none"
            return AuthFailed(
                f"{begin}: the app lacks the scope {needed}; it has {provided}. Add it under OAuth & Permissions at "
                "api.slack.com/apps, and install the app anew."
            )
        if code in REFUSED:
            return AuthFailed(
                f"{begin}: the token does not let us in. Wanted one that holds: see under OAuth & Permissions at "
                "api.slack.com/apps whether it was revoked or the app removed, and set it anew."
            )
        if code in PASSING:
            return MayPass(f"{begin}, which may pass.")
        more = words_of(answer)
        return SlackSays(f"{begin}{'' if more == code else f': {more}'}.", code)

    return judged


def limits(options: SlackOptions) -> dict[str, Limit]:
    """Lane -> how often it is asked; each method has its own, those of talk also a slow one."""
    made = {name: Limit(requests=most, seconds=MINUTE) for name, most in TIERS.items()}
    talk = options.requests_per_minute or FREE_PER_MINUTE
    # Under one a minute, a window holds one and is longer.
    window = MINUTE if talk >= 1 else MINUTE / talk
    for name in TALK:
        made[name] = Limit(requests=max(talk, 1), seconds=window)
        made[f"{name} slow"] = Limit(requests=BOUND_PER_MINUTE, seconds=MINUTE)
    return made


class Api:
    """One pull's questions to one workspace.

    Args:
        kept: what was found out about the app before; changed in place: `bound` (whether it is held to few), `at`.
    """

    def __init__(
        self, entry: Entry, options: SlackOptions, clock: Clock, wire: Wire, kept: MutableMapping[str, Any]
    ) -> None:
        self._entry, self._options, self._clock, self._kept = entry.name, options, clock, kept
        self._is_known = bool(options.requests_per_minute or options.page_size) or _is_fresh(kept, clock())
        self.fetch = Fetch(self._account(entry), wire, options.meter(entry))

    def _account(self, entry: Entry) -> Account:
        options = self._options
        secret = options.token or options.client_id
        return account_of(
            options,
            entry,
            base_url=options.base_url,
            name=hashlib.sha256(secret.encode()).hexdigest()[:12],
            auth=_auth(options, entry),
            limits=limits(options),
            judge=judge(entry.name),
            restate=self._noticed,
        )

    def _noticed(self, answer: Answer) -> Answer:
        """The answer restated; a talk's refusal that asks for most of a minute shows an app that is held to few."""
        told = restate(answer)
        wait = answer.headers.get("retry-after", "")
        if told.status == 429 and answer.url.endswith(TALK) and wait.isdigit() and int(wait) >= MINUTE / 2:
            self._learn(is_bound=True)
        return told

    def ask(self, method: str, **params: Any) -> Answer:
        """One question.

        Raises:
            AuthFailed, SlackSays, Unreachable: as for `Fetch.ask`.
        """
        return self.fetch.ask(self.asking(method, **params))

    def asking(self, method: str, **params: Any) -> Ask:
        """One question, yet to be asked: of talk at the pace and in the size that the app may."""
        lane = method if method in TIERS or method in TALK else ""
        if method in TALK:
            params = {**params, "limit": self._size}
            is_slow = self.is_bound or not self._is_known
            lane = f"{method} slow" if is_slow and not self._options.requests_per_minute else method
        return Ask(path=method, params=params, lane=lane)

    def pages(self, method: str, **params: Any) -> Iterator[tuple[Mapping[str, Any], str]]:
        """Each page of a list with the cursor of the next, empty at the last.

        Raises:
            Unreadable: a page leads back to one before.
        """

        def following(answer: Answer, ask: Ask) -> Ask | None:
            self.found_out(answer, ask)
            found = next_of(answer.data)
            given = {name: value for name, value in ask.params.items() if name not in ("limit", "cursor")}
            more = {} if method in TALK else {"limit": ask.params.get("limit")}
            return self.asking(method, **given, **more, cursor=found) if found else None

        for answer, _ in pages(self.fetch, self.asking(method, **params), following, self._entry):
            yield answer.data, next_of(answer.data)

    def found_out(self, answer: Answer, ask: Ask) -> None:
        """Learn from a page of talk: fewer than asked for though there are more is what apps held to few are given."""
        if self._is_known or not ask.path.endswith(TALK):
            return
        count = len(answer.data.get("messages") or ())
        self._learn(is_bound=count <= BOUND_SIZE and bool(next_of(answer.data)))

    def _learn(self, *, is_bound: bool) -> None:
        self._is_known = True
        self._kept.update(bound=is_bound, at=self._clock().isoformat())

    @property
    def is_bound(self) -> bool:
        """Whether the app is held to few requests and messages."""
        return bool(self._kept.get("bound"))

    @property
    def _size(self) -> int:
        return self._options.page_size or (BOUND_SIZE if self.is_bound else FREE_SIZE)


def next_of(data: Mapping[str, Any]) -> str:
    """The cursor of the next page; Slack's last page has an empty one, or none."""
    told = data.get("response_metadata")
    return str(told.get("next_cursor") or "") if isinstance(told, Mapping) else ""


def _is_fresh(kept: Mapping[str, Any], now: datetime) -> bool:
    return bool(kept.get("at")) and now - datetime.fromisoformat(kept["at"]) < FOUND_FOR


def _auth(options: SlackOptions, entry: Entry) -> Auth:
    if options.token:
        return bearer(options.token)
    if entry.keeper is None:
        raise AuthFailed(f"Entry '{entry.name}' is not connected yet. Run once: deskbook connect {entry.name}")
    return OAuth(app_of(options), entry.keeper, entry.name)


def app_of(options: SlackOptions) -> App:
    """The app as Slack's OAuth server knows it, for entries whose tokens are rotated."""
    return App(
        client_id=options.client_id,
        client_secret=options.client_secret,
        token_url=f"{options.base_url}/oauth.v2.access",
        authorise_url="https://slack.com/oauth/v2/authorize",
        scope=("channels:read", "channels:history", "groups:read", "groups:history", "users:read", "users:read.email",
               "usergroups:read", "reactions:read", "files:read"),
    )  # fmt: skip
