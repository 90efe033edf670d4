"""A ZIP made while it is read: one file at a time is in memory, never the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

PACKED = (".pdf", ".png", ".jpg", ".zip")
"""What is small already, and gains nothing."""


class _Sink:
    """Takes what ``ZipFile`` writes; it cannot be sought in, so nothing is mended."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Do nothing: what was written is taken out by ``taken``."""

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def zipped(
    members: Iterable[tuple[str, bytes | Iterable[bytes]]], *, at: datetime
) -> Iterator[bytes]:
    """Yield the bytes of a ZIP of ``members``, each a path and its content.

    Content that is large comes in pieces, none of which is kept. ``at`` is when each
    file says that it was made. A ZIP that was broken off lacks its table of contents:
    nobody takes half of it for the whole.
    """
    sink = _Sink()
    with ZipFile(sink, "w") as archive:  # type: ignore[call-overload]
        for path, content in members:
            info = ZipInfo(path, date_time=at.timetuple()[:6])
            info.external_attr = 0o600 << 16
            info.compress_type = ZIP_STORED if path.endswith(PACKED) else ZIP_DEFLATED
            with archive.open(info, "w") as member:
                for piece in [content] if isinstance(content, bytes) else content:
                    member.write(piece)
                    if part := sink.taken():
                        yield part
            yield sink.taken()
    yield sink.taken()
