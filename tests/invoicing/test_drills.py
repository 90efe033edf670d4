"""Real processes at work: at the same time, and killed in the middle (INV-1, INV-3)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from tests.installations import Installation

from . import agreeing, drilling

DRAFTS, SHARED = 500, 40
KILLS, SEED = 50, 20260302


def drill(place: Installation, what: str) -> Any:
    """Run a drill and return what it printed."""
    return json.loads(
        place.python(f"from tests.invoicing import drilling; drilling.{what}")
    )


def test_eight_processes_issue_five_hundred_drafts(place: Installation) -> None:
    """INV-1: each has its share, and all of them fight for the last forty."""
    found = drill(
        place, f"issue_together({DRAFTS}, processes=8, shared={SHARED}, seed={SEED})"
    )

    assert found["ends"] == [0] * 8
    assert found["sequences"] == list(range(1, DRAFTS + 1))
    assert found["last"] == [DRAFTS]
    given = [number for numbers in found["given"] for number in numbers]
    assert sorted(given) == found["numbers"]
    assert all(found["given"])
    assert (found["issued"], found["said"], found["half"]) == (DRAFTS, {}, [])
    for command in ("check_numbering", "verify_archive"):
        inspected = place.manage(command)
        assert inspected.returncode == 0, inspected.stderr
        assert str(DRAFTS) in inspected.stdout

    # And whoever says what it came to says the same, to the cent (EXP-1, VAT-3).
    tell = f"from tests.invoicing import agreeing; agreeing.tell(seed={SEED})"
    said, entered, grids = json.loads(place.python(tell))
    columns = said.pop("columns")
    assert {kind: int(sums[0]) for kind, sums in columns.items()} == {
        "invoice": DRAFTS + agreeing.SMALL,
        "credit_note": agreeing.CREDITED,
    }
    assert said == dict.fromkeys(said, columns)
    assert {grid: sums for grid, sums in grids.items() if Decimal(sums)} == {
        grid: sums for grid, sums in entered.items() if Decimal(sums)
    }
    assert {"00", "01", "02", "03", "44", "47", "48", "49", "54", "64"} <= {*entered}


def test_a_process_killed_while_issuing_leaves_a_draft_or_an_invoice(
    place: Installation,
) -> None:
    """INV-1, INV-3: fifty times at random, then before each of its statements."""
    found = drill(place, f"kill_while_issuing(rounds={KILLS}, seed={SEED})")

    print(*found["rounds"], sep="\n")  # noqa: T201 – shown if it fails
    rounds = found["rounds"]
    at_random = [one for one in rounds if one["moment"].startswith("after")]
    by_statement = rounds[len(at_random) :]
    assert [one["killed"] for one in rounds] == [True] * len(rounds)
    assert len(at_random) == KILLS
    assert len(by_statement) > 20
    assert [one for one in rounds if one["said"] or one["half"]] == []
    # The draft that so many died over is issued in the end, and all is well.
    assert (found["last"]["end"], found["last"]["said"]) == (0, {})
    assert 1 < found["last"]["issued"] < 3 * KILLS


AT_ONCE = {
    "two want most of it": (["3", "3"], 1),
    "two want all": (["5", "5"], 1),
    "there is enough for both": (["2", "3"], 2),
    "eight want one of five": (["1"] * 8, 5),
}


def test_what_is_credited_at_once_is_never_more_than_the_line(
    place: Installation,
) -> None:
    """INV-4: each time in processes that start at the same moment."""
    wanted = [quantities for quantities, _credited in AT_ONCE.values()]

    found = drill(place, f"credit_at_once({wanted})")

    ends = {
        what: (one["ends"].count(0), one["ends"].count(drilling.REFUSED))
        for what, one in zip(AT_ONCE, found, strict=True)
    }
    assert ends == {
        what: (credited, len(quantities) - credited)
        for what, (quantities, credited) in AT_ONCE.items()
    }
    assert [one["credited"] for one in found] == [
        credited for _quantities, credited in AT_ONCE.values()
    ]
    assert [(one["said"], one["half"]) for one in found] == [({}, [])] * len(found)
