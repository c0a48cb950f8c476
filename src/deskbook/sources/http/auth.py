"""How an account knows us: a header that each request carries."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from httpx import AsyncClient

    from deskbook.sources.http.wire import Wire


class Auth(Protocol):
    """What a request is signed with."""

    async def headers(self, client: AsyncClient, wire: Wire) -> Mapping[str, str]:
        """The headers, and whatever must be asked for before.

        Raises:
            AuthFailed: we are not let in; no secret stands in the message.
        """

    async def renew(self, client: AsyncClient, wire: Wire, refused: Mapping[str, str]) -> bool:
        """After a 401 to requests with these headers: whether there are other ones now."""


@dataclass(frozen=True)
class Fixed:
    """The same headers always: a key, a token, a name and password."""

    given: Mapping[str, str] = field(repr=False)

    async def headers(self, client: AsyncClient, wire: Wire) -> Mapping[str, str]:
        """The headers."""
        return self.given

    async def renew(self, client: AsyncClient, wire: Wire, refused: Mapping[str, str]) -> bool:
        """There are no others."""
        return False


def basic(user: str, password: str) -> Fixed:
    """A name and a password (RFC 7617)."""
    return Fixed({"authorization": f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"})


def bearer(token: str) -> Fixed:
    """A token (RFC 6750)."""
    return Fixed({"authorization": f"Bearer {token}"})


def key(header: str, value: str) -> Fixed:
    """A key in a header of its own."""
    return Fixed({header.lower(): value})


NOBODY = Fixed({})
"""Of what is open to everybody."""
