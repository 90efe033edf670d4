"""Backup and restore: one file that holds the database and the files.

``make`` and ``restore`` are the two roads; the modules beside them each know one
thing: the manifest, the file, a database, the storages.
"""

from __future__ import annotations


class BackupError(Exception):
    """The backup or restore cannot go on; the message is for the owner."""
