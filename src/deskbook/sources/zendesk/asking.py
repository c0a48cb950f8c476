"""Requests to Zendesk: what a plan does not open is left out and said, and lists are read page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from deskbook.errors import AuthFailed
from deskbook.sources.http import Answer, Ask, Fetch, pages
from deskbook.sources.http.refusals import words_of
from deskbook.sources.zendesk.values import inner, listed

CLOSED: Final = frozenset({403, 404})
PAGE_ROWS: Final = 100
"""The most that lists give at once; incremental exports give more."""


def needed(fetch: Fetch, ask: Ask, entry: str) -> Answer:
    """The answer to a request that nothing goes without.

    Raises:
        AuthFailed: the client lacks the scope, or the person behind a token is no admin; said.
    """
    answer = fetch.ask(replace(ask, lets=ask.lets | {403}))
    if answer.status == 403:
        said = words_of(answer)
        raise AuthFailed(
            f"Entry '{entry}': Zendesk does not open {ask.path} (403). Wanted an OAuth client with the scope 'read', "
            f"or a token, of an admin: incremental exports are for admins alone.{f' It says: {said}' if said else ''}"
        )
    return answer


def whole_list(fetch: Fetch, path: str, key: str, entry: str, **params: Any) -> tuple[list[dict[str, Any]], str]:
    """All objects of a list, and what to say where the plan or the permissions do not open it."""
    found: list[dict[str, Any]] = []
    for rows, said in list_pages(fetch, path, key, entry, params):
        if said:
            return [], said
        found += rows
    return found, ""


def list_pages(
    fetch: Fetch, path: str, key: str, entry: str, params: Mapping[str, Any]
) -> Iterator[tuple[list[dict[str, Any]], str]]:
    """Objects of a list a page at a time (cursor pagination; offset pagination ends at 10,000 rows)."""
    first = Ask(path=path, params={"page[size]": PAGE_ROWS, **params}, lets=CLOSED)
    for answer, _ in pages(fetch, first, _following, entry):
        if answer.status in CLOSED:
            said = f"Zendesk does not open {path} ({answer.status}): left out. The plan lacks it, or the person behind"
            yield [], f"{said} the credentials may not see it."
            return
        yield listed(answer.data, key), ""


def _following(answer: Answer, ask: Ask) -> Ask | None:
    if not answer.is_good:
        return None
    if inner(answer.data, "meta", "has_more"):
        after = inner(answer.data, "meta", "after_cursor")
        return replace(ask, params={**ask.params, "page[after]": after}) if after else None
    onward = inner(answer.data, "next_page")
    return replace(ask, path=onward, params={}) if isinstance(onward, str) and onward else None
