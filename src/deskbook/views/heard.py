"""What comes from the browser: filters that were set, and a page being arranged, saved and looked up."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from deskbook.access import EVERYONE, ROLES
from deskbook.errors import BadValue, DeskbookError, Overtaken, UnknownName
from deskbook.views import wording
from deskbook.views.inquiry import ask_page, block_of
from deskbook.views.laid import cuts, library, shown
from deskbook.views.layout import Kept, Layout, read_layout, read_show, text_of

if TYPE_CHECKING:
    from deskbook.views.page import Page

log = logging.getLogger(__name__)
PREVIEW: Final = "preview"
"""The view a widget is tried under before it is added."""


def hear(page: Page, message: Mapping[str, Any]) -> bool:
    """Take a message in; whether the page is to be asked again."""
    if isinstance(message.get("set"), Mapping):
        _set(page, message["set"])
    elif isinstance(message.get("url"), str):
        page.filters.read_url(message["url"])
    elif "wish" in message:
        return _grant(page, message)
    elif "ask" in message:
        page.answer(message)
        return False
    return True


def _set(page: Page, values: Mapping[str, Any]) -> None:
    filters = page.filters
    told = {name: str(value)[:2_000] for name, value in values.items() if name in filters.fields}
    if "period" in told and "pick" in filters.fields:
        told.setdefault("pick", "")
    if "page" not in told and "page" in filters.fields and set(told) - {"ticket"}:
        told["page"] = "1"
    if "layout" in told:
        page.draft = None
    filters.param.update(**told)
    filters.ignored = ()


def _grant(page: Page, message: Mapping[str, Any]) -> bool:
    """Answer a wish under its own number; what could not be done is said there."""
    grant = WISHES.get(str(message["wish"]))
    answer: dict[str, Any] = {}
    try:
        if grant is None or not page.name:
            raise UnknownName("wish", str(message["wish"]), WISHES)
        answer = grant(page, message)
    except Overtaken as error:
        answer = {"error": str(error), "overtaken": True}
    except DeskbookError as error:
        answer = {"error": str(error)}
    again = answer.pop("again", False)
    if page.surface:
        page.surface.tell(answer | {"id": message.get("id")})
    return bool(again)


def _draft(page: Page, said: Mapping[str, Any]) -> Layout:
    return read_layout({"page": page.name, "widgets": said.get("widgets")}, "The arrangement")


def _arrange(page: Page, said: Mapping[str, Any]) -> dict[str, Any]:
    """Show an arrangement that is not saved; or, without widgets, no longer."""
    page.draft = _draft(page, said) if said.get("widgets") is not None else None
    return {"again": True}


def _library(page: Page, said: Mapping[str, Any]) -> dict[str, Any]:
    return {"metrics": library(), "by": list(cuts().items())}


def _layouts(page: Page, said: Mapping[str, Any]) -> dict[str, Any]:
    return {"layouts": [listed(one, page) for one in page.layouts.seen(page.name)], "roles": [EVERYONE, *ROLES]}


def listed(one: Kept, page: Page) -> dict[str, Any]:
    """A saved layout as the browser lists it."""
    at = one.changed_at
    return {
        "name": one.name,
        "owner": one.owner,
        "address": one.address,
        "version": one.version,
        "shared": list(one.shared),
        "own": one.is_own,
        "may_change": one.may_change,
        "by": one.changed_by,
        "at": wording.moment(at, page.book.settings.zone) if at else "",
        "widgets": len(one.layout.widgets),
    }


def _preview(page: Page, said: Mapping[str, Any]) -> dict[str, Any]:
    """One widget as it would stand on the page now: its real numbers, under the page's filters."""
    section = shown(read_show(said.get("show")))
    asked = ask_page(page.pin(), page.filters, {PREVIEW: section}, page.memory, True, page.laid.known)
    block = block_of(section, asked.moments[0]) | {"view": PREVIEW, "offers": None}
    if section.draws:
        block["figure"] = page.easel.place(PREVIEW, section)
    page.show([block])
    return {"block": block}


def _keep(page: Page, said: Mapping[str, Any]) -> dict[str, Any]:
    """Save the arrangement and show the page under it from now on."""
    shared = said.get("shared")
    kept = page.layouts.keep(
        str(said.get("name") or "").strip(),
        _draft(page, said),
        owner=str(said.get("owner") or ""),
        shared=None if shared is None else [str(role) for role in shared],
        seen=_seen(said),
    )
    log.info("layout kept page=%s version=%d", page.name, kept.version)
    return _follow(page, kept)


def _follow(page: Page, kept: Kept) -> dict[str, Any]:
    page.draft = None
    page.filters.layout = kept.name if kept.is_own else kept.address
    return {"kept": listed(kept, page), "again": True}


def _versions(page: Page, said: Mapping[str, Any]) -> dict[str, Any]:
    return {"versions": [listed(one, page) for one in page.layouts.versions(page.name, _address(said))]}


def _restore(page: Page, said: Mapping[str, Any]) -> dict[str, Any]:
    """An older version again, as the newest one."""
    old = page.layouts.one(page.name, _address(said), _seen({"seen": said.get("version")}))
    return _follow(page, page.layouts.keep(old.name, old.layout, owner=old.owner, seen=_seen(said)))


def _share(page: Page, said: Mapping[str, Any]) -> dict[str, Any]:
    """Show a saved layout to others than before; it stays as it is, and what is on the page too."""
    held, roles = page.layouts.one(page.name, _address(said)), said.get("shared")
    if not isinstance(roles, list):
        raise BadValue(f"shared wants a list of roles, got {roles!r}.")
    shared = [str(role) for role in roles]
    kept = page.layouts.keep(held.name, held.layout, owner=held.owner, shared=shared, seen=_seen(said))
    return {"kept": listed(kept, page), "again": page.draft is None}


def _remove(page: Page, said: Mapping[str, Any]) -> dict[str, Any]:
    """Take a saved layout away and show the page as its notebook has it."""
    page.layouts.remove(page.name, _address(said), seen=_seen(said))
    page.draft, page.filters.layout = None, ""
    return {"again": True}


def _text(page: Page, said: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": text_of({str(said.get("name") or "A name"): _draft(page, said)})}


def _address(said: Mapping[str, Any]) -> str:
    return str(said.get("address") or "")


def _seen(said: Mapping[str, Any]) -> int:
    value = said.get("seen", 0)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadValue(f"A version is a whole number, got {value!r}.")
    return value


WISHES: Final[dict[str, Callable[[Any, Mapping[str, Any]], dict[str, Any]]]] = {
    "arrange": _arrange,
    "library": _library,
    "layouts": _layouts,
    "preview": _preview,
    "keep": _keep,
    "versions": _versions,
    "restore": _restore,
    "share": _share,
    "remove": _remove,
    "text": _text,
}
