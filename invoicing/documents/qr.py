"""The QR code with which a banking app fills in a transfer.

PAY-4 in docs/rules.md; European Payments Council, EPC069-12, version 002.
"""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import segno

SERVICE_TAG, VERSION, UTF_8, TRANSFER = "BCD", "002", "1", "SCT"
NAME_LENGTH = 70
MASK = 3  # letting segno try all eight takes five times as long


def transfer_qr(
    *, name: str, iban: str, bic: str, amount: Decimal, communication: str
) -> bytes:
    """Return a PNG of one pixel a module, without margin, asking for ``amount``.

    ``communication`` goes in as remittance *text*: the field for a reference is
    for ISO 11649 ("RF…") only, and Belgian banks read ``+++ddd/dddd/ddddd+++`` in
    the text as the structured communication that it is. The name is cut to the 70
    characters that the standard allows.

    Raises ValueError if ``amount`` (EUR) is not above zero.
    """
    if amount <= 0:
        raise ValueError(f"no transfer of {amount}")
    payload = "\n".join(
        [
            SERVICE_TAG,
            VERSION,
            UTF_8,
            TRANSFER,
            bic,
            name[:NAME_LENGTH],
            iban.replace(" ", ""),
            f"EUR{amount:.2f}",
            "",  # purpose
            "",  # ISO 11649 reference
            communication,
        ]
    )
    code = segno.make_qr(
        payload.encode(), error="m", mask=MASK, boost_error=False
    )  # error level M is the standard's
    png = BytesIO()
    code.save(png, kind="png", scale=1, border=0)
    return png.getvalue()
