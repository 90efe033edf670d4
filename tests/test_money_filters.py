from __future__ import annotations

from decimal import Decimal

import pytest
from django.template import engines
from django.utils import translation

from ownyourstory.templatetags.money import (
    amount,
    eur,
    eur_short,
    percent,
    quantity,
    unit_price,
)

NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"

EUROS = {
    "Dutch": ("nl", "1234.50", f"€{NBSP}1.234,50"),
    "Dutch, below zero": ("nl", "-7.5", f"€{NBSP}-7,50"),
    "French": ("fr", "1234.50", f"1{NARROW}234,50{NBSP}€"),
    "English": ("en", "1234.50", "€1,234.50"),
    "English, below zero": ("en", "-7.5", "-€7.50"),
    "another language reads as English": ("de", "1234.50", "€1,234.50"),
    "a regional variant follows its language": ("fr-be", "3", f"3,00{NBSP}€"),
    "half a cent goes up": ("en", "0.125", "€0.13"),
    "zero": ("nl", "0", f"€{NBSP}0,00"),
}


@pytest.mark.parametrize(("language", "value", "text"), EUROS.values(), ids=EUROS)
def test_an_amount_in_euro(language: str, value: str, text: str) -> None:
    with translation.override(language):
        assert eur(Decimal(value)) == text


SHORT = {
    "Dutch": ("nl", "12000", f"€{NBSP}12K"),
    "Dutch, with a decimal": ("nl", "2500", f"€{NBSP}2,5K"),
    "Dutch, millions": ("nl", "1500000", f"€{NBSP}1,5{NBSP}mln."),
    "French": ("fr", "12000", f"12{NBSP}k{NBSP}€"),
    "English": ("en", "12000", "€12K"),
    "below zero": ("en", "-2000", "-€2K"),
    "hundreds": ("en", "500", "€500"),
    "zero": ("nl", "0", f"€{NBSP}0"),
}


@pytest.mark.parametrize(("language", "value", "text"), SHORT.values(), ids=SHORT)
def test_a_round_amount_beside_a_chart(language: str, value: str, text: str) -> None:
    with translation.override(language):
        assert eur_short(Decimal(value)) == text


AMOUNTS = {
    "Dutch": ("nl", "1234.5", "1.234,50"),
    "French": ("fr", "1234.5", f"1{NARROW}234,50"),
    "English": ("en", "1234.5", "1,234.50"),
}


@pytest.mark.parametrize(("language", "value", "text"), AMOUNTS.values(), ids=AMOUNTS)
def test_an_amount_without_sign(language: str, value: str, text: str) -> None:
    with translation.override(language):
        assert amount(Decimal(value)) == text


PRICES = {
    "two decimals at least": ("120", "120,00"),
    "trailing zeros beyond cents dropped": ("5.953500", "5,9535"),
    "six decimals at most": ("98.123456", "98,123456"),
}


@pytest.mark.parametrize(("value", "text"), PRICES.values(), ids=PRICES)
def test_a_unit_price(value: str, text: str) -> None:
    with translation.override("nl"):
        assert unit_price(Decimal(value)) == text


QUANTITIES = {
    "whole": ("nl", "3.0000", "3"),
    "half in Dutch": ("nl", "1.5000", "1,5"),
    "half in English": ("en", "1.5000", "1.5"),
    "four decimals": ("nl", "1234.5678", "1.234,5678"),
    "no exponent": ("nl", "1E+2", "100"),
}


@pytest.mark.parametrize(
    ("language", "value", "text"), QUANTITIES.values(), ids=QUANTITIES
)
def test_a_quantity(language: str, value: str, text: str) -> None:
    with translation.override(language):
        assert quantity(Decimal(value)) == text


PERCENTAGES = {
    "Dutch": ("nl", "21.00", f"21{NBSP}%"),
    "French": ("fr", "10.5", f"10,5{NBSP}%"),
    "English": ("en", "21", "21%"),
}


@pytest.mark.parametrize(
    ("language", "value", "text"), PERCENTAGES.values(), ids=PERCENTAGES
)
def test_a_percentage(language: str, value: str, text: str) -> None:
    with translation.override(language):
        assert percent(Decimal(value)) == text


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_nothing_can_wrap(language: str) -> None:
    value = Decimal("-1234567.89")

    with translation.override(language):
        texts = [write(value) for write in (eur, amount, unit_price, quantity, percent)]

    assert not [text for text in texts if " " in text]


def test_templates_load_them_by_the_name_money() -> None:
    source = "{% load money %}{{ value|eur }}"
    template = engines["django"].from_string(source)

    with translation.override("nl"):
        assert template.render({"value": Decimal(1)}) == f"€{NBSP}1,00"
