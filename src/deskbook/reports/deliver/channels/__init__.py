"""Channels: one file a way of sending. Each registers what it is called in `send:` of a schedule."""

from deskbook.reports.deliver.channels.contract import Channel, Place, channel

__all__ = ["Channel", "Place", "channel"]
