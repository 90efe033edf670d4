"""The number that the agency gives an application.

Pure; DOS-7 in docs/rules.md.
"""

from __future__ import annotations

import re

USUAL = re.compile(r"20\d{2}KMO\d{6}", re.ASCII)


def tidy(number: str) -> str:
    """Return ``number`` as it is kept: trimmed, in capitals."""
    return number.strip().upper()


def looks_usual(number: str) -> bool:
    """Tell whether a tidy number has the usual shape: another one is no error."""
    return USUAL.fullmatch(number) is not None
