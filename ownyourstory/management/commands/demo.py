"""``manage.py demo``: an example office to try the program out."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.models import Client
from invoicing.lifecycle import LifecycleError
from ownyourstory import demo

USERNAME, PASSWORD = "ianka", "proberen"


class Command(BaseCommand):
    help = "Put in an example office: clients, courses, enrolments and invoices."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once",
            action="store_true",
            help="only if there is no user and no client yet",
        )
        parser.add_argument(
            "--address",
            default="127.0.0.1:8000",
            metavar="HOST:PORT",
            help="the address to print at the end",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                _(
                    "Example data have no place in real books: "
                    "this only works with DEBUG on."
                )
            )
        if not (options["once"] and _is_in_use()):
            _put_in()
        self.stdout.write(
            _("The back office is at %s") % f"http://{options['address']}/"
        )
        user = User.objects.filter(username=USERNAME).first()
        if user is not None and user.check_password(PASSWORD):
            self.stdout.write(
                _("Log in as %(username)s with password %(password)s")
                % {"username": USERNAME, "password": PASSWORD}
            )


def _is_in_use() -> bool:
    """Tell whether anybody or anything is there that the example should leave alone."""
    return User.objects.exists() or Client.objects.exists()


@transaction.atomic
def _put_in() -> None:
    """Add what is missing of the example office, and somebody to log in as.

    Raises CommandError if invoices of one's own stand in the way.
    """
    try:
        demo.put_in(today=timezone.localdate())
    except LifecycleError as error:
        raise CommandError(
            _("The example invoices do not fit among those there are. %s") % error
        ) from error
    if not User.objects.filter(username=USERNAME).exists():
        User.objects.create_superuser(USERNAME, f"{USERNAME}@example.com", PASSWORD)
