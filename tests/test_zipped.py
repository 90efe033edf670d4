"""A ZIP that is made while it is read."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import pytest

from ownyourstory.zipped import zipped

AT = datetime(2026, 3, 12, 10, 30)  # noqa: DTZ001 – a ZIP knows no zones
A_MEGABYTE = 1_000_000


def test_what_went_in_comes_out() -> None:
    members = {"a/één.txt": b"hello " * 100, "b.pdf": b"%PDF", "empty.csv": b""}

    content = b"".join(zipped(members.items(), at=AT))

    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == members
        assert archive.infolist()[0].date_time == (2026, 3, 12, 10, 30, 0)
        assert archive.infolist()[0].compress_size < 600


def test_nothing_is_read_before_it_is_asked_for() -> None:
    asked = []

    def members() -> Iterator[tuple[str, bytes]]:
        for number in range(3):
            asked.append(number)
            yield f"{number}.txt", b"x"

    stream = zipped(members(), at=AT)
    assert asked == []
    next(stream)
    assert asked == [0]


def test_memory_does_not_grow_with_what_is_in_it() -> None:
    def members(count: int) -> Iterator[tuple[str, bytes]]:
        for number in range(count):
            yield f"{number}.pdf", bytes([number]) * A_MEGABYTE

    tracemalloc.start()
    size = sum(len(part) for part in zipped(members(60), at=AT))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert size > 60 * A_MEGABYTE
    assert most < 8 * A_MEGABYTE


def test_one_that_was_broken_off_does_not_open() -> None:
    def members() -> Iterator[tuple[str, bytes]]:
        yield "a.txt", b"x"
        raise OSError("the disk is gone")

    parts: list[bytes] = []
    with pytest.raises(OSError, match="gone"):
        parts.extend(zipped(members(), at=AT))

    with pytest.raises(BadZipFile):
        ZipFile(BytesIO(b"".join(parts)))
