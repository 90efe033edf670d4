"""Reading XML that anybody may have sent: no entity, no file, no network, no bomb."""

from __future__ import annotations

from lxml import etree

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
ROOTS = {f"{{{UBL}{name}-2}}{name}" for name in ("Invoice", "CreditNote")}
WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class Unreadable(ValueError):
    """It is not read at all. ``code`` says why, ``detail`` where it is known."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail
        super().__init__(f"{code} {detail}".strip())


def read(xml: bytes, *, max_bytes: int) -> etree._Element:
    """Return the root of a UBL invoice or credit note.

    Raises Unreadable: ``too_large``, ``doctype``, ``not_xml`` or ``not_ubl``. The size
    is looked at first, and a DOCTYPE, with all that it could declare, before parsing.
    """
    if len(xml) > max_bytes:
        raise Unreadable("too_large", str(len(xml)))
    if _has_doctype(xml):
        raise Unreadable("doctype")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        # What stands between two halves of a text would hide the second one.
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("not_xml", error.msg or "") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("doctype")
    if root.tag not in ROOTS:
        raise Unreadable("not_ubl", etree.QName(root).localname)
    return root


def _has_doctype(xml: bytes) -> bool:
    encoding = WIDE.get(xml[:2])
    if encoding:
        return "<!DOCTYPE" in xml.decode(encoding, errors="replace").upper()
    return b"<!DOCTYPE" in xml.replace(b"\0", b"").upper()
