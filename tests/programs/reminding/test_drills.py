"""Real processes that want to send the same reminders at the same moment (DOS-2)."""

from __future__ import annotations

import json
from pathlib import Path

from tests.installations import installation


def test_of_four_workers_one_sends_each(tmp_path: Path) -> None:
    with installation(tmp_path / "data") as place:
        migrated = place.manage("migrate", "--verbosity", "0")
        assert migrated.returncode == 0, migrated.stderr
        said = place.python(
            "from tests.programs.reminding import drilling; "
            "drilling.race(dossiers=6, processes=4)"
        )

    assert json.loads(said) == {
        "ends": [0] * 4,
        "reminders": 6,
        "to": [f"client{at}@example.com" for at in range(6)],
    }
