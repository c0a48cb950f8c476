"""Requests to one account: paced, tried again where that helps, counted; side by side where the caller has many."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

from deskbook.errors import ConfigError, SourceError, Unreachable, Unreadable
from deskbook.sources.http.addresses import check_address
from deskbook.sources.http.asks import Answer, Ask
from deskbook.sources.http.auth import NOBODY, Auth
from deskbook.sources.http.meter import Meter
from deskbook.sources.http.pacing import Limit
from deskbook.sources.http.refusals import MayPass, refusal
from deskbook.sources.http.wire import Wire

if TYPE_CHECKING:
    from anyio.from_thread import BlockingPortal, BlockingPortalProvider
    from httpx import URL, AsyncClient, Response

log = logging.getLogger(__name__)
TRIES: Final = 6
"""Of one request that fails in a way that may pass; being asked to wait does not count."""
MOST_WAITS: Final = 30
MOST_BYTES: Final = 256 * 1024 * 1024
MOST_REDIRECTS: Final = 5
Judge = Callable[[Answer], SourceError | None]
Restate = Callable[[Answer], Answer]


@dataclass(frozen=True, kw_only=True)
class Account:
    """Whom requests go to.

    Attributes:
        entry: the catalog entry, for messages.
        base_url: paths start here.
        name: what tells accounts of one address apart; no secret.
        limits: lane -> how often it may be asked.
        judge: what an answer with a good status means where the vendor says failures in the body: an error, with
            `again` set where it is to be asked again; None where all is well.
        hopeless: what a 429 means that does not pass by waiting, such as a used-up month; None where waiting helps.
        restate: each answer as it should have been sent, where the vendor gives a good status to what others refuse
            with 401 or 429; credentials are renewed and waits kept as if it had.
        params: of the query of every request, such as a key; neither logged nor shown.
        patience_seconds: how long a limit is waited for before the pull ends and goes on another time.
        at_once: requests under way side by side.
        tries: of one request that fails in a way that may pass.
    """

    entry: str
    base_url: str
    name: str = ""
    auth: Auth = NOBODY
    limits: Mapping[str, Limit] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    params: Mapping[str, str] = field(default_factory=dict, repr=False)
    judge: Judge = lambda answer: None
    hopeless: Judge = lambda answer: None
    restate: Restate = lambda answer: answer
    patience_seconds: float = 900.0
    timeout_seconds: float = 60.0
    at_once: int = 4
    tries: int = TRIES
    proxy: str = field(default="", repr=False)
    ca_file: str = ""


class Fetch:
    """One pull's requests; use it in a `with`.

    Raises:
        ConfigError: the base URL is none, or would carry secrets over an open line.
    """

    def __init__(self, account: Account, wire: Wire, meter: Meter | None = None) -> None:
        check_address(account.base_url, account.entry)
        self._account, self._wire = account, wire
        self.meter = meter or Meter(account.entry)
        self._pacer = wire.pacers.of(f"{account.base_url} {account.name}", account.limits)
        self._portal: BlockingPortal | None = None
        self._client: AsyncClient | None = None
        self._gate: asyncio.Semaphore | None = None

    @contextmanager
    def open(self) -> Iterator[Fetch]:
        """Connect when first asked, hang up afterwards."""
        with _portals() as portal:
            self._portal = portal
            try:
                yield self
            finally:
                portal.call(self._close)
                self._portal = self._client = self._gate = None
                log.info("fetched entry=%s %s", self._account.entry, self.meter)

    def get(self, path: str, params: Mapping[str, Any] | None = None, **more: Any) -> Answer:
        """One GET.

        Args:
            more: what else an `Ask` holds.

        Raises:
            SourceError: as for `ask`.
        """
        return self.ask(Ask(path=path, params=params or {}, **more))

    def ask(self, ask: Ask) -> Answer:
        """One request, and others after it until one goes well.

        Raises:
            AuthFailed, SourceMissing, Unreadable: the other side refuses, or sends what is not understood.
            Unreachable: it does not answer, or asks us to wait longer than the account's patience.
            BudgetSpent: nothing more may be asked.
        """
        (found,) = self.many([ask])
        if isinstance(found, SourceError):
            raise found
        return found

    def many(self, asks: Sequence[Ask]) -> list[Answer | SourceError]:
        """Several requests side by side; the answer of each, or the error it ends with, in the same order."""
        if self._portal is None:
            raise RuntimeError("use a Fetch in `with fetch.open():`")
        return self._portal.call(self._all, asks)

    async def _all(self, asks: Sequence[Ask]) -> list[Answer | SourceError]:
        async def one(ask: Ask) -> Answer | SourceError:
            try:
                return await self._tried(ask)
            except SourceError as error:
                return error

        return list(await asyncio.gather(*map(one, asks)))

    async def _tried(self, ask: Ask) -> Answer:
        from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

        again = AsyncRetrying(
            retry=retry_if_exception_type(MayPass),
            stop=stop_after_attempt(self._account.tries),
            wait=wait_random_exponential(multiplier=0.5, max=30.0),
            sleep=self._pause,
            before_sleep=lambda _: self._count_again(),
            reraise=True,
        )
        answer: Answer = await again(self._let_in, ask)
        return answer

    def _count_again(self) -> None:
        self.meter.retries += 1

    async def _pause(self, seconds: float) -> None:
        await self._wire.sleep(seconds)

    async def _let_in(self, ask: Ask) -> Answer:
        """The answer, asked for once more with other credentials where these do not hold any longer."""
        client, auth = await self._opened(), self._account.auth
        was_renewed = False
        for _ in range(MOST_WAITS):
            signed = await auth.headers(client, self._wire)
            answer = await self._sent(ask, signed)
            if answer.status == 429:
                if error := self._account.hopeless(answer):
                    raise error
                continue  # the pacer holds the next one back as long as it was told
            if answer.status == 401 and 401 not in ask.lets and not was_renewed:
                was_renewed = await auth.renew(client, self._wire, signed)
                if was_renewed:
                    continue
            break
        return self._judged(ask, answer)

    def _judged(self, ask: Ask, answer: Answer) -> Answer:
        if answer.status in ask.lets:
            return answer
        if not answer.is_good:
            raise refusal(answer, self._account.entry)
        if ask.wants == "json":
            try:
                _ = answer.data
            except ValueError:
                kind = answer.headers.get("content-type", "no type")
                raise MayPass(
                    f"Entry '{self._account.entry}': {answer.url} sent {len(answer.content):,} bytes ({kind}) that "
                    "are no sound JSON: the answer broke off, or it is not the API that is asked."
                ) from None
        if error := self._account.judge(answer):
            raise error
        return answer

    async def _sent(self, ask: Ask, signed: Mapping[str, str]) -> Answer:
        """What one request gave, sent when the account may be asked."""
        url = self._address(ask.path)
        for _ in range(MOST_REDIRECTS):
            async with self._gate or asyncio.Semaphore():
                await self._turn(ask)
                answer, onward = await self._exchanged(ask, url, signed)
            self._pacer.heed(ask.lane, answer, self._wire.seconds())
            if not onward:
                return answer
            url = self._address(onward)
            ask = Ask(path=url, method=ask.method, lane=ask.lane, cost=ask.cost, wants=ask.wants, lets=ask.lets)
        raise Unreadable(f"Entry '{self._account.entry}': {answer.url} leads on from address to address without end.")

    async def _turn(self, ask: Ask) -> None:
        while (wait := self._pacer.claim(ask.lane, ask.cost, self._wire.seconds())) > 0:
            if wait > self._account.patience_seconds:
                raise Unreachable(
                    f"Entry '{self._account.entry}': {self._account.base_url} is not to be asked for another "
                    f"{wait:,.0f} s: its limit is used up. What was read is kept, and the next sync goes on."
                )
            self.meter.waited_seconds += wait
            await self._pause(wait)
        self.meter.spend(ask)

    async def _exchanged(self, ask: Ask, url: str, signed: Mapping[str, str]) -> tuple[Answer, str]:
        """The answer, and where it sends us instead."""
        import httpx

        client = await self._opened()
        whole = _with_params(url, {**ask.params, **self._account.params})
        given: dict[str, Any] = {"headers": {**self._account.headers, **ask.headers, **signed}}
        given |= {"json": ask.json} if ask.json is not None else {}
        given |= {"data": dict(ask.form)} if ask.form is not None else {}
        shown = url.partition("?")[0]
        try:
            async with client.stream(ask.method, whole, **given) as response:
                content = await self._body(response, shown)
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise MayPass(
                f"Entry '{self._account.entry}': {shown} does not answer ({type(error).__name__})."
            ) from None  # its own text may hold an address with secrets
        answer = self._account.restate(Answer(response.status_code, dict(response.headers), content, shown))
        return answer, urljoin(url, response.headers["location"]) if response.has_redirect_location else ""

    async def _body(self, response: Response, shown: str) -> bytes:
        parts, size = [], 0
        async for part in response.aiter_bytes():
            parts.append(part)
            size += len(part)
            if size > MOST_BYTES:
                raise Unreadable(
                    f"Entry '{self._account.entry}': {shown} sends more than {MOST_BYTES:,} bytes at once. "
                    "Ask for smaller pages."
                )
        self.meter.received_bytes += size
        return b"".join(parts)

    def _address(self, path: str) -> str:
        """The whole address of a path.

        Raises:
            Unreadable: it leads to another host, who must not get our credentials.
        """
        base = self._account.base_url.rstrip("/") + "/"
        url = path if "://" in path else urljoin(base, path.lstrip("/"))
        if _origin(url) != _origin(base):
            raise Unreadable(
                f"Entry '{self._account.entry}': {urlsplit(base).netloc} sends us on to {urlsplit(url).netloc}, who "
                "must not get our credentials, so nothing is asked there. If the account has moved, change the "
                "entry's address."
            )
        return url

    async def _opened(self) -> AsyncClient:
        import ssl

        import httpx

        if self._client is None:
            # It logs whole addresses, in which some APIs want their key.
            logging.getLogger("httpx").setLevel(logging.WARNING)
            account = self._account
            try:
                verify = ssl.create_default_context(cafile=account.ca_file) if account.ca_file else True
            except (OSError, ssl.SSLError) as error:
                raise ConfigError(
                    f"Entry '{account.entry}': ca_file: {account.ca_file} holds no certificates "
                    f"({type(error).__name__})."
                ) from None
            transport = self._wire.transport
            more: dict[str, Any] = {"transport": transport} if transport else {"proxy": account.proxy or None}
            self._client = httpx.AsyncClient(timeout=account.timeout_seconds, verify=verify, **more)
            self._gate = asyncio.Semaphore(account.at_once)
        return self._client

    async def _close(self) -> None:
        # A transport of a test outlives its client.
        if self._client is not None and self._wire.transport is None:
            await self._client.aclose()


def _with_params(url: str, params: Mapping[str, Any]) -> URL:
    """An address with parameters beside those it has; of one name, the ones given here count."""
    import httpx

    held = httpx.URL(url)
    more = [(name, each) for name, one in params.items() if one is not None for each in _listed(one)]
    if not more:
        return held
    kept = [(name, value) for name, value in held.params.multi_items() if name not in params]
    return held.copy_with(params=[*kept, *more])


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def _listed(value: Any) -> list[str]:
    one = value if isinstance(value, list | tuple) else [value]
    return [str(each).lower() if isinstance(each, bool) else str(each) for each in one]


_PROVIDER: BlockingPortalProvider | None = None


def _portals() -> BlockingPortalProvider:
    """The loop that all fetches of the process share while any is open."""
    global _PROVIDER  # noqa: PLW0603  one loop a process, made when the first fetch is
    from anyio.from_thread import BlockingPortalProvider

    if _PROVIDER is None:
        _PROVIDER = BlockingPortalProvider()
    return _PROVIDER
