"""In which grids of the VAT return a document stands. Pure; VAT-3 in docs/rules.md."""

from __future__ import annotations

from dataclasses import dataclass

from clients.identifiers import is_eu_country

from .document import Kind
from .vat import Treatment

EXEMPT = "00"
EU_SERVICES = "44"
DOMESTIC_REVERSE_CHARGE = "45"
OUTSIDE_EU = "47"
VAT_DUE = "54"
CREDITED_EU = "48"
CREDITED = "49"
VAT_CREDITED = "64"


@dataclass(frozen=True, slots=True)
class Grids:
    """The grids of base and VAT; empty where it stands in none."""

    base: str
    vat: str


def grids(treatment: Treatment, *, rate_grid: str, country: str, kind: Kind) -> Grids:
    """Return the grids of one VAT group (VAT-3).

    ``rate_grid`` is that of the rate, such as ``03``; it counts where VAT is charged.
    ``country`` is that of the buyer. A seller in the small-enterprise scheme makes no
    return; what lies outside the scope of VAT stands in it only for a buyer outside
    the EU. Raises ValueError where VAT is charged and the rate has no grid.
    """
    base = _base_grid(treatment, rate_grid=rate_grid, country=country)
    charged = treatment is Treatment.STANDARD
    if charged and not base:
        raise ValueError("a rate that is charged has a grid")
    if kind is Kind.INVOICE:
        return Grids(base=base, vat=VAT_DUE if charged else "")
    if base:
        base = CREDITED_EU if base == EU_SERVICES else CREDITED
    return Grids(base=base, vat=VAT_CREDITED if charged else "")


def _base_grid(treatment: Treatment, *, rate_grid: str, country: str) -> str:
    """Return the grid of the base on an invoice."""
    is_abroad_in_eu = country != "BE" and is_eu_country(country)
    match treatment:
        case Treatment.STANDARD:
            return rate_grid
        case Treatment.EXEMPT_TRAINING:
            return EXEMPT
        case Treatment.REVERSE_CHARGE if country == "BE":
            return DOMESTIC_REVERSE_CHARGE
        case Treatment.REVERSE_CHARGE:
            return EU_SERVICES if is_abroad_in_eu else OUTSIDE_EU
        case Treatment.OUTSIDE_SCOPE if not (country == "BE" or is_abroad_in_eu):
            return OUTSIDE_EU
    return ""
