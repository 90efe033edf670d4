"""The outgoing post of a backup that was put back: nothing leaves twice. EIN-1."""

from __future__ import annotations

from ownyourstory.outbox import post

from . import databases
from .manifest import Manifest

APP = "outbox."


def hold_post(manifest: Manifest) -> int:
    """Hold what waits in the restored outbox, and return how much that is.

    A backup so old that its outbox has other columns has none that could leave yet:
    its tables come with ``manage.py migrate``, as the command says.
    """
    missing = databases.known() - set(manifest.migrations)
    if any(step.startswith(APP) for step in missing):
        return 0
    return post.hold()
