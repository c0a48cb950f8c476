"""A workspace as Slack's web API serves it: channels, threads with replies, people, scopes and limits.

Records are objects in Slack's own form; whoever holds them may change them while they are served.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

SCOPES: Final = (
    *("channels:read", "channels:history", "groups:read", "groups:history", "im:read", "im:history", "mpim:read"),
    *("mpim:history", "users:read", "users:read.email", "usergroups:read", "reactions:read", "files:read"),
)
NEEDED: Final = {
    "conversations.list": ("channels:read", "groups:read", "im:read", "mpim:read"),
    "conversations.history": ("channels:history", "groups:history", "im:history", "mpim:history"),
    "conversations.replies": ("channels:history", "groups:history", "im:history", "mpim:history"),
    "conversations.members": ("channels:read", "groups:read"),
    "users.list": ("users:read",),
    "users.info": ("users:read",),
    "usergroups.list": ("usergroups:read",),
}
"""Scopes of a method, any of which opens it."""
KINDS: Final = {"public_channel": "is_channel", "private_channel": "is_private", "im": "is_im", "mpim": "is_mpim"}
TOKEN: Final = "xoxb-sandbox"
DEFAULT: Final = 100


@dataclass
class Records:
    """What a workspace holds.

    Attributes:
        team: id and url of the workspace.
        messages: channel -> messages of its history, in any order.
        replies: (channel, ts of the first) -> replies in any order.
        token: that is let in.
        refresh: token that a new one is given for, once; empty for an app whose tokens do not expire.
        is_expired: whether the token that was let in no longer is.
        scopes: of the app.
        per_minute: method -> requests a minute; those absent have no limit.
        most: messages that history and replies give at once, as for apps that are held to few; 0 for no bound.
        now: the time by which limits count, in seconds.
    """

    team: dict[str, str] = field(default_factory=lambda: {"id": "T01", "url": "https://northlight.slack.com/"})
    users: list[dict[str, Any]] = field(default_factory=list)
    strangers: list[dict[str, Any]] = field(default_factory=list)
    usergroups: list[dict[str, Any]] = field(default_factory=list)
    channels: list[dict[str, Any]] = field(default_factory=list)
    members: dict[str, list[str]] = field(default_factory=dict)
    messages: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    replies: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)
    token: str = TOKEN
    refresh: str = ""
    is_expired: bool = False
    scopes: tuple[str, ...] = SCOPES
    per_minute: dict[str, int] = field(default_factory=dict)
    most: int = 0
    now: Callable[[], float] = time.time
    refused: int = 0
    _asked: dict[str, deque[float]] = field(default_factory=dict)

    def post(self, channel: str, message: dict[str, Any], thread: str = "") -> dict[str, Any]:
        """Say something in a channel, or in a thread of it; keeps its first message's counts."""
        message = {"type": "message", **message}
        if not thread:
            self.messages.setdefault(channel, []).append(message)
            return message
        message["thread_ts"] = thread
        self.replies.setdefault((channel, thread), []).append(message)
        first = next((one for one in self.messages.get(channel, ()) if one["ts"] == thread), None)
        if first is not None:
            self.count(channel, first)
            message.setdefault("parent_user_id", first.get("user"))
        return message

    def count(self, channel: str, first: dict[str, Any]) -> None:
        """Set what the first message of a thread says of its replies."""
        said = self.replies.get((channel, first["ts"]), [])
        if said:
            first |= {"thread_ts": first["ts"], "reply_count": len(said), "latest_reply": max(r["ts"] for r in said)}
        else:
            for name in ("thread_ts", "reply_count", "latest_reply"):
                first.pop(name, None)

    def wait(self, method: str) -> float:
        """Seconds until a method may be asked again; 0 counts this one."""
        most, now = self.per_minute.get(method, 0), self.now()
        if not most:
            return 0.0
        asked = self._asked.setdefault(method, deque())
        while asked and asked[0] <= now - 60:
            asked.popleft()
        if len(asked) >= most:
            self.refused += 1
            return asked[0] + 60 - now
        asked.append(now)
        return 0.0


def app(records: Records) -> Starlette:
    """The workspace's API below `/api/`."""

    async def answer(request: Request) -> Response:
        method = request.path_params["method"]
        given = {**request.query_params, **(await _body(request))}
        wait = records.wait(method)
        if wait > 0:
            headers = {"retry-after": str(int(wait) + 1)}
            return JSONResponse({"ok": False, "error": "ratelimited"}, status_code=429, headers=headers)
        said = _answered(records, method, given, request.headers.get("authorization", ""))
        return JSONResponse(said, headers={"x-oauth-scopes": ",".join(records.scopes)})

    return Starlette(routes=[Route("/api/{method}", answer, methods=["GET", "POST"])])


