"""The files of this installation, read and written through its storages.

In the backup each has the name of its storage before its own:
``documents/ab/ab12…``. A restore only adds files, and keeps what it has to replace.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO

from django.core.files.base import File
from django.core.files.storage import Storage, storages

from .manifest import Member
from .pack import CHUNK, Pack, Writer

STORAGES = ["documents", "default"]
SPOOL = 8 * CHUNK
"""Bytes of one file that are held in memory; larger ones wait on the disk."""

_NAMED_BY_HASH = re.compile(r"[0-9a-f]{2}/(?P<sha256>[0-9a-f]{64})")


def put_in(writer: Writer) -> list[str]:
    """Add every file to the backup and return the names of those left out.

    Left out is what is not (yet) the document that its name says: one that is just
    being written, of which no row of the dump knows, or one that was damaged.
    """
    left_out = []
    for alias in STORAGES:
        for name in _names(storages[alias]):
            with SpooledTemporaryFile(max_size=SPOOL) as copy:
                try:
                    digest = _copied(storages[alias], name, to=copy)
                except FileNotFoundError:
                    left_out.append(f"{alias}/{name}")
                    continue
                if alias == "documents" and not _fits_its_name(name, digest):
                    left_out.append(f"{alias}/{name}")
                    continue
                copy.seek(0)
                writer.add(f"{alias}/{name}", copy)
    return left_out


def has_place(member: Member) -> bool:
    """Tell whether ``member`` is a file of one of the storages."""
    alias, _, name = member.name.partition("/")
    return alias in STORAGES and bool(name)


@contextmanager
def placed(pack: Pack, *, stamp: str) -> Iterator[None]:
    """Put the files of ``pack`` in their places; put back what was there if it fails.

    A file that is there already stays. One with other content, which only a file
    that is not named by its hash can rightly have, is kept under ``stamp``.
    """
    replaced: list[tuple[Storage, str, str]] = []
    try:
        for member in pack.manifest.members:
            if has_place(member):
                _place(pack, member, stamp=stamp, replaced=replaced)
        yield
    except BaseException:
        for storage, name, kept in reversed(replaced):
            _move(storage, kept, to=name)
        raise


def _place(
    pack: Pack, member: Member, *, stamp: str, replaced: list[tuple[Storage, str, str]]
) -> None:
    alias, _, name = member.name.partition("/")
    storage = storages[alias]
    if storage.exists(name):
        if _digest(storage, name) == member.sha256:
            return
        kept = f"{stamp}/{name}"
        _move(storage, name, to=kept)
        replaced.append((storage, name, kept))
    try:
        with pack.open(member) as source:
            storage.save(name, File(source))
    except BaseException:
        storage.delete(name)  # half a file would be taken for a damaged one
        raise


def _names(storage: Storage, folder: str = "") -> Iterator[str]:
    """Return the names of all files in ``folder`` and below, sorted."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever stored
        return
    start = f"{folder}/" if folder else ""
    for name in sorted(files):
        yield start + name
    for name in sorted(folders):
        yield from _names(storage, start + name)


def _copied(storage: Storage, name: str, *, to: IO[bytes]) -> str:
    """Copy the file into ``to`` and return its SHA-256."""
    digest = hashlib.sha256()
    with storage.open(name) as file:
        for chunk in file.chunks(CHUNK):
            digest.update(chunk)
            to.write(chunk)
    return digest.hexdigest()


def _digest(storage: Storage, name: str) -> str:
    digest = hashlib.sha256()
    with storage.open(name) as file:
        for chunk in file.chunks(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _fits_its_name(name: str, digest: str) -> bool:
    found = _NAMED_BY_HASH.fullmatch(name)
    return found is None or found["sha256"] == digest


def _move(storage: Storage, name: str, *, to: str) -> None:
    """Give the file another name, in the place of what is there."""
    if storage.exists(to):
        storage.delete(to)
    with storage.open(name) as file:
        storage.save(to, file)
    storage.delete(name)
