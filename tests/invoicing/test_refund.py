"""Who gets what back when a wallet invoice is credited: a proposal (INV-4)."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.documents.refund import Refund, refund

D = Decimal


class Given(NamedTuple):
    """Credited via the wallet and directly, due and paid by the wallet, its rate."""

    wallet: str
    direct: str
    due: str
    paid: str
    rate: str = "30"


class Back(NamedTuple):
    direct: str
    still_due: str
    own: str
    subsidy: str


CASES = {
    "all of it, nothing paid: nobody gets money from the wallet part": (
        Given("600.00", "126.00", due="600.00", paid="0.00"),
        Back("126.00", still_due="0.00", own="0.00", subsidy="0.00"),
    ),
    "all of it, all paid: the agency gets its 30 %": (
        Given("600.00", "126.00", due="600.00", paid="600.00"),
        Back("126.00", still_due="0.00", own="420.00", subsidy="180.00"),
    ),
    "all of it, the own contribution paid: it goes back by the same share": (
        Given("600.00", "126.00", due="600.00", paid="420.00"),
        Back("126.00", still_due="0.00", own="294.00", subsidy="126.00"),
    ),
    "half of it, nothing paid: half stays due": (
        Given("300.00", "63.00", due="600.00", paid="0.00"),
        Back("63.00", still_due="300.00", own="0.00", subsidy="0.00"),
    ),
    "half of it, a part paid that is less than what stays": (
        Given("300.00", "63.00", due="600.00", paid="100.00"),
        Back("63.00", still_due="200.00", own="0.00", subsidy="0.00"),
    ),
    "half of it, paid exactly what stays": (
        Given("300.00", "63.00", due="600.00", paid="300.00"),
        Back("63.00", still_due="0.00", own="0.00", subsidy="0.00"),
    ),
    "half of it, all paid: only the half goes back": (
        Given("300.00", "63.00", due="600.00", paid="600.00"),
        Back("63.00", still_due="0.00", own="210.00", subsidy="90.00"),
    ),
    "only the lunch: the wallet part stays as it is": (
        Given("0.00", "26.62", due="600.00", paid="600.00"),
        Back("26.62", still_due="0.00", own="0.00", subsidy="0.00"),
    ),
    "a medium enterprise: 20 %": (
        Given("600.00", "126.00", due="600.00", paid="600.00", rate="20"),
        Back("126.00", still_due="0.00", own="480.00", subsidy="120.00"),
    ),
    "no subsidy: all of it was the client's own": (
        Given("600.00", "126.00", due="600.00", paid="600.00", rate="0"),
        Back("126.00", still_due="0.00", own="600.00", subsidy="0.00"),
    ),
    "half a cent of subsidy is rounded up, the own part takes the rest": (
        Given("0.05", "0.01", due="0.05", paid="0.05"),
        Back("0.01", still_due="0.00", own="0.03", subsidy="0.02"),
    ),
}


@pytest.mark.parametrize(("case", "back"), CASES.values(), ids=CASES)
def test_the_proposal_says_who_gets_what_back(case: Given, back: Back) -> None:
    found = refund(
        credited_wallet=D(case.wallet),
        credited_direct=D(case.direct),
        wallet_due=D(case.due),
        wallet_paid=D(case.paid),
        subsidy_rate=D(case.rate),
    )

    assert found == Refund(*map(D, back))


euros = st.decimals("0.00", "9999.99", places=2)


@settings(max_examples=1000)
@given(due=euros, part=euros, paid=euros, rate=st.decimals(0, 45, places=4))
def test_no_cent_is_lost_between_wallet_client_and_agency(
    due: Decimal, part: Decimal, paid: Decimal, rate: Decimal
) -> None:
    credited = min(due, part)

    found = refund(
        credited_wallet=credited,
        credited_direct=D("1.00"),
        wallet_due=due,
        wallet_paid=paid,
        subsidy_rate=rate,
    )

    back = found.own + found.subsidy
    assert paid - back + found.still_due == due - credited
    assert min(found.own, found.subsidy, found.still_due) >= 0
    assert not (back and found.still_due)
