"""What the two inspections share: run, print, fail where something was found."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import ngettext

from invoicing.models import Inspection


class InspectionCommand(BaseCommand):
    def report(self, inspect: Callable[..., Inspection]) -> None:
        """Run ``inspect`` and print its findings.

        Raises CommandError, and so ends with an exit code, if there are any.
        """
        inspection = inspect(now=timezone.now())
        if not inspection.is_clean:
            raise CommandError("\n".join(inspection.findings))
        message = ngettext(
            "%s issued document, all in order.",
            "%s issued documents, all in order.",
            inspection.documents,
        )
        self.stdout.write(message % inspection.documents)
