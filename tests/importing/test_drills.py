"""Real processes that bring in the same list at the same moment."""

from __future__ import annotations

import json

from tests.installations import Installation


def test_of_four_imports_of_one_list_one_is_done(place: Installation) -> None:
    said = place.python(
        "from tests.importing import drilling; drilling.race(processes=4)"
    )

    assert json.loads(said) == {"ends": [0, 3, 3, 3], "clients": 20, "history": 20}
