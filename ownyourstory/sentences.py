"""Legal sentences that stand on papers and on invoices, in the active language."""

from __future__ import annotations

from django.utils.translation import gettext as _


def agreement_stands() -> str:
    """Return that the agency's answer changes nothing in the agreement (DOS-6)."""
    return _(
        "Granting or refusal of the subsidy changes nothing in your agreement "
        "with us and is no ground for cancellation."
    )
