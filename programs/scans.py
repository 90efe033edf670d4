"""What an uploaded file really is, by its bytes and not by its name.

Pure but for Pillow, which reads the pictures. DOS-9 in docs/rules.md.
"""

from __future__ import annotations

from enum import StrEnum
from io import BytesIO

from PIL import Image, UnidentifiedImageError


class Format(StrEnum):
    """The formats in which a paper is kept; the values are extensions, stored."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpg"


MIMETYPES = {
    Format.PDF: "application/pdf",
    Format.PNG: "image/png",
    Format.JPEG: "image/jpeg",
}

TAIL = 65_536
"""Where the end is looked for: cameras and scanners write some more after it."""

MOST_PIXELS = 40_000_000
"""A page of A4 scanned at 600 dpi has fewer."""

SIGNATURE_BYTES = 300_000
SIGNATURE_SIDE = 2000
"""The most a drawn signature may be, in bytes as sent and in pixels a side."""


ENDS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
"""What a picture ends with. Pillow alone does not tell: who prints PDFs lets it fill up
what was broken off."""

UNREADABLE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    SyntaxError,
    ValueError,
)
"""What Pillow raises on bytes that are no sound picture."""


class BadPicture(Exception):
    """The bytes are no picture that can be kept; the first argument is a code."""


def format_of(content: bytes) -> Format | None:
    """Return what ``content`` is; ``None`` if it is nothing that is kept.

    A picture must be readable to its end: a broken scan proves nothing.
    """
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-TAIL:]:
        return Format.PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Format.PNG if _is_readable(content, "PNG") else None
    if content.startswith(b"\xff\xd8\xff"):
        return Format.JPEG if _is_readable(content, "JPEG") else None
    return None


def signature_png(content: bytes) -> bytes:
    """Return a drawn signature, made anew as a small black-on-white PNG.

    What is kept is what was drawn, and nothing else that a file could carry.

    Raises BadPicture if it is no PNG (``no_png``), too large (``too_large``) or if
    nothing is drawn on it (``blank``).
    """
    if len(content) > SIGNATURE_BYTES:
        raise BadPicture("too_large")
    if ENDS["PNG"] not in content:
        raise BadPicture("no_png")
    try:
        with Image.open(BytesIO(content), formats=["PNG"]) as drawn:
            if max(drawn.size) > SIGNATURE_SIDE:
                raise BadPicture("too_large")
            ink = drawn.convert("RGBA")
    except UNREADABLE as error:
        raise BadPicture("no_png") from error
    page = Image.new("RGBA", ink.size, "white")
    page.alpha_composite(ink)
    grey = page.convert("L")
    darkest = grey.getextrema()[0]
    if not isinstance(darkest, int | float) or darkest > 200:
        raise BadPicture("blank")
    out = BytesIO()
    grey.save(out, format="PNG", optimize=True)
    return out.getvalue()


def _is_readable(content: bytes, kind: str) -> bool:
    if ENDS[kind] not in content[-TAIL:]:
        return False
    try:
        with Image.open(BytesIO(content), formats=[kind]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return False
            picture.load()
    except UNREADABLE:
        return False
    return True
