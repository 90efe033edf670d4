"""Admin pages of the clients app: layout and permissions, no rules."""

from . import client, conditions

__all__ = ["client", "conditions"]
