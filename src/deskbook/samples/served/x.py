"""X as a server: posts, accounts and searches in its wire format, with its pages, limits and refusals."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskbook.errors import DeskbookError
from deskbook.samples.served.xrecords import BRAND, posts_of
from deskbook.samples.served.xwords import fits
from deskbook.sources.x.options import LANES, WINDOW_SECONDS
from deskbook.sources.x.posts import is_passed_on, moment
from deskbook.sources.x.query import check, parse

WEEK: Final = timedelta(days=7)
EVER: Final = timedelta(days=3_660)
PROBLEMS: Final = "https://api.x.com/2/problems"
Post = dict[str, Any]


@dataclass
class Network:
    """What there is on X, and who may ask for it.

    Attributes:
        posts: id -> post, as X writes it.
        users: id -> account.
        places: id -> place.
        hidden: ids of posts that nobody may see any more: they are told as errors of an answer that is good.
        tokens: bearer tokens that hold; any where there is none.
        read: posts given out, also those that came along.
        reach: how far back searches go.
        cap: posts after which nothing is given out until the cycle ends; None for no bound.
    """

    posts: dict[str, Post] = field(default_factory=dict)
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    places: dict[str, dict[str, Any]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    tokens: set[str] = field(default_factory=set)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    is_limited: bool = True
    reach: timedelta = WEEK
    read: int = 0
    cap: int | None = None
    windows: dict[tuple[str, int], int] = field(default_factory=dict)


def records(folder: Path) -> Network:
    """The social conversations of a sample desk as X has them; a search of it finds them however old they are.

    Args:
        folder: a written sample.
    """
    held = posts_of(folder)
    return Network(posts=held["posts"], users=held["users"], places=held["places"], reach=EVER, is_limited=False)


def entry(url: str) -> dict[str, Any]:
    """Options of a catalog entry that reads it."""
    return {
        "base_url": url,
        "bearer_token": "{env(X_BEARER_TOKEN)}",
        "accounts": [BRAND],
        "first_days": EVER.days,
        "posts_a_month": 1_000_000,
    }


def variables() -> dict[str, str]:
    """Environment variables that such an entry needs; any token is let in."""
    return {"X_BEARER_TOKEN": "sandbox"}


def app(network: Network) -> Starlette:
    """X's API over a network: accounts, timelines, mentions, lookups, searches of seven days, and their counts."""
    routes = {
        "/2/users/by": ("users", _users_by),
        "/2/users/{id}/tweets": ("posts", _timeline),
        "/2/users/{id}/mentions": ("mentions", _mentions),
        "/2/tweets": ("lookup", _lookup),
        "/2/tweets/search/recent": ("search", _search),
        "/2/tweets/counts/recent": ("counts", _counts),
    }

    def guarded(lane: str, answer: Callable[[Network, Request], Response]) -> Callable[[Request], Any]:
        async def asked(request: Request) -> Response:
            if refused := _let_in(network, request):
                return refused
            headers, is_over = _pace(network, lane)
            if is_over:
                return _problem(429, "Too Many Requests", "Too Many Requests", headers=headers)
            if network.cap is not None and network.read >= network.cap and lane != "counts":
                return _problem(429, "UsageCapExceeded", "Usage cap exceeded", "usage-capped", headers=headers)
            made = answer(network, request)
            made.headers.update(headers)
            return made

        return asked

    return Starlette(routes=[Route(path, guarded(*one)) for path, one in routes.items()])


def _let_in(network: Network, request: Request) -> Response | None:
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not token or (network.tokens and token not in network.tokens):
        return _problem(401, "Unauthorized", "Unauthorized", "about:blank")
    return None


