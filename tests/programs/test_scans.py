"""What an uploaded file really is (DOS-9)."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageFile, PngImagePlugin

from programs import scans
from programs.scans import BadPicture, Format, format_of, signature_png
from tests.pictures import PDF, picture

JPEG = picture("JPEG")


@pytest.fixture(autouse=True, params=[False, True], ids=["strict", "as printing does"])
def _pillow(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Pillow fill up what was broken off, or not: WeasyPrint makes it do so."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", request.param)


FORMATS = [
    ("a PDF", PDF, Format.PDF),
    ("a PNG", picture(), Format.PNG),
    ("a JPEG", JPEG, Format.JPEG),
    ("nothing", b"", None),
    ("a page that runs", b"<html><script>alert(1)</script>", None),
    ("a picture that runs", b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
    ("a page with a PDF in it", b"<script></script>" + PDF, None),
    ("half a PDF", PDF[:20], None),
    ("half a PNG", picture()[:60], None),
    ("half a JPEG", JPEG[: len(JPEG) // 2], None),
    ("only the start of a PNG", b"\x89PNG\r\n\x1a\n<script>", None),
    ("a GIF", picture("GIF"), None),
    ("a ZIP", b"PK\x03\x04", None),
]


@pytest.mark.parametrize(
    ("content", "found"),
    [row[1:] for row in FORMATS],
    ids=[row[0] for row in FORMATS],
)
def test_the_bytes_say_what_it_is(content: bytes, found: Format | None) -> None:
    assert format_of(content) is found


def test_a_picture_too_large_to_open_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "MOST_PIXELS", 300 * 120 - 1)
    assert format_of(picture()) is None

    monkeypatch.setattr(scans, "MOST_PIXELS", 300 * 120)
    assert format_of(picture()) is Format.PNG


def test_a_signature_is_made_anew_and_carries_nothing_else() -> None:
    hidden = PngImagePlugin.PngInfo()
    hidden.add_text("comment", "<script>")
    out = BytesIO()
    with Image.open(BytesIO(picture())) as image:
        image.save(out, format="PNG", pnginfo=hidden)
    sent = out.getvalue() + b"<script>"

    kept = signature_png(sent)

    assert format_of(kept) is Format.PNG
    assert b"script" not in kept
    with Image.open(BytesIO(kept)) as image:
        assert image.size == (300, 120)
        assert image.mode == "L"
        assert image.getpixel((10, 10)) == 0
        assert image.getpixel((299, 0)) == 255


BAD = [
    ("blank", picture(drawn=False)),
    ("too_large", picture(size=(scans.SIGNATURE_SIDE + 1, 20))),
    ("too_large", picture() + b"0" * scans.SIGNATURE_BYTES),
    ("no_png", JPEG),
    ("no_png", picture()[:60]),
    ("no_png", picture()[:-20]),
    ("no_png", b""),
]


@pytest.mark.parametrize(("code", "content"), BAD)
def test_what_is_no_signature_is_refused(code: str, content: bytes) -> None:
    with pytest.raises(BadPicture, match=f"^{code}$"):
        signature_png(content)