async def _body(request: Request) -> dict[str, Any]:
    if request.method != "POST":
        return {}
    if "json" in request.headers.get("content-type", ""):
        return dict(await request.json())
    return {name: str(value) for name, value in (await request.form()).items()}


def _answered(records: Records, method: str, given: Mapping[str, Any], authorization: str) -> dict[str, Any]:
    if method == "oauth.v2.access":
        return _renewed(records, given)
    token = authorization.removeprefix("Bearer ") or given.get("token")
    if not token:
        return _no("not_authed")
    if token != records.token:
        return _no("invalid_auth")
    if records.is_expired:
        return _no("token_expired")
    if method not in METHODS:
        return _no("unknown_method", req_method=method)
    needed = NEEDED.get(method, ())
    if needed and not set(needed) & set(records.scopes):
        return _no("missing_scope", needed=needed[0], provided=",".join(records.scopes))
    return METHODS[method](records, given)


def _renewed(records: Records, given: Mapping[str, Any]) -> dict[str, Any]:
    """A token for a refresh token, which is rotated with it."""
    if given.get("grant_type") != "refresh_token" or not records.refresh:
        return _no("invalid_grant_type")
    if given.get("refresh_token") != records.refresh:
        return _no("invalid_refresh_token")
    records.token, records.refresh, records.is_expired = f"{records.token}+", f"{records.refresh}+", False
    return {"ok": True, "access_token": records.token, "refresh_token": records.refresh, "expires_in": 43_200}


def _no(error: str, **more: str) -> dict[str, Any]:
    return {"ok": False, "error": error, **more}


def _auth(records: Records, given: Mapping[str, Any]) -> dict[str, Any]:
    return {"ok": True, "url": records.team["url"], "team_id": records.team["id"], "user_id": "UBOT"}


def _paged(rows: list[dict[str, Any]], name: str, given: Mapping[str, Any], most: int = 1_000) -> dict[str, Any]:
    """A page by a cursor that names a place, as lists have it."""
    size = min(int(given.get("limit") or DEFAULT), most)
    start = given.get("cursor") or "0"
    if not str(start).isdigit():
        return _no("invalid_cursor")
    end = int(start) + size
    following = str(end) if end < len(rows) else ""
    return {"ok": True, name: rows[int(start) : end], "response_metadata": {"next_cursor": following}}


def _channels(records: Records, given: Mapping[str, Any]) -> dict[str, Any]:
    wanted = [KINDS[one] for one in str(given.get("types") or "public_channel").split(",") if one in KINDS]
    archived = str(given.get("exclude_archived")).lower() == "true"
    kept = [
        one
        for one in records.channels
        if any(one.get(kind) for kind in wanted)
        and not (one.get("is_private") and "is_private" not in wanted)
        and not (archived and one.get("is_archived"))
    ]
    return _paged(kept, "channels", given)


def _members(records: Records, given: Mapping[str, Any]) -> dict[str, Any]:
    if given.get("channel") not in records.members:
        return _no("channel_not_found")
    rows: list[Any] = records.members[str(given["channel"])]
    return _paged(rows, "members", given)


def _users(records: Records, given: Mapping[str, Any]) -> dict[str, Any]:
    return _paged(records.users, "members", given)


def _user(records: Records, given: Mapping[str, Any]) -> dict[str, Any]:
    found = next((one for one in (*records.users, *records.strangers) if one["id"] == given.get("user")), None)
    return {"ok": True, "user": found} if found else _no("user_not_found")


def _groups(records: Records, given: Mapping[str, Any]) -> dict[str, Any]:
    named = str(given.get("include_users")).lower() in ("true", "1")
    rows = [one if named else {k: v for k, v in one.items() if k != "users"} for one in records.usergroups]
    return {"ok": True, "usergroups": rows}


def _history(records: Records, given: Mapping[str, Any]) -> dict[str, Any]:
    """Newest first; the cursor names the message after which it goes on, so that new ones shift nothing."""
    channel = next((one for one in records.channels if one["id"] == given.get("channel")), None)
    if channel is None:
        return _no("channel_not_found")
    if not (channel.get("is_member") or channel.get("is_im")):
        return _no("not_in_channel")
    shown = [one for (at, _), said in records.replies.items() if at == channel["id"] for one in said
             if one.get("subtype") == "thread_broadcast"]  # fmt: skip
    rows = sorted([*records.messages.get(channel["id"], ()), *shown], key=lambda one: one["ts"], reverse=True)
    return _talk(records, rows, given, goes_up=False)


