"""The gate that an e-invoice passes before it has a number (EIN-4 in docs/rules.md)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from invoicing.documents.document import Document

from . import exact, peppol, schema, schematron
from .finding import Finding, RuleSet, Severity
from .reader import read

MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Report:
    """What all rules found in a file, and which sets of rules ran."""

    findings: tuple[Finding, ...]
    rule_sets: tuple[RuleSet, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that must be mended."""
        return self._of(Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that may stay."""
        return self._of(Severity.WARNING)

    @property
    def passes(self) -> bool:
        """True if nothing must be mended."""
        return not self.errors

    def _of(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity is severity)


def check(
    xml: bytes,
    *,
    for_peppol: bool | None,
    rules_dir: Path | None = None,
    document: Document | None = None,
    max_bytes: int = MAX_BYTES,
) -> Report:
    """Return what is wrong with a UBL invoice or credit note.

    Schema and EN 16931 for each; the rules of Peppol and the official ones in
    ``rules_dir`` where it goes ``for_peppol`` (``None``: where it says so itself); our
    exact check where the ``document`` is known. What is not as the schema has it is
    not shown to EN 16931: it would only find the same again.

    Raises reader.Unreadable if it is not read at all.
    """
    root = read(xml, max_bytes=max_bytes)
    if for_peppol is None:
        for_peppol = peppol.is_marked(root)
    found = list(schema.findings(root))
    ran = [schema.rule_set(root)]
    is_sound = not found
    if for_peppol:
        found += peppol.findings(root)
        ran.append(peppol.rule_set())
    if document is not None:
        found += exact.findings(root, document)
        ran.append(exact.rule_set())
    if is_sound:
        compiled = _run(root, rules_dir=rules_dir if for_peppol else None)
        found += compiled.findings
        ran += compiled.rule_sets
    return Report(tuple(found), tuple(ran))


def _run(root: etree._Element, *, rules_dir: Path | None) -> Report:
    """Return what the compiled rules find, and which of them could be run at all."""
    text = schematron.bare(root)
    found: list[Finding] = []
    ran: list[RuleSet] = []
    compiled = [schematron.en16931()]
    try:
        compiled += schematron.official(rules_dir)
    except OSError as error:
        found.append(schematron.unusable(Path(error.filename), error.strerror or ""))
    for path in compiled:
        of_these = list(schematron.findings(path, text))
        found += of_these
        if schematron.UNUSABLE not in {one.rule for one in of_these}:
            ran.append(schematron.rule_set(path))
    return Report(tuple(found), tuple(ran))
