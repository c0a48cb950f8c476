"""How often an account is asked: one policy that all requests to it share, whichever entry makes them."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from deskbook.sources.http.asks import Answer

SLACK_SECONDS: Final = 0.25
SLACK_PART: Final = 0.02
"""How much longer than its window a limit is counted over: requests do not all travel equally fast."""
FIRST_HOLD_SECONDS: Final = 1.0
MOST_HOLD_SECONDS: Final = 60.0
"""Of waits after a refusal that does not say how long: doubled from one to the next."""
FARTHEST_EPOCH: Final = 1_000_000_000
"""A reset above this is a moment, below it seconds from now."""


@dataclass(frozen=True, kw_only=True)
class Limit:
    """How often an account may be asked.

    Attributes:
        requests: at most so many (or so much cost) in any `seconds`; 0 where only headers tell.
        limit: header that tells the same number for this account, which then holds.
        remaining: header that tells what is left until `reset`; without one, what others used is told by it.
        reset: header that tells when it is whole again: a moment since 1970, or seconds from now.
        keep: part of the limit that is left for others who use the account, such as 0.1.
    """

    requests: float = 0.0
    seconds: float = 60.0
    limit: str = ""
    remaining: str = ""
    reset: str = ""
    keep: float = 0.0


@dataclass
class _Lane:
    """What was asked of late, and until when nothing is."""

    limit: Limit
    most: float
    sent: deque[tuple[float, float]] = field(default_factory=deque)
    used: float = 0.0
    held_until: float = 0.0
    refusals: int = 0

    def wait(self, now: float, cost: float) -> float:
        if self.held_until > now:
            return self.held_until - now
        if not self.most:
            return 0.0
        self._forget(now)
        allowed = max(self.most * (1 - self.limit.keep), cost)  # one request always gets through
        if self.used + cost <= allowed + 1e-9:
            return 0.0
        return self.sent[0][0] + self._window - now

    def share(self, used: float, now: float) -> None:
        """Count as asked now what others asked of the account: what is used beyond what we did."""
        self._forget(now)
        if used > self.used:
            self.sent.append((now, used - self.used))
            self.used = used

    def _forget(self, now: float) -> None:
        while self.sent and self.sent[0][0] <= now - self._window:
            self.used -= self.sent.popleft()[1]

    @property
    def _window(self) -> float:
        return self.limit.seconds + min(SLACK_SECONDS, SLACK_PART * self.limit.seconds)


class Pacer:
    """The pace of one account. A request falls under its own lane and under the one without a name.

    Args:
        limits: lane -> its limit.
    """

    def __init__(self, limits: Mapping[str, Limit]) -> None:
        self._lanes = {name: _Lane(one, one.requests) for name, one in {"": Limit(), **limits}.items()}
        self._turn = Lock()

    def claim(self, lane: str, cost: float, now: float) -> float:
        """Seconds to wait before asking; 0 means that the request counts from now on.

        Raises:
            KeyError: there is no such lane.
        """
        with self._turn:
            lanes = self._of(lane)
            wait = max(one.wait(now, cost) for one in lanes)
            if wait > 0:
                return wait
            for one in (each for each in lanes if each.most):
                one.sent.append((now, cost))
                one.used += cost
        return 0.0

    def heed(self, lane: str, answer: Answer, now: float) -> None:
        """Learn from an answer how long the account is not to be asked."""
        with self._turn:
            refused = answer.status == 429
            for one in self._of(lane):
                self._learn(one, answer, now)
            # A refusal holds the lane it was for; without lanes that is the account.
            one = self._lanes[lane]
            one.refusals = one.refusals + 1 if refused else 0
            told = seconds_of(answer, "retry-after")
            if told is None and refused:
                told = _reset(one.limit, answer, now)
                told = told or min(MOST_HOLD_SECONDS, FIRST_HOLD_SECONDS * 2.0 ** (one.refusals - 1))
            if told is not None and (refused or answer.status == 503):
                one.held_until = max(one.held_until, now + told)

    def hold(self, lane: str, seconds: float, now: float) -> None:
        """Do not ask for so long: the vendor said so in its own way."""
        with self._turn:
            self._lanes[lane].held_until = max(self._lanes[lane].held_until, now + seconds)

    def _of(self, lane: str) -> list[_Lane]:
        return [self._lanes[name] for name in {"", lane}]

    @staticmethod
    def _learn(lane: _Lane, answer: Answer, now: float) -> None:
        limit = lane.limit
        told = _number(answer, limit.limit)
        if told and lane.most:
            lane.most = told
        left = _number(answer, limit.remaining)
        if left is None:
            return
        if not limit.reset and lane.most:
            lane.share((told or lane.most) - left, now)
            return
        kept = limit.keep * (told or lane.most)
        until = _reset(limit, answer, now)
        if left <= kept and until:
            lane.held_until = max(lane.held_until, now + until)


def seconds_of(answer: Answer, header: str) -> float | None:
    """A wait that a header tells, in seconds, or as a date."""
    from email.utils import parsedate_to_datetime

    told = answer.headers.get(header, "").strip()
    if not told:
        return None
    try:
        return max(0.0, float(told))
    except ValueError:
        pass
    try:
        moment, sent = parsedate_to_datetime(told), answer.sent_at
    except ValueError:
        return None
    return max(0.0, (moment - sent).total_seconds()) if sent else None


def _number(answer: Answer, header: str) -> float | None:
    try:
        return float(answer.headers[header]) if header else None
    except (KeyError, ValueError):
        return None


def _reset(limit: Limit, answer: Answer, now: float) -> float | None:
    """Seconds until the limit is whole again; a moment is one of the other side's clock, if it tells the time."""
    told = _number(answer, limit.reset)
    if told is None or told < FARTHEST_EPOCH:
        return told
    sent = answer.sent_at
    return max(0.0, told - (sent.timestamp() if sent else now))


class Pacers:
    """The pacers of all accounts that one process asks, so that entries of one account share theirs."""

    def __init__(self) -> None:
        self._held: dict[str, Pacer] = {}
        self._turn = Lock()

    def of(self, account: str, limits: Mapping[str, Limit]) -> Pacer:
        """The pacer of an account.

        Args:
            account: its address and name, no secret in it.
        """
        with self._turn:
            if account not in self._held:
                self._held[account] = Pacer(limits)
            return self._held[account]


SHARED: Final = Pacers()
