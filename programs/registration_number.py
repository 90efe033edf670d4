"""The number of a provider's registration, as ``DV.O222378``.

Pure; REG-3 in docs/rules.md.
"""

from __future__ import annotations

import re


class ZeroForLetter(ValueError):
    """The number has a zero where the letter O belongs: the classic typing error."""


def registration_number(text: str) -> str:
    """Return ``text`` as a registration number: ``DV.O`` or ``DV.A``, 6 or 7 digits.

    Raises ZeroForLetter if a zero stands for the letter O (opleiding), and
    ValueError for any other shape (REG-3).
    """
    number = text.strip().upper()
    if re.fullmatch(r"DV\.0\d{6,7}", number):
        raise ZeroForLetter(number)
    if not re.fullmatch(r"DV\.[OA][0-9]{6,7}", number):
        raise ValueError(f"not a registration number: {text!r}")
    return number
