"""What was written is on the disk, also if the power fails the next moment."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def settle(path: Path) -> None:
    """Wait until the file at ``path`` and its name are on the disk."""
    _sync(path)
    with suppress(OSError):  # network disks cannot do it for folders
        _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
