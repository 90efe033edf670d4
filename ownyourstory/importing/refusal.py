"""Why a file is not read at all."""

from __future__ import annotations


class Unreadable(Exception):
    """The file is no list that can be read; the message is for the owner."""
