"""The PDF of each paper: tagged, in its language, the same bytes for the same facts.

Reads the frozen paper only, never a row.
"""

from __future__ import annotations

from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation

from ownyourstory.letterhead import Letterhead
from ownyourstory.press.printing import DAY_FORMAT, printable_logo, printed
from ownyourstory.sentences import agreement_stands

from .paper import Agreement, AttendanceList, Certificates
from .signing import signing_days

ASSETS = Path(__file__).parent / "assets"
PAPER, LIST, CERTIFICATE = (
    ASSETS / f"{name}.css" for name in ("paper", "attendance", "certificate")
)

ROOMY = 450
"""The most letters with which a certificate is set at its ease."""


def confirmation_pdf(agreement: Agreement) -> bytes:
    """Return the confirmation of an enrolment (DOS-10)."""
    return _of_agreement("confirmation", agreement)


def application_pdf(agreement: Agreement) -> bytes:
    """Return what the client types into the application, in the form's order.

    Raises ValueError if the client does not pay with the wallet.
    """
    return _of_agreement("application", _via_wallet(agreement))


def steps_pdf(agreement: Agreement) -> bytes:
    """Return the steps to the subsidy, with the days of this dossier (DOS-1).

    Raises ValueError if the client does not pay with the wallet.
    """
    return _of_agreement("steps", _via_wallet(agreement))


def attendance_pdf(attendance: AttendanceList) -> bytes:
    """Return a page to sign for each session day (DOS-9)."""
    return _print(
        "attendance",
        {
            "paper": attendance,
            "training": attendance.training,
            "days": signing_days(attendance.training.sessions),
        },
        own=attendance.letterhead,
        language=attendance.language,
        stylesheet=LIST,
    )


def certificates_pdf(certificates: Certificates) -> bytes:
    """Return a certificate of attendance a page (DOS-9, without a word of REG-2)."""
    return _print(
        "certificates",
        {
            "paper": certificates,
            "training": certificates.training,
            "is_crowded": _letters_on(certificates) > ROOMY,
        },
        own=certificates.letterhead,
        language=certificates.language,
        stylesheet=CERTIFICATE,
    )


def _letters_on(certificates: Certificates) -> int:
    """Return about how many letters stand on the fullest of ``certificates``."""
    training = certificates.training
    people = (len(person.name + person.enterprise) for person in certificates.people)
    days = len("30 september 2026 · ") * len(training.days)
    return len(training.title + training.place) + days + max(people, default=0)


def _via_wallet(agreement: Agreement) -> Agreement:
    if agreement.wallet is None:
        raise ValueError("there is no wallet in this agreement")
    return agreement


def _of_agreement(name: str, agreement: Agreement) -> bytes:
    with translation.override(agreement.language):
        stands = agreement_stands()
    wallet = agreement.wallet
    charged = wallet.charged if wallet else None
    return _print(
        name,
        {
            "paper": agreement,
            "enterprise": agreement.enterprise,
            "training": agreement.training,
            "price": agreement.price,
            "wallet": wallet,
            "charged": charged,
            "via_wallet": charged.wallet if charged else agreement.price.eligible,
            "agreement_stands": stands,
        },
        own=agreement.letterhead,
        language=agreement.language,
        stylesheet=PAPER,
    )


def _print(
    name: str,
    context: dict[str, object],
    *,
    own: Letterhead,
    language: str,
    stylesheet: Path,
) -> bytes:
    images = {} if own.logo is None else {"logo": printable_logo(own.logo)}
    with translation.override(language):
        html = render_to_string(
            f"programs/papers/{name}.html",
            {
                **context,
                "seller": own,
                "with_logo": "logo" in images,
                "day_format": DAY_FORMAT,
            },
        )
    return printed(html, stylesheet=stylesheet, images=images)
