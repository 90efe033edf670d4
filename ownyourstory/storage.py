"""A folder that keeps what it was given, also if the power fails the next moment."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage

from .disk import settle


class DurableFileSystemStorage(FileSystemStorage):
    """Django's folder storage that waits until a new file is on the disk.

    A row that points to a file commits only after the file was saved: without the
    wait a power cut could keep the row and lose the file (INV-3).
    """

    def save(
        self, name: str | None, content: IO[Any], max_length: int | None = None
    ) -> str:
        """Store ``content`` and return its name once it is on the disk."""
        saved = super().save(name, content, max_length)
        settle(Path(self.path(saved)))
        return saved
