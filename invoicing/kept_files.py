"""Every file that a row points to: of issued documents, papers and signatures."""

from __future__ import annotations

from collections.abc import Iterator

from programs.models import Attendance, DossierPaper

from .models import StoredFile


def kept_files() -> Iterator[tuple[str, str]]:
    """Yield the SHA-256 of each file that is kept, with what it belongs to."""
    files = StoredFile.objects.order_by("pk")
    yield from files.values_list("sha256", "invoice__number").iterator()
    yield from dossier_files()


def dossier_files() -> Iterator[tuple[str, str]]:
    """Yield the SHA-256 of each paper and signature, with its name (DOS-9)."""
    papers = DossierPaper.objects.order_by("pk")
    yield from papers.values_list("sha256", "name").iterator()
    signed = Attendance.objects.exclude(signature="").order_by("pk")
    for sha256, name, day in signed.values_list(
        "signature", "participant__name", "session__day"
    ).iterator():
        yield sha256, f"{name} {day}"


def is_kept(sha256: str) -> bool:
    """Tell whether any row points to a file."""
    return (
        StoredFile.objects.filter(sha256=sha256).exists()
        or DossierPaper.objects.filter(sha256=sha256).exists()
        or Attendance.objects.filter(signature=sha256).exists()
    )
