"""Pages one after another: how the next one is named differs, that they end does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from deskbook.errors import Unreadable
from deskbook.sources.http.asks import Answer, Ask
from deskbook.sources.http.fetch import Fetch

MOST_PAGES: Final = 1_000_000
Next = Callable[[Answer, Ask], Ask | None]
"""From an answer and what was asked for it to the next request; None at the end."""


def pages(
    fetch: Fetch, first: Ask, following: Next, entry: str, sent: Callable[[Ask], Ask] = lambda ask: ask
) -> Iterator[tuple[Answer, Ask | None]]:
    """Each answer with the request for the one after it, None at the last.

    Args:
        sent: what is asked in place of a request when its turn comes, such as a page as small as a budget allows; by
            then the caller has dealt with the answer before.

    Raises:
        Unreadable: the next page is one that was read before, so that it would go on for ever.
        SourceError: as for `Fetch.ask`.
    """
    seen: set[str] = set()
    ask: Ask | None = first
    while ask is not None:
        sign = _sign(ask)
        if sign in seen or len(seen) >= MOST_PAGES:
            raise Unreadable(
                f"Entry '{entry}': {ask.path.partition('?')[0]} leads back to a page that was read already, after "
                f"{len(seen):,} pages. Reading stops, as it would not end; what was read is kept."
            )
        seen.add(sign)
        answer = fetch.ask(sent(ask))
        following_one = following(answer, ask)
        yield answer, following_one
        ask = following_one


def _sign(ask: Ask) -> str:
    return repr((ask.method, ask.path, sorted(ask.params.items(), key=str), ask.json))


def by_link(answer: Answer, ask: Ask) -> Ask | None:
    """The next page is the `next` of the Link header (RFC 8288)."""
    from httpx import Response

    link = answer.headers.get("link", "")
    found = Response(200, headers={"link": link}).links.get("next", {}).get("url") if link else None
    return replace(ask, path=found, params={}) if found else None


def by_address(pick: Callable[[Any], str | None]) -> Next:
    """The next page's whole address stands in the body.

    Args:
        pick: from the body to the address; None at the end.
    """

    def following(answer: Answer, ask: Ask) -> Ask | None:
        found = pick(answer.data)
        return replace(ask, path=found, params={}) if found else None

    return following


def by_cursor(pick: Callable[[Any], str | None], name: str) -> Next:
    """The body holds a cursor that goes into a parameter of the next request.

    Args:
        pick: from the body to the cursor; None or an empty text at the end.
        name: of the parameter.
    """

    def following(answer: Answer, ask: Ask) -> Ask | None:
        found = pick(answer.data)
        return replace(ask, params={**ask.params, name: found}) if found else None

    return following


def by_number(rows: Callable[[Any], int], name: str, size: int, *, step: int = 1) -> Next:
    """Pages are counted; one with fewer rows than asked for is the last.

    Args:
        rows: from the body to how many rows it has.
        name: of the parameter that counts pages, or rows where `step` is the size.
        size: rows asked for.
    """

    def following(answer: Answer, ask: Ask) -> Ask | None:
        count = rows(answer.data)
        return (
            replace(ask, params={**ask.params, name: int(ask.params.get(name) or 0) + step}) if count >= size else None
        )

    return following
