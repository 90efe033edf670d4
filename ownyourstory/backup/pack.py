"""The file of a backup: a ZIP, written and read piece by piece.

A ZIP because its manifest can be read before anything else, its limits are known
before a byte is unpacked, and every computer opens one, in seven years too. What is
kept of each file in memory is its name.
"""

from __future__ import annotations

import hashlib
import shutil
import stat
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from . import BackupError
from .manifest import Manifest, Member, from_json, is_safe, to_json

MANIFEST, CHECKSUM = "manifest.json", "manifest.json.sha256"
MANIFEST_LIMIT = 100_000_000
"""Bytes of manifest that are read at most: enough for half a million files."""

CHUNK = 1 << 20
UNREADABLE = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,  # a way of packing that Python does not know
    OSError,  # an offset outside the file
    OverflowError,
    RuntimeError,  # encrypted
    ValueError,
)
"""What ``zipfile`` raises over a file in which a byte was changed."""


class Writer:
    """A backup being written; ``finish`` makes it whole."""

    def __init__(self, file: ZipFile) -> None:
        self._file = file
        self.members: list[Member] = []

    def add(self, name: str, source: IO[bytes]) -> Member:
        """Put what ``source`` holds into the backup as ``name``."""
        digest, size = hashlib.sha256(), 0
        with self._file.open(_info(name), "w", force_zip64=True) as target:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        member = Member(name=name, size=size, sha256=digest.hexdigest())
        self.members.append(member)
        return member

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest, and its checksum as ``sha256sum`` reads it."""
        content = to_json(manifest)
        checksum = f"{hashlib.sha256(content).hexdigest()}  {MANIFEST}\n"
        self._file.writestr(_info(MANIFEST), content)
        self._file.writestr(_info(CHECKSUM), checksum)


@dataclass(frozen=True, slots=True)
class Pack:
    """A backup that was read to its end and found whole."""

    manifest: Manifest
    _file: ZipFile

    def open(self, member: Member) -> IO[bytes]:
        """Return ``member`` for reading."""
        return self._file.open(member.name)

    def extract(self, name: str, *, to: Path) -> None:
        """Write member ``name`` into the new file ``to``."""
        with self._file.open(name) as source, to.open("xb") as target:
            shutil.copyfileobj(source, target, CHUNK)


@contextmanager
def written(path: Path) -> Iterator[Writer]:
    """The backup at ``path``, a new file that only its owner can read."""
    path.touch(mode=0o600, exist_ok=False)
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        yield Writer(file)


@contextmanager
def opened(path: Path) -> Iterator[Pack]:
    """The backup at ``path``, after every byte of it was checked.

    Raises BackupError if anything in it is missing, changed, too much, or could
    land outside the folder it is unpacked in.
    """
    try:
        source = path.open("rb")
    except OSError as error:
        raise BackupError(
            _("The backup cannot be read: %s") % error.strerror
        ) from error
    with source:
        pack = _checked(source)
        yield pack


def _checked(source: IO[bytes]) -> Pack:
    try:
        file = ZipFile(source)
        _check_entries(file.infolist())
        manifest = from_json(_manifest(file))
        _check_members(file, manifest)
    except UNREADABLE as error:
        raise BackupError(
            _("The backup is damaged: it cannot be read to its end.")
        ) from error
    return Pack(manifest, file)


def _check_entries(entries: list[ZipInfo]) -> None:
    """Refuse what is no plain file with a name of its own, in its own place."""
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise BackupError(_("The backup is damaged: it names a file twice."))
    for entry in entries:
        if not is_safe(entry.filename) or entry.orig_filename != entry.filename:
            raise BackupError(
                _("The backup has a file that could land elsewhere: %s")
                % ascii(entry.orig_filename)
            )
        if stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG}:
            raise BackupError(
                _("The backup has something that is no plain file: %s")
                % ascii(entry.filename)
            )


def _manifest(file: ZipFile) -> bytes:
    """Return the manifest, which its checksum fits."""
    names = set(file.namelist())
    if not {MANIFEST, CHECKSUM} <= names:
        raise BackupError(_("The backup is damaged: it has no manifest."))
    if file.getinfo(MANIFEST).file_size > MANIFEST_LIMIT:
        raise BackupError(_("The backup is damaged: its manifest is not one."))
    content = file.read(MANIFEST)
    with file.open(CHECKSUM) as checksum:
        said = checksum.read(hashlib.sha256().digest_size * 2)
    if said != hashlib.sha256(content).hexdigest().encode():
        raise BackupError(_("The backup is damaged: its manifest was changed."))
    return content


def _check_members(file: ZipFile, manifest: Manifest) -> None:
    """Refuse files that are not those of the manifest, bit by bit."""
    expected = {member.name for member in manifest.members}
    present = set(file.namelist()) - {MANIFEST, CHECKSUM}
    if missing := sorted(expected - present):
        raise BackupError(_("The backup is damaged: %s is missing.") % missing[0])
    if extra := sorted(present - expected):
        raise BackupError(_("The backup is damaged: %s is not its own.") % extra[0])
    for member in manifest.members:
        if not _is_whole(file, member):
            raise BackupError(_("The backup is damaged: %s was changed.") % member.name)


def _is_whole(file: ZipFile, member: Member) -> bool:
    """Tell whether ``member`` is what the manifest says; at most its size is read."""
    info = file.getinfo(member.name)
    if info.file_size != member.size:
        return False
    digest = hashlib.sha256()
    with file.open(info) as source:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest() == member.sha256


def _info(name: str) -> ZipInfo:
    """Return the entry of a file that only its owner may read, once unpacked."""
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = (stat.S_IFREG | 0o600) << 16
    return info
