"""The PDF of a statement of account: tagged, in the client's language."""

from __future__ import annotations

from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation

from ownyourstory.press.printing import DAY_FORMAT, printable_logo, printed

from .paper import Statement

STYLESHEET = Path(__file__).parent / "assets" / "statement.css"


def statement_pdf(statement: Statement) -> bytes:
    """Return a statement of account, the same bytes for the same facts."""
    own = statement.letterhead
    images = {} if own.logo is None else {"logo": printable_logo(own.logo)}
    with translation.override(statement.language):
        html = render_to_string(
            "invoicing/account/statement.html",
            {
                "paper": statement,
                "enterprise": statement.enterprise,
                "seller": own,
                "with_logo": "logo" in images,
                "day_format": DAY_FORMAT,
            },
        )
    return printed(html, stylesheet=STYLESHEET, images=images)