def _pace(network: Network, lane: str) -> tuple[dict[str, str], bool]:
    """The headers of a limit, and whether it is used up; X counts in windows that begin at the first request."""
    now = network.clock().timestamp()
    begins = int(now // WINDOW_SECONDS)
    most = LANES[lane][0]
    used = network.windows[lane, begins] = network.windows.get((lane, begins), 0) + 1
    headers = {
        "x-rate-limit-limit": str(most),
        "x-rate-limit-remaining": str(max(0, most - used)),
        "x-rate-limit-reset": str(int((begins + 1) * WINDOW_SECONDS)),
    }
    return headers, network.is_limited and used > most


def _problem(
    status: int, title: str, detail: str, kind: str = "", headers: Mapping[str, str] | None = None
) -> Response:
    address = kind if kind.startswith("about:") else f"{PROBLEMS}/{kind}" if kind else "about:blank"
    body = {"title": title, "detail": detail, "type": address, "status": status}
    return JSONResponse(body, status, headers=dict(headers or {}))


def _invalid(detail: str) -> Response:
    body = {"errors": [{"message": detail}], "title": "Invalid Request", "type": f"{PROBLEMS}/invalid-request"}
    return JSONResponse(body | {"detail": "One or more parameters to your request was invalid."}, 400)


def _users_by(network: Network, request: Request) -> Response:
    names = request.query_params.get("usernames", "").split(",")
    known = {one["username"].lower(): one for one in network.users.values()}
    found = [known[name.lower()] for name in names if name.lower() in known]
    errors = [_missing("user", name) for name in names if name.lower() not in known]
    return JSONResponse(({"data": found} if found else {}) | ({"errors": errors} if errors else {}))


def _missing(what: str, value: str) -> dict[str, Any]:
    return {
        "value": value,
        "detail": f"Could not find {what} with id: [{value}].",
        "title": "Not Found Error",
        "resource_type": what,
        "resource_id": value,
        "type": f"{PROBLEMS}/resource-not-found",
    }


def _visible(network: Network) -> list[Post]:
    return [one for key, one in network.posts.items() if key not in network.hidden]


def _timeline(network: Network, request: Request) -> Response:
    wanted = request.path_params["id"]
    found = [one for one in _visible(network) if one["author_id"] == wanted]
    if "retweets" in request.query_params.get("exclude", "").split(","):
        found = [one for one in found if not is_passed_on(one)]
    return _paged(network, request, found, "pagination_token")


def _mentions(network: Network, request: Request) -> Response:
    wanted = request.path_params["id"]
    found = [
        one
        for one in _visible(network)
        if any(each.get("id") == wanted for each in (one.get("entities") or {}).get("mentions") or ())
    ]
    return _paged(network, request, found, "pagination_token")


def _lookup(network: Network, request: Request) -> Response:
    ids = request.query_params.get("ids", "").split(",")
    if len(ids) > 100:
        return _invalid("The number of values in the `ids` query parameter list is not between 1 and 100")
    there = {one["id"]: one for one in _visible(network)}
    found = [there[key] for key in ids if key in there]
    errors = [_missing("tweet", key) for key in ids if key not in there]
    return _answer(network, found, errors)


def _search(network: Network, request: Request) -> Response:
    found = _found(network, request)
    return found if isinstance(found, Response) else _paged(network, request, found, "next_token")


def _counts(network: Network, request: Request) -> Response:
    found = _found(network, request)
    if isinstance(found, Response):
        return found
    kept = list(_within(request, found))
    days: dict[str, int] = {}
    for one in kept:
        days[one["created_at"][:10]] = days.get(one["created_at"][:10], 0) + 1
    data = [
        {"start": f"{day}T00:00:00.000Z", "end": f"{day}T23:59:59.999Z", "tweet_count": count}
        for day, count in sorted(days.items())
    ]
    return JSONResponse({"data": data, "meta": {"total_tweet_count": len(kept)}})


def _found(network: Network, request: Request) -> list[Post] | Response:
    """Posts of the last seven days that fit a query."""
    try:
        query = parse(request.query_params.get("query", ""))
        check(query)
    except DeskbookError as error:
        return _invalid(str(error))
    oldest = network.clock() - network.reach
    for name in ("since_id", "until_id"):
        made = moment(request.query_params.get(name, ""))
        if made and made < oldest:
            return _invalid(f"'{name}' must be a tweet id created after [{oldest:%Y-%m-%dT%H:%MZ}].")
    start = request.query_params.get("start_time")
    if start and datetime.fromisoformat(start) < oldest:
        return _invalid(f"'start_time' must be on or after {oldest:%Y-%m-%dT%H:%MZ}.")
    recent = (one for one in _visible(network) if datetime.fromisoformat(one["created_at"]) >= oldest)
    return [one for one in recent if fits(query, one, network.users)]


def _within(request: Request, posts: Iterable[Post]) -> Iterable[Post]:
    asked = request.query_params
    since, until, start = asked.get("since_id"), asked.get("until_id"), asked.get("start_time")
    for one in posts:
        if since and int(one["id"]) <= int(since):
            continue
        if until and int(one["id"]) >= int(until):
            continue
        if start and datetime.fromisoformat(one["created_at"]) < datetime.fromisoformat(start):
            continue
        yield one


def _paged(network: Network, request: Request, posts: Iterable[Post], name: str) -> Response:
    """A page, newest first; the token of the next one says where it begins."""
    size = int(request.query_params.get("max_results", 10))
    if not 5 <= size <= 100:
        return _invalid(f"The `max_results` query parameter value [{size}] is not between 10 and 100")
    token = request.query_params.get(name) or request.query_params.get("pagination_token")
    kept = sorted(_within(request, posts), key=lambda one: -int(one["id"]))
    if token:
        below = int(base64.urlsafe_b64decode(token.encode()).decode().partition(":")[2])
        kept = [one for one in kept if int(one["id"]) < below]
    shown = kept[:size]
    meta: dict[str, Any] = {"result_count": len(shown)}
    if shown:
        meta |= {"newest_id": shown[0]["id"], "oldest_id": shown[-1]["id"]}
    if len(kept) > size:
        meta["next_token"] = base64.urlsafe_b64encode(f"below:{shown[-1]['id']}".encode()).decode()
    return _answer(network, shown, [], meta)


def _answer(
    network: Network, found: list[Post], errors: list[dict[str, Any]], meta: dict[str, Any] | None = None
) -> Response:
    """Posts with what they refer to, and errors of what is not to be seen."""
    along: dict[str, Post] = {}
    for one in found:
        for other in one.get("referenced_tweets") or ():
            if other["id"] in network.hidden or other["id"] not in network.posts:
                errors = [*errors, _missing("tweet", other["id"]) | {"parameter": "referenced_tweets.id"}]
            else:
                along[other["id"]] = network.posts[other["id"]]
    everybody = {one["author_id"] for one in (*found, *along.values()) if one.get("author_id")}
    where = {(one.get("geo") or {}).get("place_id") for one in found}
    includes = {
        "tweets": list(along.values()),
        "users": [network.users[key] for key in sorted(everybody) if key in network.users],
        "places": [network.places[key] for key in sorted(filter(None, where)) if key in network.places],
    }
    network.read += len(found) + len(along)
    body: dict[str, Any] = {"data": found} if found else {}
    body |= {"includes": {name: held for name, held in includes.items() if held}} if found else {}
    body |= {"errors": errors} if errors else {}
    return JSONResponse(body | ({"meta": meta} if meta is not None else {}))


def snowflake(at: datetime, text: str = "") -> str:
    """An id that X would give to what is written at a moment; the text keeps those of one moment apart."""
    from deskbook.sources.x.posts import EPOCH_MS

    low = int(hashlib.sha256(text.encode()).hexdigest()[:5], 16) & 0x3FFFFF
    return str(((int(at.timestamp() * 1000) - EPOCH_MS) << 22) | low)
