"""The archive: bytes that are kept, each file named by its SHA-256.

Issued documents, and the papers and signatures of a dossier. A file is written before
the transaction of its row commits, so that a row never points to nothing; what a
failed one leaves behind is harmless. INV-3 and DOS-9 in docs/rules.md.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from django.core.files.base import File
from django.core.files.storage import Storage, storages

logger = logging.getLogger(__name__)


class Damaged(Exception):
    """The stored bytes are missing, or no longer those that were stored."""


def store(content: bytes) -> str:
    """Keep ``content`` and return its SHA-256 in hexadecimal; twice is once."""
    digest = hashlib.sha256(content).hexdigest()
    try:
        _read(digest)
    except Damaged:
        # Missing, or half written by a process that died: a name is free again.
        _storage().delete(_path(digest))
        _storage().save(_path(digest), File(BytesIO(content)))
    return digest


def read(sha256: str) -> bytes:
    """Return the bytes stored under ``sha256``, checked against their name.

    Raises Damaged, and logs it, if they are missing or changed: they are never made
    anew.
    """
    try:
        return _read(sha256)
    except Damaged as damaged:
        logger.error("Archive: %s", damaged)  # noqa: TRY400
        raise


def _read(sha256: str) -> bytes:
    try:
        with _storage().open(_path(sha256)) as file:
            content: bytes = file.read()
    except FileNotFoundError as error:
        raise Damaged(f"{sha256} is missing from the archive") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Damaged(f"{sha256} was changed in the archive")
    return content


def older_than(moment: datetime) -> Iterator[str]:
    """Yield the names of the files written before ``moment``, an aware instant."""
    storage = _storage()
    try:
        folders = storage.listdir("")[0]
    except FileNotFoundError:  # nothing was ever stored
        return
    for folder in folders:
        for name in storage.listdir(folder)[1]:
            if storage.get_modified_time(f"{folder}/{name}") < moment:
                yield name


def discard(sha256: str) -> None:
    """Delete a file that no row points to: what a failed issue left behind."""
    _storage().delete(_path(sha256))


def _storage() -> Storage:
    return storages["documents"]


def _path(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"
