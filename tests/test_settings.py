"""With DEBUG off it starts only when all that matters was given."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

GIVEN = {
    "SECRET_KEY": "a-secret-for-one-test",
    "ALLOWED_HOSTS": "example.com",
    "DATABASE_URL": "sqlite:///:memory:",
}


def start(
    data_dir: Path, *, code: str = "import ownyourstory.settings", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run ``code`` with only these variables.

    Those left out are empty, so that no ``.env`` of a developer fills them in.
    """
    environment = (
        {"PATH": os.environ["PATH"], "DEBUG": "false", "DATA_DIR": str(data_dir)}
        | dict.fromkeys(GIVEN, "")
        | variables
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


MISSING = {
    "nothing given": list(GIVEN),
    "no secret": ["SECRET_KEY"],
    "no hosts": ["ALLOWED_HOSTS"],
    "no database": ["DATABASE_URL"],
    "two of three": ["SECRET_KEY", "DATABASE_URL"],
}


@pytest.mark.parametrize("missing", MISSING.values(), ids=MISSING)
def test_it_refuses_to_start_and_names_what_is_missing(
    tmp_path: Path, missing: list[str]
) -> None:
    given = {name: value for name, value in GIVEN.items() if name not in missing}

    refused = start(tmp_path, **given)

    assert refused.returncode == 1
    assert f"ImproperlyConfigured: Set {', '.join(missing)} in" in refused.stderr


def test_it_starts_with_everything_given_and_only_speaks_https(tmp_path: Path) -> None:
    code = (
        "from ownyourstory import settings as s;"
        "print(s.DEBUG, s.SECRET_KEY, s.ALLOWED_HOSTS, s.SECURE_SSL_REDIRECT,"
        " s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"
    )

    started = start(tmp_path, code=code, **GIVEN)

    said = "False a-secret-for-one-test ['example.com'] True True True"
    assert started.stdout.strip() == said, started.stderr


def test_each_variable_is_listed_with_what_it_is_for() -> None:
    base = Path(settings.BASE_DIR)
    source = (base / "ownyourstory" / "settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    listed = re.findall(r"(?m)^([A-Z_]+)=", (base / ".env.example").read_text())

    assert read - set(listed) == set()


def test_a_line_left_empty_means_the_same_as_none(tmp_path: Path) -> None:
    listed = (Path(settings.BASE_DIR) / ".env.example").read_text()
    empty = dict.fromkeys(re.findall(r"(?m)^([A-Z_]+)=", listed), "")

    started = start(tmp_path, **empty | {"DEBUG": "true", "DATA_DIR": str(tmp_path)})

    assert started.returncode == 0, started.stderr


def test_for_trying_out_nothing_has_to_be_given(tmp_path: Path) -> None:
    code = (
        "from ownyourstory import settings as s;"
        "print(s.DATABASES['default']['NAME'], bool(s.SECRET_KEY))"
    )

    started = start(tmp_path, code=code, DEBUG="true")

    assert started.stdout.strip() == f"{tmp_path / 'db.sqlite3'} True", started.stderr
