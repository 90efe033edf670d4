"""How an e-invoice is paid: where to, and who pays what.

The format knows one amount to pay, and it is the whole (EIN-5): what the wallet pays
and what is paid directly stands in words. INV-6, PAY-1 and DOS-11 in docs/rules.md.
Texts are in the active language.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from lxml import etree

from invoicing.documents.document import Document, Kind
from ownyourstory.money import ZERO
from ownyourstory.templatetags.money import eur

from .elements import cac, cbc, day

CREDIT_TRANSFER = "30"
"""UNCL 4461: a credit transfer."""

DAY_FORMAT = "j F Y"


def means(document: Document) -> etree._Element | None:
    """Return the account to pay to, ``None`` where nothing is to be transferred.

    A program that reads it would propose to transfer the whole to that account, though
    the wallet pays it all (INV-6, DOS-11). A credit note has no due date of its own:
    here is its only place for one.
    """
    is_credit_note = document.kind == Kind.CREDIT_NOTE
    if is_credit_note and document.due_on is None:
        return None
    if not is_credit_note and not document.totals.direct:
        return None
    seller = document.seller
    return cac(
        "PaymentMeans",
        cbc("PaymentMeansCode", CREDIT_TRANSFER),
        day("PaymentDueDate", document.due_on if is_credit_note else None),
        cbc("PaymentID", document.communication),
        cac(
            "PayeeFinancialAccount",
            cbc("ID", seller.iban.replace(" ", "")),
            cac("FinancialInstitutionBranch", cbc("ID", seller.bic)),
        ),
    )


def terms(document: Document) -> etree._Element | None:
    """Return who pays what and by when, or what becomes of a credit."""
    is_credit_note = document.kind == Kind.CREDIT_NOTE
    sentences = _credit(document) if is_credit_note else _to_pay(document)
    return cac("PaymentTerms", cbc("Note", "\n".join(filter(None, sentences))))


def _to_pay(document: Document) -> Iterator[str]:
    totals, wallet = document.totals, document.wallet
    if wallet is None or totals.wallet == ZERO:
        if document.due_on and totals.direct:
            yield _("To pay by %(day)s: %(amount)s.") % {
                "day": day_in_words(document.due_on),
                "amount": eur(totals.direct),
            }
        else:
            yield _("Nothing to transfer.")
        return
    yield _(
        "1. Through the KMO-portefeuille: %(amount)s. Do not transfer this amount to "
        "us: order the payment in your wallet, citing our invoice number %(number)s. "
        "The wallet pays up to and including %(day)s."
    ) % {
        "amount": eur(totals.wallet),
        "number": document.number,
        "day": day_in_words(wallet.pay_by),
    }
    if document.due_on and totals.direct:
        yield _("2. Directly to us: %(amount)s, by %(day)s.") % {
            "amount": eur(totals.direct),
            "day": day_in_words(document.due_on),
        }
    else:
        yield _("2. Directly to us: nothing.")


def _credit(document: Document) -> Iterator[str]:
    totals, credited = document.totals, document.credits
    if credited:
        yield _("Credited on invoice %(number)s: %(amount)s.") % {
            "number": credited.number,
            "amount": eur(totals.gross),
        }
    if totals.wallet:
        yield _(
            "Of this, %(wallet)s belongs to the KMO-portefeuille and %(direct)s to "
            "what you pay us directly."
        ) % {"wallet": eur(totals.wallet), "direct": eur(totals.direct)}
    if credited:
        yield credited.refund


def day_in_words(value: date) -> str:
    """Return a day as it is written in a sentence: ``1 April 2026``."""
    return date_format(value, DAY_FORMAT)
