"""Numbers are read in any notation a person types."""

from __future__ import annotations

import pytest

from ownyourstory.numbers import plain_number

CASES = {
    "as Belgians write it": ("1.234,50", ",", "1234.50"),
    "with its currency": ("€ 1.234,50", ",", "1234.50"),
    "with the code of its currency": ("1.234,50 EUR", ",", "1234.50"),
    "with a space for the thousands": ("1 234,5", ",", "1234.5"),
    "with a narrow non-breaking space": ("1\u202f234,5", ",", "1234.5"),
    "as a programmer writes it": ("1234.50", ",", "1234.50"),
    "as the English write it": ("1,234.50", ",", "1234.50"),
    "half with a comma": ("7,5", ",", "7.5"),
    "half with a dot": ("7.5", ",", "7.5"),
    "a thousand in Dutch": ("1.234", ",", "1234"),
    "one and a bit in English": ("1.234", ".", "1.234"),
    "one and a bit in Dutch": ("1,234", ",", "1.234"),
    "millions": ("1.234.567", ",", "1234567"),
    "below zero": ("-12,00", ",", "-12.00"),
    "a comma too many": ("12,", ",", "12"),
    "groups of a wrong length": ("1.2,3", ",", "1.2,3"),
    "one mark for both": ("1.234.50", ",", "1.234.50"),
    "no number": ("veel", ",", "veel"),
    "nothing": ("", ",", ""),
}


@pytest.mark.parametrize(("text", "mark", "expected"), CASES.values(), ids=CASES)
def test_plain_number(text: str, mark: str, expected: str) -> None:
    assert plain_number(text, decimal_mark=mark) == expected
