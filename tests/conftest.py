"""What every test may rely on: files of its own, and Dutch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from invoicing import lifecycle
from tests.installations import Installation, installation

# A busy machine is no failure: properties are about values, not about time.
hypothesis_settings.register_profile("project", deadline=None)
hypothesis_settings.load_profile("project")


def pytest_configure(config: pytest.Config) -> None:
    """Let WeasyPrint leave its colour profile open; all other warnings are errors."""
    config.addinivalue_line(
        "filterwarnings", r"ignore:unclosed file .*sRGB2014\.icc:ResourceWarning"
    )


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path) -> Iterator[None]:
    """Keep documents and uploads in a folder of the test; leave out what is slow."""
    storages: dict[str, Any] = dict(settings.STORAGES)
    folders = {"default": "uploads", "documents": "documents", "imports": "imports"}
    for name, folder in folders.items():
        options = storages[name]["OPTIONS"] | {"location": tmp_path / folder}
        storages[name] = storages[name] | {"OPTIONS": options}
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(
        STORAGES=storages, PASSWORD_HASHERS=hashers, WHITENOISE_AUTOREFRESH=True
    ):
        yield


@pytest.fixture(autouse=True)
def _dutch() -> Iterator[None]:
    """Start in the language of the project, whatever the test before left behind."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def english() -> Iterator[None]:
    """Speak English, so that a test can read the messages as they are written."""
    with translation.override("en"):
        yield


@pytest.fixture
def quick_press(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print nothing at issue: for tests about something else than paper."""
    monkeypatch.setattr(lifecycle, "render_pdf", Mock(return_value=b"%PDF"))


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Return an installation with its tables and nothing in them, to copy."""
    with installation(tmp_path_factory.mktemp("migrated") / "data") as made:
        done = made.manage("migrate", "--verbosity", "0")
        assert done.returncode == 0, done.stderr
        yield made


@pytest.fixture
def place(migrated: Installation, tmp_path: Path) -> Iterator[Installation]:
    """Return an installation of the test's own, with its tables, for processes."""
    with installation(tmp_path / "data", like=migrated) as made:
        yield made


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Return the folder in which the archive of this test lies."""
    return tmp_path / "documents"
