"""The Belgian structured communication of a payment.

Pure; PAY-1 in docs/rules.md.
"""

from __future__ import annotations

from stdnum.be import ogm_vcs


def structured_communication(*, year: int, sequence: int) -> str:
    """Return ``+++ddd/dddd/ddddd+++`` for invoice ``sequence`` of ``year`` (PAY-1).

    The ten digits are the year and the sequence in six digits, so that no two
    invoices ever share one; the last two are those ten modulo 97, 97 for 0.

    Raises ValueError if the sequence does not fit six digits.
    """
    if not (1 <= sequence <= 999_999 and 1000 <= year <= 9999):
        raise ValueError(f"no communication for {sequence} of {year}")
    digits = f"{year}{sequence:06d}"
    return f"+++{ogm_vcs.format(digits + ogm_vcs.calc_check_digits(digits))}+++"
