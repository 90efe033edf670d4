"""The gate that an e-invoice passes before it has a number (EIN-4 in docs/rules.md)."""

from __future__ import annotations

from collections.abc import Iterable
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
    for_peppol: bool,
    rules_dir: Path | None = None,
    document: Document | None = None,
    max_bytes: int = MAX_BYTES,
) -> Report:
    """Return what is wrong with a UBL invoice or credit note.

    Schema and EN 16931 for each; the rules of Peppol and the official ones in
    ``rules_dir`` where it goes ``for_peppol``; our exact check where the ``document``
    is known. What is not as the schema has it is not shown to EN 16931: it would only
    find the same again.

    Raises reader.Unreadable if it is not read at all.
    """
    root = read(xml, max_bytes=max_bytes)
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
        compiled = [schematron.en16931()]
        compiled += schematron.official(rules_dir) if for_peppol else []
        found += _run(root, compiled)
        ran += [schematron.rule_set(path) for path in compiled]
    return Report(tuple(found), tuple(ran))


def _run(root: etree._Element, compiled: Iterable[Path]) -> list[Finding]:
    text = schematron.bare(root)
    return [finding for path in compiled for finding in schematron.findings(path, text)]
