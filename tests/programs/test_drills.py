"""Real processes that want what is left of one cap at the same moment (SUB-7)."""

from __future__ import annotations

import json

import pytest

from tests.installations import Installation


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
