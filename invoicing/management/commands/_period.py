"""What commands for the accountant share: a period, and files that are whole or not.

What cannot be written is said in the language of the commands, not in that of the
system.
"""

from __future__ import annotations

import errno
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from invoicing.exports.period import Period
from ownyourstory.days import plausible_day

WHY = {
    errno.ENOENT: gettext_lazy("there is no such folder"),
    errno.ENOTDIR: gettext_lazy("a file stands where a folder should be"),
    errno.EEXIST: gettext_lazy("a file stands where a folder should be"),
    errno.EISDIR: gettext_lazy("a folder stands where the file should be"),
    errno.EACCES: gettext_lazy("this is not allowed there"),
    errno.EPERM: gettext_lazy("this is not allowed there"),
    errno.EROFS: gettext_lazy("this is not allowed there"),
    errno.ENOSPC: gettext_lazy("the disk is full"),
}


def add_period(parser: ArgumentParser) -> None:
    """Ask for ``--from`` and ``--to``."""
    options: dict[str, Any] = {"type": _day, "required": True, "metavar": "YYYY-MM-DD"}
    parser.add_argument("--from", dest="first", **options)
    parser.add_argument("--to", dest="until", **options)


def period_of(options: dict[str, Any]) -> Period:
    """Return the period that was asked. Raises CommandError if it ends too early."""
    try:
        return Period(options["first"], options["until"])
    except ValueError as error:
        raise CommandError(_("It ends before it starts.")) from error


def write_whole(out: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Let ``write`` fill a file that gets its name ``out`` once it is whole.

    For its owner only. Raises CommandError if it is there already, or where nothing
    can be written.
    """
    if out.exists():
        raise CommandError(_("%s is there already.") % out)
    part = out.with_name(f"{out.name}.part")
    try:
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w+b") as file:
            write(file)
        part.replace(out)
    except OSError as error:
        raise _unwritable(out, error) from error
    finally:
        with suppress(OSError):  # why it could not be written was said already
            part.unlink(missing_ok=True)


def hand_out(pieces: Iterable[bytes], *, out: Path | None, is_workbook: bool) -> str:
    """Write ``pieces`` into the file ``out``, or to the screen, and return its name.

    Raises CommandError as ``write_whole`` does, and for a workbook on the screen.
    """
    if out is not None:
        write_whole(out, lambda file: file.writelines(pieces))
        return f"{out}\n"
    if is_workbook:
        raise CommandError(_("A workbook needs a file: add --out FILE."))
    sys.stdout.buffer.writelines(pieces)
    sys.stdout.buffer.flush()
    return ""


def make_folder(folder: Path) -> None:
    """Make ``folder`` with those above it. Raises CommandError where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(path: Path, error: OSError) -> CommandError:
    why = WHY.get(error.errno or 0) or _("error %s of the system") % error.errno
    return CommandError(
        _("%(path)s cannot be written: %(why)s.") % {"path": path, "why": why}
    )


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
        plausible_day(day)
    except (ValueError, ValidationError) as error:
        raise ArgumentTypeError(_("%s is no day: type 2026-03-31.") % text) from error
    return day
