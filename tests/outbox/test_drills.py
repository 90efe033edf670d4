"""Real processes that want to bring the same thing at the same moment (EIN-1)."""

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


def test_of_four_workers_one_brings_it(place: Installation) -> None:
    said = place.python(
        "from tests.outbox import drilling; drilling.race("
        f"dispatches=25, processes=4, folder={str(place.data_dir)!r})"
    )

    assert json.loads(said) == {
        "ends": [0] * 4,
        "calls": sorted(f"test:{at}" for at in range(25)),
        "states": ["delivered"],
        "attempts": 25,
    }
