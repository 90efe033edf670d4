"""Numbers as people type them: ``1.234,50``, ``1 234,5`` and ``€ 1234.50`` alike.

Pure: which mark stands for the decimals is an argument.
"""

from __future__ import annotations

import re

_NOISE = re.compile(r"[\s€]|EUR", re.IGNORECASE)
_NUMBER = re.compile(
    r"""
    (?P<whole> [+-]? (?: \d+ | \d{1,3} (?P<group>[.,]) \d{3} (?: (?P=group) \d{3} )* ) )
    (?: (?P<mark>[.,]) (?P<decimals>\d*) )?
    """,
    re.VERBOSE,
)


def plain_number(text: str, *, decimal_mark: str) -> str:
    """Return ``text`` as Python reads numbers, as ``1234.50``.

    ``decimal_mark`` is that of the language. It decides only where the text leaves
    a doubt: ``1.234`` is a thousand and more in Dutch, little more than one in
    English. Text that is no number comes back as it was, for the form to refuse.
    """
    found = _NUMBER.fullmatch(_NOISE.sub("", text))
    if found is None or (found["group"] and found["group"] == found["mark"]):
        return text
    whole = found["whole"].replace(".", "").replace(",", "")
    if not found["decimals"]:
        return whole
    is_group = (
        found["group"] is None
        and found["mark"] != decimal_mark
        and len(found["decimals"]) == len("000")
    )
    return whole + ("" if is_group else ".") + found["decimals"]
