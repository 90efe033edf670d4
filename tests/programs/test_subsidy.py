"""What the scheme pays: tables for SUB-1, SUB-2 and SUB-5, and what always holds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs.subsidy import Subsidy, estimate

D = Decimal
CAP = D(7500)

CASES = {
    "small": ("1000", "30", "0", "300.00"),
    "medium": ("1000", "20", "0", "200.00"),
    "small, cybersecurity": ("1000", "45", "0", "450.00"),
    "half a cent is rounded up": ("100.05", "30", "0", "30.02"),
    "below half a cent is not": ("100.01", "30", "0", "30.00"),
    "the cap is reached exactly": ("25000", "30", "0", "7500.00"),
    "a cent below the cap": ("24999.97", "30", "0", "7499.99"),
    "a cent above the cap": ("25000.03", "30", "0", "7500"),
    "what is left of the year": ("10000", "30", "5000", "2500"),
    "what is left fits exactly": ("10000", "30", "4500", "3000.00"),
    "a cent too little is left": ("10000", "30", "4500.01", "2999.99"),
    "nothing is left": ("10000", "30", "7500", "0"),
    "more was used than there is": ("10000", "30", "8000", "0"),
    "the least that a training costs": ("100.00", "30", "0", "30.00"),
    "a cent less": ("99.99", "30", "0", "0"),
    "nothing at all": ("0", "30", "0", "0"),
}


@pytest.mark.parametrize(("base", "rate", "used", "subsidy"), CASES.values(), ids=CASES)
def test_estimate(base: str, rate: str, used: str, subsidy: str) -> None:
    """SUB-1, SUB-2, SUB-5."""
    found = estimate(D(base), rate=D(rate), cap=CAP, minimum=D(100), used=D(used))

    assert found == Subsidy(base=D(base), rate=D(rate), subsidy=D(subsidy))


def test_own_contribution_is_the_rest() -> None:
    """SUB-2: not worked out anew, so that the two add up."""
    assert estimate(D("100.05"), rate=D(30), cap=CAP).own_contribution == D("70.03")


NEGATIVE = ["base", "rate", "cap", "minimum", "used"]


@pytest.mark.parametrize("name", NEGATIVE)
def test_nothing_can_be_negative(name: str) -> None:
    amounts = dict.fromkeys(NEGATIVE, D(1)) | {name: D("-0.01")}

    with pytest.raises(ValueError, match="negative"):
        estimate(amounts.pop("base"), **amounts)


euros = st.decimals(0, 1_000_000, places=2)
percentages = st.decimals(0, 100, places=2)


@settings(max_examples=1000)
@given(base=euros, rate=percentages, cap=euros, minimum=euros, used=euros)
def test_it_adds_up_and_stays_below_the_cap(
    base: Decimal, rate: Decimal, cap: Decimal, minimum: Decimal, used: Decimal
) -> None:
    """SUB-1, SUB-2: whatever the amounts."""
    found = estimate(base, rate=rate, cap=cap, minimum=minimum, used=used)

    assert found.subsidy + found.own_contribution == base
    assert 0 <= found.subsidy <= max(cap - used, D(0))
    assert found.own_contribution >= 0
    assert found.subsidy == round(found.subsidy, 2)
