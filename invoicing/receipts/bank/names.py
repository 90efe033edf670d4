"""What a payer and an invoice are called, compared.

Pure; PAY-3 in docs/rules.md.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

FORMS = (
    "BV BVBA NV SA SRL SPRL VZW ASBL CV CVBA SC SCRL COMM VOF SNC GCV GMBH LTD "
    "BE EN ET DE VAN HET LA LE DER DEN THE AND"
)
LEGAL_FORMS = frozenset(FORMS.split())
"""Words of a name that tell nobody apart."""


def plain(text: str) -> str:
    """Return letters and digits only, in capitals, without accents."""
    bare = unicodedata.normalize("NFKD", text.upper())
    return "".join(one for one in bare if one.isalnum() and one.isascii())


def is_similar(name: str, others: Collection[str]) -> bool:
    """Tell whether a payer's name is one of ``others``, but for form and spelling.

    All words of the shorter name stand in the longer one, one of them of four letters
    or more; banks cut names off.
    """
    words = _words(name)
    for other in map(_words, others):
        fewer, more = sorted([words, other], key=len)
        if fewer <= more and any(len(word) >= 4 for word in fewer):
            return True
    return False


def holds(name: str, wanted: str) -> bool:
    """Tell whether the whole words of ``wanted`` stand in ``name``, side by side.

    Capitals, accents, and what stands between the words make no difference: "Kmo
    portefeuille" holds "KMO-portefeuille", and "PAVLAIOU" does not hold "VLAIO".
    """
    looked_for, words = plain(wanted), _in_order(name)
    return bool(looked_for) and any(
        "".join(words[start:end]) == looked_for
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    )


def _words(name: str) -> set[str]:
    return {*_in_order(name)} - LEGAL_FORMS


def _in_order(name: str) -> list[str]:
    bare = unicodedata.normalize("NFC", name).replace(".", "")
    spaced = "".join(one if one.isalnum() else " " for one in bare)
    return [word for word in map(plain, spaced.split()) if word]
