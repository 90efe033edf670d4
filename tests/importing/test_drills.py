"""Real processes that bring in the same list at the same moment."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installations import Installation, installation


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Installation]:
    """An installation with its tables, and nothing in them."""
    with installation(tmp_path / "data") as made:
        migrated = made.manage("migrate", "--verbosity", "0")
        assert migrated.returncode == 0, migrated.stderr
        yield made


def test_of_four_imports_of_one_list_one_is_done(place: Installation) -> None:
    said = place.python(
        "from tests.importing import drilling; drilling.race(processes=4)"
    )

    assert json.loads(said) == {"ends": [0, 3, 3, 3], "clients": 20, "history": 20}
