"""``manage.py issue 12 --on 2026-11-23``: issue a draft from the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from invoicing import lifecycle, readiness
from invoicing.models import Invoice


class Command(BaseCommand):
    help = "Issue a draft invoice, dated today or on the day given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("draft", type=int, help="the draft's id, as in its address")
        parser.add_argument("--on", type=date.fromisoformat, help="YYYY-MM-DD")
        parser.add_argument(
            "--accept-warnings",
            action="store_true",
            help="issue although there are warnings; they are kept on the invoice",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            draft = Invoice.objects.get(pk=options["draft"])
        except Invoice.DoesNotExist as error:
            raise CommandError(_("There is no draft %s.") % options["draft"]) from error
        warnings = readiness.warnings(draft) if options["accept_warnings"] else []
        try:
            invoice = lifecycle.issue(
                draft.pk,
                on=options["on"] or timezone.localdate(),
                now=timezone.localtime(),
                accepted=[warning.code for warning in warnings],
            )
        except lifecycle.NotReady as error:
            found: list[readiness.Problem | readiness.Caution] = [
                *error.problems,
                *error.warnings,
            ]
            raise CommandError(
                "\n".join(f"{item.rule}: {item}" for item in found)
            ) from error
        except lifecycle.LifecycleError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("Issued %s.") % invoice.number)
