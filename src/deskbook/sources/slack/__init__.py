"""Slack: channels and direct messages in which people ask for support; each thread is a ticket.

`options` says what an entry may say, `api` how Slack is asked, `pulling` in which order, `rows` what becomes of it.
"""

from deskbook.sources.slack.options import SlackOptions, slack_options
from deskbook.sources.slack.source import Slack

__all__ = ["Slack", "SlackOptions", "slack_options"]
