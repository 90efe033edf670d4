"""The file of an import between being looked at and being brought in.

It lies outside what the web server serves, where every worker finds it. The page holds
a signed ticket with the hash of the file and of what was shown: a file that is another
by then, or somebody else's, is not brought in.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils import timezone

SALT = "ownyourstory.importing"
KEPT = timedelta(hours=2)


class Gone(Exception):
    """The file is no longer there, or no longer the one that was looked at."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits: its bytes, and the digest of the outcome that was shown."""

    name: str
    content: bytes
    shown: str


def keep(content: bytes, *, shown: str, purpose: Mapping[str, Any]) -> str:
    """Keep ``content`` until it is confirmed, and return the ticket for it.

    ``purpose`` says who imports what into what: the ticket is good for that alone.
    """
    forget_abandoned()
    name = _storage().save(secrets.token_hex(16), ContentFile(content))
    sha256 = hashlib.sha256(content).hexdigest()
    ticket = {"name": name, "sha256": sha256, "shown": shown, "purpose": dict(purpose)}
    return signing.dumps(ticket, salt=SALT)


def fetch(ticket: str, *, purpose: Mapping[str, Any]) -> Waiting:
    """Return the file that was kept. Raises Gone if it is not that file any more."""
    try:
        told = signing.loads(ticket, salt=SALT, max_age=KEPT)
        with _storage().open(told["name"]) as file:
            content = file.read()
    except (signing.BadSignature, FileNotFoundError):
        raise Gone from None
    if told["purpose"] != dict(purpose):
        raise Gone
    if hashlib.sha256(content).hexdigest() != told["sha256"]:
        raise Gone
    return Waiting(told["name"], content, told["shown"])


def forget(waiting: Waiting) -> None:
    """Delete a file that is no longer needed."""
    _storage().delete(waiting.name)


def forget_abandoned() -> None:
    """Delete the files that nobody confirmed in time."""
    storage = _storage()
    try:
        _folders, names = storage.listdir("")
    except FileNotFoundError:
        return
    for name in names:
        try:
            age = timezone.now() - storage.get_modified_time(name)
        except FileNotFoundError:
            continue  # another worker was faster
        if age > KEPT:
            storage.delete(name)


def _storage() -> Storage:
    return storages["imports"]
