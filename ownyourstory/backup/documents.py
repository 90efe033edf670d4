"""The issued documents in a backup: all there, and each the one that was issued."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from invoicing.models import StoredFile
from ownyourstory import archive

from .manifest import Member


@dataclass(frozen=True, slots=True)
class Verified:
    """How many stored files were looked at, and what is wrong with which."""

    count: int
    damaged: list[str]


def verify_documents() -> Verified:
    """Read every stored file of the database from the archive, against its hash."""
    files = StoredFile.objects.order_by("pk").values_list("sha256", "invoice__number")
    count, damaged = 0, []
    for sha256, number in files.iterator():
        count += 1
        try:
            archive.read(sha256)
        except archive.Damaged as error:
            damaged.append(f"{number}: {error}")
    return Verified(count, damaged)


def stored() -> dict[str, str]:
    """Return the SHA-256 of every stored file with the number of its document."""
    return dict(StoredFile.objects.values_list("sha256", "invoice__number"))


def lost(stored: dict[str, str], members: Iterable[Member]) -> list[str]:
    """Return the numbers of the documents that are not among ``members``, sorted."""
    present = {member.sha256 for member in members}
    return sorted(number for sha256, number in stored.items() if sha256 not in present)
