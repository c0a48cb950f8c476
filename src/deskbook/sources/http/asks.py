"""One request and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any, Literal

from deskbook.sources.arrays import load_json

Wanted = Literal["json", "bytes"]


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One request to an account.

    Attributes:
        path: below the account's base URL, or a whole address on its host.
        params: of the query; None values are left out, lists repeat the name.
        json: body, sent as JSON.
        form: body, sent as a form.
        lane: which of the account's limits it falls under.
        cost: how much of that limit it uses.
        wants: json is parsed, and asked for again where it is broken.
        lets: statuses that are an answer and no failure, such as 403 and 404 of a plan without an endpoint.
    """

    path: str
    params: Mapping[str, Any] = field(default_factory=dict)
    method: str = "GET"
    json: Any = None
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    lane: str = ""
    cost: float = 1.0
    wants: Wanted = "json"
    lets: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Answer:
    """What came back.

    Attributes:
        headers: names in lower case.
        url: where it came from, its query left out: some APIs take secrets there.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes
    url: str

    @cached_property
    def data(self) -> Any:
        """The body as JSON; None where there is no body.

        Raises:
            ValueError: it is no JSON.
        """
        return load_json(self.content) if self.content.strip() else None

    @property
    def text(self) -> str:
        """The body as text, whatever it is."""
        return self.content.decode("utf-8", "replace")

    @property
    def is_good(self) -> bool:
        """Whether the status says that it went well."""
        return 200 <= self.status < 300

    @property
    def sent_at(self) -> datetime | None:
        """When the other side says that it is now."""
        try:
            return parsedate_to_datetime(self.headers["date"])
        except (KeyError, ValueError):
            return None
