"""WeasyPrint, set up once: the stylesheets, the fonts and what a page may fetch.

Importing this module imports WeasyPrint, so only ``printing`` does it, at first use.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse, URLFetchingError

ASSETS = Path(__file__).parent / "assets"
SCHEME = "asset:"
FONTS = (
    "hanken-grotesk-regular.ttf",
    "hanken-grotesk-semibold.ttf",
    "fraunces-semibold.ttf",
)


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves the named assets it was given, as ``asset:NAME``, and nothing else."""

    def __init__(self, assets: Mapping[str, tuple[bytes, str]]) -> None:
        """Serve ``assets``: by name, the content and its media type."""
        super().__init__(allowed_protocols=())
        self._assets = assets

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return the asset that ``url`` names.

        Raises URLFetchingError for any other address: a document never reads a
        file or the network, whatever its text says.
        """
        name = url.removeprefix(SCHEME)
        if not url.startswith(SCHEME) or name not in self._assets:
            raise URLFetchingError(f"documents may not fetch {url}")
        content, media_type = self._assets[name]
        return URLFetcherResponse(url, content, _headers(media_type))


@cache
def _headers(media_type: str) -> EmailMessage:
    """Return the headers of an asset; making them anew takes 2 ms each time."""
    headers = EmailMessage()
    headers["Content-Type"] = media_type
    return headers


class Page(HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """HTML without the hundreds of default rules that our pages do not need.

    Matching them takes a tenth of the time of a page. Our own stylesheets set all
    that shows itself, so without this override pages only take longer.
    """

    def _ua_stylesheets(self, forms: object = None) -> list[CSS]:
        return [_defaults()]


@cache
def _defaults() -> CSS:
    return CSS(string=(ASSETS / "defaults.css").read_text())


class Press:
    """Prints HTML as PDF/A-3b. One is enough for a process.

    The fonts and the stylesheets are read once: a font configuration for each
    document would leak memory. WeasyPrint is not safe between threads, hence the
    lock; threads would not make it any faster either.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._fonts = FontConfiguration()
        self._own: dict[Path, CSS] = {}
        fonts = {name: ((ASSETS / name).read_bytes(), "font/ttf") for name in FONTS}
        self._house = self._read(ASSETS / "house.css", assets=fonts)

    def pdf(
        self,
        html: str,
        *,
        stylesheet: Path,
        images: Mapping[str, tuple[bytes, str]],
        identifier: bytes,
    ) -> bytes:
        """Return ``html`` as a tagged PDF/A-3b.

        ``stylesheet`` is its own, read after that of the house, ``images`` are what
        the page may show as ``asset:NAME``, ``identifier`` becomes the identifier in
        the trailer.
        """
        with self._lock:
            if stylesheet not in self._own:
                self._own[stylesheet] = self._read(stylesheet)
            page = Page(string=html, url_fetcher=AssetFetcher(images))
            pdf: bytes = page.write_pdf(
                stylesheets=[self._house, self._own[stylesheet]],
                font_config=self._fonts,
                pdf_variant="pdf/a-3b",
                pdf_tags=True,
                pdf_identifier=identifier,
            )
        return pdf

    def _read(
        self, stylesheet: Path, *, assets: Mapping[str, tuple[bytes, str]] | None = None
    ) -> CSS:
        return CSS(
            string=stylesheet.read_text(),
            font_config=self._fonts,
            url_fetcher=AssetFetcher(assets or {}),
        )


PRESS = Press()
"""The one of this process; importing a module happens once, whatever the threads."""
