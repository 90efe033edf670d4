"""Elements of UBL: none is ever empty, and none holds what XML cannot hold.

Pure. A function that makes an element returns ``None`` where there is nothing to say,
and parents leave that out, so that the writers read as the document does.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from lxml import etree

from ownyourstory.money import to_cents

CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
PREFIXES = {"cac": CAC, "cbc": CBC}
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that XML 1.0 has no way to write."""


def cbc(name: str, text: str, **attributes: str) -> etree._Element | None:
    """Return the basic element ``name``, ``None`` where ``text`` says nothing."""
    content = clean(text)
    if not content:
        return None
    element = etree.Element(f"{{{CBC}}}{name}", nsmap=PREFIXES)
    element.text = content
    for key, value in attributes.items():
        element.set(key, clean(value))
    return element


def cac(name: str, *children: etree._Element | None) -> etree._Element | None:
    """Return the aggregate element ``name``, ``None`` where no child has content."""
    present = [child for child in children if child is not None]
    if not present:
        return None
    element = etree.Element(f"{{{CAC}}}{name}", nsmap=PREFIXES)
    element.extend(present)
    return element


def money(name: str, amount: Decimal) -> etree._Element | None:
    """Return an element with ``amount`` (EUR) to the cent."""
    return cbc(name, f"{to_cents(amount):f}", currencyID="EUR")


def day(name: str, value: date | None) -> etree._Element | None:
    """Return an element with an ISO date, ``None`` where there is no day."""
    return cbc(name, value.isoformat()) if value else None


def number(value: Decimal) -> str:
    """Return ``value`` without trailing zeros or exponent: ``1.25``, ``100``."""
    return f"{value.normalize():f}"


def clean(text: str) -> str:
    """Return ``text`` as XML can hold it, without space around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return NOT_IN_XML.sub("", lines).strip()
