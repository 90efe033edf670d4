"""What invoices are made with: number series, VAT rates and the seller."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from factory.django import DjangoModelFactory

from invoicing.documents.document import Kind
from invoicing.models import NumberSeries, Seller, VatRate
from tests.factories import MONDAY, NumberSeriesFactory, VatRateFactory

pytestmark = pytest.mark.django_db

ROWS: dict[str, type[DjangoModelFactory[Any]]] = {
    "numberseries": NumberSeriesFactory,
    "vatrate": VatRateFactory,
}
REFUSED: list[tuple[str, str, dict[str, Any]]] = [
    ("numberseries", "numbers_sound", {"first": 0}),
    ("numberseries", "numbers_sound", {"first": 5, "last": 4}),
    ("numberseries", "kind_valid", {"kind": "receipt"}),
    ("vatrate", "percent_sound", {"percent": 0}),
    ("vatrate", "percent_sound", {"percent": 101}),
    ("vatrate", "window_ordered", {"valid_until": date(1999, 12, 31)}),
]


@pytest.mark.parametrize(
    ("model", "fact", "changes"),
    REFUSED,
    ids=[f"{model} {fact} {next(iter(changes))}" for model, fact, changes in REFUSED],
)
def test_the_database_refuses(model: str, fact: str, changes: dict[str, Any]) -> None:
    row = ROWS[model].create()

    with pytest.raises(IntegrityError, match=f"invoicing_{model}_{fact}"):
        type(row)._default_manager.filter(pk=row.pk).update(**changes)


def test_a_kind_and_year_has_one_series() -> None:
    NumberSeriesFactory.create()
    NumberSeriesFactory.create(kind=Kind.CREDIT_NOTE)

    with pytest.raises(IntegrityError, match="year"):
        NumberSeriesFactory.create()


@pytest.mark.parametrize("prefix", ["2026-", "{year}{month}", "F {year}", "<{year}>"])
def test_a_prefix_holds_the_year_and_nothing_odd(prefix: str) -> None:
    """INV-1: numbers of two years must differ."""
    with pytest.raises(ValidationError) as refused:
        NumberSeriesFactory.build(prefix=prefix).full_clean()

    assert list(refused.value.message_dict) == ["prefix"]


def test_a_series_looks_like_the_year_before_and_is_not_stored_by_looking() -> None:
    NumberSeriesFactory.create(year=2024, prefix="F{year}/", digits=6, first=50)

    planned = NumberSeries.objects.planned(kind=Kind.INVOICE, year=2026)

    assert planned.numbered(planned.next) == "F2026/000001"
    assert NumberSeries.objects.count() == 1


def test_there_is_one_seller_and_its_term_is_at_most_60_days() -> None:
    """REG-1, INV-8."""
    seller = Seller.objects.get()
    assert seller.legal_name == "ianka fleerackers CommV"
    assert (seller.trade_name, seller.vat_number) == ("Own Your Story", "BE0824677865")

    with (
        pytest.raises(IntegrityError, match="payment_term_allowed"),
        transaction.atomic(),
    ):
        Seller.objects.update(payment_term_days=61)
    with pytest.raises(IntegrityError, match="only_one"):
        Seller(pk=2, enterprise_number="0824677865").save(force_insert=True)


def test_the_seller_has_its_numbers_in_one_notation_and_a_bank_by_its_iban() -> None:
    seller = Seller.objects.get()
    seller.enterprise_number = "BE 0824.677.865"
    seller.iban = "be68 5390 0754 7034"
    seller.full_clean()

    assert (seller.enterprise_number, seller.iban) == ("0824677865", "BE68539007547034")

    seller.enterprise_number, seller.iban = "0824677866", "BE68539007547035"
    with pytest.raises(ValidationError) as refused:
        seller.full_clean()
    assert set(refused.value.message_dict) == {"enterprise_number", "iban"}


BICS = {
    "of the bank, in any notation": ("gkcc be bb", "GKCCBEBB", ""),
    "of one of its branches": ("GKCCBEBB123", "GKCCBEBB123", ""),
    "left empty": ("", "GKCCBEBB", ""),
    "of another bank": ("KREDBEBB", "", "of a bank with BIC GKCCBEBB"),
    "too short": ("GKCC", "", "of a bank with BIC GKCCBEBB"),
}


@pytest.mark.parametrize(("typed", "kept", "said"), BICS.values(), ids=BICS)
def test_the_bic_is_that_of_the_iban(
    typed: str, kept: str, said: str, english: None
) -> None:
    seller = Seller.objects.get()
    seller.iban, seller.bic = "BE71 0961 2345 6769", typed

    if said:
        with pytest.raises(ValidationError) as refused:
            seller.full_clean()
        assert list(refused.value.message_dict) == ["bic"]
        assert said in refused.value.message_dict["bic"][0]
    else:
        seller.full_clean()
        assert seller.bic == kept


@pytest.mark.parametrize("typed", ["GKCC", "1", "GKCCZZBB", "GKCC٦EBB", "GKCCBEBB12"])
def test_a_bic_of_an_unknown_bank_is_still_a_bic(typed: str, english: None) -> None:
    seller = Seller.objects.get()
    seller.iban, seller.bic = "BE68 5390 0754 7034", typed

    with pytest.raises(ValidationError) as refused:
        seller.full_clean()

    assert refused.value.message_dict == {
        "bic": ["This is not a BIC: check for a typing error."]
    }


def test_the_belgian_rates_are_there_and_21_is_proposed() -> None:
    """VAT-2."""
    rates = VatRate.objects.valid_on(MONDAY)

    assert [rate.percent for rate in rates] == [21, 12, 6]
    assert VatRate.objects.standard_on(MONDAY) == 21


def test_a_rate_has_one_row_at_a_time() -> None:
    with pytest.raises(ValidationError) as refused:
        VatRateFactory.build(percent=Decimal(21)).full_clean()

    assert list(refused.value.message_dict) == ["valid_from"]
