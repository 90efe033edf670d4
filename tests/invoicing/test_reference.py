"""The structured communication (PAY-1)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.documents.reference import structured_communication

CASES = {
    "the first of a year": (2026, 1, "+++202/6000/00192+++"),
    "the last that fits": (2026, 999_999, "+++202/6999/99920+++"),
    "a remainder of 0 becomes 97": (2026, 6, "+++202/6000/00697+++"),
    "a remainder of 1, next to it": (2026, 7, "+++202/6000/00701+++"),
    "a remainder of 96": (2026, 5, "+++202/6000/00596+++"),
    "check digits below ten": (2026, 11, "+++202/6000/01105+++"),
}


@pytest.mark.parametrize(("year", "sequence", "text"), CASES.values(), ids=CASES)
def test_ten_digits_and_their_check_in_three_groups(
    year: int, sequence: int, text: str
) -> None:
    assert structured_communication(year=year, sequence=sequence) == text


years, sequences = st.integers(1000, 9999), st.integers(1, 999_999)


@settings(max_examples=1000)
@given(year=years, sequence=sequences)
def test_the_check_digits_always_fit(year: int, sequence: int) -> None:
    text = structured_communication(year=year, sequence=sequence)

    digits = re.sub(r"\D", "", text)
    assert int(digits[10:]) == (int(digits[:10]) % 97 or 97)


@settings(max_examples=1000)
@given(one=st.tuples(years, sequences), other=st.tuples(years, sequences))
def test_no_two_invoices_share_one(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    """Over all years: unique for ever."""
    texts = {
        structured_communication(year=year, sequence=sequence)
        for year, sequence in (one, other)
    }

    assert len(texts) == len({one, other})


def test_the_same_sequence_of_another_year_has_another() -> None:
    texts = {structured_communication(year=y, sequence=1) for y in range(2000, 2100)}

    assert len(texts) == 100


@pytest.mark.parametrize(
    ("year", "sequence"), [(2026, 0), (2026, -1), (2026, 1_000_000), (999, 1)]
)
def test_what_does_not_fit_ten_digits_is_refused(year: int, sequence: int) -> None:
    with pytest.raises(ValueError, match="no communication"):
        structured_communication(year=year, sequence=sequence)