def _replies(records: Records, given: Mapping[str, Any]) -> dict[str, Any]:
    """The first message, then its replies, oldest first."""
    key = (str(given.get("channel")), str(given.get("ts")))
    first = [one for one in records.messages.get(key[0], ()) if one["ts"] == key[1]]
    said = sorted(records.replies.get(key, ()), key=lambda one: one["ts"])
    if not first and not said:
        return _no("thread_not_found")
    return _talk(records, [*first, *said], given, goes_up=True)


def _talk(records: Records, rows: list[dict[str, Any]], given: Mapping[str, Any], *, goes_up: bool) -> dict[str, Any]:
    oldest, latest = str(given.get("oldest") or "0"), str(given.get("latest") or "9" * 10)
    cursor = str(given.get("cursor") or "")
    if cursor and not cursor.startswith("next_ts:"):
        return _no("invalid_cursor")
    after = cursor.removeprefix("next_ts:")
    rows = [one for one in rows if oldest < one["ts"] < latest]
    if after:
        rows = [one for one in rows if (one["ts"] > after if goes_up else one["ts"] < after)]
    asked = int(given.get("limit") or DEFAULT)
    size = min(asked, records.most) if records.most else asked
    page, more = rows[:size], len(rows) > size
    said: dict[str, Any] = {"ok": True, "messages": page, "has_more": more}
    return {**said, "response_metadata": {"next_cursor": f"next_ts:{page[-1]['ts']}" if more else ""}}


METHODS: Final[dict[str, Callable[[Records, Mapping[str, Any]], dict[str, Any]]]] = {
    "auth.test": _auth,
    "conversations.list": _channels,
    "conversations.members": _members,
    "conversations.history": _history,
    "conversations.replies": _replies,
    "users.list": _users,
    "users.info": _user,
    "usergroups.list": _groups,
}


def records(folder: Path) -> Records:
    """The sample desk of a folder as a workspace: a channel a team, its agents a user group, each ticket a thread.

    Raises:
        OSError: the folder holds no sample.
    """
    import sqlite3
    from contextlib import closing

    import pyarrow.csv as pcsv
    import pyarrow.parquet as pq

    from deskbook.samples.export import DATABASE_FILE, MESSAGES_FILE, TICKETS_FILE

    with closing(sqlite3.connect(f"file:{folder / DATABASE_FILE}?mode=ro", uri=True)) as database:
        groups = dict(database.execute("SELECT id, name FROM groups"))
        staff = database.execute("SELECT id, name, email, active FROM agents").fetchall()
        customers = database.execute("SELECT id, name, email, 1 FROM users").fetchall()
    made = Records()
    made.users = [_user_of(*row, guest=False) for row in staff] + [_user_of(*row, guest=True) for row in customers]
    made.usergroups = [{"id": "S01", "handle": "support", "name": "Support", "users": [f"U{row[0]}" for row in staff]}]
    made.channels = [
        {"id": f"C{id}", "name": f"help-{name.lower().replace(' ', '-')}", "is_channel": True, "is_member": True}
        for id, name in groups.items()
    ]
    made.members = {one["id"]: [f"U{row[0]}" for row in staff] for one in made.channels}
    where = {row["ticket_number"]: row for row in pcsv.read_csv(folder / TICKETS_FILE).to_pylist()}
    threads: dict[int, list[dict[str, Any]]] = {}
    for row in pq.read_table(folder / MESSAGES_FILE).to_pylist():
        if row["public"]:
            threads.setdefault(row["ticket"], []).append(row)
    for number, rows in threads.items():
        _post(made, where[number], sorted(rows, key=lambda row: row["sent_at"]))
    return made


def _user_of(id: int, name: str, email: str, active: int, *, guest: bool) -> dict[str, Any]:
    profile = {"real_name": name, "display_name": name.partition(" ")[0], "email": email}
    return {"id": f"U{id}", "team_id": "T01", "name": email.partition("@")[0], "real_name": name, "profile": profile,
            "deleted": not active, "is_bot": False, "is_restricted": guest}  # fmt: skip


def _post(made: Records, ticket: Mapping[str, Any], rows: list[dict[str, Any]]) -> None:
    """A ticket as a thread; its number makes each ts one of its own."""
    channel, first = f"C{ticket['group_id']}", ""
    for place, row in enumerate(rows):
        by = {"bot_id": "B01", "subtype": "bot_message"} if row["author"] == "bot" else {"user": f"U{row['author']}"}
        ts = f"{int(row['sent_at'].timestamp())}.{(int(ticket['ticket_number']) * 40 + place) % 1_000_000:06d}"
        posted = made.post(channel, {"ts": ts, "text": _escaped(row["body"]), **by}, first)
        if not first:
            first = posted["ts"]
            if ticket["status"] in ("solved", "closed"):
                done = [f"U{ticket['assignee_id']}"] if ticket["assignee_id"] else []
                posted["reactions"] = [{"name": "white_check_mark", "users": done, "count": len(done)}]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
