"""The schema of UBL 2.1: which elements there may be, in which order."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from lxml import etree

from .finding import Finding, RuleSet
from .package import FOLDER

RULE = "UBL-2.1"
_ONE_AT_A_TIME = Lock()


def findings(root: etree._Element) -> Iterator[Finding]:
    """Yield each place where a document is not as the schema has it."""
    schema = _schema(etree.QName(root).localname)
    with _ONE_AT_A_TIME:  # its log of errors is its own, not the caller's
        schema.validate(root)
        errors = [(error.message, error.path, error.line) for error in _log(schema)]
    for message, path, line in errors:
        yield Finding(RULE, _plain(message), location=path or "", line=line)


def rule_set(root: etree._Element) -> RuleSet:
    """Return the schema that a document was held to."""
    path = _path(etree.QName(root).localname)
    return RuleSet(name=path.stem, version="2.1", sha256=_hash(path))


def _log(schema: etree.XMLSchema) -> Any:
    return schema.error_log  # a sequence, which its stubs do not know


@cache
def _schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(_path(name))))


@cache
def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _path(name: str) -> Path:
    return FOLDER / "maindoc" / f"UBL-{name}-2.1.xsd"


def _plain(message: str) -> str:
    """Return a message without the long names of name spaces."""
    parts = message.split("{")
    return "".join([parts[0], *(part.partition("}")[2] for part in parts[1:])])
