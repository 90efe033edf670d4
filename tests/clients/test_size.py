"""The size of an enterprise (ELI-2, SUB-1), against the limits that are stored."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clients.models import Conditions
from clients.size import Ceiling, Size, SizeLimits, enterprise_size
from tests.factories import MONDAY, SmallClientFactory

MILLION = Decimal(1_000_000)
LIMITS = SizeLimits(
    small=Ceiling(Decimal(50), 10 * MILLION, 10 * MILLION),
    medium=Ceiling(Decimal(250), 50 * MILLION, 43 * MILLION),
)

STAFF = {
    "nobody": ("0", Size.SMALL),
    "just small": ("49.99", Size.SMALL),
    "just medium": ("50", Size.MEDIUM),
    "last medium": ("249.99", Size.MEDIUM),
    "just large": ("250", Size.LARGE),
}


@pytest.mark.parametrize(("fte", "size"), STAFF.values(), ids=STAFF)
def test_the_staff_decides_where_only_the_staff_is_known(fte: str, size: Size) -> None:
    found = enterprise_size(
        fte=Decimal(fte), turnover=None, balance=None, limits=LIMITS
    )

    assert found is size


AMOUNTS = {
    "both at their limit": ("10", "10", Size.SMALL),
    "turnover over, balance within": ("10.01", "10", Size.SMALL),
    "balance over, turnover within": ("10", "10.01", Size.SMALL),
    "both over": ("10.01", "10.01", Size.MEDIUM),
    "turnover over, balance unknown": ("10.01", None, Size.SMALL),
    "both at the limit of medium": ("50", "43", Size.MEDIUM),
    "balance at the limit, turnover over": ("50.01", "43", Size.MEDIUM),
    "both over medium": ("50.01", "43.01", Size.LARGE),
}


@pytest.mark.parametrize(("turnover", "balance", "size"), AMOUNTS.values(), ids=AMOUNTS)
def test_one_amount_within_its_limit_is_enough(
    turnover: str, balance: str | None, size: Size
) -> None:
    found = enterprise_size(
        fte=Decimal(12),
        turnover=Decimal(turnover) * MILLION,
        balance=None if balance is None else Decimal(balance) * MILLION,
        limits=LIMITS,
    )

    assert found is size


def test_without_staff_nothing_can_be_said() -> None:
    found = enterprise_size(
        fte=None, turnover=Decimal(1), balance=Decimal(1), limits=LIMITS
    )

    assert found is Size.UNKNOWN


@pytest.mark.django_db
def test_the_stored_conditions_hold_these_limits() -> None:
    conditions = Conditions.objects.on(MONDAY)

    assert conditions is not None
    assert conditions.sizes == LIMITS
    assert conditions.public_share_limit == Decimal(25)


@pytest.mark.django_db
def test_a_client_has_the_size_of_its_figures() -> None:
    client = SmallClientFactory.create(
        fte=Decimal(60), turnover=60 * MILLION, balance_total=44 * MILLION
    )

    assert client.size(LIMITS) is Size.LARGE
