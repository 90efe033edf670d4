"""What the owner reads of how money stands, and what to do where it went astray."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ownyourstory.money import ZERO
from ownyourstory.templatetags.money import eur

from .standing import Advice, Standing, State

STATES = {
    State.OPEN: gettext_lazy("open"),
    State.PART: gettext_lazy("partly paid"),
    State.SETTLED: gettext_lazy("settled"),
    State.TOO_MUCH: gettext_lazy("overpaid"),
}
STANDINGS = {
    Standing.OVERDUE: gettext_lazy("overdue"),
    Standing.TOO_MUCH: gettext_lazy("overpaid"),
    Standing.PART: gettext_lazy("partly paid"),
    Standing.OPEN: gettext_lazy("open"),
    Standing.PAID: gettext_lazy("fully paid"),
    Standing.NOTHING: gettext_lazy("nothing to pay"),
}


def advice_in_words(advice: Advice, amount: Decimal, *, number: str) -> str:
    """Return what to do about ``amount`` (EUR) of invoice ``number``."""
    told = {"amount": eur(abs(amount)), "number": number}
    match advice:
        case Advice.DIRECT_FOR_WALLET:
            return (
                _(
                    "%(amount)s came directly that the wallet is to pay. Pay it back, "
                    "and let the client order it in the wallet with our number "
                    "%(number)s: only then does the client get the subsidy."
                )
                % told
            )
        case Advice.WALLET_FOR_DIRECT:
            return (
                _(
                    "The wallet paid %(amount)s more than its part, while as much is "
                    "open directly. Ask VLAIO what is to become of it before you count "
                    "on it."
                )
                % told
            )
        case Advice.PAY_BACK_DIRECT:
            return _("%(amount)s too much came directly: pay it back.") % told
        case Advice.PAY_BACK_WALLET:
            return (
                _(
                    "%(amount)s too much came via the wallet: what goes to the client "
                    "and what to the agency, VLAIO tells."
                )
                % told
            )
        case _ if amount > ZERO:
            return _("%(amount)s is missing: you may write it off.") % told
    return _("%(amount)s too much came: you may keep it.") % told
