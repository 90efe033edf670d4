"""``manage.py check_numbering``: exit code 0 only if all holds."""

from __future__ import annotations

from typing import Any

from invoicing.inspecting import inspect_numbers

from ._inspection import InspectionCommand


class Command(InspectionCommand):
    help = "Check every number series for gaps, doubles and dates out of order."

    def handle(self, *args: Any, **options: Any) -> None:
        self.report(inspect_numbers)
