"""``manage.py verify_archive``: exit code 0 only if all holds."""

from __future__ import annotations

from typing import Any

from invoicing.inspecting import inspect_archive

from ._inspection import InspectionCommand


class Command(InspectionCommand):
    help = "Check that every issued document is what it was when issued."

    def handle(self, *args: Any, **options: Any) -> None:
        self.report(inspect_archive)
