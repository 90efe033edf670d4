"""``manage.py validate_ubl FILE…``: hold any UBL file to the rules of e-invoices."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from invoicing.einvoice.rules.finding import Finding
from invoicing.einvoice.rules.gate import check
from invoicing.einvoice.rules.reader import Unreadable
from invoicing.einvoice.rules.wording import refusal_in_words

FINE, BROKEN, REFUSED = 0, 1, 2


class Command(BaseCommand):
    help = (
        "Checks UBL invoices and credit notes: schema, EN 16931 and Peppol. "
        "Exit code 0: no rule is broken; 1: one is; 2: a file was not read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="A file, or - for standard input."
        )
        parser.add_argument(
            "--peppol",
            action="store_true",
            default=None,
            dest="for_peppol",
            help="Hold it to the rules of Peppol; else only if it says so itself.",
        )
        parser.add_argument("--no-peppol", action="store_false", dest="for_peppol")

    def handle(self, **options: Any) -> None:
        worst = max(
            self._check(name, for_peppol=options["for_peppol"])
            for name in options["files"]
        )
        if worst:
            sys.exit(worst)

    def _check(self, name: str, *, for_peppol: bool | None) -> int:
        """Say what is wrong with one file, and return its exit code."""
        try:
            report = check(
                _bytes_of(name),
                for_peppol=for_peppol,
                rules_dir=settings.EINVOICE_RULES_DIR,
                max_bytes=settings.EINVOICE_MAX_BYTES,
            )
        except Unreadable as error:
            return self._refuse(name, refusal_in_words(error))
        except OSError as error:
            return self._refuse(name, error.strerror or str(error))
        for finding in report.findings:
            self.stdout.write(_line(name, finding))
        sets = ", ".join(
            f"{one['name']} {one['version']}".strip() for one in report.rule_sets
        )
        if report.passes:
            text = _("%(file)s: no rule is broken (%(sets)s)")
        else:
            text = _("%(file)s: not valid (%(sets)s)")
        self.stdout.write(text % {"file": name, "sets": sets})
        return FINE if report.passes else BROKEN

    def _refuse(self, name: str, why: str) -> int:
        self.stderr.write(f"{name}: {why}")
        return REFUSED


def _bytes_of(name: str) -> bytes:
    """Return what is in a file: at most what may be checked and a byte more."""
    most = settings.EINVOICE_MAX_BYTES + 1
    if name == "-":
        return sys.stdin.buffer.read(most)
    with Path(name).open("rb") as file:
        return file.read(most)


def _line(name: str, finding: Finding) -> str:
    where = f":{finding.line}" if finding.line else ""
    place = f" ({finding.location})" if finding.location else ""
    return f"{name}{where}: {finding.severity} {finding.rule}: {finding.text}{place}"
