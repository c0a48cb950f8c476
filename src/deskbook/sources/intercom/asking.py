"""Requests to Intercom whose refusal says which permission the app lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from deskbook.errors import AuthFailed
from deskbook.sources.http import Answer, Ask, Fetch
from deskbook.sources.http.refusals import words_of

PERMISSIONS: Final = {
    "/admins": "Read admins",
    "/teams": "Read admins",
    "/tags": "Read tags",
    "/companies": "Read and List users and companies",
    "/segments": "Read and List users and companies",
    "/contacts": "Read and List users and companies",
    "/conversations": "Read conversations",
}
"""What an app is allowed in Developer hub, Authentication, by where it is needed."""
CLOSED: Final = frozenset({402, 403, 404})
"""What is answered by an endpoint that the plan or the app's permissions do not open."""


def permission(path: str) -> str:
    """The permission that a path needs, as the Developer hub calls it."""
    return next((said for begin, said in PERMISSIONS.items() if path.startswith(begin)), "Read admins")


def needed(fetch: Fetch, ask: Ask, entry: str) -> Answer:
    """The answer to a request that nothing goes without.

    Raises:
        AuthFailed: the app lacks a permission; named.
    """
    answer = fetch.ask(replace(ask, lets=ask.lets | {403}))
    return allowed(answer, ask, entry)


def allowed(answer: Answer, ask: Ask, entry: str) -> Answer:
    """The same answer, if it is none that says that a permission is lacking.

    Raises:
        AuthFailed: it is; the permission is named.
    """
    if answer.status == 403:
        said = words_of(answer)
        raise AuthFailed(
            f"Entry '{entry}': Intercom does not open {ask.path} to this app (403). Wanted the permission "
            f"'{permission(ask.path)}': give it in the Developer hub under Authentication, then make a new token or "
            f"connect again.{f' It says: {said}' if said else ''}"
        )
    return answer


def optional(fetch: Fetch, path: str, params: Mapping[str, Any] | None = None) -> tuple[Any, str]:
    """The body of an endpoint that is gone without where the plan or the permissions lack it, and what to say then."""
    answer = fetch.get(path, params, lets=CLOSED | {400})
    if answer.is_good:
        return answer.data, ""
    return None, (
        f"Intercom does not open {path} to this app ({answer.status}): left out. It needs the permission "
        f"'{permission(path)}' and a plan that has it."
    )
