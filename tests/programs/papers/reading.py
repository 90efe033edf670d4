"""What a printed paper says, page by page."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page, every run of white space as one space."""
    reader = PdfReader(BytesIO(pdf))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def text(pdf: bytes) -> str:
    """Return the text of all pages."""
    return " ".join(pages(pdf))


def lacking(shown: str, wanted: list[str]) -> list[str]:
    """Return what of ``wanted`` is not in ``shown``."""
    return [phrase for phrase in wanted if phrase not in shown]
