"""Real processes that want to bring the same thing at the same moment (EIN-1)."""

from __future__ import annotations

import json

from tests.installations import Installation


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
