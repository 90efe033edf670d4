"""Real processes that want what is left of one cap at the same moment (SUB-7)."""

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


@pytest.mark.parametrize("rivals", [2, 8])
def test_who_races_for_the_last_hundred_never_takes_more(
    place: Installation, rivals: int
) -> None:
    found = json.loads(
        place.python(
            f"from tests.programs import drilling; drilling.race({rivals}, left=100)"
        )
    )

    assert found["ends"] == [0] * rivals
    assert sorted(found["estimates"]) == ["0.00"] * (rivals - 1) + ["100.00"]
    assert found["used"] == "7500.00"
