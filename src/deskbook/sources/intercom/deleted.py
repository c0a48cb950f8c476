"""Conversations that were deleted: a list that only grows, in pages that are counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from deskbook.sources.http import Answer, Ask, Fetch, pages
from deskbook.sources.intercom.asking import CLOSED, permission
from deskbook.sources.intercom.values import DELETED, Payload, inner, listed, seconds_of

PATH: Final = "/conversations/deleted"
SIZE: Final = 60


def deletions(fetch: Fetch, held: dict[str, Any], entry: str, notes: list[str]) -> Iterator[list[Payload]]:
    """Deletions that are new, page by page, the newest first; `held` is what the cursor keeps of them.

    The list may be ordered by id or by moment: it is read until as many are found as it has grown by.

    Args:
        held: `count` of all, moment `at` of the newest and `ties` of that moment; `walk` while the list is read.
        notes: added to, where the list is not open to the app.
    """
    known, newest = int(held.get("count", 0)), float(held.get("at", 0))
    walk: dict[str, Any] = held.get("walk") or {"page": 1, "found": 0, "top": newest, "ties": 0}
    params = {"per_page": SIZE, "order": "desc", "page": walk["page"]}
    for answer, onward in pages(fetch, Ask(path=PATH, params=params, lets=CLOSED | {400}), _next, entry):
        if not answer.is_good:
            notes.append(
                f"Intercom does not open {PATH} to this app ({answer.status}): deleted conversations stay. It needs "
                f"the permission '{permission(PATH)}'."
            )
            return
        total = inner(answer.data, "total_count")
        if total == known and "walk" not in held:
            return
        rows = [one for one in listed(answer.data, "conversations") if _at(one) >= newest]
        top = max([walk["top"], *map(_at, rows)])
        ties = (walk["ties"] if top == walk["top"] else 0) + sum(_at(one) == top for one in rows)
        walk = {"page": walk["page"] + 1, "found": walk["found"] + len(rows), "top": top, "ties": ties}
        grown = total - known + int(held.get("ties", 0)) if isinstance(total, int) else None
        if onward is None or (grown is not None and walk["found"] >= grown):
            held.pop("walk", None)
            held |= {"count": total if isinstance(total, int) else walk["found"], "at": top, "ties": ties}
            onward = None
        else:
            held["walk"] = walk
        if rows or onward is None:
            yield [{"type": DELETED, "id": str(one.get("id")), "deleted_at": one.get("deleted_at")} for one in rows]
        if onward is None:
            return


def _at(one: Payload) -> float:
    return seconds_of(one.get("deleted_at")) or 0.0


def _next(answer: Answer, ask: Ask) -> Ask | None:
    """The next page by its number: the address that the body names may be of another host, behind a proxy."""
    page, last = inner(answer.data, "pages", "page"), inner(answer.data, "pages", "total_pages")
    if not answer.is_good or not isinstance(page, int) or not isinstance(last, int) or page >= last:
        return None
    return replace(ask, params={**ask.params, "page": page + 1})
