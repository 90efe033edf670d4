"""Template filters for amounts, quantities and percentages in the active language.

They write down what was worked out elsewhere. Every space is non-breaking, so an
amount never wraps.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from babel import Locale
from babel.numbers import NumberPattern, format_compact_currency, parse_pattern
from django import template
from django.utils import translation

from ownyourstory.money import to_cents

register = template.Library()

TERRITORIES = {"nl": "nl_BE", "fr": "fr_BE", "en": "en_IE"}
"""How each language writes euro amounts; any other language as English does."""

NBSP = "\N{NO-BREAK SPACE}"


@register.filter
def eur(value: Decimal) -> str:
    """Return ``value`` as an amount in EUR with its sign: ``€ 1.234,50`` in Dutch."""
    locale = _locale()
    text: str = _euro_pattern(locale).apply(to_cents(value), locale, currency="EUR")
    return text


@register.filter
def eur_short(value: Decimal) -> str:
    """Return a round ``value`` in EUR for the side of a chart: ``€ 12K`` in Dutch."""
    text: str = format_compact_currency(
        value, "EUR", locale=_locale(), fraction_digits=1
    )
    return text


@register.filter
def amount(value: Decimal) -> str:
    """Return ``value`` (EUR) to the cent without euro sign: ``1.234,50`` in Dutch."""
    return _decimal(to_cents(value), "#,##0.00")


@register.filter
def unit_price(value: Decimal) -> str:
    """Return ``value`` (EUR a unit) with two to six decimals and no euro sign."""
    return _decimal(value, "#,##0.00####")


@register.filter
def quantity(value: Decimal) -> str:
    """Return ``value`` with up to four decimals, without trailing zeros."""
    return _decimal(value, "#,##0.####")


@register.filter
def percent(value: Decimal) -> str:
    """Return ``value`` (21 means 21 %) with its sign: ``21 %``, in English ``21%``."""
    gap = "" if _locale().language == "en" else NBSP
    return f"{_decimal(value, '#,##0.##')}{gap}%"


def _locale() -> Locale:
    return _locale_of((translation.get_language() or "en").split("-")[0])


@cache
def _locale_of(language: str) -> Locale:
    return Locale.parse(TERRITORIES.get(language, TERRITORIES["en"]))


@cache
def _euro_pattern(locale: Locale) -> NumberPattern:
    pattern: NumberPattern = locale.currency_formats["standard"]
    return pattern


@cache
def _pattern(pattern: str) -> NumberPattern:
    return parse_pattern(pattern)


def _decimal(value: Decimal, pattern: str) -> str:
    text: str = _pattern(pattern).apply(value, _locale())
    return text
