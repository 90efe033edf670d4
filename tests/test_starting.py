"""Starting costs little: what is large is loaded when it is first needed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings

LARGE = ["saxonche", "facturx", "e_invoice_api", "httpx", "weasyprint"]
"""Half a second and 200 MB for the rules alone, and more for what sends and prints."""

CHECK = """
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "check"])
"""
SERVE = """
import ownyourstory.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
"""
SAY = """
import sys
from invoicing.einvoice.rules import schema
loaded = [name for name in {large!r} if name in sys.modules]
print("loaded:", *loaded, schema._schema.cache_info().currsize)
"""


@pytest.mark.parametrize("start", [CHECK, SERVE], ids=["check", "serve"])
def test_nothing_large_is_loaded_at_the_start(start: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", start + SAY.format(large=LARGE)],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "ownyourstory.settings"},
    )

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == "loaded: 0"
