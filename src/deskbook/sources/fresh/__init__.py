"""Freshdesk and Freshservice: one connector, as both speak nearly the same API."""

from deskbook.sources.fresh.source import Fresh, freshdesk, freshservice

__all__ = ["Fresh", "freshdesk", "freshservice"]
