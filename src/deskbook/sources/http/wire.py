"""How requests leave the machine and how time passes meanwhile; a test gives its own of either."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deskbook.sources.contract import Clock, utc_now
from deskbook.sources.http.pacing import SHARED, Pacers

if TYPE_CHECKING:
    from httpx import AsyncBaseTransport


@dataclass(frozen=True, kw_only=True)
class Wire:
    """What a fetch works with.

    Attributes:
        transport: what carries requests; the network if None.
        sleep: how to wait, in seconds.
        clock: the time by which waits are counted.
        pacers: of the accounts that are asked.
    """

    transport: AsyncBaseTransport | None = None
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    clock: Clock = utc_now
    pacers: Pacers = field(default_factory=lambda: SHARED)

    def seconds(self) -> float:
        """The clock's time in seconds since 1970."""
        return self.clock().timestamp()
