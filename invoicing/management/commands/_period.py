"""What commands for the accountant share: a period, and files that are whole or not."""

from __future__ import annotations

import os
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import IO, Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from invoicing.exports.period import Period


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
        raise CommandError(
            _("%(path)s cannot be written: %(why)s.")
            % {"path": out, "why": error.strerror}
        ) from error
    finally:
        if part.parent.is_dir():
            part.unlink(missing_ok=True)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("%s is no day: type 2026-03-31.") % text) from error
