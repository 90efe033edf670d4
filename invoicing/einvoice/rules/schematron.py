"""Compiled schematron: the rules of EN 16931, and those the owner adds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from lxml import etree

from invoicing.einvoice.elements import CBC

from .finding import Finding, RuleSet, Severity
from .package import FOLDER
from .saxon import BadRules, transform

UNUSABLE = "RULES"
"""Stands for the id of a rule where a whole set of them cannot be run."""

SVRL = "{http://purl.oclc.org/dsdl/svrl}"
REPORT = f"{SVRL}schematron-output"
FAILED = (f"{SVRL}failed-assert", f"{SVRL}successful-report")
EN16931 = FOLDER / "EN16931-UBL-validation.xslt"
VERSION = re.compile(rb"[Vv]ersion[:\s]+(\d+\.\d+\.\d+)")
HEAD = 8_000
"""Where a file says its version, if it does: among its first bytes."""


def en16931() -> Path:
    """Return the compiled rules of EN 16931."""
    return EN16931


def official(folder: Path | None) -> list[Path]:
    """Return the compiled rules that the owner put into ``folder``, by name.

    Raises OSError if the folder cannot be read.
    """
    if folder is None:
        return []
    return sorted(path for path in folder.iterdir() if path.suffix in {".xsl", ".xslt"})


def rule_set(path: Path) -> RuleSet:
    """Return name, version (where the file tells it) and hash of a file of rules.

    Raises OSError if it cannot be read.
    """
    file = path.stat()
    return _rule_set(path, (file.st_mtime_ns, file.st_size, file.st_ino))


@lru_cache(maxsize=16)
def _rule_set(path: Path, _state: tuple[int, int, int]) -> RuleSet:
    content = path.read_bytes()
    found = VERSION.search(content[:HEAD])
    return RuleSet(
        name=path.stem,
        version=found[1].decode() if found else "",
        sha256=sha256(content).hexdigest(),
    )


def bare(root: etree._Element) -> str:
    """Return a document as text, without the embedded bytes that no rule reads."""
    copy = deepcopy(root)
    for embedded in copy.iter(f"{{{CBC}}}EmbeddedDocumentBinaryObject"):
        embedded.text = "AA=="
    return etree.tostring(copy, encoding="unicode")


def findings(path: Path, xml: str) -> Iterator[Finding]:
    """Yield what the rules in ``path`` have against a document.

    Rules that cannot be run are a finding themselves: nobody can say they are kept.
    """
    try:
        known = rule_set(path)
        report = transform(path, sha256=known["sha256"], xml=xml)
        found = etree.fromstring(report.encode())
    except (BadRules, etree.XMLSyntaxError, OSError) as error:
        yield unusable(path, str(error))
        return
    if found.tag != REPORT:
        yield unusable(path, "it reports nothing as schematron does")
        return
    for assertion in found.iter(*FAILED):
        text = " ".join(str(assertion.xpath("string()")).split())
        flag = assertion.get("flag") or assertion.get("role") or "fatal"
        yield Finding(
            rule=assertion.get("id") or known["name"],
            text=text.removeprefix(f"[{assertion.get('id')}]").lstrip("- "),
            location=_short(assertion.get("location", "")),
            severity=Severity.WARNING if flag == "warning" else Severity.ERROR,
        )


def unusable(path: Path, why: str) -> Finding:
    """Return the finding that the rules in ``path`` cannot be run."""
    return Finding(UNUSABLE, f"{path.name}: {' '.join(why.split())}")


def _short(location: str) -> str:
    """Return the path of an element without name spaces: ``/Invoice/TaxTotal[1]``."""
    location = re.sub(r"\*:(\w+)\[namespace-uri\(\)='[^']*'\]", r"\1", location)
    return re.sub(r"Q\{[^}]*\}", "", location)
