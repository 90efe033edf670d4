"""``manage.py run_due``: do what is due now; for cron, every five minutes or so."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do what is due now: the jobs that DUE_JOBS in the settings names."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = [path for path in settings.DUE_JOBS if not _done(path)]
        if failed:
            raise CommandError(_("Not done: %s") % ", ".join(failed))


def _done(path: str) -> bool:
    """Do a job and tell whether it worked; what went wrong is logged."""
    try:
        import_string(path)()
    except Exception:
        logger.exception("Due: %s failed", path)
        return False
    return True
