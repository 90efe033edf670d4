"""Real processes that want to send the same reminders at the same moment (DOS-2)."""

from __future__ import annotations

import json

from tests.installations import Installation


def test_of_four_workers_one_sends_each(place: Installation) -> None:
    said = place.python(
        "from tests.programs.reminding import drilling; "
        "drilling.race(dossiers=6, processes=4)"
    )

    assert json.loads(said) == {
        "ends": [0] * 4,
        "reminders": 6,
        "to": [f"client{at}@example.com" for at in range(6)],
    }
