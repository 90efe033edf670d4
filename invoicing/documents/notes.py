"""The legal sentences of a document, in the active language.

INV-2, INV-7, INV-8, VAT-2, DOS-6 and REG-2 in docs/rules.md. The sentences are
chosen here and carried by the ``Document``; templates only print them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from ownyourstory.sentences import agreement_stands

from .vat import Treatment


def vat_note(treatment: Treatment) -> str:
    """Return the sentence that VAT law asks for with a treatment; empty for VAT."""
    return {
        Treatment.STANDARD: "",
        Treatment.EXEMPT_TRAINING: _(
            "Exempt from VAT: article 44, § 2, 4° of the Belgian VAT Code."
        ),
        Treatment.REVERSE_CHARGE: _(
            "VAT reverse charged: article 196 of Directive 2006/112/EC."
        ),
        Treatment.SMALL_ENTERPRISE: _(
            "Special exemption scheme for small enterprises: no VAT charged."
        ),
        Treatment.OUTSIDE_SCOPE: _("Outside the scope of Belgian VAT."),
    }[treatment]


def copy_note(*, is_structured: bool, is_credit_note: bool = False) -> str:
    """Return what the PDF says of itself where the e-invoice is the invoice (EIN-1).

    A credit note to an e-invoice is one, too (EIN-2).
    """
    if not is_structured:
        return ""
    if is_credit_note:
        return _(
            "This PDF is a readable copy. The legal document is the electronic credit "
            "note that you receive over Peppol."
        )
    return _(
        "This PDF is a readable copy. The legal document is the e-invoice that you "
        "receive over Peppol."
    )


def credit_notes(
    *, treatments: Iterable[Treatment], vat_retention_years: int
) -> Iterator[str]:
    """Yield the sentences of a credit note, in printing order (INV-4)."""
    treatments = list(dict.fromkeys(treatments))
    for treatment in treatments:
        if sentence := vat_note(treatment):
            yield sentence
    if Treatment.STANDARD in treatments:
        yield _(
            "VAT to be paid back to the State to the extent in which it was "
            "originally deducted."
        )
    yield _("Keep this credit note %(years)s years for VAT.") % {
        "years": vat_retention_years
    }


def legal_notes(
    *,
    treatments: Iterable[Treatment],
    is_private_person: bool,
    via_wallet: bool,
    payment_term_days: int,
    vat_retention_years: int,
    dossier_retention_years: int,
) -> Iterator[str]:
    """Yield the sentences of an invoice, in printing order."""
    for treatment in dict.fromkeys(treatments):
        if sentence := vat_note(treatment):
            yield sentence
    if via_wallet:
        yield agreement_stands()
    if via_wallet:
        # The wallet pays its part in its own time: only the rest falls due (DOS-11).
        yield _(
            "What you pay us directly is payable within %(days)s days of the invoice "
            "date. Late payment brings interest and fixed costs as in the Act of "
            "2 August 2002."
        ) % {"days": payment_term_days}
    elif is_private_person:
        yield _("Payable within %(days)s days of the invoice date.") % {
            "days": payment_term_days
        }
    else:
        yield _(
            "Payable within %(days)s days of the invoice date. Late payment brings "
            "interest and fixed costs as in the Act of 2 August 2002."
        ) % {"days": payment_term_days}
    if via_wallet:
        yield _(
            "Keep this invoice %(years)s years for VAT, and the papers of the "
            "subsidy %(dossier_years)s years."
        ) % {"years": vat_retention_years, "dossier_years": dossier_retention_years}
    else:
        yield _("Keep this invoice %(years)s years for VAT.") % {
            "years": vat_retention_years
        }
