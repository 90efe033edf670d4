"""HTML becomes a PDF: the same bytes for the same words and pictures."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from .press import Press

DAY_FORMAT = "j\N{NO-BREAK SPACE}F\N{NO-BREAK SPACE}Y"
LOGO_BOX = (720, 240)
"""The most pixels a logo is printed with: 300 to the inch at its largest size."""


def printed(html: str, *, stylesheet: Path, images: Mapping[str, bytes]) -> bytes:
    """Return ``html`` as a tagged PDF/A-3b.

    ``stylesheet`` is read after that of the house. ``images`` are PNGs that the page
    may show as ``asset:NAME``; it can fetch nothing else.
    """
    identity = sha256(html.encode())
    for name, content in images.items():
        identity.update(name.encode() + content)
    return _press().pdf(
        html,
        stylesheet=stylesheet,
        images={name: (content, "image/png") for name, content in images.items()},
        identifier=identity.digest()[:16],
    )


def _press() -> Press:
    """Return the one press of this process."""
    # The one import inside a function: WeasyPrint takes half a second to import,
    # and most processes (checks, migrations, tests of rules) never print.
    from .press import PRESS

    return PRESS


@lru_cache(maxsize=4)
def printable_logo(logo: bytes) -> bytes:
    """Return ``logo`` as an RGB PNG without transparency, no larger than printed.

    PDF/A wants all colours in the one colour space of the output intent, and a
    photo straight from a camera would make every document weigh megabytes.

    Raises ValueError if it is not a picture.
    """
    try:
        picture = Image.open(BytesIO(logo)).convert("RGBA")
    except (OSError, Image.DecompressionBombError) as error:
        raise ValueError("the logo is not a picture") from error
    picture.thumbnail(LOGO_BOX)
    page = Image.new("RGB", picture.size, "white")
    page.paste(picture, mask=picture.getchannel("A"))
    png = BytesIO()
    page.save(png, "PNG", optimize=True)
    return png.getvalue()
