"""The files of the documents of a period, out of the archive (EXP-1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from invoicing.models import FileKind
from ownyourstory import archive

from .journal import file_stem
from .period import Period
from .revenue import issued_in

FOLDERS = {FileKind.XML: "ubl", FileKind.PDF: "pdf"}
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """A file for the pack; no ``content`` where it is damaged: ``flaw`` says how."""

    path: str
    what: str
    content: bytes | None
    flaw: str = ""


def files_of(period: Period) -> Iterator[Kept]:
    """Yield the UBL and the PDF of each document, one at a time, none left out."""
    ordered = issued_in(period).order_by("issued_on", "sequence", "pk")
    documents = ordered.defer("record", "rule_sets").prefetch_related("files")
    for invoice in documents.iterator(AT_ONCE):
        stored = {file.kind: file.sha256 for file in invoice.files.all()}
        for kind, folder in FOLDERS.items():
            path = f"{folder}/{file_stem(invoice.number)}.{kind.value}"
            what = f"{invoice.get_kind_display()} {invoice.number} ({kind.label})"
            yield _read(path, what, stored.get(kind, ""))


def _read(path: str, what: str, sha256: str) -> Kept:
    if not sha256:
        return Kept(path, what, None, flaw=_("it was never stored"))
    try:
        return Kept(path, what, archive.read(sha256))
    except archive.Damaged as error:
        return Kept(path, what, None, flaw=str(error))
