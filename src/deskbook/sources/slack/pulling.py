"""One pull of a workspace: who is there, then each channel's history with the threads that changed.

The cursor holds what was found out of the app (`pace`), how people's pages stood (`people`), and for each channel:
`top`, the newest message read; `watched`, ts -> [sign, replies as microseconds after it] of threads that are still
looked at; `pending`, threads whose replies are yet to be read; `sweep`, where a history left half read goes on.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from deskbook.errors import AuthFailed, SourceError
from deskbook.sources.arrays import json_text
from deskbook.sources.contract import Clock, Cursor, Entry, Page
from deskbook.sources.http import Answer, Wire
from deskbook.sources.payloads import payload_page
from deskbook.sources.slack.api import Api, SlackSays, next_of
from deskbook.sources.slack.options import KINDS, SCOPES, SlackOptions
from deskbook.sources.slack.people import Directory, listed, matches
from deskbook.sources.slack.rows import CONTEXT, MICRO, NOTICES, PEOPLE, WORDS, is_first, is_internal, micros, thread_of

log = logging.getLogger(__name__)
THREADS: Final = 10
"""Whose replies are read before they are committed; one where the app is held to few requests."""
CLOSED: Final = frozenset({"channel_not_found", "not_in_channel", "is_archived", "missing_scope", "no_permission"})
LOST: Final = frozenset({"thread_not_found", "message_not_found"})
MENTION: Final = re.compile(r"<@([UW][A-Z0-9]{1,30})")


class Pull:
    """One pull; `pages` gives it."""

    def __init__(self, entry: Entry, options: SlackOptions, clock: Clock, wire: Wire, cursor: Cursor) -> None:
        self._entry, self._options, self._clock = entry, options, clock
        self._state: dict[str, Any] = json.loads(json.dumps(dict(cursor)))
        self._api = Api(entry, options, clock, wire, self._state.setdefault("pace", {}))
        self._notes: list[str] = []
        self._site = ""
        self._names: dict[str, str] = {}
        self._odd: set[str] = set()

    def pages(self) -> Iterator[Page]:
        """Pages of people, then of each channel.

        Raises:
            AuthFailed: the token does not hold, or lacks a scope; names it.
            SourceError: Slack cannot be read.
        """
        with self._api.fetch.open():
            channels = self._begun()
            yield from self._people()
            for channel in self._chosen(channels):
                try:
                    yield from self._channel(channel)
                except SlackSays as error:
                    if error.code not in CLOSED:
                        raise
                    self._note(f"{error} The channel is left out until the app may read it.")

    def threads(self, wanted: Sequence[tuple[str, str]]) -> Iterator[Page]:
        """Pages of some threads, each a channel's id and the ts of its first message; none of channels not read.

        Raises:
            SourceError: as for `pages`.
        """
        if not wanted:
            return
        with self._api.fetch.open():
            for channel in self._chosen(self._begun()):
                pending = list(dict.fromkeys(ts for id, ts in wanted if id == channel["id"]))
                yield from self._threads(channel, {"top": "", "watched": {}, "pending": pending})

    def _begun(self) -> list[dict[str, Any]]:
        """Find out where we are, and who is an agent; the channels there are."""
        told = self._api.ask("auth.test")
        self._site = str(told.data.get("url") or "")
        channels = self._channels(self._kinds(told))
        self._directory = Directory(self._api, self._options, str(told.data.get("team_id") or ""))
        self._directory.find_agents(channels)
        return channels

    def _kinds(self, told: Answer) -> list[str]:
        """Kinds of conversation that are read.

        Raises:
            AuthFailed: the app lacks the scopes for those that the entry names, or for all.
        """
        given, wanted = told.headers.get("x-oauth-scopes"), self._options.kinds or ("public", "private")
        if given is None:
            return list(wanted)
        held = {one.strip() for one in given.split(",")}
        lacking = {
            kind: [name for name in (f"{SCOPES[kind]}:read", f"{SCOPES[kind]}:history") if name not in held]
            for kind in wanted
        }
        may = [kind for kind in wanted if not lacking[kind]]
        missing = sorted({name for names in lacking.values() for name in names})
        fix = "Add them under OAuth & Permissions at api.slack.com/apps, and install the app anew."
        if missing and (self._options.kinds or not may):
            raise AuthFailed(f"Entry '{self._entry.name}': the app lacks the scopes {', '.join(missing)}. {fix}")
        if missing:
            self._note(f"{' and '.join(k for k in wanted if lacking[k])} channels are left out: the app lacks the "
                       f"scopes {', '.join(missing)}. {fix}")  # fmt: skip
        if "users:read" not in held:
            raise AuthFailed(f"Entry '{self._entry.name}': the app lacks the scope users:read. {fix}")
        return may

    def _channels(self, kinds: Sequence[str]) -> list[dict[str, Any]]:
        found = []
        types = ",".join(KINDS[kind] for kind in kinds)
        for data, _ in self._api.pages("conversations.list", types=types, exclude_archived=True, limit=999):
            found += listed(data.get("channels"))
        self._names = {str(one.get("id")): str(one.get("name") or "") for one in found}
        return found

    def _chosen(self, channels: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The channels to read: those that the app is in, as the entry narrows them."""
        options = self._options
        named = [one for one in channels if self._is_wanted(one)]
        chosen = [one for one in named if one.get("is_member") or one.get("is_im")]
        if options.channels and (outside := [str(one.get("name")) for one in named if one not in chosen]):
            self._note(f"The app is not in {', '.join(outside[:10])}, and reads only where it is. Invite it there.")
        return chosen

    def _is_wanted(self, channel: Mapping[str, Any]) -> bool:
        names = (channel.get("name"), channel.get("id"))
        is_named = not self._options.channels or bool(channel.get("is_im")) or matches(self._options.channels, *names)
        return is_named and not matches(self._options.not_channels, *names)

    def _people(self) -> Iterator[Page]:
        kept = self._state.setdefault("people", {"digests": []})
        is_fresh = kept.get("at") and self._clock() - datetime.fromisoformat(kept["at"]) < timedelta(
            hours=self._options.people_every_hours
        )
        if is_fresh and not kept.get("next"):
            return
        is_told = False
        if not self._options.names_agents and not kept.get("at"):
            self._note("No agents are named (agents, agent_groups or agent_channels): every full member counts as one.")
        for members, following, is_new in self._directory.pages(kept["digests"], str(kept.get("next") or "")):
            kept["next"] = following
            if not following:
                kept["at"] = self._clock().isoformat()
            if is_new or (not following and not is_told):
                is_told = True
                known = {str(one.get("id")): self._directory.add(one) for one in members} if is_new else {}
                yield self._page(members if is_new else [], PEOPLE, {"people": known})

    def _channel(self, channel: Mapping[str, Any]) -> Iterator[Page]:
        own = self._state.setdefault("channels", {}).setdefault(str(channel["id"]), {"top": "", "watched": {}})
        yield from self._threads(channel, own)
        if "sweep" in own:
            is_first = not own["top"]
            yield from self._sweep(channel, own)
            if is_first:
                return  # what was said meanwhile is the next pull's: read at once, all of it would be read twice
        begin = micros(own["top"])
        oldest = self._options.oldest
        if begin is not None:
            back = max(begin - int(self._options.lookback_days * 86_400 * MICRO), micros(oldest) or 0, 0)
            oldest = f"{back // MICRO}.{back % MICRO:06d}"
        own["sweep"] = {"oldest": oldest, "top": own["top"], "next": "", "below": ""}
        yield from self._sweep(channel, own)

    def _sweep(self, channel: Mapping[str, Any], own: dict[str, Any]) -> Iterator[Page]:
        """The rest of a history, newest first."""
        sweep, id = own["sweep"], str(channel["id"])
        given = {"channel": id, "oldest": sweep["oldest"]}
        at = {"cursor": sweep["next"]} if sweep["next"] else {"latest": sweep["below"] or None}
        try:
            yield from self._history(channel, own, {**given, **at})
        except SlackSays as error:
            if error.code != "invalid_cursor" or not sweep["next"]:
                raise
            sweep["next"] = ""  # a cursor does not hold for ever; the moment it stood for does
            yield from self._history(channel, own, {**given, "latest": sweep["below"] or None})

    def _history(self, channel: Mapping[str, Any], own: dict[str, Any], params: Mapping[str, Any]) -> Iterator[Page]:
        sweep = own["sweep"]
        for data, following in self._api.pages("conversations.history", **params):
            messages = listed(data.get("messages"))
            self._look_at(messages)
            above, sweep["next"] = sweep["below"], following
            stamps = [str(one["ts"]) for one in messages if micros(one.get("ts")) is not None]
            sweep["below"] = min([*stamps, *([above] if above else [])], key=_order, default="")
            sweep["top"] = max([*stamps, sweep["top"]], key=_order)
            gone = [] if data.get("is_limited") else self._gone(own, stamps, above, bool(following))
            singles = self._sorted(own, messages)
            if not following:
                own["top"] = sweep["top"]
                del own["sweep"]
                self._forget(own)
            for one in singles:
                self._watch(own, one, ())
            if singles or gone:
                ids = [f"{channel['id']}:{ts}" for ts, _ in gone]
                lost = [f"{channel['id']}:{one}" for ts, deltas in gone for one in (ts, *_replies(ts, deltas))]
                yield self._talk(channel, singles, {"gone": ids, "gone_messages": lost} if gone else {})
            yield from self._threads(channel, own)

    def _sorted(self, own: dict[str, Any], messages: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Messages without replies that are new or changed; threads that are go to `pending`."""
        singles, pending = [], list(own.get("pending") or ())
        for one in messages:
            thread = thread_of(one)
            if not is_first(one):
                pending.append(thread)  # a reply shown in the channel too: its thread has news
            elif own["watched"].get(thread, [""])[0] != _sign(one):
                has_replies = (
                    bool(one.get("reply_count")) or thread in pending or own["watched"].get(thread, ["", ()])[1]
                )
                if has_replies:
                    pending.append(thread)
                elif one.get("subtype") not in NOTICES:
                    singles.append(one)
        fresh = [ts for ts in dict.fromkeys(pending) if not self._is_read(own, ts, messages)]
        own["pending"] = fresh
        return singles

    @staticmethod
    def _is_read(own: Mapping[str, Any], thread: str, messages: Sequence[Mapping[str, Any]]) -> bool:
        """Whether all replies that this page shows in the channel were read with their thread before."""
        if any(one.get("ts") == thread for one in messages):
            first = next(one for one in messages if one.get("ts") == thread)
            return bool(own["watched"].get(thread, [""])[0] == _sign(first))
        shown = {str(one.get("ts")) for one in messages if thread_of(one) == thread}
        known = own["watched"].get(thread)
        return bool(shown) and known is not None and shown <= set(_replies(thread, known[1]))

    def _threads(self, channel: Mapping[str, Any], own: dict[str, Any]) -> Iterator[Page]:
        """The threads that are pending, each whole."""
        while own.get("pending"):
            size = 1 if self._api.is_bound else THREADS
            group, own["pending"] = own["pending"][:size], own["pending"][size:]
            messages, gone, lost = [], [], []
            for ts, found in zip(group, self._replied(channel, group), strict=True):
                before = own["watched"].get(ts, ["", []])[1]
                if found is None:
                    own["watched"].pop(ts, None)
                    gone.append(f"{channel['id']}:{ts}")
                    lost += [f"{channel['id']}:{one}" for one in (ts, *_replies(ts, before))]
                    continue
                now = {str(one.get("ts")) for one in found}
                lost += [f"{channel['id']}:{one}" for one in _replies(ts, before) if one not in now]
                first = next((one for one in found if is_first(one)), {"ts": ts})
                self._watch(own, first, [one for one in found if not is_first(one)])
                messages += found
            self._look_at(messages)
            yield self._talk(channel, messages, {"gone": gone, "gone_messages": lost} if gone or lost else {})

    def _replied(self, channel: Mapping[str, Any], group: Sequence[str]) -> list[list[dict[str, Any]] | None]:
        """The messages of threads; None of one that is not there any longer."""
        asks = [self._api.asking("conversations.replies", channel=channel["id"], ts=ts) for ts in group]
        found: list[list[dict[str, Any]] | None] = []
        for ts, ask, answer in zip(group, asks, self._api.fetch.many(asks), strict=True):
            if isinstance(answer, SlackSays) and answer.code in LOST:
                found.append(None)
                continue
            if isinstance(answer, SourceError):
                raise answer
            self._api.found_out(answer, ask)
            held = {str(one.get("ts")): one for one in listed(answer.data.get("messages"))}
            if following := next_of(answer.data):
                more = self._api.pages("conversations.replies", channel=channel["id"], ts=ts, cursor=following)
                for data, _ in more:
                    held |= {str(one.get("ts")): one for one in listed(data.get("messages"))}
            found.append(list(held.values()) or None)
        return found

    def _gone(
        self, own: dict[str, Any], stamps: Sequence[str], above: str, has_more: bool
    ) -> list[tuple[str, Sequence[int]]]:
        """Watched threads that should stand on a page of history, and do not: ts and replies."""
        oldest = own["sweep"]["oldest"]
        low = min(stamps, key=_order, default="") if has_more else oldest
        there = set(stamps)
        lost = [
            ts
            for ts in own["watched"]
            if ts not in there and _order(ts) > _order(low) and (not above or _order(ts) < _order(above))
        ]
        if has_more and not low:
            return []
        return [(ts, own["watched"].pop(ts)[1]) for ts in lost]

    def _watch(self, own: dict[str, Any], first: Mapping[str, Any], replies: Sequence[Mapping[str, Any]]) -> None:
        ts = str(first.get("ts"))
        start = micros(ts)
        deltas = [found - start for one in replies if start and (found := micros(one.get("ts"))) is not None]
        if start is not None and start + max(deltas, default=0) >= self._floor(own):
            own["watched"][ts] = [_sign(first), deltas]

    def _forget(self, own: dict[str, Any]) -> None:
        floor = self._floor(own)
        own["watched"] = {
            ts: held for ts, held in own["watched"].items() if _order(ts) + max(held[1], default=0) >= floor
        }

    def _floor(self, own: Mapping[str, Any]) -> int:
        top = own.get("sweep", {}).get("top") or own["top"]
        return (micros(top) or 0) - int(self._options.lookback_days * 86_400 * MICRO)

    def _talk(self, channel: Mapping[str, Any], messages: Sequence[Mapping[str, Any]], more: Mapping[str, Any]) -> Page:
        ids = {str(one.get(name) or "") for one in messages for name in ("user", "parent_user_id")}
        for one in messages:
            ids |= set(MENTION.findall(str(one.get("text") or "")))
            taken = [each for each in listed(one.get("reactions")) if each.get("name") in self._options.taken_reactions]
            ids |= {str(user) for each in taken for user in each.get("users") or ()}
        kept = {name: channel.get(name) for name in ("id", "name", "is_im") if channel.get(name)}
        context = {
            "channel": kept,
            "channels": {
                id: name
                for id, name in self._names.items()
                if any(f"<#{id}" in str(one.get("text")) for one in messages)
            },
            "people": self._directory.about(ids, messages),
            "site": self._site,
            **({"is_internal": True} if is_internal(channel, self._options) else {}),
            **more,
        }
        return self._page(messages, f"slack {channel.get('name') or channel['id']}", context)

    def _page(self, rows: Sequence[Mapping[str, Any]], origin: str, context: Mapping[str, Any]) -> Page:
        notes, self._notes = tuple(self._notes), []
        cursor = json.loads(json.dumps(self._state))
        return payload_page([{CONTEXT: context}, *rows], origin, cursor, notes=notes)

    def _look_at(self, messages: Sequence[Mapping[str, Any]]) -> None:
        """Say once of each subtype that nobody knew."""
        for one in messages:
            subtype = str(one.get("subtype") or "")
            if subtype not in WORDS and subtype not in NOTICES and subtype not in self._odd:
                self._odd.add(subtype)
                self._note(f"Messages of the unknown subtype '{subtype[:80]}' are taken for ordinary ones.")

    def _note(self, said: str) -> None:
        self._notes.append(said)
        log.warning("entry=%s %s", self._entry.name, said)


def _order(ts: str) -> int:
    found = micros(ts)
    return -1 if found is None else found


def _replies(ts: str, deltas: Sequence[int]) -> list[str]:
    start = micros(ts) or 0
    return [f"{(start + one) // MICRO}.{(start + one) % MICRO:06d}" for one in deltas]


def _sign(first: Mapping[str, Any]) -> str:
    """What changes when a thread has news: replies, edits and reactions, not what Slack counts for its own ends."""
    edited = first.get("edited")
    reactions = sorted((str(one.get("name")), one.get("count")) for one in listed(first.get("reactions")))
    files = [one.get("id") for one in listed(first.get("files"))]
    told = [first.get(name) for name in ("text", "subtype", "reply_count", "latest_reply")]
    held = [told, edited.get("ts") if isinstance(edited, Mapping) else None, reactions, files]
    return hashlib.blake2b(json_text(held).encode(), digest_size=6).hexdigest()
