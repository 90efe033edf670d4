"""What a backup says about itself: plain JSON, no database.

``manifest.json`` names every other member with its size and SHA-256, the database
it came from and the steps that had shaped it. Checksums find damage; they do not
prove who made the backup.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import PureWindowsPath
from typing import Any

from cattrs import BaseValidationError, Converter
from django.utils.translation import gettext as _

from . import BackupError

FORMAT = 1
PROGRAM = "own-your-story"

_converter = Converter(forbid_extra_keys=True)
_converter.register_unstructure_hook(datetime, datetime.isoformat)
_converter.register_structure_hook(
    datetime, lambda text, _type: datetime.fromisoformat(text)
)


NOT_ONE = (ValueError, TypeError, AttributeError, BaseValidationError)
"""What reading a manifest raises over JSON of another shape."""


def _exactly(value: Any, kind: type) -> Any:
    """Return ``value``; a text is not taken for a number, nor the other way round."""
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


_converter.register_structure_hook(str, _exactly)
_converter.register_structure_hook(int, _exactly)


@dataclass(frozen=True, slots=True)
class Member:
    """One file in the backup: its name, its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Database:
    """Where the dump came from: ``sqlite`` or ``postgresql``, and its version."""

    vendor: str
    version: str
    member: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything a backup says about itself.

    ``migrations`` are those applied, as ``invoicing.0001_initial``.
    """

    program: str
    version: str
    created_at: datetime
    database: Database
    migrations: list[str]
    members: list[Member]
    format: int = FORMAT


def to_json(manifest: Manifest) -> bytes:
    """Return ``manifest`` as indented JSON, for people to read as well."""
    plain = _converter.unstructure(manifest)
    return (json.dumps(plain, indent=1, ensure_ascii=False) + "\n").encode()


def from_json(content: bytes) -> Manifest:
    """Return the manifest that ``to_json`` wrote.

    Raises BackupError if it is no such thing, is of another program or of a format
    to come, names a member twice, or names one that could land elsewhere.
    """
    try:
        plain = json.loads(content)
        if isinstance(plain, dict) and plain.get("format") != FORMAT:
            raise BackupError(
                _("The backup is of a kind this program cannot read (format %s).")
                % plain.get("format")
            )
        manifest = _converter.structure(plain, Manifest)
    except NOT_ONE as error:
        raise BackupError(_("The backup is damaged: its manifest is not one.")) from (
            error
        )
    _check(manifest)
    return manifest


def is_safe(name: str) -> bool:
    """Tell whether ``name`` stays in the folder it is unpacked in, on any system."""
    parts = name.split("/")
    return (
        not {"", ".", ".."} & set(parts)
        and not any(mark in name for mark in "\\\0")
        and not PureWindowsPath(name).drive
    )


def unknown(migrations: Collection[str], *, known: Collection[str]) -> list[str]:
    """Return the steps in ``migrations`` that this program does not know, sorted."""
    return sorted(set(migrations) - set(known))


def _check(manifest: Manifest) -> None:
    names = [member.name for member in manifest.members]
    if manifest.program != PROGRAM:
        raise BackupError(_("This is no backup of this program."))
    if len(set(names)) != len(names):
        raise BackupError(_("The backup is damaged: it names a file twice."))
    if manifest.database.member not in names:
        raise BackupError(_("The backup is damaged: it has no database."))
    for name in names:
        if not is_safe(name):
            raise BackupError(
                _("The backup has a file that could land elsewhere: %s") % ascii(name)
            )
