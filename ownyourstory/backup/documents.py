"""The documents and papers in a backup: all there, and each the one it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from invoicing.kept_files import kept_files
from ownyourstory import archive

from .manifest import Member


@dataclass(frozen=True, slots=True)
class Verified:
    """How many stored files were looked at, and what is wrong with which."""

    count: int
    damaged: list[str]


def verify_documents() -> Verified:
    """Read every stored file of the database from the archive, against its hash."""
    count, damaged = 0, []
    for sha256, number in kept_files():
        count += 1
        try:
            archive.read(sha256)
        except archive.Damaged as error:
            damaged.append(f"{number}: {error}")
    return Verified(count, damaged)


def stored() -> dict[str, str]:
    """Return the SHA-256 of every stored file with what it belongs to."""
    return dict(kept_files())


def lost(stored: dict[str, str], members: Iterable[Member]) -> list[str]:
    """Return the numbers of the documents that are not among ``members``, sorted."""
    present = {member.sha256 for member in members}
    return sorted(number for sha256, number in stored.items() if sha256 not in present)
