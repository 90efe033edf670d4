"""Rounding: one rule, half up, away from zero (VAT-1)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ownyourstory.money import percent_of, to_cents

ROUNDED = {
    "nothing to round": ("10", "10.00"),
    "below half": ("1.00499999", "1.00"),
    "exactly half": ("1.005", "1.01"),
    "half of an even cent, not banker's": ("2.225", "2.23"),
    "above half": ("1.0051", "1.01"),
    "below zero, half": ("-1.005", "-1.01"),
    "below zero, next to nothing": ("-0.004", "0.00"),
    "a float would lose this one": ("1.115", "1.12"),
}


@pytest.mark.parametrize(("amount", "cents"), ROUNDED.values(), ids=ROUNDED)
def test_to_cents_rounds_half_up(amount: str, cents: str) -> None:
    assert str(to_cents(Decimal(amount))) == cents


SHARES = {
    "21 % VAT": ("100.00", "21", "21.00"),
    "half a cent up": ("0.50", "21", "0.11"),
    "just below half a cent": ("0.02", "21", "0.00"),
    "a rate with decimals": ("33.33", "5.50", "1.83"),
    "no rate": ("99.99", "0", "0.00"),
}


@pytest.mark.parametrize(("amount", "percent", "share"), SHARES.values(), ids=SHARES)
def test_percent_of_takes_percentages_and_rounds_once(
    amount: str, percent: str, share: str
) -> None:
    assert str(percent_of(Decimal(amount), Decimal(percent))) == share
