"""The file of a backup: whole, or found out before anything of it is used."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import pytest

from ownyourstory.backup import BackupError, pack
from ownyourstory.backup.pack import CHECKSUM, MANIFEST

from .samples import DOCUMENT, DUMP, PDF, backup, contents, zipped

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return backup(tmp_path / "backup.zip")


def _check(path: Path) -> None:
    with pack.opened(path):
        pass


def test_a_sound_backup_gives_back_what_went_in(sound: Path, tmp_path: Path) -> None:
    with pack.opened(sound) as opened:
        document = opened.manifest.members[1]
        with opened.open(document) as file:
            assert file.read() == PDF
        opened.extract(DUMP, to=tmp_path / "dump")

    assert (tmp_path / "dump").read_bytes() == b"dump" * 50


def test_only_its_owner_can_read_it(sound: Path) -> None:
    assert stat.S_IMODE(sound.stat().st_mode) == 0o600


def test_the_checksum_is_one_that_ordinary_tools_read(sound: Path) -> None:
    members = contents(sound)

    said = hashlib.sha256(members[MANIFEST]).hexdigest()
    assert members[CHECKSUM].decode() == f"{said}  manifest.json\n"


def test_a_file_that_is_there_is_not_written_over(sound: Path) -> None:
    with pytest.raises(FileExistsError), pack.written(sound):
        pass


# Bytes that changed on the disk


def _start_of(path: Path, name: str) -> int:
    """Return where the packed bytes of ``name`` begin in the file."""
    with ZipFile(path) as file:
        start = file.getinfo(name).header_offset
    header = path.read_bytes()[start : start + 30]
    lengths = (header[26:28], header[28:30])
    return start + 30 + sum(int.from_bytes(each, "little") for each in lengths)


@pytest.mark.parametrize("name", [DUMP, DOCUMENT, MANIFEST, CHECKSUM])
def test_a_flipped_byte_is_found(sound: Path, name: str) -> None:
    content = bytearray(sound.read_bytes())
    content[_start_of(sound, name) + 5] ^= 0x10
    sound.write_bytes(content)

    with pytest.raises(BackupError, match="damaged"):
        _check(sound)


def test_whatever_byte_is_flipped_nothing_wrong_comes_out(sound: Path) -> None:
    whole, before = sound.read_bytes(), contents(sound)
    found = 0
    for position in range(len(whole)):
        content = bytearray(whole)
        content[position] ^= 0xFF
        sound.write_bytes(content)
        try:
            _check(sound)
        except BackupError:
            found += 1
        else:
            assert contents(sound) == before  # a date, or another note of the ZIP

    assert found > len(whole) * 0.7


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_backup_is_found(sound: Path, share: float) -> None:
    content = sound.read_bytes()
    sound.write_bytes(content[: int(len(content) * share)])

    with pytest.raises(BackupError, match="damaged"):
        _check(sound)


def test_a_backup_that_is_not_there_is_named_so(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="cannot be read"):
        _check(tmp_path / "none.zip")


# Files that were zipped anew


def _link() -> ZipInfo:
    info = ZipInfo("documents/link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def _device() -> ZipInfo:
    info = ZipInfo("documents/device")
    info.external_attr = (stat.S_IFBLK | 0o600) << 16
    return info


Change = Callable[[dict[str | ZipInfo, bytes]], object]
CHANGES: dict[str, tuple[Change, str]] = {
    "another document": (lambda m: m.update({DOCUMENT: PDF[::-1]}), "was changed"),
    "a longer document": (lambda m: m.update({DOCUMENT: PDF + b"!"}), "was changed"),
    "another dump": (lambda m: m.update({DUMP: b"pmud" * 50}), "was changed"),
    "another manifest": (
        lambda m: m.update({MANIFEST: m[MANIFEST].replace(b"0.1.0", b"0.1.1")}),
        "manifest was changed",
    ),
    "no document": (lambda m: m.pop(DOCUMENT), "is missing"),
    "no dump": (lambda m: m.pop(DUMP), "is missing"),
    "no manifest": (lambda m: m.pop(MANIFEST), "no manifest"),
    "no checksum": (lambda m: m.pop(CHECKSUM), "no manifest"),
    "one more": (lambda m: m.update({"documents/ab/more": b""}), "not its own"),
    "one outside": (lambda m: m.update({"../settings.py": b""}), "land elsewhere"),
    "one absolute": (lambda m: m.update({"/etc/cron": b""}), "land elsewhere"),
    "a folder": (lambda m: m.update({"documents/": b""}), "land elsewhere"),
    "a link": (lambda m: m.update({_link(): b"/etc/passwd"}), "no plain file"),
    "a device": (lambda m: m.update({_device(): b""}), "no plain file"),
}


@pytest.mark.parametrize(("change", "message"), CHANGES.values(), ids=CHANGES)
def test_a_backup_that_was_tampered_with_is_found(
    sound: Path, change: Change, message: str
) -> None:
    members: dict[str | ZipInfo, bytes] = dict(contents(sound).items())
    change(members)
    zipped(sound, members)

    with pytest.raises(BackupError, match=message):
        _check(sound)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_found(sound: Path) -> None:
    with ZipFile(sound, "a") as file:
        file.writestr(DOCUMENT, PDF)

    with pytest.raises(BackupError, match="a file twice"):
        _check(sound)
