"""What ``manage.py run_due`` does for the program as a whole."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

KEPT = timedelta(days=14)


def forget_done_tasks() -> None:
    """Delete what the worker has done or failed to do and nobody asks about any more.

    What became of a dispatch stands in its attempts.
    """
    done = DBTaskResult.objects.finished()
    done.filter(finished_at__lt=timezone.now() - KEPT).delete()
