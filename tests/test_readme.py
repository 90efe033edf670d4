"""The README tells the truth: the files and commands that it names are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
README = (ROOT / "README.md").read_text()
PATHS = sorted(set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", README)) - {"data/"})
COMMANDS = sorted(set(re.findall(r"manage\.py (\w+)", README)))


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_is_named_exists(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_named_exists(command: str) -> None:
    assert command in get_commands()
