"""Pictures and papers for tests, made as they are needed."""

from __future__ import annotations

import base64
from io import BytesIO

from PIL import Image, ImageDraw

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def picture(
    kind: str = "PNG", *, size: tuple[int, int] = (300, 120), drawn: bool = True
) -> bytes:
    """Return a picture with a line on it, or with nothing."""
    mode, ground = ("RGBA", (0, 0, 0, 0)) if kind == "PNG" else ("RGB", "white")
    image = Image.new(mode, size, ground)
    if drawn:
        pen = ImageDraw.Draw(image)
        pen.line([(10, 10), (size[0] // 2, size[1] - 10)], fill="black", width=3)
    out = BytesIO()
    image.save(out, format=kind)
    return out.getvalue()


def data_url(content: bytes) -> str:
    """Return ``content`` as a browser sends what was drawn."""
    return "data:image/png;base64," + base64.b64encode(content).decode()
