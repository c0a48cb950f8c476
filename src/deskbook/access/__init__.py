"""Who asks, and what they may do. Decides and describes; what is done with it is kept by others."""

from deskbook.access.actor import EVERYONE, LOCAL, ROLES, Actor

__all__ = ["EVERYONE", "LOCAL", "ROLES", "Actor"]
