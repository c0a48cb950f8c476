"""Who is who in a workspace: agents, customers and bots, and their names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from deskbook.errors import SourceError
from deskbook.sources.arrays import json_text
from deskbook.sources.slack.api import Api, SlackSays
from deskbook.sources.slack.options import SlackOptions

SLACKBOT: Final = "USLACKBOT"
KEPT: Final = ("name", "email", "role", "segment", "is_active")


def listed(value: Any) -> list[dict[str, Any]]:
    """The objects of a list that may be none, or hold nulls."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def matches(wanted: Iterable[str], *names: object) -> bool:
    """Whether one of these names is wanted, whatever its case, # and @."""
    from fnmatch import fnmatchcase

    held = [str(name).casefold() for name in names if name]
    return any(fnmatchcase(name, one.lstrip("#@").casefold()) for one in wanted for name in held)


class Directory:
    """People by id, as far as they were asked for.

    Args:
        home: id of the app's own workspace; empty where it is not known.
    """

    def __init__(self, api: Api, options: SlackOptions, home: str) -> None:
        self._api, self._options, self._home = api, options, home
        self._agents: set[str] = set()
        self._known: dict[str, dict[str, Any]] = {}

    def find_agents(self, channels: Iterable[dict[str, Any]]) -> None:
        """Ask who is in the groups and channels whose members are agents.

        Raises:
            SlackSays: one of them is not there; names those that are.
        """
        options = self._options
        if options.agent_groups:
            told = self._api.ask("usergroups.list", include_users=True).data
            groups = {str(one.get("handle") or one.get("id")): one for one in listed(told.get("usergroups"))}
            for wanted in options.agent_groups:
                found = [one for one in groups.values() if matches([wanted], one.get("handle"), one.get("id"))]
                if not found:
                    raise SlackSays(_absent("agent_groups", wanted, groups), "no_such_subteam")
                self._agents |= {str(user) for one in found for user in one.get("users") or ()}
        by_name = {str(one.get("name") or one.get("id")): one for one in channels}
        for wanted in options.agent_channels:
            found = [one for one in by_name.values() if matches([wanted], one.get("name"), one.get("id"))]
            if not found:
                raise SlackSays(_absent("agent_channels", wanted, by_name), "channel_not_found")
            for one in found:
                for data, _ in self._api.pages("conversations.members", channel=one["id"], limit=999):
                    self._agents |= {str(user) for user in data.get("members") or ()}

    def add(self, member: Mapping[str, Any]) -> dict[str, Any]:
        """Learn who a member is."""
        person = self._person(member)
        self._known[str(member.get("id"))] = person
        return person

    def pages(self, digests: list[str], start: str) -> Iterator[tuple[list[dict[str, Any]], str, bool]]:
        """Members of the workspace page by page, the cursor of the next, and whether anything in it is new.

        Args:
            digests: of the pages as they were; changed in place.
        """
        place = len(digests) if start else 0
        fresh = [] if not start else list(digests)
        for data, following in self._api.pages("users.list", limit=200, cursor=start or None):
            members = listed(data.get("members"))
            known = [self.add(one) for one in members]
            fresh.append(hashlib.blake2b(json_text([members, known]).encode(), digest_size=6).hexdigest())
            is_new = place >= len(digests) or digests[place] != fresh[place]
            place += 1
            # Those after this page stay as they were until they are read.
            digests[: len(fresh)] = fresh
            yield members, following, is_new
        del digests[len(fresh) :]

    def about(self, ids: Iterable[str], messages: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """What is known of people; those who are not are asked for, side by side.

        Args:
            messages: in which people of other workspaces bring their names along.
        """
        wanted = {one for one in ids if one}
        for message in messages:
            profile, user = message.get("user_profile"), str(message.get("user") or "")
            if isinstance(profile, Mapping) and user in wanted and user not in self._known:
                told = {"id": user, "team_id": message.get("user_team") or profile.get("team"), "profile": profile}
                self.add({**told, "name": profile.get("name")})["is_found"] = True
        unknown = sorted(one for one in wanted if one not in self._known and one[:1] in "UW")
        asks = [self._api.asking("users.info", user=one) for one in unknown]
        for user, found in zip(unknown, self._api.fetch.many(asks) if asks else (), strict=True):
            if isinstance(found, SlackSays):  # user_not_found, user_not_visible
                self._known[user] = {"role": "agent" if user in self._agents else "customer"}
            elif isinstance(found, SourceError):
                raise found
            else:
                self.add({"id": user, **(found.data.get("user") or {})})["is_found"] = True
        return {one: self._known[one] for one in sorted(wanted) if one in self._known}

    def _person(self, member: Mapping[str, Any]) -> dict[str, Any]:
        profile = member.get("profile") if isinstance(member.get("profile"), Mapping) else {}
        assert isinstance(profile, Mapping)
        email = profile.get("email")
        names = (profile.get("display_name"), profile.get("real_name"), member.get("real_name"), member.get("name"))
        segment = self._segment(member)
        found = {
            "name": next((str(name) for name in names if name), None),
            "email": email,
            "role": self._role(member, email, segment),
            "segment": segment,
            "is_active": not member.get("deleted"),
        }
        return {name: value for name, value in found.items() if value is not None}

    def _segment(self, member: Mapping[str, Any]) -> str:
        team = str(member.get("team_id") or "")
        if member.get("is_stranger") or (self._home and team.startswith("T") and team != self._home):
            return "other workspace"
        return "guest" if member.get("is_restricted") or member.get("is_ultra_restricted") else "member"

    def _role(self, member: Mapping[str, Any], email: Any, segment: str) -> str:
        id = str(member.get("id"))
        if member.get("is_bot") or member.get("is_workflow_bot") or id == SLACKBOT:
            return "bot"
        if id in self._agents or matches(self._options.agents, id, email, member.get("name")):
            return "agent"
        return "agent" if not self._options.names_agents and segment == "member" else "customer"


def _absent(option: str, wanted: str, known: Iterable[str]) -> str:
    from deskbook.errors import UnknownName

    return f"{option}: {UnknownName('name', wanted, known)}"
