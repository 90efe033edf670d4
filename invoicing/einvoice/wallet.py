"""What the client types into the wallet, in words: the format has no fields for it.

INV-6 in docs/rules.md: where the e-invoice is the invoice (EIN-1), the paper that goes
along cannot be the only place for it. Texts are in the active language.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from invoicing.documents.document import WalletPart
from ownyourstory.templatetags.money import quantity

from .payment import day_in_words


def facts(wallet: WalletPart) -> Iterator[str]:
    """Yield the facts of the training and of our registration, one to a line."""
    yield f"{_('For the KMO-portefeuille')}:"
    approval = f"{wallet.registration_number} ({wallet.pillar_label})"
    yield f"{_('Approval number')}: {approval}"
    validity = _("Flemish Region (VLAIO), valid %(start)s – %(end)s") % {
        "start": day_in_words(wallet.registered_from),
        "end": day_in_words(wallet.registered_until),
    }
    yield f"{_('Registration')}: {validity}"
    yield f"{_('Training')}: {wallet.training_title}"
    if wallet.theme:
        yield f"{_('Theme')}: {wallet.theme}"
    yield _days(wallet)
    if wallet.participants:
        yield f"{_('Participants')}: {', '.join(wallet.participants)}"


def _days(wallet: WalletPart) -> str:
    hours = quantity(wallet.hours)
    if wallet.first_day == wallet.last_day:
        day = _("%(day)s, %(hours)s hours") % {
            "day": day_in_words(wallet.first_day),
            "hours": hours,
        }
        return f"{_('Day')}: {day}"
    days = _("%(first)s – %(last)s, %(hours)s hours") % {
        "first": day_in_words(wallet.first_day),
        "last": day_in_words(wallet.last_day),
        "hours": hours,
    }
    return f"{_('First – last day')}: {days}"
