"""What the gate has against a document, warnings included."""

from __future__ import annotations

from invoicing.einvoice.rules.gate import check


def complaints(xml: bytes) -> list[str]:
    """Return each broken rule of ``xml`` with its words; Peppol's if it says so."""
    report = check(xml, for_peppol=b"poacc:billing" in xml)
    return [f"{one.rule} {one.text} {one.location}" for one in report.findings]
