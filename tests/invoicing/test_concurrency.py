"""Real processes issue at the same time: neither a gap nor a double (INV-1)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from tests.installations import installation

DRAFTS, PROCESSES, SHARED = 200, 8, 8


def test_eight_processes_issue_two_hundred_drafts(tmp_path: Path) -> None:
    """Each has its share, and all of them fight for the last few."""
    with installation(tmp_path / "data") as place:
        migrated = place.manage("migrate", "--verbosity", "0")
        assert migrated.returncode == 0, migrated.stderr

        worker = [sys.executable, "-m", "tests.invoicing.issuing_worker"]
        done = subprocess.run(
            [*worker, *map(str, [DRAFTS, PROCESSES, SHARED])],
            cwd=settings.BASE_DIR,
            env=place.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)
    assert outcome["issuers"] == PROCESSES
    assert outcome["sequences"] == list(range(1, DRAFTS + 1))
    assert outcome["given"] == outcome["numbers"]
    assert outcome["last"] == [DRAFTS]
    assert (outcome["drafts"], outcome["files"]) == (0, DRAFTS)
