"""What an entry of kind slack may say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Literal

from deskbook.errors import ConfigError, UnknownName, about
from deskbook.sources.contract import Entry
from deskbook.sources.http import WebOptions, web_options
from deskbook.sources.slack.commands import check_command_roles

KINDS: Final = {"public": "public_channel", "private": "private_channel", "im": "im", "mpim": "mpim"}
"""Kinds of conversation, as an entry and as Slack calls them."""
SCOPES: Final = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
"""What the scopes of a kind begin with: `channels:read`, `channels:history` …"""
BASE_URL: Final = "https://slack.com/api"


@dataclass(frozen=True, kw_only=True)
class SlackOptions(WebOptions):
    """What of a workspace is read, and what of it means what.

    Attributes:
        token: the app's token (xoxb-…), unless it is let in by OAuth.
        client_id: of the app, where its tokens are rotated and `deskbook connect` lets it in.
        client_secret: of the app.
        kinds: public, private, im and mpim; when absent, public and private as far as the app's scopes allow.
        channels: names (also help-*) or ids of channels to read; all that the app is in when absent.
        not_channels: names or ids of channels to leave out.
        internal_channels: of those read, the ones that are no support: what is said there counts as internal notes.
        agents: ids, addresses or names of people who are agents.
        agent_groups: handles or ids of user groups whose members are agents.
        agent_channels: names or ids of channels whose members are agents.
        resolved_reactions: reactions to the first message of a thread that mean solved.
        taken_reactions: reactions to it by which an agent takes it.
        answered: what a thread is whose last word is an agent's.
        since: the first day to read, such as 2026-01-31; all that Slack still has when absent.
        lookback_days: how long a thread is looked at again for late replies, edits and deletions.
        people_every_hours: how often the list of people is read anew.
        page_size: messages asked for at once; found out when 0.
        requests_per_minute: of history and of replies each, as Slack allows the app; found out when 0.
        signing_secret: of the app, by which its slash command and events are told from a stranger's.
        workspace: id of the workspace (T…) whose people `everyone` of command_roles means.
        command_roles: role -> ids of people or channels (or everyone) that have it when they use the slash command.
        base_url: of Slack's web API.
    """

    token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    kinds: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    not_channels: tuple[str, ...] = ()
    internal_channels: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    agent_groups: tuple[str, ...] = ()
    agent_channels: tuple[str, ...] = ()
    resolved_reactions: tuple[str, ...] = ("white_check_mark", "heavy_check_mark")
    taken_reactions: tuple[str, ...] = ("eyes",)
    answered: Literal["pending", "solved"] = "pending"
    since: str = ""
    lookback_days: float = 14.0
    people_every_hours: float = 24.0
    page_size: int = 0
    requests_per_minute: float = 0.0
    signing_secret: str = field(default="", repr=False)
    workspace: str = ""
    command_roles: Mapping[str, Any] = field(default_factory=dict)
    base_url: str = BASE_URL

    @property
    def names_agents(self) -> bool:
        """Whether it says who the agents are."""
        return bool(self.agents or self.agent_groups or self.agent_channels)

    @property
    def oldest(self) -> str:
        """The moment before which nothing is read, as Slack writes it."""
        return (
            f"{int(datetime.fromisoformat(self.since).replace(tzinfo=UTC).timestamp())}.000000" if self.since else "0"
        )


def slack_options(entry: Entry) -> SlackOptions:
    """The options of an entry.

    Raises:
        ConfigError: a value cannot be, or there is no way to be let in; carries its field.
        UnknownName: an option or kind nobody knows.
    """
    options = web_options(SlackOptions, entry)
    for kind in options.kinds:
        if kind not in KINDS:
            with about("kinds"):
                raise UnknownName(f"kind of conversation in entry '{entry.name}'", kind, KINDS)
    if not options.token and not options.client_id:
        with about("token"):
            raise ConfigError(
                f"Entry '{entry.name}' (kind slack) has no token:, which it needs. Write token: "
                '"{env(SLACK_TOKEN)}", or client_id: and client_secret: of an app whose tokens are rotated.'
            )
    if options.page_size > 999:
        with about("page_size"):
            raise ConfigError(f"Entry '{entry.name}': page_size: wants 0 to 999, got {options.page_size}.")
    check_command_roles(options.command_roles, options.workspace, entry.name)
    try:
        _ = options.oldest
    except ValueError:
        with about("since"):
            raise ConfigError(
                f"Entry '{entry.name}': since: '{options.since}' is no day. Write one such as 2026-01-31."
            ) from None
    return options
